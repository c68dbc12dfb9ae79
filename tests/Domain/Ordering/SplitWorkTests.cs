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

/// <summary>A fulfilment order becomes two, or two of one node become one. No unit moves, no SKU is asked.</summary>
public sealed class SplitWorkTests
{
    static readonly SplitWork One = new("sp-1", 1, [Of("1", 1)]);
    static readonly MergeWork Back = new("me-1", 1, 2);
    static readonly RouteLeg Planned = Leg("N1") with { NotBefore = Start.AddDays(2), Asks = true };

    /// <summary>Three units of A, line 1, and one of B, line 2, at N1 as planned.</summary>
    static OrderEvent[] AtN1(RouteLeg leg) =>
    [
        Placed(Line("1", "A", 3), Line("2", "B", 1)), new StockAnswered(Granted("A", 1, 3)),
        new OrderAccepted(Granted("B", 1, 1), []),
        new OrderRouted(Decided(1, [leg], Pick("A", N1(3)), Pick("B", N1(1)))),
        Said("N1", RoomStatus.Granted), new StockAnswered(Committed("A", 2, N1(3))),
        new FulfilmentOpened(Committed("B", 2, N1(1)), [
            Plans.Opened(1, leg, Units("1", "A", 3), Units("2", "B", 1)),
        ]),
    ];

    static readonly OrderEvent[] Whole = AtN1(Leg("N1"));
    static readonly OrderEvent[] Parts = [.. Whole, Split(One, 2)];

    static FulfilmentSplit Split(SplitWork c, int number) => new(c.Id, c.Fulfilment, c.Lines, c.Lines, number);

    [Fact]
    public void Units_become_a_fulfilment_order_of_their_own()
    {
        SplitWork some = new("sp-1", 1, [Of("1", 1), Of("2", 1), Of("1", 1)]);

        var scene = Given(Whole).When(some).ThenTold(FulfilStatus.Done)
            .ThenHappens(new FulfilmentSplit("sp-1", 1, some.Lines, [Of("1", 2), Of("2", 1)], 2)).ThenSends();

        var order = scene.See();
        Assert.Equal((OrderStatus.Allocated, 3), (order.Status, order.Lines[0].Allocated));
        Assert.Equal([1, 0], order.Fulfilments[0].Lines.Select(l => l.Open));
        Assert.Equal(
            [new FulfilmentLine("1", "A", 2, 0, 0, 0), new FulfilmentLine("2", "B", 1, 0, 0, 0)],
            order.Fulfilments[1].Lines.AsEnumerable());
        Assert.Equal(("N1", Monday), (order.Fulfilments[1].Node, order.Fulfilments[1].Day!.Value));
    }

    [Fact]
    public void Each_part_leaves_by_itself() => Given(Parts)
        .When(new Ship("s-1", 2, [], null, null)).ThenTold(FulfilStatus.Done)
        .ThenSends(ToSku("A", new SkuCommand.Ship("o-1", 3, [N1(1)])))
        .When(new StartWork("w-1", 1)).ThenTold(FulfilStatus.Done);

    [Fact]
    public void The_room_stays_with_the_first_part() => Given(Parts)
        .When(new Cancel("c-1", [Of("1", 1)], "one less"))
        .ThenSends(ToSku("A", new SkuCommand.Release("o-1", 3, 0, [N1(1)])))
        .When(new Cancel("c-2", [Of("1", 2), Of("2", 1)], "the rest"))
        .ThenSends(ToSku("B", new SkuCommand.Release("o-1", 3, 0, [N1(1)])), ToNode("N1", 2));

    [Fact]
    public void A_split_that_cannot_be_is_refused()
    {
        Given(Whole).When(One with { Fulfilment = 2 }).ThenRefused(FulfilStatus.UnknownFulfilment)
            .When(One with { Lines = [Of("9", 1)] }).ThenRefused(FulfilStatus.UnknownLine)
            .When(One with { Lines = [Of("1", 0)] }).ThenRefused(FulfilStatus.QuantityNotPositive)
            .When(One with { Lines = [Of("1", 4)] }).ThenRefused(FulfilStatus.MoreThanOpen)
            .When(One with { Lines = [] }).ThenRefused(FulfilStatus.NothingLeft)
            .When(One with { Lines = [Of("2", 1), Of("1", 3)] }).ThenRefused(FulfilStatus.NothingLeft);
        Given(Started()).When(One).ThenRefused(FulfilStatus.AlreadyBegun);
        Given(Parts).When(One).ThenRefused(FulfilStatus.AlreadyDone)
            .When(One with { Lines = [Of("1", 2)] }).ThenRefused(FulfilStatus.DifferentContent);
        Given([.. AtNode(), new OrderCancelled("c-1", "x", [], [], [new(1, "1", 2)])])
            .When(One).ThenRefused(FulfilStatus.NothingOpen);
    }

