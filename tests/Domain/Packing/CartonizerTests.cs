using System.Collections.Immutable;
using Fulfillment.Packing;

namespace Fulfillment.Tests.Domain;

/// <summary>Which boxes goods go into, and what is refused.</summary>
public sealed class CartonizerTests
{
    static readonly Box Small = Box("S", new(200, 150, 100), 90), Medium = Box("M", new(400, 300, 200), 250),
        Large = Box("L", new(600, 400, 400), 700),
        Cool = Box("COOL", new(400, 300, 200), 900) with { Insulated = true };

    static readonly ImmutableArray<Box> All = [Small, Medium, Large, Cool];

    static Box Box(string id, Extent inner, int tare, int most = 20_000) => new(
        id, inner, new(inner.LengthMm + 10, inner.WidthMm + 10, inner.HeightMm + 10), tare, most);

    static PackLine Line(
        string id, int units, int length, int width, int height, int grams = 100, bool fragile = false,
        bool cold = false, Upright? upright = null) =>
        new(id, units, new(length, width, height), grams, upright ?? Upright.Any, fragile, cold);

    static PackPlan Plan(params ImmutableArray<PackLine> lines) => Cartonizer.Plan(new(lines, All));

    static string[] Used(PackPlan plan) => [.. plan.Boxes.Select(b => b.Box.Id)];

    [Fact]
    public void Goods_go_into_the_one_box_with_the_least_billable_weight_and_its_figures_are_told()
    {
        var plan = Plan(Line("MUG", 6, 100, 90, 95, 420), Line("BOOK", 1, 180, 120, 30, 300));

        Assert.Equal(PackStatus.Packed, plan.Status);
        var box = Assert.Single(plan.Boxes);
        Assert.Equal("M", box.Box.Id);
        Assert.Equal((2_820, 3_070), (box.ContentGrams, box.GrossGrams));
        // 41 x 31 x 21 cm = 26,691 cm³, over 5,000 are 5.3382 kg.
        Assert.Equal((5_339, 5_339), (box.DimGrams, box.BillableGrams));
        Assert.Equal((6 * 100 * 90 * 95 + 180 * 120 * 30) * 10_000L / (400 * 300 * 200), box.FillBasisPoints);
        Assert.Equal(7, box.Items.Length);
    }

    [Fact]
    public void What_is_charged_is_the_greater_weight_in_whole_steps()
    {
        PackAsk ask = new([Line("IRON", 1, 100, 90, 95, 7_001)], All, 6_000, 500);

        var box = Assert.Single(Cartonizer.Plan(ask).Boxes);

        Assert.Equal(("S", 7_091, 7_500), (box.Box.Id, box.GrossGrams, box.BillableGrams));
        // 21 x 16 x 11 cm = 3,696 cm³.
        Assert.Equal(616, box.DimGrams);
    }

    [Fact]
    public void Of_boxes_that_weigh_the_same_the_cheaper_is_taken()
    {
        var dear = Small with { Id = "A", Cost = new(90, "EUR") };
        PackAsk ask = new([Line("X", 1, 50, 50, 50)], [dear, Small with { Cost = new(60, "EUR") }]);

        Assert.Equal(["S"], Used(Cartonizer.Plan(ask)));
    }

    [Fact]
    public void What_one_box_does_not_hold_goes_into_the_fewest_and_the_last_is_no_larger_than_it_must_be()
    {
        var plan = Plan(Line("CUBE", 26, 200, 200, 195));

        // Twelve fit into L, two into M.
        Assert.Equal(["L", "L", "M"], Used(plan));
        Assert.Equal([12, 12, 2], plan.Boxes.Select(b => b.Items.Length));
    }

    [Fact]
    public void Weight_parts_goods_that_would_fit_by_size()
    {
        var plan = Plan(Line("IRON", 5, 100, 50, 50, 9_000));

        Assert.Equal([2, 2, 1], plan.Boxes.Select(b => b.Items.Length));
        Assert.All(plan.Boxes, b => Assert.True(b.ContentGrams <= b.Box.MaxGrams));
    }

    [Fact]
    public void Cold_goods_go_into_insulated_boxes_of_their_own_and_others_do_not()
    {
        var plan = Plan(Line("ICE", 1, 100, 100, 100, cold: true), Line("MUG", 1, 100, 100, 100));

        Assert.Equal(["COOL", "S"], Used(plan));
        Assert.Equal([true, false], plan.Boxes.Select(b => b.Cold));
        // Unless they fit no other.
        PackAsk only = new([Line("MUG", 1, 300, 100, 100)], [Small, Cool]);
        Assert.Equal(["COOL"], Used(Cartonizer.Plan(only)));
    }

