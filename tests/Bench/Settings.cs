using System.Text.Json.Serialization;

namespace Fulfillment.Bench;

/// <summary>How to measure.</summary>
public sealed record Settings
{
    /// <summary>How long a run lasts.</summary>
    public int Seconds { get; init; }

    /// <summary>Runs after the warm-up, which is as long as one of them; the median counts.</summary>
    public int Runs { get; init; }

    /// <summary>HTTP connections.</summary>
    public int Connections { get; init; }

    /// <summary>Orders of the bench that counts memory.</summary>
    public int Orders { get; init; }

    /// <summary>The server's budget for entities in memory.</summary>
    public int MemoryMegabytes { get; init; }

    /// <summary>Uses the bundled load generator although there is wrk.</summary>
    public bool Sockets { get; init; }

    /// <summary>Writes what the bench 'fraud' has learned into the product.</summary>
    public bool Write { get; init; }

    /// <summary>Prints JSON instead of a table.</summary>
    public bool Json { get; init; }

    /// <summary>Tells whoever waits what is being done; on the error stream, so that output stays clean.</summary>
    public static void Tell(string what) => Console.Error.WriteLine(what);
}

/// <summary>One measured figure.</summary>
/// <param name="Bench">Which bench.</param>
/// <param name="Store">Where the data was kept.</param>
/// <param name="What">What <paramref name="Value"/> counts.</param>
/// <param name="Value">The median of the runs.</param>
public sealed record Figure(string Bench, string Store, string What, double Value)
{
    /// <summary>Milliseconds that half took at most.</summary>
    public double? P50 { get; init; }

    /// <summary>Milliseconds that 99 of 100 took at most.</summary>
    public double? P99 { get; init; }

    /// <summary>The most that is possible here, measured in the same run.</summary>
    public double? Ceiling { get; init; }

    /// <summary>The part of the ceiling that was reached.</summary>
    public double? Ratio => Ceiling is { } ceiling ? Math.Round(Value / ceiling, 3) : null;

    /// <summary>What the figure should be.</summary>
    public string? Wanted { get; init; }

    /// <summary>What was checked afterwards, and how it was measured.</summary>
    public string Note { get; init; } = "";

    /// <summary>False when a check after it failed: then the figure counts for nothing.</summary>
    public bool Good { get; init; } = true;
}

/// <summary>Numbers of several runs as one.</summary>
public static class Numbers
{
    /// <summary>The middle one; of an even number, the lower of the two.</summary>
    public static double Median(this IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[(sorted.Length - 1) / 2];
    }

    /// <summary>What the part of all values does not exceed; the values are sorted.</summary>
    public static double Percentile(this double[] sorted, double part) =>
        sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * part))];
}

/// <summary>How figures are written.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<Figure>))]
public sealed partial class FigureJson : JsonSerializerContext;
