using Fulfillment.Ordering;
using Fulfillment.Payments;
using static Fulfillment.Payments.AccountCommand;
using static Fulfillment.Payments.AccountEvent;
using static Fulfillment.Tests.Domain.Bank;

namespace Fulfillment.Tests.Domain;

/// <summary>A credit account bears orders up to its limit; what does not fit waits for money or more credit.</summary>
public sealed class AccountTests
{
    static readonly AccountOpened Thousand = new(Eur(1_000), false);

    static Given<Account, AccountCommand, AccountEvent> Given(params IEnumerable<AccountEvent> events) =>
        new(EntityId.Of("account", "default", "acme"), Product.Start, events);

    static PaymentGoal Wish(long due, long take = 0, long revision = 1, int attempt = 1) =>
        new(revision, attempt, "account", "acme", "EUR", due, take, false);

    static Bear Bear(string order, long due, long take = 0, long revision = 1, int attempt = 1) =>
        new(order, Wish(due, take, revision, attempt));

    static OrderBorne Borne(string order, long cents, long revision = 1) =>
        new(order, revision, 1, cents, false, true);

    static OrderBorne Freed(string order, long cents, long revision = 1) =>
        new(order, revision, 1, cents, false, false);

    static OrderRefused Refused(string order, long cents, string code, long revision = 1) =>
        new(order, revision, 1, cents, code);

    static PaymentStanding Fits(long version, long cents) => new(version, 1, PaymentState.Settled, cents, 0, 0, 0);

    static PaymentStanding Not(long version, string code, long borne = 0) =>
        new(version, 1, PaymentState.Declined, borne, 0, 0, 0, code);

    static AccountReply Told(AccountStatus status, AccountDetails? account = null) => new(status, account);

    static AccountDetails Details(
        long limit, long open, long billed, long paid, long version, int waiting = 0, bool blocked = false) =>
        new(Eur(limit), blocked, open, billed, paid, open + billed - paid, waiting, version);

    static Send ToOrder(string order, PaymentStanding standing) =>
        new(EntityId.Of("order", "default", order), new OrderCommand.NotePayment(standing));

    [Fact]
    public void An_account_is_opened_with_its_limit_and_the_limit_can_be_changed() => Given()
        .When(new Open(Eur(1_000)))
        .Then(Told(AccountStatus.Done, Details(1_000, 0, 0, 0, 1)), Thousand)
        .When(new Open(Eur(1_000))).Then(Told(AccountStatus.AlreadyDone, Details(1_000, 0, 0, 0, 1)))
        .When(new Open(Eur(0), Blocked: true))
        .Then(Told(AccountStatus.Done, Details(0, 0, 0, 0, 2, blocked: true)), new AccountOpened(Eur(0), true));

    [Fact]
    public void A_limit_is_not_negative_and_in_the_currency_of_the_account()
    {
        var scene = Given(Thousand);
        var known = Details(1_000, 0, 0, 0, 1);

        scene.When(new Open(new(-1, "USD"))).Then(Told(AccountStatus.AmountNotPositive, known))
            .When(new Open(new(1_000, "USD"))).Then(Told(AccountStatus.OtherCurrency, known));
    }

    [Fact]
    public void There_is_no_account_before_it_is_opened() => Given()
        .When(new Get()).Then(new AccountAnswer(null))
        .When(new Pay("p-1", Eur(0))).Then(Told(AccountStatus.UnknownAccount));

    [Fact]
    public void An_order_that_fits_is_borne_and_told_so() => Given(Thousand)
        .When(Bear("o-1", 600)).Then(Fits(2, 600), Borne("o-1", 600)).ThenSends()
        .When(Bear("o-2", 400)).Then(Fits(3, 400), Borne("o-2", 400))
        .When(new Get()).Then(new AccountAnswer(Details(1_000, 1_000, 0, 0, 3)));

    [Fact]
    public void An_order_that_does_not_fit_waits() => Given(Thousand, Borne("o-1", 600))
        .When(Bear("o-2", 401)).Then(Not(3, "over-limit"), Refused("o-2", 401, "over-limit"))
        .When(new Get()).Then(new AccountAnswer(Details(1_000, 600, 0, 0, 3, waiting: 1)));

    [Fact]
    public void An_account_that_there_is_not_bears_nothing_until_it_is_opened() => Given()
        .When(Bear("o-1", 600))
        .Then(Not(1, "unknown-account"), Refused("o-1", 600, "unknown-account") with { Currency = "EUR" })
        .When(new Open(Eur(1_000))).ThenHappens(Thousand, Freed("o-1", 600))
        .ThenSends(ToOrder("o-1", Fits(3, 600)));

    [Fact]
    public void A_blocked_account_bears_nothing_new_until_it_is_unblocked() =>
        Given(Thousand, Borne("o-1", 100), new AccountOpened(Eur(1_000), true))
            .When(Bear("o-2", 1)).Then(Not(4, "account-blocked"), Refused("o-2", 1, "account-blocked"))
            .When(Bear("o-1", 90, 0, 2)).Then(Fits(5, 90), Borne("o-1", 90, 2))
            .When(new Pay("p-1", Eur(50))).ThenHappens(new AccountPaid("p-1", Eur(50)))
            .When(new Open(Eur(1_000))).ThenHappens(Thousand, Freed("o-2", 1));

    [Fact]
    public void Money_that_came_in_frees_the_oldest_that_waits() =>
        Given(
            Thousand, Borne("o-1", 1_000), Refused("o-3", 300, "over-limit"), Refused("o-2", 300, "over-limit"),
            Refused("o-4", 100, "over-limit"))
            .When(new Pay("p-1", Eur(650)))
            .Then(
                Told(AccountStatus.Done, Details(1_000, 1_600, 0, 650, 8, waiting: 1)),
                new AccountPaid("p-1", Eur(650)), Freed("o-3", 300), Freed("o-2", 300))
            .ThenSends(ToOrder("o-3", Fits(7, 300)), ToOrder("o-2", Fits(8, 300)));

