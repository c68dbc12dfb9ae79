using System.Globalization;

namespace Fulfillment.Tests.Client;

/// <summary>What-if, preview, shadow and affected work: the router on a fork, and nothing written.</summary>
public sealed class WhatIfTests(ApiServer api) : IClassFixture<ApiServer>
{
    const string Rules = "/v1/routing/rules", WhatIf = "/v1/routing/what-if";

    static (string, string)[] As(string seller, string? key = null) =>
        key is null ? [("Seller", seller)] : [("Seller", seller), ("Idempotency-Key", key)];

    static string Prefer(string node) => $$"""{"currency":"EUR","preferred":[{"node":"{{node}}","minor":-5}]}""";

    /// <summary>So many units of S at A and at B, A is preferred, and these orders of S are at nodes.</summary>
    async Task Given(string seller, int units, params int[] orders)
    {
        (await api.Put("/v1/skus/S", """{"title":"S"}""", As(seller))).Succeeded();
        foreach (var node in (string[])["WIA", "WIB"])
        {
            (await api.Put($"/v1/nodes/{node}", """{"name":"x","priority":1,"country":"DE"}""")).Succeeded();
            await api.Receive("S", node, units, As(seller));
        }

        await Active(seller, "first", Prefer("WIA"));
        await api.Embedded.ViewsReached();
        for (var i = 0; i < orders.Length; i++)
        {
            (await api.Order($"o-{i + 1}", "S", orders[i],
                ""","shipTo":{"country":"AT","postcode":"6020"}""", As(seller))).Succeeded();
            await api.Until($"o-{i + 1}", ["allocated"], As(seller));
        }

        await api.Embedded.ViewsReached();
    }

    async Task<int> Approved(string seller, string key, string rules)
    {
        var version = (int)(await api.Post(
            Rules, $$"""{"rules":{{rules}},"reason":"x"}""", As(seller, key))).Is(201).Number("version")!.Value;
        (await api.Post($"{Rules}/{version}/approve", """{"reason":"x"}""", As(seller, key + "-a"))).Is(200);
        return version;
    }

    async Task<int> Active(string seller, string key, string rules)
    {
        var version = await Approved(seller, key, rules);
        (await api.Post($"{Rules}/{version}/activate", """{"reason":"x"}""", As(seller, key + "-go"))).Is(200);
        return version;
    }

    async Task<Answer> Try(string seller, string body)
    {
        var answer = await api.Post(WhatIf, body, As(seller));
        Assert.Empty(WrittenBy(answer));
        return answer;
    }

    /// <summary>Events that the request led to: others go on in the meantime.</summary>
    IEnumerable<string> WrittenBy(Answer answer) => api.Embedded.Journal.Read(0, int.MaxValue)
        .Select(api.Embedded.Kinds.Read).Where(f => f.Origin.Cause == $"request {answer.Header("X-Request-Id")}")
        .Select(f => f.Type);

    static IEnumerable<string> Nodes(Answer answer, string of) => answer.Items().Select(
        o => string.Join('+', o.GetProperty(of).GetProperty("nodes").EnumerateArray().Select(n => n.GetString())));

    [Fact]
    public async Task Orders_give_back_what_they_have_and_take_it_again_one_after_the_other()
    {
        await Given("fork", 5, 5, 5);

        var same = (await Try("fork", """{"orders":["o-2","o-1"]}""")).Is(200);
        Assert.Equal(["o-1", "o-2"], same.Each("order"));
        Assert.Equal(["WIA", "WIB"], Nodes(same, "actual"));
        Assert.Equal(["WIA", "WIB"], Nodes(same, "planned"));
        Assert.Equal((0L, 1L), (same.Number("totals/differing"), same.Number("rules")));

        var other = (await Try("fork", $$"""{"orders":["o-1","o-2"],"rules":{{Prefer("WIB")}} }""")).Is(200);
        Assert.Equal(["WIB", "WIA"], Nodes(other, "planned"));
        Assert.Equal((2L, null), (other.Number("totals/differing"), other.Number("rules")));
    }

    [Fact]
    public async Task Nodes_and_stock_are_other_than_they_are()
    {
        await Given("changed", 9, 2);

        var gone = (await Try("changed", """{"orders":["o-1"],"nodes":{"WIA":{"offline":true} } }""")).Is(200);
        Assert.Equal(["WIB"], Nodes(gone, "planned"));

        var fewer = (await Try("changed", """
            {"orders":["o-1"],"stock":[{"sku":"S","node":"WIA","delta":-8},{"sku":"S","node":"WIB","delta":-99}]}
            """)).Is(200);
        Assert.Equal(["WIA"], Nodes(fewer, "planned"));
        Assert.Equal((1L, 0L), (fewer.Number("totals/planned/unserved"), fewer.Number("totals/actual/unserved")));
        Assert.Equal(["no-stock"], fewer.Each("constraint", "items/0/planned/why"));

        var full = (await Try("changed", """{"orders":["o-1"],"nodes":{"WIA":{"capacityPerDay":0} } }""")).Is(200);
        Assert.Equal(["WIB"], Nodes(full, "planned"));
        var costs = (await Try("changed",
            """{"orders":["o-1"],"nodes":{"WIA":{"perUnit":{"amount":7,"currency":"EUR"} } } }""")).Is(200);
        Assert.Equal(["WIB"], Nodes(costs, "planned"));
        Assert.Equal("EUR", costs.Text("totals/planned/cost/currency"));
        Assert.Equal("EUR", costs.Text("items/0/actual/cost/currency"));
    }

