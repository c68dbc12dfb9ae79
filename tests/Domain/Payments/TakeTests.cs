using Fulfillment.Payments;
using static Fulfillment.Payments.PaymentEvent;
using static Fulfillment.Tests.Domain.Bank;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>Promised money is taken as goods leave, or before when somebody wants it.</summary>
public sealed class TakeTests
{
    static PaymentCommand.Capture Take(long cents, string id = "m-1") => new(id, Eur(cents));

    [Fact]
    public void What_was_earned_is_taken_of_the_promise_and_the_rest_stays_promised() => Given(Promised(Goal(1_000)))
        .When(Want(Goal(1_000, 400, 2)))
        .ThenHappens(new GoalSet(Goal(1_000, 400, 2)), new CaptureAsked(2, 1, 1, Eur(400), false))
        .ThenSends(ToGateway(2, new ProviderCall.Capture(Key, "a-1", Eur(400), false)))
        .When(Yes(2, "c-1")).Then(Done.It, new MoneyTaken(1, 1, 400, "c-1", null))
        .ThenSends(ToOrder(new(6, 1, PaymentState.Settled, 600, 400, 0, 0)));

    [Fact]
    public void The_capture_that_takes_all_that_is_due_is_the_last_and_closes_the_promise()
    {
        var scene = Given(Promised(Goal(1_000)))
            .When(Want(Goal(400, 400, 2)))
            .ThenHappens(new GoalSet(Goal(400, 400, 2)), new CaptureAsked(2, 1, 1, Eur(400), true))
            .When(Yes(2, "c-1")).ThenHappens(new MoneyTaken(1, 1, 400, "c-1", null));

        Assert.Equal((0L, true), (scene.Standing().PromisedMinor, scene.State.Authorisations[0].IsClosed));
    }

    [Fact]
    public void What_is_left_of_a_promise_is_given_up_when_no_more_is_due() => Given([
        .. Promised(Goal(1_000)), new GoalSet(Goal(1_000, 400, 2)), new CaptureAsked(2, 1, 1, Eur(400), false),
        new MoneyTaken(1, 1, 400, "c-1", null),
    ])
        .When(Want(Goal(400, 400, 3)))
        .ThenHappens(new GoalSet(Goal(400, 400, 3)), new VoidAsked(3, 1))
        .ThenSends(ToGateway(3, new ProviderCall.Void(Key, "a-1")));

    [Fact]
    public void More_than_one_promise_holds_is_taken_of_one_after_the_other() => Given([
        .. Promised(Goal(1_000)), new GoalSet(Goal(1_500, 0, 2)),
        new AuthorisationAsked(2, 2, Gateway, "tok-1", Eur(500), false, null), new Authorised(2, "a-2", null, null),
    ])
        .When(Want(Goal(1_500, 1_200, 3)))
        .ThenHappens(new GoalSet(Goal(1_500, 1_200, 3)), new CaptureAsked(3, 1, 1, Eur(1_000), true))
        .When(Yes(3, "c-1"))
        .ThenHappens(new MoneyTaken(1, 1, 1_000, "c-1", null), new CaptureAsked(4, 2, 2, Eur(200), false))
        .ThenSends(
            ToOrder(new(9, 1, PaymentState.Settled, 500, 1_000, 0, 0)),
            ToGateway(4, new ProviderCall.Capture(Key, "a-2", Eur(200), false)))
        .When(Yes(4, "c-2")).ThenHappens(new MoneyTaken(2, 2, 200, "c-2", null));

    [Fact]
    public void Money_of_a_promise_that_ran_out_is_taken_of_a_new_one() => Given(Promised(Goal(1_000)))
        .When(Want(Goal(1_000, 1_000, 2)))
        .When(No(2, ProviderStatus.Expired, "expired"))
        .ThenHappens(
            new StepRefused(ProviderStep.Capture, 1, ProviderStatus.Expired, "expired", null),
            new AuthorisationAsked(3, 2, Gateway, "tok-1", Eur(1_000), false, "a-1"))
        .When(Yes(3, "a-2"))
        .ThenHappens(new Authorised(2, "a-2", null, null), new CaptureAsked(4, 2, 2, Eur(1_000), true));

    [Fact]
    public void A_capture_that_is_refused_waits_for_somebody_and_is_tried_again_when_he_says()
    {
        var scene = Given(Promised(Goal(1_000)))
            .When(Want(Goal(1_000, 1_000, 2)))
            .When(No(2))
            .ThenHappens(new StepRefused(ProviderStep.Capture, 1, ProviderStatus.Declined, "do_not_honor", null))
            .ThenSends(ToOrder(new(6, 1, PaymentState.Failed, 1_000, 0, 0, 0, "do_not_honor")))
            .When(Want(Goal(1_000, 1_000, 3))).ThenHappens(new GoalSet(Goal(1_000, 1_000, 3)))
            .When(new PaymentCommand.Retry("r-1")).ThenTold(MoneyStatus.Begun)
            .ThenHappens(new RetryOrdered("r-1"), new CaptureAsked(3, 2, 1, Eur(1_000), true));

        Assert.Equal(StepStatus.Refused, scene.State.Captures[0].Status);
    }

