using Fulfillment.Connectors;
using Fulfillment.Ordering;
using Fulfillment.Payments;
using Fulfillment.Views;

namespace Fulfillment.Client.Api;

/// <summary>Payments: what was promised, taken and given back, and what people do about it.</summary>
public static class PaymentsApi
{
    const int MaxReason = 200;

    /// <summary>The providers that an order may name.</summary>
    internal static readonly string[] Providers =
        [StripeGateway.Name, PayPalGateway.Name, TestGateway.Name, Order.CreditAccount];

    /// <summary>Adds the routes.</summary>
    public static void MapPayments(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/payments", List).Describe("listPayments", "Payments, newest first", "payments")
            .Answers<PageBody<PaymentListBody>>(200).Refuses(400);
        routes.MapGet("/v1/payments/declined", Declined)
            .Describe("getDeclinedPayments", "How many authorisations were declined", "payments")
            .Answers<PaymentCountsBody>(200).Refuses(400);
        routes.MapGet("/v1/orders/{id}/payment", Get).Describe("getPayment", "The payment of an order", "payments")
            .Answers<PaymentBody>(200).Refuses(404);
        routes.MapPost("/v1/orders/{id}/payment-method", PayWith)
            .Describe("payWith", "The buyer pays by another means, or tries again", "payments")
            .Accepts<PayWithRequest>("application/json").Answers<OrderBody>(200).Refuses(400, 404, 409, 422);
        routes.MapPost("/v1/orders/{id}/captures", Capture)
            .Describe("capturePayment", "Takes promised money before goods leave", "payments")
            .Accepts<CaptureRequest>("application/json").Answers<PaymentBody>(200, 202).Refuses(400, 404, 409, 422);
        routes.MapPost("/v1/orders/{id}/refunds", Refund)
            .Describe("refundPayment", "Gives money back although it is owed", "payments")
            .Accepts<RefundRequest>("application/json").Answers<PaymentBody>(200, 202).Refuses(400, 404, 409, 422);
        routes.MapPost("/v1/orders/{id}/payment/retry", Retry)
            .Describe("retryPayment", "Tries again what failed at the provider", "payments")
            .Accepts<RetryRequest>("application/json").Answers<PaymentBody>(200, 202).Refuses(400, 404, 409, 422);
    }

    static IResult List(HttpContext http, Backend backend, string? failed, string? cursor, string? limit)
    {
        if (failed is not (null or "true" or "false"))
            return Problem.Invalid("failed", "wrong-type", "must be true or false");
        var page = Paging.Of(() =>
            backend.Views.Payments.List(http.Seller(), failed == "true", cursor, Requests.Limit(limit)));
        var items = page.Items.Select(r => new PaymentListBody(
            r.OrderId, r.Provider, new(r.DueMinor, r.Currency), new(r.TakenMinor, r.Currency),
            new(r.ReturnedMinor, r.Currency), r.Asked, r.Refused, r.Trouble));
        return Answer.Ok(new([.. items], page.Next), ApiJson.Wire.PaymentPage);
    }

    static IResult Declined(HttpContext http, Backend backend)
    {
        var counts = backend.Views.Payments.Count(http.Seller());
        var share = counts.Asked == 0 ? 0 : Math.Round((double)counts.Refused / counts.Asked, 4);
        return Answer.Ok(new(counts.Asked, counts.Refused, share), ApiJson.Wire.PaymentCountsBody);
    }

    static async Task<IResult> Get(HttpContext http, Backend backend, string id)
    {
        Requests.PathId("id", id);
        var payment = await http.Seat(backend).Payment(id).Get(http.RequestAborted);
        return payment is null ? Unknown(id) : Answer.Ok(Body(payment, id), ApiJson.Wire.PaymentBody);
    }

    static async Task<IResult> PayWith(HttpContext http, Backend backend, string id)
    {
        var seat = http.Seat(backend);
        Requests.PathId("id", id);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.PayWithRequest);
        Fields fields = new();
        var method = Method(fields, "", request.Provider, request.Token);
        fields.Check();
        var operation = await http.Operation(backend, seat, request.Id, body);
        var order = seat.Order(id);
        var reply = await order.PayWith(new(operation, method), http.RequestAborted);
        switch (reply.Status)
        {
            case MethodStatus.Given or MethodStatus.AlreadyGiven:
                var decided = await OrdersApi.Decision(order, http.Wait()) ?? reply.Order!;
                return Answer.Ok(decided.Body(id), ApiJson.Wire.OrderBody, decided.Version);
            case MethodStatus.UnknownOrder:
                return OrdersApi.Unknown(id);
            case MethodStatus.DifferentContent:
                return Problem.OtherContent($"The id {operation}");
            case MethodStatus.NotExpected:
                return Problem.Conflict(
                    "payment-not-expected", "The order is not paid that way.", reply.Order!.Body(id));
            case MethodStatus.OrderEnded:
                return Problem.Conflict($"already-{Words.Of(reply.Order!.Status)}", "The order has ended.");
            case MethodStatus.StillTrying:
                return Problem.Conflict("payment-under-way", "A try is still under way: its outcome comes first.");
            case MethodStatus.TooManyOperations:
                return OrdersApi.TooMany(id);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    static async Task<IResult> Capture(HttpContext http, Backend backend, string id)
    {
        var seat = http.Seat(backend);
        Requests.PathId("id", id);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.CaptureRequest);
        Fields fields = new();
        var amount = fields.MoneyToMove("/amount", request.Amount);
        fields.Check();
        var operation = await http.Operation(backend, seat, request.Id, body);
        return await Begun(http, seat, id, operation,
            await seat.Payment(id).Capture(operation, amount, http.RequestAborted));
    }

