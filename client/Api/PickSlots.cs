using Fulfillment.Inventory;
using Fulfillment.Picking;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>
/// Where units of SKUs lie at a node that nobody has picked, and no list takes: first what is to be sold first; of
/// that, what is in pick faces; of those, where little is left.
/// </summary>
/// <param name="promised">Units that lists take, by where they lie.</param>
sealed class PickSlots(
    Seat seat, string node, IReadOnlyDictionary<(string Sku, string Bin, string? Lot), long> promised)
{
    readonly Dictionary<string, Bin?> _bins = new(StringComparer.Ordinal);

    /// <summary>The places, best first, the units that lie in totes by order, and the SKU's card.</summary>
    public async ValueTask<(List<PickPlace> Free, Dictionary<string, long> Picked, SkuCard? Card)> Of(
        string sku, CancellationToken cancel)
    {
        var at = EntityId.Of(InventoryCalls.Kind, seat.Seller, sku);
        var reply = await seat.Cluster.Ask(at, new SkuCommand.GetSlots(node), seat.Origin, cancel);
        // What may not be sold is not picked.
        var blocked = reply.Lots.Where(l => l.Status != LotStatus.Good).Select(l => l.Id).ToHashSet();
        var slots = reply.Slots.Where(
            s => s is { State: StockState.Available, Order: null, Bin: not null } && s.Node == node
                && (s.Lot is null || !blocked.Contains(s.Lot))).ToList();
        foreach (var bin in slots.Select(s => s.Bin!).Distinct().Where(b => !_bins.ContainsKey(b)))
            _bins[bin] = (await seat.Layout(node).Bin(bin, cancel)).Bin?.Bin;
        var lots = reply.Card?.Tracking?.Lots == true;
        Dictionary<string, int> order = [];
        foreach (var slot in slots) order.TryAdd(slot.Lot ?? "", order.Count);
        // Those with and without serials, or on carriers, are one place.
        var places =
            from slot in slots
            group slot by (Bin: slot.Bin!, slot.Lot) into place
            let units = place.Sum(s => s.Units)
            let left = units - promised.GetValueOrDefault((sku, place.Key.Bin, place.Key.Lot))
            where left > 0
            orderby lots ? order[place.Key.Lot ?? ""] : 0, _bins[place.Key.Bin]?.Role != BinRole.PickFace, units,
                place.Key.Bin
            select new PickPlace(
                place.Key.Bin, place.Key.Lot, (int)Math.Min(int.MaxValue, left), _bins[place.Key.Bin]?.Zone,
                FaceOf(_bins[place.Key.Bin], sku));
        return (
            [.. places],
            reply.Slots.Where(s => s.Node == node && s.Order is not null).GroupBy(s => s.Order!)
                .ToDictionary(g => g.Key, g => g.Sum(s => s.Units)), reply.Card);
    }

    PickFace? FaceOf(Bin? bin, string sku) => bin is not { Role: BinRole.PickFace } ? null
        : bin.Face is { } face && face.Seller == seat.Seller && face.Sku == sku ? new(face.Min, face.Max)
        : bin.Face is null ? new() : null;
}
