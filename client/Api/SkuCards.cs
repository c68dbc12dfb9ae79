using System.Collections.Immutable;
using Fulfillment.Inventory;

namespace Fulfillment.Client.Api;

/// <summary>Cards of SKUs as requests and answers have them.</summary>
static class SkuCards
{
    const int MaxImages = 50, MaxHandling = 20, MaxGrams = 100_000_000, MaxMm = 100_000;

    /// <summary>The card of a request. Throws every field that is wrong.</summary>
    public static SkuCard Read(string sku, SkuRequest request, DateTimeOffset now)
    {
        Fields fields = new();
        var card = Read(fields, sku, request, now);
        fields.Check();
        return card;
    }

    /// <summary>The card of a request; what is wrong is added to the fields.</summary>
    public static SkuCard Read(Fields fields, string sku, SkuRequest request, DateTimeOffset now)
    {
        if (request.Attributes?.Count > SkuCard.MaxAttributes)
            fields.Add("/attributes", "too-many", $"at most {SkuCard.MaxAttributes}");
        if (request.Images?.Count > MaxImages) fields.Add("/images", "too-many", $"at most {MaxImages}");
        var attributes = (request.Attributes ?? []).OrderBy(a => a.Key, StringComparer.Ordinal)
            .Select(a => new SkuAttribute(
                fields.Text(At(a.Key), a.Key, 100), fields.Text(At(a.Key), a.Value, 2_000))).ToImmutableArray();
        var images = (request.Images ?? []).Select((url, i) => fields.Text($"/images/{i}", url, 2_000))
            .ToImmutableArray();
        for (var i = 0; i < images.Length; i++)
            if (images[i].Length > 0 && !images[i].StartsWith(FilesApi.Prefix, StringComparison.Ordinal)
                && !Uri.TryCreate(images[i], UriKind.Absolute, out _))
                fields.Add($"/images/{i}", "bad-url", "must be an absolute URL");
        return new(
            fields.Text("/title", request.Title, SkuCard.MaxTitle),
            fields.OptionalText("/description", request.Description, 20_000),
            request.Backorder ?? false, fields.Money("/price", request.Price), attributes, images,
            Product(fields, request, now), Kit(fields, sku, request.Kit), Substitutes(fields, sku, request.Substitutes),
            Cap(fields, request.BackorderCap), fields.Word<FillPolicy>("/fill", request.Fill, FillPolicy.Fifo),
            request.SupplyOnly ?? false, PackBodies.Read(fields, request.Packs),
            fields.Word<SkuLifecycle>("/lifecycle", request.Lifecycle, SkuLifecycle.Active),
            Tracking(fields, request));

        static string At(string attribute) => $"/attributes/{JsonText.Escape(attribute)}";
    }

    static long? Cap(Fields fields, long? cap)
    {
        if (cap is < 0 or > Sku.MaxBackordered)
            fields.Add("/backorderCap", "out-of-range", $"must be a whole number from 0 to {Sku.MaxBackordered}");
        return cap;
    }

    static Tracking? Tracking(Fields fields, SkuRequest request)
    {
        if (request.Tracking is not { } t) return null;
        Tracking tracking = new(
            t.Lots ?? false, t.Serials ?? false, t.Expiry ?? false,
            fields.Number("/tracking/daysLeft", t.DaysLeft ?? 0, 0, Inventory.Tracking.MaxDays),
            fields.Number("/tracking/alertDays", t.AlertDays ?? 0, 0, Inventory.Tracking.MaxDays));
        if (tracking is { Expiry: true, Lots: false })
            fields.Add("/tracking/expiry", "needs-lots", "is a lot's: lots must be tracked too");
        if (request.Kit is { Count: > 0 })
            fields.Add("/tracking", "is-kit", "a kit has no units of its own: track its components");
        return tracking == new Tracking() ? null : tracking;
    }

    static ProductFacts? Product(Fields fields, SkuRequest request, DateTimeOffset now)
    {
        if (request.Product is not { } p) return null;
        var value = fields.Money("/product/value", p.Value);
        if (value is { } worth && request.Price?.Currency is { } currency && worth.Currency != currency)
            fields.Add("/product/value/currency", "mixed-currencies", $"must be {currency}, as the price");
        if (p.Handling?.Count > MaxHandling) fields.Add("/product/handling", "too-many", $"at most {MaxHandling}");
        ImmutableArray<string> handling = p.Handling is { Count: > 0 } classes
            ? [.. classes.Select((c, i) => fields.Id($"/product/handling/{i}", c))] : default;
        if (!handling.IsDefault && handling.Distinct().Count() < handling.Length)
            fields.Add("/product/handling", "duplicate", "names a class twice");
        if (p is { Grams: > 0, NetGrams: { } net } && net > p.Grams)
            fields.Add("/product/netGrams", "out-of-range", "must be at most grams: packing weighs something");
        return new(
            Number("grams", p.Grams, MaxGrams), Number("lengthMm", p.LengthMm, MaxMm),
            Number("widthMm", p.WidthMm, MaxMm), Number("heightMm", p.HeightMm, MaxMm), handling,
            fields.TimeAhead("/product/availableFrom", p.AvailableFrom, now), value?.AmountMinor ?? 0, value?.Currency,
            HsCode(fields, "/product/hsCode", p.HsCode), fields.Country("/product/origin", p.Origin, required: false),
            Number("netGrams", p.NetGrams, MaxGrams), CustomsDescription(fields, p.CustomsDescription));

        int Number(string name, long? given, int most) =>
            given is null ? 0 : fields.Number($"/product/{name}", given, 0, most);
    }

