using System.Collections.Immutable;
using System.Globalization;
using Fulfillment.Picking;
using Fulfillment.Views;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>
/// What is told of tasks of replenishment beyond themselves: which picks wait for them, and from where to fill.
/// </summary>
sealed class RefillTeller(
    string node, string seller, Dictionary<(string Bin, string Sku), long> waiting,
    ILookup<string, (string Bin, BinStock Stock)> reserve, Dictionary<string, BinFill> faces)
{
    /// <summary>Asks what concerns these tasks, and nothing else of the node.</summary>
    public static async ValueTask<RefillTeller> Of(
        Backend backend, Seat seat, string node, ImmutableArray<RefillTask> tasks, CancellationToken cancel)
    {
        var skus = tasks.Select(t => t.Sku).Distinct().ToList();
        var promises = await PickPromises.Of(backend, seat, node, skus, cancel);
        return new(
            node, seat.Seller,
            promises.Units.GroupBy(u => (u.Key.Bin, u.Key.Sku)).ToDictionary(g => g.Key, g => g.Sum(u => u.Value)),
            backend.Views.Bins.Reserve(node, seat.Seller, skus).ToLookup(s => s.Stock.Sku),
            backend.Views.Bins.Fills(node, tasks.Select(t => t.Bin)).ToDictionary(f => f.Now.Bin.Id));
    }

    /// <summary>Units that lists still take from the face.</summary>
    public long Waiting(RefillTask task) => waiting.GetValueOrDefault((task.Bin, task.Sku));

    /// <summary>The task as it is answered.</summary>
    public RefillTaskBody Body(RefillTask task) => new(
        string.Create(CultureInfo.InvariantCulture, $"{node}-R{task.Number}"), node, task.Bin, task.Sku,
        task.IsDone ? "done" : task.By is null ? "open" : "claimed", task.Wanted == 0 ? null : task.Wanted,
        task.Moved, task.Left, Waiting(task), task.By, task.OpenedAt, task.IsDone ? [] : [.. Sources(task)]);

    /// <summary>
    /// As much as is wanted of what may lie in the face: of one that takes one lot only the lot that is there, or the
    /// first.
    /// </summary>
    IEnumerable<FaceSourceBody> Sources(RefillTask task)
    {
        var left = task.Wanted == 0 ? long.MaxValue : task.Wanted - task.Moved - task.Asked;
        var face = faces.GetValueOrDefault(task.Bin);
        var may = reserve[task.Sku].Where(
            s => face is null || PutAway.Mixes(face, seller, task.Sku, s.Stock.Lot) is null).ToList();
        var lot = may.Select(s => s.Stock.Lot).FirstOrDefault();
        if (face?.Now.Bin.Room.OneLot == true) may.RemoveAll(s => s.Stock.Lot != lot);
        foreach (var (bin, stock) in may.Take(PutAway.MaxSources))
        {
            var take = Math.Min(left, stock.Free);
            if (take <= 0) yield break;
            left -= take;
            yield return new(bin, stock.Lot, take);
        }
    }
}
