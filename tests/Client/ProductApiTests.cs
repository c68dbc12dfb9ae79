namespace Fulfillment.Tests.Client;

/// <summary>Products with options, over HTTP: a SKU for each combination.</summary>
public sealed class ProductApiTests(ApiServer api) : IClassFixture<ApiServer>
{
    const string Sizes = """{"name":"Size","values":["S","M","L","XL"]}""";

    Task<Answer> Put(string id, string more, string title = "Tee") =>
        api.Put($"/v1/products/{id}", $$"""{"title":"{{title}}",{{more}}}""");

    static string Gtin(int number)
    {
        var digits = $"0401234{number:D6}";
        var sum = digits.Select((c, i) => (c - '0') * (i % 2 == 0 ? 3 : 1)).Sum();
        return $"{digits}{(10 - (sum % 10)) % 10}";
    }

    [Fact]
    public async Task Three_colours_in_four_sizes_are_twelve_SKUs_each_with_its_own_stock_and_barcode()
    {
        var variants = string.Join(',', from c in (string[])["Red", "Blue", "Dark green"]
                                        from s in (string[])["S", "M", "L", "XL"]
                                        let n = (c.Length * 10) + s.Length + s[0]
                                        select $$"""
                                        {"values":{"Colour":"{{c}}","Size":"{{s}}"},
                                         "packs":[{"unit":"each","eaches":1,"gtin":"{{Gtin(n)}}"}]}
                                        """);
        var more = $$"""
            "options":[{"name":"Colour","values":["Red","Blue","Dark green"]},{{Sizes}}],"variants":[{{variants}}],
            "price":{"amount":1999,"currency":"EUR"},"attributes":{"fabric":"cotton"},
            "facts":{"grams":180,"hsCode":"61091000","origin":"PT"}
            """;
        var put = (await Put("TEE", more)).Is(201);
        Assert.Equal(12, put.Items("variants").Count);
        Assert.All(put.Each("state", "variants"), s => Assert.Equal("ready", s));
        Assert.Equal("TEE-DARKGREEN-XL", put.Text("variants/11/sku"));
        var head = api.Head;
        (await Put("TEE", more)).Is(200);
        Assert.Equal(head, api.Head);

        (await api.Put("/v1/nodes/LEJ1", """{"name":"x"}""")).Succeeded();
        await api.Receive("TEE-RED-S", "LEJ1", 5);
        var sku = (await api.Get("/v1/skus/TEE-RED-S")).Is(200);
        Assert.Equal(("Tee - Red / S", "cotton", "61091000"), (
            sku.Text("title"), sku.Text("attributes/fabric"), sku.Text("product/hsCode")));
        Assert.Equal(("TEE", "Red"), (sku.Text("variant/product"), sku.Text("variant/values/Colour")));
        var got = (await api.Get("/v1/products/TEE")).Is(200);
        Assert.Equal((5L, 0L), (got.Number("variants/0/onHand"), got.Number("variants/1/onHand")));
        var scanned = await api.Get($"/v1/barcodes/{got.Text("variants/4/packs/0/gtin")}");
        Assert.Equal("TEE-BLUE-S", scanned.Is(200).Text("item/sku"));
    }

    [Fact]
    public async Task A_value_that_goes_never_takes_a_SKU_with_stock_away()
    {
        const string both = """ "options":[{"name":"Colour","values":["Red","Blue"]}] """;
        (await Put("MUG", both)).Is(201);
        (await api.Put("/v1/nodes/LEJ1", """{"name":"x"}""")).Succeeded();
        await api.Receive("MUG-BLUE", "LEJ1", 3);

        var less = (await Put("MUG", """ "options":[{"name":"Colour","values":["Red"]}] """)).Is(200);
        Assert.Equal(("MUG-BLUE", "discontinued", 3L), (
            less.Text("variants/1/sku"), less.Text("variants/1/state"), less.Number("variants/1/onHand")));
        (await api.Order("mug-1", "MUG-BLUE")).IsProblem(409, "not-orderable");

        Assert.Equal(["ready", "ready"], (await Put("MUG", both)).Is(200).Each("state", "variants"));
        (await api.Order("mug-2", "MUG-BLUE")).Is(201);
    }

