using System.Text.Json.Serialization;

namespace Fulfillment.Payments;

/// <summary>
/// What an order wants of its payment: absolute figures, so that wishes may come twice, late or out of order. Amounts
/// are minor units of <c>Currency</c>, not negative.
/// </summary>
/// <param name="Revision">The order's version that wants it: the higher one counts.</param>
/// <param name="Attempt">Counts the methods that the buyer gave; a new one begins anew after a refusal.</param>
/// <param name="Provider">The connector, or <c>account</c>.</param>
/// <param name="Method">The provider's token, or the account's id.</param>
/// <param name="Currency">Of all amounts.</param>
/// <param name="DueMinor">What the buyer owes in all, shipped or not, beyond what he paid elsewhere.</param>
/// <param name="TakeMinor">
/// What of it is to be taken by now: all of a prepaid order, what was shipped of others.
/// </param>
/// <param name="Prepaid">Taken in the same step as promised.</param>
public sealed record PaymentGoal(
    long Revision, int Attempt, string Provider, string Method, string Currency, long DueMinor, long TakeMinor,
    bool Prepaid)
{
    /// <summary>Whether the other one wants the same, whenever it did.</summary>
    public bool Wants(PaymentGoal? other) => other is not null && this == other with { Revision = Revision };
}

/// <summary>Where a payment stands.</summary>
public enum PaymentState
{
    /// <summary>Something is under way at the provider.</summary>
    [JsonStringEnumMemberName("working")] Working,

    /// <summary>The buyer has to do something, or the provider to decide.</summary>
    [JsonStringEnumMemberName("pending")] Pending,

    /// <summary>All is as wanted.</summary>
    [JsonStringEnumMemberName("settled")] Settled,

    /// <summary>No money was promised: another method, or another try, is needed.</summary>
    [JsonStringEnumMemberName("declined")] Declined,

    /// <summary>A capture or a refund was refused: somebody has to look at it.</summary>
    [JsonStringEnumMemberName("failed")] Failed,
}

/// <summary>
/// What a payment tells its order. <c>Version</c>: of two standings the one with the higher is the later.
/// <c>Attempt</c>: of the goal that it knows. <c>PromisedMinor</c>: authorised and not taken. <c>TakenMinor</c>,
/// <c>ReturnedMinor</c>: captured and refunded in all. <c>GoodwillMinor</c>: returned although it is owed.
/// <c>Code</c>: the provider's word for the refusal.
/// </summary>
public sealed record PaymentStanding(
    long Version, int Attempt, PaymentState State, long PromisedMinor, long TakenMinor, long ReturnedMinor,
    long GoodwillMinor, string? Code = null, string? ActionUrl = null)
{
    /// <summary>What of the debt this payment stands good for.</summary>
    [JsonIgnore]
    public long SecuredMinor => PromisedMinor + TakenMinor - ReturnedMinor + GoodwillMinor;
}
