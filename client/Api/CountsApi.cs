using System.Text.Json.Serialization.Metadata;
using Fulfillment.Counting;
using Fulfillment.Inventory;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>Counts: ordered, scanned blind while work goes on, finished, decided.</summary>
public static class CountsApi
{
    const string Path = "/v1/counts/{id}";

    /// <summary>How often SKUs are asked again when a count changed while they were.</summary>
    const int MostTries = 4;

    /// <summary>Adds the routes.</summary>
    public static void MapCounts(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/counts", Open).Describe("openCount", "Orders a count of bins or SKUs at a node", "counts")
            .Accepts<CountRequest>("application/json").Answers<CountBody>(201, 200).Refuses(400, 422);
        routes.MapGet("/v1/counts", List).Describe("listCounts", "Counts, newest first", "counts")
            .Answers<PageBody<CountListBody>>(200).Refuses(400);
        routes.MapGet(Path, Get)
            .Describe("getCount", "A count: blind, or with what the books say for who may know it", "counts")
            .Answers<CountBody>(200).Refuses(400, 404);
        routes.MapPost(Path + "/scans", Scan)
            .Describe("scanCount", "Units were counted: they are judged by the books of this moment", "counts")
            .Accepts<CountScanRequest>("application/json").Answers<CountScanBody>(201, 200)
            .Refuses(400, 403, 404, 409, 422);
        routes.MapPost(Path + "/finish", Finish)
            .Describe("finishCountPlace", "There is nothing in the place but what was scanned", "counts")
            .Accepts<CountFinishRequest>("application/json").Answers<CountBody>(200).Refuses(400, 403, 404, 409, 422);
        routes.MapPost(Path + "/approve", Approve)
            .Describe("approveCount", "Variances correct the books, or are tried again", "counts")
            .Accepts<CountDecisionRequest>("application/json").Answers<CountBody>(200)
            .Refuses(400, 403, 404, 409, 422);
        routes.MapPost(Path + "/reject", Reject)
            .Describe("rejectCount", "Variances correct nothing", "counts")
            .Accepts<CountRejectRequest>("application/json").Answers<CountBody>(200).Refuses(400, 404, 409, 422);
        routes.MapPost(Path + "/recount", Recount)
            .Describe("recount", "Lines are to be counted again", "counts")
            .Accepts<RecountRequest>("application/json").Answers<CountBody>(200).Refuses(400, 404, 409, 422);
        routes.MapPost(Path + "/cancel", Cancel)
            .Describe("cancelCount", "No more is counted, and what waits corrects nothing", "counts")
            .Accepts<CountCancelRequest>("application/json").Answers<CountBody>(200).Refuses(400, 404, 409, 422);
    }

