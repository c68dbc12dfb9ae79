using Fulfillment.Intake;
using Fulfillment.Inventory;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

public sealed record CountedRequest(string? Sku, long? OnHand);

public sealed record StockSnapshotRequest(
    string? Id, string? At, bool? Apply, IReadOnlyList<CountedRequest?>? Items);

/// <summary>
/// A count beside our figure of that time. <c>Difference</c>: theirs less ours. <c>Status</c>: <c>equal</c>,
/// <c>differs</c>, <c>booked</c>, or why it was not booked or compared. <c>Cause</c>: of a difference, see
/// <see cref="DriftCauses"/>; <c>Movement</c>: ours by which it is explained.
/// </summary>
public sealed record CountedBody(
    string Sku, long Counted, long? OnHand, long? Difference, string Status, string? Cause = null,
    string? Movement = null);

public sealed record StockSnapshotBody(
    string Node, string Id, DateTimeOffset At, bool Applied, IReadOnlyList<CountedBody> Items);

/// <summary>What a node, such as a 3PL, says that it has, beside what we know that it has.</summary>
public static class SnapshotsApi
{
    /// <summary>SKUs of one snapshot, and the events of one SKU that may lie between the count and now.</summary>
    const int MostItems = 1_000, MostSince = 20_000;

    const int AskedAtOnce = 100, EventsAtOnce = 1_000;

    /// <summary>How long ago the count may be, and how far the node's clock may be ahead.</summary>
    static readonly TimeSpan Oldest = TimeSpan.FromDays(31), MostAhead = TimeSpan.FromMinutes(1);

    /// <summary>Adds the routes.</summary>
    public static void MapSnapshots(this IEndpointRouteBuilder routes)
    {
        routes.MapStockLosses();
        routes.MapPost("/v1/nodes/{node}/stock-snapshots", Take)
            .Describe("takeStockSnapshot", "Compares a node's counts with our figures; may book what differs", "nodes")
            .Accepts<StockSnapshotRequest>("application/json").Answers<StockSnapshotBody>(200).Refuses(400, 404, 422);
    }

    static async Task<IResult> Take(HttpContext http, Backend backend, TimeProvider time, string node)
    {
        var seat = http.Seat(backend);
        Requests.PathId("node", node);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.StockSnapshotRequest);
        Fields fields = new();
        var at = fields.Time("/at", request.At) ?? default;
        if (request.At is null) fields.Add("/at", "required", "is missing");
        else if (fields.Errors.Count == 0) Check(fields, at, time.GetUtcNow());
        var items = Items(fields, request.Items);
        fields.Check();
        if ((await seat.Node(node).Get(http.RequestAborted)).Card is null) return NodesApi.Unknown(node);
        var id = await http.Operation(backend, seat, request.Id, body);
        var applies = request.Apply ?? false;
        if (applies && await IsOther(backend, seat, node, id, at, items, http.RequestAborted))
            return Problem.OtherContent($"Snapshot id {id}");

        List<CountedBody> told = [];
        foreach (var some in items.Chunk(AskedAtOnce))
        {
            var stock = await LiveStock.Of(seat, some.Select(i => i.Sku), http.RequestAborted);
            foreach (var (sku, counted) in some)
            {
                var line = Compared(backend, seat, node, at, sku, counted, stock[sku], id);
                told.Add(applies && line.Difference is { } difference and not 0
                    ? line with { Status = await Book(http, backend, seat, node, id, sku, difference) } : line);
            }
        }

