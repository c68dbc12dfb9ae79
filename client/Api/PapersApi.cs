using System.Collections.Immutable;
using System.Globalization;
using Fulfillment.Client.Papers;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>The papers of the warehouse as PDF. The same content makes the same bytes, whenever printed.</summary>
public static class PapersApi
{
    /// <summary>The attribute of a card that says how to pack the goods.</summary>
    public const string Instruction = "packing-instruction";

    const int AskedAtOnce = 200;

    /// <summary>The most lines of a content list, and carriers that are looked into for it.</summary>
    const int MostLines = 1_000;

    /// <summary>Adds the routes.</summary>
    public static void MapPapers(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/orders/{id}/fulfilments/{number}/packing-slip", Slip)
            .Describe(
                "getPackingSlip",
                "What a fulfilment order, or one shipment of it, has in it, as PDF, with prices unless it is a gift",
                "papers")
            .AnswersPaper().Refuses(400, 404, 409);
        routes.MapGet("/v1/lpns/{lpn}/content-list", Contents)
            .Describe("getContentList", "What is in a carton, tote or on a pallet, with all that stands on it, as PDF",
                "papers")
            .AnswersPaper().Refuses(400, 404, 409);
    }

    static async Task<IResult> Slip(
        HttpContext http, Backend backend, string id, string number, string? shipment)
    {
        Requests.PathId("id", id);
        if (shipment is not null) Requests.PathId("shipment", shipment);
        var seat = http.Seat(backend);
        if (await seat.Order(id).Get(http.RequestAborted) is not { } order) return OrdersApi.Unknown(id);
        var reference = $"{id}-F{number}";
        if (OrderBodies.Parse(reference) is not var (name, at) || name != id || at > order.Fulfilments.Length)
            return FulfilmentsApi.Unknown(reference);
        var fulfilment = order.Fulfilments[at - 1];
        if (shipment is not null && fulfilment.Shipments.All(s => s.Id != shipment))
            return Problem.NotFound("unknown-shipment", $"{reference} has no shipment {shipment}.");
        PackingSlips slips = new(seat, backend, id, order, fulfilment, shipment);
        return slips.IsEmpty
            ? Problem.Conflict("nothing-to-pack", $"No unit of {reference} is to leave, and none has left.")
            : PaperAnswer.Of(
                http, $"packing-slip-{reference}", PackingSlipPaper.Draw(await slips.Read(http.RequestAborted)));
    }

    static async Task<IResult> Contents(HttpContext http, Backend backend, string lpn)
    {
        Requests.PathId("lpn", lpn);
        var seat = http.Seat(backend);
        if ((await seat.Plate(lpn).Get(http.RequestAborted)).Plate is not { } plate) return PlatesApi.Unknown(lpn);
        if (!await BinsApi.Reached(backend, http.RequestAborted))
            return Problem.Of(new(Fault.Overloaded, "The lists are behind: it is not known what lies on it."));
        List<(string Lpn, CartonLine Line)> lines = [];
        await Lying(seat, backend, lpn, plate, lines, [], http.RequestAborted);
        var cards = await Cards(seat, lines.Select(l => l.Line.Item.Sku), http.RequestAborted);
        CartonSheet sheet = new(
            lpn, Words<PlateKind>.Of(plate.Card.Kind), Brand(seat, null),
            await NodeName(seat, plate.Card.Node, http.RequestAborted),
            [.. lines.Select(l => l.Line with
            {
                Item = Item(l.Line.Item.Sku, cards, l.Lpn == lpn ? null : $"in {l.Lpn}"),
            })], Sizes(plate.Card.Size));
        return PaperAnswer.Of(http, $"content-list-{lpn}", CartonPaper.Draw(sheet));
    }

    /// <summary>What lies on it, and on what stands on it: a kind stands on a later one only, so it ends.</summary>
    static async ValueTask Lying(
        Seat seat, Backend backend, string lpn, Plate plate, List<(string Lpn, CartonLine Line)> lines,
        HashSet<string> asked, CancellationToken cancel)
    {
        var lying = backend.Views.Plates.Lying(seat.Seller, lpn, MostLines + 1 - lines.Count);
        if (lying.Count + lines.Count > MostLines) throw TooLong(lpn);
        foreach (var of in lying.GroupBy(u => (u.Sku, u.Lot)))
            lines.Add((lpn, new(new(of.Key.Sku, of.Key.Sku), of.Sum(u => u.Units), of.Key.Lot)));
        foreach (var child in plate.Carries.Order(StringComparer.Ordinal))
        {
            // Empty ones are asked too.
            if (!asked.Add(child) || asked.Count > MostLines) throw TooLong(lpn);
            if ((await seat.Plate(child).Get(cancel)).Plate is { } on)
                await Lying(seat, backend, child, on, lines, asked, cancel);
        }
    }

    static ProblemException TooLong(string lpn) => new(Problem.Conflict(
        "too-many-lines", $"More lies on {lpn} than a list has: {MostLines} lines, of as many carriers."));

    /// <summary>The cards of SKUs; a SKU that has none is left out.</summary>
    internal static async ValueTask<Dictionary<string, SkuCard>> Cards(
        Seat seat, IEnumerable<string> skus, CancellationToken cancel)
    {
        Dictionary<string, SkuCard> cards = [];
        foreach (var some in skus.Distinct().Chunk(AskedAtOnce))
        {
            foreach (var (sku, stock) in await LiveStock.Of(seat, some, cancel))
                if (stock.Card is { } card) cards.Add(sku, card);
        }

        return cards;
    }

    /// <summary>Goods as papers name them, with what their card says of packing them.</summary>
    internal static PaperItem Item(string sku, Dictionary<string, SkuCard> cards, string? note = null)
    {
        if (cards.GetValueOrDefault(sku) is not { } card) return new(sku, sku, Note: note);
        var how = card.Attributes.FirstOrDefault(a => a.Name == Instruction)?.Value;
        return new(sku, card.Title, card.Product?.Handling ?? default, how, note);
    }

    /// <summary>Whose paper it is: the seller's, or, where nobody tells sellers apart, that of the house.</summary>
    internal static string Brand(Seat seat, string? house) =>
        seat.Seller == Requests.DefaultSeller && house is not null ? house : seat.Seller;

    /// <summary>Such as Leipzig (LEJ1).</summary>
    internal static async ValueTask<string> NodeName(Seat seat, string node, CancellationToken cancel) =>
        (await seat.Node(node).Get(cancel)).Card is { } card && card.Name != node ? $"{card.Name} ({node})" : node;

    /// <summary>What is known of a carrier's size and weight.</summary>
    internal static ImmutableArray<PaperFact> Sizes(PlateSize size)
    {
        List<PaperFact> facts = [];
        if (size is { LengthMm: > 0, WidthMm: > 0, HeightMm: > 0 })
            facts.Add(new("Outside", Invariant($"{size.LengthMm} × {size.WidthMm} × {size.HeightMm} mm")));
        if (size.TareGrams > 0) facts.Add(new("Empty", Kilograms(size.TareGrams)));
        if (size.MaxGrams > 0) facts.Add(new("Carries", $"{Kilograms(size.MaxGrams)} at most"));
        return [.. facts];

        static string Kilograms(long grams) => Invariant($"{grams / 1_000}.{grams % 1_000:000} kg");
    }

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
