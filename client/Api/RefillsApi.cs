using System.Globalization;
using Fulfillment.Inventory;
using Fulfillment.Picking;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>Pick faces that picks emptied: filled from the reserve by people or machines, scan by scan.</summary>
public static class RefillsApi
{
    const string Path = "/v1/replenishments/{id}";

    /// <summary>The most tasks in a list, those that most picks wait for first.</summary>
    const int MostTold = 500;

    /// <summary>Adds the routes.</summary>
    public static void MapRefills(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/replenishments", List)
            .Describe("listReplenishmentTasks", "Emptied pick faces, those that most picks wait for first", "picking")
            .Answers<RefillTasksBody>(200).Refuses(400, 404);
        routes.MapGet(Path, Get).Describe("getReplenishmentTask", "A pick face to be filled", "picking")
            .Answers<RefillTaskBody>(200).Refuses(400, 404);
        routes.MapPost(Path + "/claim", Claim)
            .Describe("claimReplenishment", "Somebody fills the face", "picking")
            .Accepts<PickClaimRequest>("application/json").Answers<RefillTaskBody>(200).Refuses(400, 404, 409, 422);
        routes.MapPost(Path + "/moves", Move)
            .Describe("moveToFace", "Units go from a bin into the face; a wrong scan changes nothing", "picking")
            .Accepts<RefillMoveRequest>("application/json").Answers<RefillMoveBody>(201, 200, 202)
            .Refuses(400, 404, 409, 422);
        routes.MapPost(Path + "/finish", Finish)
            .Describe("finishReplenishment", "No more comes", "picking")
            .Accepts<RefillFinishRequest>("application/json").Answers<RefillTaskBody>(200).Refuses(400, 404, 409, 422);
    }

    static async Task<IResult> List(HttpContext http, Backend backend, string? node)
    {
        Fields fields = new();
        var at = fields.Id("node", node);
        fields.Check();
        var seat = http.Seat(backend);
        if ((await seat.Node(at).Get(http.RequestAborted)).Card is null) return NodesApi.Unknown(at);
        var open = (await seat.Refills(at).Get(null, http.RequestAborted)).Tasks;
        var tell = await RefillTeller.Of(backend, seat, at, open, http.RequestAborted);
        var told = open.OrderByDescending(tell.Waiting).ThenBy(t => t.Number).Take(MostTold);
        return Answer.Ok(new([.. told.Select(tell.Body)]), ApiJson.Wire.RefillTasksBody);
    }

    static async Task<IResult> Get(HttpContext http, Backend backend, string id)
    {
        var (seat, node, number) = Task(http, backend, id);
        return await Answered(
            http, backend, seat, node, id, await seat.Refills(node).Get(number, http.RequestAborted), id);
    }

    static async Task<IResult> Claim(HttpContext http, Backend backend, string id)
    {
        var (_, node, number) = Task(http, backend, id);
        var (seat, operation, command) = await http.Change(backend, ApiJson.Wire.PickClaimRequest, (fields, r) =>
        {
            var (by, takeOver) = (fields.Id("/by", r.By), r.TakeOver == true);
            return (Func<string, RefillCommand.TakeOn>)(o => new(o, number, by, takeOver));
        });
        var reply = await seat.Refills(node).Change(command(operation), http.RequestAborted);
        return await Answered(http, backend, seat, node, id, reply, operation);
    }

    static async Task<IResult> Finish(HttpContext http, Backend backend, string id)
    {
        var (_, node, number) = Task(http, backend, id);
        var (seat, operation, command) = await http.Change(backend, ApiJson.Wire.RefillFinishRequest, (fields, r) =>
        {
            var by = fields.Id("/by", r.By);
            return (Func<string, RefillCommand.Finish>)(o => new(o, number, by));
        });
        var reply = await seat.Refills(node).Change(command(operation), http.RequestAborted);
        return await Answered(http, backend, seat, node, id, reply, operation);
    }

    static async Task<IResult> Move(HttpContext http, Backend backend, string id)
    {
        var (seat, node, number) = Task(http, backend, id);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.RefillMoveRequest);
        Fields fields = new();
        var (by, from, to) = (
            fields.Id("/by", request.By), fields.Id("/from", request.From), fields.Id("/to", request.To));
        var goods = await ScannedGoods.Read(
            fields, seat, new(request.Sku, request.Barcode, request.Quantity, 1, request.Lot, request.Serials),
            http.RequestAborted);
        fields.Check();
        var operation = await http.Operation(backend, seat, request.Id, body);
        var refills = seat.Refills(node);
        var gate = await BinGate.Into(http, seat, node, ("/to", to));
        gate = await gate.WithRoom(
            http, backend, seat, node, request.OverCapacity == true,
            BinRooms.Load("/to", to, from, goods.Sku, goods.Units, goods.What?.Lot));
        gate = await WithGoodLot(gate, http, seat, node, goods.Sku, goods.What?.Lot);
        gate = await gate.Unmixed(
            http, backend, seat, node, request.Mixed == true, new("/to", to, goods.Sku, goods.Units, goods.What?.Lot));
        RefillCommand.Carry carry = new(
            operation, number, by, from, to, goods.Sku, (int)goods.Units, goods.What?.Lot,
            goods.What?.Serials ?? default, gate.Until, gate.Over);
        var reply = await refills.Change(carry, http.RequestAborted);
        if (reply.Status == RefillReplyStatus.TooLate) return gate.Refusal ?? BinGate.TooLate();
        if (Refused(reply, id, operation, node) is { } refused) return refused;
        if (reply.Move is not { } move) return Problem.OtherContent($"The id {operation}");
        if (move.Status is null)
        {
            // The answer is told by asking under the same id.
            await Deadline.Or(http.Wait(), reply, c => refills.Settled(number, c));
            move = (await refills.Change(carry, http.RequestAborted)).Move ?? move;
        }

