using Fulfillment.Inventory;
using Fulfillment.Views;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>Stock: receipts, corrections, changes of state, and holds for a while.</summary>
public static class StockApi
{
    static readonly TimeSpan LongestHold = TimeSpan.FromDays(31);

    /// <summary>Adds the routes.</summary>
    public static void MapStock(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/skus/{sku}/receipts", Receive).Describe("receiveStock", "Units arrived at a node", "stock")
            .Accepts<ReceiptRequest>("application/json").Answers<MovementAnswer>(201, 200).Refuses(400, 404, 422);
        routes.MapPost("/v1/skus/{sku}/adjustments", Adjust)
            .Describe("adjustStock", "Corrects what is on hand", "stock")
            .Accepts<AdjustmentRequest>("application/json").Answers<MovementAnswer>(201, 200)
            .Refuses(400, 404, 409, 422);
        routes.MapPost("/v1/skus/{sku}/moves", Move).Describe("moveStock", "Changes the state of units", "stock")
            .Accepts<MoveRequest>("application/json").Answers<MovementAnswer>(201, 200).Refuses(400, 404, 409, 422);
        routes.MapGet("/v1/skus/{sku}/movements", Movements)
            .Describe(
                "listMovements", "Movements, newest first; those that make up the stock of a past moment", "stock")
            .Answers<PageBody<MovementBody>>(200).Refuses(400);
        routes.MapPost("/v1/skus/{sku}/holds", Hold)
            .Describe("holdStock", "Holds units for a cart, for a while", "stock")
            .Accepts<HoldRequest>("application/json").Answers<HoldBody>(201, 200).Refuses(400, 404, 409, 422);
        routes.MapGet("/v1/skus/{sku}/holds/{id}", GetHold).Describe("getHold", "A hold", "stock")
            .Answers<HoldBody>(200).Refuses(404);
        routes.MapDelete("/v1/skus/{sku}/holds/{id}", GiveBack)
            .Describe("releaseStock", "Gives held units back", "stock")
            .Answers<HoldBody>(200).Refuses(404);
    }

    static async Task<IResult> Receive(HttpContext http, Backend backend, TimeProvider time, string sku)
    {
        var (seat, body) = await Start(http, backend, sku);
        var request = Requests.Parse(body.Span, ApiJson.Wire.ReceiptRequest);
        Fields fields = new();
        var node = fields.Id("/node", request.Node);
        var quantity = fields.Number("/quantity", request.Quantity, 1, int.MaxValue);
        var reason = request.Reason is null ? "receipt" : fields.Text("/reason", request.Reason, 200);
        var state = fields.Word<StockState>("/state", request.State, StockState.Available);
        var supply = request.Supply is null ? null : fields.Id("/supply", request.Supply);
        var occurred = Occurred(fields, request.OccurredAt, time);
        fields.Check();
        var id = await http.Operation(backend, seat, request.Id, body);
        MovementRow wanted = new(
            id, "receipt", node, null, Words<StockState>.Of(state), quantity, reason, "", 0, 0, supply, Ms(occurred));
        if (await Refused(http, backend, seat, sku, id, wanted) is { } refused) return refused;
        var reply = await Ask(
            http, seat, sku, new SkuCommand.Receive(id, node, quantity, reason, state, supply, occurred));
        return Answered(reply, sku, id, node, state);
    }

