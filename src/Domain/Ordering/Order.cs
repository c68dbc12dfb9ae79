using System.Collections.Immutable;
using System.Diagnostics;
using Fulfillment.Intake;
using Fulfillment.Inventory;
using Fulfillment.Payments;
using Fulfillment.Routing;
using Fulfillment.Screening;
using Fulfillment.Warehousing;

namespace Fulfillment.Ordering;

/// <summary>
/// A line and how far its units are. <c>Placed</c>: in fulfilment orders, shipped ones too. <c>Charges</c>: what it
/// costs beside its price; null for nothing. Units have numbers from 1: the first leave first, the last are cancelled
/// first, so what any of them costs never changes.
/// </summary>
public sealed record Line(
    OrderLine Ordered, int Cancelled, int Placed, int Shipped, int Delivered, LineCharges? Charges = null)
{
    /// <summary>Units that are neither cancelled nor in a fulfilment order.</summary>
    public int Unplaced => Ordered.Quantity - Cancelled - Placed;

    /// <summary>What the first <paramref name="units"/> cost; nothing without a price.</summary>
    public UnitMoney Money(int units)
    {
        var price = Charges?.Kit is { } kit ? kit.OfFirst(units) : (Ordered.UnitPrice?.AmountMinor ?? 0) * units;
        return Charges is not { } c ? new(price, 0, 0, 0) : new(
            price, Shares.OfFirst(c.Discount, Ordered.Quantity, units), Shares.OfFirst(c.Tax, Ordered.Quantity, units),
            Shares.OfFirst(c.Shipping, Ordered.Quantity, units));
    }
}

/// <summary>
/// What the last event began: steps at SKUs (by index of the demand), a question to the router, a new goal for the
/// payment, and claims for room at nodes; none when default.
/// </summary>
public readonly record struct Begun(
    ImmutableArray<int> Steps, bool Route, bool Pay = false, ImmutableArray<string> Rooms = default)
{
    /// <summary>Nothing.</summary>
    public static Begun Nothing { get; } = new([], false);
}

