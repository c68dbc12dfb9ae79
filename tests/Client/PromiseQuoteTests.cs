using System.Globalization;
using Fulfillment.Inventory;

namespace Fulfillment.Tests.Client;

/// <summary>Promises before ordering: from live stock, by the rules in force; nothing is reserved.</summary>
public sealed class PromiseQuoteTests(ApiServer api) : IClassFixture<ApiServer>
{
    const string Path = "/v1/promises", Berlin = "\"shipTo\":{\"country\":\"DE\",\"postcode\":\"10115\"}",
        Days = """["monday","tuesday","wednesday","thursday","friday","saturday","sunday"]""",
        Always = "\"days\":" + Days + ",\"cutoff\":\"23:59\"";

    static (string, string)[] As(string seller, string? key = null) =>
        key is null ? [("Seller", seller)] : [("Seller", seller), ("Idempotency-Key", key)];

    static string Day(int ahead) =>
        DateTime.UtcNow.Date.AddDays(ahead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    async Task Node(string node, string more) =>
        (await api.Put($"/v1/nodes/{node}", $$"""{"name":"x","country":"DE",{{more}}}""")).Succeeded();

    async Task Stock(string seller, string sku, params (string Node, int Units)[] units)
    {
        (await api.Put($"/v1/skus/{sku}", $$"""{"title":"{{sku}}"}""", As(seller))).Succeeded();
        foreach (var (node, count) in units) await api.Receive(sku, node, count, As(seller));
    }

    /// <summary>Rules of a seller are in force.</summary>
    async Task Rules(string seller, string rules)
    {
        const string path = "/v1/routing/rules", because = """{"reason":"x"}""";
        (await api.Post(path, $$"""{"rules":{{rules}},"reason":"x"}""", As(seller, "p"))).Is(201);
        (await api.Post($"{path}/1/approve", because, As(seller, "a"))).Is(200);
        (await api.Post($"{path}/1/activate", because, As(seller, "g"))).Is(200);
        await api.Embedded.ViewsReached();
    }

    Task<Answer> Ask(string seller, string lines, string more = "") =>
        api.Post(Path, $$"""{{{Berlin}},"lines":{{lines}}{{more}}}""", As(seller));

    /// <summary>One tariff that works every day and takes so many days, from any node.</summary>
    static string Tariff(int days, string more = "") =>
        $$"""
        {"currency":"EUR","tariffs":[{"service":"s","minDays":{{days}},"maxDays":{{days}},"calendar":"c",
         "parcel":{"amount":500,"currency":"EUR"} }],
         "calendars":[{"id":"c","days":{{Days}} }]{{more}}}
        """;

    [Fact]
    public async Task Each_line_is_promised_with_the_parts_of_its_way_and_nothing_is_written()
    {
        await Node("PQA", Always);
        await Stock("parts", "S", ("PQA", 5));
        await Rules("parts", Tariff(2));
        var head = api.Head;

        var quote = (await Ask("parts", """[{"sku":"S","quantity":2}]""")).Is(200);

        Assert.Equal(head, api.Head);
        Assert.Equal((1L, 500L, "EUR"),
            (quote.Number("rules"), quote.Number("cost/amount"), quote.Text("cost/currency")));
        Assert.Equal("PQA", Assert.Single(quote.Each("node", "lines/0/parts")));
        Assert.Equal(quote.Text("delivers"), quote.Text("lines/0/promise/latestDelivery"));
        Assert.Contains("transit", quote.Each("step", "lines/0/promise/parts"));
        Assert.False(quote.At("sameDay/offered")!.Value.GetBoolean());
        Assert.Equal(("transit", "transit"), (quote.Text("sameDay/preventedBy"), quote.Text("nextDay/preventedBy")));
    }

    [Fact]
    public async Task The_same_day_is_offered_when_all_allows_it()
    {
        await Node("PQB", Always);
        await Stock("same", "S", ("PQB", 5));
        await Rules("same", Tariff(0));

        var quote = (await Ask("same", """[{"sku":"S","quantity":2}]""")).Is(200);

        Assert.True(quote.At("nextDay/offered")!.Value.GetBoolean());
        Assert.Null(quote.Text("nextDay/preventedBy"));
        await Node("PQB", Always + ",\"processingDays\":3");
        await api.Embedded.ViewsReached();
        var slow = (await Ask("same", """[{"sku":"S","quantity":2}]""")).Is(200);
        Assert.Equal("processing", slow.Text("nextDay/preventedBy"));
    }

    [Fact]
    public async Task What_cannot_be_there_in_time_is_refused_and_the_earliest_day_is_told()
    {
        await Node("PQC", Always);
        await Stock("late", "S", ("PQC", 5));
        await Rules("late", Tariff(4));

        var refused = await Ask("late", """[{"sku":"S","quantity":2}]""", $",\"deliverBy\":\"{Day(2)}\"");
        refused.IsProblem(409, "too-late", "/deliverBy");
        Assert.Contains("the earliest is 20", refused.Body, StringComparison.Ordinal);
        (await Ask("late", """[{"sku":"S","quantity":2}]""", $",\"deliverBy\":\"{Day(6)}\"")).Is(200);
    }

    [Fact]
    public async Task A_dearer_way_is_taken_when_the_cheapest_is_late()
    {
        await Node("PQD", Always);
        await Stock("dear", "S", ("PQD", 5));
        await Rules("dear", """
            {"currency":"EUR","calendars":[
              {"id":"c","days":["monday","tuesday","wednesday","thursday","friday","saturday","sunday"]}],
             "tariffs":[{"service":"slow","minDays":9,"maxDays":9,"calendar":"c"},
              {"service":"fast","minDays":1,"maxDays":1,"calendar":"c","parcel":{"amount":900,"currency":"EUR"} }]}
            """);

        var slow = (await Ask("dear", """[{"sku":"S","quantity":1}]""")).Is(200);
        Assert.Equal("slow", slow.Text("lines/0/parts/0/service"));
        var fast = (await Ask("dear", """[{"sku":"S","quantity":1}]""", $",\"deliverBy\":\"{Day(4)}\"")).Is(200);
        Assert.Equal(("fast", 900L), (fast.Text("lines/0/parts/0/service"), fast.Number("cost/amount")));
    }

    [Fact]
    public async Task What_no_node_may_serve_is_refused_with_the_constraint_of_each()
    {
        await Node("PQE", Always);
        await Stock("banned", "S", ("PQE", 5));
        await Rules("banned", Tariff(1,
            ""","embargoes":[{"id":"e","to":{"country":"DE"},"from":"2020-01-01","reason":"x"}]"""));

        var refused = await Ask("banned", """[{"sku":"S","quantity":1}]""");

        refused.IsProblem(409, "no-eligible-node", "/lines/0/sku");
        Assert.Equal("embargo", refused.Text("errors/0/code"));
        Assert.StartsWith("PQE: ", refused.Text("errors/0/detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_sold_out_or_unknown_is_refused_by_line()
    {
        await Node("PQF", Always);
        await Stock("short", "S", ("PQF", 2));

        var refused = await Ask("short",
            """[{"sku":"S","quantity":2},{"sku":"S","quantity":1},{"sku":"NONE","quantity":1}]""");

        refused.IsProblem(409, "unknown-sku", "/lines/0/quantity");
        refused.IsProblem(409, "unknown-sku", "/lines/2/sku");
        (await Ask("short", """[{"sku":"S","quantity":3}]""")).IsProblem(409, "sold-out", "/lines/0/quantity");
    }

    [Fact]
    public async Task What_is_sold_out_comes_with_what_to_offer_instead()
    {
        await Node("PQS", Always);
        await Stock("instead", "S", ("PQS", 2));
        await Stock("instead", "T", ("PQS", 7));
        (await api.Put("/v1/skus/S", """{"title":"S","substitutes":["T"]}""", As("instead"))).Succeeded();
        (await api.Put("/v1/skus/K", """{"title":"K","kit":[{"sku":"S","units":2}],"substitutes":["T"]}""",
            As("instead"))).Succeeded();

        var refused = await Ask("instead", """[{"sku":"T","quantity":1},{"sku":"S","quantity":5}]""");
        refused.IsProblem(409, "sold-out", "/lines/1/quantity");
        Assert.Equal(("2", "S", 3L, 2L), (refused.Text("short/0/line"), refused.Text("short/0/sku"),
            refused.Number("short/0/missing"), refused.Number("short/0/available")));
        Assert.Equal(("T", 7L),
            (refused.Text("short/0/substitutes/0/sku"), refused.Number("short/0/substitutes/0/available")));
        var kit = await Ask("instead", """[{"sku":"K","quantity":3}]""");
        Assert.Equal(("K", 2L, 1L), (kit.Text("short/0/sku"), kit.Number("short/0/missing"),
            kit.Number("short/0/available")));
        Assert.Equal("T", kit.Text("short/0/substitutes/0/sku"));
    }

    [Fact]
    public async Task Distances_count_before_ordering_as_they_do_after()
    {
        const string vienna = "\"shipTo\":{\"country\":\"AT\",\"postcode\":\"1010\"";
        await Node("PQJ", Always + ",\"latitude\":48.2,\"longitude\":16.4");
        await Node("PQK", Always + ",\"latitude\":53.6,\"longitude\":10.0");
        await Stock("far", "S", ("PQJ", 5), ("PQK", 5));
        await Rules("far", """
            {"currency":"EUR","tariffs":[
              {"service":"near","minDays":1,"maxDays":1,"upToKm":300,"parcel":{"amount":100,"currency":"EUR"} },
              {"service":"far","minDays":1,"maxDays":1,"parcel":{"amount":900,"currency":"EUR"} }]}
            """);

        var quote = (await To(",\"latitude\":48.23,\"longitude\":16.33}")).Is(200);
        Assert.Equal(("PQJ", "near", 100L), (quote.Text("lines/0/parts/0/node"), quote.Text("lines/0/parts/0/service"),
            quote.Number("cost/amount")));
        Assert.Equal(900L, (await To("}")).Is(200).Number("cost/amount"));
        (await To(",\"latitude\":48.2}")).IsProblem(400, "required", "/shipTo/longitude");
        (await To(",\"latitude\":48.2,\"longitude\":181}")).IsProblem(400, "out-of-range", "/shipTo/longitude");

        (await api.Post("/v1/orders", $$"""
            {"id":"o",{{vienna}},"latitude":48.23,"longitude":16.33},"lines":[{"sku":"S","quantity":1}]}
            """, As("far"))).Is(201);
        await api.Until("o", ["allocated"], As("far"));
        var why = (await api.Get("/v1/orders/o/routing", As("far"))).Is(200);
        Assert.Equal(("PQJ", 100L),
            (why.Text("decisions/0/picks/0/node"), why.Number("decisions/0/cost/amount")));
        var tried = (await api.Post("/v1/routing/what-if", """{"orders":["o"]}""", As("far"))).Is(200);
        Assert.Equal(100L, tried.Number("items/0/planned/cost/amount"));

        Task<Answer> To(string more) => api.Post(
            Path, $$"""{{{vienna}}{{more}},"lines":[{"sku":"S","quantity":1}]}""", As("far"));
    }

    [Fact]
    public async Task What_is_yet_to_come_in_leaves_from_the_node_that_it_comes_to()
    {
        await Node("PQL", Always);
        await Node("PQM", Always);
        await Stock("coming", "B", ("PQL", 1));
        (await api.Put("/v1/skus/B", """{"title":"B","backorder":true}""", As("coming"))).Succeeded();
        (await api.Put("/v1/skus/P", """{"title":"P","backorder":true,"supplyOnly":true}""", As("coming"))).Succeeded();
        foreach (var (sku, id, days) in ((string, string, int)[])[("B", "1", 40), ("B", "2", 70), ("P", "1", 20)])
            await Supply(sku, id, days);
        await api.Embedded.ViewsReached();

        var pre = (await Ask("coming", """[{"sku":"P","quantity":2}]""")).Is(200);
        Assert.Equal("PQM", Assert.Single(pre.Each("node", "lines/0/parts")));
        Assert.True(string.CompareOrdinal(pre.Text("delivers"), Day(20)) >= 0, pre.Body);
        (await Ask("coming", """[{"sku":"P","quantity":3}]""")).IsProblem(409, "sold-out");

        var back = (await Ask("coming", """[{"sku":"B","quantity":4}]""")).Is(200);
        Assert.Equal(["PQL", "PQM", "PQM"], back.Each("node", "lines/0/parts"));
        Assert.Equal(["1", "2", "1"], back.Each("quantity", "lines/0/parts"));
        var soon = back.Text("lines/0/parts/1/promise/latestDelivery");
        Assert.True(string.CompareOrdinal(soon, Day(40)) >= 0 && string.CompareOrdinal(soon, Day(70)) < 0, back.Body);
        Assert.True(string.CompareOrdinal(back.Text("delivers"), Day(70)) >= 0, back.Body);

        (await api.Post("/v1/orders", $$"""{"id":"o",{{Berlin}},"lines":[{"sku":"P","quantity":2}]}""", As("coming")))
            .Is(201);
        var order = (await api.Get("/v1/orders/o/promise", As("coming"))).Is(200);
        Assert.Equal(pre.Text("delivers"), order.Text("promised"));

        async Task Supply(string sku, string id, int days) => (await api.Post($"/v1/skus/{sku}/supplies",
            $$"""{"id":"{{id}}","node":"PQM","quantity":2,"expectedAt":"{{Day(days)}}T08:00:00Z"}""",
            As("coming"))).Is(201);
    }

    [Fact]
    public async Task Two_nodes_share_what_neither_has_alone_and_kits_go_by_their_components()
    {
        await Node("PQG", Always);
        await Node("PQH", Always);
        await Stock("split", "A", ("PQG", 2), ("PQH", 2));
        await Stock("split", "B", ("PQH", 9));
        (await api.Put("/v1/skus/K", """{"title":"K","kit":[{"sku":"A","units":1},{"sku":"B","units":3}]}""",
            As("split"))).Succeeded();

        var quote = (await Ask("split", """[{"sku":"A","quantity":1},{"sku":"K","quantity":2}]""")).Is(200);

        Assert.Equal(["A", "A", "B"], quote.Each("sku", "lines/1/parts"));
        Assert.Equal(["1", "2"], quote.Each("quantity", "lines/0/parts").Order());
        Assert.Equal("6", quote.Each("quantity", "lines/1/parts")[^1]);
        (await Ask("split", """[{"sku":"K","quantity":4}]""")).IsProblem(409, "sold-out", "/lines/0/quantity");
    }

    [Fact]
    public async Task What_is_yet_to_come_in_is_promised_from_then_on_or_not_at_all_while_nobody_knows_when()
    {
        await Node("PQI", Always);
        await Stock("later", "S", ("PQI", 1));
        (await api.Put("/v1/skus/S", """{"title":"S","backorder":true}""", As("later"))).Succeeded();
        const string lines = """[{"sku":"S","quantity":3}]""";

        var open = (await Ask("later", lines)).Is(200);
        Assert.Null(open.Text("delivers"));
        Assert.Equal(["False", "True"], open.Each("backordered", "lines/0/parts"));
        Assert.Null(open.Text("lines/0/parts/1/promise/latestDelivery"));
        Assert.Equal("stock", open.Text("nextDay/preventedBy"));
        (await Ask("later", lines, $",\"deliverBy\":\"{Day(300)}\"")).IsProblem(409, "too-late", "/deliverBy");

        await api.Embedded.Cluster.Ask(
            EntityId.Of("sku", "later", "S"),
            new SkuCommand.Expect("po-1", "PQI", 2, DateTimeOffset.UtcNow.AddDays(40), "test"), new("test", "test"));
        var known = (await Ask("later", lines)).Is(200);
        Assert.Equal("stock", known.Text("lines/0/promise/parts/0/step"));
        Assert.True(string.CompareOrdinal(known.Text("delivers"), Day(40)) >= 0, known.Body);
        Assert.Equal(["1", "2"], known.Each("quantity", "lines/0/parts"));
        (await Ask("later", lines, $",\"deliverBy\":\"{Day(30)}\"")).IsProblem(409, "too-late", "/deliverBy");
    }

    [Theory]
    [InlineData("""{"lines":[{"sku":"S","quantity":1}]}""", "required", "/shipTo")]
    [InlineData("""{"shipTo":{"country":"DE"},"lines":[{"sku":"S","quantity":1}]}""", "required", "/shipTo/postcode")]
    [InlineData("""{"shipTo":{"country":"DE","postcode":"1"},"lines":[{"sku":"S","quantity":1}]}""", "bad-postcode",
        "/shipTo/postcode")]
    [InlineData("""{"shipTo":{"country":"UK","postcode":"1"},"lines":[{"sku":"S","quantity":1}]}""", "unknown-country",
        "/shipTo/country")]
    [InlineData("""{"shipTo":{"country":"HK"},"lines":[]}""", "required", "/lines")]
    [InlineData("""{"shipTo":{"country":"HK"},"lines":[null]}""", "wrong-type", "/lines/0")]
    [InlineData("""{"shipTo":{"country":"HK"},"lines":[{"sku":"S","quantity":0}]}""", "out-of-range",
        "/lines/0/quantity")]
    [InlineData("""{"shipTo":{"country":"HK"},"lines":[{"sku":"S","quantity":1}],"deliverBy":"soon"}""", "bad-date",
        "/deliverBy")]
    public async Task A_question_that_cannot_be_is_refused_with_the_field(string body, string code, string field) =>
        (await api.Post(Path, body)).IsProblem(400, code, field);
}
