using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Routing;
using static Fulfillment.Ordering.OrderCommand;
using static Fulfillment.Ordering.OrderEvent;
using static Fulfillment.Tests.Domain.Orders;
using static Fulfillment.Tests.Domain.Plans;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>
/// Work that nobody has begun is taken from its node: by a clerk, who names the next one or leaves it to the rules, or
/// because the node takes no work. Its units stay the order's on the way.
/// </summary>
public sealed class MoveWorkTests
{
    static readonly MoveWork Away = new("m-1", 1, null, [], "N1 is slow", "ann");
    static readonly MoveWork ToN2 = Away with { To = "N2" };
    static readonly RefusedNode NotN1 = Refused("N1", null, "N1 is slow");
    static readonly Send ReturnA = ToSku("A", new SkuCommand.Return("o-1", 3, [N1(2)]));

    /// <summary>Three units of A, two of them line 1 and one line 2, and one of B, line 3, all at N1.</summary>
    static readonly OrderEvent[] Three =
    [
        Placed(Line("1", "A", 2), Line("2", "A", 1), Line("3", "B", 1)), new StockAnswered(Granted("A", 1, 3)),
        new OrderAccepted(Granted("B", 1, 1), []), new OrderRouted(Plan(1, Pick("A", N1(3)), Pick("B", N1(1)))),
        new StockAnswered(Committed("A", 2, N1(3))),
        new FulfilmentOpened(Committed("B", 2, N1(1)), [
            Orders.Opened(1, "N1", Units("1", "A", 2), Units("2", "A", 1), Units("3", "B", 1)),
        ]),
    ];

    static FulfilmentMoved Moved(MoveWork c, RefusedNode? refused, params LineUnits[] units) =>
        new(c.Id, c.Fulfilment, c.Lines, [.. units], c.To, refused, c.Reason, c.By);

    /// <summary>The SKU holds the two units again.</summary>
    static StockAnswer Back(int step = 3) =>
        Answer("A", step, ClaimStatus.Done, Holds(step, step, 2), 0, [N1(2), N2(2)]);

    static Send Asks(int round, RefusedNode? refused, params NodeUnits[] pinned) => new(
        new("router", ""), new RoutingMessage.PlanRoute(
            round, [new("A", 2, [N1(2), N2(2)], null, pinned.Length == 0 ? default : [.. pinned])],
            new("default", null, null, Start, Refused: refused is null ? default : [refused], Channel: "web")));

    [Fact]
    public void Units_that_are_taken_from_a_node_are_held_again_and_go_to_nobody_else()
    {
        var scene = Given(AtNode()).When(Away).ThenTold(FulfilStatus.Done)
            .ThenHappens(Moved(Away, NotN1, Of("1", 2))).ThenSends(ReturnA);

        var order = scene.See();
        Assert.Equal((OrderStatus.Accepted, 0, 0), (order.Status, order.Lines[0].Allocated, order.Lines[0].Cancelled));
        Assert.Equal(FulfilmentStatus.Cancelled, order.Fulfilments[0].Status);
    }

    [Fact]
    public void Taken_from_a_node_they_go_where_the_rules_say_but_not_back() => Given(AtNode())
        .When(Away).When(Take(Back())).ThenSends(Asks(2, NotN1))
        .When(Follow(Plan(2, Pick("A", N2(2))))).ThenSends(ToSku("A", new SkuCommand.Allocate("o-1", 4, [N2(2)])))
        .When(Take(Committed("A", 4, N2(2))))
        .ThenHappens(new FulfilmentOpened(
            Committed("A", 4, N2(2)), [Orders.Opened(2, "N2", Units("1", "A", 2))]));

    [Fact]
    public void Given_to_a_node_by_hand_the_rules_are_told_so() => Given(AtNode())
        .When(ToN2).ThenHappens(Moved(ToN2, null, Of("1", 2))).ThenSends(ReturnA)
        .When(Take(Back())).ThenSends(Asks(2, null, N2(2)));

