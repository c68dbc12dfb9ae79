using System.Collections.Immutable;
using Fulfillment.Inventory;
using static Fulfillment.Inventory.SkuCommand;
using static Fulfillment.Tests.Domain.Stock;

namespace Fulfillment.Tests.Domain;

/// <summary>Where units lie and which they are: bins, carriers, lots and serials.</summary>
public sealed class SlotTests
{
    static readonly DateOnly May = new(2027, 5, 31), June = new(2027, 6, 30);

    static SkuEvent.SkuDefined Tracked(Tracking tracking) =>
        new(Card() with { Tracking = tracking }, 1);

    static SkuEvent ByLot { get; } = Tracked(new(Lots: true, Expiry: true));

    static SkuEvent BySerial { get; } = Tracked(new(Serials: true));

    static Receive Arrive(string id, int quantity, Particulars? what, StockState state = StockState.Available) =>
        new(id, "N1", quantity, "delivery", state, null, what);

    static Particulars Lot(string lot, DateOnly? expires = null, string? bin = null) => new(bin, lot, Expires: expires);

    static ImmutableArray<Slot> SlotsOf(Given<Sku, SkuCommand, SkuEvent> scene) =>
        Assert.IsType<SlotsReply>(scene.Ask(new GetSlots())).Slots;

    static string Places(Given<Sku, SkuCommand, SkuEvent> scene) => string.Join(", ", SlotsOf(scene).Select(s =>
        $"{s.Units} {s.State} {s.Bin ?? "-"} {s.Lot ?? "-"}{(s.Lpn is null ? "" : $" on {s.Lpn}")}"
        + (s.Order is null ? "" : $" for {s.Order}")));

    static void Refused(Given<Sku, SkuCommand, SkuEvent> scene, PickStatus status)
    {
        Assert.Equal(status, Assert.IsType<PickReply>(scene.Reply).Status);
        scene.ThenNothing();
    }

    [Fact]
    public void Missing_units_that_the_book_has_not_in_their_place_are_nobodys_whoever_was_promised_others()
    {
        Move Aside(string id, string bin) => new(
            id, "N1", 2, StockState.Available, StockState.Quarantine, "short pick", new(bin), Any: true);
        SkuEvent.StockReceived Came(string id, int units, long available, string bin) =>
            new(id, "N1", StockState.Available, units, "delivery", available, null, new(bin));
        var scene = Given(
            Defined(), Came("r-1", 3, 3, "A-1"), Came("r-2", 1, 4, "A-2"), Reserved("o", 1, 4, 0),
            Allocated("o", 2, 0, N1(4))).When(Aside("m-1", "A-1"));
        Assert.Equal(MoveStatus.Committed, Assert.IsType<MoveReply>(scene.Reply).Status);
        foreach (var bin in (string[])["A-2", "A-9"])
        {
            scene.When(Aside("m-2", bin));
            Assert.Equal(MoveStatus.NotThere, Assert.IsType<MoveReply>(scene.Reply).Status);
        }
    }

    [Fact]
    public void What_arrives_lies_where_it_was_put_and_is_picked_in_the_order_in_which_lots_expire()
    {
        var scene = Given(ByLot)
            .When(Arrive("r-1", 5, Lot("L-2", June, "A-1"))).ThenDone()
            .When(Arrive("r-2", 3, Lot("L-1", May, "A-2"))).ThenDone()
            .When(Arrive("r-3", 2, Lot("L-1", May, "A-2"))).ThenDone();

        Assert.Equal("5 Available A-2 L-1, 5 Available A-1 L-2", Places(scene));
        Assert.Equal(10, scene.Count().Available);
    }

    [Fact]
    public void A_sku_that_is_told_apart_takes_nothing_in_without_lot_day_or_serials() => Given(ByLot)
        .When(Arrive("r-1", 5, null)).ThenRefused(MoveStatus.LotMissing)
        .When(Arrive("r-1", 5, new("A-1"))).ThenRefused(MoveStatus.LotMissing)
        .When(Arrive("r-1", 5, Lot("L-1"))).ThenRefused(MoveStatus.ExpiryMissing)
        .When(Arrive("r-1", 5, Lot("L-1", May))).ThenDone()
        .When(Arrive("r-2", 5, Lot("L-1", June))).ThenRefused(MoveStatus.LotDiffers)
        .When(Arrive("r-3", 5, Lot("L-1"))).ThenDone();

