using System.Collections.Immutable;
using System.Globalization;
using Fulfillment.Picking;
using Fulfillment.Tests.Support;
using Fulfillment.Warehousing;

namespace Fulfillment.Bench.Picking;

/// <summary>
/// Orders to be batched, each article at a location of an aisle. The sets do not tell the building: locations are a
/// metre apart and aisles five (as Henn &amp; Schmid 2013 have them), and the door is at the front of the first aisle.
/// </summary>
sealed record BatchInstance(string Set, PickPath Path, ImmutableArray<TourOrder> Orders, int Room)
{
    const string Folder = "datasets/order-batching";
    const int AisleMm = 5_000, LocationMm = 1_000, MostOfSet = 8, Articles = 24, ArticlesOfHenn = 30;

    /// <summary>The first of each set that is here.</summary>
    public static IEnumerable<BatchInstance> All()
    {
        if (Fixtures.Find(Folder) is not { } folder)
        {
            Settings.Tell(Fixtures.Missing(Folder));
            yield break;
        }

        foreach (var (set, pattern, room) in ((string, string, int)[])
            [("hwang", "Hwang-random-*.txt", Articles), ("hwang", "Hwang-uniform-*.txt", Articles),
                ("henn", "*.txt", ArticlesOfHenn), ("muter-oncan", "*.txt", Articles)])
        {
            var orders = Directory.EnumerateFiles(System.IO.Path.Combine(folder, set), pattern)
                .Order(StringComparer.Ordinal)
                .Select(file => set == "muter-oncan" ? Pairs(File.ReadAllText(file)) : Lines(File.ReadLines(file)))
                .Where(o => o.Count > 0);
            foreach (var some in orders.Take(MostOfSet))
                yield return Of(pattern.Contains('-', StringComparison.Ordinal) ? pattern[..^6] : set, some, room);
        }
    }

    /// <summary>Tours that are filled as the orders come.</summary>
    public ImmutableArray<ImmutableArray<TourOrder>> InOrder()
    {
        List<ImmutableArray<TourOrder>> tours = [[]];
        foreach (var order in Orders)
        {
            if (tours[^1].Length > 0 && tours[^1].Sum(o => o.Units) + order.Units > Room) tours.Add([]);
            tours[^1] = tours[^1].Add(order);
        }

        return [.. tours];
    }

    static BatchInstance Of(string set, List<List<(int Aisle, int Location)>> orders, int room)
    {
        (int Aisle, int Location)[] places = [.. orders.SelectMany(o => o).Distinct().Order()];
        LayoutGrid grid = new(
            "P", "A", places.Max(p => p.Aisle) + 1, places.Max(p => p.Location) + 1, 1, default, AisleMm, LocationMm,
            500, 1, default);
        ImmutableArray<Bin> bins = [.. places.Select(p =>
        {
            Spot stand = new(p.Aisle * AisleMm, p.Location * LocationMm + LocationMm / 2);
            return new Bin($"{p.Aisle}-{p.Location}", "P", BinRole.PickFace, null, 0, 0, 0, stand, stand, default);
        })];
        var index = places.Select((p, i) => (p, i)).ToDictionary(p => p.p, p => p.i);
        return new(
            set, PickPath.Over(grid.Ways(), bins, new Spot(0, 0)),
            [.. orders.Select((o, i) => new TourOrder($"{i}", o.Count, [.. o.Select(p => index[p]).Distinct()]))],
            room);
    }

    /// <summary>"Order k number of articles n", then n rows "i Aisle a Location l"; other files list files.</summary>
    static List<List<(int, int)>> Lines(IEnumerable<string> lines)
    {
        List<List<(int, int)>> orders = [];
        foreach (var line in lines)
        {
            var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words is ["Order", ..]) orders.Add([]);
            if (words is [_, "Aisle", var aisle, "Location", var location])
                orders[^1].Add((Number(aisle), Number(location)));
        }

        return orders;
    }

    /// <summary>How many orders; of each its size, and as many pairs of aisle and location, both from one on.</summary>
    static List<List<(int, int)>> Pairs(string text)
    {
        Queue<int> numbers = new(text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Number));
        return [.. Enumerable.Range(0, numbers.Dequeue()).Select(_ => Enumerable.Range(0, numbers.Dequeue())
            .Select(_ => (numbers.Dequeue() - 1, numbers.Dequeue() - 1)).ToList())];
    }

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
