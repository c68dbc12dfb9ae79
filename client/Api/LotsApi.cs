using System.Text.Json;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Views;

namespace Fulfillment.Client.Api;

/// <summary>Lots and serials: where each unit is, who got it, and recalls.</summary>
public static class LotsApi
{
    const int OrdersAtOnce = 200;

    /// <summary>Adds the routes.</summary>
    public static void MapLots(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/lots", List).Describe("listLots", "Lots on hand, those that are over first first", "stock")
            .Answers<PageBody<LotBody>>(200).Refuses(400);
        routes.MapGet("/v1/skus/{sku}/lots/{lot}", Get)
            .Describe("getLot", "A lot: where its units are, and who got any", "stock")
            .Answers<LotTraceBody>(200).Refuses(400, 404);
        routes.MapGet("/v1/skus/{sku}/lots/{lot}/orders", Orders)
            .Describe("listLotOrders", "Who got units of a lot", "stock")
            .Answers<PageBody<LotOrderBody>>(200).Refuses(400, 404);
        routes.MapGet("/v1/skus/{sku}/lots/{lot}/moves", Moves)
            .Describe("listLotMoves", "All that happened to a lot, newest first", "stock")
            .Answers<PageBody<UnitMoveBody>>(200).Refuses(400, 404);
        routes.MapPost("/v1/skus/{sku}/lots/{lot}/recall", Recall)
            .Describe("recallLot", "No unit of the lot is sold any more; tells where all of them are", "stock")
            .Accepts<LotReasonRequest>("application/json").Answers<LotTraceBody>(200).Refuses(400, 404);
        routes.MapPost("/v1/skus/{sku}/lots/{lot}/clear", Clear)
            .Describe("clearLot", "The lot may be sold again", "stock")
            .Accepts<LotReasonRequest>("application/json").Answers<LotTraceBody>(200).Refuses(400, 404);
        routes.MapGet("/v1/serials/{serial}", Serial)
            .Describe("getSerial", "Where a unit is, and all that happened to it", "stock")
            .Answers<SerialBody>(200).Refuses(400, 404);
    }

    static IResult List(
        HttpContext http, Backend backend, string? expiresBy, string? status, string? cursor, string? limit)
    {
        Fields fields = new();
        var until = fields.Date("expiresBy", expiresBy);
        if (status is not null) fields.Word<LotStatus>("status", status);
        fields.Check();
        var page = backend.Views.Slots.Lots(
            http.Seller(), until?.ToString("O"), status, cursor, Requests.Limit(limit));
        return Answer.Ok(
            new([.. page.Items.Select(l => new LotBody(
                l.Sku, l.Lot, l.Expires is null ? null : DateOnly.Parse(l.Expires), l.Status, l.Reason, l.Units))],
                page.Next),
            ApiJson.Wire.LotPage);
    }

    static async Task<IResult> Get(HttpContext http, Backend backend, string sku, string lot)
    {
        Check(sku, lot);
        var reply = await StockApi.Ask(http, http.Seat(backend), sku, new SkuCommand.GetLot(lot));
        return await Told(http, backend, sku, lot, reply);
    }

    static Task<IResult> Recall(HttpContext http, Backend backend, string sku, string lot) =>
        Change(http, backend, sku, lot, reason => new SkuCommand.RecallLot(lot, reason));

    static Task<IResult> Clear(HttpContext http, Backend backend, string sku, string lot) =>
        Change(http, backend, sku, lot, reason => new SkuCommand.ClearLot(lot, reason));

    static async Task<IResult> Change(
        HttpContext http, Backend backend, string sku, string lot, Func<string, ICommand<LotReply>> command)
    {
        Check(sku, lot);
        var request = Requests.Parse((await http.Body()).Span, ApiJson.Wire.LotReasonRequest);
        Fields fields = new();
        var reason = fields.Text("/reason", request.Reason, 200);
        fields.Check();
        return await Told(http, backend, sku, lot, await StockApi.Ask(
            http, http.Seat(backend), sku, command(reason)));
    }

