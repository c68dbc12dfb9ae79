using System.Collections.Immutable;
using Fulfillment.Intake;
using Fulfillment.Inventory;

namespace Fulfillment.Purchasing;

// Shipments on their way, and what is counted at the dock.
public sealed partial record PurchaseOrder
{
    static (PurchaseStatus, string?, PurchaseEvent?) Announce(
        Purchase p, PurchaseCommand.Announce c, Operation by)
    {
        var packed = c.Shipment.Packages.SelectMany(b => b.Lines);
        if (Refuse(p, packed.Select(l => l.Line)) is var (refused, subject)) return (refused, subject, null);
        if (p.Shipments.Length >= MaxShipments) return (PurchaseStatus.Full, null, null);

        return (PurchaseStatus.Done, null, new PurchaseEvent.ShipmentAnnounced(by, c.Shipment));
    }

    static (PurchaseStatus, string?, PurchaseEvent?) Receive(
        Purchase p, PurchaseCommand.Receive c, Operation by, Turn turn)
    {
        if (Refuse(p, c.Lines.Select(l => l.Line)) is var (refused, subject)) return (refused, subject, null);
        foreach (var counted in c.Lines)
        {
            if (counted.Shipment is null) continue;
            var shipment = p.Shipments.FirstOrDefault(s => s.Announced.Id == counted.Shipment);
            if (shipment is null) return (PurchaseStatus.UnknownShipment, counted.Shipment, null);
            if (counted.Package is { } package && shipment.Announced.Packages.All(b => b.Id != package))
                return (PurchaseStatus.UnknownPackage, package, null);
            if (shipment.Finished) return (PurchaseStatus.ShipmentFinished, counted.Shipment, null);
        }

        if (OverTolerance(p, c) is { } over) return (PurchaseStatus.OverTolerance, over, null);
        if (p.Receipts.Sum(r => (long)r.Lines.Length) + c.Lines.Length > MaxReceiptLines)
            return (PurchaseStatus.Full, null, null);

        return (PurchaseStatus.Done, null, new PurchaseEvent.GoodsReceived(by, c.Id, turn.Now, c.Lines, c.Over));
    }

    /// <summary>The first line of which more came than the tolerance allows; null for none.</summary>
    static string? OverTolerance(Purchase p, PurchaseCommand.Receive c)
    {
        if (p.Terms.TolerancePercent is not { } percent) return null;
        foreach (var counted in c.Lines.GroupBy(l => l.Line))
        {
            var line = p.Line(counted.Key)!;
            var came = line.Received + counted.Sum(l => (long)l.Quantity);
            if (came * 100 > line.Quantity * (100L + percent)) return counted.Key;
        }

        return null;
    }

    static (PurchaseStatus, string?, PurchaseEvent?) FinishShipment(
        Purchase p, PurchaseCommand.FinishShipment c, Operation by)
    {
        if (p.Shipments.FirstOrDefault(s => s.Announced.Id == c.Shipment) is not { } shipment)
            return (PurchaseStatus.UnknownShipment, c.Shipment, null);
        if (shipment.Finished) return (PurchaseStatus.ShipmentFinished, c.Shipment, null);

        return (PurchaseStatus.Done, null, new PurchaseEvent.ShipmentDone(by, c.Shipment));
    }

    /// <summary>A SKU answered of a line of a receipt: its units are stock, or do not count.</summary>
    static Purchase Booked(Purchase p, PurchaseEvent.SupplyAnswered e, bool refused)
    {
        var receipt = p.Receipts.First(r => r.Id == e.Receipt);
        var line = receipt.Lines[e.Number - 1];
        if (line.State != BookingState.Pending) return p;
        var after = p with
        {
            Receipts = p.Receipts.Replace(receipt, receipt with
            {
                Lines = receipt.Lines.SetItem(e.Number - 1, line with
                {
                    State = refused ? BookingState.Refused : BookingState.Booked,
                    Filled = e.Filled,
                }),
            }),
        };
        return refused ? Planned(after.Counting(line.Counted, -1)) : after;
    }
}

/// <summary>A purchase order after one of its parts has changed.</summary>
static class PurchaseChanges
{
    public static Purchase With(this Purchase p, string line, Func<PurchaseLine, PurchaseLine> change) => p with
    {
        Lines = [.. p.Lines.Select(l => l.Ordered.Id == line ? change(l) : l)],
    };

    /// <summary>A line more (or fewer) counted at the dock.</summary>
    public static Purchase Counting(this Purchase p, CountedLine c, int sign)
    {
        var (good, damaged) = (sign * (c.Quantity - c.Damaged), sign * c.Damaged);
        return p.With(c.Line, l => l with
        {
            Good = l.Good + good,
            Damaged = l.Damaged + damaged,
            Announced = c.Shipment is null ? l.Announced
                : Of(l, c.Shipment, a => a with { Good = a.Good + good, Damaged = a.Damaged + damaged }),
        });
    }

    public static Purchase Receiving(this Purchase p, PurchaseEvent.GoodsReceived e) =>
        e.Lines.Aggregate(p, (now, c) => now.Counting(c, 1)) with
        {
            Receipts = p.Receipts.Add(new(
                e.Receipt, e.At, [.. e.Lines.Select(l => new ReceivedLine(l, BookingState.Pending, []))])),
        };

    public static Purchase Announcing(this Purchase p, AnnouncedShipment shipment)
    {
        var units = shipment.Packages.SelectMany(b => b.Lines).GroupBy(l => l.Line);
        return units.Aggregate(
            p with { Shipments = p.Shipments.Add(new(shipment)) },
            (now, line) => now.With(line.Key, l => l with
            {
                Announced = l.Announced.Add(new(shipment.Id, shipment.At, line.Sum(x => (long)x.Quantity))),
            }));
    }

    public static Purchase Finishing(this Purchase p, string shipment) => p with
    {
        Shipments = [.. p.Shipments.Select(s => s.Announced.Id == shipment ? s with { Finished = true } : s)],
        Lines = [.. p.Lines.Select(l => l with { Announced = Of(l, shipment, a => a with { Finished = true }) })],
    };

    /// <summary>With the units of a shipment changed; one that did not announce the line announced 0 of it.</summary>
    static ImmutableArray<AnnouncedUnits> Of(
        PurchaseLine line, string shipment, Func<AnnouncedUnits, AnnouncedUnits> change)
    {
        var known = line.Announced.FirstOrDefault(a => a.Shipment == shipment);
        if (known is not null) return line.Announced.Replace(known, change(known));
        var changed = change(new(shipment, line.At, 0));
        return changed.Good + changed.Damaged == 0 ? line.Announced : line.Announced.Add(changed);
    }
}
