using System.Runtime.InteropServices;
using System.Text;

namespace Fulfillment.Storage;

/// <summary>
/// A SQLite connection at the level of its C interface: statements are prepared once and bound by position, values are
/// laid out in one pinned buffer and not copied again. The commit path makes a hundred thousand inserts a second, where
/// a layer above costs more than the insert itself.
/// </summary>
sealed unsafe class SqliteDatabase : IDisposable
{
    readonly Dictionary<string, SqliteStatement> _statements = [];
    nint _handle;

    public SqliteDatabase(string path, bool readOnly)
    {
        SQLitePCL.Batteries_V2.Init();
        var flags = Sqlite.NoMutex | (readOnly ? Sqlite.ReadOnly : Sqlite.ReadWrite | Sqlite.Create);
        var code = Sqlite.Open(path, out _handle, flags, null);
        if (code != Sqlite.Ok)
        {
            SqliteFailure failure = new(code, Message());
            _ = Sqlite.Close(_handle);
            _handle = 0;
            throw failure;
        }

        _ = Sqlite.ExtendedCodes(_handle, 1);
        _ = Sqlite.BusyTimeout(_handle, 10_000);
    }

    /// <summary>Row id of the last insert.</summary>
    public long LastRow => Sqlite.LastInsertRow(_handle);

    /// <summary>Whether no transaction is open.</summary>
    public bool IsAutoCommit => Sqlite.GetAutoCommit(_handle) != 0;

    /// <summary>Runs statements that return nothing.</summary>
    public void Execute(string sql) => Check(Sqlite.Exec(_handle, sql, 0, 0, 0));

    /// <summary>The statement, prepared at its first use.</summary>
    public SqliteStatement Prepare(string sql)
    {
        if (_statements.TryGetValue(sql, out var known)) return known;
        Check(Sqlite.Prepare(_handle, sql, -1, out var statement, 0));
        return _statements[sql] = new(this, statement);
    }

    /// <summary>The only value of the only row, as a number.</summary>
    public long Number(string sql)
    {
        using var rows = Prepare(sql);
        return rows.Step() ? rows.Long(0) : 0;
    }

    public void Check(int code)
    {
        if (code is not (Sqlite.Ok or Sqlite.Done or Sqlite.Row)) throw new SqliteFailure(code, Message());
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values) statement.Finish();
        _statements.Clear();
        if (_handle != 0) _ = Sqlite.Close(_handle);
        _handle = 0;
    }

    string Message() => Marshal.PtrToStringUTF8(Sqlite.ErrorMessage(_handle)) ?? "";
}

/// <summary>A prepared statement; disposing of it makes it ready for the next use.</summary>
sealed unsafe class SqliteStatement(SqliteDatabase database, nint handle) : IDisposable
{
    const int Scratch = 16 << 10;

    // Bound values stay here, unmoved, until the statement has run.
    readonly byte[] _scratch = GC.AllocateUninitializedArray<byte>(Scratch, pinned: true);
    int _used;

    public SqliteStatement Bind(int index, long value)
    {
        database.Check(Sqlite.BindLong(handle, index, value));
        return this;
    }

    public SqliteStatement Bind(int index, string value)
    {
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (most > Scratch - _used)
        {
            var bytes = Encoding.UTF8.GetBytes(value);
            fixed (byte* copied = bytes)
                database.Check(Sqlite.BindText(handle, index, copied, bytes.Length, Sqlite.Copied));
            return this;
        }

        var count = Encoding.UTF8.GetBytes(value, _scratch.AsSpan(_used));
        database.Check(Sqlite.BindText(handle, index, At(_used), count, Sqlite.Kept));
        _used += count;
        return this;
    }

    public SqliteStatement Bind(int index, byte[]? value)
    {
        if (value is not null) return Bind(index, value.AsMemory());
        database.Check(Sqlite.BindNull(handle, index));
        return this;
    }

    public SqliteStatement Bind(int index, ReadOnlyMemory<byte> value)
    {
        if (value.Length > Scratch - _used)
        {
            fixed (byte* copied = value.Span)
                database.Check(Sqlite.BindBlob(handle, index, copied, value.Length, Sqlite.Copied));
        }
        else
        {
            value.Span.CopyTo(_scratch.AsSpan(_used));
            database.Check(Sqlite.BindBlob(handle, index, At(_used), value.Length, Sqlite.Kept));
            _used += value.Length;
        }

        return this;
    }

