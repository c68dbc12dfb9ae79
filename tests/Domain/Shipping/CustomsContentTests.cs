using FsCheck;
using FsCheck.Fluent;
using Fulfillment.Inventory;
using Fulfillment.Shipping;

namespace Fulfillment.Tests.Domain.Shipping;

/// <summary>What is declared of the goods in a box.</summary>
public sealed class CustomsContentTests
{
    static readonly ProductFacts Mug = new(
        Grams: 420, ValueMinor: 1_150, Currency: "EUR", HsCode: "69120023", Origin: "PT", NetGrams: 390);

    [Fact]
    public void Goods_are_declared_with_what_was_paid_and_a_gift_with_what_it_is_worth()
    {
        var told = CustomsContent.Of(
        [
            new("1", "MUG", "Enamel mug", Mug with { CustomsDescription = "Mug of stoneware" }, 2, new(2_580, "EUR")),
            new("2", "MUG", "Enamel mug", Mug, 3), new("3", "MUG", "Enamel mug", Mug, 1, new(0, "EUR")),
        ]);
        Assert.Empty(told.Gaps);
        Assert.Equal(
        [
            new("Mug of stoneware", 2, new(1_290, "EUR"), 390, "69120023", "PT"),
            new("Enamel mug", 3, new(1_150, "EUR"), 390, "69120023", "PT"),
            new("Enamel mug", 1, new(1_150, "EUR"), 390, "69120023", "PT"),
        ], told.Lines.AsEnumerable());
    }

    [Fact]
    public void What_is_missing_is_told_by_line_and_field_and_nothing_is_declared()
    {
        var told = CustomsContent.Of(
        [
            new("1", "MUG", "Mug", Mug, 1), new("2", "CUP", "Cup", null, 1, new(100, "EUR")),
            new("3", "TEE", "Tee", new(HsCode: "610910", Origin: "PT", Grams: 100), 1),
            new("4", "HAT", "Hat", Mug with { HsCode = null }, 1),
        ]);
        Assert.Empty(told.Lines);
        Assert.Equal(
        [
            new("2", "CUP", "/product/hsCode"), new("2", "CUP", "/product/origin"), new("2", "CUP", "/product/grams"),
            new("3", "TEE", "/product/value"), new("4", "HAT", "/product/hsCode"),
        ], told.Gaps.AsEnumerable());
    }

    [Fact]
    public void All_lines_are_in_one_currency()
    {
        var told = CustomsContent.Of(
            [new("1", "MUG", "Mug", Mug, 1, new(1_400, "USD")), new("2", "MUG", "Mug", Mug, 1)]);
        Assert.Equal([new CustomsGap("2", "MUG", "/product/value/currency")], told.Gaps.AsEnumerable());
    }

    [Fact]
    public void What_was_paid_is_declared_to_the_minor_unit() => Prop.ForAll<ushort, byte>((paid, quantity) =>
    {
        var (worth, units) = (paid + 1L, (quantity % 50) + 1);
        var lines = CustomsContent.Of([new("1", "MUG", "Mug", Mug, units, new(worth, "EUR"))]).Lines;
        return lines.Sum(l => l.Value.AmountMinor * l.Quantity) == worth && lines.Sum(l => l.Quantity) == units
            && lines.Length <= 2;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_terms_are_those_of_the_order_else_of_the_way_else_of_the_seller()
    {
        CustomsPolicy policy = new(
            Terms: Incoterm.Dap, Lanes: [new(Incoterm.Ddp, To: ["US"], From: ["DE"]), new(Incoterm.Ddp, To: ["CH"])]);
        Assert.Equal(
            [Incoterm.Ddp, Incoterm.Dap, Incoterm.Ddp, Incoterm.Dap, Incoterm.Dap],
            [
                policy.TermsOf("DE", "US"), policy.TermsOf("GB", "US"), policy.TermsOf("GB", "CH"),
                policy.TermsOf("DE", "NO"), policy.TermsOf("DE", "US", Incoterm.Dap),
            ]);
    }

    [Theory]
    [InlineData("GB", "DE", ChargeAt.Sale, "IM2760000012", null)]
    [InlineData("GB", "DE", ChargeAt.Border, null, null)]
    [InlineData("DE", "GB", ChargeAt.Sale, null, "GB980780684")]
    [InlineData("DE", "GB", ChargeAt.Nobody, null, null)]
    [InlineData("DE", "AU", ChargeAt.Sale, null, null)]
    public void A_number_is_told_where_tax_was_collected_with_the_price(
        string from, string to, ChargeAt at, string? ioss, string? vat)
    {
        CustomsPolicy policy = new(
            Terms: Incoterm.Ddp, Eoris: ["GB980780684000", "DE1234567"], Ioss: "IM2760000012", GbVat: "GB980780684");
        DutyReply asked = new(DutyStatus.Estimated, "EUR", 100, 0,
            [new("1", 100, [new(ChargeKind.Tax, "vat", 1_900, 100, 19, at)])], []);
        var told = CustomsContent.Declare(
            policy, CustomsArea.Of(from), CustomsArea.Of(to), [], "INV-1", new(2026, 11, 30), asked)!;
        Assert.Equal((ioss, vat, Incoterm.Ddp), (told.Ioss, told.GbVat, told.Terms));
        Assert.Equal(from == "GB" ? "GB980780684000" : "DE1234567", told.Eori);
        Assert.Equal(Incoterm.Dap, CustomsContent.Declare(policy, CustomsArea.Of(from), CustomsArea.Of(to), [], "INV-1",
            new(2026, 11, 30), asked, Incoterm.Dap, ExportReason.Gift)!.Terms);
        Assert.Null(CustomsContent.Declare(
            policy, CustomsArea.Of("DE"), CustomsArea.Of("FR"), [], "INV-1", new(2026, 11, 30), asked));
    }

    [Fact]
    public void A_seller_is_known_to_each_area_by_its_own_number()
    {
        CustomsPolicy policy = new(
            Eoris: ["GB980780684000", "DE1234567"], Ioss: "IM2760000012", GbVat: "GB980780684");
        Assert.True(policy.IsValid);
        Assert.Equal(["ioss", "gb-vat"], policy.Schemes.AsEnumerable());
        Assert.Empty(new CustomsPolicy().Schemes);
        Assert.Equal("DE1234567", policy.EoriOf(CustomsArea.Of("DE")));
        Assert.Equal("DE1234567", policy.EoriOf(CustomsArea.Of("FR")));
        Assert.Equal("GB980780684000", policy.EoriOf(CustomsArea.Of("GB")));
        Assert.Null(policy.EoriOf(CustomsArea.Of("GB", "BT1 5GS")));
        Assert.Null(policy.EoriOf(CustomsArea.Of("US")));
        Assert.False((policy with { Ioss = "IM1" }).IsValid);
        Assert.False((policy with { Eoris = ["DE"] }).IsValid);
        Assert.False((policy with { GbVat = "GB1" }).IsValid);
    }
}
