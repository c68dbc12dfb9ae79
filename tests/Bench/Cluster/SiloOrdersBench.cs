using System.Runtime.CompilerServices;
using Fulfillment.Access;
using Fulfillment.Bench.Http;
using Fulfillment.Silo;
using Fulfillment.Tests.Support;

namespace Fulfillment.Bench.Cluster;

/// <summary>
/// Orders a second through the API in front of one, two and three silos, all on this machine: they share its cores with
/// the database and the load, so more silos show what a cluster costs, not what it gains.
/// </summary>
public sealed class SiloOrdersBench(Settings settings)
{
    /// <summary>With one to three silos, over 10,000 SKUs.</summary>
    public async IAsyncEnumerable<Figure> Measure([EnumeratorCancellation] CancellationToken cancel = default)
    {
        if (PostgresServer.Instance.Missing is { } missing)
        {
            yield return new("silo-orders", "PostgreSQL", "not measured", 0) { Note = missing };
            yield break;
        }

        for (var silos = 1; silos <= 3; silos++) yield return await With(silos, cancel);
    }

    async Task<Figure> With(int silos, CancellationToken cancel)
    {
        ClusterPlace place = new(PostgresServer.Instance.NewDatabase());
        await Schema.Apply(place);
        List<Child> children = [];
        try
        {
            for (var i = 0; i < silos; i++) children.Add(await SiloProcess.Start(place, cancel));
            children.Add(await Child.Other("fulfillment", url =>
            [
                "serve", "--cluster", place.Cluster, "--postgres", place.Postgres, "--urls", url.OriginalString,
            ], cancel));
            return await new FlashSaleBench(settings).At(
                children[^1].Address, "silo-orders", $"orders/s, {silos} silo{(silos > 1 ? "s" : "")}", Articles.Many,
                cancel);
        }
        finally
        {
            foreach (var child in children) child.Dispose();
        }
    }
}
