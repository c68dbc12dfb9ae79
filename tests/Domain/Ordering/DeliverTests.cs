using Fulfillment.Inventory;
using Fulfillment.Ordering;
using static Fulfillment.Ordering.OrderCommand;
using static Fulfillment.Ordering.OrderEvent;
using static Fulfillment.Tests.Domain.Orders;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

public sealed class DeliverTests
{
    static readonly Deliver Arrived = new("d-1", 1);
    static readonly DateTimeOffset Closing = Start + Order.CloseAfter;
    static readonly OrderEvent[] Left = [.. AtNode(), new GoodsShipped("s-1", 1, Start, [], [Of("1", 2)], null, null)];
    static readonly OrderEvent[] HalfLeft =
        [.. AtNode(), new GoodsShipped("s-1", 1, Start, [Of("1", 1)], [Of("1", 1)], null, null)];

    static readonly OrderEvent[] Closed = [.. Left, Delivered("d-1", 2, Closing), new OrderClosed()];

    static GoodsDelivered Delivered(string id, int units, DateTimeOffset? closeAt, int fulfilment = 1) =>
        new(id, fulfilment, Start, [Of("1", units)], closeAt);

    [Fact]
    public void When_all_has_arrived_the_order_is_delivered_and_will_close()
    {
        var scene = Given(Left)
            .When(Arrived).ThenTold(FulfilStatus.Done)
            .ThenHappens(Delivered("d-1", 2, Closing))
            .ThenSends(Timer(new Close(), Closing));

        var order = scene.See();
        Assert.Equal(OrderStatus.Delivered, order.Status);
        Assert.Equal(Start, Assert.Single(order.Fulfilments).DeliveredAt);
    }

    [Fact]
    public void What_has_left_arrives_and_what_has_not_is_still_to_come() => Given(HalfLeft)
        .When(Arrived).ThenTold(FulfilStatus.Done).ThenHappens(Delivered("d-1", 1, null)).ThenSends()
        .When(new Ship("s-2", 1, [], null, null)).ThenTold(FulfilStatus.Done)
        .When(new Deliver("d-2", 1)).ThenHappens(Delivered("d-2", 1, Closing));

    [Fact]
    public void The_order_is_delivered_with_its_last_fulfilment_order()
    {
        OrderEvent[] twoNodes =
        [
            Placed(Line("1", "A", 2)), new OrderAccepted(Granted("A", 1, 2), []),
            new OrderRouted(Plan(1, Pick("A", N1(1), N2(1)))),
            new FulfilmentOpened(Committed("A", 2, N1(1), N2(1)), [
                Opened(1, "N1", Units("1", "A", 1)), Opened(2, "N2", Units("1", "A", 1)),
            ]),
            new GoodsShipped("s-1", 1, Start, [], [Of("1", 1)], null, null),
            new GoodsShipped("s-2", 2, Start, [], [Of("1", 1)], null, null),
        ];

        Given(twoNodes)
            .When(new Deliver("d-1", 2)).ThenHappens(Delivered("d-1", 1, null, 2)).ThenSends()
            .When(new Deliver("d-2", 1)).ThenHappens(Delivered("d-2", 1, Closing));
    }

    [Fact]
    public void Of_two_shipments_each_arrives_by_itself()
    {
        OrderEvent[] twice =
        [
            .. HalfLeft, new GoodsShipped("s-2", 1, Start, [Of("1", 1)], [Of("1", 1)], "ups", "1Z2"),
        ];
        Deliver second = new("d-2", 1, "s-2");

        Given(twice).When(second).ThenTold(FulfilStatus.Done)
            .ThenHappens(Delivered("d-2", 1, null) with { Shipment = "s-2" })
            .When(second).ThenRefused(FulfilStatus.AlreadyDone)
            .When(new Deliver("d-2", 1)).ThenRefused(FulfilStatus.DifferentContent)
            .When(new Deliver("d-3", 1, "s-2")).ThenRefused(FulfilStatus.NothingOpen)
            .When(new Deliver("d-3", 1, "s-1")).ThenHappens(
                Delivered("d-3", 1, Closing) with { Shipment = "s-1" });
        // All that was on its way has arrived: then no shipment of it does again.
        Given([.. HalfLeft, Delivered("d-1", 1, null), twice[^1]])
            .When(new Deliver("d-2", 1, "s-1")).ThenRefused(FulfilStatus.NothingOpen)
            .When(second).ThenHappens(Delivered("d-2", 1, Closing) with { Shipment = "s-2" });
    }

    [Fact]
    public void A_shipment_that_has_not_left_cannot_arrive() => Given(Left)
        .When(new Deliver("d-1", 1, "parcel:p-1")).ThenRefused(FulfilStatus.UnknownShipment);

    [Fact]
    public void The_same_delivery_again_changes_nothing() => Given(Left)
        .When(Arrived).When(Arrived).ThenRefused(FulfilStatus.AlreadyDone);

    [Fact]
    public void A_delivery_is_no_other_kind_of_operation() => Given(Left)
        .When(new Deliver("s-1", 1)).ThenRefused(FulfilStatus.DifferentContent);

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_fulfilment_order_that_there_is_not_delivers_nothing(int number) => Given(Left)
        .When(new Deliver("d-1", number)).ThenRefused(FulfilStatus.UnknownFulfilment);

    [Fact]
    public void What_has_not_left_cannot_arrive() => Given(AtNode())
        .When(Arrived).ThenRefused(FulfilStatus.NothingOpen);

    [Fact]
    public void What_has_arrived_does_not_arrive_again() => Given(Left)
        .When(Arrived).When(new Deliver("d-2", 1)).ThenRefused(FulfilStatus.NothingOpen);

    [Fact]
    public void An_order_closes_some_time_after_it_arrived()
    {
        var scene = Given(Left).When(Arrived).At(Closing).When(new Close()).Then(Done.It, new OrderClosed());

        Assert.Equal(OrderStatus.Closed, scene.See().Status);
    }

    [Fact]
    public void A_timer_that_comes_twice_counts_once() => Given(Left)
        .When(Arrived).When(new Close()).When(new Close()).Then(Done.It);

    [Fact]
    public void A_timer_that_finds_the_order_not_delivered_does_nothing() => Given(Left)
        .When(new Close()).Then(Done.It);

    [Fact]
    public void A_closed_order_takes_no_more_operations() => Given(Closed)
        .When(new Cancel("c-1", [], "late")).ThenRefused(CancelStatus.OrderEnded)
        .When(new Ship("s-2", 1, [], null, null)).ThenRefused(FulfilStatus.NothingOpen)
        .When(new Deliver("d-2", 1)).ThenRefused(FulfilStatus.NothingOpen);

    [Fact]
    public void A_closed_order_still_knows_its_repeats() => Given(Closed)
        .When(Arrived).ThenRefused(FulfilStatus.AlreadyDone)
        .When(new Ship("s-1", 1, [], null, null)).ThenRefused(FulfilStatus.AlreadyDone)
        .When(Place(Line("1", "A", 2))).ThenRefused(PlaceStatus.AlreadyPlaced);

    [Fact]
    public void An_order_whose_missing_units_are_cancelled_is_delivered_and_will_close_too() =>
        Given([.. HalfLeft, Delivered("d-1", 1, null)])
            .When(new Cancel("c-1", [], "enough")).ThenTold(CancelStatus.Cancelled)
            .ThenHappens(new OrderCancelled("c-1", "enough", [], [], [new(1, "1", 1)], Closing))
            .ThenSends(Timer(new Close(), Closing))
            .At(Closing).When(new Close()).ThenHappens(new OrderClosed());
}
