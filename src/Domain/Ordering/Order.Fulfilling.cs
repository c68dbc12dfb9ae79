using System.Collections.Immutable;
using Fulfillment.Inventory;

namespace Fulfillment.Ordering;

// Fulfilling: goods leave the nodes and arrive.
public sealed partial record Order
{
    static Decision<OrderEvent> Start(Order order, OrderCommand.StartWork c, Turn turn)
    {
        if (order.Find(c.Fulfilment) is not { } fulfilment)
            return order.Fulfilled(FulfilStatus.UnknownFulfilment, turn);
        if (order.Repeats(c.Id, ContentOfStart(c.Fulfilment)) is { } same)
            return order.Fulfilled(same ? FulfilStatus.AlreadyDone : FulfilStatus.DifferentContent, turn);
        if (fulfilment.StartedAt is not null) return order.Fulfilled(FulfilStatus.AlreadyDone, turn);
        if (fulfilment.Lines.All(l => l.Open == 0)) return order.Fulfilled(FulfilStatus.NothingOpen, turn);
        if (order.IsStopped || fulfilment.Paused is not null) return order.Fulfilled(FulfilStatus.OnHold, turn);
        if (fulfilment.NotBefore > turn.Now) return order.Fulfilled(FulfilStatus.Scheduled, turn);
        if (order.Operations.Length >= MaxOperations) return order.Fulfilled(FulfilStatus.TooManyOperations, turn);

        return order.Fulfilled(FulfilStatus.Done, turn, new OrderEvent.FulfilmentStarted(
            c.Id, c.Fulfilment, turn.Now, fulfilment.Lines.Sum(l => (long)l.Open)));
    }

    static Decision<OrderEvent> Ship(Order order, OrderCommand.Ship c, Turn turn)
    {
        if (order.Find(c.Fulfilment) is not { } fulfilment)
            return order.Fulfilled(FulfilStatus.UnknownFulfilment, turn);
        var asked = c.Lines.IsDefault ? [] : c.Lines;
        if (order.Repeats(c.Id, ContentOf(c.Fulfilment, asked, c.Carrier, c.TrackingNumber, c.Boxes)) is { } same)
            return order.Fulfilled(same ? FulfilStatus.AlreadyDone : FulfilStatus.DifferentContent, turn);
        if (FaultOfUnits(fulfilment, asked) is { } fault) return order.Fulfilled(fault, turn);
        if (order.IsMisaddressed(c.Parcel)) return order.Fulfilled(FulfilStatus.OtherAddress, turn);
        FulfilStatus? waits = order.IsStopped || fulfilment.Paused is not null ? FulfilStatus.OnHold
            : fulfilment.NotBefore > turn.Now ? FulfilStatus.Scheduled : null;
        // A label that is not wanted waits for nothing.
        if (waits is { } why)
            return order.Fulfilled(
                order.Unwanted.Any(p => p.Parcel == c.Parcel) ? FulfilStatus.MoreThanOpen : why, turn);
        if (fulfilment.IsAtBench && c.Boxes.IsDefaultOrEmpty) return order.Fulfilled(FulfilStatus.AtBench, turn);
        if (IsIntercepted(fulfilment, asked)) return order.Fulfilled(FulfilStatus.Intercepted, turn);
        ImmutableArray<LineUnits> leaving = asked.IsEmpty
            ? [.. from l in fulfilment.Lines where l.MayLeave > 0 select new LineUnits(l.Line, l.MayLeave)]
            : [.. from a in asked group a by a.Line into g select new LineUnits(g.Key, g.Sum(a => a.Units))];
        if (order.InParcel(fulfilment, leaving, turn, c.Parcel) is { } inParcel) return inParcel;
        if (!order.IsPicked(fulfilment, leaving, c.Seen)) return order.Fulfilled(FulfilStatus.NotPicked, turn);
        if (order.Operations.Length >= MaxOperations) return order.Fulfilled(FulfilStatus.TooManyOperations, turn);

        return order.Fulfilled(FulfilStatus.Done, turn, order.Conclude(new OrderEvent.GoodsShipped(
            c.Id, c.Fulfilment, turn.Now, asked, leaving, c.Carrier, c.TrackingNumber, c.Boxes, c.Parcel), turn));
    }

    /// <summary>Whether units are not there to be shipped at all; null when they are.</summary>
    static FulfilStatus? FaultOfUnits(Fulfilment fulfilment, ImmutableArray<LineUnits> asked)
    {
        if (asked.Any(a => fulfilment.Lines.All(l => l.Line != a.Line))) return FulfilStatus.UnknownLine;
        if (asked.Any(a => a.Units <= 0)) return FulfilStatus.QuantityNotPositive;
        if (fulfilment.Lines.All(l => l.Open == 0)) return FulfilStatus.NothingOpen;
        return IsMore(fulfilment, asked, l => l.Open) ? FulfilStatus.MoreThanOpen : null;
    }

