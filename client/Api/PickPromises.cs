using System.Collections.Immutable;
using Fulfillment.Picking;

namespace Fulfillment.Client.Api;

/// <summary>
/// Units of some SKUs that lists of a node have not taken yet, by where they lie. <c>Seen</c>: of the roster, when it
/// was asked.
/// </summary>
sealed record PickPromises(IReadOnlyDictionary<(string Sku, string Bin, string? Lot), long> Units, long Seen)
{
    /// <summary>How many lists are asked at a time.</summary>
    const int AtOnce = 32;

    /// <summary>
    /// The roster has what lists were to take at first; what is left of those that somebody picks only they tell. Of
    /// lists of journals from before the roster only the views know. <paramref name="but"/>: without what was promised
    /// under this id.
    /// </summary>
    public static async ValueTask<PickPromises> Of(
        Backend backend, Seat seat, string node, IEnumerable<string> skus, CancellationToken cancel,
        string? but = null)
    {
        var wanted = skus.ToHashSet(StringComparer.Ordinal);
        var roster = await seat.PickRoster(node).Units(
            wanted, backend.Views.Picks.Live(seat.Seller, node), cancel);
        var (begun, waiting) = (roster.Lists.Where(l => l.IsBegun), roster.Lists.Where(l => !l.IsBegun));
        List<ListedUnits> units = [.. waiting.SelectMany(l => l.Takes).SelectMany(t => t.Units)];
        var asked = begun.Select(l => (l.Id, l.Takes)).Concat(
            roster.Others.Select(id => (Id: id, Takes: ImmutableArray<ListedTake>.Empty)));
        foreach (var some in asked.Chunk(AtOnce))
        {
            var sheets = await Task.WhenAll(some.Select(
                async l => (l.Takes, (await seat.PickList(l.Id).Get(cancel)).Sheet)));
            foreach (var (takes, sheet) in sheets)
                units.AddRange(Left(takes.RemoveAll(t => t.By is not null && t.By == but), sheet));
        }

        return new(
            units.Where(u => wanted.Contains(u.Sku)).GroupBy(u => u.Place)
                .ToDictionary(g => g.Key, g => g.Sum(u => u.Units)), roster.Seen);
    }

    /// <summary>What somebody is still to take, and what was promised for missing units but not told yet.</summary>
    static IEnumerable<ListedUnits> Left(ImmutableArray<ListedTake> takes, PickSheet? sheet)
    {
        if (sheet is null) return takes.SelectMany(t => t.Units);
        if (sheet.Status is not (PickListStatus.Released or PickListStatus.Picking)) return [];
        return sheet.Lines.Where(l => l.Bin is not null && l.Left + l.Asked > 0)
            .Select(l => new ListedUnits(l.Sku, l.Bin!, l.Lot, l.Left + l.Asked))
            .Concat(takes.Where(t => t.By is not null && sheet.Shorts.All(s => s.Id != t.By))
                .SelectMany(t => t.Units));
    }
}
