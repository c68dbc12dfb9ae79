using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Fulfillment.Payments;

/// <summary>
/// What an order owes on an account. Amounts in minor units. <c>Waiting</c>: wanted, and not borne. <c>Currency</c>: of
/// what it wants; null for the account's.
/// </summary>
public sealed record Borne(
    long Revision, int Attempt, long AmountMinor, long WaitingMinor, long Since, string? Currency = null);

/// <summary>
/// A credit account: the limit, what the orders on it owe, what of it was billed (its orders have left), and what was
/// paid. Debt is <c>OpenMinor + BilledMinor - PaidMinor</c>.
/// </summary>
public sealed record AccountDetails(
    Money Limit, bool Blocked, long OpenMinor, long BilledMinor, long PaidMinor, long DebtMinor, int Waiting,
    long Version);

/// <summary>The answer to a question about an account; null when there is none.</summary>
public sealed record AccountAnswer(AccountDetails? Account);

/// <summary>The account afterwards.</summary>
public sealed record AccountReply(AccountStatus Status, AccountDetails? Account);

/// <summary>
/// Outcome of <see cref="AccountCommand.Open"/> and <see cref="AccountCommand.Pay"/>, in the order tested.
/// </summary>
public enum AccountStatus
{
    /// <summary>There is no such account.</summary>
    UnknownAccount,

    /// <summary>The limit is negative, or the amount is zero or negative.</summary>
    AmountNotPositive,

    /// <summary>The account is in another currency.</summary>
    OtherCurrency,

    /// <summary>The same was done before.</summary>
    AlreadyDone,

    /// <summary>Another amount was paid under this id.</summary>
    DifferentContent,

    /// <summary>Done.</summary>
    Done,
}

/// <summary>What an account can be asked.</summary>
[JsonDerivedType(typeof(Open), "open")]
[JsonDerivedType(typeof(Get), "get")]
[JsonDerivedType(typeof(Pay), "pay")]
[JsonDerivedType(typeof(Bear), "bear")]
public abstract record AccountCommand
{
    /// <summary>Sets the limit; a blocked account bears nothing new. Repeatable.</summary>
    public sealed record Open(Money Limit, bool Blocked = false) : AccountCommand, ICommand<AccountReply>;

    /// <summary>Asks for the account now.</summary>
    public sealed record Get : AccountCommand, ICommand<AccountAnswer>;

    /// <summary>So much was paid. Repeatable by id.</summary>
    public sealed record Pay(string Id, Money Amount) : AccountCommand, ICommand<AccountReply>;

    /// <summary>An order wants to owe so much. Repeatable; an older goal changes nothing.</summary>
    public sealed record Bear(string Order, PaymentGoal Goal) : AccountCommand, ICommand<PaymentStanding>;
}

/// <summary>What happened to an account.</summary>
[JsonDerivedType(typeof(AccountOpened), "account-opened")]
[JsonDerivedType(typeof(AccountPaid), "account-paid")]
[JsonDerivedType(typeof(OrderBorne), "order-borne")]
[JsonDerivedType(typeof(OrderRefused), "order-refused")]
public abstract record AccountEvent
{
    /// <summary>The limit is this now.</summary>
    public sealed record AccountOpened(Money Limit, bool Blocked) : AccountEvent;

    /// <summary>So much was paid.</summary>
    public sealed record AccountPaid(string Id, Money Amount) : AccountEvent;

    /// <summary>
    /// The account stands good for an order. <c>Billed</c>: all of the order has left, nothing more will change.
    /// <c>Asked</c>: it is the answer to the order's wish; else the order is told by itself.
    /// </summary>
    public sealed record OrderBorne(
        string Order, long Revision, int Attempt, long AmountMinor, bool Billed, bool Asked) : AccountEvent;

    /// <summary>
    /// The account does not stand good for so much; what it bears of the order already stays. <c>Currency</c>: of what
    /// the order wants; null for the account's.
    /// </summary>
    public sealed record OrderRefused(
        string Order, long Revision, int Attempt, long WantedMinor, string Code, string? Currency = null)
        : AccountEvent;
}
