using Fulfillment.Warehousing;
using static Fulfillment.Warehousing.LayoutCommand;

namespace Fulfillment.Tests.Domain;

/// <summary>Zones, aisles and bins, and which bins take units.</summary>
public sealed class LayoutTests
{
    static readonly Zone Pick = new("P", ZoneKind.Pick, []), Cold = new("C", ZoneKind.Reserve, ["cold-chain"]);

    static readonly Aisle First = new("A-01", new(0, 0), new(0, 10_000));

    static readonly LayoutEvent[] Empty =
        [new LayoutEvent.ZonePut(Pick), new LayoutEvent.ZonePut(Cold), new LayoutEvent.AislesPut([First])];

    static readonly LayoutEvent[] TwoBins = [.. Empty, new LayoutEvent.BinsPut([Bin("A-1"), Bin("A-2")])];

    static Bin Bin(string id, string zone = "P") => new(
        id, zone, BinRole.PickFace, "A-01", 1, 1, 1, new(1_000, 0), new(0, 500), new(1_000, 2_000, 1));

    static Given<Layout, LayoutCommand, LayoutEvent> Given(params IEnumerable<LayoutEvent> events) =>
        new(new(LayoutCalls.Kind, "LEJ1"), Product.Start, events);

    static void Then(Given<Layout, LayoutCommand, LayoutEvent> scene, LayoutStatus status)
    {
        Assert.Equal(status, Assert.IsType<LayoutReply>(scene.Reply).Status);
        if (status is not (LayoutStatus.Created or LayoutStatus.Changed)) scene.ThenNothing();
    }

    static BinAdmission Admitted(Given<Layout, LayoutCommand, LayoutEvent> scene, params string[] bins) =>
        Assert.IsType<AdmitReply>(scene.Ask(new Admit([.. bins]))).Status;

    [Fact]
    public void Bins_are_put_all_or_none_and_again_without_effect()
    {
        var scene = Given(Empty).When(new PutBins([Bin("A-1"), Bin("A-2")]));
        Then(scene, LayoutStatus.Created);
        scene.ThenHappens(new LayoutEvent.BinsPut([Bin("A-1"), Bin("A-2")]));
        Then(scene.When(new PutBins([Bin("A-1"), Bin("A-2")])), LayoutStatus.Unchanged);

        scene.When(new PutBins([Bin("A-1"), Bin("A-2", "C"), Bin("A-3")]));
        Then(scene, LayoutStatus.Created);
        scene.ThenHappens(new LayoutEvent.BinsPut([Bin("A-2", "C"), Bin("A-3")]));
        Assert.Equal((1, 1), scene.Reply is LayoutReply r ? (r.Created, r.Changed) : default);
        Then(scene.When(new PutBins([Bin("A-4"), Bin("A-5", "NONE")])), LayoutStatus.UnknownZone);
        Then(
            scene.When(new PutBins([Bin("A-4"), Bin("A-5") with { Aisle = "NONE" }])), LayoutStatus.UnknownAisle);
        Then(scene.When(new PutBins([Bin("A-3", "C")], 1)), LayoutStatus.Stale);
        Then(scene.When(new PutBins([Bin("A-3", "C")], 5)), LayoutStatus.Changed);
    }

    [Fact]
    public void A_face_is_changed_by_whoever_it_is_kept_for_and_by_the_operator()
    {
        Face face = new("a", "MUG", 1, 5);
        var mine = Bin("A-1") with { Face = face };
        var scene = Given(TwoBins).When(new PutBins([mine], Seller: "a"));
        Then(scene, LayoutStatus.Changed);
        Then(scene.When(new PutBins([Bin("A-1")], Seller: "b")), LayoutStatus.FaceOfOther);
        Then(scene.When(new PutBins([mine with { Face = face with { Seller = "b" } }], Seller: "b")),
            LayoutStatus.FaceOfOther);
        Then(scene.When(new PutBins([Bin("A-9"), Bin("A-1")], Seller: "b")), LayoutStatus.FaceOfOther);
        Then(scene.When(new PutBins([mine with { Bay = 2 }], Seller: "b")), LayoutStatus.Changed);
        Then(scene.When(new PutBins([mine with { Face = face with { Max = 9 } }], Seller: "a")), LayoutStatus.Changed);
        Then(scene.When(new PutBins([Bin("A-1")])), LayoutStatus.Changed);
    }