    [Fact]
    public void A_box_of_which_there_are_no_more_is_not_used()
    {
        PackAsk ask = new([Line("X", 2, 390, 290, 190)], [Medium with { Stock = 1 }, Large]);

        Assert.Equal(["L"], Used(Cartonizer.Plan(ask)));
        Assert.Equal(["M", "M"], Used(Cartonizer.Plan(ask with { Boxes = [Medium with { Stock = 2 }] })));
        Assert.Equal(
            (PackStatus.TooFewBoxes, "X"),
            Cartonizer.Plan(ask with { Boxes = [Medium with { Stock = 1 }] }) is var p ? (p.Status, p.Line) : default);
        Assert.Equal(
            PackStatus.TooFewBoxes, Cartonizer.Plan(ask with { Boxes = [Medium], MostBoxes = 1 }).Status);
    }

    static PackLine[] Many(int lines) => [.. Enumerable.Range(0, lines).Select(i => Line($"{i}", 1, 1, 1, 1))];

    public static TheoryData<PackStatus, string?, PackLine[]> Refusals => new()
    {
        { PackStatus.TooMany, null, [Line("X", PackAsk.MaxUnits + 1, 1, 1, 1)] },
        { PackStatus.TooMany, null, Many(PackAsk.MaxLines + 1) },
        { PackStatus.NoDimensions, "FLAT", [Line("X", 1, 1, 1, 1), Line("FLAT", 1, 9, 9, 0)] },
        { PackStatus.NoWeight, "AIR", [Line("AIR", 1, 9, 9, 9, 0)] },
        { PackStatus.NoBoxFits, "SKI", [Line("SKI", 1, 601, 9, 9)] },
        { PackStatus.NoBoxFits, "POLE", [Line("POLE", 1, 9, 9, 401, upright: Upright.ThisSideUp)] },
        { PackStatus.NoBoxFits, "TART", [Line("TART", 1, 500, 300, 90, cold: true)] },
        { PackStatus.TooHeavy, "LEAD", [Line("LEAD", 1, 9, 9, 9, 20_001)] },
    };

    [Theory, MemberData(nameof(Refusals))]
    public void What_cannot_be_packed_is_refused_by_its_first_reason(PackStatus why, string? line, PackLine[] lines)
    {
        var plan = Plan([.. lines]);

        Assert.Equal((why, line, 0), (plan.Status, plan.Line, plan.Boxes.Length));
    }

    [Fact]
    public void Without_boxes_nothing_is_packed_and_without_insulated_ones_nothing_cold()
    {
        Assert.Equal(PackStatus.NoBoxes, Cartonizer.Plan(new([Line("X", 1, 1, 1, 1)], [])).Status);
        Assert.Equal(
            PackStatus.NoInsulatedBox,
            Cartonizer.Plan(new([Line("ICE", 1, 1, 1, 1, cold: true)], [Small])).Status);
    }

    [Fact]
    public void Random_orders_are_packed_by_the_rules_and_the_same_in_whatever_order_they_are_told()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            Random chance = new(seed);
            ImmutableArray<PackLine> lines =
            [
                .. Enumerable.Range(0, chance.Next(1, 8)).Select(i => Line(
                    $"{i}", chance.Next(1, 6), chance.Next(20, 390), chance.Next(20, 290), chance.Next(20, 190),
                    chance.Next(20, 5_000), chance.Next(4) == 0, chance.Next(4) == 0)),
            ];

            var plan = Plan(lines);

            Assert.Equal(PackStatus.Packed, plan.Status);
            foreach (var box in plan.Boxes)
            {
                Placing.Check(box.Box.Inner, box.Items, lines);
                Assert.True(box.ContentGrams <= box.Box.MaxGrams);
                Assert.All(box.Items, i => Assert.Equal(box.Cold, lines.Single(l => l.Id == i.Id).Cold));
                Assert.True(box.Box.Insulated || !box.Cold);
                Assert.InRange(box.FillBasisPoints, 1, 10_000);
            }

            Assert.Equal(
                lines.Select(l => l.Units), lines.Select(l => plan.Boxes.Sum(b => b.Items.Count(i => i.Id == l.Id))));
            PackAsk other = new([.. lines.Reverse()], [.. All.Reverse()]);
            if (seed % 8 == 0) Assert.Equal(Text.Of(plan), Text.Of(Cartonizer.Plan(other)));
        }
    }
}
