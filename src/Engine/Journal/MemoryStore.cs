using System.Collections.Concurrent;

namespace Fulfillment.Engine;

/// <summary>
/// A journal in memory, for tests and the simulator. Keeps bytes, like the others, so that nothing passes unwritten.
/// </summary>
public sealed class MemoryStore : IJournalStore
{
    readonly Lock _lock = new();
    readonly List<StoredEvent> _events = [];
    readonly Dictionary<EntityId, (long Row, List<int> Indexes)> _entities = [];
    readonly List<EntityId> _rows = [];
    readonly Dictionary<EntityId, StoredSnapshot> _snapshots = [];
    readonly Dictionary<EntityId, List<SnapshotPart>> _parts = [];
    readonly Dictionary<(long Position, int Index), Deferred> _deferred = [];
    readonly Dictionary<string, byte[]> _keys = [];
    readonly SortedDictionary<long, byte[]> _keyLog = [];
    readonly ConcurrentDictionary<string, byte[]> _settings = new();
    long _watermark, _front;

    /// <summary>Accepts versions that are taken: a bug, for a test that must find it.</summary>
    public bool IgnoresFence { get; init; }

    /// <inheritdoc/>
    public StoreHead Open()
    {
        lock (_lock) return new(_events.Count, _watermark, _front);
    }

    /// <inheritdoc/>
    public long OpenToRead() => Open().Position;

    /// <inheritdoc/>
    public long SettledHead()
    {
        lock (_lock) return _events.Count;
    }

    /// <inheritdoc/>
    public void Commit(CommitGroup group, HashSet<int> refused)
    {
        lock (_lock)
        {
            HashSet<Activation> obsolete = [];
            for (var i = 0; i < group.Batches.Count; i++)
            {
                var batch = group.Batches[i];
                var isNew = !_entities.TryGetValue(batch.Owner.Id, out var entity);
                if (isNew) entity = (_rows.Count + 1, []);
                var free = IgnoresFence || entity.Indexes.Count == batch.FirstVersion - 1;
                if (obsolete.Contains(batch.Owner) || !free)
                {
                    obsolete.Add(batch.Owner);
                    refused.Add(i);
                    continue;
                }

                if (isNew && batch.Entries.Count > 0)
                {
                    _rows.Add(batch.Owner.Id);
                    _entities[batch.Owner.Id] = entity;
                }

                foreach (var entry in batch.Entries) Write(batch.Owner.Id, entity.Indexes, entry);
            }

            _watermark = group.Watermark ?? _watermark;
            _front = group.Front ?? _front;
            foreach (var row in group.Deferred) _deferred[(row.Position, row.Index)] = row;
            foreach (var row in group.Answered) _deferred.Remove((row.Position, row.Index));
            foreach (var (_, snapshot) in group.Snapshots) Keep(snapshot);
            foreach (var (_, part) in group.SnapshotParts) Keep(part);
            foreach (var (subject, key) in group.Keys) _keys.TryAdd(subject, key);
            if (group.LoggedKeys is { } logged) _keyLog[logged.Row] = logged.Keys;
            foreach (var row in _keyLog.Keys.TakeWhile(r => r <= group.LogFiledUpTo).ToList()) _keyLog.Remove(row);
        }
    }

