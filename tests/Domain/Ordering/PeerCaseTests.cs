using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Payments;
using static Fulfillment.Ordering.OrderCommand;
using static Fulfillment.Ordering.OrderEvent;
using static Fulfillment.Tests.Domain.Orders;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>
/// What peers assert of order edits, cancellations, payments and statuses, in our words. Each test has the peer's case
/// in its docs, and where we decide otherwise, why.
/// </summary>
public sealed class PeerCaseTests
{
    static readonly Edit Change = new("e-1", [], [], null, null, "changed my mind");

    /// <summary>Lines of one unit each, every one at its own node.</summary>
    static OrderEvent[] OneEach(int nodes) =>
    [
        Placed(Line("1", "A", nodes)), new OrderAccepted(Granted("A", 1, nodes), []),
        new OrderRouted(Plan(1, Pick("A", [.. Enumerable.Range(1, nodes).Select(n => new NodeUnits($"N{n}", 1))]))),
        new FulfilmentOpened(
            Committed("A", 2, [.. Enumerable.Range(1, nodes).Select(n => new NodeUnits($"N{n}", 1))]),
            [.. Enumerable.Range(1, nodes).Select(n => Opened(n, $"N{n}", Units("1", "A", 1)))]),
    ];

    static OrderStatus After(int nodes, params OrderCommand[] commands)
    {
        var scene = Given(OneEach(nodes));
        foreach (var command in commands) scene.When(command);
        return scene.See().Status;
    }

    static Ship Ships(int node) => new($"s-{node}", node, [], null, null);

    static Deliver Arrives(int node) => new($"d-{node}", node);

    static StartWork Begins(int node) => new($"w-{node}", node);

    /// <summary>
    /// MED-25: an edit adds 2 at 12.00, then has the first line 3 at 25.00, then 3 at 30.00; the peer's previews are
    /// 84.00, 109.00 and 124.00. With us units never change what they cost: one more is a line more, and another price
    /// is the line gone and another in its place. The shipping of 10.00 that the units gone bore is not owed any more,
    /// so the last preview is 114.00.
    /// </summary>
    [Theory]
    [InlineData(0, 0, 2_500, 8_400)]
    [InlineData(0, 1, 2_500, 10_900)]
    [InlineData(2, 3, 3_000, 11_400)]
    public void A_preview_tells_the_total_and_the_order_keeps_its_own(int fewer, int more, long price, long total)
    {
        var placed = Place(Line("1", "A", 2, 2_500)) with { Charges = new(1_000, 0, false) };
        var two = Line("2", "B", 2, 1_200);

        var scene = Given(AtNode(Placed(placed, Eur(6_000)))).When(Change with
        {
            Fewer = fewer == 0 ? [] : [Of("1", fewer)],
            Added = more == 0 ? [two] : [two, Line("3", "A", more, price)],
            Preview = true,
        });

        Assert.Equal(Eur(total), Assert.IsType<EditReply>(scene.ThenNothing().Reply).Order!.Due);
        Assert.Equal(Eur(6_000), scene.See().Due);
    }

    /// <summary>
    /// MED-31: the status of an order from those of its fulfilment orders. Ours counts units and has no "packed": a
    /// node works or it does not. One of two delivered is "shipped" with us, as nothing is left to ship.
    /// </summary>
    [Fact]
    public void The_status_follows_from_the_work_at_the_nodes_and_what_is_cancelled_does_not_count()
    {
        Cancel one = new("c-1", [Of("1", 1)], "one less");

        Assert.Equal(OrderStatus.Allocated, After(1));
        Assert.Equal(OrderStatus.InFulfilment, After(2, Begins(1)));
        Assert.Equal(OrderStatus.InFulfilment, After(2, Begins(1), Begins(2)));
        Assert.Equal(OrderStatus.PartiallyShipped, After(2, Ships(1), Begins(2)));
        Assert.Equal(OrderStatus.Shipped, After(2, Ships(1), Ships(2)));
        Assert.Equal(OrderStatus.Shipped, After(2, Ships(1), Ships(2), Arrives(2)));
        Assert.Equal(OrderStatus.Delivered, After(2, Ships(1), Arrives(1), one));
        Assert.Equal(OrderStatus.PartiallyShipped, After(3, Begins(1), Ships(2), one));
        Assert.Equal(OrderStatus.Cancelled, After(2, new Cancel("c-1", [], "none")));
    }

