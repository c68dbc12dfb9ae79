using Fulfillment.Payments;
using static Fulfillment.Payments.PaymentEvent;
using static Fulfillment.Tests.Domain.Bank;

namespace Fulfillment.Tests.Domain;

/// <summary>Money goes back: what is not owed any more by itself, and what is owed when somebody wants it.</summary>
public sealed class RefundTests
{
    static PaymentCommand.Refund Back(long cents, string id = "g-1", string reason = "scratched") =>
        new(id, Eur(cents), reason);

    [Fact]
    public void What_is_not_due_any_more_goes_back() => Given(Taken(1_000))
        .When(Want(Goal(600, 600, 3)))
        .ThenHappens(new GoalSet(Goal(600, 600, 3)), new RefundAsked(3, 1, 1, Eur(400)))
        .ThenSends(ToGateway(3, new ProviderCall.Refund(Key, "c-1", Eur(400))))
        .When(Yes(3, "r-1")).Then(Done.It, new MoneyReturned(1, 400, "r-1", null))
        .ThenSends(ToOrder(new(9, 1, PaymentState.Settled, 0, 1_000, 400, 0)));

    [Fact]
    public void More_than_one_capture_took_goes_back_of_one_after_the_other() => Given(TakenTwice())
        .When(Want(Goal(300, 300, 3)))
        .ThenHappens(new GoalSet(Goal(300, 300, 3)), new RefundAsked(5, 1, 1, Eur(1_000)))
        .When(Yes(5, "r-1"))
        .ThenHappens(new MoneyReturned(1, 1_000, "r-1", null), new RefundAsked(6, 2, 2, Eur(200)))
        .When(Yes(6, "r-2")).ThenHappens(new MoneyReturned(2, 200, "r-2", null));

    [Fact]
    public void Somebody_may_give_back_what_is_owed_and_it_is_not_asked_for_again()
    {
        var scene = Given(Taken(1_000))
            .When(Back(300)).ThenTold(MoneyStatus.Begun)
            .ThenHappens(new RefundOrdered("g-1", Eur(300), "scratched"), new RefundAsked(3, 1, 1, Eur(300)))
            .When(Yes(3, "r-1")).ThenHappens(new MoneyReturned(1, 300, "r-1", null));

        Assert.Equal(
            new PaymentStanding(9, 1, PaymentState.Settled, 0, 1_000, 300, 300), scene.Standing());
        Assert.Equal(1_000, scene.Standing().SecuredMinor);
        scene.When(Want(Goal(1_000, 1_000, 3))).ThenHappens(new GoalSet(Goal(1_000, 1_000, 3)));
    }

    [Fact]
    public void All_that_is_with_us_may_be_given_back_in_parts_and_no_more() => Given(Taken(1_000))
        .When(Back(1_001)).ThenRefused(MoneyStatus.MoreThanTaken)
        .When(Back(600)).ThenTold(MoneyStatus.Begun)
        .When(Back(401, "g-2")).ThenRefused(MoneyStatus.MoreThanTaken)
        .When(Back(400, "g-2")).ThenTold(MoneyStatus.Begun)
        .ThenHappens(new RefundOrdered("g-2", Eur(400), "scratched"))
        .When(Yes(3, "r-1"))
        .ThenHappens(new MoneyReturned(1, 600, "r-1", null), new RefundAsked(4, 2, 1, Eur(400)))
        .When(Yes(4, "r-2"))
        .When(Back(1, "g-3")).ThenRefused(MoneyStatus.MoreThanTaken);

    [Fact]
    public void What_goes_back_anyway_cannot_be_given_as_goodwill_too() =>
        Given([.. Taken(1_000), new GoalSet(Goal(600, 600, 3)), new RefundAsked(3, 1, 1, Eur(400))])
            .When(Back(601)).ThenRefused(MoneyStatus.MoreThanTaken)
            .When(Back(600)).ThenTold(MoneyStatus.Begun);

    [Fact]
    public void What_is_only_promised_cannot_be_given_back() => Given(Promised(Goal(1_000)))
        .When(Back(1)).ThenRefused(MoneyStatus.MoreThanTaken);

    [Fact]
    public void A_refund_that_is_refused_waits_for_somebody_and_is_tried_again_when_he_says()
    {
        var scene = Given([.. Taken(1_000), new GoalSet(Goal(0, 0, 3)), new RefundAsked(3, 1, 1, Eur(1_000))])
            .When(No(3, ProviderStatus.Refused, "balance_insufficient"))
            .ThenHappens(new StepRefused(ProviderStep.Refund, 1, ProviderStatus.Refused, "balance_insufficient", null))
            .ThenSends(ToOrder(new(9, 1, PaymentState.Failed, 0, 1_000, 0, 0, "balance_insufficient")));

        Assert.Equal(StepStatus.Refused, scene.State.Refunds[0].Status);
        scene.When(new PaymentCommand.Retry("r-1")).ThenTold(MoneyStatus.Begun)
            .ThenHappens(new RetryOrdered("r-1"), new RefundAsked(4, 2, 1, Eur(1_000)));
    }

    [Fact]
    public void Another_means_ends_the_trouble_with_the_one_before() =>
        Given([.. Taken(1_000), new GoalSet(Goal(0, 0, 3)), new RefundAsked(3, 1, 1, Eur(1_000))])
            .When(No(3)).When(Want(Goal(0, 0, 4, attempt: 2)))
            .ThenHappens(new GoalSet(Goal(0, 0, 4, attempt: 2)), new RefundAsked(4, 2, 1, Eur(1_000)));

    /// <summary>Each refusal also has every later fault, so that the order of the tests is tested.</summary>
    public static TheoryData<MoneyStatus, string, long, string> Refusals => new()
    {
        { MoneyStatus.DifferentContent, "g-1", -1, "USD" },
        { MoneyStatus.AmountNotPositive, "g-2", 0, "USD" },
        { MoneyStatus.AmountNotPositive, "g-2", long.MinValue, "USD" },
        { MoneyStatus.OtherCurrency, "g-2", 5_000, "USD" },
        { MoneyStatus.MoreThanTaken, "g-2", 5_000, "EUR" },
    };

    [Theory, MemberData(nameof(Refusals))]
    public void What_is_wrong_is_refused(MoneyStatus status, string id, long amount, string currency) =>
        Given(Taken(1_000)).When(Back(300))
            .When(new PaymentCommand.Refund(id, new(amount, currency), "late")).ThenRefused(status);

    [Fact]
    public void The_same_again_gives_nothing_back_and_another_reason_is_another_refund() => Given(Taken(1_000))
        .When(Back(300))
        .When(Back(300)).ThenRefused(MoneyStatus.AlreadyDone)
        .When(Back(300, reason: "late")).ThenRefused(MoneyStatus.DifferentContent);

    [Fact]
    public void There_is_no_payment_to_give_back() => Given()
        .When(Back(0)).Then(new MoneyReply(MoneyStatus.UnknownPayment, null));

    [Fact]
    public void A_thousand_operations_are_enough() =>
        Given([
            .. Taken(100_000),
            .. Enumerable.Range(1, Payment.MaxOperations).Select(i => new RefundOrdered($"g-{i}", Eur(1), "late")),
        ])
            .When(Back(1, "one more")).ThenRefused(MoneyStatus.TooManyOperations)
            .When(Back(1, "g-1000", "late")).ThenRefused(MoneyStatus.AlreadyDone);
}
