using System.Text;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Client;

/// <summary>Goods over a customs border over HTTP: what they lack, what they cost there, and their papers.</summary>
public sealed class CustomsApiTests(ApiServer api) : IClassFixture<ApiServer>
{
    const string Mug = """
        {"title":"Enamel mug","price":{"amount":1290,"currency":"EUR"},"product":{"grams":420,"netGrams":390,
         "lengthMm":90,"widthMm":90,"heightMm":90,"hsCode":"61091000","origin":"PT",
         "customsDescription":"T-shirt of cotton"}}
        """;

    static (string, string) Of(string seller) => ("Seller", seller);

    async Task Policy(string seller, string customs)
    {
        (await api.Post("/v1/compliance-rules", $$"""
            {"id":"p","reason":"we go abroad","rules":[],"customs":{{customs}}}
            """, Of(seller))).Is(201);
        (await api.Post("/v1/compliance-rules/1/activate", """{"id":"a","reason":"now"}""", Of(seller))).Is(200);
    }

    async Task Nodes()
    {
        (await api.Put("/v1/nodes/LEJ1", """{"name":"Leipzig","country":"DE","postcode":"04158"}""")).Succeeded();
        (await api.Put("/v1/nodes/LON1", """{"name":"London","country":"GB","postcode":"E14 5AB"}""")).Succeeded();
        await api.Embedded.ViewsReached();
    }

    Task<Answer> Order(string id, string sku, string country, string seller, string more = "") =>
        api.Post("/v1/orders", $$"""
            {"id":"{{id}}","shipTo":{{{country}}},"lines":[{"id":"1","sku":"{{sku}}","quantity":1,
             "unitPrice":{"amount":1290,"currency":"EUR"} }]{{more}} }
            """, Of(seller));

    const string Zurich = """ "country":"CH","postcode":"8001" """, Berlin = """ "country":"DE","postcode":"10115" """,
        London = """ "country":"GB","postcode":"SW1A 1AA" """;

    [Fact]
    public async Task A_card_keeps_what_customs_ask_for_and_each_change_of_it()
    {
        (await api.Put("/v1/skus/CARD-1", Mug, Of("c-1"))).Is(201);
        const string file = "sku,product.netGrams,product.customsDescription\nCARD-1,400,\n";
        (await api.Send(
            "POST", "/v1/catalogue/import", Encoding.UTF8.GetBytes(file), "text/csv", Of("c-1"))).Is(200);
        var card = (await api.Get("/v1/skus/CARD-1", Of("c-1"))).Is(200);
        Assert.Equal((400, null), (card.Number("product/netGrams"), card.Text("product/customsDescription")));
        await api.Embedded.ViewsReached();
        var history = (await api.Get("/v1/skus/CARD-1/history", Of("c-1"))).Is(200);
        Assert.Equal(
            ["/product/customsDescription", "/product/netGrams"],
            history.Items("items/0/changes").Select(c => c.GetProperty("field").GetString()));
    }