    [Fact]
    public void Who_puts_units_into_bins_is_told_which_of_them_take_only_so_much()
    {
        LayoutEvent.BinsPut bins = new([Bin("A-1"), Bin("A-2") with { Room = new(MaxSkus: 1) }]);
        var scene = Given([.. Empty, bins]);
        var reply = Assert.IsType<AdmitReply>(scene.Ask(new Admit(["A-1", "A-2"])));
        Assert.Equal("A-1", Assert.Single(reply.Limited).Id);
        Assert.True(Assert.IsType<AdmitReply>(scene.Ask(new Admit(["A-2"]))).Limited.IsDefault);
        Assert.True(new BinRoom(MaxUnits: 1).IsLimited);
    }

    [Fact]
    public void A_node_without_bins_takes_any_name_and_one_with_bins_only_its_open_ones()
    {
        Assert.Equal(BinAdmission.NoLayout, Admitted(Given(Empty), "X"));
        var scene = Given(TwoBins);
        Assert.Equal(BinAdmission.Admitted, Admitted(scene, "A-1", "A-2"));
        Assert.Equal(BinAdmission.UnknownBin, Admitted(scene, "A-1", "X"));

        Then(scene.When(new Block("A-2", "broken")), LayoutStatus.Changed);
        scene.ThenHappens(new LayoutEvent.BinTurned("A-2", BinStatus.Blocked, "broken", Product.Start));
        Then(scene.When(new Block("A-2", "broken")), LayoutStatus.Unchanged);
        scene.Ask(new Admit(["A-1", "A-2"]));
        Assert.Equal(
            new AdmitReply(BinAdmission.Blocked, Product.Start + Layout.AdmittedFor, "A-2", "broken"),
            scene.Ask(new Admit(["A-1", "A-2"])));
        Then(scene.When(new Open("A-2")), LayoutStatus.Changed);
        Assert.Equal(BinAdmission.Admitted, Admitted(scene, "A-2"));
        Assert.Equal(BinStatus.Open, scene.State.Bins["A-2"].Status);
    }

    [Fact]
    public void A_bin_is_removed_once_nothing_can_be_on_its_way_into_it()
    {
        var scene = Given(TwoBins);
        Then(scene.When(new Remove("A-1", 4)), LayoutStatus.NotClosed);
        Then(scene.When(new Close("A-1", "the rack goes")), LayoutStatus.Changed);
        Assert.Equal(BinStatus.Closed, scene.State.Bins["A-1"].Status);
        Assert.Equal(BinAdmission.Blocked, Admitted(scene, "A-1"));
        Then(scene.When(new Remove("A-1", 5)), LayoutStatus.TooSoon);

        scene.At(Product.Start + Layout.RemovableAfter);
        Then(scene.When(new Remove("A-1", 4)), LayoutStatus.Stale);
        Then(scene.When(new Remove("A-1", 5)), LayoutStatus.Changed);
        scene.ThenHappens(new LayoutEvent.BinRemoved("A-1"));
        Then(scene.When(new Remove("A-1", 5)), LayoutStatus.UnknownBin);
        Then(scene.When(new Block("A-1", "x")), LayoutStatus.UnknownBin);
        Assert.True(Layout.AdmittedFor * 2 < Layout.RemovableAfter);
    }

    [Fact]
    public void A_zone_or_an_aisle_that_bins_are_in_stays()
    {
        var scene = Given(TwoBins);
        Then(scene.When(new RemoveZone("P")), LayoutStatus.InUse);
        Then(scene.When(new RemoveAisle("A-01")), LayoutStatus.InUse);
        Then(scene.When(new RemoveZone("C")), LayoutStatus.Changed);
        Then(scene.When(new RemoveZone("C")), LayoutStatus.UnknownZone);
        Then(scene.When(new PutAisles([First with { Id = "B" }])), LayoutStatus.Created);
        Then(scene.When(new RemoveAisle("B")), LayoutStatus.Changed);
        Then(scene.When(new RemoveAisle("B")), LayoutStatus.UnknownAisle);
        Then(scene.When(new PutAisles([First])), LayoutStatus.Unchanged);
        Then(scene.When(new PutAisles([First with { OneWay = true }])), LayoutStatus.Changed);
        Then(scene.When(new PutZone(Pick with { Handles = [] })), LayoutStatus.Unchanged);
        Then(scene.When(new PutZone(Pick with { Kind = ZoneKind.Returns })), LayoutStatus.Changed);
        Assert.Single(Assert.IsType<LayoutPlan>(scene.Ask(new GetPlan())).Zones);
    }

