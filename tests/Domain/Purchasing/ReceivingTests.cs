using Fulfillment.Inventory;
using Fulfillment.Purchasing;
using static Fulfillment.Purchasing.PurchaseCommand;
using static Fulfillment.Tests.Domain.Purchases;

namespace Fulfillment.Tests.Domain;

/// <summary>Advance ship notices, and what is counted at the dock: over, short, damaged.</summary>
public sealed class ReceivingTests
{
    [Fact]
    public void Receiving_95_of_100_with_2_damaged_gives_93_sellable_2_quarantined_and_5_short()
    {
        var order = Sent().When(Asn("S", Friday, 100)).Done().Answered().When(Count("r", 95, 2, shipment: "S")).Done();

        var told = Assert.Single(order.Told());
        Assert.Equal(("po:P:1:S", 5), (told.Id, told.Units));
        Assert.Equal(
            [("po/P/r/1/good", StockState.Available, 93), ("po/P/r/1/damaged", StockState.Quarantine, 2)],
            told.Arrived.Select(a => (a.Id, a.State, a.Quantity)));
        order.Answered().When(new FinishShipment("done", "S")).Done();
        var line = order.Line();
        Assert.Equal((93, 2, 5), (line.Good, line.Damaged, line.Announced[0].Short));
        // What the shipment did not bring may come yet: it is expected as before, until somebody closes the order.
        Assert.Equal([("po:P:1", 5), ("po:P:1:S", 0)], order.Told().Select(t => (t.Id, (int)t.Units)));
    }

    [Fact]
    public void A_shipment_tells_when_its_units_come_and_leaves_the_date_of_the_rest()
    {
        var order = Sent().When(Asn("S", Friday, 60)).Done();
        Assert.Equal([("po:P:1", 40, Monday), ("po:P:1:S", 60, Friday)],
            order.Told().Select(t => (t.Id, t.Units, t.At)));
        order.Answered().When(new Reschedule("late", Friday.AddDays(9), [])).Done();
        Assert.Equal([("po:P:1", Friday.AddDays(9)), ("po:P:2", Friday.AddDays(9))],
            order.Told().Select(t => (t.Id, t.At)));
    }

    [Fact]
    public void Every_line_is_booked_at_once_and_the_waiting_orders_that_get_it_are_told()
    {
        var order = Sent().When(new Receive("pallet-1", [
            new("1", 30, 0, StockState.Damaged), new("1", 4, 4, StockState.Damaged),
            new("2", 10, 0, StockState.Damaged),
        ])).Done();
        Assert.Equal(["po/P/pallet-1/1/good", "po/P/pallet-1/2/damaged", "po/P/pallet-1/3/good"],
            order.Told().Select(t => t.Arrived.Single().Id));
        Assert.Equal([66, 66, 30], order.Told().Select(t => t.Units));
        Assert.All(order.Now().Receipts[0].Lines, l => Assert.Equal(BookingState.Pending, l.State));
        order.Answered(SupplyStatus.Done, new OrderUnits("o-1", 3));
        Assert.All(order.Now().Receipts[0].Lines, l => Assert.Equal(BookingState.Booked, l.State));
        Assert.Equal(new OrderUnits("o-1", 3), Assert.Single(order.Now().Receipts[0].Lines[0].Filled));
    }

    [Fact]
    public void More_than_was_ordered_is_taken_and_told_unless_the_order_tolerates_less()
    {
        var order = Sent().When(Count("r", 120)).Done();
        Assert.Equal((20, 0), (order.Line().Over, Assert.Single(order.Told()).Units));
        Sent(Terms with { TolerancePercent = 5 }).When(Count("r", 105)).Done()
            .When(Count("s", 1)).ThenRefused(PurchaseStatus.OverTolerance);
    }

    [Fact]
    public void All_there_it_is_received()
    {
        var order = Sent().When(Count("r", 100)).Done().When(Count("s", 40, 1, "2")).Done().Answered();
        Assert.Equal(PurchaseState.Received, order.Now().State);
    }

    [Fact]
    public void Units_counted_without_the_shipment_are_those_that_none_has_announced_first()
    {
        var order = Sent().When(Asn("S", Friday, 60)).Done().When(Asn("T", Monday, 30)).Done().Answered();
        order.When(Count("r", 15)).Done();
        Assert.Equal([("po:P:1", 0), ("po:P:1:S", 55)], order.Told().Select(t => (t.Id, (int)t.Units)));
    }

    [Theory]
    [InlineData(SupplyStatus.UnknownSku)]
    [InlineData(SupplyStatus.IsKit)]
    public void Units_of_what_has_no_stock_do_not_count(SupplyStatus status)
    {
        var order = Sent().When(Count("r", 10, 1)).Answered(status);
        Assert.Equal((BookingState.Refused, 0, 100),
            (order.Now().Receipts[0].Lines[0].State, order.Line().Received, order.Line().Open));
    }

    [Fact]
    public void A_receipt_is_made_once()
    {
        var order = Sent().When(Count("r", 10)).Done();
        order.When(Count("r", 10)).ThenRefused(PurchaseStatus.AlreadyDone);
        order.When(Count("r", 11)).ThenRefused(PurchaseStatus.DifferentContent);
    }

    /// <summary>OBX-01 of the peer cases: part arrives, then the rest, then again part.</summary>
    [Fact]
    public void OBX_01_part_then_the_rest()
    {
        var order = Sent().When(new CancelLines("c", [new("2")], "")).Done().When(Count("r", 10)).Done();
        Assert.Equal(PurchaseState.PartiallyReceived, order.Now().State);
        order.When(Count("s", 20)).Done();
        Assert.Equal(PurchaseState.PartiallyReceived, order.Now().State);
        order.When(Count("t", 70)).Done();
        Assert.Equal(PurchaseState.Received, order.Now().State);
    }
}
