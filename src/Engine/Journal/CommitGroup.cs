namespace Fulfillment.Engine;

/// <summary>
/// What one commit writes: batches of many entities, and, in the same transaction, what the outbox, the snapshots and
/// the keys of personal data have to note. Timers of the batches are deferred sends, written with them.
/// </summary>
public sealed class CommitGroup
{
    /// <summary>Batches in the order they were submitted; several of one entity follow each other.</summary>
    public List<Batch> Batches { get; } = [];

    /// <summary>The position up to which every send was answered or is deferred; null when unchanged.</summary>
    public long? Watermark { get; set; }

    /// <summary>
    /// The position up to which every send was answered or is deferred, but for those to patient connectors; null when
    /// unchanged, or when it is the watermark.
    /// </summary>
    public long? Front { get; set; }

    /// <summary>Sends that did not go through at once, to be written or rewritten.</summary>
    public List<Deferred> Deferred { get; } = [];

    /// <summary>Deferred sends that were answered.</summary>
    public List<Deferred> Answered { get; } = [];

    /// <summary>States to be kept, replacing older ones.</summary>
    public List<(Activation Owner, StoredSnapshot Snapshot)> Snapshots { get; } = [];

    /// <summary>Parts of states too large for one commit.</summary>
    public List<(Activation Owner, SnapshotPart Part)> SnapshotParts { get; } = [];

    /// <summary>Keys of data subjects to be filed, unless the subject has one.</summary>
    public List<(string Subject, byte[] Key)> Keys { get; } = [];

    /// <summary>New keys to be logged, replacing what was logged in that row; null for none.</summary>
    public LoggedKeys? LoggedKeys { get; set; }

    /// <summary>The log's row up to which all keys are filed now, so that it can go; null when unchanged.</summary>
    public long? LogFiledUpTo { get; set; }

    /// <summary>Nothing to write.</summary>
    public bool IsEmpty => Batches.Count == 0 && Watermark is null && Front is null && Deferred.Count == 0
        && Answered.Count == 0 && Snapshots.Count == 0 && SnapshotParts.Count == 0 && Keys.Count == 0
        && LoggedKeys is null;
}
