using Fulfillment.Shipping;

namespace Fulfillment.Composition;

/// <summary>What a desk notes of what it does outside, and whom it does it for.</summary>
public interface IDeskNotes
{
    /// <summary>
    /// Notes that something is about to be done, or is done: true for exactly one of those who do it, until it is taken
    /// back. Durable.
    /// </summary>
    ValueTask<bool> Begin(string seller, string key, CancellationToken cancel);

    /// <summary>Whether that was noted.</summary>
    ValueTask<bool> HasBegun(string seller, string key, CancellationToken cancel);

    /// <summary>Where it goes; null when the buyer was erased.</summary>
    ValueTask<ShipAddress?> Open(Personal<ShipAddress> to);
}