    [Fact]
    public void The_floor_is_told_with_the_bins_asked_for_and_those_that_are_not_there()
    {
        var floor = Assert.IsType<LayoutFloor>(Given(TwoBins).Ask(new GetFloor(["A-2", "Z", "A-1"])));

        Assert.Equal(["A-2", "A-1"], floor.Bins.Select(b => b.Id));
        Assert.Equal("Z", Assert.Single(floor.Missing));
        Assert.Equal((2, "A-01"), (floor.Zones.Length, Assert.Single(floor.Aisles).Id));
    }

    [Fact]
    public void A_node_has_at_most_fifty_thousand_bins()
    {
        var state = TwoBins.Aggregate(Layout.Initial, Layout.Evolve);
        var bins = Enumerable.Range(0, Layout.MaxBins - 2).Select(i => Bin($"B-{i:D5}"));
        foreach (var some in bins.Chunk(Layout.MaxPutAtOnce))
            state = Layout.Evolve(state, new LayoutEvent.BinsPut([.. some]));
        Assert.Equal(Layout.MaxBins, state.Bins.Count);
        Turn turn = new(new(LayoutCalls.Kind, "LEJ1"), Product.Start, 0);

        var refused = Layout.Decide(state, new PutBins([Bin("C")]), turn);

        Assert.Equal(LayoutStatus.TooMany, Assert.IsType<LayoutReply>(refused.Reply).Status);
        Assert.Equal(
            LayoutStatus.Changed,
            Assert.IsType<LayoutReply>(Layout.Decide(state, new PutBins([Bin("A-1", "C")]), turn).Reply).Status);
    }

    [Theory]
    [InlineData(ZoneKind.Pick, "pick")]
    [InlineData(ZoneKind.Reserve, "reserve")]
    [InlineData(ZoneKind.Receiving, "receiving")]
    [InlineData(ZoneKind.Packing, "packing")]
    [InlineData(ZoneKind.Staging, "staging")]
    [InlineData(ZoneKind.Quarantine, "quarantine")]
    [InlineData(ZoneKind.Returns, "returns")]
    public void A_zone_is_written_with_what_it_is_for(ZoneKind kind, string text)
    {
        var events = Product.Kind<Layout, LayoutCommand, LayoutEvent>().Events;
        LayoutEvent.ZonePut put = new(Pick with { Kind = kind });
        Assert.Equal(kind, Wire.Through(events, put).Zone.Kind);
        var written = Wire.Text(Wire.Write(events, put));
        Assert.Equal(kind != default, written.Contains($"\"{text}\"", StringComparison.Ordinal));
    }

    [Fact]
    public void A_grid_is_aisles_with_bays_on_both_sides_and_a_cross_aisle_at_each_end()
    {
        LayoutGrid grid = new("P", "A", 3, 4, 2, new(10_000, 20_000), 4_000, 1_000, 500, 1, new(1_000));

        var (ways, bins) = (grid.Ways(), grid.Bins().ToList());

        Assert.Equal(["A-01", "A-02", "A-03", "A-front", "A-back"], ways.Select(a => a.Id));
        Assert.Equal(48, bins.Count);
        Assert.Equal(grid.Count, bins.Select(b => b.Id).Distinct().Count());
        Assert.All(bins, bin =>
        {
            var aisle = ways.Single(a => a.Id == bin.Aisle);
            Assert.Equal(aisle.From.X, bin.Stand.X);
            Assert.InRange(bin.Stand.Y, aisle.From.Y, aisle.To.Y);
        });
        Assert.Equal("A-02-03-2", bins[21].Id);
        Assert.Equal(new Spot(12_000, 21_000, 500), bins[21].At);
        Assert.Equal(24, bins.Count(b => b.Role == BinRole.PickFace));
        Assert.All(bins.Where(b => b.Level == 2), b => Assert.Equal(BinRole.Reserve, b.Role));
        Assert.Equal(4_000 + 1_000, new Spot(0, 0, 9).WalkTo(new(4_000, -1_000)));
    }
}
