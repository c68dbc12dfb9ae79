using Fulfillment.Composition;
using Fulfillment.Tests.Support;

namespace Fulfillment.Bench;

/// <summary>An empty place for data, on one of the stores; gone afterwards.</summary>
public sealed class Place : IDisposable
{
    /// <summary>The stores that a bench is run on.</summary>
    public static readonly string[] Stores = ["SQLite", "PostgreSQL"];

    readonly TempFolder _folder = new();

    Place(string store, string? postgres) => (Store, Data) = (store, new(_folder.Path, postgres));

    /// <summary>Which store.</summary>
    public string Store { get; }

    /// <summary>Where.</summary>
    public DataPlace Data { get; }

    /// <summary>A new place on the store; null, and a figure that says why, where the store is not to be had.</summary>
    public static Place? On(string store, string bench, out Figure? missing)
    {
        missing = null;
        if (store == "SQLite") return new(store, null);
        if (PostgresServer.Instance.Missing is not { } why) return new(store, PostgresServer.Instance.NewDatabase());
        missing = new(bench, store, "not measured", 0) { Note = why };
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
