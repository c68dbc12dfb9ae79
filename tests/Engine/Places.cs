using Fulfillment.Engine;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Engine;

/// <summary>Where a journal is kept, for one test. Connecting again finds what is there.</summary>
public abstract class Place : IDisposable
{
    /// <summary>Why there is no such place here; null when there is.</summary>
    public virtual string? Missing => null;

    /// <summary>A journal at the place, not opened yet. Only one is open at a time.</summary>
    public abstract IJournalStore Connect();

    /// <summary>A journal that others write as well.</summary>
    public virtual IJournalStore Share() => throw new NotSupportedException();

    /// <inheritdoc/>
    public virtual void Dispose() => GC.SuppressFinalize(this);
}

/// <summary>In memory: a new process finds what the last one left only because it is the same object.</summary>
public sealed class MemoryPlace : Place
{
    readonly MemoryStore _store = new();

    public override IJournalStore Connect() => _store;

    public override IJournalStore Share() => _store;
}

/// <summary>A file of its own.</summary>
public sealed class SqlitePlace : Place
{
    readonly TempFolder _folder = new();

    public string File => Path.Combine(_folder.Path, "journal.db");

    public override IJournalStore Connect() => new SqliteStore(File);

    public override void Dispose()
    {
        _folder.Dispose();
        base.Dispose();
    }
}

/// <summary>A database of its own.</summary>
public sealed class PostgresPlace : Place
{
    readonly Lazy<string> _connection = new(PostgresServer.Instance.NewDatabase);

    public override string? Missing => PostgresServer.Instance.Missing;

    public string Connection => _connection.Value;

    public override IJournalStore Connect() => new PostgresStore(Connection);

    public override IJournalStore Share() => new PostgresStore(Connection, writer: "shared");
}
