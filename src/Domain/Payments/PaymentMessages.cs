using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Fulfillment.Payments;

/// <summary>How a step at a provider stands.</summary>
public enum StepStatus
{
    /// <summary>The provider was asked and has not answered.</summary>
    [JsonStringEnumMemberName("asked")] Asked,

    /// <summary>The provider, or the buyer, has yet to decide.</summary>
    [JsonStringEnumMemberName("pending")] Pending,

    /// <summary>Done.</summary>
    [JsonStringEnumMemberName("done")] Done,

    /// <summary>Refused.</summary>
    [JsonStringEnumMemberName("refused")] Refused,
}

/// <summary>Money promised by a provider. Amounts in minor units of the payment's currency.</summary>
/// <param name="Number">Counts the authorisations of the payment from 1.</param>
/// <param name="Attempt">Of the goal that asked for it.</param>
/// <param name="Provider">The connector.</param>
/// <param name="Method">The provider's token.</param>
/// <param name="AmountMinor">What was asked for.</param>
/// <param name="Take">It was asked to be taken at once.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Reference">The provider's id; null until it gave one.</param>
/// <param name="ExpiresAt">When it runs out, as far as the provider told.</param>
/// <param name="TakenMinor">Captured of it.</param>
/// <param name="IsClosed">Nothing more can be captured: given up, run out, or the last capture was made.</param>
/// <param name="Code">The provider's word for its refusal.</param>
/// <param name="ActionUrl">Where the buyer must go first.</param>
public sealed record Authorisation(
    int Number, int Attempt, string Provider, string Method, long AmountMinor, bool Take, StepStatus Status,
    string? Reference = null, DateTimeOffset? ExpiresAt = null, long TakenMinor = 0, bool IsClosed = false,
    string? Code = null, string? ActionUrl = null)
{
    /// <summary>What may still be captured.</summary>
    public long LeftMinor => Status == StepStatus.Done && !IsClosed ? AmountMinor - TakenMinor : 0;
}

/// <summary>Money taken. <c>ReturnedMinor</c>: of it, refunded. <c>Reference</c>: the provider's id.</summary>
public sealed record Capture(
    int Number, int Authorisation, long AmountMinor, bool Last, StepStatus Status, string? Reference = null,
    long ReturnedMinor = 0, string? Code = null)
{
    /// <summary>What may still be refunded.</summary>
    public long LeftMinor => Status == StepStatus.Done ? AmountMinor - ReturnedMinor : 0;
}

/// <summary>Money given back of one capture.</summary>
public sealed record Refund(
    int Number, int Capture, long AmountMinor, StepStatus Status, string? Reference = null, string? Code = null);

/// <summary>
/// The one step that is under way at the provider. <c>Step</c>: of the last call about it; <c>Number</c>: of the
/// authorisation, capture or refund; <c>Asked</c>: how often its outcome was asked for.
/// </summary>
public sealed record Running(int Step, ProviderStep About, int Number, int Asked);

/// <summary>A payment as callers see it, in the order of asking.</summary>
public sealed record PaymentDetails(
    PaymentGoal Goal, PaymentStanding Standing, ImmutableArray<Authorisation> Authorisations,
    ImmutableArray<Capture> Captures, ImmutableArray<Refund> Refunds, string? Trouble);

/// <summary>The answer to a question about a payment; null when no provider was ever asked.</summary>
public sealed record PaymentAnswer(PaymentDetails? Payment);

/// <summary>The payment after the refund or capture was begun.</summary>
public sealed record MoneyReply(MoneyStatus Status, PaymentDetails? Payment);

/// <summary>What a notice led to.</summary>
public sealed record NoticeReply(NoticeStatus Status);

/// <summary>
/// Outcome of <see cref="PaymentCommand.Refund"/>, <see cref="PaymentCommand.Capture"/> and
/// <see cref="PaymentCommand.Retry"/>, in the order tested.
/// </summary>
public enum MoneyStatus
{
    /// <summary>No provider was ever asked for this order.</summary>
    UnknownPayment,

    /// <summary>The same was asked before.</summary>
    AlreadyDone,

    /// <summary>Something else was asked under this id.</summary>
    DifferentContent,

