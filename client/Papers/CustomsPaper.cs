using System.Collections.Immutable;
using Fulfillment.Shipping;

namespace Fulfillment.Client.Papers;

/// <summary>
/// Somebody whom customs want to know. <c>Lines</c>: name and address, line by line, the country last. <c>Numbers</c>:
/// under which offices know him, such as EORI; an IOSS number is none of them, for it stands on no paper.
/// </summary>
public sealed record TradeParty(ImmutableArray<string> Lines, ImmutableArray<PaperFact> Numbers = default);

/// <summary>
/// What goes with goods over a customs border. <c>Importer</c>: of record; null where it is the buyer. <c>Lines</c>:
/// all in <c>Currency</c>. <c>CarriageMinor</c>, <c>InsuranceMinor</c>: in it too. <c>GrossGrams</c>: of all
/// <c>Packages</c>. <c>References</c>: order, carrier, tracking number and the like. <c>SignedBy</c>: who declares it.
/// <c>Place</c>: of the terms, and of the declaration.
/// </summary>
public sealed record CustomsPaper(
    string Number, DateOnly Date, TradeParty Seller, TradeParty Buyer, TradeParty? Importer, Incoterm Terms,
    string Place, ExportReason Reason, string Currency, ImmutableArray<CustomsLine> Lines, long CarriageMinor,
    long InsuranceMinor, long GrossGrams, int Packages, ImmutableArray<PaperFact> References, string SignedBy)
{
    /// <summary>What the goods are worth together.</summary>
    public long GoodsMinor => Lines.Sum(l => l.Value.AmountMinor * l.Quantity);

    /// <summary>What they weigh without packing.</summary>
    public long NetGrams => Lines.Sum(l => l.NetGrams * l.Quantity);

    /// <summary>How many pieces there are.</summary>
    public long Pieces => Lines.Sum(l => (long)l.Quantity);

    /// <summary>Where they were made: countries by name of their code.</summary>
    public ImmutableArray<string> Origins =>
        [.. Lines.Select(l => l.Origin).Distinct().Order(StringComparer.Ordinal)];
}
