namespace Fulfillment.Client.Papers;

/// <summary>
/// What is stuck to goods: what they are, and their GTIN with lot, expiry and serial where these are told. Without a
/// GTIN the SKU is the barcode.
/// </summary>
public sealed record ItemLabel(
    string Sku, string Name, string? Unit, string? Gtin, string? Lot, DateOnly? Expiry, string? Serial);