    /// <summary>The amount is zero or negative.</summary>
    AmountNotPositive,

    /// <summary>The payment is in another currency.</summary>
    OtherCurrency,

    /// <summary>More than was taken and not given back.</summary>
    MoreThanTaken,

    /// <summary>More than is promised and not taken.</summary>
    MoreThanPromised,

    /// <summary>Nothing failed that could be tried again.</summary>
    NothingFailed,

    /// <summary>More than <see cref="Payment.MaxOperations"/> operations.</summary>
    TooManyOperations,

    /// <summary>The provider is being asked.</summary>
    Begun,
}

/// <summary>What became of a provider's notice; no order, they exclude each other.</summary>
public enum NoticeStatus
{
    /// <summary>It is about no step that we know; kept in the log only.</summary>
    Unmatched,

    /// <summary>It may be about a refund of ours that is under way: to be told again later.</summary>
    NotYet,

    /// <summary>We knew.</summary>
    Known,

    /// <summary>It told something new.</summary>
    Applied,
}

/// <summary>What a payment can be asked.</summary>
[JsonDerivedType(typeof(Pursue), "pursue")]
[JsonDerivedType(typeof(Get), "get")]
[JsonDerivedType(typeof(Outcome), "outcome")]
[JsonDerivedType(typeof(Refund), "refund")]
[JsonDerivedType(typeof(Capture), "capture")]
[JsonDerivedType(typeof(Retry), "retry")]
[JsonDerivedType(typeof(TakeAnswer), "take-answer")]
[JsonDerivedType(typeof(TakeNotice), "take-notice")]
[JsonDerivedType(typeof(AskAgain), "ask-again")]
[JsonDerivedType(typeof(Expire), "expire")]
public abstract record PaymentCommand
{
    /// <summary>The order wants this of its payment. Repeatable; an older one changes nothing.</summary>
    public sealed record Pursue(PaymentGoal Goal) : PaymentCommand, ICommand<PaymentStanding>;

    /// <summary>Asks for the payment now.</summary>
    public sealed record Get : PaymentCommand, ICommand<PaymentAnswer>;

    /// <summary>Like <see cref="Get"/>, but answered only once no call is under way, or one takes long.</summary>
    public sealed record Outcome : PaymentCommand, ICommand<PaymentAnswer>;

    /// <summary>Gives money back although it is owed. Repeatable by id; amounts add up.</summary>
    public sealed record Refund(string Id, Money Amount, string Reason) : PaymentCommand, ICommand<MoneyReply>;

    /// <summary>Takes promised money before goods leave. Repeatable by id; amounts add up.</summary>
    public sealed record Capture(string Id, Money Amount) : PaymentCommand, ICommand<MoneyReply>;

    /// <summary>Tries again what failed. Repeatable by id.</summary>
    public sealed record Retry(string Id) : PaymentCommand, ICommand<MoneyReply>;

    /// <summary>The provider answered a call.</summary>
    public sealed record TakeAnswer(int Step, ProviderAnswer Answer) : PaymentCommand, ICommand<Done>;

    /// <summary>The provider told something by itself. Repeatable.</summary>
    public sealed record TakeNotice(ProviderNotice Notice) : PaymentCommand, ICommand<NoticeReply>;

    /// <summary>Timer: asks for the outcome of a pending step.</summary>
    public sealed record AskAgain(int Step) : PaymentCommand, ICommand<Done>;

    /// <summary>Timer: an authorisation runs out.</summary>
    public sealed record Expire(int Authorisation) : PaymentCommand, ICommand<Done>;
}

