using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Routing;
using Fulfillment.Warehousing;
using static Fulfillment.Ordering.OrderCommand;
using static Fulfillment.Ordering.OrderEvent;
using static Fulfillment.Tests.Domain.Orders;
using static Fulfillment.Tests.Domain.Plans;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>
/// What peers assert of an order's work at nodes: how it is split, what waits for stock, how it moves, in our words.
/// Each test has the peer's case in its docs, and where we decide otherwise, why.
/// </summary>
public sealed class PeerWorkTests
{
    /// <summary>Ten units of A: four are at N1, six are to come.</summary>
    static readonly OrderEvent[] FourOfTen =
    [
        Placed(Line("1", "A", 10)), new OrderAccepted(Granted("A", 1, 4, backordered: 6), []),
        new OrderRouted(Plan(1, Pick("A", N1(4)))),
        new FulfilmentOpened(
            Answer("A", 2, ClaimStatus.Done, Holds(2, 2, 0, 6, N1(4))), [Orders.Opened(1, "N1", Units("1", "A", 4))]),
    ];

    static RouteLine Free(string sku, long units, params NodeUnits[] free) => new(sku, units, [.. free]);

    /// <summary>
    /// SAL-03: with 5 at a collection point that the order uses all 5 come from there, in one row. Ours has no
    /// collection; a node that has it all is taken before several that have it together.
    /// </summary>
    [Fact]
    public void A_node_that_has_it_all_serves_it_alone() => Assert.Equal(
        [new NodeUnits("P", 5)], PriorityRule.Plan(
            [Free("A", 5, N1(4), N2(3), new("P", 5))], node => node == "P" ? 9 : 1)[0].Nodes.AsEnumerable());

    /// <summary>
    /// SOL-01: five units from 2 and 3 are two fulfilment orders. Where they are not there the order is refused and
    /// tells of which SKU how many are missing.
    /// </summary>
    [Fact]
    public void Units_of_a_line_come_from_two_nodes_where_neither_has_all()
    {
        var plan = PriorityRule.Plan([Free("A", 5, N1(2), N2(3))], _ => 1);
        Assert.Equal([N1(2), N2(3)], plan[0].Nodes.AsEnumerable());

        Given(Placed(Line("1", "A", 5)), new OrderAccepted(Granted("A", 1, 5), []))
            .When(Follow(Plan(1, [.. plan]))).When(Take(Committed("A", 2, N1(2), N2(3))))
            .ThenHappens(new FulfilmentOpened(Committed("A", 2, N1(2), N2(3)), [
                Orders.Opened(1, "N1", Units("1", "A", 2)), Orders.Opened(2, "N2", Units("1", "A", 3)),
            ]));
        var none = Answer("A", 1, ClaimStatus.Insufficient, available: 2);
        Given(Placed(Line("1", "A", 5))).When(Take(none)).ThenHappens(
            new OrderRejected(none, RejectReason.SoldOut, [new("1", "A", 5, 3, 2)]));
    }

    /// <summary>
    /// SOL-03: two SKUs at a node each are two shipments. The peer's second one is not counted; each of ours is.
    /// </summary>
    [Fact]
    public void Each_line_comes_from_the_node_that_has_it()
    {
        var plan = PriorityRule.Plan([Free("A", 1, N1(10)), Free("B", 1, N2(1))], _ => 1);

        Assert.Equal([("A", "N1"), ("B", "N2")], plan.Select(p => (p.Sku, p.Nodes.Single().Node)));
    }

    /// <summary>
    /// SOL-07: with a limit of 150, 4 units of 100 are 4 packages. Ours reckons the price of parcels from what all
    /// goods weigh together, 3 here, and refuses a unit that fits into none; which unit is in which parcel is told by
    /// who packs them, and a fulfilment order is not split for it.
    /// </summary>
    [Fact]
    public void Parcels_are_priced_by_the_weight_of_all()
    {
        Atlas atlas = new() { ["N1"] = Routes.Node() };
        var rules = Routes.Rules with { Tariffs = [Routes.Tariff("post", 10) with { UpToGrams = 150 }] };
        var line = Routes.Line("A", 4, ("N1", 4)) with { Product = new(100) };

        Assert.Equal(3 * 10, Assert.Single(atlas.Decide(rules, Routes.Ask(line)).Legs).Cost.Shipping);
        Assert.Equal("A ", atlas.Text(rules, line with { Product = new(151) }));
    }

