using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Shipping;
using static Fulfillment.Ordering.OrderCommand;
using static Fulfillment.Tests.Domain.Orders;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

public sealed class PlaceTests
{
    static readonly Place Full = new(
        "web", After(-60), new("DE", "04109"), new("s-1", "sealed"),
        [Line("1", "A", 2, 500), Line("2", "B", 1, 250)], PaymentPolicy.Prepaid, AllocationPolicy.ShipAvailable);

    [Fact]
    public void An_order_is_placed_as_it_came_and_its_stock_is_asked_for() => Given()
        .When(Full)
        .Then(
            new PlaceReply(PlaceStatus.Placed, null),
            new OrderEvent.OrderPlaced(
                "web", Start, After(-60), new("DE", "04109"), new("s-1", "sealed"), Full.Lines, PaymentPolicy.Prepaid,
                AllocationPolicy.ShipAvailable, Eur(1250)))
        .ThenSends(
            ToSku("A", new SkuCommand.Reserve("o-1", 1, 2, Start, Partial: true)),
            ToSku("B", new SkuCommand.Reserve("o-1", 1, 1, Start, Partial: true)));

    [Fact]
    public void An_order_that_lacks_what_customs_ask_for_is_held_from_the_start()
    {
        var customs = Full with { Customs = new(Incoterm.Ddp, "A lacks /product/hsCode") };
        Given().When(customs).Then(
            new PlaceReply(PlaceStatus.Placed, null),
            new OrderEvent.OrderPlaced(
                "web", Start, After(-60), new("DE", "04109"), new("s-1", "sealed"), Full.Lines, PaymentPolicy.Prepaid,
                AllocationPolicy.ShipAvailable, Eur(1250), Customs: customs.Customs),
            new OrderEvent.OrderHeld(
                null, new(1, HoldType.Customs, "A lacks /product/hsCode", Order.CustomsRule, Start, null), []));
        var scene = Given().When(customs);
        // What cards lack by then makes a repeat no other order, and other terms do.
        scene.When(customs with { Customs = new(Incoterm.Ddp) }).ThenRefused(PlaceStatus.AlreadyPlaced);
        scene.When(customs with { Customs = new(Incoterm.Dap) }).ThenRefused(PlaceStatus.DifferentContent);
        scene.When(Full).ThenRefused(PlaceStatus.DifferentContent);
    }

    [Fact]
    public void Lines_of_one_sku_are_summed_before_it_is_asked() => Given()
        .When(Place(Line("1", "A", int.MaxValue), Line("2", "A", int.MaxValue)))
        .ThenSends(ToSku("A", new SkuCommand.Reserve("o-1", 1, 2L * int.MaxValue, Start)));

    [Fact]
    public void Skus_are_asked_in_ordinal_order_and_lines_stay_in_the_buyers()
    {
        var scene = Given().When(Place(Line("x", "b", 1), Line("y", "B", 1), Line("z", "a", 1)));

        Assert.Equal(["B", "a", "b"], scene.Sends.Select(s => s.To.Name));
        Assert.Equal(["x", "y", "z"], scene.See().Lines.Select(l => l.Line.Id));
    }

    [Fact]
    public void An_order_of_several_skus_that_takes_all_or_nothing_is_tentative_for_a_while() => Given()
        .When(Place(Line("1", "A", 1), Line("2", "B", 1)))
        .ThenSends(
            ToSku("A", new SkuCommand.Reserve("o-1", 1, 1, Start, Tentative: Order.TentativeFor)),
            ToSku("B", new SkuCommand.Reserve("o-1", 1, 1, Start, Tentative: Order.TentativeFor)));

    [Fact]
    public void The_same_order_again_is_told_the_one_there_is() => Given(Placed(Full, Eur(1250)))
        .When(Full with { Lines = [.. Full.Lines] }).ThenRefused(PlaceStatus.AlreadyPlaced);

    [Fact]
    public void The_same_order_again_is_known_long_after_it_was_decided() => Given(AtNode())
        .At(After(1_000_000)).When(Place(Line("1", "A", 2))).ThenRefused(PlaceStatus.AlreadyPlaced);

    public static TheoryData<string> Fields =>
    [
        "channel", "ordered at", "ship to", "buyer", "payment", "allocation", "line id", "sku", "quantity", "price",
        "order of lines", "fewer lines", "no lines",
    ];

    [Theory, MemberData(nameof(Fields))]
    public void Another_order_under_the_same_id_is_refused(string what)
    {
        var (one, two) = (Full.Lines[0], Full.Lines[1]);
        var other = what switch
        {
            "channel" => Full with { Channel = "shop" },
            "ordered at" => Full with { OrderedAt = null },
            "ship to" => Full with { ShipTo = new("DE", null) },
            "buyer" => Full with { Buyer = new("s-1", "sealed otherwise") },
            "payment" => Full with { Payment = PaymentPolicy.None },
            "allocation" => Full with { Allocation = AllocationPolicy.AllOrNothing },
            "line id" => Full with { Lines = [one with { Id = "3" }, two] },
            "sku" => Full with { Lines = [one with { Sku = "C" }, two] },
            "quantity" => Full with { Lines = [one with { Quantity = 3 }, two] },
            "price" => Full with { Lines = [one with { UnitPrice = Eur(501) }, two] },
            "order of lines" => Full with { Lines = [two, one] },
            "fewer lines" => Full with { Lines = [one] },
            _ => Full with { Lines = default },
        };

        Given(Placed(Full, Eur(1250))).When(other).ThenRefused(PlaceStatus.DifferentContent);
    }

