using System.Collections.Immutable;
using Fulfillment.Catalog;
using Fulfillment.Inventory;
using Fulfillment.Shipping;

namespace Fulfillment.Client.Api;

/// <summary>What cards lack that carriers and customs will ask for.</summary>
public static class SkuGapsApi
{
    const int MostNodes = 10_000;

    /// <summary>Adds the route.</summary>
    public static void MapSkuGaps(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/sku-gaps", List)
            .Describe(
                "listSkuGaps",
                "SKUs that lack what carriers or customs will ask for, by id, with the ways it matters on", "skus")
            .Answers<PageBody<SkuGapBody>>(200).Refuses(400);

    static IResult List(
        HttpContext http, Backend backend, TimeProvider time, string? gap, string? from, string? to, string? cursor,
        string? limit)
    {
        Fields fields = new();
        SkuGap? wanted = gap is null ? null : fields.Word<SkuGap>("gap", gap);
        fields.Country("from", from, required: false);
        fields.Country("to", to, required: false);
        fields.Check();
        var lanes = Lanes(backend, http.Seller(), time);
        if (from is not null || to is not null)
        {
            lanes = [.. lanes.Where(l => Fits(l.From, from) && Fits(l.To, to))];
            // A way from anywhere, or to anywhere, is the one asked for where that is one over a border.
            lanes = [.. lanes.Select(l => new CustomsLane(from ?? l.From, to ?? l.To)).Distinct()];
            lanes = [.. lanes.Where(l => l is not ({ } a, { } b) || CustomsArea.IsLeft(a, b))];
        }

        IReadOnlyList<LaneBody> told = [.. lanes.Select(l => new LaneBody(l.From, l.To))];
        var page = CardSweep.Page(backend, http.Seller(), cursor, Requests.Limit(limit), row =>
        {
            var gaps = SkuGaps.Of(row.Card, lanes.Length > 0);
            return gaps.IsEmpty || (wanted is { } only && !gaps.Contains(only)) ? null
                : new SkuGapBody(
                    row.Sku, row.Card.Title, Words(gaps), [.. Missing(row.Card, gaps)], row.OnHand,
                    gaps.Contains(SkuGap.Customs) ? told : null);
        });
        return Answer.Ok(new(page.Items, page.Next), ApiJson.Wire.SkuGapPage);
    }

    /// <summary>The gaps of a card in words; null for none.</summary>
    public static IReadOnlyList<string>? Of(HttpContext http, Backend backend, TimeProvider time, SkuCard card) =>
        SkuGaps.Of(card, Lanes(backend, http.Seller(), time).Length > 0) is { IsEmpty: false } gaps
            ? Words(gaps) : null;

    static bool Fits(string? country, string? asked) => country is null || asked is null || country == asked;

    static ImmutableArray<CustomsLane> Lanes(Backend backend, string seller, TimeProvider time) => CustomsLanes.Of(
        backend.Views.Rules.At(seller, time.GetUtcNow()).Rules,
        () => backend.Views.Nodes.List(null, MostNodes).Items.Select(n => n.Card.Country).OfType<string>().ToHashSet());

    static List<string> Words(IEnumerable<SkuGap> gaps) => [.. gaps.Select(Words<SkuGap>.Of)];

    /// <summary>Which fields of the card would fill the gaps.</summary>
    static IEnumerable<string> Missing(SkuCard card, ImmutableArray<SkuGap> gaps)
    {
        var facts = card.Product ?? new();
        if (gaps.Contains(SkuGap.NotShippableByRate))
        {
            if (facts.Grams == 0) yield return "/product/grams";
            if (facts.LengthMm == 0) yield return "/product/lengthMm";
            if (facts.WidthMm == 0) yield return "/product/widthMm";
            if (facts.HeightMm == 0) yield return "/product/heightMm";
        }

        if (!gaps.Contains(SkuGap.Customs)) yield break;
        // What a line is sold for tells what a unit is worth; only who gives it away needs it on the card.
        foreach (var field in CustomsContent.Missing(card.Product, isPriced: true)) yield return field;
    }
}

/// <summary>A way over a customs border; what is missing: from, or to, anywhere.</summary>
public sealed record LaneBody(string? From, string? To);

/// <summary>
/// A SKU with gaps; <c>Missing</c>: the fields of its card that would fill them. <c>Lanes</c>: on which ways customs
/// will ask, where they are a gap.
/// </summary>
public sealed record SkuGapBody(
    string Sku, string Title, IReadOnlyList<string> Gaps, IReadOnlyList<string> Missing, long OnHand,
    IReadOnlyList<LaneBody>? Lanes = null);
