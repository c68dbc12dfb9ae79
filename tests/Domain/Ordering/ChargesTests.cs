using System.Collections.Immutable;
using Fulfillment.Ordering;
using static Fulfillment.Tests.Domain.Orders;

namespace Fulfillment.Tests.Domain;

/// <summary>What an order costs beside its prices, and how it may be paid.</summary>
public sealed class ChargesTests
{
    static readonly PaymentMethod Card = new("test-gateway", "tok-1"), Acme = new("account", "acme");
    static readonly OrderLine Two = Line("1", "A", 2, 500);

    static OrderCommand.Place With(OrderCharges? charges, params ImmutableArray<OrderLine> lines) =>
        Place(lines) with { Charges = charges };

    static OrderReply Order(OrderCommand.Place place) => Given().When(place).See();

    /// <summary>Two units of 5.00, 1.01 off, 1.90 tax, and a third unit of 2.50; 0.50 off all, shipping 4.99.</summary>
    static OrderCommand.Place Full(bool taxIncluded) => With(
        new(499, 50, taxIncluded), Two with { DiscountMinor = 101, TaxMinor = 190 }, Line("2", "B", 1, 250));

    [Theory]
    [InlineData(false, 1_250 - 101 - 50 + 190 + 499)]
    [InlineData(true, 1_250 - 101 - 50 + 499)]
    public void The_total_has_discounts_shipping_and_the_tax_that_is_in_no_price(bool included, long total)
    {
        var order = Order(Full(included));

        Assert.Equal((Eur(total), Eur(total)), (order.Placed.Total!.Value, order.Due!.Value));
    }

    [Fact]
    public void Discount_and_shipping_of_the_order_are_shared_by_what_the_lines_are_worth() => Assert.Equal(
        [new(101 + 39, 190, 390), new(11, 0, 109)], Order(Full(false)).Lines.Select(l => l.Charges));

    [Fact]
    public void Tax_that_the_prices_contain_is_no_charge() =>
        Assert.Equal([0, 0], Order(Full(true)).Lines.Select(l => l.Charges!.Tax));

    [Fact]
    public void A_line_without_charges_keeps_none() => Assert.Equal(
        [null, new LineCharges(1, 0, 0)],
        Order(Place(Two, Line("2", "B", 1, 250) with { DiscountMinor = 1 })).Lines.Select(l => l.Charges));

    [Fact]
    public void The_unit_that_is_cancelled_first_is_the_last_and_costs_the_least()
    {
        var scene = Given().When(With(new(3, 0, false), Two));

        scene.When(new OrderCommand.Cancel("c-1", [Of("1", 1)], "one less"));
        Assert.Equal(Eur(502), scene.See().Due);
    }

    /// <summary>What is charged: of the line a discount and a tax, of the order shipping and a discount.</summary>
    public static TheoryData<long, long, long, long, bool, PlaceStatus> Charged => new()
    {
        { -1, 0, 0, 0, true, PlaceStatus.BadCharges }, { 1_001, 0, 0, 0, true, PlaceStatus.BadCharges },
        { 0, -1, 0, 0, true, PlaceStatus.BadCharges }, { 0, 0, -1, 0, true, PlaceStatus.BadCharges },
        { 0, 0, 0, -1, true, PlaceStatus.BadCharges }, { 400, 0, 0, 601, true, PlaceStatus.BadCharges },
        { 0, 0, 1, 0, false, PlaceStatus.BadCharges }, { 1, 0, 0, 0, false, PlaceStatus.BadCharges },
        { 0, 1, 0, 0, false, PlaceStatus.BadCharges }, { 400, 0, 0, 600, true, PlaceStatus.Placed },
        { 1_000, 5, 7, 0, true, PlaceStatus.Placed }, { 0, long.MaxValue, 1, 0, true, PlaceStatus.AmountTooLarge },
        { 0, 0, long.MaxValue - 999, 0, true, PlaceStatus.AmountTooLarge },
        { 0, 0, long.MaxValue - 1_000, 0, true, PlaceStatus.Placed },
    };

    [Theory, MemberData(nameof(Charged))]
    public void Charges_are_not_negative_and_no_discount_is_more_than_what_it_is_taken_from(
        long discount, long tax, long shipping, long ofOrder, bool priced, PlaceStatus status) => Given()
        .When(With(
            new(shipping, ofOrder, false),
            Line("1", "A", 2, priced ? 500 : null) with { DiscountMinor = discount, TaxMinor = tax }))
        .ThenTold(status);

    public static TheoryData<PaymentPolicy, string, PlaceStatus> Means => new()
    {
        { PaymentPolicy.None, "", PlaceStatus.Placed }, { PaymentPolicy.None, "card", PlaceStatus.MethodMismatch },
        { PaymentPolicy.Prepaid, "", PlaceStatus.Placed }, { PaymentPolicy.Prepaid, "card", PlaceStatus.Placed },
        { PaymentPolicy.Prepaid, "account", PlaceStatus.MethodMismatch },
        { PaymentPolicy.Authorise, "", PlaceStatus.MethodMismatch },
        { PaymentPolicy.Authorise, "card", PlaceStatus.Placed },
        { PaymentPolicy.Authorise, "account", PlaceStatus.MethodMismatch },
        { PaymentPolicy.OnAccount, "", PlaceStatus.MethodMismatch },
        { PaymentPolicy.OnAccount, "card", PlaceStatus.MethodMismatch },
        { PaymentPolicy.OnAccount, "account", PlaceStatus.Placed },
        { PaymentPolicy.CashOnDelivery, "", PlaceStatus.Placed },
        { PaymentPolicy.CashOnDelivery, "card", PlaceStatus.MethodMismatch },
    };

    [Theory, MemberData(nameof(Means))]
    public void A_means_fits_how_the_order_is_paid(PaymentPolicy payment, string means, PlaceStatus status) =>
        Given().When(Place(Two) with
        {
            Payment = payment,
            Method = means switch { "card" => Card, "account" => Acme, _ => null },
        }).ThenTold(status);

    [Fact]
    public void Bad_charges_are_told_before_a_means_that_does_not_fit() => Given()
        .When(With(new(-1, 0, false), Two) with { Method = Card }).ThenTold(PlaceStatus.BadCharges);

    [Fact]
    public void The_same_order_with_other_charges_or_another_means_is_another()
    {
        var placed = Full(false) with { Payment = PaymentPolicy.Authorise, Method = Card };

        Given().When(placed)
            .When(placed).ThenRefused(PlaceStatus.AlreadyPlaced)
            .When(placed with { Charges = new(498, 50, false) }).ThenRefused(PlaceStatus.DifferentContent)
            .When(placed with { Method = Card with { Token = "tok-2" } }).ThenRefused(PlaceStatus.DifferentContent);
    }
}
