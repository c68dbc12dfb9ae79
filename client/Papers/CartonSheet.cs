using System.Collections.Immutable;

namespace Fulfillment.Client.Papers;

/// <summary>
/// What is in a carton, or on a pallet. <c>Lpn</c> is its barcode; <c>Kind</c>: carton, pallet, tote. <c>Facts</c>:
/// what else stands at its head, such as order, box and weight. <c>MadeAt</c>: the moment that the paper tells of
/// itself; null for none.
/// </summary>
public sealed record CartonSheet(
    string Lpn, string Kind, string Seller, string Node, ImmutableArray<CartonLine> Lines,
    ImmutableArray<PaperFact> Facts = default, DateTimeOffset? MadeAt = null);

/// <summary>Units in a carton; lot, expiry and serials where they are told.</summary>
public sealed record CartonLine(
    PaperItem Item, long Units, string? Lot = null, DateOnly? Expiry = null,
    ImmutableArray<string> Serials = default);
