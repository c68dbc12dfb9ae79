namespace Fulfillment.Tests.Client;

// Buffers, levels and reorder points.
public static partial class BadRequests
{
    const string StockRules = "PUT /v1/skus/S/stock-rules";

    static IEnumerable<BadRequest> RulesOfStock()
    {
        const string cost = """ "unitCost":{"amount":1,"currency":"EUR"} """,
            place = """ "supplier":"A","node":"LEJ1" """;
        (string Name, string Json, string Code, string Field)[] fields =
        [
            ("no level", """ "levels":[null] """, "wrong-type", "/levels/0"),
            ("a level without a name", """ "levels":[{"at":3}] """, "required", "/levels/0/name"),
            ("a level of nothing", """ "levels":[{"name":"a"}] """, "required", "/levels/0/at"),
            ("a level below 0", """ "levels":[{"name":"a","at":-1}] """, "out-of-range", "/levels/0/at"),
            ("a level twice", """ "levels":[{"name":"a","at":1},{"name":"a","at":2}] """, "duplicate",
                "/levels/1/name"),
            ("a level nowhere", """ "levels":[{"name":"a","at":1,"node":"MOON"}] """, "unknown-node",
                "/levels/0/node"),
            ("too many levels", $$""" "levels":[{{Numbered(21, i => $$"""{"name":"u{{i}}","at":{{i}}}""")}}] """,
                "too-many", "/levels"),
            ("a negative buffer", """ "buffer":-1 """, "out-of-range", "/buffer"),
            ("a large buffer", """ "buffer":1000000001 """, "out-of-range", "/buffer"),
            ("a node without units", """ "nodes":[{"node":"LEJ1"}] """, "required", "/nodes/0/keep"),
            ("units without a node", """ "nodes":[{"keep":1}] """, "required", "/nodes/0/node"),
            ("units nowhere", """ "nodes":[{"node":"MOON","keep":1}] """, "unknown-node", "/nodes/0/node"),
            ("a channel without a name", """ "channels":[{}] """, "required", "/channels/0/channel"),
            ("a channel twice", """ "channels":[{"channel":"a"},{"channel":"a"}] """, "duplicate",
                "/channels/1/channel"),
            ("a negative cap", """ "channels":[{"channel":"a","cap":-1}] """, "out-of-range", "/channels/0/cap"),
            ("a negative lease", """ "channels":[{"channel":"a","lease":-1}] """, "out-of-range",
                "/channels/0/lease"),
            ("to resume with nothing", """ "channels":[{"channel":"a","resumeAt":0}] """, "out-of-range",
                "/channels/0/resumeAt"),
            ("up to the point", $$""" "reorder":{"point":5,"upTo":5,"leadDays":1,{{place}},{{cost}}} """,
                "out-of-range", "/reorder/upTo"),
            ("no point", $$""" "reorder":{"upTo":5,"leadDays":1,{{place}},{{cost}}} """, "required", "/reorder/point"),
            ("no cost", $$""" "reorder":{"point":1,"upTo":5,"leadDays":1,{{place}}} """, "required",
                "/reorder/unitCost"),
            ("no days", $$""" "reorder":{"point":1,"upTo":5,{{place}},{{cost}}} """, "required", "/reorder/leadDays"),
            ("multiples of 0", $$""" "reorder":{"point":1,"upTo":5,"leadDays":1,"multiple":0,{{place}},{{cost}}} """,
                "out-of-range", "/reorder/multiple"),
        ];
        foreach (var (name, json, code, field) in fields)
            yield return Row($"stock rules: {name}", StockRules, $$"""{{{json}}}""", 400, code, field);
        yield return Row("to warm up nothing", "POST /v1/warm-ups", """{"skus":[]}""", 400, "required", "/skus");
        yield return Row(
            "to warm up no id", "POST /v1/warm-ups", """{"skus":["S",null]}""", 400, "required", "/skus/1");
        yield return Row("alerts of another kind", "GET /v1/stock-alerts?kind=odd", (string?)null, 400, "unknown-value",
            "kind");
    }
}
