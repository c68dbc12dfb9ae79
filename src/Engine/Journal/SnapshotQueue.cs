using System.Security.Cryptography;

namespace Fulfillment.Engine;

/// <summary>
/// Snapshots on their way to the store, in order. Each commit takes at most <paramref name="atOnce"/> bytes of them:
/// the state of a SKU in a flash sale has a hundred megabytes, and a commit that wrote them all would hold up every
/// caller. A larger one is written in parts. For one thread at a time.
/// </summary>
sealed class SnapshotQueue(int atOnce)
{
    const long MostWaiting = 256L << 20;

    readonly List<Waiting> _waiting = [];
    int _written;

    /// <summary>Nothing is left to be written.</summary>
    public bool IsEmpty => _waiting.Count == 0;

    /// <summary>What <see cref="Add"/> takes.</summary>
    public Waiting Prepare(Activation owner, StoredSnapshot snapshot) =>
        new(owner, snapshot, snapshot.State.Length <= atOnce ? [] : SHA256.HashData(snapshot.State));

    /// <summary>
    /// The last in the queue, in place of an earlier one of the entity; given up when more than
    /// <see cref="MostWaiting"/> bytes wait.
    /// </summary>
    public void Add(Waiting snapshot)
    {
        var begun = _written > 0 ? 1 : 0;
        for (var i = _waiting.Count - 1; i >= begun; i--)
            if (_waiting[i].Snapshot.Entity == snapshot.Snapshot.Entity) End(i, lost: false);
        _waiting.Add(snapshot);
        if (_waiting.Count > 1 && _waiting.Sum(w => (long)w.Snapshot.State.Length) > MostWaiting)
            End(_waiting.Count - 1, lost: false);
    }

    /// <summary>Has the group write what comes next.</summary>
    public void Join(CommitGroup group)
    {
        for (var room = atOnce; room > 0 && _waiting.Count > 0; End(0, lost: false))
        {
            var (owner, snapshot, digest) = _waiting[0];
            if (owner.IsObsolete) continue;
            var bytes = Math.Min(room, snapshot.State.Length - _written);
            room -= bytes;
            if (digest.Length == 0)
            {
                if (bytes < snapshot.State.Length) return;
                group.Snapshots.Add((owner, snapshot));
                continue;
            }

            SnapshotPart part = new(snapshot, digest, _written, bytes);
            group.SnapshotParts.Add((owner, part));
            _written += bytes;
            if (!part.IsLast) return;
        }
    }

    /// <summary>The group was not committed: the one of which parts may be missing now is given up.</summary>
    public void Failed(CommitGroup group)
    {
        if (_written > 0 && group.SnapshotParts.Count > 0) End(0, lost: true);
    }

    void End(int at, bool lost)
    {
        _waiting[at].Owner.EndSnapshot(lost);
        _waiting.RemoveAt(at);
        if (at == 0) _written = 0;
    }

    /// <summary>A snapshot that waits; <c>Digest</c>: of one that takes several commits, else empty.</summary>
    public readonly record struct Waiting(Activation Owner, StoredSnapshot Snapshot, byte[] Digest);
}
