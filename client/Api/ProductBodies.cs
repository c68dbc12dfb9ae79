namespace Fulfillment.Client.Api;

// What requests and answers about products with variants look like.

public sealed record OptionRequest(string? Name, IReadOnlyList<string?>? Values);

/// <summary>
/// A product; what it says of prices, images and the like, its variants say too, unless they say otherwise.
/// </summary>
public sealed record OptionProductRequest(
    string? Title, string? Description, IReadOnlyList<OptionRequest?>? Options, string? SkuPattern,
    IReadOnlyList<VariantRequest?>? Variants, bool? Backorder, MoneyBody? Price,
    Dictionary<string, string?>? Attributes, IReadOnlyList<string?>? Images, ProductRequest? Facts,
    string? Lifecycle, SetOfRequest? AttributeSet);

/// <summary>What one combination says itself; <c>Exclude</c>: there is no such SKU.</summary>
public sealed record VariantRequest(
    Dictionary<string, string?>? Values, string? Sku, bool? Exclude, string? Title, string? Description,
    bool? Backorder, MoneyBody? Price, Dictionary<string, string?>? Attributes, IReadOnlyList<string?>? Images,
    ProductRequest? Facts, IReadOnlyList<PackRequest?>? Packs, string? Lifecycle);

public sealed record OptionBody(string Name, IReadOnlyList<string> Values);

/// <summary>
/// Why a SKU does not have what the product says. <c>Gtin</c> and <c>Owner</c>: which GTIN, and whose; or whose the SKU
/// is.
/// </summary>
public sealed record VariantFailureBody(string Code, string Detail, string? Gtin, string? Owner);

/// <summary>
/// The SKU of a combination. <c>State</c>: pending, ready, failed, or discontinued for one that the product does not
/// have any more.
/// </summary>
public sealed record VariantBody(
    string Sku, IReadOnlyDictionary<string, string> Values, string State, VariantFailureBody? Failure, string? Title,
    string? Lifecycle, IReadOnlyList<PackBody>? Packs, long OnHand, long Available);

/// <summary><c>Settled</c>: no variant is pending.</summary>
public sealed record OptionProductBody(
    string Product, string Title, string? Description, IReadOnlyList<OptionBody> Options, string? SkuPattern,
    bool? Backorder, MoneyBody? Price, IReadOnlyDictionary<string, string>? Attributes, IReadOnlyList<string>? Images,
    ProductBody? Facts, string? Lifecycle, SetOfBody? AttributeSet, bool Settled, int Failed,
    IReadOnlyList<VariantBody> Variants, int Revision);

/// <summary>A product in a list, and how many variants it has.</summary>
public sealed record ProductListBody(
    string Product, string Title, IReadOnlyList<OptionBody> Options, int Variants, int Pending, int Failed,
    int Discontinued, int Revision);
