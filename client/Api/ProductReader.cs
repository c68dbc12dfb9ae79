using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Fulfillment.Catalog;
using Fulfillment.Inventory;
using Fulfillment.Payments;

namespace Fulfillment.Client.Api;

/// <summary>Products as requests have them: the combinations of their options, and what each says.</summary>
static class ProductReader
{
    const int MostInName = 100, MostTold = 4_000_000;

    /// <summary>The product of a request. Throws every field that is wrong.</summary>
    public static ProductTerms Read(string product, OptionProductRequest request, DateTimeOffset now)
    {
        Fields fields = new();
        var title = fields.Text("/title", request.Title, 400);
        var options = Options(fields, request.Options);
        if (request.SkuPattern is { Length: > SkuPattern.MostCharacters })
            fields.Add("/skuPattern", "too-long", $"must have at most {SkuPattern.MostCharacters} characters");
        var shared = Told(fields, "", new(
            null, null, request.Backorder, request.Price, request.Attributes, request.Images, request.Facts, null, null,
            null, null, null, null, request.Lifecycle), now);
        var description = fields.OptionalText("/description", request.Description, 20_000);
        fields.Check();
        if (options.Aggregate(1L, (all, o) => all * o.Values.Length) > Product.MaxVariants)
            fields.Add("/options", "too-many", $"have more than {Product.MaxVariants} combinations");
        var told = Variants(fields, options, request.Variants);
        fields.Check();
        var variants = Combined(fields, product, options, request, told, now);
        fields.Check();
        ProductTerms terms = new(title, description, options, shared, variants, request.SkuPattern);
        CheckSize(fields, terms);
        return terms;
    }

    /// <summary>What each variant gets is a card of its own, and all of them together have an end.</summary>
    static void CheckSize(Fields fields, ProductTerms terms)
    {
        long all = 0;
        foreach (var variant in terms.Variants)
        {
            var told = terms.FieldsOf(variant);
            if (told.Title?.Length > SkuCard.MaxTitle)
                fields.Add("/title", "too-long", $"with its values {variant.Sku} has more than {SkuCard.MaxTitle}");
            all += (told.Description?.Length ?? 0)
                + (told.Attributes.IsDefault ? 0 : told.Attributes.Sum(a => a.Name.Length + a.Value.Length))
                + (told.Images.IsDefault ? 0 : told.Images.Sum(i => i.Length));
        }

        if (all > MostTold)
            fields.Add("/options", "too-large", $"tell their SKUs {all} characters in all; at most {MostTold}");
        fields.Check();
    }

    /// <summary>
    /// The product with the attribute set that the request names. Throws each attribute of a variant that does not meet
    /// it; options count as attributes.
    /// </summary>
    public static async ValueTask<ProductTerms> Judge(
        Seat seat, ProductTerms terms, OptionProductRequest request, CancellationToken cancel)
    {
        Fields fields = new();
        if (await AttributeSets.Find(fields, seat, request.AttributeSet, cancel) is var (named, set))
        {
            Dictionary<string, Regex> patterns = [];
            foreach (var variant in terms.Variants)
            {
                var options = terms.Options.Zip(variant.Values, (o, v) => new SkuAttribute(o.Name, v));
                var flaws = AttributeCheck.Flaws(set, AttributeSets.Of(terms.FieldsOf(variant), options), patterns);
                foreach (var e in AttributeSets.Errors(flaws))
                    fields.Add(e.Field, e.Code, $"{e.Detail}; so {variant.Sku} does not meet it");
            }

            terms = terms with { Shared = terms.Shared with { AttributeSet = named } };
        }

        fields.Check();
        return terms;
    }

    /// <summary>Throws images that should be stored files and are not.</summary>
    public static async ValueTask CheckImages(
        Backend backend, Seat seat, ProductTerms terms, CancellationToken cancel)
    {
        ImmutableArray<string> all =
        [
            .. new[] { terms.Shared }.Concat(terms.Variants.Select(v => v.Own))
                .SelectMany(f => f.Images.IsDefault ? [] : f.Images).Distinct(),
        ];
        await FilesApi.CheckImages(seat.Seller, backend, "/images", all, cancel);
    }

    static ImmutableArray<ProductOption> Options(Fields fields, IReadOnlyList<OptionRequest?>? options)
    {
        if (options?.Count > Product.MaxOptions) fields.Add("/options", "too-many", $"at most {Product.MaxOptions}");
        List<ProductOption> read = [];
        for (var i = 0; i < Math.Min(options?.Count ?? 0, Product.MaxOptions); i++)
        {
            if (options![i] is not { } option)
            {
                fields.Add($"/options/{i}", "wrong-type", "must be an object");
                continue;
            }

            var name = OneLine(fields, $"/options/{i}/name", option.Name);
            if (read.Any(o => o.Name == name)) fields.Add($"/options/{i}/name", "duplicate", "is an option already");
            if (option.Values is null or { Count: 0 })
                fields.Add($"/options/{i}/values", "required", "is missing or empty");
            if (option.Values?.Count > Product.MaxValues)
                fields.Add($"/options/{i}/values", "too-many", $"at most {Product.MaxValues}");
            ImmutableArray<string> values =
            [
                .. (option.Values ?? []).Take(Product.MaxValues)
                    .Select((v, at) => OneLine(fields, $"/options/{i}/values/{at}", v)),
            ];
            if (values.Distinct().Count() < values.Length)
                fields.Add($"/options/{i}/values", "duplicate", "names a value twice");
            read.Add(new(name, values));
        }

        return [.. read];
    }

