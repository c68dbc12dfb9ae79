using System.Text.Json.Serialization.Metadata;
using Fulfillment.Inventory;
using Fulfillment.Picking;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>Pick lists: released, claimed by people or machines, scanned line by line.</summary>
public static class PickListsApi
{
    const string Path = "/v1/pick-lists/{id}";
    const int MaxReason = 200;

    static readonly TimeSpan MostPast = TimeSpan.FromDays(400);

    /// <summary>Adds the routes.</summary>
    public static void MapPickLists(this IEndpointRouteBuilder routes)
    {
        routes.MapPickReleases();
        routes.MapGet("/v1/pick-lists", List).Describe("listPickLists", "Pick lists, oldest first", "picking")
            .Answers<PageBody<PickListListBody>>(200).Refuses(400);
        routes.MapGet(Path, Get).Describe("getPickList", "A pick list, and what is to be picked next", "picking")
            .Answers<PickListBody>(200).Refuses(400, 404);
        routes.MapGet("/v1/nodes/{node}/pick-accuracy", Accuracy)
            .Describe("getPickAccuracy", "How scans ended, by who made them and by what was wrong", "picking")
            .Answers<PickAccuraciesBody>(200).Refuses(400, 404, 422);
        Change<PickClaimRequest>(routes.MapPost(Path + "/claim", Claim), "claimPickList",
            "Somebody picks it: its orders learn that their node has begun");
        routes.MapPost(Path + "/scans", Scan)
            .Describe("scanPick", "Units are taken from their bin into a tote; a wrong scan changes nothing", "picking")
            .Accepts<PickScanRequest>("application/json").Answers<PickScanBody>(201, 200, 202)
            .Refuses(400, 404, 409, 422);
        Change<PickShortRequest>(routes.MapPost(Path + "/shorts", Short), "reportShortPick",
            "Units are not there: they are sent from elsewhere at once, and the bin is counted");
        Change<PickCancelRequest>(
            routes.MapPost(Path + "/cancel", Cancel), "cancelPickList", "Nothing more is picked of it");
        routes.MapPickListPapers();

        static void Change<TRequest>(RouteHandlerBuilder route, string name, string summary)
            where TRequest : notnull =>
            route.Describe(name, summary, "picking").Accepts<TRequest>("application/json")
                .Answers<PickListBody>(200).Refuses(400, 404, 409, 422);
    }

    static IResult List(
        HttpContext http, Backend backend, string? node, string? status, string? wave, string? cursor, string? limit)
    {
        Fields fields = new();
        if (node is not null) fields.Id("node", node);
        fields.OptionalText("wave", wave, PickReleasesApi.MaxWave);
        PickListStatus? state = status is null ? null : fields.Word<PickListStatus>("status", status);
        fields.Check();
        var page = Paging.Of(() => backend.Views.Picks.List(
            http.Seller(), node, state, wave, cursor, Requests.Limit(limit)));
        return Answer.Ok(new([.. page.Items.Select(PickListAnswers.Body)], page.Next), ApiJson.Wire.PickListPage);
    }

    static async Task<IResult> Get(HttpContext http, Backend backend, string id)
    {
        Requests.PathId("id", id);
        var reply = await http.Seat(backend).PickList(id).Get(http.RequestAborted);
        return reply.Sheet is { } sheet
            ? Answer.Ok(
                await PickListAnswers.FullBody(id, sheet, reply.Version, backend), ApiJson.Wire.PickListBody,
                reply.Version)
            : PickListAnswers.Unknown(id);
    }

    static Task<IResult> Claim(HttpContext http, Backend backend, string id) => Change(
        http, backend, id, ApiJson.Wire.PickClaimRequest, (fields, r) =>
        {
            var (by, takeOver) = (fields.Id("/by", r.By), r.TakeOver == true);
            return operation => new PickListCommand.TakeOn(operation, by, takeOver);
        });

    /// <summary>What is not there is first looked for in other bins of the node that no list goes to for it.</summary>
    static async Task<IResult> Short(HttpContext http, Backend backend, string id)
    {
        Requests.PathId("id", id);
        var (seat, operation, command) = await http.Change(
            backend, ApiJson.Wire.PickShortRequest, (fields, r) =>
            {
                var by = fields.Id("/by", r.By);
                int? line = r.Line is null ? null : fields.Number("/line", r.Line, 1, PickList.MaxLines);
                int? units = r.Quantity is null ? null : fields.Number("/quantity", r.Quantity, 1, int.MaxValue);
                return (Func<string, PickListCommand.ReportShort>)(o => new(o, by, line, units));
            });
        var list = seat.PickList(id);
        var told = command(operation);
        if ((await list.Get(http.RequestAborted)).Sheet is not { } sheet) return PickListAnswers.Unknown(id);
        PickElsewhere elsewhere = new(backend, seat, id, sheet);
        if (await elsewhere.Find(told, http.RequestAborted) is not { } found)
            return Problem.Of(new(Fault.Overloaded, "Others look for the same units: ask again."));
        var answer = await Answered(http, list, id, operation, found);
        if (answer is Problem) await elsewhere.GiveUp(operation, http.RequestAborted);
        return answer;
    }

    static Task<IResult> Cancel(HttpContext http, Backend backend, string id) => Change(
        http, backend, id, ApiJson.Wire.PickCancelRequest, (fields, r) =>
        {
            var (by, reason) = (fields.Id("/by", r.By), fields.Text("/reason", r.Reason, MaxReason));
            return operation => new PickListCommand.Cancel(operation, by, reason);
        });

