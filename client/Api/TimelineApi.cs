using System.Text.Json;
using Fulfillment.Ordering;
using Fulfillment.Payments;

namespace Fulfillment.Client.Api;

/// <summary>Everything that happened to an order, in words, with who and what led to it.</summary>
public static class TimelineApi
{
    internal static async Task<IResult> Get(HttpContext http, Backend backend, string id)
    {
        Requests.PathId("id", id);
        var seat = http.Seat(backend);
        // Through the entity first: what it has told is in the journal by then.
        if (await seat.Order(id).Get(http.RequestAborted) is null) return OrdersApi.Unknown(id);
        var (channel, currency) = ("", "");
        List<TimelineEntry> items = [];
        Dictionary<string, Inventory.Standing> stock = [];
        foreach (var fact in Facts(backend, seat.Seller, id))
        {
            if (fact.Event is OrderEvent happened && Order.AnswerOf(happened) is { } answer)
                stock[answer.Sku] = answer.Standing;
            if (fact.Event is OrderEvent.OrderPlaced placed)
                (channel, currency) = (placed.Channel, placed.Total?.Currency ?? "");
            items.Add(new(
                fact.Position, fact.Version, fact.At, fact.Type,
                fact.Event is OrderEvent.OrderAccepted a ? Text(a, stock.Values) : Words(fact.Event, currency),
                fact.Origin.Actor,
                fact.Origin.Cause, SourceOf(fact.Origin, channel), Data(fact)));
        }

        return Answer.Ok(new(id, items), ApiJson.Wire.TimelineBody);
    }

    /// <summary>What happened to an order and to its payment, by position.</summary>
    internal static IEnumerable<Fact> Facts(Backend backend, string seller, string id) =>
        backend.FactsOf(EntityId.Of(OrderingCalls.Kind, seller, id))
            .Concat(backend.FactsOf(EntityId.Of(PaymentsCalls.Kind, seller, id))).OrderBy(f => f.Position);

    /// <summary>The payload, as it is in the journal: what is sealed stays sealed.</summary>
    internal static JsonElement Data(Fact fact)
    {
        Utf8JsonReader reader = new(fact.Payload.Span);
        return JsonElement.ParseValue(ref reader);
    }

    static string SourceOf(Origin origin, string channel) =>
        origin.Actor.Contains('/', StringComparison.Ordinal) ? origin.Actor.EndsWith('/')
            ? $"connector {origin.Actor[..^1]}" : $"entity {origin.Actor}"
        : $"channel {channel}";

    static string Words(object happened, string currency) => happened switch
    {
        PaymentEvent e => PaymentWords.Of(e, currency),
        OrderEvent.PaymentChanged e => PaymentWords.Of(e.Standing, currency),
        _ => Text((OrderEvent)happened),
    };

    static string Text(OrderEvent.OrderAccepted e, IReadOnlyCollection<Inventory.Standing> stock)
    {
        var (held, expected) = (stock.Sum(s => s.Held), stock.Sum(s => s.Backordered));
        var isDated = stock.All(s => s.Backordered == 0 || s.Expected is not null);
        return expected == 0 ? $"Accepted: stock is held{Missing(e.Short)}"
            : $"Accepted: {(held == 0 ? "nothing is" : held == 1 ? "1 unit is" : $"{held} units are")} held, "
            + $"{Units(expected)} expected "
            + (isDated ? $"by {stock.Max(s => s.Expected):yyyy-MM-dd}" : "without a date") + Missing(e.Short);
    }

    static string Text(RejectReason why) => why switch
    {
        RejectReason.SoldOut => "sold out",
        RejectReason.UnknownSku => "unknown SKU",
        RejectReason.KitTooLarge => "a kit of too many units",
        RejectReason.NotOrderable => "not sold yet, or not any more",
    };

    static string Text(OrderEvent.OrderPlaced e)
    {
        var units = e.Lines.Sum(l => (long)l.Quantity);
        return $"Ordered {Units(units)} in {Lines(e.Lines.Length)} through {e.Channel}"
            + (e.Total is { } total ? $" for {MoneyText.Of(total)}" : "")
            + (e.Payment == PaymentPolicy.None ? "" : $", payment {Api.Words<PaymentPolicy>.Of(e.Payment)}");
    }

