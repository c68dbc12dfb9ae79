using System.Collections.Immutable;
using System.Globalization;
using Fulfillment.Ordering;
using Fulfillment.Views;

namespace Fulfillment.Client.Api;

/// <summary>Orders as the API shows them.</summary>
static class OrderBodies
{
    /// <summary>Without what identifies the buyer; the answer to a write.</summary>
    public static OrderBody Body(this OrderReply order, string id) => new(
        id, Words.Of(order.Status), order.Placed.Channel, order.Placed.PlacedAt, order.Placed.OrderedAt,
        Words<PaymentPolicy>.Of(order.Placed.Payment), Words<AllocationPolicy>.Of(order.Placed.Allocation),
        Body(order.Placed.Total), Body(order.Due),
        order.Placed.Total is { } total && order.Placed.Payment != PaymentPolicy.None
            ? new(order.PaidMinor + (order.Clearance.Standing is { } s ? s.TakenMinor - s.ReturnedMinor : 0),
                total.Currency) : null,
        Holds(order), null, null,
        ImmutableArray.CreateRange(order.Lines, Body, order.Kits),
        ImmutableArray.CreateRange(order.Fulfilments, Body, id),
        order.Short.IsEmpty ? null
            : [.. order.Short.Select(s => new ShortLineBody(s.Line, s.Sku, s.Wanted, s.Missing, s.Available))],
        order.Rejected is { } why ? Words<RejectReason>.Of(why) : null, order.CancelReason, order.Version,
        Payment(order), Screening(order.Clearance.Assessment),
        order.Intercepts.IsEmpty ? null : [.. ImmutableArray.CreateRange(order.Intercepts, Body, id)],
        order.RefusedEdits.IsEmpty ? null : [.. order.RefusedEdits.Select(e => new RefusedEditBody(
            e.Id, [.. e.Short.Select(s => new ShortLineBody(s.Line, s.Sku, s.Wanted, s.Missing, s.Available))]))],
        DeliverBy: order.Placed.Wishes?.DeliverBy,
        ShipComplete: order.Placed.Wishes?.ShipComplete == true ? true : null,
        NotBefore: order.Placed.Wishes?.NotBefore,
        Priority: order.Placed.Wishes is { Priority: not 0 and var priority } ? priority : null,
        Promised: order.Sourcing?.Promised, WaitingForNode: order.WaitingForNode(),
        Kits: order.Kits.IsDefaultOrEmpty ? null : [.. order.Kits.Select(k => new KitLineBody(
            k.Ordered.Id, k.Ordered.Sku, k.Ordered.Quantity, Body(k.Ordered.UnitPrice), k.Lines,
            k.Ordered.SoldAs?.Listing))],
        Terms: order.Placed.Customs?.Terms is { } terms ? Words<Shipping.Incoterm>.Of(terms) : null);

    /// <summary>
    /// Units that no node may serve, and those that a node was given by hand which takes no work now; null for none.
    /// </summary>
    public static List<UnservedBody>? WaitingForNode(this OrderReply order)
    {
        if (order is { Sourcing: null, Fulfilments.IsEmpty: true }) return null;
        List<UnservedBody> waiting = [];
        if (order.Sourcing is { } s) waiting.AddRange(s.Stuck.Select(u => new UnservedBody(u.Sku, u.Units)));
        waiting.AddRange(
            from f in order.Fulfilments
            where f.Waiting is not null
            from l in f.Lines
            where l.Open > 0
            select new UnservedBody(l.Sku, l.Open));
        return waiting.Count == 0 ? null
            : [.. waiting.GroupBy(w => w.Sku).Select(g => new UnservedBody(g.Key, g.Sum(w => w.Units)))];
    }

    /// <summary>What stops the order: holds by number, and before them the wait for its money.</summary>
    static List<OrderHoldBody>? Holds(OrderReply order)
    {
        if (order is { PayBy: null, Clearance.Holds.IsEmpty: true }) return null;
        List<OrderHoldBody> holds = [];
        if (order is { PayBy: { } payBy, Status: OrderStatus.Held } && Secured(order) < order.Due?.AmountMinor)
            holds.Add(new(null, "payment", null, null, null, payBy));
        holds.AddRange(order.Clearance.Holds.Select(h => new OrderHoldBody(
            h.Number, Words.Of(h.Type), h.Reason, h.By, h.At, h.Due, h.Overdue ? true : null, h.Question, h.ReleasedAt,
            h.ReleasedBy, h.Release)));
        return holds.Count == 0 ? null : holds;
    }

    /// <summary>Paid, or promised by the means that counts now.</summary>
    static long Secured(OrderReply order) => order.PaidMinor
        + (order.Clearance is { Standing: { } s } c && s.Attempt == c.Attempt ? s.SecuredMinor : 0);