    [Fact]
    public async Task A_split_and_lateness_are_told_against_what_was()
    {
        await Given("late", 3, 2);

        var tried = (await Try("late", """
            {"orders":["o-1"],"stock":[{"sku":"S","node":"WIA","delta":-2},{"sku":"S","node":"WIB","delta":-2}],
             "nodes":{"WIB":{"processingDays":9} } }
            """)).Is(200);

        Assert.Equal(["WIA+WIB"], Nodes(tried, "planned"));
        Assert.Equal((0L, 1L), (tried.Number("totals/actual/splits"), tried.Number("totals/planned/splits")));
        Assert.Equal((0L, 1L), (tried.Number("totals/actual/lateOrders"), tried.Number("totals/planned/lateOrders")));
        Assert.True(tried.Number("items/0/planned/lateDays") > 0);
        Assert.NotNull(tried.Text("items/0/wanted"));
    }

    [Fact]
    public async Task A_day_is_all_that_was_placed_on_it_and_what_has_nothing_to_give_is_skipped()
    {
        await Given("day", 9, 1, 1, 1);
        (await api.Post("/v1/orders/o-2/cancel", """{"id":"c"}""", As("day"))).Is(200);
        (await api.Post("/v1/fulfilment-orders/o-3-F1/ship", """{"id":"s"}""", As("day"))).Is(200);
        var day = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        var tried = (await Try("day", $$"""{"day":"{{day}}","version":0}""")).Is(200);
        Assert.Equal(["o-1", "o-3"], tried.Each("order"));
        Assert.Equal("o-2", Assert.Single(tried.Each("order", "skipped")));
        Assert.Equal("XXX", tried.Text("totals/planned/cost/currency"));
        Assert.Single((await Try("day", $$"""{"day":"{{day}}","limit":1}""")).Is(200).Items());
        Assert.Empty((await Try("day", """{"day":"2020-01-01"}""")).Is(200).Items());
    }

    [Theory]
    [InlineData("""{}""", "orders-or-day", "/orders")]
    [InlineData("""{"orders":["a"],"day":"2026-01-01"}""", "orders-or-day", "/orders")]
    [InlineData("""{"orders":[]}""", "required", "/orders")]
    [InlineData("""{"orders":["no such"]}""", "bad-id", "/orders/0")]
    [InlineData("""{"orders":["nobody","nobody"]}""", "duplicate", "/orders/1")]
    [InlineData("""{"orders":["nobody"]}""", "unknown-order", "/orders/0")]
    [InlineData("""{"day":"2026-13-01"}""", "bad-date", "/day")]
    [InlineData("""{"day":"2026-01-01","limit":1001}""", "out-of-range", "/limit")]
    [InlineData("""{"day":"2026-01-01","version":1,"rules":{"currency":"EUR"}}""", "version-or-rules", "/rules")]
    [InlineData("""{"day":"2026-01-01","rules":{"currency":"EURO"}}""", "bad-currency", "/rules/currency")]
    [InlineData("""{"day":"2026-01-01","nodes":{"NOWHERE":{}}}""", "unknown-node", "/nodes/NOWHERE")]
    [InlineData("""{"day":"2026-01-01","stock":[{"sku":"S","node":"A"}]}""", "required", "/stock/0/delta")]
    public async Task What_cannot_be_tried_is_refused_with_the_field(string body, string code, string field) =>
        (await Try("refused", body)).IsProblem(400, code, field);

    [Fact]
    public async Task Costs_of_a_node_are_tried_in_the_currency_of_the_rules()
    {
        await Given("currency", 1);
        const string dollar = """{"amount":1,"currency":"USD"}""";

        (await Try("currency", $$"""{"day":"2026-01-01","nodes":{"WIA":{"perOrder":{{dollar}} } } }"""))
            .IsProblem(400, "currency-mismatch", "/nodes/WIA/perOrder/currency");
        (await Try("currency", $$"""{"day":"2026-01-01","nodes":{"WIA":{"perUnit":{{dollar}} } } }"""))
            .IsProblem(400, "currency-mismatch", "/nodes/WIA/perUnit/currency");
        (await Try("currency", $$"""{"day":"2026-01-01","version":0,"nodes":{"WIA":{"perUnit":{{dollar}} } } }"""))
            .Is(200);
    }

