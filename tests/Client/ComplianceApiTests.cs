namespace Fulfillment.Tests.Client;

/// <summary>Compliance rules over HTTP: SKUs held against them, and orders that are refused.</summary>
public sealed class ComplianceApiTests(ApiServer api) : IClassFixture<ApiServer>
{
    const string Rules = """
        {"id":"no-knives","kind":"prohibited","text":"Knives are not sold to Britain",
         "goods":{"attributes":[{"name":"category","value":"knife"}]},"countries":["GB"]},
        {"id":"un","kind":"labelling","text":"Batteries need a UN number","goods":{"handling":["hazmat"]},
         "channels":["shop"],"requires":["/attributes/un-number"]},
        {"id":"cn","kind":"restricted-lane","text":"Not from there","goods":{"hsCodes":["8506"]},
         "fromCountries":["CN"],"countries":["DE"]}
        """;

    static (string, string) Of(string seller) => ("Seller", seller);

    Task<Answer> Post(string path, string body, string seller) =>
        api.Post($"/v1/compliance-rules{path}", body, Of(seller));

    async Task Activate(string seller, string rules)
    {
        (await Post("", $$"""{"id":"p","reason":"law","rules":[{{rules}}]}""", seller)).Is(201);
        (await Post("/1/activate", """{"id":"a","reason":"law"}""", seller)).Is(200);
    }

    [Fact]
    public async Task A_prohibited_or_mislabelled_SKU_is_told_with_rule_field_and_channel_until_it_is_mended()
    {
        await Activate("s-1", Rules);
        (await api.Put("/v1/skus/LAMP",
            """{"title":"x","product":{"handling":["hazmat"],"hsCode":"85061000"}}""", Of("s-1"))).Is(201);
        const string check = "/v1/skus/LAMP/compliance-check";
        var found = (await api.Get($"{check}?channel=shop", Of("s-1"))).Is(200);
        Assert.Equal(("un", "labelling", "/attributes/un-number", "shop"), (
            found.Text("violations/0/rule"), found.Text("violations/0/kind"), found.Text("violations/0/field"),
            found.Text("violations/0/channel")));
        Assert.False(found.At("complies")!.Value.GetBoolean());
        var lane = (await api.Get($"{check}?country=DE&fromCountry=CN", Of("s-1"))).Is(200);
        Assert.Equal(["cn"], lane.Each("rule", "violations"));

        (await api.Put("/v1/skus/LAMP",
            """{"title":"x","attributes":{"un-number":"UN3480"},"product":{"handling":["hazmat"]}}""",
            Of("s-1"))).Is(200);
        Assert.True((await api.Get($"{check}?channel=shop", Of("s-1"))).At("complies")!.Value.GetBoolean());
        (await api.Get($"{check}?version=2", Of("s-1"))).IsProblem(404, "unknown-version");
    }

    [Fact]
    public async Task An_order_for_what_is_prohibited_where_it_goes_is_refused_until_the_card_or_the_rules_change()
    {
        await Activate("s-2", Rules);
        await api.Stock("KNIFE", 9, ""","attributes":{"category":"knife"} """, Of("s-2"));
        const string abroad = ""","shipTo":{"country":"GB","postcode":"SW1A 1AA"} """;
        var refused = (await Order("o-1", abroad)).IsProblem(409, "prohibited", "/lines/0/sku");
        Assert.Contains("no-knives", refused.Body, StringComparison.Ordinal);
        (await api.Get("/v1/orders/o-1", Of("s-2"))).Is(404);
        (await Order("o-2", ""","shipTo":{"country":"DE","postcode":"10115"} """)).Is(201);

        (await Post("/rollback", """{"id":"r","reason":"too strict"}""", "s-2")).Is(200);
        (await Order("o-1", abroad)).Is(201);
        (await Post("/1/activate", """{"id":"again","reason":"law"}""", "s-2")).Is(200);
        // What was placed before is what was placed.
        (await Order("o-1", abroad)).Is(200);
        (await api.Put("/v1/skus/KNIFE", """{"title":"x","attributes":{"category":"spoon"}}""", Of("s-2"))).Is(200);
        (await Order("o-3", abroad)).Is(201);

        Task<Answer> Order(string id, string more) => api.Post(
            "/v1/orders", $$"""{"id":"{{id}}","lines":[{"sku":"KNIFE","quantity":1}]{{more}}}""", Of("s-2"));
    }

