namespace Fulfillment.Tests.Client;

/// <summary>The served OpenAPI document is true: what it says of requests and answers is what happens.</summary>
public sealed class OpenApiTests(ApiServer api) : IClassFixture<ApiServer>
{
    static int NextYear => DateTime.UtcNow.Year + 1;

    [Fact]
    public async Task Every_answer_is_as_the_document_says()
    {
        SchemaCheck check = new((await api.Get("/openapi/v1.json")).Is(200).Json);
        await api.Stock("S", 9,
            ""","price":{"amount":100,"currency":"EUR"},"attributes":{"a":"b"},"images":["http://x/y"]""");
        await api.Send("POST", "/v1/orders/bulk", "oops"u8.ToArray(), "application/x-ndjson");
        (string Method, string Path, string Template, string? Body)[] calls =
        [
            ("put", "/v1/nodes/N", "/v1/nodes/{node}",
                """{"name":"x","latitude":1.5,"longitude":2,"capacityPerDay":3}"""),
            ("post", "/v1/skus/S/receipts", "/v1/skus/{sku}/receipts",
                """{"id":"r","node":"LEJ1","quantity":5,"state":"damaged"}"""),
            ("post", "/v1/skus/S/adjustments", "/v1/skus/{sku}/adjustments",
                """{"id":"a","node":"LEJ1","delta":-1,"reason":"x"}"""),
            ("post", "/v1/skus/S/moves", "/v1/skus/{sku}/moves",
                """{"id":"m","node":"LEJ1","quantity":1,"from":"damaged","to":"available","reason":"x"}"""),
            ("post", "/v1/skus/S/holds", "/v1/skus/{sku}/holds", """{"id":"h","quantity":1,"holdFor":"PT5M"}"""),
            ("get", "/v1/skus/S/holds/h", "/v1/skus/{sku}/holds/{id}", null),
            ("post", "/v1/orders", "/v1/orders",
                """
                {"id":"o","channel":"shop","orderedAt":"2026-11-27T08:00:00Z","customer":{"id":"c"},"unknown":[1],
                 "shipTo":{"name":"A","country":"HK"},"payment":"prepaid","allocation":"ship-available",
                 "lines":[{"id":"1","sku":"S","quantity":3,"unitPrice":{"amount":100,"currency":"EUR"}}]}
                """),
            ("post", "/v1/orders/o/payment-confirmed", "/v1/orders/{id}/payment-confirmed",
                """{"id":"p","amount":{"amount":300,"currency":"EUR"}}"""),
            ("put", "/v1/fraud-policy", "/v1/fraud-policy",
                """{"review":30,"reject":60,"reviewWithin":"PT4H","weights":{"night-order":0}}"""),
            ("put", "/v1/fraud-policy", "/v1/fraud-policy", """{"review":61,"reject":60}"""),
            ("post", "/v1/fraud/assess", "/v1/fraud/assess",
                """
                {"customer":{"email":"a@mailinator.com","ip":"25.45.36.165"},"shipTo":{"country":"DE"},
                 "billTo":{"country":"FR"},"paymentMethod":{"country":"US"},"orderedAt":"2026-11-27T08:00:00Z",
                 "amount":{"amount":300,"currency":"EUR"}}
                """),
            ("post", "/v1/orders", "/v1/orders", """{"id":"gone","lines":[{"sku":"S","quantity":99}]}"""),
            ("post", "/v1/orders", "/v1/orders", """{"id":"bad","lines":[]}"""),
            ("post", "/v1/orders", "/v1/orders", """{"id":"o","lines":[{"sku":"S","quantity":1}]}"""),
        ];
        foreach (var (method, path, template, body) in calls) await Check(check, method, path, template, body);
        await api.Until("o", "allocated");
        await Check(check, "post", "/v1/fulfilment-orders/o-F1/ship", "/v1/fulfilment-orders/{id}/ship",
            """{"id":"s","lines":[{"line":"1","quantity":1}],"carrier":"DHL","trackingNumber":"1"}""");
        await Check(check, "post", "/v1/fulfilment-orders/o-F1/deliver", "/v1/fulfilment-orders/{id}/deliver",
            """{"id":"d"}""");
        await Check(check, "post", "/v1/orders/o/cancel", "/v1/orders/{id}/cancel", """{"id":"c","reason":"x"}""");
        await api.Embedded.ViewsReached();
        (string Path, string Template)[] reads =
        [
            ("/v1/nodes", "/v1/nodes"), ("/v1/nodes/N", "/v1/nodes/{node}"), ("/v1/skus", "/v1/skus"),
            ("/v1/skus/S", "/v1/skus/{sku}"),
            ("/v1/skus/S/availability", "/v1/skus/{sku}/availability"), ("/v1/availability?sku=S", "/v1/availability"),
            ("/v1/skus/S/movements", "/v1/skus/{sku}/movements"), ("/v1/orders?limit=1", "/v1/orders"),
            ("/v1/orders/o", "/v1/orders/{id}"),
            ("/v1/orders/o/timeline", "/v1/orders/{id}/timeline"), ("/v1/fulfilment-orders", "/v1/fulfilment-orders"),
            ("/v1/fulfilment-orders/o-F1", "/v1/fulfilment-orders/{id}"), ("/v1/quarantine", "/v1/quarantine"),
            ("/v1/fraud-policy", "/v1/fraud-policy"), ("/v1/skus/NONE", "/v1/skus/{sku}"), ("/healthz", "/healthz"),
            ("/readyz", "/readyz"),
        ];
        foreach (var (path, template) in reads) await Check(check, "get", path, template, null);
        await Check(check, "delete", "/v1/skus/S/holds/h", "/v1/skus/{sku}/holds/{id}", null);
    }

