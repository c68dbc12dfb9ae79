using Fulfillment.Engine;
using Fulfillment.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Fulfillment.Tests.Engine;

/// <summary>A journal in a file that a test may look into, and tamper with, while nobody has it open.</summary>
sealed class SqliteJournal : IDisposable
{
    readonly TempFolder _folder = new();

    /// <summary>Its folder.</summary>
    public string Folder => _folder.Path;

    /// <summary>The file.</summary>
    public string File => Path.Combine(Folder, "journal.db");

    /// <summary>The journal, not opened yet.</summary>
    public IJournalStore Connect() => new SqliteStore(File);

    /// <summary>Writes with a store that is closed again.</summary>
    public void Write(Action<IJournalStore> write)
    {
        using var store = Connect();
        store.Open();
        write(store);
    }

    /// <summary>Reads with a store that is closed again.</summary>
    public T Read<T>(Func<IJournalStore, T> read)
    {
        using var store = Connect();
        store.Open();
        return read(store);
    }

    /// <summary>Verifies it.</summary>
    public void AssertWhole(Kinds kinds) => Assert.Empty(Read(s => new Verifier(s, kinds).Run(s.SettledHead())).Flaws);

    /// <summary>Changes rows behind the journal's back; how many.</summary>
    public int Execute(string sql, params ReadOnlySpan<object> values)
    {
        using SqliteConnection connection = new($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++) command.Parameters.AddWithValue($"${i + 1}", values[i]);
        return command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
