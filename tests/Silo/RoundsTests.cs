using System.Text;
using Fulfillment.Inventory;
using Fulfillment.Silo.Operating;
using Microsoft.Extensions.DependencyInjection;
using Newtonsoft.Json;
using Npgsql;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.TestingHost;

namespace Fulfillment.Tests.Silo;

/// <summary>The cluster verifies its journal by itself, whatever becomes of the silo that does.</summary>
public sealed class RoundsTests(RoundsTests.Hurried silos) : IClassFixture<RoundsTests.Hurried>
{
    const int Skus = 40;

    [SkippableFact]
    public async Task Rounds_go_on_when_their_silo_is_lost_and_name_an_event_that_was_changed()
    {
        Skip.If(silos.Missing is not null, silos.Missing);
        Seat seat = new(silos.Cluster, "default", new("tester", "a test"));
        foreach (var i in Enumerable.Range(0, Skus))
            await seat.Sku($"r{i}").Define(new($"r{i}", null, false, null, [], []));

        // Nobody has called it, and a part is less than all there is.
        var before = await Until(w => w.Rounds > 0 && w.Events >= Skus);
        Assert.Empty(before.Flaws);

        await silos.Host.KillSiloAsync(await Home());
        var after = await Until(w => w.Rounds > before.Rounds + 1);
        Assert.Empty(after.Flaws);

        await using NpgsqlConnection connection = new(silos.Place.Postgres);
        await connection.OpenAsync();
        await using NpgsqlCommand damage = new(
            "update fulfillment.events set actor = 'somebody' where position = 17 returning position", connection);
        Assert.Equal(17L, await damage.ExecuteScalarAsync());
        var found = await Until(w => w.Flaws.Length > 0);
        Assert.Contains("(position 17): hash: its content hashes to", Assert.Single(found.Flaws), Ordinal);
    }

    const StringComparison Ordinal = StringComparison.Ordinal;

    /// <summary>As it stands in the database: a call would bring the grain to life by itself.</summary>
    async Task<KeptRounds> Until(Func<KeptRounds, bool> reached)
    {
        await using NpgsqlConnection connection = new(silos.Place.Orleans);
        await connection.OpenAsync();
        await using NpgsqlCommand read = new(
            "select payload from grain_states where type_name like '%rounds%'", connection);
        var until = DateTime.UtcNow + TimeSpan.FromSeconds(60);
        while (true)
        {
            if (await read.ExecuteScalarAsync() is byte[] text
                && JsonConvert.DeserializeObject<KeptRounds>(Encoding.UTF8.GetString(text)) is { } kept
                && reached(kept)) return kept;
            Assert.True(DateTime.UtcNow < until, "The rounds did not get there in a minute.");
            await Task.Delay(50);
        }
    }

    /// <summary>The silo in which it lives.</summary>
    async Task<InProcessSiloHandle> Home()
    {
        var address = await silos.Host.Client.GetGrain<IManagementGrain>(0).GetActivationAddress(
            silos.Host.Client.GetGrain<IRoundsGrain>(0));
        Assert.NotNull(address);
        return silos.Host.Silos.Single(s => s.SiloAddress.Equals(address));
    }

    /// <summary>Silos that make a part of a round each second.</summary>
    public sealed class Hurried : Silos
    {
        protected override void Prepare(ISiloBuilder silo)
        {
            silo.Services.AddSingleton(new RoundsPace(TimeSpan.FromSeconds(1), 15));
            silo.Services.Configure<ReminderOptions>(o => o.MinimumReminderPeriod = TimeSpan.FromSeconds(1));
        }
    }
}
