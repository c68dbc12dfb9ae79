using System.Collections.Immutable;

namespace Fulfillment.Client.Papers;

/// <summary>
/// A pick list to print: stops in the order in which they are walked. <c>Id</c> is its barcode. <c>MadeAt</c>: the
/// moment that the paper tells of itself. <c>Facts</c>: what else stands at its head, such as the carrier's cutoff, the
/// picker, or how long the way is.
/// </summary>
public sealed record PickListSheet(
    string Id, string Title, string Node, DateTimeOffset MadeAt, ImmutableArray<PickStop> Stops,
    ImmutableArray<PaperFact> Facts = default);

/// <summary>
/// Units to take from a bin. <c>Tote</c>: where they go; <c>Lot</c>: which ones; <c>Order</c>: whose they are; null for
/// what is not told. <c>Expiry</c>: of the lot.
/// </summary>
public sealed record PickStop(
    string Bin, PaperItem Item, long Units, string? Tote = null, string? Lot = null, string? Order = null,
    DateOnly? Expiry = null);
