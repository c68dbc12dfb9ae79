using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Routing;
using static Fulfillment.Ordering.OrderCommand;
using static Fulfillment.Ordering.OrderEvent;
using static Fulfillment.Tests.Domain.Orders;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>Before a node has begun, units go, lines come and the address changes.</summary>
public sealed class EditTests
{
    const long Content = 7;

    static readonly Edit None = new("e-1", [], [], null, null, "changed my mind", Content: Content);
    static readonly Edit OneLess = None with { Fewer = [Of("1", 1)] };
    static readonly Edit WithB = None with { Added = [Line("2", "B", 1)] };
    static readonly OrderEvent[] Begun = [.. AtNode(), Begins(WithB)];

    /// <summary>An order of two units of A for 100 each that N1 is to ship.</summary>
    static readonly OrderEvent[] Priced = AtNode(Placed(Place(Line("1", "A", 2, 100)), Eur(200)));

    static EditPlan Plan(Edit c) => new(c.Fewer, c.Added, c.ShipTo, c.Buyer, c.Reason);

    static EditBegun Begins(Edit c) => new(c.Id, Content, Plan(c));

    static OrderEdited Edited(
        Edit c, StockAnswer? answer = null, ImmutableArray<LineUnits>? unplaced = null,
        params ImmutableArray<WithdrawnUnits> withdrawn) =>
        new(answer, c.Id, Content, Plan(c), unplaced ?? [], withdrawn);

    [Fact]
    public void Fewer_units_go_back_from_their_node() => Given(AtNode())
        .When(OneLess).ThenTold(EditStatus.Edited)
        .ThenHappens(Edited(OneLess, null, null, new WithdrawnUnits(1, "1", 1)))
        .ThenSends(ToSku("A", new SkuCommand.Release("o-1", 3, 0, [N1(1)])));

    [Fact]
    public void Units_that_no_node_has_go_first()
    {
        OrderEvent[] part =
        [
            Placed(Line("1", "A", 3)), new OrderAccepted(Granted("A", 1, 2, 1), []),
            new OrderRouted(Orders.Plan(1, Pick("A", N1(2)))),
            new FulfilmentOpened(
                Answer("A", 2, ClaimStatus.Done, Holds(2, 2, 0, 1, N1(2))), [Opened(1, "N1", Units("1", "A", 2))]),
        ];
        var two = None with { Fewer = [Of("1", 2)] };

        Given(part).When(two).ThenHappens(Edited(two, null, [Of("1", 1)], new WithdrawnUnits(1, "1", 1)));
    }

    [Fact]
    public void A_line_that_is_named_twice_loses_the_sum()
    {
        var twice = None with { Fewer = [Of("1", 1), Of("2", 1), Of("1", 1)] };
        OrderEvent[] two = [Placed(Line("1", "A", 3), Line("2", "A", 2)), new OrderAccepted(Granted("A", 1, 0, 5), [])];

        var scene = Given(two).When(twice).ThenTold(EditStatus.Edited);

        Assert.Equal([2, 1], scene.See().Lines.Select(l => l.Cancelled));
    }

    [Fact]
    public void Stock_is_asked_for_the_lines_in_addition_and_then_nodes() => Given(AtNode())
        .When(WithB).ThenTold(EditStatus.Begun).ThenHappens(Begins(WithB))
        .ThenSends(ToSku("B", new SkuCommand.Reserve("o-1", 1, 1, Start)))
        .When(Take(Granted("B", 1, 1))).ThenHappens(Edited(WithB, Granted("B", 1, 1)))
        .ThenSends(ToRouter(2, new RouteLine("B", 1, [N1(1)])).Beside("N1"));

    [Fact]
    public void More_of_what_is_at_a_node_already_is_asked_for_beside_it()
    {
        var more = None with { Added = [Line("2", "A", 3)] };

        Given(AtNode())
            .When(more).ThenSends(ToSku("A", new SkuCommand.Reserve("o-1", 3, 3, Start)))
            .When(Take(Answer("A", 3, ClaimStatus.Done, Holds(3, 3, 3, 0, N1(2)))))
            .ThenHappens(Edited(more, Answer("A", 3, ClaimStatus.Done, Holds(3, 3, 3, 0, N1(2)))));
    }

    [Fact]
    public void What_stock_does_not_cover_changes_nothing()
    {
        var no = Answer("B", 1, ClaimStatus.Insufficient);

        var scene = Given(Begun)
            .When(Take(no)).ThenHappens(new EditRefused(no, "e-1", [new("2", "B", 1, 1, 0)], 1)).ThenSends()
            .When(WithB).ThenRefused(EditStatus.SoldOut);

        var order = scene.See();
        Assert.Equal((OrderStatus.Allocated, 1), (order.Status, order.Lines[1].Cancelled));
        Assert.Equal("e-1", Assert.Single(order.RefusedEdits).Id);
    }

