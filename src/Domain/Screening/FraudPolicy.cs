using System.Collections.Immutable;
using System.Diagnostics;

namespace Fulfillment.Screening;

/// <summary>
/// From how many points on a seller's orders are reviewed or rejected, and how many points each reason counts.
/// </summary>
/// <param name="Settings">What holds.</param>
/// <param name="Revision">Changes so far; 0 while the built-in settings hold.</param>
public sealed record FraudPolicy(FraudSettings Settings, long Revision)
    : IEntity<FraudPolicy, FraudPolicyCommand, FraudPolicyEvent>
{
    /// <summary>The highest score, threshold and weight.</summary>
    public const int Most = 100;

    /// <summary>The least time for a review.</summary>
    public static readonly TimeSpan ShortestReview = TimeSpan.FromMinutes(1);

    /// <summary>The most time for a review.</summary>
    public static readonly TimeSpan LongestReview = TimeSpan.FromDays(30);

    /// <inheritdoc/>
    public static FraudPolicy Initial { get; } = new(FraudSettings.BuiltIn, 0);

    /// <inheritdoc/>
    public static Decision<FraudPolicyEvent> Decide(FraudPolicy policy, FraudPolicyCommand command, Turn turn) =>
        command switch
        {
            FraudPolicyCommand.Set c => Set(policy, c),
            FraudPolicyCommand.Get => new(new FraudPolicyReply(policy.Settings, policy.Revision)),
            FraudPolicyCommand.Assess c =>
                new(FraudScore.Of(c.Signals, c.Traces, c.Amount, policy.Settings, policy.Revision)),
            _ => throw new UnreachableException(),
        };

    static Decision<FraudPolicyEvent> Set(FraudPolicy policy, FraudPolicyCommand.Set c)
    {
        if (c.IfRevision is { } wanted && wanted != policy.Revision) return Refuse(SetPolicyStatus.Stale, policy);
        var (review, reject, within, weights) = c.Settings;
        if (weights.IsDefault) weights = [];
        if (review is < 1 or > Most || reject is < 1 or > Most)
            return Refuse(SetPolicyStatus.ThresholdOutOfRange, policy);
        if (review > reject) return Refuse(SetPolicyStatus.ThresholdsNotOrdered, policy);
        if (within < ShortestReview || within > LongestReview)
            return Refuse(SetPolicyStatus.ReviewWithinOutOfRange, policy);
        if (weights.Any(w => FraudReason.Find(w.Name) is null)) return Refuse(SetPolicyStatus.UnknownReason, policy);
        if (weights.DistinctBy(w => w.Name).Count() < weights.Length)
            return Refuse(SetPolicyStatus.RepeatedReason, policy);
        if (weights.Any(w => w.Weight is < 0 or > Most)) return Refuse(SetPolicyStatus.WeightOutOfRange, policy);
        ImmutableArray<ReasonWeight> own =
        [
            .. weights.Where(w => FraudReason.Find(w.Name)!.Weight != w.Weight)
                .OrderBy(w => w.Name, StringComparer.Ordinal),
        ];
        if (policy.Settings with { Weights = [] } == c.Settings with { Weights = [] }
            && policy.Settings.Weights.SequenceEqual(own)) return Refuse(SetPolicyStatus.Unchanged, policy);

        var revision = policy.Revision + 1;
        return new(
            new SetPolicyReply(SetPolicyStatus.Changed, revision),
            new FraudPolicyEvent.PolicySet(c.Settings with { Weights = own }, revision));
    }

    static Decision<FraudPolicyEvent> Refuse(SetPolicyStatus status, FraudPolicy policy) =>
        new(new SetPolicyReply(status, policy.Revision));

    /// <inheritdoc/>
    public static FraudPolicy Evolve(FraudPolicy policy, FraudPolicyEvent happened) => happened switch
    {
        FraudPolicyEvent.PolicySet e => new(e.Settings, e.Revision),
        _ => throw new UnreachableException(),
    };
}
