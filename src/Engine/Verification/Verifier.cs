using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Fulfillment.Engine;

/// <summary>
/// Replays a whole journal, entity by entity, and proves that it is whole: positions without a gap, versions without a
/// gap, every event's hash, every invariant after every event, and every snapshot against the replay. Reads only, in
/// pages, so that it may run beside a server; what is written after it began is not looked at.
/// </summary>
/// <param name="store">The journal, opened at least to be read.</param>
/// <param name="kinds">The kinds of entities.</param>
public sealed class Verifier(IJournalStore store, Kinds kinds)
{
    /// <summary>Flaws reported; more are not looked for.</summary>
    public const int MaxFlaws = 100;

    const int PageSize = 2_000;

    readonly List<Flaw> _flaws = [];
    readonly ulong[] _stateHash = new ulong[4];
    long _upTo, _events, _entities, _snapshots;
    Activation? _entity;
    bool _spoiled;

    /// <summary>Sees every entity after its last event.</summary>
    public Action<Activation> Ended { get; init; } = _ => { };

    /// <summary>Sees how many events were replayed, page by page.</summary>
    public Action<long> Progress { get; init; } = _ => { };

    /// <summary>Verifies the events up to position <paramref name="upTo"/>.</summary>
    public Verified Run(long upTo, CancellationToken cancel = default)
    {
        Walk(0, long.MaxValue, upTo, cancel);
        if (_events != upTo && _flaws.Count < MaxFlaws) FindGap();
        return Seen;
    }

    /// <summary>
    /// Verifies a part: whole entities, from the one with the store's number <paramref name="row"/> on, until about
    /// <paramref name="events"/> events were replayed. Gaps between positions are not looked for.
    /// </summary>
    /// <returns>What was seen, and the number to go on from; null at the end.</returns>
    public (Verified Seen, long? Next) RunPart(long row, long events, long upTo, CancellationToken cancel = default)
    {
        var next = Walk(row, events, upTo, cancel);
        return (Seen, next);
    }

    Verified Seen => new(_upTo, _events, _entities, _snapshots, HashOfStates(), _flaws);

    long? Walk(long row, long most, long upTo, CancellationToken cancel)
    {
        using Encoder encoder = new();
        _upTo = upTo;
        var next = Page(row, 0);
        while (true)
        {
            var page = next.Result;
            if (page.Count == 0 || _flaws.Count >= MaxFlaws)
            {
                End();
                return page.Count == 0 ? null : row + 1;
            }

            next = Page(page[^1].Row, page[^1].Event.Version);
            foreach (var (number, stored) in page)
            {
                if (number != row && _events >= most)
                {
                    End();
                    return number;
                }

                row = number;
                if (stored.Position <= upTo) Take(stored, encoder);
            }

            Progress(_events);
            cancel.ThrowIfCancellationRequested();
        }
    }

    // The next page is read while this one is replayed.
    Task<IReadOnlyList<(long Row, StoredEvent Event)>> Page(long row, long version) =>
        Task.Run(() => store.ReadByEntity(row, version, PageSize));

    void Take(StoredEvent stored, Encoder encoder)
    {
        _events++;
        if (_entity?.Id != stored.Entity) Begin(stored);
        if (_entity is null || _spoiled) return;
        var flaw = Follow(_entity, stored, encoder);
        if (flaw is null) return;
        Report(flaw);
        _spoiled = true;
    }

    void Begin(StoredEvent stored)
    {
        End();
        _spoiled = false;
        _entities++;
        try
        {
            _entity = kinds.Of(stored.Entity).Open(stored.Entity, kinds);
        }
        catch (JournalException e)
        {
            Report(new(stored.Entity, stored.Version, stored.Position, "readable", e.Message));
        }
    }

    /// <summary>Applies the event; the flaw, if there is one.</summary>
    static Flaw? Follow(Activation entity, StoredEvent stored, Encoder encoder)
    {
        Flaw At(string rule, string what) => new(stored.Entity, stored.Version, stored.Position, rule, what);
        if (stored.Version != entity.Version + 1) return At("version", $"it follows version {entity.Version}");
        if (stored.At < entity.LastAt)
            return At("time", $"{stored.At:O} is before {entity.LastAt:O}, the event before it");
        var hash = encoder.Hash(
            entity.Head, stored.Entity, stored.Version, stored.Type, stored.At, stored.Origin, stored.Payload);
        if (!hash.AsSpan().SequenceEqual(stored.Hash))
            return At("hash", $"its content hashes to {Short(hash)}, the journal says {Short(stored.Hash)}");
        try
        {
            entity.Apply(stored);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever a rule throws at an event that cannot have happened.
            return At(e is JournalException or System.Text.Json.JsonException ? "readable" : "replay", e.Message);
        }

        return entity.Check(thoroughly: false) is { } wrong ? At("invariant", wrong) : null;
    }

    void End()
    {
        if (_entity is not { } entity) return;
        _entity = null;
        if (_spoiled) return;
        if (entity.Check() is { } wrong) Report(new(entity.Id, entity.Version, 0, "invariant", wrong));
        var state = entity.WriteState();
        CompareSnapshot(entity, state);
        AddUp(entity, state);
        Ended(entity);
    }

    /// <summary>Restores from the snapshot, applies what came after it, and compares with the replay.</summary>
    void CompareSnapshot(Activation entity, byte[] state)
    {
        if (store.Snapshot(entity.Id) is not { } snapshot || snapshot.Version > entity.Version) return;
        // One of another format is never used.
        if (snapshot.Format != entity.Kind.Format) return;
        _snapshots++;
        var restored = entity.Kind.Open(entity.Id, kinds);
        try
        {
            var later = store.ReadEntity(
                entity.Id, snapshot.Version, (int)Math.Min(int.MaxValue, entity.Version - snapshot.Version));
            restored.Restore(new(snapshot, later));
            if (restored.WriteState().AsSpan().SequenceEqual(state)
                && restored.Head.AsSpan().SequenceEqual(entity.Head)) return;
            Report(new(entity.Id, snapshot.Version, 0, "snapshot", "it is not what the events before it say"));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Report(new(entity.Id, snapshot.Version, 0, "snapshot", e.Message));
        }
    }

    void FindGap()
    {
        long expected = 1;
        while (true)
        {
            var page = store.Read(expected - 1, PageSize);
            foreach (var stored in page)
            {
                if (stored.Position != expected) break;
                expected++;
            }

            if (page.Count > 0 && page[^1].Position == expected - 1 && expected <= _upTo) continue;
            Report(new(
                new("journal", ""), 0, expected, "position",
                $"there is no event at it; the journal goes on to {_upTo}"));
            return;
        }
    }

    void AddUp(Activation entity, byte[] state)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(entity.Id.ToString()));
        hash.AppendData(entity.Head);
        hash.AppendData(state);
        var bytes = hash.GetHashAndReset();
        for (var i = 0; i < 4; i++) _stateHash[i] += BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(8 * i));
    }

    string HashOfStates() => string.Concat(_stateHash.Select(lane => lane.ToString("x16", null)));

    void Report(Flaw flaw)
    {
        if (_flaws.Count < MaxFlaws) _flaws.Add(flaw);
    }

    static string Short(byte[] hash) => Convert.ToHexStringLower(hash)[..Math.Min(16, 2 * hash.Length)];
}
