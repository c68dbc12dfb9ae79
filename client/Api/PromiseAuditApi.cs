using Fulfillment.Ordering;
using Fulfillment.Routing;

namespace Fulfillment.Client.Api;

/// <summary>One leg of the way as planned and as it was; <c>Late</c>: ISO 8601, how much longer it took.</summary>
public sealed record PromiseLegBody(
    string Leg, DateTimeOffset? Planned, DateTimeOffset? Actual, string? Took, string? Late);

/// <summary>
/// A fulfilment order's promise, and what became of it. <c>Ate</c>: the leg that took most more than planned.
/// </summary>
public sealed record FulfilmentPromiseBody(
    string FulfilmentOrder, string Node, PromiseBody? Promise, bool? Kept, IReadOnlyList<PromiseLegBody> Legs,
    string? Ate);

/// <summary><c>Promised</c>: what the first plan said; <c>Now</c>: what the last ones say; null for none yet.</summary>
public sealed record OrderPromiseBody(
    string Order, DateOnly? DeliverBy, DateOnly? Promised, DateOnly? Now, IReadOnlyList<FulfilmentPromiseBody> Items);

/// <summary>What was promised, compared with what happened.</summary>
static class PromiseAuditApi
{
    internal static async Task<IResult> Get(HttpContext http, Backend backend, string id)
    {
        Requests.PathId("id", id);
        var seat = http.Seat(backend);
        if (await seat.Order(id).Get(http.RequestAborted) is not { } order) return OrdersApi.Unknown(id);
        DateTimeOffset? accepted = null;
        Dictionary<int, DateTimeOffset> opened = [];
        foreach (var fact in backend.FactsOf(EntityId.Of(OrderingCalls.Kind, seat.Seller, id)))
        {
            if (fact.Event is OrderEvent.OrderAccepted) accepted ??= fact.At;
            if (fact.Event is OrderEvent.FulfilmentOpened o)
                foreach (var f in o.Fulfilments) opened[f.Number] = fact.At;
            if (fact.Event is OrderEvent.FulfilmentSplit s) opened[s.Number] = fact.At;
        }

        var live = order.Fulfilments.Where(f => f.Lines.Any(l => l.Withdrawn < l.Quantity)).ToList();
        DateOnly? now = live.Count > 0 && live.All(f => f.Promise is not null)
            ? live.Max(f => f.Promise!.LatestDelivery) : null;
        return Answer.Ok(new(
            id, order.Placed.Wishes?.DeliverBy, order.Sourcing?.Promised, now,
            [.. live.Select(f => Audit(f, id, order.Placed.PlacedAt, accepted, opened.GetValueOrDefault(f.Number)))]),
            ApiJson.Wire.OrderPromiseBody);
    }

    /// <summary>
    /// The legs: decision (placed until given to a node), queue (until the node begins), work (until it left), carrier
    /// (until delivered). Planned: the node begins when its promise does, and hands over at the latest ship time.
    /// </summary>
    static FulfilmentPromiseBody Audit(
        Fulfilment f, string order, DateTimeOffset placed, DateTimeOffset? accepted, DateTimeOffset opened)
    {
        var left = f.Shipments.IsEmpty ? (DateTimeOffset?)null : f.Shipments.Max(s => s.At);
        var promise = f.Promise;
        var begins = promise?.Parts.LastOrDefault(p => p.Step is PromiseStep.Stock or PromiseStep.SupplierLead
            or PromiseStep.Cutoff or PromiseStep.NodeCalendar or PromiseStep.Capacity)?.Until ?? promise?.From;
        DateTimeOffset? arrives = promise is null ? null
            : new(promise.LatestDelivery.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
        List<(string Leg, DateTimeOffset? From, DateTimeOffset? Planned, DateTimeOffset? Actual)> steps =
        [
            ("payment-and-holds", placed, promise is null ? null : placed, accepted),
            ("routing", accepted, promise?.From, opened == default ? null : opened),
            ("queue", opened == default ? null : opened, begins, f.StartedAt ?? left),
            ("work", f.StartedAt ?? left, promise?.LatestShip, left),
            ("carrier", left, arrives, f.DeliveredAt),
        ];
        List<PromiseLegBody> legs = [];
        (string Leg, TimeSpan Over) worst = ("", TimeSpan.Zero);
        var plannedFrom = (DateTimeOffset?)placed;
        foreach (var (leg, from, planned, actual) in steps)
        {
            TimeSpan? took = actual - from;
            var over = took - (planned - plannedFrom);
            if (over > worst.Over) worst = (leg, over.Value);
            legs.Add(new(leg, planned, actual, Duration(took), over > TimeSpan.Zero ? Duration(over) : null));
            plannedFrom = planned;
        }

        bool? kept = f.DeliveredAt is { } at && arrives is { } by ? at < by : null;
        return new(
            OrderBodies.FulfilmentId(order, f.Number), f.Node, promise.Body(), kept, legs,
            kept == false ? worst.Leg : null);
    }

    static string? Duration(TimeSpan? time) => time is { } t ? System.Xml.XmlConvert.ToString(t) : null;
}
