using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Fulfillment.Screening;

/// <summary>What is to become of an order.</summary>
public enum Verdict
{
    /// <summary>Nothing speaks against it.</summary>
    [JsonStringEnumMemberName("accept")] Accept,

    /// <summary>Somebody must look at it.</summary>
    [JsonStringEnumMemberName("review")] Review,

    /// <summary>It is not wanted.</summary>
    [JsonStringEnumMemberName("reject")] Reject,
}

/// <summary>
/// Why points were given. <c>Name</c>: stable, kebab-case. <c>Points</c>: below zero for what speaks for the buyer.
/// <c>Detail</c>: what was found, in a few words that identify nobody.
/// </summary>
public sealed record Reason(string Name, int Points, string Detail);

/// <summary>What screening thinks of an order.</summary>
/// <param name="Score">The sum of the points, 0 to 100.</param>
/// <param name="Verdict">What the thresholds of the policy make of it.</param>
/// <param name="Reasons">Those that hold, the most points first, then by name.</param>
/// <param name="Model">Which model was asked.</param>
/// <param name="ModelPermille">
/// How likely the model takes fraud for, 0 to 1000: among orders as mixed as those that it was trained on, which have
/// far more fraud than a shop has. It ranks orders; it is no forecast.
/// </param>
/// <param name="PolicyVersion">The revision of the policy; 0 is the built-in one.</param>
/// <param name="ReviewWithin">How soon somebody should have looked at an order that is to be reviewed.</param>
public sealed record Assessment(
    int Score, Verdict Verdict, ImmutableArray<Reason> Reasons, string Model, int ModelPermille, long PolicyVersion,
    TimeSpan ReviewWithin = default);

/// <summary>How many points a reason counts, 0 to 100. Zero switches it off.</summary>
public sealed record ReasonWeight(string Name, int Weight);

/// <summary>
/// What a seller has decided about fraud. An order is reviewed from <c>Review</c> points on, and rejected from
/// <c>Reject</c> points on, both 1 to 100; when they are equal nothing is reviewed. <c>ReviewWithin</c>: how long
/// somebody may take to look at one, 1 minute to 30 days. <c>Weights</c>: those that differ from the built-in ones, by
/// name in ordinal order.
/// </summary>
public sealed record FraudSettings(
    int Review, int Reject, TimeSpan ReviewWithin, ImmutableArray<ReasonWeight> Weights)
{
    /// <summary>What holds until somebody decides otherwise.</summary>
    public static FraudSettings BuiltIn { get; } = new(50, 85, TimeSpan.FromDays(1), []);
}

/// <summary>Outcome of <see cref="FraudPolicyCommand.Set"/>, in the order tested.</summary>
public enum SetPolicyStatus
{
    /// <summary>The caller expected another revision. Nothing changed.</summary>
    Stale,

    /// <summary>A threshold is not 1 to 100.</summary>
    ThresholdOutOfRange,

    /// <summary>It would reject from fewer points on than it reviews.</summary>
    ThresholdsNotOrdered,

    /// <summary>The time for a review is not 1 minute to 30 days.</summary>
    ReviewWithinOutOfRange,

    /// <summary>There is no reason with one of the names.</summary>
    UnknownReason,

    /// <summary>A reason is named twice.</summary>
    RepeatedReason,

    /// <summary>A weight is not 0 to 100.</summary>
    WeightOutOfRange,

    /// <summary>The policy says that already.</summary>
    Unchanged,

    /// <summary>The policy was replaced.</summary>
    Changed,
}

/// <summary><c>Revision</c> counts the changes.</summary>
public sealed record SetPolicyReply(SetPolicyStatus Status, long Revision);

/// <summary>A policy now. Revision 0: nobody has set it, and the built-in settings hold.</summary>
public sealed record FraudPolicyReply(FraudSettings Settings, long Revision);

/// <summary>What a fraud policy can be asked.</summary>
[JsonDerivedType(typeof(Set), "set")]
[JsonDerivedType(typeof(Get), "get")]
[JsonDerivedType(typeof(Assess), "assess")]
public abstract record FraudPolicyCommand
{
    /// <summary>
    /// Replaces the settings. Repeatable. <c>IfRevision</c>: refused as stale when the policy has another revision.
    /// </summary>
    public sealed record Set(FraudSettings Settings, long? IfRevision = null)
        : FraudPolicyCommand, ICommand<SetPolicyReply>;

    /// <summary>Asks for the settings.</summary>
    public sealed record Get : FraudPolicyCommand, ICommand<FraudPolicyReply>;

    /// <summary>What does the policy make of an order? Writes nothing, so it may be repeated.</summary>
    public sealed record Assess(Signals Signals, Traces Traces, Money? Amount = null)
        : FraudPolicyCommand, ICommand<Assessment>;
}

/// <summary>What happened to a fraud policy.</summary>
[JsonDerivedType(typeof(PolicySet), "policy-set")]
public abstract record FraudPolicyEvent
{
    /// <summary>The settings were replaced.</summary>
    public sealed record PolicySet(FraudSettings Settings, long Revision) : FraudPolicyEvent;
}
