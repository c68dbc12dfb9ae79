namespace Fulfillment.Composition;

/// <summary>
/// Files by what is in them: the name of one is the SHA-256 of its bytes, 64 lower-case hexadecimal digits, or for what
/// was made of it that and a suffix. A file never changes; what is kept is durable, and none is ever deleted. Beside
/// them are notes, whose names only one can have, and which are taken back. Each seller sees his own.
/// </summary>
public interface IStoredFiles
{
    /// <summary>Keeps a file; false when it was there already.</summary>
    ValueTask<bool> Keep(string seller, string hash, ReadOnlyMemory<byte> bytes, CancellationToken cancel = default);

    /// <summary>
    /// Leaves a note under a name, durably: true for exactly one of those who do it at once, false when it is there.
    /// </summary>
    ValueTask<bool> Claim(string seller, string name, ReadOnlyMemory<byte> bytes, CancellationToken cancel = default);

    /// <summary>Takes a note back; may be repeated.</summary>
    ValueTask Release(string seller, string name, CancellationToken cancel = default);

    /// <summary>Whether there is such a file or note.</summary>
    ValueTask<bool> Has(string seller, string hash, CancellationToken cancel = default);

    /// <summary>The file, to be read from its beginning and closed; null when there is none.</summary>
    ValueTask<StoredFile?> Open(string seller, string hash, CancellationToken cancel = default);
}

/// <summary>
/// A file as it is read. <c>Head</c>: its first bytes, at most <see cref="HeadBytes"/>; <c>Content</c> begins with them
/// too.
/// </summary>
public sealed record StoredFile(Stream Content, long Length, ReadOnlyMemory<byte> Head)
{
    /// <summary>Enough to tell formats by their signatures.</summary>
    public const int HeadBytes = 16;
}
