using Fulfillment.Payments;
using static Fulfillment.Payments.PaymentEvent;
using static Fulfillment.Tests.Domain.Bank;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>What is due is promised first: by which step, how often, and until when.</summary>
public sealed class PromiseTests
{
    static readonly PaymentEvent[] Asked = [.. Promised(Goal(1_000))[..2]];

    [Fact]
    public void What_is_due_is_promised_and_nothing_is_taken() => Given()
        .When(Want(Goal(1_000)))
        .Then(
            new PaymentStanding(2, 1, PaymentState.Working, 0, 0, 0, 0),
            new GoalSet(Goal(1_000)), new AuthorisationAsked(1, 1, Gateway, "tok-1", Eur(1_000), false, null))
        .ThenSends(ToGateway(1, new ProviderCall.Authorise(Key, "tok-1", Eur(1_000), false)))
        .When(Yes(1, "a-1", After(600)))
        .Then(Done.It, new Authorised(1, "a-1", After(600), null))
        .ThenSends(
            ToOrder(new(3, 1, PaymentState.Settled, 1_000, 0, 0, 0)),
            Timer(new PaymentCommand.Expire(1), After(600)));

    [Fact]
    public void What_is_paid_in_advance_is_promised_and_taken_in_one_step()
    {
        var scene = Given()
            .When(Want(Prepaid(1_000)))
            .ThenHappens(
                new GoalSet(Prepaid(1_000)), new AuthorisationAsked(1, 1, Gateway, "tok-1", Eur(1_000), true, null))
            .When(new PaymentCommand.TakeAnswer(1, new(ProviderStatus.Done, "a-1", Capture: "c-1")))
            .Then(Done.It, new MoneyTaken(1, 1, 1_000, "c-1", null))
            .ThenSends(ToOrder(new(3, 1, PaymentState.Settled, 0, 1_000, 0, 0)));

        Assert.Equal(("c-1", StepStatus.Done), (scene.State.Captures[0].Reference, scene.State.Captures[0].Status));
        Assert.True(scene.State.Authorisations[0].IsClosed);
    }

    [Fact]
    public void A_step_of_which_the_provider_knows_nothing_yet_is_not_begun_again_by_the_same_wish() => Given(Asked)
        .When(Want(Goal(1_000))).Then(new PaymentStanding(2, 1, PaymentState.Working, 0, 0, 0, 0)).ThenSends();

    [Fact]
    public void A_newer_wish_waits_until_the_step_under_way_is_over() => Given(Asked)
        .When(Want(Goal(1_500, 0, 2)))
        .Then(new PaymentStanding(3, 1, PaymentState.Working, 0, 0, 0, 0), new GoalSet(Goal(1_500, 0, 2))).ThenSends()
        .When(Yes(1, "a-1"))
        .ThenHappens(
            new Authorised(1, "a-1", null, null),
            new AuthorisationAsked(2, 2, Gateway, "tok-1", Eur(500), false, null));

    [Fact]
    public void A_wish_that_comes_late_changes_nothing() => Given(Promised(Goal(1_000, 0, 5)))
        .When(Want(Goal(3_000, 3_000, 4)))
        .Then(new PaymentStanding(3, 1, PaymentState.Settled, 1_000, 0, 0, 0)).ThenSends();

    [Fact]
    public void An_answer_that_comes_twice_counts_once() => Given(Promised(Goal(1_000)))
        .When(Yes(1, "a-2")).Then(Done.It)
        .When(No(1)).Then(Done.It);

    [Fact]
    public void A_step_is_asked_until_it_is_answered() =>
        Assert.Equal(StepStatus.Asked, Given(Asked).State.Authorisations[0].Status);