    static async Task<IResult> Refund(HttpContext http, Backend backend, string id)
    {
        var seat = http.Seat(backend);
        Requests.PathId("id", id);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.RefundRequest);
        Fields fields = new();
        var amount = fields.MoneyToMove("/amount", request.Amount);
        var reason = fields.Text("/reason", request.Reason, MaxReason);
        fields.Check();
        var operation = await http.Operation(backend, seat, request.Id, body);
        var reply = await seat.Payment(id).Refund(operation, amount, reason, http.RequestAborted);
        if (reply.Status != MoneyStatus.UnknownPayment) return await Begun(http, seat, id, operation, reply);
        // Money that was confirmed as paid is given back by whoever took it; we are told.
        var told = await seat.Order(id).ConfirmRefund(new(operation, amount, reason), http.RequestAborted);
        return OrdersApi.Confirmed(told, id, operation);
    }

    static async Task<IResult> Retry(HttpContext http, Backend backend, string id)
    {
        var seat = http.Seat(backend);
        Requests.PathId("id", id);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.RetryRequest);
        var operation = await http.Operation(backend, seat, request.Id, body);
        return await Begun(http, seat, id, operation, await seat.Payment(id).Retry(operation, http.RequestAborted));
    }

    /// <summary>The payment once the provider has answered, or as it stands when that takes longer.</summary>
    static async Task<IResult> Begun(HttpContext http, Seat seat, string id, string operation, MoneyReply reply)
    {
        switch (reply.Status)
        {
            case MoneyStatus.Begun or MoneyStatus.AlreadyDone:
                var settled = await Settled(seat.Payment(id), http.Wait());
                return settled is null
                    ? Answer.Accepted(Body(reply.Payment!, id), ApiJson.Wire.PaymentBody, $"/v1/orders/{id}/payment")
                    : Answer.Ok(Body(settled, id), ApiJson.Wire.PaymentBody);
            case MoneyStatus.UnknownPayment:
                return Unknown(id);
            case MoneyStatus.DifferentContent:
                return Problem.OtherContent($"The id {operation}");
            case MoneyStatus.AmountNotPositive:
                return Problem.Invalid("/amount/amount", "out-of-range", "must be positive");
            case MoneyStatus.OtherCurrency:
                return Problem.Conflict("currency-mismatch", $"The payment is in {reply.Payment!.Goal.Currency}.");
            case MoneyStatus.MoreThanTaken:
                return Problem.Conflict("more-than-captured",
                    $"/amount: at most {Left(reply.Payment!)} can be refunded.");
            case MoneyStatus.MoreThanPromised:
                return Problem.Conflict("more-than-authorised",
                    $"/amount: at most {reply.Payment!.Standing.PromisedMinor} are authorised and not captured.");
            case MoneyStatus.NothingFailed:
                return Problem.Conflict("nothing-failed", "Nothing failed that could be tried again.");
            case MoneyStatus.TooManyOperations:
                return OrdersApi.TooMany(id);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    static long Left(PaymentDetails p) => p.Standing.TakenMinor - p.Standing.ReturnedMinor;

    static async Task<PaymentDetails?> Settled(IPayment payment, TimeSpan wait)
    {
        if (wait <= TimeSpan.Zero) return null;
        try
        {
            return await payment.Outcome(Deadline.In(wait));
        }
        catch (Exception e) when (e is OperationCanceledException or ClusterException)
        {
            // Who waits for an outcome can always ask for it later.
            return null;
        }
    }

    /// <summary>A means of payment; the token is the provider's, never a card number.</summary>
    internal static PaymentMethod Method(Fields fields, string at, string? provider, string? token)
    {
        var named = fields.Text($"{at}/provider", provider, 50);
        if (named.Length > 0 && !Providers.Contains(named))
            fields.Add($"{at}/provider", "unknown-value", $"must be one of {string.Join(", ", Providers)}");
        return new(named, named == Order.CreditAccount
            ? fields.Id($"{at}/token", token) : fields.Text($"{at}/token", token, 255));
    }

    static PaymentBody Body(PaymentDetails p, string order)
    {
        var s = p.Standing;
        return new(
            order, Words<PaymentState>.Of(s.State), p.Goal.Provider, Of(p.Goal.DueMinor), Of(s.PromisedMinor),
            Of(s.TakenMinor), Of(s.ReturnedMinor), p.Trouble,
            [.. p.Authorisations.Select(a => new AuthorisationBody(
                a.Number, a.Provider, Words<StepStatus>.Of(a.Status), Of(a.AmountMinor), Of(a.TakenMinor),
                Of(a.LeftMinor), a.ExpiresAt, a.Reference, a.Code, a.ActionUrl))],
            [.. p.Captures.Select(c => new CaptureBody(
                c.Number, c.Authorisation, Words<StepStatus>.Of(c.Status), Of(c.AmountMinor), Of(c.ReturnedMinor),
                c.Reference, c.Code))],
            [.. p.Refunds.Select(r => new RefundBody(
                r.Number, r.Capture, Words<StepStatus>.Of(r.Status), Of(r.AmountMinor), r.Reference, r.Code))]);

        MoneyBody Of(long minor) => new(minor, p.Goal.Currency);
    }

    static Problem Unknown(string id) =>
        Problem.NotFound("unknown-payment", $"No provider was asked for the money of order {id}.");
}
