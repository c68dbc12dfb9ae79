using System.Collections.Immutable;
using Fulfillment.Inventory;
using static Fulfillment.Inventory.SkuCommand;
using static Fulfillment.Tests.Domain.Stock;

namespace Fulfillment.Tests.Domain;

/// <summary>Units go from where they were picked into the box in which they leave, and out again.</summary>
public sealed class PackUnitsTests
{
    static readonly PackUnits One = new("p-1", "o-1", "N1", 1, "BOX-1");

    /// <summary>Five at N1, of them three for o-1.</summary>
    static SkuEvent[] Committed() =>
    [
        .. OnHand(5), Reserved("o-1", 1, 3, 2, until: Product.Start.AddDays(1), sweep: Product.Start.AddDays(1)),
        Allocated("o-1", 2, 2, N1(3)),
    ];

    static Given<Sku, SkuCommand, SkuEvent> Serials() => Given(
        new SkuEvent.SkuDefined(Card() with { Tracking = new(Serials: true) }, 1))
        .When(new Receive(
            "r-1", "N1", 3, "delivery", StockState.Available, null, new("A-1", Serials: ["S1", "S2", "S3"])))
        .When(new Reserve("o-1", 1, 2, Product.Start, false)).When(new Allocate("o-1", 2, [N1(2)]));

    static void Refused(Given<Sku, SkuCommand, SkuEvent> scene, PickStatus status)
    {
        Assert.Equal(status, Assert.IsType<PickReply>(scene.Reply).Status);
        scene.ThenNothing();
    }

    static string Places(Given<Sku, SkuCommand, SkuEvent> scene) => string.Join(
        ", ", Assert.IsType<SlotsReply>(scene.Ask(new GetSlots())).Slots.Select(s =>
            $"{s.Units} {(s.Packed ? "packed" : "lying")} {s.Bin ?? "-"} {s.Lpn ?? "-"} for {s.Order ?? "-"}"
            + (s.Serials.IsDefault ? "" : $" {string.Join('+', s.Serials)}")));

    static Standing StandingOf(Given<Sku, SkuCommand, SkuEvent> scene) =>
        Assert.IsType<PickReply>(scene.Reply).Standing;

    [Fact]
    public void What_was_picked_is_packed_first_and_stays_picked_for_the_order()
    {
        var scene = Given(Committed()).When(new Pick("k-1", "o-1", "N1", 2, null, "TOTE"))
            .When(One with { Quantity = 2, BoxBin = "BENCH" });

        Assert.Equal((PickStatus.Done, 2L), (
            Assert.IsType<PickReply>(scene.Reply).Status, Assert.Single(StandingOf(scene).Picked).Units));
        Assert.Equal("2 packed BENCH BOX-1 for o-1", Places(scene));
        Refused(scene.When(One with { Quantity = 2, BoxBin = "BENCH" }), PickStatus.AlreadyDone);
        Refused(scene.When(One), PickStatus.DifferentContent);
    }

    [Fact]
    public void Where_nobody_picked_units_are_picked_as_they_are_packed()
    {
        var scene = Given(Committed()).When(new Pick("k-1", "o-1", "N1", 1, null, "TOTE"))
            .When(One with { Quantity = 3 });

        Assert.Equal(3, Assert.Single(StandingOf(scene).Picked).Units);
        Assert.Equal("3 packed - BOX-1 for o-1", Places(scene));
        Refused(scene.When(One with { Id = "p-2" }), PickStatus.MoreThanHeld);
        Refused(scene.When(new Pick("k-2", "o-1", "N1", 1)), PickStatus.MoreThanHeld);
    }

    [Fact]
    public void Nothing_is_packed_for_who_has_nothing_committed_there()
    {
        Refused(Given(OnHand(5)).When(One), PickStatus.NothingHeld);
        Refused(Given().When(One), PickStatus.UnknownSku);
        Refused(Given(Committed()).When(One with { Quantity = 0 }), PickStatus.QuantityNotPositive);
        Refused(Given(Committed()).When(One with { Until = Product.Start.AddDays(-1) }), PickStatus.TooLate);
        Refused(Given(Committed()).When(One with { What = new(Lot: "L-9") }), PickStatus.UnknownLot);
        Refused(Given(Committed()).When(One with { Node = "N2" }), PickStatus.NothingHeld);
    }

    [Fact]
    public void Others_than_the_picked_ones_are_not_packed()
    {
        var scene = Serials().When(new Pick("k-1", "o-1", "N1", 2, new(Serials: ["S1", "S2"]), "TOTE"));

        Refused(scene.When(One), PickStatus.SerialsMissing);
        Refused(scene.When(One with { What = new(Serials: ["S3"]) }), PickStatus.OtherPicked);
        scene.When(One with { What = new(Serials: ["S2"]) });
        Assert.Equal(
            "1 lying A-1 - for - S3, 1 lying - TOTE for o-1 S1, 1 packed - BOX-1 for o-1 S2", Sorted(Places(scene)));
    }

