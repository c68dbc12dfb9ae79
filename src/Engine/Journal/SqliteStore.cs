using Fulfillment.Storage;

namespace Fulfillment.Engine;

/// <summary>
/// The journal in one SQLite file: write-ahead log, <c>synchronous=FULL</c>, so that a commit survives the power going.
/// One connection writes, a few read. A checkpoint thread moves the log into the file, so that commits do not have to.
/// </summary>
public sealed partial class SqliteStore(string path) : IJournalStore
{
    const int Schema = 2;

    SqliteDatabase? _writer;
    long _position;
    bool _hasParts;

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
        return new(
            _position, _writer!.Number("select coalesce(max(watermark), 0) from outbox"),
            _writer.Number("select coalesce(max(value), 0) from settings where name = 'front'"));
    }

    /// <inheritdoc/>
    public long OpenToRead()
    {
        if (!File.Exists(path)) throw new StoreUnavailableException($"There is no journal {path}.");
        try
        {
            using var lease = Reader();
            var schema = lease.Database.Number("pragma user_version");
            if (schema is 0 or > Schema) throw new StoreUnavailableException(SchemaTrouble(schema));
            _hasParts = lease.Database.Number("select count(*) from sqlite_master where name = 'large_snapshots'") > 0;
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
        try
        {
            Prepare(db);
        }
        catch
        {
            db.Dispose();
            throw;
        }

        _writer = db;
    }

    void Prepare(SqliteDatabase db)
    {
        db.Execute("pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 0");
        db.Execute("pragma cache_size = -16384; pragma foreign_keys = off; pragma journal_size_limit = 16777216");
        var schema = db.Number("pragma user_version");
        if (schema > Schema)
        {
            throw new StoreUnavailableException(SchemaTrouble(schema));
        }

        if (schema < Schema)
            db.Execute($"begin; {(schema == 0 ? Tables : "")} {KeyLogTable} pragma user_version = {Schema}; commit");
        db.Execute($"begin; {PartsTables} commit");
        _hasParts = true;
        _position = db.Number("select coalesce(max(position), 0) from events");
    }

    string SchemaTrouble(long schema) => schema == 0 ? $"{path} is not a journal."
        : $"The journal {path} has schema {schema}; this version knows schemas up to {Schema}. Use a newer version.";

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

    // Since schema 2.
    const string KeyLogTable = "create table key_log(id integer primary key, keys blob not null);";

    // Of states too large for one commit. They count when all their parts are there. An earlier version, which has not
    // got these tables, replays the events: it may write the same journal after this one.
    const string PartsTables =
        """
        create table if not exists large_snapshots(
            entity integer primary key, version integer not null, format integer not null, hash blob not null,
            bytes integer not null, digest blob not null);
        create table if not exists snapshot_parts(
            entity integer not null, version integer not null, digest blob not null, start integer not null,
            state blob not null, unique(entity, version, digest, start));
        """;
}
