using System.Globalization;
using Fulfillment.Inventory;
using Fulfillment.Views;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>A bin that would do; <c>NotKnown</c>: facts that nobody has told, and that were not looked at.</summary>
public sealed record PutAwayBinBody(
    int Rank, string Bin, string Reason, long Quantity, long? Fits, long? WalkMm, IReadOnlyList<string> NotKnown);

public sealed record PutAwayRefusalBody(string Bin, string Rule);

/// <summary>
/// Bins, best first. <c>Quantity</c> of each: how many it gets if those before it are used. <c>Left</c>: units for
/// which there is no room that is known of. <c>Refused</c>: some of the bins that are forbidden, and by which rule.
/// </summary>
public sealed record PutAwayBody(
    string Node, string Sku, long Quantity, string? Lot, string? Lpn, IReadOnlyList<PutAwayBinBody> Bins,
    IReadOnlyList<PutAwayRefusalBody> Refused, long Left, IReadOnlyList<string> NotKnown);

public sealed record FaceSourceBody(string Bin, string? Lot, long Quantity);

/// <summary>
/// A pick face with fewer units than its <c>Min</c>. <c>Sources</c>: from where to fill it to its <c>Max</c>, the lot
/// that is over first first. <c>Short</c>: what no reserve bin has.
/// </summary>
public sealed record ReplenishmentBody(
    string Bin, string Sku, long Units, int Min, int Max, long Wanted, IReadOnlyList<FaceSourceBody> Sources,
    long Short);

public sealed record ReplenishmentsBody(string Node, IReadOnlyList<ReplenishmentBody> Items);

/// <summary>Where to put goods away, and which pick faces are to be filled: computed, nothing is promised.</summary>
public static class PutAwayApi
{
    /// <summary>Adds the routes.</summary>
    public static void MapPutAway(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/nodes/{node}/putaway", Suggest)
            .Describe("suggestPutAway", "Bins for units of a SKU, best first, each with the reason", "places")
            .Answers<PutAwayBody>(200).Refuses(400, 404);
        routes.MapGet("/v1/nodes/{node}/replenishments", Needs)
            .Describe("listReplenishments", "Pick faces below their minimum, and from where to fill them", "places")
            .Answers<ReplenishmentsBody>(200).Refuses(400, 404);
        routes.MapRefills();
    }

    static async Task<IResult> Suggest(
        HttpContext http, Backend backend, string node, string? sku, string? quantity, string? lot, string? lpn,
        string? velocity)
    {
        var seat = await LayoutApi.Start(http, backend, node);
        Fields fields = new();
        var wanted = fields.Id("sku", sku);
        var isNumber = long.TryParse(quantity, NumberStyles.None, CultureInfo.InvariantCulture, out var units);
        if (quantity is not null && !isNumber) fields.Add("quantity", "out-of-range", "must be a whole number");
        else units = fields.Number("quantity", quantity is null ? null : units, 1, int.MaxValue);
        if (lot is not null) fields.Id("lot", lot);
        if (lpn is not null) fields.Id("lpn", lpn);
        if (velocity is not (null or "fast" or "slow"))
            fields.Add("velocity", "unknown-value", "must be one of fast, slow");
        fields.Check();
        var card = (await seat.Sku(wanted).Stock(http.RequestAborted)).Card;
        if (card is null) return SkusApi.Unknown(wanted);
        var plan = await seat.Layout(node).Plan(http.RequestAborted);
        PutAwayGoods goods = new(
            seat.Seller, wanted, units, lot, BinView.SizeOf(card.Product),
            card.Product is { Handling.IsDefault: false } product ? product.Handling : [],
            velocity switch { "fast" => Velocity.Fast, "slow" => Velocity.Slow, _ => Velocity.Unknown });
        var found = PutAway.Plan(goods, plan.Zones, backend.Views.Bins.Filled(node));
        return Answer.Ok(
            new(
                node, wanted, units, lot, lpn,
                [
                    .. found.Bins.Select((b, i) => new PutAwayBinBody(
                        i + 1, b.Bin, Words<PutAwayReason>.Of(b.Reason), b.Take, b.Fits, b.WalkMm,
                        [.. b.NotKnown.Select(Words<PutAwayGap>.Of)])),
                ],
                [.. found.Refused.Select(r => new PutAwayRefusalBody(r.Bin, Words<PutAwayRule>.Of(r.Rule)))],
                found.Left, [.. Gaps(goods)]),
            ApiJson.Wire.PutAwayBody);
    }

    /// <summary>What is not known of the goods themselves.</summary>
    static IEnumerable<string> Gaps(PutAwayGoods goods)
    {
        if (goods.Size.VolumeMm3 == 0) yield return Words<PutAwayGap>.Of(PutAwayGap.Dimensions);
        if (goods.Size.Grams == 0) yield return Words<PutAwayGap>.Of(PutAwayGap.Weight);
        if (goods.Velocity == Velocity.Unknown) yield return "velocity";
    }

    static async Task<IResult> Needs(HttpContext http, Backend backend, string node)
    {
        var seat = await LayoutApi.Start(http, backend, node);
        var needs = PutAway.Needs(seat.Seller, backend.Views.Bins.Filled(node));
        return Answer.Ok(
            new(node, [.. needs.Select(n => new ReplenishmentBody(
                n.Bin, n.Sku, n.Units, n.Min, n.Max, n.Wanted,
                [.. n.Sources.Select(s => new FaceSourceBody(s.Bin, s.Lot, s.Units))], n.Short))]),
            ApiJson.Wire.ReplenishmentsBody);
    }
}