    /// <summary>Goes to the next row; false when there is none.</summary>
    public bool Step()
    {
        var code = Sqlite.Step(handle);
        database.Check(code);
        return code == Sqlite.Row;
    }

    /// <summary>Runs an insert; false when a unique key refuses it.</summary>
    public bool TryRun()
    {
        var code = Sqlite.Step(handle);
        Dispose();
        if ((code & 0xFF) == Sqlite.Constraint) return false;
        database.Check(code);
        return true;
    }

    /// <summary>Runs it, and makes it ready for the next use.</summary>
    public void Run()
    {
        var code = Sqlite.Step(handle);
        Dispose();
        database.Check(code);
    }

    public long Long(int column) => Sqlite.ColumnLong(handle, column);

    public string Text(int column) => Encoding.UTF8.GetString(Bytes(Sqlite.ColumnText(handle, column), column));

    public byte[] Blob(int column) => Bytes(Sqlite.ColumnBlob(handle, column), column).ToArray();

    public bool IsNull(int column) => Sqlite.ColumnType(handle, column) == Sqlite.Null;

    public void Dispose()
    {
        _ = Sqlite.Reset(handle);
        _used = 0;
    }

    public void Finish() => _ = Sqlite.Finalize(handle);

    byte* At(int offset) => (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_scratch, offset);

    ReadOnlySpan<byte> Bytes(byte* start, int column) => new(start, Sqlite.ColumnBytes(handle, column));
}

/// <summary>SQLite's answer to a statement, with its code.</summary>
sealed class SqliteFailure(int code, string message) : Exception($"{message} (SQLite {code})")
{
    public int Code { get; } = code & 0xFF;
}

/// <summary>The C interface (sqlite.org/c3ref), as far as it is used here.</summary>
static unsafe partial class Sqlite
{
    const string Library = "e_sqlite3";

    public const int Ok = 0, Busy = 5, ReadOnlyError = 8, IoError = 10, Corrupt = 11,
        Full = 13, CantOpen = 14, TooBig = 18,
        Constraint = 19, NotADatabase = 26, Row = 100, Done = 101, Null = 5;

    public const int ReadOnly = 1, ReadWrite = 2, Create = 4, NoMutex = 0x8000;

    /// <summary>What is bound stays where it is, or is copied.</summary>
    public const nint Kept = 0, Copied = -1;

    [LibraryImport(Library, EntryPoint = "sqlite3_open_v2", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, out nint database, int flags, string? vfs);

    [LibraryImport(Library, EntryPoint = "sqlite3_close_v2")]
    public static partial int Close(nint database);

    [LibraryImport(Library, EntryPoint = "sqlite3_errmsg")]
    public static partial nint ErrorMessage(nint database);

    [LibraryImport(Library, EntryPoint = "sqlite3_extended_result_codes")]
    public static partial int ExtendedCodes(nint database, int on);

    [LibraryImport(Library, EntryPoint = "sqlite3_busy_timeout")]
    public static partial int BusyTimeout(nint database, int milliseconds);

    [LibraryImport(Library, EntryPoint = "sqlite3_exec", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Exec(nint database, string sql, nint callback, nint argument, nint error);

    [LibraryImport(Library, EntryPoint = "sqlite3_prepare_v2", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Prepare(nint database, string sql, int bytes, out nint statement, nint tail);

    [LibraryImport(Library, EntryPoint = "sqlite3_last_insert_rowid"), SuppressGCTransition]
    public static partial long LastInsertRow(nint database);

    [LibraryImport(Library, EntryPoint = "sqlite3_get_autocommit"), SuppressGCTransition]
    public static partial int GetAutoCommit(nint database);

    [LibraryImport(Library, EntryPoint = "sqlite3_step")]
    public static partial int Step(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_reset")]
    public static partial int Reset(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_finalize")]
    public static partial int Finalize(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_int64"), SuppressGCTransition]
    public static partial int BindLong(nint statement, int index, long value);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_null"), SuppressGCTransition]
    public static partial int BindNull(nint statement, int index);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_text")]
    public static partial int BindText(nint statement, int index, byte* text, int bytes, nint owner);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_blob")]
    public static partial int BindBlob(nint statement, int index, byte* blob, int bytes, nint owner);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_int64"), SuppressGCTransition]
    public static partial long ColumnLong(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_text")]
    public static partial byte* ColumnText(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_blob")]
    public static partial byte* ColumnBlob(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_bytes"), SuppressGCTransition]
    public static partial int ColumnBytes(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_type"), SuppressGCTransition]
    public static partial int ColumnType(nint statement, int column);
}