    /// <inheritdoc/>
    public ValueTask<(Recovered Recovered, long Row)> Load(EntityId entity)
    {
        lock (_lock)
        {
            if (!_entities.TryGetValue(entity, out var known)) return new((Recovered.Nothing, 0));
            var snapshot = _snapshots.GetValueOrDefault(entity);
            List<StoredEvent> events = [.. known.Indexes.Skip((int)(snapshot?.Version ?? 0)).Select(i => _events[i])];
            return new((new Recovered(snapshot, events), known.Row));
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<StoredEvent> Read(long after, int limit)
    {
        lock (_lock)
        {
            var first = (int)Math.Clamp(after, 0, _events.Count);
            return _events.GetRange(first, Math.Min(limit, _events.Count - first));
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<StoredEvent> ReadEntity(EntityId entity, long afterVersion, int limit)
    {
        lock (_lock)
        {
            return _entities.TryGetValue(entity, out var known)
                ? [.. known.Indexes.Skip((int)afterVersion).Take(limit).Select(i => _events[i])] : [];
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<(long Row, StoredEvent Event)> ReadByEntity(long row, long version, int limit)
    {
        lock (_lock)
        {
            return
            [
                .. _rows.Skip((int)Math.Max(0, row - 1))
                    .SelectMany(id => _entities[id].Indexes.Select(i => (_entities[id].Row, _events[i])))
                    .Where(e => e.Row > row || e.Item2.Version > version).Take(limit),
            ];
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<(EntityId Entity, long Row)> Entities(long after, int limit)
    {
        lock (_lock) return [.. _rows.Skip((int)after).Take(limit).Select((id, i) => (id, after + i + 1))];
    }

    /// <inheritdoc/>
    public StoredEvent? At(long position)
    {
        lock (_lock) return position >= 1 && position <= _events.Count ? _events[(int)position - 1] : null;
    }

    /// <inheritdoc/>
    public StoredSnapshot? Snapshot(EntityId entity)
    {
        lock (_lock) return _snapshots.GetValueOrDefault(entity);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Deferred> DeferredUntil(DateTimeOffset until, int limit)
    {
        lock (_lock)
        {
            return [.. _deferred.Values.Where(d => d.Due <= until)
                .OrderBy(d => d.Due).ThenBy(d => d.Position).ThenBy(d => d.Index).Take(limit)];
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<Deferred> DeferredAfter(long position)
    {
        lock (_lock) return [.. _deferred.Values.Where(d => d.Position > position)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<LoggedKeys> KeyLog()
    {
        lock (_lock) return [.. _keyLog.Select(row => new LoggedKeys(row.Key, row.Value))];
    }

    /// <inheritdoc/>
    public ValueTask<byte[]?> Key(string subject)
    {
        lock (_lock) return new(_keys.GetValueOrDefault(subject));
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Subjects(string after, int limit)
    {
        lock (_lock)
        {
            return [.. _keys.Keys.Where(k => string.CompareOrdinal(k, after) > 0).Order(StringComparer.Ordinal)
                .Take(limit)];
        }
    }

    /// <inheritdoc/>
    public byte[] Setting(string name, Func<byte[]> make) => _settings.GetOrAdd(name, _ => make());

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    /// <summary>A snapshot counts only if the event it ends with was written.</summary>
    void Keep(StoredSnapshot snapshot)
    {
        var version = (int)snapshot.Version;
        if (version == 0 || !_entities.TryGetValue(snapshot.Entity, out var known)) return;
        if (known.Indexes.Count < version) return;
        if (!_events[known.Indexes[version - 1]].Hash.SequenceEqual(snapshot.Hash)) return;
        if (_snapshots.TryGetValue(snapshot.Entity, out var kept) && kept.Version > version) return;
        _snapshots[snapshot.Entity] = snapshot;
    }

    void Keep(SnapshotPart part)
    {
        var of = part.Of;
        if (!_parts.TryGetValue(of.Entity, out var parts)) _parts[of.Entity] = parts = [];
        parts.RemoveAll(p => p.Of.Version < _snapshots.GetValueOrDefault(of.Entity)?.Version);
        parts.Add(part);
        if (!part.IsLast) return;
        var fitting = parts.Where(p => p.Of.Version == of.Version && p.Digest.SequenceEqual(part.Digest))
            .OrderBy(p => p.Start).Select(p => (p.Start, p.State.ToArray()));
        if (SnapshotPart.Join(of.State.Length, fitting) is { } state) Keep(of with { State = state });
    }

    void Write(EntityId entity, List<int> indexes, JournalEntry entry)
    {
        entry.Position = _events.Count + 1;
        indexes.Add(_events.Count);
        _events.Add(new(
            entry.Position, entity, entry.Version, entry.Type, entry.At, entry.Origin, entry.Hash, entry.Payload,
            entry.SendsPayload));
        for (var i = 0; i < entry.Sends.Length; i++)
        {
            if (entry.Sends[i].Due is { } due) _deferred[(entry.Position, i)] = new(entry.Position, i, due, 0);
        }
    }
}
