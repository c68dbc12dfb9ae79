using Fulfillment.Catalog;
using Fulfillment.Inventory;

namespace Fulfillment.Client.Api;

/// <summary>What barcodes say, and what they are on.</summary>
public static class BarcodesApi
{
    const int MaxBody = 16 << 10;

    /// <summary>Adds the routes.</summary>
    public static void MapBarcodes(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/barcodes/read", Read)
            .Describe(
                "readBarcode",
                "What a scan says: a GTIN, an SSCC, a GS1 element string or a GS1 Digital Link, and which SKU and pack "
                + "it is on; nothing is kept",
                "barcodes")
            .Accepts<ScanRequest>("application/json").Answers<ScanBody>(200).Refuses(400);
        routes.MapGet("/v1/barcodes/{code}", Get)
            .Describe("getBarcode", "Which SKU and pack a barcode is on, and how many eaches a scan counts", "barcodes")
            .Answers<ScanBody>(200).Refuses(400, 404);
    }

    // As it was sent: an article number may look like a card number, and nothing of it is kept.
    static async Task<IResult> Read(HttpContext http, Backend backend, TimeProvider time)
    {
        var body = await http.BodyAsSent(MaxBody);
        var scan = Requests.Parse(body.Span, ApiJson.Wire.ScanRequest).Scan;
        if (scan is null) return Problem.Invalid("/scan", "required", "must be told");
        Fields fields = new();
        var barcode = Scans.Read(fields, "/scan", scan);
        fields.Check();
        return Answer.Ok(await Body(http, backend, barcode!, time.GetUtcNow().Year), ApiJson.Wire.ScanBody);
    }

    static async Task<IResult> Get(HttpContext http, Backend backend, TimeProvider time, string code)
    {
        Fields fields = new();
        // A path does not tell a slash within a part in any other way.
        var barcode = Scans.Read(fields, "code", code.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase));
        fields.Check();
        var body = await Body(http, backend, barcode!, time.GetUtcNow().Year);
        return body.Item is not null ? Answer.Ok(body, ApiJson.Wire.ScanBody)
            : Problem.NotFound(
                "unknown-barcode", barcode!.Gtin is { } gtin ? $"No SKU has the GTIN {gtin}." : "It tells no GTIN.");
    }

    static async ValueTask<ScanBody> Body(HttpContext http, Backend backend, Barcode barcode, int year)
    {
        var lacking = barcode.Content.Associations();
        return new(
            Words<BarcodeForm>.Of(barcode.Form), barcode.Gtin, barcode.Sscc, barcode.Lot, barcode.Serial,
            barcode.Expiry(year), barcode.Count,
            [.. barcode.Content.Elements.Select(e => new ElementBody(e.Ai, e.Value, e.Date(year), e.Measure))],
            barcode.Content.ToBracketed(),
            lacking is { } flaw
                ? new FieldError($"({flaw.Ai})", Words<Gs1Fault>.Of(flaw.Fault), Beside(flaw)) : null,
            await Item(http.Seat(backend), barcode, http.RequestAborted));
    }

    /// <summary>By the card: a GTIN that is claimed, and not on a card yet, is nobody's.</summary>
    internal static async ValueTask<ScannedItemBody?> Item(Seat seat, Barcode barcode, CancellationToken cancel)
    {
        if (barcode.Gtin is not { } gtin || (await seat.TradeItem(gtin).Get(cancel)).Sku is not { } sku) return null;
        var card = (await seat.Sku(sku).Stock(cancel)).Card;
        return card is not null && Packs.Numbered(card.Packs, gtin) is { } pack
            ? new(sku, card.Title, pack.Unit, pack.Eaches, Scans.Eaches(barcode, pack)) : null;
    }

    static string Beside(Gs1Flaw flaw) => flaw.Fault == Gs1Fault.ExcludedAi
        ? "another element excludes it" : "an element that has to be told with it is not in this symbol";
}

/// <summary>What a scanner sent, with or without its symbology identifier.</summary>
public sealed record ScanRequest(string? Scan);

/// <summary>An element: an application identifier, its value, and what that means as a day or a number.</summary>
public sealed record ElementBody(string Ai, string Value, DateOnly? Date, string? Measure);

/// <summary>
/// The SKU and the pack that a barcode is on. <c>PerUnit</c>: eaches of one pack; <c>Eaches</c>: of one scan, which may
/// be of several packs.
/// </summary>
public sealed record ScannedItemBody(string Sku, string Title, string Unit, int PerUnit, int Eaches);

/// <summary>
/// What a scan says. <c>Text</c>: as it is printed below a symbol. <c>Beside</c>: what is amiss with elements that
/// stand, or do not stand, beside each other on this symbol; null when nothing is. <c>Item</c>: null when no SKU of
/// the seller has the GTIN.
/// </summary>
public sealed record ScanBody(
    string Form, string? Gtin, string? Sscc, string? Lot, string? Serial, DateOnly? Expiry, int? Count,
    IReadOnlyList<ElementBody> Elements, string Text, FieldError? Beside, ScannedItemBody? Item = null);
