using Fulfillment.Composition;
using Fulfillment.Inventory;
using Fulfillment.Views;

namespace Fulfillment.Client.Api;

/// <summary>Units of a node in a state, or a change of them.</summary>
public sealed record StateUnitsBody(string Node, string State, long Quantity);

/// <summary>From when on stock was negative, and by how much then.</summary>
public sealed record BelowBody(DateTimeOffset At, long Quantity);

/// <summary>Stock of a node at a moment.</summary>
public sealed record NodeAsOfBody(
    string Node, long OnHand, long Sellable, long Committed, IReadOnlyDictionary<string, long>? Unavailable);

/// <summary>
/// Stock at <c>At</c> as it was known at <c>KnownAt</c>. <c>Late</c>: changes in it that were told after <c>At</c>.
/// <c>Negative</c>: where they leave fewer units than none; null for nowhere.
/// </summary>
public sealed record StockAsOfBody(
    string Sku, DateTimeOffset At, DateTimeOffset KnownAt, long OnHand, long Reserved, long Committed, long Available,
    long Backordered, IReadOnlyList<NodeAsOfBody> Nodes, IReadOnlyList<StateUnitsBody>? Late,
    IReadOnlyList<StateUnitsBody>? Negative);

/// <summary>Stock as it was.</summary>
public static class HistoryApi
{
    /// <summary>Adds the routes.</summary>
    public static void MapHistory(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/skus/{sku}/stock", Get)
            .Describe("getStockAsOf", "Stock at a past moment, as it is known now or was known then", "stock")
            .Answers<StockAsOfBody>(200).Refuses(400, 404);

    static async Task<IResult> Get(
        HttpContext http, Backend backend, TimeProvider time, string sku, string? at, string? knownAt)
    {
        Requests.PathId("sku", sku);
        var (then, known) = Moments(at, knownAt, time.GetUtcNow());
        var seat = http.Seat(backend);
        // Through the entity first: what it has told is in the journal by then.
        if ((await seat.Sku(sku).Stock(http.RequestAborted)).Card is null) return SkusApi.Unknown(sku);
        var history = new StockHistory(backend.Journal, backend.Kinds, backend.Views.History);
        return history.At(EntityId.Of(InventoryCalls.Kind, seat.Seller, sku), then, known) is { } stock
            ? Answer.Ok(Body(sku, stock), ApiJson.Wire.StockAsOfBody)
            : new Problem(
                503, "history-behind", "The lists are being made anew.", "Ask again in a while.", retryAfter: 5);
    }

    /// <summary>The moment that is asked about, and the one of which the knowledge is asked for.</summary>
    internal static (DateTimeOffset At, DateTimeOffset Known) Moments(string? at, string? knownAt, DateTimeOffset now)
    {
        Fields fields = new();
        var moments = (fields.Moment("at", at, now), fields.Moment("knownAt", knownAt, now));
        fields.Check();
        return moments;
    }

    /// <summary>
    /// From when on a movement that was told late makes the stock of then negative; null when it does not.
    /// </summary>
    internal static BelowBody? Below(
        Backend backend, string seller, string sku, string node, StockState state, DateTimeOffset occurred,
        DateTimeOffset now) =>
        new StockHistory(backend.Journal, backend.Kinds, backend.Views.History).Below(
            EntityId.Of(InventoryCalls.Kind, seller, sku), node, Words<StockState>.Of(state), occurred, now)
            is var (at, units) ? new(at, units) : null;

    static StockAsOfBody Body(string sku, StockAsOf stock)
    {
        var levels = stock.Levels;
        List<StateUnitsBody> negative =
        [
            .. from node in levels.Nodes
               from state in (IEnumerable<(string Word, long Units)>)
               [
                   (StockLevels.Sellable, node.Value.Sellable),
                   .. node.Value.Unavailable?.Select(u => (u.Key, u.Value)) ?? [],
               ]
               where state.Units < 0
               select new StateUnitsBody(node.Key, state.Word, state.Units),
        ];
        return new(
            sku, stock.At, stock.Known, levels.OnHand(), levels.Held, levels.Committed(), levels.Available(),
            levels.Backordered,
            [.. levels.Nodes.Select(n => new NodeAsOfBody(
                n.Key, n.Value.OnHand(), n.Value.Sellable, n.Value.Committed, n.Value.Unavailable))],
            stock.Late.Count == 0 ? null
                : [.. stock.Late.Select(l => new StateUnitsBody(l.Node, l.State, l.Delta))],
            negative.Count == 0 ? null : negative);
    }
}
