using System.Globalization;

namespace Fulfillment.Tests.Support;

/// <summary>
/// An instance of TSPLIB (Reinelt 1991, ORSA Journal on Computing 3(4)) with the length of the shortest tour.
/// Distances are as its documentation, section 2, defines them.
/// </summary>
public sealed record TspInstance(string Name, long[,] Distances, long Best)
{
    const string Folder = "datasets/tsplib", Solutions = $"{Folder}/solutions.txt";

    /// <summary>Why they cannot be read; null when they are here.</summary>
    public static string? Missing => Fixtures.Find(Solutions) is null ? Fixtures.Missing(Folder) : null;

    /// <summary>All that are here, by name.</summary>
    public static IEnumerable<TspInstance> All()
    {
        if (Fixtures.Find(Solutions) is not { } solutions) yield break;
        foreach (var line in File.ReadLines(solutions))
        {
            var parts = line.Split(':', StringSplitOptions.TrimEntries);
            if (parts.Length != 2 || Fixtures.Find($"{Folder}/{parts[0]}.tsp") is not { } path) continue;
            yield return new(
                parts[0], Read(File.ReadAllLines(path)), long.Parse(parts[1], CultureInfo.InvariantCulture));
        }
    }

    static long[,] Read(string[] lines)
    {
        var head = lines.Where(l => l.Contains(':', StringComparison.Ordinal)).Select(l => l.Split(':', 2))
            .ToDictionary(l => l[0].Trim(), l => l[1].Trim());
        var count = int.Parse(head["DIMENSION"], CultureInfo.InvariantCulture);
        double[] Section(string name) =>
        [
            .. lines.SkipWhile(l => l.Trim() != name).Skip(1)
                .TakeWhile(l => l.Trim().Length > 0 && !char.IsAsciiLetter(l.Trim()[0]))
                .SelectMany(l => l.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                .Select(n => double.Parse(n, CultureInfo.InvariantCulture)),
        ];

        return head["EDGE_WEIGHT_TYPE"] switch
        {
            "EXPLICIT" => Explicit(count, head["EDGE_WEIGHT_FORMAT"], Section("EDGE_WEIGHT_SECTION")),
            "GEO" => Between(count, Section("NODE_COORD_SECTION"), OnEarth),
            "EUC_2D" => Between(
                count, Section("NODE_COORD_SECTION"),
                (x, y, ox, oy) => (long)(Math.Sqrt((x - ox) * (x - ox) + (y - oy) * (y - oy)) + 0.5)),
            var other => throw new NotSupportedException(other),
        };
    }

    static long[,] Explicit(int count, string format, double[] numbers)
    {
        var distances = new long[count, count];
        var next = 0;
        for (var from = 0; from < count; from++)
        {
            var row = format == "FULL_MATRIX" ? count : from + 1;
            for (var to = 0; to < row; to++) distances[from, to] = distances[to, from] = (long)numbers[next++];
        }

        return distances;
    }

    static long[,] Between(int count, double[] numbers, Func<double, double, double, double, long> far)
    {
        var distances = new long[count, count];
        for (var a = 0; a < count; a++)
        {
            for (var b = 0; b < count; b++)
            {
                if (a == b) continue;
                distances[a, b] = far(
                    numbers[3 * a + 1], numbers[3 * a + 2], numbers[3 * b + 1], numbers[3 * b + 2]);
            }
        }

        return distances;
    }

    static long OnEarth(double x, double y, double ox, double oy)
    {
        var (q1, q2, q3) = (Math.Cos(Radians(y) - Radians(oy)), Math.Cos(Radians(x) - Radians(ox)),
            Math.Cos(Radians(x) + Radians(ox)));
        return (long)(6378.388 * Math.Acos(0.5 * ((1 + q1) * q2 - (1 - q1) * q3)) + 1);

        static double Radians(double degrees)
        {
            var whole = Math.Truncate(degrees);
            return 3.141592 * (whole + 5 * (degrees - whole) / 3) / 180;
        }
    }
}
