using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Fulfillment.Shipping;

namespace Fulfillment.Tests.Domain.Shipping;

/// <summary>What customs will ask for, by a small table.</summary>
public sealed class DutiesTests
{
    static readonly DateOnly Day = new(2026, 11, 30);

    static readonly CustomsPlace Berlin = CustomsArea.Of("DE"), London = CustomsArea.Of("GB", "SW1A 1AA"),
        Boston = CustomsArea.Of("US"), Canaries = CustomsArea.Of("ES", "35001");

    static readonly DutyTable Table = new(
        "t-1", new(2026, 11, 1), "nobody",
        [new("EUR", 1_000_000), new("USD", 1_100_000), new("GBP", 860_000), new("JPY", 165_000_000, 0)],
        [
            new("EU", "EUR", Duties:
                [new("shirts", 1_200, ["6109"]), new("books", 0, ["49"]), new("proved", 0, Origins: ["GB"],
                    Preferential: true)],
                Taxes:
                [
                    new("vat", "DE", 1_900), new("vat-books", "DE", 700, ["4901"]), new("igic", "ES-CANARIAS", 700),
                ],
                LowValues:
                [
                    new("free", LowValueRelief.Duty, 15_000, Until: new(2026, 6, 30)),
                    new("flat", LowValueRelief.Duty, 15_000, 300, From: new(2026, 7, 1), NotHsCodes: ["24"]),
                ],
                Schemes: [new("ioss", 15_000)]),
            new("US", "USD", DutyBasis.Fob, TaxBasis.DutyPaid,
                [
                    new("shirts", 1_650, ["610910"]), new("all", 300), new("mexican", 100, ["6109"], ["MX"]),
                    new("chinese", 750, ["6109"], ["CN"], Additional: true),
                ],
                [new("none", "US", 0)]),
            new("GB", "GBP", Duties: [new("all", 1_000)],
                Taxes: [new("vat", "GB", 2_000, UncollectedUpToMinor: 500)],
                LowValues: [new("gift", LowValueRelief.Tax, 1_000, SentFrom: ["DE"])],
                Schemes: [new("gb-vat", 13_500, Required: true, From: new(2027, 1, 1))]),
        ]);

    static DutyLine Shirts(long minor, string id = "1", string origin = "CN", string currency = "EUR") =>
        new(id, "61091000", origin, 1, new(minor, currency));

    static DutyReply Of(CustomsPlace from, CustomsPlace to, params DutyLine[] lines) =>
        Duties.Of(Table, new(from, to, Day, [.. lines]));

    static string Told(DutyReply reply) => string.Join(' ', reply.Lines.SelectMany(l => l.Charges.Select(
        c => $"{l.Id}:{c.Kind}:{c.Rule}:{c.BaseMinor}={c.AmountMinor}@{c.At}")));

    [Fact]
    public void Duty_is_of_goods_and_carriage_and_tax_of_all_of_it()
    {
        var reply = Duties.Of(Table, new(London, Berlin, Day, [Shirts(20_000, currency: "EUR")], 1_000, 50));
        Assert.Equal((DutyStatus.Estimated, "EUR", 20_000L, 1_050L),
            (reply.Status, reply.Currency, reply.GoodsMinor, reply.CarriageMinor));
        // 12 % of 210.50; 19 % of 210.50 + 25.26.
        Assert.Equal("1:Duty:shirts:21050=2526@Border 1:Tax:vat:23576=4479@Border", Told(reply));
        Assert.Equal((2_526L, 4_479L, 0L), (reply.DutyMinor, reply.TaxMinor, reply.SaleTaxMinor));
    }

