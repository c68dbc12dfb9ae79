using System.Collections.Immutable;

namespace Fulfillment.Intake;

/// <summary>A quarantined message as callers see it.</summary>
public interface IQuarantined
{
    /// <summary>Keeps a message that could not be taken in. Repeatable.</summary>
    ValueTask Put(
        string source, Personal<Received> text, ImmutableArray<Defect> defects, CancellationToken cancel = default);

    /// <summary>A corrected version was taken in.</summary>
    ValueTask<CloseQuarantineReply> Replay(string result, CancellationToken cancel = default);

    /// <summary>It is not wanted.</summary>
    ValueTask<CloseQuarantineReply> Discard(string reason, CancellationToken cancel = default);

    /// <summary>It, with the reasons.</summary>
    ValueTask<QuarantineReply> Get(CancellationToken cancel = default);
}

/// <summary>How callers reach what guards the intake.</summary>
public static class IntakeCalls
{
    /// <summary>The kind of an idempotency key.</summary>
    public const string RequestKind = "request";

    /// <summary>The kind of a quarantined message.</summary>
    public const string QuarantineKind = "quarantine";

    extension(Seat seat)
    {
        /// <summary>Binds an idempotency key to a request.</summary>
        public async ValueTask<ClaimKeyStatus> ClaimKey(string key, string content, CancellationToken cancel = default)
        {
            var at = EntityId.Of(RequestKind, seat.Seller, key);
            return (await seat.Cluster.Ask(at, new RequestCommand.Claim(content), seat.Origin, cancel)).Status;
        }

        /// <summary>A quarantined message.</summary>
        public IQuarantined Quarantined(string id) => new Caller(seat, EntityId.Of(QuarantineKind, seat.Seller, id));
    }

    sealed class Caller(Seat seat, EntityId at) : IQuarantined
    {
        public async ValueTask Put(
            string source, Personal<Received> text, ImmutableArray<Defect> defects, CancellationToken cancel) =>
            await Ask(new QuarantineCommand.Put(source, text, defects), cancel);

        public ValueTask<CloseQuarantineReply> Replay(string result, CancellationToken cancel) =>
            Ask(new QuarantineCommand.Replay(result), cancel);

        public ValueTask<CloseQuarantineReply> Discard(string reason, CancellationToken cancel) =>
            Ask(new QuarantineCommand.Discard(reason), cancel);

        public ValueTask<QuarantineReply> Get(CancellationToken cancel) => Ask(new QuarantineCommand.Get(), cancel);

        ValueTask<T> Ask<T>(ICommand<T> command, CancellationToken cancel) =>
            seat.Cluster.Ask(at, command, seat.Origin, cancel);
    }
}
