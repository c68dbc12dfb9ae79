using Fulfillment.Payments;
using static Fulfillment.Tests.Domain.Bank;

namespace Fulfillment.Tests.Domain;

/// <summary>Orders that no money and no higher limit makes fit an account.</summary>
public sealed class AccountMisfitTests
{
    static readonly AccountEvent.AccountOpened Opened = new(Eur(1_000_000), false);
    static readonly EntityId Acme = EntityId.Of("account", "default", "acme");

    static Given<Account, AccountCommand, AccountEvent> Given(params IEnumerable<AccountEvent> events) =>
        new(Acme, Product.Start, events);

    static AccountCommand.Bear Bear(string order, long due, string currency, long revision = 1) =>
        new(order, new(revision, 1, "account", "acme", currency, due, 0, false));

    static PaymentStanding Not(long version, string code) =>
        new(version, 1, PaymentState.Declined, 0, 0, 0, 0, code);

    [Fact]
    public void An_order_in_another_currency_is_not_borne()
    {
        var scene = Given(Opened).When(Bear("o-1", 600, "USD")).ThenSends();

        Assert.Equal(Not(2, "currency-mismatch"), scene.Reply);
        Assert.Equal(0, scene.State.OpenMinor);
    }

    [Fact]
    public void An_order_in_another_currency_keeps_none_behind_it_from_being_borne()
    {
        var scene = Given(new AccountEvent.AccountOpened(Eur(500), false))
            .When(Bear("o-1", 600, "USD")).When(Bear("o-2", 501, "EUR"))
            .When(new AccountCommand.Pay("p-1", Eur(1)))
            .ThenHappens(
                new AccountEvent.AccountPaid("p-1", Eur(1)),
                new AccountEvent.OrderBorne("o-2", 1, 1, 501, false, false));

        Assert.Equal(501, scene.State.OpenMinor);
    }

    [Fact]
    public void An_order_in_another_currency_than_the_account_turns_out_to_have_is_not_borne() => Given()
        .When(Bear("o-1", 600, "USD"))
        .When(new AccountCommand.Open(Eur(1_000_000))).ThenHappens(Opened)
        .When(Bear("o-1", 600, "USD", 1)).Then(Not(2, "currency-mismatch"));

    [Fact]
    public void A_full_account_refuses_one_more_order_and_does_not_keep_it()
    {
        var full = Enumerable.Range(0, Account.MaxOrders).Aggregate(
            Account.Evolve(Account.Initial, Opened),
            (a, i) => Account.Evolve(a, new AccountEvent.OrderBorne($"o-{i}", 1, 1, 1, false, true)));
        Turn turn = new(Acme, Product.Start, full.Version);

        var refused = Account.Decide(full, Bear("x", 1, "EUR"), turn);

        Assert.Equal(Not(full.Version + 1, "too-many-orders"), refused.Reply);
        Assert.IsType<AccountEvent.OrderRefused>(Assert.Single(refused.Events));
        Assert.Equal(Account.MaxOrders, Account.Evolve(full, refused.Events[0]).Orders.Count);
        Assert.IsType<AccountEvent.OrderBorne>(
            Assert.Single(Account.Decide(full, Bear("o-1", 2, "EUR", 2), turn).Events));
    }
}
