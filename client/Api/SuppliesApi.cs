using System.Diagnostics;
using System.Globalization;
using Fulfillment.Inventory;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>Supply that is expected: told, changed, dropped, and who waits for it.</summary>
public static class SuppliesApi
{
    /// <summary>Adds the routes.</summary>
    public static void MapSupplies(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/skus/{sku}/supplies", Expect)
            .Describe("expectSupply", "Units are expected at a node", "supplies")
            .Accepts<SupplyRequest>("application/json").Answers<SupplyBody>(201, 200).Refuses(400, 404, 409, 422);
        routes.MapGet("/v1/skus/{sku}/supplies", List)
            .Describe("listSupplies", "Open supplies by date, and the orders that wait for them", "supplies")
            .Answers<SuppliesBody>(200).Refuses(404);
        routes.MapGet("/v1/skus/{sku}/supplies/{id}", Get)
            .Describe("getSupply", "An open supply, and the orders that wait for it", "supplies")
            .Answers<SupplyBody>(200).Refuses(404, 409);
        routes.MapPatch("/v1/skus/{sku}/supplies/{id}", Change)
            .Describe("changeSupply", "How many units of a supply are still to come, and when", "supplies")
            .Accepts<SupplyChangeRequest>("application/json").Answers<SupplyBody>(200).Refuses(400, 404, 409);
        routes.MapDelete("/v1/skus/{sku}/supplies/{id}", Drop)
            .Describe("dropSupply", "What is open of a supply will not come", "supplies")
            .Answers<SupplyBody>(200).Refuses(400, 404, 409);
        routes.MapGet("/v1/skus/{sku}/supplies/{id}/impact", Impact)
            .Describe("getSupplyImpact", "Which orders would move if a supply changed; nothing is written", "supplies")
            .Answers<ImpactBody>(200).Refuses(400, 404, 409);
    }

