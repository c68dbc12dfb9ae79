namespace Fulfillment.Views;

/// <summary>
/// One read model: its tables, and what an event means to them. Gathers changes, writes them together.
/// </summary>
interface IView
{
    /// <summary>
    /// The tables, as create statements separated by semicolons; the same for SQLite and PostgreSQL, but that
    /// <c>{clustered}</c> asks for rows in the order of the primary key where the database can.
    /// </summary>
    string Tables { get; }

    /// <summary>Takes in an event.</summary>
    void Apply(Fact fact);

    /// <summary>Writes what has changed since the last time.</summary>
    void Flush(SqlWriter writer);

    /// <summary>Forgets what is in hand: it was not written.</summary>
    void Forget();
}

/// <summary>
/// The rows that a view has in hand: changed ones until they are written, and the last <paramref name="most"/> or so,
/// for an order's events come close together. Each is written once per step, however many events touch it.
/// </summary>
sealed class Rows<TKey, TRow>(Func<TKey, TRow?> load, int most = 10_000)
    where TKey : notnull
    where TRow : class
{
    readonly Dictionary<TKey, TRow> _changed = [];
    Dictionary<TKey, TRow> _known = [], _older = [];

    /// <summary>The row, to be changed; null when there is none.</summary>
    public TRow? Change(TKey key)
    {
        if (!_known.TryGetValue(key, out var row))
        {
            if (!_older.TryGetValue(key, out row) && !_changed.TryGetValue(key, out row)) row = load(key);
            if (row is null) return null;
            _known[key] = row;
        }

        return _changed[key] = row;
    }

    /// <summary>A new row.</summary>
    public void Add(TKey key, TRow row) => _changed[key] = _known[key] = row;

    /// <summary>Writes the changed rows.</summary>
    public void Flush(Action<TKey, TRow> write)
    {
        foreach (var (key, row) in _changed) write(key, row);
        _changed.Clear();
        if (_known.Count <= most) return;
        (_older, _known) = (_known, _older);
        _known.Clear();
    }

    /// <summary>Forgets everything: what was in hand was not written.</summary>
    public void Forget()
    {
        _known.Clear();
        _older.Clear();
        _changed.Clear();
    }
}

/// <summary>A page of a list, and the cursor of the next one; null on the last.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