    /// <summary>MED-33: what has left or arrived is not cancelled; a cancellation made twice is one.</summary>
    [Fact]
    public void What_has_left_is_not_cancelled_and_what_has_not_is_cancelled_once()
    {
        Cancel all = new("c-1", [], "changed my mind");

        Given(OneEach(1)).When(Ships(1)).When(all).ThenRefused(CancelStatus.TooLate)
            .When(Arrives(1)).When(all).ThenRefused(CancelStatus.TooLate);
        Given(OneEach(1)).When(all).ThenTold(CancelStatus.Cancelled)
            .At(Start.AddHours(1)).When(all).ThenRefused(CancelStatus.AlreadyCancelled);
    }

    /// <summary>
    /// SOL-23: units that turn out not to be there are cancelled: totals fall, the event names the units, the work
    /// that is left empty is cancelled.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Units_that_are_not_there_are_cancelled_and_not_owed(int units)
    {
        Cancel missing = new("c-1", [Of("1", units)], "not found on the shelf");
        OrderEvent[] ready =
        [
            Placed(Place(Line("1", "A", units, 1_000)), Eur(1_000 * units)),
            new OrderAccepted(Granted("A", 1, units), []), new OrderRouted(Plan(1, Pick("A", N1(units)))),
            new FulfilmentOpened(Committed("A", 2, N1(units)), [Opened(1, "N1", Units("1", "A", units))]),
        ];

        var scene = Given(ready).When(missing).ThenHappens(
            new OrderCancelled("c-1", missing.Reason, missing.Lines, [], [new(1, "1", units)]));

        Assert.Equal(
            (Eur(0), FulfilmentStatus.Cancelled), (scene.See().Due!.Value, scene.See().Fulfilments[0].Status));
    }

    /// <summary>
    /// SOL-29: an item of 10.00 with 10 % tax on top that is not owed any more is one refund of 11.00 and leaves
    /// nothing unpaid. Returns are not built yet; the refund is that of a cancellation.
    /// </summary>
    [Fact]
    public void Tax_on_top_goes_back_with_its_item()
    {
        PaymentMethod card = new(Bank.Gateway, "tok-1");
        var placed = Place(Line("1", "A", 1, 1_000) with { TaxMinor = 100 }) with
        {
            Payment = PaymentPolicy.Prepaid,
            Method = card,
        };
        PaymentGoal paid = new(2, 1, Bank.Gateway, "tok-1", "EUR", 1_100, 1_100, true);

        var order = Given()
            .When(placed).When(Take(Granted("A", 1, 1))).When(new Cancel("c-1", [], "changed my mind"));

        var goal = Assert.IsType<PaymentCommand.Pursue>(
            Assert.Single(order.Sends, s => s.To.Kind == "payment").Command).Goal;
        var payment = Bank.Given(
            new PaymentEvent.GoalSet(paid),
            new PaymentEvent.AuthorisationAsked(1, 1, Bank.Gateway, "tok-1", Eur(1_100), true, null),
            new PaymentEvent.MoneyTaken(1, 1, 1_100, "c-1", null))
            .When(Bank.Want(goal))
            .ThenHappens(new PaymentEvent.GoalSet(goal), new PaymentEvent.RefundAsked(2, 1, 1, Eur(1_100)))
            .When(Bank.Yes(2, "r-1"));
        Assert.Equal((1_100L, 0L), (payment.State.ReturnedMinor, payment.State.WantedMinor));
    }

    /// <summary>
    /// VEN-03: work at a node is cancelled, then the order. The peer books goods out at fulfilment and in again; ours
    /// stay on hand until they leave, so each step only releases. There is no cancelled fulfilment of a live order: its
    /// units are cancelled with it.
    /// </summary>
    [Fact]
    public void Work_that_is_taken_back_releases_its_units_and_books_none_in() => Given(OneEach(1))
        .When(new Cancel("c-1", [], "changed my mind"))
        .ThenSends(ToSku("A", new SkuCommand.Release("o-1", 3, 0, [N1(1)])));

    /// <summary>VEN-05: money that is promised, and then taken, allocates nothing a second time.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(1)]
    [InlineData(8)]
    public void Money_that_is_taken_allocates_nothing(int units)
    {
        var placed = Place(Line("1", "A", units, 100)) with
        {
            Payment = PaymentPolicy.Authorise,
            Method = new(Bank.Gateway, "tok-1"),
        };
        PaymentStanding promised = new(3, 1, PaymentState.Settled, 100 * units, 0, 0, 0);

        var scene = Given(
            Placed(placed, Eur(100 * units)), new PaymentAwaited(Granted("A", 1, units), [], Start + Order.PayWithin),
            new PaymentChanged(promised), new OrderAccepted(null, []), new OrderRouted(Plan(1, Pick("A", N1(units)))),
            new FulfilmentOpened(Committed("A", 2, N1(units)), [Opened(1, "N1", Units("1", "A", units))]));

        scene.When(new NotePayment(promised with { Version = 5, PromisedMinor = 0, TakenMinor = 100 * units }))
            .ThenSends();
        Assert.Equal(units, scene.See().Lines[0].Allocated);
    }

