using System.Globalization;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Packing;

namespace Fulfillment.Simulation;

/// <summary>
/// Benches, SKUs and orders agree: each right scan moved its units once and none that was refused moved any; what is in
/// a box is what its scans put there, and the SKUs say the same of its number; no two boxes have one number; what was
/// shipped in boxes is what was in them, and nothing lies in one that has left or was thrown away; doubted units that a
/// SKU set aside were set aside once; and a bench knows its order as it is.
/// </summary>
public sealed class Packed : IChecker
{
    /// <inheritdoc/>
    public void Check(World world, History history)
    {
        var moved = Moved(world, history);
        var orders = history.Orders.ToDictionary(o => o.Id, o => o.State);
        HashSet<string> numbers = [];
        var slots = history.Skus.Where(s => !s.State.Slots.IsDefault)
            .SelectMany(s => s.State.Slots.Select(slot => (Sku: s.Id.Name, Slot: slot)))
            .Where(s => s.Slot.Lpn is not null).ToLookup(s => s.Slot.Lpn!);
        var asides = history.Facts.Select(f => f.Event).OfType<SkuEvent.StockMoved>()
            .Where(e => e.Id.StartsWith("pack/", StringComparison.Ordinal)).ToLookup(e => e.Id, e => e.Quantity);
        foreach (var (id, job) in history.States(PackCalls.Kind, PackJobJson.Default.PackJob))
        {
            if (job.Sheet is not { } sheet) continue;
            if (!sheet.IsSettled) throw world.Broken($"{id} waits for an answer for ever");
            foreach (var box in sheet.Boxes)
            {
                Check(world, id, sheet, box, moved, numbers);
                if (box.State != BoxState.Refused) Check(world, id, sheet, box, [.. slots[box.Lpn]]);
            }

            foreach (var doubt in sheet.Doubts) Check(world, id, doubt, asides);
            var order = id.Sibling(OrderingCalls.Kind, sheet.Terms.Order);
            Check(world, id, sheet, orders[order]);
            CheckSight(world, id, sheet, order, orders[order]);
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

    /// <summary>
    /// What SKUs have under the number of a box is in it, of lots and serials too; some of it may be another's already,
    /// who bought what was given back while it was packed. Of a box that is gone they have nothing.
    /// </summary>
    static void Check(
        World world, EntityId id, PackSheet sheet, PackBox box, IReadOnlyList<(string Sku, Slot Slot)> slots)
    {
        if (box.State is BoxState.Shipped or BoxState.Discarded && slots.Count > 0)
            throw world.Broken($"{slots[0]} lies in {box} of {id}, which is gone");
        foreach (var (sku, slot) in slots)
        {
            if (slot.Node != sheet.Terms.Node || (slot.Order is not null && slot.Order != sheet.Terms.Order))
                throw world.Broken($"{sku} {slot} is in {box} of {id}");
        }

        foreach (var some in slots.GroupBy(s => (s.Sku, Lot: s.Sku == Stocking.Tracked ? s.Slot.Lot : null)))
        {
            var inside = box.Contents.Where(
                c => c.Sku == some.Key.Sku && (some.Key.Lot is null || c.Lot == some.Key.Lot)).ToList();
            if (some.Sum(s => s.Slot.Units) > inside.Sum(c => (long)c.Units))
                throw world.Broken($"{some.Key} has {some.Sum(s => s.Slot.Units)} in {box} of {id}");
            var serials = inside.Where(c => !c.Serials.IsDefault).SelectMany(c => c.Serials).ToHashSet();
            if (some.Any(s => !s.Slot.Serials.IsDefault && !s.Slot.Serials.All(serials.Contains)))
                throw world.Broken($"{some.Key} has other serials in {box} of {id}");
        }

        if (box.State is BoxState.Open or BoxState.Closed && sheet.Tally().IsWithin(sheet.Sight))
            world.Count(slots.Sum(s => s.Slot.Units) == box.Contents.Sum(c => c.Units) ? "box as booked" : "box sold");
    }

    /// <summary>Units that are not sent were set aside as often as their SKU said so, and the job says that.</summary>
    static void Check(World world, EntityId id, PackDoubt doubt, ILookup<string, int> asides)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"pack/{id.Name}/aside/{doubt.Number}");
        var isAside = doubt.SetAside is MoveStatus.Done or MoveStatus.AlreadyDone;
        if (asides[name].Sum() != (isAside ? doubt.Units : 0))
            throw world.Broken($"{asides[name].Sum()} were set aside for {doubt} of {id}");
        var isOver = doubt.Outcome == DoubtOutcome.Good || isAside;
        if (isOver != doubt.Attention is null) throw world.Broken($"{doubt} of {id} has attention {doubt.Attention}");
    }

    /// <summary>A bench that was told of its order knows it as it is, and owes no answer.</summary>
    static void CheckSight(World world, EntityId id, PackSheet sheet, EntityId order, Order state)
    {
        if (sheet.IsBegun != state.Fulfilments[sheet.Terms.Fulfilment - 1].IsAtBench)
            throw world.Broken($"{id} is begun: {sheet.IsBegun}, its order says otherwise");
        if (!sheet.IsBegun) return;
        var seen = PackSight.Of(
            ((OrderAnswer)Order.Decide(state, new OrderCommand.Get(), new(order, world.Time.Now, state.Version)).Reply!)
                .Order, sheet.Terms.Fulfilment)!;
        if (!seen.Says(sheet.Sight)) throw world.Broken($"{id} knows its order as {sheet.Sight}, it is {seen}");
    }

    /// <summary>
    /// The bench of a fulfilment order of which units are being stopped, and has none of these in a box, or null.
    /// </summary>
    public static EntityId? Owing(History history, EntityId order, Intercept intercept)
    {
        var at = PackCalls.At(order, intercept.Units[0].Fulfilment);
        if (!history.Entities.ContainsKey(at)) return null;
        var job = history.States(PackCalls.Kind, PackJobJson.Default.PackJob).First(j => j.Id == at).State;
        return job.Sheet is { IsBegun: true } sheet && sheet.Tally().IsWithin(sheet.Sight) ? at : null;
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
