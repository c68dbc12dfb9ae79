using System.Collections.Immutable;
using Fulfillment.Ordering;

namespace Fulfillment.Client.Api;

/// <summary>
/// What becomes of a fulfilment order before its node begins: moved, split, merged, held, accepted or not.
/// </summary>
public static class WorkApi
{
    const int MaxReason = 500;

    /// <summary>Adds the routes.</summary>
    public static void MapWork(this IEndpointRouteBuilder routes)
    {
        const string path = "/v1/fulfilment-orders/{id}";
        Of<MoveWorkRequest>(routes.MapPost(path + "/move", Move), "moveFulfilmentOrder",
            "Another node is to ship it: the one named, and no rule takes it from there, or the one the rules choose");
        Of<SplitWorkRequest>(
            routes.MapPost(path + "/split", Split), "splitFulfilmentOrder",
            "Some of its units become one of their own");
        Of<MergeWorkRequest>(
            routes.MapPost(path + "/merge", Merge), "mergeFulfilmentOrders", "Takes in what is open in another one");
        Of<ReleaseRequest>(
            routes.MapPost(path + "/hold", Hold), "holdFulfilmentOrder", "Stops this one, and not the order");
        Of<DeliverRequest>(
            routes.MapPost(path + "/release-hold", Release), "releaseFulfilmentOrder", "Lets it go on");
        Of<DeliverRequest>(
            routes.MapPost(path + "/accept", Accept), "acceptFulfilmentOrder", "The node that was asked does the work");
        Of<ReleaseRequest>(
            routes.MapPost(path + "/reject", Reject), "rejectFulfilmentOrder", "It does not: the work goes elsewhere");

        static void Of<TRequest>(RouteHandlerBuilder route, string name, string summary)
            where TRequest : notnull =>
            route.Describe(name, summary, "fulfilment").Accepts<TRequest>("application/json")
                .Answers<FulfilmentBody>(200).Refuses(400, 404, 409, 422);
    }

    static async Task<IResult> Move(HttpContext http, Backend backend, string id)
    {
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.MoveWorkRequest);
        Fields fields = new();
        var lines = OrdersApi.Lines(fields, request.Lines);
        var reason = fields.Text("/reason", request.Reason, MaxReason);
        if (request.Node is not null) fields.Id("/node", request.Node);
        fields.Check();
        if (request.Node is { } to && backend.Views.Nodes.Find(to) is null)
            return NodesApi.UnknownAt("/node", to);
        var seat = http.Seat(backend);
        var lacks = request.Node is { } node ? await Lacks(seat, id, node, lines, http.RequestAborted) : null;
        return await Work(http, backend, id, request.Id, body, (order, number, operation, actor) => order.Move(
            new(operation, number, request.Node, lines, reason, actor, lacks is not null), http.RequestAborted),
            reply => reply.Status != FulfilStatus.NoStock ? null : Problem.Conflict("no-stock-at-node", lacks!));
    }

    /// <summary>
    /// What the node has too little of for the units that are to be moved there, as the SKUs tell now; null for
    /// nothing. Whether the units can be moved at all is for the order to say.
    /// </summary>
    static async Task<string?> Lacks(
        Seat seat, string id, string node, ImmutableArray<LineUnits> named, CancellationToken cancel)
    {
        if (OrderBodies.Parse(id) is not var (name, number)) return null;
        if (await seat.Order(name).Get(cancel) is not { } order || number > order.Fulfilments.Length) return null;
        var wanted = order.Fulfilments[number - 1].Lines.Select(l => (l.Sku, Units: named.IsDefaultOrEmpty
            ? l.MayLeave : named.Where(n => n.Line == l.Line).Sum(n => (long)n.Units)))
            .GroupBy(l => l.Sku).Select(g => (Sku: g.Key, Units: g.Sum(l => l.Units))).Where(w => w.Units > 0).ToList();
        var stock = await LiveStock.Of(seat, wanted.Select(w => w.Sku), cancel);
        foreach (var (sku, units) in wanted)
        {
            var free = stock[sku].Nodes.FirstOrDefault(n => n.Node == node) is { } at ? at.Sellable - at.Committed : 0;
            if (free < units) return $"{node} has {free} of {sku} free, and {units} were to be moved there.";
        }

        return null;
    }

    static async Task<IResult> Split(HttpContext http, Backend backend, string id)
    {
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.SplitWorkRequest);
        Fields fields = new();
        var lines = OrdersApi.Lines(fields, request.Lines);
        fields.Check();
        return await Work(http, backend, id, request.Id, body, (order, number, operation, _) =>
            order.Split(new(operation, number, lines), http.RequestAborted));
    }

    static async Task<IResult> Merge(HttpContext http, Backend backend, string id)
    {
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.MergeWorkRequest);
        Fields fields = new();
        var other = fields.Text("/fulfilmentOrder", request.FulfilmentOrder, Fields.MaxId + 10);
        fields.Check();
        if (OrderBodies.Parse(other) is not var (order, from) || OrderBodies.Parse(id)?.Order != order)
            return Problem.Invalid("/fulfilmentOrder", "other-order", "must be a fulfilment order of the same order");
        return await Work(http, backend, id, request.Id, body, (o, number, operation, _) =>
            o.Merge(new(operation, number, from), http.RequestAborted),
            reply => reply.Status == FulfilStatus.UnknownFulfilment && from > (reply.Order?.Fulfilments.Length ?? from)
                ? Problem.Invalid("/fulfilmentOrder", "unknown-fulfilment-order", $"there is no {other}") : null);
    }

    static async Task<IResult> Hold(HttpContext http, Backend backend, string id)
    {
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.ReleaseRequest);
        Fields fields = new();
        var reason = fields.Text("/reason", request.Reason, MaxReason);
        fields.Check();
        return await Work(http, backend, id, request.Id, body, (order, number, operation, actor) =>
            order.Pause(new(operation, number, reason, actor), http.RequestAborted));
    }

    static async Task<IResult> Release(HttpContext http, Backend backend, string id)
    {
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.DeliverRequest);
        return await Work(http, backend, id, request.Id, body, (order, number, operation, actor) =>
            order.Resume(new(operation, number, actor), http.RequestAborted));
    }

    static async Task<IResult> Accept(HttpContext http, Backend backend, string id)
    {
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.DeliverRequest);
        return await Work(http, backend, id, request.Id, body, (order, number, _, _) =>
            order.AnswerRequest(new(number, true, null), http.RequestAborted));
    }

    static async Task<IResult> Reject(HttpContext http, Backend backend, string id)
    {
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.ReleaseRequest);
        Fields fields = new();
        var reason = fields.Text("/reason", request.Reason, MaxReason);
        fields.Check();
        return await Work(http, backend, id, request.Id, body, (order, number, _, _) =>
            order.AnswerRequest(new(number, false, reason), http.RequestAborted));
    }

    static async Task<IResult> Work(
        HttpContext http, Backend backend, string id, string? given, ReadOnlyMemory<byte> body,
        Func<IOrder, int, string, string, ValueTask<FulfilReply>> work, Func<FulfilReply, Problem?>? refused = null)
    {
        var seat = http.Seat(backend);
        if (OrderBodies.Parse(id) is not var (order, number)) return FulfilmentsApi.Unknown(id);
        var operation = await http.Operation(backend, seat, given, body);
        var reply = await work(seat.Order(order), number, operation, seat.Origin.Actor);
        return refused?.Invoke(reply) ?? FulfilmentsApi.Answered(
            reply, id, order, number, operation, "already-shipped", "Nothing is left to work on");
    }
}
