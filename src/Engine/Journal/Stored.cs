namespace Fulfillment.Engine;

/// <summary>The journal says something that cannot be: a bug, a newer version's data, or damage.</summary>
public sealed class JournalException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The store cannot be used at all: no permission, no disk, a newer schema, another process on it.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A group was not committed. <c>Known</c>: certainly not; otherwise it may or may not have been.</summary>
public sealed class CommitException(bool known, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether it is certain that nothing was written.</summary>
    public bool Known { get; } = known;
}

/// <summary>An event as it is stored. <c>Sends</c>: what it caused to be sent, null for nothing.</summary>
public sealed record StoredEvent(
    long Position, EntityId Entity, long Version, string Type, DateTimeOffset At, Origin Origin, byte[] Hash,
    byte[] Payload, byte[]? Sends);

/// <summary>
/// A state as of a version, and the time and hash of the event that led to it. <c>Format</c>: the state's format.
/// </summary>
public sealed record StoredSnapshot(
    EntityId Entity, long Version, int Format, DateTimeOffset At, byte[] Hash, byte[] State);

/// <summary>
/// A part of a snapshot too large for one commit, <paramref name="Length"/> bytes from <paramref name="Start"/> on. The
/// snapshot counts from its last part on. Parts of states with one <paramref name="Digest"/> (SHA-256) fit together,
/// whoever cut them and however.
/// </summary>
public readonly record struct SnapshotPart(StoredSnapshot Of, byte[] Digest, int Start, int Length)
{
    /// <summary>The bytes of the part.</summary>
    public ReadOnlyMemory<byte> State => Of.State.AsMemory(Start, Length);

    /// <summary>Nothing of the snapshot comes after it.</summary>
    public bool IsLast => Start + Length == Of.State.Length;

    /// <summary>
    /// The state of that many bytes from its parts, which come by where they start; null when some of it is missing.
    /// </summary>
    public static byte[]? Join(int bytes, IEnumerable<(int Start, byte[] State)> parts)
    {
        var state = new byte[bytes];
        var filled = 0;
        foreach (var (start, part) in parts)
        {
            if (start > filled || start + part.Length > bytes) return null;
            part.CopyTo(state, start);
            filled = Math.Max(filled, start + part.Length);
        }

        return filled == bytes ? state : null;
    }
}

/// <summary>All there is of an entity: a snapshot (or null), and the events after it in order.</summary>
public sealed record Recovered(StoredSnapshot? Snapshot, IReadOnlyList<StoredEvent> Events)
{
    /// <summary>Of an entity without a history.</summary>
    public static Recovered Nothing { get; } = new(null, []);
}

/// <summary>
/// A send that its event's row no longer answers for: a timer, or one that did not go through at once.
/// </summary>
public readonly record struct Deferred(long Position, int Index, DateTimeOffset Due, int Attempts);

/// <summary>Keys of data subjects that were written in one commit and may not be filed yet.</summary>
public sealed record LoggedKeys(long Row, byte[] Keys);

/// <summary>
/// Where the store stands when it is opened: the last position, up to where all sends were answered, and, if that is
/// further, up to where all were but those to patient connectors.
/// </summary>
public sealed record StoreHead(long Position, long Watermark, long Front = 0);
