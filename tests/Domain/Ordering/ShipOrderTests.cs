using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using static Fulfillment.Ordering.OrderCommand;
using static Fulfillment.Ordering.OrderEvent;
using static Fulfillment.Tests.Domain.Orders;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

public sealed class ShipOrderTests
{
    static readonly Ship All = new("s-1", 1, [], "DHL", "00340434161094000001");

    /// <summary>Lines 1 and 2: 3 and 2 of A at N1; line 3: 1 of B at N1.</summary>
    static readonly OrderEvent[] ThreeLines =
    [
        Placed(Line("1", "A", 3), Line("2", "A", 2), Line("3", "B", 1)), new StockAnswered(Granted("A", 1, 5)),
        new OrderAccepted(Granted("B", 1, 1), []), new OrderRouted(Plan(1, Pick("A", N1(5)), Pick("B", N1(1)))),
        new StockAnswered(Committed("A", 2, N1(5))),
        new FulfilmentOpened(
            Committed("B", 2, N1(1)), [Opened(1, "N1", Units("1", "A", 3), Units("2", "A", 2), Units("3", "B", 1))]),
    ];

    static Ship Part(string id, params ImmutableArray<LineUnits> lines) => new(id, 1, lines, null, null);

    static GoodsShipped Left(Ship s, params ImmutableArray<LineUnits> lines) =>
        new(s.Id, s.Fulfilment, Start, s.Lines, lines, s.Carrier, s.TrackingNumber);

    [Fact]
    public void Everything_open_leaves_when_no_line_is_named() => Given(ThreeLines)
        .When(All).ThenTold(FulfilStatus.Done)
        .ThenHappens(Left(All, Of("1", 3), Of("2", 2), Of("3", 1)))
        .ThenSends(
            ToSku("A", new SkuCommand.Ship("o-1", 3, [N1(5)])), ToSku("B", new SkuCommand.Ship("o-1", 3, [N1(1)])));

    [Fact]
    public void Part_leaves_and_then_the_rest()
    {
        Ship part = Part("s-1", Of("1", 1), Of("2", 2)), rest = Part("s-2");

        Given(ThreeLines)
            .When(part).ThenTold(FulfilStatus.Done).ThenHappens(Left(part, Of("1", 1), Of("2", 2)))
            .ThenSends(ToSku("A", new SkuCommand.Ship("o-1", 3, [N1(3)])))
            .When(Take(Answer("A", 3, ClaimStatus.Done, Holds(3, 3, 0, 0, N1(2))))).ThenSends()
            .When(rest).ThenHappens(Left(rest, Of("1", 2), Of("3", 1)))
            .ThenSends(
                ToSku("A", new SkuCommand.Ship("o-1", 4, [N1(2)])), ToSku("B", new SkuCommand.Ship("o-1", 3, [N1(1)])));
    }

    [Fact]
    public void What_leaves_while_the_sku_is_being_told_is_told_next() => Given(ThreeLines)
        .When(Part("s-1", Of("1", 1))).ThenSends(ToSku("A", new SkuCommand.Ship("o-1", 3, [N1(1)])))
        .When(Part("s-2", Of("1", 1))).ThenSends()
        .When(Part("s-3", Of("2", 2))).ThenSends()
        .When(Take(Answer("A", 3, ClaimStatus.Done, Holds(3, 3, 0, 0, N1(4)))))
        .ThenSends(ToSku("A", new SkuCommand.Ship("o-1", 4, [N1(3)])));

    [Fact]
    public void Units_that_are_told_apart_leave_once_they_are_picked_by_name()
    {
        Standing named = Holds(4, 2, 0, 0, N1(5)) with { Named = true };
        Standing picked = named with { Version = 5, Picked = [N1(3)] };
        Ship three = Part("s-1", Of("1", 3)), two = Part("s-2", Of("2", 2));

        Given([.. ThreeLines, new ClaimChanged("A", named, [])])
            .When(All).ThenTold(FulfilStatus.NotPicked).ThenNothing()
            .When(Part("s-3", Of("3", 1))).ThenTold(FulfilStatus.Done)
            .When(three).ThenTold(FulfilStatus.NotPicked)
            .When(three with { Seen = [new("A", picked)] }).ThenTold(FulfilStatus.Done)
            .When(new NoteClaim("A", picked, [])).When(two).ThenTold(FulfilStatus.NotPicked)
            .When(two with { Seen = [new("A", named)] }).ThenTold(FulfilStatus.NotPicked)
            .When(new NoteClaim("A", picked with { Version = 6, Picked = [N1(5)] }, []))
            .When(two).ThenTold(FulfilStatus.Done);
    }

    [Fact]
    public void A_line_named_twice_loses_the_sum()
    {
        var twice = Part("s-1", Of("1", 1), Of("1", 2));

        Given(ThreeLines).When(twice).ThenHappens(Left(twice, Of("1", 3)));
    }

    [Fact]
    public void A_shipment_is_kept_with_its_carrier_and_number()
    {
        var fulfilment = Assert.Single(Given(ThreeLines).At(After(9)).When(All).See().Fulfilments);

        var shipment = Assert.Single(fulfilment.Shipments);
        Assert.Equal(("s-1", After(9), "DHL", "00340434161094000001"), (
            shipment.Id, shipment.At, shipment.Carrier, shipment.TrackingNumber));
        Assert.Equal([Of("1", 3), Of("2", 2), Of("3", 1)], shipment.Lines.AsEnumerable());
    }