    [Fact]
    public async Task What_a_card_lacks_is_told_with_the_ways_on_which_it_is_missed()
    {
        await Nodes();
        const string rules = "/v1/routing/rules", money = """ "amount":490,"currency":"EUR" """;
        (await api.Post(rules, $$"""
            {"id":"r","reason":"x","rules":{"currency":"EUR","tariffs":[
             {"service":"home","fromCountry":"DE","to":{"country":"FR"},"minDays":1,"maxDays":2,"parcel":{{{money}}} },
             {"service":"us","fromCountry":"DE","to":{"country":"US"},"minDays":3,"maxDays":5,"parcel":{{{money}}} },
             {"service":"ch","to":{"country":"CH"},"minDays":2,"maxDays":3,"parcel":{{{money}}} }]} }
            """, Of("c-2"))).Is(201);
        (await api.Post($"{rules}/1/approve", """{"id":"p","reason":"x"}""", Of("c-2"))).Is(200);
        (await api.Post($"{rules}/1/activate", """{"id":"a","reason":"x"}""", Of("c-2"))).Is(200);
        (await api.Put("/v1/skus/BARE", """{"title":"x"}""", Of("c-2"))).Is(201);
        (await api.Put("/v1/skus/FULL", Mug, Of("c-2"))).Is(201);
        await api.Embedded.ViewsReached();
        var all = (await api.Get("/v1/sku-gaps?gap=customs", Of("c-2"))).Is(200);
        Assert.Equal(["BARE"], all.Each("sku"));
        Assert.Equal(
            ["DE CH", "DE US", "GB CH"], all.Items("items/0/lanes").Select(
                l => $"{l.GetProperty("from").GetString()} {l.GetProperty("to").GetString()}"));
        Assert.Contains("/product/hsCode", all.Items("items/0/missing").Select(m => m.GetString()));
        var us = (await api.Get("/v1/sku-gaps?gap=customs&to=US", Of("c-2"))).Is(200);
        Assert.Single(us.Items("items/0/lanes"));
        Assert.Empty((await api.Get("/v1/sku-gaps?gap=customs&from=DE&to=FR", Of("c-2"))).Items());
    }

    [Fact]
    public async Task An_order_over_a_border_is_held_with_what_its_cards_lack_until_somebody_lets_it_go()
    {
        await Nodes();
        await Policy("c-3", """{"terms":"dap","lanes":[{"terms":"ddp","to":["CH"]}],"eoris":["DE1234567"]}""");
        await api.Stock("BARE", 10, headers: Of("c-3"));
        await api.Stock("SHIRT", 10, ""","product":{"hsCode":"61091000","origin":"PT"}""", Of("c-3"));
        var held = (await Order("h-1", "BARE", Zurich, "c-3", ""","terms":"ddp" """)).Is(201);
        Assert.Equal(
            ("held", "customs", "customs", "ddp"),
            (held.Text("status"), held.Text("holds/0/type"), held.Text("holds/0/by"), held.Text("terms")));
        Assert.Equal(
            "/lines/0/sku: BARE lacks /product/hsCode, /product/origin from DE to CH", held.Text("holds/0/reason"));
        // A repeat is the same order, whatever its cards lack by then.
        (await api.Put("/v1/skus/BARE", """
            {"title":"x","product":{"hsCode":"61091000","origin":"PT"}}
            """, Of("c-3"))).Succeeded();
        (await Order("h-1", "BARE", Zurich, "c-3", ""","terms":"ddp" """)).Is(200);
        (await Order("h-1", "BARE", Zurich, "c-3", ""","terms":"dap" """)).IsProblem(422, "idempotency-conflict");
        (await api.Post("/v1/orders/h-1/holds/1/release", """{"id":"r","reason":"told"}""", Of("c-3"))).Is(200);
        await api.Until("h-1", ["allocated"], Of("c-3"));
        // Nothing is missing, or no border is crossed.
        Assert.Equal("accepted", (await Order("h-2", "SHIRT", Zurich, "c-3")).Is(201).Text("status"));
        Assert.NotEqual("held", (await Order("h-3", "BARE", Berlin, "c-3")).Is(201).Text("status"));
    }

