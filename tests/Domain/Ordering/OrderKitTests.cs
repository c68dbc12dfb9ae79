using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using static Fulfillment.Inventory.ClaimStatus;
using static Fulfillment.Ordering.OrderCommand;
using static Fulfillment.Ordering.OrderEvent;
using static Fulfillment.Tests.Domain.Orders;

namespace Fulfillment.Tests.Domain;

public sealed class OrderKitTests
{
    static readonly ImmutableArray<KitPart> Set = [new("CUP", 2), new("POT", 1)];

    static StockAnswer IsKit(string sku, int step) => Answer(sku, step, ClaimStatus.IsKit) with { Kit = Set };

    static SkuCommand.Reserve Asks(int step, long units, bool partial = false, bool tentative = true) => new(
        "o-1", step, units, Product.Start, partial, Tentative: tentative ? Order.TentativeFor : null);

    [Fact]
    public void A_kit_is_opened_and_its_components_are_asked_for_together()
    {
        var scene = Given(Placed(Line("1", "SET", 3))).When(Take(IsKit("SET", 1)))
            .Then(Done.It, new KitOpened(IsKit("SET", 1), 6, 0))
            .ThenSends(ToSku("CUP", Asks(1, 6)), ToSku("POT", Asks(1, 3)));

        Assert.Equal(["1:1", "1:2"], scene.See().Lines.Select(l => l.Line.Id));
        Assert.Equal(9, scene.State.Progress.Units);
    }

    [Fact]
    public void Two_lines_that_share_a_component_ask_for_its_sum()
    {
        Given(Placed(Line("1", "CUP", 5), Line("2", "SET", 2)))
            .When(Take(Granted("CUP", 1, 5))).When(Take(IsKit("SET", 1)))
            .ThenSends(ToSku("CUP", Asks(2, 9)), ToSku("POT", Asks(1, 2)));
    }

    [Fact]
    public void A_component_that_is_being_asked_for_already_is_asked_again_for_the_sum()
    {
        Given(Placed(Line("1", "CUP", 5), Line("2", "SET", 2)))
            .When(Take(IsKit("SET", 1))).ThenSends(ToSku("POT", Asks(1, 2)))
            .When(Take(Granted("CUP", 1, 5))).ThenSends(ToSku("CUP", Asks(2, 9)));
    }

    [Fact]
    public void A_kit_whose_last_component_is_gone_is_rejected_whole_and_gives_back_the_rest()
    {
        var scene = Given(Placed(Line("1", "SET", 3)), new KitOpened(IsKit("SET", 1), 6, 0))
            .When(Take(Granted("CUP", 1, 6))).When(Take(Answer("POT", 1, Insufficient, available: 2)))
            .ThenSends(ToSku("CUP", new SkuCommand.Release("o-1", 2, 6, [])));

        Assert.Equal((OrderStatus.Rejected, RejectReason.SoldOut), (scene.See().Status, scene.See().Rejected));
    }

    /// <summary>Of 10 cups, the first kits hold 6 already when the 6 of the next ones are asked for, too.</summary>
    [Fact]
    public void What_is_missing_of_a_component_is_told_of_the_sum_and_a_rejected_order_has_none()
    {
        StockAnswer Other() => Answer("BOX", 1, ClaimStatus.IsKit) with { Kit = [new("CUP", 3)] };

        var scene = Given(Placed(Line("1", "SET", 3), Line("2", "BOX", 2)), new KitOpened(IsKit("SET", 1), 6, 0))
            .When(Take(Answer("CUP", 1, ClaimStatus.Done, Holds(1, 1, 6), 4))).When(Take(Granted("POT", 1, 3)))
            .When(Take(Other())).ThenSends(ToSku("CUP", Asks(2, 12)))
            .When(Take(Answer("CUP", 2, Insufficient, Holds(1, 1, 6), 4)));

        Assert.Equal([new ShortLine("2:1", "CUP", 6, 2, 10)], scene.See().Short.AsEnumerable());
        Assert.Equal([0, 0, 0], scene.See().Lines.Select(l => l.Reserved));
    }

    [Fact]
    public void Who_takes_what_there_is_gets_whole_kits()
    {
        var scene = Given(PlacedShipAvailable(Line("1", "SET", 3)), new KitOpened(IsKit("SET", 1), 6, 0))
            .When(Take(Granted("CUP", 1, 5))).When(Take(Granted("POT", 1, 3)));

        Assert.Equal([("1:1", 2), ("1:2", 1)], scene.See().Short.Select(s => (s.Line, s.Missing)));
        Assert.Equal(OrderStatus.Accepted, scene.See().Status);
    }

    [Fact]
    public void A_kit_is_cancelled_by_its_own_line_and_never_in_parts()
    {
        var scene = Given(Placed(Line("1", "SET", 3)), new KitOpened(IsKit("SET", 1), 6, 0))
            .When(new Cancel("x-0", [Of("1:1", 1)], "")).ThenRefused(CancelStatus.PartOfKit)
            .When(new Cancel("x-1", [Of("1", 1)], "")).ThenTold(CancelStatus.Cancelled);

        Assert.Equal([2, 1], scene.See().Lines.Select(l => l.Cancelled));
    }

    [Fact]
    public void An_edit_takes_whole_kits_away()
    {
        var scene = Given(
            Placed(Line("1", "SET", 3)), new KitOpened(IsKit("SET", 1), 6, 0),
            new StockAnswered(Granted("CUP", 1, 6)), new OrderAccepted(Granted("POT", 1, 3), []));

        scene.When(new Edit("e-0", [Of("1:2", 1)], [], null, null, "")).ThenRefused(EditStatus.PartOfKit)
            .When(new Edit("e-1", [Of("1", 2)], [], null, null, "")).ThenTold(EditStatus.Edited);

        Assert.Equal([4, 2], scene.See().Lines.Select(l => l.Cancelled));
    }

    [Fact]
    public void Whole_kits_cost_what_the_buyer_was_told_whatever_their_parts_round_to()
    {
        var place = Place(Line("1", "SET", 3, 1_000)) with { Charges = new(100, 0, false) };
        var scene = Given(Placed(place, Eur(3_100)), new KitOpened(IsKit("SET", 1), 6, 0));
        Assert.Equal(Eur(3_100), scene.State.Due);

        scene.When(new Cancel("x-1", [Of("1", 1)], ""));

        var price = scene.State.Lines.Sum(l => l.Money(l.Ordered.Quantity - l.Cancelled).Price);
        Assert.Equal(2_000, price);
    }

    [Fact]
    public void A_kit_within_a_kit_or_of_too_many_units_is_rejected()
    {
        var nested = Given(Placed(Line("1", "SET", 1)), new KitOpened(IsKit("SET", 1), 2, 0))
            .When(Take(IsKit("POT", 1))).When(Take(Granted("CUP", 1, 2)));
        Assert.Equal(RejectReason.KitTooLarge, nested.See().Rejected);

        var large = Given(Placed(Line("1", "SET", int.MaxValue))).When(Take(IsKit("SET", 1)));
        Assert.Equal(RejectReason.KitTooLarge, large.See().Rejected);
    }

    [Fact]
    public void A_line_of_a_component_never_takes_the_name_of_another_line()
    {
        var scene = Given(Placed(Line("1", "SET", 1), Line("1:1", "A", 1))).When(Take(IsKit("SET", 1)));

        Assert.Equal(["1:1:kit", "1:2", "1:1"], scene.See().Lines.Select(l => l.Line.Id));
    }
}
