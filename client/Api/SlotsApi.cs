using Fulfillment.Inventory;
using Fulfillment.Views;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>Where units lie and which they are: bins, LPNs, lots, serials; and picks by name.</summary>
public static class SlotsApi
{
    /// <summary>Adds the routes.</summary>
    public static void MapSlots(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/skus/{sku}/slots", OfSku)
            .Describe("listSlots", "Where a SKU's units lie, those to be picked first first", "stock")
            .Answers<SlotsBody>(200).Refuses(400, 404);
        routes.MapGet("/v1/nodes/{node}/slots", OfNode)
            .Describe("listNodeSlots", "What lies at a node, by bin, LPN, lot or SKU", "stock")
            .Answers<PageBody<SlotBody>>(200).Refuses(400, 404);
        routes.MapPost("/v1/skus/{sku}/picks", Pick)
            .Describe("pickUnits", "Takes units that an order has committed from where they lie", "stock")
            .Accepts<PickRequest>("application/json").Answers<PickAnswer>(200).Refuses(400, 404, 409, 422);
        routes.MapPost("/v1/skus/{sku}/unpicks", Unpick)
            .Describe("unpickUnits", "Puts picked units back", "stock")
            .Accepts<UnpickRequest>("application/json").Answers<PickAnswer>(200).Refuses(400, 404, 409, 422);
    }

    static async Task<IResult> OfSku(HttpContext http, Backend backend, string sku, string? node)
    {
        Requests.PathId("sku", sku);
        if (node is not null && !Fields.IsId(node)) return Problem.Invalid("node", "bad-id", "is no id of a node");
        var seat = http.Seat(backend);
        var reply = await StockApi.Ask(http, seat, sku, new SkuCommand.GetSlots(node));
        if (reply.Card is null) return SkusApi.Unknown(sku);
        var stock = await seat.Sku(sku).Stock(http.RequestAborted);
        var loose = from n in stock.Nodes
                    where node is null || n.Node == node
                    let units = n.OnHand - reply.Slots
                        .Where(s => s.Node == n.Node && s.State != StockState.InTransit).Sum(s => s.Units)
                    where units > 0
                    select new LooseBody(n.Node, units);
        return Answer.Ok(new(sku, [.. reply.Slots.Select(Body)], [.. loose]), ApiJson.Wire.SlotsBody);
    }

    static async Task<IResult> OfNode(
        HttpContext http, Backend backend, string node, string? bin, string? lpn, string? lot, string? sku,
        string? cursor, string? limit)
    {
        Requests.PathId("node", node);
        if ((await http.Seat(backend).Node(node).Get(http.RequestAborted)).Card is null)
            return NodesApi.Unknown(node);
        var page = backend.Views.Slots.At(http.Seller(), node, bin, lpn, lot, sku, cursor, Requests.Limit(limit));
        return Answer.Ok(
            new([.. page.Items.Select(r => new SlotBody(
                r.Node, r.State, r.Bin, r.Lot, r.Lpn, r.Units, r.OrderId, null, r.Sku))], page.Next),
            ApiJson.Wire.SlotPage);
    }

    static async Task<IResult> Pick(HttpContext http, Backend backend, string sku)
    {
        var (seat, body) = await StockApi.Start(http, backend, sku);
        var request = Requests.Parse(body.Span, ApiJson.Wire.PickRequest);
        Fields fields = new();
        var order = fields.Id("/order", request.Order);
        var node = fields.Id("/node", request.Node);
        var quantity = fields.Number("/quantity", request.Quantity, 1, int.MaxValue);
        var tote = request.Tote is null ? null : fields.Id("/tote", request.Tote);
        var what = Marks.Read(fields, request.Bin, request.Lot, request.Lpn, request.Serials, null, quantity);
        fields.Check();
        var id = await http.Operation(backend, seat, request.Id, body);
        var gate = await BinGate.Onto(http, seat, sku, node, ("/tote", null), tote, anyBin: true);
        var reply = await StockApi.Ask(
            http, seat, sku, new SkuCommand.Pick(
                id, order, node, quantity, what, tote, gate.LpnStep, gate.Until, gate.LpnBin));
        return gate.Refuses(reply.Status) ?? Answered(reply, sku, id, order, node);
    }

    static async Task<IResult> Unpick(HttpContext http, Backend backend, string sku)
    {
        var (seat, body) = await StockApi.Start(http, backend, sku);
        var request = Requests.Parse(body.Span, ApiJson.Wire.UnpickRequest);
        Fields fields = new();
        var order = fields.Id("/order", request.Order);
        var node = fields.Id("/node", request.Node);
        var quantity = fields.Number("/quantity", request.Quantity, 1, int.MaxValue);
        var bin = request.ToBin is null ? null : fields.Id("/toBin", request.ToBin);
        var what = Marks.Read(fields, null, request.Lot, request.Lpn, request.Serials, null, quantity);
        fields.Check();
        var id = await http.Operation(backend, seat, request.Id, body);
        var gate = await BinGate.Into(http, seat, node, ("/toBin", bin));
        gate = await gate.WithRoom(
            http, backend, seat, node, request.OverCapacity == true,
            BinRooms.Load("/toBin", bin, null, sku, quantity, request.Lot));
        var reply = await StockApi.Ask(
            http, seat, sku, new SkuCommand.Unpick(id, order, node, quantity, what, bin, gate.Until));
        return gate.Refuses(reply.Status) ?? Answered(reply, sku, id, order, node);
    }

    static IResult Answered(PickReply reply, string sku, string id, string order, string node)
    {
        if (PickAnswers.Refusal(reply.Status, sku, node) is { } refused) return refused;
        var picked = reply.Standing.Picked.IsDefault ? 0
            : reply.Standing.Picked.FirstOrDefault(p => p.Node == node).Units;
        var committed = reply.Standing.Allocated.FirstOrDefault(a => a.Node == node).Units;
        return Answer.Ok(
            new(sku, id, order, node, picked, committed, reply.Taken.IsDefault ? [] : [.. reply.Taken.Select(Body)]),
            ApiJson.Wire.PickAnswer);
    }

    internal static SlotBody Body(Slot s) => new(
        s.Node, Words<StockState>.Of(s.State), s.Bin, s.Lot, s.Lpn, s.Units, s.Order,
        s.Serials.IsDefaultOrEmpty ? null : s.Serials);
}
