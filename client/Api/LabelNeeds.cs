using Fulfillment.Connectors;
using Fulfillment.Shipping;

namespace Fulfillment.Client.Api;

/// <summary>
/// What the addresses of a parcel lack for the label of a carrier, told before it is bought: of the order
/// (<c>/shipTo/...</c>), or of the card of its node (<c>/address/...</c>).
/// </summary>
static class LabelNeeds
{
    const string Code = "carrier-data-missing";

    /// <summary>The fields that a carrier misses; none of one who is not set up.</summary>
    public static IReadOnlyList<FieldError> Of(RateShop shop, ParcelWay way, string carrier, string node) =>
        shop.Carriers.Find(carrier) is not { } desk ? []
            : [.. desk.Carrier.Lacks(way.From, way.To).Select(f => Named(f, way, carrier, node))];

    /// <summary>Without the rates of carriers who would sell no label: they are rejected, with the field.</summary>
    public static ShopReply Without(RateShop shop, ParcelWay way, string node, ShopReply told)
    {
        Dictionary<string, FieldError> lacks = [];
        foreach (var carrier in told.Rates.Select(r => r.Carrier).Distinct())
            if (Of(shop, way, carrier, node) is [var first, ..]) lacks.Add(carrier, first);
        return lacks.Count == 0 ? told : told with
        {
            Rates = [.. told.Rates.Where(r => !lacks.ContainsKey(r.Carrier))],
            Rejected =
            [
                .. told.Rejected,
                .. told.Rates.Where(r => lacks.ContainsKey(r.Carrier)).Select(r => new RejectedRate(
                    r.Carrier, r.Service, RateRejection.Incomplete, r, Code: lacks[r.Carrier].Field,
                    Says: $"{lacks[r.Carrier].Field}: {lacks[r.Carrier].Detail}.")),
            ],
        };
    }

    /// <summary>No label is bought: the fields are to be told first.</summary>
    public static ProblemException Refused(string carrier, IReadOnlyList<FieldError> lacks) => new(new(
        409, Code, "The state does not allow it.",
        $"{carrier} sells no label without {string.Join(", ", lacks.Select(l => l.Field))}. Nothing was bought.",
        lacks));

    static FieldError Named(string field, ParcelWay way, string carrier, string node)
    {
        var (isTo, name) = (field.StartsWith("/to/", StringComparison.Ordinal), field[(field.LastIndexOf('/') + 1)..]);
        var at = name == "state" ? "region" : name;
        return new(
            $"{(isTo ? "/shipTo" : "/address")}/{at}", Code,
            $"is missing, or not as {carrier} takes it in {(isTo ? way.To : way.From).Country}: "
            + (isTo ? "it is the order's" : $"it is that of node {node}"));
    }
}