/// <summary>What happened to a payment. <c>Step</c> numbers the calls of the provider.</summary>
[JsonDerivedType(typeof(GoalSet), "goal-set")]
[JsonDerivedType(typeof(AuthorisationAsked), "authorisation-asked")]
[JsonDerivedType(typeof(CaptureAsked), "capture-asked")]
[JsonDerivedType(typeof(VoidAsked), "void-asked")]
[JsonDerivedType(typeof(RefundAsked), "refund-asked")]
[JsonDerivedType(typeof(OutcomeAsked), "outcome-asked")]
[JsonDerivedType(typeof(StepPending), "step-pending")]
[JsonDerivedType(typeof(Authorised), "authorised")]
[JsonDerivedType(typeof(MoneyTaken), "money-taken")]
[JsonDerivedType(typeof(Voided), "voided")]
[JsonDerivedType(typeof(MoneyReturned), "money-returned")]
[JsonDerivedType(typeof(StepRefused), "step-refused")]
[JsonDerivedType(typeof(AuthorisationExpired), "authorisation-expired")]
[JsonDerivedType(typeof(RenewalsEnded), "renewals-ended")]
[JsonDerivedType(typeof(RefundOrdered), "refund-ordered")]
[JsonDerivedType(typeof(CaptureOrdered), "capture-ordered")]
[JsonDerivedType(typeof(RetryOrdered), "retry-ordered")]
[JsonDerivedType(typeof(ReturnSeen), "return-seen")]
public abstract record PaymentEvent
{
    /// <summary>The order wants this now.</summary>
    public sealed record GoalSet(PaymentGoal Goal) : PaymentEvent;

    /// <summary>A promise was asked for; <c>Renews</c>: the reference of the one that ran out.</summary>
    public sealed record AuthorisationAsked(
        int Step, int Number, string Provider, string Method, Money Amount, bool Take, string? Renews) : PaymentEvent;

    /// <summary>Promised money was asked to be taken.</summary>
    public sealed record CaptureAsked(int Step, int Number, int Authorisation, Money Amount, bool Last) : PaymentEvent;

    /// <summary>A promise was asked to be given up.</summary>
    public sealed record VoidAsked(int Step, int Authorisation) : PaymentEvent;

    /// <summary>Taken money was asked to be given back.</summary>
    public sealed record RefundAsked(int Step, int Number, int Capture, Money Amount) : PaymentEvent;

    /// <summary>The outcome of a pending step was asked for.</summary>
    public sealed record OutcomeAsked(int Step) : PaymentEvent;

    /// <summary>The step takes longer; its outcome is asked for at <c>AskAt</c>.</summary>
    public sealed record StepPending(string? Reference, string? ActionUrl, DateTimeOffset AskAt) : PaymentEvent;

    /// <summary>
    /// Money is promised. <c>Notice</c>, here and below: the provider's message that told it; null when it answered.
    /// </summary>
    public sealed record Authorised(int Number, string? Reference, DateTimeOffset? ExpiresAt, string? Notice)
        : PaymentEvent;

    /// <summary>Money was taken; <c>Authorisation</c>: of which promise.</summary>
    public sealed record MoneyTaken(
        int Number, int Authorisation, long AmountMinor, string? Reference, string? Notice) : PaymentEvent;

    /// <summary>A promise was given up.</summary>
    public sealed record Voided(int Authorisation, string? Notice) : PaymentEvent;

    /// <summary>Money was given back.</summary>
    public sealed record MoneyReturned(int Number, long AmountMinor, string? Reference, string? Notice) : PaymentEvent;

    /// <summary>The step under way was refused.</summary>
    public sealed record StepRefused(ProviderStep About, int Number, ProviderStatus Status, string Code, string? Notice)
        : PaymentEvent;

    /// <summary>A promise ran out.</summary>
    public sealed record AuthorisationExpired(int Number) : PaymentEvent;

    /// <summary>So many promises ran out in this attempt that no other one is asked for.</summary>
    public sealed record RenewalsEnded(int Attempt) : PaymentEvent;

    /// <summary>Somebody wants money given back although it is owed.</summary>
    public sealed record RefundOrdered(string Id, Money Amount, string Reason) : PaymentEvent;

    /// <summary>Somebody wants money taken before goods leave.</summary>
    public sealed record CaptureOrdered(string Id, Money Amount, long FloorMinor) : PaymentEvent;

    /// <summary>Somebody wants what failed tried again.</summary>
    public sealed record RetryOrdered(string Id) : PaymentEvent;

    /// <summary>The provider gave money back without being asked by us.</summary>
    public sealed record ReturnSeen(int Capture, string Reference, long AmountMinor, string Notice) : PaymentEvent;
}