    static async Task<IResult> Change<T>(
        HttpContext http, Backend backend, string id, JsonTypeInfo<T> type,
        Func<Fields, T, Func<string, ICommand<PickListReply>>> read)
        where T : class, IChangeRequest
    {
        Requests.PathId("id", id);
        var (seat, operation, command) = await http.Change(backend, type, read);
        return await Answered(http, seat.PickList(id), id, operation, command(operation));
    }

    static async Task<IResult> Answered(
        HttpContext http, IPickList list, string id, string operation, ICommand<PickListReply> change)
    {
        var reply = await list.Change(change, http.RequestAborted);
        if (PickListAnswers.Refused(reply, id, operation) is { } refused) return refused;
        reply = await Settled(http, list, reply);
        return Answer.Ok(
            PickListAnswers.Body(id, reply.Sheet!, reply.Version), ApiJson.Wire.PickListBody, reply.Version);
    }

    static async Task<IResult> Scan(HttpContext http, Backend backend, string id)
    {
        Requests.PathId("id", id);
        var seat = http.Seat(backend);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.PickScanRequest);
        Fields fields = new();
        var by = fields.Id("/by", request.By);
        int? number = request.Line is null ? null : fields.Number("/line", request.Line, 1, PickList.MaxLines);
        var bin = request.Bin is null ? null : fields.Id("/bin", request.Bin);
        var tote = request.Tote is null ? null : fields.Id("/tote", request.Tote);
        var goods = await ScannedGoods.Read(
            fields, seat, new(request.Sku, request.Barcode, request.Quantity, 1, request.Lot, request.Serials),
            http.RequestAborted);
        fields.Check();
        if (goods.What?.Lot is null && (await seat.Sku(goods.Sku).Stock(http.RequestAborted)).Card?.Tracking
            is { Lots: true, Serials: false })
            return Problem.Invalid("/lot", "lot-required", $"the units of {goods.Sku} are told apart by lot");
        var operation = await http.Operation(backend, seat, request.Id, body);
        var list = seat.PickList(id);
        if ((await list.Get(http.RequestAborted)).Sheet is not { } sheet) return PickListAnswers.Unknown(id);
        var gate = await BinGate.Onto(
            http, seat, goods.Sku, sheet.Terms.Node, ("/tote", null), tote, anyBin: true);
        var reply = await list.Change(
            new PickListCommand.Scan(
                operation, by, number, bin, goods.Sku, (int)goods.Units, goods.What?.Lot, tote,
                goods.What?.Serials ?? default, gate.Until, gate.LpnStep, gate.LpnBin), http.RequestAborted);
        if (reply.Status == PickListReplyStatus.TooLate) return gate.Refusal ?? BinGate.TooLate();
        if (PickListAnswers.Refused(reply, id, operation) is { } refused) return refused;
        var scan = reply.Scan;
        reply = await Settled(http, list, reply);
        if (scan is null || reply.Sheet!.Scans[scan.Value - 1] is not { } answered)
            return Problem.OtherContent($"The id {operation}");
        var line = reply.Sheet.Lines[answered.Line - 1];
        if (answered.Status is { } told && PickListAnswers.Refusal(told, line.Sku, sheet.Terms.Node) is { } no)
            return no;
        PickScanBody answer = new(
            id, operation, PickListAnswers.Line(reply.Sheet, line),
            reply.Sheet.Next is { } next ? PickListAnswers.Line(reply.Sheet, next) : null,
            answered.Status is null ? "pending" : "picked");
        if (answered.Status is null) return Answer.Accepted(answer, ApiJson.Wire.PickScanBody, $"/v1/pick-lists/{id}");
        return reply.Status == PickListReplyStatus.AlreadyDone
            ? Answer.Ok(answer, ApiJson.Wire.PickScanBody, reply.Version)
            : Answer.Created(answer, ApiJson.Wire.PickScanBody, $"/v1/pick-lists/{id}", reply.Version);
    }

    /// <summary>The list once the SKU and the order have answered, if that is soon.</summary>
    static async ValueTask<PickListReply> Settled(HttpContext http, IPickList list, PickListReply now)
    {
        if (now.Sheet!.IsSettled) return now;
        var settled = await Deadline.Or(http.Wait(), now, cancel => list.Settled(cancel));
        return settled with { Status = now.Status };
    }

    static async Task<IResult> Accuracy(
        HttpContext http, Backend backend, string node, string? from, string? until)
    {
        Requests.PathId("node", node);
        Fields fields = new();
        var end = fields.Time("until", until) ?? DateTimeOffset.UtcNow;
        var start = fields.Time("from", from) ?? end - TimeSpan.FromDays(30);
        if (start >= end || end - start > MostPast)
            fields.Add("from", "out-of-range", $"must be before until, by at most {MostPast.Days} days");
        fields.Check();
        if ((await http.Seat(backend).Node(node).Get(http.RequestAborted)).Card is null) return NodesApi.Unknown(node);
        var pickers = backend.Views.Picks.Tallies(
                http.Seller(), node, start.ToUnixTimeMilliseconds(), end.ToUnixTimeMilliseconds())
            .GroupBy(t => t.Picker).Select(g => new PickAccuracyBody(
                g.Key, g.Sum(t => t.Scans), g.Where(t => t.Fault.Length == 0).Sum(t => t.Scans),
                g.Where(t => t.Fault.Length > 0).ToDictionary(t => t.Fault, t => t.Scans)));
        return Answer.Ok(new(node, start, end, [.. pickers]), ApiJson.Wire.PickAccuraciesBody);
    }
}
