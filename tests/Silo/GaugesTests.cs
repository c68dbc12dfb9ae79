using Fulfillment.Access;
using Fulfillment.Inventory;

namespace Fulfillment.Tests.Silo;

/// <summary>What silos tell of how they are doing.</summary>
public sealed class GaugesTests : IClassFixture<Silos>
{
    readonly Silos _silos;

    public GaugesTests(Silos silos)
    {
        Skip.If(silos.Missing is not null, silos.Missing);
        _silos = silos;
    }

    [SkippableFact]
    public async Task Every_silo_that_is_up_tells_its_own_and_all_tell_what_lives_in_them()
    {
        const int skus = 30;
        Seat seat = new(_silos.Cluster, "default", new("tester", "a test"));
        await Task.WhenAll(Enumerable.Range(0, skus).Select(async i =>
            await seat.Sku($"g{i}").Define(new($"g{i}", null, false, null, [], []))));

        var gauges = _silos.Host.Client.GetGrain<IGaugesGrain>(0);
        await Eventually(async () => await gauges.Read() is { Length: 2 } both && both.Sum(s => s.Entities) == skus);
        var silos = await gauges.Read();
        Assert.Contains(silos, s => s is { CommitMedian: > 0 });
        Assert.All(silos, s => Assert.True(s.CommitMedian <= s.CommitP99 && s.MemoryBytes > 0, $"{s}"));
        Assert.Equal(skus, _silos.Inside(0).Entities + _silos.Inside(1).Entities);

        var third = await _silos.Host.StartAdditionalSiloAsync();
        await Eventually(async () => (await gauges.Read()).Length == 3);
        await _silos.Host.KillSiloAsync(third);
        await Eventually(async () => (await gauges.Read()).Length == 2);
    }

    static async Task Eventually(Func<Task<bool>> holds)
    {
        var until = DateTime.UtcNow + TimeSpan.FromSeconds(60);
        while (!await holds())
        {
            Assert.True(DateTime.UtcNow < until, "It did not come true in a minute.");
            await Task.Delay(50);
        }
    }
}
