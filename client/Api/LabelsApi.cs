using System.Globalization;
using Fulfillment.Catalog;
using Fulfillment.Client.Papers;
using Fulfillment.Inventory;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>Labels with barcodes, as PDF: of bins, of totes, cartons and pallets, and of goods.</summary>
public static class LabelsApi
{
    /// <summary>Adds the routes.</summary>
    public static void MapLabels(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/nodes/{node}/bins/{bin}/label", OfBin)
            .Describe("getBinLabel", "A label of 100 x 50 mm with the bin as barcode, as PDF", "papers")
            .AnswersPaper().Refuses(400, 404);
        routes.MapGet("/v1/lpns/{lpn}/label", OfPlate)
            .Describe("getLpnLabel", "A label with its number as barcode, as PDF: 100 x 150 mm with an SSCC, else "
                + "100 x 50 mm", "papers")
            .AnswersPaper().Refuses(400, 404);
        routes.MapGet("/v1/skus/{sku}/label", OfItem)
            .Describe("getSkuLabel", "A label of 100 x 50 mm as PDF: EAN-13 or GS1-128 with the GTIN of the unit, and "
                + "lot, expiry and serial where they are told; the SKU as barcode where it has no GTIN", "papers")
            .AnswersPaper().Refuses(400, 404, 409);
    }

    static async Task<IResult> OfBin(HttpContext http, Backend backend, string node, string bin)
    {
        Requests.PathId("bin", bin);
        var seat = await LayoutApi.Start(http, backend, node);
        if ((await seat.Layout(node).Bin(bin, http.RequestAborted)).Bin?.Bin is not { } known)
            return BinsApi.Unknown(node, bin);
        var place = known.Aisle is null ? null : string.Create(
            CultureInfo.InvariantCulture, $"aisle {known.Aisle} · bay {known.Bay} · level {known.Level}");
        BinLabel label = new(bin, await PapersApi.NodeName(seat, node, http.RequestAborted), known.Zone, place);
        return PaperAnswer.Of(http, $"bin-{bin}", LabelPaper.Draw(label));
    }

    static async Task<IResult> OfPlate(HttpContext http, Backend backend, string lpn)
    {
        Requests.PathId("lpn", lpn);
        var seat = http.Seat(backend);
        if ((await seat.Plate(lpn).Get(http.RequestAborted)).Plate is not { Card: var card })
            return PlatesApi.Unknown(lpn);
        PlateLabel label = new(
            lpn, Words<PlateKind>.Of(card.Kind), seat.Seller,
            await PapersApi.NodeName(seat, card.Node, http.RequestAborted), PapersApi.Sizes(card.Size));
        return PaperAnswer.Of(http, $"lpn-{lpn}", LabelPaper.Draw(label));
    }

    static async Task<IResult> OfItem(
        HttpContext http, Backend backend, string sku, string? unit, string? lot, string? expiry, string? serial)
    {
        Requests.PathId("sku", sku);
        Fields fields = new();
        Gs1(fields, "lot", "10", lot);
        Gs1(fields, "serial", "21", serial);
        var day = fields.Date("expiry", expiry);
        var seat = http.Seat(backend);
        fields.Check();
        if ((await seat.Sku(sku).Stock(http.RequestAborted)).Card is not { } card) return SkusApi.Unknown(sku);
        if (Packs.Of(card.Packs, unit ?? Pack.Each) is not { } pack)
            return Problem.Invalid("unit", "unknown-unit", $"is none of {sku}");
        if (pack.Gtin is null && (lot ?? expiry ?? serial) is not null)
            return Problem.Conflict("no-gtin", $"{sku} has no GTIN per {pack.Unit}, beside which that would stand.");
        ItemLabel label = new(
            sku, card.Title, pack.Eaches == 1 ? null : $"{pack.Unit} of {PaperParts.Count(pack.Eaches)}", pack.Gtin,
            lot, day, serial);
        return PaperAnswer.Of(http, $"sku-{sku}", LabelPaper.Draw(label));
    }

    /// <summary>Adds what is wrong with a value, as GS1 has it for the identifier.</summary>
    static void Gs1(Fields fields, string field, string ai, string? value)
    {
        if (value is not null && ApplicationIdentifier.Find(ai)!.Check(value) is { } flaw)
            fields.Add(field, Words<Gs1Fault>.Of(flaw.Fault), "must be 1 to 20 characters of GS1 set 82");
    }
}
