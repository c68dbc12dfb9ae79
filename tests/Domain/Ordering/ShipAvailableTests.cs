using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Routing;
using static Fulfillment.Ordering.OrderEvent;
using static Fulfillment.Tests.Domain.Orders;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

public sealed class ShipAvailableTests
{
    static readonly OrderPlaced Two = PlacedShipAvailable(Line("1", "A", 2), Line("2", "B", 1));
    static readonly StockAnswer NoB = Answer("B", 1, ClaimStatus.Insufficient), TwoOfA = Granted("A", 1, 2);

    [Fact]
    public void What_there_is_ships_and_the_rest_is_cancelled() => Given(Two, new StockAnswered(Granted("A", 1, 1)))
        .When(Take(Granted("B", 1, 1)))
        .Then(Done.It, new OrderAccepted(Granted("B", 1, 1), [new("1", "A", 2, 1, 0)]))
        .ThenSends(ToRouter(1, new RouteLine("A", 1, [N1(1)]), new RouteLine("B", 1, [N1(1)])));

    [Fact]
    public void A_line_of_which_there_is_nothing_is_cancelled_whole()
    {
        var scene = Given(Two, new StockAnswered(TwoOfA))
            .When(Take(NoB))
            .ThenHappens(new OrderAccepted(NoB, [new("2", "B", 1, 1, 0)]))
            .ThenSends(ToRouter(1, new RouteLine("A", 2, [N1(2)])));

        var order = scene.See();
        Assert.Equal(OrderStatus.Accepted, order.Status);
        Assert.Equal([(2L, 0), (0, 1)], order.Lines.Select(l => (l.Reserved, l.Cancelled)));
    }

    [Fact]
    public void An_order_of_which_there_is_nothing_is_rejected() => Given(Two, new StockAnswered(NoB))
        .When(Take(Answer("A", 1, ClaimStatus.Insufficient)))
        .ThenHappens(new OrderRejected(
            Answer("A", 1, ClaimStatus.Insufficient), RejectReason.SoldOut,
            [new("1", "A", 2, 2, 0), new("2", "B", 1, 1, 0)]))
        .ThenSends();

    [Fact]
    public void An_unknown_sku_rejects_the_order_all_the_same()
    {
        var unknown = Answer("B", 1, ClaimStatus.UnknownSku);

        Given(Two, new StockAnswered(TwoOfA))
            .When(Take(unknown))
            .ThenHappens(new OrderRejected(unknown, RejectReason.UnknownSku, [new("2", "B", 1, 1, 0)]))
            .ThenSends(ToSku("A", new SkuCommand.Release("o-1", 2, 2, [])));
    }

    [Fact]
    public void A_sku_that_is_not_sold_rejects_the_order_all_the_same()
    {
        var unsold = Answer("B", 1, ClaimStatus.NotOrderable);

        Given(Two, new StockAnswered(TwoOfA))
            .When(Take(unsold))
            .ThenHappens(new OrderRejected(unsold, RejectReason.NotOrderable, [new("2", "B", 1, 1, 0)]))
            .ThenSends(ToSku("A", new SkuCommand.Release("o-1", 2, 2, [])));
    }

    [Fact]
    public void The_first_lines_of_a_sku_are_served_first() =>
        Given(PlacedShipAvailable(Line("1", "A", 2), Line("2", "A", 2), Line("3", "A", 2)))
            .When(Take(Granted("A", 1, 3)))
            .ThenHappens(new OrderAccepted(Granted("A", 1, 3), [new("2", "A", 2, 1, 0), new("3", "A", 2, 2, 0)]));

    [Fact]
    public void Backordered_units_are_not_cancelled()
    {
        var answer = Granted("A", 1, 1, backordered: 1);

        var scene = Given(PlacedShipAvailable(Line("1", "A", 2)))
            .When(Take(answer))
            .ThenHappens(new OrderAccepted(answer, []))
            .ThenSends(ToRouter(1, new RouteLine("A", 1, [N1(1)])));

        var line = Assert.Single(scene.See().Lines);
        Assert.Equal((1L, 1L), (line.Reserved, line.Backordered));
    }

    [Fact]
    public void Held_units_go_to_the_first_lines_and_backordered_ones_to_the_next()
    {
        var order = Given(
            PlacedShipAvailable(Line("1", "A", 2), Line("2", "A", 3)),
            new OrderAccepted(Granted("A", 1, 3, 2), [])).See();

        Assert.Equal([(2L, 0L), (1, 2)], order.Lines.Select(l => (l.Reserved, l.Backordered)));
    }

    [Fact]
    public void Units_that_undecided_orders_hold_are_waited_for_sku_by_sku()
    {
        var contended = Answer("A", 1, ClaimStatus.Contended);

        var scene = Given(Two).When(Take(contended));

        var deferred = Assert.IsType<ReservationDeferred>(Assert.Single(scene.Events));
        Assert.Equal(Text.Of(contended), Text.Of(deferred.Answer));
        scene.ThenSends(Timer(new OrderCommand.Retry("A", 1), deferred.At))
            .When(Take(Granted("B", 1, 1))).ThenHappens(new StockAnswered(Granted("B", 1, 1))).ThenSends()
            .At(deferred.At).When(new OrderCommand.Retry("A", 1))
            .ThenHappens(new ReservationRetried("A"))
            .ThenSends(ToSku("A", new SkuCommand.Reserve("o-1", 2, 2, deferred.At, Partial: true)))
            .When(Take(Granted("A", 2, 2))).ThenHappens(new OrderAccepted(Granted("A", 2, 2), []));
    }

    [Fact]
    public void Only_what_is_covered_has_to_be_paid()
    {
        var prepaid = Place(Line("1", "A", 2, 500), Line("2", "B", 1, 250)) with
        {
            Allocation = AllocationPolicy.ShipAvailable,
            Payment = PaymentPolicy.Prepaid,
        };

        var scene = Given(Placed(prepaid, Eur(1250)), new StockAnswered(Granted("A", 1, 1)))
            .When(Take(NoB))
            .ThenHappens(new PaymentAwaited(
                NoB, [new("1", "A", 2, 1, 0), new("2", "B", 1, 1, 0)], Start + Order.PayWithin));

        Assert.Equal(Eur(500), scene.See().Due);
    }
}
