using System.Collections.Immutable;
using System.Globalization;
using Fulfillment.Inventory;

namespace Fulfillment.Purchasing;

// What SKUs are told of the lines, and what they answer.
public sealed partial record PurchaseOrder
{
    static Decision<PurchaseEvent> NoteSupply(PurchaseOrder order, PurchaseCommand.NoteSupply c, Turn turn)
    {
        var (id, shipment) = Part(turn.Self.Name, c.Supply);
        if (order.Purchase is not { } p || p.Line(id) is not { } line) return new(Done.It);
        var (receipt, number) = Count(c.Movement);
        var counted = receipt is null ? null : p.Receipts.FirstOrDefault(r => r.Id == receipt)?.Lines[number - 1];
        // An activation that another has overtaken does not know of the receipt; the journal will tell it.
        if (receipt is not null && counted is null) return new(Done.It);
        var supply = line.Supplies.FirstOrDefault(s => s.Shipment == shipment);
        // Another attempt may have been refused, and this one not.
        var isNews = supply is not null && (supply.Answered < c.Step
            || (supply.Refused && supply.Step == c.Step && !IsRefusal(c.Status)));
        if (!isNews && counted is not { State: BookingState.Pending }) return new(Done.It);

        return new(Done.It, new PurchaseEvent.SupplyAnswered(
            id, shipment, c.Step, c.Status, receipt, number, c.Filled));
    }

    /// <summary>
    /// With what SKUs have to be told after a change; those of <paramref name="counted"/> lines in any case.
    /// </summary>
    static Purchase Planned(Purchase p, ImmutableArray<CountedLine> counted = default)
    {
        if (!p.Sent) return p;
        ImmutableArray<CountedLine> arrived = counted.IsDefault ? [] : counted;
        return p with
        {
            Lines = [.. p.Lines.Select(l => Planned(l, [.. arrived.Where(c => c.Line == l.Ordered.Id)]))],
        };
    }

    static PurchaseLine Planned(PurchaseLine line, ImmutableArray<CountedLine> arrived)
    {
        var (supplies, left, step) = (line.Supplies, line.Open, line.Step + 1);
        foreach (var a in line.Announced.OrderBy(a => a.At).ThenBy(a => a.Shipment, StringComparer.Ordinal))
        {
            var units = Math.Min(a.Open, left);
            left -= units;
            supplies = Told(a.Shipment, units, a.At);
        }

        supplies = Told(null, left, line.At);
        if (supplies == line.Supplies) return line;
        // What the SKU did not take is told again with the rest.
        supplies = [.. supplies.Select(s => s.Refused ? s with { Step = step, Refused = false } : s)];
        return line with { Supplies = supplies, Step = step };

        ImmutableArray<LineSupply> Told(string? shipment, long units, DateTimeOffset at)
        {
            var known = supplies.FirstOrDefault(s => s.Shipment == shipment);
            var comes = arrived.Any(c => c.Shipment == shipment);
            if (!comes && (known is null ? units == 0 : known.Units == units && (units == 0 || known.At == at)))
                return supplies;
            return known is null ? supplies.Add(new(shipment, units, at, step))
                : supplies.Replace(known, known with { Units = units, At = at, Step = step, Refused = false });
        }
    }

    static bool IsRefusal(SupplyStatus status) =>
        status is SupplyStatus.UnknownSku or SupplyStatus.IsKit or SupplyStatus.TooMany;

    static Purchase Answered(Purchase p, PurchaseEvent.SupplyAnswered e)
    {
        // It was not heard and will not be: it is told again.
        if (e.Status == SupplyStatus.TooLate) return p;
        var refused = e.Status is SupplyStatus.UnknownSku or SupplyStatus.IsKit;
        var after = p.With(e.Line, l => l with
        {
            Refused = l.Supplies.Any(s => s.Shipment == e.Shipment && s.Step == e.Step)
                ? refused || e.Status == SupplyStatus.TooMany ? e.Status : null : l.Refused,
            Supplies = [.. l.Supplies.Select(s => s.Shipment != e.Shipment || s.Answered > e.Step ? s
                : s with { Answered = e.Step, Refused = s.Step == e.Step ? IsRefusal(e.Status) : s.Refused })],
        });
        return e.Receipt is null ? after : Booked(after, e, refused);
    }