    [Fact]
    public async Task A_variant_says_otherwise_for_itself_and_what_fails_is_named()
    {
        (await api.Put("/v1/skus/OTHER", $$"""
            {"title":"x","packs":[{"unit":"each","eaches":1,"gtin":"{{Gtin(77)}}"}]}
            """)).Is(201);
        var more = $$"""
            "options":[{"name":"Colour","values":["Red","Blue","Grey"]}],"skuPattern":"C_{colour}",
            "price":{"amount":500,"currency":"EUR"},"variants":[
             {"values":{"Colour":"Red"},"sku":"MY-RED","title":"The red one","price":{"amount":700,"currency":"EUR"} },
             {"values":{"Colour":"Blue"},"packs":[{"unit":"each","eaches":1,"gtin":"{{Gtin(77)}}"}]},
             {"values":{"Colour":"Grey"},"exclude":true}]
            """;
        var put = (await Put("CUP", more)).Is(201);
        Assert.Equal(["MY-RED", "C_BLUE"], put.Each("sku", "variants"));
        Assert.Equal(("gtin-taken", "OTHER"), (
            put.Text("variants/1/failure/code"), put.Text("variants/1/failure/owner")));
        var red = (await api.Get("/v1/skus/MY-RED")).Is(200);
        Assert.Equal(("The red one", 700L), (red.Text("title"), red.Number("price/amount")));

        (await api.Put("/v1/skus/OTHER", """{"title":"x"}""")).Is(200);
        await api.Until($"/v1/products/CUP", p => p.Number("failed") == 1);
        (await Put("THIEF", """ "variants":[{"values":{},"sku":"MY-RED"}] """)).Is(201);
        var thief = (await api.Get("/v1/products/THIEF")).Is(200);
        Assert.Equal("other-product", thief.Text("variants/0/failure/code"));
    }

    [Fact]
    public async Task Products_are_listed_and_changed_at_the_revision_that_was_seen()
    {
        var first = (await Put("L-1", Opts("A"))).Is(201);
        (await Put("L-2", Opts("A"))).Is(201);
        Assert.Equal("\"1\"", first.Header("ETag"));
        (await api.Put("/v1/products/L-1", $$"""{"title":"x",{{Opts("A")}}}""", ("If-Match", "\"7\"")))
            .IsProblem(412, "stale");
        (await api.Put("/v1/products/L-1", $$"""{"title":"x",{{Opts("B")}}}""", ("If-Match", "\"1\""))).Is(200);
        (await api.Put("/v1/products/L-9", $$"""{"title":"x",{{Opts("B")}}}""", ("If-Match", "*")))
            .IsProblem(412, "stale");
        (await api.Get("/v1/products/L-9")).IsProblem(404, "unknown-product");
        await api.Embedded.ViewsReached();

        var page = (await api.Get("/v1/products?limit=1&cursor=L-")).Is(200);
        Assert.Equal(("L-1", 1L, 1L), (
            page.Text("items/0/product"), page.Number("items/0/variants"), page.Number("items/0/discontinued")));
        Assert.Equal("L-1", page.Text("next"));

        static string Opts(string value) => $$""" "options":[{"name":"o","values":["{{value}}"]}] """;
    }

    [Fact]
    public async Task Every_answer_about_products_is_as_the_document_says()
    {
        SchemaCheck check = new((await api.Get("/openapi/v1.json")).Is(200).Json);
        const string path = "/v1/products/{product}";
        foreach (var body in (string[])[
            """
            {"title":"x","description":"y","options":[{"name":"o","values":["a","b"]}],"skuPattern":"{product}.{o}",
             "backorder":true,"price":{"amount":1,"currency":"EUR"},"attributes":{"k":"v"},"images":["http://x/y"],
             "facts":{"grams":1,"hsCode":"123456","origin":"DE"},"lifecycle":"draft",
             "variants":[{"values":{"o":"a"},"sku":"Q","packs":[{"unit":"each","eaches":1}]}]}
            """,
            """{"title":"x","options":[{"name":"o","values":["a"]}]}"""])
            await check.Answered(api, "put", "/v1/products/DOC", path, body);
        await check.Answered(api, "get", "/v1/products/DOC", path, null);
        await check.Answered(api, "get", "/v1/skus/Q", "/v1/skus/{sku}", null);
        await api.Embedded.ViewsReached();
        await check.Answered(api, "get", "/v1/products", "/v1/products", null);
        await check.Requires(api, "PUT", "/v1/products/REQ", path);
    }
}
