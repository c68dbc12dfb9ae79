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