    [Fact]
    public void Duty_is_of_the_goods_alone_where_it_is_reckoned_as_they_leave_and_more_is_on_top_of_it()
    {
        var reply = Duties.Of(Table, new(Berlin, Boston, Day, [Shirts(10_000)], 5_000));
        Assert.Equal(
            "1:Duty:shirts:11000=1815@Border 1:AdditionalDuty:chinese:11000=825@Border 1:Tax:none:13640=0@Border",
            Told(reply));
        Assert.Equal((11_000L, 5_500L, 2_640L), (reply.GoodsMinor, reply.CarriageMinor, reply.DutyMinor));
        Assert.StartsWith("1:Duty:mexican", Told(Of(Berlin, Boston, Shirts(100, origin: "MX") with
        {
            HsCode = "610990",
        })), StringComparison.Ordinal);
        Assert.StartsWith("1:Duty:all", Told(Of(Berlin, Boston, Shirts(100) with { HsCode = "950300" })),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Goods_of_proved_origin_go_before_all_other_rules()
    {
        var proved = Shirts(20_000, origin: "GB") with { Preferential = true };
        Assert.StartsWith("1:Duty:proved:20000=0", Told(Of(London, Berlin, proved)), StringComparison.Ordinal);
        Assert.StartsWith("1:Duty:shirts", Told(Of(London, Berlin, proved with { Preferential = false })),
            StringComparison.Ordinal);
        Assert.StartsWith("1:Duty:shirts", Told(Of(London, Berlin, proved with { Origin = "CN" })),
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_of_low_value_pays_once_for_each_kind_or_nothing_by_the_day()
    {
        var lines = new[] { Shirts(5_000), Shirts(5_000, "2") with { HsCode = "6109100010" },
            Shirts(5_000, "3") with { HsCode = "49010000" } };
        Assert.Equal(
            "1:Duty:flat:5000=300@Border 1:Tax:vat:5300=1007@Border 2:Duty:flat:5000=0@Border "
                + "2:Tax:vat:5000=950@Border 3:Duty:flat:5000=300@Border 3:Tax:vat-books:5300=371@Border",
            Told(Of(London, Berlin, lines)));
        var before = Duties.Of(Table, new(London, Berlin, new(2026, 6, 30), [.. lines]));
        Assert.Equal((0L, ChargeAt.Nobody, "free"),
            (before.DutyMinor, before.Lines[0].Charges[0].At, before.Lines[0].Charges[0].Rule));
        // One cent more is not of low value.
        Assert.StartsWith("1:Duty:shirts", Told(Of(London, Berlin, Shirts(15_001))), StringComparison.Ordinal);
        Assert.StartsWith("1:Duty:flat", Told(Of(London, Berlin, Shirts(15_000))), StringComparison.Ordinal);
    }

    [Fact]
    public void Goods_that_a_relief_is_not_for_have_no_rule_here_and_that_is_told()
    {
        var reply = Of(London, Berlin, Shirts(1_000), Shirts(1_000, "2") with { HsCode = "240220" });
        Assert.Equal(DutyStatus.InPart, reply.Status);
        Assert.Equal([new DutyGap("2", ChargeKind.Duty)], reply.Gaps.AsEnumerable());
        var nowhere = Of(London, Berlin with { Tax = "DE-X" }, Shirts(1_000));
        Assert.Equal([new DutyGap("1", ChargeKind.Tax)], nowhere.Gaps.AsEnumerable());
    }

    [Fact]
    public void Tax_that_the_seller_collects_is_not_asked_for_at_the_border()
    {
        DutyAsk ask = new(London, Berlin, Day, [Shirts(10_000)], 500, Schemes: ["ioss"]);
        var reply = Duties.Of(Table, ask);
        Assert.Equal("1:Duty:flat:10500=300@Border 1:Tax:vat:10500=1995@Sale", Told(reply));
        Assert.Equal((300L, 0L, 1_995L), (reply.DutyMinor, reply.TaxMinor, reply.SaleTaxMinor));
        Assert.Equal(ChargeAt.Border, Duties.Of(Table, ask with { Schemes = [] }).Lines[0].Charges[1].At);
        var dear = Duties.Of(Table, ask with { Lines = [Shirts(15_001)] });
        Assert.Equal(ChargeAt.Border, dear.Lines[0].Charges[1].At);
        // The Canaries are not in the area of the Union's VAT.
        Assert.Equal(ChargeAt.Border, Duties.Of(Table, ask with { To = Canaries }).Lines[0].Charges[1].At);
        // Some must, registered or not; from a day on.
        DutyAsk british = new(Berlin, London, Day, [Shirts(5_000)]);
        Assert.Equal(ChargeAt.Border, Duties.Of(Table, british).Lines[0].Charges[1].At);
        Assert.Equal(ChargeAt.Sale, Duties.Of(Table, british with { On = new(2027, 1, 1) }).Lines[0].Charges[1].At);
    }

    [Fact]
    public void A_little_tax_is_asked_for_by_nobody_and_a_gift_is_relieved_of_it()
    {
        // 25.00 EUR are 21.50 GBP; 20 % of 23.65 are 4.73.
        Assert.EndsWith("1:Tax:vat:2365=0@Nobody", Told(Of(Berlin, London, Shirts(2_500))), StringComparison.Ordinal);
        Assert.EndsWith("1:Tax:vat:2838=568@Border", Told(Of(Berlin, London, Shirts(3_000))), StringComparison.Ordinal);
        Assert.EndsWith("1:Tax:gift:946=0@Nobody", Told(Of(Berlin, London, Shirts(1_000))), StringComparison.Ordinal);
        Assert.EndsWith(
            "1:Tax:vat:946=0@Nobody", Told(Of(CustomsArea.Of("FR"), London, Shirts(1_000))), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_border_nothing_is_asked_for_and_inside_an_area_no_duty()
    {
        Assert.Equal(DutyStatus.NoBorder, Of(Berlin, CustomsArea.Of("FR"), Shirts(1)).Status);
        Assert.Equal("1:Tax:igic:20000=1400@Border", Told(Of(Berlin, Canaries, Shirts(20_000))));
        Assert.Equal(DutyStatus.UnknownPlace, Of(Berlin, CustomsArea.Of("JP"), Shirts(1)).Status);
        Assert.Equal(DutyStatus.UnknownCurrency, Of(Berlin, Boston, Shirts(1, currency: "CHF")).Status);
        Assert.Null(Of(Berlin, Boston, Shirts(1, currency: "CHF")).Currency);
    }

    [Theory]
    [InlineData(1_000, "EUR", "USD", 1_100)]
    [InlineData(1_100, "USD", "EUR", 1_000)]
    [InlineData(1_000, "EUR", "JPY", 1_650)]
    [InlineData(1_650, "JPY", "EUR", 1_000)]
    [InlineData(1, "JPY", "EUR", 1)]
    [InlineData(1, "EUR", "JPY", 2)]
    [InlineData(5, "EUR", "GBP", 4)]
    [InlineData(77, "CHF", "CHF", 77)]
    [InlineData(1_000_000_000_000_000, "EUR", "JPY", 1_650_000_000_000_000)]
    public void Amounts_are_rounded_half_up_to_the_other_minor_unit(long minor, string from, string to, long told) =>
        Assert.Equal(told, Exchange.Convert(Table, minor, from, to));

    [Fact]
    public void Without_a_rate_nothing_is_converted()
    {
        Assert.Null(Exchange.Convert(Table, 1, "CHF", "EUR"));
        Assert.Null(Exchange.Convert(Table, 1, "EUR", "CHF"));
        Assert.Null(Exchange.Convert(Table, Exchange.Most, "EUR", "JPY"));
    }

    /// <summary>Whatever the lines, their parts add up to the whole, rounded once.</summary>
    [Fact]
    public void Parts_add_up() => Prop.ForAll<ushort[], ushort>((minors, carriage) =>
    {
        ImmutableArray<DutyLine> lines = [.. minors.Take(20).Append((ushort)40_000)
            .Select((m, i) => Shirts(m + 1L, $"{i}"))];
        var goods = lines.Sum(l => l.Value.AmountMinor);
        var reply = Duties.Of(Table, new(London, Berlin, Day, lines, carriage));
        var duty = ((Int128)(goods + carriage) * 1_200 * 2 + 10_000) / 20_000;
        var tax = ((goods + carriage + duty) * 1_900 * 2 + 10_000) / 20_000;
        return reply.GoodsMinor == goods && reply.Lines.Sum(l => l.GoodsMinor) == goods
            && reply.DutyMinor == duty && reply.TaxMinor == tax;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_word_is_written_by_one_of_these()
    {
        Assert.Equal([DutyBasis.Cif, DutyBasis.Fob], Enum.GetValues<DutyBasis>());
        Assert.Equal([TaxBasis.Landed, TaxBasis.DutyPaid], Enum.GetValues<TaxBasis>());
        Assert.Equal([MissingCustoms.Hold, MissingCustoms.Refuse], Enum.GetValues<MissingCustoms>());
        Assert.Equal(
            [ExportReason.Sale, ExportReason.Gift, ExportReason.Sample, ExportReason.Return, ExportReason.Repair],
            Enum.GetValues<ExportReason>());
        Assert.Equal(3, new[] { ChargeKind.Duty, ChargeKind.AdditionalDuty, ChargeKind.Tax }.Distinct().Count());
    }

    [Fact]
    public void Whether_a_number_that_stands_for_tax_is_told_is_in_doubt_where_nothing_could_be_reckoned()
    {
        CustomsPolicy policy = new(Ioss: "IM2760000012", GbVat: "GB980780684"), none = new();
        var unknown = Of(London, Berlin, Shirts(5_000, currency: "XAF"));
        Assert.Equal(DutyStatus.UnknownCurrency, unknown.Status);
        Assert.True(CustomsContent.IsInDoubt(policy, Berlin, unknown));
        Assert.False(CustomsContent.IsInDoubt(none, Berlin, unknown));
        Assert.False(CustomsContent.IsInDoubt(policy with { Ioss = null }, Berlin, unknown));
        Assert.True(CustomsContent.IsInDoubt(policy, London, Of(Berlin, London, Shirts(5_000, currency: "XAF"))));
        Assert.False(CustomsContent.IsInDoubt(policy, Boston, Of(Berlin, Boston, Shirts(5_000, currency: "XAF"))));
        Assert.False(CustomsContent.IsInDoubt(policy, Berlin, Of(London, Berlin, Shirts(5_000))));
        // No line can be taxed: the number may be the one thing that is missing.
        var untaxed = Of(London, CustomsArea.Of("FR"), Shirts(5_000));
        Assert.Equal(DutyStatus.InPart, untaxed.Status);
        Assert.True(CustomsContent.IsInDoubt(policy, CustomsArea.Of("FR"), untaxed));
    }
}
