using Fulfillment.Payments;
using static Fulfillment.Payments.PaymentEvent;
using static Fulfillment.Tests.Domain.Bank;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>A step that takes longer: when its outcome is asked for, and how it ends.</summary>
public sealed class PendingStepTests
{
    static readonly PaymentEvent[] Asked = [.. Promised(Goal(1_000))[..2]];
    static readonly PaymentEvent[] Pending = [.. Asked, new StepPending("a-1", null, After(30))];

    [Fact]
    public void A_step_that_takes_longer_is_asked_about_after_half_a_minute()
    {
        var scene = Given(Asked)
            .When(Wait(1, "a-1", "https://bank.example/3ds"))
            .Then(Done.It, new StepPending("a-1", "https://bank.example/3ds", After(30)))
            .ThenSends(
                ToOrder(new(3, 1, PaymentState.Pending, 0, 0, 0, 0, null, "https://bank.example/3ds")),
                Timer(new PaymentCommand.AskAgain(1), After(30)));

        Assert.Equal(StepStatus.Pending, scene.State.Authorisations[0].Status);
        scene.At(After(30)).When(new PaymentCommand.AskAgain(1)).Then(Done.It, new OutcomeAsked(2))
            .ThenSends(ToGateway(2, new ProviderCall.Inquire(Key, ProviderStep.Authorise, "a-1")))
            .When(Yes(2, "a-1")).ThenHappens(new Authorised(1, "a-1", null, null));
        Assert.Equal((PaymentState.Settled, null), (scene.Standing().State, scene.Standing().ActionUrl));
    }

    [Fact]
    public void What_was_pending_may_be_declined_in_the_end() => Given(Pending)
        .When(new PaymentCommand.AskAgain(1))
        .When(No(2)).ThenHappens(
            new StepRefused(ProviderStep.Authorise, 1, ProviderStatus.Declined, "do_not_honor", null));

    [Fact]
    public void It_is_asked_about_after_twice_the_time_and_at_most_every_six_hours()
    {
        var scene = Given(Asked);
        List<double> waits = [];
        for (var step = 1; step <= 13; step++)
        {
            scene.When(Wait(step, "a-1"));
            waits.Add((Assert.IsType<StepPending>(Assert.Single(scene.Events)).AskAt - Start).TotalSeconds);
            scene.When(new PaymentCommand.AskAgain(step));
        }

        Assert.Equal(
            [30, 60, 120, 240, 480, 960, 1_920, 3_840, 7_680, 15_360, 21_600, 21_600, 21_600], waits);
    }

    [Fact]
    public void A_timer_of_an_earlier_question_asks_nothing() => Given(Pending)
        .When(new PaymentCommand.AskAgain(1)).ThenHappens(new OutcomeAsked(2))
        .When(new PaymentCommand.AskAgain(1)).Then(Done.It)
        .When(Yes(2, "a-1"))
        .When(new PaymentCommand.AskAgain(2)).Then(Done.It);

    [Fact]
    public void What_has_no_outcome_after_a_hundred_questions_is_refused()
    {
        var scene = Given(Pending);
        for (var step = 1; step <= Payment.MaxInquiries; step++)
            scene.When(new PaymentCommand.AskAgain(step)).ThenHappens(new OutcomeAsked(step + 1)).When(Wait(step + 1));

        scene.When(Tell(ProviderStep.Authorise, "a-1", ProviderStatus.Pending)).ThenNoted(NoticeStatus.Known)
            .When(new PaymentCommand.AskAgain(Payment.MaxInquiries + 1))
            .ThenHappens(new StepRefused(ProviderStep.Authorise, 1, ProviderStatus.Refused, "no-outcome", null));
        Assert.Equal((PaymentState.Declined, "no-outcome"), (scene.Standing().State, scene.Standing().Code));
    }

    [Fact]
    public void What_cannot_be_asked_about_is_refused() => Given(Asked)
        .When(Wait(1)).ThenHappens(
            new StepRefused(ProviderStep.Authorise, 1, ProviderStatus.Refused, "no-reference", null));

    [Fact]
    public void A_pending_capture_is_asked_about_by_its_own_reference()
    {
        var scene = Given([
            .. Promised(Goal(1_000)), new GoalSet(Goal(1_000, 1_000, 2)), new CaptureAsked(2, 1, 1, Eur(1_000), true),
        ]).When(Wait(2, "c-1"));

        Assert.Equal(PaymentState.Pending, scene.Standing().State);
        scene.When(new PaymentCommand.AskAgain(2))
            .ThenSends(ToGateway(3, new ProviderCall.Inquire(Key, ProviderStep.Capture, "c-1")))
            .When(Yes(3, "c-1")).ThenHappens(new MoneyTaken(1, 1, 1_000, "c-1", null));
    }

    [Fact]
    public void A_pending_refund_is_asked_about_by_its_own_reference()
    {
        var scene = Given([.. Taken(1_000), new GoalSet(Goal(0, 0, 3)), new RefundAsked(3, 1, 1, Eur(1_000))])
            .When(Wait(3, "r-1"));

        Assert.Equal(PaymentState.Pending, scene.Standing().State);
        scene.When(new PaymentCommand.AskAgain(3))
            .ThenSends(ToGateway(4, new ProviderCall.Inquire(Key, ProviderStep.Refund, "r-1")))
            .When(Yes(4, "r-1")).ThenHappens(new MoneyReturned(1, 1_000, "r-1", null));
    }

    [Fact]
    public void A_pending_release_is_asked_about_by_the_promise() => Given([
        .. Promised(Goal(1_000)), new GoalSet(Goal(0, 0, 2)), new VoidAsked(2, 1),
    ])
        .When(Wait(2)).When(new PaymentCommand.AskAgain(2))
        .ThenSends(ToGateway(3, new ProviderCall.Inquire(Key, ProviderStep.Void, "a-1")));

    [Fact]
    public void A_second_refusal_cannot_come_of_a_step_that_is_over() => Given(Pending)
        .When(Yes(1, "a-1")).When(No(1)).Then(Done.It);
}
