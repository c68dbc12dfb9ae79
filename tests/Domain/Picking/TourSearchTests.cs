using Fulfillment.Picking;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Domain.Picking;

/// <summary>Rounds over any distances.</summary>
public sealed class TourSearchTests
{
    [SkippableFact]
    public void Published_instances_come_within_one_percent_of_the_best_known_length()
    {
        Skip.If(TspInstance.Missing is not null, TspInstance.Missing);
        var instances = TspInstance.All().ToList();
        Assert.Equal(12, instances.Count);
        foreach (var instance in instances)
        {
            Distances distances = new(instance.Distances.GetLength(0), (a, b) => instance.Distances[a, b]);

            var found = TourSearch.Shortest(distances, kicks: 2_000);

            Assert.Equal(Enumerable.Range(0, distances.Count), found.Order.Order());
            Assert.Equal(0, found.Order[0]);
            Assert.Equal(distances.Round(found.Order.AsSpan()), found.Length);
            Assert.InRange(found.Length, instance.Best, instance.Best * 101 / 100);
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_few_places_have_the_shortest_of_all_orders(bool isSymmetric)
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var distances = Some(seed, 1 + seed % 8, isSymmetric);

            var found = TourSearch.Shortest(distances);

            Assert.True(found.IsShortest);
            Assert.Equal(Permutations([.. Enumerable.Range(1, distances.Count - 1)])
                .Min(p => distances.Round([0, .. p])), found.Length);
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Many_places_are_each_visited_once_and_the_length_is_that_of_the_order(bool isSymmetric)
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var distances = Some(seed, 14 + seed, isSymmetric);
            int[] known = [.. Enumerable.Range(0, distances.Count)];

            var found = TourSearch.Shortest(distances, [known], 50);

            Assert.False(found.IsShortest);
            Assert.Equal(known, found.Order.Order());
            Assert.Equal(0, found.Order[0]);
            Assert.Equal(distances.Round(found.Order.AsSpan()), found.Length);
            Assert.InRange(found.Length, 0, distances.Round(known));
            Assert.Equal(found.Order.AsEnumerable(), TourSearch.Shortest(distances, [known], 50).Order);
        }
    }

    static Distances Some(int seed, int count, bool isSymmetric)
    {
        Random chance = new(seed);
        var far = new long[count, count];
        for (var a = 0; a < count; a++)
            for (var b = 0; b < count; b++) far[a, b] = isSymmetric && b < a ? far[b, a] : chance.Next(1, 1_000);
        return new(count, (a, b) => far[a, b]);
    }

    static IEnumerable<int[]> Permutations(int[] of)
    {
        if (of.Length == 0) return [[]];
        return of.SelectMany(first => Permutations([.. of.Where(x => x != first)]).Select(p => (int[])[first, .. p]));
    }
}
