using Fulfillment.Ordering;

namespace Fulfillment.Client.Api;

/// <summary>Why an order's goods leave from where they do: every plan made for it, with its reasons.</summary>
public static class OrderRoutingApi
{
    /// <summary>Adds the routes.</summary>
    public static void MapOrderRouting(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/orders/{id}/routing", Get)
            .Describe("getOrderRouting", "Why which node: candidates, failed constraints, score, tie-break", "orders")
            .Answers<OrderRoutingBody>(200).Refuses(404);
        routes.MapPost("/v1/orders/{id}/reroute", Reroute)
            .Describe("rerouteOrder",
                "Asks for nodes again for units that none could serve, freely: what was given to a "
                + "node by hand and has no work there, too, unless keepByHand says otherwise", "orders")
            .Accepts<RerouteRequest>("application/json").Answers<OrderBody>(200).Refuses(400, 404);
        routes.MapGet("/v1/orders/{id}/promise", PromiseAuditApi.Get)
            .Describe("getOrderPromise", "What was promised, what happened, and which leg ate the slack", "orders")
            .Answers<OrderPromiseBody>(200).Refuses(404);
    }

    static async Task<IResult> Reroute(HttpContext http, Backend backend, string id)
    {
        Requests.PathId("id", id);
        var seat = http.Seat(backend);
        var request = Requests.Parse((await http.Body()).Span, ApiJson.Wire.RerouteRequest);
        Fields fields = new();
        var reason = fields.Text("/reason", request.Reason, 500);
        fields.Check();
        if (await seat.Order(id).Get(http.RequestAborted) is null) return OrdersApi.Unknown(id);
        await seat.Order(id).RouteAgain(reason, request.KeepByHand != true, http.RequestAborted);
        var order = await seat.Order(id).Get(http.RequestAborted);
        return Answer.Ok(order!.Body(id), ApiJson.Wire.OrderBody, order!.Version);
    }

    static async Task<IResult> Get(HttpContext http, Backend backend, string id)
    {
        Requests.PathId("id", id);
        var seat = http.Seat(backend);
        // Through the entity first: what it has told is in the journal by then.
        if (await seat.Order(id).Get(http.RequestAborted) is not { } order) return OrdersApi.Unknown(id);
        List<DecisionBody> decisions = [];
        List<MovedBody> moved = [];
        foreach (var fact in backend.FactsOf(EntityId.Of(OrderingCalls.Kind, seat.Seller, id)))
        {
            if (fact.Event is OrderEvent.OrderRouted routed) decisions.Add(routed.Plan.Body(fact.At));
            if (fact.Event is OrderEvent.FulfilmentMoved m)
            {
                moved.Add(new(
                    fact.At, OrderBodies.FulfilmentId(id, m.Fulfilment), m.To, m.Reason, m.By,
                    m.Units.Sum(u => (long)u.Units)));
            }
        }

        var s = order.Sourcing;
        return Answer.Ok(new(
            id, decisions, moved, order.Placed.Wishes?.DeliverBy, s?.Promised,
            order.WaitingForNode(), s is { Stuck.IsEmpty: false } ? s.Why
                : order.Fulfilments.FirstOrDefault(f => f.Waiting is not null && f.Lines.Any(l => l.Open > 0)) is { } f
                    ? $"{f.Node}: {f.Waiting}" : null), ApiJson.Wire.OrderRoutingBody);
    }
}
