namespace Fulfillment.Shipping;

/// <summary>A manifest as callers see it: <c>seat.Manifest("LEJ1-ups-1201").Get()</c>.</summary>
public interface IManifest
{
    /// <summary>Any change. Statuses: <see cref="DockStatus"/>. Repeatable, as all.</summary>
    ValueTask<DockReply> Change(ICommand<DockReply> change, CancellationToken cancel = default);

    /// <summary>The manifest as it stands.</summary>
    ValueTask<DockReply> Get(CancellationToken cancel = default);

    /// <summary>The manifest, once nobody who was asked still thinks about it, or takes long.</summary>
    ValueTask<DockReply> Settled(CancellationToken cancel = default);
}

/// <summary>How callers reach a manifest.</summary>
public static class ManifestCalls
{
    /// <summary>The kind of the entity.</summary>
    public const string Kind = "manifest";

    extension(Seat seat)
    {
        /// <summary>A manifest of the seat's seller.</summary>
        public IManifest Manifest(string manifest) => new Caller(seat, EntityId.Of(Kind, seat.Seller, manifest));
    }

    sealed class Caller(Seat seat, EntityId at) : IManifest
    {
        public ValueTask<DockReply> Change(ICommand<DockReply> change, CancellationToken cancel) =>
            seat.Cluster.Ask(at, change, seat.Origin, cancel);

        public ValueTask<DockReply> Get(CancellationToken cancel) =>
            seat.Cluster.Ask(at, new ManifestCommand.Get(), seat.Origin, cancel);

        public ValueTask<DockReply> Settled(CancellationToken cancel) =>
            seat.Cluster.Ask(at, new ManifestCommand.GetSettled(), seat.Origin, cancel);
    }
}
