namespace Fulfillment.Client.Api;

// What requests and answers about boxes and what is packed into them look like. Millimetres and grams.

public sealed record EdgesRequest(long? LengthMm, long? WidthMm, long? HeightMm);

public sealed record EdgesBody(int LengthMm, int WidthMm, int HeightMm);

public sealed record BoxRequest(
    EdgesRequest? Inner, EdgesRequest? Outer, long? TareGrams, long? MaxGrams, MoneyBody? Cost, bool? Insulated,
    long? Stock);

/// <summary>A kind of box. <c>MaxGrams</c>: its heaviest content. <c>Stock</c>: how many there are.</summary>
public sealed record BoxBody(
    string Box, string Node, EdgesBody Inner, EdgesBody Outer, int TareGrams, int MaxGrams, MoneyBody? Cost,
    bool? Insulated, int? Stock);

public sealed record BoxesBody(string Node, IReadOnlyList<BoxBody> Items, long Revision);

/// <summary>
/// What is told of a SKU here overrides its card. <c>Upright</c>: which of its edges may be vertical.
/// </summary>
public sealed record CartonLineRequest(
    string? Sku, long? Quantity, long? LengthMm, long? WidthMm, long? HeightMm, long? Grams,
    IReadOnlyList<string?>? Upright, bool? Fragile, bool? Cold);

public sealed record CartonizationRequest(
    IReadOnlyList<CartonLineRequest?>? Lines, IReadOnlyList<string?>? Boxes, long? MaxBoxes, long? DimDivisor,
    long? RoundToGrams);

public sealed record CartonContentBody(string Sku, int Quantity);

/// <summary>
/// Where a unit lies: the corner nearest to the inner left front bottom one, and its edges along the box's length,
/// width and height. <c>Orientation</c>: which of its own edges these are.
/// </summary>
public sealed record CartonPlaceBody(
    string Sku, int X, int Y, int Z, int LengthMm, int WidthMm, int HeightMm, string Orientation);

/// <summary>
/// A packed box; <c>Places</c> in the order in which units are put in. <c>FillBasisPoints</c>: the part of its room
/// that is goods. <c>BillableGrams</c>: the greater of gross and dimensional weight, in whole steps.
/// </summary>
public sealed record CartonBody(
    string Box, EdgesBody Outer, bool Cold, IReadOnlyList<CartonContentBody> Contents, long ContentGrams,
    long GrossGrams, long DimGrams, long BillableGrams, int FillBasisPoints, MoneyBody? Cost,
    IReadOnlyList<CartonPlaceBody> Places);

public sealed record CartonizationBody(
    string Node, IReadOnlyList<CartonBody> Boxes, long BillableGrams, int DimDivisor);
