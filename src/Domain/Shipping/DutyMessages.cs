using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Fulfillment.Shipping;

/// <summary>What duty is a part of.</summary>
public enum DutyBasis
{
    /// <summary>The goods with carriage and insurance (CIF).</summary>
    [JsonStringEnumMemberName("cif")] Cif,

    /// <summary>The goods alone, as they leave (FOB).</summary>
    [JsonStringEnumMemberName("fob")] Fob,
}

/// <summary>What tax at the border is a part of.</summary>
public enum TaxBasis
{
    /// <summary>The goods, duty, carriage and insurance.</summary>
    [JsonStringEnumMemberName("landed")] Landed,

    /// <summary>The value that duty is reckoned of, and the duty.</summary>
    [JsonStringEnumMemberName("duty-paid")] DutyPaid,
}

/// <summary>What is not asked for of a consignment of low value.</summary>
public enum LowValueRelief
{
    /// <summary>Duty.</summary>
    [JsonStringEnumMemberName("duty")] Duty,

    /// <summary>Tax.</summary>
    [JsonStringEnumMemberName("tax")] Tax,
}

/// <summary>
/// A duty. <c>BasisPoints</c>: hundredths of a percent. <c>HsCodes</c>: beginnings; all goods when empty.
/// <c>Origins</c>: where they were made; anywhere when empty. Of those that fit, the one of the longest beginning
/// counts, of alike ones that which names origins. <c>Preferential</c>: only for goods whose origin is proved, and then
/// before all others. <c>Additional</c>: on top of that one. It holds from <c>From</c> until <c>Until</c>, both
/// included, null: without beginning or end.
/// </summary>
public sealed record DutyRule(
    string Id, int BasisPoints, ImmutableArray<string> HsCodes = default, ImmutableArray<string> Origins = default,
    bool Preferential = false, bool Additional = false, DateOnly? From = null, DateOnly? Until = null,
    string? Source = null);

/// <summary>
/// Consignments whose goods are worth at most <c>UpToMinor</c>, in the area's currency, carriage not counted, are
/// relieved of duty or tax; with <c>PerItemMinor</c> they pay that for each kind of goods (six digits of the HS code)
/// instead. <c>SentFrom</c>: countries; from anywhere when empty. <c>NotHsCodes</c>: goods that it is not for.
/// </summary>
public sealed record LowValueRule(
    string Id, LowValueRelief Relief, long UpToMinor, long PerItemMinor = 0,
    ImmutableArray<string> SentFrom = default, ImmutableArray<string> NotHsCodes = default, DateOnly? From = null,
    DateOnly? Until = null, string? Source = null);

/// <summary>
/// Tax that the seller collects with the price, up to such a value of the goods, so that none is asked for at the
/// border: <c>ioss</c>, <c>gb-vat</c>. <c>Required</c>: of every seller, else of those who are registered.
/// </summary>
public sealed record SaleTaxScheme(
    string Id, long UpToMinor, bool Required = false, DateOnly? From = null, DateOnly? Until = null,
    string? Source = null);

/// <summary>
/// Tax of a place (<see cref="CustomsPlace.Tax"/>). <c>HsCodes</c>: beginnings; all goods when empty; the longest
/// counts. <c>UncollectedUpToMinor</c>: so little tax of a consignment is not asked for.
/// </summary>
public sealed record TaxRule(
    string Id, string Place, int BasisPoints, ImmutableArray<string> HsCodes = default,
    long UncollectedUpToMinor = 0, DateOnly? From = null, DateOnly? Until = null, string? Source = null);

/// <summary>What a customs area asks for (<see cref="CustomsPlace.Customs"/>).</summary>
public sealed record DutyArea(
    string Customs, string Currency, DutyBasis Basis = DutyBasis.Cif, TaxBasis TaxBasis = TaxBasis.Landed,
    ImmutableArray<DutyRule> Duties = default, ImmutableArray<TaxRule> Taxes = default,
    ImmutableArray<LowValueRule> LowValues = default, ImmutableArray<SaleTaxScheme> Schemes = default);

/// <summary>
/// What one whole unit of the table's base is worth, in millionths of one of the currency. <c>Digits</c>: of its minor
/// unit.
/// </summary>
public sealed record ExchangeRate(string Currency, long Millionths, int Digits = 2);

/// <summary>
/// Duties and taxes as somebody wrote them down on that day. <c>Rates</c>: the currency that they are told in among
/// them. <c>Example</c>: to show how it works, and not to be relied on.
/// </summary>
public sealed record DutyTable(
    string Version, DateOnly AsOf, string Source, ImmutableArray<ExchangeRate> Rates, ImmutableArray<DutyArea> Areas,
    bool Example = false);

