using System.Collections.Immutable;
using Fulfillment.Ordering;
using Fulfillment.Packing;

namespace Fulfillment.Client.Api;

/// <summary>Fulfilment orders: the work of a node, and what it reports.</summary>
public static class FulfilmentsApi
{
    /// <summary>Adds the routes.</summary>
    public static void MapFulfilments(this IEndpointRouteBuilder routes)
    {
        routes.MapRates();
        routes.MapParcels();
        routes.MapGet("/v1/fulfilment-orders", List)
            .Describe("listFulfilmentOrders", "The nodes' work, oldest first", "fulfilment")
            .Answers<PageBody<FulfilmentBody>>(200).Refuses(400);
        routes.MapGet("/v1/fulfilment-orders/{id}", Get)
            .Describe("getFulfilmentOrder", "A fulfilment order", "fulfilment")
            .Answers<FulfilmentBody>(200).Refuses(404);
        routes.MapPost("/v1/fulfilment-orders/{id}/ship", Ship)
            .Describe("shipFulfilmentOrder", "Goods left the node", "fulfilment")
            .Accepts<ShipRequest>("application/json").Answers<FulfilmentBody>(200, 202).Refuses(400, 404, 409, 422);
        routes.MapPost("/v1/fulfilment-orders/{id}/start", Start)
            .Describe("startFulfilmentOrder", "The node begins to work: the point of no return", "fulfilment")
            .Accepts<DeliverRequest>("application/json").Answers<FulfilmentBody>(200).Refuses(400, 404, 409, 422);
        routes.MapPost("/v1/fulfilment-orders/{id}/deliver", Deliver)
            .Describe("deliverFulfilmentOrder", "What was shipped has arrived", "fulfilment")
            .Accepts<DeliverRequest>("application/json").Answers<FulfilmentBody>(200).Refuses(400, 404, 409, 422);
    }

    static IResult List(
        HttpContext http, Backend backend, string? node, string? status, string? request, string? cursor,
        string? limit)
    {
        Fields fields = new();
        if (node is not null) fields.Id("node", node);
        if (status is not null) fields.Word<FulfilmentStatus>("status", status);
        if (request is not null) fields.Word<WorkRequest>("request", request);
        fields.Check();
        var page = Paging.Of(() =>
            backend.Views.Fulfilments.List(http.Seller(), node, status, request, cursor, Requests.Limit(limit)));
        var items = page.Items.Select(r => r.Fulfilment.Body(r.Order) with
        {
            OpenedAt = DateTimeOffset.FromUnixTimeMilliseconds(r.OpenedAt),
        });
        return Answer.Ok(new([.. items], page.Next), ApiJson.Wire.FulfilmentPage);
    }

    static async Task<IResult> Get(HttpContext http, Backend backend, string id)
    {
        if (OrderBodies.Parse(id) is not var (order, number)) return Unknown(id);
        var reply = await http.Seat(backend).Order(order).Get(http.RequestAborted);
        return reply is not null && number <= reply.Fulfilments.Length
            ? Answer.Ok(reply.Fulfilments[number - 1].Body(order), ApiJson.Wire.FulfilmentBody) : Unknown(id);
    }

