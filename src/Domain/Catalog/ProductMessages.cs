using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Fulfillment.Inventory;

namespace Fulfillment.Catalog;

/// <summary>What buyers choose by, such as a colour, and its values in the order to show them.</summary>
public sealed record ProductOption(string Name, ImmutableArray<string> Values);

/// <summary>
/// The SKU of one combination: a value of each option, in the options' order. <c>Own</c>: what it says itself; for the
/// rest it says what the product does.
/// </summary>
public sealed record VariantTerms(string Sku, ImmutableArray<string> Values, CardFields Own);

/// <summary>
/// A product as its seller writes it. <c>Shared</c>: what its variants have in common, the title aside. <c>Pattern</c>:
/// how SKUs were named that nobody named; null when all were.
/// </summary>
public sealed record ProductTerms(
    string Title, string? Description, ImmutableArray<ProductOption> Options, CardFields Shared,
    ImmutableArray<VariantTerms> Variants, string? Pattern = null)
{
    /// <summary>
    /// Whether it can be: few enough options, each with values, no name or value twice; few enough variants, each of
    /// another combination and SKU; and no GTIN for all of them.
    /// </summary>
    [JsonIgnore]
    public bool IsValid => Title.Length > 0 && Options.Length <= Product.MaxOptions
        && Options.DistinctBy(o => o.Name).Count() == Options.Length
        && Options.All(o => o.Name.Length > 0 && o.Values.Length is > 0 and <= Product.MaxValues
            && o.Values.Distinct().Count() == o.Values.Length)
        && Variants.Length <= Product.MaxVariants && Variants.DistinctBy(v => v.Sku).Count() == Variants.Length
        && Variants.DistinctBy(v => string.Join('\n', v.Values)).Count() == Variants.Length
        && Variants.All(v => v.Values.Length == Options.Length
            && v.Values.Zip(Options).All(p => p.Second.Values.Contains(p.First)))
        && !Packs.Gtins(Shared.Packs).Any();

    /// <summary>
    /// All that is told of a variant: what it says itself, else the product; its values end its title.
    /// </summary>
    public CardFields FieldsOf(VariantTerms variant) => variant.Own.Over(Shared with
    {
        Title = variant.Values.IsEmpty ? Title : $"{Title} - {string.Join(" / ", variant.Values)}",
        Description = Shared.Description ?? Description,
    });
}

/// <summary>How far a variant's SKU is.</summary>
public enum VariantState
{
    /// <summary>It waits until others are done.</summary>
    Pending,

    /// <summary>Its GTINs, or then the SKU, were asked.</summary>
    Asked,

    /// <summary>The SKU has what the product says.</summary>
    Ready,

    /// <summary>
    /// It was refused; it is tried again with the product's next change, or with the same one told again.
    /// </summary>
    Failed,
}

/// <summary>Why a variant's SKU does not have what the product says.</summary>
public enum VariantFault
{
    /// <summary>Another SKU has one of its GTINs.</summary>
    GtinTaken,

    /// <summary>The SKU is a variant of another product.</summary>
    OtherProduct,

    /// <summary>The card would say what cannot be.</summary>
    NotValid,

    /// <summary>The SKU was sold, or is no more: it is no draft again.</summary>
    PastDraft,

    /// <summary>There is stock of it, and it would become a kit.</summary>
    HasStock,

    /// <summary>There are units of which the lot or the serial that the card asks for is not known.</summary>
    HasUnnamedStock,
}

/// <summary>
/// A variant as it stands. <c>Removed</c>: the product does not have it any more; its SKU stays, and is sold no more.
/// <c>Step</c>: the product's change that it follows. <c>Written</c>: whether the SKU ever had, or may have had, what
/// the product said.
/// <c>Revived</c>: it was removed before, and is sold again. <c>Claimed</c>: so many of its GTINs, which is good
/// <c>Until</c>. <c>Fault</c>: null unless it failed; then <c>Owner</c>: who has the GTIN, or which product the SKU.
/// <c>Asked</c>: the product's version when it was asked last. <c>Doubted</c>: it is asked once more, when nothing that
/// it was told before can still be heard.
/// </summary>
public sealed record Variant(
    string Sku, ImmutableArray<SkuAttribute> Options, CardFields Fields, int Step, VariantState State,
    bool Removed = false, bool Written = false, bool Revived = false, int Claimed = 0, DateTimeOffset? Until = null,
    VariantFault? Fault = null, string? Gtin = null, string? Owner = null, long Asked = 0, bool Doubted = false)
{
    /// <summary>The GTIN to be claimed next; null when none is left.</summary>
    [JsonIgnore]
    public string? NextGtin => Packs.Gtins(Fields.Packs).ElementAtOrDefault(Claimed);
}

