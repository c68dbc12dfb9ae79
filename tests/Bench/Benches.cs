using System.Globalization;
using System.Text.Json;
using Fulfillment.Bench.Http;
using Fulfillment.Bench.InProcess;

namespace Fulfillment.Bench;

/// <summary>A bench: its name, whether it is only run when named, and how it measures.</summary>
public sealed record BenchKind(
    string Name, bool OnlyByName, Func<Settings, CancellationToken, IAsyncEnumerable<Figure>> Measure);

/// <summary>All benches, and what runs them.</summary>
public static class Benches
{
    /// <summary>In the order in which they run.</summary>
    public static IReadOnlyList<BenchKind> All { get; } =
    [
        new("http-hot", false, (settings, cancel) => new FlashSaleBench(settings).Measure(Articles.One, cancel)),
        new("http-spread", false, (settings, cancel) => new FlashSaleBench(settings).Measure(Articles.Many, cancel)),
        new("plain-postgres", false, PlainPostgresBench.Measure),
        new("reserves", false, ReserveBench.Measure),
        new("entities", false, EntitiesBench.Measure),
        new("cold", false, ColdBench.Measure),
        new("import", false, ImportBench.Measure),
        new("catalogue", false, CatalogueBench.Measure),
        new("verify", false, History.VerifyBench.Measure),
        new("as-of", false, History.AsOfBench.Measure),
        new("routing", false, (settings, _) => Routing.RoutingBench.Measure(settings).ToAsyncEnumerable()),
        new("bench", false, (_, _) => Packing.PackJobBench.Measure().ToAsyncEnumerable()),
        new("cartons", false, (_, _) => Packing.CartonsBench.Measure().ToAsyncEnumerable()),
        new("picking", false, (_, _) => Picking.PickingBench.Measure().ToAsyncEnumerable()),
#if CLUSTER
        new("silo-calls", false, Cluster.SiloCallsBench.Measure),
        new("silo-streams", false, Cluster.SiloStreamsBench.Measure),
        new("silo-orders", false, (settings, cancel) => new Cluster.SiloOrdersBench(settings).Measure(cancel)),
#endif
        new("fraud", true, (settings, _) => Fraud.FraudBench.Measure(settings)),
        new("million", true, (settings, cancel) => new MillionBench(settings).Measure(cancel)),
    ];

    /// <summary>Runs those named, or all; 1 when a check failed.</summary>
    public static async Task<int> Run(string[]? names, Settings settings, CancellationToken cancel)
    {
        List<Figure> figures = [];
        foreach (var bench in All.Where(b => names?.Contains(b.Name) ?? !b.OnlyByName))
        {
            Settings.Tell($"{bench.Name} ...");
            await foreach (var figure in bench.Measure(settings, cancel))
            {
                figures.Add(figure);
                Settings.Tell($"  {Row(figure)}");
            }
        }

        if (settings.Json)
            Console.Out.WriteLine(JsonSerializer.Serialize(figures, FigureJson.Default.IReadOnlyListFigure));
        else Print(figures);
        return figures.TrueForAll(f => f.Good) ? 0 : 1;
    }

    static void Print(IEnumerable<Figure> figures)
    {
        Console.Out.WriteLine(
            $"{"bench",-15} {"store",-11} {"value",12}  {"what",-26} {"p50 ms",8} {"p99 ms",8} {"ceiling",10} "
            + $"{"ratio",6}  wanted");
        foreach (var figure in figures)
        {
            Console.Out.WriteLine(Row(figure));
            if (figure.Note.Length > 0)
                Console.Out.WriteLine($"{"",27} {(figure.Good ? "" : "FAILED: ")}{figure.Note}");
        }
    }

    static string Row(Figure f) => string.Create(
        CultureInfo.InvariantCulture,
        $"{f.Bench,-15} {f.Store,-11} {f.Value,12:N0}  {f.What,-26} {f.P50,8:0.00} {f.P99,8:0.00} {f.Ceiling,10:N0} "
        + $"{f.Ratio,6:0.000}  {f.Wanted}");
}
