using FsCheck;
using FsCheck.Fluent;
using Fulfillment.Inventory;

namespace Fulfillment.Tests.Domain;

public sealed class BoundedMapTests
{
    static BoundedMap<int> Of(int capacity, params ReadOnlySpan<string> ids)
    {
        BoundedMap<int> map = new(capacity);
        for (var i = 0; i < ids.Length; i++) map.Add(ids[i], i);
        return map;
    }

    static IEnumerable<string> Ids(BoundedMap<int> map) => map.Oldest.Select(r => r.Id);

    [Fact]
    public void It_remembers_up_to_its_capacity_oldest_first()
    {
        var map = Of(3, "c", "a", "b");

        Assert.Equal(3, map.Count);
        Assert.Equal(["c", "a", "b"], Ids(map));
        Assert.True(map.TryGet("a", out var value));
        Assert.Equal(1, value);
        Assert.False(map.TryGet("d", out _));
    }

    [Fact]
    public void What_had_to_be_forgotten_is_told()
    {
        var map = Of(2, "a", "b");

        Assert.Equal(new Remembered<int>("a", 0), map.Add("c", 7));
        Assert.False(map.TryGet("a", out _));
        Assert.Equal(["b", "c"], Ids(map));
    }

    [Fact]
    public void An_id_that_is_added_again_is_the_youngest()
    {
        var map = Of(2, "a", "b");

        Assert.Null(map.Add("a", 9));
        Assert.Equal(["b", "a"], Ids(map));
        Assert.Equal(new Remembered<int>("b", 1), map.Add("c", 7));
        Assert.True(map.TryGet("a", out var value));
        Assert.Equal(9, value);
    }

    [Fact]
    public void What_was_removed_makes_room()
    {
        var map = Of(2, "a", "b");
        map.Remove("a");

        Assert.Null(map.Add("c", 7));
        Assert.Equal(["b", "c"], Ids(map));
    }

    [Fact]
    public void Removing_what_is_not_there_changes_nothing()
    {
        var map = Of(2, "a");
        map.Remove("b");

        Assert.Equal(["a"], Ids(map));
    }

    [Fact]
    public void A_copy_has_a_life_of_its_own()
    {
        var map = Of(2, "a", "b");
        var copy = map.Copy();
        map.Add("c", 7);
        map.Remove("b");

        Assert.Equal(["a", "b"], Ids(copy));
        Assert.Equal(["c"], Ids(map));
    }

    [Fact]
    public void Whatever_is_added_and_removed_it_is_as_a_plain_list_would_be() =>
        Prop.ForAll(Arb.From(Gen.Choose(0, 15).ListOf()), steps => Check(steps.Concat(steps).Concat(steps)))
            .QuickCheckThrowOnFailure();

    /// <summary>Each step names one of eight ids, and whether it is added or removed.</summary>
    static bool Check(IEnumerable<int> steps)
    {
        const int capacity = 4;
        BoundedMap<int> map = new(capacity);
        List<(string Id, int Value)> plain = [];
        foreach (var (at, step) in steps.Index())
        {
            var id = $"{step / 2}";
            plain.RemoveAll(p => p.Id == id);
            if (step % 2 == 0)
            {
                map.Add(id, at);
                plain.Add((id, at));
                if (plain.Count > capacity) plain.RemoveAt(0);
            }
            else
            {
                map.Remove(id);
            }

            if (!map.Oldest.Select(r => (r.Id, r.Value)).SequenceEqual(plain) || map.Count != plain.Count) return false;
        }

        return true;
    }
}
