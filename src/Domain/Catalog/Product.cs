using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Fulfillment.Inventory;

namespace Fulfillment.Catalog;

/// <summary>
/// A product with options, such as colours and sizes, and a SKU for each of their combinations. It tells each SKU what
/// is on its card: claims the GTINs that it names, then sets the card, a few SKUs at a time. It never takes a SKU away:
/// what it has no more is sold no more.
/// </summary>
/// <param name="Terms">As it was written last; null until somebody writes it.</param>
/// <param name="Revision">Changes so far; the step of the variants that follow the last.</param>
/// <param name="Version">Events so far.</param>
/// <param name="Variants">In the order told, then those that were removed.</param>
public sealed record Product(ProductTerms? Terms, int Revision, long Version, ImmutableArray<Variant> Variants)
    : IEntity<Product, ProductCommand, ProductEvent>
{
    /// <summary>The most options.</summary>
    public const int MaxOptions = 3;

    /// <summary>The most values of an option.</summary>
    public const int MaxValues = 200;

    /// <summary>The most variants, and the most combinations.</summary>
    public const int MaxVariants = 1_000;

    /// <summary>The most variants that it remembers of those it has no more.</summary>
    public const int MaxRemoved = 2_000;

    /// <summary>How many variants are asked at a time.</summary>
    public const int MaxAsked = 20;

    /// <summary>How long a SKU may take a change: nothing is heard later than it was answered.</summary>
    public static readonly TimeSpan TakenWithin = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public static Product Initial { get; } = new(null, 0, 0, []);

    /// <inheritdoc/>
    public static Decision<ProductEvent> Decide(Product product, ProductCommand command, Turn turn) => command switch
    {
        ProductCommand.Write c => Write(product, c),
        ProductCommand.NoteClaim c => NoteClaim(product, c),
        ProductCommand.NoteAmended c => NoteAmended(product, c, turn),
        ProductCommand.Get => new(product.Reply(Found(product))),
        ProductCommand.GetSettled =>
            product.Reply(Found(product)) is { IsSettled: true } settled ? new(settled) : new(null),
        _ => throw new UnreachableException(),
    };

    static ProductStatus Found(Product product) =>
        product.Terms is null ? ProductStatus.UnknownProduct : ProductStatus.Done;

    static Decision<ProductEvent> Write(Product product, ProductCommand.Write c)
    {
        if (c.IfRevision is { } wanted && wanted != product.Revision) return new(product.Reply(ProductStatus.Stale));
        if (!c.Terms.IsValid) return new(product.Reply(ProductStatus.NotValid));
        if (product.Terms is { } known && ContentOf(known) == ContentOf(c.Terms))
        {
            return product.Variants.All(v => v.State != VariantState.Failed)
                ? new(product.Reply(ProductStatus.AlreadyDone)) : product.Accept(new ProductEvent.ProductRetried());
        }

        var kept = c.Terms.Variants.Select(v => v.Sku).ToHashSet();
        if (product.Variants.Count(v => !kept.Contains(v.Sku)) > MaxRemoved)
            return new(product.Reply(ProductStatus.TooManyRemoved));

        return product.Accept(new ProductEvent.ProductWritten(c.Terms));
    }

    static Decision<ProductEvent> NoteClaim(Product product, ProductCommand.NoteClaim c)
    {
        if (product.Find(c.Sku) is not { State: VariantState.Asked } variant || variant.NextGtin != c.Gtin)
            return new(Done.It);

        return new(Done.It, c.Status == ClaimGtinStatus.Taken
            ? new ProductEvent.VariantAnswered(c.Sku, variant.Step, VariantFault.GtinTaken, c.Gtin, c.Owner)
            : new ProductEvent.VariantGtinClaimed(c.Sku, c.Gtin, c.Until!.Value));
    }

    static Decision<ProductEvent> NoteAmended(Product product, ProductCommand.NoteAmended c, Turn turn)
    {
        if (product.Find(c.Sku) is not { State: VariantState.Asked } variant || variant.Step != c.Step)
            return new(Done.It);
        if (c.Status == DefineStatus.TooLate) return new(Done.It, new ProductEvent.VariantDelayed(c.Sku));
        // What was told before it was removed may still be on its way, as long as it is good; it is looked at then.
        if (variant is { Removed: true, Doubted: false } && c.Status == DefineStatus.NotValid)
            return new(Done.It, new ProductEvent.VariantDelayed(c.Sku, turn.Now + 2 * TakenWithin));

        return new(Done.It, new ProductEvent.VariantAnswered(c.Sku, c.Step, FaultOf(c.Status), null, c.Owner));
    }

    static VariantFault? FaultOf(DefineStatus status) => status switch
    {
        DefineStatus.Unchanged or DefineStatus.Created or DefineStatus.Changed => null,
        DefineStatus.OtherProduct => VariantFault.OtherProduct,
        DefineStatus.PastDraft => VariantFault.PastDraft,
        DefineStatus.HasStock => VariantFault.HasStock,
        DefineStatus.HasUnnamedStock => VariantFault.HasUnnamedStock,
        DefineStatus.NotValid or DefineStatus.Stale => VariantFault.NotValid,
        DefineStatus.TooLate => throw new UnreachableException(),
    };

    Decision<ProductEvent> Accept(ProductEvent happened) =>
        new(Evolve(this, happened).Reply(ProductStatus.Done), happened);

    ProductReply Reply(ProductStatus status) => new(status, Revision, Terms, Variants);

    Variant? Find(string sku)
    {
        foreach (var variant in Variants)
            if (variant.Sku == sku) return variant;
        return null;
    }

    /// <inheritdoc/>
    public static Product Evolve(Product before, ProductEvent happened)
    {
        var product = before with { Version = before.Version + 1 };
        return happened switch
        {
            ProductEvent.ProductWritten e => product.Rewritten(e.Terms).Ask(),
            ProductEvent.ProductRetried => (product with
            {
                Revision = product.Revision + 1,
                Variants =
                [
                    .. product.Variants.Select(v => v.State != VariantState.Failed ? v : v with
                    {
                        State = VariantState.Pending,
                        Step = product.Revision + 1,
                        Fault = null,
                        Gtin = null,
                        Owner = null,
                    }),
                ],
            }).Ask(),
            ProductEvent.VariantGtinClaimed e => product.With(e.Sku, v => v with
            {
                Claimed = v.Claimed + 1,
                Until = v.Until < e.Until ? v.Until : e.Until,
                Asked = product.Version,
            }),
            ProductEvent.VariantDelayed e => product.With(e.Sku, v => v with
            {
                Claimed = 0,
                Until = null,
                Asked = product.Version,
                Doubted = v.Doubted || e.Until is not null,
            }),
            ProductEvent.VariantAnswered e => product.Answered(e).Ask(),
            _ => throw new UnreachableException(),
        };
    }

    Product Rewritten(ProductTerms terms)
    {
        var step = Revision + 1;
        var known = Variants.ToDictionary(v => v.Sku);
        List<Variant> all = [];
        foreach (var told in terms.Variants)
        {
            known.Remove(told.Sku, out var before);
            Variant wanted = new(
                told.Sku, [.. terms.Options.Zip(told.Values, (o, value) => new SkuAttribute(o.Name, value))],
                terms.FieldsOf(told), step, VariantState.Pending,
                Written: before is { Written: true } or { State: VariantState.Asked },
                Revived: before is { Removed: true } or { Revived: true });
            all.Add(before is { State: VariantState.Ready, Removed: false } && ContentOf(before) == ContentOf(wanted)
                ? before : wanted);
        }

        foreach (var gone in Variants.Where(v => known.ContainsKey(v.Sku)))
        {
            // Its SKU was never told, or has gone its own way.
            if (!gone.Written && gone.State is VariantState.Pending or VariantState.Failed) continue;
            all.Add(gone is { Removed: true, State: VariantState.Ready } ? gone : new(
                gone.Sku, gone.Options, new(Lifecycle: SkuLifecycle.Discontinued), step, VariantState.Pending,
                Removed: true, Written: true));
        }

        return this with { Terms = terms, Revision = step, Variants = [.. all] };
    }

    Product Answered(ProductEvent.VariantAnswered e)
    {
        // Of a SKU that nobody defined, or that is another's, there is nothing to be sold no more.
        if (e.Fault is VariantFault.NotValid or VariantFault.OtherProduct && Find(e.Sku)!.Removed)
            return this with { Variants = Variants.RemoveAll(v => v.Sku == e.Sku) };
        return With(e.Sku, v => v with
        {
            State = e.Fault is null ? VariantState.Ready : VariantState.Failed,
            Written = v.Written || e.Fault is null,
            Revived = v.Revived && e.Fault is not null,
            Claimed = 0,
            Until = null,
            Fault = e.Fault,
            Gtin = e.Gtin,
            Owner = e.Owner,
        });
    }

    /// <summary>The next that wait are asked, as many as may be at a time.</summary>
    Product Ask()
    {
        var free = MaxAsked - Variants.Count(v => v.State == VariantState.Asked);
        var variants = Variants;
        for (var i = 0; i < variants.Length && free > 0; i++)
        {
            if (variants[i].State != VariantState.Pending) continue;
            variants = variants.SetItem(i, variants[i] with { State = VariantState.Asked, Asked = Version });
            free--;
        }

        return this with { Variants = variants };
    }

    Product With(string sku, Func<Variant, Variant> change)
    {
        var at = Variants.IndexOf(Find(sku)!, 0, ReferenceEqualityComparer.Instance);
        return this with { Variants = Variants.SetItem(at, change(Variants[at])) };
    }

    /// <inheritdoc/>
    public static Send[] React(Product product, ProductEvent happened, Turn turn) =>
        [.. product.Variants.Where(v => v.State == VariantState.Asked && v.Asked == product.Version)
            .Select(v => Tell(v, turn, (happened as ProductEvent.VariantDelayed)?.Until))];

    static Send Tell(Variant variant, Turn turn, DateTimeOffset? due)
    {
        if (variant.NextGtin is { } gtin)
            return new(turn.Self.Sibling(CatalogCalls.Kind, gtin), new TradeItemCommand.Claim(variant.Sku));
        var fields = variant is { Revived: true, Fields.Lifecycle: null }
            ? variant.Fields with { Lifecycle = SkuLifecycle.Active } : variant.Fields;
        return new(
            turn.Self.Sibling(InventoryCalls.Kind, variant.Sku),
            new SkuCommand.Amend(
                fields, new(turn.Self.Name, variant.Step, variant.Options),
                variant.Until ?? (due ?? turn.Now) + TakenWithin),
            due);
    }

    /// <inheritdoc/>
    public static ProductCommand? OnReply(Send asked, object reply) => (asked.Command, reply) switch
    {
        (TradeItemCommand.Claim c, ClaimGtinReply r) =>
            new ProductCommand.NoteClaim(c.Sku, asked.To.Name, r.Status, r.Sku, r.Until),
        (SkuCommand.Amend c, DefineReply r) =>
            new ProductCommand.NoteAmended(asked.To.Name, c.Variant.Step, r.Status, r.Product),
        _ => null,
    };

    /// <inheritdoc/>
    public static string? Check(Product product, ProductEvent? last)
    {
        if (product.Variants.DistinctBy(v => v.Sku).Count() < product.Variants.Length) return "a SKU is there twice";
        var asked = product.Variants.Count(v => v.State == VariantState.Asked);
        if (asked > MaxAsked) return $"{asked} variants are asked at a time";
        return asked < MaxAsked && product.Variants.Any(v => v.State == VariantState.Pending)
            ? "a variant waits, and nobody is in its way" : null;
    }

    static long ContentOf(ProductTerms terms) =>
        Fingerprint.Of(JsonSerializer.Serialize(terms, ProductJson.Default.ProductTerms));

    static long ContentOf(Variant variant) => Fingerprint.Of(JsonSerializer.Serialize(
        variant with { Step = 0, State = default, Written = false, Revived = false, Asked = 0 },
        ProductJson.Default.Variant));
}
