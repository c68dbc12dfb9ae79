namespace Fulfillment.Tests.Client;

// Papers and labels, and the gift that a packing slip tells of.
public static partial class BadRequests
{
    const string Slip = "GET /v1/orders/o-1/fulfilments";

    static IEnumerable<BadRequest> Papers()
    {
        (string Name, string Route, int Status, string Code, string? Field)[] rows =
        [
            ("no order", "GET /v1/orders/none/fulfilments/1/packing-slip", 404, "unknown-order", null),
            ("an order that is no id", "GET /v1/orders/a%20b/fulfilments/1/packing-slip", 400, "bad-id", "id"),
            ("not so many", $"{Slip}/2/packing-slip", 404, "unknown-fulfilment-order", null),
            ("number zero", $"{Slip}/0/packing-slip", 404, "unknown-fulfilment-order", null),
            ("a leading zero", $"{Slip}/01/packing-slip", 404, "unknown-fulfilment-order", null),
            ("a negative one", $"{Slip}/-1/packing-slip", 404, "unknown-fulfilment-order", null),
            ("no number", $"{Slip}/first/packing-slip", 404, "unknown-fulfilment-order", null),
            ("far too many", $"{Slip}/99999999999/packing-slip", 404, "unknown-fulfilment-order", null),
            ("no shipment", $"{Slip}/1/packing-slip?shipment=none", 404, "unknown-shipment", null),
            ("a shipment that is no id", $"{Slip}/1/packing-slip?shipment=a%20b", 400, "bad-id", "shipment"),
            ("no node", "GET /v1/nodes/NONE/bins/A/label", 404, "unknown-node", null),
            ("no bin", "GET /v1/nodes/PL1/bins/NONE/label", 404, "unknown-bin", null),
            ("a bin that is no id", "GET /v1/nodes/PL1/bins/a%20b/label", 400, "bad-id", "bin"),
            ("no carrier", "GET /v1/lpns/NONE/label", 404, "unknown-lpn", null),
            ("contents of none", "GET /v1/lpns/NONE/content-list", 404, "unknown-lpn", null),
            ("a carrier that is no id", "GET /v1/lpns/a%20b/content-list", 400, "bad-id", "lpn"),
            ("no SKU", "GET /v1/skus/NONE/label", 404, "unknown-sku", null),
            ("no such unit", "GET /v1/skus/S/label?unit=crate", 400, "unknown-unit", "unit"),
            ("a lot and no GTIN", "GET /v1/skus/S/label?lot=L1", 409, "no-gtin", null),
            ("a long lot", "GET /v1/skus/S/label?lot=123456789012345678901", 400, "too-long", "lot"),
            ("a lot of other signs", "GET /v1/skus/S/label?lot=%C3%A9", 400, "invalid-cset82-character", "lot"),
            ("an empty serial", "GET /v1/skus/S/label?serial=", 400, "too-short", "serial"),
            ("no day", "GET /v1/skus/S/label?expiry=2026-02-30", 400, "bad-date", "expiry"),
        ];
        foreach (var (name, route, status, code, field) in rows)
            yield return Row($"papers: {name}", route, (string?)null, status, code, field);
        (string Name, string Gift, string Code, string Field)[] gifts =
        [
            ("no message", "{}", "required", "/gift/message"),
            ("an empty message", """{"message":""}""", "required", "/gift/message"),
            ("a long message", $$"""{"message":"{{new string('x', 501)}}"}""", "too-long", "/gift/message"),
            ("a number", """{"message":1}""", "wrong-type", "/gift/message"),
            ("no object", "true", "wrong-type", "/gift"),
        ];
        foreach (var (name, gift, code, field) in gifts)
        {
            var order = $$"""{"id":"x","lines":[{{Line}}],"gift":{{gift}}}""";
            yield return Row($"gifts: {name}", Orders, order, 400, code, field);
        }
    }
}