    static string Sorted(string places) => string.Join(", ", places.Split(", ")
        .OrderBy(p => p.Contains("packed", StringComparison.Ordinal))
        .ThenBy(p => p.Contains("o-1", StringComparison.Ordinal)));

    [Fact]
    public void Units_come_out_of_their_box_and_are_picked_still()
    {
        var scene = Given(Committed()).When(One with { Quantity = 2 })
            .When(new UnpackUnits("u-1", "o-1", "N1", 1, "BOX-1"));

        Assert.Equal(PickStatus.Done, Assert.IsType<PickReply>(scene.Reply).Status);
        Assert.Equal("1 lying - - for o-1, 1 packed - BOX-1 for o-1", Sorted(Places(scene)));
        Refused(scene.When(new UnpackUnits("u-2", "o-1", "N1", 2, "BOX-1")), PickStatus.NothingPicked);
        Refused(scene.When(new UnpackUnits("u-2", "o-1", "N1", 1, "BOX-2")), PickStatus.NothingPicked);
        Refused(scene.When(new Unpick("k-9", "o-1", "N1", 2)), PickStatus.NothingPicked);
    }

    [Fact]
    public void Who_takes_out_some_of_several_serials_says_which()
    {
        var scene = Serials().When(One with { Quantity = 2, What = new(Serials: ["S1", "S2"]) });

        Refused(scene.When(new UnpackUnits("u-1", "o-1", "N1", 1, "BOX-1")), PickStatus.SerialsMissing);
        scene.When(new UnpackUnits("u-1", "o-1", "N1", 1, "BOX-1", new(Serials: ["S2"])));
        Assert.Contains("1 packed - BOX-1 for o-1 S1", Places(scene), StringComparison.Ordinal);
        // The last one can be no other.
        scene.When(new UnpackUnits("u-2", "o-1", "N1", 1, "BOX-1"));
        Assert.Equal(PickStatus.Done, Assert.IsType<PickReply>(scene.Reply).Status);
    }

    [Fact]
    public void Who_takes_out_some_of_two_lots_says_of_which()
    {
        var scene = Given(new SkuEvent.SkuDefined(Card() with { Tracking = new(Lots: true) }, 1))
            .When(new Receive("r-1", "N1", 2, "delivery", StockState.Available, null, new("A-1", "L1")))
            .When(new Receive("r-2", "N1", 2, "delivery", StockState.Available, null, new("A-1", "L2")))
            .When(new Reserve("o-1", 1, 4, Product.Start, false)).When(new Allocate("o-1", 2, [N1(4)]))
            .When(One with { Quantity = 2, What = new(Lot: "L1") })
            .When(One with { Id = "p-2", Quantity = 2, What = new(Lot: "L2") });

        Refused(scene.When(new UnpackUnits("u-1", "o-1", "N1", 1, "BOX-1")), PickStatus.LotMissing);
        scene.When(new UnpackUnits("u-1", "o-1", "N1", 2, "BOX-1", new(Lot: "L1")))
            .When(new UnpackUnits("u-2", "o-1", "N1", 1, "BOX-1"));
        Assert.Equal("L2", Assert.Single(Assert.IsType<PickReply>(scene.Reply).Taken).Lot);
    }

    [Fact]
    public void Of_units_picked_for_an_order_those_are_set_aside_that_were_unpicked_by_name()
    {
        var scene = Serials().When(new Pick("k-1", "o-1", "N1", 2, new(Serials: ["S1", "S2"]), "TOTE"))
            .When(new Unpick("q-1", "o-1", "N1", 1, new(Lpn: "TOTE", Serials: ["S2"])))
            .When(new Return("o-1", 3, [N1(1)]))
            .When(new Move(
                "m-1", "N1", 1, StockState.Available, StockState.Qc, "a crack", new(Serials: ["S2"]), Any: true));

        Assert.Equal(MoveStatus.Done, Assert.IsType<MoveReply>(scene.Reply).Status);
        Assert.Contains("1 lying - TOTE for o-1 S1", Places(scene), StringComparison.Ordinal);
        var aside = Assert.Single(
            Assert.IsType<SlotsReply>(scene.Ask(new GetSlots())).Slots, s => s.State == StockState.Qc);
        Assert.Equal("S2", Assert.Single(aside.Serials));
    }

    [Fact]
    public void The_units_of_the_boxes_that_have_left_leave_the_books()
    {
        var scene = Serials().When(new PackUnits("p-1", "o-1", "N1", 1, "BOX-1", new(Serials: ["S1"])))
            .When(new PackUnits("p-2", "o-1", "N1", 1, "BOX-2", new(Serials: ["S2"])))
            .When(new Ship("o-1", 3, [N1(1)], ["BOX-2"]));

        Assert.Equal("1 lying A-1 - for - S3, 1 packed - BOX-1 for o-1 S1", Sorted(Places(scene)));
    }

