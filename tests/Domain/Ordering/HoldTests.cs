using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Payments;
using Fulfillment.Routing;
using static Fulfillment.Ordering.OrderCommand;
using static Fulfillment.Ordering.OrderEvent;
using static Fulfillment.Tests.Domain.Orders;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>A hold stops an order where it is; once all are released it goes on from there.</summary>
public sealed class HoldTests
{
    static readonly PlaceHold Stop = new("h-1", HoldType.Address, "no such street", "ann", TimeSpan.FromHours(4));
    static readonly ReleaseHold Go = new("r-1", 1, "street found", "bob");
    static readonly OrderEvent[] HeldAtNode = [.. AtNode(), Held(Stop, 1, [1])];

    static OrderHeld Held(PlaceHold c, int number, params int[] stops) =>
        new(c.Id, new(number, c.Type, c.Reason, c.By, Start, Start + c.Within), [.. stops]);

    static HoldReleased Released(ReleaseHold c, params int[] goes) =>
        new(c.Id, c.Number, Start, c.By, c.Reason, [.. goes]);

    [Fact]
    public void A_hold_stops_the_work_at_the_nodes_and_says_until_when_it_should_be_decided()
    {
        var scene = Given(AtNode())
            .When(Stop).ThenTold(HoldStatus.Done).ThenHappens(Held(Stop, 1, 1))
            .ThenSends(Timer(new NoteOverdue(1), Start + TimeSpan.FromHours(4)));

        Assert.Equal(1, Assert.IsType<HoldReply>(scene.Reply).Number);
        var order = scene.See();
        Assert.Equal((OrderStatus.Held, FulfilmentStatus.OnHold), (order.Status, order.Fulfilments[0].Status));
        scene.When(new StartWork("w-1", 1)).ThenRefused(FulfilStatus.OnHold)
            .When(new Ship("s-1", 1, [], null, null)).ThenRefused(FulfilStatus.OnHold);
    }

    [Fact]
    public void Released_it_goes_on()
    {
        var scene = Given(HeldAtNode)
            .When(Go).ThenTold(HoldStatus.Done).ThenHappens(Released(Go, 1))
            .When(new Ship("s-1", 1, [], null, null)).ThenTold(FulfilStatus.Done);

        var hold = Assert.Single(scene.See().Clearance.Holds);
        Assert.Equal(
            (Start, "bob", "street found", false), (hold.ReleasedAt, hold.ReleasedBy, hold.Release, hold.IsOpen));
    }

    [Fact]
    public void Holds_stack_and_the_last_one_released_lets_it_go_on()
    {
        PlaceHold second = new("h-2", HoldType.Qc, "scratched", "ann", null);
        ReleaseHold other = new("r-2", 2, "polished", "bob");

        Given(HeldAtNode)
            .When(second).ThenHappens(Held(second, 2, 1)).ThenSends()
            .When(Go).ThenHappens(Released(Go)).When(new StartWork("w-1", 1)).ThenRefused(FulfilStatus.OnHold)
            .When(other).ThenHappens(Released(other, 1)).When(new StartWork("w-1", 1)).ThenTold(FulfilStatus.Done);
    }

    [Theory]
    [InlineData(HoldType.Payment)]
    [InlineData(HoldType.Fraud)]
    [InlineData(HoldType.Address)]
    [InlineData(HoldType.Stock)]
    [InlineData(HoldType.Qc)]
    [InlineData(HoldType.Manual)]
    public void Of_whatever_type_it_stops_the_order(HoldType type)
    {
        var scene = Given(AtNode()).When(Stop with { Type = type });

        Assert.Equal((OrderStatus.Held, type), (scene.See().Status, scene.See().Clearance.Holds[0].Type));
    }

    [Fact]
    public void An_order_that_is_held_before_stock_answers_is_given_to_no_node_until_released()
    {
        var secured = Granted("A", 1, 2);

        Given(Placed(Line("1", "A", 2))).When(Stop)
            .When(Take(secured)).ThenHappens(new StockSecured(secured, [])).ThenSends()
            .When(Go).ThenHappens(Released(Go), new OrderAccepted(null, []))
            .ThenSends(ToRouter(1, new RouteLine("A", 2, [N1(2)])));
    }

