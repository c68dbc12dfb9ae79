using Fulfillment.Packing;

namespace Fulfillment.Tests.Domain;

/// <summary>Goods in one room: where they may lie, and how much goes in.</summary>
public sealed class LoaderTests
{
    static readonly LoadEffort Light = new(1, 3, 20, 100_000);

    static PackLine Goods(
        string id, int units, Extent size, Upright? upright = null, bool fragile = false, int grams = 1) =>
        new(id, units, size, grams, upright ?? Upright.Any, fragile);

    [Fact]
    public void Equal_units_fill_a_room_that_they_fill_exactly()
    {
        var load = Loader.Fill(new(60, 40, 30), 1_000, [Goods("A", 24, new(30, 10, 10))], Light);

        Assert.True(load.IsAll);
        Assert.Equal(60 * 40 * 30, load.Mm3);
        Placing.Check(new(60, 40, 30), load.Items, [Goods("A", 24, new(30, 10, 10))]);
    }

    [Theory]
    [InlineData(Orientation.LengthWidthHeight, 3, 2, 1)]
    [InlineData(Orientation.WidthLengthHeight, 2, 3, 1)]
    [InlineData(Orientation.LengthHeightWidth, 3, 1, 2)]
    [InlineData(Orientation.HeightLengthWidth, 1, 3, 2)]
    [InlineData(Orientation.WidthHeightLength, 2, 1, 3)]
    [InlineData(Orientation.HeightWidthLength, 1, 2, 3)]
    public void A_unit_is_turned_as_the_room_needs_it_unless_that_edge_may_not_be_vertical(
        Orientation needed, int length, int width, int height)
    {
        Extent room = new(length, width, height), size = new(3, 2, 1);
        Upright barred = new(height != 3, height != 2, height != 1), only = new(height == 3, height == 2, height == 1);

        Assert.Equal(room, size.Turned(needed));
        Assert.Equal(needed, Assert.Single(Loader.Fill(room, 9, [Goods("A", 1, size)], Light).Items).Orientation);
        Assert.Single(Loader.Fill(room, 9, [Goods("A", 1, size, only)], Light).Items);
        Assert.Empty(Loader.Fill(room, 9, [Goods("A", 1, size, barred)], Light).Items);
    }

    [Fact]
    public void A_room_takes_no_more_than_it_carries()
    {
        var load = Loader.Fill(new(100, 100, 100), 999, [Goods("A", 9, new(10, 10, 10), grams: 250)], Light);

        Assert.Equal(6, Assert.Single(load.Left));
    }

    [Fact]
    public void Nothing_lies_on_or_over_fragile_units_which_may_lie_on_others()
    {
        PackLine[] goods = [Goods("A", 4, new(10, 10, 10)), Goods("F", 4, new(10, 10, 10), fragile: true)];

        var load = Loader.Fill(new(20, 20, 20), 99, goods, Light);

        Assert.True(load.IsAll);
        Placing.Check(new(20, 20, 20), load.Items, goods);
        Assert.All(load.Items, i => Assert.Equal(i.Id == "F" ? 10 : 0, i.Z));
        PackLine[] two = [Goods("F", 2, new(10, 10, 10), fragile: true)];
        Assert.Equal(1, Assert.Single(Loader.Fill(new(10, 10, 20), 99, two, Light).Left));
    }

    [Theory]
    [InlineData(7, true)]
    [InlineData(6, false)]
    public void A_unit_lies_on_others_with_seventy_percent_of_its_base(int under, bool fits)
    {
        PackLine[] goods =
        [
            Goods("A", 1, new(under, 10, 10), Upright.ThisSideUp), Goods("B", 1, new(10, 10, 10), fragile: true),
        ];

        var load = Loader.Fill(new(10, 10, 20), 99, goods, Light);

        Assert.Equal(fits, load.IsAll);
        Assert.Equal(70, Loader.SupportPercent);
    }

    [Fact]
    public void Random_goods_lie_inside_beside_each_other_on_something_and_always_the_same()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            Random chance = new(seed);
            Extent room = new(chance.Next(200, 600), chance.Next(200, 400), chance.Next(100, 400));
            List<PackLine> goods = [.. Enumerable.Range(0, chance.Next(1, 9)).Select(i => Goods(
                $"{i}", chance.Next(1, 12), new(chance.Next(20, 200), chance.Next(20, 200), chance.Next(20, 200)),
                new(chance.Next(2) == 0, chance.Next(2) == 0, true), chance.Next(4) == 0, chance.Next(1, 900)))];
            var most = chance.Next(500, 20_000);

            var load = Loader.Fill(room, most, goods, Light);

            Placing.Check(room, load.Items, goods);
            Assert.True(load.Items.Sum(i => goods.Single(g => g.Id == i.Id).Grams) <= most);
            Assert.Equal(load.Items.Sum(i => i.Size.Mm3), load.Mm3);
            Assert.Equal(goods.Sum(g => g.Units), load.Items.Length + load.Left.Sum());
            if (seed % 6 == 0) Assert.Equal([.. load.Items], Loader.Fill(room, most, goods, Light).Items.ToArray());
        }
    }

    [Fact]
    public void Up_to_four_units_fit_just_where_a_search_over_every_place_finds_that_they_do()
    {
        var fitting = 0;
        for (var seed = 0; seed < 200; seed++)
        {
            Random chance = new(seed);
            Extent room = new(chance.Next(3, 6), chance.Next(3, 6), chance.Next(2, 5));
            List<PackLine> goods = [.. Enumerable.Range(0, chance.Next(2, 5)).Select(i => Goods(
                $"{i}", 1, new(chance.Next(1, 5), chance.Next(1, 5), chance.Next(1, 4)),
                new(chance.Next(3) > 0, chance.Next(3) > 0, true), chance.Next(5) == 0))];

            var fits = Placing.Fits(room, goods);

            var load = Loader.Fill(room, 99, goods, Light);
            Placing.Check(room, load.Items, goods);
            Assert.True(fits == load.IsAll, $"seed {seed}: {(fits ? "fits" : "does not fit")}");
            if (fits) fitting++;
        }

        Assert.InRange(fitting, 40, 160);
    }

    /// <summary>A container with three types of boxes, the first problem of Bischoff and Ratcliff.</summary>
    [Fact]
    public void A_container_gets_fuller_than_layer_by_layer()
    {
        PackLine[] goods =
        [
            Goods("1", 40, new(108, 76, 30), Upright.ThisSideUp),
            Goods("2", 33, new(110, 43, 25), new(false, true, true)),
            Goods("3", 39, new(92, 81, 55)),
        ];
        Extent room = new(587, 233, 220);

        var load = Loader.Fill(room, long.MaxValue, goods, LoadEffort.Container);

        Placing.Check(room, load.Items, goods);
        Assert.True(load.Mm3 * 10_000 / room.Mm3 >= 8_847, $"{load.Mm3 * 10_000 / room.Mm3}");
    }
}
