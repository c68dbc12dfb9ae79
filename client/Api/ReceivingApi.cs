using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Purchasing;

namespace Fulfillment.Client.Api;

/// <summary>Advance ship notices, and receiving line by line: over, short and damaged.</summary>
public static class ReceivingApi
{
    const string Path = "/v1/purchase-orders/{id}";

    /// <summary>Adds the routes.</summary>
    public static void MapReceiving(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path + "/shipments", Announce)
            .Describe("announceShipment", "An advance ship notice: when units come, and in which packages", "receiving")
            .Accepts<ShipmentNoticeRequest>("application/json").Answers<ShipmentNoticeBody>(201, 200)
            .Refuses(400, 404, 409, 422);
        routes.MapGet(Path + "/shipments/{shipment}", GetShipment)
            .Describe("getShipment", "An advance ship notice", "receiving").Answers<ShipmentNoticeBody>(200)
            .Refuses(400, 404);
        routes.MapPost(Path + "/shipments/{shipment}/finish", Finish)
            .Describe("finishShipment", "All of it was unloaded: what is missing is short", "receiving")
            .Accepts<FinishRequest>("application/json").Answers<DiscrepanciesBody>(200).Refuses(400, 404, 409, 422);
        routes.MapPost(Path + "/receipts", Receive)
            .Describe("receivePurchase", "Units were counted at the dock: each line is booked at once", "receiving")
            .Accepts<PurchaseReceiptRequest>("application/json").Answers<GoodsReceiptBody>(201, 200, 202)
            .Refuses(400, 404, 409, 422);
        routes.MapGet(Path + "/receipts/{receipt}", GetReceipt)
            .Describe("getReceipt", "What was counted, and which orders take it", "receiving")
            .Answers<GoodsReceiptBody>(200).Refuses(400, 404);
        routes.MapGet(Path + "/discrepancies", Discrepancies)
            .Describe("getDiscrepancies", "Over, short and damaged, by shipment and by line", "receiving")
            .Answers<DiscrepanciesBody>(200).Refuses(400, 404);
    }

    static async Task<IResult> Announce(HttpContext http, Backend backend, TimeProvider time, string id)
    {
        var seat = Start(http, backend, id);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.ShipmentNoticeRequest);
        Fields fields = new();
        var at = PurchaseReader.Expected(fields, "/expectedAt", request.ExpectedAt, time.GetUtcNow());
        var (carrier, tracking) = (fields.OptionalText("/carrier", request.Carrier, 100),
            fields.OptionalText("/trackingNumber", request.TrackingNumber, 100));
        var packages = ReceivingReader.Packages(fields, request.Packages);
        fields.Check();
        var shipment = await http.Operation(backend, seat, request.Id, body);
        PurchaseReader.PathId(shipment, "/id");
        var order = seat.PurchaseOrder(id);
        var reply = await order.Change(
            new PurchaseCommand.Announce(new(shipment, at, carrier, tracking, packages)), http.RequestAborted);
        if (PurchaseAnswers.Refused(reply, id, shipment) is { } refused) return refused;
        var isNew = reply.Status == PurchaseStatus.Done;
        reply = await PurchaseImpacts.Settled(order, reply, http.Wait());
        var answer = Body(id, reply.Purchase!.Shipments.First(s => s.Announced.Id == shipment));
        return !isNew ? Answer.Ok(answer, ApiJson.Wire.ShipmentNoticeBody)
            : Answer.Created(
                answer, ApiJson.Wire.ShipmentNoticeBody, $"/v1/purchase-orders/{id}/shipments/{shipment}");
    }

    static async Task<IResult> GetShipment(HttpContext http, Backend backend, string id, string shipment)
    {
        var seat = Start(http, backend, id);
        PurchaseReader.PathId(shipment, "shipment");
        if ((await seat.PurchaseOrder(id).Get(http.RequestAborted)).Purchase is not { } p)
            return PurchaseAnswers.Unknown(id);
        return p.Shipments.FirstOrDefault(s => s.Announced.Id == shipment) is { } known
            ? Answer.Ok(Body(id, known), ApiJson.Wire.ShipmentNoticeBody)
            : Problem.NotFound("unknown-shipment", $"Purchase order {id} has no shipment {shipment}.");
    }

    static async Task<IResult> Finish(HttpContext http, Backend backend, string id, string shipment)
    {
        var seat = Start(http, backend, id);
        PurchaseReader.PathId(shipment, "shipment");
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.FinishRequest);
        var operation = await http.Operation(backend, seat, request.Id, body);
        var order = seat.PurchaseOrder(id);
        var reply = await order.Change(new PurchaseCommand.FinishShipment(operation, shipment), http.RequestAborted);
        if (PurchaseAnswers.Refused(reply, id, operation) is { } refused) return refused;
        reply = await PurchaseImpacts.Settled(order, reply, http.Wait());
        return Answer.Ok(Report(id, reply.Purchase!), ApiJson.Wire.DiscrepanciesBody);
    }

    static async Task<IResult> Receive(HttpContext http, Backend backend, string id)
    {
        var seat = Start(http, backend, id);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.PurchaseReceiptRequest);
        Fields fields = new();
        var lines = ReceivingReader.Counted(fields, request.Lines);
        fields.Check();
        var order = seat.PurchaseOrder(id);
        var known = (await order.Get(http.RequestAborted)).Purchase;
        if (known is not null) await CheckNames(seat, known, fields, lines, http.RequestAborted);
        fields.Check();
        var receipt = await http.Operation(backend, seat, request.Id, body);
        if (known is not null) lines = PackagesAtDock.On(known, receipt, lines);
        // What was counted once is not counted again, wherever its units may lie now.
        var gate = known?.Receipts.Any(r => r.Id == receipt) != false ? BinGate.Open
            : await Gate(http, backend, seat, known, lines, request.OverCapacity == true);
        if (gate.Refusal is { } barred) return barred;
        if (known?.Receipts.Any(r => r.Id == receipt) == false
            && await PackagesAtDock.Refused(http, seat, known, lines) is { } elsewhere) return elsewhere;
        var reply = await order.Change(new PurchaseCommand.Receive(receipt, lines, gate.Over), http.RequestAborted);
        if (PurchaseAnswers.Refused(reply, id, receipt) is { } refused) return refused;
        await PackagesAtDock.Register(seat, reply.Purchase!, lines, http.RequestAborted);
        var isNew = reply.Status == PurchaseStatus.Done;
        reply = await PurchaseImpacts.Settled(order, reply, http.Wait());
        var made = reply.Purchase!.Receipts.First(r => r.Id == receipt);
        var answer = Body(made, line => reply.Purchase.Line(line)!.Ordered.Sku) with { PurchaseOrder = id };
        return Made(answer, made, isNew, $"/v1/purchase-orders/{id}/receipts/{receipt}");
    }

    /// <summary>Whether the bins take what is counted, and have room for it.</summary>
    static async ValueTask<BinGate> Gate(
        HttpContext http, Backend backend, Seat seat, Purchase known, ImmutableArray<CountedLine> lines, bool over)
    {
        var node = known.Terms.Node;
        var gate = await BinGate.Into(
            http, seat, node, [.. lines.Select((l, i) => ($"/lines/{i}/bin", l.What?.Bin))]);
        return await gate.WithRoom(http, backend, seat, node, over,
        [
            .. lines.SelectMany((l, i) => known.Line(l.Line) is not { } line ? [] : BinRooms.Load(
                $"/lines/{i}/bin", l.What?.Bin, null, line.Ordered.Sku, l.Quantity, l.What?.Lot)),
        ]);
    }

    /// <summary>Units that are told apart are named: what is not is set aside when it is booked all the same.</summary>
    static async ValueTask CheckNames(
        Seat seat, Purchase purchase, Fields fields, ImmutableArray<CountedLine> lines, CancellationToken cancel)
    {
        var skus = lines.Select(l => purchase.Line(l.Line)?.Ordered.Sku).OfType<string>();
        var cards = await LiveStock.Of(seat, skus, cancel);
        for (var i = 0; i < lines.Length; i++)
        {
            if (purchase.Line(lines[i].Line) is not { } line) continue;
            var tracking = cards[line.Ordered.Sku].Card?.Tracking;
            if (tracking?.Lots == true && lines[i].What?.Lot is null)
                fields.Add($"/lines/{i}/lot", "lot-required", $"the units of {line.Ordered.Sku} are told apart by lot");
            if (tracking?.Serials == true && lines[i].What is not { Serials.IsDefaultOrEmpty: false })
                fields.Add($"/lines/{i}/serials", "serials-required", $"each unit of {line.Ordered.Sku} has a serial");
        }
    }

    /// <summary>201 for a new receipt that is booked, 202 where a SKU has not answered yet.</summary>
    internal static IResult Made(GoodsReceiptBody answer, GoodsReceipt made, bool isNew, string location) =>
        made.Lines.Any(l => l.State == BookingState.Pending)
            ? Answer.Accepted(answer, ApiJson.Wire.GoodsReceiptBody, location)
            : isNew ? Answer.Created(answer, ApiJson.Wire.GoodsReceiptBody, location)
            : Answer.Ok(answer, ApiJson.Wire.GoodsReceiptBody);

    static async Task<IResult> GetReceipt(HttpContext http, Backend backend, string id, string receipt)
    {
        var seat = Start(http, backend, id);
        Requests.PathId("receipt", receipt);
        if ((await seat.PurchaseOrder(id).Get(http.RequestAborted)).Purchase is not { } p)
            return PurchaseAnswers.Unknown(id);
        return p.Receipts.FirstOrDefault(r => r.Id == receipt) is { } known
            ? Answer.Ok(
                Body(known, line => p.Line(line)!.Ordered.Sku) with { PurchaseOrder = id },
                ApiJson.Wire.GoodsReceiptBody)
            : Problem.NotFound("unknown-receipt", $"Purchase order {id} has no receipt {receipt}.");
    }

    static async Task<IResult> Discrepancies(HttpContext http, Backend backend, string id)
    {
        var seat = Start(http, backend, id);
        return (await seat.PurchaseOrder(id).Get(http.RequestAborted)).Purchase is { } p
            ? Answer.Ok(Report(id, p), ApiJson.Wire.DiscrepanciesBody) : PurchaseAnswers.Unknown(id);
    }

    static Seat Start(HttpContext http, Backend backend, string id)
    {
        PurchaseReader.PathId(id);
        return http.Seat(backend);
    }

    static DiscrepanciesBody Report(string id, Purchase p) => new(
        id, Words<PurchaseState>.Of(p.State),
        [
            .. p.Lines.Select(l => new DiscrepancyBody(
                l.Ordered.Id, l.Ordered.Sku, l.Quantity + l.Short, l.Received, l.Damaged, l.Over, l.Short, l.Open)),
        ],
        [
            .. p.Shipments.Select(s => new ShipmentDiscrepanciesBody(
                s.Announced.Id, s.Finished,
                [
                    .. from line in p.Lines
                       from a in line.Announced
                       where a.Shipment == s.Announced.Id
                       select new DiscrepancyBody(
                           line.Ordered.Id, line.Ordered.Sku, a.Units, a.Good + a.Damaged, a.Damaged, a.Over, a.Short,
                           a.Open),
                ])),
        ]);

    static ShipmentNoticeBody Body(string order, Shipment s) => new(
        s.Announced.Id, order, s.Announced.At, s.Announced.Carrier, s.Announced.Tracking, s.Finished,
        [
            .. s.Announced.Packages.Select(p => new PackageBody(
                p.Id, p.Sscc, [.. p.Lines.Select(l => new PackedLineBody(l.Line, l.Quantity))])),
        ]);

    internal static GoodsReceiptBody Body(GoodsReceipt receipt, Func<string, string> sku) => new(
        receipt.Id, null, null, receipt.At,
        [
            .. receipt.Lines.Select(l => new ReceiptLineBody(
                l.Counted.Line, sku(l.Counted.Line), l.Counted.Quantity, l.Counted.Quantity - l.Counted.Damaged,
                l.Counted.Damaged, l.Counted.Damaged > 0 ? Words<Inventory.StockState>.Of(l.Counted.State) : null,
                l.Counted.Shipment, l.Counted.Package, Words<BookingState>.Of(l.State),
                [.. l.Filled.Select(f => new CrossDockBody(f.Order, f.Units))])),
        ]);
}
