namespace Fulfillment.Tests.Client;

/// <summary>Waves over HTTP: open work becomes lists that walk little, and no order is on two.</summary>
public sealed class PickWaveApiTests(ApiServer api) : IClassFixture<ApiServer>
{
    /// <summary>A node with a bench and, ten metres apart in a row, bins.</summary>
    async Task Floor(string node, int bins)
    {
        (await api.Put($"/v1/nodes/{node}", """{"name":"Hall","country":"DE"}""")).Succeeded();
        (await api.Put($"/v1/nodes/{node}/layout/zones/PACK", """{"kind":"packing","entry":{"x":0,"y":0}}""")).Is(201);
        (await api.Put($"/v1/nodes/{node}/layout/zones/Z", """{"kind":"pick"}""")).Is(201);
        var places = string.Join(',', Enumerable.Range(1, bins).Select(b => $$$"""
            {"id":"B-{{{b}}}","zone":"Z","stand":{"x":0,"y":{{{b * 10_000}}}}}
            """));
        (await api.Post($"/v1/nodes/{node}/bins", $$"""{"bins":[{{places}}]}""")).Succeeded();
    }

    async Task Order(string node, string id, string sku, int quantity = 1)
    {
        (await api.Order(id, sku, quantity)).Is(201);
        await api.Until(id, "allocated");
        var order = (await api.Get($"/v1/orders/{id}")).Is(200);
        Assert.Equal(node, order.Items("fulfilments")[0].GetProperty("node").GetString());
    }

    async Task Stock(string node, string sku, string bin, int units)
    {
        (await api.Put($"/v1/skus/{sku}", $$"""{"title":"{{sku}}"}""")).Succeeded();
        (await api.Post($"/v1/skus/{sku}/receipts",
            $$"""{"id":"r-{{bin}}","node":"{{node}}","quantity":{{units}},"bin":"{{bin}}"}""")).Is(201);
    }

    [Fact]
    public async Task A_wave_batches_what_lies_together_and_walks_less_than_orders_as_they_come()
    {
        await Floor("W1", 6);
        await Stock("W1", "NEAR", "B-1", 50);
        await Stock("W1", "FAR", "B-6", 50);
        for (var i = 0; i < 8; i++) await Order("W1", $"W-{i}", i % 2 == 0 ? "NEAR" : "FAR");

        var wave = (await api.Post("/v1/nodes/W1/pick-waves", """{"id":"noon","orders":4}""")).Is(201);
        Assert.Equal((8, 2), (wave.Number("fulfilmentOrders"), wave.Items("lists").Count));
        Assert.Equal([20_000, 120_000], wave.Items("lists").Select(l => l.GetProperty("lengthMm").GetInt64()).Order());
        Assert.Equal(140_000, wave.Number("lengthMm"));
        Assert.Equal((4 * 20_000) + (4 * 120_000), wave.Number("orderByOrderMm"));
        Assert.Equal(2 * 120_000, wave.Number("firstComeMm"));
        (await api.Post("/v1/nodes/W1/pick-waves", """{"id":"noon","orders":4}""")).Is(200);
        (await api.Post("/v1/nodes/W1/pick-waves", """{"id":"noon","method":"batch"}"""))
            .IsProblem(422, "idempotency-conflict");
        (await api.Post("/v1/nodes/W1/pick-waves", """{"id":"next"}""")).IsProblem(409, "nothing-to-pick");

        Assert.Equal(2, (await api.Get("/v1/pick-waves/noon")).Is(200).Items("lists").Count);
        await api.Until("/v1/pick-lists?wave=noon", l => l.Items().Count == 2);
        Assert.Empty((await api.Get("/v1/pick-lists?wave=other")).Is(200).Items());
        Assert.Equal("Z", (await api.Get("/v1/pick-lists/noon-1")).Is(200).Text("next/zone"));
    }

    [Fact]
    public async Task Every_method_makes_lists_of_its_kind_and_more_lines_than_a_list_has_make_several()
    {
        await Floor("W2", 1);
        await Stock("W2", "MANY", "B-1", 500);
        for (var i = 0; i < 12; i++) await Order("W2", $"M-{i}", "MANY", 3);
        async Task<int> Lists(string id, string more) => (await api.Post(
            "/v1/nodes/W2/pick-waves", $$"""{"id":"{{id}}"{{more}}}""")).Is(201).Items("lists").Count;

        Assert.Equal(3, await Lists("w-single", ",\"method\":\"single\",\"most\":3"));
        Assert.Equal(1, await Lists("w-batch", ",\"method\":\"batch\",\"most\":3"));
        Assert.Equal(2, await Lists("w-lines", ",\"most\":4,\"lines\":2"));
        Assert.Equal(2, await Lists("w-units", ",\"units\":4"));
        (await api.Post("/v1/nodes/W2/pick-lists", """{"id":"w-none"}""")).IsProblem(409, "nothing-to-pick");
    }

    [Fact]
    public async Task What_is_released_by_several_at_the_same_time_is_on_one_list()
    {
        await Floor("W3", 1);
        await Stock("W3", "RACE", "B-1", 500);
        for (var i = 0; i < 24; i++) await Order("W3", $"R-{i}", "RACE");

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => i % 2 == 0
            ? api.Post("/v1/nodes/W3/pick-waves", $$"""{"id":"race-{{i}}","most":5,"orders":2}""")
            : api.Post("/v1/nodes/W3/pick-lists", $$"""{"id":"race-{{i}}","most":3}""")));
        Assert.All(answers, a => Assert.Contains(a.Status, (int[])[201, 202, 409, 503]));
        var rest = await api.Post("/v1/nodes/W3/pick-waves", """{"id":"rest"}""");
        Assert.Contains(rest.Status, (int[])[201, 409]);

        List<string?> on = [];
        for (var i = 0; i < 12; i++)
        {
            if (i % 2 == 1)
            {
                var list = await api.Get($"/v1/pick-lists/race-{i}");
                if (list.Status == 200) on.AddRange(list.Each("fulfilmentOrder", "fulfilmentOrders"));
            }
        }

        foreach (var id in Enumerable.Range(0, 12).Where(i => i % 2 == 0).Select(i => $"race-{i}").Append("rest"))
        {
            var wave = await api.Get($"/v1/pick-waves/{id}");
            if (wave.Status != 200) continue;
            foreach (var list in wave.Items("lists"))
                on.AddRange(list.GetProperty("fulfilmentOrders").EnumerateArray().Select(o => o.GetString()));
        }

        Assert.Equal(on.Distinct().Count(), on.Count);
        Assert.Equal(24, on.Count);
    }
}
