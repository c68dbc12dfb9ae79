using System.Collections.Immutable;
using Fulfillment.Inventory;

namespace Fulfillment.Ordering;

/// <summary>An edit whose added lines stock is being asked for. <c>First</c>: the index of the first of them.</summary>
public sealed record Editing(string Id, long Content, EditPlan Plan, int First);

/// <summary>An edit that stock did not cover, and the lines that it lacked.</summary>
public sealed record RefusedEdit(string Id, ImmutableArray<ShortLine> Short);

// Editing: before a node has begun, units go, lines come, the address changes. Units never change what they cost: a
// line with more units, or with another price, is a line more.
public sealed partial record Order
{
    static Decision<OrderEvent> Edit(Order order, OrderCommand.Edit c, Turn turn)
    {
        EditPlan plan = new(
            c.Fewer.IsDefault ? [] : [.. c.Fewer.GroupBy(f => f.Line).Select(g => new LineUnits(
                g.Key, g.Any(f => f.Units <= 0) ? 0 : (int)Math.Min(g.Sum(f => (long)f.Units), int.MaxValue)))],
            c.Added.IsDefault ? [] : c.Added, c.ShipTo, c.Buyer, c.Reason);
        var content = c.Content ?? ContentOf(plan);
        if (order.Placed is null) return order.Edit(EditStatus.UnknownOrder, turn);
        if (order.Repeats(c.Id, content) is { } same)
        {
            return order.Edit(!same ? EditStatus.DifferentContent
                : order.RefusedEdits.Any(e => e.Id == c.Id) ? EditStatus.SoldOut
                : order.Editing?.Id == c.Id ? EditStatus.Begun : EditStatus.AlreadyEdited, turn);
        }

        if (c.IfVersion is { } version && version != turn.Version) return order.Edit(EditStatus.Stale, turn);
        if (order.IsOver) return order.Edit(EditStatus.OrderEnded, turn);
        if (order.IsUndecided || order.Editing is not null) return order.Edit(EditStatus.Undecided, turn);
        if (order.Fulfilments.Any(f => f.StartedAt is not null || f.Lines.Any(l => l.Shipped > 0)))
            return order.Edit(EditStatus.TooLate, turn);
        if (plan.Fewer.Any(f => order.IsPart(f.Line))) return order.Edit(EditStatus.PartOfKit, turn);
        plan = plan with { Fewer = order.Parts(plan.Fewer) };
        if (order.Refuse(plan) is { } refused) return order.Edit(refused, turn);
        if (!c.Preview && order.Operations.Length >= MaxOperations)
            return order.Edit(EditStatus.TooManyOperations, turn);

        OrderEvent happened = plan.Added.IsEmpty
            ? order.Edited(null, c.Id, content, plan) : new OrderEvent.EditBegun(c.Id, content, plan);
        if (c.Preview) return order.Preview(happened, turn);
        return order.Edit(
            plan.Added.IsEmpty ? EditStatus.Edited : EditStatus.Begun, turn, order.Conclude(happened, turn));
    }

    /// <summary>What is wrong with the plan, in the order of <see cref="EditStatus"/>; null when nothing is.</summary>
    EditStatus? Refuse(EditPlan plan)
    {
        if (plan.Fewer.IsEmpty && plan.Added.IsEmpty && plan.ShipTo is null && plan.Buyer is null)
            return EditStatus.NothingChanged;
        var lines = Lines.ToDictionary(l => l.Ordered.Id);
        if (plan.Fewer.Any(f => !lines.ContainsKey(f.Line))) return EditStatus.UnknownLine;
        if (plan.Fewer.Any(f => f.Units <= 0) || plan.Added.Any(a => a.Quantity <= 0))
            return EditStatus.QuantityNotPositive;
        if (plan.Fewer.Any(f => f.Units > lines[f.Line].Ordered.Quantity - lines[f.Line].Cancelled)
            || (plan.Added.IsEmpty && plan.Fewer.Sum(f => (long)f.Units) == Progress.Live))
            return EditStatus.MoreThanLeft;
        if (plan.Added.Any(a => lines.ContainsKey(a.Id) || Kits.Any(k => k.Ordered.Id == a.Id))
            || plan.Added.DistinctBy(a => a.Id).Count() < plan.Added.Length)
            return EditStatus.DuplicateLine;
        if (Lines.Length + plan.Added.Length > MaxLines) return EditStatus.TooManyLines;
        if (plan.Added.Any(a => a.UnitPrice?.Currency != Currency)) return EditStatus.PriceMismatch;
        var total = Price(plan.Added).Total + (Due?.AmountMinor ?? 0);
        if (total > long.MaxValue || total < 0) return EditStatus.AmountTooLarge;
        OrderCharges? charges = Placed!.Charges is { TaxIncluded: true } ? new(0, 0, true) : null;
        if (Charge(plan.Added, charges, Currency is not null) is not { } charged) return EditStatus.BadCharges;
        return total + charged > long.MaxValue || total + charged < 0 ? EditStatus.AmountTooLarge : null;
    }

    Decision<OrderEvent> Edit(EditStatus status, Turn turn, params OrderEvent[] events)
    {
        var after = events.Aggregate(this, Evolve);
        return new(new EditReply(status, after.Reply(turn.Version + events.Length)), events);
    }

