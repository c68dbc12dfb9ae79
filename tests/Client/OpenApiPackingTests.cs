namespace Fulfillment.Tests.Client;

/// <summary>What the OpenAPI document says of the pack bench is what happens.</summary>
public sealed class OpenApiPackingTests(ApiServer api) : IClassFixture<ApiServer>
{
    const string Job = "/v1/fulfilment-orders/{id}/packing";

    [Fact]
    public async Task Every_answer_of_the_bench_is_as_the_document_says()
    {
        SchemaCheck check = new((await api.Get("/openapi/v1.json")).Is(200).Json);
        var number = 0;
        await api.Stock("URN", 9, ""","product":{"grams":400,"lengthMm":100,"widthMm":80,"heightMm":50}""");
        (await api.Put("/v1/nodes/LEJ1/boxes/M",
            """{"inner":{"lengthMm":200,"widthMm":160,"heightMm":50},"tareGrams":100,"maxGrams":5000}""")).Succeeded();
        (await api.Order("URN-O", "URN", 3)).Is(201);
        await api.Until("URN-O", "allocated");
        await Post("", "", ",\"station\":\"B1\"");
        await Post("/boxes", "/boxes", ",\"kind\":\"M\"");
        await Post("/scans", "/scans", ",\"box\":1,\"sku\":\"URN\",\"quantity\":1");
        await Post("/scans", "/scans", ",\"box\":1,\"sku\":\"URN\",\"quantity\":1,\"out\":true");
        await Post("/scans", "/scans", ",\"box\":1,\"sku\":\"NONE\",\"quantity\":1");
        await Post("/quality-holds", "/quality-holds", ",\"sku\":\"URN\",\"reason\":\"a crack\"");
        await Post("/quality-holds/1/decide", "/quality-holds/{number}/decide", ",\"outcome\":\"drop\"");
        await Post("/give-up", "/give-up", "");
        await Post("", "", ",\"station\":\"B1\"");
        await Post("/boxes", "/boxes", ",\"kind\":\"M\"");
        await Post("/scans", "/scans", ",\"box\":2,\"sku\":\"URN\",\"quantity\":2");
        await Post("/boxes/2/close", "/boxes/{number}/close", "");
        await Post("/boxes/2/reopen", "/boxes/{number}/reopen", "");
        await Post("/give-up", "/give-up", "");
        await check.Answered(api, "get", "/v1/fulfilment-orders/URN-O-F1/packing", Job, null);
        await api.Embedded.ViewsReached();
        foreach (var path in (string[])["/v1/quality-holds", "/v1/quality-holds?node=LEJ1&open=false&limit=5"])
            await check.Answered(api, "get", path, "/v1/quality-holds", null);

        Task Post(string path, string template, string more) => check.Answered(
            api, "post", "/v1/fulfilment-orders/URN-O-F1/packing" + path, Job + template,
            $$"""{"id":"p{{number++}}","by":"anna"{{more}} }""");
    }

    [Fact]
    public async Task What_a_request_must_have_is_what_the_document_requires()
    {
        SchemaCheck check = new((await api.Get("/openapi/v1.json")).Is(200).Json);
        foreach (var path in (string[])["", "/give-up"])
            await check.Requires(api, "POST", "/v1/fulfilment-orders/NONE-F1/packing" + path, Job + path);
    }
}
