using System.Diagnostics;
using Microsoft.Extensions.Hosting;

namespace Fulfillment.Tests.Client;

/// <summary>
/// Stopping: what is under way is answered, what comes later is refused, and nobody is waited for in vain.
/// </summary>
public sealed class ShutdownTests
{
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Requests_in_flight_are_answered_and_later_ones_refused()
    {
        await using var api = await ApiServer.Start();
        await api.Stock("S", 1_000);
        var orders = Enumerable.Range(1, 200).Select(i => api.Order($"o-{i}", "S")).ToList();
        await Task.WhenAny(orders);
        await api.App.StopAsync();

        var accepted = 0;
        foreach (var order in orders)
        {
            try
            {
                var answer = await order;
                // Whoever came too late is told so, or finds nobody.
                if (answer.Status == 201) accepted++;
                else answer.IsProblem(503, "stopping");
            }
            catch (HttpRequestException)
            {
                // The connection was not accepted any more.
            }
        }

        Assert.True(accepted > 0);
        await Assert.ThrowsAsync<HttpRequestException>(() => api.Get("/healthz"));
        await api.Embedded.ViewsReached();
        Assert.True(api.Embedded.Views.Orders.List("default", null, null, null, null, 500).Items.Count >= accepted);
    }

    [Fact]
    public async Task Followers_of_events_and_pages_are_let_go_of_at_once()
    {
        await using var api = await ApiServer.Start();
        await using var events = await EventStream.Open(api, "/v1/events");
        await using var page = await EventStream.Open(api, "/live");
        await page.Next();

        var started = Stopwatch.GetTimestamp();
        await api.App.StopAsync();
        Assert.True(Stopwatch.GetElapsedTime(started) < Soon);
        Assert.Null(await events.Next());
    }

    [Fact]
    public async Task Who_waits_for_an_outcome_is_answered_before_the_end()
    {
        await using var api = await ApiServer.Start();
        await api.Stock("S", 1);
        var waiting = api.Order("o", "S", 1, "", ("Prefer", "wait=60"));
        var stopped = api.App.StopAsync();
        try
        {
            Assert.Contains((await waiting).Status, (int[])[201, 202]);
        }
        catch (HttpRequestException)
        {
            // The stop was quicker than the connection.
        }

        await stopped.WaitAsync(Soon);
    }
}
