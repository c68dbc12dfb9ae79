using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Views;

namespace Fulfillment.Client.Api;

/// <summary>SKUs: what the catalogue says of them, and how many can be promised.</summary>
public static class SkusApi
{
    const int MaxAttributes = 100, MaxImages = 50, MaxAsked = 200;

    /// <summary>Adds the routes.</summary>
    public static void MapSkus(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/v1/skus/{sku}", Put).Describe("putSku", "Creates or replaces a SKU", "skus")
            .Accepts<SkuRequest>("application/json").Answers<SkuBody>(200, 201).Refuses(400, 412, 422);
        routes.MapGet("/v1/skus/{sku}", Get).Describe("getSku", "A SKU and its stock", "skus").Answers<SkuBody>(200)
            .Refuses(404);
        routes.MapGet("/v1/skus", List).Describe("listSkus", "SKUs by id", "skus").Answers<PageBody<SkuBody>>(200)
            .Refuses(400);
        routes.MapGet("/v1/skus/{sku}/availability", Availability)
            .Describe("getAvailability", "How many units of a SKU can be promised", "skus")
            .Answers<AvailabilityBody>(200).Refuses(404);
        routes.MapGet("/v1/availability", Availabilities)
            .Describe("getAvailabilities", "How many units of several SKUs can be promised", "skus")
            .Answers<AvailabilitiesBody>(200).Refuses(400, 404);
    }

    static async Task<IResult> Put(HttpContext http, Backend backend, string sku)
    {
        var seat = http.Seat(backend);
        Requests.PathId("sku", sku);
        var body = await http.Body();
        var card = Read(Requests.Parse(body.Span, ApiJson.Wire.SkuRequest));
        var revision = http.IfMatch();
        if (revision == Requests.AnyRevision)
        {
            if ((await seat.Sku(sku).Stock(http.RequestAborted)).Card is null) return Stale(0);
            revision = null;
        }

        await http.Operation(backend, seat, sku, body);
        var reply = await seat.Sku(sku).Define(card, revision, http.RequestAborted);
        if (reply.Status == DefineStatus.Stale) return Stale(reply.Revision);
        var stock = Body(sku, await seat.Sku(sku).Stock(http.RequestAborted));
        return reply.Status == DefineStatus.Created
            ? Answer.Created(stock, ApiJson.Wire.SkuBody, $"/v1/skus/{sku}", reply.Revision)
            : Answer.Ok(stock, ApiJson.Wire.SkuBody, reply.Revision);
    }

    static async Task<IResult> Get(HttpContext http, Backend backend, string sku)
    {
        Requests.PathId("sku", sku);
        var stock = await http.Seat(backend).Sku(sku).Stock(http.RequestAborted);
        return stock.Card is null ? Unknown(sku) : Answer.Ok(Body(sku, stock), ApiJson.Wire.SkuBody, stock.Revision);
    }

    static IResult List(HttpContext http, Backend backend, string? cursor, string? limit)
    {
        var page = backend.Views.Stock.List(http.Seller(), Paging.Id(cursor), Requests.Limit(limit));
        return Answer.Ok(new([.. page.Items.Select(Body)], page.Next), ApiJson.Wire.SkuPage);
    }

    static async Task<IResult> Availability(HttpContext http, Backend backend, string sku)
    {
        Requests.PathId("sku", sku);
        var stock = await http.Seat(backend).Sku(sku).Stock(http.RequestAborted);
        return stock.Card is null ? Unknown(sku) : Answer.Ok(Available(sku, stock), ApiJson.Wire.AvailabilityBody);
    }

    static async Task<IResult> Availabilities(HttpContext http, Backend backend, string[] sku)
    {
        if (sku.Length is 0 or > MaxAsked)
            return Problem.Invalid("sku", "out-of-range", $"name from 1 to {MaxAsked} SKUs");
        foreach (var id in sku) Requests.PathId("sku", id);
        var seat = http.Seat(backend);
        var asked = sku.Distinct().Select(id => (Id: id, Stock: seat.Sku(id).Stock(http.RequestAborted).AsTask()))
            .ToList();
        await Task.WhenAll(asked.Select(a => a.Stock));
        List<AvailabilityBody> items = [];
        foreach (var (id, task) in asked)
        {
            var stock = await task;
            if (stock.Card is null) return Unknown(id);
            items.Add(Available(id, stock));
        }

        return Answer.Ok(new(items), ApiJson.Wire.AvailabilitiesBody);
    }

    static SkuCard Read(SkuRequest request)
    {
        Fields fields = new();
        if (request.Attributes?.Count > MaxAttributes)
            fields.Add("/attributes", "too-many", $"at most {MaxAttributes}");
        if (request.Images?.Count > MaxImages) fields.Add("/images", "too-many", $"at most {MaxImages}");
        var attributes = (request.Attributes ?? []).OrderBy(a => a.Key, StringComparer.Ordinal)
            .Select(a => new SkuAttribute(
                fields.Text(At(a.Key), a.Key, 100), fields.Text(At(a.Key), a.Value, 2_000))).ToImmutableArray();
        var images = (request.Images ?? []).Select((url, i) => fields.Text($"/images/{i}", url, 2_000))
            .ToImmutableArray();
        for (var i = 0; i < images.Length; i++)
            if (images[i].Length > 0 && !Uri.TryCreate(images[i], UriKind.Absolute, out _))
                fields.Add($"/images/{i}", "bad-url", "must be an absolute URL");
        SkuCard card = new(
            fields.Text("/title", request.Title, 500), fields.OptionalText("/description", request.Description, 20_000),
            request.Backorder ?? false, fields.Money("/price", request.Price), attributes, images);
        fields.Check();
        return card;

        static string At(string attribute) => $"/attributes/{JsonText.Escape(attribute)}";
    }

    internal static SkuBody Body(string sku, StockReply s) => new(
        sku, s.Card!.Title, s.Card.Description, s.Card.Backorder, OrderBodies.Body(s.Card.Price),
        s.Card.Attributes.IsEmpty ? null : s.Card.Attributes.ToDictionary(a => a.Name, a => a.Value), s.Card.Images,
        s.OnHand,
        s.Held, s.Committed, s.Available, s.Backordered,
        s.Unavailable.IsEmpty ? null : s.Unavailable.ToDictionary(u => Words<StockState>.Of(u.Key), u => u.Value),
        Nodes(s), s.Revision);

    static SkuBody Body(SkuRow r) => new(
        r.Sku, r.Card.Title, r.Card.Description, r.Card.Backorder, OrderBodies.Body(r.Card.Price),
        r.Card.Attributes.IsEmpty ? null : r.Card.Attributes.ToDictionary(a => a.Name, a => a.Value), r.Card.Images,
        r.OnHand,
        r.Held, r.Committed, r.Available, null, null, null, null);

    static AvailabilityBody Available(string sku, StockReply s) =>
        new(sku, s.OnHand, s.Held, s.Committed, s.Available, Nodes(s));

    static List<NodeStockBody> Nodes(StockReply s) =>
        [.. s.Nodes.Select(n => new NodeStockBody(n.Node, n.OnHand, n.Sellable, n.Committed))];

    internal static Problem Unknown(string sku) => Problem.NotFound("unknown-sku", $"There is no SKU {sku}.");

    internal static Problem IsKit(string sku) =>
        Problem.Conflict("is-kit", $"{sku} is a kit: only its components have stock.");

    internal static Problem Stale(long revision) => new(
        412, "stale", "It was changed in the meantime.",
        $"If-Match expects another revision; now it is \"{revision}\".",
        [new("If-Match", "stale", $"is not \"{revision}\", which is the ETag now")]);
}