    /// <summary>The check itself is checked: what a request that writes has written is found.</summary>
    [Fact]
    public async Task What_a_request_writes_is_found_out() => Assert.Equal(
        ["sku-defined"], WrittenBy(await api.Put("/v1/skus/W", """{"title":"W"}""", As("writes"))));

    [Fact]
    public async Task A_version_that_there_is_not_cannot_be_tried()
    {
        (await Try("unknown", """{"day":"2026-01-01","version":5}""")).IsProblem(404, "unknown-version");
        (await api.Post($"{Rules}/5/preview", "{}", As("unknown"))).IsProblem(404, "unknown-version");
        (await api.Get($"{Rules}/5/affected", As("unknown"))).IsProblem(404, "unknown-version");
    }

    [Fact]
    public async Task A_preview_lists_what_the_version_alone_would_change()
    {
        await Given("preview", 5, 1, 4);
        var proposed = (await api.Post(
            Rules, """{"rules":{"currency":"EUR","preferred":[{"node":"WIB","minor":-5}]},"reason":"x"}""",
            As("preview", "p"))).Is(201).Number("version");
        var preview = (await api.Post($"{Rules}/{proposed}/preview", "{}", As("preview"))).Is(200);
        Assert.Equal(["o-1", "o-2"], preview.Each("order"));
        Assert.Equal(["WIA", "WIA"], Nodes(preview, "active"));
        Assert.Equal(["WIB", "WIB"], Nodes(preview, "planned"));
        Assert.Equal(2, preview.Number("totals/differing"));
        var one = (await api.Post($"{Rules}/{proposed}/preview", """{"limit":1}""", As("preview"))).Is(200);
        Assert.Single(one.Items());
        var same = (await api.Post($"{Rules}/1/preview", "{}", As("preview"))).Is(200);
        Assert.Empty(same.Items());
        Assert.Equal(2, same.Number("totals/planned/orders"));
        Assert.Empty(WrittenBy(preview).Concat(WrittenBy(same)));
    }

    [Fact]
    public async Task What_a_shadow_would_have_done_is_listed_by_order()
    {
        await Given("shadow", 9);
        var beside = await Approved("shadow", "second", Prefer("WIB"));
        (await api.Post($"{Rules}/{beside}/shadow", """{"reason":"x"}""", As("shadow", "s"))).Is(200);
        await api.Embedded.ViewsReached();
        (await api.Order("o-1", "S", 1, headers: As("shadow"))).Is(201);
        await api.Until("o-1", ["allocated"], As("shadow"));

        var list = await api.List($"{Rules}/{beside}/shadow", As("shadow"));

        Assert.Equal("o-1", Assert.Single(list.Each("order")));
        Assert.Equal(("WIA", "WIB"), (list.At("items/0/nodes/0")!.Value.GetString(),
            list.At("items/0/shadow/nodes/0")!.Value.GetString()));
        Assert.True(list.At("items/0/differs")!.Value.GetBoolean());
        Assert.Empty((await api.List($"{Rules}/1/shadow", As("shadow"))).Items());
    }

    [Fact]
    public async Task Work_that_would_break_an_embargo_or_a_blackout_is_listed()
    {
        await Given("affected", 9, 1, 1, 1);
        (await api.Post("/v1/fulfilment-orders/o-2-F1/start", """{"id":"s"}""", As("affected"))).Is(200);
        (await api.Post("/v1/orders/o-3/cancel", """{"id":"c"}""", As("affected"))).Is(200);
        var tyrol = await Approved("affected", "tyrol", """
            {"currency":"EUR","embargoes":[{"id":"snow","to":{"country":"AT","postcodes":["60"]},"from":"2020-01-01",
             "reason":"avalanches"}],
             "blackouts":[{"id":"fire","node":"WIA","from":"2020-01-01","until":"2999-12-31","reason":"burnt down"}]}
            """);
        var vienna = await Approved("affected", "vienna", """
            {"currency":"EUR","embargoes":[{"id":"ball","to":{"country":"AT","postcodes":["10"]},"from":"2020-01-01",
             "reason":"x"},{"id":"past","from":"2020-01-01","until":"2020-12-31","reason":"x"}]}
            """);

        var list = await api.List($"{Rules}/{tyrol}/affected", As("affected"));

        Assert.Equal("o-1-F1", Assert.Single(list.Each("fulfilmentOrder")));
        Assert.Equal(["embargo", "blackout"], list.Each("constraint", "items/0/breaks"));
        Assert.Equal(["snow", "fire"], list.Each("rule", "items/0/breaks"));
        Assert.Empty((await api.List($"{Rules}/{vienna}/affected", As("affected"))).Items());
    }
}