/// <summary>Outcome of what a product was asked, in the order tested.</summary>
public enum ProductStatus
{
    /// <summary>Nobody wrote the product.</summary>
    UnknownProduct,

    /// <summary>The caller expected another revision. Nothing changed.</summary>
    Stale,

    /// <summary>The options or variants say what cannot be. Nothing changed.</summary>
    NotValid,

    /// <summary>Too many variants were removed from it since the beginning. Nothing changed.</summary>
    TooManyRemoved,

    /// <summary>It is so already, and every variant has followed.</summary>
    AlreadyDone,

    /// <summary>It is so; what variants become shows in a while.</summary>
    Done,
}

/// <summary>
/// <c>Revision</c>: changes so far. <c>Variants</c>: in the order told, then those that were removed.
/// </summary>
public sealed record ProductReply(
    ProductStatus Status, int Revision, ProductTerms? Terms, ImmutableArray<Variant> Variants)
{
    /// <summary>Whether every variant is ready or has failed.</summary>
    [JsonIgnore]
    public bool IsSettled => Variants.All(v => v.State is VariantState.Ready or VariantState.Failed);
}

/// <summary>What a product can be asked.</summary>
[JsonDerivedType(typeof(Write), "write")]
[JsonDerivedType(typeof(NoteClaim), "note-claim")]
[JsonDerivedType(typeof(NoteAmended), "note-amended")]
[JsonDerivedType(typeof(Get), "get")]
[JsonDerivedType(typeof(GetSettled), "get-settled")]
public abstract record ProductCommand
{
    /// <summary>The product is so now. Repeatable; a repeat tries again what has failed.</summary>
    public sealed record Write(ProductTerms Terms, int? IfRevision = null) : ProductCommand, ICommand<ProductReply>;

    /// <summary>What a GTIN said when it was claimed for the SKU.</summary>
    public sealed record NoteClaim(string Sku, string Gtin, ClaimGtinStatus Status, string Owner, DateTimeOffset? Until)
        : ProductCommand, ICommand<Done>;

    /// <summary>What the SKU said to the product's change of this step.</summary>
    public sealed record NoteAmended(string Sku, int Step, DefineStatus Status, string? Owner)
        : ProductCommand, ICommand<Done>;

    /// <summary>The product as it stands.</summary>
    public sealed record Get : ProductCommand, ICommand<ProductReply>;

    /// <summary>The product, once every variant is ready or has failed.</summary>
    public sealed record GetSettled : ProductCommand, ICommand<ProductReply>;
}

/// <summary>What happened to a product.</summary>
[JsonDerivedType(typeof(ProductWritten), "product-written")]
[JsonDerivedType(typeof(ProductRetried), "product-retried")]
[JsonDerivedType(typeof(VariantGtinClaimed), "variant-gtin-claimed")]
[JsonDerivedType(typeof(VariantDelayed), "variant-delayed")]
[JsonDerivedType(typeof(VariantAnswered), "variant-answered")]
public abstract record ProductEvent
{
    /// <summary>It is so now.</summary>
    public sealed record ProductWritten(ProductTerms Terms) : ProductEvent;

    /// <summary>What had failed is tried again.</summary>
    public sealed record ProductRetried : ProductEvent;

    /// <summary>A variant has claimed its next GTIN, until then.</summary>
    public sealed record VariantGtinClaimed(string Sku, string Gtin, DateTimeOffset Until) : ProductEvent;

    /// <summary>The SKU was asked too late; it is asked again.</summary>
    public sealed record VariantDelayed(string Sku, DateTimeOffset? Until = null) : ProductEvent;

    /// <summary>
    /// The variant is ready, or has failed. <c>Gtin</c>: which is taken. <c>Owner</c>: the SKU that has it, or the
    /// product that has the SKU.
    /// </summary>
    public sealed record VariantAnswered(
        string Sku, int Step, VariantFault? Fault = null, string? Gtin = null, string? Owner = null) : ProductEvent;
}
