using System.Collections.Immutable;
using Fulfillment.Shipping;

namespace Fulfillment.Ordering;

// Parcelling: which units are in a parcel with a label. The order alone decides it, so that no unit is in two of them,
// and none leaves by hand while its label goes with the parcel.
public sealed partial record Order
{
    /// <summary>Parcels of one order that have, or had, a label.</summary>
    public const int MaxParcels = 1_000;

    static Decision<OrderEvent> PutInParcel(Order order, OrderCommand.PutInParcel c)
    {
        if (order.Find(c.Fulfilment) is not { } fulfilment) return Told(FulfilStatus.UnknownFulfilment);
        var known = order.ParcelOf(c.Parcel);
        if (known?.Label >= c.Label) return Told(FulfilStatus.AlreadyDone);
        var asked = c.Lines.IsDefault ? [] : c.Lines;
        if (order.FaultOfLeaving(fulfilment, asked, c.Address) is { } fault) return Told(fault);
        if (order.Beside(fulfilment, asked, c.Parcel) is { } other) return Told(FulfilStatus.InParcel, other);
        if (known is null && order.Parcels.Length >= MaxParcels) return Told(FulfilStatus.TooManyOperations);

        return new(
            new FulfilReply(FulfilStatus.Done, null),
            new OrderEvent.UnitsParcelled(new(c.Parcel, c.Label, c.Fulfilment, asked, c.Address)));
    }

    static Decision<OrderEvent> Told(FulfilStatus status, string? parcel = null) =>
        new(new FulfilReply(status, null, parcel));

    /// <summary>What was never put in is noted, too: it may be told later.</summary>
    static Decision<OrderEvent> TakeFromParcel(Order order, OrderCommand.TakeFromParcel c)
    {
        if (order.Placed is null) return new(Done.It);
        var known = order.ParcelOf(c.Parcel);
        var isOver = known is null ? order.Parcels.Length >= MaxParcels
            : known.Label > c.Label || (known.Label == c.Label && known.Lines.IsEmpty);
        return isOver ? new(Done.It) : new(Done.It, new OrderEvent.UnitsUnparcelled(c.Parcel, c.Label));
    }

    /// <summary>Those parcels; of one that has left, or lost its label, without units.</summary>
    public ImmutableArray<ParcelledUnits> Parcels => Parcelled.IsDefault ? [] : Parcelled;

    /// <summary>A number for whom and where an order goes to: another one where either is.</summary>
    public static long AddressOf(OrderEvent.OrderPlaced placed) =>
        Fingerprint.Of("address", $"{placed.ShipTo}", placed.Buyer?.Subject, placed.Buyer?.Sealed);

    /// <summary>
    /// Parcels whose labels nobody wants any more: they name another address, or units that the order has not got now.
    /// Of two that share what is left, the later one.
    /// </summary>
    public IEnumerable<ParcelledUnits> Unwanted
    {
        get
        {
            Dictionary<(int, string), long> taken = [];
            foreach (var parcel in Parcels.Where(p => !p.Lines.IsEmpty))
            {
                var lines = Fulfilments[parcel.Fulfilment - 1].Lines;
                var sums = parcel.Lines.GroupBy(l => (parcel.Fulfilment, l.Line)).ToDictionary(
                    g => g.Key, g => taken.GetValueOrDefault(g.Key) + g.Sum(u => (long)u.Units));
                if (IsElsewhere(parcel.Address)
                    || sums.Any(s => s.Value > lines.First(l => l.Line == s.Key.Line).Open)) yield return parcel;
                else foreach (var (line, sum) in sums) taken[line] = sum;
            }
        }
    }

    bool IsElsewhere(long address) => address != 0 && address != AddressOf(Placed!);

    /// <summary>Whether a label names an address that the order has no more: its parcel does not leave.</summary>
    bool IsMisaddressed(string? parcel) =>
        parcel is not null && ParcelOf(parcel) is { Lines.IsEmpty: false } held && IsElsewhere(held.Address);

    /// <summary>Where units went, or the address changed, the labels that are for nothing now are given up.</summary>
    Send[] ToParcels(OrderEvent happened, EntityId self) => Parcels.IsEmpty || happened is not
        (OrderEvent.OrderCancelled or OrderEvent.OrderEdited or OrderEvent.FulfilmentMoved
            or OrderEvent.InterceptAnswered or OrderEvent.GoodsShipped) ? [] : GivenUp(self);

    Send[] GivenUp(EntityId self) =>
    [
        .. Unwanted.Select(p => new Send(
            self.Sibling(ParcelCalls.Kind, p.Parcel),
            new ParcelCommand.Withdraw(
                p.Label, IsElsewhere(p.Address) ? FulfilStatus.OtherAddress
                    : FaultOfUnits(Fulfilments[p.Fulfilment - 1], p.Lines) ?? FulfilStatus.MoreThanOpen))),
    ];

    ParcelledUnits? ParcelOf(string parcel) => Parcels.FirstOrDefault(p => p.Parcel == parcel);

    /// <summary>
    /// Another parcel that has some of the units, where there are not enough beside it; null where there are.
    /// </summary>
    string? Beside(Fulfilment fulfilment, ImmutableArray<LineUnits> units, string? parcel)
    {
        foreach (var line in units.GroupBy(u => u.Line))
        {
            var others = Parcels.Where(p => p.Parcel != parcel && p.Of(fulfilment.Number, line.Key) > 0).ToArray();
            if (others.Length == 0) continue;
            var left = fulfilment.Lines.First(l => l.Line == line.Key).MayLeave
                - others.Sum(p => (long)p.Of(fulfilment.Number, line.Key));
            if (line.Sum(u => (long)u.Units) > left) return others[0].Parcel;
        }

        return null;
    }

    /// <summary>
    /// The refusal of units that are in another parcel; null where they are not, or where the parcel that leaves was
    /// told that it has them: of two that have more than is left now, the first that leaves has it.
    /// </summary>
    Decision<OrderEvent>? InParcel(
        Fulfilment fulfilment, ImmutableArray<LineUnits> units, Turn turn, string? parcel = null) =>
        (parcel is null || ParcelOf(parcel) is not { Lines.IsEmpty: false })
            && Beside(fulfilment, units, parcel) is { } other
            ? new(new FulfilReply(FulfilStatus.InParcel, Reply(turn.Version), other)) : null;

    /// <summary>The order after units came into a parcel, or are in it no more.</summary>
    Order Regroup(OrderEvent happened) => happened switch
    {
        OrderEvent.UnitsParcelled e => With(e.Units),
        OrderEvent.UnitsUnparcelled e => With(new(e.Parcel, e.Label, ParcelOf(e.Parcel)?.Fulfilment ?? 0, [])),
        OrderEvent.GoodsShipped { Parcel: { } parcel } when ParcelOf(parcel) is { } left =>
            With(left with { Lines = [] }),
        _ => this,
    };

    Order With(ParcelledUnits units) => this with
    {
        Parcelled = ParcelOf(units.Parcel) is { } before ? Parcels.Replace(before, units) : Parcels.Add(units),
    };
}
