using Fulfillment.Catalog;
using Fulfillment.Inventory;

namespace Fulfillment.Client.Api;

/// <summary>What channels and suppliers call SKUs: each such name is one SKU's.</summary>
public static class SkuAliasesApi
{
    const string Path = "/v1/skus/{sku}/aliases";
    const int MostInId = 128;

    /// <summary>Adds the routes.</summary>
    public static void MapSkuAliases(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, Assign)
            .Describe("addSkuAlias", "A channel or a supplier calls the SKU so", "skus")
            .Accepts<SkuAliasRequest>("application/json").Answers<SkuAliasBody>(200, 201).Refuses(400, 404, 409, 422);
        routes.MapDelete(Path, Free).Describe("removeSkuAlias", "Nobody calls the SKU so any more", "skus")
            .Answers<SkuAliasBody>(200).Refuses(400, 409);
        routes.MapGet(Path, List).Describe("listSkuAliases", "What channels and suppliers call a SKU", "skus")
            .Answers<PageBody<SkuAliasBody>>(200).Refuses(400);
        routes.MapGet("/v1/sku-aliases", Find)
            .Describe("findSkuAlias", "Which SKU a channel or a supplier calls so", "skus")
            .Answers<SkuAliasBody>(200).Refuses(400, 404);
    }

    static async Task<IResult> Assign(HttpContext http, Backend backend, string sku)
    {
        Requests.PathId("sku", sku);
        var seat = http.Seat(backend);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.SkuAliasRequest);
        var name = Read("/", request.Channel, request.Supplier, request.Id);
        await http.Operation(backend, seat, sku, body);
        if ((await seat.Sku(sku).Stock(http.RequestAborted)).Card is null) return SkusApi.Unknown(sku);
        var reply = await seat.SkuAlias(name).Assign(sku, http.RequestAborted);
        return reply.Status switch
        {
            AliasStatus.Taken => Taken(name, reply.Sku!),
            AliasStatus.Done => Answer.Created(Body(name, sku), ApiJson.Wire.SkuAliasBody, $"/v1/skus/{sku}/aliases"),
            AliasStatus.AlreadyDone => Answer.Ok(Body(name, sku), ApiJson.Wire.SkuAliasBody),
        };
    }

    static async Task<IResult> Free(
        HttpContext http, Backend backend, string sku, string? channel, string? supplier, string? id)
    {
        Requests.PathId("sku", sku);
        var name = Read("", channel, supplier, id);
        var reply = await http.Seat(backend).SkuAlias(name).Free(sku, http.RequestAborted);
        return reply.Status == AliasStatus.Taken ? Taken(name, reply.Sku!)
            : Answer.Ok(Body(name, sku), ApiJson.Wire.SkuAliasBody);
    }

    static IResult List(HttpContext http, Backend backend, string sku, string? cursor, string? limit)
    {
        Requests.PathId("sku", sku);
        if (cursor is not null && (cursor.Count(c => c == '/') < 2 || cursor.Any(char.IsControl)))
            return Problem.Invalid("cursor", "bad-cursor", "The cursor is not one that a page ended with.");
        var page = backend.Views.Aliases.List(http.Seller(), sku, cursor, Requests.Limit(limit));
        return Answer.Ok(new([.. page.Items.Select(n => Body(n, sku))], page.Next), ApiJson.Wire.SkuAliasPage);
    }

    static async Task<IResult> Find(HttpContext http, Backend backend, string? channel, string? supplier, string? id)
    {
        var name = Read("", channel, supplier, id);
        var reply = await http.Seat(backend).SkuAlias(name).Get(http.RequestAborted);
        return reply.Sku is { } sku ? Answer.Ok(Body(name, sku), ApiJson.Wire.SkuAliasBody)
            : Problem.NotFound("unknown-alias", $"{name.Owner} calls no SKU {name.Id}.");
    }

    static AliasName Read(string at, string? channel, string? supplier, string? id)
    {
        Fields fields = new();
        if (channel is null == supplier is null)
            fields.Add($"{at}channel", "required", "is missing: a channel or a supplier, not both, calls it so");
        var owner = channel is null ? fields.Id($"{at}supplier", supplier ?? "x") : fields.Id($"{at}channel", channel);
        var word = fields.Text($"{at}id", id, MostInId);
        fields.Check();
        return new(channel is null ? AliasSource.Supplier : AliasSource.Channel, owner, word);
    }

    static SkuAliasBody Body(AliasName name, string sku) => new(
        sku, name.Source == AliasSource.Channel ? name.Owner : null,
        name.Source == AliasSource.Supplier ? name.Owner : null, name.Id);

    static Problem Taken(AliasName name, string owner) =>
        Problem.Conflict("alias-taken", $"{name.Owner} calls {owner} {name.Id}.");
}

public sealed record SkuAliasRequest(string? Channel, string? Supplier, string? Id);

/// <summary>What a channel, or a supplier, calls a SKU.</summary>
public sealed record SkuAliasBody(string Sku, string? Channel, string? Supplier, string Id);
