using Fulfillment.Composition;
using Fulfillment.Routing;

namespace Fulfillment.Client.Api;

public sealed record PromiseToBody(
    string? Country, string? Postcode, double? Latitude = null, double? Longitude = null);

public sealed record PromiseLineRequest(string? Sku, long? Quantity);

public sealed record PromiseRequest(
    PromiseToBody? ShipTo, IReadOnlyList<PromiseLineRequest?>? Lines, string? DeliverBy, bool? ShipComplete);

/// <summary>
/// Units of a line from one node. <c>Backordered</c>: they are yet to come in. <c>Promise</c>: null when nobody knows
/// when.
/// </summary>
public sealed record PromisedPartBody(
    string Sku, long Quantity, string? Node, string? Service, bool Backordered, PromiseBody? Promise);

/// <summary>Whether a speed is possible; <c>PreventedBy</c>: the step of the way that is too slow.</summary>
public sealed record SpeedBody(bool Offered, string? PreventedBy);

/// <summary><c>Promise</c>: of the part that comes last; null when one has none.</summary>
public sealed record PromisedLineBody(
    string Sku, long Quantity, PromiseBody? Promise, IReadOnlyList<PromisedPartBody> Parts, SpeedBody SameDay,
    SpeedBody NextDay);

public sealed record PromiseQuoteBody(
    int Rules, ScoreBody Cost, DateOnly? Delivers, SpeedBody SameDay, SpeedBody NextDay,
    IReadOnlyList<PromisedLineBody> Lines);

/// <summary>
/// When an order that nobody has placed would arrive, from live stock and by the rules in force. Nothing is reserved.
/// </summary>
public static class PromisesApi
{
    /// <summary>The most lines of a question.</summary>
    public const int MaxLines = 200;

    const int MostErrors = 20;

    internal const string Unknown = "unknown-sku";

    /// <summary>Adds the routes.</summary>
    public static void MapPromises(this IEndpointRouteBuilder routes) => routes.MapPost("/v1/promises", Quote)
        .Describe("quotePromise", "When goods would leave and arrive, and what takes how long; nothing is reserved",
            "routing")
        .Accepts<PromiseRequest>("application/json").Answers<PromiseQuoteBody>(200).Refuses(400, 409);

    static async Task<IResult> Quote(HttpContext http, Backend backend, TimeProvider time)
    {
        var seat = http.Seat(backend);
        var request = Requests.Parse((await http.Body()).Span, ApiJson.Wire.PromiseRequest);
        Fields fields = new();
        var country = request.ShipTo is null ? null
            : fields.Country("/shipTo/country", request.ShipTo.Country, required: true);
        if (request.ShipTo is null) fields.Add("/shipTo", "required", "is missing");
        else fields.Postcode("/shipTo/postcode", country, request.ShipTo.Postcode, isAddress: true);
        var now = time.GetUtcNow();
        var by = fields.DeliverBy("/deliverBy", request.DeliverBy, now);
        var (latitude, longitude) = Place(fields, request.ShipTo);
        var lines = Lines(fields, request.Lines);
        fields.Check();
        RouteFacts facts = new(
            seat.Seller, country, request.ShipTo!.Postcode, now, by, request.ShipComplete ?? false,
            Latitude: latitude, Longitude: longitude);
        PromiseQuote quote = new(
            facts, backend.Views.Rules.At(seat.Seller, now), backend.Views.Nodes.Now,
            LaneRules.Of(() => backend.Views));
        await quote.Ask(seat, lines, http.RequestAborted);
        if (quote.Short.Exists(s => s.Code == Unknown))
            return Impossible(Unknown, "Nobody has defined it.", quote.Short);
        if (quote.Short.Exists(s => s.Code == "not-orderable"))
            return Impossible("not-orderable", "It is not sold yet, or not any more.", quote.Short);
        if (quote.Short.Count > 0)
        {
            var (offered, _) = await LiveStock.Offer(seat, quote.ShortLines, _ => null);
            return Impossible("sold-out", "Stock does not cover it.", quote.Short, offered);
        }

        quote.Plan();
        if (quote.Unserved.Count > 0)
            return Impossible("no-eligible-node", "No node may serve all of it.", quote.Unserved);
        if (quote.TooLate is { } late) return Impossible("too-late", "It would arrive later.", [late]);
        return Answer.Ok(quote.Body(), ApiJson.Wire.PromiseQuoteBody);
    }

    static Problem Impossible(
        string code, string detail, IReadOnlyList<FieldError> errors, IReadOnlyList<ShortLineBody>? lines = null) =>
        new(409, code, "It cannot be promised.", detail, [.. errors.Take(MostErrors)],
            missing: lines is null ? null : [.. lines.Take(MostErrors)]);

    /// <summary>Where it goes, to a tenth of a degree: an order is kept so, and has the same distances.</summary>
    static (double? Latitude, double? Longitude) Place(Fields fields, PromiseToBody? to)
    {
        if (to?.Latitude is null && to?.Longitude is null) return default;
        return (Degrees("/shipTo/latitude", to.Latitude, 90), Degrees("/shipTo/longitude", to.Longitude, 180));

        double? Degrees(string field, double? given, int most)
        {
            if (given is null) fields.Add(field, "required", "is missing: the other one is there");
            else if (!(Math.Abs(given.Value) <= most))
                fields.Add(field, "out-of-range", $"must be from {-most} to {most} degrees");
            return given is { } degrees ? Math.Round(degrees, 1) : null;
        }
    }

    static List<(string Sku, long Units)> Lines(Fields fields, IReadOnlyList<PromiseLineRequest?>? lines)
    {
        if (lines is null or { Count: 0 }) fields.Add("/lines", "required", "there must be a line");
        if (lines?.Count > MaxLines) fields.Add("/lines", "too-many", $"at most {MaxLines}");
        List<(string, long)> read = [];
        for (var i = 0; i < Math.Min(lines?.Count ?? 0, MaxLines); i++)
        {
            if (lines![i] is not { } line) fields.Add($"/lines/{i}", "wrong-type", "must be an object");
            else read.Add((
                fields.Id($"/lines/{i}/sku", line.Sku),
                fields.Number($"/lines/{i}/quantity", line.Quantity, 1, int.MaxValue)));
        }

        return read;
    }
}
