using System.Data;
using Npgsql;

namespace Fulfillment.Engine;

/// <summary>
/// Reads entities (and keys of data subjects) in groups: whoever asked while the last query ran is in the next. A flash
/// sale activates ten thousand new orders a second; a query each would cost more than all the rest.
/// </summary>
sealed class PostgresLoader : IDisposable
{
    const int MaxGroup = 500;

    readonly NpgsqlDataSource _source;
    readonly Thread _thread;
    readonly object _lock = new();
    readonly Queue<Request> _queue = new();
    readonly string _entities;
    NpgsqlConnection? _connection;
    bool _stopping, _filesKeys;

    /// <summary>Over the journal, whose large snapshots are in <paramref name="largeSnapshots"/>.</summary>
    public PostgresLoader(NpgsqlDataSource source, bool filesKeys, string largeSnapshots)
    {
        (_source, _filesKeys, _entities) = (source, filesKeys, EntitiesWith(largeSnapshots));
        _thread = new(Run) { IsBackground = true, Name = "loads" };
        _thread.Start();
    }

    public Task<(Recovered, long)> Load(EntityId entity)
    {
        Request request = new(entity, null);
        Add(request);
        return request.Entity!.Task;
    }

    public Task<byte[]?> Key(string subject)
    {
        Request request = new(default, subject);
        Add(request);
        return request.Key!.Task;
    }

    public async Task<byte[]> KeepKey(string subject, byte[] key)
    {
        Request request = new(default, subject, key);
        Add(request);
        return (await request.Key!.Task)!;
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _stopping = true;
            Monitor.Pulse(_lock);
        }

