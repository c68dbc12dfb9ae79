using System.Diagnostics;
using Fulfillment.Inventory;
using Fulfillment.Views;

namespace Fulfillment.Client.Api;

/// <summary>SKUs: what the catalogue says of them, and how many can be promised.</summary>
public static class SkusApi
{
    const int MaxAsked = 200;

    /// <summary>Adds the routes.</summary>
    public static void MapSkus(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/v1/skus/{sku}", Put).Describe("putSku", "Creates or replaces a SKU", "skus")
            .Accepts<SkuRequest>("application/json").Answers<SkuBody>(200, 201).Refuses(400, 409, 412, 422);
        routes.MapGet("/v1/skus/{sku}", Get).Describe("getSku", "A SKU and its stock", "skus").Answers<SkuBody>(200)
            .Refuses(404);
        routes.MapGet("/v1/skus", List).Describe("listSkus", "SKUs by id", "skus").Answers<PageBody<SkuBody>>(200)
            .Refuses(400);
        routes.MapGet("/v1/skus/{sku}/availability", Availability)
            .Describe("getAvailability", "How many units of a SKU can be promised", "skus")
            .Answers<AvailabilityBody>(200).Refuses(404);
        routes.MapGet("/v1/skus/{sku}/substitutes", Substitutes)
            .Describe("getSubstitutes", "What to offer instead of a SKU, best first", "skus")
            .Answers<SubstitutesBody>(200).Refuses(404);
        routes.MapGet("/v1/availability", Availabilities)
            .Describe("getAvailabilities", "How many units of several SKUs can be promised", "skus")
            .Answers<AvailabilitiesBody>(200).Refuses(400, 404);
    }

    static async Task<IResult> Put(HttpContext http, Backend backend, TimeProvider time, string sku)
    {
        var seat = http.Seat(backend);
        Requests.PathId("sku", sku);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.SkuRequest);
        var card = SkuCards.Read(sku, request, time.GetUtcNow());
        var variant = request.AttributeSet is null ? null
            : (await seat.Sku(sku).Stock(http.RequestAborted)).Card?.Variant;
        card = await AttributeSets.Judge(seat, card, request.AttributeSet, variant, http.RequestAborted);
        var revision = http.IfMatch();
        if (revision == Requests.AnyRevision)
        {
            if ((await seat.Sku(sku).Stock(http.RequestAborted)).Card is null) return Stale(0);
            revision = null;
        }

