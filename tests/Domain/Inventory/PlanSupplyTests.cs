using Fulfillment.Inventory;
using Fulfillment.Warehousing;
using static Fulfillment.Inventory.SkuEvent;
using static Fulfillment.Tests.Domain.Stock;

namespace Fulfillment.Tests.Domain;

/// <summary>Supply whose owner keeps its books: the last message holds, and each arrival is booked once.</summary>
public sealed class PlanSupplyTests
{
    static readonly DateTimeOffset Monday = Product.After(100_000), Friday = Product.After(400_000);

    static SkuCommand.PlanSupply Plan(
        int step, long units, DateTimeOffset? at = null, params ArrivedUnits[] arrived) =>
        new("po:P:1", step, "N1", units, at ?? Monday, "order P", [.. arrived]);

    static ArrivedUnits Came(string id, int units, StockState state = StockState.Available, string? from = null) =>
        new(id, state, units, "receipt", from);

    static SupplyPlanned Planned(int step, long units, DateTimeOffset? at = null) =>
        new("po:P:1", step, "N1", units, at ?? Monday, "order P");

    [Fact]
    public void The_message_with_the_highest_number_holds_in_whatever_order_they_come()
    {
        var sku = Given(OnHand(0 + 1)).When(Plan(1, 10)).ThenHappens(Planned(1, 10)).When(Plan(3, 5, Friday));
        sku.ThenHappens(Planned(3, 5, Friday));
        sku.When(Plan(2, 8)).Then(new PlanSupplyReply(SupplyStatus.AlreadyDone, []));
        sku.When(Plan(3, 5, Friday)).Then(new PlanSupplyReply(SupplyStatus.AlreadyDone, []));
        Assert.Equal((5, Friday), (sku.State.Supplies[0].Units, sku.State.Supplies[0].At));
    }

    [Fact]
    public void Units_arrive_by_lot_and_what_is_not_named_as_the_card_asks_is_set_aside()
    {
        var sku = Given(new SkuDefined(Card() with { Tracking = new(Lots: true, Expiry: true) }, 1), Planned(1, 20));
        DateOnly day = new(2027, 5, 31);
        sku.When(Plan(2, 10, Monday,
            Came("r1", 5) with { What = new("DOCK", "L-1", Expires: day) }, Came("r2", 2),
            Came("r3", 2) with { What = new("DOCK", "L-1", Expires: day.AddDays(1)) },
            Came("r4", 1) with { What = new("DOCK", "L-0", Expires: new(2020, 1, 1)) }));

        Assert.Equal((10, 5), (sku.Count().OnHand, sku.Count().Available));
        Assert.Equal(5, sku.Count().Unavailable[StockState.Quarantine]);
        Assert.Equal(["L-1", "L-0"], sku.Events.OfType<StockReceived>().Select(e => e.What?.Lot).OfType<string>());

        // What nothing is known of can be taken out, and put in again by name.
        sku.When(new SkuCommand.Adjust("a-1", "N1", -4, "named", StockState.Quarantine)).ThenDone();
        sku.When(new SkuCommand.Adjust("a-2", "N1", -1, "named", StockState.Quarantine))
            .ThenRefused(MoveStatus.LotMissing);
    }

    [Theory]
    [InlineData(true, "DOCK", true)]
    [InlineData(true, null, true)]
    [InlineData(false, "DOCK", false)]
    public void Units_that_were_counted_on_a_carrier_which_has_gone_elsewhere_are_told_again_where_it_is(
        bool moved, string? counted, bool asks)
    {
        var sku = Given(OnHand(1));
        if (moved) sku.When(new SkuCommand.Carry("P", 1, "N1", "A-1"));
        sku.When(Plan(1, 0, null, Came("r1", 5) with { What = new(counted, Lpn: "P") }));
        Assert.Equal(asks, sku.Sends.Any(s => s.To == EntityId.Of("lpn", "default", "P")
            && s.Command is LicensePlateCommand.NoteUnits { Node: "N1" }));

        sku.When(new SkuCommand.Carry("P", 2, "N1", "A-1"));
        Assert.Equal(("A-1", 5), (sku.State.Slots.Single().Bin, sku.State.Slots[0].Units));
    }