    [Theory]
    [InlineData(ProviderStatus.Declined)]
    [InlineData(ProviderStatus.Expired)]
    [InlineData(ProviderStatus.Refused)]
    public void A_promise_that_is_refused_ends_the_attempt_and_is_not_asked_for_again(ProviderStatus status)
    {
        var scene = Given(Asked)
            .When(No(1, status)).Then(Done.It, new StepRefused(ProviderStep.Authorise, 1, status, "do_not_honor", null))
            .ThenSends(ToOrder(new(3, 1, PaymentState.Declined, 0, 0, 0, 0, "do_not_honor")))
            .When(Want(Goal(900, 0, 2))).ThenHappens(new GoalSet(Goal(900, 0, 2)));

        Assert.Equal(PaymentState.Declined, scene.Standing().State);
        Assert.Equal(StepStatus.Refused, scene.State.Authorisations[0].Status);
    }

    [Fact]
    public void A_refusal_without_a_word_is_told_by_its_status() => Given(Asked)
        .When(No(1, ProviderStatus.Refused, null))
        .ThenHappens(new StepRefused(ProviderStep.Authorise, 1, ProviderStatus.Refused, "Refused", null));

    [Fact]
    public void Another_means_begins_anew() => Given(Asked)
        .When(No(1))
        .When(Want(Goal(1_000, 0, 2, attempt: 2)))
        .ThenHappens(
            new GoalSet(Goal(1_000, 0, 2, attempt: 2)),
            new AuthorisationAsked(2, 2, Gateway, "tok-2", Eur(1_000), false, null));

    [Fact]
    public void What_is_not_due_any_more_is_declined_no_longer() => Given(Asked)
        .When(No(1))
        .When(Want(Goal(0, 0, 2))).Then(
            new PaymentStanding(4, 1, PaymentState.Settled, 0, 0, 0, 0), new GoalSet(Goal(0, 0, 2)));

    [Fact]
    public void What_is_due_on_top_is_promised_on_top() => Given(Promised(Goal(1_000)))
        .When(Want(Goal(1_200, 0, 2)))
        .ThenHappens(
            new GoalSet(Goal(1_200, 0, 2)), new AuthorisationAsked(2, 2, Gateway, "tok-1", Eur(200), false, null));

    [Fact]
    public void A_promise_of_more_than_is_due_stays_as_long_as_something_is_to_be_taken() =>
        Given(Promised(Goal(1_000)))
            .When(Want(Goal(400, 0, 2)))
            .Then(new PaymentStanding(4, 1, PaymentState.Settled, 1_000, 0, 0, 0), new GoalSet(Goal(400, 0, 2)));

    [Fact]
    public void A_promise_is_given_up_once_nothing_is_due()
    {
        var scene = Given(Promised(Goal(1_000)))
            .When(Want(Goal(0, 0, 2)))
            .ThenHappens(new GoalSet(Goal(0, 0, 2)), new VoidAsked(2, 1))
            .ThenSends(ToGateway(2, new ProviderCall.Void(Key, "a-1")))
            .When(Yes(2)).Then(Done.It, new Voided(1, null))
            .ThenSends(ToOrder(new(6, 1, PaymentState.Settled, 0, 0, 0, 0)));

        Assert.True(scene.State.Authorisations[0].IsClosed);
    }

    [Fact]
    public void A_promise_that_could_not_be_given_up_waits_for_somebody() => Given(Promised(Goal(1_000)))
        .When(Want(Goal(0, 0, 2)))
        .When(No(2, ProviderStatus.Refused, "no_such_charge"))
        .ThenHappens(new StepRefused(ProviderStep.Void, 1, ProviderStatus.Refused, "no_such_charge", null))
        .ThenSends(ToOrder(new(6, 1, PaymentState.Failed, 1_000, 0, 0, 0, "no_such_charge")))
        .When(new PaymentCommand.Retry("r-1")).ThenTold(MoneyStatus.Begun)
        .ThenHappens(new RetryOrdered("r-1"), new VoidAsked(3, 1));

    [Fact]
    public void A_promise_that_ran_out_before_it_was_given_up_is_gone_as_well() => Given(Promised(Goal(1_000)))
        .When(Want(Goal(0, 0, 2)))
        .When(No(2, ProviderStatus.Expired))
        .ThenSends(ToOrder(new(6, 1, PaymentState.Settled, 0, 0, 0, 0)));

