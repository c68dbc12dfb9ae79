using System.Collections.Concurrent;
using Fulfillment.Storage;

namespace Fulfillment.Engine;

// Reading: each reader leases a connection of its own.
public sealed partial class SqliteStore
{
    const string DeferredColumns = "select position, idx, due, attempts from deferred";

    const string Columns =
        "select e.position, e.version, e.type, e.at, e.actor, e.cause, e.hash, e.payload, e.sends, n.kind, n.key, n.id "
        + "from events e join entities n on n.id = e.entity";

    readonly ConcurrentBag<SqliteDatabase> _readers = [];

    /// <inheritdoc/>
    public ValueTask<(Recovered Recovered, long Row)> Load(EntityId entity)
    {
        using var lease = Reader();
        var db = lease.Database;
        var row = RowOf(db, entity);
        if (row == 0) return new((Recovered.Nothing, 0));
        var snapshot = SnapshotOf(db, entity, row);
        var events = Events(db, entity, row, snapshot?.Version ?? 0, int.MaxValue);
        return new((new(snapshot, events), row));
    }

    /// <inheritdoc/>
    public IReadOnlyList<StoredEvent> Read(long after, int limit)
    {
        using var lease = Reader();
        using var rows = lease.Database.Prepare($"{Columns} where e.position > ?1 order by e.position limit ?2")
            .Bind(1, after).Bind(2, limit);
        return All(rows);
    }

    /// <inheritdoc/>
    public IReadOnlyList<StoredEvent> ReadEntity(EntityId entity, long afterVersion, int limit)
    {
        using var lease = Reader();
        var row = RowOf(lease.Database, entity);
        return row == 0 ? [] : Events(lease.Database, entity, row, afterVersion, limit);
    }

    /// <inheritdoc/>
    public IReadOnlyList<(long Row, StoredEvent Event)> ReadByEntity(long row, long version, int limit)
    {
        using var lease = Reader();
        using var rows = lease.Database.Prepare(
            $"{Columns} where (e.entity, e.version) > (?1, ?2) order by e.entity, e.version limit ?3")
            .Bind(1, row).Bind(2, version).Bind(3, limit);
        List<(long, StoredEvent)> events = [];
        while (rows.Step()) events.Add((rows.Long(11), EventOf(rows, new(rows.Text(9), rows.Text(10)))));
        return events;
    }

    /// <inheritdoc/>
    public IReadOnlyList<(EntityId Entity, long Row)> Entities(long after, int limit)
    {
        using var lease = Reader();
        using var rows = lease.Database.Prepare("select id, kind, key from entities where id > ?1 order by id limit ?2")
            .Bind(1, after).Bind(2, limit);
        List<(EntityId, long)> found = [];
        while (rows.Step()) found.Add((new(rows.Text(1), rows.Text(2)), rows.Long(0)));
        return found;
    }

    /// <inheritdoc/>
    public StoredEvent? At(long position)
    {
        using var lease = Reader();
        using var rows = lease.Database.Prepare($"{Columns} where e.position = ?1").Bind(1, position);
        return All(rows).SingleOrDefault();
    }

