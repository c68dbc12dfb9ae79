namespace Fulfillment.Tests.Client;

// Packs of SKUs.
public static partial class BadRequests
{
    static IEnumerable<BadRequest> PacksOfCards()
    {
        (string Name, string Json, string Code, string Field)[] fields =
        [
            ("no pack", """ "packs":[null] """, "wrong-type", "/packs/0"),
            ("a pack without a unit", """ "packs":[{"eaches":3}] """, "required", "/packs/0/unit"),
            ("a pack without eaches", """ "packs":[{"unit":"case"}] """, "required", "/packs/0/eaches"),
            ("a pack of none", """ "packs":[{"unit":"case","eaches":0}] """, "out-of-range", "/packs/0/eaches"),
            ("a unit with a space", """ "packs":[{"unit":"a b","eaches":2}] """, "bad-unit", "/packs/0/unit"),
            ("a unit twice", """ "packs":[{"unit":"a","eaches":2},{"unit":"a","eaches":3}] """,
                "duplicate-unit", "/packs/1/unit"),
            ("two for one each", """ "packs":[{"unit":"each","eaches":2}] """, "bad-eaches", "/packs/0/eaches"),
            ("a case of 12 with 5 inners of 3",
                """ "packs":[{"unit":"inner","eaches":3},{"unit":"case","eaches":12,"of":"inner","count":5}] """,
                "does-not-divide", "/packs/1/count"),
            ("a case of 12 with inners of 5",
                """ "packs":[{"unit":"inner","eaches":5},{"unit":"case","eaches":12,"of":"inner"}] """,
                "does-not-divide", "/packs/1/eaches"),
            ("a case of crates", """ "packs":[{"unit":"case","eaches":12,"of":"crate"}] """, "unknown-unit",
                "/packs/0/of"),
            ("so many of what", """ "packs":[{"unit":"case","eaches":12,"count":3}] """, "required",
                "/packs/0/of"),
            ("a case of itself", """ "packs":[{"unit":"case","eaches":12,"of":"case"}] """, "not-smaller",
                "/packs/0/of"),
            ("a wrong check digit", """ "packs":[{"unit":"case","eaches":12,"gtin":"4012345123457"}] """,
                "bad-gtin", "/packs/0/gtin"),
            ("a GTIN twice",
                """ "packs":[{"unit":"a","eaches":1,"gtin":"96385074"},{"unit":"b","eaches":2,"gtin":"96385074"}] """,
                "duplicate-gtin", "/packs/1/gtin"),
            ("too many packs", $$""" "packs":[{{Numbered(21, i => $$"""{"unit":"u{{i}}","eaches":{{i}}}""")}}] """,
                "too-many", "/packs"),
        ];
        foreach (var (name, json, code, field) in fields)
            yield return Row($"card: {name}", Sku, $$"""{"title":"x",{{json}}}""", 400, code, field);
    }
}