    /// <inheritdoc/>
    public static Send[] React(PurchaseOrder order, PurchaseEvent happened, Turn turn)
    {
        var p = order.Purchase!;
        List<Send> sends = [];
        HashSet<(string, string?)> told = [];
        if (happened is PurchaseEvent.GoodsReceived received)
        {
            for (var i = 0; i < received.Lines.Length; i++)
            {
                var counted = received.Lines[i];
                var line = p.Line(counted.Line)!;
                told.Add((counted.Line, counted.Shipment));
                sends.Add(Tell(turn, p, line, line.Supplies.First(s => s.Shipment == counted.Shipment),
                    Arrived(turn.Self.Name, received.Receipt, i + 1, counted)));
            }
        }

        if (happened is PurchaseEvent.SupplyAnswered { Status: SupplyStatus.TooLate } late)
        {
            var line = p.Line(late.Line)!;
            var supply = line.Supplies.First(s => s.Shipment == late.Shipment);
            return [Tell(turn, p, line, supply, late.Receipt is null ? [] : Arrived(
                turn.Self.Name, late.Receipt, late.Number,
                p.Receipts.First(r => r.Id == late.Receipt).Lines[late.Number - 1].Counted))];
        }

        foreach (var line in p.Lines)
        {
            if (!Touches(happened, line)) continue;
            foreach (var supply in line.Supplies)
            {
                if (supply.Step == line.Step && supply.Answered < supply.Step
                    && told.Add((line.Ordered.Id, supply.Shipment)))
                    sends.Add(Tell(turn, p, line, supply, []));
            }
        }

        if (p.Terms.ReorderOf is { } sku && p.IsOver)
        {
            sends.Add(new(
                turn.Self.Sibling(InventoryCalls.Kind, sku),
                new SkuCommand.NoteReorder(turn.Self.Name, p.State == PurchaseState.Cancelled)));
        }

        return [.. sends];
    }

    /// <summary>Whether an event may have changed what the SKU of a line is to be told.</summary>
    static bool Touches(PurchaseEvent happened, PurchaseLine line) => happened switch
    {
        PurchaseEvent.OrderSent or PurchaseEvent.OrderClosed or PurchaseEvent.ShipmentDone => true,
        PurchaseEvent.LinesAcknowledged e => e.Lines.Any(l => l.Line == line.Ordered.Id),
        PurchaseEvent.LinesRescheduled e => e.Lines.Any(l => l.Line == line.Ordered.Id),
        PurchaseEvent.LinesCancelled e => e.Lines.Any(l => l.Line == line.Ordered.Id),
        PurchaseEvent.ShipmentAnnounced e =>
            e.Shipment.Packages.Any(b => b.Lines.Any(l => l.Line == line.Ordered.Id)),
        PurchaseEvent.GoodsReceived e => e.Lines.Any(l => l.Line == line.Ordered.Id),
        PurchaseEvent.SupplyAnswered { Status: SupplyStatus.UnknownSku or SupplyStatus.IsKit, Receipt: not null } e =>
            e.Line == line.Ordered.Id,
        _ => false,
    };

    /// <summary>
    /// The SKU is told what is still to come, and what came. A refusal is final, so no late attempt may be heard after
    /// another was refused.
    /// </summary>
    static Send Tell(
        Turn turn, Purchase p, PurchaseLine line, LineSupply supply, ImmutableArray<ArrivedUnits> arrived) => new(
        turn.Self.Sibling(InventoryCalls.Kind, line.Ordered.Sku),
        new SkuCommand.PlanSupply(
            Purchase.SupplyId(turn.Self.Name, line.Ordered.Id, supply.Shipment), supply.Step, p.Terms.Node,
            supply.Units, supply.At, $"purchase order {turn.Self.Name} of {p.Terms.Supplier}", arrived,
            turn.Now + Transfer.TakenWithin));

    /// <inheritdoc/>
    public static PurchaseCommand? OnReply(Send asked, object reply) =>
        asked.Command is SkuCommand.PlanSupply c && reply is PlanSupplyReply r
            ? new PurchaseCommand.NoteSupply(
                c.Id, c.Step, r.Status, c.Arrived.IsEmpty ? null : c.Arrived[0].Id, r.Filled)
            : null;

    /// <summary>The good units and the damaged ones, each a movement of its own. No id has a slash.</summary>
    static ImmutableArray<ArrivedUnits> Arrived(string order, string receipt, int number, CountedLine c)
    {
        var (id, reason) = ($"po/{order}/{receipt}/{number}", $"purchase order {order}, receipt {receipt}");
        ImmutableArray<ArrivedUnits> all =
        [
            new($"{id}/good", StockState.Available, c.Quantity - c.Damaged, reason, What: c.What),
            new($"{id}/damaged", c.State, c.Damaged, reason, What: c.What),
        ];
        return all.RemoveAll(a => a.Quantity == 0);
    }

    /// <summary>The receipt, and which of its lines, that a movement is of.</summary>
    static (string? Receipt, int Number) Count(string? movement)
    {
        if (movement?.Split('/') is not [_, _, var receipt, var number, _]) return (null, 0);
        return (receipt, int.Parse(number, CultureInfo.InvariantCulture));
    }

    /// <summary>The line, and the shipment if any, that a supply is of.</summary>
    static (string Line, string? Shipment) Part(string order, string supply)
    {
        var parts = supply[Purchase.SupplyId(order, "", null).Length..].Split(':');
        return (parts[0], parts.Length > 1 ? parts[1] : null);
    }
}
