using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Purchasing;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>Transfers between nodes: shipped, in transit, received, written off.</summary>
public static class TransfersApi
{
    const string Path = "/v1/transfers/{id}";

    /// <summary>Adds the routes.</summary>
    public static void MapTransfers(this IEndpointRouteBuilder routes)
    {
        routes.MapPut(Path, Put).Describe("putTransfer", "Plans a transfer between nodes", "transfers")
            .Accepts<TransferRequest>("application/json").Answers<TransferBody>(201, 200).Refuses(400, 422);
        routes.MapGet(Path, Get).Describe("getTransfer", "A transfer", "transfers").Answers<TransferBody>(200)
            .Refuses(400, 404);
        routes.MapGet("/v1/transfers", List).Describe("listTransfers", "Transfers, newest first", "transfers")
            .Answers<PageBody<TransferBody>>(200).Refuses(400);
        routes.MapPost(Path + "/ship", Ship)
            .Describe("shipTransfer", "Units leave: they are in transit, and expected where they go", "transfers")
            .Accepts<TransferShipRequest>("application/json").Answers<TransferBody>(200).Refuses(400, 404, 409, 422);
        routes.MapPost(Path + "/receipts", Receive)
            .Describe("receiveTransfer", "Units were counted where they arrived", "transfers")
            .Accepts<PurchaseReceiptRequest>("application/json").Answers<GoodsReceiptBody>(201, 200, 202)
            .Refuses(400, 404, 409, 422);
        routes.MapPost(Path + "/write-off", WriteOff)
            .Describe("writeOffTransfer", "Units were lost on the way", "transfers")
            .Accepts<WriteOffRequest>("application/json").Answers<TransferBody>(200).Refuses(400, 404, 409, 422);
        routes.MapPost(Path + "/cancel", Cancel)
            .Describe("cancelTransfer", "Nothing will leave", "transfers")
            .Accepts<TransferCancelRequest>("application/json").Answers<TransferBody>(200).Refuses(400, 404, 409, 422);
    }

    static async Task<IResult> Put(HttpContext http, Backend backend, string id)
    {
        var seat = Start(http, backend, id);
        var body = await http.Body();
        var terms = Terms(Requests.Parse(body.Span, ApiJson.Wire.TransferRequest));
        await http.Operation(backend, seat, id, body);
        foreach (var (field, node) in ((string, string)[])[("/from", terms.From), ("/to", terms.To)])
            if ((await seat.Node(node).Get(http.RequestAborted)).Card is null) return NodesApi.UnknownAt(field, node);
        var reply = await seat.Transfer(id).Change(new TransferCommand.Write(terms), http.RequestAborted);
        if (Refused(reply, id, id) is { } refused) return refused;
        var answer = Body(id, reply.Carriage!, reply.Version);
        return reply.Status == TransferStatus.Done
            ? Answer.Created(answer, ApiJson.Wire.TransferBody, $"/v1/transfers/{id}", reply.Version)
            : Answer.Ok(answer, ApiJson.Wire.TransferBody, reply.Version);
    }

    static async Task<IResult> Get(HttpContext http, Backend backend, string id)
    {
        var reply = await Start(http, backend, id).Transfer(id).Get(http.RequestAborted);
        return reply.Carriage is { } t
            ? Answer.Ok(Body(id, t, reply.Version), ApiJson.Wire.TransferBody, reply.Version) : Unknown(id);
    }

    static IResult List(
        HttpContext http, Backend backend, string? from, string? to, string? status, string? cursor, string? limit)
    {
        Fields fields = new();
        if (from is not null) fields.Id("from", from);
        if (to is not null) fields.Id("to", to);
        TransferState? state = status is null ? null : fields.Word<TransferState>("status", status);
        fields.Check();
        var page = Paging.Of(() => backend.Views.Transfers.List(
            http.Seller(), from, to, state, cursor, Requests.Limit(limit)));
        return Answer.Ok(
            new([.. page.Items.Select(r => Body(r.Id, r.Carriage, r.Version))], page.Next), ApiJson.Wire.TransferPage);
    }