    [Fact]
    public void Somebody_may_have_money_taken_before_goods_leave() => Given(Promised(Goal(1_000)))
        .When(Take(300)).ThenTold(MoneyStatus.Begun)
        .ThenHappens(new CaptureOrdered("m-1", Eur(300), 300), new CaptureAsked(2, 1, 1, Eur(300), false))
        .When(Yes(2, "c-1"))
        .When(Want(Goal(1_000, 300, 2))).ThenHappens(new GoalSet(Goal(1_000, 300, 2)))
        .When(Want(Goal(1_000, 500, 3)))
        .ThenHappens(new GoalSet(Goal(1_000, 500, 3)), new CaptureAsked(3, 2, 1, Eur(200), false));

    [Fact]
    public void Amounts_add_up_and_more_than_is_promised_is_refused() => Given(Promised(Goal(1_000)))
        .When(Take(300))
        .When(Take(701, "m-2")).ThenRefused(MoneyStatus.MoreThanPromised)
        .When(Take(700, "m-2")).ThenTold(MoneyStatus.Begun).ThenHappens(new CaptureOrdered("m-2", Eur(700), 1_000))
        .When(Yes(2, "c-1"))
        .ThenHappens(new MoneyTaken(1, 1, 300, "c-1", null), new CaptureAsked(3, 2, 1, Eur(700), true));

    [Fact]
    public void More_than_is_due_is_not_taken_even_when_it_is_promised() =>
        Given([.. Promised(Goal(1_000)), new GoalSet(Goal(400, 0, 2))])
            .When(Take(401)).ThenRefused(MoneyStatus.MoreThanPromised)
            .When(Take(400)).ThenTold(MoneyStatus.Begun);

    [Fact]
    public void What_was_taken_too_early_goes_back_when_it_is_not_due_any_more() => Given([
        .. Promised(Goal(1_000)), new CaptureOrdered("m-1", Eur(300), 300), new CaptureAsked(2, 1, 1, Eur(300), false),
        new MoneyTaken(1, 1, 300, "c-1", null),
    ])
        .When(Want(Goal(200, 0, 2)))
        .ThenHappens(new GoalSet(Goal(200, 0, 2)), new RefundAsked(3, 1, 1, Eur(100)));

    /// <summary>Each refusal also has every later fault, so that the order of the tests is tested.</summary>
    public static TheoryData<MoneyStatus, string, long, string> Refusals => new()
    {
        { MoneyStatus.DifferentContent, "m-1", -1, "USD" },
        { MoneyStatus.AmountNotPositive, "m-2", 0, "USD" },
        { MoneyStatus.AmountNotPositive, "m-2", long.MinValue, "USD" },
        { MoneyStatus.OtherCurrency, "m-2", 5_000, "USD" },
        { MoneyStatus.MoreThanPromised, "m-2", 5_000, "EUR" },
    };

    [Theory, MemberData(nameof(Refusals))]
    public void What_is_wrong_is_refused(MoneyStatus status, string id, long amount, string currency) =>
        Given([.. Promised(Goal(1_000)), new CaptureOrdered("m-1", Eur(300), 300)])
            .When(new PaymentCommand.Capture(id, new(amount, currency))).ThenRefused(status);

    [Fact]
    public void The_same_again_takes_nothing() => Given(Promised(Goal(1_000)))
        .When(Take(300)).When(Take(300)).ThenRefused(MoneyStatus.AlreadyDone);

    [Fact]
    public void There_is_no_payment_to_take_of() => Given()
        .When(Take(0)).Then(new MoneyReply(MoneyStatus.UnknownPayment, null))
        .When(new PaymentCommand.Retry("m-1")).Then(new MoneyReply(MoneyStatus.UnknownPayment, null));

    [Fact]
    public void Nothing_is_tried_again_where_nothing_failed() => Given(Promised(Goal(1_000)))
        .When(new PaymentCommand.Retry("r-1")).ThenRefused(MoneyStatus.NothingFailed);

    [Fact]
    public void A_declined_promise_is_tried_again_with_the_same_means() => Given(Promised(Goal(1_000))[..2])
        .When(No(1))
        .When(new PaymentCommand.Retry("r-1")).ThenTold(MoneyStatus.Begun)
        .ThenHappens(
            new RetryOrdered("r-1"), new AuthorisationAsked(2, 2, Gateway, "tok-1", Eur(1_000), false, null))
        .When(new PaymentCommand.Retry("r-1")).ThenRefused(MoneyStatus.AlreadyDone)
        .When(new PaymentCommand.Capture("r-1", Eur(1))).ThenRefused(MoneyStatus.DifferentContent);

    [Fact]
    public void A_thousand_operations_are_enough()
    {
        var taken = Enumerable.Range(1, Payment.MaxOperations).Select(i => new CaptureOrdered($"m-{i}", Eur(1), i));

        Given([.. Promised(Goal(100_000)), .. taken])
            .When(Take(1, "one more")).ThenRefused(MoneyStatus.TooManyOperations)
            .When(Take(1, "m-1000")).ThenRefused(MoneyStatus.AlreadyDone);
        Given([.. Promised(Goal(100_000))[..2], .. taken])
            .When(No(1)).When(new PaymentCommand.Retry("one more")).ThenRefused(MoneyStatus.TooManyOperations);
    }
}