    static OrderPaymentBody? Payment(OrderReply order)
    {
        if (order.Clearance is not { Method: { } method, Standing: { } s } || order.Placed.Total is not { } total)
            return null;
        return new(Words<Payments.PaymentState>.Of(s.State), method.Provider, new(s.PromisedMinor, total.Currency),
            new(s.TakenMinor, total.Currency), new(s.ReturnedMinor, total.Currency), s.Code, s.ActionUrl);
    }

    static ScreeningBody? Screening(Fulfillment.Screening.Assessment? a) => a is null ? null : new(
        Words<Fulfillment.Screening.Verdict>.Of(a.Verdict), a.Score,
        [.. a.Reasons.Select(r => new ReasonBody(r.Name, r.Points, r.Detail))], a.Model, a.ModelPermille,
        a.PolicyVersion);

    static InterceptBody Body(Intercept i, string order) => new(
        i.Number, i.Id, i.Reason, Words<InterceptStatus>.Of(i.Status),
        [.. i.Units.Select(u => new InterceptUnitsBody(FulfilmentId(order, u.Fulfilment), u.Line, u.Units))]);

    /// <summary>With customer, addresses and unknown fields, and the clocks as they stand now.</summary>
    public static async ValueTask<OrderBody> FullBody(
        this OrderReply order, string id, string seller, Backend backend, DateTimeOffset now)
    {
        var buyer = await OrderIntake.Open(order.Placed.Buyer, backend);
        return await (order.Body(id) with
        {
            Customer = buyer.Customer,
            ShipTo = buyer.ShipTo,
            BillTo = buyer.BillTo,
            Clocks = OrderClocks.Of(TimelineApi.Facts(backend, seller, id), now),
            Gift = buyer.Gift,
            Other = buyer.Other,
        }).WithOptions(order, backend);
    }

    /// <summary>With what is promised for each line now, and the date that was told first for all of them.</summary>
    public static OrderBody With(this OrderBody body, OrderReply order, IReadOnlyList<LinePromiseBody> promises) =>
        body with
        {
            Promised = PromiseAuditApi.Promised(order, promises),
            Lines = [.. body.Lines.Select(l => l with
            {
                Promise = promises.FirstOrDefault(p => p.Line == l.Id)?.Promise,
            })],
        };

    public static FulfilmentBody Body(this Fulfilment f, string order) => new(
        FulfilmentId(order, f.Number), order, f.Node, Words.Of(f.Status),
        [.. f.Lines.Select(l =>
            new FulfilmentLineBody(
                l.Line, l.Sku, l.Quantity, l.Open, l.Shipped, l.Delivered, l.Cancelled,
                l.Stopping == 0 ? null : l.Stopping, l.GivenAway == 0 ? null : l.GivenAway))],
        [.. f.Shipments.Select(s => new ShipmentBody(
            s.Id, s.At, [.. s.Lines.Select(l => new LineUnitsBody(l.Line, l.Units))], s.Carrier, s.TrackingNumber,
            s.Boxes.IsDefault ? null : s.Boxes))],
        f.DeliveredAt, null, f.StartedAt, f.Day, f.NotBefore, f.Paused,
        f.Request == WorkRequest.Unsubmitted ? null : Words<WorkRequest>.Of(f.Request), f.ShipBy, f.Promise.Body(),
        f.Lines.Any(l => l.Open > 0) ? f.Waiting : null, f.PackedAt);

    public static MoneyBody? Body(Money? money) => money is { } m ? new(m.AmountMinor, m.Currency) : null;

    /// <summary>The order's id, and <c>-F</c> with the number of the fulfilment order.</summary>
    public static string FulfilmentId(string order, int number) => $"{order}-F{number}";

    /// <summary>The order and number of a fulfilment order; null when it is not the id of one.</summary>
    public static (string Order, int Number)? Parse(string fulfilment)
    {
        var at = fulfilment.LastIndexOf("-F", StringComparison.Ordinal);
        return at > 0
            && int.TryParse(fulfilment.AsSpan(at + 2), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number > 0 && fulfilment[at + 2] != '0' && Fields.IsId(fulfilment[..at]) ? (fulfilment[..at], number)
            : null;
    }

    static LineBody Body(LineReply l, ImmutableArray<KitLine> kits) => new(
        l.Line.Id, l.Line.Sku, l.Line.Quantity, Body(l.Line.UnitPrice), l.Reserved, l.Backordered, l.Allocated,
        l.Shipped,
        l.Delivered, l.Cancelled, Part(l, l.Charges?.Discount), Part(l, l.Charges?.Tax), Part(l, l.Charges?.Shipping),
        KitOf(l.Line.Id, kits),
        l.Expected, Listing: l.Line.SoldAs?.Listing);

    static string? KitOf(string line, ImmutableArray<KitLine> kits)
    {
        if (kits.IsDefault) return null;
        foreach (var kit in kits)
            if (kit.Lines.Contains(line)) return kit.Ordered.Id;
        return null;
    }

    static MoneyBody? Part(LineReply l, long? minor) =>
        minor is > 0 and { } amount && l.Line.UnitPrice is { } price ? new(amount, price.Currency) : null;
}
