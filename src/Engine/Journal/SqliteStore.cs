using System.Collections.Concurrent;
using Fulfillment.Storage;

namespace Fulfillment.Engine;

/// <summary>
/// The journal in one SQLite file: write-ahead log, <c>synchronous=FULL</c>, so that a commit survives the power going.
/// One connection writes, a few read. A checkpoint thread moves the log into the file, so that commits do not have to.
/// </summary>
public sealed class SqliteStore(string path) : IJournalStore
{
    const int Schema = 1;
    const long LogBytesBeforeCheckpoint = 16L << 20;
    const int PagesLeftToRestart = 1_000;

    readonly ConcurrentBag<SqliteDatabase> _readers = [];
    readonly ManualResetEventSlim _stop = new();
    SqliteDatabase? _writer;
    Thread? _checkpoints;
    long _position;
    volatile bool _mayRestart;

    /// <inheritdoc/>
    public StoreHead Open()
    {
        try
        {
            Connect();
        }
        catch (SqliteFailure e)
        {
            throw new StoreUnavailableException($"The journal {path} cannot be opened: {Meaning(e)}.", e);
        }

        _checkpoints = new(Checkpoints) { IsBackground = true, Name = "checkpoints" };
        _checkpoints.Start();
        return new(_position, _writer!.Number("select coalesce(max(watermark), 0) from outbox"));
    }

    /// <inheritdoc/>
    public long OpenToRead()
    {
        if (!File.Exists(path)) throw new StoreUnavailableException($"There is no journal {path}.");
        try
        {
            using var lease = Reader();
            var schema = lease.Database.Number("pragma user_version");
            if (schema != Schema) throw new StoreUnavailableException(SchemaTrouble(schema));
            return lease.Database.Number("select coalesce(max(position), 0) from events");
        }
        catch (SqliteFailure e)
        {
            throw new StoreUnavailableException($"The journal {path} cannot be read: {Meaning(e)}.", e);
        }
    }

    /// <inheritdoc/>
    public long SettledHead() => Guard(db => db.Number("select coalesce(max(position), 0) from events"));

    /// <inheritdoc/>
    public void Commit(CommitGroup group, HashSet<int> refused)
    {
        var start = _position;
        Guard(db =>
        {
            db.Execute("begin immediate");
            HashSet<Activation> obsolete = [];
            for (var i = 0; i < group.Batches.Count; i++)
            {
                var batch = group.Batches[i];
                if (!obsolete.Contains(batch.Owner) && Write(db, batch)) continue;
                obsolete.Add(batch.Owner);
                refused.Add(i);
            }

            foreach (var row in group.Deferred) Defer(db, row);
            foreach (var row in group.Answered)
                db.Prepare("delete from deferred where position = ?1 and idx = ?2").Bind(1, row.Position).Bind(2, row.Index).Run();
            foreach (var (owner, snapshot) in group.Snapshots) if (!obsolete.Contains(owner)) Keep(db, owner, snapshot);
            foreach (var (subject, key) in group.Keys)
                db.Prepare("insert or ignore into subjects(subject, key) values(?1, ?2)").Bind(1, subject).Bind(2, key).Run();
            if (group.Watermark is { } watermark)
                db.Prepare("insert or replace into outbox(writer, watermark) values(1, ?1)").Bind(1, watermark).Run();
            db.Execute("commit");
            return 0;
        }, () => _position = start);
        if (!_mayRestart) return;
        Checkpoint(_writer!, "restart");
        _mayRestart = false;
    }

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
    public ValueTask<byte[]?> Key(string subject)
    {
        using var lease = Reader();
        using var rows = lease.Database.Prepare("select key from subjects where subject = ?1").Bind(1, subject);
        return new(rows.Step() ? rows.Blob(0) : null);
    }