    [Fact]
    public async Task A_seller_may_refuse_such_orders_and_goods_that_are_on_this_side_too_are_not_asked_of()
    {
        await Nodes();
        await Policy("c-4", """{"missing":"refuse"}""");
        await api.Stock("BARE", 10, headers: Of("c-4"));
        (await api.Put("/v1/skus/SET", """{"title":"Set","kit":[{"sku":"BARE","units":2}]}""", Of("c-4"))).Succeeded();
        var refused = (await Order("r-1", "BARE", London, "c-4"))
            .IsProblem(409, "customs-data-missing", "/lines/0/sku");
        Assert.Contains("from DE to GB", refused.Text("errors/0/detail"), StringComparison.Ordinal);
        (await Order("r-2", "SET", London, "c-4")).IsProblem(409, "customs-data-missing", "/lines/0/sku");
        (await api.Post("/v1/orders", """
            {"id":"r-3","shipTo":{"country":"GB","postcode":"SW1A 1AA"},"lines":[{"sku":"BARE","quantity":1}]}
            """, Of("c-4"))).IsProblem(409, "customs-data-missing");
        await api.Receive("BARE", "LON1", 5, Of("c-4"));
        (await Order("r-1", "BARE", London, "c-4")).Is(201);
        // Without a policy nobody asks.
        await api.Stock("BARE", 10, headers: Of("c-5"));
        (await Order("n-1", "BARE", London, "c-5")).Is(201);
    }

    [Fact]
    public async Task Duty_and_tax_are_told_by_line_and_rule_with_the_table_that_they_are_from()
    {
        await Nodes();
        (await api.Put("/v1/skus/SHIRT", Mug, Of("c-6"))).Succeeded();
        await Policy("c-6", """{"lanes":[{"terms":"ddp","to":["GB"]}],"gbVat":"GB980780684"}""");
        var told = (await api.Post("/v1/duties", """
            {"from":{"node":"LEJ1"},"to":{"country":"GB","postcode":"SW1A 1AA"},
             "lines":[{"sku":"SHIRT","quantity":20},{"id":"book","hsCode":"49019900","origin":"DE","quantity":1,
              "unitValue":{"amount":2000,"currency":"EUR"}}],"carriage":{"amount":1000,"currency":"EUR"}}
            """, Of("c-6"))).Is(200);
        Assert.Equal(
            ("example-2026-11", true, true, "ddp", "sender"),
            (told.Text("table/version"), told.At("table/example")!.Value.GetBoolean(),
                told.At("complete")!.Value.GetBoolean(), told.Text("terms"), told.Text("payer")));
        // 278.00 EUR are 239.08 GBP, over 135; carriage of 8.60 is shared: 7.98 and 0.62.
        Assert.Equal((23_908, 860), (told.Number("totals/goods/amount"), told.Number("totals/carriage/amount")));
        Assert.Equal(["gb-t-shirts", "vat-gb"], told.Each("rule", "lines/0/charges"));
        Assert.Equal(["gb-books", "vat-gb-books"], told.Each("rule", "lines/1/charges"));
        Assert.Equal((22_986, 2_758), (told.Number("lines/0/charges/0/base/amount"),
            told.Number("totals/duty/amount")));
        Assert.Equal((5_149, "EUR"), (told.Number("totals/tax/amount"), told.Text("inPriceCurrency/tax/currency")));
        Assert.Equal(7_907, told.Number("totals/atBorder/amount"));
    }

