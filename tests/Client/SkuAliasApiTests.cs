namespace Fulfillment.Tests.Client;

/// <summary>Listings of channels and codes of suppliers, over HTTP.</summary>
public sealed class SkuAliasApiTests(ApiServer api) : IClassFixture<ApiServer>
{
    Task<Answer> Add(string sku, string body) => api.Post($"/v1/skus/{sku}/aliases", body);

    [Fact]
    public async Task Listings_and_codes_lead_to_one_SKU_and_no_other_gets_them()
    {
        foreach (var sku in (string[])["AL-1", "AL-2"]) (await api.Put($"/v1/skus/{sku}", """{"title":"x"}""")).Is(201);
        const string asin = """{"channel":"amazon","id":"B00X"}""", item = """{"channel":"ebay","id":"12/3 4"}""",
            red = """{"supplier":"A","id":"RED-L-01"}""";
        foreach (var body in (string[])[asin, item, red, """{"supplier":"B","id":"9931"}"""])
            (await Add("AL-1", body)).Is(201);
        (await Add("AL-1", asin)).Is(200);
        var taken = (await Add("AL-2", asin)).IsProblem(409, "alias-taken");
        Assert.Contains("AL-1", taken.Text("detail"), StringComparison.Ordinal);
        (await Add("NONE", asin)).IsProblem(404, "unknown-sku");

        Assert.Equal("AL-1", (await api.Get("/v1/sku-aliases?channel=ebay&id=12/3%204")).Is(200).Text("sku"));
        Assert.Equal("AL-1", (await api.Get("/v1/sku-aliases?supplier=B&id=9931")).Is(200).Text("sku"));
        (await api.Get("/v1/sku-aliases?supplier=amazon&id=B00X")).IsProblem(404, "unknown-alias");
        await api.Embedded.ViewsReached();
        var page = (await api.Get("/v1/skus/AL-1/aliases?limit=3")).Is(200);
        Assert.Equal(["B00X", "12/3 4", "RED-L-01"], page.Each("id"));
        var rest = await api.Get($"/v1/skus/AL-1/aliases?cursor={Uri.EscapeDataString(page.Text("next")!)}");
        Assert.Equal(["9931"], rest.Is(200).Each("id"));

        (await api.Delete("/v1/skus/AL-2/aliases?channel=amazon&id=B00X")).IsProblem(409, "alias-taken");
        (await api.Delete("/v1/skus/AL-1/aliases?channel=amazon&id=B00X")).Is(200);
        (await Add("AL-2", asin)).Is(201);
    }

    [Fact]
    public async Task Every_answer_about_aliases_is_as_the_document_says()
    {
        SchemaCheck check = new((await api.Get("/openapi/v1.json")).Is(200).Json);
        (await api.Put("/v1/skus/AL-D", """{"title":"x"}""")).Is(201);
        const string path = "/v1/skus/{sku}/aliases";
        await check.Answered(api, "post", "/v1/skus/AL-D/aliases", path, """{"channel":"d","id":"1"}""");
        await api.Embedded.ViewsReached();
        await check.Answered(api, "get", "/v1/skus/AL-D/aliases", path, null);
        await check.Answered(api, "get", "/v1/sku-aliases?channel=d&id=1", "/v1/sku-aliases", null);
        await check.Answered(api, "get", "/v1/sku-aliases?channel=d&id=2", "/v1/sku-aliases", null);
    }
}
