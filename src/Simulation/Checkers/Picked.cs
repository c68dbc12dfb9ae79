using System.Globalization;
using Fulfillment.Inventory;
using Fulfillment.Picking;

namespace Fulfillment.Simulation;

/// <summary>
/// Pick lists and SKUs agree: each right scan took its units once, none that was refused took any, and what was not
/// there is not in a tote.
/// </summary>
public sealed class Picked : IChecker
{
    /// <inheritdoc/>
    public void Check(World world, History history)
    {
        Dictionary<string, long> taken = [];
        foreach (var fact in history.Facts)
        {
            if (fact.Event is SkuEvent.StockPicked e && e.Id.StartsWith("pick/", StringComparison.Ordinal)
                && !taken.TryAdd(e.Id, e.Quantity)) throw world.Broken($"{fact.Entity} picked {e.Id} twice");
        }

        foreach (var (id, list) in history.States(PickingCalls.Kind, PickingJson.Default.PickList))
        {
            if (list.Sheet is not { } sheet) continue;
            if (!sheet.IsSettled) throw world.Broken($"{id} waits for an answer for ever");
            Dictionary<int, long> lines = [];
            foreach (var scan in sheet.Scans)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"pick/{id.Name}/scan/{scan.Number}");
                taken.Remove(name, out var units);
                var told = scan.Status is PickStatus.Done or PickStatus.AlreadyDone ? scan.Units : 0;
                if (units != told) throw world.Broken($"{name} of {told} units took {units}");
                lines[scan.Line] = lines.GetValueOrDefault(scan.Line) + units;
            }

            if (sheet.Lines.FirstOrDefault(l => l.Picked != lines.GetValueOrDefault(l.Number)) is { } wrong)
                throw world.Broken($"{id} has {wrong}, of which {lines.GetValueOrDefault(wrong.Number)} were picked");
        }

        if (taken.Keys.FirstOrDefault() is { } nobodys)
            throw world.Broken($"{nobodys} is no list's");
        Claimed(world, history);
        Listed(world, history);
        Filled(world, history);
    }

    /// <summary>
    /// What a SKU's claims say is picked is what was picked less what was put back or left: slots of the order tell.
    /// </summary>
    static void Claimed(World world, History history)
    {
        foreach (var (id, sku) in history.Skus)
        {
            if (sku.Slots.IsDefault) continue;
            foreach (var slots in sku.Slots.Where(s => s.Order is not null).GroupBy(s => (s.Order, s.Node)))
            {
                var picked = sku.Claims.Find(slots.Key.Order!)?.Picked ?? default;
                var told = picked.IsDefault ? 0 : picked.FirstOrDefault(p => p.Node == slots.Key.Node).Units;
                if (told != slots.Sum(s => s.Units))
                    throw world.Broken($"{id}: {told} claimed as picked for {slots.Key}, others lie there");
            }
        }
    }

    static void Listed(World world, History history)
    {
        var live = history.States(PickingCalls.Kind, PickingJson.Default.PickList)
            .Where(l => l.State.Sheet?.Status is PickListStatus.Released or PickListStatus.Picking)
            .SelectMany(l => l.State.Sheet!.Works.Where(w => w.State != PickWorkState.Dropped)
                .Select(w => (List: l.Id.Name, l.State.Sheet.Terms.Node, Work: new ListedWork(w.Order, w.Fulfilment))))
            .ToList();
        if (live.GroupBy(l => l.Work).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw world.Broken($"{twice.Key} is on {string.Join(" and ", twice.Select(l => l.List))}");
        var rosters = history.States(PickRosterCalls.Kind, PickRosterJson.Default.PickRoster)
            .SelectMany(r => r.State.Lists.Values.SelectMany(l => l.Works.Select(w => (l.Id, r.Id.Name, w))));
        var known = rosters.ToHashSet();
        if (!known.SetEquals(live)) throw world.Broken("rosters know of other work than the lists have");
    }

    static void Filled(World world, History history)
    {
        Dictionary<string, long> moved = [];
        foreach (var fact in history.Facts)
        {
            if (fact.Event is SkuEvent.StockMoved e && e.Id.StartsWith("refill/", StringComparison.Ordinal)
                && !moved.TryAdd(e.Id, e.Quantity)) throw world.Broken($"{fact.Entity} moved {e.Id} twice");
        }

        foreach (var (id, refills) in history.States(RefillCalls.Kind, RefillsJson.Default.Refills))
        {
            foreach (var move in refills.Moves.Values)
            {
                if (move.Status is null) throw world.Broken($"{id} waits for the answer to {move} for ever");
                var name = string.Create(CultureInfo.InvariantCulture, $"refill/{id.Name}/{move.Number}");
                moved.Remove(name, out var units);
                var told = move.Status is MoveStatus.Done or MoveStatus.AlreadyDone ? move.Units : 0;
                if (units != told) throw world.Broken($"{name} of {told} units moved {units}");
            }
        }

        // Tasks that are long done are forgotten with their moves.
        var carried = history.Facts.Where(f => f.Event is RefillEvent.UnitsCarried)
            .Select(f => (f.Entity.Name, Scan: (RefillEvent.UnitsCarried)f.Event)).ToDictionary(
                f => string.Create(CultureInfo.InvariantCulture, $"refill/{f.Name}/{f.Scan.Move}"),
                f => (long)f.Scan.Units);
        if (moved.FirstOrDefault(m => carried.GetValueOrDefault(m.Key) != m.Value).Key is { } nobodys)
            throw world.Broken($"{nobodys} fills no face");
    }
}
