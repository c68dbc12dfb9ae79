using Fulfillment.Views;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>
/// What one class of cause took from a node. <c>Net</c>: units found less units lost. <c>Skus</c>: how many it touched.
/// </summary>
public sealed record StockLossBody(string Cause, long Lost, long Found, long Net, long Movements, long Skus);

/// <summary>By cause, in a period, which its end is no part of.</summary>
public sealed record StockLossesBody(
    string Node, DateTimeOffset From, DateTimeOffset Until, IReadOnlyList<StockLossBody> Items);

/// <summary>A movement behind a figure. <c>Quantity</c>: below zero for units that are lost.</summary>
public sealed record LossMovementBody(
    string Sku, string Id, long Quantity, string State, string Reason, string Actor, DateTimeOffset At, long Position);

/// <summary>Shrinkage, damage and loss of a node by the class of their cause, and the movements behind them.</summary>
public static class StockLossesApi
{
    static readonly TimeSpan Usual = TimeSpan.FromDays(30), MostPast = TimeSpan.FromDays(400);

    /// <summary>Adds the routes.</summary>
    public static void MapStockLosses(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/nodes/{node}/stock-losses", Sums)
            .Describe(
                "getStockLosses", "Shrinkage, damage and loss of a node by cause, by default of the last 30 days",
                "stock")
            .Answers<StockLossesBody>(200).Refuses(400, 404);
        routes.MapGet("/v1/nodes/{node}/stock-losses/{cause}", Movements)
            .Describe("listStockLosses", "The movements behind a figure, newest first", "stock")
            .Answers<PageBody<LossMovementBody>>(200).Refuses(400, 404);
    }

    static async Task<IResult> Sums(
        HttpContext http, Backend backend, TimeProvider time, string node, string? from, string? until)
    {
        var (start, end) = await Period(http, backend, time, node, from, until);
        var sums = backend.Views.Losses.Sums(
            http.Seller(), node, start.ToUnixTimeMilliseconds(), end.ToUnixTimeMilliseconds());
        return Answer.Ok(
            new(
                node, start, end,
                [.. sums.Select(s => new StockLossBody(
                    s.Cause, s.Lost, s.Found, s.Found - s.Lost, s.Movements, s.Skus))]),
            ApiJson.Wire.StockLossesBody);
    }

    static async Task<IResult> Movements(
        HttpContext http, Backend backend, TimeProvider time, string node, string cause, string? from, string? until,
        string? cursor, string? limit)
    {
        var (start, end) = await Period(http, backend, time, node, from, until);
        if (!LossView.Causes.Contains(cause))
            return Problem.Invalid("cause", "unknown-value", $"must be one of {string.Join(", ", LossView.Causes)}");
        var page = Paging.Of(() => backend.Views.Losses.Movements(
            http.Seller(), node, cause, start.ToUnixTimeMilliseconds(), end.ToUnixTimeMilliseconds(), cursor,
            Requests.Limit(limit)));
        return Answer.Ok(
            new(
                [.. page.Items.Select(l => new LossMovementBody(
                    l.Sku, l.Id, l.Quantity, l.State, l.Reason, l.Actor,
                    DateTimeOffset.FromUnixTimeMilliseconds(l.At), l.Position))], page.Next),
            ApiJson.Wire.LossMovementPage);
    }

    static async ValueTask<(DateTimeOffset Start, DateTimeOffset End)> Period(
        HttpContext http, Backend backend, TimeProvider time, string node, string? from, string? until)
    {
        Requests.PathId("node", node);
        Fields fields = new();
        var end = fields.Time("until", until) ?? time.GetUtcNow().AddMilliseconds(1);
        var start = fields.Time("from", from) ?? end - Usual;
        if (start >= end || end - start > MostPast)
            fields.Add("from", "out-of-range", $"must be before until, by at most {MostPast.Days} days");
        fields.Check();
        return (await http.Seat(backend).Node(node).Get(http.RequestAborted)).Card is not null
            ? (start, end) : throw new ProblemException(NodesApi.Unknown(node));
    }
}
