using System.Collections.Immutable;
using Fulfillment.Catalog;
using Fulfillment.Inventory;

namespace Fulfillment.Client.Api;

/// <summary>
/// Holds cards against the attribute set that they name. A version never changes, so nothing can come between the
/// question and the card.
/// </summary>
static class AttributeSets
{
    /// <summary>Which version a request names, and what it says; adds what is wrong with that.</summary>
    public static async ValueTask<(SetOf Named, AttributeSetTerms Terms)?> Find(
        Fields fields, Seat seat, SetOfRequest? request, CancellationToken cancel)
    {
        if (request is null) return null;
        var before = fields.Errors.Count;
        var id = fields.Id("/attributeSet/set", request.Set);
        int? version = request.Version is null ? null
            : fields.Number("/attributeSet/version", request.Version, 1, AttributeSet.MaxVersions);
        if (fields.Errors.Count > before) return null;
        var reply = await seat.AttributeSet(id).Get(version, cancel);
        if (reply.Terms is { } terms) return (new(id, reply.Version), terms);
        if (reply.Latest == 0) fields.Add("/attributeSet/set", "unknown-attribute-set", $"there is no set {id}");
        else fields.Add("/attributeSet/version", "unknown-version", $"the latest version of {id} is {reply.Latest}");
        return null;
    }

    /// <summary>
    /// The card with the set that the request names. Throws each attribute that does not meet it; those that
    /// <paramref name="variant"/> has from its product count.
    /// </summary>
    public static async ValueTask<SkuCard> Judge(
        Seat seat, SkuCard card, SetOfRequest? request, VariantOf? variant, CancellationToken cancel)
    {
        if (request is null) return card;
        Fields fields = new();
        if (await Find(fields, seat, request, cancel) is var (named, terms))
        {
            Tell(fields, "", AttributeCheck.Flaws(terms, (card with { Variant = variant }).AllAttributes));
            card = card with { AttributeSet = named };
        }

        fields.Check();
        return card;
    }

    /// <summary>Adds the flaws of attributes below a place.</summary>
    public static void Tell(Fields fields, string at, IReadOnlyList<AttributeFlaw> flaws)
    {
        foreach (var error in Errors(flaws)) fields.Add($"{at}{error.Field}", error.Code, error.Detail);
    }

    /// <summary>The flaws as errors of fields.</summary>
    public static IEnumerable<FieldError> Errors(IEnumerable<AttributeFlaw> flaws) => flaws.Select(f => new FieldError(
        $"/attributes/{JsonText.Escape(f.Attribute)}", Words<AttributeFault>.Of(f.Fault), f.Rule));

    /// <summary>The attributes that a variant will have, those of its options among them.</summary>
    public static ImmutableArray<SkuAttribute> Of(CardFields fields, IEnumerable<SkuAttribute> options)
    {
        ImmutableArray<SkuAttribute> own = fields.Attributes.IsDefault ? [] : fields.Attributes;
        return [.. own, .. options.Where(o => own.All(a => a.Name != o.Name))];
    }
}