    [Fact]
    public async Task Every_answer_about_the_catalogue_and_supply_is_as_the_document_says()
    {
        SchemaCheck check = new((await api.Get("/openapi/v1.json")).Is(200).Json);
        await api.Stock("C", 9);
        const string sku = "/v1/skus/{sku}", supply = "/v1/skus/{sku}/supplies/{id}";
        (string Method, string Path, string Template, string? Body)[] calls =
        [
            ("put", "/v1/skus/T", sku,
                """
                {"title":"x","substitutes":["C"],"product":{"grams":1,"lengthMm":2,"widthMm":3,"heightMm":4,
                 "handling":["food"],"availableFrom":"2026-11-27T08:00:00Z","value":{"amount":1,"currency":"EUR"}}}
                """),
            ("get", "/v1/skus/T/substitutes", sku + "/substitutes", null),
            ("put", "/v1/skus/K", sku, """{"title":"x","kit":[{"sku":"C","units":2}]}"""),
            ("get", "/v1/skus/K", sku, null), ("get", "/v1/skus/K/availability", sku + "/availability", null),
            ("get", "/v1/availability?sku=C&sku=K", "/v1/availability", null),
            ("put", "/v1/skus/B", sku,
                """{"title":"x","backorder":true,"backorderCap":5,"fill":"priority","supplyOnly":true}"""),
            ("post", "/v1/skus/B/supplies", sku + "/supplies",
                $$"""{"id":"p","node":"LEJ1","quantity":5,"expectedAt":"{{NextYear}}-01-05T08:00:00Z","source":"x"}"""),
            ("post", "/v1/skus/B/holds", sku + "/holds", """{"id":"h","quantity":2,"holdFor":"PT5M"}"""),
            ("get", "/v1/skus/B", sku, null), ("get", "/v1/skus/B/availability", sku + "/availability", null),
            ("get", "/v1/skus/B/supplies", sku + "/supplies", null), ("get", "/v1/skus/B/supplies/p", supply, null),
            ("get", "/v1/skus/B/supplies/p/impact?quantity=1", supply + "/impact", null),
            ("patch", "/v1/skus/B/supplies/p", supply,
                $$"""{"quantity":4,"expectedAt":"{{NextYear}}-01-06T08:00:00Z"}"""),
            ("delete", "/v1/skus/B/supplies/p?reason=x", supply, null),
            ("delete", "/v1/skus/B/supplies/p", supply, null),
        ];
        foreach (var (method, path, template, body) in calls) await Check(check, method, path, template, body);
    }