    /// <summary>A name; combinations are known by their values, a line for each.</summary>
    static string OneLine(Fields fields, string field, string? value)
    {
        var text = fields.Text(field, value, MostInName);
        if (text.Contains('\n', StringComparison.Ordinal)) fields.Add(field, "line-break", "must be one line");
        return text;
    }

    /// <summary>The combinations that the request tells of, and where.</summary>
    static Dictionary<string, (int At, VariantRequest Told)> Variants(
        Fields fields, ImmutableArray<ProductOption> options, IReadOnlyList<VariantRequest?>? variants)
    {
        Dictionary<string, (int, VariantRequest)> told = [];
        if (variants?.Count > Product.MaxVariants)
            fields.Add("/variants", "too-many", $"at most {Product.MaxVariants}");
        for (var i = 0; i < Math.Min(variants?.Count ?? 0, Product.MaxVariants); i++)
        {
            if (variants![i] is not { } variant)
            {
                fields.Add($"/variants/{i}", "wrong-type", "must be an object");
                continue;
            }

            foreach (var name in variant.Values?.Keys.Where(n => options.All(o => o.Name != n)) ?? [])
                fields.Add($"/variants/{i}/values/{JsonText.Escape(name)}", "unknown-option", "is no option");
            List<string> values = [];
            foreach (var option in options)
            {
                var at = $"/variants/{i}/values/{JsonText.Escape(option.Name)}";
                if (variant.Values?.GetValueOrDefault(option.Name) is not { } value)
                    fields.Add(at, "required", "is missing");
                else if (!option.Values.Contains(value))
                    fields.Add(at, "unknown-value", $"is none of {option.Name}: {Some(option.Values)}");
                else values.Add(value);
            }

            if (values.Count == options.Length && !told.TryAdd(KeyOf(values), (i, variant)))
                fields.Add($"/variants/{i}/values", "duplicate", "are those of another variant");
        }

        return told;
    }

    /// <summary>Every combination that there is to be, the last option changing first.</summary>
    static ImmutableArray<VariantTerms> Combined(
        Fields fields, string product, ImmutableArray<ProductOption> options, OptionProductRequest request,
        Dictionary<string, (int At, VariantRequest Told)> told, DateTimeOffset now)
    {
        IEnumerable<ImmutableArray<string>> combinations = [[]];
        foreach (var option in options)
            combinations = combinations.SelectMany(c => option.Values.Select(c.Add));
        List<VariantTerms> variants = [];
        Dictionary<string, string> named = [];
        foreach (var values in combinations)
        {
            var own = told.TryGetValue(KeyOf(values), out var said) ? said.Told : null;
            if (own?.Exclude == true) continue;
            var at = own is null ? null : $"/variants/{said.At}";
            var sku = own?.Sku is { } given ? fields.Id($"{at}/sku", given)
                : Named(fields, product, options, request.SkuPattern, values);
            var which = values.IsEmpty ? product : string.Join(" / ", values);
            if (!named.TryAdd(sku, which) && sku != "")
                fields.Add(
                    own?.Sku is null ? "/skuPattern" : $"{at}/sku", "duplicate-sku",
                    $"{sku} would be the SKU of {named[sku]} and of {which}");
            variants.Add(new(sku, values, own is null ? new() : Told(fields, at!, new(
                own.Title, own.Description, own.Backorder, own.Price, own.Attributes, own.Images, own.Facts, null, null,
                null, null, null, own.Packs, own.Lifecycle), now)));
        }

        if (variants.Count == 0) fields.Add("/variants", "no-variants", "exclude every combination");
        return [.. variants];
    }

    static string Named(
        Fields fields, string product, ImmutableArray<ProductOption> options, string? pattern,
        ImmutableArray<string> values)
    {
        var sku = SkuPattern.Apply(pattern ?? SkuPattern.Usual(options.Length), product, options, values);
        if (Fields.IsId(sku) && !CardNumbers.IsCard(sku)) return sku!;
        // One such combination tells enough.
        if (fields.Errors.All(e => e.Code != "no-sku"))
            fields.Add(
                "/skuPattern", "no-sku", $"gives no SKU for {string.Join(" / ", values)}: tell it among the variants");
        return "";
    }

    /// <summary>What is told of a card's fields, checked as a card is.</summary>
    static CardFields Told(Fields fields, string at, SkuRequest told, DateTimeOffset now)
    {
        Fields own = new();
        var card = SkuCards.Read(own, "", told with { Title = told.Title ?? "-" }, now);
        foreach (var error in own.Errors) fields.Add($"{at}{Renamed(error.Field)}", error.Code, error.Detail);
        return new(
            told.Title, told.Description, told.Backorder, card.Price,
            told.Attributes is null ? default : card.Attributes, told.Images is null ? default : card.Images,
            card.Product, card.Packs, told.Lifecycle is null ? null : card.Lifecycle);
    }

    /// <summary>Here a product is something else than on the card of a SKU.</summary>
    static string Renamed(string field) =>
        field.StartsWith("/product", StringComparison.Ordinal) ? $"/facts{field["/product".Length..]}" : field;

    static string KeyOf(IEnumerable<string> values) => string.Join('\n', values);

    static string Some(ImmutableArray<string> values) =>
        string.Join(", ", values.Take(10)) + (values.Length > 10 ? " ..." : "");
}