    [Fact]
    public async Task Tax_collected_with_the_price_is_not_asked_for_again_and_what_no_rule_knows_is_told()
    {
        const string shirt = """
            "lines":[{"hsCode":"61091000","origin":"CN","quantity":1,"unitValue":{"amount":5000,"currency":"EUR"}}]
            """;
        var sold = (await api.Post("/v1/duties", $$"""
            {"from":{"country":"GB"},"to":{"country":"DE"},"on":"2026-12-01","schemes":["ioss"],{{shirt}} }
            """)).Is(200);
        Assert.Equal(
            (300, 0, 950, "receiver"), (sold.Number("totals/duty/amount"), sold.Number("totals/tax/amount"),
                sold.Number("totals/saleTax/amount"), sold.Text("payer")));
        Assert.Null(sold.At("inPriceCurrency"));
        var inside = (await api.Post("/v1/duties", $$"""
            {"from":{"country":"FR"},"to":{"country":"DE"},{{shirt}} }
            """)).Is(200);
        Assert.False(inside.At("crosses")!.Value.GetBoolean());
        Assert.Null(inside.At("totals"));
        var islands = (await api.Post("/v1/duties", $$"""
            {"from":{"country":"ES"},"to":{"country":"ES","postcode":"35001"},{{shirt}} }
            """)).Is(200);
        Assert.Equal(["no-tax-rule"], islands.Each("code", "gaps"));
        var nowhere = (await api.Post("/v1/duties", $$"""
            {"from":{"country":"DE"},"to":{"country":"BR"},{{shirt}} }
            """)).Is(200);
        Assert.Equal(("/to", "unknown-place"), (nowhere.Text("gaps/0/field"), nowhere.Text("gaps/0/code")));
        var odd = (await api.Post("/v1/duties", """
            {"from":{"country":"DE"},"to":{"country":"US"},
             "lines":[{"id":"a","hsCode":"010121","origin":"DE","quantity":1,
              "unitValue":{"amount":1,"currency":"EUR"}}]}
            """)).Is(200);
        Assert.Equal(("/lines/0/hsCode", "no-duty-rule"), (odd.Text("gaps/0/field"), odd.Text("gaps/0/code")));
        Assert.False(odd.At("complete")!.Value.GetBoolean());
        (await api.Post("/v1/duties", """
            {"from":{"country":"DE"},"to":{"country":"US"},
             "lines":[{"hsCode":"610910","origin":"DE","quantity":1,"unitValue":{"amount":1,"currency":"XAF"}}]}
            """)).IsProblem(400, "no-exchange-rate", "/lines/0/unitValue/currency");
    }

    [SkippableFact]
    public async Task Papers_for_customs_are_drawn_from_cards_and_the_same_again()
    {
        Skip.If(PdfTools.Missing is not null, PdfTools.Missing);
        (await api.Put("/v1/skus/SHIRT", Mug, Of("c-7"))).Succeeded();
        const string body = """
            {"number":"INV-7","date":"2026-11-30","signedBy":"Grace Hopper","grossGrams":2000,"terms":"ddp",
             "seller":{"name":"Acme GmbH","lines":["Hafenstr. 1"],"postcode":"04158","city":"Leipzig","country":"DE",
              "eori":"DE1234567"},
             "buyer":{"name":"Ada Lovelace","lines":["Bahnhofstr. 9"],"postcode":"8001","city":"Zürich",
              "country":"CH"},
             "references":{"order":"o-7","carrier":"ups","trackingNumber":"1Z999"},
             "lines":[{"sku":"SHIRT","quantity":3},{"description":"Book","hsCode":"49019900","origin":"DE","quantity":1,
              "unitValue":{"amount":2000,"currency":"EUR"},"netGrams":500}],"carriage":{"amount":490,"currency":"EUR"}}
            """;
        var invoice = await Draw("/v1/commercial-invoices", body);
        foreach (var told in (string[])["Commercial invoice", "INV-7", "EORI DE1234567", "DDP Zürich",
            "T-shirt of cotton", "61091000", "PT", "38.70", "20.00", "Carriage", "63.60 EUR", "1.670 kg", "2.000 kg",
            "Grace Hopper", "1Z999", "IMPORTER OF RECORD", "Sale"])
            Assert.Contains(told, PdfTools.Text(invoice), StringComparison.Ordinal);
        Assert.Equal(invoice, await Draw("/v1/commercial-invoices", body));
        var origin = PdfTools.Text(await Draw("/v1/certificates-of-origin", body));
        foreach (var told in (string[])["Certificate of origin", "DE, PT", "Acme GmbH", "CERTIFICATION"])
            Assert.Contains(told, origin, StringComparison.Ordinal);
    }

    async Task<byte[]> Draw(string path, string body)
    {
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = content };
        request.Headers.Add("Seller", "c-7");
        using var answer = await api.Http.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        Assert.Equal("application/pdf", answer.Content.Headers.ContentType?.MediaType);
        return await answer.Content.ReadAsByteArrayAsync();
    }
}
