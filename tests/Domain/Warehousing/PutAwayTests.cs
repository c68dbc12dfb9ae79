using Fulfillment.Warehousing;

namespace Fulfillment.Tests.Domain;

/// <summary>Where goods are best put away, which bins are forbidden and why, and what faces need.</summary>
public sealed class PutAwayTests
{
    static readonly UnitSize Litre = new(1_000_000, 900);

    static readonly Zone[] Zones =
    [
        new("P", ZoneKind.Pick, []), new("R", ZoneKind.Reserve, []), new("COLD", ZoneKind.Reserve, ["cold-chain"]),
        new("DOCK", ZoneKind.Receiving, []), new("PACK", ZoneKind.Packing, [], new(0, 0)),
    ];

    static readonly PutAwayGoods Mugs = new("default", "MUG", 30, "L-1", Litre, []);

    static BinFill Bin(
        string id, string zone = "R", int x = 0, BinRoom room = default, Face? face = null,
        BinStatus status = BinStatus.Open, params BinStock[] stock) => new(
        new(
            new(id, zone, zone == "P" ? BinRole.PickFace : BinRole.Reserve, null, 0, 0, 0, default, new(x, 0),
                room == default ? new(10_000_000, 10_000) : room, face),
            1, status),
        [.. stock]);

    static BinStock Units(
        long units, string sku = "MUG", string? lot = "L-1", UnitSize? size = null, string seller = "default",
        long? free = null, DateOnly? expires = null) =>
        new(seller, sku, lot, units, free ?? units, size ?? Litre, expires);

    static Face FaceOf(string sku, int min = 5, int max = 12) => new("default", sku, min, max);

    static PutAwayPlan Plan(PutAwayGoods goods, params BinFill[] bins) => PutAway.Plan(goods, Zones, bins);

    static string Text(PutAwayPlan plan) =>
        string.Join(", ", plan.Bins.Select(b => $"{b.Bin} {b.Reason} {b.Take}"));

    static PutAwayRule Rule(PutAwayGoods goods, BinFill bin)
    {
        var plan = Plan(goods, bin);
        Assert.Empty(plan.Bins);
        return Assert.Single(plan.Refused).Rule;
    }

    [Theory]
    [InlineData(BinLimit.Units, 10, 4, 7)]
    [InlineData(BinLimit.Volume, 5_000_000, 4_000_000, 7_000_000)]
    [InlineData(BinLimit.Weight, 9_000, 3_600, 6_300)]
    public void A_limit_that_units_would_pass_is_told_with_what_is_there(
        BinLimit limit, long most, long there, long adds)
    {
        BinRoom room = limit switch
        {
            BinLimit.Units => new(MaxUnits: (int)most),
            BinLimit.Volume => new(VolumeMm3: most),
            BinLimit.Weight => new(Grams: most),
        };
        var fill = Bin("B", room: room, stock: Units(4));
        Assert.Equal(new BinExcess(limit, most, there, adds), PutAway.Excess(fill, 7, Litre));
        Assert.Null(PutAway.Excess(fill, 1, Litre));
    }

    [Fact]
    public void What_has_no_size_that_is_told_takes_no_room_and_a_bin_that_says_nothing_takes_all()
    {
        Assert.Null(PutAway.Excess(Bin("B", room: new(VolumeMm3: 1, Grams: 1)), 99, default));
        Assert.Null(PutAway.Excess(Bin("B", room: new(MaxSkus: 1)), 99, Litre));
        var unknown = Bin("B", room: new(VolumeMm3: 1_000_000), stock: Units(9, "CUP", size: new(0, 0)));
        Assert.Null(PutAway.Excess(unknown, 1, Litre));
        Assert.Equal(BinLimit.Volume, PutAway.Excess(unknown, 2, Litre)?.Limit);
    }

    [Fact]
    public void So_many_units_as_a_bin_takes_are_proposed_for_it()
    {
        var bin = Bin("B", room: new(MaxUnits: 10), stock: Units(4));
        Assert.Equal("B SameLot 6", Text(Plan(Mugs, bin)));
        Assert.Equal(PutAwayRule.NoRoom, Rule(Mugs, Bin("B", room: new(MaxUnits: 4), stock: Units(4))));
    }

