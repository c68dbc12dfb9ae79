using System.Collections.Immutable;

namespace Fulfillment.Inventory;

/// <summary>A waiting claim, and when its last backordered unit is expected; null when no supply covers it.</summary>
readonly record struct PeggedClaim(Claim Claim, DateTimeOffset? Expected);

/// <summary>Units of a claim that a supply covers.</summary>
readonly record struct Peg(Claim Claim, Supply Supply, long Units);

/// <summary>
/// Who gets what from which supply: the claims in fill order take first what is on the shelf, then each supply in
/// order of its date, then of its id. Nothing of it is stored but each claim's date.
/// </summary>
static class Pegging
{
    /// <summary>
    /// Each claim with its date. One that the shelf covers keeps the date it has: it is filled at any moment.
    /// </summary>
    public static IEnumerable<PeggedClaim> Dates(
        IEnumerable<Claim> waiting, long available, ImmutableArray<Supply> supplies)
    {
        var (needed, covered, next) = (-available, 0L, 0);
        var count = supplies.IsDefault ? 0 : supplies.Length;
        foreach (var claim in waiting)
        {
            needed += claim.Backordered;
            if (needed <= 0)
            {
                yield return new(claim, claim.Expected);
                continue;
            }

            while (next < count && covered < needed) covered += supplies[next++].Units;
            yield return new(claim, covered < needed ? null : supplies[next - 1].At);
        }
    }

    /// <summary>Which units of which claim each supply covers, in the order of both.</summary>
    public static IEnumerable<Peg> Pegs(IEnumerable<Claim> waiting, long available, ImmutableArray<Supply> supplies)
    {
        if (supplies.IsDefault) yield break;
        var (shelf, next, left) = (available, 0, supplies[0].Units);
        foreach (var claim in waiting)
        {
            var fromShelf = Math.Min(shelf, claim.Backordered);
            shelf -= fromShelf;
            var open = claim.Backordered - fromShelf;
            while (open > 0 && next < supplies.Length)
            {
                var units = Math.Min(open, left);
                yield return new(claim, supplies[next], units);
                (open, left) = (open - units, left - units);
                if (left == 0 && ++next < supplies.Length) left = supplies[next].Units;
            }

            if (next == supplies.Length) yield break;
        }
    }

    /// <summary>When so many units beyond the shelf are covered; null when they are not.</summary>
    public static DateTimeOffset? CoveredAt(ImmutableArray<Supply> supplies, long needed)
    {
        foreach (var supply in supplies)
            if ((needed -= supply.Units) <= 0) return supply.At;
        return null;
    }

    /// <summary>What of each supply is needed, when so many units beyond the shelf are.</summary>
    public static ImmutableArray<ExpectedUnits> Expected(ImmutableArray<Supply> supplies, long needed)
    {
        if (supplies.IsDefault) return default;
        var expected = ImmutableArray.CreateBuilder<ExpectedUnits>(supplies.Length);
        foreach (var supply in supplies)
        {
            var pegged = Math.Clamp(needed, 0, supply.Units);
            expected.Add(new(supply.At, supply.Units, pegged, supply.Node));
            needed -= pegged;
        }

        return expected.MoveToImmutable();
    }

    /// <summary>With the supply in its place, or without it when nothing is to come; default when empty.</summary>
    public static ImmutableArray<Supply> With(this ImmutableArray<Supply> supplies, Supply supply)
    {
        List<Supply> all = supplies.IsDefault ? [] : [.. supplies.Where(s => s.Id != supply.Id)];
        if (supply.Units > 0) all.Add(supply);
        all.Sort((a, b) => a.At != b.At ? a.At.CompareTo(b.At) : string.CompareOrdinal(a.Id, b.Id));
        return all.Count == 0 ? default : [.. all];
    }
}