    [Fact]
    public async Task Every_answer_about_money_and_holds_is_as_the_document_says()
    {
        SchemaCheck check = new((await api.Get("/openapi/v1.json")).Is(200).Json);
        await api.Stock("M", 9);
        const string euro = """{"amount":100,"currency":"EUR"}""", id = "/v1/orders/{id}";
        await Call("put", "/v1/accounts/a", "/v1/accounts/{account}", $$"""{"limit":{{euro}},"blocked":false}""");
        await Call("post", "/v1/accounts/a/payments", "/v1/accounts/{account}/payments",
            $$"""{"id":"p","amount":{{euro}} }""");
        await Call("get", "/v1/accounts/a", "/v1/accounts/{account}", null);
        await Call("post", "/v1/orders", "/v1/orders",
            $$"""
            {"id":"m","payment":"authorise",
             "paymentMethod":{"provider":"test-gateway","token":"declined","country":"DE"},
             "billTo":{"country":"DE"},"shipping":{{euro}},"discount":{{euro}},"taxIncluded":false,"screening":true,
             "lines":[{"sku":"M","quantity":3,"unitPrice":{{euro}},"discount":{{euro}},"tax":{{euro}} }]}
            """);
        await api.Until("/v1/orders/m", o => o.Text("paymentState/state") == "declined");
        await Call("get", "/v1/orders/m", id, null);
        await Call("post", "/v1/orders/m/payment-method", id + "/payment-method",
            """{"id":"pm","provider":"test-gateway","token":"ok"}""");
        await api.Until("m", "allocated");
        foreach (var (end, body) in ((string, string)[])[("captures", ""), ("refunds", ""","reason":"x" """)])
            await Call("post", $"/v1/orders/m/{end}", $"{id}/{end}",
                $$"""{"id":"{{end}}","amount":{{euro}}{{body}} }""");
        await Call("post", "/v1/orders/m/payment/retry", id + "/payment/retry", """{"id":"again"}""");
        await Call("post", "/v1/orders/m/edit", id + "/edit",
            """
            {"id":"e","reason":"x","lines":[{"line":"1","quantity":2}],"shipTo":{"country":"AT","postcode":"1010"}}
            """);
        await Call("post", "/v1/orders/m/holds", id + "/holds",
            """{"id":"h","type":"address","reason":"x","decideWithin":"PT1H"}""");
        await Call("post", "/v1/orders/m/holds/2/ask-buyer", id + "/holds/{number}/ask-buyer",
            """{"id":"q","question":"x","answerWithin":"P1D"}""");
        await Call("post", "/v1/orders/m/holds/2/release", id + "/holds/{number}/release",
            """{"id":"r","reason":"x"}""");
        await Call("post", "/v1/orders/m/holds/2/reject", id + "/holds/{number}/reject", """{"id":"n","reason":"x"}""");
        await Call("post", "/v1/fulfilment-orders/m-F1/start", "/v1/fulfilment-orders/{id}/start", """{"id":"b"}""");
        await Call("post", "/v1/orders/m/cancel", id + "/cancel", """{"id":"c","reason":"x"}""");
        await Call("post", "/v1/orders/m/intercepts/1", id + "/intercepts/{number}", """{"outcome":"stopped"}""");
        await api.Embedded.ViewsReached();
        foreach (var (path, template) in ((string, string)[])[
            ("/v1/holds", "/v1/holds"), ("/v1/holds?open=false&type=address&overdue=false", "/v1/holds"),
            ("/v1/payments", "/v1/payments"), ("/v1/payments/declined", "/v1/payments/declined"),
            ("/v1/orders/m", id), ("/v1/orders/m/payment", id + "/payment"), ("/v1/orders/m/units", id + "/units"),
            ("/v1/orders/m/timeline", id + "/timeline")])
            await Call("get", path, template, null);

        Task Call(string method, string path, string template, string? body) =>
            Check(check, method, path, template, body);
    }

