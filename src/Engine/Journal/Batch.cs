namespace Fulfillment.Engine;

/// <summary>What became of a batch.</summary>
public enum AppendOutcome
{
    /// <summary>Not known yet.</summary>
    Pending,

    /// <summary>Durable.</summary>
    Committed,

    /// <summary>Another activation wrote these versions: this one is obsolete. Nothing was written.</summary>
    Refused,

    /// <summary>Nothing was written.</summary>
    Failed,

    /// <summary>It may or may not be durable.</summary>
    Unknown,
}

/// <summary>Who waits for a batch.</summary>
public interface IFollower
{
    /// <summary>The batch, and all before it, are settled; <paramref name="reply"/> is what was to be told.</summary>
    void Settled(AppendOutcome outcome, object reply);
}

/// <summary>One event on its way into the journal, with what it causes to be sent.</summary>
public sealed record JournalEntry(
    long Version, string Type, DateTimeOffset At, Origin Origin, byte[] Hash, byte[] Payload, object Event,
    Send[] Sends, byte[]? SendsPayload)
{
    /// <summary>The position in the journal; 0 until committed. Set once, by the store.</summary>
    public long Position { get; internal set; }
}

/// <summary>
/// The events of one entity that are written together, at the version it expects. Collects who waits for it: the
/// callers whose turns made it, and those whose turns only read what it made. One without events asks the journal
/// whether the entity is still at the version before <paramref name="firstVersion"/>.
/// </summary>
public sealed class Batch(Activation owner, long firstVersion, byte[] previousHash)
{
    readonly Lock _lock = new();
    List<JournalEntry>? _entries = new(1);
    List<(IFollower Follower, object Reply)>? _followers;

    /// <summary>Whose events these are.</summary>
    public Activation Owner { get; } = owner;

    /// <summary>The version of the first event.</summary>
    public long FirstVersion { get; } = firstVersion;

    /// <summary>The hash of the event before the first; empty for a new entity.</summary>
    public byte[] PreviousHash { get; } = previousHash;

    /// <summary>The events by version, until it is settled.</summary>
    public List<JournalEntry> Entries => _entries ?? [];

    /// <summary>It has no events, and nobody waits for it.</summary>
    public bool IsIdle => Entries.Count == 0 && _followers is null;

    /// <summary>What became of it.</summary>
    public AppendOutcome Outcome { get; private set; }

    /// <summary>Adds a follower; false when the batch is settled already.</summary>
    public bool TryFollow(IFollower follower, object reply)
    {
        lock (_lock)
        {
            if (Outcome != AppendOutcome.Pending) return false;
            (_followers ??= new(1)).Add((follower, reply));
            return true;
        }
    }

    /// <summary>Settles it: marks the owner obsolete unless it is durable, then tells who waits.</summary>
    public void Settle(AppendOutcome outcome)
    {
        if (outcome != AppendOutcome.Committed) Owner.MarkObsolete();
        List<(IFollower, object)>? followers;
        lock (_lock)
        {
            Outcome = outcome;
            followers = _followers;
        }

        // The entity may stay in memory for long; what it wrote need not.
        (_entries, _followers) = (null, null);
        if (followers is null) return;
        foreach (var (follower, reply) in followers) follower.Settled(outcome, reply);
    }

    internal void Add(JournalEntry entry) => Entries.Add(entry);

    internal void RemoveAfter(int count) => Entries.RemoveRange(count, Entries.Count - count);
}
