using System.Globalization;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Packing;

namespace Fulfillment.Simulation;

/// <summary>
/// Benches, SKUs and orders agree: each right scan moved its units once and none that was refused moved any; what is in
/// a box is what its scans put there; no two boxes have one number; and what was shipped in boxes is what was in them.
/// </summary>
public sealed class Packed : IChecker
{
    /// <inheritdoc/>
    public void Check(World world, History history)
    {
        var moved = Moved(world, history);
        var orders = history.Orders.ToDictionary(o => o.Id, o => o.State);
        HashSet<string> numbers = [];
        foreach (var (id, job) in history.States(PackCalls.Kind, PackJobJson.Default.PackJob))
        {
            if (job.Sheet is not { } sheet) continue;
            if (!sheet.IsSettled) throw world.Broken($"{id} waits for an answer for ever");
            foreach (var box in sheet.Boxes) Check(world, id, sheet, box, moved, numbers);
            Check(world, id, sheet, orders[id.Sibling(OrderingCalls.Kind, sheet.Terms.Order)]);
        }

        if (moved.Keys.FirstOrDefault() is { } nobodys) throw world.Broken($"{nobodys} is no job's");
    }

    /// <summary>What SKUs moved for scans: into boxes, or (below zero) out.</summary>
    static Dictionary<string, long> Moved(World world, History history)
    {
        Dictionary<string, long> moved = [];
        foreach (var fact in history.Facts)
        {
            (string Id, long Units)? move = fact.Event switch
            {
                SkuEvent.StockPacked e => (e.Id, e.Quantity),
                SkuEvent.StockUnpacked e => (e.Id, -e.Quantity),
                _ => null,
            };
            if (move is { } one && !moved.TryAdd(one.Id, one.Units))
                throw world.Broken($"{fact.Entity} moved {one.Id} twice");
        }

        return moved;
    }

    static void Check(
        World world, EntityId id, PackSheet sheet, PackBox box, Dictionary<string, long> moved, HashSet<string> numbers)
    {
        if (box.State != BoxState.Refused && !numbers.Add(box.Lpn))
            throw world.Broken($"two boxes have the number {box.Lpn}");
        var inside = 0L;
        foreach (var scan in sheet.Scans.Where(s => s.Box == box.Number && s.Fault is null))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"pack/{id.Name}/scan/{scan.Number}");
            moved.Remove(name, out var units);
            var told = scan.Status is PickStatus.Done or PickStatus.AlreadyDone
                ? scan.Out ? -scan.Units : scan.Units : 0;
            if (units != told) throw world.Broken($"scan {scan} of {id} moved {units}");
            // What was cancelled before it came out is in no box, and was nobody's any more.
            inside += scan is { Out: true, Status: PickStatus.NothingPicked } ? -scan.Units : units;
        }

        if (inside != box.Contents.Sum(c => (long)c.Units) || inside != box.Lines.Sum(l => (long)l.Units))
            throw world.Broken($"{inside} were scanned into {box} of {id}");
    }

    /// <summary>The order shipped each box that has left, once, and with what is in it.</summary>
    static void Check(World world, EntityId id, PackSheet sheet, Order order)
    {
        var fulfilment = order.Fulfilments[sheet.Terms.Fulfilment - 1];
        var shipments = fulfilment.Shipments.Where(s => !s.Boxes.IsDefaultOrEmpty).ToList();
        var left = sheet.Boxes.Where(b => b.State == BoxState.Shipped).ToList();
        var named = shipments.SelectMany(s => s.Boxes).ToList();
        if (named.Count != named.Distinct().Count()
            || !named.Order(StringComparer.Ordinal).SequenceEqual(
                left.Select(b => b.Lpn).Order(StringComparer.Ordinal)))
            throw world.Broken($"{id} shipped {left.Count} boxes, its order {string.Join(' ', named)}");
        foreach (var line in fulfilment.Lines)
        {
            var packed = left.SelectMany(b => b.Lines).Where(l => l.Line == line.Line).Sum(l => l.Units);
            var shipped = shipments.SelectMany(s => s.Lines).Where(l => l.Line == line.Line).Sum(l => l.Units);
            if (packed != shipped) throw world.Broken($"{id} shipped {packed} of {line}, its order {shipped}");
        }

        if (sheet.IsBegun && fulfilment.IsAtBench && sheet.Told != (fulfilment.PackedAt is not null))
            throw world.Broken($"{id} is packed: {sheet.Told}, its order says {fulfilment.PackedAt}");
    }
}
