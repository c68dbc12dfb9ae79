using System.Collections.Immutable;
using System.Diagnostics;
using Fulfillment.Intake;

namespace Fulfillment.Payments;

/// <summary>
/// A buyer's credit account. It stands good for orders up to its limit; an order that does not fit waits, and is borne
/// once money came in or the limit was raised, the oldest first.
/// </summary>
/// <param name="Limit">Null until opened.</param>
/// <param name="Blocked">It bears nothing new.</param>
/// <param name="Orders">What orders owe, by their id; also what they want and do not get.</param>
/// <param name="OpenMinor">The sum of what they owe.</param>
/// <param name="BilledMinor">Of orders that have left.</param>
/// <param name="PaidMinor">Paid in all.</param>
/// <param name="Payments">By the caller's id, the last <see cref="MaxPayments"/>.</param>
/// <param name="Done">The revision at which orders were billed, the last <see cref="MaxDone"/>.</param>
/// <param name="Version">Events so far.</param>
public sealed record Account(
    Money? Limit, bool Blocked, ImmutableSortedDictionary<string, Borne> Orders, long OpenMinor, long BilledMinor,
    long PaidMinor, ImmutableArray<Operation> Payments, ImmutableArray<BilledOrder> Done, long Version)
    : IEntity<Account, AccountCommand, AccountEvent>
{
    /// <summary>Orders on an account that have not left.</summary>
    public const int MaxOrders = 20_000;

    /// <summary>Payments whose repeat is known.</summary>
    public const int MaxPayments = 1_000;

    /// <summary>Billed orders whose late wishes are known as such.</summary>
    public const int MaxDone = 1_000;

    /// <summary>Waiting orders that one payment can free in one turn.</summary>
    public const int MaxPerTurn = 100;

    const string Full = "too-many-orders";

    /// <inheritdoc/>
    public static Account Initial { get; } = new(
        null, false, ImmutableSortedDictionary.Create<string, Borne>(StringComparer.Ordinal), 0, 0, 0, [], [], 0);

    /// <summary>What the buyer owes; negative when he paid more.</summary>
    public long DebtMinor => OpenMinor + BilledMinor - PaidMinor;

    /// <inheritdoc/>
    public static Decision<AccountEvent> Decide(Account account, AccountCommand command, Turn turn) => command switch
    {
        AccountCommand.Open c => OpenAccount(account, c),
        AccountCommand.Get => new(new AccountAnswer(account.Reply())),
        AccountCommand.Pay c => Pay(account, c),
        AccountCommand.Bear c => Bear(account, c),
        _ => throw new UnreachableException(),
    };

    static Decision<AccountEvent> OpenAccount(Account account, AccountCommand.Open c)
    {
        if (c.Limit.AmountMinor < 0) return account.Answer(AccountStatus.AmountNotPositive);
        if (account.Limit is { } limit && limit.Currency != c.Limit.Currency)
            return account.Answer(AccountStatus.OtherCurrency);
        if (account.Limit == c.Limit && account.Blocked == c.Blocked) return account.Answer(AccountStatus.AlreadyDone);

        return account.Answer(
            AccountStatus.Done, account.Freeing(new AccountEvent.AccountOpened(c.Limit, c.Blocked)));
    }

    static Decision<AccountEvent> Pay(Account account, AccountCommand.Pay c)
    {
        if (account.Limit is not { } limit) return account.Answer(AccountStatus.UnknownAccount);
        if (c.Amount.AmountMinor <= 0 || c.Amount.AmountMinor > long.MaxValue - account.PaidMinor)
            return account.Answer(AccountStatus.AmountNotPositive);
        if (c.Amount.Currency != limit.Currency) return account.Answer(AccountStatus.OtherCurrency);
        foreach (var known in account.Payments)
        {
            if (known.Id == c.Id)
                return account.Answer(known.Content == c.Amount.AmountMinor
                    ? AccountStatus.AlreadyDone : AccountStatus.DifferentContent);
        }

        return account.Answer(AccountStatus.Done, account.Freeing(new AccountEvent.AccountPaid(c.Id, c.Amount)));
    }

    static Decision<AccountEvent> Bear(Account account, AccountCommand.Bear c)
    {
        var known = account.Orders.GetValueOrDefault(c.Order);
        var billed = account.Done.FirstOrDefault(d => d.Order == c.Order);
        if (c.Goal.Revision <= Math.Max(known?.Revision ?? 0, billed.Revision))
            return new(account.StandingOf(c.Order));

        var happened = account.Judge(c.Order, c.Goal, known?.AmountMinor ?? billed.AmountMinor);
        var after = Evolve(account, happened);
        // What this order gives back others may have.
        var freed = account.Freeing(happened);
        return new(
            happened is AccountEvent.OrderRefused { Code: Full } e
                ? new PaymentStanding(after.Version, e.Attempt, PaymentState.Declined, 0, 0, 0, 0, Full)
                : after.StandingOf(c.Order), freed);
    }

    AccountEvent Judge(string order, PaymentGoal goal, long borne)
    {
        var more = goal.DueMinor - borne;
        string? code = more <= 0 ? null
            : Limit is null ? "unknown-account"
            : goal.Currency != Limit.Value.Currency ? "currency-mismatch"
            : Blocked ? "account-blocked"
            : Orders.Count >= MaxOrders && !Orders.ContainsKey(order) ? Full
            : (Int128)DebtMinor + more > Limit.Value.AmountMinor ? "over-limit" : null;
        return code is null
            ? new AccountEvent.OrderBorne(
                order, goal.Revision, goal.Attempt, goal.DueMinor, goal.TakeMinor == goal.DueMinor, true)
            : new AccountEvent.OrderRefused(
                order, goal.Revision, goal.Attempt, goal.DueMinor, code,
                goal.Currency == Limit?.Currency ? null : goal.Currency);
    }

    bool IsForeign(Borne order) => order.Currency is { } currency && currency != Limit?.Currency;

    /// <summary>The event, and the waiting orders that fit after it, oldest first.</summary>
    AccountEvent[] Freeing(AccountEvent first)
    {
        List<AccountEvent> events = [first];
        var after = Evolve(this, first);
        if (after.Blocked || after.Limit is not { } limit) return [.. events];
        var waiting = after.Orders.Where(o => o.Value.WaitingMinor > o.Value.AmountMinor && !after.IsForeign(o.Value));
        foreach (var (order, b) in waiting.OrderBy(o => o.Value.Since).Take(MaxPerTurn))
        {
            if ((Int128)after.DebtMinor + b.WaitingMinor - b.AmountMinor > limit.AmountMinor) break;
            events.Add(new AccountEvent.OrderBorne(order, b.Revision, b.Attempt, b.WaitingMinor, false, false));
            after = Evolve(after, events[^1]);
        }

        return [.. events];
    }

    /// <inheritdoc/>
    public static Account Evolve(Account before, AccountEvent happened)
    {
        var account = before with { Version = before.Version + 1 };
        return happened switch
        {
            AccountEvent.AccountOpened e => account with { Limit = e.Limit, Blocked = e.Blocked },
            AccountEvent.AccountPaid e => account with
            {
                PaidMinor = account.PaidMinor + e.Amount.AmountMinor,
                Payments = Last(account.Payments.Add(new(e.Id, e.Amount.AmountMinor)), MaxPayments),
            },
            AccountEvent.OrderBorne e => account.Bear(e),
            AccountEvent.OrderRefused { Code: Full } => account,
            AccountEvent.OrderRefused e => account with
            {
                Orders = account.Orders.SetItem(e.Order, new(
                    e.Revision, e.Attempt, account.Orders.GetValueOrDefault(e.Order)?.AmountMinor ?? 0, e.WantedMinor,
                    account.Version, e.Currency)),
            },
            _ => throw new UnreachableException(),
        };
    }

    Account Bear(AccountEvent.OrderBorne e)
    {
        var open = Orders.GetValueOrDefault(e.Order)?.AmountMinor ?? 0;
        var billed = Done.FirstOrDefault(d => d.Order == e.Order);
        var without = this with
        {
            Orders = Orders.Remove(e.Order),
            OpenMinor = OpenMinor - open,
            BilledMinor = BilledMinor - billed.AmountMinor,
            Done = Done.Remove(billed),
        };
        return e.Billed
            ? without with
            {
                BilledMinor = without.BilledMinor + e.AmountMinor,
                Done = Last(without.Done.Add(new(e.Order, e.Revision, e.Attempt, e.AmountMinor)), MaxDone),
            }
            : without with
            {
                Orders = without.Orders.Add(e.Order, new(e.Revision, e.Attempt, e.AmountMinor, 0, Version)),
                OpenMinor = without.OpenMinor + e.AmountMinor,
            };
    }

    /// <inheritdoc/>
    public static Send[] React(Account account, AccountEvent happened, Turn turn) =>
        happened is AccountEvent.OrderBorne { Asked: false } e
            ? [new(turn.Self.Sibling(Ordering.OrderingCalls.Kind, e.Order),
                new Ordering.OrderCommand.NotePayment(account.StandingOf(e.Order)))]
            : [];

    /// <inheritdoc/>
    public static string? Check(Account account, AccountEvent? last)
    {
        var sum = account.Orders.Values.Sum(o => o.AmountMinor);
        return sum == account.OpenMinor ? null : $"orders owe {sum}, the account says {account.OpenMinor}";
    }

    /// <summary>What the order is told: of an order that the account does not bear, that it was refused.</summary>
    PaymentStanding StandingOf(string order)
    {
        if (Orders.TryGetValue(order, out var b))
        {
            var fits = b.AmountMinor >= b.WaitingMinor;
            return new(Version, b.Attempt, fits ? PaymentState.Settled : PaymentState.Declined, b.AmountMinor, 0, 0, 0,
                fits ? null : Limit is null ? "unknown-account" : IsForeign(b) ? "currency-mismatch"
                    : Blocked ? "account-blocked" : "over-limit");
        }

        var done = Done.FirstOrDefault(d => d.Order == order);
        return new(Version, done.Attempt, PaymentState.Settled, 0, done.AmountMinor, 0, 0);
    }

    AccountDetails? Reply() => Limit is not { } limit ? null : new(
        limit, Blocked, OpenMinor, BilledMinor, PaidMinor, DebtMinor,
        Orders.Values.Count(o => o.WaitingMinor > o.AmountMinor), Version);

    Decision<AccountEvent> Answer(AccountStatus status, params AccountEvent[] events) =>
        new(new AccountReply(status, events.Aggregate(this, Evolve).Reply()), events);

    static ImmutableArray<T> Last<T>(ImmutableArray<T> items, int most) =>
        items.Length <= most ? items : items.RemoveRange(0, items.Length - most);
}

/// <summary>An order that has left, and what it owes.</summary>
public readonly record struct BilledOrder(string Order, long Revision, int Attempt, long AmountMinor);