        return Answer.Ok(new(node, id, at, applies, told), ApiJson.Wire.StockSnapshotBody);
    }

    static void Check(Fields fields, DateTimeOffset at, DateTimeOffset now)
    {
        if (at > now + MostAhead) fields.Add("/at", "out-of-range", "must not be to come");
        else if (now - at > Oldest) fields.Add("/at", "out-of-range", $"must be at most {Oldest.Days} days ago");
    }

    static List<(string Sku, int Counted)> Items(Fields fields, IReadOnlyList<CountedRequest?>? items)
    {
        if (items is null or { Count: 0 }) fields.Add("/items", "required", "a snapshot needs an item");
        else if (items.Count > MostItems) fields.Add("/items", "too-many", $"at most {MostItems}");
        List<(string, int)> read = [];
        HashSet<string> skus = [];
        for (var i = 0; i < Math.Min(items?.Count ?? 0, MostItems); i++)
        {
            if (items![i] is not { } item)
            {
                fields.Add($"/items/{i}", "wrong-type", "must be an object");
                continue;
            }

            var sku = fields.Id($"/items/{i}/sku", item.Sku);
            if (!skus.Add(sku)) fields.Add($"/items/{i}/sku", "duplicate", "is counted before");
            read.Add((sku, fields.Number($"/items/{i}/onHand", item.OnHand, 0, int.MaxValue)));
        }

        return read;
    }

    /// <summary>Whether the id was applied with other content: a repeat finds the same differences again.</summary>
    static async ValueTask<bool> IsOther(
        Backend backend, Seat seat, string node, string id, DateTimeOffset at, List<(string Sku, int Counted)> items,
        CancellationToken cancel)
    {
        var content = string.Join('\n', items.Select(i => $"{i.Sku} {i.Counted}").Prepend($"{node} {at.UtcTicks}"));
        var key = backend.Keyring.Mark($"stock-snapshot {id}");
        return await seat.ClaimKey($"snapshot:{key}", backend.Keyring.Mark(content), cancel)
            == ClaimKeyStatus.OtherContent;
    }

    static CountedBody Compared(
        Backend backend, Seat seat, string node, DateTimeOffset at, string sku, int counted, StockReply stock,
        string id)
    {
        if (stock.Card is null) return new(sku, counted, null, null, "unknown-sku");
        if (stock.Card.IsKit) return new(sku, counted, null, null, "kit");
        var now = stock.Nodes.FirstOrDefault(n => n.Node == node)?.OnHand ?? 0;
        var entity = EntityId.Of(InventoryCalls.Kind, seat.Seller, sku);
        if (Since(backend, entity, node, stock.Version, at) is not { } since)
            return new(sku, counted, null, null, "too-many-movements");
        var onHand = now - since;
        if (counted == onHand) return new(sku, counted, onHand, 0, "equal");
        var (cause, movement) = DriftCauses.Of(
            [
                .. backend.Views.Stock.Movements(seat.Seller, sku, null, DriftCauses.Looked).Items
                    .Where(m => m.Id != id),
            ], node, at, counted - onHand);
        return new(sku, counted, onHand, counted - onHand, "differs", cause, movement);
    }

    /// <summary>
    /// What came to the node, less what left it, between then and the version of the SKU; null when too much has
    /// happened. So the difference is the same whenever it is asked for, and is booked once.
    /// </summary>
    static long? Since(Backend backend, EntityId sku, string node, long version, DateTimeOffset at)
    {
        var sum = 0L;
        for (var looked = 0; looked < MostSince; looked += EventsAtOnce)
        {
            var count = (int)Math.Min(EventsAtOnce, version);
            var facts = backend.Journal.ReadEntity(sku, version - count, count).Select(backend.Kinds.Read).ToList();
            sum += facts.Where(f => f.At > at).Sum(f => Change(node, f.Event));
            version -= count;
            if (version <= 0 || facts.Count == 0 || facts[0].At <= at) return sum;
        }

        return null;
    }

    static long Change(string node, object happened) => happened switch
    {
        SkuEvent.StockReceived { State: not StockState.InTransit } e when e.Node == node => e.Quantity,
        SkuEvent.StockAdjusted { State: not StockState.InTransit } e when e.Node == node => e.Delta,
        SkuEvent.StockMoved { To: StockState.InTransit } e when e.Node == node => -e.Quantity,
        SkuEvent.StockMoved { From: StockState.InTransit } e when e.Node == node => e.Quantity,
        SkuEvent.StockArrived e when e.Node == node => e.Quantity,
        SkuEvent.StockShipped e => -e.Picks.Where(p => p.Node == node).Sum(p => p.Units),
        _ => 0,
    };

    static async ValueTask<string> Book(
        HttpContext http, Backend backend, Seat seat, string node, string id, string sku, long difference)
    {
        if (difference is < -int.MaxValue or > int.MaxValue) return "out-of-range";
        if (backend.Views.Stock.Movement(seat.Seller, sku, id) is { } made)
            return made.Type == "adjustment" && made.Node == node && made.Quantity == difference ? "booked"
                : "other-movement";
        var reply = await seat.Sku(sku).Adjust(
            id, node, (int)difference, $"{Views.LossView.SnapshotReason}{id}", StockState.Available,
            http.RequestAborted);
        return reply.Status switch
        {
            MoveStatus.Done or MoveStatus.AlreadyDone => "booked",
            MoveStatus.UnknownSku => "unknown-sku",
            MoveStatus.IsKit => "kit",
            MoveStatus.DifferentContent => "other-movement",
            MoveStatus.BelowZero => "below-zero",
            MoveStatus.Committed => "committed",
            MoveStatus.Reserved => "reserved",
            MoveStatus.LotMissing or MoveStatus.SerialsMissing or MoveStatus.ExpiryMissing or MoveStatus.NotThere =>
                "name-lots",
            MoveStatus.LotBlocked => "lot-blocked",
            MoveStatus.TooMany => "too-many",
            MoveStatus.QuantityNotPositive or MoveStatus.SameState or MoveStatus.UnknownSupply
                or MoveStatus.LotDiffers or MoveStatus.SerialTwice or MoveStatus.NotYet
                or MoveStatus.TooLongAgo or MoveStatus.TooLate or MoveStatus.CorrectedSince =>
                throw new System.Diagnostics.UnreachableException(),
        };
    }
}
