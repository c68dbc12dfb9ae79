using Fulfillment.Catalog;
using Fulfillment.Inventory;

namespace Fulfillment.Client.Api;

/// <summary>What cards lack that carriers and customs will ask for.</summary>
public static class SkuGapsApi
{
    const int MostNodes = 10_000;

    /// <summary>Adds the route.</summary>
    public static void MapSkuGaps(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/sku-gaps", List)
            .Describe("listSkuGaps", "SKUs that lack what carriers or customs will ask for, by id", "skus")
            .Answers<PageBody<SkuGapBody>>(200).Refuses(400);

    static IResult List(
        HttpContext http, Backend backend, TimeProvider time, string? gap, string? cursor, string? limit)
    {
        Fields fields = new();
        SkuGap? wanted = gap is null ? null : fields.Word<SkuGap>("gap", gap);
        fields.Check();
        var abroad = SellsAbroad(backend, http.Seller(), time);
        var page = CardSweep.Page(backend, http.Seller(), cursor, Requests.Limit(limit), row =>
        {
            var gaps = SkuGaps.Of(row.Card, abroad);
            return gaps.IsEmpty || (wanted is { } only && !gaps.Contains(only)) ? null
                : new SkuGapBody(row.Sku, row.Card.Title, Words(gaps), [.. Missing(row.Card, gaps)], row.OnHand);
        });
        return Answer.Ok(new(page.Items, page.Next), ApiJson.Wire.SkuGapPage);
    }

    /// <summary>The gaps of a card in words; null for none.</summary>
    public static IReadOnlyList<string>? Of(HttpContext http, Backend backend, TimeProvider time, SkuCard card) =>
        SkuGaps.Of(card, SellsAbroad(backend, http.Seller(), time)) is { IsEmpty: false } gaps ? Words(gaps) : null;

    static bool SellsAbroad(Backend backend, string seller, TimeProvider time)
    {
        var rules = backend.Views.Rules.At(seller, time.GetUtcNow()).Rules;
        // The countries are asked for only where it depends on them.
        return SkuGaps.SellsAbroad(rules, new HashSet<string>())
            || SkuGaps.SellsAbroad(rules, backend.Views.Nodes.List(null, MostNodes).Items
                .Select(n => n.Card.Country).OfType<string>().ToHashSet());
    }

    static List<string> Words(IEnumerable<SkuGap> gaps) => [.. gaps.Select(Words<SkuGap>.Of)];

    /// <summary>Which fields of the card would fill the gaps.</summary>
    static IEnumerable<string> Missing(SkuCard card, System.Collections.Immutable.ImmutableArray<SkuGap> gaps)
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
        if (facts.HsCode is null) yield return "/product/hsCode";
        if (facts.Origin is null) yield return "/product/origin";
    }
}

/// <summary>A SKU with gaps; <c>Missing</c>: the fields of its card that would fill them.</summary>
public sealed record SkuGapBody(
    string Sku, string Title, IReadOnlyList<string> Gaps, IReadOnlyList<string> Missing, long OnHand);