    [Fact]
    public async Task What_is_prohibited_goes_neither_in_a_kit_nor_by_an_edit()
    {
        await Activate("s-3", Rules);
        await api.Stock("KNIFE", 9, ""","attributes":{"category":"knife"} """, Of("s-3"));
        await api.Stock("FORK", 9, "", Of("s-3"));
        (await api.Put("/v1/skus/SET", """{"title":"Set","kit":[{"sku":"FORK","units":1},{"sku":"KNIFE","units":1}]}""",
            Of("s-3"))).Is(201);
        const string abroad = """ "shipTo":{"country":"GB","postcode":"SW1A 1AA"} """;
        var refused = (await Order("k-1", "SET", abroad)).IsProblem(409, "prohibited", "/lines/0/sku");
        Assert.Contains("KNIFE", refused.Body, StringComparison.Ordinal);

        const string home = """ "shipTo":{"country":"DE","postcode":"10115"} """;
        (await Order("k-2", "SET", home)).Is(201);
        (await Edit("k-2", abroad)).IsProblem(409, "prohibited", "/shipTo/country");
        (await Order("k-3", "FORK", abroad)).Is(201);
        (await Edit("k-3", """ "lines":[{"sku":"KNIFE","quantity":1}] """)).IsProblem(409, "prohibited", "/lines");

        Task<Answer> Order(string id, string sku, string more) => api.Post(
            "/v1/orders", $$"""{"id":"{{id}}","lines":[{"sku":"{{sku}}","quantity":1}],{{more}}}""", Of("s-3"));

        Task<Answer> Edit(string id, string what) =>
            api.Post($"/v1/orders/{id}/edit", $$"""{"id":"e","reason":"moved",{{what}}}""", Of("s-3"));
    }

    [Fact]
    public async Task No_goods_go_a_way_that_a_rule_closes_and_the_decision_names_the_rule()
    {
        await Activate("s-4", Rules);
        foreach (var (node, country, priority) in ((string, string, int)[])[("SZX1", "CN", 0), ("VIE9", "AT", 5)])
        {
            (await api.Put($"/v1/nodes/{node}",
                $$"""{"name":"x","country":"{{country}}","priority":{{priority}}}""")).Succeeded();
        }

        (await api.Put("/v1/skus/CELL", """{"title":"x","product":{"hsCode":"85061000"}}""", Of("s-4"))).Is(201);
        await Receive("SZX1");
        await Order("l-1");
        var held = await Until("l-1", "held");
        Assert.Contains("compliance (rule cn: Not from there)", held.Text("holds/0/reason"), StringComparison.Ordinal);
        await Receive("VIE9");
        await Order("l-2");
        Assert.Equal("VIE9", (await Until("l-2", "allocated")).Text("fulfilments/0/node"));
        var why = (await api.Get("/v1/orders/l-2/routing", Of("s-4"))).Is(200).Body;
        Assert.Contains("\"compliance\"", why, StringComparison.Ordinal);
        Assert.Contains("rule cn", why, StringComparison.Ordinal);

        Task<Answer> Until(string id, string status) =>
            api.Until($"/v1/orders/{id}", o => o.Text("status") == status, Of("s-4"));

        async Task Receive(string node) => (await api.Post("/v1/skus/CELL/receipts",
            $$"""{"id":"{{node}}","node":"{{node}}","quantity":5}""", Of("s-4"))).Is(201);

        async Task Order(string id) => (await api.Post("/v1/orders", $$"""
            {"id":"{{id}}","lines":[{"sku":"CELL","quantity":1}],"shipTo":{"country":"DE","postcode":"10115"} }
            """, Of("s-4"))).Is(201);
    }

    [Fact]
    public async Task Every_answer_about_compliance_is_as_the_document_says()
    {
        SchemaCheck check = new((await api.Get("/openapi/v1.json")).Is(200).Json);
        const string path = "/v1/compliance-rules";
        await check.Answered(api, "post", path, path, $$"""{"id":"p","reason":"x","rules":[{{Rules}}]}""");
        await check.Answered(api, "post", $"{path}/1/activate", path + "/{version}/activate",
            $$"""{"id":"a","reason":"x","from":"{{DateTime.UtcNow.Year + 1}}-01-05T08:00:00Z"}""");
        await check.Answered(api, "get", path, path, null);
        await check.Answered(api, "post", $"{path}/1/activate", path + "/{version}/activate",
            """{"id":"b","reason":"x"}""");
        await check.Answered(api, "get", $"{path}/1", path + "/{version}", null);
        await api.Stock("S", 1, ""","attributes":{"category":"knife"} """);
        await check.Answered(api, "get", "/v1/skus/S/compliance-check?country=GB",
            "/v1/skus/{sku}/compliance-check", null);
        await check.Answered(api, "post", $"{path}/rollback", path + "/rollback", """{"id":"r","reason":"x"}""");
        await check.Requires(api, "POST", path, path);
    }
}
