namespace Fulfillment.Payments;

/// <summary>The payment of an order as callers see it: <c>cluster.Payment("o-1").Refund(...)</c>.</summary>
public interface IPayment
{
    /// <summary>The payment now; null when no provider was ever asked.</summary>
    ValueTask<PaymentDetails?> Get(CancellationToken cancel = default);

    /// <summary>
    /// Gives money back although it is owed. Repeatable by <paramref name="id"/>. Statuses:
    /// <see cref="MoneyStatus"/>.
    /// </summary>
    ValueTask<MoneyReply> Refund(string id, Money amount, string reason, CancellationToken cancel = default);

    /// <summary>
    /// Takes promised money before goods leave. Repeatable by <paramref name="id"/>. Statuses:
    /// <see cref="MoneyStatus"/>.
    /// </summary>
    ValueTask<MoneyReply> Capture(string id, Money amount, CancellationToken cancel = default);

    /// <summary>
    /// Tries again what failed. Repeatable by <paramref name="id"/>. Statuses: <see cref="MoneyStatus"/>.
    /// </summary>
    ValueTask<MoneyReply> Retry(string id, CancellationToken cancel = default);

    /// <summary>
    /// The payment once no call of a provider is under way; null when there is none. Waits as long as the caller does.
    /// </summary>
    ValueTask<PaymentDetails?> Outcome(CancellationToken cancel = default);

    /// <summary>What the provider told by itself. Repeatable.</summary>
    ValueTask<NoticeStatus> Note(ProviderNotice notice, CancellationToken cancel = default);
}

/// <summary>A buyer's credit account: <c>cluster.Account("acme").Open(...)</c>.</summary>
public interface IAccount
{
    /// <summary>Sets the credit limit. Repeatable. Statuses: <see cref="AccountStatus"/>.</summary>
    ValueTask<AccountReply> Open(AccountCommand.Open account, CancellationToken cancel = default);

    /// <summary>The account now; null when there is none.</summary>
    ValueTask<AccountDetails?> Get(CancellationToken cancel = default);

    /// <summary>
    /// The buyer paid so much of what he owes. Repeatable by <paramref name="id"/>. Statuses:
    /// <see cref="AccountStatus"/>.
    /// </summary>
    ValueTask<AccountReply> Pay(string id, Money amount, CancellationToken cancel = default);
}

/// <summary>How callers reach payments and accounts.</summary>
public static class PaymentsCalls
{
    /// <summary>The kind of a payment, whose key is its order's.</summary>
    public const string Kind = "payment";

    /// <summary>The kind of a credit account.</summary>
    public const string AccountKind = "account";

    extension(Seat seat)
    {
        /// <summary>The payment of an order of the seat's seller.</summary>
        public IPayment Payment(string order) => new PaymentCaller(seat, EntityId.Of(Kind, seat.Seller, order));

        /// <summary>A credit account of the seat's seller.</summary>
        public IAccount Account(string id) => new AccountCaller(seat, EntityId.Of(AccountKind, seat.Seller, id));
    }

    sealed class PaymentCaller(Seat seat, EntityId at) : IPayment
    {
        public async ValueTask<PaymentDetails?> Get(CancellationToken cancel) =>
            (await seat.Cluster.Ask(at, new PaymentCommand.Get(), seat.Origin, cancel)).Payment;

        public ValueTask<MoneyReply> Refund(string id, Money amount, string reason, CancellationToken cancel) =>
            seat.Cluster.Ask(at, new PaymentCommand.Refund(id, amount, reason), seat.Origin, cancel);

        public ValueTask<MoneyReply> Capture(string id, Money amount, CancellationToken cancel) =>
            seat.Cluster.Ask(at, new PaymentCommand.Capture(id, amount), seat.Origin, cancel);

        public ValueTask<MoneyReply> Retry(string id, CancellationToken cancel) =>
            seat.Cluster.Ask(at, new PaymentCommand.Retry(id), seat.Origin, cancel);

        public async ValueTask<PaymentDetails?> Outcome(CancellationToken cancel) =>
            (await seat.Cluster.Ask(at, new PaymentCommand.Outcome(), seat.Origin, cancel)).Payment;

        public async ValueTask<NoticeStatus> Note(ProviderNotice notice, CancellationToken cancel) =>
            (await seat.Cluster.Ask(at, new PaymentCommand.TakeNotice(notice), seat.Origin, cancel)).Status;
    }

    sealed class AccountCaller(Seat seat, EntityId at) : IAccount
    {
        public ValueTask<AccountReply> Open(AccountCommand.Open account, CancellationToken cancel) =>
            seat.Cluster.Ask(at, account, seat.Origin, cancel);

        public async ValueTask<AccountDetails?> Get(CancellationToken cancel) =>
            (await seat.Cluster.Ask(at, new AccountCommand.Get(), seat.Origin, cancel)).Account;

        public ValueTask<AccountReply> Pay(string id, Money amount, CancellationToken cancel) =>
            seat.Cluster.Ask(at, new AccountCommand.Pay(id, amount), seat.Origin, cancel);
    }
}
