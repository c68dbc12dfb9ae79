using Fulfillment.Inventory;
using Fulfillment.Ordering;
using static Fulfillment.Ordering.OrderCommand;
using static Fulfillment.Ordering.OrderEvent;
using static Fulfillment.Tests.Domain.Orders;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>
/// What users call the state of an order and of its fulfilment orders: always derived from the units.
/// </summary>
public sealed class OrderStatusTests
{
    static readonly OrderPlaced Two = Placed(Line("1", "A", 2));
    static readonly OrderAccepted Partly = new(Granted("A", 1, 1, backordered: 1), []);

    static readonly OrderEvent[] OneAtNode =
    [
        Two, Partly, new OrderRouted(Plan(1, Pick("A", N1(1)))),
        new FulfilmentOpened(
            Answer("A", 2, ClaimStatus.Done, Holds(2, 2, 0, 1, N1(1))), [Opened(1, "N1", Units("1", "A", 1))]),
    ];

    static GoodsShipped Left(int units) => new("s-1", 1, Start, [Of("1", units)], [Of("1", units)], null, null);

    static GoodsDelivered Arrived(int units) => new("d-1", 1, Start, [Of("1", units)], null);

    static OrderStatus Status(params OrderEvent[] events) => Given(events).See().Status;

    static FulfilmentStatus Work(params OrderEvent[] events) => Given(events).See().Fulfilments[0].Status;

    [Fact]
    public void Received_until_stock_has_decided() => Assert.Equal(OrderStatus.Received, Status(Two));

    [Fact]
    public void Held_while_its_payment_is_missing() => Assert.Equal(OrderStatus.Held, Status(
        PlacedPrepaid(200, Line("1", "A", 2, 100)),
        new PaymentAwaited(Granted("A", 1, 2), [], Start + Order.PayWithin)));

    [Fact]
    public void Accepted_before_any_unit_is_at_a_node() => Assert.Equal(OrderStatus.Accepted, Status(Two, Partly));

    [Fact]
    public void Partially_allocated_when_some_units_are_at_nodes() =>
        Assert.Equal(OrderStatus.PartiallyAllocated, Status(OneAtNode));

    [Fact]
    public void Allocated_when_all_units_are_at_nodes() => Assert.Equal(OrderStatus.Allocated, Status(AtNode()));

    [Fact]
    public void Allocated_when_the_units_that_were_not_are_cancelled() => Assert.Equal(
        OrderStatus.Allocated, Status([.. OneAtNode, new OrderCancelled("c-1", "", [], [Of("1", 1)], [])]));

    [Fact]
    public void Partially_shipped_when_some_units_have_left() =>
        Assert.Equal(OrderStatus.PartiallyShipped, Status([.. AtNode(), Left(1)]));

    [Fact]
    public void Shipped_when_all_have() => Assert.Equal(OrderStatus.Shipped, Status([.. AtNode(), Left(2)]));

    [Fact]
    public void Shipped_when_what_has_not_left_is_cancelled() => Assert.Equal(
        OrderStatus.Shipped,
        Status([.. AtNode(), Left(1), new OrderCancelled("c-1", "", [], [], [new(1, "1", 1)])]));

    [Fact]
    public void Delivered_when_all_have_arrived() =>
        Assert.Equal(OrderStatus.Delivered, Status([.. AtNode(), Left(2), Arrived(2)]));

    [Fact]
    public void Shipped_while_some_have_not_arrived() =>
        Assert.Equal(OrderStatus.Shipped, Status([.. AtNode(), Left(2), Arrived(1)]));

    [Fact]
    public void Closed_in_the_end() =>
        Assert.Equal(OrderStatus.Closed, Status([.. AtNode(), Left(2), Arrived(2), new OrderClosed()]));

    [Fact]
    public void Rejected_when_stock_does_not_cover_it() => Assert.Equal(
        OrderStatus.Rejected,
        Status(Two, new OrderRejected(Answer("A", 1, ClaimStatus.Insufficient), RejectReason.SoldOut, [])));

    [Fact]
    public void Cancelled_at_any_time_before_it_has_left()
    {
        OrderCancelled all = new("c-1", "", [], [Of("1", 2)], []);

        Assert.Equal(OrderStatus.Cancelled, Status(Two, all));
        Assert.Equal(OrderStatus.Cancelled, Status(Two, Partly, all));
        Assert.Equal(OrderStatus.Cancelled, Status(
            PlacedPrepaid(200, Line("1", "A", 2, 100)), new PaymentAwaited(Granted("A", 1, 2), [], Start), all));
        Assert.Equal(OrderStatus.Cancelled, Status([
            .. AtNode(), new OrderCancelled("c-1", "", [], [], [new(1, "1", 2)]),
        ]));
    }

    [Fact]
    public void A_fulfilment_order_is_open_until_something_leaves() =>
        Assert.Equal(FulfilmentStatus.Open, Work(AtNode()));

    [Fact]
    public void A_fulfilment_order_is_in_progress_when_something_has_left() =>
        Assert.Equal(FulfilmentStatus.InProgress, Work([.. AtNode(), Left(1)]));

    [Fact]
    public void A_fulfilment_order_is_closed_when_nothing_is_to_leave_any_more()
    {
        Assert.Equal(FulfilmentStatus.Closed, Work([.. AtNode(), Left(2)]));
        Assert.Equal(FulfilmentStatus.Closed, Work([
            .. AtNode(), Left(1), new OrderCancelled("c-1", "", [], [], [new(1, "1", 1)]),
        ]));
    }

    [Fact]
    public void A_fulfilment_order_is_cancelled_when_all_was_taken_back() => Assert.Equal(
        FulfilmentStatus.Cancelled, Work([.. AtNode(), new OrderCancelled("c-1", "", [], [], [new(1, "1", 2)])]));

    [Fact]
    public void Every_unit_of_a_line_is_in_one_place()
    {
        var line = Assert.Single(Given([
            Placed(Line("1", "A", 9)), new OrderAccepted(Granted("A", 1, 6, backordered: 3), []),
            new OrderCancelled("c-1", "", [Of("1", 1)], [Of("1", 1)], []),
            new StockAnswered(Answer("A", 2, ClaimStatus.Done, Holds(2, 2, 6, 2))),
            new OrderRouted(Plan(1, Pick("A", N1(6)))),
            new FulfilmentOpened(
                Answer("A", 3, ClaimStatus.Done, Holds(3, 3, 0, 2, N1(6))), [Opened(1, "N1", Units("1", "A", 6))]),
            Left(3), Arrived(1), new ClaimChanged("A", Holds(4, 3, 1, 1, N1(6)), []),
        ]).See().Lines);

        Assert.Equal(
            (1L, 1L, 3, 3, 1, 1),
            (line.Reserved, line.Backordered, line.Allocated, line.Shipped, line.Delivered, line.Cancelled));
    }

    [Fact]
    public void Units_that_are_neither_there_nor_to_come_are_in_no_place()
    {
        var line = Assert.Single(
            Given(Placed(Line("1", "A", 3)), new ClaimChanged("A", Holds(4, 0, 1, 1), [])).See().Lines);

        Assert.Equal((1L, 1L), (line.Reserved, line.Backordered));
    }
}