    [Fact]
    public void Each_serial_is_one_unit_and_is_here_once() => Given(BySerial)
        .When(Arrive("r-1", 2, new(Serials: ["S-1"]))).ThenRefused(MoveStatus.SerialsMissing)
        .When(Arrive("r-1", 2, new(Serials: ["S-1", "S-1"]))).ThenRefused(MoveStatus.SerialsMissing)
        .When(Arrive("r-1", 2, new(Serials: ["S-2", "S-1"]))).ThenDone()
        .When(Arrive("r-2", 1, new(Serials: ["S-1"]))).ThenRefused(MoveStatus.SerialTwice)
        .When(new Adjust("a-1", "N1", -1, "lost", StockState.Available)).ThenRefused(MoveStatus.SerialsMissing)
        .When(new Adjust("a-1", "N1", -1, "lost", StockState.Available, new(Serials: ["S-3"])))
        .ThenRefused(MoveStatus.NotThere)
        .When(new Adjust("a-1", "N1", -1, "lost", StockState.Available, new(Serials: ["S-1"]))).ThenDone()
        .When(Arrive("r-2", 1, new(Serials: ["S-1"]))).ThenDone();

    [Fact]
    public void Serials_that_nobody_finds_are_set_aside_by_their_number_and_the_count_says_which()
    {
        Move aside = new(
            "m-1", "N1", 1, StockState.Available, StockState.Quarantine, "short pick", new("A-1"), Any: true);
        var scene = Given(BySerial).When(Arrive("r-1", 2, new("A-1", Serials: ["S-1", "S-2"]))).ThenDone()
            .When(Arrive("r-2", 1, new("A-2", Serials: ["S-3"]))).ThenDone()
            .When(aside with { Any = false }).ThenRefused(MoveStatus.SerialsMissing)
            .When(aside with { To = StockState.Damaged }).ThenRefused(MoveStatus.SerialsMissing)
            .When(aside).ThenDone();
        Assert.Equal("1 Available A-1 -, 1 Available A-2 -, 1 Quarantine A-1 -", Places(scene));
        Assert.Equal(["S-1", "S-2", "S-3"], SlotsOf(scene).SelectMany(s => s.Serials).Order());
        scene.When(aside with { Id = "m-2", Quantity = 2 }).ThenRefused(MoveStatus.NotThere);
    }

    [Fact]
    public void What_is_left_in_a_bin_is_told_to_who_picks_from_it()
    {
        var scene = Given(Defined()).When(Arrive("r-1", 5, new("A-1"))).ThenDone()
            .When(Arrive("r-2", 9, new("A-2"))).ThenDone()
            .When(new Reserve("o-1", 1, 4, null)).When(new Allocate("o-1", 2, [new("N1", 4)]));
        Pick pick = new("p-1", "o-1", "N1", 3, new("A-1"));
        Assert.Equal(2, Assert.IsType<PickReply>(scene.When(pick).Reply).Left);
        Assert.Equal(2, Assert.IsType<PickReply>(scene.When(pick).Reply).Left);
        Assert.Null(Assert.IsType<PickReply>(scene.When(new Pick("p-2", "o-1", "N1", 1)).Reply).Left);
    }

    [Fact]
    public void Units_move_between_bins_and_carriers_and_stay_for_sale()
    {
        var scene = Given(Defined()).When(Arrive("r-1", 10, new("DOCK"))).ThenDone()
            .When(new Move("m-1", "N1", 4, StockState.Available, StockState.Available, "put away", new("DOCK"),
                "A-1", null, true)).ThenDone()
            .When(new Move("m-2", "N1", 3, StockState.Available, StockState.Quarantine, "look", new("DOCK"))).ThenDone()
            .When(new Move("m-3", "N1", 2, StockState.Available, StockState.Available, "load", new("DOCK"),
                null, "T-1", true)).ThenDone();

        Assert.Equal(
            "2 Available - - on T-1, 4 Available A-1 -, 1 Available DOCK -, 3 Quarantine DOCK -", Places(scene));
        Assert.Equal(7, scene.Count().Available);
        scene.When(new Move("m-4", "N1", 1, StockState.Available, StockState.Available, "x", new("DOCK"), "DOCK", null,
            true)).ThenRefused(MoveStatus.SameState)
            .When(new Move("m-4", "N1", 2, StockState.Available, StockState.Available, "x", new("DOCK"), "A-9", null,
                true)).ThenRefused(MoveStatus.NotThere)
            .When(new Move("m-4", "N1", 1, StockState.Available, StockState.Damaged, "x"))
            .ThenRefused(MoveStatus.NotThere)
            .When(new Adjust("a-1", "N1", -1, "x", StockState.Available, new("A-9"))).ThenRefused(MoveStatus.NotThere);
    }