    static bool IsIntercepted(Fulfilment fulfilment, ImmutableArray<LineUnits> asked) =>
        fulfilment.Lines.All(l => l.MayLeave <= 0) || IsMore(fulfilment, asked, l => l.MayLeave);

    static bool IsMore(Fulfilment fulfilment, ImmutableArray<LineUnits> asked, Func<FulfilmentLine, int> most)
    {
        var there = fulfilment.Lines.ToDictionary(l => l.Line, most);
        return asked.GroupBy(a => a.Line).Any(g => g.Sum(a => (long)a.Units) > there[g.Key]);
    }

    static Decision<OrderEvent> MayLeave(Order order, OrderCommand.MayLeave c) => Told(
        order.Find(c.Fulfilment) is not { } fulfilment ? FulfilStatus.UnknownFulfilment
            : order.FaultOfLeaving(fulfilment, c.Lines.IsDefault ? [] : c.Lines) ?? FulfilStatus.Done);

    /// <summary>
    /// Why units may not leave, to an address (<see cref="AddressOf"/>; 0 for not known); null when they may.
    /// </summary>
    FulfilStatus? FaultOfLeaving(Fulfilment fulfilment, ImmutableArray<LineUnits> asked, long address = 0)
    {
        if (FaultOfUnits(fulfilment, asked) is { } fault) return fault;
        if (IsElsewhere(address)) return FulfilStatus.OtherAddress;
        if (IsStopped || fulfilment.Paused is not null) return FulfilStatus.OnHold;
        return IsIntercepted(fulfilment, asked) ? FulfilStatus.Intercepted : null;
    }

    static Decision<OrderEvent> Deliver(Order order, OrderCommand.Deliver c, Turn turn)
    {
        if (order.Find(c.Fulfilment) is not { } fulfilment)
            return order.Fulfilled(FulfilStatus.UnknownFulfilment, turn);
        if (order.Repeats(c.Id, ContentOf(c.Fulfilment, c.Shipment)) is { } same)
            return order.Fulfilled(same ? FulfilStatus.AlreadyDone : FulfilStatus.DifferentContent, turn);
        var shipment = c.Shipment is null ? null : fulfilment.Shipments.FirstOrDefault(s => s.Id == c.Shipment);
        if (c.Shipment is not null && shipment is null) return order.Fulfilled(FulfilStatus.UnknownShipment, turn);
        ImmutableArray<LineUnits> arriving = fulfilment.Arriving(shipment);
        if (arriving.IsEmpty) return order.Fulfilled(FulfilStatus.NothingOpen, turn);
        if (order.Operations.Length >= MaxOperations) return order.Fulfilled(FulfilStatus.TooManyOperations, turn);

        var last = order.Progress.Delivered + arriving.Sum(l => (long)l.Units) == order.Progress.Live;
        return order.Fulfilled(FulfilStatus.Done, turn, new OrderEvent.GoodsDelivered(
            c.Id, c.Fulfilment, turn.Now, arriving, last ? turn.Now + CloseAfter : null, c.Shipment));
    }

    /// <summary>Units that must be named before they leave were picked, those that left already apart.</summary>
    bool IsPicked(Fulfilment fulfilment, ImmutableArray<LineUnits> leaving, ImmutableArray<SkuStanding> seen)
    {
        foreach (var demand in Demands)
        {
            var standing = (seen.IsDefault ? null : seen.FirstOrDefault(s => s.Sku == demand.Sku)?.Standing)
                is { } told && told.Version > demand.Standing.Version ? told : demand.Standing;
            if (!standing.Named) continue;
            var units = fulfilment.Lines.Where(l => l.Sku == demand.Sku)
                .Sum(l => leaving.Where(u => u.Line == l.Line).Sum(u => (long)u.Units));
            var picked = standing.Picked.IsDefault ? 0
                : standing.Picked.FirstOrDefault(p => p.Node == fulfilment.Node).Units;
            if (units > 0 && units > picked - demand.ToShip.FirstOrDefault(s => s.Node == fulfilment.Node).Units)
                return false;
        }

        return true;
    }

    Fulfilment? Find(int number) => number >= 1 && number <= Fulfilments.Length ? Fulfilments[number - 1] : null;

    Decision<OrderEvent> Fulfilled(FulfilStatus status, Turn turn, params OrderEvent[] events)
    {
        var after = events.Aggregate(this, Evolve);
        return new(new FulfilReply(status, after.Reply(turn.Version + events.Length)), events);
    }

