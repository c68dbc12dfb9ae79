using System.Text.Json;

namespace Fulfillment.Client.Api;

// What requests and answers about payment, holds and edits look like.

public sealed record PayWithRequest(string? Id, string? Provider, string? Token);

public sealed record CaptureRequest(string? Id, MoneyBody? Amount);

public sealed record RefundRequest(string? Id, MoneyBody? Amount, string? Reason);

public sealed record RetryRequest(string? Id);

public sealed record OrderHoldRequest(string? Id, string? Type, string? Reason, string? DecideWithin);

public sealed record ReleaseRequest(string? Id, string? Reason);

public sealed record AskBuyerRequest(string? Id, string? Question, string? AnswerWithin);

public sealed record InterceptRequest(string? Outcome);

public sealed record EditLineRequest(
    string? Line, string? Id, string? Sku, long? Quantity, MoneyBody? UnitPrice, MoneyBody? Discount, MoneyBody? Tax);

public sealed record EditRequest(
    string? Id, IReadOnlyList<EditLineRequest?>? Lines, JsonElement? ShipTo, string? Reason, bool? Preview);

public sealed record OrderHoldBody(
    int? Number, string Type, string? Reason, string? By, DateTimeOffset? At, DateTimeOffset? Until,
    bool? Overdue = null, string? Question = null, DateTimeOffset? ReleasedAt = null, string? ReleasedBy = null,
    string? Release = null);

public sealed record HoldListBody(
    string Order, int Number, string Type, string Reason, string By, DateTimeOffset At, DateTimeOffset? Until,
    bool Overdue, string? Question, DateTimeOffset? ReleasedAt, string? ReleasedBy, string? Release);

/// <summary><c>State</c>: as the payment's own; amounts in minor units of the order's currency.</summary>
public sealed record OrderPaymentBody(
    string State, string Provider, MoneyBody Authorised, MoneyBody Captured, MoneyBody Refunded, string? Code,
    string? ActionUrl);

public sealed record ScreeningBody(
    string Verdict, int Score, IReadOnlyList<ReasonBody> Reasons, string Model, int ModelPermille, long PolicyVersion);

public sealed record InterceptUnitsBody(string Fulfilment, string Line, int Quantity);

public sealed record InterceptBody(
    int Number, string Cancellation, string Reason, string Status, IReadOnlyList<InterceptUnitsBody> Units);

public sealed record RefusedEditBody(string Id, IReadOnlyList<ShortLineBody> Short);

/// <summary>A promise of ours to the buyer: by when, and since when it is kept.</summary>
public sealed record ClockBody(string Name, DateTimeOffset Due, DateTimeOffset? Met, bool Breached);

public sealed record AuthorisationBody(
    int Number, string Provider, string Status, MoneyBody Amount, MoneyBody Captured, MoneyBody Open,
    DateTimeOffset? ExpiresAt, string? Reference, string? Code, string? ActionUrl);

public sealed record CaptureBody(
    int Number, int Authorisation, string Status, MoneyBody Amount, MoneyBody Refunded, string? Reference,
    string? Code);

public sealed record RefundBody(
    int Number, int Capture, string Status, MoneyBody Amount, string? Reference, string? Code);

public sealed record PaymentBody(
    string Order, string State, string Provider, MoneyBody Due, MoneyBody Authorised, MoneyBody Captured,
    MoneyBody Refunded, string? Trouble, IReadOnlyList<AuthorisationBody> Authorisations,
    IReadOnlyList<CaptureBody> Captures, IReadOnlyList<RefundBody> Refunds);

public sealed record PaymentListBody(
    string Order, string Provider, MoneyBody Due, MoneyBody Captured, MoneyBody Refunded, long Attempts, long Declined,
    string? Trouble);

public sealed record PaymentCountsBody(long Attempts, long Declined, double DeclinedShare);

public sealed record AccountRequest(MoneyBody? Limit, bool? Blocked);

public sealed record AccountBody(
    string Account, MoneyBody Limit, bool Blocked, MoneyBody Open, MoneyBody Billed, MoneyBody Paid, MoneyBody Debt,
    int Waiting, long Version);

public sealed record UnitBody(
    string Line, string Sku, int Unit, string State, MoneyBody? Price, MoneyBody? Discount, MoneyBody? Tax,
    MoneyBody? Shipping, MoneyBody? Total);

public sealed record UnitsBody(string Order, IReadOnlyList<UnitBody> Items);