    [Fact]
    public async Task What_a_request_must_have_is_what_the_document_requires()
    {
        var document = (await api.Get("/openapi/v1.json")).Json;
        SchemaCheck check = new(document);
        await api.Stock("R", 9);
        (await api.Order("R-o", "R", 1)).Is(201);
        foreach (var (method, path, template) in ((string, string, string)[])[
            ("PUT", "/v1/nodes/N2", "/v1/nodes/{node}"), ("PUT", "/v1/skus/R2", "/v1/skus/{sku}"),
            ("POST", "/v1/skus/R/receipts", "/v1/skus/{sku}/receipts"),
            ("POST", "/v1/skus/R/supplies", "/v1/skus/{sku}/supplies"),
            ("POST", "/v1/skus/R/adjustments", "/v1/skus/{sku}/adjustments"),
            ("POST", "/v1/skus/R/moves", "/v1/skus/{sku}/moves"), ("POST", "/v1/skus/R/holds", "/v1/skus/{sku}/holds"),
            ("POST", "/v1/orders", "/v1/orders"),
            ("POST", "/v1/orders/R-o/payment-confirmed", "/v1/orders/{id}/payment-confirmed"),
            ("PUT", "/v1/fraud-policy", "/v1/fraud-policy"),
            ("POST", "/v1/orders/R-o/holds", "/v1/orders/{id}/holds"),
            ("POST", "/v1/orders/R-o/holds/1/release", "/v1/orders/{id}/holds/{number}/release"),
            ("POST", "/v1/orders/R-o/holds/1/reject", "/v1/orders/{id}/holds/{number}/reject"),
            ("POST", "/v1/orders/R-o/holds/1/ask-buyer", "/v1/orders/{id}/holds/{number}/ask-buyer"),
            ("POST", "/v1/orders/R-o/payment-method", "/v1/orders/{id}/payment-method"),
            ("POST", "/v1/orders/R-o/captures", "/v1/orders/{id}/captures"),
            ("POST", "/v1/orders/R-o/refunds", "/v1/orders/{id}/refunds"),
            ("POST", "/v1/orders/R-o/edit", "/v1/orders/{id}/edit"),
            ("POST", "/v1/orders/R-o/intercepts/1", "/v1/orders/{id}/intercepts/{number}"),
            ("PUT", "/v1/accounts/A", "/v1/accounts/{account}"),
            ("POST", "/v1/accounts/A/payments", "/v1/accounts/{account}/payments"),
            ("POST", "/v1/quarantine/q/discard", "/v1/quarantine/{id}/discard")])
            await check.Requires(api, method, path, template);
    }

