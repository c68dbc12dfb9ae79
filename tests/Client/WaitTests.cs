namespace Fulfillment.Tests.Client;

/// <summary>How long a caller waits for stock to decide, and what he gets when he does not.</summary>
public sealed class WaitTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Theory]
    [InlineData("a", "respond-async")]
    [InlineData("b", "wait=0")]
    [InlineData("c", "handling=lenient, RESPOND-ASYNC")]
    public async Task Who_does_not_wait_is_told_where_the_outcome_will_be(string sku, string prefer)
    {
        await api.Stock(sku, 10);
        var ids = Enumerable.Range(1, 20).Select(i => $"{sku}-{i}").ToList();
        var answers = await Task.WhenAll(ids.Select(id => api.Order(id, sku, 1, "", ("Prefer", prefer))));

        Assert.All(answers, a => a.Is(202));
        Assert.Equal(ids.Select(id => $"/v1/orders/{id}"), answers.Select(a => a.Header("Location")));
        foreach (var id in ids) await api.Until(id, "accepted", "allocated", "rejected");
        var outcomes = await Task.WhenAll(
            answers.Select(async a => (await api.Get(a.Header("Location")!)).Is(200).Text("status")));
        Assert.Equal(10, outcomes.Count(s => s == "rejected"));
    }

    [Fact]
    public async Task Who_prefers_both_waits_so_long()
    {
        await api.Stock("W-b", 1);
        (await api.Order("W-b-1", "W-b", 1, "", ("Prefer", "respond-async, wait=10"))).Is(201);
    }

    [Fact]
    public async Task Who_repeats_an_order_that_was_undecided_gets_its_outcome()
    {
        await api.Stock("W-r", 1);
        await api.Order("W-r-1", "W-r", 1, "", ("Prefer", "respond-async"));
        Assert.Equal("W-r-1", (await api.Order("W-r-1", "W-r", 1)).Is(200).Text("id"));
        (await api.Order("W-r-2", "W-r", 1, "", ("Prefer", "respond-async"))).Is(202);
        (await api.Order("W-r-2", "W-r", 1)).IsProblem(409, "sold-out");
    }

    [Theory]
    [InlineData("wait=nonsense")]
    [InlineData("wait=-1")]
    [InlineData("wait=99999999999999999999")]
    [InlineData("wait=")]
    [InlineData("wait")]
    [InlineData("gibberish;;;,,=")]
    [InlineData("wait=10")]
    [InlineData("wait = 10")]
    [InlineData("wait=\"10\"")]
    public async Task A_preference_that_says_nothing_is_ignored_as_RFC_7240_asks(string prefer)
    {
        await api.Stock("W-n", 100);
        var id = $"W-n-{Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(prefer))}";
        Assert.Contains(
            (await api.Order(id, "W-n", 1, "", ("Prefer", prefer))).Is(201).Text("status"),
            (string[])["accepted", "allocated"]);
    }
}
