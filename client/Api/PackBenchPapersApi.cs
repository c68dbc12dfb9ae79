using System.Collections.Immutable;
using System.Globalization;
using Fulfillment.Client.Papers;
using Fulfillment.Packing;

namespace Fulfillment.Client.Api;

/// <summary>The papers of a box: what is in it as it was scanned.</summary>
public static class PackBenchPapersApi
{
    const string Path = "/v1/fulfilment-orders/{id}/packing/boxes/{number:int}";

    /// <summary>Adds the routes.</summary>
    public static void MapPackBenchPapers(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path + "/packing-slip", Slip)
            .Describe("getBoxPackingSlip",
                "What a box at the bench has in it, as PDF, with prices unless it is a gift", "papers")
            .AnswersPaper().Refuses(404, 409);
        routes.MapGet(Path + "/content-list", Contents)
            .Describe("getBoxContentList", "What a box at the bench has in it, with lots and serials, as PDF", "papers")
            .AnswersPaper().Refuses(404);
    }

    static async Task<IResult> Slip(HttpContext http, Backend backend, string id, int number)
    {
        var seat = http.Seat(backend);
        var (order, at, reply, _) = await PackBench.Look(seat, id, http.RequestAborted);
        if (await BoxOf(seat, id, number, http.RequestAborted) is not var (sheet, box)) return Unknown(id, number);
        if (box.Contents.IsEmpty) return Problem.Conflict("empty-box", $"Nothing is in box {number} of {id}.");
        PackingSlips slips = new(
            seat, backend, order, reply, reply.Fulfilments[at - 1], null,
            new(box.Lines, [.. sheet.Boxes.Where(b => b.Number < number).SelectMany(b => b.Lines)],
                [.. sheet.Boxes.Where(b => b.Number > number).SelectMany(b => b.Lines)], [.. Facts(sheet, box)]));
        return PaperAnswer.Of(
            http, $"packing-slip-{id}-B{number}", PackingSlipPaper.Draw(await slips.Read(http.RequestAborted)));
    }

    static async Task<IResult> Contents(HttpContext http, Backend backend, string id, int number)
    {
        var seat = http.Seat(backend);
        await PackBench.Look(seat, id, http.RequestAborted);
        if (await BoxOf(seat, id, number, http.RequestAborted) is not var (sheet, box)) return Unknown(id, number);
        var cards = await PapersApi.Cards(seat, box.Contents.Select(c => c.Sku), http.RequestAborted);
        CartonSheet paper = new(
            box.Lpn, "carton", PapersApi.Brand(seat, null),
            await PapersApi.NodeName(seat, sheet.Terms.Node, http.RequestAborted),
            [
                .. box.Contents.OrderBy(c => c.Sku, StringComparer.Ordinal).Select(c => new CartonLine(
                    PapersApi.Item(c.Sku, cards), c.Units, c.Lot, null, c.Serials)),
            ], [new("Order", id), .. Facts(sheet, box)]);
        return PaperAnswer.Of(http, $"content-list-{id}-B{number}", CartonPaper.Draw(paper));
    }

    static IEnumerable<PaperFact> Facts(PackSheet s, PackBox box)
    {
        var used = s.Boxes.Where(b => !b.Contents.IsEmpty).ToList();
        // How many there will be is known once all is packed.
        var isAll = s.Status is PackJobStatus.Packed or PackJobStatus.Shipped;
        yield return new("Box", isAll ? Text($"{used.IndexOf(box) + 1} of {used.Count}") : Text($"{box.Number}"));
        yield return new("Number", box.Lpn);
        var outer = box.Box.Outer;
        yield return new("Outside", Text($"{outer.LengthMm} × {outer.WidthMm} × {outer.HeightMm} mm"));
        if ((box.WeighedGrams ?? s.Weight(box)) is { } grams)
            yield return new("Weight", Text($"{grams / 1_000}.{grams % 1_000:000} kg"));
    }

    static async ValueTask<(PackSheet Sheet, PackBox Box)?> BoxOf(
        Seat seat, string id, int number, CancellationToken cancel) =>
        (await seat.PackJob(id).Get(cancel)).Sheet is { } sheet && sheet.BoxOf(number) is { } box ? (sheet, box) : null;

    static Problem Unknown(string id, int number) =>
        Problem.NotFound("unknown-box", $"{id} has no box {number} at a bench.");

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