    [Fact]
    public void An_order_needs_a_line() => Given()
        .When(Place()).Then(new PlaceReply(PlaceStatus.NoLines, null))
        .When(Full with { Lines = default }).Then(new PlaceReply(PlaceStatus.NoLines, null));

    [Fact]
    public void Five_thousand_lines_are_an_order()
    {
        var scene = Given().When(Place([.. Many(Order.MaxLines)])).ThenTold(PlaceStatus.Placed);

        Assert.Equal(Order.MaxLines, scene.Sends.Count);
        Assert.Equal(Order.MaxLines, scene.See().Lines.Length);
    }

    [Fact]
    public void Five_thousand_and_one_lines_are_not() => Given()
        .When(Place([.. Many(Order.MaxLines + 1)])).Then(new PlaceReply(PlaceStatus.TooManyLines, null));

    [Fact]
    public void Five_thousand_lines_of_one_sku_are_one_question() => Given()
        .When(Place([.. Many(Order.MaxLines).Select(l => l with { Sku = "A" })]))
        .ThenSends(ToSku("A", new SkuCommand.Reserve("o-1", 1, Order.MaxLines, Start)));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void A_quantity_that_is_not_positive_is_refused(int quantity) => Given()
        .When(Place(Line("1", "A", 1), Line("2", "B", quantity)))
        .Then(new PlaceReply(PlaceStatus.QuantityNotPositive, null));

    [Fact]
    public void Two_lines_with_one_id_are_refused() => Given()
        .When(Place(Line("1", "A", 1), Line("2", "B", 1), Line("1", "C", 1)))
        .Then(new PlaceReply(PlaceStatus.DuplicateLine, null));

    [Fact]
    public void Prices_in_two_currencies_are_refused() => Given()
        .When(Place(Line("1", "A", 1, 100), new("2", "B", 1, new Money(100, "USD"))))
        .Then(new PlaceReply(PlaceStatus.MixedCurrencies, null));

    [Fact]
    public void What_is_paid_in_advance_needs_a_price_on_every_line() => Given()
        .When(Place(Line("1", "A", 1, 100), Line("2", "B", 1)) with { Payment = PaymentPolicy.Prepaid })
        .Then(new PlaceReply(PlaceStatus.PriceMissing, null));

    [Fact]
    public void What_is_not_paid_in_advance_needs_none_and_has_no_total_then()
    {
        var order = Place(Line("1", "A", 1, 100), Line("2", "B", 1));

        Given().When(order).Then(new PlaceReply(PlaceStatus.Placed, null), Placed(order));
    }

    [Fact]
    public void The_largest_total_that_fits_is_taken() => Given()
        .When(Place(Line("1", "A", 1, long.MaxValue)))
        .ThenHappens(Placed(Place(Line("1", "A", 1, long.MaxValue)), Eur(long.MaxValue)));

    [Theory]
    [InlineData(2, long.MaxValue / 2 + 1)]
    [InlineData(int.MaxValue, long.MaxValue)]
    [InlineData(1, -1)]
    [InlineData(int.MaxValue, long.MinValue)]
    public void A_total_that_does_not_fit_or_is_negative_is_refused(int quantity, long cents) => Given()
        .When(Place(Line("1", "A", quantity, cents))).Then(new PlaceReply(PlaceStatus.AmountTooLarge, null));

    [Fact]
    public void A_line_that_is_given_away_is_an_order_too() => Given()
        .When(Place(Line("1", "A", 1, 0)) with { Payment = PaymentPolicy.Prepaid }).ThenTold(PlaceStatus.Placed)
        .When(Take(Granted("A", 1, 1)))
        .ThenHappens(new OrderEvent.OrderAccepted(Granted("A", 1, 1), []));

    [Fact]
    public void There_is_no_order_before_it_is_placed() => Given()
        .When(new Get()).Then(new OrderAnswer(null))
        .When(new Outcome()).Then(new OrderAnswer(null));

    [Fact]
    public void The_outcome_is_told_once_stock_has_decided()
    {
        var scene = Given(Placed(Line("1", "A", 2))).When(new Outcome()).Then(null);

        scene.When(Take(Granted("A", 1, 2))).When(new Outcome());

        Assert.Equal(OrderStatus.Accepted, Assert.IsType<OrderAnswer>(scene.Reply).Order!.Status);
    }

    [Fact]
    public void The_outcome_of_an_order_that_was_cancelled_meanwhile_is_told_at_once()
    {
        var scene = Given(Placed(Line("1", "A", 2))).When(new Cancel("c-1", [], "changed my mind")).When(new Outcome());

        Assert.Equal(OrderStatus.Cancelled, Assert.IsType<OrderAnswer>(scene.Reply).Order!.Status);
    }

    static IEnumerable<OrderLine> Many(int count) =>
        Enumerable.Range(1, count).Select(i => Line($"{i}", $"sku-{i:0000}", 1));
}