    [Fact]
    public void No_rule_takes_away_what_was_given_by_hand_and_it_waits_for_its_node()
    {
        LeaveNode leave = new("N2", "no power");
        var scene = Given([.. AtNode(), Moved(ToN2, null, Of("1", 2))])
            .When(Take(Back())).When(Follow(Plan(2, Pick("A", N2(2))))).When(Take(Committed("A", 4, N2(2))))
            .When(leave).Then(Done.It, new NodeAwaited(2, "no power")).ThenSends()
            .When(leave).Then(Done.It);
        Assert.Equal(("no power", FulfilmentStatus.Open), (Second().Waiting, Second().Status));

        scene.When(new NoteReturn("N1")).Then(Done.It)
            .When(new NoteReturn("N2")).Then(Done.It, new NodeReturned(2)).ThenSends()
            .When(new NoteReturn("N2")).Then(Done.It);
        Assert.Null(Second().Waiting);

        Fulfilment Second() => scene.See().Fulfilments[1];
    }

    [Fact]
    public void What_waits_for_its_node_and_is_begun_there_waits_no_more()
    {
        var scene = Given([.. AtNode(), Moved(ToN2, null, Of("1", 2))])
            .When(Take(Back())).When(Follow(Plan(2, Pick("A", N2(2))))).When(Take(Committed("A", 4, N2(2))))
            .When(new LeaveNode("N2", "no power")).When(new StartWork("w-1", 2)).ThenTold(FulfilStatus.Done);

        Assert.Null(scene.See().Fulfilments[1].Waiting);
        scene.When(new LeaveNode("N2", "no power")).Then(Done.It);
    }

    [Fact]
    public void Somebody_may_move_again_what_was_given_by_hand() => Given([.. AtNode(), Moved(ToN2, null, Of("1", 2))])
        .When(Take(Back())).When(Follow(Plan(2, Pick("A", N2(2))))).When(Take(Committed("A", 4, N2(2))))
        .When(new MoveWork("m-2", 2, null, [], "N2 is slower", "ann")).ThenTold(FulfilStatus.Done)
        .ThenSends(ToSku("A", new SkuCommand.Return("o-1", 5, [N2(2)])))
        .When(Take(Back(5))).ThenSends(Asks(3, Refused("N2", null, "N2 is slower")));

    [Fact]
    public void A_node_short_of_what_was_given_to_it_by_hand_is_asked_again_and_no_other() => Given([
        .. AtNode(), Moved(ToN2, null, Of("1", 2)), new StockAnswered(Back()),
    ])
        .When(Follow(Decided(2, [Leg("N2") with { Claims = false }], new RoutePick("A", [N2(2)], ["N1"]))))
        .When(Take(NodeShort("A", 4, 2)))
        .When(Follow(Decided(3, [Leg("N2") with { Claims = false }], new RoutePick("A", [N2(2)], ["N1"]))))
        .When(Take(NodeShort("A", 5, 2)))
        .When(Follow(Decided(4, [Leg("N2") with { Claims = false }], new RoutePick("A", [N2(2)], ["N1"]))))
        .ThenSends(ToSku("A", new SkuCommand.Allocate("o-1", 6, [N2(2)])));

    [Fact]
    public void Some_units_of_some_lines_are_moved_and_the_others_stay()
    {
        var some = ToN2 with { Lines = [Of("1", 1), Of("2", 1), Of("3", 1)] };

        var scene = Given(Three).When(some).ThenTold(FulfilStatus.Done)
            .ThenHappens(Moved(some, null, Of("1", 1), Of("2", 1), Of("3", 1)))
            .ThenSends(
                ToSku("A", new SkuCommand.Return("o-1", 3, [N1(2)])),
                ToSku("B", new SkuCommand.Return("o-1", 3, [N1(1)])));

        Assert.Equal([1, 0, 0], scene.See().Fulfilments[0].Lines.Select(l => l.Open));
        Assert.Equal(OrderStatus.PartiallyAllocated, scene.See().Status);
        scene.When(Take(Answer("A", 3, ClaimStatus.Done, Holds(3, 3, 2, 0, N1(1)), 0, [N2(9)]))).ThenSends()
            .When(Take(Answer("B", 3, ClaimStatus.Done, Holds(3, 3, 1), 0, [N2(9)])))
            .ThenSends(ToRouter(
                2, new RouteLine("A", 2, [N2(9)], null, [N2(2)]), new("B", 1, [N2(9)], null, [N2(1)])).Beside("N1"));
    }