    static string Text(OrderEvent happened) => happened switch
    {
        OrderEvent.OrderPlaced e => Text(e),
        OrderEvent.StockAnswered e => Text(e.Answer),
        OrderEvent.ClaimChanged { Standing: { Backordered: > 0 } s } e =>
            $"{e.Sku}: {s.Held} held for the order, {s.Backordered} expected "
            + (s.Expected is { } at ? $"by {at:yyyy-MM-dd}" : "without a date"),
        OrderEvent.ClaimChanged e => $"Units of {e.Sku} came in and are held for the order",
        OrderEvent.ReservationDeferred e =>
            $"{e.Answer.Sku} is held by undecided orders; asked again at {e.At:HH:mm:ss.fff}",
        OrderEvent.ReservationRetried e => $"Asked {e.Sku} again",
        OrderEvent.ReservationsYielded => "Gave back what it held, to ask one SKU after the other",
        OrderEvent.PaymentAwaited e => $"Stock is held until {e.Until:u}; waits for payment{Missing(e.Short)}",
        OrderEvent.PaymentConfirmed e => $"Payment of {MoneyText.Of(e.Amount)} confirmed",
        OrderEvent.OrderAccepted e => Text(e, []),
        OrderEvent.OrderRejected e => $"Rejected: {Text(e.Reason)}{Missing(e.Short)}",
        OrderEvent.KitOpened e => $"{e.Answer.Sku} is a kit of "
            + string.Join(", ", e.Answer.Kit!.Value.Select(p => $"{p.Units} of {p.Sku}")),
        OrderEvent.OrderRouted or OrderEvent.RoomAnswered or OrderEvent.RoutingRetried or OrderEvent.FulfilmentMoved
            or OrderEvent.FulfilmentSplit or OrderEvent.FulfilmentsMerged or OrderEvent.FulfilmentPaused
            or OrderEvent.FulfilmentResumed or OrderEvent.FulfilmentDue or OrderEvent.RequestAnswered
            or OrderEvent.NodeAwaited or OrderEvent.NodeReturned or OrderEvent.PackingBegun
            or OrderEvent.PackingEnded or OrderEvent.FulfilmentPacked => RoutingWords.Of(happened),
        OrderEvent.FulfilmentOpened e => "Stock committed, work given to " + string.Join(", ", e.Fulfilments.Select(
            f => $"{f.Node} (F{f.Number}: {Units(f.Lines.Sum(l => (long)l.Units))})")),
        OrderEvent.OrderCancelled e =>
            $"Cancelled {Units(e.Unplaced.Sum(l => (long)l.Units) + e.Withdrawn.Sum(w => (long)w.Units))}"
            + (e.Reason == "" ? "" : $": {e.Reason}"),
        OrderEvent.GoodsShipped e => $"F{e.Fulfilment} shipped {Units(e.Lines.Sum(l => (long)l.Units))}{By(e)}",
        OrderEvent.GoodsDelivered e => $"F{e.Fulfilment} delivered {Units(e.Lines.Sum(l => (long)l.Units))}",
        OrderEvent.OrderClosed => "Closed",
        OrderEvent.StockSecured e => $"Stock is held; the order is still to be cleared{Missing(e.Short)}",
        OrderEvent.OrderHeld { Hold: var h } => $"Held by {h.By} ({Api.Words<HoldType>.Of(h.Type)}): {h.Reason}"
            + (h.Due is { } due ? $"; to be decided by {due:u}" : ""),
        OrderEvent.HoldReleased e => $"Hold {e.Number} released by {e.By}: {e.Reason}",
        OrderEvent.BuyerAsked e => $"Buyer asked by {e.By}, until {e.Until:u}: {e.Question}",
        OrderEvent.HoldOverdue e => $"Hold {e.Number} should have been decided by now",
        OrderEvent.MethodGiven e => $"To be paid by {e.Method.Provider}, attempt {e.Attempt}",
        OrderEvent.RefundConfirmed e => $"{MoneyText.Of(e.Amount)} given back: {e.Reason}",
        OrderEvent.TraceTold e => $"Screening: orders before with the same "
            + $"{Api.Words<Fulfillment.Screening.TraceOf>.Of(e.Of)}: {e.Told.OrdersBefore}, "
            + $"{e.Told.LastDay} of them within a day",
        OrderEvent.OrderScreened { Assessment: var a } =>
            $"Screened: {Api.Words<Fulfillment.Screening.Verdict>.Of(a.Verdict)}, score {a.Score}"
            + string.Concat(a.Reasons.Select(r => $"; {r.Name} {r.Points:+0;-0} ({r.Detail})")),
        OrderEvent.FulfilmentStarted e => $"F{e.Fulfilment}: the node began to work on {Units(e.Units)}",
        OrderEvent.InterceptOpened e => $"Too late to cancel {Units(e.Units.Sum(u => (long)u.Units))}; intercept "
            + $"{e.Number} opened: the node is to stop them",
        OrderEvent.InterceptAnswered e => e.Stopped
            ? $"Intercept {e.Number}: {Units(e.Units.Sum(u => (long)u.Units))} stopped and cancelled"
            : $"Intercept {e.Number}: the units could not be stopped",
        OrderEvent.EditBegun e => $"Edit {e.Id} asks stock for {Units(e.Plan.Added.Sum(l => (long)l.Quantity))} more",
        OrderEvent.OrderEdited e => $"Edited ({e.Id}): {e.Plan.Reason}"
            + string.Concat(e.Plan.Fewer.Select(f => $"; {Units(f.Units)} fewer of line {f.Line}"))
            + string.Concat(e.Plan.Added.Select(l => $"; line {l.Id}: {l.Quantity} of {l.Sku}"))
            + (e.Plan.ShipTo is null && e.Plan.Buyer is null ? "" : "; another address"),
        OrderEvent.EditRefused e => $"Edit {e.Id} refused{Missing(e.Short)}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    static string By(OrderEvent.GoodsShipped e) =>
        (e.Boxes.IsDefaultOrEmpty ? "" : $" in {string.Join(", ", e.Boxes)}")
        + (e.Carrier is null ? "" : $" with {e.Carrier}")
        + (e.TrackingNumber is null ? "" : $", tracking number {e.TrackingNumber}");

    static string Units(long count) => count == 1 ? "1 unit" : $"{count} units";

    static string Lines(int count) => count == 1 ? "1 line" : $"{count} lines";

    static string Text(StockAnswer answer) => answer.Status switch
    {
        Inventory.ClaimStatus.Done or Inventory.ClaimStatus.AlreadyDone =>
            $"{answer.Sku} now has for the order: {answer.Standing.Held} held, "
            + $"{answer.Standing.Backordered} backordered, "
            + $"{answer.Standing.Allocated.Sum(a => a.Units)} committed",
        _ => $"{answer.Sku} answered {Views.Words.Kebab($"{answer.Status}")}, {answer.Available} available",
    };

    static string Missing(IReadOnlyList<ShortLine> shorts) => shorts.Count == 0 ? ""
        : "; missing " + string.Join(", ", shorts.Take(5).Select(s => $"{s.Missing} of {s.Sku}"))
        + (shorts.Count > 5 ? " ..." : "");
}