    static async Task<IResult> Start(HttpContext http, Backend backend, string id)
    {
        var seat = http.Seat(backend);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.DeliverRequest);
        if (OrderBodies.Parse(id) is not var (order, number)) return Unknown(id);
        var operation = await http.Operation(backend, seat, request.Id, body);
        var reply = await seat.Order(order).StartWork(operation, number, http.RequestAborted);
        return Answered(reply, id, order, number, operation, "already-shipped", "Nothing is left to work on");
    }

    static async Task<IResult> Ship(HttpContext http, Backend backend, string id)
    {
        var seat = http.Seat(backend);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.ShipRequest);
        if (OrderBodies.Parse(id) is not var (order, number)) return Unknown(id);
        Fields fields = new();
        var lines = ShippedUnits.Read(fields, request.Lines);
        var carrier = fields.OptionalText("/carrier", request.Carrier, 100);
        var tracking = fields.OptionalText("/trackingNumber", request.TrackingNumber, 100);
        var boxes = Boxes(fields, request.Boxes);
        fields.Check();
        var operation = await http.Operation(backend, seat, request.Id, body);
        var known = (await seat.Order(order).Get(http.RequestAborted))?.Fulfilments;
        var f = known is { } all && number <= all.Length ? all[number - 1] : null;
        // What was shipped before the bench began is answered by the order, as it was then.
        if (f is { IsAtBench: true } && !f.Shipments.Any(s => s.Id == operation && s.Boxes.IsDefaultOrEmpty))
        {
            return await PackBenchShipping.Ship(http, seat, id, new PackCommand.ShipBoxes(
                operation, boxes, [.. lines.Select(l => l.Units)], carrier, tracking, PackBenchShipping.Unseen));
        }

        if (!boxes.IsEmpty) return PackBenchAnswers.Unknown(id);
        var (seen, refused) = await ShippedUnits.Pick(seat, order, number, operation, lines, http.RequestAborted);
        if (refused is not null) return refused;
        var reply = await seat.Order(order).Ship(
            new(operation, number, [.. lines.Select(l => l.Units)], carrier, tracking, seen), http.RequestAborted);
        return Answered(reply, id, order, number, operation, "already-shipped", "Nothing is left to ship");
    }

    static ImmutableArray<string> Boxes(Fields fields, IReadOnlyList<string?>? named)
    {
        if (named is null) return [];
        if (named.Count is 0 or > PackJob.MaxBoxes)
            fields.Add("/boxes", "out-of-range", $"must name 1 to {PackJob.MaxBoxes}");
        return [.. named.Take(PackJob.MaxBoxes).Select((b, i) => fields.Id($"/boxes/{i}", b)).Distinct()];
    }

    static async Task<IResult> Deliver(HttpContext http, Backend backend, string id)
    {
        var seat = http.Seat(backend);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.DeliverRequest);
        if (OrderBodies.Parse(id) is not var (order, number)) return Unknown(id);
        var operation = await http.Operation(backend, seat, request.Id, body);
        var reply = await seat.Order(order).Deliver(operation, number, http.RequestAborted);
        return Answered(reply, id, order, number, operation, "nothing-to-deliver",
            "Nothing that shipped is still on its way");
    }

    internal static IResult Answered(
        FulfilReply reply, string id, string order, int number, string operation, string nothingOpen, string why) =>
        reply.Status switch
        {
            FulfilStatus.Done or FulfilStatus.AlreadyDone =>
                Answer.Ok(reply.Order!.Fulfilments[number - 1].Body(order), ApiJson.Wire.FulfilmentBody),
            FulfilStatus.UnknownFulfilment => Unknown(id),
            FulfilStatus.DifferentContent => Problem.OtherContent($"The id {operation}"),
            FulfilStatus.UnknownShipment => Problem.NotFound(
                "unknown-shipment", $"Nothing has left {id} under that id."),
            FulfilStatus.UnknownLine =>
                Problem.Invalid("/lines", "unknown-line", "the fulfilment order has no such line"),
            FulfilStatus.QuantityNotPositive =>
                Problem.Invalid("/lines", "out-of-range", "a quantity must be positive"),
            FulfilStatus.NothingOpen => Problem.Conflict(
                reply.Order!.Fulfilments[number - 1].Status == FulfilmentStatus.Cancelled ? "already-cancelled"
                    : nothingOpen,
                $"{why} of {id}."),
            FulfilStatus.MoreThanOpen =>
                Problem.Conflict("more-than-open", $"{id} has not so many units left to ship."),
            FulfilStatus.AlreadyBegun => Problem.Conflict(
                "already-begun", $"A node works on {id} already: cancel to have it stopped."),
            FulfilStatus.WrongNode => Problem.Conflict(
                "wrong-node", $"{id} is that node's already, or the two are not of one node."),
            FulfilStatus.NoStock => Problem.Conflict(
                "no-stock-at-node", $"The node has not so many units of {id} free."),
            FulfilStatus.NothingLeft => Problem.Invalid(
                "/lines", "all-named", "name some of the open units, and leave some"),
            FulfilStatus.NotAsked => Problem.Conflict("not-asked", $"The node is not asked whether it accepts {id}."),
            FulfilStatus.OnHold => Problem.Conflict(
                "on-hold", $"{id} or order {order} is held: nothing leaves until it is released.",
                reply.Order!.Body(order)),
            FulfilStatus.Scheduled => Problem.Conflict(
                "scheduled", $"Nothing of {id} leaves before {reply.Order!.Fulfilments[number - 1].NotBefore:u}."),
            FulfilStatus.AtBench => Problem.Conflict(
                "at-bench", $"{id} is packed at a bench: only its closed boxes leave."),
            FulfilStatus.Intercepted => Problem.Conflict(
                "intercepted", "These units are being stopped: put them back, and answer the intercept.",
                reply.Order!.Body(order)),
            FulfilStatus.InParcel => ParcelAnswers.InParcel(
                id, reply.Parcel ?? reply.Order?.Parcels.FirstOrDefault(p => p.Fulfilment == number)?.Parcel),
            FulfilStatus.OtherAddress => ParcelAnswers.AddressChanged(order),
            FulfilStatus.NotPicked => Problem.Conflict(
                "not-picked", $"Units of {id} are told apart by lot or serial: pick them by name, or name them here."),
            FulfilStatus.TooManyOperations => OrdersApi.TooMany(order),
        };

    internal static Problem Unknown(string id) =>
        Problem.NotFound("unknown-fulfilment-order", $"There is no fulfilment order {id}.");
}