    [Fact]
    public void What_stays_at_the_node_leaves_while_the_rest_is_on_its_way() => Given(Three)
        .When(ToN2 with { Lines = [Of("1", 1)] })
        .When(new Ship("s-1", 1, [], null, null)).ThenTold(FulfilStatus.Done)
        .When(Take(Answer("A", 3, ClaimStatus.Done, Holds(3, 3, 1, 0, N1(2)))))
        .ThenSends(
            ToSku("A", new SkuCommand.Ship("o-1", 4, [N1(2)])),
            ToRouter(2, new RouteLine("A", 1, [], null, [N2(1)])));

    [Fact]
    public void Cancelled_on_their_way_they_go_back_to_stock() => Given(AtNode())
        .When(Away).When(new Cancel("c-1", [], "changed my mind")).ThenTold(CancelStatus.Cancelled).ThenSends()
        .When(Take(Back())).ThenSends(ToSku("A", new SkuCommand.Release("o-1", 4, 2, [])));

    [Fact]
    public void The_same_move_again_does_nothing_more_and_another_under_its_id_is_refused() => Given(AtNode())
        .When(Away).ThenTold(FulfilStatus.Done)
        .When(Away).ThenRefused(FulfilStatus.AlreadyDone)
        .When(Away with { By = "bob" }).ThenRefused(FulfilStatus.AlreadyDone)
        .When(Away with { NoStock = true }).ThenRefused(FulfilStatus.AlreadyDone)
        .When(ToN2).ThenRefused(FulfilStatus.DifferentContent)
        .When(Away with { Reason = "a whim" }).ThenRefused(FulfilStatus.DifferentContent)
        .When(Away with { Lines = [Of("1", 2)] }).ThenRefused(FulfilStatus.DifferentContent);

    [Fact]
    public void A_move_that_cannot_be_is_refused()
    {
        Given(AtNode()).When(Away with { Fulfilment = 2 }).ThenRefused(FulfilStatus.UnknownFulfilment)
            .When(Away with { Lines = [Of("9", 1)] }).ThenRefused(FulfilStatus.UnknownLine)
            .When(Away with { Lines = [Of("1", 0)] }).ThenRefused(FulfilStatus.QuantityNotPositive)
            .When(Away with { Lines = [Of("1", 2), Of("1", 1)] }).ThenRefused(FulfilStatus.MoreThanOpen)
            .When(Away with { Lines = [Of("1", int.MaxValue), Of("1", int.MaxValue)] })
            .ThenRefused(FulfilStatus.MoreThanOpen)
            .When(ToN2 with { To = "N1", NoStock = true }).ThenRefused(FulfilStatus.WrongNode)
            .When(ToN2 with { NoStock = true }).ThenRefused(FulfilStatus.NoStock);
        Given(Started()).When(Away).ThenRefused(FulfilStatus.AlreadyBegun);
        Given([.. AtNode(), new GoodsShipped("s-1", 1, Start, [], [Of("1", 1)], null, null)])
            .When(Away).ThenRefused(FulfilStatus.AlreadyBegun);
        Given([.. AtNode(), new OrderCancelled("c-1", "x", [], [], [new(1, "1", 2)])])
            .When(Away).ThenRefused(FulfilStatus.NothingOpen);
    }