    /// <inheritdoc/>
    public StoredSnapshot? Snapshot(EntityId entity)
    {
        using var lease = Reader();
        var row = RowOf(lease.Database, entity);
        return row == 0 ? null : SnapshotOf(lease.Database, entity, row);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Deferred> DeferredUntil(DateTimeOffset until, int limit)
    {
        using var lease = Reader();
        using var rows = lease.Database.Prepare(
            $"{DeferredColumns} where due <= ?1 order by due, position, idx limit ?2")
            .Bind(1, until.ToUnixTimeMilliseconds()).Bind(2, limit);
        return DeferredOf(rows);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Deferred> DeferredAfter(long position)
    {
        using var lease = Reader();
        using var rows = lease.Database.Prepare($"{DeferredColumns} where position > ?1").Bind(1, position);
        return DeferredOf(rows);
    }

    static List<Deferred> DeferredOf(SqliteStatement rows)
    {
        List<Deferred> found = [];
        while (rows.Step())
        {
            var due = DateTimeOffset.FromUnixTimeMilliseconds(rows.Long(2));
            found.Add(new(rows.Long(0), (int)rows.Long(1), due, (int)rows.Long(3)));
        }

        return found;
    }

    /// <inheritdoc/>
    public IReadOnlyList<LoggedKeys> KeyLog()
    {
        using var lease = Reader();
        using var rows = lease.Database.Prepare("select id, keys from key_log order by id");
        List<LoggedKeys> log = [];
        while (rows.Step()) log.Add(new(rows.Long(0), rows.Blob(1)));
        return log;
    }

    /// <inheritdoc/>
    public ValueTask<byte[]?> Key(string subject)
    {
        using var lease = Reader();
        using var rows = lease.Database.Prepare("select key from subjects where subject = ?1").Bind(1, subject);
        return new(rows.Step() ? rows.Blob(0) : null);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Subjects(string after, int limit)
    {
        using var lease = Reader();
        using var rows = lease.Database.Prepare(
            "select subject from subjects where subject > ?1 order by subject limit ?2").Bind(1, after).Bind(2, limit);
        List<string> found = [];
        while (rows.Step()) found.Add(rows.Text(0));
        return found;
    }

    static long RowOf(SqliteDatabase db, EntityId entity)
    {
        using var rows = db.Prepare("select id from entities where key = ?1 and kind = ?2")
            .Bind(1, entity.Key).Bind(2, entity.Kind);
        return rows.Step() ? rows.Long(0) : 0;
    }

    /// <summary>Read with one statement, so that all parts are of one snapshot.</summary>
    StoredSnapshot? SnapshotOf(SqliteDatabase db, EntityId entity, long row)
    {
        // Before schema 3 there were no parts.
        var parts = _hasParts
            ? "snapshot_parts p on p.entity = s.entity and p.version = s.version and p.format = s.format "
                + "and p.part < s.parts"
            : "(select null as part, null as state) p on false";
        using var rows = db.Prepare(
            "select s.version, s.format, e.at, s.hash, s.state, p.state from snapshots s "
            + "join events e on e.entity = s.entity and e.version = s.version "
            + $"left join {parts} where s.entity = ?1 order by p.part").Bind(1, row);
        if (!rows.Step()) return null;
        var at = DateTimeOffset.FromUnixTimeMilliseconds(rows.Long(2));
        StoredSnapshot snapshot = new(entity, rows.Long(0), (int)rows.Long(1), at, rows.Blob(3), rows.Blob(4));
        if (rows.IsNull(5)) return snapshot;
        using MemoryStream state = new();
        do state.Write(rows.Blob(5));
        while (rows.Step());
        state.Write(snapshot.State);
        return snapshot with { State = state.ToArray() };
    }

    static List<StoredEvent> Events(SqliteDatabase db, EntityId entity, long row, long afterVersion, int limit)
    {
        using var rows = db.Prepare(
            "select position, version, type, at, actor, cause, hash, payload, sends from events "
            + "where entity = ?1 and version > ?2 order by version limit ?3")
            .Bind(1, row).Bind(2, afterVersion).Bind(3, limit);
        List<StoredEvent> events = [];
        while (rows.Step()) events.Add(EventOf(rows, entity));
        return events;
    }

    static List<StoredEvent> All(SqliteStatement rows)
    {
        List<StoredEvent> events = [];
        while (rows.Step()) events.Add(EventOf(rows, new(rows.Text(9), rows.Text(10))));
        return events;
    }

    static StoredEvent EventOf(SqliteStatement rows, EntityId entity) => new(
        rows.Long(0), entity, rows.Long(1), rows.Text(2), DateTimeOffset.FromUnixTimeMilliseconds(rows.Long(3)),
        new(rows.Text(4), rows.Text(5)), rows.Blob(6), rows.Blob(7), rows.IsNull(8) ? null : rows.Blob(8));

    Lease Reader()
    {
        if (_readers.TryTake(out var known)) return new(this, known);
        SqliteDatabase db = new(path, readOnly: false);
        db.Execute("pragma query_only = on; pragma cache_size = -8192");
        return new(this, db);
    }

    readonly struct Lease(SqliteStore store, SqliteDatabase database) : IDisposable
    {
        public SqliteDatabase Database { get; } = database;

        public void Dispose() => store._readers.Add(Database);
    }
}
