using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Fulfillment.Intake;

namespace Fulfillment.Client.Api;

/// <summary>
/// Messages that could not be taken in: looked at, corrected and replayed, or discarded with a reason.
/// </summary>
public static class QuarantineApi
{
    /// <summary>Adds the routes.</summary>
    public static void MapQuarantine(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/quarantine", List)
            .Describe("listQuarantine", "Messages that could not be taken in", "quarantine")
            .Answers<PageBody<QuarantineBody>>(200).Refuses(400);
        routes.MapGet("/v1/quarantine/{id}", Get)
            .Describe("getQuarantined", "A message, as it was received", "quarantine")
            .Answers<QuarantineBody>(200).Refuses(404);
        routes.MapPost("/v1/quarantine/{id}/replay", Replay)
            .Describe("replayQuarantined", "Takes in the corrected message that is the body", "quarantine")
            .Accepts<OrderRequest>("application/json").Answers<ReplayBody>(200).Refuses(400, 404, 409, 422);
        routes.MapPost("/v1/quarantine/{id}/discard", Discard)
            .Describe("discardQuarantined", "Throws a message away", "quarantine")
            .Accepts<DiscardRequest>("application/json").Answers<QuarantineBody>(200).Refuses(400, 404, 409);
    }

    /// <summary>
    /// Keeps a message with what is wrong with it; the same message from the same place is kept once.
    /// </summary>
    internal static async ValueTask<string> Keep(
        string source, ReadOnlyMemory<byte> text, Problem problem, Seat seat, Backend backend, CancellationToken cancel)
    {
        var id = backend.Keyring.Mark($"{seat.Seller}\n{source}\n{Convert.ToHexString(SHA256.HashData(text.Span))}");
        var received =
            await backend.Keyring.Seal<Received>(backend.Keyring.Pseudonym(seat.Seller, $"quarantine {id}"), text);
        ImmutableArray<Defect> defects = problem.Body.Errors is { Count: > 0 } errors
            ? [.. errors.Select(e => new Defect(e.Field, e.Code, e.Detail))]
            : [new("", problem.Code, problem.Body.Detail)];
        await seat.Quarantined(id).Put(source, received, defects, cancel);
        return id;
    }

    static IResult List(HttpContext http, Backend backend, string? status, string? cursor, string? limit)
    {
        Fields fields = new();
        if (status is not null) fields.Word<QuarantineStatus>("status", status);
        fields.Check();
        var page = Paging.Of(() => backend.Views.Quarantine.List(http.Seller(), status, cursor, Requests.Limit(limit)));
        var items = page.Items.Select(r => new QuarantineBody(
            r.Id, r.Source, r.Status, [.. r.Defects.Select(d => new FieldError(d.Field, d.Code, d.Detail))], r.Result,
            DateTimeOffset.FromUnixTimeMilliseconds(r.At), null));
        return Answer.Ok(new([.. items], page.Next), ApiJson.Wire.QuarantinePage);
    }

    static async Task<IResult> Get(HttpContext http, Backend backend, string id)
    {
        Requests.PathId("id", id);
        var kept = await http.Seat(backend).Quarantined(id).Get(http.RequestAborted);
        if (kept.Text is null) return Unknown(id);
        var text = await backend.Keyring.Open(kept.Text);
        return Answer.Ok(Body(id, kept, text is null ? null : Encoding.UTF8.GetString(text)),
            ApiJson.Wire.QuarantineBody);
    }

    static async Task<IResult> Replay(HttpContext http, Backend backend, TimeProvider time, string id)
    {
        Requests.PathId("id", id);
        var seat = http.Seat(backend);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.OrderRequest);
        var draft = OrderIntake.Read(request);
        var kept = await seat.Quarantined(id).Get(http.RequestAborted);
        if (kept.Text is null) return Unknown(id);
        var result = $"order {request.Id ?? http.IdempotencyKey()}";
        var repeats = kept.Status == QuarantineStatus.Replayed && kept.Result == result;
        if (kept.Status != QuarantineStatus.Open && !repeats) return Closed(id, kept);
        var order = await http.Operation(backend, seat, request.Id, body);
        var (place, refused) = await OrdersApi.Judge(draft, order, seat, backend, time.GetUtcNow());
        var answer = refused ?? await OrdersApi.Place(place!, order, seat, http.Wait());
        if (answer is not Answer<OrderBody> placed) return answer;
        if (!repeats) await seat.Quarantined(id).Replay(result, http.RequestAborted);
        return Answer.Ok(new(id, placed.Body), ApiJson.Wire.ReplayBody);
    }

    static async Task<IResult> Discard(HttpContext http, Backend backend, string id)
    {
        Requests.PathId("id", id);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.DiscardRequest);
        Fields fields = new();
        var reason = fields.Text("/reason", request.Reason, 200);
        fields.Check();
        var seat = http.Seat(backend);
        await http.Operation(backend, seat, id, body);
        var reply = await seat.Quarantined(id).Discard(reason, http.RequestAborted);
        if (reply.Status == CloseQuarantineStatus.Unknown) return Unknown(id);
        var kept = await seat.Quarantined(id).Get(http.RequestAborted);
        var repeats = kept.Status == QuarantineStatus.Discarded && kept.Result == reason;
        return reply.Status == CloseQuarantineStatus.AlreadyClosed && !repeats
            ? Closed(id, kept) : Answer.Ok(Body(id, kept, null), ApiJson.Wire.QuarantineBody);
    }

    static QuarantineBody Body(string id, QuarantineReply kept, string? text) => new(
        id, kept.Source, Views.Words.Kebab($"{kept.Status}"),
        [.. kept.Defects.Select(d => new FieldError(d.Field, d.Code, d.Detail))], kept.Result, null, text);

    static Problem Closed(string id, QuarantineReply kept) =>
        Problem.Conflict($"already-{Views.Words.Kebab($"{kept.Status}")}",
            $"{id} was {Views.Words.Kebab($"{kept.Status}")} before: {kept.Result}.");

    static Problem Unknown(string id) =>
        Problem.NotFound("unknown-quarantine", $"There is no quarantined message {id}.");
}
