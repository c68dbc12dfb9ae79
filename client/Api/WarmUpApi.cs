using System.Diagnostics;
using Fulfillment.Inventory;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

public sealed record WarmUpRequest(IReadOnlyList<string?>? Skus);

/// <summary>
/// How many SKUs and nodes are in memory now, components of kits among them. <c>Unknown</c>: nobody defined these.
/// </summary>
public sealed record WarmUpBody(int Skus, int Nodes, IReadOnlyList<string> Unknown, long TookMs);

/// <summary>
/// Before a promotion: SKUs that will be asked for, and the nodes that may send them, are read from the journal into
/// memory, so that the first buyer does not wait for it. They stay there as long as the memory budget has room.
/// </summary>
public static class WarmUpApi
{
    const int MostSkus = 10_000, MostNodes = 1_000, AtOnce = 64;

    /// <summary>Adds the route.</summary>
    public static void MapWarmUp(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/warm-ups", WarmUp)
            .Describe("warmUp", "Reads SKUs and nodes into memory ahead of a promotion", "stock")
            .Accepts<WarmUpRequest>("application/json").Answers<WarmUpBody>(200).Refuses(400);

    static async Task<IResult> WarmUp(HttpContext http, Backend backend)
    {
        var seat = http.Seat(backend);
        var request = Requests.Parse((await http.Body()).Span, ApiJson.Wire.WarmUpRequest);
        Fields fields = new();
        if (request.Skus is not { Count: > 0 }) fields.Add("/skus", "required", "is missing or empty");
        else if (request.Skus.Count > MostSkus) fields.Add("/skus", "too-many", $"at most {MostSkus}");
        for (var i = 0; i < Math.Min(request.Skus?.Count ?? 0, MostSkus); i++)
            fields.Id($"/skus/{i}", request.Skus![i]);
        fields.Check();

        var began = Stopwatch.GetTimestamp();
        var known = await Load(seat, request.Skus!.OfType<string>().ToHashSet(), http.RequestAborted);
        var parts = known.Values.Where(k => k?.IsKit == true).SelectMany(k => k!.Kit).Select(p => p.Sku)
            .Where(p => !known.ContainsKey(p)).ToHashSet();
        foreach (var (sku, card) in await Load(seat, parts, http.RequestAborted)) known[sku] = card;
        var nodes = await LoadNodes(seat, backend, http.RequestAborted);
        return Answer.Ok(
            new(known.Values.Count(k => k is not null), nodes,
                [.. known.Where(k => k.Value is null).Select(k => k.Key).Order(StringComparer.Ordinal)],
                (long)Stopwatch.GetElapsedTime(began).TotalMilliseconds), ApiJson.Wire.WarmUpBody);
    }

    /// <summary>The card of each SKU; null where nobody defined it.</summary>
    static async Task<Dictionary<string, SkuCard?>> Load(Seat seat, HashSet<string> skus, CancellationToken cancel)
    {
        Dictionary<string, SkuCard?> cards = [];
        foreach (var some in skus.Chunk(AtOnce))
            foreach (var (sku, stock) in await LiveStock.Of(seat, some, cancel)) cards.Add(sku, stock.Card);
        return cards;
    }

    static async Task<int> LoadNodes(Seat seat, Backend backend, CancellationToken cancel)
    {
        var nodes = backend.Views.Nodes.List(null, MostNodes).Items;
        foreach (var some in nodes.Chunk(AtOnce))
            await Task.WhenAll(some.Select(n => seat.Node(n.Node).Get(cancel).AsTask()));
        return nodes.Count;
    }
}
