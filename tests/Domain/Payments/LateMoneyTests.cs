using Fulfillment.Payments;
using static Fulfillment.Payments.PaymentEvent;
using static Fulfillment.Tests.Domain.Bank;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>Money that moved at the provider after our own step had failed: booked, and moved only once.</summary>
public sealed class LateMoneyTests
{
    [Fact]
    public void What_was_due_back_and_somebody_gave_back_at_the_provider_is_no_goodwill()
    {
        var scene = Given([.. Taken(1_000), new GoalSet(Goal(600, 600, 3)), new RefundAsked(3, 1, 1, Eur(400))])
            .When(No(3))
            .When(Tell(ProviderStep.Refund, "r-9", amount: 400))
            .ThenNoted(NoticeStatus.Applied, new ReturnSeen(1, "r-9", 400, "evt-1"));

        Assert.Equal((400L, 0L), (scene.Standing().ReturnedMinor, scene.Standing().GoodwillMinor));
        scene.When(new PaymentCommand.Retry("r-1")).ThenHappens(new RetryOrdered("r-1"));
    }

    [Fact]
    public void Of_what_somebody_gave_back_at_the_provider_only_what_is_owed_is_goodwill() =>
        Assert.Equal(
            100,
            Given([.. Taken(1_000), new GoalSet(Goal(600, 600, 3)), new RefundAsked(3, 1, 1, Eur(400))])
                .When(No(3)).When(Tell(ProviderStep.Refund, "r-9", amount: 500)).Standing().GoodwillMinor);

    [Fact]
    public void Money_that_was_taken_after_it_had_been_refused_is_booked()
    {
        var scene = Given(
            new GoalSet(Prepaid(1_000)), new AuthorisationAsked(1, 1, Gateway, "tok-1", Eur(1_000), true, null),
            new StepPending("a-1", null, After(30)),
            new StepRefused(ProviderStep.Authorise, 1, ProviderStatus.Declined, "do_not_honor", "evt-0"))
            .When(Tell(ProviderStep.Authorise, "a-1"))
            .ThenNoted(NoticeStatus.Applied, new MoneyTaken(1, 1, 1_000, "a-1", "evt-1"));

        Assert.Equal((PaymentState.Settled, 1_000L), (scene.Standing().State, scene.Standing().TakenMinor));
        scene.When(Tell(ProviderStep.Authorise, "a-1")).ThenNoted(NoticeStatus.Known);
    }

    [Fact]
    public void Money_that_was_taken_after_the_order_had_gone_to_another_means_goes_back() =>
        Given(
            new GoalSet(Prepaid(1_000)), new AuthorisationAsked(1, 1, Gateway, "tok-1", Eur(1_000), true, null),
            new StepPending("a-1", null, After(30)),
            new StepRefused(ProviderStep.Authorise, 1, ProviderStatus.Declined, "do_not_honor", "evt-0"),
            new GoalSet(Prepaid(1_000, 2, attempt: 2)),
            new AuthorisationAsked(2, 2, Gateway, "tok-2", Eur(1_000), true, null),
            new MoneyTaken(1, 2, 1_000, "c-2", null))
            .When(Tell(ProviderStep.Authorise, "a-1"))
            .ThenNoted(
                NoticeStatus.Applied, new MoneyTaken(2, 1, 1_000, "a-1", "evt-1"),
                new RefundAsked(3, 1, 1, Eur(1_000)));
}
