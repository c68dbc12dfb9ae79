using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Fulfillment.Access;
using Fulfillment.Composition;
using Fulfillment.Engine;
using Fulfillment.Inventory;
using Fulfillment.Silo;
using Fulfillment.Tests.Support;
using Fulfillment.Warehousing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fulfillment.Tests.Silo;

/// <summary>An operator stops writing: the journal stands still, on every silo, until he allows it again.</summary>
public sealed class ReadOnlyTests : IClassFixture<Silos>
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly Silos _silos;

    public ReadOnlyTests(Silos silos)
    {
        Skip.If(silos.Missing is not null, silos.Missing);
        _silos = silos;
    }

    Seat Seat => new(_silos.Cluster, "default", new("tester", "a test"));

    ISettingsGrain Settings => _silos.Host.Client.GetGrain<ISettingsGrain>(0);

    [SkippableFact]
    public async Task Writes_are_refused_everywhere_reads_and_repeats_answered_and_nothing_moves_the_journal()
    {
        foreach (var i in Enumerable.Range(0, 20)) await Stock($"a{i}", 100_000);
        await Seat.Sku("a0").Reserve("known", 1);
        await Stock("held", 7);
        await Seat.Sku("held").Reserve("cart", 7, TimeSpan.FromSeconds(5));
        using CancellationTokenSource closing = new();
        var buying = Buy(closing.Token);
        await Task.Delay(500);

        var reply = await Settings.SetReadOnly(true, "migration", "tester");
        var head = Head();
        Assert.Empty(reply.Unheard);
        Assert.All([_silos.Inside(0), _silos.Inside(1)], silo => Assert.Contains("migration", silo.ReadOnly, Ordinal));
        foreach (var i in Enumerable.Range(0, 20))
        {
            var refused = await Assert.ThrowsAsync<ClusterException>(
                () => Seat.Sku($"a{i}").Reserve("new", 1).AsTask());
            Assert.Equal(Fault.ReadOnly, refused.Fault);
            Assert.Contains(": migration. Nothing was done.", refused.Message, Ordinal);
        }

        Assert.Equal(ClaimStatus.AlreadyDone, (await Seat.Sku("a0").Reserve("known", 1)).Status);
        // Longer than the hold: its timer is due, and waits.
        await Task.Delay(TimeSpan.FromSeconds(6));
        Assert.Equal(0, (await Seat.Sku("held").Stock()).Available);
        Assert.Equal(head, Head());

        Assert.Empty((await Settings.SetReadOnly(false, "", "tester")).Unheard);
        Assert.Equal(ClaimStatus.Done, (await Seat.Sku("a2").Reserve("new", 1)).Status);
        await closing.CancelAsync();
        var (done, refusals) = await buying;
        Assert.True(done > 0 && refusals > 0, $"{done} done, {refusals} refused");
        await Eventually(async () => (await Seat.Sku("held").Stock()).Available == 7);
    }

    [SkippableFact]
    public async Task A_silo_that_was_not_told_asks_by_itself_and_a_reason_is_needed()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Settings.SetReadOnly(true, " ", "tester"));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => Settings.SetReadOnly(true, new('x', ClusterSettings.MostReason + 1), "tester"));
        var before = await Settings.Get();
        var changed = (await Settings.SetReadOnly(true, "a check", "tester")).Settings;
        Assert.Equal(before.Revision + 1, changed.Revision);
        Assert.Equal(changed, (await Settings.SetReadOnly(true, "a check", "another")).Settings);

        var late = await _silos.Host.StartAdditionalSiloAsync();
        var inside = _silos.Inside(late);
        await Eventually(() => Task.FromResult(inside.Settings == changed));
        Assert.Contains("a check", inside.ReadOnly, Ordinal);

        var off = await Settings.SetReadOnly(false, "", "tester");
        Assert.Empty(off.Unheard);
        Assert.Null(inside.ReadOnly);
        await _silos.Host.StopSiloAsync(late);
    }

    [SkippableFact]
    public async Task A_silo_writes_and_asks_nothing_before_it_knows_and_goes_by_the_newest_it_was_told()
    {
        ClusterPlace place = new(PostgresServer.Instance.NewDatabase());
        await Schema.Apply(place);
        await using SiloCluster silo = new(
            new(place.Postgres, writer: "early"), Everything.Kinds((_, _, _) => throw new NotSupportedException()),
            new EngineOptions(), _silos.Host.Client, TimeProvider.System, NullLogger<SiloCluster>.Instance);
        Assert.Equal(SiloCluster.NotKnown, silo.ReadOnly);

        silo.Learn(ClusterSettings.Initial with { Revision = 2 });
        Assert.Null(silo.ReadOnly);
        silo.Learn(ClusterSettings.Initial with { IsReadOnly = true, Reason = "an old word", Revision = 1 });
        Assert.Null(silo.ReadOnly);
        silo.Learn(ClusterSettings.Initial with { IsReadOnly = true, Reason = "a new word", Revision = 3 });
        Assert.Contains("a new word", silo.ReadOnly, Ordinal);
    }

    [SkippableFact]
    public async Task It_is_still_so_after_all_silos_were_down_and_the_API_says_why()
    {
        ClusterPlace place = new(PostgresServer.Instance.NewDatabase());
        await using RealCluster cluster = new(place, silos: 2);
        await cluster.Start();
        Shoppers shoppers = new(cluster.Http, skus: 1, units: 10);
        await shoppers.Stock();
        Assert.Equal(0, (await RealCluster.Silo("settings", "--postgres", place.Postgres)).Code);
        Assert.Equal((2, "--read-only on needs a --reason."), Brief(await RealCluster.Silo(
            "settings", "--postgres", place.Postgres, "--read-only", "on")));

        var on = await RealCluster.Silo(
            "settings", "--postgres", place.Postgres, "--read-only", "on", "--reason", "moving house", "--by", "ops-1");
        Assert.Equal(0, on.Code);
        Assert.EndsWith(" by ops-1: moving house", on.Output.TrimEnd(), Ordinal);
        await RefusesOrders(cluster);
        // The first page has the reason, and the silos' figures.
        await Eventually(async () =>
        {
            var page = await cluster.Http.GetStringAsync(new Uri("/", UriKind.Relative));
            return page.Contains("moving house", Ordinal) && page.Contains("Commit, median", Ordinal)
                && !page.Contains(">0.00 ms<", Ordinal) && page.Contains(">2 silos ", Ordinal);
        });

        for (var silo = 0; silo < 2; silo++) cluster.Kill(silo);
        for (var silo = 0; silo < 2; silo++) await cluster.Ended(silo);
        for (var silo = 0; silo < 2; silo++) cluster.StartSilo(silo);
        for (var silo = 0; silo < 2; silo++) await cluster.SiloReady(silo);
        await RefusesOrders(cluster);
        Assert.Equal("moving house", (await Get(cluster, "/v1/cluster/settings")).GetProperty("reason").GetString());
        Assert.Equal(10, (await Get(cluster, "/v1/skus/S0")).GetProperty("onHand").GetInt32());

        var off = await RealCluster.Silo("settings", "--postgres", place.Postgres, "--read-only", "off");
        Assert.Equal(0, off.Code);
        // For a while a grain may still be looked for on one of the silos that were killed: an order's, and that of the
        // settings, which a silo asks by itself if it could not be told.
        await Eventually(async () =>
        {
            using var placed = await Place(cluster);
            return placed.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK;
        });
    }

    const StringComparison Ordinal = StringComparison.Ordinal;

    static async Task RefusesOrders(RealCluster cluster)
    {
        using var refused = await Place(cluster);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(10), refused.Headers.RetryAfter?.Delta);
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("read-only", problem.GetProperty("code").GetString());
        Assert.Contains("moving house", problem.GetProperty("detail").GetString(), Ordinal);
        using var ready = await cluster.Http.GetAsync(new Uri("/readyz", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
    }

    static Task<HttpResponseMessage> Place(RealCluster cluster) => cluster.Http.PostAsJsonAsync(
        new Uri("/v1/orders", UriKind.Relative),
        new { id = "o-1", customer = new { name = "Ada" }, lines = new[] { new { sku = "S0", quantity = 1 } } });

    static Task<JsonElement> Get(RealCluster cluster, string path) =>
        cluster.Http.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative));

    static (int Code, string FirstLine) Brief((int Code, string Output) ran) =>
        (ran.Code, ran.Output.Split(Environment.NewLine)[0]);

    /// <summary>Many callers of many SKUs, until told to stop: how many were served, how many refused.</summary>
    async Task<(int Done, int Refused)> Buy(CancellationToken stop)
    {
        var (done, refused) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async buyer =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                try
                {
                    await Seat.Sku($"a{(buyer + i) % 20}").Reserve($"b-{buyer}-{i}", 1);
                    Interlocked.Increment(ref done);
                }
                catch (ClusterException e) when (e.Fault == Fault.ReadOnly)
                {
                    Interlocked.Increment(ref refused);
                    await Task.Delay(20, CancellationToken.None);
                }
            }
        }));
        return (done, refused);
    }

    long Head()
    {
        using PostgresStore store = new(_silos.Place.Postgres);
        return store.OpenToRead();
    }

    async Task Stock(string sku, int units)
    {
        await Seat.Node("N").Define(new("North", NodeType.Warehouse, 1, "DE", null, null, null, null));
        await Seat.Sku(sku).Define(new(sku, null, false, null, [], []));
        await Seat.Sku(sku).Receive("r", "N", units, "new");
    }

    static async Task Eventually(Func<Task<bool>> holds)
    {
        var until = DateTime.UtcNow + Patience;
        while (!await holds())
        {
            Assert.True(DateTime.UtcNow < until, "It did not come true in a minute.");
            await Task.Delay(20);
        }
    }
}