        if (move.Status is { } status and not (MoveStatus.Done or MoveStatus.AlreadyDone))
        {
            return MoveAnswers.Of(
                new(status, 0, 0), goods.Sku, $"refill/{node}/{move.Number}", node, StockState.Available);
        }

        var task = (await refills.Get(number, http.RequestAborted)).Tasks[0];
        var tell = await RefillTeller.Of(backend, seat, node, [task], http.RequestAborted);
        RefillMoveBody answer = new(operation, move.Status is null ? "pending" : "moved", tell.Body(task));
        var place = $"/v1/replenishments/{id}";
        return move.Status is null ? Answer.Accepted(answer, ApiJson.Wire.RefillMoveBody, place)
            : reply.Status == RefillReplyStatus.AlreadyDone ? Answer.Ok(answer, ApiJson.Wire.RefillMoveBody)
            : Answer.Created(answer, ApiJson.Wire.RefillMoveBody, place);
    }

    /// <summary>The gate, shut for a lot that may not be sold: nobody would pick it from the face.</summary>
    static async ValueTask<BinGate> WithGoodLot(
        BinGate gate, HttpContext http, Seat seat, string node, string sku, string? lot)
    {
        if (gate.Refusal is not null || lot is null) return gate;
        var stock = await StockApi.Ask(http, seat, sku, new SkuCommand.GetSlots(node));
        return stock.Lots.All(l => l.Id != lot || l.Status == LotStatus.Good) ? gate
            : new(DateTimeOffset.MinValue, Problem.Conflict(
                "lot-blocked", $"Lot {lot} of {sku} may not be sold: it does not go into a pick face."));
    }

    static async ValueTask<IResult> Answered(
        HttpContext http, Backend backend, Seat seat, string node, string id, RefillReply reply, string operation) =>
        Refused(reply, id, operation, node) is { } refused ? refused
            : Answer.Ok(
                (await RefillTeller.Of(backend, seat, node, reply.Tasks, http.RequestAborted)).Body(reply.Tasks[0]),
                ApiJson.Wire.RefillTaskBody);

    static Problem? Refused(RefillReply reply, string id, string operation, string node) => reply.Status switch
    {
        RefillReplyStatus.Done or RefillReplyStatus.AlreadyDone => null,
        RefillReplyStatus.UnknownTask => Unknown(id),
        RefillReplyStatus.DifferentContent => Problem.OtherContent($"The id {operation}"),
        RefillReplyStatus.Closed => Problem.Conflict("replenishment-done", $"{id} is done."),
        RefillReplyStatus.NotClaimed => Problem.Conflict("not-claimed", $"Nobody has claimed {id}: claim it."),
        RefillReplyStatus.ClaimedByAnother => Problem.Conflict(
            "claimed-by-another", $"{reply.Tasks[0].By} fills {reply.Tasks[0].Bin}: claim it with takeOver."),
        RefillReplyStatus.Busy => new(
            503, "moves-pending", "Moves are under way.", "A move has not been answered. Send it again.",
            retryAfter: 1),
        RefillReplyStatus.TooMany => Problem.Conflict(
            "too-many-changes", $"{Refills.MaxMoves} moves were made, which is the most."),
        RefillReplyStatus.Wrong => Problem.Conflict(Words<PickFault>.Of(reply.Fault!.Value), reply.Fault.Value switch
        {
            PickFault.WrongBin => $"{id} is to fill {reply.Tasks[0].Bin}, from another bin.",
            PickFault.WrongSku => $"{id} is to fill {reply.Tasks[0].Bin} with {reply.Tasks[0].Sku}.",
            PickFault.WrongQuantity or PickFault.WrongLot or PickFault.WrongTote =>
                $"{id} asks for {reply.Tasks[0].Wanted - reply.Tasks[0].Moved - reply.Tasks[0].Asked} more at {node}.",
        }),
        RefillReplyStatus.TooLate => BinGate.TooLate(),
    };

    static Problem Unknown(string id) => Problem.NotFound(
        "unknown-replenishment", $"There is no replenishment {id}, or it is long done.");

    /// <summary>The task that an id names: <c>LEJ1-R7</c>.</summary>
    static (Seat Seat, string Node, int Number) Task(HttpContext http, Backend backend, string id)
    {
        Requests.PathId("id", id);
        var at = id.LastIndexOf("-R", StringComparison.Ordinal);
        return at > 0
            && int.TryParse(id.AsSpan(at + 2), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (http.Seat(backend), id[..at], number) : throw new ProblemException(Unknown(id));
    }
}
