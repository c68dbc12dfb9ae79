namespace Fulfillment.Engine;

/// <summary>
/// Snapshots on their way to the store, in order. Each commit takes <paramref name="atOnce"/> bytes of them: the state
/// of a SKU in a flash sale has a hundred megabytes, and a commit that wrote them all would hold up every caller. A
/// large one is written in parts, and counts when the rest of it is written. For one thread at a time.
/// </summary>
sealed class SnapshotQueue(int atOnce)
{
    readonly Queue<(Activation Owner, StoredSnapshot Snapshot)> _waiting = new();
    int _parts, _written;

    /// <summary>The next commit need not wait for anything else.</summary>
    public bool IsUnderWay => _parts > 0;

    /// <summary>The last in the queue.</summary>
    public void Add(Activation owner, StoredSnapshot snapshot) => _waiting.Enqueue((owner, snapshot));

    /// <summary>Has the group write what comes next.</summary>
    public void Join(CommitGroup group)
    {
        var room = atOnce;
        while (room > 0 && _waiting.TryPeek(out var next))
        {
            var (owner, snapshot) = next;
            var rest = snapshot.State.AsMemory(_written);
            if (!owner.IsObsolete && rest.Length > atOnce)
            {
                group.SnapshotParts.Add((owner, new(snapshot.Version, snapshot.Format, _parts++, rest[..atOnce])));
                _written += atOnce;
                return;
            }

            if (!owner.IsObsolete)
                group.Snapshots.Add((owner, _parts == 0 ? snapshot
                    : snapshot with { State = rest.ToArray(), PartsBefore = _parts }));
            room -= rest.Length;
            Next();
        }
    }

    /// <summary>The group was not committed: what has a part in it, or has one before, is given up.</summary>
    public void Failed()
    {
        if (IsUnderWay) Next();
    }

    void Next()
    {
        _waiting.Dequeue();
        (_parts, _written) = (0, 0);
    }
}
