using System.Globalization;
using Fulfillment.Catalog;

namespace Fulfillment.Client.Api;

/// <summary>What barcodes say.</summary>
public static class BarcodesApi
{
    const int MaxBody = 16 << 10;

    /// <summary>Adds the routes.</summary>
    public static void MapBarcodes(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/barcodes/read", Read)
            .Describe(
                "readBarcode",
                "What a scan says: a GTIN, an SSCC, a GS1 element string or a GS1 Digital Link; nothing is kept",
                "barcodes")
            .Accepts<ScanRequest>("application/json").Answers<ScanBody>(200).Refuses(400);

    // As it was sent: an article number may look like a card number, and nothing of it is kept.
    static async Task<IResult> Read(HttpContext http, TimeProvider time)
    {
        var body = await http.BodyAsSent(MaxBody);
        var scan = Requests.Parse(body.Span, ApiJson.Wire.ScanRequest).Scan;
        if (scan is null) return Problem.Invalid("/scan", "required", "must be told");
        return Barcode.Read(scan, out var flaw) is { } barcode
            ? Answer.Ok(Body(barcode, time.GetUtcNow().Year), ApiJson.Wire.ScanBody)
            : Problem.Invalid("/scan", Words<Gs1Fault>.Of(flaw!.Value.Fault), Said(flaw.Value));
    }

    static string Said(Gs1Flaw flaw)
    {
        var what = flaw.Ai is { } ai ? $" in the value of ({ai})" : "";
        return flaw.Length == 0
            ? string.Create(CultureInfo.InvariantCulture, $"at character {flaw.At + 1}{what}")
            : string.Create(
                CultureInfo.InvariantCulture, $"characters {flaw.At + 1} to {flaw.At + flaw.Length}{what}");
    }

    static ScanBody Body(Barcode barcode, int year)
    {
        var lacking = barcode.Content.Associations();
        return new(
            Words<BarcodeForm>.Of(barcode.Form), barcode.Gtin, barcode.Sscc, barcode.Lot, barcode.Serial,
            barcode.Expiry(year), barcode.Count,
            [.. barcode.Content.Elements.Select(e => new ElementBody(e.Ai, e.Value, e.Date(year), e.Measure))],
            barcode.Content.ToBracketed(),
            lacking is { } flaw ? new FieldError($"({flaw.Ai})", Words<Gs1Fault>.Of(flaw.Fault), Beside(flaw)) : null);
    }

    static string Beside(Gs1Flaw flaw) => flaw.Fault == Gs1Fault.ExcludedAi
        ? "another element excludes it" : "an element that has to be told with it is not in this symbol";
}

/// <summary>What a scanner sent, with or without its symbology identifier.</summary>
public sealed record ScanRequest(string? Scan);

/// <summary>An element: an application identifier, its value, and what that means as a day or a number.</summary>
public sealed record ElementBody(string Ai, string Value, DateOnly? Date, string? Measure);

/// <summary>
/// What a scan says. <c>Text</c>: as it is printed below a symbol. <c>Beside</c>: what is amiss with elements that
/// stand, or do not stand, beside each other on this symbol; null when nothing is.
/// </summary>
public sealed record ScanBody(
    string Form, string? Gtin, string? Sscc, string? Lot, string? Serial, DateOnly? Expiry, int? Count,
    IReadOnlyList<ElementBody> Elements, string Text, FieldError? Beside);
