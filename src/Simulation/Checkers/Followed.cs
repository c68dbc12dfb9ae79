using Fulfillment.Composition;
using Fulfillment.Ordering;
using Fulfillment.Shipping;

namespace Fulfillment.Simulation;

/// <summary>
/// What carriers have seen is known in the end, whatever they told by themselves; no parcel went back; each is where
/// the same events lead in any order; an exception is one case; and goods arrive at their order with their parcel.
/// </summary>
public sealed class Followed : IChecker
{
    static readonly Milestone[] Way =
    [
        Milestone.Labelled, Milestone.HandedOver, Milestone.InTransit, Milestone.OutForDelivery, Milestone.Returning,
        Milestone.Lost, Milestone.Delivered, Milestone.Returned,
    ];

    /// <inheritdoc/>
    public void Check(World world, History history)
    {
        foreach (var (id, parcel) in history.States(ParcelCalls.Kind, ParcelJson.Default.Parcel))
        {
            if (parcel.Sheet is { Label: { } label } sheet) Known(world, id, sheet, label);
            if (parcel.Trail is { IsOn: true }) throw world.Broken($"{id} is still asked for");
        }

        foreach (var parcel in history.Facts.Where(f => f.Event is ParcelEvent).GroupBy(f => f.Entity))
        {
            NeverBack(world, parcel.Key, [.. parcel.Select(f => (ParcelEvent)f.Event)]);
            OneCase(world, parcel.Key, [.. parcel.Select(f => f.Event).OfType<ParcelEvent.CaseOpened>()]);
        }

        Arrived(world, history);
    }

    static void Known(World world, EntityId id, ParcelSheet sheet, ParcelLabelStep label)
    {
        var truth = world.Post.Ways.Of(label.Terms.Carrier, LabelDesk.KeyOf(id.Key, label.Number));
        var timeline = sheet.Events.IsDefault ? [] : sheet.Events;
        if (truth.FirstOrDefault(e => !timeline.Any((e with { Label = label.Number }).IsSame)) is { } missing)
            throw world.Broken($"{id} was never told {missing}");
        var ours = timeline.Where(e => e.Code == Parcel.HandOver && e.Label == label.Number);
        var expected = truth.Concat(ours).Reverse().Aggregate(
            ParcelProgress.Labelled(label.BoughtAt!.Value), (p, e) => p.After(e));
        if (sheet.Progress != expected) throw world.Broken($"{id} is {sheet.Progress} and should be {expected}");
    }

    static void NeverBack(World world, EntityId id, IReadOnlyList<ParcelEvent> events)
    {
        var farthest = 0;
        foreach (var happened in events)
        {
            if (happened is ParcelEvent.LabelBought { Lives: true }) farthest = 0;
            if (happened is not ParcelEvent.ParcelTracked { Now: { } now } || now == Milestone.Exception) continue;
            // Delivered and returned are both the end.
            var rank = Math.Min(Array.IndexOf(Way, now), Array.IndexOf(Way, Milestone.Delivered));
            if (rank < farthest) throw world.Broken($"{id} went back to {now}");
            farthest = rank;
        }
    }

    static void OneCase(World world, EntityId id, IReadOnlyList<ParcelEvent.CaseOpened> opened)
    {
        var twice = opened.Select(o => o.Case).GroupBy(c => c.Reason switch
        {
            CaseReason.Lost or CaseReason.Returning or CaseReason.Returned or CaseReason.VoidLabel =>
                (c.Label, c.Reason, default(DateTimeOffset)),
            _ => (c.Label, c.Reason, c.Since),
        }).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null) throw world.Broken($"{id} has two cases for {twice.Key}");
    }

    static void Arrived(World world, History history)
    {
        var orders = history.Orders.ToDictionary(o => o.Id, o => o.State);
        HashSet<string> delivered =
        [
            .. history.Facts.Where(f => f.Event is ParcelEvent.ParcelTracked { Now: Milestone.Delivered })
                .Select(f => Parcel.ShipmentOf(f.Entity.Name)),
        ];
        foreach (var fact in history.Facts)
            if (fact.Event is OrderEvent.GoodsDelivered { Shipment: { } shipment }
                && !delivered.Contains(shipment.Split('/')[0]))
                throw world.Broken($"{shipment} has arrived at {fact.Entity}, and its parcel has not");
        foreach (var (id, parcel) in history.States(ParcelCalls.Kind, ParcelJson.Default.Parcel))
        {
            if (parcel.Sheet is not { Progress.Reached: Milestone.Delivered } sheet) continue;
            var order = orders[id.Sibling(OrderingCalls.Kind, sheet.Terms.Order)];
            var left = order.Fulfilments.SelectMany(f => f.Shipments)
                .FirstOrDefault(s => s.Id == Parcel.ShipmentOf(id.Name, sheet.Leave?.Attempt ?? 1));
            if (left is { DeliveredAt: null } && order.Operations.Length < Order.MaxOperations)
                throw world.Broken($"{id} is delivered, and {sheet.Terms.Order} does not know");
        }
    }
}