    static async Task<IResult> Adjust(HttpContext http, Backend backend, TimeProvider time, string sku)
    {
        var (seat, body) = await Start(http, backend, sku);
        var request = Requests.Parse(body.Span, ApiJson.Wire.AdjustmentRequest);
        Fields fields = new();
        var node = fields.Id("/node", request.Node);
        var delta = fields.Number("/delta", request.Delta, -int.MaxValue, int.MaxValue);
        if (request.Delta == 0) fields.Add("/delta", "out-of-range", "must not be 0");
        var reason = fields.Text("/reason", request.Reason, 200);
        var state = fields.Word<StockState>("/state", request.State, StockState.Available);
        var occurred = Occurred(fields, request.OccurredAt, time);
        fields.Check();
        var id = await http.Operation(backend, seat, request.Id, body);
        MovementRow wanted = new(
            id, "adjustment", node, null, Words<StockState>.Of(state), delta, reason, "", 0, 0, null, Ms(occurred));
        if (await Refused(http, backend, seat, sku, id, wanted) is { } refused) return refused;
        var reply = await Ask(
            http, seat, sku, new SkuCommand.Adjust(id, node, delta, reason, state, occurred));
        return Answered(reply, sku, id, node, state, Below(backend, seat, sku, node, state, occurred, time));
    }

    static async Task<IResult> Move(HttpContext http, Backend backend, TimeProvider time, string sku)
    {
        var (seat, body) = await Start(http, backend, sku);
        var request = Requests.Parse(body.Span, ApiJson.Wire.MoveRequest);
        Fields fields = new();
        var node = fields.Id("/node", request.Node);
        var quantity = fields.Number("/quantity", request.Quantity, 1, int.MaxValue);
        var from = fields.Word<StockState>("/from", request.From);
        var to = fields.Word<StockState>("/to", request.To);
        if (request.From is not null && request.From == request.To)
            fields.Add("/to", "same-state", "must be another state");
        var reason = fields.Text("/reason", request.Reason, 200);
        var occurred = Occurred(fields, request.OccurredAt, time);
        fields.Check();
        var id = await http.Operation(backend, seat, request.Id, body);
        MovementRow wanted = new(
            id, "move", node, Words<StockState>.Of(from), Words<StockState>.Of(to), quantity, reason, "", 0, 0, null,
            Ms(occurred));
        if (await Refused(http, backend, seat, sku, id, wanted) is { } refused) return refused;
        var reply = await Ask(
            http, seat, sku, new SkuCommand.Move(id, node, quantity, from, to, reason, occurred));
        return Answered(reply, sku, id, node, from, Below(backend, seat, sku, node, from, occurred, time));
    }

    /// <summary>When it happened, where it is told late.</summary>
    static DateTimeOffset? Occurred(Fields fields, string? text, TimeProvider time)
    {
        var now = time.GetUtcNow();
        var occurred = fields.Told("/occurredAt", text, now);
        if (occurred < now - Sku.BackdatedAtMost) fields.Add("/occurredAt", TooLongAgo, LongestAgo);
        return occurred;
    }

    const string TooLongAgo = "too-long-ago";

    static string LongestAgo => $"must be at most {Sku.BackdatedAtMost.TotalDays} days ago";

    static long Ms(DateTimeOffset? occurred) => occurred?.ToUnixTimeMilliseconds() ?? 0;

    static ValueTask<MoveReply> Ask(HttpContext http, Seat seat, string sku, ICommand<MoveReply> movement) =>
        seat.Cluster.Ask(
            EntityId.Of(InventoryCalls.Kind, seat.Seller, sku), movement, seat.Origin, http.RequestAborted);

    /// <summary>From when on a movement that is told late makes the stock of then negative.</summary>
    static BelowBody? Below(
        Backend backend, Seat seat, string sku, string node, StockState state, DateTimeOffset? occurred,
        TimeProvider time) => occurred is not { } then ? null
        : HistoryApi.Below(backend, seat.Seller, sku, node, state, then, time.GetUtcNow());

    static async ValueTask<(Seat Seat, ReadOnlyMemory<byte> Body)> Start(HttpContext http, Backend backend, string sku)
    {
        Requests.PathId("sku", sku);
        return (http.Seat(backend), await http.Body());
    }

