namespace Fulfillment.Screening;

/// <summary>A seller's fraud policy as callers see it: <c>seat.FraudPolicy().Get()</c>.</summary>
public interface IFraudPolicy
{
    /// <summary>Replaces the settings. Statuses: <see cref="SetPolicyStatus"/>. Repeatable.</summary>
    ValueTask<SetPolicyReply> Set(FraudSettings settings, long? ifRevision = null, CancellationToken cancel = default);

    /// <summary>The settings now.</summary>
    ValueTask<FraudPolicyReply> Get(CancellationToken cancel = default);

    /// <summary>What the policy makes of an order; nothing is written.</summary>
    ValueTask<Assessment> Assess(
        Signals signals, Traces traces, Money? amount = null, CancellationToken cancel = default);
}

/// <summary>How callers reach a fraud policy.</summary>
public static class FraudPolicyCalls
{
    /// <summary>The kind of the entity.</summary>
    public const string Kind = "fraud-policy";

    /// <summary>The name of a seller's policy: he has one.</summary>
    public const string Name = "default";

    extension(Seat seat)
    {
        /// <summary>The policy of the seat's seller.</summary>
        public IFraudPolicy FraudPolicy() => new Caller(seat, EntityId.Of(Kind, seat.Seller, Name));
    }

    sealed class Caller(Seat seat, EntityId at) : IFraudPolicy
    {
        public ValueTask<SetPolicyReply> Set(FraudSettings settings, long? ifRevision, CancellationToken cancel) =>
            seat.Cluster.Ask(at, new FraudPolicyCommand.Set(settings, ifRevision), seat.Origin, cancel);

        public ValueTask<FraudPolicyReply> Get(CancellationToken cancel) =>
            seat.Cluster.Ask(at, new FraudPolicyCommand.Get(), seat.Origin, cancel);

        public ValueTask<Assessment> Assess(
            Signals signals, Traces traces, Money? amount, CancellationToken cancel) =>
            seat.Cluster.Ask(at, new FraudPolicyCommand.Assess(signals, traces, amount), seat.Origin, cancel);
    }
}