    [Fact]
    public void Two_of_one_node_become_one()
    {
        var scene = Given(Parts).When(Back).ThenTold(FulfilStatus.Done)
            .ThenHappens(new FulfilmentsMerged("me-1", 1, 2, [Of("1", 1)])).ThenSends();

        var order = scene.See();
        Assert.Equal(
            [(3, 3, 0), (1, 1, 0)],
            order.Fulfilments[0].Lines.Select(l => (l.Quantity, l.Open, l.Cancelled)));
        Assert.Equal([(0, 0)], order.Fulfilments[1].Lines.Select(l => (l.Open, l.Cancelled)));
        Assert.Equal(
            (FulfilmentStatus.Cancelled, OrderStatus.Allocated, 3),
            (order.Fulfilments[1].Status, order.Status, order.Lines[0].Allocated));
        scene.When(new Ship("s-1", 1, [], null, null))
            .ThenSends(ToSku("A", new SkuCommand.Ship("o-1", 3, [N1(3)])), ToSku("B", new SkuCommand.Ship(
                "o-1", 3, [N1(1)])));
    }

    [Fact]
    public void A_line_that_only_one_of_them_has_is_in_both_together()
    {
        var scene = Given([.. Whole, Split(new("sp-1", 1, [Of("2", 1)]), 2)]).When(Back);

        Assert.Equal([("1", 3), ("2", 1)], scene.See().Fulfilments[0].Lines.Select(l => (l.Line, l.Open)));
    }

    [Fact]
    public void A_merger_that_cannot_be_is_refused()
    {
        OrderEvent[] two =
        [
            Placed(Line("1", "A", 2)), new OrderAccepted(Granted("A", 1, 2), []),
            new OrderRouted(Plan(1, Pick("A", N1(1), N2(1)))),
            new FulfilmentOpened(Committed("A", 2, N1(1), N2(1)), [
                Orders.Opened(1, "N1", Units("1", "A", 1)), Orders.Opened(2, "N2", Units("1", "A", 1)),
            ]),
        ];

        Given(two).When(Back).ThenRefused(FulfilStatus.WrongNode);
        Given(Parts).When(Back with { From = 3 }).ThenRefused(FulfilStatus.UnknownFulfilment)
            .When(Back with { Fulfilment = 3 }).ThenRefused(FulfilStatus.UnknownFulfilment)
            .When(Back with { From = 1 }).ThenRefused(FulfilStatus.WrongNode)
            .When(Back).ThenTold(FulfilStatus.Done).When(Back).ThenRefused(FulfilStatus.AlreadyDone)
            .When(new MergeWork("me-1", 2, 1)).ThenRefused(FulfilStatus.DifferentContent)
            .When(Back with { Id = "me-2" }).ThenRefused(FulfilStatus.NothingOpen)
            .When(new MergeWork("me-3", 2, 1)).ThenRefused(FulfilStatus.NothingOpen);
        Given([.. Parts, new FulfilmentStarted("w-1", 1, Start, 3)]).When(Back).ThenRefused(FulfilStatus.AlreadyBegun);
        Given([.. Parts, new FulfilmentStarted("w-1", 2, Start, 1)]).When(Back).ThenRefused(FulfilStatus.AlreadyBegun);
    }

    [Fact]
    public void The_day_of_a_part_comes_too()
    {
        var scene = Given(AtN1(Planned)).When(One).ThenSends(Timer(new NoteDue(2), Start.AddDays(2)));

        scene.At(Start.AddDays(2)).When(new NoteDue(2)).Then(Done.It, new FulfilmentDue(2));
    }

    /// <summary>The first part's day is over; nobody accepted the second, and it is to wait, and is paused.</summary>
    [Fact]
    public void Merged_it_waits_for_all_that_either_waits_for()
    {
        OrderEvent[] parts =
        [
            .. AtN1(Planned), Split(One, 2), new RequestAnswered(1, true, null), new FulfilmentDue(1),
            new FulfilmentPaused("p-1", 2, Start, "blocked", "ann"),
        ];

        var work = Given(parts).When(Back).ThenTold(FulfilStatus.Done)
            .ThenSends(Timer(new NoteDue(1), Start.AddDays(2))).See().Fulfilments[0];

        Assert.Equal(
            (Start.AddDays(2), "blocked", WorkRequest.Submitted), (work.NotBefore!.Value, work.Paused, work.Request));
    }

    [Fact]
    public void Merged_into_a_part_without_room_the_room_goes_with_the_work()
    {
        var scene = Given(Parts).When(new MergeWork("me-1", 2, 1)).ThenTold(FulfilStatus.Done).ThenSends();

        Assert.True(scene.See().Fulfilments[1].HasRoom);
        scene.When(new Cancel("c-1", [], "x")).ThenSends(
            ToSku("A", new SkuCommand.Release("o-1", 3, 0, [N1(3)])),
            ToSku("B", new SkuCommand.Release("o-1", 3, 0, [N1(1)])), ToNode("N1", 2));
    }

    [Fact]
    public void Of_two_with_room_the_merged_one_keeps_its_own() => Given([
        .. Parts, new FulfilmentMoved("m-1", 1, [Of("2", 1)], [Of("2", 1)], null, null, "x", "ann"),
        new StockAnswered(Answer("B", 3, ClaimStatus.Done, Holds(3, 3, 1))),
        new OrderRouted(Decided(2, [Leg("N1", 1)], Pick("B", N1(1)))), Said("N1", RoomStatus.Granted, 2),
        new FulfilmentOpened(Committed("B", 4, N1(1)), [Plans.Opened(3, Leg("N1", 1), Units("2", "B", 1))]),
    ])
        .When(new MergeWork("me-1", 1, 3)).ThenSends(ToNode("N1", 3, On(0)));
}