/// <summary>
/// Goods of one kind. <c>Value</c>: of all <c>Quantity</c> together. <c>Preferential</c>: their origin is proved.
/// </summary>
public sealed record DutyLine(
    string Id, string HsCode, string Origin, int Quantity, Money Value, bool Preferential = false);

/// <summary>
/// A consignment, all amounts in one currency; there is a line. <c>Schemes</c>: the seller is registered for them.
/// </summary>
public sealed record DutyAsk(
    CustomsPlace From, CustomsPlace To, DateOnly On, ImmutableArray<DutyLine> Lines, long CarriageMinor = 0,
    long InsuranceMinor = 0, ImmutableArray<string> Schemes = default);

/// <summary>What a charge is.</summary>
public enum ChargeKind
{
    /// <summary>Duty.</summary>
    [JsonStringEnumMemberName("duty")] Duty,

    /// <summary>Duty on top of it.</summary>
    [JsonStringEnumMemberName("additional-duty")] AdditionalDuty,

    /// <summary>VAT, GST or sales tax.</summary>
    [JsonStringEnumMemberName("tax")] Tax,
}

/// <summary>Who collects a charge.</summary>
public enum ChargeAt
{
    /// <summary>Customs, of whoever the terms say.</summary>
    [JsonStringEnumMemberName("border")] Border,

    /// <summary>The seller, with the price.</summary>
    [JsonStringEnumMemberName("sale")] Sale,

    /// <summary>Nobody: it is too little, or the consignment is relieved of it.</summary>
    [JsonStringEnumMemberName("nobody")] Nobody,
}

/// <summary>
/// What a line bears, in minor units of the area's currency. <c>Rule</c>: its id in the table. <c>BaseMinor</c>: of
/// what. All charges of a rule add up to it rounded half up once.
/// </summary>
public sealed record DutyCharge(
    ChargeKind Kind, string Rule, int BasisPoints, long BaseMinor, long AmountMinor, ChargeAt At);

/// <summary>A line with what it bears. <c>GoodsMinor</c>: its value in the area's currency.</summary>
public sealed record DutyLineReply(string Id, long GoodsMinor, ImmutableArray<DutyCharge> Charges);

/// <summary>A line that the table has no rule for: <c>Kind</c> of it is not known.</summary>
public readonly record struct DutyGap(string Line, ChargeKind Kind);

/// <summary>What became of an estimate, in the order tested.</summary>
public enum DutyStatus
{
    /// <summary>No customs border is crossed: there is nothing to pay.</summary>
    [JsonStringEnumMemberName("no-border")] NoBorder,

    /// <summary>The table knows nothing of where it goes.</summary>
    [JsonStringEnumMemberName("unknown-place")] UnknownPlace,

    /// <summary>The table has no rate of the currency.</summary>
    [JsonStringEnumMemberName("unknown-currency")] UnknownCurrency,

    /// <summary>Of some lines the table has no rule: more may be asked for.</summary>
    [JsonStringEnumMemberName("in-part")] InPart,

    /// <summary>It is as the table says.</summary>
    [JsonStringEnumMemberName("estimated")] Estimated,
}

/// <summary>
/// What customs will ask for. Amounts in minor units of <c>Currency</c>, the area's; null where nothing was reckoned.
/// <c>GoodsMinor</c>, <c>CarriageMinor</c> (insurance with it): in that currency.
/// </summary>
public sealed record DutyReply(
    DutyStatus Status, string? Currency, long GoodsMinor, long CarriageMinor, ImmutableArray<DutyLineReply> Lines,
    ImmutableArray<DutyGap> Gaps)
{
    /// <summary>Duty, of the whole consignment.</summary>
    [JsonIgnore]
    public long DutyMinor => Sum(c => c.Kind != ChargeKind.Tax && c.At == ChargeAt.Border);

    /// <summary>Tax that is asked for at the border.</summary>
    [JsonIgnore]
    public long TaxMinor => Sum(c => c.Kind == ChargeKind.Tax && c.At == ChargeAt.Border);

    /// <summary>Tax that the seller collects with the price.</summary>
    [JsonIgnore]
    public long SaleTaxMinor => Sum(c => c.At == ChargeAt.Sale);

    long Sum(Func<DutyCharge, bool> counts) =>
        Lines.Sum(l => l.Charges.Where(counts).Sum(c => c.AmountMinor));
}