    [Fact]
    public async Task What_is_refused_is_not_what_the_document_allows()
    {
        SchemaCheck check = new((await api.Get("/openapi/v1.json")).Json);
        (string Schema, string Allowed, string Refused)[] rows =
        [
            ("LineRequest", """{"sku":"S","quantity":1}""", """{"sku":"S","quantity":"1"}"""),
            ("LineRequest", """{"sku":"S","quantity":2147483647}""", """{"sku":"S","quantity":0}"""),
            ("LineRequest", """{"sku":"S","quantity":1,"id":"a"}""", """{"sku":"S","quantity":1,"colour":"a"}"""),
            ("LineRequest", """{"sku":"S-1.a_b:c","quantity":1}""", """{"sku":"a b","quantity":1}"""),
            ("OrderRequest", """{"lines":[],"colour":1}""", """{"lines":{}}"""),
            ("OrderRequest", """{"lines":[],"payment":"prepaid"}""", """{"lines":[],"payment":"cash"}"""),
            ("OrderRequest", """{"lines":[],"shipTo":{"country":"DE"}}""", """{"lines":[],"shipTo":{}}"""),
            ("SkuRequest", """{"title":"x","kit":[{"sku":"S","units":1}]}""",
                """{"title":"x","kit":[{"sku":"S","units":0}]}"""),
            ("SkuRequest", """{"title":"x","product":{"grams":0}}""", """{"title":"x","product":{"grams":-1}}"""),
            ("ReceiptRequest", """{"node":"N","quantity":1,"state":"qc"}""",
                """{"node":"N","quantity":1,"state":"lost"}"""),
            ("NodeRequest", """{"name":"x","type":"3pl"}""", """{"name":"x","type":"third-party"}"""),
            ("NodeRequest", """{"name":"x","days":["monday"]}""", """{"name":"x","days":["montag"]}"""),
            ("NodeRequest", """{"name":"x","cutoff":"23:59"}""", """{"name":"x","cutoff":"24:00"}"""),
            ("MoneyBody", """{"amount":0,"currency":"EUR"}""", """{"amount":0,"currency":"eur"}"""),
            ("MoneyBody", """{"amount":1,"currency":"EUR"}""", """{"amount":1.5,"currency":"EUR"}"""),
            ("FraudPolicyRequest", """{"review":1,"reject":100}""", """{"review":0,"reject":100}"""),
            ("FraudPolicyRequest", """{"review":1,"reject":2,"weights":{"model":100}}""",
                """{"review":1,"reject":2,"weights":{"model":101}}"""),
            ("FraudPolicyRequest", """{"review":1,"reject":2,"weights":{}}""",
                """{"review":1,"reject":2,"weights":{"colour":1}}"""),
            ("AssessRequest", """{"customer":{"email":"a@b.c"}}""", """{"customer":"a@b.c"}"""),
            ("AssessRequest", """{}""", """{"lines":[]}"""),
            ("OrderRequest", """{"lines":[],"paymentMethod":{"provider":"stripe","token":"pm_1","country":"DE"}}""",
                """{"lines":[],"paymentMethod":{"provider":"bank","token":"x"}}"""),
            ("OrderRequest", """{"lines":[],"billTo":{"name":"Ada"}}""", """{"lines":[],"billTo":"Ada"}"""),
            ("OrderRequest", """{"lines":[],"shipping":{"amount":1,"currency":"JPY"}}""",
                """{"lines":[],"shipping":{"amount":1,"currency":"XXX"}}"""),
            ("OrderRequest", """{"lines":[],"screening":true,"taxIncluded":true}""",
                """{"lines":[],"taxIncluded":1}"""),
            ("OrderHoldRequest", """{"type":"fraud","reason":"x"}""", """{"type":"store","reason":"x"}"""),
            ("InterceptRequest", """{"outcome":"stopped"}""", """{"outcome":"lost"}"""),
            ("EditLineRequest", """{"line":"1","quantity":0}""", """{"line":"1","quantity":-1}"""),
            ("EditRequest", """{"reason":"x","shipTo":{"country":"DE"}}""", """{"reason":"x","shipTo":{}}"""),
            ("PayWithRequest", """{"provider":"account","token":"a"}""", """{"provider":"cash","token":"a"}"""),
            ("CaptureRequest", """{"amount":{"amount":1,"currency":"EUR"}}""", """{"amount":1}"""),
            ("RefundRequest", """{"amount":{"amount":1,"currency":"EUR"},"reason":"x"}""",
                """{"amount":{"amount":1,"currency":"EUR"}}"""),
            ("AccountRequest", """{"limit":{"amount":1,"currency":"EUR"}}""", """{"limit":null}"""),
            ("SkuRequest", """{"title":"x","backorder":true}""", """{"title":"x","backorder":"yes"}"""),
        ];
        foreach (var (name, allowed, refused) in rows) check.Tells(name, allowed, refused);
    }

    Task Check(SchemaCheck check, string method, string path, string template, string? body) =>
        check.Answered(api, method, path, template, body);
}
