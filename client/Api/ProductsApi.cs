using Fulfillment.Catalog;
using Fulfillment.Inventory;

namespace Fulfillment.Client.Api;

/// <summary>Products with options, and a SKU for each combination of them.</summary>
public static class ProductsApi
{
    const string Path = "/v1/products/{product}";

    /// <summary>How many SKUs are asked at a time.</summary>
    const int AskedAtOnce = 200;

    /// <summary>Adds the routes.</summary>
    public static void MapProducts(this IEndpointRouteBuilder routes)
    {
        routes.MapPut(Path, Put)
            .Describe("putProduct", "Creates or replaces a product, and sets the SKUs of its variants", "products")
            .Accepts<OptionProductRequest>("application/json").Answers<OptionProductBody>(200, 201, 202)
            .Refuses(400, 409, 412, 422);
        routes.MapGet(Path, Get).Describe("getProduct", "A product, its variants and their stock", "products")
            .Answers<OptionProductBody>(200).Refuses(400, 404);
        routes.MapGet("/v1/products", List).Describe("listProducts", "Products by id", "products")
            .Answers<PageBody<ProductListBody>>(200).Refuses(400);
    }

    static async Task<IResult> Put(HttpContext http, Backend backend, TimeProvider time, string product)
    {
        Requests.PathId("product", product);
        var seat = http.Seat(backend);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.OptionProductRequest);
        var terms = await ProductReader.Judge(
            seat, ProductReader.Read(product, request, time.GetUtcNow()), request, http.RequestAborted);
        await ProductReader.CheckImages(backend, seat, terms, http.RequestAborted);
        var revision = (int?)http.IfMatch();
        await http.Operation(backend, seat, product, body);
        var written = seat.Product(product);
        if (revision == Requests.AnyRevision)
        {
            revision = (await written.Get(http.RequestAborted)).Revision;
            if (revision == 0) return SkusApi.Stale(0);
        }

        var reply = await written.Write(terms, revision, http.RequestAborted);
        switch (reply.Status)
        {
            case ProductStatus.Stale:
                return SkusApi.Stale(reply.Revision);
            case ProductStatus.TooManyRemoved:
                return Problem.Conflict(
                    "too-many-removed", $"More than {Product.MaxRemoved} variants of {product} were removed.");
            case ProductStatus.NotValid or ProductStatus.UnknownProduct:
                throw new System.Diagnostics.UnreachableException($"{product} was checked: {reply.Status}.");
        }

        var isNew = reply is { Status: ProductStatus.Done, Revision: 1 };
        if (!reply.IsSettled) reply = await Deadline.Or(http.Wait(), reply, written.Settled);
        var answer = await Body(seat, product, reply, http.RequestAborted);
        var location = $"/v1/products/{product}";
        return !reply.IsSettled ? Answer.Accepted(answer, ApiJson.Wire.OptionProductBody, location)
            : isNew ? Answer.Created(answer, ApiJson.Wire.OptionProductBody, location, reply.Revision)
            : Answer.Ok(answer, ApiJson.Wire.OptionProductBody, reply.Revision);
    }

    static async Task<IResult> Get(HttpContext http, Backend backend, string product)
    {
        Requests.PathId("product", product);
        var seat = http.Seat(backend);
        var reply = await seat.Product(product).Get(http.RequestAborted);
        return reply.Terms is null
            ? Problem.NotFound("unknown-product", $"There is no product {product}.")
            : Answer.Ok(
                await Body(seat, product, reply, http.RequestAborted), ApiJson.Wire.OptionProductBody, reply.Revision);
    }

    static IResult List(HttpContext http, Backend backend, string? cursor, string? limit)
    {
        var page = backend.Views.Products.List(http.Seller(), Paging.Id(cursor), Requests.Limit(limit));
        return Answer.Ok(
            new([.. page.Items.Select(r => Listed(r.Id, r.Product))], page.Next), ApiJson.Wire.ProductPage);
    }

    static ProductListBody Listed(string id, Product p) => new(
        id, p.Terms!.Title, Options(p.Terms), p.Terms.Variants.Length, p.Variants.Count(v => StateOf(v) == "pending"),
        p.Variants.Count(v => v.State == VariantState.Failed), p.Variants.Count(v => StateOf(v) == "discontinued"),
        p.Revision);

    static async Task<OptionProductBody> Body(Seat seat, string product, ProductReply reply, CancellationToken cancel)
    {
        var (terms, shared) = (reply.Terms!, reply.Terms!.Shared);
        List<VariantBody> variants = [];
        foreach (var some in reply.Variants.Chunk(AskedAtOnce))
        {
            var stock = await LiveStock.Of(seat, some.Select(v => v.Sku), cancel);
            variants.AddRange(some.Select(v => Body(v, stock[v.Sku])));
        }

        return new(
            product, terms.Title, terms.Description, Options(terms), terms.Pattern, shared.Backorder,
            OrderBodies.Body(shared.Price),
            shared.Attributes.IsDefaultOrEmpty ? null : shared.Attributes.ToDictionary(a => a.Name, a => a.Value),
            shared.Images.IsDefault ? null : shared.Images, SkuCards.Body(shared.Product),
            shared.Lifecycle is { } stage ? Words<SkuLifecycle>.Of(stage) : null,
            shared.AttributeSet is { } set ? new(set.Set, set.Version) : null, reply.IsSettled,
            reply.Variants.Count(v => v.State == VariantState.Failed), variants, reply.Revision);
    }

    static VariantBody Body(Variant v, StockReply stock) => new(
        v.Sku, v.Options.ToDictionary(o => o.Name, o => o.Value), StateOf(v), v.Fault is { } fault
            ? new(Words<VariantFault>.Of(fault), Explain(v, fault), v.Gtin, v.Owner) : null,
        stock.Card?.Title, stock.Card is { } card ? SkuCards.Lifecycle(card) : null,
        PackBodies.Body(stock.Card?.Packs ?? default), stock.OnHand, LiveStock.Free(stock));

    static string StateOf(Variant v) => v.State switch
    {
        VariantState.Pending or VariantState.Asked => "pending",
        VariantState.Ready => v.Removed ? "discontinued" : "ready",
        VariantState.Failed => "failed",
    };

    static string Explain(Variant v, VariantFault fault) => fault switch
    {
        VariantFault.GtinTaken => $"{v.Gtin} is the GTIN of {v.Owner}.",
        VariantFault.OtherProduct => $"{v.Sku} is a variant of {v.Owner}.",
        VariantFault.NotValid => $"The card of {v.Sku} would say what cannot be.",
        VariantFault.PastDraft => $"{v.Sku} was sold, or is no more: it is no draft again.",
        VariantFault.HasStock => $"{v.Sku} has stock or orders, and a kit has none of its own.",
        VariantFault.HasUnnamedStock => $"There are units of {v.Sku} of which the lot or serial is not known.",
    };

    static List<OptionBody> Options(ProductTerms terms) =>
        [.. terms.Options.Select(o => new OptionBody(o.Name, o.Values))];
}
