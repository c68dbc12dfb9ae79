using Fulfillment.Ordering;

namespace Fulfillment.Client.Api;

/// <summary>Holds: what stops orders, the queue of those who decide, and what they decide.</summary>
public static class HoldsApi
{
    const int MaxReason = 500;
    static readonly TimeSpan MostTime = TimeSpan.FromDays(365);

    /// <summary>How long a buyer has to answer when nobody says otherwise.</summary>
    static readonly TimeSpan AnswerWithin = TimeSpan.FromDays(2);

    /// <summary>Adds the routes.</summary>
    public static void MapHolds(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/holds", List).Describe("listHolds", "What stops orders, due first", "holds")
            .Answers<PageBody<HoldListBody>>(200).Refuses(400);
        routes.MapPost("/v1/orders/{id}/holds", Place).Describe("holdOrder", "Stops an order", "holds")
            .Accepts<OrderHoldRequest>("application/json").Answers<OrderBody>(201, 200).Refuses(400, 404, 409, 422);
        routes.MapPost("/v1/orders/{id}/holds/{number:int}/release", Release)
            .Describe("releaseHold", "Releases a hold: approves what it waits for", "holds")
            .Accepts<ReleaseRequest>("application/json").Answers<OrderBody>(200).Refuses(400, 404, 409, 422);
        routes.MapPost("/v1/orders/{id}/holds/{number:int}/reject", Reject)
            .Describe("rejectHold", "Cancels the order for the reason of the hold", "holds")
            .Accepts<ReleaseRequest>("application/json").Answers<OrderBody>(200).Refuses(400, 404, 409, 422);
        routes.MapPost("/v1/orders/{id}/holds/{number:int}/ask-buyer", Ask)
            .Describe("askBuyer", "Asks the buyer before deciding", "holds")
            .Accepts<AskBuyerRequest>("application/json").Answers<OrderBody>(200).Refuses(400, 404, 409, 422);
    }

    static IResult List(
        HttpContext http, Backend backend, TimeProvider time, string? type, string? open, string? overdue,
        string? cursor, string? limit)
    {
        Fields fields = new();
        if (type is not null) fields.Word<HoldType>("type", type);
        var isOpen = Flag(fields, "open", open, true);
        var late = Flag(fields, "overdue", overdue, false);
        fields.Check();
        var now = time.GetUtcNow();
        var page = Paging.Of(() => backend.Views.Holds.List(
            http.Seller(), isOpen, type, late ? now : null, cursor, Requests.Limit(limit)));
        var items = page.Items.Select(r => new HoldListBody(
            r.OrderId, r.Number, r.Type, r.Reason, r.By, Time(r.At), r.Due is { } due ? Time(due) : null,
            r.ReleasedAt is null && r.Due <= now.ToUnixTimeMilliseconds(), r.Question,
            r.ReleasedAt is { } at ? Time(at) : null, r.ReleasedBy, r.Release));
        return Answer.Ok(new([.. items], page.Next), ApiJson.Wire.HoldPage);
    }

    static async Task<IResult> Place(HttpContext http, Backend backend, string id)
    {
        var seat = http.Seat(backend);
        Requests.PathId("id", id);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.OrderHoldRequest);
        Fields fields = new();
        var type = fields.Word<HoldType>("/type", request.Type);
        var reason = fields.Text("/reason", request.Reason, MaxReason);
        var within = fields.Duration("/decideWithin", request.DecideWithin, MostTime);
        fields.Check();
        var operation = await http.Operation(backend, seat, request.Id, body);
        var reply = await seat.Order(id).Hold(
            new(operation, type, reason, seat.Origin.Actor, within),
            http.RequestAborted);
        return reply.Status == HoldStatus.Done
            ? Answer.Created(reply.Order!.Body(id), ApiJson.Wire.OrderBody, $"/v1/orders/{id}", reply.Order!.Version)
            : Answered(reply, id, operation);
    }

    static async Task<IResult> Release(HttpContext http, Backend backend, string id, int number)
    {
        var (seat, operation, reason) = await Decision(http, backend, id);
        var reply = await seat.Order(id).Release(
            new(operation, number, reason, seat.Origin.Actor), http.RequestAborted);
        return Answered(reply, id, operation);
    }

    static async Task<IResult> Reject(HttpContext http, Backend backend, string id, int number)
    {
        var (seat, operation, reason) = await Decision(http, backend, id);
        var reply = await seat.Order(id).Reject(
            new(operation, number, reason, seat.Origin.Actor), http.RequestAborted);
        return Answered(reply, id, operation);
    }

    static async Task<IResult> Ask(HttpContext http, Backend backend, string id, int number)
    {
        var seat = http.Seat(backend);
        Requests.PathId("id", id);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.AskBuyerRequest);
        Fields fields = new();
        var question = fields.Text("/question", request.Question, MaxReason);
        var within = fields.Duration("/answerWithin", request.AnswerWithin, MostTime) ?? AnswerWithin;
        fields.Check();
        var operation = await http.Operation(backend, seat, request.Id, body);
        var reply = await seat.Order(id).AskBuyer(
            new(operation, number, question, seat.Origin.Actor, within), http.RequestAborted);
        return Answered(reply, id, operation);
    }

    static async Task<(Seat Seat, string Operation, string Reason)> Decision(
        HttpContext http, Backend backend, string id)
    {
        var seat = http.Seat(backend);
        Requests.PathId("id", id);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.ReleaseRequest);
        Fields fields = new();
        var reason = fields.Text("/reason", request.Reason, MaxReason);
        fields.Check();
        return (seat, await http.Operation(backend, seat, request.Id, body), reason);
    }

    static IResult Answered(HoldReply reply, string id, string operation) => reply.Status switch
    {
        HoldStatus.Done or HoldStatus.AlreadyDone =>
            Answer.Ok(reply.Order!.Body(id), ApiJson.Wire.OrderBody, reply.Order!.Version),
        HoldStatus.UnknownOrder => OrdersApi.Unknown(id),
        HoldStatus.DifferentContent => Problem.OtherContent($"The id {operation}"),
        HoldStatus.UnknownHold => Problem.NotFound("unknown-hold", $"Order {id} has no hold {reply.Number}."),
        HoldStatus.AlreadyReleased =>
            Problem.Conflict("already-released", "The hold was released before.", reply.Order!.Body(id)),
        HoldStatus.OrderEnded => Problem.Conflict(
            $"already-{Views.Words.Of(reply.Order!.Status)}", "Nothing is left that a hold could stop."),
        HoldStatus.PaymentDue => Problem.Conflict(
            "payment-due", "This hold ends when the money is there. Confirm the payment, or give another means.",
            reply.Order!.Body(id)),
        HoldStatus.TooManyOperations => OrdersApi.TooMany(id),
    };

    static bool Flag(Fields fields, string name, string? value, bool otherwise)
    {
        if (value is null) return otherwise;
        if (value is not ("true" or "false")) fields.Add(name, "wrong-type", "must be true or false");
        return value == "true";
    }

    static DateTimeOffset Time(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
}