    /// <summary>
    /// The node must exist. And a movement that was made is not made again, however long ago that was: the SKU
    /// remembers the last ten thousand, the list of movements all.
    /// </summary>
    static async ValueTask<IResult?> Refused(
        HttpContext http, Backend backend, Seat seat, string sku, string id, MovementRow wanted)
    {
        if ((await seat.Node(wanted.Node).Get(http.RequestAborted)).Card is null)
            return NodesApi.UnknownAt("/node", wanted.Node);
        if (backend.Views.Stock.Movement(seat.Seller, sku, id) is not { } made) return null;
        // Who does not say when it happened says that it happened as it was told.
        var occurred = wanted.Occurred == 0 ? made.At : wanted.Occurred;
        var same = wanted with { Actor = made.Actor, At = made.At, Position = made.Position, Cause = made.Cause };
        if (made != same with { Occurred = occurred }) return Problem.OtherContent($"Movement id {id}");
        var stock = await seat.Sku(sku).Stock(http.RequestAborted);
        var onHand = stock.Nodes.FirstOrDefault(n => n.Node == made.Node)?.OnHand ?? 0;
        return Answer.Ok(new(sku, id, made.Node, onHand, stock.Available), ApiJson.Wire.MovementAnswer);
    }

    static IResult Answered(
        MoveReply reply, string sku, string id, string node, StockState state, BelowBody? below = null)
    {
        MovementAnswer body = new(sku, id, node, reply.OnHand, reply.Available, below);
        return reply.Status switch
        {
            MoveStatus.Done => Answer.Created(body, ApiJson.Wire.MovementAnswer, $"/v1/skus/{sku}/movements"),
            MoveStatus.AlreadyDone => Answer.Ok(body, ApiJson.Wire.MovementAnswer),
            MoveStatus.NotYet => Problem.Invalid("/occurredAt", "in-the-future", "must not be in the future"),
            MoveStatus.TooLongAgo => Problem.Invalid("/occurredAt", TooLongAgo, LongestAgo),
            MoveStatus.UnknownSku => SkusApi.Unknown(sku),
            MoveStatus.IsKit => SkusApi.IsKit(sku),
            MoveStatus.DifferentContent => Problem.OtherContent($"Movement id {id}"),
            MoveStatus.QuantityNotPositive => Problem.Invalid("/quantity", "out-of-range", "must be positive"),
            MoveStatus.UnknownSupply =>
                Problem.NotFound("unknown-supply", $"{sku} never had the supply that it is to be of."),
            MoveStatus.SameState => Problem.Invalid("/to", "same-state", "must be another state"),
            MoveStatus.BelowZero => Problem.Conflict(
                "below-zero", $"{node} has not so many units of {sku} in state {Words<StockState>.Of(state)}."),
            MoveStatus.Committed =>
                Problem.Conflict("committed", $"Orders have units of {sku} committed at {node} that would be missing."),
            MoveStatus.Reserved => Problem.Conflict("reserved", $"Orders hold units of {sku} that would be missing."),
        };
    }

    static IResult Movements(
        HttpContext http, Backend backend, TimeProvider time, string sku, string? at, string? knownAt, string? cursor,
        string? limit)
    {
        Requests.PathId("sku", sku);
        var (then, known) = HistoryApi.Moments(at, knownAt, time.GetUtcNow());
        var page = Paging.Of(() => at is null && knownAt is null
            ? backend.Views.Stock.Movements(http.Seller(), sku, cursor, Requests.Limit(limit))
            : backend.Views.Stock.Movements(http.Seller(), sku, then.ToUnixTimeMilliseconds(),
                known.ToUnixTimeMilliseconds(), cursor, Requests.Limit(limit)));
        var items = page.Items.Select(m => new MovementBody(
            m.Id, m.Type, m.Node, m.FromState, m.ToState, m.Quantity, m.Reason, m.Actor,
            DateTimeOffset.FromUnixTimeMilliseconds(m.At),
            m.Occurred == m.At ? null : DateTimeOffset.FromUnixTimeMilliseconds(m.Occurred), m.Cause, m.Position));
        return Answer.Ok(new([.. items], page.Next), ApiJson.Wire.MovementPage);
    }

