using System.Collections.Immutable;
using System.Globalization;
using Fulfillment.Picking;
using Fulfillment.Tests.Support;

namespace Fulfillment.Bench.Picking;

/// <summary>
/// Products that lie on several shelves, what is wanted of them, and rounds that others found: from the door through
/// their shelves and back.
/// </summary>
sealed record ShelfInstance(
    string Name, Distances Distances, ImmutableArray<ImmutableArray<int>> Units, ImmutableArray<int> Wanted)
{
    const string Folder = "datasets/picker-routing";

    /// <summary>What others found.</summary>
    public IReadOnlyList<(string Name, int Shelves, long Length)> Others { get; private init; } = [];

    /// <summary>All that are here, the smallest first.</summary>
    public static IEnumerable<ShelfInstance> All()
    {
        if (Fixtures.Find(Folder) is not { } folder)
        {
            Settings.Tell(Fixtures.Missing(Folder));
            return [];
        }

        return ((string[])["small", "medium", "large"]).SelectMany(size => Directory
            .EnumerateFiles(Path.Combine(folder, "input", size)).Order(StringComparer.Ordinal)
            .Select(file => Read(folder, $"{size}/{Path.GetFileName(file)}")));
    }

    /// <summary>Whether all that is wanted is at these places.</summary>
    public bool IsEnough(ImmutableArray<int> places) =>
        Wanted.Select((w, item) => places.Sum(p => Units[item][p]) >= w).All(enough => enough);

    static ShelfInstance Read(string folder, string name)
    {
        Queue<int> numbers = new(Numbers(Path.Combine(folder, "input", name)));
        var (items, shelves) = (numbers.Dequeue(), numbers.Dequeue());
        ImmutableArray<int> Row(int count) => [.. Enumerable.Range(0, count).Select(_ => numbers.Dequeue())];
        // Nothing lies at the door.
        ImmutableArray<ImmutableArray<int>> units = [.. Enumerable.Range(0, items)
            .Select(_ => (ImmutableArray<int>)[0, .. Row(shelves)])];
        var far = Enumerable.Range(0, shelves + 1).Select(_ => Row(shelves + 1)).ToArray();
        Distances distances = new(shelves + 1, (a, b) => far[a][b]);
        return new(Path.GetFileNameWithoutExtension(name), distances, units, Row(items))
        {
            Name = name.Replace(".txt", "", StringComparison.Ordinal),
            Others = [.. Directory.EnumerateDirectories(Path.Combine(folder, "output")).Order(StringComparer.Ordinal)
                .Select(way => (Way: Path.GetFileName(way), Round: Numbers(Path.Combine(way, name))))
                .Select(o => (o.Way, o.Round[0], distances.Round([0, .. o.Round[1..]])))],
        };
    }

    static int[] Numbers(string path) =>
        [.. File.ReadAllText(path).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
}
