using System.Diagnostics;
using System.Globalization;
using Fulfillment.Packing;
using Fulfillment.Tests.Support;

namespace Fulfillment.Bench.Packing;

/// <summary>
/// How full containers get: the problems of Bischoff and Ratcliff (OMEGA 23, 1995) that the fixtures have, beside what
/// is published for the heuristic EB-AFIT on the same; and small lorries that all of the goods must fit into.
/// </summary>
static class CartonsBench
{
    const string Folder = "datasets/container-loading";
    static readonly int[] Sets = [1, 3, 5, 7];
    static readonly int[] Lorries = [1, 3, 5, 7, 9];

    /// <summary>A figure for each set.</summary>
    public static IEnumerable<Figure> Measure()
    {
        if (Fixtures.Find(Folder) is not { } folder)
        {
            yield return new("cartons", "none", "not measured", 0) { Note = Fixtures.Missing(Folder) };
            yield break;
        }

        var published = Published(Path.Combine(folder, "eb-afit-published-results.csv"));
        foreach (var set in Sets)
            yield return OfSet(set, Read(Path.Combine(folder, $"thpack{set}.txt")), published[$"BR{set}"]);
        yield return Small(Path.Combine(folder, "small-exact"));
    }

    static Figure OfSet(int set, List<(Extent Room, List<PackLine> Goods)> problems, (double Volume, int Boxes) peer)
    {
        List<double> volumes = [], milliseconds = [];
        var boxes = 0;
        var clock = new Stopwatch();
        foreach (var (room, goods) in problems)
        {
            clock.Restart();
            var load = Loader.Fill(room, long.MaxValue, goods, LoadEffort.Container);
            milliseconds.Add(clock.Elapsed.TotalMilliseconds);
            volumes.Add(10_000.0 * load.Mm3 / room.Mm3);
            boxes += load.Items.Length;
        }

        double[] sorted = [.. milliseconds.Order()];
        return new("cartons", "none", $"BR{set}: volume used, bp", volumes.Average())
        {
            P50 = sorted.Percentile(0.5),
            P99 = sorted.Percentile(0.99),
            Ceiling = peer.Volume * 100,
            Wanted = string.Create(CultureInfo.InvariantCulture, $">= {peer.Volume * 100:N0} of EB-AFIT"),
            Good = volumes.Average() >= peer.Volume * 100,
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"{problems.Count} containers, {boxes:N0} boxes in (EB-AFIT {peer.Boxes:N0}), the least full "
                + $"{volumes.Min():N0}, {milliseconds.Sum() / 1_000:N1} s; the ceiling is EB-AFIT"),
        };
    }

    /// <summary>All goods of each fit into its lorry.</summary>
    static Figure Small(string folder)
    {
        var full = 0;
        foreach (var number in Lorries)
        {
            var lorry = Rows(Path.Combine(folder, $"{number}-vehicles.csv")).Single();
            List<PackLine> goods = [.. Rows(Path.Combine(folder, $"{number}-items.csv")).Select(r => new PackLine(
                r[0], 1, new(Number(r[1]), Number(r[2]), Number(r[3])), Number(r[4]), Upright.ThisSideUp))];
            var load = Loader.Fill(
                new(Number(lorry[1]), Number(lorry[2]), Number(lorry[3])), Number(lorry[4]), goods,
                LoadEffort.Container);
            if (load.IsAll) full++;
        }

        return new("cartons", "none", "small lorries that take all", full)
        {
            Wanted = $"= {Lorries.Length}",
            Good = full == Lorries.Length,
        };
    }

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    static IEnumerable<string[]> Rows(string file) =>
        File.ReadLines(file).Skip(1).Where(l => l.Length > 0).Select(l => l.Split(','));

    /// <summary>The mean of the volume used, in percent, and the boxes that are in, by set.</summary>
    static Dictionary<string, (double Volume, int Boxes)> Published(string file) => Rows(file)
        .GroupBy(r => r[0]).ToDictionary(
            set => set.Key,
            set => (
                set.Average(r => double.Parse(r[4], CultureInfo.InvariantCulture)), set.Sum(r => Number(r[3]))));

    /// <summary>
    /// The format of the OR-Library: of each problem its number and seed, the container, and of each type its edges,
    /// each with whether it may be vertical, and how many there are.
    /// </summary>
    static List<(Extent Room, List<PackLine> Goods)> Read(string file)
    {
        Queue<int> numbers = new(File.ReadAllText(file)
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Number));
        var next = numbers.Dequeue;
        List<(Extent, List<PackLine>)> problems = new(next());
        for (var p = 0; p < problems.Capacity; p++)
        {
            next();
            next();
            Extent room = new(next(), next(), next());
            var types = next();
            List<PackLine> goods = new(types);
            for (var t = 0; t < types; t++)
            {
                var id = $"{next()}";
                var (length, isLength, width, isWidth) = (next(), next(), next(), next());
                var (height, isHeight) = (next(), next());
                goods.Add(new(
                    id, next(), new(length, width, height), 1, new(isLength == 1, isWidth == 1, isHeight == 1)));
            }

            problems.Add((room, goods));
        }

        return problems;
    }
}