    [Fact]
    public void A_node_that_takes_no_work_loses_what_nobody_has_begun()
    {
        LeaveNode leave = new("N1", "no power");
        FulfilmentMoved moved = new(null, 1, [], [Of("1", 2)], null, null, "no power", Order.RoutingRule);

        Given(AtNode()).When(leave).Then(Done.It, moved).ThenSends(ReturnA)
            .When(Take(Back())).ThenSends(Asks(2, null))
            .When(leave).Then(Done.It);
        Given(AtNode()).When(leave with { Node = "N2" }).Then(Done.It);
        Given(Started()).When(leave).Then(Done.It);
        Given([.. AtNode(), new GoodsShipped("s-1", 1, Start, [], [Of("1", 1)], null, null)])
            .When(leave).Then(Done.It);
    }

    [Fact]
    public void All_that_nobody_has_begun_at_the_node_goes_at_once()
    {
        OrderEvent[] split =
        [
            .. Three, new FulfilmentSplit("sp-1", 1, [Of("3", 1)], [Of("3", 1)], 2),
            new FulfilmentSplit("sp-2", 1, [Of("2", 1)], [Of("2", 1)], 3),
            new FulfilmentStarted("w-1", 3, Start, 1),
        ];

        Given(split).When(new LeaveNode("N1", "no power")).ThenHappens(
            new FulfilmentMoved(null, 1, [], [Of("1", 2)], null, null, "no power", Order.RoutingRule),
            new FulfilmentMoved(null, 2, [], [Of("3", 1)], null, null, "no power", Order.RoutingRule))
            .ThenSends(
                ToSku("A", new SkuCommand.Return("o-1", 3, [N1(2)])),
                ToSku("B", new SkuCommand.Return("o-1", 3, [N1(1)])));
    }

    [Fact]
    public void While_the_order_is_held_the_work_is_taken_and_given_to_nobody_until_it_goes_on() => Given([
        .. AtNode(), new OrderHeld("h-1", new(1, HoldType.Qc, "look", "ann", Start, null), [1]),
    ])
        .When(new LeaveNode("N1", "no power")).ThenSends(ReturnA)
        .When(Take(Back())).ThenSends()
        .When(new ReleaseHold("r-1", 1, "fine", "ann")).ThenSends(Asks(2, null));

    [Fact]
    public void Units_on_their_way_are_no_reason_to_refuse_an_edit()
    {
        Edit more = new("e-1", [], [Line("9", "B", 1)], null, null, "one more");
        var scene = Given(AtNode()).When(more).ThenTold(EditStatus.Begun)
            .When(new LeaveNode("N1", "no power")).ThenSends(ReturnA)
            .When(Take(Granted("B", 1, 1)));

        Assert.Equal([nameof(OrderEdited)], scene.Events.Select(e => e.GetType().Name));
        Assert.Equal((2L, 1L), (scene.See().Lines[0].Reserved, scene.See().Lines[1].Reserved));
    }

    [Fact]
    public void What_its_node_turns_out_not_to_have_goes_elsewhere_though_it_was_begun()
    {
        var missing = Away with { Lines = [Of("1", 1)], Reason = "short pick", Short = true };
        var scene = Given(AtNode()).When(new StartWork("w-1", 1)).When(missing).ThenTold(FulfilStatus.Done)
            .ThenHappens(new FulfilmentMoved(
                "m-1", 1, [Of("1", 1)], [Of("1", 1)], null, Refused("N1", null, "short pick"), "short pick", "ann",
                true, 1))
            .ThenSends(ToSku("A", new SkuCommand.Return("o-1", 3, [N1(1)])))
            .When(missing).ThenRefused(FulfilStatus.AlreadyDone)
            .When(missing with { Short = false }).ThenRefused(FulfilStatus.DifferentContent);

        var order = scene.See();
        Assert.Equal(
            (OrderStatus.InFulfilment, 1, 1),
            (order.Status, order.Fulfilments[0].Lines[0].Open, order.Lines[0].Allocated));
        scene.When(missing with { Id = "m-2" }).ThenTold(FulfilStatus.Done);
        Assert.Equal(OrderStatus.Accepted, scene.See().Status);
    }
}
