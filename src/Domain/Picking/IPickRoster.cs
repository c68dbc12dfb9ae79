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
    }
}