    [Fact]
    public void A_promise_that_runs_out_is_asked_for_again_and_the_provider_told_which_one_it_was() =>
        Given(Promised(Goal(1_000), After(600)))
            .At(After(600)).When(new PaymentCommand.Expire(1))
            .Then(
                Done.It, new AuthorisationExpired(1),
                new AuthorisationAsked(2, 2, Gateway, "tok-1", Eur(1_000), false, "a-1"))
            .ThenSends(
                ToOrder(new(4, 1, PaymentState.Settled, 0, 0, 0, 0)),
                ToGateway(2, new ProviderCall.Authorise(Key, "tok-1", Eur(1_000), false, "a-1")));

    [Fact]
    public void A_promise_of_which_something_was_taken_is_not_renewed_but_asked_for_anew() => Given([
        .. Promised(Goal(1_000), After(600)), new GoalSet(Goal(1_000, 400, 2)),
        new CaptureAsked(2, 1, 1, Eur(400), false), new MoneyTaken(1, 1, 400, "c-1", null),
    ])
        .At(After(600)).When(new PaymentCommand.Expire(1))
        .ThenHappens(
            new AuthorisationExpired(1), new AuthorisationAsked(3, 2, Gateway, "tok-1", Eur(600), false, null));

    [Fact]
    public void A_promise_that_ran_out_while_a_step_was_under_way_is_noticed_after_it() =>
        Given([
            .. Promised(Goal(1_000), After(600)), new GoalSet(Goal(1_000, 400, 2)),
            new CaptureAsked(2, 1, 1, Eur(400), false),
        ])
            .At(After(600)).When(new PaymentCommand.Expire(1)).Then(Done.It)
            .When(Yes(2, "c-1"))
            .ThenHappens(
                new MoneyTaken(1, 1, 400, "c-1", null), new AuthorisationExpired(1),
                new AuthorisationAsked(3, 2, Gateway, "tok-1", Eur(600), false, null));

    [Fact]
    public void A_timer_finds_nothing_where_all_was_taken() => Given(Taken(1_000))
        .When(new PaymentCommand.Expire(1)).Then(Done.It);

    [Fact]
    public void Twelve_promises_are_enough_for_one_attempt()
    {
        var scene = Given(Promised(Goal(1_000), After(1)));
        for (var i = 1; i < Payment.MaxPromises; i++)
        {
            scene.At(After(i)).When(new PaymentCommand.Expire(i));
            Assert.IsType<AuthorisationAsked>(scene.Events[^1]);
            scene.When(Yes(i + 1, $"a-{i + 1}", After(i + 1)));
        }

        scene.At(After(Payment.MaxPromises)).When(new PaymentCommand.Expire(Payment.MaxPromises))
            .ThenHappens(new AuthorisationExpired(Payment.MaxPromises), new RenewalsEnded(1));
        Assert.Equal((PaymentState.Declined, "expired-too-often"), (scene.Standing().State, scene.Standing().Code));
        scene.When(Want(Goal(1_000, 0, 2, attempt: 2)));
        Assert.Equal(PaymentState.Working, scene.Standing().State);
    }

    [Fact]
    public void Who_asks_for_a_payment_that_there_is_not_is_told_so() =>
        Given().When(new PaymentCommand.Get()).Then(new PaymentAnswer(null));

    [Fact]
    public void Who_waits_for_the_outcome_is_answered_once_no_call_is_under_way()
    {
        var scene = Given(Asked).When(new PaymentCommand.Outcome()).Then(null);

        scene.When(Yes(1, "a-1")).When(new PaymentCommand.Outcome());
        Assert.Equal(PaymentState.Settled, Assert.IsType<PaymentAnswer>(scene.Reply).Payment!.Standing.State);
    }

    [Fact]
    public void Who_waits_for_the_outcome_does_not_wait_for_the_buyer()
    {
        var scene = Given(Asked).When(Wait(1, "a-1", "https://bank.example/3ds")).When(new PaymentCommand.Outcome());

        var standing = Assert.IsType<PaymentAnswer>(scene.Reply).Payment!.Standing;
        Assert.Equal((PaymentState.Pending, "https://bank.example/3ds"), (standing.State, standing.ActionUrl));
    }
}
