using System.Text.Json.Serialization.Metadata;
using Fulfillment.Inventory;
using Fulfillment.Purchasing;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>Purchase orders: written, sent, acknowledged, changed, cancelled, closed.</summary>
public static class PurchaseOrdersApi
{
    const string Path = "/v1/purchase-orders/{id}";

    /// <summary>Adds the routes.</summary>
    public static void MapPurchaseOrders(this IEndpointRouteBuilder routes)
    {
        routes.MapPut(Path, Put)
            .Describe("putPurchaseOrder", "Writes an order, or replaces it until it is sent", "purchasing")
            .Accepts<PurchaseOrderRequest>("application/json").Answers<PurchaseOrderBody>(201, 200)
            .Refuses(400, 409, 412, 422);
        routes.MapGet(Path, Get).Describe("getPurchaseOrder", "A purchase order", "purchasing")
            .Answers<PurchaseOrderBody>(200).Refuses(400, 404);
        routes.MapGet("/v1/purchase-orders", List)
            .Describe("listPurchaseOrders", "Purchase orders, newest first", "purchasing")
            .Answers<PageBody<PurchaseListBody>>(200).Refuses(400);
        routes.MapGet(Path + "/impact", Impact)
            .Describe("getPurchaseImpact", "Which customers' orders move if it is late, or does not come", "purchasing")
            .Answers<PurchaseImpactBody>(200).Refuses(400, 404);
        routes.MapPost(Path + "/send", SendOut)
            .Describe("sendPurchaseOrder", "The supplier has it: its units are expected", "purchasing")
            .Accepts<PurchaseSendRequest>("application/json").Changes();
        routes.MapPost(Path + "/acknowledge", Acknowledge)
            .Describe("acknowledgePurchaseOrder", "What the supplier delivers, and when", "purchasing")
            .Accepts<PurchaseAcknowledgeRequest>("application/json").Changes();
        routes.MapPost(Path + "/change", Change)
            .Describe("changePurchaseOrder", "Open units are expected at another time", "purchasing")
            .Accepts<PurchaseChangeRequest>("application/json").Changes();
        routes.MapPost(Path + "/cancel", Cancel)
            .Describe("cancelPurchaseOrder", "Open units are not wanted any more", "purchasing")
            .Accepts<PurchaseCancelRequest>("application/json").Changes();
        routes.MapPost(Path + "/close", Close)
            .Describe("closePurchaseOrder", "What has not come will not", "purchasing")
            .Accepts<PurchaseCloseRequest>("application/json").Changes();
    }

    static void Changes(this RouteHandlerBuilder route) =>
        route.Answers<PurchaseOrderBody>(200).Refuses(400, 404, 409, 422);

    static async Task<IResult> Put(HttpContext http, Backend backend, TimeProvider time, string id)
    {
        PurchaseReader.PathId(id);
        var seat = http.Seat(backend);
        var body = await http.Body();
        var terms = PurchaseReader.Terms(
            Requests.Parse(body.Span, ApiJson.Wire.PurchaseOrderRequest), time.GetUtcNow());
        var version = http.IfMatch();
        await http.Operation(backend, seat, id, body);
        if ((await seat.Node(terms.Node).Get(http.RequestAborted)).Card is null)
            return NodesApi.UnknownAt("/node", terms.Node);
        var order = seat.PurchaseOrder(id);
        if (StockRulesApi.IsReorder(id) && (await order.Get(http.RequestAborted)).Purchase is null)
            return Problem.Invalid("id", "reserved-id", "is kept for orders that SKUs write at their reorder point");
        if (version == Requests.AnyRevision)
        {
            version = (await order.Get(http.RequestAborted)).Version;
            if (version == 0) return SkusApi.Stale(0);
        }

        var reply = await order.Change(new PurchaseCommand.Write(terms, version), http.RequestAborted);
        if (PurchaseAnswers.Refused(reply, id, id) is { } refused) return refused;
        var answer = PurchaseAnswers.Body(id, reply.Purchase!, reply.Version);
        return reply is { Status: PurchaseStatus.Done, Version: 1 }
            ? Answer.Created(answer, ApiJson.Wire.PurchaseOrderBody, $"/v1/purchase-orders/{id}", reply.Version)
            : Answer.Ok(answer, ApiJson.Wire.PurchaseOrderBody, reply.Version);
    }

    static async Task<IResult> Get(HttpContext http, Backend backend, string id)
    {
        PurchaseReader.PathId(id);
        var reply = await http.Seat(backend).PurchaseOrder(id).Get(http.RequestAborted);
        return reply.Purchase is { } p
            ? Answer.Ok(PurchaseAnswers.Body(id, p, reply.Version), ApiJson.Wire.PurchaseOrderBody, reply.Version)
            : PurchaseAnswers.Unknown(id);
    }

    static IResult List(
        HttpContext http, Backend backend, string? supplier, string? node, string? status, string? cursor,
        string? limit)
    {
        Fields fields = new();
        if (supplier is not null) fields.Id("supplier", supplier);
        if (node is not null) fields.Id("node", node);
        PurchaseState? state = status is null ? null : fields.Word<PurchaseState>("status", status);
        fields.Check();
        var page = Paging.Of(() => backend.Views.Purchases.List(
            http.Seller(), supplier, node, state, cursor, Requests.Limit(limit)));
        return Answer.Ok(new([.. page.Items.Select(PurchaseAnswers.Body)], page.Next), ApiJson.Wire.PurchasePage);
    }