    static async Task<IResult> Expect(HttpContext http, Backend backend, TimeProvider time, string sku)
    {
        Requests.PathId("sku", sku);
        var seat = http.Seat(backend);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.SupplyRequest);
        Fields fields = new();
        var node = fields.Id("/node", request.Node);
        var quantity = fields.Number("/quantity", request.Quantity, 1, int.MaxValue);
        var now = time.GetUtcNow();
        var at = fields.TimeAhead("/expectedAt", request.ExpectedAt, now);
        if (request.ExpectedAt is null) fields.Add("/expectedAt", "required", "is missing");
        var source = request.Source is null ? "" : fields.Text("/source", request.Source, 200);
        fields.Check();
        var id = await http.Operation(backend, seat, request.Id, body);
        if (IsPlanned(id)) return Problem.Invalid("/id", "reserved-id", "is kept for purchase orders and transfers");
        if ((await seat.Node(node).Get(http.RequestAborted)).Card is null) return NodesApi.UnknownAt("/node", node);
        // Who repeats what he told in time is told how it stands.
        if (at <= now && await IsNew(seat, sku, id, http.RequestAborted)) return Over();
        var reply = await seat.Sku(sku).Expect(new(id, node, quantity, at!.Value, source), http.RequestAborted);
        return reply.Status switch
        {
            SupplyStatus.Done => Answer.Created(
                Body(sku, reply.Supply!), ApiJson.Wire.SupplyBody, $"/v1/skus/{sku}/supplies/{id}"),
            // Of what came already, or was dropped, only that nothing is still to come is known.
            SupplyStatus.AlreadyDone => Answer.Ok(
                reply.Supply is { } open ? Body(sku, open) : new(sku, id, node, 0, null, at.Value, source),
                ApiJson.Wire.SupplyBody),
            SupplyStatus.DifferentContent => Problem.OtherContent($"Supply id {id}"),
            SupplyStatus.TooMany => Problem.Conflict(
                "too-many-supplies", $"{sku} has {Sku.MaxSupplies} open supplies, which is the most."),
            _ => Refused(reply.Status, sku, id),
        };
    }

    static async Task<IResult> List(HttpContext http, Backend backend, string sku)
    {
        Requests.PathId("sku", sku);
        var reply = await http.Seat(backend).Sku(sku).Supplies(null, http.RequestAborted);
        return reply.Status == SupplyStatus.Done
            ? Answer.Ok(new(sku, [.. reply.Supplies.Select(s => Body(sku, s))]), ApiJson.Wire.SuppliesBody)
            : Refused(reply.Status, sku, "");
    }

    static async Task<IResult> Get(HttpContext http, Backend backend, string sku, string id)
    {
        PathIds(sku, id);
        var reply = await http.Seat(backend).Sku(sku).Supplies(id, http.RequestAborted);
        return reply.Status == SupplyStatus.Done
            ? Answer.Ok(Body(sku, reply.Supplies.Single()), ApiJson.Wire.SupplyBody)
            : Refused(reply.Status, sku, id);
    }

    static async Task<IResult> Change(HttpContext http, Backend backend, TimeProvider time, string sku, string id)
    {
        PathIds(sku, id);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.SupplyChangeRequest);
        Fields fields = new();
        int? quantity = request.Quantity is null ? null
            : fields.Number("/quantity", request.Quantity, 1, int.MaxValue);
        var now = time.GetUtcNow();
        var at = fields.TimeAhead("/expectedAt", request.ExpectedAt, now);
        fields.Check();
        if (IsPlanned(id)) return Planned(id);
        var seat = http.Seat(backend);
        if (at <= now)
        {
            var known = await seat.Sku(sku).Supplies(id, http.RequestAborted);
            if (known is { Status: SupplyStatus.Done, Supplies: [var open] } && open.Supply.At != at) return Over();
        }

        var reply = await seat.Sku(sku).ChangeSupply(id, quantity, at, http.RequestAborted);
        return reply.Status is SupplyStatus.Done or SupplyStatus.AlreadyDone
            ? Answer.Ok(Body(sku, id, reply), ApiJson.Wire.SupplyBody) : Refused(reply.Status, sku, id);
    }

    static async Task<IResult> Drop(HttpContext http, Backend backend, string sku, string id, string? reason)
    {
        PathIds(sku, id);
        Fields fields = new();
        var why = reason is null ? "" : fields.Text("reason", reason, 200);
        fields.Check();
        if (IsPlanned(id)) return Planned(id);
        var reply = await http.Seat(backend).Sku(sku).DropSupply(id, why, http.RequestAborted);
        return reply.Status == SupplyStatus.Done
            ? Answer.Ok(Body(sku, id, reply), ApiJson.Wire.SupplyBody) : Refused(reply.Status, sku, id);
    }

    static async Task<IResult> Impact(
        HttpContext http, Backend backend, string sku, string id, string? at, string? quantity)
    {
        PathIds(sku, id);
        Fields fields = new();
        var when = fields.Time("at", at);
        int? units = null;
        if (int.TryParse(quantity, NumberStyles.None, CultureInfo.InvariantCulture, out var given)) units = given;
        else if (quantity is not null)
            fields.Add("quantity", "out-of-range", $"must be a whole number from 0 to {int.MaxValue}");
        fields.Check();
        var reply = await http.Seat(backend).Sku(sku).Impact(new(id, units, when), http.RequestAborted);
        return reply.Status != SupplyStatus.Done ? Refused(reply.Status, sku, id)
            : Answer.Ok(Body(sku, id, reply), ApiJson.Wire.ImpactBody);
    }

    static async Task<bool> IsNew(Seat seat, string sku, string id, CancellationToken cancel) =>
        (await seat.Sku(sku).Supplies(id, cancel)).Status == SupplyStatus.UnknownSupply;

    /// <summary>A supply that its owner plans: it is changed there, and received there.</summary>
    internal static bool IsPlanned(string id) => Purchasing.Purchase.IsPlanned(id);

    internal static Problem Planned(string id) => Problem.Conflict(
        "planned-supply", $"Supply {id} is of a purchase order or a transfer, which tells what is to come of it.");

    /// <summary>What should be there by now is received, or late: it is not expected for then.</summary>
    static Problem Over() => Problem.Invalid("/expectedAt", Horizon.Past, "must be in the future");

    static Problem Refused(SupplyStatus status, string sku, string id) => status switch
    {
        SupplyStatus.UnknownSku => SkusApi.Unknown(sku),
        SupplyStatus.IsKit => SkusApi.IsKit(sku),
        SupplyStatus.UnknownSupply => Problem.NotFound("unknown-supply", $"{sku} never had a supply {id}."),
        SupplyStatus.Closed => Problem.Conflict("supply-closed", $"All of supply {id} came, or it was dropped."),
        SupplyStatus.QuantityNotPositive => Problem.Invalid("/quantity", "out-of-range", "must be positive"),
        SupplyStatus.AlreadyDone or SupplyStatus.DifferentContent or SupplyStatus.TooMany
            or SupplyStatus.NotInTransit or SupplyStatus.TooLate or SupplyStatus.Done =>
            throw new UnreachableException(),
    };

    static void PathIds(string sku, string id)
    {
        Requests.PathId("sku", sku);
        Requests.PathId("id", id);
    }

    static SupplyBody Body(string sku, PeggedSupply s) => Body(sku, s.Supply) with
    {
        Pegged = s.Pegged,
        Orders = s.Orders,
        Pegs = [.. s.First.Select(o => new PegBody(o.Order, o.Units))],
    };

    /// <summary>The supply after a change, and who was moved by it.</summary>
    static SupplyBody Body(string sku, string id, SupplyReply reply) => Body(sku, reply.Supply!) with
    {
        Moved = reply.Moved is { } moved ? Body(sku, id, moved) : null,
    };

    internal static ImpactBody Body(string sku, string id, ImpactReply impact) => new(
        sku, id, impact.Orders, [.. impact.First.Select(m => new MovedOrderBody(m.Order, m.Units, m.From, m.To))]);

    static SupplyBody Body(string sku, Supply s) => new(sku, s.Id, s.Node, s.Units, s.Received, s.At, s.Source);
}
