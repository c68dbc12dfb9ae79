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

    StoredSnapshot? SnapshotOf(SqliteDatabase db, EntityId entity, long row)
    {
        using var rows = db.Prepare(
            "select s.version, s.format, e.at, s.hash, s.state from snapshots s "
            + "join events e on e.entity = s.entity and e.version = s.version where s.entity = ?1").Bind(1, row);
        var whole = rows.Step() ? SnapshotOf(rows, entity, rows.Blob(4)) : null;
        return LargeSnapshotOf(db, entity, row, after: whole?.Version ?? 0) ?? whole;
    }

    /// <summary>The one in parts, if it is later and whole. One statement reads it: it is of one moment.</summary>
    StoredSnapshot? LargeSnapshotOf(SqliteDatabase db, EntityId entity, long row, long after)
    {
        if (!_hasParts) return null;
        using var rows = db.Prepare(
            "select s.version, s.format, e.at, s.hash, s.bytes, p.start, p.state from large_snapshots s "
            + "join events e on e.entity = s.entity and e.version = s.version "
            + "join snapshot_parts p on p.entity = s.entity and p.version = s.version and p.digest = s.digest "
            // The plus: else SQLite looks for parts of all later versions, and sorts them.
            + "where s.entity = ?1 and +s.version > ?2 order by p.start")
            .Bind(1, row).Bind(2, after);
        if (!rows.Step()) return null;
        var snapshot = SnapshotOf(rows, entity, []);
        return SnapshotPart.Join((int)rows.Long(4), PartsOf(rows)) is { } state
            ? snapshot with { State = state } : null;
    }

    static IEnumerable<(int, byte[])> PartsOf(SqliteStatement rows)
    {
        do yield return ((int)rows.Long(5), rows.Blob(6));
        while (rows.Step());
    }

    static StoredSnapshot SnapshotOf(SqliteStatement rows, EntityId entity, byte[] state) => new(
        entity, rows.Long(0), (int)rows.Long(1), DateTimeOffset.FromUnixTimeMilliseconds(rows.Long(2)), rows.Blob(3),
        state);

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