    static Task<IResult> SendOut(HttpContext http, Backend backend, string id) => Operate(
        http, backend, id, ApiJson.Wire.PurchaseSendRequest, (_, _) => op => new PurchaseCommand.SendOut(op));

    static Task<IResult> Acknowledge(HttpContext http, Backend backend, TimeProvider time, string id) => Operate(
        http, backend, id, ApiJson.Wire.PurchaseAcknowledgeRequest, (fields, request) =>
        {
            var lines = PurchaseReader.Answers(fields, request.Lines, time.GetUtcNow());
            return op => new PurchaseCommand.Acknowledge(op, lines);
        },
        (p, command) =>
        {
            var lines = ((PurchaseCommand.Acknowledge)command).Lines.ToDictionary(l => l.Line);
            return PurchaseImpacts.Of(p, line => lines.TryGetValue(line.Ordered.Id, out var said)
                ? new(said.At, said.Quantity is { } all ? Math.Max(0, line.Open - line.Quantity + all) : null) : null);
        });

    static Task<IResult> Change(HttpContext http, Backend backend, TimeProvider time, string id) => Operate(
        http, backend, id, ApiJson.Wire.PurchaseChangeRequest, (fields, request) =>
        {
            var at = fields.TimeAhead("/expectedAt", request.ExpectedAt, time.GetUtcNow());
            var lines = PurchaseReader.Dates(fields, request.Lines, time.GetUtcNow());
            if (request.ExpectedAt is null && request.Lines is not { Count: > 0 })
                fields.Add("/expectedAt", "required", "is missing, and no line has one");
            return op => new PurchaseCommand.Reschedule(op, at, lines);
        },
        (p, command) =>
        {
            var change = (PurchaseCommand.Reschedule)command;
            var lines = change.Lines.ToDictionary(l => l.Line, l => l.At);
            return PurchaseImpacts.Of(p, line => lines.TryGetValue(line.Ordered.Id, out var at) ? new(at, null)
                : change.At is { } all ? new(all, null) : null);
        });

    static Task<IResult> Cancel(HttpContext http, Backend backend, string id) => Operate(
        http, backend, id, ApiJson.Wire.PurchaseCancelRequest, (fields, request) =>
        {
            var (lines, reason) =
                (PurchaseReader.Cancelled(fields, request.Lines), PurchaseReader.Reason(fields, request.Reason));
            return op => new PurchaseCommand.CancelLines(op, lines, reason);
        },
        (p, command) =>
        {
            var lines = ((PurchaseCommand.CancelLines)command).Lines;
            return PurchaseImpacts.Of(p, line => lines.IsEmpty ? new(null, 0)
                : lines.FirstOrDefault(l => l.Line == line.Ordered.Id) is { Line: not null } gone
                    ? new(null, line.Open - (gone.Quantity ?? line.Open)) : null);
        });

    static Task<IResult> Close(HttpContext http, Backend backend, string id) => Operate(
        http, backend, id, ApiJson.Wire.PurchaseCloseRequest, (fields, request) =>
        {
            var reason = PurchaseReader.Reason(fields, request.Reason);
            return op => new PurchaseCommand.Close(op, reason);
        },
        (p, _) => PurchaseImpacts.Of(p, _ => new(null, 0)));

    static async Task<IResult> Impact(
        HttpContext http, Backend backend, TimeProvider time, string id, string? at, string? line)
    {
        PurchaseReader.PathId(id);
        Fields fields = new();
        var when = fields.TimeAhead("at", at, time.GetUtcNow());
        fields.Check();
        var seat = http.Seat(backend);
        if ((await seat.PurchaseOrder(id).Get(http.RequestAborted)).Purchase is not { } p)
            return PurchaseAnswers.Unknown(id);
        if (line is not null && p.Line(line) is null)
            return Problem.Invalid("line", "unknown-line", $"purchase order {id} has no line {line}");
        var moved = await PurchaseImpacts.Ask(seat, id, PurchaseImpacts.Of(
            p, l => line is null || l.Ordered.Id == line ? new(when, when is null ? 0 : null) : null),
            http.RequestAborted);
        return Answer.Ok(new(id, moved.Sum(m => m.Orders), moved), ApiJson.Wire.PurchaseImpactBody);
    }

    /// <summary>
    /// A change by the caller's id. Whom it moves is asked before, for only then it is known; the answer waits, as long
    /// as the caller likes, for the SKUs that are told.
    /// </summary>
    static async Task<IResult> Operate<T>(
        HttpContext http, Backend backend, string id, JsonTypeInfo<T> type,
        Func<Fields, T, Func<string, ICommand<PurchaseReply>>> read,
        Func<Purchase, object, IReadOnlyList<ChangedSupply>>? impact = null)
        where T : class, IChangeRequest
    {
        PurchaseReader.PathId(id);
        var (seat, operation, command) = await http.Change(backend, type, read);
        var order = seat.PurchaseOrder(id);
        var change = command(operation);
        IReadOnlyList<ImpactBody> moved = [];
        if (impact is not null && (await order.Get(http.RequestAborted)).Purchase is { } before)
            moved = await PurchaseImpacts.Ask(seat, id, impact(before, change), http.RequestAborted);
        var reply = await order.Change(change, http.RequestAborted);
        if (PurchaseAnswers.Refused(reply, id, operation) is { } refused) return refused;
        reply = await PurchaseImpacts.Settled(order, reply, http.Wait());
        return Answer.Ok(
            PurchaseAnswers.Body(id, reply.Purchase!, reply.Version) with { Moved = moved.Count > 0 ? moved : null },
            ApiJson.Wire.PurchaseOrderBody, reply.Version);
    }
}