    static async Task<IResult> Ship(HttpContext http, Backend backend, TimeProvider time, string id)
    {
        var seat = Start(http, backend, id);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.TransferShipRequest);
        Fields fields = new();
        var at = PurchaseReader.Expected(fields, "/expectedAt", request.ExpectedAt, time.GetUtcNow());
        var lines = Units(fields, request.Lines);
        fields.Check();
        var known = (await seat.Transfer(id).Get(http.RequestAborted)).Carriage;
        if (known is not null) await CheckNames(seat, known, fields, lines, http.RequestAborted);
        var operation = await http.Operation(backend, seat, request.Id, body);
        PurchaseReader.PathId(operation, "/id");
        return await Change(http, seat, id, operation, new TransferCommand.Ship(operation, at, lines));
    }

    static async Task<IResult> WriteOff(HttpContext http, Backend backend, string id)
    {
        var seat = Start(http, backend, id);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.WriteOffRequest);
        Fields fields = new();
        var lines = Units(fields, request.Lines);
        var reason = fields.Text("/reason", request.Reason, 200);
        fields.Check();
        var operation = await http.Operation(backend, seat, request.Id, body);
        return await Change(http, seat, id, operation, new TransferCommand.WriteOff(operation, lines, reason));
    }

    static async Task<IResult> Cancel(HttpContext http, Backend backend, string id)
    {
        var seat = Start(http, backend, id);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.TransferCancelRequest);
        Fields fields = new();
        var reason = PurchaseReader.Reason(fields, request.Reason);
        fields.Check();
        var operation = await http.Operation(backend, seat, request.Id, body);
        return await Change(http, seat, id, operation, new TransferCommand.Cancel(operation, reason));
    }

    static async Task<IResult> Receive(HttpContext http, Backend backend, string id)
    {
        var seat = Start(http, backend, id);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.PurchaseReceiptRequest);
        Fields fields = new();
        var lines = ReceivingReader.Counted(fields, request.Lines);
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Shipment is not null)
                fields.Add($"/lines/{i}/shipment", "unknown-field", "is of purchase orders, not of transfers");
            if (lines[i].What is { } what && what with { Serials = default } is { IsNothing: false })
                fields.Add($"/lines/{i}/lot", "unknown-field", "is of purchase orders: lots go along with a transfer");
        }

        fields.Check();
        var receipt = await http.Operation(backend, seat, request.Id, body);
        var transfer = seat.Transfer(id);
        var reply = await transfer.Change(new TransferCommand.Receive(receipt, lines), http.RequestAborted);
        if (Refused(reply, id, receipt) is { } refused) return refused;
        var isNew = reply.Status == TransferStatus.Done;
        reply = await Settled(transfer, reply, http.Wait());
        var made = reply.Carriage!.Receipts.First(r => r.Id == receipt);
        var answer = ReceivingApi.Body(made, line => reply.Carriage.Line(line)!.Planned.Sku) with { Transfer = id };
        return ReceivingApi.Made(answer, made, isNew, $"/v1/transfers/{id}");
    }

    /// <summary>Units that leave, or are lost, with their serials.</summary>
    static ImmutableArray<LineUnits> Units(Fields fields, IReadOnlyList<TransferUnitsRequest?>? lines)
    {
        var read = PurchaseReader.Each(fields, lines, Transfer.MaxLines, required: false, (line, at, _) =>
        {
            int? quantity = line.Quantity is null ? null
                : fields.Number($"{at}/quantity", line.Quantity, 1, int.MaxValue);
            var what = Marks.Read(
                fields, null, null, null, line.Serials, null, quantity ?? line.Serials?.Count ?? 0, at);
            return new LineUnits(
                PurchaseReader.Id(fields, $"{at}/line", line.Line), quantity, what?.Serials ?? default);
        });
        PurchaseReader.Distinct(fields, read.Select(l => l.Line), i => $"/lines/{i}/line");
        return read;
    }

    /// <summary>Units that leave are named where their SKU tells each by its serial.</summary>
    static async ValueTask CheckNames(
        Seat seat, Carriage known, Fields fields, ImmutableArray<LineUnits> lines, CancellationToken cancel)
    {
        var cards = await LiveStock.Of(seat, known.Lines.Select(l => l.Planned.Sku), cancel);
        bool Serial(string line) => known.Line(line) is { } l && cards[l.Planned.Sku].Card?.Tracking?.Serials == true;
        if (lines.IsEmpty && known.Lines.FirstOrDefault(l => l.Shipped < l.Planned.Quantity && Serial(l.Planned.Id))
            is { } all) fields.Add("/lines", "serials-required", $"each unit of line {all.Planned.Id} has a serial");
        for (var i = 0; i < lines.Length; i++)
            if (lines[i].Serials.IsDefaultOrEmpty && Serial(lines[i].Line))
                fields.Add($"/lines/{i}/serials", "serials-required", "each unit of this line has a serial: name them");
        fields.Check();
    }

    static async Task<IResult> Change(
        HttpContext http, Seat seat, string id, string operation, ICommand<TransferReply> change)
    {
        var transfer = seat.Transfer(id);
        var reply = await transfer.Change(change, http.RequestAborted);
        if (Refused(reply, id, operation) is { } refused) return refused;
        reply = await Settled(transfer, reply, http.Wait());
        return Answer.Ok(Body(id, reply.Carriage!, reply.Version), ApiJson.Wire.TransferBody, reply.Version);
    }

    static Task<TransferReply> Settled(ITransfer transfer, TransferReply now, TimeSpan wait) =>
        now.Carriage is { IsSettled: false } ? Deadline.Or(wait, now, transfer.Settled) : Task.FromResult(now);

    static TransferTerms Terms(TransferRequest request)
    {
        Fields fields = new();
        var lines = PurchaseReader.Each(
            fields, request.Lines, Transfer.MaxLines, required: true, (line, at, i) => new TransferLine(
                line.Id is null ? $"{i + 1}" : PurchaseReader.Id(fields, $"{at}/id", line.Id),
                fields.Id($"{at}/sku", line.Sku), fields.Number($"{at}/quantity", line.Quantity, 1, int.MaxValue)));
        PurchaseReader.Distinct(fields, lines.Select(l => l.Id), i => $"/lines/{i}/id");
        TransferTerms terms = new(
            fields.Id("/from", request.From), fields.Id("/to", request.To), lines,
            fields.OptionalText("/note", request.Note, 1_000));
        if (request.From is not null && request.From == request.To)
            fields.Add("/to", "same-node", "must be another node");
        fields.Check();
        return terms;
    }

    static Seat Start(HttpContext http, Backend backend, string id)
    {
        PurchaseReader.PathId(id);
        return http.Seat(backend);
    }

    static Problem Unknown(string id) => Problem.NotFound("unknown-transfer", $"There is no transfer {id}.");

    static Problem? Refused(TransferReply reply, string id, string operation) => reply.Status switch
    {
        TransferStatus.Done or TransferStatus.AlreadyDone => null,
        TransferStatus.UnknownTransfer => Unknown(id),
        TransferStatus.DifferentContent => Problem.OtherContent($"Operation id {operation}"),
        TransferStatus.TooManyChanges => Problem.Conflict(
            "too-many-changes", $"{Transfer.MaxOperations} changes were made, which is the most."),
        TransferStatus.Cancelled => Problem.Conflict("transfer-cancelled", $"Transfer {id} was cancelled."),
        TransferStatus.UnknownLine => Problem.Invalid(
            "/lines", "unknown-line", $"transfer {id} has no line {reply.Subject}"),
        TransferStatus.AlreadyShipped => Problem.Conflict(
            "already-shipped", $"Units of transfer {id} have left: receive them, or write them off."),
        TransferStatus.MoreThanPlanned => Problem.Conflict(
            "more-than-planned", $"Not so many units of {reply.Subject ?? "any line"} are left to be shipped."),
        TransferStatus.NotShipped => Problem.Conflict(
            "not-shipped", $"Nothing of line {reply.Subject} is on its way yet."),
        TransferStatus.SerialsMissing => Problem.Invalid(
            "/lines", "serials-required", $"each unit of line {reply.Subject} left with a serial: name it"),
        TransferStatus.SerialNotShipped => Problem.Conflict(
            "serial-not-shipped", $"No unit with serial {reply.Subject} is on its way with that line of {id}."),
        TransferStatus.MoreThanInTransit => Problem.Conflict(
            "more-than-in-transit", $"Not so many units of {reply.Subject ?? "any line"} are on their way."),
    };

    static TransferBody Body(string id, Carriage t, long version) => new(
        id, Words<TransferState>.Of(t.State), t.Terms.From, t.Terms.To, t.Terms.Note,
        string.IsNullOrEmpty(t.Reason) ? null : t.Reason,
        [
            .. t.Lines.Select(l => new TransferLineBody(
                l.Planned.Id, l.Planned.Sku, l.Planned.Quantity, t.Leaving(l.Planned.Id), l.Shipped, l.InTransit,
                l.Good + l.Damaged, l.Damaged, l.Over, l.Lost, l.InTransit > 0 ? l.At : null,
                [
                    .. t.Moves.Where(m => m.Line == l.Planned.Id && m.Status is not null && !m.IsDone)
                        .Select(m => new RefusedMoveBody(m.Units, Words<MoveStatus>.Of(m.Status!.Value))),
                ], l.Serials.IsDefaultOrEmpty ? null : l.Serials)),
        ],
        t.IsSettled, version);
}
