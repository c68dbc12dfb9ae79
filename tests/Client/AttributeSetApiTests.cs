namespace Fulfillment.Tests.Client;

/// <summary>Attribute sets and gaps of cards, over HTTP.</summary>
public sealed class AttributeSetApiTests(ApiServer api) : IClassFixture<ApiServer>
{
    const string Volume = """{"name":"volume","type":"number","scale":1,"min":1,"max":50,"unit":"l","required":true}""",
        Shape = """{"name":"shape","type":"enum","values":["round","square"]}""";

    Task<Answer> Set(string id, string rules) =>
        api.Put($"/v1/attribute-sets/{id}", $$"""{"title":"Jugs","attributes":[{{rules}}]}""");

    Task<Answer> Card(string sku, string attributes, string set = "jugs") => api.Put(
        $"/v1/skus/{sku}",
        $$"""{"title":"x","attributes":{ {{attributes}} },"attributeSet":{"set":"{{set}}"},"images":["http://x/1"]}""");

    [Fact]
    public async Task A_card_is_held_against_its_set_and_a_changed_set_lists_who_does_not_meet_it()
    {
        (await Set("jugs", $"{Volume},{Shape}")).Is(201);
        var bad = (await Card("J-1", """ "volume":"5.01","shape":"oval" """)).Is(400);
        Assert.Equal(["/attributes/volume", "/attributes/shape"], bad.Each("field", "errors"));
        Assert.Equal(["too-precise", "unknown-value"], bad.Each("code", "errors"));
        (await Card("J-1", """ "shape":"round" """)).IsProblem(400, "required", "/attributes/volume");
        var card = (await Card("J-1", """ "volume":"1.5" """)).Is(201);
        Assert.Equal(("jugs", 1L), (card.Text("attributeSet/set"), card.Number("attributeSet/version")));
        (await Card("J-2", """ "volume":"4.5","shape":"round" """)).Is(201);
        await api.Embedded.ViewsReached();
        Assert.Empty((await api.Get("/v1/attribute-sets/jugs/gaps")).Is(200).Items());

        const string must = """{"name":"shape","type":"enum","values":["round"],"required":true}""";
        var changed = (await Set("jugs", $"{Volume},{must}")).Is(200);
        Assert.Equal(2, changed.Number("version"));
        var gap = (await api.Get("/v1/attribute-sets/jugs/gaps")).Is(200);
        Assert.Equal(["J-1"], gap.Each("sku"));
        Assert.Equal(("/attributes/shape", "required"), (
            gap.Text("items/0/errors/0/field"), gap.Text("items/0/errors/0/code")));
        // What is stored stays as it is, and can be read with the version that it met.
        Assert.Equal("1.5", (await api.Get("/v1/skus/J-1")).Is(200).Text("attributes/volume"));
        var first = (await api.Get("/v1/attribute-sets/jugs?version=1")).Is(200);
        Assert.Equal(2, first.Items("attributes/1/values").Count);
        (await api.Put("/v1/skus/J-1",
            """{"title":"x","attributes":{"volume":"2"},"attributeSet":{"set":"jugs","version":1}}""")).Is(200);
        (await Set("jugs", $"{Volume},{Shape}")).Is(200);
        (await Card("J-3", "", "NONE")).IsProblem(400, "unknown-attribute-set", "/attributeSet/set");
    }

    [Fact]
    public async Task Variants_of_a_product_meet_its_set_by_their_options_too()
    {
        (await Set("cups", $"{Volume},{Shape}")).Is(201);
        const string product = """
            {"title":"Cup","options":[{"name":"volume","values":["0.3","{0}"]}],"attributeSet":{"set":"cups"},
             "skuPattern":"CUP.{1}"}
            """;
        (await api.Put("/v1/products/CUPS", product.Replace("{0}", "9.55", StringComparison.Ordinal)))
            .IsProblem(400, "too-precise", "/attributes/volume");
        (await api.Put("/v1/products/CUPS", product.Replace("{0}", "0.5", StringComparison.Ordinal))).Is(201);
        Assert.Equal("cups", (await api.Get("/v1/skus/CUP.05")).Is(200).Text("attributeSet/set"));

        // Somebody changes the card, which does not say what the product says of it.
        var own = await api.Put("/v1/skus/CUP.05", """{"title":"My cup","attributeSet":{"set":"cups"}}""");
        Assert.Equal(("My cup", "CUPS"), (own.Is(200).Text("title"), own.Text("variant/product")));
    }

    [Fact]
    public async Task What_carriers_and_customs_will_ask_for_is_told_before()
    {
        (await api.Put("/v1/skus/GAP-1", """{"title":"x","product":{"grams":5}}""")).Is(201);
        (await api.Put("/v1/skus/GAP-2", """
            {"title":"x","product":{"grams":5,"lengthMm":1,"widthMm":1,"heightMm":1,"hsCode":"610910","origin":"PT"}}
            """)).Is(201);
        var sku = (await api.Get("/v1/skus/GAP-1")).Is(200);
        Assert.Equal(["not-shippable-by-rate", "customs"], sku.Items("gaps").Select(g => g.GetString()));
        Assert.Empty((await api.Get("/v1/skus/GAP-2")).Is(200).Items("gaps"));
        await api.Embedded.ViewsReached();
        var listed = (await api.Get("/v1/sku-gaps?gap=customs&cursor=GAP-&limit=1")).Is(200);
        Assert.Equal(["GAP-1"], listed.Each("sku"));
        Assert.Equal(
            ["/product/lengthMm", "/product/widthMm", "/product/heightMm", "/product/hsCode", "/product/origin"],
            listed.Items("items/0/missing").Select(m => m.GetString()));
        var others = (await api.Get("/v1/sku-gaps?cursor=GAP-1&limit=500")).Is(200);
        Assert.DoesNotContain("GAP-2", others.Each("sku"));
    }

    [Fact]
    public async Task Every_answer_about_attribute_sets_is_as_the_document_says()
    {
        SchemaCheck check = new((await api.Get("/openapi/v1.json")).Is(200).Json);
        const string path = "/v1/attribute-sets/{set}";
        await check.Answered(api, "put", "/v1/attribute-sets/doc", path,
            $$"""
            {"title":"x","closed":true,"attributes":[{{Volume}},{{Shape}},
             {"name":"a","type":"text","title":"A","maxLength":3,"pattern":"a+"},
             {"name":"m","type":"measure","units":["cm"]}]}
            """);
        (await Card("DOC", """ "volume":"1" """, "doc")).Is(201);
        await check.Answered(api, "get", "/v1/attribute-sets/doc", path, null);
        await check.Answered(api, "put", "/v1/attribute-sets/doc", path,
            """{"title":"x","closed":true,"attributes":[]}""");
        await api.Embedded.ViewsReached();
        await check.Answered(api, "get", "/v1/attribute-sets", "/v1/attribute-sets", null);
        await check.Answered(api, "get", "/v1/attribute-sets/doc/gaps", path + "/gaps", null);
        await check.Answered(api, "get", "/v1/sku-gaps", "/v1/sku-gaps", null);
        await check.Answered(api, "get", "/v1/skus/DOC", "/v1/skus/{sku}", null);
        await check.Requires(api, "PUT", "/v1/attribute-sets/req", path);
    }
}
