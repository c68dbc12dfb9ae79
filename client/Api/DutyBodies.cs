namespace Fulfillment.Client.Api;

// What requests and answers about duty and tax at borders look like. Amounts in minor units.

/// <summary>A node, or a country and, where a part of it may lie behind a border, its postcode.</summary>
public sealed record DutyFromRequest(string? Node, string? Country, string? Postcode);

public sealed record DutyToRequest(string? Country, string? Postcode);

/// <summary>
/// Goods of one kind: what is missing is taken from the SKU's card. <c>UnitValue</c>: of one piece.
/// <c>Preferential</c>: their origin is proved.
/// </summary>
public sealed record DutyLineRequest(
    string? Id, string? Sku, string? HsCode, string? Origin, long? Quantity, MoneyBody? UnitValue, bool? Preferential);

/// <summary>
/// <c>On</c>: the day of import, today when missing. <c>Terms</c> and <c>Schemes</c>: as the seller's rules say when
/// missing.
/// </summary>
public sealed record DutiesRequest(
    DutyFromRequest? From, DutyToRequest? To, string? On, IReadOnlyList<DutyLineRequest?>? Lines, MoneyBody? Carriage,
    MoneyBody? Insurance, string? Terms, IReadOnlyList<string?>? Schemes);

/// <summary>By which table it was reckoned; an example is not to be relied on.</summary>
public sealed record DutyTableBody(string Version, DateOnly AsOf, bool Example, string Source);

/// <summary>
/// <c>Rule</c>: of the table. <c>Collected</c>: at the border, by the seller at the sale, or by nobody.
/// </summary>
public sealed record DutyChargeBody(
    string Kind, string Rule, int BasisPoints, MoneyBody Base, MoneyBody Amount, string Collected);

public sealed record DutyLineBody(
    string Id, string HsCode, string Origin, long Quantity, MoneyBody Value, IReadOnlyList<DutyChargeBody> Charges);

/// <summary>Sums in one currency.</summary>
public sealed record DutyTotalsBody(
    MoneyBody Goods, MoneyBody Carriage, MoneyBody Duty, MoneyBody Tax, MoneyBody SaleTax, MoneyBody AtBorder);

/// <summary>A line that the table has no rule for.</summary>
public sealed record DutyGapBody(string Field, string Code, string Detail);

/// <summary>
/// <c>Areas</c>: version of the table of customs areas. <c>Payer</c>: of what is asked for at the border.
/// <c>Totals</c>: in the currency of where it goes; <c>InPriceCurrency</c>: in that of the goods, where it is another.
/// <c>Complete</c>: every line has a rule.
/// </summary>
public sealed record DutiesBody(
    DutyTableBody Table, string Areas, DateOnly On, bool Crosses, bool Complete, string Terms, string Payer,
    IReadOnlyList<string> Schemes, IReadOnlyList<DutyLineBody> Lines, DutyTotalsBody? Totals,
    DutyTotalsBody? InPriceCurrency, IReadOnlyList<DutyGapBody> Gaps);
