using Fulfillment.Inventory;
using Fulfillment.Purchasing;

namespace Fulfillment.Client.Api;

/// <summary>A line's supply as it would be: at another time, with other units; null: as it is.</summary>
readonly record struct SupplyChange(DateTimeOffset? At, long? Units);

/// <summary>A supply of a SKU that would be changed.</summary>
readonly record struct ChangedSupply(string Line, string Sku, string? Shipment, SupplyChange Change);

/// <summary>Which customers' orders a change of a purchase order moves: asked of its SKUs.</summary>
static class PurchaseImpacts
{
    /// <summary>
    /// The supplies that change with the open lines. What a shipment has announced keeps its time, and is the last to
    /// become less.
    /// </summary>
    public static IReadOnlyList<ChangedSupply> Of(Purchase p, Func<PurchaseLine, SupplyChange?> change)
    {
        List<ChangedSupply> changed = [];
        foreach (var line in p.Lines)
        {
            if (line.Open == 0 || change(line) is not { } wanted) continue;
            var left = wanted.Units;
            foreach (var supply in line.Supplies.OrderBy(s => s.Shipment is null).ThenBy(s => s.At))
            {
                if (supply.Units == 0) continue;
                var units = left is { } most ? Math.Min(most, supply.Units) : (long?)null;
                left -= units;
                if (left > 0 && supply.Shipment is null) units += left;
                var at = supply.Shipment is null ? wanted.At : null;
                if (at is not null || (units is { } u && u != supply.Units))
                    changed.Add(new(line.Ordered.Id, line.Ordered.Sku, supply.Shipment, new(at, units)));
            }
        }

        return changed;
    }

    /// <summary>Who would move, supply by supply; those that move nobody are left out.</summary>
    public static async ValueTask<IReadOnlyList<ImpactBody>> Ask(
        Seat seat, string order, IReadOnlyList<ChangedSupply> changed, CancellationToken cancel)
    {
        List<ImpactBody> moved = [];
        foreach (var (line, sku, shipment, change) in changed)
        {
            var id = Purchase.SupplyId(order, line, shipment);
            var units = change.Units is { } u ? (int?)Math.Min(u, int.MaxValue) : null;
            var reply = await seat.Sku(sku).Impact(new(id, units, change.At), cancel);
            if (reply is { Status: SupplyStatus.Done, Orders: > 0 }) moved.Add(SuppliesApi.Body(sku, id, reply));
        }

        return moved;
    }

    /// <summary>The order once every SKU has answered; as it is when that takes longer than the caller waits.</summary>
    public static Task<PurchaseReply> Settled(IPurchaseOrder order, PurchaseReply now, TimeSpan wait) =>
        now.Purchase is { IsSettled: false } ? Deadline.Or(wait, now, order.Settled) : Task.FromResult(now);
}