        _thread.Join();
        _connection?.Dispose();
    }

    void Add(Request request)
    {
        lock (_lock)
        {
            if (_stopping)
            {
                request.Fail(new ObjectDisposedException(nameof(PostgresLoader)));
                return;
            }

            _queue.Enqueue(request);
            if (_queue.Count == 1) Monitor.Pulse(_lock);
        }
    }

    void Run()
    {
        List<Request> group = [];
        while (true)
        {
            group.Clear();
            lock (_lock)
            {
                while (_queue.Count == 0 && !_stopping) Monitor.Wait(_lock);
                if (_stopping) break;
                while (group.Count < MaxGroup && _queue.TryDequeue(out var request)) group.Add(request);
            }

            Answer(group);
        }

        lock (_lock)
        {
            foreach (var request in _queue) request.Fail(new ObjectDisposedException(nameof(PostgresLoader)));
            _queue.Clear();
        }
    }

    void Answer(List<Request> group)
    {
        try
        {
            // It may have broken while nothing was asked.
            if (_connection is { State: not ConnectionState.Open }) Disconnect();
            _connection ??= Connect();
            LoadEntities(group.FindAll(r => r.Entity is { Task.IsCompleted: false }), large: true);
            LoadKeys(group.FindAll(r => r.Key is { Task.IsCompleted: false }));
        }
        catch (Exception e) when (group.Count == 1 || PostgresStore.IsTrouble(e, _connection))
        {
            Disconnect();
            foreach (var request in group) request.Fail(e);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // One that cannot be read is not to keep the others from what they asked for.
            Disconnect();
            foreach (var request in group) Answer([request]);
        }
    }

    /// <summary>
    /// Every look-up is by a unique key, whatever the planner knows of tables that grow by the second.
    /// </summary>
    NpgsqlConnection Connect()
    {
        var connection = _source.OpenConnection();
        using NpgsqlCommand plan = new(
            "set enable_seqscan = off; set enable_bitmapscan = off; set enable_hashjoin = off; "
            + "set enable_mergejoin = off; "
            + "set jit = off",
            connection);
        plan.ExecuteNonQuery();
        return connection;
    }

    void Disconnect()
    {
        _connection?.Dispose();
        _connection = null;
    }

    void LoadEntities(List<Request> group, bool large)
    {
        if (group.Count == 0) return;
        using NpgsqlCommand command = new(_entities, _connection);
        command.Parameters.Add(new() { Value = group.Select(r => r.Id.Kind).ToArray() });
        command.Parameters.Add(new() { Value = group.Select(r => r.Id.Key).ToArray() });
        command.Parameters.Add(new() { Value = large });
        var found = new (long Row, PostgresSnapshot? Snapshot, List<StoredEvent> Events)[group.Count];
        using (var rows = command.ExecuteReader())
        {
            while (rows.Read())
            {
                var index = (int)rows.GetInt64(0) - 1;
                if (rows.GetInt32(2) != 0)
                    found[index].Events.Add(PostgresStore.EventOf(rows, group[index].Id, at: 3));
                else
                    found[index] = (rows.GetInt64(1), rows.IsDBNull(4) ? null : PostgresSnapshot.Of(
                        rows, group[index].Id, row: 1, version: 4, format: 12, at: 6, hash: 9, state: 13), []);
            }
        }

        List<Request> again = [];
        for (var i = 0; i < group.Count; i++)
        {
            var (row, kept, events) = found[i];
            var snapshot = kept?.Read(_connection!);
            if (kept is not null && snapshot is null) again.Add(group[i]);
            else group[i].Entity!.SetResult(row == 0 ? (Recovered.Nothing, 0) : (new(snapshot, events), row));
        }

        LoadEntities(again, large: false);
    }

    void LoadKeys(List<Request> group)
    {
        if (group.Count == 0) return;
        if (_filesKeys) FileKeys(_connection!);
        _filesKeys = false;
        var made = group.Where(r => r.Made is not null).DistinctBy(r => r.Subject).ToList();
        if (made.Count > 0) File(_connection!, made.ConvertAll(r => (r.Subject!, r.Made!)));

        using NpgsqlCommand command = new("select subject, key from subjects where subject = any($1)", _connection);
        command.Parameters.Add(new() { Value = group.Select(r => r.Subject!).Distinct().ToArray() });
        Dictionary<string, byte[]> found = [];
        using (var rows = command.ExecuteReader())
        {
            while (rows.Read()) found[rows.GetString(0)] = PostgresStore.Bytes(rows, 1);
        }

        foreach (var request in group) request.Key!.SetResult(found.GetValueOrDefault(request.Subject!));
    }

    /// <summary>
    /// Files what an embedded engine, that is no more, has logged: before anybody looks for a key, or keeps another one
    /// for the same subject. Only once: nobody logs while several processes write.
    /// </summary>
    static void FileKeys(NpgsqlConnection connection)
    {
        // Before schema 3 there was no log.
        using (NpgsqlCommand exists = new("select to_regclass('key_log') is null", connection))
            if ((bool)exists.ExecuteScalar()!) return;
        using var transaction = connection.BeginTransaction();
        List<long> rows = [];
        List<(string Subject, byte[] Key)> keys = [];
        using (NpgsqlCommand log = new("select id, keys from key_log order by id for update", connection))
        using (var read = log.ExecuteReader())
        {
            while (read.Read())
            {
                rows.Add(read.GetInt64(0));
                keys.AddRange(LoggedKey.Of(PostgresStore.Bytes(read, 1)).Select(k => (k.Subject, k.Key)));
            }
        }

        if (rows.Count == 0) return;
        File(connection, keys);
        using NpgsqlCommand forget = new("delete from key_log where id = any($1)", connection);
        forget.Parameters.Add(new() { Value = rows.ToArray() });
        forget.ExecuteNonQuery();
        transaction.Commit();
    }

    static void File(NpgsqlConnection connection, List<(string Subject, byte[] Key)> keys)
    {
        using NpgsqlCommand file = new(FilesKeys, connection);
        file.Parameters.Add(new() { Value = keys.Select(k => k.Subject).ToArray() });
        file.Parameters.Add(new() { Value = keys.Select(k => k.Key).ToArray() });
        file.ExecuteNonQuery();
    }

    /// <summary>Files the keys of subjects that have none.</summary>
    internal const string FilesKeys =
        "insert into subjects(subject, key) select * from unnest($1, $2) on conflict do nothing";

    // One statement, so that snapshot and events are of one moment. Part 0 is the entity and its snapshot. The event of
    // each snapshot is joined by itself: by the later of both, the server would look through all events of the entity.
    static string EntitiesWith(string largeSnapshots) =>
        $"""
        with want as materialized (
            select r.ord, n.id, coalesce(h.version, l.version) as version, coalesce(h.at, l.at) as at,
                coalesce(g.hash, s.hash) as hash, coalesce(g.format, s.format) as format,
                case when g.entity is null then s.state end as state, coalesce(g.bytes, 0) as bytes, g.digest
            from unnest($1, $2) with ordinality r(kind, key, ord)
            join entities n on n.key = r.key and n.kind = r.kind
            left join snapshots s on s.entity = n.id
            left join events l on l.entity = s.entity and l.version = s.version
            left join {largeSnapshots} g on $3 and g.entity = n.id and g.version > coalesce(s.version, 0)
            left join events h on h.entity = g.entity and h.version = g.version)
        select ord, id, 0 as part, 0::bigint as position, version, '' as type, at, '' as actor, '' as cause,
            hash, null::bytea as payload, null::bytea as sends, format, state, bytes, digest
        from want
        union all
        select w.ord, w.id, 1, e.position, e.version, e.type, e.at, e.actor, e.cause, e.hash, e.payload, e.sends,
            null, null, 0, null
        from want w join events e on e.entity = w.id and e.version > coalesce(w.version, 0)
        order by 1, 3, 5
        """;

    sealed class Request(EntityId id, string? subject, byte[]? made = null)
    {
        public byte[]? Made => made;

        public EntityId Id => id;

        public string? Subject => subject;

        public TaskCompletionSource<(Recovered, long)>? Entity { get; } =
            subject is null ? new(TaskCreationOptions.RunContinuationsAsynchronously) : null;

        public TaskCompletionSource<byte[]?>? Key { get; } =
            subject is null ? null : new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Fail(Exception e)
        {
            Entity?.TrySetException(e);
            Key?.TrySetException(e);
        }
    }
}
