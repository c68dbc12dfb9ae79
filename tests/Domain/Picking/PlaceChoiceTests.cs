using System.Collections.Immutable;
using Fulfillment.Picking;

namespace Fulfillment.Tests.Domain.Picking;

/// <summary>Which of several places to go to.</summary>
public sealed class PlaceChoiceTests
{
    [Fact]
    public void Enough_of_everything_is_at_the_places_chosen_and_with_few_places_no_choice_walks_less()
    {
        var shortest = 0;
        for (var seed = 0; seed < 40; seed++)
        {
            var (far, units, wanted) = Some(seed, 9);

            var found = PlaceChoice.Shortest(far, units, wanted)!;

            Assert.Equal(0, found.Order[0]);
            Assert.Equal(found.Order.Length, found.Order.Distinct().Count());
            Assert.True(IsEnough(units, wanted, found.Order));
            Assert.Equal(far.Round(found.Order.AsSpan()), found.Length);
            var best = Enumerable.Range(0, 1 << 8).Select(set => (int[])[0, .. Enumerable.Range(1, 8)
                .Where(p => (set >> (p - 1) & 1) != 0)]).Where(s => IsEnough(units, wanted, s)).Min(s => TourSearch
                .Shortest(new(s.Length, (a, b) => far[s[a], s[b]])).Length);
            Assert.InRange(found.Length, best, long.MaxValue);
            if (found.Length == best) shortest++;
        }

        Assert.Equal(40, shortest);
    }

    [Fact]
    public void What_no_place_has_enough_of_has_no_choice()
    {
        var (far, units, wanted) = Some(1, 5);

        Assert.Null(PlaceChoice.Shortest(far, units, wanted.Select(w => w + 1_000)));
    }

    static bool IsEnough(ImmutableArray<ImmutableArray<int>> units, int[] wanted, IEnumerable<int> places) =>
        wanted.Select((w, item) => places.Sum(p => units[item][p]) >= w).All(enough => enough);

    static (Distances Far, ImmutableArray<ImmutableArray<int>> Units, int[] Wanted) Some(int seed, int count)
    {
        Random chance = new(seed);
        var at = Enumerable.Range(0, count).Select(_ => (X: chance.Next(100), Y: chance.Next(100))).ToArray();
        ImmutableArray<ImmutableArray<int>> units = [.. Enumerable.Range(0, 4).Select(_ => (ImmutableArray<int>)
            [0, .. Enumerable.Range(1, count - 1).Select(_ => Math.Max(0, chance.Next(-6, 8)))])];
        return (new(count, (a, b) => Math.Abs(at[a].X - at[b].X) + Math.Abs(at[a].Y - at[b].Y)), units,
            [.. units.Select(u => u.Sum() / 2)]);
    }
}
