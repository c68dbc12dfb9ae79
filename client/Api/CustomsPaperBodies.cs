namespace Fulfillment.Client.Api;

// What requests for papers for customs look like. Grams; amounts in minor units.

/// <summary><c>Lines</c>: street and number first. <c>Eori</c>, <c>VatNumber</c>: no IOSS number.</summary>
public sealed record TradePartyRequest(
    string? Name, IReadOnlyList<string?>? Lines, string? Postcode, string? City, string? State, string? Country,
    string? Phone, string? Eori, string? VatNumber);

/// <summary>
/// Goods of one kind: what is missing is taken from the SKU's card. <c>UnitValue</c> and <c>NetGrams</c>: of one piece.
/// </summary>
public sealed record CustomsPaperLineRequest(
    string? Sku, string? Description, string? HsCode, string? Origin, long? Quantity, MoneyBody? UnitValue,
    long? NetGrams);

/// <summary>What else is told beside them.</summary>
public sealed record CustomsReferencesRequest(string? Order, string? Carrier, string? TrackingNumber);

/// <summary>
/// <c>Importer</c>: of record, the buyer when missing. <c>Terms</c>: as the seller's rules say when missing.
/// <c>Place</c>: of the terms, the buyer's city when missing. <c>GrossGrams</c>: of all <c>Packages</c>.
/// </summary>
public sealed record CustomsPaperRequest(
    string? Number, string? Date, TradePartyRequest? Seller, TradePartyRequest? Buyer, TradePartyRequest? Importer,
    string? Terms, string? Place, string? Reason, IReadOnlyList<CustomsPaperLineRequest?>? Lines, MoneyBody? Carriage,
    MoneyBody? Insurance, long? GrossGrams, long? Packages, CustomsReferencesRequest? References, string? SignedBy);
