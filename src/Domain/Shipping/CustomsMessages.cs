using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Fulfillment.Inventory;

namespace Fulfillment.Shipping;

/// <summary>
/// Where a place is, as customs and tax offices see it. <c>Customs</c>: the customs area, <c>EU</c> or the country
/// whose it is. <c>Tax</c>: where tax on goods is raised, a country or a part of one with a tax of its own.
/// </summary>
public readonly record struct CustomsPlace(string Country, string Customs, string Tax);

/// <summary>
/// A way that goods may go over a customs border, by country (ISO 3166-1 alpha-2). Null: from, or to, anywhere.
/// </summary>
public readonly record struct CustomsLane(string? From, string? To);

/// <summary>
/// Units of one line that cross a border together. <c>Worth</c>: what was paid for all of them; null, or nothing, where
/// they are a gift or have no price: then the card's value counts, for customs want what they are worth.
/// </summary>
public sealed record CustomsGoods(
    string Line, string Sku, string Title, ProductFacts? Facts, int Quantity, Money? Worth = null);

/// <summary>What customs ask for and the card does not say; <c>Field</c>: of the card, as a JSON pointer.</summary>
public readonly record struct CustomsGap(string Line, string Sku, string Field);

/// <summary>What is declared, in the order of the goods; empty when there are gaps.</summary>
public sealed record CustomsContentReply(ImmutableArray<CustomsLine> Lines, ImmutableArray<CustomsGap> Gaps);

/// <summary>Why goods are sent over a border.</summary>
public enum ExportReason
{
    /// <summary>They were sold.</summary>
    [JsonStringEnumMemberName("sale")] Sale,

    /// <summary>Nobody paid for them.</summary>
    [JsonStringEnumMemberName("gift")] Gift,

    /// <summary>To be looked at, not sold.</summary>
    [JsonStringEnumMemberName("sample")] Sample,

    /// <summary>They go back to whom they came from.</summary>
    [JsonStringEnumMemberName("return")] Return,

    /// <summary>They go to be repaired, or come from there.</summary>
    [JsonStringEnumMemberName("repair")] Repair,
}

/// <summary>What becomes of an order that lacks what customs ask for.</summary>
public enum MissingCustoms
{
    /// <summary>It is held, with what is missing, until somebody has told it.</summary>
    [JsonStringEnumMemberName("hold")] Hold,

    /// <summary>It is refused before anything is promised.</summary>
    [JsonStringEnumMemberName("refuse")] Refuse,
}

/// <summary>
/// Who pays on some ways. <c>From</c> and <c>To</c>: countries, of each list one; an empty list: all.
/// </summary>
public sealed record LaneTerms(
    Incoterm Terms, ImmutableArray<string> To = default, ImmutableArray<string> From = default);

/// <summary>
/// How a seller deals with customs. <c>Terms</c>: where no way of <c>Lanes</c> fits; of those that do the first counts.
/// <c>Eoris</c>: his numbers, at most one of each country. <c>Ioss</c>: of the EU's import scheme; it is told to
/// carriers alone, and stands on no paper. <c>GbVat</c>: of the United Kingdom's. Null where he has none.
/// </summary>
public sealed record CustomsPolicy(
    MissingCustoms Missing = MissingCustoms.Hold, Incoterm Terms = Incoterm.Dap,
    ImmutableArray<LaneTerms> Lanes = default, ImmutableArray<string> Eoris = default, string? Ioss = null,
    string? GbVat = null)
{
    /// <summary>The most ways, and the most EORI numbers.</summary>
    public const int MaxLanes = 200, MaxEoris = 10;

    /// <summary>Whether there are few enough of each, and all numbers are of their form.</summary>
    [JsonIgnore]
    public bool IsValid => Told(Lanes).Length <= MaxLanes && Told(Eoris).Length <= MaxEoris
        && Told(Eoris).All(CustomsNumbers.IsEori) && (Ioss is null || CustomsNumbers.IsIoss(Ioss))
        && (GbVat is null || CustomsNumbers.IsGbVat(GbVat));

    /// <summary>What he is registered for, by the names that tables of duties use.</summary>
    [JsonIgnore]
    public ImmutableArray<string> Schemes =>
        [.. Ioss is null ? [] : (string[])["ioss"], .. GbVat is null ? [] : (string[])["gb-vat"]];

    /// <summary>The EORI number of a customs area, the Union's or Britain's; null where he has none.</summary>
    public string? EoriOf(CustomsPlace place) => Told(Eoris).FirstOrDefault(e => place.Customs switch
    {
        "EU" => CustomsArea.IsMember(e[..2]),
        "XI" => e.StartsWith("XI", StringComparison.Ordinal),
        _ => e.StartsWith(place.Customs, StringComparison.Ordinal),
    });

    /// <summary>Who pays on that way; <paramref name="chosen"/>: what the order says itself.</summary>
    public Incoterm TermsOf(string from, string to, Incoterm? chosen = null)
    {
        if (chosen is { } wanted) return wanted;
        foreach (var lane in Told(Lanes))
            if (IsIn(lane.From, from) && IsIn(lane.To, to)) return lane.Terms;
        return Terms;
    }

    static bool IsIn(ImmutableArray<string> countries, string country) =>
        countries.IsDefaultOrEmpty || countries.Contains(country);

    static ImmutableArray<T> Told<T>(ImmutableArray<T> list) => list.IsDefault ? [] : list;
}
