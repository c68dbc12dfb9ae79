namespace Fulfillment.Tests.Client;

// Prices of carriers. The node NOWHERE1 is in no country.
public static partial class BadRequests
{
    const string Quotes = "POST /v1/rates";

    static async Task PrepareRating(ApiServer api) =>
        (await api.Put("/v1/nodes/NOWHERE1", """{"name":"Nowhere"}""")).Succeeded();

    static IEnumerable<BadRequest> Rating()
    {
        const string to = """ "to":{"country":"DE","postcode":"80331"} """,
            from = """ "from":{"country":"DE","postcode":"10115"} """, parcel = """
            {"lengthMm":300,"widthMm":200,"heightMm":100,"grams":900}
            """, parcels = $""" "parcels":[{parcel}] """;
        (string Name, string Json, string Code, string Field)[] rows =
        [
            ("from nowhere", $$"""{{{to}},{{parcels}} }""", "required", "/from"),
            ("to nowhere", $$"""{{{from}},{{parcels}} }""", "required", "/to"),
            ("of nothing", $$"""{{{from}},{{to}} }""", "required", "/parcels"),
            ("of no parcel", $$"""{{{from}},{{to}},"parcels":[]}""", "required", "/parcels"),
            ("of null", $$"""{{{from}},{{to}},"parcels":[null]}""", "wrong-type", "/parcels/0"),
            ("of more parcels than are rated at once",
                $$"""{{{from}},{{to}},"parcels":[{{Numbered(51, _ => parcel)}}]}""", "too-many", "/parcels"),
            ("without a height", Parcel("""{"lengthMm":300,"widthMm":200,"grams":900}"""), "not-shippable-by-rate",
                "/parcels/0/heightMm"),
            ("without a weight", Parcel("""{"lengthMm":300,"widthMm":200,"heightMm":100}"""), "not-shippable-by-rate",
                "/parcels/0/grams"),
            ("longer than a lorry", Parcel("""{"lengthMm":20001,"widthMm":1,"heightMm":1,"grams":1}"""), "out-of-range",
                "/parcels/0/lengthMm"),
            ("flat", Parcel("""{"lengthMm":1,"widthMm":0,"heightMm":1,"grams":1}"""), "out-of-range",
                "/parcels/0/widthMm"),
            ("heavier than a lorry", Parcel("""{"lengthMm":1,"widthMm":1,"heightMm":1,"grams":100000001}"""),
                "out-of-range", "/parcels/0/grams"),
            ("lighter than air", Parcel("""{"lengthMm":1,"widthMm":1,"heightMm":1,"grams":-1}"""), "out-of-range",
                "/parcels/0/grams"),
            ("to no country", To("""{"postcode":"80331"}"""), "required", "/to/country"),
            ("to a country in words", To("""{"country":"Germany","postcode":"80331"}"""), "bad-country", "/to/country"),
            ("to an unknown country", To("""{"country":"QQ","postcode":"80331"}"""), "unknown-country", "/to/country"),
            ("to a short postcode", To("""{"country":"DE","postcode":"8033"}"""), "bad-postcode", "/to/postcode"),
            ("without a postcode", To("""{"country":"DE"}"""), "required", "/to/postcode"),
            ("to an address of many lines", To("""{"country":"DE","postcode":"80331","lines":["a","b","c","d"]}"""),
                "too-many", "/to/lines"),
            ("to an empty line", To("""{"country":"DE","postcode":"80331","lines":[""]}"""), "required", "/to/lines/0"),
            ("from an unknown node", From("""{"node":"NONE"}"""), "unknown-node", "/from/node"),
            ("from a node that is none", From("""{"node":"a b"}"""), "bad-id", "/from/node"),
            ("from a node and an address", From("""{"node":"LEJ1","country":"DE"}"""), "node-or-address", "/from"),
            ("from a node in no country", From("""{"node":"NOWHERE1"}"""), "node-without-country", "/from/node"),
            ("by an unknown carrier", More(""" "carriers":["ups","pigeon"] """), "unknown-carrier", "/carriers/1"),
            ("by a carrier twice", More(""" "carriers":["ups","ups"] """), "duplicate", "/carriers/1"),
            ("by nobody", More(""" "carriers":[] """), "required", "/carriers"),
            ("in no currency", More(""" "currency":"euro" """), "bad-currency", "/currency"),
            ("of goods without a currency", More(""" "declared":{"amount":1} """), "required", "/declared/currency"),
            ("on no day", More(""" "shipOn":"tomorrow" """), "bad-date", "/shipOn"),
            ("long ago", More(""" "shipOn":"2020-01-01" """), "out-of-range", "/shipOn"),
            ("in many years", More(""" "shipOn":"2999-01-01" """), "out-of-range", "/shipOn"),
            ("there before it leaves", More(""" "deliverBy":"2020-01-01" """), "out-of-range", "/deliverBy"),
            ("with a wish", More(""" "urgent":true """), "unknown-field", "/urgent"),
        ];
        foreach (var (name, json, code, field) in rows)
            yield return Row($"rates: {name}", Quotes, json, 400, code, field);
        foreach (var row in CarrierPlaces()) yield return row;

        string Parcel(string one) => $$"""{{{from}},{{to}},"parcels":[{{one}}]}""";

        string To(string place) => $$"""{{{from}},"to":{{place}},{{parcels}} }""";

        string From(string place) => $$"""{"from":{{place}},{{to}},{{parcels}} }""";

        string More(string field) => $$"""{{{from}},{{to}},{{parcels}},{{field}} }""";
    }

    static IEnumerable<BadRequest> CarrierPlaces()
    {
        foreach (var what in (string[])["address-checks", "service-points"])
        {
            yield return Row(
                $"{what}: nowhere", $"POST /v1/carriers/local-courier/{what}", "{}", 400, "required", "/country");
            yield return Row(
                $"{what}: of nobody", $"POST /v1/carriers/nobody/{what}", """{"country":"DE","postcode":"10115"}""",
                404, "unknown-carrier");
        }
    }
}