    static async Task<IResult> Hold(HttpContext http, Backend backend, string sku)
    {
        var (seat, body) = await Start(http, backend, sku);
        var request = Requests.Parse(body.Span, ApiJson.Wire.HoldRequest);
        Fields fields = new();
        var quantity = fields.Number("/quantity", request.Quantity, 1, int.MaxValue);
        var holdFor = fields.Duration("/holdFor", request.HoldFor, LongestHold) ?? default;
        if (request.HoldFor is null) fields.Add("/holdFor", "required", "is missing");
        fields.Check();
        var id = await http.Operation(backend, seat, request.Id, body);
        var reply = await seat.Sku(sku).Reserve(ClaimOf(id), quantity, holdFor, cancel: http.RequestAborted);
        var hold = Body(sku, id, reply);
        return reply.Status switch
        {
            ClaimStatus.Done => Answer.Created(hold, ApiJson.Wire.HoldBody, $"/v1/skus/{sku}/holds/{id}"),
            ClaimStatus.AlreadyDone => Answer.Ok(hold, ApiJson.Wire.HoldBody),
            ClaimStatus.UnknownSku => SkusApi.Unknown(sku),
            ClaimStatus.IsKit => SkusApi.IsKit(sku),
            ClaimStatus.DifferentContent => Problem.OtherContent($"Hold id {id}"),
            ClaimStatus.OrderClosed or ClaimStatus.TooOld =>
                Problem.Conflict("hold-ended", $"The hold {id} was given back or has expired; use a new id."),
            ClaimStatus.Insufficient or ClaimStatus.Contended =>
                Problem.Conflict("sold-out", $"{quantity} of {sku} wanted, {reply.Available} available."),
            ClaimStatus.QuantityNotPositive or ClaimStatus.NothingHeld or ClaimStatus.MoreThanHeld
                or ClaimStatus.NodeShort => throw new System.Diagnostics.UnreachableException(),
        };
    }

    static async Task<IResult> GetHold(HttpContext http, Backend backend, string sku, string id)
    {
        var claim = await Claim(http, backend, sku, id);
        return claim is null ? UnknownHold(sku, id) : Answer.Ok(Body(sku, id, claim), ApiJson.Wire.HoldBody);
    }

    static async Task<IResult> GiveBack(HttpContext http, Backend backend, string sku, string id)
    {
        var seat = http.Seat(backend);
        if (await Claim(http, backend, sku, id) is not { } claim) return UnknownHold(sku, id);
        var reply = claim.Standing is { Held: 0, Backordered: 0 } ? claim : await seat.Sku(sku).Release(
            ClaimOf(id), claim.Standing.Step + 1, claim.Standing.Held + claim.Standing.Backordered, [],
            http.RequestAborted);
        return Answer.Ok(Body(sku, id, reply), ApiJson.Wire.HoldBody);
    }

    /// <summary>What a hold has of the SKU; null when there never was one.</summary>
    static async ValueTask<ClaimReply?> Claim(HttpContext http, Backend backend, string sku, string id)
    {
        Requests.PathId("sku", sku);
        Requests.PathId("id", id);
        var seat = http.Seat(backend);
        var claim = await seat.Cluster.Ask(
            EntityId.Of(InventoryCalls.Kind, seat.Seller, sku), new SkuCommand.GetClaim(ClaimOf(id)), seat.Origin,
            http.RequestAborted);
        return claim.Standing is { Held: 0, Backordered: 0, Step: 0 } ? null : claim;
    }

    static HoldBody Body(string sku, string id, ClaimReply c) => new(
        sku, id, c.Standing.Held + c.Standing.Backordered,
        c.Standing.Backordered == 0 ? null : c.Standing.Backordered, c.Until, c.Available);

    static Problem UnknownHold(string sku, string id) =>
        Problem.NotFound("unknown-hold", $"There is no hold {id} on {sku}.");

    /// <summary>Holds and orders share a SKU's claims; no order's id has a tilde.</summary>
    static string ClaimOf(string hold) => $"~{hold}";
}
