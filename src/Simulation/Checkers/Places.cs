using Fulfillment.Catalog;
using Fulfillment.Inventory;
using Fulfillment.Warehousing;

namespace Fulfillment.Simulation;

/// <summary>
/// All that is on a carrier is where it is, and what stands on it too; no number was issued twice; nothing lies in a
/// bin that was removed.
/// </summary>
public sealed class Places : IChecker
{
    /// <inheritdoc/>
    public void Check(World world, History history)
    {
        var plates = history.States(PlateCalls.Kind, LicensePlateJson.Default.LicensePlate)
            .Where(p => p.State.Plate is not null).ToDictionary(p => p.Id.Name, p => p.State.Plate!);
        foreach (var (lpn, plate) in plates) Check(world, lpn, plate, plates);
        foreach (var (id, sku) in history.Skus)
        {
            foreach (var slot in sku.Slots.IsDefault ? [] : sku.Slots)
            {
                if (slot.Lpn is null || !plates.TryGetValue(slot.Lpn, out var plate)) continue;
                if (slot.Node != plate.Card.Node || slot.Bin != plate.Bin || !plate.Skus.Contains(id.Name))
                    throw world.Broken($"{id} has {slot} on {slot.Lpn}, which is at {plate.Bin}");
            }
        }

        var issued = history.Facts.Select(f => f.Event).OfType<SsccRangeEvent.SsccIssued>().ToList();
        if (issued.Select(e => e.Sscc).Distinct().Count() < issued.Count)
            throw world.Broken("an SSCC was issued twice");
        CheckBins(world, history);
    }

    static void Check(World world, string lpn, Plate plate, Dictionary<string, Plate> plates)
    {
        if (!plate.IsSettled) throw world.Broken($"{lpn} waits for ever: {plate}");
        if (plate.Parent is { } parent && (plates[parent].Bin != plate.Bin || !plates[parent].Carries.Contains(lpn)))
            throw world.Broken($"{lpn} is at {plate.Bin}, but stands on {parent}, which is at {plates[parent].Bin}");
        if (plate.Carries.FirstOrDefault(c => plates[c].Parent != lpn) is { } other)
            throw world.Broken($"{lpn} carries {other}, which stands on {plates[other].Parent}");
    }

    static void CheckBins(World world, History history)
    {
        var there = history.States(LayoutCalls.Kind, LayoutJson.Default.Layout)
            .SelectMany(l => l.State.Bins.Keys.Select(bin => (Node: l.Id.Name, Bin: bin))).ToHashSet();
        foreach (var (id, sku) in history.Skus)
        {
            if (sku.Slots.IsDefault) continue;
            if (sku.Slots.FirstOrDefault(s => s.Bin?.StartsWith(Placing.Prefix, StringComparison.Ordinal) == true
                && !there.Contains((s.Node, s.Bin))) is { } lost)
                throw world.Broken($"{id} has {lost} in a bin that was removed");
        }
    }
}