    static long ContentOfStart(int fulfilment) => Fingerprint.Of("start", $"{fulfilment}");

    static long ContentOf(int fulfilment, string? shipment) => shipment is null
        ? Fingerprint.Of("deliver", $"{fulfilment}") : Fingerprint.Of("deliver", $"{fulfilment}", shipment);

    static long ContentOf(OrderEvent.GoodsShipped e) =>
        ContentOf(e.Fulfilment, e.Asked, e.Carrier, e.TrackingNumber, e.Boxes);

    static long ContentOf(
        int fulfilment, ImmutableArray<LineUnits> lines, string? carrier, string? trackingNumber,
        ImmutableArray<string> boxes) => boxes.IsDefaultOrEmpty
        ? Fingerprint.Of("ship", $"{fulfilment}", TextOf(lines), carrier, trackingNumber)
        : Fingerprint.Of(
            "ship", $"{fulfilment}", TextOf(lines), carrier, trackingNumber, string.Join('\n', boxes));

    static string TextOf(ImmutableArray<LineUnits> lines) =>
        string.Join('\n', lines.Select(l => $"{l.Line}\t{l.Units}"));

    Order Open(ImmutableArray<NewFulfilment> opened)
    {
        List<LineUnits> lines = new(1);
        List<(string, string, int)> units = new(1);
        foreach (var fulfilment in opened)
        {
            foreach (var (line, sku, n) in fulfilment.Lines)
            {
                lines.Add(new(line, n));
                units.Add((sku, fulfilment.Node, n));
            }
        }

        return Change([.. lines], (l, n) => l with { Placed = l.Placed + n }) with
        {
            Fulfilments = Fulfilments.AddRange(ImmutableArray.CreateRange(opened, o => Fulfilment.Of(o) with
            {
                Promise = Sourcing?.Legs.FirstOrDefault(l => l.Node == o.Node)?.Promise,
                Pinned = IsPinned(o),
            })),
            Demands = PlaceAt([.. units], (d, at) => d with
            {
                Placed = Units.Plus(d.Placed, at),
                Pinned = d.Pinned.IsEmpty ? [] : PositiveOf(
                    Units.Minus(d.Pinned, [.. at.Where(a => d.Pinned.Any(p => p.Node == a.Node))])),
            }),
            // From now on it is the fulfilment orders that have the room.
            Sourcing = Sourcing is { Legs.IsEmpty: false } ? Sourcing with { Legs = [] } : Sourcing,
        };
    }

    /// <summary>Somebody gave units of it to that node by hand.</summary>
    bool IsPinned(NewFulfilment opened) =>
        opened.Lines.Any(l => Demands[Find(l.Sku)].Pinned.Any(p => p.Node == opened.Node));

    Order Begin(OrderEvent.FulfilmentStarted e) => this with
    {
        Fulfilments = Fulfilments.SetItem(
            e.Fulfilment - 1, Fulfilments[e.Fulfilment - 1].Start(e.At)),
    };

    Order Leave(OrderEvent.GoodsShipped e)
    {
        var fulfilment = Fulfilments[e.Fulfilment - 1];
        var skus = fulfilment.Lines.ToDictionary(l => l.Line, l => l.Sku);
        return Change(e.Lines, (l, n) => l with { Shipped = l.Shipped + n }) with
        {
            Fulfilments = Fulfilments.SetItem(e.Fulfilment - 1, fulfilment.Ship(e)),
            Demands = PlaceAt([.. e.Lines.Select(l => (skus[l.Line], fulfilment.Node, l.Units))],
                (d, at) => d with { ToShip = Units.Plus(d.ToShip, at) }),
        };
    }

    Order Arrive(OrderEvent.GoodsDelivered e) =>
        Change(e.Lines, (l, n) => l with { Delivered = l.Delivered + n }) with
        {
            Fulfilments = Fulfilments.SetItem(e.Fulfilment - 1, Fulfilments[e.Fulfilment - 1].Deliver(e)),
        };

    /// <summary>The demands after units at nodes changed their place, each demand touched once.</summary>
    ImmutableArray<Demand> PlaceAt(
        (string Sku, string Node, int Units)[] units, Func<Demand, ImmutableArray<NodeUnits>, Demand> change)
    {
        if (units is [var (sku, node, count)])
            return Demands.SetItem(Find(sku), change(Demands[Find(sku)], [new(node, count)]));
        var demands = Demands.ToBuilder();
        foreach (var group in units.GroupBy(u => u.Sku))
        {
            var at = group.GroupBy(u => u.Node).OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new NodeUnits(g.Key, g.Sum(u => (long)u.Units)));
            var index = Find(group.Key);
            demands[index] = change(demands[index], [.. at]);
        }

        return demands.MoveToImmutable();
    }
}