    [Fact]
    public void A_line_that_is_not_there_gives_back_what_was_held_for_the_others_and_takes_nothing_away()
    {
        var both = None with { Fewer = [Of("1", 1)], Added = [Line("2", "B", 1), Line("3", "C", 1)] };
        var no = Answer("C", 1, ClaimStatus.UnknownSku);

        var scene = Given(AtNode())
            .When(both)
            .When(Take(Granted("B", 1, 1))).ThenHappens(new StockAnswered(Granted("B", 1, 1))).ThenSends()
            .When(Take(no)).ThenHappens(new EditRefused(no, "e-1", [new("3", "C", 1, 1, 0)], 2))
            .ThenSends(ToSku("B", new SkuCommand.Release("o-1", 2, 1, [])));

        Assert.Equal([0, 1, 1], scene.See().Lines.Select(l => l.Cancelled));
    }

    [Fact]
    public void Nothing_leaves_and_nothing_else_is_changed_while_stock_is_being_asked() => Given(Begun)
        .When(new StartWork("w-1", 1)).ThenRefused(FulfilStatus.OnHold)
        .When(new Ship("s-1", 1, [], null, null)).ThenRefused(FulfilStatus.OnHold)
        .When(OneLess with { Id = "e-2" }).ThenRefused(EditStatus.Undecided)
        .When(WithB).ThenRefused(EditStatus.Begun)
        .When(new Outcome()).Then(null);

    [Fact]
    public void What_is_cancelled_while_stock_is_being_asked_is_not_taken_away_twice()
    {
        var both = WithB with { Fewer = [Of("1", 1)] };

        var scene = Given([.. AtNode(), Begins(both)])
            .When(new Cancel("c-1", [Of("1", 2)], "none of it")).ThenTold(CancelStatus.Cancelled)
            .When(Take(Granted("B", 1, 1))).ThenHappens(Edited(both, Granted("B", 1, 1)));

        Assert.Equal([2, 0], scene.See().Lines.Select(l => l.Cancelled));
    }

    [Fact]
    public void An_edit_of_which_everything_was_cancelled_meanwhile_is_none() => Given(Begun)
        .When(new Cancel("c-1", [Of("2", 1)], "not that"))
        .ThenHappens(new OrderCancelled("c-1", "not that", [Of("2", 1)], [Of("2", 1)], []))
        .When(Take(Granted("B", 1, 1))).ThenHappens(new StockAnswered(Granted("B", 1, 1)))
        .ThenSends(ToSku("B", new SkuCommand.Release("o-1", 2, 1, [])))
        .When(Take(TookBack("B", 2))).ThenHappens(new EditRefused(TookBack("B", 2), "e-1", [], 0));

    [Fact]
    public void A_preview_tells_what_would_be_and_changes_nothing()
    {
        var preview = None with
        {
            Fewer = [Of("1", 1)],
            Added = [new OrderLine("2", "B", 3, Eur(50), DiscountMinor: 10, TaxMinor: 5)],
            Preview = true,
        };

        var scene = Given(Priced).When(preview).ThenNothing();

        var reply = Assert.IsType<EditReply>(scene.Reply);
        Assert.Equal(EditStatus.Previewed, reply.Status);
        Assert.Equal((Eur(245), 1), (reply.Order!.Due!.Value, reply.Order.Lines[0].Cancelled));
        Assert.Equal((Eur(200), 1), (scene.See().Due!.Value, scene.See().Lines.Length));
        scene.When(preview with { Preview = false }).ThenTold(EditStatus.Begun);
    }

    [Fact]
    public void Another_address_counts_from_now_on_and_the_order_is_still_known_as_it_was_placed()
    {
        var moved = None with { ShipTo = new("AT", "1010"), Buyer = new("s-1", "moved") };

        var scene = Given(AtNode()).When(moved).ThenTold(EditStatus.Edited);

        Assert.Equal((moved.ShipTo, moved.Buyer), (scene.See().Placed.ShipTo, scene.See().Placed.Buyer));
        scene.When(Place(Line("1", "A", 2))).ThenRefused(PlaceStatus.AlreadyPlaced)
            .When(Place(Line("1", "A", 2)) with { ShipTo = moved.ShipTo }).ThenRefused(PlaceStatus.DifferentContent);
    }

    [Fact]
    public void An_edit_is_known_by_its_id_and_its_content() => Given(AtNode())
        .When(OneLess)
        .When(OneLess).ThenRefused(EditStatus.AlreadyEdited)
        .When(WithB).ThenRefused(EditStatus.AlreadyEdited)
        .When(OneLess with { Content = 8 }).ThenRefused(EditStatus.DifferentContent);

    [Fact]
    public void Who_tells_no_content_is_known_by_the_plan()
    {
        var plain = OneLess with { Content = null };

        Given(AtNode()).When(plain)
            .When(plain).ThenRefused(EditStatus.AlreadyEdited)
            .When(plain with { Reason = "other" }).ThenRefused(EditStatus.DifferentContent)
            .When(plain with { ShipTo = new("DE", null) }).ThenRefused(EditStatus.DifferentContent);
    }

