using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using CsvHelper;
using Dapper;
using Fulfillment.Bench.Http;
using Fulfillment.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Fulfillment.Bench;

/// <summary>
/// Rows of a catalogue's CSV file that a server takes in a second, over HTTP, new ones and then the same again; its
/// working set meanwhile. The ceiling is the same file into one table of SQLite, a thousand rows a transaction.
/// </summary>
public static class CatalogueBench
{
    const int Rows = 100_000, PerTransaction = 1_000;
    const string Path = "/v1/catalogue/import";
    static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    /// <summary>On each store; every run into a place of its own.</summary>
    public static async IAsyncEnumerable<Figure> Measure(
        Settings settings, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var file = Encoding.UTF8.GetBytes(File());
        List<double> plain = [];
        for (var run = 0; run < settings.Runs; run++) plain.Add(Plain(file));
        foreach (var store in Place.Stores)
        {
            List<Taken> runs = [];
            for (var run = 0; run < settings.Runs; run++)
            {
                using var place = Place.On(store, "catalogue", out var missing);
                if (place is not null) runs.Add(await Import(place, file, settings, cancel));
                else if (run == 0) yield return missing!;
            }

            if (runs.Count == 0) continue;
            var note = string.Create(CultureInfo.InvariantCulture,
                $"{Rows:N0} rows, {file.Length >> 20} MB; the server grew to {runs.Max(r => r.Bytes) >> 20:N0} MB");
            yield return new("catalogue", store, "new rows/s", runs.Select(r => r.New).Median())
            {
                Ceiling = plain.Median(),
                Note = note,
                Good = runs.TrueForAll(r => r.Whole),
            };
            yield return new("catalogue", store, "unchanged rows/s", runs.Select(r => r.Again).Median())
            {
                Ceiling = plain.Median(),
                Good = runs.TrueForAll(r => r.Whole),
            };
        }
    }

    sealed record Taken(double New, double Again, long Bytes, bool Whole);

    static string File()
    {
        StringBuilder text = new();
        text.Append("sku,title,description,price.amount,price.currency,attributes.colour,product.grams,");
        text.Append("pack.each.eaches\n");
        for (var i = 0; i < Rows; i++)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"SKU-{i:000000},\"Article {i}, large\",\"It has \"\"everything\"\" that number {i} has\",");
            text.Append(CultureInfo.InvariantCulture, $"{i + 1},EUR,{(i % 3 == 0 ? "blue" : "red")},{i % 5_000},1\n");
        }

        return text.ToString();
    }

    static async Task<Taken> Import(Place place, byte[] file, Settings settings, CancellationToken cancel)
    {
        using var server = await Child.Product(place, settings, cancel);
        using HttpClient http = new() { BaseAddress = server.Address, Timeout = TimeSpan.FromMinutes(10) };
        using CancellationTokenSource done = new();
        var watching = Watch(server, done.Token);
        var (first, created) = await Send(http, file, cancel);
        var (again, unchanged) = await Send(http, file, cancel);
        await done.CancelAsync();
        return new(first, again, await watching,
            (long)created["created"]! == Rows && (long)unchanged["unchanged"]! == Rows);
    }

    static async Task<long> Watch(Child server, CancellationToken done)
    {
        long most = 0;
        while (!done.IsCancellationRequested)
        {
            most = Math.Max(most, server.WorkingSet);
            await Task.Delay(LookEvery, done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return most;
    }

    static async Task<(double RowsPerSecond, JsonNode Summary)> Send(
        HttpClient http, byte[] file, CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        using HttpRequestMessage request = new(HttpMethod.Post, Path) { Content = new ByteArrayContent(file) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        answer.EnsureSuccessStatusCode();
        using StreamReader lines = new(await answer.Content.ReadAsStreamAsync(cancel));
        var last = "";
        while (await lines.ReadLineAsync(cancel) is { } line) last = line;
        return (Rows / Stopwatch.GetElapsedTime(started).TotalSeconds, JsonNode.Parse(last)!["summary"]!);
    }

    static double Plain(byte[] file)
    {
        using TempFolder folder = new();
        using SqliteConnection db = new($"Data Source={System.IO.Path.Combine(folder.Path, "plain.db")};Pooling=False");
        db.Open();
        db.Execute("pragma journal_mode=wal; pragma synchronous=full; "
            + "create table skus(sku text primary key, title text, description text, price int, currency text, "
            + "colour text, grams int, eaches int) without rowid");
        var started = Stopwatch.GetTimestamp();
        using var reader = CsvReader.Create(file, new CsvReaderOptions { HasHeader = true });
        List<object> rows = new(PerTransaction);
        while (reader.Read())
        {
            rows.Add(new
            {
                s = reader.GetString(0),
                t = reader.GetString(1),
                d = reader.GetString(2),
                p = reader.Parse<long>(3),
                c = reader.GetString(4),
                a = reader.GetString(5),
                g = reader.Parse<int>(6),
                e = reader.Parse<int>(7),
            });
            if (rows.Count == PerTransaction) Insert(db, rows);
        }

        Insert(db, rows);
        return Rows / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    static void Insert(SqliteConnection db, List<object> rows)
    {
        using var transaction = db.BeginTransaction();
        db.Execute("insert into skus values(@s, @t, @d, @p, @c, @a, @g, @e)", rows, transaction);
        transaction.Commit();
        rows.Clear();
    }
}