    [Fact]
    public void A_message_that_is_too_late_is_not_heard_but_known_if_it_was()
    {
        var plan = Plan(1, 10, Monday, Came("r1", 5));
        var sku = Given(OnHand(1)).At(Product.After(31));
        sku.When(plan with { Until = Product.After(30) }).Then(new PlanSupplyReply(SupplyStatus.TooLate, []));
        sku.When(plan with { Until = Product.After(31) });
        Assert.Equal(6, sku.Count().OnHand);
        sku.When(plan with { Until = Product.After(30) }).Then(new PlanSupplyReply(SupplyStatus.AlreadyDone, []));
    }

    [Fact]
    public void What_arrives_is_booked_once_and_fills_who_waits()
    {
        var sku = Given(Defined(backorder: true), Planned(1, 10), Reserved("o-1", 1, 0, 0, 4, expected: Monday));
        var came = Plan(2, 3, Monday, Came("r1", 5), Came("r2", 2, StockState.Quarantine));
        sku.When(came).Then(
            new PlanSupplyReply(SupplyStatus.Done, [new("o-1", 4)]), Planned(2, 10),
            new StockReceived("r1", "N1", StockState.Available, 5, "receipt", 5, "po:P:1"),
            new StockReceived("r2", "N1", StockState.Quarantine, 2, "receipt", 5, "po:P:1"),
            new BackorderFilled("o-1", 4, false, 1));
        Assert.Equal(3, sku.State.Supplies[0].Units);
        sku.When(came).Then(new PlanSupplyReply(SupplyStatus.AlreadyDone, []));
    }

    [Fact]
    public void An_arrival_that_comes_late_is_booked_and_leaves_the_plan()
    {
        var sku = Given(Defined(), Planned(3, 4, Friday));
        sku.When(Plan(2, 7, Monday, Came("r1", 3))).Then(
            new PlanSupplyReply(SupplyStatus.Done, []), Planned(3, 7, Friday),
            new StockReceived("r1", "N1", StockState.Available, 3, "receipt", 3, "po:P:1"));
        Assert.Equal((4, Friday), (sku.State.Supplies[0].Units, sku.State.Supplies[0].At));
    }

    [Fact]
    public void The_last_units_and_more_close_the_supply()
    {
        var sku = Given(Defined(), Planned(1, 4)).When(Plan(2, 0, Monday, Came("r1", 6)));
        Assert.True(sku.State.Supplies.IsDefault);
        Assert.Equal(6, sku.Count().Available);
        sku.When(Plan(3, 0, Monday, Came("r2", 1))).Then(
            new PlanSupplyReply(SupplyStatus.Done, []), Planned(3, 0),
            new StockReceived("r2", "N1", StockState.Available, 1, "receipt", 7, "po:P:1"));
        sku.When(Plan(4, 5)).ThenHappens(Planned(4, 5));
    }

    [Fact]
    public void Units_in_transit_are_on_hand_nowhere_and_arrive_somewhere_else()
    {
        var sku = Given(OnHand(10))
            .When(new SkuCommand.Move("m", "N1", 6, StockState.Available, StockState.InTransit, "transfer"));
        Assert.Equal((4, 4), (((MoveReply)sku.Reply!).OnHand, sku.Count().OnHand));
        sku.When(Plan(1, 0, Monday, Came("a", 7, from: "N1")))
            .Then(new PlanSupplyReply(SupplyStatus.NotInTransit, []));
        sku.When(new SkuCommand.PlanSupply("to:T:1", 1, "N2", 1, Monday, "T", [Came("a", 5, from: "N1")]));
        Assert.Equal((9, 1), (sku.Count().OnHand, sku.Count().Unavailable[StockState.InTransit]));
        sku.When(new SkuCommand.Adjust("lost", "N1", -1, "fell off the truck", StockState.InTransit)).ThenDone();
        Assert.Equal(9, sku.Count().OnHand);
    }

    [Fact]
    public void What_has_no_stock_has_no_supply()
    {
        Given().When(Plan(1, 5)).Then(new PlanSupplyReply(SupplyStatus.UnknownSku, []));
        Given(Defined()).When(Plan(1, -5)).Then(new PlanSupplyReply(SupplyStatus.QuantityNotPositive, []));
    }
}