    /// <summary>
    /// VEN-09: all quantities zero is refused, as with the peer. No line named is all that is open: who ships a whole
    /// fulfilment order need not repeat it.
    /// </summary>
    [Fact]
    public void A_shipment_of_nothing_is_refused() => Given(OneEach(1))
        .When(new Ship("s-1", 1, [Of("1", 0)], null, null)).ThenRefused(FulfilStatus.QuantityNotPositive)
        .When(new Ship("s-1", 1, [], null, null)).ThenTold(FulfilStatus.Done);

    /// <summary>
    /// VEN-11: two fulfilment orders leave and arrive one after the other. The peer's "partially delivered" is
    /// "shipped" with us: the fulfilment orders tell which of them has arrived.
    /// </summary>
    [Fact]
    public void Two_shipments_leave_and_arrive_one_after_the_other()
    {
        var scene = Given(OneEach(2));
        ImmutableArray<OrderCommand> steps = [Ships(1), Ships(2), Arrives(1), Arrives(2)];

        Assert.Equal(
            [OrderStatus.PartiallyShipped, OrderStatus.Shipped, OrderStatus.Shipped, OrderStatus.Delivered],
            steps.Select(step => scene.When(step).See().Status));
    }

    /// <summary>
    /// VEN-13: a line of one is changed to two: one more is reserved, and on hand is not touched. A line is changed to
    /// none: it is released. With us one more is a line in addition, and a whole order is cancelled, not edited away.
    /// </summary>
    [Fact]
    public void One_more_is_reserved_and_none_is_released()
    {
        Given(OneEach(1)).When(Change with { Added = [Line("2", "A", 1)] }).ThenTold(EditStatus.Begun)
            .ThenSends(ToSku("A", new SkuCommand.Reserve("o-1", 3, 1, Start)));
        Given(OneEach(1)).When(Change with { Fewer = [Of("1", 1)] }).ThenRefused(EditStatus.MoreThanLeft)
            .When(new Cancel("c-1", [], "none")).ThenSends(ToSku("A", new SkuCommand.Release("o-1", 3, 0, [N1(1)])));
    }

    /// <summary>
    /// VEN-15: of two payments 1,000 goes back from the first and the remainder from the second; 999,999 is above what
    /// can be refunded.
    /// </summary>
    [Fact]
    public void A_refund_takes_the_first_capture_and_then_the_next_and_no_more_than_there_is() =>
        Bank.Given(Bank.TakenTwice())
            .When(new PaymentCommand.Refund("g-2", Eur(999_999), "all of it"))
            .ThenRefused(MoneyStatus.MoreThanTaken)
            .When(new PaymentCommand.Refund("g-1", Eur(1_200), "one line")).ThenTold(MoneyStatus.Begun)
            .ThenHappens(
                new PaymentEvent.RefundOrdered("g-1", Eur(1_200), "one line"),
                new PaymentEvent.RefundAsked(5, 1, 1, Eur(1_000)))
            .When(Bank.Yes(5, "r-1")).ThenHappens(
                new PaymentEvent.MoneyReturned(1, 1_000, "r-1", null),
                new PaymentEvent.RefundAsked(6, 2, 2, Eur(200)));

    /// <summary>
    /// OBX-07: another quantity of a line cancels the old one with its reason; a negative one is refused. The reason of
    /// an edit is kept in its event; whether an empty one is refused is the edge's to decide, not the rule's.
    /// </summary>
    [Fact]
    public void A_changed_quantity_keeps_its_reason_and_is_not_negative()
    {
        var three = Change with { Fewer = [Of("1", 1)], Added = [Line("2", "A", 3)], Reason = "three in a pack" };

        var scene = Given(OneEach(1)).When(three).ThenTold(EditStatus.Begun);

        Assert.Equal("three in a pack", Assert.IsType<EditBegun>(Assert.Single(scene.Events)).Plan.Reason);
        scene.When(Take(Answer("A", 3, ClaimStatus.Done, Holds(3, 3, 3, 0, N1(1)))));
        Assert.Equal([1, 0], scene.See().Lines.Select(l => l.Cancelled));
        Given(OneEach(1)).When(Change with { Added = [Line("2", "A", -1)] })
            .ThenRefused(EditStatus.QuantityNotPositive);
    }
}