    /// <summary>An HS code, of six to ten digits.</summary>
    public static string? HsCode(Fields fields, string at, string? code)
    {
        if (code is not null && (code.Length is < ProductFacts.FewestInHsCode or > ProductFacts.MostInHsCode
            || !code.All(char.IsAsciiDigit)))
            fields.Add(at, "bad-hs-code", "must be 6 to 10 digits, without dots, such as 61091000");
        return code;
    }

    static string? CustomsDescription(Fields fields, string? text) => text is null ? null
        : fields.Text("/product/customsDescription", text, ProductFacts.MaxCustomsDescription);

    static ImmutableArray<KitPart> Kit(Fields fields, string sku, IReadOnlyList<KitPartRequest?>? parts)
    {
        if (parts is null or { Count: 0 }) return default;
        if (parts.Count > SkuCard.MaxKitParts)
            fields.Add("/kit", "too-many", $"at most {SkuCard.MaxKitParts} components");
        List<KitPart> read = [];
        for (var i = 0; i < Math.Min(parts.Count, SkuCard.MaxKitParts); i++)
        {
            if (parts[i] is not { } part)
            {
                fields.Add($"/kit/{i}", "wrong-type", "must be an object");
                continue;
            }

            var id = fields.Id($"/kit/{i}/sku", part.Sku);
            if (id == sku) fields.Add($"/kit/{i}/sku", "self-reference", "is the kit itself");
            if (read.Any(p => p.Sku == id)) fields.Add($"/kit/{i}/sku", "duplicate", "is a component already");
            read.Add(new(id, fields.Number($"/kit/{i}/units", part.Units, 1, int.MaxValue)));
        }

        return [.. read];
    }

    static ImmutableArray<string> Substitutes(Fields fields, string sku, IReadOnlyList<string?>? substitutes)
    {
        if (substitutes is null or { Count: 0 }) return default;
        if (substitutes.Count > SkuCard.MaxSubstitutes)
            fields.Add("/substitutes", "too-many", $"at most {SkuCard.MaxSubstitutes}");
        List<string> read = [];
        for (var i = 0; i < Math.Min(substitutes.Count, SkuCard.MaxSubstitutes); i++)
        {
            var id = fields.Id($"/substitutes/{i}", substitutes[i]);
            if (id == sku) fields.Add($"/substitutes/{i}", "self-reference", "is the SKU itself");
            if (read.Contains(id)) fields.Add($"/substitutes/{i}", "duplicate", "is named before");
            read.Add(id);
        }

        return [.. read];
    }

    /// <summary>The SKU and its stock.</summary>
    public static SkuBody Body(string sku, StockReply s) => Body(sku, s.Card!) with
    {
        OnHand = s.OnHand,
        Reserved = s.Held,
        Committed = s.Committed,
        Available = s.Available,
        Backordered = s.Backordered,
        Unavailable = s.Unavailable.IsEmpty ? null
            : s.Unavailable.ToDictionary(u => Words<StockState>.Of(u.Key), u => u.Value),
        Nodes = Nodes(s),
        Revision = s.Revision,
    };

    /// <summary>What the catalogue says of it, and no stock.</summary>
    public static SkuBody Body(string sku, SkuCard c) => new(
        sku, c.Title, c.Description, c.Backorder, OrderBodies.Body(c.Price),
        c.Attributes.IsEmpty ? null : c.Attributes.ToDictionary(a => a.Name, a => a.Value), c.Images, 0, 0, 0, 0, null,
        null, null, null, Body(c.Product), c.IsKit ? [.. c.Kit.Select(p => new KitPartBody(p.Sku, p.Units))] : null,
        c.Substitutes.IsDefaultOrEmpty ? null : c.Substitutes, c.BackorderCap,
        c.Fill == FillPolicy.Fifo ? null : Words<FillPolicy>.Of(c.Fill), c.SupplyOnly ? true : null,
        PackBodies.Body(c.Packs), Lifecycle(c), c.Tracking is not { } t ? null : new(
            t.Lots ? true : null, t.Serials ? true : null, t.Expiry ? true : null, Told(t.DaysLeft),
            Told(t.AlertDays)),
        c.Variant is not { } v ? null : new(v.Product, v.Options.ToDictionary(o => o.Name, o => o.Value)),
        c.AttributeSet is not { } set ? null : new(set.Set, set.Version));

    /// <summary>Where it stands; null while it is sold.</summary>
    public static string? Lifecycle(SkuCard c) =>
        c.Lifecycle == SkuLifecycle.Active ? null : Words<SkuLifecycle>.Of(c.Lifecycle);

    /// <summary>The facts of the product; null for none.</summary>
    public static ProductBody? Body(ProductFacts? p) => p is null ? null : new(
        Told(p.Grams), Told(p.LengthMm), Told(p.WidthMm), Told(p.HeightMm),
        p.Handling.IsDefaultOrEmpty ? null : p.Handling, p.AvailableFrom,
        p.Currency is null ? null : new(p.ValueMinor, p.Currency), p.HsCode, p.Origin, Told(p.NetGrams),
        p.CustomsDescription);

    static int? Told(int number) => number == 0 ? null : number;

    /// <summary>Stock by node.</summary>
    public static List<NodeStockBody> Nodes(StockReply s) =>
        [.. s.Nodes.Select(n => new NodeStockBody(n.Node, n.OnHand, n.Sellable, n.Committed))];
}
