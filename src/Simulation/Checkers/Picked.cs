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
            foreach (var scan in sheet.Scans)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"pick/{id.Name}/scan/{scan.Number}");
                taken.Remove(name, out var units);
                var told = scan.Status is PickStatus.Done or PickStatus.AlreadyDone ? scan.Units : 0;
                if (units != told) throw world.Broken($"{name} of {told} units took {units}");
            }
        }

        if (taken.Keys.FirstOrDefault() is { } nobodys) throw world.Broken($"{nobodys} is no list's");
    }
}
