using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Packing;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>What a bench has to know of a fulfilment order before it packs: how large it is, and which boxes.</summary>
static class PackBench
{
    /// <summary>SKUs that are asked at the same time.</summary>
    const int AskedAtOnce = 32;

    /// <summary>The order's fulfilment order as it is now; throws when there is none.</summary>
    public static async ValueTask<(string Order, int Number, OrderReply Reply, PackSight Sight)> Look(
        Seat seat, string id, CancellationToken cancel)
    {
        if (OrderBodies.Parse(id) is not var (order, number)) throw new ProblemException(FulfilmentsApi.Unknown(id));
        var reply = await seat.Order(order).Get(cancel);
        return PackSight.Of(reply, number) is { } sight ? (order, number, reply!, sight)
            : throw new ProblemException(FulfilmentsApi.Unknown(id));
    }

    /// <summary>The goods, and the boxes that would do; no boxes where nobody can tell, and why.</summary>
    public static async ValueTask<PackTerms> Terms(
        Seat seat, string order, int number, Fulfilment fulfilment, CancellationToken cancel)
    {
        var cards = await PapersApi.Cards(seat, fulfilment.Lines.Select(l => l.Sku), cancel);
        ImmutableArray<PackLine> goods =
        [
            .. from l in fulfilment.Lines
               group l.MayLeave by l.Sku into g
               let units = g.Sum()
               where units > 0
               select PackLines.Of(g.Key, units, cards.GetValueOrDefault(g.Key)?.Product),
        ];
        var boxes = (await seat.Boxes(fulfilment.Node).Get(cancel)).Boxes;
        var plan = goods.IsEmpty ? new(PackStatus.Packed, []) : Cartonizer.Plan(
            new(goods, [.. boxes.Select(b => b.Box)]), cancel);
        var isPlanned = plan.Status == PackStatus.Packed;
        return new(
            order, number, fulfilment.Node, goods,
            [
                .. plan.Boxes.Select(b => new PlannedBox(
                    b.Box.Id,
                    [
                        .. b.Items.GroupBy(i => i.Id).OrderBy(g => g.Key, StringComparer.Ordinal)
                            .Select(g => new PackedUnits(g.Key, g.Count())),
                    ],
                    b.GrossGrams, b.DimGrams, b.BillableGrams, b.FillBasisPoints)),
            ],
            isPlanned ? null : plan.Status, isPlanned ? null : plan.Line);
    }

    /// <summary>Whether the node has such a bench; where its layout has no packing zones, anything is one.</summary>
    public static async ValueTask<bool> HasBench(Seat seat, string node, string station, CancellationToken cancel)
    {
        var zones = (await seat.Layout(node).Plan(cancel)).Zones.Where(z => z.Kind == ZoneKind.Packing).ToList();
        return zones.Count == 0 || zones.Exists(z => z.Id == station);
    }

    /// <summary>Where units lie that are picked for the order at the node and in no box, by SKU.</summary>
    public static async ValueTask<Dictionary<string, List<PackSourceBody>>> Sources(
        Seat seat, PackSheet s, CancellationToken cancel)
    {
        Dictionary<string, List<PackSourceBody>> sources = [];
        foreach (var some in s.Sight.Lines.Select(l => l.Sku).Distinct().Chunk(AskedAtOnce))
        {
            var told = await Task.WhenAll(some.Select(
                sku => Picked(seat, s.Terms.Order, s.Terms.Node, sku, cancel).AsTask()));
            for (var i = 0; i < some.Length; i++) sources[some[i]] = told[i];
        }

        return sources;
    }

    /// <summary>Where units of a SKU lie that are picked for the order at the node and in no box.</summary>
    public static async ValueTask<List<PackSourceBody>> Picked(
        Seat seat, string order, string node, string sku, CancellationToken cancel)
    {
        var slots = await seat.Cluster.Ask(
            EntityId.Of(InventoryCalls.Kind, seat.Seller, sku), new SkuCommand.GetSlots(node), seat.Origin, cancel);
        return
        [
            .. slots.Slots.Where(x => x.Order == order && !x.Packed).Select(x => new PackSourceBody(
                x.Lpn, x.Bin, x.Lot, x.Serials.IsDefault ? null : x.Serials, x.Units)),
        ];
    }
}
