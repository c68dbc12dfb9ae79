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
        var counted = fields.Number("/quantity", request.Quantity, 1, int.MaxValue);
        var reason = request.Reason is null ? "receipt" : fields.Text("/reason", request.Reason, 200);
        var state = StateOf(fields, "/state", request.State, StockState.Available);
        var supply = request.Supply is null ? null : fields.Id("/supply", request.Supply);
        var quantity = await Eaches(http, seat, sku, fields, "/quantity", counted, request.Unit, request.Barcode);
        var what = Marks.Read(
            fields, request.Bin, request.Lot, request.Lpn, request.Serials, request.ExpiresOn, quantity);
        var occurred = Occurred(fields, request.OccurredAt, time);
        fields.Check();
        var id = await http.Operation(backend, seat, request.Id, body);
        if (supply is not null && SuppliesApi.IsPlanned(supply)) return SuppliesApi.Planned(supply);
        var wanted = new MovementRow(
            id, "receipt", node, null, Words<StockState>.Of(state), quantity, reason, "", 0, 0, supply,
            Ms(occurred)).Of(what);
        if (await Refused(http, backend, seat, sku, id, wanted) is { } refused) return refused;
        var gate = await BinGate.Onto(http, seat, sku, node, ("/bin", what?.Bin), what?.Lpn);
        gate = await gate.WithRoom(
            http, backend, seat, node, request.OverCapacity == true,
            BinRooms.Load("/bin", what?.Bin, null, sku, quantity, what?.Lot));
        var reply = await Ask(http, seat, sku, new SkuCommand.Receive(
            id, node, quantity, reason, state, supply, what, occurred, gate.Until, gate.LpnStep, gate.Over));
        return gate.Refuses(reply.Status) ?? MoveAnswers.Of(reply, sku, id, node, state);
    }

    static async Task<IResult> Adjust(HttpContext http, Backend backend, TimeProvider time, string sku)
    {
        var (seat, body) = await Start(http, backend, sku);
        var request = Requests.Parse(body.Span, ApiJson.Wire.AdjustmentRequest);
        Fields fields = new();
        var node = fields.Id("/node", request.Node);
        var counted = fields.Number("/delta", request.Delta, -int.MaxValue, int.MaxValue);
        if (request.Delta == 0) fields.Add("/delta", "out-of-range", "must not be 0");
        var reason = fields.Text("/reason", request.Reason, 200);
        var state = StateOf(fields, "/state", request.State, StockState.Available);
        var delta = await Eaches(http, seat, sku, fields, "/delta", counted, request.Unit, request.Barcode);
        var what = Marks.Read(
            fields, request.Bin, request.Lot, request.Lpn, request.Serials, request.ExpiresOn, Math.Abs((long)delta));
        var occurred = Occurred(fields, request.OccurredAt, time);
        fields.Check();
        var id = await http.Operation(backend, seat, request.Id, body);
        var wanted = new MovementRow(
            id, "adjustment", node, null, Words<StockState>.Of(state), delta, reason, "", 0, 0, null,
            Ms(occurred)).Of(what);
        if (await Refused(http, backend, seat, sku, id, wanted) is { } refused) return refused;
        var gate = delta < 0 ? BinGate.Open
            : await BinGate.Onto(http, seat, sku, node, ("/bin", what?.Bin), what?.Lpn);
        var reply = await Ask(http, seat, sku, new SkuCommand.Adjust(
            id, node, delta, reason, state, what, OccurredAt: occurred, Until: gate.Until,
            LpnStep: gate.LpnStep));
        return gate.Refuses(reply.Status) ?? MoveAnswers.Of(
            reply, sku, id, node, state, Below(backend, seat, sku, node, state, occurred, time));
    }

    static async Task<IResult> Move(HttpContext http, Backend backend, TimeProvider time, string sku)
    {
        var (seat, body) = await Start(http, backend, sku);
        var request = Requests.Parse(body.Span, ApiJson.Wire.MoveRequest);
        Fields fields = new();
        var node = fields.Id("/node", request.Node);
        var quantity = fields.Number("/quantity", request.Quantity, 1, int.MaxValue);
        var from = StateOf(fields, "/from", request.From);
        var to = StateOf(fields, "/to", request.To);
        var toBin = request.ToBin is null ? null : fields.Id("/toBin", request.ToBin);
        var toLpn = request.ToLpn is null ? null : fields.Id("/toLpn", request.ToLpn);
        var carried = toBin is not null || toLpn is not null;
        if (request.From is not null && request.From == request.To && !carried)
            fields.Add("/to", "same-state", "must be another state, or name another bin or LPN");
        var reason = fields.Text("/reason", request.Reason, 200);
        var what = Marks.Read(fields, request.Bin, request.Lot, request.Lpn, request.Serials, null, quantity);
        var occurred = Occurred(fields, request.OccurredAt, time);
        fields.Check();
        var id = await http.Operation(backend, seat, request.Id, body);
        var wanted = new MovementRow(
            id, "move", node, Words<StockState>.Of(from), Words<StockState>.Of(to), quantity, reason, "", 0, 0, null,
            Ms(occurred), ToBin: toBin, ToLpn: toLpn).Of(what);
        if (await Refused(http, backend, seat, sku, id, wanted) is { } refused) return refused;
        var gate = await BinGate.Onto(http, seat, sku, node, ("/toBin", toBin), toLpn);
        gate = await gate.WithRoom(
            http, backend, seat, node, request.OverCapacity == true,
            BinRooms.Load("/toBin", toBin, what?.Bin, sku, quantity, what?.Lot));
        var reply = await Ask(http, seat, sku, new SkuCommand.Move(
            id, node, quantity, from, to, reason, what, toBin, toLpn, carried, OccurredAt: occurred,
            Until: gate.Until, LpnStep: gate.LpnStep, Over: gate.Over));
        return gate.Refuses(reply.Status)
            ?? MoveAnswers.Of(reply, sku, id, node, from, Below(backend, seat, sku, node, from, occurred, time));
    }

    /// <summary>When it happened, where it is told late.</summary>
    static DateTimeOffset? Occurred(Fields fields, string? text, TimeProvider time)
    {
        var now = time.GetUtcNow();
        var occurred = fields.Told("/occurredAt", text, now);
        if (occurred < now - Sku.BackdatedAtMost) fields.Add("/occurredAt", TooLongAgo, LongestAgo);
        return occurred;
    }

    internal const string TooLongAgo = "too-long-ago";

    internal static string LongestAgo => $"must be at most {Sku.BackdatedAtMost.TotalDays} days ago";

    static long Ms(DateTimeOffset? occurred) => occurred?.ToUnixTimeMilliseconds() ?? 0;

    /// <summary>From when on a movement that is told late makes the stock of then negative.</summary>
    static BelowBody? Below(
        Backend backend, Seat seat, string sku, string node, StockState state, DateTimeOffset? occurred,
        TimeProvider time) => occurred is not { } then ? null
        : HistoryApi.Below(backend, seat.Seller, sku, node, state, then, time.GetUtcNow());

    /// <summary>A state that units can be put into by hand: only a transfer takes them on the way.</summary>
    static StockState StateOf(Fields fields, string field, string? word, StockState? otherwise = null)
    {
        var state = fields.Word(field, word, otherwise);
        if (state == StockState.InTransit)
            fields.Add(field, "transfers-only", "is for transfers: POST /v1/transfers/{id}/ship");
        return state;
    }

    internal static ValueTask<T> Ask<T>(HttpContext http, Seat seat, string sku, ICommand<T> command) =>
        seat.Cluster.Ask(
            EntityId.Of(InventoryCalls.Kind, seat.Seller, sku), command, seat.Origin, http.RequestAborted);

    internal static async ValueTask<(Seat Seat, ReadOnlyMemory<byte> Body)> Start(
        HttpContext http, Backend backend, string sku)
    {
        Requests.PathId("sku", sku);
        return (http.Seat(backend), await http.Body());
    }

    /// <summary>So many of a unit, or of what was scanned, in eaches.</summary>
    static async ValueTask<int> Eaches(
        HttpContext http, Seat seat, string sku, Fields fields, string field, int counted, string? unit,
        string? barcode)
    {
        var eaches = (long)counted
            * await PackBodies.PerUnit(seat, sku, fields, unit, barcode, http.RequestAborted);
        if (eaches is >= -int.MaxValue and <= int.MaxValue) return (int)eaches;
        fields.Add(field, "out-of-range", $"is {eaches} eaches: at most {int.MaxValue} are booked at once");
        return 0;
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
        var same = wanted with
        {
            Actor = made.Actor,
            At = made.At,
            Position = made.Position,
            Cause = made.Cause,
            Over = made.Over,
        };
        if (made != same with { Occurred = occurred }) return Problem.OtherContent($"Movement id {id}");
        var stock = await seat.Sku(sku).Stock(http.RequestAborted);
        var onHand = stock.Nodes.FirstOrDefault(n => n.Node == made.Node)?.OnHand ?? 0;
        return Answer.Ok(new(sku, id, made.Node, onHand, stock.Available), ApiJson.Wire.MovementAnswer);
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
            DateTimeOffset.FromUnixTimeMilliseconds(m.At), m.Bin, m.Lot, m.Lpn, m.ToBin, m.ToLpn,
            m.Occurred == m.At ? null : DateTimeOffset.FromUnixTimeMilliseconds(m.Occurred), m.Cause, m.Position,
            m.Over));
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
            ClaimStatus.NotOrderable => SkusApi.NotOrderable(sku),
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