    /// <summary>
    /// MED-27: the last step of a fulfilment fails, and nothing is left behind; run again, there is exactly one. Ours
    /// is opened by the turn that takes the last SKU's answer, which is written whole or not at all; until then there
    /// is none, and an answer that comes again opens none.
    /// </summary>
    [Fact]
    public void A_fulfilment_order_is_there_after_the_last_answer_and_once_however_often_that_comes()
    {
        var scene = Given(
            Placed(Line("1", "A", 1), Line("2", "B", 1)), new StockAnswered(Granted("A", 1, 1)),
            new OrderAccepted(Granted("B", 1, 1), []),
            new OrderRouted(Plan(1, Pick("A", N1(1)), Pick("B", N1(1)))), new StockAnswered(Committed("A", 2, N1(1))));
        Assert.Empty(scene.See().Fulfilments);

        scene.When(Take(Committed("B", 2, N1(1))));
        Assert.Equal(("N1", 2), (scene.See().Fulfilments.Single().Node, scene.See().Fulfilments[0].Lines.Length));
        scene.When(Take(Committed("B", 2, N1(1)))).ThenNothing();
    }

    /// <summary>
    /// MED-29: a line that needs shipping and one that does not are refused as one fulfilment, and accepted as two. All
    /// our goods are shipped: lines at one node are one fulfilment order, and two when somebody splits it.
    /// </summary>
    [Fact]
    public void Lines_at_one_node_are_one_fulfilment_order_or_two()
    {
        var scene = Given(
            Placed(Line("1", "A", 1), Line("2", "B", 1)), new StockAnswered(Granted("A", 1, 1)),
            new OrderAccepted(Granted("B", 1, 1), []),
            new OrderRouted(Plan(1, Pick("A", N1(1)), Pick("B", N1(1)))), new StockAnswered(Committed("A", 2, N1(1))))
            .When(Take(Committed("B", 2, N1(1))));
        Assert.Equal(2, Assert.Single(scene.See().Fulfilments).Lines.Length);

        scene.When(new SplitWork("s-1", 1, [Of("2", 1)])).ThenTold(FulfilStatus.Done);
        Assert.Equal([["1"], ["2"]], scene.See().Fulfilments.Select(
            f => f.Lines.Where(l => l.Open > 0).Select(l => l.Line).ToArray()));
    }

    /// <summary>
    /// SOL-09: of 4 units on hand and 5 to come two packages are made. Ours makes the fulfilment order of the second
    /// when its units are there: nobody can work on it before.
    /// </summary>
    [Fact]
    public void What_is_to_come_is_a_fulfilment_order_of_its_own_once_it_is_there()
    {
        var scene = Given(FourOfTen);
        Assert.Equal((4, 6L), (scene.See().Fulfilments.Single().Lines[0].Open, scene.See().Lines[0].Backordered));

        scene.When(new NoteClaim("A", Holds(7, 2, 6, 0, N1(4)), [N1(6)]))
            .When(Follow(Plan(2, Pick("A", N1(6)))))
            .When(Take(Answer("A", 3, ClaimStatus.Done, Holds(8, 3, 0, 0, N1(10)))));

        Assert.Equal([("N1", 4), ("N1", 6)], scene.See().Fulfilments.Select(f => (f.Node, f.Lines[0].Open)));
    }

    /// <summary>
    /// SOL-19: of a shipment with 4 on hand and 6 backordered 4 go to a new one at the same place, backordered ones
    /// first. Our fulfilment orders have only what is there: all 4 are no part of it, and of 2 the others stay.
    /// </summary>
    [Fact]
    public void Only_what_is_there_is_split() => Assert.Equal([2, 2], Given(FourOfTen)
        .When(new SplitWork("s-1", 1, [Of("1", 4)])).ThenRefused(FulfilStatus.NothingLeft)
        .When(new SplitWork("s-2", 1, [Of("1", 2)])).ThenTold(FulfilStatus.Done)
        .See().Fulfilments.Select(f => f.Lines[0].Open));

