using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Fulfillment.Payments;
using Fulfillment.Screening;

namespace Fulfillment.Ordering;

/// <summary>What kind of thing stops an order.</summary>
public enum HoldType
{
    /// <summary>Money is missing.</summary>
    [JsonStringEnumMemberName("payment")] Payment,

    /// <summary>It may be fraud.</summary>
    [JsonStringEnumMemberName("fraud")] Fraud,

    /// <summary>The address has to be looked at.</summary>
    [JsonStringEnumMemberName("address")] Address,

    /// <summary>Stock has to be looked at.</summary>
    [JsonStringEnumMemberName("stock")] Stock,

    /// <summary>The goods have to be looked at.</summary>
    [JsonStringEnumMemberName("qc")] Qc,

    /// <summary>Somebody wants it so.</summary>
    [JsonStringEnumMemberName("manual")] Manual,

    /// <summary>What customs will ask for is missing.</summary>
    [JsonStringEnumMemberName("customs")] Customs,
}

/// <summary>
/// A stop of an order; holds stack, and the order goes on where it stopped once all are released.
/// </summary>
/// <param name="Number">Counts the holds of the order from 1.</param>
/// <param name="Type">What kind it is.</param>
/// <param name="Reason">Why, in words that name no person.</param>
/// <param name="By">Who placed it: an actor's id, or a rule.</param>
/// <param name="At">Since when.</param>
/// <param name="Due">By when somebody should have decided; null when nobody waits.</param>
/// <param name="Overdue">The time to decide went by.</param>
/// <param name="Question">What the buyer was asked last; null when nothing was.</param>
/// <param name="ReleasedAt">Null while it stops the order.</param>
/// <param name="ReleasedBy">Who released it.</param>
/// <param name="Release">Why it was released.</param>
public sealed record Hold(
    int Number, HoldType Type, string Reason, string By, DateTimeOffset At, DateTimeOffset? Due, bool Overdue = false,
    string? Question = null, DateTimeOffset? ReleasedAt = null, string? ReleasedBy = null, string? Release = null)
{
    /// <summary>It stops the order.</summary>
    [JsonIgnore]
    public bool IsOpen => ReleasedAt is null;
}

/// <summary>How a stop of goods that a node works on already went.</summary>
public enum InterceptStatus
{
    /// <summary>The node was asked to stop them; until it answers they cannot leave.</summary>
    [JsonStringEnumMemberName("open")] Open,

    /// <summary>They are back on the shelf, and cancelled.</summary>
    [JsonStringEnumMemberName("stopped")] Stopped,

    /// <summary>They could not be stopped: they are not cancelled.</summary>
    [JsonStringEnumMemberName("failed")] Failed,
}

/// <summary>
/// A cancellation that came after the point of no return. <c>Number</c> counts the intercepts of the order from 1;
/// <c>Id</c>: of the cancellation.
/// </summary>
public sealed record Intercept(
    int Number, string Id, string Reason, ImmutableArray<WithdrawnUnits> Units, InterceptStatus Status);

/// <summary>
/// What has to be cleared before goods leave, and how far that is. An order that nothing stops and that nobody has to
/// pay has none.
/// </summary>
/// <param name="Holds">By number, released ones too.</param>
/// <param name="Method">How the buyer pays now; null when nobody asks a provider.</param>
/// <param name="Attempt">Counts the methods.</param>
/// <param name="Goal">What the payment was told last.</param>
/// <param name="Standing">What the payment told last.</param>
/// <param name="Traces">What is known of the buyer so far; null when the order is not screened.</param>
/// <param name="Assessment">What the screening made of it; null until it has.</param>
public sealed record Clearance(
    ImmutableArray<Hold> Holds, PaymentMethod? Method = null, int Attempt = 0, PaymentGoal? Goal = null,
    PaymentStanding? Standing = null, Traces? Traces = null, Assessment? Assessment = null)
{
    /// <summary>Of an order that nothing stops.</summary>
    public static Clearance None { get; } = new([]);
}
