using System.Collections.Immutable;

namespace Fulfillment.Client.Papers;

/// <summary>
/// What is stuck to a tote, carton or pallet: its number, which for an SSCC is a label of GS1.
/// </summary>
public sealed record PlateLabel(
    string Lpn, string Kind, string Seller, string Node, ImmutableArray<PaperFact> Facts);
