using Fulfillment.Payments;

namespace Fulfillment.Client.Api;

/// <summary>Credit accounts of buyers who pay by invoice.</summary>
public static class AccountsApi
{
    /// <summary>Adds the routes.</summary>
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/v1/accounts/{account}", Put)
            .Describe("putAccount", "Opens a credit account, or changes its limit", "payments")
            .Accepts<AccountRequest>("application/json").Answers<AccountBody>(200).Refuses(400, 409, 422);
        routes.MapGet("/v1/accounts/{account}", Get).Describe("getAccount", "A credit account", "payments")
            .Answers<AccountBody>(200).Refuses(404);
        routes.MapPost("/v1/accounts/{account}/payments", Pay)
            .Describe("payAccount", "The buyer paid what he owes, or part of it", "payments")
            .Accepts<PaymentRequest>("application/json").Answers<AccountBody>(200).Refuses(400, 404, 409, 422);
    }

    static async Task<IResult> Put(HttpContext http, Backend backend, string account)
    {
        var seat = http.Seat(backend);
        Requests.PathId("account", account);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.AccountRequest);
        Fields fields = new();
        var limit = fields.Money("/limit", request.Limit, required: true, long.MaxValue);
        fields.Check();
        await http.Operation(backend, seat, account, body);
        var reply = await seat.Account(account).Open(
            new(limit!.Value, request.Blocked ?? false), http.RequestAborted);
        return Answered(reply, account, account, "/limit");
    }

    static async Task<IResult> Get(HttpContext http, Backend backend, string account)
    {
        Requests.PathId("account", account);
        var view = await http.Seat(backend).Account(account).Get(http.RequestAborted);
        return view is null ? Unknown(account) : Answer.Ok(Body(view, account), ApiJson.Wire.AccountBody, view.Version);
    }

    static async Task<IResult> Pay(HttpContext http, Backend backend, string account)
    {
        var seat = http.Seat(backend);
        Requests.PathId("account", account);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.PaymentRequest);
        Fields fields = new();
        var amount = fields.MoneyToMove("/amount", request.Amount);
        fields.Check();
        var operation = await http.Operation(backend, seat, request.Id, body);
        var reply = await seat.Account(account).Pay(operation, amount, http.RequestAborted);
        return Answered(reply, account, operation, "/amount");
    }

    static IResult Answered(AccountReply reply, string account, string operation, string field) => reply.Status switch
    {
        AccountStatus.Done or AccountStatus.AlreadyDone =>
            Answer.Ok(Body(reply.Account!, account), ApiJson.Wire.AccountBody, reply.Account!.Version),
        AccountStatus.UnknownAccount => Unknown(account),
        AccountStatus.AmountNotPositive => Problem.Invalid($"{field}/amount", "out-of-range", "must be positive"),
        AccountStatus.OtherCurrency =>
            Problem.Conflict("currency-mismatch", $"The account is in {reply.Account!.Limit.Currency}."),
        AccountStatus.DifferentContent => Problem.OtherContent($"Payment id {operation}"),
    };

    static AccountBody Body(AccountDetails a, string account)
    {
        return new(account, Of(a.Limit.AmountMinor), a.Blocked, Of(a.OpenMinor), Of(a.BilledMinor), Of(a.PaidMinor),
            Of(a.DebtMinor), a.Waiting, a.Version);

        MoneyBody Of(long minor) => new(minor, a.Limit.Currency);
    }

    static Problem Unknown(string account) =>
        Problem.NotFound("unknown-account", $"There is no account {account}.");
}