    [Fact]
    public void What_the_order_gives_up_is_first_what_is_in_no_box()
    {
        var scene = Given(Committed()).When(new Pick("k-1", "o-1", "N1", 2, null, "TOTE")).When(One)
            .When(new Release("o-1", 3, 0, [N1(2)]));

        Assert.Equal("1 lying - TOTE for -, 1 packed - BOX-1 for o-1", Sorted(Places(scene)));
        scene.When(new Release("o-1", 4, 0, [N1(1)]));
        Assert.DoesNotContain("packed", Places(scene), StringComparison.Ordinal);
    }

    static UnpackUnits Out(string id, int units, string box, params ImmutableArray<string> others) =>
        new(id, "o-1", "N1", units, box, Boxes: others);

    /// <summary>Three of o-1 in BOX-1 and BOX-2, of which it has given one back.</summary>
    static Given<Sku, SkuCommand, SkuEvent> GivenBack(int first, int second) => Given(Committed())
        .When(One with { Quantity = first }).When(One with { Id = "p-2", Quantity = second, Box = "BOX-2" })
        .When(new Return("o-1", 3, [N1(1)]));

    [Fact]
    public void What_was_given_back_while_it_was_packed_comes_out_first_and_is_nobodys()
    {
        var scene = Given(Committed()).When(One with { Quantity = 3 }).When(new Return("o-1", 3, [N1(1)]));
        Assert.Equal("1 lying - BOX-1 for -, 2 packed - BOX-1 for o-1", Sorted(Places(scene)));
        scene.When(Out("u-1", 1, "BOX-1"));
        Assert.Equal(PickStatus.Done, Assert.IsType<PickReply>(scene.Reply).Status);
        Assert.Equal("2 packed - BOX-1 for o-1", Sorted(Places(scene)));
        // And what is left goes as it was packed.
        scene.When(new Ship("o-1", 4, [N1(2)], ["BOX-1"]));
        Assert.Equal("", Places(scene));
    }

    [Fact]
    public void Another_box_gives_its_units_in_place_of_those_that_were_given_back()
    {
        var scene = GivenBack(2, 1).When(Out("u-1", 1, "BOX-1", "BOX-2"));
        Assert.Equal("1 packed - BOX-1 for o-1, 1 packed - BOX-2 for o-1", Sorted(Places(scene)));
    }

    [Fact]
    public void What_leaves_is_what_is_in_the_boxes_that_leave()
    {
        // Its units of BOX-2 are the ones that were given back; and BOX-2 goes.
        var scene = GivenBack(2, 1);
        Assert.Equal("1 lying - BOX-2 for -, 2 packed - BOX-1 for o-1", Sorted(Places(scene)));
        scene.When(new Ship("o-1", 4, [N1(1)], ["BOX-2"]));
        Assert.Equal("1 lying - BOX-1 for -, 1 packed - BOX-1 for o-1", Sorted(Places(scene)));
        scene.When(Out("u-1", 1, "BOX-1"));
        Assert.Equal("1 packed - BOX-1 for o-1", Sorted(Places(scene)));
    }

    [Fact]
    public void The_serial_that_came_out_is_nobodys_and_the_one_in_the_box_is_the_orders()
    {
        var scene = Serials().When(One with { Quantity = 2, What = new(Serials: ["S1", "S2"]) })
            .When(new Return("o-1", 3, [N1(1)]));
        var free = Places(scene).Contains("BOX-1 for - S1", StringComparison.Ordinal) ? "S1" : "S2";
        var (own, box) = (free == "S1" ? "S2" : "S1", "BOX-1");
        scene.When(Out("u-1", 1, box) with { What = new(Serials: [own]) });
        Assert.Contains($"1 packed - BOX-1 for o-1 {free}", Places(scene), StringComparison.Ordinal);
        Assert.Contains($"lying - - for - {own}", Places(scene), StringComparison.Ordinal);
        Assert.Equal<IEnumerable<string>>([own], Assert.Single(Assert.IsType<PickReply>(scene.Reply).Taken).Serials);
    }

    [Fact]
    public void What_others_bought_out_of_the_box_meanwhile_is_out_of_it_too()
    {
        var scene = GivenBack(2, 1).When(new Reserve("o-2", 1, 2, Product.Start, false))
            .When(new Allocate("o-2", 2, [N1(2)]))
            .When(new Pick("k-1", "o-2", "N1", 1, new(Lpn: "BOX-2"), "TOTE"));
        scene.When(Out("u-1", 1, "BOX-2", "BOX-1"));
        Assert.Equal(PickStatus.NothingPicked, Assert.IsType<PickReply>(scene.Reply).Status);
        scene.When(Out("u-2", 3, "BOX-1", "BOX-2"));
        Assert.Equal(PickStatus.Done, Assert.IsType<PickReply>(scene.Reply).Status);
        Assert.DoesNotContain("BOX", Places(scene), StringComparison.Ordinal);
    }
}