    [Fact]
    public void Units_without_a_place_can_be_put_away_and_what_has_a_place_is_not_taken_for_them() =>
        Given(OnHand(5))
            .When(new Move("m-1", "N1", 3, StockState.Available, StockState.Available, "put away", null, "A-1", null,
                true)).ThenDone()
            .When(new Adjust("a-1", "N1", -3, "count", StockState.Available)).ThenRefused(MoveStatus.NotThere)
            .When(new Adjust("a-1", "N1", -2, "count", StockState.Available)).ThenDone();

    [Fact]
    public void A_repeat_is_known_by_all_that_was_told() => Given(Defined())
        .When(Arrive("r-1", 5, new("A-1"))).ThenDone()
        .When(Arrive("r-1", 5, new("A-1"))).Then(new MoveReply(MoveStatus.AlreadyDone, 5, 5))
        .When(Arrive("r-1", 5, new("A-2"))).ThenRefused(MoveStatus.DifferentContent)
        .When(Arrive("r-1", 5, null)).ThenRefused(MoveStatus.DifferentContent);

    [Fact]
    public void Picked_units_are_the_orders_and_leave_as_they_were_picked()
    {
        var scene = Given([ByLot,
            new SkuEvent.StockReceived("r-1", "N1", StockState.Available, 5, "d", 5, null, Lot("L-1", May, "A-1")),
            new SkuEvent.StockReceived("r-2", "N1", StockState.Available, 5, "d", 10, null, Lot("L-2", June, "A-2")),
            Reserved("o-1", 1, 4, 6), Allocated("o-1", 2, 6, N1(4))]);
        scene.When(new Pick("p-1", "o-1", "N1", 3, Lot("L-2"), "T-1"));

        Assert.Equal(PickStatus.Done, Assert.IsType<PickReply>(scene.Reply).Status);
        Assert.Equal(
            "5 Available A-1 L-1, 2 Available A-2 L-2, 3 Available - L-2 on T-1 for o-1", Places(scene));
        Assert.Equal(N1(3), Assert.Single(scene.Of("o-1").Picked));
        Assert.True(scene.Of("o-1").Named);
        Assert.Contains(scene.Sends, s => s.Command is Ordering.OrderCommand.NoteClaim);
        scene.When(new Pick("p-1", "o-1", "N1", 3, Lot("L-2"), "T-1"));
        Refused(scene, PickStatus.AlreadyDone);

        scene.When(new Ship("o-1", 3, [N1(4)]));
        Assert.Equal("4 Available A-1 L-1, 2 Available A-2 L-2", Places(scene));
    }

    [Fact]
    public void What_cannot_be_picked_says_why_and_changes_nothing()
    {
        var scene = Given([ByLot,
            new SkuEvent.StockReceived("r-1", "N1", StockState.Available, 5, "d", 5, null, Lot("L-1", May, "A-1")),
            Reserved("o-1", 1, 4, 1), Allocated("o-1", 2, 1, N1(4))]);
        Pick pick = new("p-1", "o-1", "N1", 2, Lot("L-1"));
        (Pick, PickStatus)[] cases =
        [
            (pick with { Quantity = 0 }, PickStatus.QuantityNotPositive),
            (pick with { Order = "o-2" }, PickStatus.NothingHeld),
            (pick with { Node = "N2" }, PickStatus.NothingHeld),
            (pick with { Quantity = 5 }, PickStatus.MoreThanHeld),
            (pick with { What = null }, PickStatus.LotMissing),
            (pick with { What = Lot("L-9") }, PickStatus.UnknownLot),
            (pick with { What = Lot("L-1", null, "A-9") }, PickStatus.NotThere),
            (pick with { Id = "r-1" }, PickStatus.DifferentContent),
        ];
        foreach (var (command, status) in cases) Refused(scene.When(command), status);
        Refused(Given().When(pick), PickStatus.UnknownSku);
        Refused(Given(new SkuEvent.SkuDefined(Card() with { Kit = [new("B", 1)] }, 1)).When(pick), PickStatus.IsKit);
        Refused(scene.When(new Unpick("u-1", "o-1", "N1", 1)), PickStatus.NothingPicked);
    }

