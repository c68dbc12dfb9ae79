using Fulfillment.Counting;
using Fulfillment.Inventory;
using Fulfillment.Sensing;

namespace Fulfillment.Simulation;

/// <summary>
/// Counts and SKUs agree: what lines say they posted is what was corrected for them, each part once, and
/// none that was declined. Sensors wait for counts that are open, and for no others.
/// </summary>
public sealed class Counted : IChecker
{
    /// <inheritdoc/>
    public void Check(World world, History history)
    {
        Dictionary<(EntityId Sku, string Line), long> corrected = [];
        HashSet<(EntityId Sku, string Id)> ids = [];
        HashSet<(EntityId Sku, string Id)> declined = [];
        foreach (var fact in history.Facts)
        {
            if (fact.Event is SkuEvent.CorrectionDeclined no) declined.Add((fact.Entity, no.Id));
            if (fact.Event is not SkuEvent.StockAdjusted { Count: not null } e) continue;
            if (!ids.Add((fact.Entity, e.Id))) throw world.Broken($"{fact.Entity} made {e.Id} twice");
            var line = (fact.Entity, string.Join('/', e.Id.Split('/').Take(3)));
            corrected[line] = corrected.GetValueOrDefault(line) + e.Delta;
        }

        if (ids.Intersect(declined).FirstOrDefault() is { Id: not null } both)
            throw world.Broken($"{both.Sku} declined {both.Id}, and made it");
        foreach (var (id, count) in history.States(CountingCalls.Kind, CountingJson.Default.CycleCount))
        {
            if (count.Sheet is not { } sheet) continue;
            if (!sheet.IsSettled) throw world.Broken($"{id} waits for a SKU for ever");
            foreach (var line in sheet.Lines)
            {
                var sku = id.Sibling(InventoryCalls.Kind, line.Judged.Sku);
                corrected.Remove((sku, $"count/{id.Name}/{line.Number}"), out var units);
                if (units != line.Posted)
                    throw world.Broken($"{id} posted {line.Posted} of {sku}, which corrected {units}");
            }
        }

        foreach (var (id, sensor) in history.States(SensingCalls.Kind, SensingJson.Default.Sensor))
        {
            foreach (var task in sensor.Tasks)
            {
                var count = id.Sibling(CountingCalls.Kind, task.Count);
                var sheet = history.States(CountingCalls.Kind, CountingJson.Default.CycleCount)
                    .FirstOrDefault(c => c.Id == count).State?.Sheet;
                if (sheet?.State is not (CountState.Open or CountState.Waiting))
                    throw world.Broken($"{id} waits for {count}, which is {sheet?.State}");
            }
        }

        if (corrected.Keys.FirstOrDefault() is { Line: not null } nobodys)
            throw world.Broken($"{nobodys.Sku} corrected {nobodys.Line}, which no count has");
    }
}
