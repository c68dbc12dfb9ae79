using Fulfillment.Connectors;
using Fulfillment.Views;

namespace Fulfillment.Client.Api;

/// <summary>Figures of carriers: how long they take, how often they fail, how far their prices are off.</summary>
static class CarrierFiguresApi
{
    static readonly TimeSpan Period = TimeSpan.FromDays(30);

    /// <summary>Adds the routes.</summary>
    public static void MapCarrierFigures(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/carrier-calls", Calls)
            .Describe("listCarrierCalls", "How long carriers took, and how often they failed, by kind of call",
                "shipping")
            .Answers<CarrierCallsBody>(200).Refuses();
        routes.MapGet("/v1/quote-errors", Errors)
            .Describe("listQuoteErrors", "What labels were to cost, and what carriers charged, by carrier", "shipping")
            .Answers<QuoteErrorsBody>(200).Refuses(400);
    }

    static IResult Calls(Carriers carriers) => Answer.Ok(
        new([.. carriers.All.SelectMany(d => d.Meter.Now.Select(t => Body(d.Carrier.Name, t)))]),
        ApiJson.Wire.CarrierCallsBody);

    static CarrierCallBody Body(string carrier, CarrierTimes t) => new(
        carrier, Words<CarrierCall>.Of(t.Call), t.Calls, t.Failed.Values.Sum(),
        t.Failed.ToDictionary(f => Words<ProviderTrouble>.Of(f.Key), f => f.Value), t.NotAsked, Milliseconds(t.Median),
        Milliseconds(t.P95), Milliseconds(t.P99), Milliseconds(t.Longest));

    static long Milliseconds(TimeSpan time) => (long)Math.Ceiling(time.TotalMilliseconds);

    static IResult Errors(HttpContext http, Backend backend, TimeProvider time, string? from, string? until)
    {
        Fields fields = new();
        var end = fields.Time("until", until) ?? time.GetUtcNow();
        var start = fields.Time("from", from) ?? end - Period;
        if (start > end) fields.Add("from", "out-of-range", "must not be after until");
        fields.Check();
        // With now itself, when nobody says until when.
        var rows = backend.Views.LabelCosts.Errors(
            http.Seller(), start.ToUnixTimeMilliseconds(),
            until is null ? long.MaxValue : end.ToUnixTimeMilliseconds());
        return Answer.Ok(new(start, end, [.. rows.Select(Body)]), ApiJson.Wire.QuoteErrorsBody);
    }

    static QuoteErrorBody Body(QuoteErrorRow r) => new(
        r.Carrier, r.Currency.Length == 0 ? null : r.Currency, r.Labels, r.Compared, r.Quoted, r.Charged,
        r.Charged - r.Quoted, r.Off, r.Dearer, r.Most,
        r.Compared > 0 && r.Quoted > 0 ? r.Off * 1_000 / r.Quoted : null);
}
