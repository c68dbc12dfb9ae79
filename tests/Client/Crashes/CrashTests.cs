using System.Globalization;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Client.Crashes;

/// <summary>
/// <c>kill -9</c> in the middle of concurrent orders, again and again, on one journal: what was acknowledged stays,
/// nothing is sold twice, and the server is back at once. <c>FULFILLMENT_CRASH_ROUNDS</c> changes the number of rounds.
/// </summary>
[Collection(Processes.Name)]
public sealed class CrashTests
{
    const int Rounds = 100, RoundsOnPostgres = 10, LeastAnswers = 120, MostAnswers = 300, RoundsPerProof = 20;

    static readonly TimeSpan Ready = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task A_hundred_kills_lose_nothing_and_sell_nothing_twice()
    {
        using TempFolder folder = new();
        await Survive(RoundsOr(Rounds), "--data", folder.Path);
    }

    [SkippableFact]
    public async Task Ten_kills_lose_nothing_and_sell_nothing_twice_on_PostgreSQL()
    {
        Skip.If(PostgresServer.Instance.Missing is not null, PostgresServer.Instance.Missing);
        using TempFolder folder = new();
        await Survive(
            Math.Min(RoundsOr(Rounds), RoundsOnPostgres), "--data", folder.Path, "--postgres",
            PostgresServer.Instance.NewDatabase());
    }

    static async Task Survive(int rounds, params string[] place)
    {
        CrashLedger ledger = new();
        List<TimeSpan> ready = [];
        Random random = new(rounds);
        var server = await ServerProcess.Serve(place);
        try
        {
            for (var round = 1; round <= rounds; round++)
            {
                CrashLoad load = new(server, ledger, round);
                await load.Prepare();
                await load.RunUntilKilled(random.Next(LeastAnswers, MostAnswers));
                server.Dispose();
                if (round % RoundsPerProof == 0) await Verify(place);

                server = await ServerProcess.Serve(place);
                ready.Add(server.ReadyAfter);
                await CrashLedger.Check(server, load.Orders.Where(o => o.Placed != 0));
                await ledger.Settle(server);
                await ledger.CheckStock(server);
            }

            await CrashLedger.Check(server, ledger.Orders);
            await ledger.CheckLists(server);
            await ledger.CheckStock(server);
            ledger.CheckMixture();
            Assert.True(ledger.Acknowledged >= rounds * LeastAnswers);
            Assert.Equal(0, await server.Stop());
            await Verify(place);
        }
        finally
        {
            server.Dispose();
        }

        // One in ten may have met a busy machine.
        ready.Sort();
        var most = ready[(ready.Count - 1) * 9 / 10];
        Assert.True(most < Ready,
            $"ready again after {most.TotalSeconds:0.0} s, at worst {ready[^1].TotalSeconds:0.0} s");
    }

    static async Task Verify(string[] place)
    {
        var (code, output, errors) = await ServerProcess.Run(["verify", .. place]);
        Assert.True(code == 0, $"verify says {code}: {output}{errors}");
    }

    static int RoundsOr(int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable("FULFILLMENT_CRASH_ROUNDS"), CultureInfo.InvariantCulture,
            out var told)
            ? told : otherwise;
}
