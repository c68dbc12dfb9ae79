using Fulfillment.Ordering;
using Fulfillment.Routing;

namespace Fulfillment.Client.Api;

/// <summary>One leg of the way as planned and as it was; <c>Late</c>: ISO 8601, how much longer it took.</summary>
public sealed record PromiseLegBody(
    string Leg, DateTimeOffset? Planned, DateTimeOffset? Actual, string? Took, string? Late);

/// <summary>
/// A fulfilment order's promise, and what became of it. <c>Promise</c>: of the plan that it goes by. <c>Promised</c>:
/// the date that the buyer was told first for goods in it. <c>Kept</c>: whether that was kept; null before delivery.
/// Legs are compared with what was promised first. <c>Ate</c>: the leg that took most more than planned.
/// </summary>
public sealed record FulfilmentPromiseBody(
    string FulfilmentOrder, string Node, PromiseBody? Promise, bool? Kept, IReadOnlyList<PromiseLegBody> Legs,
    string? Ate, DateOnly? Promised = null, IReadOnlyList<LineUnitsBody>? Lines = null);

/// <summary>
/// <c>Promised</c>: what was told first for all that is ordered; <c>Now</c>: what stands now; null while some of it has
/// no date yet.
/// </summary>
public sealed record OrderPromiseBody(
    string Order, DateOnly? DeliverBy, DateOnly? Promised, DateOnly? Now, IReadOnlyList<FulfilmentPromiseBody> Items,
    IReadOnlyList<LinePromiseBody>? Lines = null);

/// <summary>What was promised, compared with what happened.</summary>
static class PromiseAuditApi
{
    internal static async Task<IResult> Get(HttpContext http, Backend backend, TimeProvider time, string id)
    {
        Requests.PathId("id", id);
        var seat = http.Seat(backend);
        if (await seat.Order(id).Get(http.RequestAborted) is not { } order) return OrdersApi.Unknown(id);
        LinePromises promises = new(backend, seat, id, order, time.GetUtcNow());
        var lines = await promises.Lines(http.RequestAborted);
        var live = order.Fulfilments.Where(f => f.Lines.Any(l => l.Withdrawn < l.Quantity)).ToList();
        return Answer.Ok(new(
            id, order.Placed.Wishes?.DeliverBy, Promised(order, lines),
            lines.Count > 0 && lines.TrueForAll(l => l.Promise is not null)
                ? lines.Max(l => l.Promise!.LatestDelivery) : null,
            [.. live.Select(f => Audit(f, id, order.Placed.PlacedAt, promises))], lines),
            ApiJson.Wire.OrderPromiseBody);
    }

    /// <summary>The first plan's date, or a later one that was told for what was yet to come in.</summary>
    internal static DateOnly? Promised(OrderReply order, IReadOnlyList<LinePromiseBody> lines)
    {
        var waiting = lines.SelectMany(l => l.Parts).Where(p => p.Backordered).ToList();
        if (!waiting.TrueForAll(p => p.Promised is not null)) return null;
        return lines.SelectMany(l => l.Parts).Select(p => p.Promised).Append(order.Sourcing?.Promised).Max();
    }

    /// <summary>
    /// The legs: payment and holds (placed until accepted), supply (until what was yet to come in was there), routing
    /// (until given to a node), queue (until the node begins), work (until it left), carrier (until delivered).
    /// Planned: the node begins when its promise does, and hands over at the latest ship time.
    /// </summary>
    static FulfilmentPromiseBody Audit(Fulfilment f, string order, DateTimeOffset placed, LinePromises promises)
    {
        var (first, word) = First(f, promises);
        var promise = first ?? f.Promise;
        var accepted = promises.Trail.Accepted;
        var opened = promises.Trail.Opened.TryGetValue(f.Number, out var at) ? at : (DateTimeOffset?)null;
        var left = f.Shipments.IsEmpty ? (DateTimeOffset?)null : f.Shipments.Max(s => s.At);
        var begins = promise?.Parts.LastOrDefault(p => p.Step is PromiseStep.Stock or PromiseStep.SupplierLead
            or PromiseStep.Cutoff or PromiseStep.NodeCalendar or PromiseStep.Capacity)?.Until ?? promise?.From;
        List<(string Leg, DateTimeOffset? From, DateTimeOffset? Planned, DateTimeOffset? Actual)> steps =
            [("payment-and-holds", placed, promise is null ? null : placed, accepted)];
        var (ready, planned) = (accepted, promise?.From);
        if (word?.Came is { } came)
        {
            (ready, planned) = (came > accepted ? came : accepted, word.Expected ?? planned);
            steps.Add(("supply", accepted, planned, ready));
        }

        steps.Add(("routing", ready, planned, opened));
        steps.Add(("queue", opened, begins, f.StartedAt ?? left));
        steps.Add(("work", f.StartedAt ?? left, promise?.LatestShip, left));
        steps.Add(("carrier", left, Arrives(promise), f.DeliveredAt));
        var (legs, ate) = Compare(steps, placed);
        bool? kept = f.DeliveredAt is { } delivered && Arrives(promise) is { } by ? delivered < by : null;
        return new(
            OrderBodies.FulfilmentId(order, f.Number), f.Node, f.Promise.Body(), kept, legs,
            kept == false ? ate : null, promise?.LatestDelivery,
            [.. f.Lines.Where(l => l.Withdrawn < l.Quantity).Select(
                l => new LineUnitsBody(l.Line, l.Quantity - l.Withdrawn))]);
    }

    /// <summary>What was promised first for goods in it; of several, the one that was to be there first.</summary>
    static (Promise? Promise, FirstWord? Word) First(Fulfilment f, LinePromises promises)
    {
        (Promise? Promise, FirstWord? Word) first = default;
        foreach (var line in f.Lines.Where(l => l.Withdrawn < l.Quantity))
        {
            foreach (var word in promises.Trail.Of(f.Number, line.Line))
            {
                var promise = promises.Promise(word, line.Sku, f.Node);
                if (first.Word is null || promise?.LatestDelivery < first.Promise?.LatestDelivery)
                    first = (promise, word);
            }
        }

        return first;
    }

    /// <summary>When the last day of the promise is over, where the goods come from.</summary>
    static DateTimeOffset? Arrives(Promise? promise) => promise is null ? null
        : promise.Parts is [.., var last] ? last.Until
        : new(promise.LatestDelivery.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);

    static (List<PromiseLegBody> Legs, string Worst) Compare(
        List<(string Leg, DateTimeOffset? From, DateTimeOffset? Planned, DateTimeOffset? Actual)> steps,
        DateTimeOffset placed)
    {
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

        return (legs, worst.Leg);
    }

    static string? Duration(TimeSpan? time) => time is { } t ? System.Xml.XmlConvert.ToString(t) : null;
}