    [Fact]
    public void Whoever_waits_is_not_passed_by_one_that_asks_for_less() =>
        Given(Thousand, Borne("o-1", 1_000), Refused("o-2", 300, "over-limit"), Refused("o-3", 100, "over-limit"))
            .When(new Pay("p-1", Eur(200))).ThenHappens(new AccountPaid("p-1", Eur(200)));

    [Fact]
    public void What_an_order_gives_back_others_may_have() =>
        Given(Thousand, Borne("o-1", 1_000), Refused("o-2", 300, "over-limit"))
            .When(Bear("o-1", 700, 0, 2)).Then(Fits(4, 700), Borne("o-1", 700, 2), Freed("o-2", 300))
            .ThenSends(ToOrder("o-2", Fits(5, 300)));

    [Fact]
    public void A_higher_limit_frees_what_waits() =>
        Given(Thousand, Refused("o-1", 1_200, "over-limit"))
            .When(new Open(Eur(1_200))).ThenHappens(new AccountOpened(Eur(1_200), false), Freed("o-1", 1_200));

    [Fact]
    public void What_is_borne_stays_when_more_does_not_fit() => Given(Thousand, Borne("o-1", 600))
        .When(Bear("o-1", 1_001, 0, 2))
        .Then(Not(3, "over-limit", borne: 600), Refused("o-1", 1_001, "over-limit", 2))
        .When(Bear("o-1", 1_000, 0, 3)).Then(Fits(4, 1_000), Borne("o-1", 1_000, 3));

    [Fact]
    public void An_order_that_has_left_is_billed_and_owed_until_it_is_paid() => Given(Thousand, Borne("o-1", 600))
        .When(Bear("o-1", 600, 600, 2))
        .Then(
            new PaymentStanding(3, 1, PaymentState.Settled, 0, 600, 0, 0), Borne("o-1", 600, 2) with { Billed = true })
        .When(new Get()).Then(new AccountAnswer(Details(1_000, 0, 600, 0, 3)))
        .When(Bear("o-2", 401)).Then(Not(4, "over-limit"), Refused("o-2", 401, "over-limit"))
        .When(new Pay("p-1", Eur(1))).ThenHappens(new AccountPaid("p-1", Eur(1)), Freed("o-2", 401));

    [Fact]
    public void An_older_wish_changes_nothing() => Given(Thousand, Borne("o-1", 600, 5))
        .When(Bear("o-1", 100, 0, 5)).Then(Fits(2, 600))
        .When(Bear("o-1", 100, 0, 4)).Then(Fits(2, 600))
        .When(Bear("o-1", 600, 600, 6))
        .When(Bear("o-1", 900, 0, 6)).Then(new PaymentStanding(3, 1, PaymentState.Settled, 0, 600, 0, 0));

    [Fact]
    public void A_cancelled_order_owes_nothing() => Given(Thousand, Borne("o-1", 600))
        .When(Bear("o-1", 0, 0, 2))
        .Then(new PaymentStanding(3, 1, PaymentState.Settled, 0, 0, 0, 0), Borne("o-1", 0, 2) with { Billed = true })
        .When(new Get()).Then(new AccountAnswer(Details(1_000, 0, 0, 0, 3)));

    [Fact]
    public void The_same_payment_again_is_not_booked_again()
    {
        var booked = Details(1_000, 0, 0, 300, 2);

        Given(Thousand)
            .When(new Pay("p-1", Eur(300))).Then(Told(AccountStatus.Done, booked), new AccountPaid("p-1", Eur(300)))
            .When(new Pay("p-1", Eur(300))).Then(Told(AccountStatus.AlreadyDone, booked))
            .When(new Pay("p-1", Eur(301))).Then(Told(AccountStatus.DifferentContent, booked));
    }

    /// <summary>Each refusal also has every later fault, so that the order of the tests is tested.</summary>
    public static TheoryData<AccountStatus, long, string> Refusals => new()
    {
        { AccountStatus.AmountNotPositive, 0, "USD" },
        { AccountStatus.AmountNotPositive, -1, "USD" },
        { AccountStatus.AmountNotPositive, long.MaxValue, "EUR" },
        { AccountStatus.OtherCurrency, 301, "USD" },
        { AccountStatus.DifferentContent, 301, "EUR" },
    };

    [Theory, MemberData(nameof(Refusals))]
    public void What_is_wrong_is_not_booked(AccountStatus status, long amount, string currency) =>
        Given(Thousand, new AccountPaid("p-1", Eur(300)))
            .When(new Pay("p-1", new(amount, currency))).Then(Told(status, Details(1_000, 0, 0, 300, 2)));

    [Fact]
    public void Who_paid_more_than_he_owes_may_owe_so_much_more() => Given(Thousand, new AccountPaid("p-1", Eur(500)))
        .When(Bear("o-1", 1_500)).Then(Fits(3, 1_500), Borne("o-1", 1_500));

    [Fact]
    public void The_last_thousand_payments_are_known()
    {
        var paid = Enumerable.Range(0, Account.MaxPayments + 1).Select(i => new AccountPaid($"p-{i}", Eur(1)));
        var scene = Given([Thousand, .. paid]);

        scene.When(new Pay("p-1", Eur(1)));
        Assert.Equal(AccountStatus.AlreadyDone, Assert.IsType<AccountReply>(scene.Reply).Status);
        scene.When(new Pay("p-0", Eur(1)));
        Assert.Equal(AccountStatus.Done, Assert.IsType<AccountReply>(scene.Reply).Status);
    }
}
