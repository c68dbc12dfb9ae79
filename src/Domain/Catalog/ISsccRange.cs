namespace Fulfillment.Catalog;

/// <summary>Numbers of a seller's carriers as callers see them: <c>seat.SsccRange().Issue("op-1")</c>.</summary>
public interface ISsccRange
{
    /// <summary>With what numbers begin from now on. Statuses: <see cref="SsccStatus"/>. Repeatable.</summary>
    ValueTask<SsccReply> UsePrefix(string extension, string prefix, CancellationToken cancel = default);

    /// <summary>
    /// A number that nobody had before; the same for the same id. Statuses: <see cref="SsccStatus"/>.
    /// </summary>
    ValueTask<SsccReply> Issue(string id, CancellationToken cancel = default);

    /// <summary>The prefix that is used.</summary>
    ValueTask<SsccReply> Get(CancellationToken cancel = default);
}

/// <summary>How callers reach the numbers of a seller.</summary>
public static class SsccRangeCalls
{
    /// <summary>The kind of the entity.</summary>
    public const string Kind = "sscc-range";

    const string Name = "all";

    extension(Seat seat)
    {
        /// <summary>The numbers of the seller.</summary>
        public ISsccRange SsccRange() => new Caller(seat, EntityId.Of(Kind, seat.Seller, Name));
    }

    sealed class Caller(Seat seat, EntityId at) : ISsccRange
    {
        public ValueTask<SsccReply> UsePrefix(string extension, string prefix, CancellationToken cancel) =>
            seat.Cluster.Ask(at, new SsccRangeCommand.UsePrefix(extension, prefix), seat.Origin, cancel);

        public ValueTask<SsccReply> Issue(string id, CancellationToken cancel) =>
            seat.Cluster.Ask(at, new SsccRangeCommand.Issue(id), seat.Origin, cancel);

        public ValueTask<SsccReply> Get(CancellationToken cancel) =>
            seat.Cluster.Ask(at, new SsccRangeCommand.Get(), seat.Origin, cancel);
    }
}
