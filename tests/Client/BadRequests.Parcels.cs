namespace Fulfillment.Tests.Client;

// Parcels and their labels. Order PARCEL-BAD has an address, parcel PARCEL-BAD-1 has no label.
public static partial class BadRequests
{
    static async Task PrepareParcelling(ApiServer api)
    {
        await ParcelShop.Order(api, "PARCEL-BAD", 2);
        (await ParcelShop.Plan(api, "PARCEL-BAD-F1", "PARCEL-BAD-1")).Is(201);
    }

    static IEnumerable<BadRequest> Parcelling()
    {
        const string plan = "POST /v1/fulfilment-orders/PARCEL-BAD-F1/parcels",
            edges = """ "lengthMm":300,"widthMm":200,"heightMm":100,"grams":900 """;
        (string Name, string Json, int Status, string Code, string? Field)[] plans =
        [
            ("without an id", $$"""{{{edges}}}""", 400, "required", "/id"),
            ("without a height", """{"id":"p","lengthMm":300,"widthMm":200,"grams":900}""", 400,
                "not-shippable-by-rate", "/heightMm"),
            ("without a weight", """{"id":"p","lengthMm":300,"widthMm":200,"heightMm":100}""", 400,
                "not-shippable-by-rate", "/grams"),
            ("flat", """{"id":"p","lengthMm":300,"widthMm":0,"heightMm":100,"grams":9}""", 400, "out-of-range",
                "/widthMm"),
            ("longer than a lorry", """{"id":"p","lengthMm":20001,"widthMm":9,"heightMm":9,"grams":9}""", 400,
                "out-of-range", "/lengthMm"),
            ("of an unknown line", $$"""{"id":"p",{{edges}},"lines":[{"line":"9","quantity":1}]}""", 400,
                "unknown-line", "/lines"),
            ("of no unit", $$"""{"id":"p",{{edges}},"lines":[{"line":"1","quantity":0}]}""", 400, "out-of-range",
                "/lines/0/quantity"),
            ("of a null line", $$"""{"id":"p",{{edges}},"lines":[null]}""", 400, "wrong-type", "/lines/0"),
            ("of more than there is", $$"""{"id":"p",{{edges}},"lines":[{"line":"1","quantity":3}]}""", 409,
                "more-than-open", null),
            ("of a box and edges", $$"""{"box":"B1",{{edges}}}""", 400, "box-or-goods", "/box"),
            ("of a box with another id", """{"id":"p","box":"B1"}""", 400, "not-expected", "/id"),
            ("of a box that is none", """{"box":"a b"}""", 400, "bad-id", "/box"),
            ("of an unknown box", """{"box":"B1"}""", 404, "unknown-box", null),
            ("by nobody", $$"""{"id":"p",{{edges}},"by":""}""", 400, "bad-id", "/by"),
            ("with a wish", $$"""{"id":"p",{{edges}},"fragile":true}""", 400, "unknown-field", "/fragile"),
        ];
        foreach (var (name, json, status, code, field) in plans)
            yield return Row($"parcels: {name}", plan, json, status, code, field);
        yield return Row("parcels: of an unknown order", "POST /v1/fulfilment-orders/NONE-F1/parcels",
            $$"""{"id":"p",{{edges}}}""", 404, "unknown-fulfilment-order", null);
        foreach (var row in BuyingLabels()) yield return row;
    }

    static IEnumerable<BadRequest> BuyingLabels()
    {
        (string Name, string Json, int Status, string Code, string? Field)[] labels =
        [
            ("without an id", "{}", 400, "required", "/id"),
            ("of an unknown carrier", """{"id":"l","carrier":"pigeon"}""", 400, "unknown-carrier", "/carrier"),
            ("of a service without a carrier", """{"id":"l","service":"fast"}""", 400, "required", "/carrier"),
            ("as a drawing", """{"id":"l","format":"gif"}""", 400, "out-of-range", "/format"),
            ("in no format", """{"id":"l","format":"jpeg"}""", 400, "unknown-value", "/format"),
            ("on no day", """{"id":"l","shipOn":"soon"}""", 400, "bad-date", "/shipOn"),
            ("long ago", """{"id":"l","shipOn":"2020-01-01"}""", 400, "out-of-range", "/shipOn"),
            ("voided in years", """{"id":"l","voidAfterDays":61}""", 400, "out-of-range", "/voidAfterDays"),
            ("for no reason", """{"id":"l","override":""}""", 400, "required", "/override"),
            ("of a carrier that is not set up", """{"id":"l","carrier":"ups"}""", 409, "no-service", null),
            ("of another service for no reason", """{"id":"l","carrier":"local-courier","service":"express"}""", 409,
                "override-required", null),
        ];
        foreach (var (name, json, status, code, field) in labels)
            yield return Row($"labels: {name}", "POST /v1/parcels/PARCEL-BAD-1/label", json, status, code, field);
        const string change = """{"id":"c","reason":"why not"}""";
        yield return Row("labels: of an unknown parcel", "POST /v1/parcels/NONE/label", """{"id":"l"}""", 404,
            "unknown-parcel", null);
        yield return Row("labels: void of an unknown parcel", "POST /v1/parcels/NONE/void", change, 404,
            "unknown-parcel", null);
        yield return Row("labels: void of none", "POST /v1/parcels/PARCEL-BAD-1/void", change, 409, "no-label", null);
        yield return Row("labels: void of one that is not there", "POST /v1/parcels/PARCEL-BAD-1/void",
            """{"id":"c","reason":"why not","label":7}""", 409, "no-label", null);
        yield return Row("labels: void of the zeroth", "POST /v1/parcels/PARCEL-BAD-1/void",
            """{"id":"c","reason":"why not","label":0}""", 400, "out-of-range", "/label");
        yield return Row("labels: void without a reason", "POST /v1/parcels/PARCEL-BAD-1/void", """{"id":"c"}""", 400,
            "required", "/reason");
        const string? nothing = null;
        yield return Row("labels: print of none", "GET /v1/parcels/PARCEL-BAD-1/label", nothing, 404, "no-label", null);
        yield return Row("labels: print of the zeroth", "GET /v1/parcels/PARCEL-BAD-1/label?label=0", nothing, 400,
            "out-of-range", "label");
        yield return Row(
            "parcels: of no status", "GET /v1/parcels?status=gone", nothing, 400, "unknown-value", "status");
        yield return Row("parcels: rates by an unknown carrier", "POST /v1/parcels/PARCEL-BAD-1/rates",
            """{"carriers":["pigeon"]}""", 400, "unknown-carrier", "/carriers/0");
        yield return Row("nodes: without a street", "PUT /v1/nodes/STREET1",
            """{"name":"x","address":{"company":"A","city":"B"}}""", 400, "required", "/address/line1");
    }
}
