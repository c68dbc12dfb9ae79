using Npgsql;

namespace Fulfillment.Views;

/// <summary>
/// Writes to PostgreSQL. Rows for one insert statement after another go there as one statement with an array for each
/// column, which costs a fraction of as many statements; the others as they are, many to a round trip.
/// </summary>
sealed class PostgresWriter(NpgsqlConnection connection) : SqlWriter
{
    const int RowsAtOnce = 1_000, StatementsAtOnce = 100;

    readonly NpgsqlTransaction _transaction = connection.BeginTransaction();
    readonly List<object?[]> _rows = [];
    NpgsqlBatch _batch = new(connection);
    string _sql = "";

    public override void Run(string sql, params ReadOnlySpan<Cell> arguments)
    {
        if (sql != _sql || _rows.Count >= RowsAtOnce) Gather();
        _sql = sql;
        var row = new object?[arguments.Length];
        for (var i = 0; i < row.Length; i++) row[i] = arguments[i].Value;
        _rows.Add(row);
    }

    public override bool Advance(long from, long to)
    {
        Gather();
        if (_batch.BatchCommands.Count > 0) Flush();
        using NpgsqlCommand advance = new("update views set position = $1 where position = $2", connection);
        advance.Parameters.Add(new() { Value = to });
        advance.Parameters.Add(new() { Value = from });
        return advance.ExecuteNonQuery() == 1;
    }

    public override void Commit() => _transaction.Commit();

    public override void Dispose()
    {
        _batch.Dispose();
        _transaction.Dispose();
        connection.Dispose();
    }

    void Gather()
    {
        // An insert whose row is made of arguments alone can take many.
        var row = $"values({Numbered("$", _rows.Count == 0 ? 0 : _rows[0].Length)})";
        if (_rows.Count > 1 && _sql.StartsWith("insert ", StringComparison.Ordinal)
            && _sql.IndexOf(row, StringComparison.Ordinal) is > 0 and var at)
            Add(Unnest(_sql[..at], _sql[(at + row.Length)..]));
        else
            foreach (var values in _rows) Add(Command(_sql, values.Select(v => v ?? DBNull.Value)));
        _rows.Clear();
    }

    void Add(NpgsqlBatchCommand command)
    {
        _batch.BatchCommands.Add(command);
        if (_batch.BatchCommands.Count >= StatementsAtOnce) Flush();
    }

    NpgsqlBatchCommand Unnest(string into, string then)
    {
        List<object> arrays = [];
        List<string> selected = [];
        for (var column = 0; column < _rows[0].Length; column++)
        {
            // A column of nothing but nulls has no type; the table knows it.
            var array = Column(column);
            selected.Add(array is null ? "null" : $"c{arrays.Count + 1}");
            if (array is not null) arrays.Add(array);
        }

        return Command(
            $"{into}select {string.Join(", ", selected)} "
            + $"from unnest({Numbered("$", arrays.Count)}) r({Numbered("c", arrays.Count)}){then}",
            arrays);
    }

    static string Numbered(string prefix, int count) =>
        string.Join(", ", Enumerable.Range(1, count).Select(i => $"{prefix}{i}"));

    Array? Column(int column) => _rows.Select(r => r[column]).FirstOrDefault(v => v is not null) switch
    {
        null => null,
        string => Array.ConvertAll([.. _rows], r => (string?)r[column]),
        long => Array.ConvertAll([.. _rows], r => (long?)r[column]),
        var other => throw new NotSupportedException($"A view cannot store {other.GetType().Name}."),
    };

    static NpgsqlBatchCommand Command(string sql, IEnumerable<object> arguments)
    {
        NpgsqlBatchCommand command = new(sql);
        foreach (var argument in arguments) command.Parameters.Add(new() { Value = argument });
        return command;
    }

    void Flush()
    {
        _batch.ExecuteNonQuery();
        _batch.Dispose();
        _batch = new(connection);
    }
}