    [Fact]
    public void An_accepted_order_that_is_held_asks_for_nodes_once_released()
    {
        OrderEvent[] backordered = [Placed(Line("1", "A", 2)), new OrderAccepted(Granted("A", 1, 0, 2), [])];

        Given(backordered).When(Stop)
            .When(new NoteClaim("A", Orders.Holds(2, 1, 2), [N1(2)])).ThenSends()
            .When(Go).ThenSends(ToRouter(1, new RouteLine("A", 2, [N1(2)])));
    }

    [Fact]
    public void Units_committed_while_it_is_held_become_work_once_released()
    {
        OrderEvent[] routed =
        [
            Placed(Line("1", "A", 2)), new OrderAccepted(Granted("A", 1, 2), []),
            new OrderRouted(Plan(1, Pick("A", N1(2)))), Held(Stop, 1),
        ];

        Given(routed)
            .When(Take(Committed("A", 2, N1(2)))).ThenHappens(new StockAnswered(Committed("A", 2, N1(2))))
            .When(Go).ThenHappens(
                Released(Go), new FulfilmentOpened(null, [Opened(1, "N1", Units("1", "A", 2))]));
    }

    [Fact]
    public void Who_should_have_decided_is_told_to_be_late_once()
    {
        var scene = Given(HeldAtNode)
            .At(Start.AddHours(4).AddTicks(-1)).When(new NoteOverdue(1)).Then(Done.It)
            .At(Start.AddHours(4)).When(new NoteOverdue(1)).Then(Done.It, new HoldOverdue(1))
            .When(new NoteOverdue(1)).Then(Done.It)
            .When(new NoteOverdue(2)).Then(Done.It);

        Assert.True(scene.See().Clearance.Holds[0].Overdue);
    }

    [Fact]
    public void A_timer_that_finds_the_hold_released_does_nothing() => Given(HeldAtNode)
        .When(Go).At(After(100_000)).When(new NoteOverdue(1)).Then(Done.It);

    [Fact]
    public void The_buyer_is_asked_and_has_his_own_time_to_answer()
    {
        AskBuyer ask = new("q-1", 1, "which street?", "ann", TimeSpan.FromDays(1));

        var scene = Given([.. HeldAtNode, new HoldOverdue(1)])
            .When(ask).ThenTold(HoldStatus.Done)
            .ThenHappens(new BuyerAsked("q-1", 1, "which street?", "ann", Start.AddDays(1)))
            .ThenSends(Timer(new NoteOverdue(1), Start.AddDays(1)))
            .When(ask).ThenRefused(HoldStatus.AlreadyDone)
            .When(ask with { Question = "which town?" }).ThenRefused(HoldStatus.DifferentContent)
            .At(After(14_400)).When(new NoteOverdue(1)).Then(Done.It);

        var hold = scene.See().Clearance.Holds[0];
        Assert.Equal(("which street?", Start.AddDays(1), false), (hold.Question, hold.Due, hold.Overdue));
    }

    [Fact]
    public void Who_decides_against_the_order_cancels_what_has_not_left()
    {
        RejectHold no = new("x-1", 1, "no such buyer", "bob");

        Given(HeldAtNode)
            .When(no).ThenTold(HoldStatus.Done)
            .ThenHappens(
                new OrderCancelled("x-1", "no such buyer", [], [], [new(1, "1", 2)]),
                new HoldReleased(null, 1, Start, "bob", "rejected: no such buyer", []))
            .When(no).ThenRefused(HoldStatus.AlreadyDone)
            .When(no with { Reason = "a liar" }).ThenRefused(HoldStatus.DifferentContent);
    }

    [Fact]
    public void Who_takes_it_for_fraud_says_so_by_rejecting_a_hold_for_fraud() =>
        Given([.. AtNode(), Held(Stop with { Type = HoldType.Fraud }, 1, 1)])
            .When(new RejectHold("x-1", 1, "stolen card", "bob"))
            .ThenHappens(
                new OrderCancelled("x-1", "stolen card", [], [], [new(1, "1", 2)], Fraud: true),
                new HoldReleased(null, 1, Start, "bob", "rejected: stolen card", []));

    [Fact]
    public void What_was_cancelled_whole_is_held_by_nothing() => Given(HeldAtNode)
        .When(new Cancel("c-1", [], "changed my mind")).ThenTold(CancelStatus.Cancelled)
        .ThenHappens(
            new OrderCancelled("c-1", "changed my mind", [], [], [new(1, "1", 2)]),
            new HoldReleased(null, 1, Start, "order", "the order has ended", []));

