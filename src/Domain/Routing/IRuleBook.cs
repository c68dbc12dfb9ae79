namespace Fulfillment.Routing;

/// <summary>A seller's routing rules as callers see them: <c>seat.RuleBook().Get()</c>.</summary>
public interface IRuleBook
{
    /// <summary>Proposes rules as a new version. Statuses: <see cref="RulesStatus"/>. Repeatable, as all.</summary>
    ValueTask<ChangeRulesReply> Propose(RuleBookCommand.Propose propose, CancellationToken cancel = default);

    /// <summary>Allows a version to be activated.</summary>
    ValueTask<ChangeRulesReply> Approve(RuleBookCommand.Approve approve, CancellationToken cancel = default);

    /// <summary>Decides against a version.</summary>
    ValueTask<ChangeRulesReply> Reject(RuleBookCommand.Reject reject, CancellationToken cancel = default);

    /// <summary>Orders go by a version, now or later.</summary>
    ValueTask<ChangeRulesReply> Activate(RuleBookCommand.Activate activate, CancellationToken cancel = default);

    /// <summary>Orders go by the version before.</summary>
    ValueTask<ChangeRulesReply> RollBack(RuleBookCommand.RollBack back, CancellationToken cancel = default);

    /// <summary>Tries a version beside the active one.</summary>
    ValueTask<ChangeRulesReply> TryBeside(RuleBookCommand.TryBeside shadow, CancellationToken cancel = default);

    /// <summary>What holds now.</summary>
    ValueTask<RuleBookReply> Get(CancellationToken cancel = default);

    /// <summary>A version with its rules.</summary>
    ValueTask<RulesReply> GetVersion(int version, CancellationToken cancel = default);
}

/// <summary>How callers reach routing rules.</summary>
public static class RuleBookCalls
{
    /// <summary>The kind of the entity.</summary>
    public const string Kind = "routing-rules";

    /// <summary>The name of a seller's rules: he has one book of them.</summary>
    public const string Name = "default";

    extension(Seat seat)
    {
        /// <summary>The routing rules of the seat's seller.</summary>
        public IRuleBook RuleBook() => new Caller(seat, EntityId.Of(Kind, seat.Seller, Name));
    }

    sealed class Caller(Seat seat, EntityId at) : IRuleBook
    {
        public ValueTask<ChangeRulesReply> Propose(RuleBookCommand.Propose propose, CancellationToken cancel) =>
            seat.Cluster.Ask(at, propose, seat.Origin, cancel);

        public ValueTask<ChangeRulesReply> Approve(RuleBookCommand.Approve approve, CancellationToken cancel) =>
            seat.Cluster.Ask(at, approve, seat.Origin, cancel);

        public ValueTask<ChangeRulesReply> Reject(RuleBookCommand.Reject reject, CancellationToken cancel) =>
            seat.Cluster.Ask(at, reject, seat.Origin, cancel);

        public ValueTask<ChangeRulesReply> Activate(RuleBookCommand.Activate activate, CancellationToken cancel) =>
            seat.Cluster.Ask(at, activate, seat.Origin, cancel);

        public ValueTask<ChangeRulesReply> RollBack(RuleBookCommand.RollBack back, CancellationToken cancel) =>
            seat.Cluster.Ask(at, back, seat.Origin, cancel);

        public ValueTask<ChangeRulesReply> TryBeside(RuleBookCommand.TryBeside shadow, CancellationToken cancel) =>
            seat.Cluster.Ask(at, shadow, seat.Origin, cancel);

        public ValueTask<RuleBookReply> Get(CancellationToken cancel) =>
            seat.Cluster.Ask(at, new RuleBookCommand.Get(), seat.Origin, cancel);

        public ValueTask<RulesReply> GetVersion(int version, CancellationToken cancel) =>
            seat.Cluster.Ask(at, new RuleBookCommand.GetVersion(version), seat.Origin, cancel);
    }
}