    [Fact]
    public void The_same_shipment_again_ships_nothing() => Given(ThreeLines)
        .When(All).When(All).ThenRefused(FulfilStatus.AlreadyDone)
        .When(All with { Lines = default }).ThenRefused(FulfilStatus.AlreadyDone);

    public static TheoryData<string> Fields => ["lines", "carrier", "tracking number", "fulfilment"];

    [Theory, MemberData(nameof(Fields))]
    public void Another_shipment_under_the_same_id_is_refused(string what)
    {
        var other = what switch
        {
            "lines" => All with { Lines = [Of("1", 3)] },
            "carrier" => All with { Carrier = null },
            "tracking number" => All with { TrackingNumber = "1" },
            _ => All with { Fulfilment = 2 },
        };
        OrderEvent[] twoNodes =
        [
            Placed(Line("1", "A", 2)), new OrderAccepted(Granted("A", 1, 2), []),
            new OrderRouted(Plan(1, Pick("A", N1(1), N2(1)))),
            new FulfilmentOpened(Committed("A", 2, N1(1), N2(1)), [
                Opened(1, "N1", Units("1", "A", 1)), Opened(2, "N2", Units("1", "A", 1)),
            ]),
        ];

        Given(twoNodes).When(All).ThenTold(FulfilStatus.Done).When(other).ThenRefused(FulfilStatus.DifferentContent);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void A_fulfilment_order_that_there_is_not_ships_nothing(int number) => Given(ThreeLines)
        .When(All with { Fulfilment = number }).ThenRefused(FulfilStatus.UnknownFulfilment);

    [Fact]
    public void An_order_that_there_is_not_has_no_fulfilment_order() => Given()
        .When(All).Then(new FulfilReply(FulfilStatus.UnknownFulfilment, null));

    [Fact]
    public void A_line_that_it_has_not_is_refused() => Given(ThreeLines)
        .When(Part("s-1", Of("1", 1), Of("4", 0))).ThenRefused(FulfilStatus.UnknownLine);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void A_quantity_that_is_not_positive_is_refused(int units) => Given(ThreeLines)
        .When(Part("s-1", Of("1", units))).ThenRefused(FulfilStatus.QuantityNotPositive);

    [Fact]
    public void More_than_is_open_is_refused() => Given(ThreeLines)
        .When(Part("s-1", Of("1", 4))).ThenRefused(FulfilStatus.MoreThanOpen)
        .When(Part("s-1", Of("1", 2), Of("1", 2))).ThenRefused(FulfilStatus.MoreThanOpen)
        .When(Part("s-1", Of("1", int.MaxValue), Of("1", int.MaxValue))).ThenRefused(FulfilStatus.MoreThanOpen);

    [Fact]
    public void Nothing_leaves_where_nothing_is_open() => Given(ThreeLines)
        .When(All).ThenTold(FulfilStatus.Done)
        .When(All with { Id = "s-2" }).ThenRefused(FulfilStatus.NothingOpen)
        .When(Part("s-3", Of("1", 1))).ThenRefused(FulfilStatus.NothingOpen);

    [Fact]
    public void Nothing_leaves_of_what_was_cancelled() => Given(ThreeLines)
        .When(new Cancel("c-1", [Of("1", 2)], "too many")).ThenTold(CancelStatus.Cancelled)
        .When(Part("s-1", Of("1", 2))).ThenRefused(FulfilStatus.MoreThanOpen)
        .When(new Cancel("c-2", [], "none at all")).ThenTold(CancelStatus.Cancelled)
        .When(All).ThenRefused(FulfilStatus.NothingOpen);

    [Fact]
    public void Units_that_left_and_units_that_were_cancelled_are_told_one_after_the_other() => Given(ThreeLines)
        .When(Part("s-1", Of("1", 1))).ThenSends(ToSku("A", new SkuCommand.Ship("o-1", 3, [N1(1)])))
        .When(new Cancel("c-1", [Of("1", 2)], "too many")).ThenSends()
        .When(Take(Answer("A", 3, ClaimStatus.Done, Holds(3, 3, 0, 0, N1(4)))))
        .ThenSends(ToSku("A", new SkuCommand.Release("o-1", 4, 0, [N1(2)])))
        .When(Take(Answer("A", 4, ClaimStatus.Done, Holds(4, 4, 0, 0, N1(2))))).ThenSends();

    [Fact]
    public void A_thousand_operations_are_enough()
    {
        OrderEvent[] large =
        [
            Placed(Line("1", "A", 2_000)), new OrderAccepted(Granted("A", 1, 2_000), []),
            new OrderRouted(Plan(1, Pick("A", N1(2_000)))),
            new FulfilmentOpened(Committed("A", 2, N1(2_000)), [Opened(1, "N1", Units("1", "A", 2_000))]),
        ];
        var shipped = Enumerable.Range(1, Order.MaxOperations)
            .Select(i => Left(Part($"s-{i}", Of("1", 1)), Of("1", 1)));

        Given([.. large, .. shipped])
            .When(Part("one more", Of("1", 1))).ThenRefused(FulfilStatus.TooManyOperations)
            .When(new Deliver("d-1", 1)).ThenRefused(FulfilStatus.TooManyOperations)
            .When(Part("s-1", Of("1", 1))).ThenRefused(FulfilStatus.AlreadyDone);
    }
}