    /// <summary>The order as it would be if stock covered all.</summary>
    Decision<OrderEvent> Preview(OrderEvent happened, Turn turn)
    {
        var after = Evolve(this, happened);
        if (happened is OrderEvent.EditBegun begun)
            after = Evolve(after, after.Edited(null, begun.Id, begun.Content, begun.Plan));
        while (after.Recall() is { } recalled) after = Evolve(after, recalled);
        return new(new EditReply(EditStatus.Previewed, after.Reply(turn.Version)));
    }

    /// <summary>The edit with what it takes away now: units may have been cancelled since it began.</summary>
    OrderEvent.OrderEdited Edited(StockAnswer? answer, string id, long content, EditPlan plan)
    {
        var lines = Lines.ToDictionary(l => l.Ordered.Id);
        var fewer = plan.Fewer.Select(f => new LineUnits(
            f.Line, Math.Min(f.Units, lines[f.Line].Ordered.Quantity - lines[f.Line].Cancelled))).ToList();
        var unplaced = fewer.Select(f => new LineUnits(f.Line, Math.Min(f.Units, lines[f.Line].Unplaced)))
            .Where(u => u.Units > 0);
        return new(
            answer, id, content, plan, [.. unplaced], Withdrawals(fewer, lines).Gone, IsElsewhere(plan));
    }

    /// <summary>What becomes of the edit under way; null while a SKU has not answered.</summary>
    OrderEvent? DecideEdit(StockAnswer? answer)
    {
        var editing = Editing!;
        foreach (var demand in Demands)
        {
            // What is on its way back to stock is not there for the added lines.
            if (demand.Pending is not null && demand.Lines.Any(i => i >= editing.First)) return null;
            if (Lacks(demand) && demand.Grant is Grant.Unanswered or Grant.Deferred) return null;
        }

        var added = Lines.Skip(editing.First).ToList();
        if (Demands.Any(Lacks) || added.All(l => l.Unplaced == 0))
            return new OrderEvent.EditRefused(answer, editing.Id, Uncovered(editing), added.Sum(
                l => (long)l.Ordered.Quantity - l.Cancelled));
        return Edited(answer, editing.Id, editing.Content, editing.Plan);
    }

    bool Lacks(Demand demand) => Needed(demand) > Supply(demand);

    /// <summary>Units that are promised and in no fulfilment order.</summary>
    static long Supply(Demand demand) =>
        demand.Standing.Held + demand.Standing.Backordered + Units.Sum(demand.Leftover) + Units.Sum(demand.ToReturn);

    ImmutableArray<ShortLine> Uncovered(Editing editing)
    {
        var shorts = ImmutableArray.CreateBuilder<ShortLine>();
        foreach (var demand in Demands)
        {
            var missing = Needed(demand) - Supply(demand);
            foreach (var index in demand.Lines.Reverse())
            {
                if (missing <= 0 || index < editing.First) break;
                var line = Lines[index];
                var units = (int)Math.Min(missing, line.Unplaced);
                missing -= units;
                shorts.Add(new(line.Ordered.Id, demand.Sku, line.Ordered.Quantity, units, demand.Available));
            }
        }

        return shorts.DrainToImmutable();
    }

    Order Begin(OrderEvent.EditBegun e)
    {
        var added = e.Plan.Added;
        var charges = LineCharges.Of(added, Placed!.Charges is { TaxIncluded: true } ? new(0, 0, true) : null);
        var lines = Lines.ToBuilder();
        List<Demand> demands = [.. Demands];
        for (var i = 0; i < added.Length; i++)
        {
            var at = demands.FindIndex(d => d.Sku == added[i].Sku);
            if (at >= 0)
            {
                demands[at] = demands[at] with
                {
                    Lines = demands[at].Lines.Add(lines.Count),
                    Grant = Grant.Unanswered,
                };
            }
            else
            {
                demands.Add(Demand.Of(added[i].Sku, [lines.Count]));
            }

            lines.Add(new(added[i], 0, 0, 0, 0, charges[i]));
        }

        demands.Sort((a, b) => string.CompareOrdinal(a.Sku, b.Sku));
        return Remember(e.Id, e.Content) with
        {
            Lines = lines.ToImmutable(),
            Demands = [.. demands],
            Editing = new(e.Id, e.Content, e.Plan, Lines.Length),
        };
    }

    Order Finish(OrderEvent.OrderEdited e)
    {
        var edited = (Editing is null ? Remember(e.Id, e.Content) : this).Withdraw(e.Unplaced, e.Withdrawn) with
        {
            Editing = null,
        };
        return e.Plan is { ShipTo: null, Buyer: null } ? edited : edited with
        {
            Original = Original ?? Placed,
            Placed = Placed! with { ShipTo = e.Plan.ShipTo ?? Placed!.ShipTo, Buyer = e.Plan.Buyer ?? Placed.Buyer },
        };
    }

    /// <summary>The added lines are cancelled; what is held for them is more than needed now and goes back.</summary>
    Order Undo(OrderEvent.EditRefused e) => this with
    {
        Lines = [.. Lines.Select((l, i) => i < Editing!.First ? l : l with { Cancelled = l.Ordered.Quantity })],
        Editing = null,
        RefusedEdits = RefusedEdits.Add(new(e.Id, e.Short)),
    };

    static long ContentOf(EditPlan plan) => Fingerprint.Of(
        "edit", TextOf(plan.Fewer), string.Join('\n', plan.Added.Select(
            a => $"{a.Id}\t{a.Sku}\t{a.Quantity}\t{a.UnitPrice}\t{a.DiscountMinor}\t{a.TaxMinor}")),
        $"{plan.ShipTo}", plan.Buyer?.Sealed, plan.Reason);
}