    /// <inheritdoc/>
    public byte[] Setting(string name, Func<byte[]> make)
    {
        using SqliteDatabase db = new(path, readOnly: false);
        db.Prepare("insert or ignore into settings(name, value) values(?1, ?2)").Bind(1, name).Bind(2, make()).Run();
        using var rows = db.Prepare("select value from settings where name = ?1").Bind(1, name);
        Ensure.That(rows.Step());
        return rows.Blob(0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Set();
        _checkpoints?.Join();
        while (_readers.TryTake(out var reader)) reader.Dispose();
        if (_writer is not null) Checkpoint(_writer, "truncate");
        _writer?.Dispose();
        _stop.Dispose();
    }

    void Connect()
    {
        _writer?.Dispose();
        _writer = null;
        SqliteDatabase db = new(path, readOnly: false);
        db.Execute("pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 0");
        db.Execute("pragma cache_size = -65536; pragma foreign_keys = off; pragma journal_size_limit = 16777216");
        var schema = db.Number("pragma user_version");
        if (schema > Schema)
        {
            db.Dispose();
            throw new StoreUnavailableException(SchemaTrouble(schema));
        }

        if (schema == 0) db.Execute($"begin; {Tables} pragma user_version = {Schema}; commit");
        _position = db.Number("select coalesce(max(position), 0) from events");
        _writer = db;
    }

    string SchemaTrouble(long schema) => schema == 0 ? $"{path} is not a journal." :
        $"The journal {path} has schema {schema}; this version knows schemas up to {Schema}. Use a newer version.";

    /// <summary>
    /// Runs a write. A full disk or a lock is a known failure: the transaction is rolled back. An I/O error is not: the
    /// connection is opened anew, and what was written shows then.
    /// </summary>
    T Guard<T>(Func<SqliteDatabase, T> write, Action? undo = null)
    {
        try
        {
            if (_writer is null) Connect();
        }
        catch (Exception e) when (e is SqliteFailure or StoreUnavailableException)
        {
            throw new CommitException(known: true, $"The journal cannot be opened: {e.Message}", e);
        }

        try
        {
            return write(_writer!);
        }
        catch (SqliteFailure e)
        {
            undo?.Invoke();
            var known = e.Code is Sqlite.Full or Sqlite.Busy or Sqlite.ReadOnlyError or Sqlite.TooBig
                && TryRollBack(_writer!);
            if (!known)
            {
                _writer!.Dispose();
                _writer = null;
            }

            throw new CommitException(known, $"The journal cannot be written: {Meaning(e)}", e);
        }
    }

    static bool TryRollBack(SqliteDatabase db)
    {
        try
        {
            if (!db.IsAutoCommit) db.Execute("rollback");
            return true;
        }
        catch (SqliteFailure)
        {
            return false;
        }
    }

    static string Meaning(SqliteFailure e) => e.Code switch
    {
        Sqlite.Full => "the disk is full",
        Sqlite.ReadOnlyError => "the file or folder is read-only",
        Sqlite.CantOpen => "the file or folder cannot be opened or created",
        Sqlite.Corrupt or Sqlite.NotADatabase => "the file is damaged or is not a journal",
        Sqlite.Busy => "another process uses it",
        Sqlite.IoError => "the disk reports an error",
        _ => e.Message,
    };

    bool Write(SqliteDatabase db, Batch batch)
    {
        var owner = batch.Owner;
        if (batch.Entries.Count == 0)
        {
            var row = owner.Row != 0 ? owner.Row : RowOf(db, owner.Id);
            using var last = db.Prepare("select coalesce(max(version), 0) from events where entity = ?1").Bind(1, row);
            return last.Step() && last.Long(0) == batch.FirstVersion - 1;
        }

        if (owner.Row == 0)
        {
            using var add = db.Prepare("insert into entities(kind, key) values(?1, ?2)").Bind(1, owner.Id.Kind).Bind(2, owner.Id.Key);
            if (!add.TryRun()) return false;
            owner.Row = db.LastRow;
        }

        var insert = db.Prepare(
            "insert into events(position, entity, version, type, at, actor, cause, hash, payload, sends) "
            + "values(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
        foreach (var entry in batch.Entries)
        {
            insert.Bind(1, _position + 1).Bind(2, owner.Row).Bind(3, entry.Version).Bind(4, entry.Type)
                .Bind(5, entry.At.ToUnixTimeMilliseconds()).Bind(6, entry.Origin.Actor).Bind(7, entry.Origin.Cause)
                .Bind(8, entry.Hash).Bind(9, entry.Payload).Bind(10, entry.SendsPayload);
            if (!insert.TryRun())
            {
                // The fence: the first version is taken, or none is.
                Ensure.That(entry.Version == batch.FirstVersion);
                return false;
            }

            entry.Position = ++_position;
            for (var i = 0; i < entry.Sends.Length; i++)
            {
                if (entry.Sends[i].Due is { } due) Defer(db, new(entry.Position, i, due, 0));
            }
        }

        return true;
    }

    static void Defer(SqliteDatabase db, Deferred row) =>
        db.Prepare("insert or replace into deferred(position, idx, due, attempts) values(?1, ?2, ?3, ?4)")
            .Bind(1, row.Position).Bind(2, row.Index).Bind(3, row.Due.ToUnixTimeMilliseconds()).Bind(4, row.Attempts).Run();

    static void Keep(SqliteDatabase db, Activation owner, StoredSnapshot snapshot) =>
        db.Prepare("insert or replace into snapshots(entity, version, format, hash, state) values(?1, ?2, ?3, ?4, ?5)")
            .Bind(1, owner.Row).Bind(2, snapshot.Version).Bind(3, snapshot.Format).Bind(4, snapshot.Hash)
            .Bind(5, snapshot.State).Run();

    static long RowOf(SqliteDatabase db, EntityId entity)
    {
        using var rows = db.Prepare("select id from entities where key = ?1 and kind = ?2").Bind(1, entity.Key).Bind(2, entity.Kind);
        return rows.Step() ? rows.Long(0) : 0;
    }

    static StoredSnapshot? SnapshotOf(SqliteDatabase db, EntityId entity, long row)
    {
        using var rows = db.Prepare("select version, format, hash, state from snapshots where entity = ?1").Bind(1, row);
        return rows.Step() ? new(entity, rows.Long(0), (int)rows.Long(1), rows.Blob(2), rows.Blob(3)) : null;
    }

    static List<StoredEvent> Events(SqliteDatabase db, EntityId entity, long row, long afterVersion, int limit)
    {
        using var rows = db.Prepare(
            "select position, version, type, at, actor, cause, hash, payload, sends from events "
            + "where entity = ?1 and version > ?2 order by version limit ?3").Bind(1, row).Bind(2, afterVersion).Bind(3, limit);
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

    /// <summary>
    /// Moves the log into the file while commits go on, again and again until little is left; that little the next
    /// commit moves, and begins the log anew. So the log stays small and no commit waits for long.
    /// </summary>
    void Checkpoints()
    {
        while (!_stop.Wait(100))
        {
            if (_mayRestart || LogBytes() < LogBytesBeforeCheckpoint) continue;
            try
            {
                using SqliteDatabase db = new(path, readOnly: false);
                var (left, before) = (Checkpoint(db, "passive"), long.MaxValue);
                while (left > PagesLeftToRestart && left < before && !_stop.IsSet)
                    (left, before) = (Checkpoint(db, "passive"), left);
                _mayRestart = true;
            }
            catch (SqliteFailure)
            {
                // The log stays as it is; the next round tries again, and commits tell what is wrong with the disk.
            }
        }
    }

    /// <summary>Runs a checkpoint and returns how many pages of the log it left.</summary>
    static long Checkpoint(SqliteDatabase db, string mode)
    {
        try
        {
            using var row = db.Prepare($"pragma wal_checkpoint({mode})");
            return row.Step() ? row.Long(1) - row.Long(2) : 0;
        }
        catch (SqliteFailure)
        {
            // A checkpoint only saves room and time; what is committed is in the log.
            return 0;
        }
    }

    long LogBytes() => new FileInfo(path + "-wal") is { Exists: true } log ? log.Length : 0;

    const string DeferredColumns = "select position, idx, due, attempts from deferred";

    const string Columns =
        "select e.position, e.version, e.type, e.at, e.actor, e.cause, e.hash, e.payload, e.sends, n.kind, n.key, n.id "
        + "from events e join entities n on n.id = e.entity";

    const string Tables =
        """
        create table entities(id integer primary key, kind text not null, key text not null, unique(key, kind));
        create table events(
            position integer primary key, entity integer not null, version integer not null, type text not null,
            at integer not null, actor text not null, cause text not null, hash blob not null, payload blob not null,
            sends blob, unique(entity, version));
        create table snapshots(
            entity integer primary key, version integer not null, format integer not null, hash blob not null,
            state blob not null);
        create table deferred(
            position integer not null, idx integer not null, due integer not null, attempts integer not null,
            primary key(position, idx)) without rowid;
        create index deferred_due on deferred(due, position, idx);
        create table outbox(writer integer primary key, watermark integer not null);
        create table subjects(subject text primary key, key blob not null) without rowid;
        create table settings(name text primary key, value blob not null) without rowid;
        """;
}