    static async Task<IResult> Open(HttpContext http, Backend backend)
    {
        var seat = http.Seat(backend);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.CountRequest);
        var terms = CountReader.Terms(request);
        return await Order(http, backend, seat, await http.Operation(backend, seat, request.Id, body), terms);
    }

    internal static async Task<IResult> Order(
        HttpContext http, Backend backend, Seat seat, string id, CountTerms terms)
    {
        if ((await seat.Node(terms.Node).Get(http.RequestAborted)).Card is null)
            return NodesApi.UnknownAt("/node", terms.Node);
        var reply = await seat.CycleCount(id).Change(new CountCommand.Open(terms), http.RequestAborted);
        if (CountAnswers.Refused(reply, id, id) is { } refused) return refused;
        var answer = CountAnswers.Body(id, reply.Sheet!, reply.Version, expected: false);
        return reply.Status == CountStatus.Done
            ? Answer.Created(answer, ApiJson.Wire.CountBody, $"/v1/counts/{id}", reply.Version)
            : Answer.Ok(answer, ApiJson.Wire.CountBody, reply.Version);
    }

    static async Task<IResult> Get(HttpContext http, Backend backend, string id, string? expected)
    {
        Requests.PathId("id", id);
        if (expected is not (null or "true" or "false"))
            return Problem.Invalid("expected", "unknown-value", "must be true or false");
        var reply = await http.Seat(backend).CycleCount(id).Get(http.RequestAborted);
        return reply.Sheet is { } sheet
            ? Answer.Ok(
                CountAnswers.Body(id, sheet, reply.Version, expected == "true"), ApiJson.Wire.CountBody, reply.Version)
            : CountAnswers.Unknown(id);
    }

    static IResult List(
        HttpContext http, Backend backend, string? node, string? status, string? cursor, string? limit)
    {
        Fields fields = new();
        if (node is not null) fields.Id("node", node);
        CountState? state = status is null ? null : fields.Word<CountState>("status", status);
        fields.Check();
        var page = Paging.Of(() => backend.Views.Counts.List(
            http.Seller(), node, state, cursor, Requests.Limit(limit)));
        return Answer.Ok(
            new([.. page.Items.Select(r => new CountListBody(
                r.Id, r.Status, r.Node, r.Reason, r.Places, r.Lines,
                DateTimeOffset.FromUnixTimeMilliseconds(r.At)))], page.Next), ApiJson.Wire.CountPage);
    }

    static async Task<IResult> Scan(HttpContext http, Backend backend, string id)
    {
        Requests.PathId("id", id);
        var seat = http.Seat(backend);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.CountScanRequest);
        var scan = await CountScans.Read(seat, request, http.RequestAborted);
        var operation = await http.Operation(backend, seat, request.Id, body);
        var count = seat.CycleCount(id);
        for (var tries = 1; ; tries++)
        {
            var now = await count.Get(http.RequestAborted);
            if (now.Sheet is null) return CountAnswers.Unknown(id);
            var (status, judged) = await count.Judge(
                scan.Sku, scan.Tally(now.Sheet.Terms.Node), http.RequestAborted);
            if (judged is null) return CountAnswers.Unjudged(status, scan.Sku);
            var reply = await count.Change(
                new CountCommand.Scan(operation, scan.By, now.Version, judged), http.RequestAborted);
            if (reply.Status == CountStatus.Stale && tries < MostTries) continue;
            if (CountAnswers.Refused(reply, id, operation) is { } refused) return refused;
            CountScanBody answer = new(
                id, operation, reply.Line ?? 0, scan.Sku, scan.Bin, judged.Lot, request.State, scan.Units);
            return reply.Status == CountStatus.Done
                ? Answer.Created(answer, ApiJson.Wire.CountScanBody, $"/v1/counts/{id}", reply.Version)
                : Answer.Ok(answer, ApiJson.Wire.CountScanBody, reply.Version);
        }
    }

    static async Task<IResult> Finish(HttpContext http, Backend backend, string id)
    {
        Requests.PathId("id", id);
        var (seat, operation, (by, bin)) = await http.Change(
            backend, ApiJson.Wire.CountFinishRequest,
            (fields, r) => (fields.Id("/by", r.By), r.Bin is null ? null : fields.Id("/bin", r.Bin)));
        var count = seat.CycleCount(id);
        for (var tries = 1; ; tries++)
        {
            var now = await count.Get(http.RequestAborted);
            if (now.Sheet is null) return CountAnswers.Unknown(id);
            var absent = await CountScans.Absent(backend, seat, count, now.Sheet, bin, http.RequestAborted);
            var reply = await count.Change(
                new CountCommand.Finish(operation, by, now.Version, bin, absent), http.RequestAborted);
            if (reply.Status == CountStatus.Stale && tries < MostTries) continue;
            return await Answered(http, count, reply, id, operation, expected: false);
        }
    }

    static Task<IResult> Approve(HttpContext http, Backend backend, string id) => Decide(
        http, backend, id, ApiJson.Wire.CountDecisionRequest, expected: true, (fields, r) =>
        {
            var (by, lines) = (fields.Id("/by", r.By), CountReader.Lines(fields, r.Lines));
            var reason = CountReader.OptionalReason(fields, r.Reason);
            return operation => new CountCommand.Approve(operation, by, lines, reason);
        });

    static Task<IResult> Reject(HttpContext http, Backend backend, string id) => Decide(
        http, backend, id, ApiJson.Wire.CountRejectRequest, expected: true, (fields, r) =>
        {
            var (by, lines) = (fields.Id("/by", r.By), CountReader.Lines(fields, r.Lines));
            var reason = CountReader.Reason(fields, r.Reason);
            return operation => new CountCommand.Reject(operation, by, lines, reason);
        });

    static Task<IResult> Recount(HttpContext http, Backend backend, string id) => Decide(
        http, backend, id, ApiJson.Wire.RecountRequest, expected: false, (fields, r) =>
        {
            var (by, lines) = (fields.Id("/by", r.By), CountReader.Lines(fields, r.Lines));
            return operation => new CountCommand.Recount(operation, by, lines);
        });

    static Task<IResult> Cancel(HttpContext http, Backend backend, string id) => Decide(
        http, backend, id, ApiJson.Wire.CountCancelRequest, expected: false, (fields, r) =>
        {
            var (by, reason) = (fields.Id("/by", r.By), CountReader.Reason(fields, r.Reason));
            return operation => new CountCommand.Cancel(operation, by, reason);
        });

    static async Task<IResult> Decide<T>(
        HttpContext http, Backend backend, string id, JsonTypeInfo<T> type, bool expected,
        Func<Fields, T, Func<string, ICommand<CountReply>>> read)
        where T : class, IChangeRequest
    {
        Requests.PathId("id", id);
        var (seat, operation, command) = await http.Change(backend, type, read);
        var count = seat.CycleCount(id);
        var change = command(operation);
        if (change is CountCommand.Approve && (await count.Get(http.RequestAborted)).Sheet is { } sheet
            && await Gone(seat, sheet, http.RequestAborted) is { } gone) return gone;
        var reply = await count.Change(change, http.RequestAborted);
        return await Answered(http, count, reply, id, operation, expected);
    }

    /// <summary>A bin of the count that was removed: what is found there cannot be booked. Null: none was.</summary>
    static async ValueTask<Problem?> Gone(Seat seat, CountSheet sheet, CancellationToken cancel)
    {
        var found = sheet.Lines.Where(l => l.State is LineState.Waiting or LineState.Refused && l.Judged.Variance > 0)
            .Select(l => l.Judged.Tally.Bin).OfType<string>().Distinct().ToList();
        if (found.Count == 0) return null;
        var reply = await seat.Layout(sheet.Terms.Node).Admit(found, cancel);
        return reply.Status != BinAdmission.UnknownBin ? null : Problem.Conflict(
            "bin-removed",
            $"{sheet.Terms.Node} has no bin {reply.Bin} any more: reject what was found there, or add it.");
    }

    static async Task<IResult> Answered(
        HttpContext http, ICycleCount count, CountReply reply, string id, string operation, bool expected)
    {
        if (CountAnswers.Refused(reply, id, operation) is { } refused) return refused;
        if (reply.Sheet is { IsSettled: false }) reply = await Deadline.Or(http.Wait(), reply, count.Settled);
        return Answer.Ok(
            CountAnswers.Body(id, reply.Sheet!, reply.Version, expected), ApiJson.Wire.CountBody, reply.Version);
    }
}