    [Fact]
    public void The_face_comes_first_then_the_same_lot_then_the_same_sku_then_an_empty_bin_near_the_bench()
    {
        var plan = Plan(
            Mugs, Bin("FAR", x: 9_000), Bin("NEAR", x: 1_000),
            Bin("OTHER", x: 1, stock: [Units(1, "CUP")]), Bin("SAME", stock: [Units(4, lot: "L-0")]),
            Bin("LOT", stock: [Units(4)]), Bin("FACE", "P", 5_000, face: FaceOf("MUG"), stock: [Units(2)]));
        Assert.Equal(
            "FACE FaceBelowMin 8, LOT SameLot 6, SAME SameSku 6, NEAR Empty 10, FAR Empty 0, OTHER Mixed 0",
            Text(plan));
        Assert.Equal(
            (PutAwayReason.FaceBelowMin, 8L, 5_000L),
            (plan.Bins[0].Reason, plan.Bins[0].Fits, plan.Bins[0].WalkMm));
        Assert.Equal(0, plan.Left);
        Assert.Equal(
            [PutAwayReason.SameLot, PutAwayReason.SameSku, PutAwayReason.Empty, PutAwayReason.Empty,
                PutAwayReason.Mixed], plan.Bins.Skip(1).Select(b => b.Reason));
        Assert.Equal(
            PutAwayReason.FaceBelowMax,
            Plan(Mugs, Bin("FACE", "P", face: FaceOf("MUG"), stock: [Units(6)])).Bins[0].Reason);
    }

    [Fact]
    public void Slow_goods_leave_the_near_bins_to_others_and_goods_with_a_face_leave_other_faces()
    {
        BinFill[] bins = [Bin("FAR", x: 9_000), Bin("NEAR", x: 1_000)];
        Assert.Equal("FAR", Plan(Mugs with { Velocity = Velocity.Slow }, bins).Bins[0].Bin);
        Assert.Equal("NEAR", Plan(Mugs with { Velocity = Velocity.Fast }, bins).Bins[0].Bin);
        Assert.Equal("NEAR", Plan(Mugs with { Velocity = Velocity.Unknown }, bins).Bins[0].Bin);

        var face = Bin("FACE", "P", face: FaceOf("MUG"), stock: [Units(12)]);
        Assert.Equal(["RES", "ANY"], Plan(Mugs, face, Bin("ANY", "P", 1), Bin("RES", x: 2)).Bins.Select(b => b.Bin));
        Assert.Equal(["ANY", "RES"], Plan(Mugs, Bin("ANY", "P", 1), Bin("RES", x: 2)).Bins.Select(b => b.Bin));
    }

    [Fact]
    public void Forbidden_bins_are_named_with_the_rule()
    {
        Assert.Equal(PutAwayRule.Blocked, Rule(Mugs, Bin("A", status: BinStatus.Blocked)));
        Assert.Equal(PutAwayRule.NoStorage, Rule(Mugs, Bin("A", "DOCK")));
        Assert.Equal(PutAwayRule.NoStorage, Rule(Mugs, Bin("A", "GONE")));
        Assert.Equal(PutAwayRule.NotHandled, Rule(Mugs with { Handling = ["cold-chain"] }, Bin("A")));
        Assert.Equal(PutAwayRule.KeptForHandling, Rule(Mugs, Bin("A", "COLD")));
        Assert.Empty(Plan(Mugs with { Handling = ["cold-chain"] }, Bin("A", "COLD")).Refused);
        Assert.Equal(PutAwayRule.KeptForOther, Rule(Mugs, Bin("A", "P", face: FaceOf("CUP"))));
        Assert.Equal(PutAwayRule.KeptForOther, Rule(Mugs, Bin("A", "P", face: FaceOf("MUG") with { Seller = "b" })));
        BinRoom pure = new(10_000_000, 10_000, 1, OneLot: true);
        Assert.Equal(PutAwayRule.OtherSku, Rule(Mugs, Bin("A", room: pure, stock: [Units(1, "CUP")])));
        Assert.Equal(PutAwayRule.OtherSku, Rule(Mugs, Bin("A", room: pure, stock: [Units(1, seller: "b")])));
        Assert.Equal(PutAwayRule.OtherLot, Rule(Mugs, Bin("A", room: pure, stock: [Units(1, lot: "L-0")])));
        Assert.Equal(PutAwayRule.FaceFull, Rule(Mugs, Bin("A", "P", face: FaceOf("MUG"), stock: [Units(12)])));
        Assert.Equal(PutAwayRule.NoRoom, Rule(Mugs, Bin("A", stock: [Units(10)])));
        Assert.Equal(PutAwayRule.TooHeavy, Rule(Mugs, Bin("A", room: new(99_000_000, 5_000), stock: [Units(5)])));
    }

