using Fulfillment.Composition;
using Fulfillment.Shipping;

namespace Fulfillment.Tests.Client;

/// <summary>A safe of who keeps no papers: it knows what was noted, and nothing else.</summary>
sealed class NotesOnly(HashSet<string> begun) : ILabelSafe
{
    public ValueTask<bool> HasBegun(string seller, string key, CancellationToken cancel) => new(begun.Contains(key));

    public ValueTask<bool> Begin(string seller, string key, CancellationToken cancel) => new(begun.Add(key));

    public ValueTask TakeBack(string seller, string key, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask<ShipAddress?> Open(Personal<ShipAddress> to) => throw new NotSupportedException();

    public ValueTask<Personal<string>?> Seal(Personal<ShipAddress> beside, string name) =>
        throw new NotSupportedException();

    public ValueTask<StoredPaper?> Keep(
        string seller, Personal<ShipAddress> beside, ReadOnlyMemory<byte> paper, LabelFormat format,
        CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask<StoredPaper> KeepForm(
        string seller, string subject, ReadOnlyMemory<byte> paper, LabelFormat format, CancellationToken cancel) =>
        throw new NotSupportedException();
}
