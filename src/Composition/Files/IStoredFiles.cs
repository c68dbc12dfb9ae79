namespace Fulfillment.Composition;

/// <summary>
/// Files by what is in them: the name of one is the SHA-256 of its bytes, 64 lower-case hexadecimal digits, or for what
/// was made of it that and a suffix. A file never changes; what is kept is durable, and none is ever deleted. Each
/// seller sees his own.
/// </summary>
public interface IStoredFiles
{
    /// <summary>Keeps a file; false when it was there already.</summary>
    ValueTask<bool> Keep(string seller, string hash, ReadOnlyMemory<byte> bytes, CancellationToken cancel = default);

    /// <summary>Whether there is such a file.</summary>
    ValueTask<bool> Has(string seller, string hash, CancellationToken cancel = default);

    /// <summary>The file; null when there is none.</summary>
    ValueTask<byte[]?> Read(string seller, string hash, CancellationToken cancel = default);
}
