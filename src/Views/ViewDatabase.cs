using System.Data;
using System.Data.Common;
using Dapper;
using Fulfillment.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Fulfillment.Views;

/// <summary>
/// Where views are kept: a SQLite file, or a schema of a PostgreSQL database. Views can be made anew from the journal,
/// so their commits need not wait for the disk.
/// </summary>
public abstract class ViewDatabase : IDisposable
{
    /// <summary>In a SQLite file.</summary>
    public static ViewDatabase Sqlite(string path) => new SqliteViews(path);

    /// <summary>In a schema of a PostgreSQL database.</summary>
    public static ViewDatabase Postgres(string connectionString, string schema = "fulfillment_views") =>
        new PostgresViews(connectionString, schema);

    /// <summary>An open connection, to be disposed of by the caller.</summary>
    public abstract DbConnection Connect();

    /// <summary>Drops every table.</summary>
    public abstract void Clear();

    /// <summary>Rows of a query; parameters by name.</summary>
    public IReadOnlyList<T> Query<T>(string sql, object? parameters = null)
    {
        using var connection = Connect();
        return connection.Query<T>(sql, parameters).AsList();
    }

    /// <summary>That a column is among the values of a parameter, which is an array: what follows the column.</summary>
    internal abstract string Among(string parameter);

    /// <summary>
    /// Tables as this database makes them: rows in the order of the primary key where it can (<c>{clustered}</c>), and
    /// text that compares as bytes.
    /// </summary>
    internal abstract string Made(string tables);

    /// <summary>Begins to write; what is written is visible when the writer is committed.</summary>
    internal abstract SqlWriter Write();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes what is open.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    sealed class SqliteViews(string path) : ViewDatabase
    {
        readonly string _connectionString = new SqliteConnectionStringBuilder { DataSource = path }.ToString();
        SqliteDatabase? _writer;

        internal override string Made(string tables) =>
            tables.Replace("{clustered}", "without rowid", StringComparison.Ordinal);

        internal override string Among(string parameter) => $"in {parameter}";

        public override DbConnection Connect()
        {
            SqliteConnection connection = new(_connectionString);
            connection.Open();
            return connection;
        }

        public override void Clear()
        {
            // The file goes as a whole, for it may be damaged.
            SqliteConnection.ClearPool(new(_connectionString));
            foreach (var part in (ReadOnlySpan<string>)["", "-wal", "-shm"]) File.Delete(path + part);
        }

        internal override SqlWriter Write()
        {
            if (_writer is null)
            {
                _writer = new(path, readOnly: false);
                _writer.Execute("pragma journal_mode = wal; pragma synchronous = off; pragma cache_size = -65536");
            }

            return new SqliteWriter(_writer);
        }

        protected override void Dispose(bool disposing)
        {
            _writer?.Dispose();
            SqliteConnection.ClearPool(new(_connectionString));
            base.Dispose(disposing);
        }
    }

    sealed class PostgresViews(string connectionString, string schema) : ViewDatabase
    {
        readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString)
        {
            SearchPath = schema,
            ApplicationName = "fulfillment views",
            MaxAutoPrepare = 50,
            MaxPoolSize = 20,
            Options = "-c synchronous_commit=off -c jit=off",
        });

        bool _exists;

        internal override string Made(string tables) => tables
            .Replace("{clustered}", "", StringComparison.Ordinal)
            .Replace(" text,", " text collate \"C\",", StringComparison.Ordinal)
            .Replace(" text not null", " text collate \"C\" not null", StringComparison.Ordinal);

        internal override string Among(string parameter) => $"= any({parameter})";

        public override DbConnection Connect()
        {
            var connection = _source.OpenConnection();
            if (!_exists) connection.Execute($"create schema if not exists {schema}");
            _exists = true;
            return connection;
        }

        public override void Clear()
        {
            using var connection = Connect();
            connection.Execute($"drop schema {schema} cascade; create schema {schema}");
        }

        internal override SqlWriter Write() => new PostgresWriter(_source.OpenConnection());

        protected override void Dispose(bool disposing)
        {
            _source.Dispose();
            base.Dispose(disposing);
        }
    }
}

/// <summary>
/// Writes many small statements in one transaction. Arguments are <c>$1</c>, <c>$2</c> ... in the text,
/// in this order: SQLite takes these for names, and numbers them as they come.
/// </summary>
abstract class SqlWriter : IDisposable
{
    public abstract void Run(string sql, params ReadOnlySpan<Cell> arguments);

    /// <summary>Notes how far the views are; false when they are not where this process left them.</summary>
    public abstract bool Advance(long from, long to);

    public abstract void Commit();

    public abstract void Dispose();
}

/// <summary>A value for a column: text or a whole number, or neither for null.</summary>
readonly record struct Cell(string? Text, long? Number)
{
    /// <summary>As an object; null for null.</summary>
    public object? Value => Text is null ? Number : Text;

    public static implicit operator Cell(string? text) => new(text, null);

    public static implicit operator Cell(long? number) => new(null, number);

    public static implicit operator Cell(long number) => new(null, number);
}

sealed class SqliteWriter : SqlWriter
{
    readonly SqliteDatabase _database;
    SqliteStatement? _statement;
    string _sql = "";
    bool _committed;

    public SqliteWriter(SqliteDatabase database)
    {
        _database = database;
        _database.Execute("begin immediate");
    }

    public override void Run(string sql, params ReadOnlySpan<Cell> arguments)
    {
        // Mostly the one before, and looking it up means to hash half a page of text.
        if (_statement is null || !ReferenceEquals(sql, _sql)) _statement = _database.Prepare(_sql = sql);
        var statement = _statement;
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i].Text is { } text) statement.Bind(i + 1, text);
            else if (arguments[i].Number is { } number) statement.Bind(i + 1, number);
            else statement.Bind(i + 1, (byte[]?)null);
        }

        statement.Run();
    }

    public override bool Advance(long from, long to)
    {
        Run("update views set position = $1 where position = $2", to, from);
        return _database.Number("select changes()") == 1;
    }

    public override void Commit()
    {
        _database.Execute("commit");
        _committed = true;
    }

    public override void Dispose()
    {
        if (!_committed && !_database.IsAutoCommit) _database.Execute("rollback");
    }
}