/// <summary>
/// An order, from the buyer's click to the door. It asks every SKU for its units, decides when all have answered, waits
/// for payment where it must, has nodes chosen, commits the units there, and gives each node its fulfilment order.
/// An order is durable, so the units it holds need no expiry: whatever happens, it ends by shipping or releasing them.
/// </summary>
/// <param name="Placed">What was ordered; null until it is.</param>
/// <param name="Progress">The units by how far they are; the status follows from it.</param>
/// <param name="Lines">In the buyer's order.</param>
/// <param name="Demands">Per SKU, in ordinal order of the SKU.</param>
/// <param name="Fulfilments">By number.</param>
/// <param name="Operations">Payments, cancellations, shipments and deliveries by the caller's id.</param>
/// <param name="PaidMinor">Confirmed payments, minor units of the order's currency.</param>
/// <param name="PayBy">When the wait for payment ends; null when none is due.</param>
/// <param name="InTurn">SKUs are asked one after the other, each keeping what it got: who holds waits for higher ones
/// only.</param>
/// <param name="Yielding">Everything held is being given back, to ask again in turn.</param>
/// <param name="Round">Plans asked of the router so far.</param>
/// <param name="Routing">The router's answer is awaited.</param>
/// <param name="Rejected">Why it was rejected; null when it was not.</param>
/// <param name="Short">Lines that stock did not cover.</param>
/// <param name="CancelReason">The reason of the last cancellation.</param>
/// <param name="Begun">What the last event began.</param>
/// <param name="Version">Events so far.</param>
public sealed partial record Order(
    OrderEvent.OrderPlaced? Placed, OrderProgress Progress, ImmutableArray<Line> Lines, ImmutableArray<Demand> Demands,
    ImmutableArray<Fulfilment> Fulfilments, ImmutableArray<Operation> Operations, long PaidMinor, DateTimeOffset? PayBy,
    bool InTurn, bool Yielding, int Round, bool Routing, RejectReason? Rejected, ImmutableArray<ShortLine> Short,
    string? CancelReason, Begun Begun, long Version) : IEntity<Order, OrderCommand, OrderEvent>
{
    /// <summary>What has to be cleared before goods leave: payment and holds.</summary>
    public Clearance Clearance { get; init; } = Clearance.None;

    /// <summary>Cancellations that came after the point of no return, by number.</summary>
    public ImmutableArray<Intercept> Intercepts { get; init; } = [];

    /// <summary>The edit whose added lines stock is being asked for; null when none is under way.</summary>
    public Editing? Editing { get; init; }

    /// <summary>Edits that stock did not cover.</summary>
    public ImmutableArray<RefusedEdit> RefusedEdits { get; init; } = [];

    /// <summary>Lines of kits as they were ordered; the lines of their components stand in their place.</summary>
    public ImmutableArray<KitLine> Kits { get; init; } = [];

    /// <summary>How the units get their nodes; null before the first plan.</summary>
    public Sourcing? Sourcing { get; init; }

    /// <summary>Parcels that have, or had, a label, with the units that are in them; default for none.</summary>
    public ImmutableArray<ParcelledUnits> Parcelled { get; init; }

    /// <summary>As it was placed, when an edit has changed the address since; null when none has.</summary>
    public OrderEvent.OrderPlaced? Original { get; init; }

    /// <summary>Lines of one order.</summary>
    public const int MaxLines = 5_000;

    /// <summary>Holds of one order, released ones too.</summary>
    public const int MaxHolds = 100;

    /// <summary>Payments, cancellations, shipments and deliveries of one order together.</summary>
    public const int MaxOperations = 1_000;

    /// <summary>How long a prepaid order waits for its payment.</summary>
    public static readonly TimeSpan PayWithin = TimeSpan.FromMinutes(15);

    /// <summary>The id of the cancellation when the wait is over. No caller's id has a tilde.</summary>
    public const string PaymentOverdue = "~payment-overdue";

    /// <summary>How long after its delivery an order closes.</summary>
    public static readonly TimeSpan CloseAfter = TimeSpan.FromDays(14);

    /// <summary>How long an undecided order's units count as possibly coming back.</summary>
    public static readonly TimeSpan TentativeFor = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public static Order Initial { get; } =
        new(null, default, [], [], [], [], 0, null, false, false, 0, false, null, [], null, Begun.Nothing, 0);

    /// <summary>The buyer's currency; null when no line has a price.</summary>
    public string? Currency => Placed?.Total?.Currency;

    /// <summary>
    /// What the units that are not cancelled cost together, without lines that an edit has yet to get; null when a
    /// price is missing.
    /// </summary>
    public Money? Due
    {
        get
        {
            if (Placed?.Total is not { } total) return null;
            long due = 0;
            for (var i = 0; i < (Editing?.First ?? Lines.Length); i++)
                due += Lines[i].Money(Lines[i].Ordered.Quantity - Lines[i].Cancelled).Total;
            return total with { AmountMinor = due };
        }
    }

    /// <inheritdoc/>
    public static Decision<OrderEvent> Decide(Order order, OrderCommand command, Turn turn) => command switch
    {
        OrderCommand.Place c => Place(order, c, turn),
        OrderCommand.Get => new(order.Answer(turn)),
        OrderCommand.Outcome => new(
            order.Progress.IsDecided && order.Editing is null ? order.Answer(turn) : null),
        OrderCommand.ConfirmPayment c => ConfirmPayment(order, c, turn),
        OrderCommand.Cancel c => Cancel(order, c, turn),
        OrderCommand.Ship c => Ship(order, c, turn),
        OrderCommand.MayLeave c => MayLeave(order, c),
        OrderCommand.PutInParcel c => PutInParcel(order, c),
        OrderCommand.TakeFromParcel c => TakeFromParcel(order, c),
        OrderCommand.Deliver c => Deliver(order, c, turn),
        OrderCommand.TakeAnswer c => TakeAnswer(order, c.Answer, turn),
        OrderCommand.NoteClaim c => NoteClaim(order, c, turn),
        OrderCommand.Retry c => Retry(order, c, turn),
        OrderCommand.FollowPlan c => FollowPlan(order, c, turn),
        OrderCommand.TakeRoom c => TakeRoom(order, c, turn),
        OrderCommand.RouteAgain c => RouteAgain(order, c, turn),
        OrderCommand.LeaveNode c => LeaveNode(order, c, turn),
        OrderCommand.NoteReturn c => NoteReturn(order, c),
        OrderCommand.MoveWork c => MoveWork(order, c, turn),
        OrderCommand.SplitWork c => SplitWork(order, c, turn),
        OrderCommand.MergeWork c => MergeWork(order, c, turn),
        OrderCommand.PauseWork c => PauseWork(order, c, turn),
        OrderCommand.ResumeWork c => ResumeWork(order, c, turn),
        OrderCommand.AnswerRequest c => AnswerRequest(order, c, turn),
        OrderCommand.NoteDue c => NoteDue(order, c, turn),
        OrderCommand.EndPaymentWait => EndPaymentWait(order, turn),
        OrderCommand.Close => order.Progress.Status == OrderStatus.Delivered
            ? new(Done.It, new OrderEvent.OrderClosed()) : new(Done.It),
        OrderCommand.PlaceHold c => PlaceHold(order, c, turn),
        OrderCommand.ReleaseHold c => ReleaseHold(order, c, turn),
        OrderCommand.RejectHold c => RejectHold(order, c, turn),
        OrderCommand.AskBuyer c => AskBuyer(order, c, turn),
        OrderCommand.NoteOverdue c => NoteOverdue(order, c, turn),
        OrderCommand.PayWith c => PayWith(order, c, turn),
        OrderCommand.NotePayment c => NotePayment(order, c, turn),
        OrderCommand.ConfirmRefund c => ConfirmRefund(order, c, turn),
        OrderCommand.TakeTrace c => TakeTrace(order, c),
        OrderCommand.TakeAssessment c => TakeAssessment(order, c, turn),
        OrderCommand.StartWork c => Start(order, c, turn),
        OrderCommand.StartPacking c => StartPacking(order, c, turn),
        OrderCommand.EndPacking c => EndPacking(order, c, turn),
        OrderCommand.NotePacked c => NotePacked(order, c, turn),
        OrderCommand.AnswerIntercept c => AnswerIntercept(order, c, turn),
        OrderCommand.Edit c => Edit(order, c, turn),
        _ => throw new UnreachableException(),
    };

    /// <inheritdoc/>
    public static Order Evolve(Order before, OrderEvent happened)
    {
        var order = happened is OrderEvent.OrderPlaced placed ? before.Begin(placed) : before with
        {
            Version = before.Version + 1,
            Begun = Begun.Nothing,
            Progress = before.Progress.After(happened),
            Demands = before.Told(AnswerOf(happened)),
        };
        return order.Apply(happened, before).ClaimRoom().Pursue();
    }

    Order Apply(OrderEvent happened, Order before)
    {
        var order = this;
        return happened switch
        {
            OrderEvent.OrderPlaced => order.SettleAll(),
            OrderEvent.StockAnswered e => order.Settle(e.Answer.Sku, before.IsAllocating),
            OrderEvent.ClaimChanged e => order.Adopt(e).Settle(e.Sku, before.IsAllocating),
            OrderEvent.ReservationDeferred e => order.Mark(e.Answer.Sku, Grant.Deferred),
            OrderEvent.ReservationRetried e => order.Mark(e.Sku, Grant.Unanswered).Settle(e.Sku, wasAllocating: false),
            OrderEvent.ReservationsYielded e => (order with { Yielding = true, InTurn = true }).SettleAll(),
            OrderEvent.PaymentAwaited e => order.Miss(e.Short).AwaitPayment(e.Until).SettleAll(),
            OrderEvent.PaymentConfirmed e => order.Remember(e.Id, ContentOf(e.Amount)) with { PaidMinor = e.PaidMinor },
            OrderEvent.OrderAccepted e => order.Miss(e.Short).AwaitPayment(null).SettleAll(),
            OrderEvent.OrderRejected e => (order with { Rejected = e.Reason, Short = e.Short }).SettleAll(),
            OrderEvent.OrderRouted e => order.Follow(e.Plan).SettleAll(),
            OrderEvent.FulfilmentOpened e => order.Open(e.Fulfilments).SettleAll(),
            OrderEvent.OrderCancelled e => order.Remember(e.Id, ContentOf(e.Asked, e.Reason)).Withdraw(e).SettleAll(),
            OrderEvent.GoodsShipped e => order.Remember(e.Id, ContentOf(e)).Regroup(e).Leave(e).SettleAll(),
            OrderEvent.UnitsParcelled or OrderEvent.UnitsUnparcelled => order.Regroup(happened),
            OrderEvent.GoodsDelivered e => order.Remember(e.Id, ContentOf(e.Fulfilment, e.Shipment)).Arrive(e),
            OrderEvent.OrderClosed => order,
            OrderEvent.StockSecured e => order.Miss(e.Short).SettleAll(),
            OrderEvent.OrderHeld e => order.HoldBy(e),
            OrderEvent.HoldReleased e => order.LetGo(e).TryFreely(e).SettleAll(),
            OrderEvent.KitOpened e => order.OpenKit(e.Answer).SettleAll(),
            OrderEvent.RoomAnswered e => order.Hear(e),
            OrderEvent.RoutingRetried e => order.Unstick(e.Free, e.Looks).SettleAll(),
            OrderEvent.FulfilmentMoved e => order.Move(e).SettleAll(),
            OrderEvent.FulfilmentSplit e => order.Split(e),
            OrderEvent.FulfilmentsMerged e => order.Merge(e),
            OrderEvent.FulfilmentPaused e =>
                order.Remember(e.Id, ContentOfPause(e.Fulfilment, e.Reason)).Pause(e.Fulfilment, e.Reason),
            OrderEvent.FulfilmentResumed e =>
                order.Remember(e.Id, ContentOfResume(e.Fulfilment)).Pause(e.Fulfilment, null),
            OrderEvent.NodeAwaited e => order.Await(e.Fulfilment, e.Reason),
            OrderEvent.NodeReturned e => order.Await(e.Fulfilment, null),
            OrderEvent.FulfilmentDue or OrderEvent.PackingBegun or OrderEvent.PackingEnded
                or OrderEvent.FulfilmentPacked => order.Reach(happened),
            OrderEvent.RequestAnswered e => order.Hear(e),
            OrderEvent.BuyerAsked e => order.Ask(e),
            OrderEvent.HoldOverdue e => order.Change(e.Number, h => h with { Overdue = true }),
            OrderEvent.MethodGiven e => order.Take(e),
            OrderEvent.PaymentChanged e =>
                order with { Clearance = order.Clearance with { Standing = e.Standing } },
            OrderEvent.RefundConfirmed e =>
                order.Remember(e.Id, ContentOf(e.Amount, e.Reason)) with { PaidMinor = e.PaidMinor },
            OrderEvent.TraceTold e => order.Hear(e),
            OrderEvent.OrderScreened e =>
                order with { Clearance = order.Clearance with { Assessment = e.Assessment } },
            OrderEvent.FulfilmentStarted e => order.Remember(e.Id, ContentOfStart(e.Fulfilment)).Begin(e),
            OrderEvent.InterceptOpened e => order.Remember(e.Id, ContentOf(e.Asked, e.Reason)).Stop(e),
            OrderEvent.InterceptAnswered e => order.Resolve(e).SettleAll(),
            OrderEvent.EditBegun e => order.Begin(e).SettleAll(),
            OrderEvent.OrderEdited e => order.Finish(e).Redirect(e).SettleAll(),
            OrderEvent.EditRefused e => order.Undo(e).SettleAll(),
            _ => throw new UnreachableException(),
        };
    }

    /// <inheritdoc/>
    public static Send[] React(Order order, OrderEvent happened, Turn turn)
    {
        if (order.Placed?.Signals is not null && order.Screen(happened, turn) is { Count: > 0 } screening)
            return [.. screening, .. order.Sends(happened, turn)];
        return order.Sends(happened, turn);
    }

    Send[] Sends(OrderEvent happened, Turn turn)
    {
        var order = this;
        var timer = order.TimerFor(happened);
        var count = order.Begun.Steps.Length + (order.Begun.Route ? 1 : 0) + (order.Begun.Pay ? 1 : 0)
            + (timer is null ? 0 : 1);
        var more = order.RoutingSends(happened, turn);
        if (order.TellsBenches(happened)) more = [.. more, .. order.ToBenches(turn)];
        if (order.ToParcels(happened, turn.Self) is { Length: > 0 } told) more = [.. more, .. told];
        if (count == 0) return more;
        var sends = new Send[count];
        var i = 0;
        foreach (var step in order.Begun.Steps) sends[i++] = order.AskSku(order.Demands[step], turn);
        if (order.Begun.Route) sends[i++] = new(new("router", ""), order.AskRouter(turn));
        if (order.Begun.Pay) sends[i++] = order.AskPayment(turn);
        if (timer is { } set) sends[i] = new(turn.Self, set.Command, set.Due);
        return more.Length == 0 ? sends : [.. sends, .. more];
    }

    /// <inheritdoc/>
    public static OrderCommand? OnReply(Send asked, object reply) => reply switch
    {
        ClaimReply r => new OrderCommand.TakeAnswer(
            new(asked.To.Name, r.Step, r.Status, r.Standing, r.Free, r.Available, r.Product, r.Kit)),
        RoutePlan plan => new OrderCommand.FollowPlan(plan),
        RoomReply room => new OrderCommand.TakeRoom(asked.To.Name, room.Step, room.Status),
        PaymentStanding standing => new OrderCommand.NotePayment(standing),
        TraceReply told => new OrderCommand.TakeTrace(TraceName.KindOf(asked.To.Name), told),
        Assessment assessment => new OrderCommand.TakeAssessment(assessment),
        _ => null,
    };

    /// <inheritdoc/>
    public static string? Check(Order order, OrderEvent? last)
    {
        if (order.Placed is null) return null;
        foreach (var line in order.Lines)
        {
            if (line.Unplaced < 0 || line.Cancelled < 0 || line.Shipped > line.Placed || line.Delivered > line.Shipped)
                return $"line {line.Ordered.Id} does not add up: {line}";
        }

        var p = order.Progress;
        if (p.Cancelled != order.Lines.Sum(l => (long)l.Cancelled)
            || p.Allocated != order.Lines.Sum(l => (long)l.Placed)
            || p.Shipped != order.Lines.Sum(l => (long)l.Shipped)) return $"the lines do not sum to {p}";
        var inFulfilment = order.Fulfilments.SelectMany(f => f.Lines).Sum(l => (long)l.Quantity - l.Withdrawn);
        return inFulfilment == p.Allocated
            ? null
            : $"fulfilment orders have {inFulfilment} units, the lines {p.Allocated}";
    }

    /// <summary>The order as callers see it; null when there is none.</summary>
    OrderReply? Reply(long version)
    {
        if (Placed is null) return null;
        var lines = ImmutableArray.CreateBuilder<LineReply>(Lines.Length);
        for (var i = 0; i < Lines.Length; i++) lines.Add(ReplyOf(i));
        return new(
            Progress.Status, version, Placed, lines.MoveToImmutable(), Fulfilments, PaidMinor, Due, PayBy,
            Rejected, Short, CancelReason, Clearance, Intercepts, RefusedEdits, Sourcing, Kits,
            Parcelled.IsDefault ? [] : [.. Parcelled.Where(p => !p.Lines.IsEmpty)]);
    }

    OrderAnswer Answer(Turn turn) => new(Reply(turn.Version));

    /// <summary>
    /// What the SKU holds goes to the lines in the buyer's order: held units first, then backordered ones.
    /// </summary>
    LineReply ReplyOf(int index)
    {
        var line = Lines[index];
        var demand = Demands[Find(line.Ordered.Sku)];
        long before = 0;
        foreach (var i in demand.Lines)
            if (i < index) before += Lines[i].Unplaced;
        // Of an order that is rejected, what is held is on its way back and nothing of it is for a line.
        var open = Progress.Phase == OrderPhase.Rejected ? 0 : line.Unplaced;
        var supply = demand.Standing.Held + Units.Sum(demand.Leftover) + Units.Sum(demand.ToReturn);
        var reserved = Math.Clamp(supply - before, 0, open);
        var backordered = Math.Clamp(supply + demand.Standing.Backordered - before - reserved, 0, open - reserved);
        return new(
            line.Ordered, reserved, backordered, line.Placed - line.Shipped, line.Shipped, line.Delivered,
            line.Cancelled, line.Charges, backordered > 0 ? demand.Standing.Expected : null);
    }

    (OrderCommand Command, DateTimeOffset Due)? TimerFor(OrderEvent happened) => happened switch
    {
        OrderEvent.PaymentAwaited e => (new OrderCommand.EndPaymentWait(), e.Until),
        OrderEvent.ReservationDeferred e =>
            (new OrderCommand.Retry(e.Answer.Sku, Demands[Find(e.Answer.Sku)].Step), e.At),
        OrderEvent.GoodsDelivered { CloseAt: { } at } => (new OrderCommand.Close(), at),
        OrderEvent.OrderCancelled { CloseAt: { } at } => (new OrderCommand.Close(), at),
        OrderEvent.InterceptAnswered { CloseAt: { } at } => (new OrderCommand.Close(), at),
        OrderEvent.OrderHeld { Hold: { Due: { } due } hold } => (new OrderCommand.NoteOverdue(hold.Number), due),
        OrderEvent.BuyerAsked e => (new OrderCommand.NoteOverdue(e.Number), e.Until),
        _ => null,
    };

    /// <summary>Whether the id was used: the status to answer is chosen by the caller.</summary>
    bool? Repeats(string id, long content) => Operations.Repeats(new(id, content));

    Order Remember(string id, long content) => this with { Operations = Operations.Add(new(id, content)) };

    /// <summary>The index of the SKU among the demands; negative when the order has none of it.</summary>
    int Find(string sku)
    {
        int low = 0, high = Demands.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = string.CompareOrdinal(Demands[middle].Sku, sku);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return -1;
    }
}
