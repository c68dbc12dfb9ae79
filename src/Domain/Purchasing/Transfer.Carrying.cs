using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Fulfillment.Intake;
using Fulfillment.Inventory;

namespace Fulfillment.Purchasing;

// What becomes of the units on their way, and what their SKUs are told.
public sealed partial record Transfer
{
    /// <inheritdoc/>
    public static Transfer Evolve(Transfer before, TransferEvent happened)
    {
        var transfer = before with
        {
            Version = before.Version + 1,
            Operations = OperationOf(happened) is { } by ? before.Operations.Add(by) : before.Operations,
        };
        return transfer with { Carriage = After(transfer.Carriage!, happened) };
    }

    static Carriage After(Carriage t, TransferEvent happened) => happened switch
    {
        TransferEvent.TransferPlanned e => new(
            e.Terms, false, null, [.. e.Terms.Lines.Select(l => new CarriedLine(l, 0, 0, 0, 0, 0, default, 0, 0))], [],
            []),
        TransferEvent.GoodsLeft e => t with
        {
            Moves = t.Moves.AddRange(e.Lines.Select((l, i) =>
                new TransferMove($"{e.Shipment}/{i + 1}", l.Line, l.Quantity, false, e.At, Serials: l.Serials))),
        },
        TransferEvent.GoodsLost e => e.Lines.Aggregate(t, (now, l) => With(now, l.Line, c => c with
        {
            Lost = c.Lost + l.Quantity,
            Step = c.Step + 1,
            Serials = Without(c.Serials, l.Serials),
        })) with
        {
            Moves = t.Moves.AddRange(e.Lines.Select((l, i) =>
                new TransferMove($"{e.Loss}/{i + 1}/lost", l.Line, l.Quantity, true, default))),
        },
        TransferEvent.GoodsCounted e => Counted(t, e),
        TransferEvent.TransferCancelled e => t with { Cancelled = true, Reason = e.Reason },
        TransferEvent.MoveAnswered e => Moved(t, e),
        TransferEvent.ArrivalAnswered e => Arrived(t, e),
        _ => throw new UnreachableException(),
    };

    static Carriage Counted(Carriage t, TransferEvent.GoodsCounted e)
    {
        for (var i = 0; i < e.Lines.Length; i++) t = Count(t, e.Lines[i], e.Over[i], 1);
        return t with
        {
            Receipts = t.Receipts.Add(new(
                e.Receipt, e.At, [.. e.Lines.Select(l => new ReceivedLine(l, BookingState.Pending, []))])),
        };
    }

    static Carriage Count(Carriage t, CountedLine c, int over, int sign) => With(t, c.Line, l => l with
    {
        Good = l.Good + sign * (c.Quantity - c.Damaged),
        Damaged = l.Damaged + sign * c.Damaged,
        Over = l.Over + sign * over,
        Step = l.Step + 1,
        Serials = Without(l.Serials, c.What?.Serials ?? default),
    });

    static ImmutableArray<string> Without(ImmutableArray<string> serials, ImmutableArray<string> gone)
    {
        if (serials.IsDefaultOrEmpty || gone.IsDefaultOrEmpty) return serials;
        return serials.RemoveRange(gone) is { IsEmpty: false } left ? left : default;
    }

    static Carriage Moved(Carriage t, TransferEvent.MoveAnswered e)
    {
        // It was not done and will not be: it is asked again.
        if (e.Status == MoveStatus.TooLate) return t;
        var move = t.Moves.First(m => m.Id == e.Movement);
        // Another attempt was refused, and that was final: this one is taken back.
        if (move.Status is not null) return t;
        var answered = move with { Status = e.Status };
        var after = t with { Moves = t.Moves.Replace(move, answered) };
        return move.Lost || !answered.IsDone ? after : With(after, move.Line, l => l with
        {
            Shipped = l.Shipped + move.Units,
            At = move.At,
            Step = l.Step + 1,
            Serials = move.Serials.IsDefaultOrEmpty ? l.Serials
                : l.Serials.IsDefault ? move.Serials : l.Serials.AddRange(move.Serials),
        });
    }

    static Carriage Arrived(Carriage t, TransferEvent.ArrivalAnswered e)
    {
        var after = With(t, e.Line, l => l with { Answered = Math.Max(l.Answered, e.Step) });
        if (e.Receipt is null) return after;
        var receipt = t.Receipts.First(r => r.Id == e.Receipt);
        var line = receipt.Lines[e.Number - 1];
        if (line.State != BookingState.Pending) return after;
        return after with
        {
            Receipts = after.Receipts.Replace(receipt, receipt with
            {
                Lines = receipt.Lines.SetItem(e.Number - 1, line with
                {
                    State = BookingState.Booked,
                    Filled = e.Filled,
                }),
            }),
        };
    }

    static Carriage With(Carriage t, string line, Func<CarriedLine, CarriedLine> change) => t with
    {
        Lines = [.. t.Lines.Select(l => l.Planned.Id == line ? change(l) : l)],
    };