    /// <summary>
    /// SOL-21: 7 of 10 units, 6 of them backordered, are moved to a node that has 5, which goes to -2. Ours moves what
    /// is there, 4 at most; no node goes below none; what is to come has no node yet that it could leave.
    /// </summary>
    [Fact]
    public void Only_what_is_there_is_moved() => Given(FourOfTen)
        .When(new MoveWork("m-1", 1, "N2", [Of("1", 7)], "nearer", "ann")).ThenRefused(FulfilStatus.MoreThanOpen)
        .When(new MoveWork("m-2", 1, "N2", [], "nearer", "ann")).ThenTold(FulfilStatus.Done)
        .ThenSends(ToSku("A", new SkuCommand.Return("o-1", 3, [N1(4)])))
        .When(Take(Answer("A", 3, ClaimStatus.Done, Holds(3, 3, 4, 6), 0, [N1(4), N2(5)])))
        .ThenSends(ToRouter(2, new RouteLine("A", 4, [N1(4), N2(5)], null, [N2(4)])))
        .When(Follow(Plan(2, Pick("A", N2(4)))))
        .When(Take(Answer("A", 4, ClaimStatus.Done, Holds(4, 4, 0, 6, N2(4)))))
        .ThenHappens(new FulfilmentOpened(
            Answer("A", 4, ClaimStatus.Done, Holds(4, 4, 0, 6, N2(4))), [Orders.Opened(2, "N2", Units("1", "A", 4))]));

    /// <summary>
    /// SHO-01: work that a node was asked to do is moved. The old fulfilment order has nothing left to do (the peer's
    /// is closed, ours cancelled: nothing of it has left); the new one is open, has the same line and units, asks
    /// nobody, and may be begun and moved.
    /// </summary>
    [Fact]
    public void Work_that_is_moved_is_a_new_fulfilment_order_and_the_old_one_is_over()
    {
        var asks = Leg("N1") with { Asks = true, Claims = false };
        var scene = Given(
            Placed(Line("1", "A", 1)), new OrderAccepted(Granted("A", 1, 1), []),
            new OrderRouted(Decided(1, [asks], Pick("A", N1(1)))),
            new FulfilmentOpened(Committed("A", 2, N1(1)), [Plans.Opened(1, asks, Units("1", "A", 1))]));
        Assert.Equal(WorkRequest.Submitted, scene.See().Fulfilments[0].Request);

        scene.When(new MoveWork("m-1", 1, "N2", [], "nearer", "ann"))
            .When(Take(Answer("A", 3, ClaimStatus.Done, Holds(3, 3, 1), 0, [N2(1)])))
            .When(Follow(Plan(2, Pick("A", N2(1))))).When(Take(Committed("A", 4, N2(1))));

        var (old, work) = (scene.See().Fulfilments[0], scene.See().Fulfilments[1]);
        Assert.Equal((FulfilmentStatus.Cancelled, 0), (old.Status, old.Lines[0].Open));
        Assert.Equal(
            ("N2", FulfilmentStatus.Open, WorkRequest.Unsubmitted, new FulfilmentLine("1", "A", 1, 0, 0, 0)),
            (work.Node, work.Status, work.Request, work.Lines.Single()));
        scene.When(new StartWork("w-1", 1)).ThenRefused(FulfilStatus.NothingOpen)
            .When(new MoveWork("m-2", 1, null, [], "again", "ann")).ThenRefused(FulfilStatus.NothingOpen)
            .When(new StartWork("w-2", 2)).ThenTold(FulfilStatus.Done);
    }

    /// <summary>
    /// SHO-03: a node is asked to do all lines of a fulfilment order: open and submitted, nothing is left over that it
    /// is not asked for. Ours is asked as soon as it has the work, when the plan says so, and only for all of it.
    /// </summary>
    [Fact]
    public void A_node_is_asked_for_all_lines_at_once()
    {
        var asks = Leg("N1") with { Asks = true };
        var work = Given(
            Placed(Line("1", "A", 1), Line("2", "A", 1), Line("3", "B", 1)), new StockAnswered(Granted("A", 1, 2)),
            new OrderAccepted(Granted("B", 1, 1), []),
            new OrderRouted(Decided(1, [asks], Pick("A", N1(2)), Pick("B", N1(1)))),
            Said("N1", RoomStatus.Granted), new StockAnswered(Committed("A", 2, N1(2))))
            .When(Take(Committed("B", 2, N1(1)))).See().Fulfilments.Single();

        Assert.Equal((FulfilmentStatus.Open, WorkRequest.Submitted), (work.Status, work.Request));
        Assert.Equal(["1", "2", "3"], work.Lines.Select(l => l.Line));
    }
}
