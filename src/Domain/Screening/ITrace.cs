namespace Fulfillment.Screening;

/// <summary>
/// A trace as callers see it: <c>seat.Trace(new(TraceOf.Email, key)).Note("o-1", amount, "DE")</c>.
/// </summary>
public interface ITrace
{
    /// <summary>An order was seen. Repeatable by <paramref name="order"/>. Statuses: <see cref="NoteStatus"/>.
    /// </summary>
    ValueTask<TraceReply> Note(
        string order, Money? amount = null, string? country = null, CancellationToken cancel = default);

    /// <summary>A payment was declined. Repeatable by the order and the attempt's id.</summary>
    ValueTask<NoteReply> NoteDecline(string order, string id, CancellationToken cancel = default);

    /// <summary>An order turned out to be fraud. Repeatable.</summary>
    ValueTask<NoteReply> NoteFraud(string order, CancellationToken cancel = default);

    /// <summary>An order turned out to be good. Repeatable.</summary>
    ValueTask<NoteReply> NoteGood(string order, CancellationToken cancel = default);

    /// <summary>What would be told of such an order now; nothing is noted.</summary>
    ValueTask<TraceReply> Get(Money? amount = null, string? country = null, CancellationToken cancel = default);
}

/// <summary>How callers reach a trace.</summary>
public static class TraceCalls
{
    /// <summary>The kind of the entity.</summary>
    public const string Kind = "trace";

    extension(Seat seat)
    {
        /// <summary>A trace of the seat's seller.</summary>
        public ITrace Trace(TraceName name) => new Caller(seat, EntityId.Of(Kind, seat.Seller, name.ToString()));
    }

    sealed class Caller(Seat seat, EntityId at) : ITrace
    {
        public ValueTask<TraceReply> Note(string order, Money? amount, string? country, CancellationToken cancel) =>
            Ask(new TraceCommand.Note(order, amount, country), cancel);

        public ValueTask<NoteReply> NoteDecline(string order, string id, CancellationToken cancel) =>
            Ask(new TraceCommand.NoteDecline(order, id), cancel);

        public ValueTask<NoteReply> NoteFraud(string order, CancellationToken cancel) =>
            Ask(new TraceCommand.NoteFraud(order), cancel);

        public ValueTask<NoteReply> NoteGood(string order, CancellationToken cancel) =>
            Ask(new TraceCommand.NoteGood(order), cancel);

        public ValueTask<TraceReply> Get(Money? amount, string? country, CancellationToken cancel) =>
            Ask(new TraceCommand.Get(amount, country), cancel);

        ValueTask<T> Ask<T>(ICommand<T> command, CancellationToken cancel) =>
            seat.Cluster.Ask(at, command, seat.Origin, cancel);
    }
}
