using System.Text.Json;
using Fulfillment.Ordering;

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
        var channel = "";
        List<TimelineEntry> items = [];
        foreach (var fact in backend.FactsOf(EntityId.Of(OrderingCalls.Kind, seat.Seller, id)))
        {
            var happened = (OrderEvent)fact.Event;
            if (happened is OrderEvent.OrderPlaced placed) channel = placed.Channel;
            items.Add(new(
                fact.Position, fact.Version, fact.At, fact.Type, Text(happened), fact.Origin.Actor, fact.Origin.Cause,
                SourceOf(fact.Origin, channel), Data(fact)));
        }

        return Answer.Ok(new(id, items), ApiJson.Wire.TimelineBody);
    }

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

    static string Text(OrderEvent.OrderPlaced e)
    {
        var units = e.Lines.Sum(l => (long)l.Quantity);
        return $"Ordered {units} {(units == 1 ? "unit" : "units")} in {Lines(e.Lines.Length)} through {e.Channel}";
    }

    static string Text(OrderEvent happened) => happened switch
    {
        OrderEvent.OrderPlaced e => Text(e),
        OrderEvent.StockAnswered e => Text(e.Answer),
        OrderEvent.ClaimChanged e => $"Units of {e.Sku} came in and are held for the order",
        OrderEvent.ReservationDeferred e =>
            $"{e.Answer.Sku} is held by undecided orders; asked again at {e.At:HH:mm:ss.fff}",
        OrderEvent.ReservationRetried e => $"Asked {e.Sku} again",
        OrderEvent.ReservationsYielded => "Gave back what it held, to ask one SKU after the other",
        OrderEvent.PaymentAwaited e => $"Stock is held until {e.Until:u}; waits for payment{Missing(e.Short)}",
        OrderEvent.PaymentConfirmed e =>
            $"Payment of {e.Amount.AmountMinor} {e.Amount.Currency} (minor units) confirmed",
        OrderEvent.OrderAccepted e => $"Accepted: stock is held{Missing(e.Short)}",
        OrderEvent.OrderRejected { Reason: RejectReason.SoldOut } e => $"Rejected: sold out{Missing(e.Short)}",
        OrderEvent.OrderRejected e => $"Rejected: unknown SKU{Missing(e.Short)}",
        OrderEvent.OrderRouted e => "Nodes chosen by " + e.Plan.Rule + ": " + string.Join("; ", e.Plan.Picks.Select(
            p => $"{p.Sku} from {string.Join(", ", p.Nodes.Select(n => $"{n.Node} ({n.Units})"))}")),
        OrderEvent.FulfilmentOpened e => "Stock committed, work given to " + string.Join(", ", e.Fulfilments.Select(
            f => $"{f.Node} (F{f.Number}: {f.Lines.Sum(l => (long)l.Units)} units)")),
        OrderEvent.OrderCancelled e =>
            $"Cancelled {e.Unplaced.Sum(l => (long)l.Units) + e.Withdrawn.Sum(w => (long)w.Units)} units"
            + (e.Reason == "" ? "" : $": {e.Reason}"),
        OrderEvent.GoodsShipped e => $"F{e.Fulfilment} shipped {e.Lines.Sum(l => (long)l.Units)} units"
            + (e.Carrier is null ? "" : $" with {e.Carrier}")
            + (e.TrackingNumber is null ? "" : $", tracking number {e.TrackingNumber}"),
        OrderEvent.GoodsDelivered e => $"F{e.Fulfilment} delivered {e.Lines.Sum(l => (long)l.Units)} units",
        OrderEvent.OrderClosed => "Closed",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

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