    /// <inheritdoc/>
    public static Send[] React(Transfer transfer, TransferEvent happened, Turn turn)
    {
        var t = transfer.Carriage!;
        return happened switch
        {
            TransferEvent.GoodsLeft e =>
                [.. e.Lines.Select((l, i) => Take(turn, t, $"{e.Shipment}/{i + 1}", l.Line, l.Quantity, l.Serials))],
            TransferEvent.GoodsLost e =>
            [
                .. e.Lines.Select((l, i) => To(turn, t, l.Line, new SkuCommand.Adjust(
                    $"to/{turn.Self.Name}/{e.Loss}/{i + 1}/lost", t.Terms.From, -l.Quantity, e.Reason,
                    StockState.InTransit, Named(l.Serials), Any: true))),
                .. e.Lines.Select(l => Tell(turn, t, l.Line, [])),
            ],
            TransferEvent.GoodsCounted e =>
                [.. e.Lines.Select((l, i) => Tell(turn, t, l.Line, Arrivals(turn, t, e, i)))],
            TransferEvent.MoveAnswered { Status: MoveStatus.TooLate } e =>
                [.. t.Moves.Where(m => m.Id == e.Movement).Select(
                    m => Take(turn, t, m.Id, m.Line, m.Units, m.Serials))],
            TransferEvent.MoveAnswered { Status: MoveStatus.Done or MoveStatus.AlreadyDone } e
                when t.Moves.First(m => m.Id == e.Movement) is { Lost: false, IsDone: false } m =>
                [
                    To(turn, t, m.Line, new SkuCommand.Move(
                        $"to/{turn.Self.Name}/{m.Id}/back", t.Terms.From, m.Units, StockState.InTransit,
                        StockState.Available, $"transfer {turn.Self.Name}", Named(m.Serials), Any: true)),
                ],
            TransferEvent.MoveAnswered e when t.Moves.First(m => m.Id == e.Movement) is { Lost: false, IsDone: true } m
                => [Tell(turn, t, m.Line, [])],
            _ => [],
        };
    }

    /// <inheritdoc/>
    public static TransferCommand? OnReply(Send asked, object reply) => (asked.Command, reply) switch
    {
        (SkuCommand.Move c, MoveReply r) => new TransferCommand.NoteMove(Own(c.Id), r.Status),
        (SkuCommand.Adjust c, MoveReply r) => new TransferCommand.NoteMove(Own(c.Id), r.Status),
        (SkuCommand.PlanSupply c, PlanSupplyReply r) => new TransferCommand.NoteArrival(
            c.Id, c.Step, r.Status, c.Arrived.IsEmpty ? null : c.Arrived[0].Id, r.Filled),
        _ => null,
    };

    static Send To(Turn turn, Carriage t, string line, SkuCommand command) =>
        new(turn.Self.Sibling(InventoryCalls.Kind, t.Line(line)!.Planned.Sku), command);

    /// <summary>How long a question to a SKU is valid: half of what a send waits for its answer.</summary>
    public static readonly TimeSpan TakenWithin = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The SKU takes units on the way. A refusal is final, so no late attempt may do it after another was refused.
    /// </summary>
    static Send Take(
        Turn turn, Carriage t, string movement, string line, int units, ImmutableArray<string> serials) => To(
        turn, t, line, new SkuCommand.Move(
            $"to/{turn.Self.Name}/{movement}", t.Terms.From, units, StockState.Available, StockState.InTransit,
            $"transfer {turn.Self.Name}", Named(serials), Carried: true, Any: true, Until: turn.Now + TakenWithin));

    static Particulars? Named(ImmutableArray<string> serials) =>
        serials.IsDefaultOrEmpty ? null : new(Serials: serials);

    /// <summary>The SKU is told what is on its way to the node.</summary>
    static Send Tell(Turn turn, Carriage t, string id, ImmutableArray<ArrivedUnits> arrived)
    {
        var line = t.Line(id)!;
        return To(turn, t, id, new SkuCommand.PlanSupply(
            Carriage.SupplyId(turn.Self.Name, id), line.Step, t.Terms.To, line.InTransit, line.At,
            $"transfer {turn.Self.Name} from {t.Terms.From}", arrived));
    }

    /// <summary>Good units and damaged ones; first those that were on their way, then those that were not.</summary>
    static ImmutableArray<ArrivedUnits> Arrivals(Turn turn, Carriage t, TransferEvent.GoodsCounted e, int i)
    {
        var (c, over) = (e.Lines[i], e.Over[i]);
        var (id, reason) = ($"to/{turn.Self.Name}/{e.Receipt}/{i + 1}", $"transfer {turn.Self.Name}");
        var damaged = Math.Min(c.Damaged, c.Quantity - over);
        var what = Named(c.What?.Serials ?? default);
        ImmutableArray<ArrivedUnits> all =
        [
            new($"{id}/good", StockState.Available, c.Quantity - over - damaged, reason, t.Terms.From, what),
            new($"{id}/damaged", c.State, damaged, reason, t.Terms.From, what),
            new($"{id}/over", StockState.Available, over - (c.Damaged - damaged), $"{reason}: over"),
            new($"{id}/over-damaged", c.State, c.Damaged - damaged, $"{reason}: over"),
        ];
        return all.RemoveAll(a => a.Quantity == 0);
    }

    /// <summary>A movement as the transfer knows it: what follows its own name. No id has a slash.</summary>
    static string Own(string movement) => movement[(movement.IndexOf('/', "to/".Length) + 1)..];

    static (string? Receipt, int Number) Count(string? movement)
    {
        if (movement?.Split('/') is not [_, _, var receipt, var number, _]) return (null, 0);
        return (receipt, int.Parse(number, CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public static string? Check(Transfer transfer, TransferEvent? last)
    {
        if (transfer.Operations.Length > MaxOperations)
            return $"{transfer.Operations.Length} operations are remembered";
        return transfer.Carriage?.Lines.FirstOrDefault(l => l.InTransit < 0 || l.Shipped > l.Planned.Quantity
                || l.Over < 0 || l.Lost < 0) is { } wrong
            ? $"line {wrong.Planned.Id}: {wrong.Shipped} shipped, {wrong.InTransit} in transit" : null;
    }

    static Operation? OperationOf(TransferEvent happened) => happened switch
    {
        TransferEvent.GoodsLeft e => e.By,
        TransferEvent.GoodsCounted e => e.By,
        TransferEvent.GoodsLost e => e.By,
        TransferEvent.TransferCancelled e => e.By,
        _ => null,
    };
}
