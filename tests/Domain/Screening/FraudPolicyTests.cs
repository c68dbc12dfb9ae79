using System.Collections.Immutable;
using Fulfillment.Screening;
using static Fulfillment.Screening.FraudPolicyCommand;
using static Fulfillment.Screening.FraudPolicyEvent;

namespace Fulfillment.Tests.Domain;

public sealed class FraudPolicyTests
{
    static readonly FraudSettings Strict =
        new(30, 100, TimeSpan.FromHours(4), [new("disposable-email", 50), new("night-order", 0)]);

    static Given<FraudPolicy, FraudPolicyCommand, FraudPolicyEvent> Given(
        params IEnumerable<FraudPolicyEvent> events) =>
        new(EntityId.Of("fraud-policy", "default", "default"), Product.Start, events);

    [Fact]
    public void A_policy_that_nobody_set_is_the_built_in_one() => Given()
        .When(new Get()).Then(new FraudPolicyReply(new(50, 85, TimeSpan.FromDays(1), []), 0));

    [Fact]
    public void Settings_replace_each_other() => Given()
        .When(new Set(Strict)).Then(new SetPolicyReply(SetPolicyStatus.Changed, 1), new PolicySet(Strict, 1))
        .When(new Get()).Then(new FraudPolicyReply(Strict, 1))
        .When(new Set(FraudSettings.BuiltIn))
        .Then(new SetPolicyReply(SetPolicyStatus.Changed, 2), new PolicySet(FraudSettings.BuiltIn, 2));

    [Fact]
    public void The_same_settings_again_change_nothing_in_whatever_order_weights_are_named() =>
        Given(new PolicySet(Strict, 1))
            .When(new Set(Strict with { Weights = [.. Strict.Weights.Reverse()] }))
            .Then(new SetPolicyReply(SetPolicyStatus.Unchanged, 1))
            .When(new Set(Strict with { Weights = [.. Strict.Weights, new("declines", 20)] }))
            .Then(new SetPolicyReply(SetPolicyStatus.Unchanged, 1));

    [Fact]
    public void Weights_that_the_built_in_policy_has_too_are_not_kept() => Given()
        .When(new Set(FraudSettings.BuiltIn with { Weights = [new("declines", 20)] }))
        .Then(new SetPolicyReply(SetPolicyStatus.Unchanged, 0));

    [Theory]
    [InlineData(0L, SetPolicyStatus.Stale)]
    [InlineData(2L, SetPolicyStatus.Stale)]
    [InlineData(1L, SetPolicyStatus.Changed)]
    public void Settings_for_another_revision_are_stale(long expected, SetPolicyStatus status)
    {
        var policy = Given(new PolicySet(Strict, 1)).When(new Set(FraudSettings.BuiltIn, expected));

        Assert.Equal(status, Assert.IsType<SetPolicyReply>(policy.Reply).Status);
        Assert.Equal(status == SetPolicyStatus.Changed ? 1 : 0, policy.Events.Count);
    }

    /// <summary>Each refusal also has every later fault, so that the order of the tests is tested.</summary>
    public static TheoryData<SetPolicyStatus, int, int, int, string, int> Refusals => new()
    {
        { SetPolicyStatus.ThresholdOutOfRange, 0, -1, 0, "nothing", 101 },
        { SetPolicyStatus.ThresholdOutOfRange, 1, 101, 0, "nothing", 101 },
        { SetPolicyStatus.ThresholdsNotOrdered, 51, 50, 0, "nothing", 101 },
        { SetPolicyStatus.ReviewWithinOutOfRange, 50, 50, 59, "nothing", 101 },
        { SetPolicyStatus.ReviewWithinOutOfRange, 50, 50, 30 * 86_400 + 1, "nothing", 101 },
        { SetPolicyStatus.UnknownReason, 1, 100, 60, "nothing", 101 },
        { SetPolicyStatus.WeightOutOfRange, 1, 100, 30 * 86_400, "model", 101 },
        { SetPolicyStatus.WeightOutOfRange, 1, 100, 60, "model", -1 },
    };

    [Theory, MemberData(nameof(Refusals))]
    public void Settings_that_cannot_be_are_refused(
        SetPolicyStatus status, int review, int reject, int seconds, string reason, int weight) => Given()
        .When(new Set(new(review, reject, TimeSpan.FromSeconds(seconds), [new(reason, weight)])))
        .Then(new SetPolicyReply(status, 0));

    [Fact]
    public void A_reason_is_named_once() => Given()
        .When(new Set(FraudSettings.BuiltIn with { Weights = [new("model", 101), new("model", 101)] }))
        .Then(new SetPolicyReply(SetPolicyStatus.RepeatedReason, 0));

    [Fact]
    public void Settings_without_weights_are_settings_with_none() => Given(new PolicySet(Strict, 1))
        .When(new Set(FraudSettings.BuiltIn with { Weights = default }))
        .Then(new SetPolicyReply(SetPolicyStatus.Changed, 2), new PolicySet(FraudSettings.BuiltIn, 2));

    [Fact]
    public void An_assessment_goes_by_the_settings_and_says_which()
    {
        var policy = Given(new PolicySet(Strict, 1))
            .When(new Assess(new(EmailClass: EmailClass.Disposable), new(), new Money(1, "EUR"))).ThenNothing();

        var said = Assert.IsType<Assessment>(policy.Reply);
        Assert.Equal(1, said.PolicyVersion);
        Assert.Contains(new("disposable-email", 50, "a mailbox to be thrown away"), said.Reasons);
        Assert.Equal(Verdict.Review, said.Verdict);
    }
}
