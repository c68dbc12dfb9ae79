using System.Diagnostics;
using Fulfillment.Access;
using Fulfillment.Tests.Support;
using Xunit.Abstractions;

namespace Fulfillment.Tests.Silo;

/// <summary>Real silos, a real API and a real database, and what befalls them.</summary>
public sealed class ProcessTests(ITestOutputHelper output)
{
    const int Silos = 3, Skus = 30, Units = 4_000, Buyers = 24, Kills = 20, DatabaseRestart = 7, Freeze = 13;

    [SkippableFact]
    public async Task Silos_killed_under_load_lose_nothing_and_sell_nothing_twice()
    {
        Skip.If(PostgresServer.Instance.Missing is not null, PostgresServer.Instance.Missing);
        using var postgres = PostgresServer.Own();
        Skip.If(postgres is null, "The database has to be restarted, and this one is not ours.");
        ClusterPlace place = new(postgres.NewDatabase());
        await using RealCluster cluster = new(place, Silos);
        await cluster.Start();
        Shoppers shoppers = new(cluster.Http, Skus, Units);
        await shoppers.Stock();

        using CancellationTokenSource closing = new();
        var buying = shoppers.Buy(Buyers, closing.Token);
        Random random = new(7);
        List<TimeSpan> pauses = [];
        for (var kill = 1; kill <= Kills; kill++)
        {
            var from = Stopwatch.GetTimestamp();
            var victim = random.Next(Silos);
            if (kill == DatabaseRestart) postgres.Restart();
            if (kill == Freeze) await Frozen(cluster, victim);
            else cluster.Kill(victim);
            await Task.Delay(random.Next(500, 2_000));
            cluster.StartSilo(victim);
            await cluster.SiloReady(victim);
            await Task.Delay(random.Next(500, 2_000));
            pauses.Add(shoppers.LongestPause(from, Stopwatch.GetTimestamp()));
        }

        await closing.CancelAsync();
        await buying;
        pauses.Sort();
        output.WriteLine(
            $"{shoppers.Told.Count} orders answered; without service per kill: median "
            + $"{pauses[Kills / 2].TotalSeconds:0.0} s, max {pauses[^1].TotalSeconds:0.0} s; answers "
            + string.Join(", ", shoppers.Statuses));
        try
        {
            await shoppers.Converges(TimeSpan.FromSeconds(90));
        }
        catch
        {
            output.WriteLine(cluster.Said);
            throw;
        }

        // Two processes that replay the journal come to the same state.
        var first = await RealCluster.Client("verify", "--postgres", place.Postgres);
        var second = await RealCluster.Client("verify", "--postgres", place.Postgres);
        output.WriteLine(first.Output);
        Assert.Equal(0, first.Code);
        Assert.Contains("State hash", first.Output, StringComparison.Ordinal);
        Assert.Equal(HashOf(first.Output), HashOf(second.Output));
    }

    [SkippableFact]
    public async Task A_rolling_restart_under_load_fails_no_request()
    {
        Skip.If(PostgresServer.Instance.Missing is not null, PostgresServer.Instance.Missing);
        await using RealCluster cluster = new(new(PostgresServer.Instance.NewDatabase()), Silos);
        await cluster.Start();
        Shoppers shoppers = new(cluster.Http, Skus, Units);
        await shoppers.Stock();
        using CancellationTokenSource closing = new();
        var buying = shoppers.Buy(Buyers, closing.Token);
        for (var silo = 0; silo < Silos; silo++)
        {
            await Task.Delay(1_000);
            cluster.Signal(silo, "TERM");
            Assert.Equal(0, await cluster.Ended(silo));
            cluster.StartSilo(silo);
            await cluster.SiloReady(silo);
        }

        await Task.Delay(1_000);
        await closing.CancelAsync();
        await buying;
        output.WriteLine($"{shoppers.Told.Count} orders; answers {string.Join(", ", shoppers.Statuses)}");
        Assert.All(shoppers.Statuses.Keys, s => Assert.Contains(s, (int[])[200, 201, 202, 409]));
        await shoppers.Converges(TimeSpan.FromSeconds(60));
    }

    /// <summary>It is held for dead meanwhile; when it wakes it must not write, and ends.</summary>
    static async Task Frozen(RealCluster cluster, int silo)
    {
        cluster.Signal(silo, "STOP");
        await Task.Delay(TimeSpan.FromSeconds(30));
        cluster.Signal(silo, "CONT");
        await cluster.Ended(silo);
    }

    static string HashOf(string output) =>
        output.Split('\n').Single(l => l.StartsWith("State hash", StringComparison.Ordinal));
}
