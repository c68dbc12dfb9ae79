using System.Globalization;
using Fulfillment.Connectors;
using Fulfillment.Shipping;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>What carriers ask for parcels, and which of them is taken: computed, nothing is kept.</summary>
public static class RatesApi
{
    /// <summary>Adds the routes.</summary>
    public static void MapRates(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/rates", Quote)
            .Describe(
                "quoteRates", "Prices of carriers, the cheapest that meets the promised day, and why not the others",
                "shipping")
            .Accepts<RatesRequest>("application/json").Answers<RatesBody>(200).Refuses(400);
        routes.MapGet("/v1/carriers", List)
            .Describe("listCarriers", "Carriers, what they can do, and whether they answer", "shipping")
            .Answers<CarriersBody>(200).Refuses();
        routes.MapCarrierFigures();
        routes.MapCarrierPlaces();
        routes.MapDuties();
        routes.MapCustomsPapers();
    }

    static async Task<IResult> Quote(HttpContext http, Backend backend, RateShop shop, TimeProvider time)
    {
        var seat = http.Seat(backend);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.RatesRequest);
        var node = await NodesApi.Named(seat, "/from/node", request.From?.Node, http.RequestAborted);
        var (ask, by, carriers) = RateReader.Read(request, node, time.GetUtcNow());
        var told = await shop.Ask(ask, carriers, http.RequestAborted);
        return Answer.Ok(Body(ask, by, told, RateChoice.Of(told.Rates, by, ask.Currency)), ApiJson.Wire.RatesBody);
    }

    /// <summary>What carriers told, and what is taken of it.</summary>
    internal static RatesBody Body(RateAsk ask, DateOnly? by, ShopReply told, RateChoice choice) => new(
        ask.ShipOn, by, choice.Best?.Price.Currency ?? ask.Currency, choice.Best is { } best ? Body(best) : null,
        [
            .. told.Rates.OrderBy(r => r.Price.Currency, StringComparer.Ordinal)
                .ThenBy(r => r.Price.AmountMinor).ThenBy(r => r.Carrier, StringComparer.Ordinal)
                .ThenBy(r => r.Service, StringComparer.Ordinal).Select(Body),
        ],
        [.. choice.Rejected.Concat(told.Rejected).Select(r => Body(r, choice.Best, by))],
        [.. told.Carriers.Select(Body)]);

    static IResult List(RateShop shop) => Answer.Ok(
        new([
            .. Carriers.Known.Select(name => shop.Carriers.Find(name) is { } desk
                ? new CarrierBody(
                    name, true, desk.Account,
                    [
                        .. Enum.GetValues<CarrierAbility>()
                            .Where(a => a != CarrierAbility.None && desk.Carrier.Can.HasFlag(a))
                            .Select(Words<CarrierAbility>.Of),
                    ],
                    desk.Fallback is not null, Body(desk.Breaker.Now), Body(desk.ParcelBreaker.Now))
                : new CarrierBody(name, false, null, [], false, null, null)),
        ]),
        ApiJson.Wire.CarriersBody);

    static BreakerBody Body(BreakerNow now) =>
        new(Words<BreakerState>.Of(now.State), now.Failures, now.Why, now.Answered, now.RetryAt, now.FailingSince,
            now.Recovered is { } o ? new(o.From, o.Until, (long)o.Took.TotalMilliseconds) : null);

    static CarrierRateBody Body(Rate r) => new(
        r.Carrier, r.Service, r.Name, Money(r.Price), r.Delivers, r.TransitDays, r.Guaranteed,
        Words<RateSource>.Of(r.Source), r.IsFallback, r.KnownAt, r.BillableGrams > 0 ? r.BillableGrams : null,
        [
            .. (r.Surcharges.IsDefault ? [] : r.Surcharges)
                .Select(s => new SurchargeBody(s.Code, s.Name, Money(s.Price))),
        ]);

    static RejectedRateBody Body(RejectedRate r, Rate? best, DateOnly? by) => new(
        r.Carrier, r.Service, Words<RateRejection>.Of(r.Reason), Detail(r, best, by), r.Code,
        r.Breach is { } b ? new(b.Parcel, Words<ParcelLimit>.Of(b.Limit), b.Most, b.Actual) : null,
        r.Rate is { } rate ? Money(rate.Price) : null, r.Rate?.Delivers);

    static AskedCarrierBody Body(AskedCarrier a) => new(
        a.Carrier, a.Trouble is null, a.Trouble is { } trouble ? Words<RateRejection>.Of(trouble) : null,
        a.Fallback is { } source ? Words<RateSource>.Of(source) : null, (long)a.Took.TotalMilliseconds);

    static MoneyBody Money(Money money) => new(money.AmountMinor, money.Currency);

    static string Detail(RejectedRate r, Rate? best, DateOnly? by) => r.Reason switch
    {
        RateRejection.TooLate => $"It arrives on {Day(r.Rate?.Delivers)}, after {Day(by)}.",
        RateRejection.NoDate => $"The carrier tells no day of delivery, and {Day(by)} was promised.",
        RateRejection.OtherCurrency => r.Says ?? $"Its price is in {r.Rate?.Price.Currency} and is not compared.",
        RateRejection.Dearer when r.Rate is { } rate && best is { } taken =>
            rate.Price.AmountMinor == taken.Price.AmountMinor
                ? $"It costs as much as {taken.Carrier} {taken.Service}, which is earlier, or comes first."
                : $"It costs {MoneyText.Of(new(rate.Price.AmountMinor - taken.Price.AmountMinor, rate.Price.Currency))}"
                    + $" more than {taken.Carrier} {taken.Service}.",
        RateRejection.Dearer => "Another one costs less.",
        RateRejection.NotToldNow => $"{r.Carrier} does not answer; it stands in for him, and another one answers.",
        RateRejection.Oversize or RateRejection.Overweight when r.Breach is { } b => string.Create(
            CultureInfo.InvariantCulture,
            $"Parcel {b.Parcel}: {Words<ParcelLimit>.Of(b.Limit)} is {b.Actual}, at most {b.Most} {Unit(b.Limit)}."),
        RateRejection.Oversize => "A parcel is too large for it.",
        RateRejection.Overweight => "A parcel is too heavy for it.",
        RateRejection.NotServed => r.Says ?? "It does not go from there to there.",
        RateRejection.Refused => r.Says ?? "The carrier refuses.",
        RateRejection.Incomplete => r.Says ?? $"{r.Code} is missing: {r.Carrier} tells no price without it.",
        RateRejection.NotConfigured => "It is not set up here.",
        RateRejection.Timeout or RateRejection.Unavailable or RateRejection.Garbled or RateRejection.NotAsked =>
            $"{r.Carrier} {r.Says}.",
    };

    static string Unit(ParcelLimit limit) => limit == ParcelLimit.Weight ? "g" : "mm";

    static string Day(DateOnly? day) => day is { } d ? DayWords.Of(d) : "no day";
}