    [Fact]
    public void A_hold_is_known_by_its_id() => Given(HeldAtNode)
        .When(Stop).ThenRefused(HoldStatus.AlreadyDone)
        .When(Stop with { Reason = "no such town" }).ThenRefused(HoldStatus.DifferentContent)
        .When(Stop with { Type = HoldType.Manual }).ThenRefused(HoldStatus.DifferentContent);

    [Fact]
    public void A_release_is_known_by_its_id_and_a_second_one_comes_too_late() => Given(HeldAtNode)
        .When(Go)
        .When(Go).ThenRefused(HoldStatus.AlreadyDone)
        .When(Go with { Reason = "never mind" }).ThenRefused(HoldStatus.DifferentContent)
        .When(Go with { Id = "r-2" }).ThenRefused(HoldStatus.AlreadyReleased)
        .When(new RejectHold("r-3", 1, "no", "bob")).ThenRefused(HoldStatus.AlreadyReleased)
        .When(new AskBuyer("r-4", 1, "?", "bob", TimeSpan.Zero)).ThenRefused(HoldStatus.AlreadyReleased);

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(int.MinValue)]
    public void A_hold_that_there_is_not_is_unknown(int number) => Given(HeldAtNode)
        .When(Go with { Number = number }).ThenRefused(HoldStatus.UnknownHold)
        .When(new RejectHold("r-3", number, "no", "bob")).ThenRefused(HoldStatus.UnknownHold)
        .When(new AskBuyer("r-4", number, "?", "bob", TimeSpan.Zero)).ThenRefused(HoldStatus.UnknownHold);

    [Fact]
    public void There_is_no_order_to_hold()
    {
        HoldReply none = new(HoldStatus.UnknownOrder, 0, null), first = new(HoldStatus.UnknownOrder, 1, null);

        Given().When(Stop).Then(none).When(Go).Then(first)
            .When(new RejectHold("r-3", 1, "no", "bob")).Then(first)
            .When(new AskBuyer("r-4", 1, "?", "bob", TimeSpan.Zero)).Then(first);
    }

    [Fact]
    public void An_order_that_has_ended_or_left_is_not_held_any_more()
    {
        Given([.. AtNode(), new OrderCancelled("c-1", "", [], [], [new(1, "1", 2)])])
            .When(Stop).ThenRefused(HoldStatus.OrderEnded);
        Given(Placed(Line("1", "A", 2)), new OrderRejected(
            Answer("A", 1, ClaimStatus.Insufficient), RejectReason.SoldOut, []))
            .When(Stop).ThenRefused(HoldStatus.OrderEnded);
        Given(AtNode()).When(new Ship("s-1", 1, [], null, null)).When(Stop).ThenRefused(HoldStatus.OrderEnded);
        Given(AtNode()).When(new Ship("s-1", 1, [Of("1", 1)], null, null)).When(Stop).ThenTold(HoldStatus.Done);
    }

    [Fact]
    public void The_hold_of_a_missing_payment_is_ended_by_money_and_not_by_release()
    {
        OrderHeld missing = new(
            null, new(1, HoldType.Payment, "refused", Order.PaymentRule, Start, null), []);

        Given(
            PlacedPrepaid(200, Line("1", "A", 2, 100)),
            new PaymentAwaited(Granted("A", 1, 2), [], Start + Order.PayWithin), missing)
            .When(Go).ThenRefused(HoldStatus.PaymentDue);
    }

    [Fact]
    public void A_hundred_holds_and_a_thousand_operations_are_enough()
    {
        var holds = Enumerable.Range(1, Order.MaxHolds).Select(i => Held(Stop with { Id = $"h-{i}" }, i, 1));
        var asked = Enumerable.Range(1, Order.MaxOperations)
            .Select(i => new BuyerAsked($"q-{i}", 1, "?", "ann", Start));

        Given([.. AtNode(), .. holds]).When(Stop with { Id = "one more" }).ThenRefused(HoldStatus.TooManyOperations);
        Given([.. AtNode(), Held(Stop with { Id = "x" }, 1, 1), .. asked])
            .When(Stop).ThenRefused(HoldStatus.TooManyOperations)
            .When(Go).ThenRefused(HoldStatus.TooManyOperations)
            .When(new RejectHold("r-3", 1, "no", "bob")).ThenRefused(HoldStatus.TooManyOperations)
            .When(new AskBuyer("r-4", 1, "?", "bob", TimeSpan.Zero)).ThenRefused(HoldStatus.TooManyOperations);
    }
}
