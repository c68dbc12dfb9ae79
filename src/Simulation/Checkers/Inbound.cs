using Fulfillment.Inventory;
using Fulfillment.Purchasing;

namespace Fulfillment.Simulation;

/// <summary>
/// Purchase orders, transfers and SKUs agree: what was counted at the dock is what was booked, what is still to come is
/// what is expected, and what has left a node has arrived, was written off, or is in transit from it.
/// </summary>
public sealed class Inbound : IChecker
{
    /// <inheritdoc/>
    public void Check(World world, History history)
    {
        Dictionary<(EntityId Sku, string Supply), long> booked = [];
        foreach (var fact in history.Facts)
        {
            var (supply, units) = fact.Event switch
            {
                SkuEvent.StockReceived { Supply: { } s } e when Purchase.IsPlanned(s) => (s, e.Quantity),
                SkuEvent.StockArrived e => (e.Supply, e.Quantity),
                _ => (null, 0),
            };
            if (supply is null) continue;
            booked[(fact.Entity, supply)] = booked.GetValueOrDefault((fact.Entity, supply)) + units;
        }

        Dictionary<(EntityId Sku, string Supply), (long Units, DateTimeOffset At)> expected = [];
        Dictionary<(EntityId Sku, string Node), long> inTransit = [];
        foreach (var (id, order) in history.States(PurchasingCalls.Kind, PurchasingJson.Default.PurchaseOrder))
            Check(world, id, order.Purchase, booked, expected);
        foreach (var (id, transfer) in history.States(TransferCalls.Kind, TransferJson.Default.Transfer))
            Check(world, id, transfer.Carriage, booked, expected, inTransit);
        if (booked.Keys.FirstOrDefault() is { Supply: not null } nobodys)
            throw world.Broken($"{nobodys.Sku} booked units of {nobodys.Supply}, which is nobody's");
        foreach (var (id, sku) in history.Skus) Check(world, id, sku, expected, inTransit);
        if (expected.Keys.FirstOrDefault() is { Supply: not null } missing)
            throw world.Broken($"{missing.Sku} does not expect {missing.Supply}");
    }

    static void Check(
        World world, EntityId id, Purchase? p, Dictionary<(EntityId, string), long> booked,
        Dictionary<(EntityId, string), (long, DateTimeOffset)> expected)
    {
        if (p is null) return;
        if (!p.IsSettled) throw world.Broken($"{id} waits for a SKU for ever");
        foreach (var line in p.Lines)
        {
            var (sku, units) = (id.Sibling(InventoryCalls.Kind, line.Ordered.Sku), 0L);
            foreach (var told in line.Supplies)
            {
                var supply = Purchase.SupplyId(id.Name, line.Ordered.Id, told.Shipment);
                if (booked.Remove((sku, supply), out var came)) units += came;
                if (told is { Units: > 0, Refused: false }) expected.Add((sku, supply), (told.Units, told.At));
            }

            if (units != line.Received)
                throw world.Broken($"{id} received {line.Received} of {line.Ordered.Sku}, which booked {units}");
        }
    }

    static void Check(
        World world, EntityId id, Carriage? t, Dictionary<(EntityId, string), long> booked,
        Dictionary<(EntityId, string), (long, DateTimeOffset)> expected, Dictionary<(EntityId, string), long> inTransit)
    {
        if (t is null) return;
        if (!t.IsSettled) throw world.Broken($"{id} waits for a SKU for ever");
        foreach (var line in t.Lines)
        {
            var sku = id.Sibling(InventoryCalls.Kind, line.Planned.Sku);
            var supply = Carriage.SupplyId(id.Name, line.Planned.Id);
            booked.Remove((sku, supply), out var units);
            if (units != line.Good + line.Damaged)
                throw world.Broken($"{id} received {line.Good + line.Damaged} of {sku}, which booked {units}");
            if (line.InTransit == 0) continue;
            expected.Add((sku, supply), (line.InTransit, line.At));
            var from = (sku, t.Terms.From);
            inTransit[from] = inTransit.GetValueOrDefault(from) + line.InTransit;
        }
    }

    static void Check(
        World world, EntityId id, Sku sku, Dictionary<(EntityId, string), (long Units, DateTimeOffset At)> expected,
        Dictionary<(EntityId, string), long> inTransit)
    {
        foreach (var node in sku.Nodes)
        {
            if (node.InTransit != inTransit.GetValueOrDefault((id, node.Node)))
                throw world.Broken($"{id} has {node.InTransit} in transit from {node.Node}, which no transfer has");
        }

        foreach (var supply in sku.Supplies.IsDefault ? [] : sku.Supplies)
        {
            if (!Purchase.IsPlanned(supply.Id)) continue;
            if (!expected.Remove((id, supply.Id), out var told) || told != (supply.Units, supply.At))
                throw world.Broken($"{id} expects {supply}, which was told as {told}");
        }
    }
}
