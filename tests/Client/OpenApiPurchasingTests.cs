namespace Fulfillment.Tests.Client;

/// <summary>What the OpenAPI document says of purchase orders and transfers is what happens.</summary>
public sealed class OpenApiPurchasingTests(ApiServer api) : IClassFixture<ApiServer>
{
    static int NextYear => DateTime.UtcNow.Year + 1;

    const string Order = "/v1/purchase-orders/{id}";

    [Fact]
    public async Task Every_answer_about_purchase_orders_is_as_the_document_says()
    {
        SchemaCheck check = new((await api.Get("/openapi/v1.json")).Is(200).Json);
        await api.Stock("A", 0, ",\"backorder\":true,\"product\":{\"grams\":5}");
        await Call("put", "", $$"""
            {"supplier":"ACME","node":"LEJ1","currency":"EUR","overReceiptPercent":50,"note":"x","lines":[
             {"id":"a","sku":"A","quantity":10,"unitCost":{"amount":7,"currency":"EUR"},
              "expectedAt":"{{NextYear}}-01-05T08:00:00Z"},
             {"sku":"NONE","quantity":1,"unitCost":{"amount":7,"currency":"EUR"},
              "expectedAt":"{{NextYear}}-01-05T08:00:00Z"}]}
            """);
        await Call("post", "/send", """{"id":"s"}""");
        (await api.Order("A-1", "A", 3)).Is(201);
        await Call("post", "/acknowledge",
            $$"""{"id":"k","lines":[{"line":"a","quantity":9,"expectedAt":"{{NextYear}}-01-06T08:00:00Z"}]}""");
        await Call("get", "/impact", null, $"?at={NextYear}-03-05T08:00:00Z");
        await Call("post", "/change",
            $$"""{"id":"l","lines":[{"line":"a","expectedAt":"{{NextYear}}-02-05T08:00:00Z"}]}""");
        await Call("post", "/shipments", $$"""
            {"id":"S","expectedAt":"{{NextYear}}-01-05T08:00:00Z","carrier":"x","trackingNumber":"y","packages":[
             {"id":"p","sscc":"340123450000000000","lines":[{"line":"a","quantity":5}]}]}
            """);
        await Call("get", "/shipments/S", null, template: "/shipments/{shipment}");
        await Call("post", "/receipts", """
            {"id":"r","lines":[{"line":"a","quantity":4,"damaged":1,"state":"damaged","shipment":"S","package":"p"}]}
            """);
        await Call("get", "/receipts/r", null, template: "/receipts/{receipt}");
        await Call("post", "/shipments/S/finish", """{"id":"f"}""", template: "/shipments/{shipment}/finish");
        await Call("get", "/discrepancies", null);
        await Call("post", "/charges",
            """{"id":"c","type":"freight","amount":{"amount":5,"currency":"EUR"},"splitBy":"weight","note":"x"}""");
        await Call("get", "/landed-cost", null);
        await Call("post", "/cancel", """{"id":"n","lines":[{"line":"a","quantity":1}],"reason":"x"}""");
        await Call("post", "/close", """{"id":"e","reason":"x"}""");
        await Call("post", "/close", """{"id":"e2"}""");
        await Call("get", "", null);
        await api.Embedded.ViewsReached();
        await check.Answered(api, "get", "/v1/purchase-orders?status=closed", "/v1/purchase-orders", null);

        Task Call(string method, string end, string? body, string query = "", string? template = null) =>
            check.Answered(api, method, $"/v1/purchase-orders/P{end}{query}", Order + (template ?? end), body);
    }

    [Fact]
    public async Task What_a_request_must_have_is_what_the_document_requires()
    {
        SchemaCheck check = new((await api.Get("/openapi/v1.json")).Is(200).Json);
        foreach (var (method, end) in ((string, string)[])[
            ("PUT", ""), ("POST", "/shipments"), ("POST", "/receipts"), ("POST", "/charges")])
            await check.Requires(api, method, $"/v1/purchase-orders/Q{end}", Order + end);
    }
}