        await CheckKit(seat, card, http.RequestAborted);
        await FilesApi.CheckImages(seat, backend, card, http.RequestAborted);
        await http.Operation(backend, seat, sku, body);
        var reply = await NumberedCards.Define(seat, sku, card, revision, http.RequestAborted);
        if (Refused(reply, sku) is { } refused) return refused;
        var now = await seat.Sku(sku).Stock(http.RequestAborted);
        var stock = SkuCards.Body(sku, now) with { Gaps = SkuGapsApi.Of(http, backend, time, now.Card!) };
        return reply.Status == DefineStatus.Created
            ? Answer.Created(stock, ApiJson.Wire.SkuBody, $"/v1/skus/{sku}", reply.Revision)
            : Answer.Ok(stock, ApiJson.Wire.SkuBody, reply.Revision);
    }

    /// <summary>What a refusal of a card means; null for what is none.</summary>
    internal static Problem? Refused(DefineReply reply, string sku) => reply.Status switch
    {
        DefineStatus.Unchanged or DefineStatus.Created or DefineStatus.Changed => null,
        DefineStatus.Stale => Stale(reply.Revision),
        DefineStatus.PastDraft =>
            Problem.Conflict("past-draft", $"{sku} was sold, or is no more: it is no draft again."),
        DefineStatus.HasStock =>
            Problem.Conflict("has-stock", $"{sku} has stock or orders, and a kit has none of its own."),
        DefineStatus.HasUnnamedStock => Problem.Conflict(
            "has-unnamed-stock", $"There are units of {sku} of which the lot or serial is not known."),
        DefineStatus.NotValid or DefineStatus.TooLate or DefineStatus.OtherProduct =>
            throw new UnreachableException($"The card of {sku} was checked, and is refused: {reply.Status}."),
    };

    static async Task<IResult> Get(HttpContext http, Backend backend, TimeProvider time, string sku)
    {
        Requests.PathId("sku", sku);
        var stock = await http.Seat(backend).Sku(sku).Stock(http.RequestAborted);
        if (stock.Card is not { } card) return Unknown(sku);
        var body = SkuCards.Body(sku, stock) with { Gaps = SkuGapsApi.Of(http, backend, time, card) };
        return Answer.Ok(body, ApiJson.Wire.SkuBody, stock.Revision);
    }

    static IResult List(HttpContext http, Backend backend, string? cursor, string? limit)
    {
        var page = backend.Views.Stock.List(http.Seller(), Paging.Id(cursor), Requests.Limit(limit));
        return Answer.Ok(new([.. page.Items.Select(Body)], page.Next), ApiJson.Wire.SkuPage);
    }

    static async Task<IResult> Availability(HttpContext http, Backend backend, string sku)
    {
        Requests.PathId("sku", sku);
        var seat = http.Seat(backend);
        var stock = await seat.Sku(sku).Stock(http.RequestAborted);
        if (stock.Card is not { } card) return Unknown(sku);
        var parts = card.IsKit ? await LiveStock.Of(seat, card.Kit.Select(p => p.Sku), http.RequestAborted) : [];
        return Answer.Ok(LiveStock.Body(sku, stock, parts), ApiJson.Wire.AvailabilityBody);
    }

    static async Task<IResult> Availabilities(HttpContext http, Backend backend, string[] sku)
    {
        if (sku.Length is 0 or > MaxAsked)
            return Problem.Invalid("sku", "out-of-range", $"name from 1 to {MaxAsked} SKUs");
        foreach (var id in sku) Requests.PathId("sku", id);
        var seat = http.Seat(backend);
        var asked = await LiveStock.Of(seat, sku, http.RequestAborted);
        if (sku.FirstOrDefault(id => asked[id].Card is null) is { } unknown) return Unknown(unknown);
        var components = asked.Values.Where(s => s.Card!.IsKit).SelectMany(s => s.Card!.Kit).Select(p => p.Sku);
        var parts = await LiveStock.Of(seat, components, http.RequestAborted);
        return Answer.Ok(
            new([.. sku.Distinct().Select(id => LiveStock.Body(id, asked[id], parts))]),
            ApiJson.Wire.AvailabilitiesBody);
    }

    static async Task<IResult> Substitutes(HttpContext http, Backend backend, string sku)
    {
        Requests.PathId("sku", sku);
        var seat = http.Seat(backend);
        var stock = await seat.Sku(sku).Stock(http.RequestAborted);
        return stock.Card is not { } card ? Unknown(sku)
            : Answer.Ok(
                new(sku, await LiveStock.Substitutes(seat, card, http.RequestAborted)), ApiJson.Wire.SubstitutesBody);
    }

    static SkuBody Body(SkuRow r) => SkuCards.Body(r.Sku, r.Card) with
    {
        OnHand = r.OnHand,
        Reserved = r.Held,
        Committed = r.Committed,
        Available = r.Available,
    };

    /// <summary>
    /// The components must be there, and none may be a kit. A SKU that becomes a kit after it was made a component of
    /// another is not found out here; then nobody can order that other one. <paramref name="isMeant"/>: whether one
    /// that is not there will be.
    /// </summary>
    internal static async ValueTask CheckKit(
        Seat seat, SkuCard card, CancellationToken cancel, Predicate<string>? isMeant = null)
    {
        if (!card.IsKit) return;
        var parts = await LiveStock.Of(seat, card.Kit.Select(p => p.Sku), cancel);
        Fields fields = new();
        for (var i = 0; i < card.Kit.Length; i++)
        {
            var part = parts[card.Kit[i].Sku].Card;
            if (part is null && isMeant?.Invoke(card.Kit[i].Sku) == true) continue;
            if (part is null) fields.Add($"/kit/{i}/sku", "unknown-sku", "there is no such SKU");
            else if (part.IsKit) fields.Add($"/kit/{i}/sku", "nested-kit", "is a kit itself");
        }

        fields.Check();
    }

    internal static Problem Unknown(string sku) => Problem.NotFound("unknown-sku", $"There is no SKU {sku}.");

    internal static Problem NotOrderable(string sku) =>
        Problem.Conflict("not-orderable", $"{sku} is not sold yet, or not any more.");

    internal static Problem IsKit(string sku) =>
        Problem.Conflict("is-kit", $"{sku} is a kit: only its components have stock.");

    internal static Problem Stale(long revision) => new(
        412, "stale", "It was changed in the meantime.",
        $"If-Match expects another revision; now it is \"{revision}\".",
        [new("If-Match", "stale", $"is not \"{revision}\", which is the ETag now")]);
}