    [Fact]
    public void There_is_no_order_to_edit() =>
        Given().When(None).Then(new EditReply(EditStatus.UnknownOrder, null));

    [Fact]
    public void An_edit_for_another_version_is_stale() => Given(AtNode())
        .When(None with { IfVersion = 3 }).ThenRefused(EditStatus.Stale)
        .When(OneLess with { IfVersion = 4 }).ThenTold(EditStatus.Edited);

    [Fact]
    public void An_order_that_has_ended_is_not_edited() =>
        Given([.. AtNode(), new OrderCancelled("c-1", "", [], [], [new(1, "1", 2)])])
            .When(None).ThenRefused(EditStatus.OrderEnded);

    [Fact]
    public void An_order_is_not_edited_before_stock_has_decided() => Given(Placed(Line("1", "A", 2)))
        .When(None).ThenRefused(EditStatus.Undecided);

    [Fact]
    public void It_is_too_late_once_a_node_has_begun_or_goods_have_left()
    {
        Given(Started()).When(None).ThenRefused(EditStatus.TooLate);
        Given([.. AtNode(), new GoodsShipped("s-1", 1, Start, [], [Of("1", 1)], null, null)])
            .When(None).ThenRefused(EditStatus.TooLate);
    }

    static OrderLine Bad(string id, int quantity, Money? price, long discount = -1) =>
        new(id, "B", quantity, price, discount);

    /// <summary>Each refusal also has every later fault, so that the order of the tests is tested.</summary>
    public static TheoryData<EditStatus, string, int, string, int, long, string> Refusals => new()
    {
        { EditStatus.UnknownLine, "9", 0, "1", 0, long.MaxValue, "USD" },
        { EditStatus.QuantityNotPositive, "1", 0, "1", 2, long.MaxValue, "USD" },
        { EditStatus.QuantityNotPositive, "1", 3, "1", 0, long.MaxValue, "USD" },
        { EditStatus.MoreThanLeft, "1", 3, "1", 2, long.MaxValue, "USD" },
        { EditStatus.DuplicateLine, "1", 2, "1", 2, long.MaxValue, "USD" },
        { EditStatus.PriceMismatch, "1", 2, "2", 2, long.MaxValue, "USD" },
        { EditStatus.BadCharges, "1", 2, "2", 2, 100, "EUR" },
    };

    [Theory, MemberData(nameof(Refusals))]
    public void What_is_wrong_is_refused(
        EditStatus status, string line, int fewer, string added, int quantity, long price, string currency) =>
        Given(Priced).When(None with
        {
            Fewer = [Of(line, fewer)],
            Added = [Bad(added, quantity, new(price, currency))],
        }).ThenRefused(status);

    [Fact]
    public void An_edit_that_changes_nothing_is_refused() => Given(AtNode())
        .When(None).ThenRefused(EditStatus.NothingChanged)
        .When(None with { Fewer = default, Added = default }).ThenRefused(EditStatus.NothingChanged);

    [Fact]
    public void An_order_that_nothing_is_left_of_has_to_be_cancelled_instead() => Given(AtNode())
        .When(None with { Fewer = [Of("1", 2)] }).ThenRefused(EditStatus.MoreThanLeft)
        .When(WithB with { Fewer = [Of("1", 2)] }).ThenTold(EditStatus.Begun);

    [Fact]
    public void Two_added_lines_need_two_ids() => Given(AtNode())
        .When(None with { Added = [Line("2", "B", 1), Line("2", "C", 1)] }).ThenRefused(EditStatus.DuplicateLine);

    [Fact]
    public void A_price_is_told_where_the_others_have_one_and_only_there()
    {
        Given(Priced).When(WithB).ThenRefused(EditStatus.PriceMismatch);
        Given(AtNode()).When(None with { Added = [Line("2", "B", 1, 100)] }).ThenRefused(EditStatus.PriceMismatch);
    }

    [Fact]
    public void Five_thousand_lines_are_enough() => Given(AtNode())
        .When(None with { Added = [.. Enumerable.Range(2, Order.MaxLines).Select(i => Line($"{i}", "B", 1))] })
        .ThenRefused(EditStatus.TooManyLines);

    [Fact]
    public void A_thousand_operations_are_enough_but_for_a_preview()
    {
        var scene = Given([
            .. AtNode(),
            .. Enumerable.Range(1, Order.MaxOperations).Select(i => new OrderCancelled($"c-{i}", "", [], [], [])),
        ]).When(OneLess).ThenRefused(EditStatus.TooManyOperations);

        Assert.Equal(EditStatus.Previewed, Assert.IsType<EditReply>(
            scene.When(OneLess with { Preview = true }).Reply).Status);
    }
}
