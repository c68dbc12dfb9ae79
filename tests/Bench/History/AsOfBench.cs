using System.Diagnostics;
using System.Runtime.CompilerServices;
using Fulfillment.Composition;
using Fulfillment.Views;

namespace Fulfillment.Bench.History;

/// <summary>
/// How long it takes to tell what a SKU's stock was at any moment, as known at any other, when it has a million
/// movements. The ceiling is one row read by its key from the same views.
/// </summary>
public static class AsOfBench
{
    const int Movements = 1_000_000, Reads = 2_000, Warm = 200, Page = 10_000, MostMilliseconds = 10;

    /// <summary>On SQLite, whose views take in a million movements in the time of a bench.</summary>
    public static async IAsyncEnumerable<Figure> Measure(
        Settings settings, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        await Task.Yield();
        using var place = Place.On("SQLite", "as-of", out _)!;
        Directory.CreateDirectory(place.Data.Folder);
        using var store = EmbeddedServer.Store(place.Data);
        store.Open();
        var written = Stopwatch.StartNew();
        FastJournal.Write(store, 1, Movements, cancel);
        Settings.Tell($"  {Movements} movements written in {written.Elapsed.TotalSeconds:0} s");
        using AllViews views = new(ViewDatabase.Sqlite(Path.Combine(place.Data.Folder, "views.db")), 0);
        for (long after = 0; store.Read(after, Page) is { Count: > 0 } page; after = page[^1].Position)
        {
            views.Apply([.. page.Select(FastJournal.Kinds.Read)]);
            views.Write();
            cancel.ThrowIfCancellationRequested();
        }

        Settings.Tell($"  in the views after {written.Elapsed.TotalSeconds:0} s");
        StockHistory history = new(store, FastJournal.Kinds, views.History);
        var sku = FastJournal.Sku(0);
        Random random = new(2);
        var row = Time(random, i => Ensure.That(views.Stock.Movement("default", sku.Name, $"m-{i}") is not null));
        var now = FastJournal.Start.AddSeconds(Movements);
        var asOf = Time(random, i => Ensure.That(history.At(sku, FastJournal.Start.AddSeconds(i), now) is not null));
        var known = Time(random, i => Ensure.That(
            history.At(sku, FastJournal.Start.AddSeconds(i - 86_400), FastJournal.Start.AddSeconds(i)) is not null));
        var pages = Time(random, i => Ensure.That(views.Stock.Movements(
            "default", sku.Name, FastJournal.Start.AddSeconds(i).ToUnixTimeMilliseconds(),
            now.ToUnixTimeMilliseconds(), null, 50).Items.Count > 0));
        yield return Figure("reads/s as known now", asOf, row);
        yield return Figure("reads/s as known a day later", known, row);
        yield return Figure("pages/s of movements", pages, row);
    }

    static Figure Figure(string what, double[] milliseconds, double[] ceiling) =>
        new("as-of", "SQLite", what, 1_000 / milliseconds.Average())
        {
            P50 = milliseconds.Percentile(0.5),
            P99 = milliseconds.Percentile(0.99),
            Ceiling = 1_000 / ceiling.Average(),
            Wanted = $"half in {MostMilliseconds} ms",
            Good = milliseconds.Percentile(0.5) <= MostMilliseconds,
            Note = $"{Movements:N0} movements of one SKU, one in a hundred told late; ceiling: one row by its key",
        };

    /// <summary>Milliseconds of each read, sorted.</summary>
    static double[] Time(Random random, Action<int> read)
    {
        List<double> taken = [];
        for (var i = -Warm; i < Reads; i++)
        {
            var at = random.Next(Movements);
            var started = Stopwatch.GetTimestamp();
            read(at);
            if (i >= 0) taken.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return [.. taken.Order()];
    }
}