    [Fact]
    public void What_is_not_known_is_told_and_not_guessed()
    {
        var untold = Plan(Mugs with { Size = default }, Bin("A"));
        Assert.Null(untold.Bins[0].Fits);
        Assert.Equal([PutAwayGap.Dimensions, PutAwayGap.Weight], untold.Bins[0].NotKnown.AsEnumerable());
        Assert.Equal(
            [PutAwayGap.Dimensions, PutAwayGap.Weight],
            Plan(Mugs, Bin("A", stock: [Units(1, "CUP", size: default(UnitSize))])).Bins[0].NotKnown.AsEnumerable());
        Assert.Equal([PutAwayGap.Room], Plan(Mugs, Bin("A", room: new(MaxSkus: 1))).Bins[0].NotKnown.AsEnumerable());
        var nowhere = PutAway.Plan(Mugs, [.. Zones.Where(z => z.Kind != ZoneKind.Packing)], [Bin("A")]);
        Assert.Equal([PutAwayGap.Packing], nowhere.Bins[0].NotKnown.AsEnumerable());
        Assert.Null(nowhere.Bins[0].WalkMm);
    }

    [Fact]
    public void What_finds_no_room_is_left_and_only_the_first_bins_are_told()
    {
        Assert.Equal(20, Plan(Mugs, Bin("A")).Left);
        var many = Enumerable.Range(0, 50).Select(i => Bin($"B{i:D2}", stock: [Units(1)]))
            .Concat(Enumerable.Range(0, 50).Select(i => Bin($"X{i:D2}", status: BinStatus.Blocked)));
        var plan = Plan(Mugs, [.. many]);
        Assert.Equal((PutAway.MaxBins, PutAway.MaxRefusals), (plan.Bins.Length, plan.Refused.Length));
    }

    [Fact]
    public void A_face_below_its_minimum_is_filled_from_the_reserve_the_lot_that_is_over_first_first()
    {
        DateOnly may = new(2027, 5, 31), june = new(2027, 6, 30);
        BinFill[] bins =
        [
            Bin("F-1", "P", face: FaceOf("MUG"), stock: [Units(4, free: 2)]),
            Bin("F-2", "P", face: FaceOf("MUG", 3), stock: [Units(3)]),
            Bin("F-3", "P", face: FaceOf("CUP"), status: BinStatus.Blocked),
            Bin("F-4", "P", face: FaceOf("POT")),
            Bin("F-5", "P", face: FaceOf("MUG"), stock: []),
            Bin("R-1", stock: [Units(9, expires: june)]),
            Bin("R-2", stock: [Units(6, lot: "L-0", expires: may), Units(7, "CUP")]),
            Bin("R-3", stock: [Units(4, free: 0, expires: may)]),
            Bin("R-4", stock: [Units(9, seller: "b")]),
        ];

        var needs = PutAway.Needs("default", bins);

        Assert.Equal(["F-4", "F-5", "F-1"], needs.Select(n => n.Bin));
        Assert.Equal((0L, 12L, 12L), (needs[0].Units, needs[0].Wanted, needs[0].Short));
        Assert.Equal([new("R-2", "L-0", 6), new FaceSource("R-1", "L-1", 6)], needs[1].Sources.AsEnumerable());
        Assert.Equal([new FaceSource("R-1", "L-1", 3)], needs[2].Sources.AsEnumerable());
        Assert.Equal((10L, 7L), (needs[2].Wanted, needs[2].Short));
        Assert.Empty(PutAway.Needs("nobody", bins));
    }
}
