namespace Fulfillment.Tests.Client;

/// <summary>What the served OpenAPI document says of nodes at work and of routing rules is true.</summary>
public sealed class OpenApiRoutingTests(ApiServer api) : IClassFixture<ApiServer>
{
    const string Rules = "/v1/routing/rules", Version = "/v1/routing/rules/{version}";

    [Fact]
    public async Task Every_answer_is_as_the_document_says()
    {
        SchemaCheck check = new((await api.Get("/openapi/v1.json")).Is(200).Json);
        await api.Stock("S", 9);
        (await api.Order("o", "S")).Is(201);
        await api.Until("o", "allocated");
        await api.Embedded.ViewsReached();
        (string Method, string Path, string Template, string? Body)[] calls =
        [
            ("put", "/v1/nodes/MUC2", "/v1/nodes/{node}",
                """
                {"name":"x","timeZone":"Europe/Berlin","days":["sunday"],"holidays":["2026-12-25"],"cutoff":"08:00",
                 "processingDays":1,"leadDays":2,"handles":["hazmat"],"perUnit":{"amount":1,"currency":"EUR"},
                 "boxes":[{"id":"S","lengthMm":1,"widthMm":2,"heightMm":3,"maxGrams":4}]}
                """),
            ("post", "/v1/nodes/LEJ1/stock-snapshots", "/v1/nodes/{node}/stock-snapshots",
                $$"""
                {"id":"s","at":"{{DateTimeOffset.UtcNow:yyyy-MM-dd'T'HH:mm:ss}}Z","apply":true,
                 "items":[{"sku":"S","onHand":9},{"sku":"GONE","onHand":1}]}
                """),
            ("post", "/v1/nodes/GONE/stock-snapshots", "/v1/nodes/{node}/stock-snapshots",
                $$"""{"id":"s","at":"{{DateTimeOffset.UtcNow:O}}","items":[{"sku":"S","onHand":9}]}"""),
            ("get", "/v1/fulfilment-orders?request=unsubmitted", "/v1/fulfilment-orders", null),
            ("get", Rules, Rules, null),
            ("post", Rules, Rules, $$"""{"id":"p","reason":"x","rules":{{RoutingRulesTests.Everything}} }"""),
            ("post", $"{Rules}/1/approve", $"{Version}/approve", """{"id":"a","reason":"x"}"""),
            ("post", $"{Rules}/1/reject", $"{Version}/reject", """{"id":"n","reason":"x"}"""),
            ("post", $"{Rules}/1/shadow", $"{Version}/shadow", """{"id":"s","reason":"x","on":true}"""),
            ("post", $"{Rules}/1/activate", $"{Version}/activate",
                """{"id":"g","reason":"x","from":"2999-01-01T00:00:00Z"}"""),
            ("post", $"{Rules}/1/activate", $"{Version}/activate", """{"id":"h","reason":"x"}"""),
            ("post", $"{Rules}/rollback", $"{Rules}/rollback", """{"id":"b","reason":"x"}"""),
            ("post", $"{Rules}/rollback", $"{Rules}/rollback", """{"id":"c","reason":"x"}"""),
            ("get", Rules, Rules, null), ("get", $"{Rules}/1", Version, null), ("get", $"{Rules}/0", Version, null),
            ("get", $"{Rules}/9", Version, null), ("get", $"{Rules}/1/shadow", $"{Version}/shadow", null),
            ("get", $"{Rules}/1/affected", $"{Version}/affected", null),
            ("post", $"{Rules}/1/preview", $"{Version}/preview", """{"limit":5}"""),
            ("post", "/v1/routing/what-if", "/v1/routing/what-if",
                $$"""
                {"orders":["o"],"rules":{{RoutingRulesTests.Everything}},"limit":5,
                 "nodes":{"LEJ1":{"offline":true,"cutoff":"08:00","perUnit":{"amount":1,"currency":"EUR"} } },
                 "stock":[{"sku":"S","node":"LEJ1","delta":-1}]}
                """),
            ("post", "/v1/routing/what-if", "/v1/routing/what-if", "{}"),
            ("post", "/v1/promises", "/v1/promises",
                $$"""
                {"shipTo":{"country":"DE","postcode":"10115","latitude":52.5,"longitude":13.4},
                 "lines":[{"sku":"S","quantity":2}],"deliverBy":"{{DateTime.UtcNow.Year + 2}}-01-01",
                 "shipComplete":true}
                """),
            ("get", "/v1/orders/o/promise", "/v1/orders/{id}/promise", null),
            ("post", "/v1/promises", "/v1/promises",
                """{"shipTo":{"country":"HK"},"lines":[{"sku":"S","quantity":99}]}"""),
        ];
        foreach (var (method, path, template, body) in calls) await check.Answered(api, method, path, template, body);
    }

    [Fact]
    public async Task What_a_request_must_have_is_what_the_document_requires()
    {
        SchemaCheck check = new((await api.Get("/openapi/v1.json")).Json);
        await check.Requires(api, "POST", "/v1/promises", "/v1/promises");
        await check.Requires(
            api, "POST", "/v1/nodes/LEJ1/stock-snapshots", "/v1/nodes/{node}/stock-snapshots");
        foreach (var end in (string[])["", "/1/approve", "/1/reject", "/1/activate", "/1/shadow", "/rollback"])
            await check.Requires(
                api, "POST", Rules + end, Rules + end.Replace("/1/", "/{version}/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("NodeRequest", """{"name":"x","days":["monday"]}""", """{"name":"x","days":["montag"]}""")]
    [InlineData("NodeRequest", """{"name":"x","cutoff":"23:59"}""", """{"name":"x","cutoff":"24:00"}""")]
    [InlineData("RulesBody", """{"currency":"EUR","overflow":["3pl"]}""", """{"currency":"EUR","overflow":["moon"]}""")]
    [InlineData("EmbargoBody", """{"id":"e","from":"2026-12-01","reason":"x"}""", """{"id":"e","reason":"x"}""")]
    [InlineData("TariffBody", """{"service":"s","minDays":1,"maxDays":2,"to":{"country":"DE"}}""",
        """{"service":"s","minDays":1,"maxDays":2,"to":{"country":"Germany"}}""")]
    public async Task What_is_refused_is_not_what_the_document_allows(string schema, string allowed, string refused) =>
        new SchemaCheck((await api.Get("/openapi/v1.json")).Json).Tells(schema, allowed, refused);
}
