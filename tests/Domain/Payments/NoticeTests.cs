using Fulfillment.Payments;
using static Fulfillment.Payments.PaymentEvent;
using static Fulfillment.Tests.Domain.Bank;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>What a provider tells by itself: about the step under way, late, or about what nobody asked for.</summary>
public sealed class NoticeTests
{
    static readonly PaymentEvent[] Pending =
        [.. Promised(Goal(1_000))[..2], new StepPending("a-1", "https://bank.example/3ds", After(30))];

    [Fact]
    public void A_notice_ends_the_step_that_it_is_about() => Given(Pending)
        .When(Tell(ProviderStep.Authorise, "a-1"))
        .ThenNoted(NoticeStatus.Applied, new Authorised(1, "a-1", null, "evt-1"))
        .When(Tell(ProviderStep.Authorise, "a-1")).ThenNoted(NoticeStatus.Known)
        .When(new PaymentCommand.AskAgain(1)).Then(Done.It);

    [Fact]
    public void A_notice_refuses_the_step_that_it_is_about() => Given(Pending)
        .When(Tell(ProviderStep.Authorise, "a-1", ProviderStatus.Declined)).ThenNoted(
            NoticeStatus.Applied,
            new StepRefused(ProviderStep.Authorise, 1, ProviderStatus.Declined, "Declined", "evt-1"));

    [Fact]
    public void A_buyer_who_has_done_his_part_makes_the_provider_be_asked_at_once() => Given(Pending)
        .When(Tell(ProviderStep.Authorise, "a-1", ProviderStatus.Pending))
        .ThenNoted(NoticeStatus.Applied, new OutcomeAsked(2))
        .ThenSends(ToGateway(2, new ProviderCall.Inquire(Key, ProviderStep.Authorise, "a-1")))
        .When(new PaymentCommand.AskAgain(1)).Then(Done.It);

    [Fact]
    public void A_notice_about_something_else_is_unmatched() => Given(Pending)
        .When(Tell(ProviderStep.Authorise, "a-9")).ThenNoted(NoticeStatus.Unmatched)
        .When(Tell(ProviderStep.Capture, "c-9")).ThenNoted(NoticeStatus.Unmatched);

    [Fact]
    public void A_notice_of_what_is_no_payment_is_unmatched() =>
        Given().When(Tell(ProviderStep.Refund, "r-1", amount: 1)).ThenNoted(NoticeStatus.Unmatched);

    [Fact]
    public void Money_given_back_while_a_refund_of_ours_is_under_way_is_to_be_told_again() => Given(
        [
            .. Taken(1_000), new RefundOrdered("r-1", Orders.Eur(100), "a scratch"),
            new RefundAsked(3, 1, 1, Orders.Eur(100)),
        ])
        .When(Tell(ProviderStep.Refund, "r-9", amount: 100)).ThenNoted(NoticeStatus.NotYet);

    [Fact]
    public void A_promise_that_was_refused_and_is_kept_after_all_counts()
    {
        var scene = Given(Pending).When(new PaymentCommand.AskAgain(1)).When(No(2))
            .When(Tell(ProviderStep.Authorise, "a-1"))
            .ThenNoted(NoticeStatus.Applied, new Authorised(1, "a-1", null, "evt-1"));

        Assert.Equal((PaymentState.Settled, 1_000L), (scene.Standing().State, scene.Standing().PromisedMinor));
    }

    [Fact]
    public void A_promise_that_is_kept_after_all_is_given_up_when_nothing_is_due() =>
        Given([.. Pending, new StepRefused(ProviderStep.Authorise, 1, ProviderStatus.Declined, "no", null)])
            .When(Want(Goal(0, 0, 2)))
            .When(Tell(ProviderStep.Authorise, "a-1"))
            .ThenNoted(NoticeStatus.Applied, new Authorised(1, "a-1", null, "evt-1"), new VoidAsked(2, 1));

    [Fact]
    public void A_promise_that_the_provider_gave_up_by_itself_is_asked_for_again() => Given(Promised(Goal(1_000)))
        .When(Tell(ProviderStep.Void, "a-1"))
        .ThenNoted(
            NoticeStatus.Applied, new Voided(1, "evt-1"),
            new AuthorisationAsked(2, 2, Gateway, "tok-1", Eur(1_000), false, "a-1"));

    [Fact]
    public void A_refusal_of_what_is_over_changes_nothing() => Given(Promised(Goal(1_000)))
        .When(Tell(ProviderStep.Authorise, "a-1", ProviderStatus.Declined)).ThenNoted(NoticeStatus.Known);

    [Fact]
    public void A_notice_of_a_capture_and_of_a_refund_that_are_known_changes_nothing() => Given([
        .. Taken(1_000), new GoalSet(Goal(0, 0, 3)), new RefundAsked(3, 1, 1, Eur(1_000)),
        new MoneyReturned(1, 1_000, "r-1", null),
    ])
        .When(Tell(ProviderStep.Capture, "c-1")).ThenNoted(NoticeStatus.Known)
        .When(Tell(ProviderStep.Refund, "r-1", amount: 1_000)).ThenNoted(NoticeStatus.Known);

    [Fact]
    public void A_notice_ends_a_pending_refund() => Given([
        .. Taken(1_000), new GoalSet(Goal(0, 0, 3)), new RefundAsked(3, 1, 1, Eur(1_000)),
        new StepPending("r-1", null, After(30)),
    ])
        .When(Tell(ProviderStep.Refund, "r-1", amount: 1_000))
        .ThenNoted(NoticeStatus.Applied, new MoneyReturned(1, 1_000, "r-1", "evt-1"));

    [Fact]
    public void Money_that_the_provider_gave_back_without_being_asked_counts_as_goodwill_and_is_not_taken_again()
    {
        var scene = Given(Taken(1_000))
            .When(Tell(ProviderStep.Refund, "r-9", amount: 300))
            .ThenNoted(NoticeStatus.Applied, new ReturnSeen(1, "r-9", 300, "evt-1"))
            .ThenSends(ToOrder(new(7, 1, PaymentState.Settled, 0, 1_000, 300, 300)));

        Assert.Equal(1_000, scene.Standing().SecuredMinor);
        scene.When(Tell(ProviderStep.Refund, "r-9", amount: 300)).ThenNoted(NoticeStatus.Known);
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(1_001L)]
    [InlineData(null)]
    public void Money_back_that_fits_no_capture_is_not_booked(long? cents) => Given(Taken(1_000))
        .When(Tell(ProviderStep.Refund, "r-9", amount: cents)).ThenNoted(NoticeStatus.Unmatched);

    [Fact]
    public void Money_back_in_another_currency_is_not_booked() => Given(Taken(1_000))
        .When(new PaymentCommand.TakeNotice(new(
            "evt-1", Key, ProviderStep.Refund, "r-9", new(ProviderStatus.Done), new(300, "USD"))))
        .ThenNoted(NoticeStatus.Unmatched);

    [Fact]
    public void Money_back_that_has_not_arrived_is_not_booked() => Given(Taken(1_000))
        .When(Tell(ProviderStep.Refund, "r-9", ProviderStatus.Pending, 300)).ThenNoted(NoticeStatus.Unmatched);
}