    static async Task<IResult> Told(HttpContext http, Backend backend, string sku, string lot, LotReply reply)
    {
        if (reply.Status == LotReplyStatus.UnknownSku) return SkusApi.Unknown(sku);
        if (reply.Status == LotReplyStatus.UnknownLot) return Unknown(sku, lot);
        var seat = http.Seat(backend);
        var slots = (await StockApi.Ask(http, seat, sku, new SkuCommand.GetSlots())).Slots
            .Where(s => s.Lot == lot).ToList();
        var orders = backend.Views.Slots.OrdersOf(http.Seller(), sku, lot, null, OrdersAtOnce);
        return Answer.Ok(
            new(sku, lot, reply.Lot!.Expires, Words<LotStatus>.Of(reply.Lot.Status), reply.Lot.Reason,
                slots.Sum(s => s.Units), [.. slots.Select(SlotsApi.Body)], Some(reply.Moved), Some(reply.Left),
                reply.Lot.Status == LotStatus.Good || reply.Orders.IsEmpty ? null : reply.Orders, Some(reply.Picked),
                await Buyers(seat, backend, orders.Items, http.RequestAborted), orders.Next),
            ApiJson.Wire.LotTraceBody);

        static SlotBody[]? Some(System.Collections.Immutable.ImmutableArray<Slot> slots) =>
            slots.IsDefaultOrEmpty ? null : [.. slots.Select(SlotsApi.Body)];
    }

    static async Task<IResult> Orders(
        HttpContext http, Backend backend, string sku, string lot, string? cursor, string? limit)
    {
        Check(sku, lot);
        var page = backend.Views.Slots.OrdersOf(http.Seller(), sku, lot, cursor, Requests.Limit(limit));
        var items = await Buyers(http.Seat(backend), backend, page.Items, http.RequestAborted);
        return Answer.Ok(new(items, page.Next), ApiJson.Wire.LotOrderPage);
    }

    static IResult Moves(HttpContext http, Backend backend, string sku, string lot, string? cursor, string? limit)
    {
        Check(sku, lot);
        var page = Paging.Of(() =>
            backend.Views.Slots.MovesOfLot(http.Seller(), sku, lot, cursor, Requests.Limit(limit)));
        return Answer.Ok(new([.. page.Items.Select(Body)], page.Next), ApiJson.Wire.UnitMovePage);
    }

    static IResult Serial(HttpContext http, Backend backend, string serial)
    {
        Requests.PathId("serial", serial);
        var moves = backend.Views.Slots.MovesOfSerial(http.Seller(), serial, null, OrdersAtOnce).Items;
        if (moves is not [var last, ..]) return Problem.NotFound("unknown-serial", $"No unit has the serial {serial}.");
        var here = last.Units > 0;
        var shipped = last.Type == "stock-shipped";
        return Answer.Ok(
            new(serial, last.Sku, here ? last.Node : null, here ? last.State : null, here ? last.Bin : null, last.Lot,
                here ? last.Lpn : null, here || shipped ? last.OrderId : null, shipped, [.. moves.Select(Body)],
                here && last.State == "in-transit" ? TransferOf(last.Movement) : null),
            ApiJson.Wire.SerialBody);
    }

    /// <summary>Who ordered, as far as the keys of personal data are still there.</summary>
    static async ValueTask<List<LotOrderBody>> Buyers(
        Seat seat, Backend backend, IReadOnlyList<LotOrderRow> orders, CancellationToken cancel)
    {
        List<LotOrderBody> read = [];
        foreach (var order in orders)
        {
            var reply = await seat.Order(order.OrderId).Get(cancel);
            read.Add(new(
                order.OrderId, order.Units, DateTimeOffset.FromUnixTimeMilliseconds(order.At),
                reply is null ? null : await Buyer(backend, reply)));
        }

        return read;
    }

    static async ValueTask<BuyerBody?> Buyer(Backend backend, OrderReply order)
    {
        var buyer = await OrderIntake.Open(order.Placed.Buyer, backend);
        if (buyer.Customer is not { ValueKind: JsonValueKind.Object } customer) return null;
        return new(Text("name"), Text("email"), Text("phone"));

        string? Text(string name) => customer.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }

    static void Check(string sku, string lot)
    {
        Requests.PathId("sku", sku);
        Requests.PathId("lot", lot);
    }

    static UnitMoveBody Body(UnitMoveRow m) => new(
        m.Sku, m.Lot, m.Serial, m.Type, m.Node, m.State, m.Bin, m.Lpn, m.OrderId, m.Units, m.Actor,
        DateTimeOffset.FromUnixTimeMilliseconds(m.At), m.Position, m.Movement);

    /// <summary>A transfer's movements have its id, as no others can: no id of a caller's has a slash.</summary>
    static string? TransferOf(string? movement) => movement?.Split('/') is ["to", var transfer, ..] ? transfer : null;

    static Problem Unknown(string sku, string lot) =>
        Problem.NotFound("unknown-lot", $"{sku} never had a lot {lot}.");
}
