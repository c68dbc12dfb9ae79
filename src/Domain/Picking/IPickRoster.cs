namespace Fulfillment.Picking;

/// <summary>Which pick list has which work of a node: <c>seat.PickRoster("LEJ1").Get()</c>.</summary>
public interface IPickRoster
{
    /// <summary>
    /// Releases lists, all or none. Statuses in the order tested: <see cref="RosterStatus"/>. Repeatable.
    /// </summary>
    ValueTask<RosterReply> Release(RosterCommand.Release lists, CancellationToken cancel = default);

    /// <summary>The lists that are not picked yet.</summary>
    ValueTask<RosterReply> Get(CancellationToken cancel = default);

    /// <summary>The same, once these lists are there.</summary>
    ValueTask<RosterReply> There(IEnumerable<string> lists, CancellationToken cancel = default);

    /// <summary>
    /// The lists that take units of these SKUs, and of <paramref name="lists"/> those that it does not have.
    /// </summary>
    ValueTask<RosterReply> Units(
        IEnumerable<string> skus, IEnumerable<string> lists, CancellationToken cancel = default);

    /// <summary>
    /// Units for some that were missing. Statuses in the order tested: <see cref="RosterStatus"/>. Repeatable.
    /// </summary>
    ValueTask<RosterReply> Promise(RosterCommand.Promise units, CancellationToken cancel = default);

    /// <summary>They are not taken. Repeatable.</summary>
    ValueTask<RosterReply> Withdraw(string id, string list, CancellationToken cancel = default);
}

/// <summary>How callers reach the roster of a node.</summary>
public static class PickRosterCalls
{
    /// <summary>The kind of the entity.</summary>
    public const string Kind = "pick-roster";

    extension(Seat seat)
    {
        /// <summary>The roster of a node, of the seat's seller.</summary>
        public IPickRoster PickRoster(string node) => new Caller(seat, EntityId.Of(Kind, seat.Seller, node));
    }

    sealed class Caller(Seat seat, EntityId at) : IPickRoster
    {
        public ValueTask<RosterReply> Release(RosterCommand.Release lists, CancellationToken cancel) =>
            seat.Cluster.Ask(at, lists, seat.Origin, cancel);

        public ValueTask<RosterReply> Get(CancellationToken cancel) =>
            seat.Cluster.Ask(at, new RosterCommand.Get(), seat.Origin, cancel);

        public ValueTask<RosterReply> There(IEnumerable<string> lists, CancellationToken cancel) =>
            seat.Cluster.Ask(at, new RosterCommand.GetThere([.. lists]), seat.Origin, cancel);

        public ValueTask<RosterReply> Units(
            IEnumerable<string> skus, IEnumerable<string> lists, CancellationToken cancel) => seat.Cluster.Ask(
            at, new RosterCommand.GetUnits([.. skus.Distinct()], [.. lists]), seat.Origin, cancel);

        public ValueTask<RosterReply> Promise(RosterCommand.Promise units, CancellationToken cancel) =>
            seat.Cluster.Ask(at, units, seat.Origin, cancel);

        public ValueTask<RosterReply> Withdraw(string id, string list, CancellationToken cancel) =>
            seat.Cluster.Ask(at, new RosterCommand.Withdraw(id, list), seat.Origin, cancel);
    }
}