    [Fact]
    public void Serials_are_picked_by_name()
    {
        var scene = Given([BySerial,
            new SkuEvent.StockReceived("r-1", "N1", StockState.Available, 3, "d", 3, null,
                new("A-1", Serials: ["S-1", "S-2", "S-3"])),
            Reserved("o-1", 1, 2, 1), Allocated("o-1", 2, 1, N1(2))]);
        Refused(scene.When(new Pick("p-1", "o-1", "N1", 2)), PickStatus.SerialsMissing);
        Refused(scene.When(new Pick("p-1", "o-1", "N1", 1, new(Serials: ["S-9"]))), PickStatus.NotThere);
        scene.When(new Pick("p-1", "o-1", "N1", 2, new(Serials: ["S-3", "S-1"])));
        scene.When(new Ship("o-1", 3, [N1(2)]));

        var gone = Assert.IsType<SkuEvent.StockShipped>(Assert.Single(scene.Events));
        Assert.Equal(["S-1", "S-3"], gone.Slots.SelectMany(s => s.Serials));
        Assert.Equal(["S-2"], SlotsOf(scene).SelectMany(s => s.Serials));
    }

    [Fact]
    public void Units_that_are_given_back_are_not_picked_any_more()
    {
        SkuEvent[] picked = [Defined(),
            new SkuEvent.StockReceived("r-1", "N1", StockState.Available, 5, "d", 5, null, new("A-1")),
            Reserved("o-1", 1, 4, 1), Allocated("o-1", 2, 1, N1(4)),
            new SkuEvent.StockPicked("p-1", "o-1", "N1", 3,
                [new("N1", StockState.Available, "A-1", null, null, 3)], "T-1", 1)];

        var released = Given(picked).When(new Release("o-1", 3, 0, [N1(2)])).ThenDone();
        Assert.Equal(N1(2), Assert.Single(released.Of("o-1").Picked));
        Assert.Contains("2 Available - - on T-1 for o-1", Places(released), StringComparison.Ordinal);
        var returned = Given(picked).When(new Return("o-1", 3, [N1(4)])).ThenDone();
        Assert.True(returned.Of("o-1").Picked.IsDefault);
        Assert.Contains("3 Available - - on T-1", Places(returned), StringComparison.Ordinal);

        var back = Given(picked).When(new Unpick("u-1", "o-1", "N1", 2, null, "A-1"));
        Assert.Equal(PickStatus.Done, Assert.IsType<PickReply>(back.Reply).Status);
        Assert.Equal(N1(1), Assert.Single(back.Of("o-1").Picked));
        Assert.Contains("4 Available A-1 -", Places(back), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_told_apart_once_there_are_units_of_which_it_is_not_known()
    {
        var scene = Given(OnHand(3)).When(new Define(Card() with { Tracking = new(Lots: true) }));
        Assert.Equal(DefineStatus.HasUnnamedStock, Assert.IsType<DefineReply>(scene.Reply).Status);
        Assert.True(new Tracking(Lots: true, Expiry: true).IsValid);
        Assert.False(new Tracking(Expiry: true).IsValid);
        Assert.False(new Tracking(Lots: true, DaysLeft: -1).IsValid);
        Assert.False((Card() with { Kit = [new("B", 1)], Tracking = new(Lots: true) }).IsValidFor("A"));
    }

    [Fact]
    public void Lots_go_along_with_a_transfer_and_lie_in_no_bin_where_they_arrive()
    {
        var scene = Given(ByLot)
            .When(Arrive("r-1", 5, Lot("L-2", June, "A-1"))).ThenDone()
            .When(Arrive("r-2", 3, Lot("L-1", May, "A-2"))).ThenDone()
            .When(new Move("t-1", "N1", 4, StockState.Available, StockState.InTransit, "transfer T", Carried: true,
                Any: true)).ThenDone();
        Assert.Equal("3 InTransit - L-1, 4 Available A-1 L-2, 1 InTransit - L-2", Places(scene));
        Assert.Equal((4, 4), (scene.Count().OnHand, scene.Count().Available));

        scene.When(new PlanSupply("to:T:1", 1, "N2", 0, Product.After(60), "transfer T",
            [new("t-2", StockState.Available, 2, "transfer T", "N1"), new("t-3", StockState.Damaged, 2, "T", "N1")]));
        Assert.Equal(
            "2 Available - L-1, 1 Damaged - L-1, 4 Available A-1 L-2, 1 Damaged - L-2", Places(scene));
        Assert.Equal((8, 6), (scene.Count().OnHand, scene.Count().Available));
    }

    [Fact]
    public void Units_in_a_tote_are_where_it_stands_and_stay_there_when_nobody_wants_them_any_more()
    {
        var scene = Given(Defined()).When(Arrive("r-1", 3, new("A-1"))).ThenDone()
            .When(new Reserve("o-1", 1, 2)).When(new Allocate("o-1", 2, [N1(2)]))
            .When(new Pick("p-1", "o-1", "N1", 2, null, "T-1", ToteBin: "CART"));
        Assert.Equal("1 Available A-1 -, 2 Available CART - on T-1 for o-1", Places(scene));

        scene.When(new Release("o-1", 3, 0, [N1(2)]));
        Assert.Equal("1 Available A-1 -, 2 Available CART - on T-1", Places(scene));
        Assert.Equal(2, Assert.IsType<JudgeReply>(
            scene.Ask(new JudgeCount(new("N1", "CART", null, null, 2)))).Expected);
    }

    [Fact]
    public void There_is_an_end_to_slots()
    {
        ImmutableArray<Slot> slots = [.. Enumerable.Range(0, Sku.MaxSlots)
            .Select(i => new Slot("N1", StockState.Available, $"{i:00000}", null, null, 1))];
        var full = Given([Defined(), Received(N1(Sku.MaxSlots), Sku.MaxSlots),
            Reserved("o-1", 1, 1, Sku.MaxSlots - 1), Allocated("o-1", 2, Sku.MaxSlots - 1, N1(1))]).State with
        {
            Slots = slots,
        };
        Turn turn = new(Self, Product.Start, full.Version);

        Assert.Equal(MoveStatus.TooMany, Assert.IsType<MoveReply>(
            Sku.Decide(full, Arrive("r-1", 1, new("new")), turn).Reply).Status);
        Assert.Equal(PickStatus.TooMany, Assert.IsType<PickReply>(
            Sku.Decide(full, new Pick("p-1", "o-1", "N1", 1), turn).Reply).Status);
    }

    [Fact]
    public void What_was_let_into_a_bin_comes_in_time_or_not_at_all_but_a_repeat_has_its_answer()
    {
        var late = Arrive("r-2", 5, new("A-1")) with { Until = Product.After(10) };
        Given(new SkuEvent.SkuDefined(Card(), 1))
            .When(Arrive("r-1", 5, new("A-1")) with { Until = Product.Start }).ThenDone()
            .At(Product.After(11))
            .When(Arrive("r-1", 5, new("A-1")) with { Until = Product.Start }).ThenRefused(MoveStatus.AlreadyDone)
            .When(late).ThenRefused(MoveStatus.TooLate)
            .When(new Adjust("a-1", "N1", 2, "found", StockState.Available, new("A-1"), Until: Product.After(10)))
            .ThenRefused(MoveStatus.TooLate)
            .When(late with { Until = Product.After(11) }).ThenDone();
        Refused(
            Given(new SkuEvent.SkuDefined(Card(), 1)).At(Product.After(11))
                .When(new Unpick("u-1", "o-1", "N1", 1, Bin: "A-1", Until: Product.After(10))),
            PickStatus.TooLate);
    }
}
