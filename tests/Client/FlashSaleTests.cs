using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Client;

/// <summary>
/// INV-01: stock 100, a thousand buyers at once; a hundred are served, nine hundred are told that it is sold out.
/// </summary>
public sealed class FlashSaleTests
{
    const int Stock = 100, Buyers = 1_000;

    [Fact]
    public async Task A_hundred_units_go_to_a_hundred_of_a_thousand_buyers()
    {
        await using var api = await ApiServer.Start();
        await Sell(api);
    }

    [SkippableFact]
    public async Task A_hundred_units_go_to_a_hundred_of_a_thousand_buyers_on_PostgreSQL()
    {
        Skip.If(PostgresServer.Instance.Missing is not null, PostgresServer.Instance.Missing);
        await using var api = await ApiServer.Start(postgres: PostgresServer.Instance.NewDatabase());
        await Sell(api);
    }

    static async Task Sell(ApiServer api)
    {
        await api.Stock("HOT", Stock);
        var answers = await Task.WhenAll(Enumerable.Range(1, Buyers)
            .Select(i => api.Order($"o-{i}", "HOT", 1, "", ("Prefer", "wait=60"))));

        Assert.Equal(Stock, answers.Count(a => a.Status == 201));
        Assert.All(answers.Where(a => a.Status == 201),
            a => Assert.Contains(a.Text("status"), (string[])["accepted", "allocated"]));
        Assert.Equal(Buyers - Stock, answers.Count(a => a.Status == 409));
        Assert.All(answers.Where(a => a.Status == 409), a => a.IsProblem(409, "sold-out"));

        var accepted = Enumerable.Range(1, Buyers).Where(i => answers[i - 1].Status == 201).Select(i => $"o-{i}")
            .ToHashSet();
        foreach (var id in accepted) await api.Until(id, "allocated");
        var stock = await api.Get("/v1/skus/HOT/availability");
        Assert.Equal(0, stock.Number("available"));
        Assert.Equal(Stock, stock.Number("onHand"));
        Assert.Equal(Stock, stock.Number("committed"));
        Assert.Equal(0, stock.Number("reserved"));

        Assert.Equal(accepted.Order(), (await api.List("/v1/orders?status=allocated&limit=500")).Each("id").Order());
        HashSet<string?> rejected = [];
        var path = "/v1/orders?status=rejected&limit=400";
        for (var cursor = ""; cursor is not null;)
        {
            var page = (await api.Get(path + cursor)).Is(200);
            rejected.UnionWith(page.Each("id"));
            cursor = page.Text("next") is { } next ? $"&cursor={next}" : null;
        }

        Assert.Equal(Buyers - Stock, rejected.Count);
        Assert.Empty(rejected.Intersect(accepted));
        Assert.Equal(Stock, (await api.Get("/v1/fulfilment-orders?node=LEJ1&limit=500")).Items().Count);
    }
}
