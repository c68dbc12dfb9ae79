using Npgsql;
using NpgsqlTypes;

namespace Fulfillment.Engine;

/// <summary>
/// The journal in a PostgreSQL database. A group is one batch of statements, so it is one round trip and one
/// transaction. Without a <paramref name="writer"/>'s name only one process may write, as the embedded engine needs.
/// </summary>
public sealed partial class PostgresStore(
    string connectionString, string? writer = null, string schema = "fulfillment") : IJournalStore
{
    // The journal's exclusive lock, together with a hash of the schema's name.
    const int LockClass = 0x0F0F_11;

    // A server has a hundred for all processes; whoever asks for more at once waits for his turn.
    const int MostConnections = 20;

    readonly NpgsqlDataSource _source = Source(connectionString, schema);
    readonly Lock _lock = new();

    NpgsqlConnection? _writer;
    PostgresLoader? _loader;
    string _largeSnapshots = PostgresSchema.NoLargeSnapshots;
    bool _logsKeys;

    /// <inheritdoc/>
    public StoreHead Open()
    {
        try
        {
            _logsKeys = writer is null;
            var connection = Begin();
            var stand = Enter(connection);
            _head = stand.Position;
            return stand;
        }
        catch (NpgsqlException e)
        {
            throw Unusable(e);
        }
    }

    /// <summary>
    /// Brings the tables to what this version knows, and writes nothing else. Throws
    /// <see cref="StoreUnavailableException"/>.
    /// </summary>
    public void Prepare()
    {
        try
        {
            using var connection = Connect();
        }
        catch (NpgsqlException e)
        {
            throw Unusable(e);
        }
    }

    /// <inheritdoc/>
    public long OpenToRead()
    {
        try
        {
            using var connection = _source.OpenConnection();
            if (!Exists(connection))
                throw new StoreUnavailableException($"The database has no journal in schema '{schema}'.");
            RefuseNewer(connection);
            if (HasLargeSnapshots(connection)) _largeSnapshots = "large_snapshots";
            return Number(connection, "select position from head");
        }
        catch (NpgsqlException e)
        {
            throw Unusable(e);
        }
    }

    /// <inheritdoc/>
    public ValueTask<(Recovered Recovered, long Row)> Load(EntityId entity) => new(Loader.Load(entity));

    /// <inheritdoc/>
    public IReadOnlyList<StoredEvent> Read(long after, int limit) => Query(
        $"{Columns} where e.position > $1 order by e.position limit $2", r => EventOf(r, EntityOf(r)), after, limit);

    /// <inheritdoc/>
    public IReadOnlyList<StoredEvent> ReadOwn(long after, int limit) => Query(
        $"{Columns} where e.position > $1 and e.writer = $3 order by e.position limit $2",
        r => EventOf(r, EntityOf(r)), after, limit, _id);

    /// <inheritdoc/>
    public IReadOnlyList<StoredEvent> ReadEntity(EntityId entity, long afterVersion, int limit) => Query(
        $"{Columns} where n.key = $1 and n.kind = $2 and e.version > $3 order by e.version limit $4",
        r => EventOf(r, entity), entity.Key, entity.Kind, afterVersion, limit);

    /// <inheritdoc/>
    public IReadOnlyList<(long Row, StoredEvent Event)> ReadByEntity(long row, long version, int limit) => Query(
        $"{Columns} where (e.entity, e.version) > ($1, $2) order by e.entity, e.version limit $3",
        r => (r.GetInt64(11), EventOf(r, EntityOf(r))), row, version, limit);

    /// <inheritdoc/>
    public IReadOnlyList<(EntityId Entity, long Row)> Entities(long after, int limit) => Query(
        "select kind, key, id from entities where id > $1 order by id limit $2",
        r => (new EntityId(r.GetString(0), r.GetString(1)), r.GetInt64(2)), after, limit);

    /// <inheritdoc/>
    public StoredEvent? At(long position) =>
        Query($"{Columns} where e.position = $1", r => EventOf(r, EntityOf(r)), position).SingleOrDefault();

    /// <inheritdoc/>
    public StoredSnapshot? Snapshot(EntityId entity)
    {
        var kept = Query(
            "select n.id, s.version, s.format, e.at, s.hash, s.state, s.bytes, s.digest from entities n join ("
            + "select entity, version, format, hash, state, 0 as bytes, null::bytea as digest from snapshots union all "
            + $"select entity, version, format, hash, null, bytes, digest from {_largeSnapshots} l) s "
            + "on s.entity = n.id join events e on e.entity = s.entity and e.version = s.version "
            + "where n.key = $1 and n.kind = $2 order by s.version desc, s.bytes",
            r => PostgresSnapshot.Of(r, entity, row: 0, version: 1, format: 2, at: 3, hash: 4, state: 5),
            entity.Key, entity.Kind);
        using var connection = _source.OpenConnection();
        return kept.Select(k => k.Read(connection)).FirstOrDefault(s => s is not null);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Deferred> DeferredUntil(DateTimeOffset until, int limit) => Query(
        "select position, idx, due, attempts from deferred where writer = $3 and due <= $1 "
        + "order by due, position, idx limit $2",
        DeferredOf, until.ToUnixTimeMilliseconds(), limit, _id);

    /// <inheritdoc/>
    public IReadOnlyList<Deferred> DeferredAfter(long position) =>
        Query("select position, idx, due, attempts from deferred where writer = $2 and position > $1",
            DeferredOf, position, _id);

    /// <inheritdoc/>
    public IReadOnlyList<LoggedKeys> KeyLog() => Query(
        "select id, keys from key_log order by id", r => new LoggedKeys(r.GetInt64(0), Bytes(r, 1)));

    /// <inheritdoc/>
    public ValueTask<byte[]?> Key(string subject) => new(Loader.Key(subject));

    /// <inheritdoc/>
    public IReadOnlyList<string> Subjects(string after, int limit) => Query(
        "select subject from subjects where subject > $1 order by subject limit $2", r => r.GetString(0), after, limit);

    /// <summary>
    /// The subject's key: <paramref name="key"/>, once it is durable, or the one that it has already.
    /// </summary>
    public ValueTask<byte[]> KeepKey(string subject, byte[] key) => new(Loader.KeepKey(subject, key));

    /// <inheritdoc/>
    public byte[] Setting(string name, Func<byte[]> make)
    {
        using (var add = _source.CreateCommand(
            "insert into settings(name, value) values($1, $2) on conflict do nothing"))
        {
            add.Parameters.AddWithValue(name);
            add.Parameters.AddWithValue(make());
            add.ExecuteNonQuery();
        }

        return Query("select value from settings where name = $1", r => Bytes(r, 0), name).Single();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _loader?.Dispose();
        _writer?.Dispose();
        _source.Dispose();
    }

    /// <summary>Who logs keys must not file them by the way; all others find them filed.</summary>
    PostgresLoader Loader
    {
        get { lock (_lock) return _loader ??= new(_source, filesKeys: !_logsKeys, _largeSnapshots); }
    }

    static NpgsqlDataSource Source(string connectionString, string schema)
    {
        try
        {
            NpgsqlConnectionStringBuilder builder = new(connectionString)
            {
                SearchPath = schema,
                ApplicationName = "fulfillment",
                MaxAutoPrepare = 32,
                IncludeErrorDetail = false,
            };
            if (builder.KeepAlive == 0) builder.KeepAlive = 10;
            builder.MaxPoolSize = Math.Min(builder.MaxPoolSize, MostConnections);
            return NpgsqlDataSource.Create(builder);
        }
        catch (ArgumentException e)
        {
            throw new StoreUnavailableException($"The PostgreSQL connection string cannot be read: {e.Message}", e);
        }
    }

    NpgsqlConnection Connect()
    {
        var connection = _source.OpenConnection();
        try
        {
            Prepare(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    void Prepare(NpgsqlConnection connection)
    {
        // One process at a time makes the schema.
        Run(connection, $"select pg_advisory_lock({LockClass}, 0)");
        try
        {
            if (!Exists(connection))
            {
                Run(connection, $"begin; create schema if not exists {schema}; set local search_path = {schema}; "
                    + PostgresSchema.Create
                    + $"insert into settings values('schema', '{PostgresSchema.Version}'); commit");
            }
            else if (SchemaOf(connection) is var found and < PostgresSchema.Version)
            {
                Run(connection, "begin; " + (found == 1 ? PostgresSchema.From1 : "") + PostgresSchema.From2
                    + $"update settings set value = '{PostgresSchema.Version}' where name = 'schema'; commit");
            }

            if (!HasLargeSnapshots(connection)) Run(connection, $"begin; {PostgresSchema.LargeSnapshots} commit");
        }
        finally
        {
            Run(connection, $"select pg_advisory_unlock({LockClass}, 0)");
        }

        RefuseNewer(connection);
        _largeSnapshots = "large_snapshots";
        Lock(connection);
    }

    bool Exists(NpgsqlConnection connection) => Number(
        connection, $"select count(*) from pg_tables where schemaname = '{schema}' and tablename = 'head'") > 0;

    bool HasLargeSnapshots(NpgsqlConnection connection) => Number(
        connection, $"select count(*) from pg_tables where schemaname = '{schema}' and tablename = 'large_snapshots'")
        > 0;

    static long SchemaOf(NpgsqlConnection connection) => Number(
        connection, "select convert_from(value, 'utf8')::bigint from settings where name = 'schema'");

    static void RefuseNewer(NpgsqlConnection connection)
    {
        var version = SchemaOf(connection);
        if (version <= PostgresSchema.Version) return;
        throw new StoreUnavailableException(
            $"The database has journal schema {version}; this version knows schemas up to {PostgresSchema.Version}. "
            + "Use a newer version.");
    }

    static StoreUnavailableException Unusable(NpgsqlException e) =>
        new($"The PostgreSQL database cannot be used: {e.Message}", e);

    List<T> Query<T>(string sql, Func<NpgsqlDataReader, T> read, params object[] arguments)
    {
        using var command = _source.CreateCommand(sql);
        foreach (var argument in arguments) command.Parameters.Add(new NpgsqlParameter { Value = argument });
        using var rows = command.ExecuteReader();
        List<T> found = [];
        while (rows.Read()) found.Add(read(rows));
        return found;
    }

    static void Run(NpgsqlConnection connection, string sql)
    {
        using NpgsqlCommand command = new(sql, connection);
        command.ExecuteNonQuery();
    }

    static long Number(NpgsqlConnection connection, string sql)
    {
        using NpgsqlCommand command = new(sql, connection);
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    internal static DateTimeOffset Time(NpgsqlDataReader rows, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(column));

    internal static byte[] Bytes(NpgsqlDataReader rows, int column) => rows.GetFieldValue<byte[]>(column);

    /// <summary>
    /// Columns from <paramref name="at"/> on: position, version, type, at, actor, cause, hash, payload, sends.
    /// </summary>
    internal static StoredEvent EventOf(NpgsqlDataReader r, EntityId entity, int at = 0) => new(
        r.GetInt64(at), entity, r.GetInt64(at + 1), r.GetString(at + 2), Time(r, at + 3),
        new(r.GetString(at + 4), r.GetString(at + 5)),
        Bytes(r, at + 6), Bytes(r, at + 7), r.IsDBNull(at + 8) ? null : Bytes(r, at + 8));

    static Deferred DeferredOf(NpgsqlDataReader r) => new(
        r.GetInt64(0), r.GetInt32(1), Time(r, 2), r.GetInt32(3));

    static EntityId EntityOf(NpgsqlDataReader r) => new(r.GetString(9), r.GetString(10));

    const string Columns =
        "select e.position, e.version, e.type, e.at, e.actor, e.cause, e.hash, e.payload, e.sends, n.kind, n.key, n.id "
        + "from events e join entities n on n.id = e.entity";
}
