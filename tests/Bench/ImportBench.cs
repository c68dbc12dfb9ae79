using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Fulfillment.Bench.Http;

namespace Fulfillment.Bench;

/// <summary>Lines of a made-up order history that the import applies in a second, in a process of its own.</summary>
public static class ImportBench
{
    const int Lines = 100_000;

    /// <summary>On each store; every run into a place of its own.</summary>
    public static async IAsyncEnumerable<Figure> Measure(
        Settings settings, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        foreach (var store in Place.Stores)
        {
            List<JsonNode> runs = [];
            for (var run = 0; run < settings.Runs; run++)
            {
                using var place = Place.On(store, "import", out var missing);
                if (place is not null) runs.Add(await Import(place, cancel));
                else if (run == 0) yield return missing!;
            }

            if (runs.Count > 0) yield return Of(store, runs);
        }
    }

    static Figure Of(string store, List<JsonNode> runs) =>
        new("import", store, "lines/s", runs.Select(r => (double)r["linesPerSecond"]!).Median())
        {
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"{Lines:N0} lines, {(long)runs[0]["orders"]!:N0} orders, {(long)runs[0]["events"]!:N0} events"),
            Good = runs.TrueForAll(r => (bool)r["complete"]! && (bool)r["ties"]!),
        };

    static async Task<JsonNode> Import(Place place, CancellationToken cancel)
    {
        string[] postgres = place.Data.Postgres is { } connection ? ["--postgres", connection] : [];
        string[] arguments = ["import", "--generate", $"{Lines}", "--data", place.Data.Folder, "--json", .. postgres];
        var start = Child.Program("fulfillment");
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return process.ExitCode == 0 ? JsonNode.Parse(said)!
            : throw new InvalidOperationException($"The import ended with {process.ExitCode}: {said}");
    }
}
