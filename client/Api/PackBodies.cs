using System.Collections.Immutable;
using Fulfillment.Catalog;
using Fulfillment.Inventory;

namespace Fulfillment.Client.Api;

/// <summary>A pack as a request tells it: how many eaches, or how many of which other, or both.</summary>
public sealed record PackRequest(string? Unit, long? Eaches, string? Gtin, string? Of, long? Count);

/// <summary>A pack; <c>Count</c>: how many of <c>Of</c> it has.</summary>
public sealed record PackBody(string Unit, int Eaches, string? Gtin, string? Of, int? Count);

/// <summary>Packs of SKUs, as requests and answers have them, and amounts that are told in them.</summary>
static class PackBodies
{
    /// <summary>The packs of a request; what is wrong is added to the fields.</summary>
    public static ImmutableArray<Pack> Read(Fields fields, IReadOnlyList<PackRequest?>? packs)
    {
        if (packs is null or { Count: 0 }) return default;
        if (packs.Count > Packs.Most)
        {
            fields.Add("/packs", "too-many", $"at most {Packs.Most}");
            return default;
        }

        var before = fields.Errors.Count;
        List<Pack> read = [];
        for (var i = 0; i < packs.Count; i++)
        {
            if (packs[i] is { } pack) read.Add(Read(fields, $"/packs/{i}", pack, packs));
            else fields.Add($"/packs/{i}", "wrong-type", "must be an object");
        }

        if (fields.Errors.Count > before) return default;
        ImmutableArray<Pack> all = [.. read];
        if (Packs.Check(all) is { } flaw) Add(fields, flaw, all);
        else CheckCounts(fields, packs, all);
        return all;
    }

    /// <summary>The packs of an answer; null for none.</summary>
    public static IReadOnlyList<PackBody>? Body(ImmutableArray<Pack> packs) => packs.IsDefaultOrEmpty ? null :
        [.. packs.Select(p => new PackBody(
            p.Unit, p.Eaches, p.Gtin, p.Of, p.Of is null ? null : p.Eaches / Packs.Of(packs, p.Of)!.Eaches))];

    /// <summary>
    /// How many eaches one of what a movement counts has: of its unit, of the pack whose barcode was scanned, or one.
    /// </summary>
    public static async ValueTask<int> PerUnit(
        Seat seat, string sku, Fields fields, string? unit, string? barcode, CancellationToken cancel)
    {
        if (unit is null && barcode is null) return 1;
        var scan = barcode is null ? null : Scans.Read(fields, "/barcode", barcode);
        if (fields.Errors.Count > 0 || (await seat.Sku(sku).Stock(cancel)).Card is not { } card) return 1;
        var pack = unit is null ? null : Packs.Of(card.Packs, unit);
        if (unit is not null && pack is null)
            fields.Add("/unit", "unknown-unit", $"is none of {sku}: it has {string.Join(", ", Units(card))}");
        if (scan is null) return pack?.Eaches ?? 1;
        if (scan.Gtin is not { } gtin || Packs.Numbered(card.Packs, gtin) is not { } scanned)
        {
            fields.Add("/barcode", "other-sku", $"is no barcode of {sku}");
            return 1;
        }

        if (pack is not null && pack.Unit != scanned.Unit)
            fields.Add("/unit", "other-unit", $"is not what was scanned: {scanned.Unit}");
        return Scans.Eaches(scan, scanned);
    }

    static Pack Read(Fields fields, string at, PackRequest pack, IReadOnlyList<PackRequest?> packs)
    {
        if (pack.Unit is null) fields.Add($"{at}/unit", "required", "is missing");
        if (pack.Of is null && pack.Count is not null)
            fields.Add($"{at}/of", "required", "is missing: of what it has so many");
        var eaches = pack.Eaches;
        if (pack.Eaches is null)
        {
            var inside = pack.Of == Pack.Each ? 1 : packs.FirstOrDefault(p => p?.Unit == pack.Of)?.Eaches;
            if (pack.Count is not { } count)
                fields.Add($"{at}/eaches", "required", "is missing; or tell \"of\" and \"count\"");
            else if (count is < 1 or > Pack.MostEaches)
                fields.Add($"{at}/count", "out-of-range", $"must be a whole number from 1 to {Pack.MostEaches}");
            else if (pack.Of is not null && inside is null)
                fields.Add($"{at}/of", "unknown-unit", "is no unit of this SKU whose eaches are told");
            else if (inside is >= 1 and <= Pack.MostEaches) eaches = count * inside.Value;
        }

        if (eaches is < 1 or > Pack.MostEaches)
            fields.Add($"{at}/eaches", "out-of-range", $"must be a whole number from 1 to {Pack.MostEaches}");
        string? gtin = null;
        if (pack.Gtin is { } digits && (gtin = Gtin.Normal(digits)) is null)
            fields.Add($"{at}/gtin", "bad-gtin", "must be 8, 12, 13 or 14 digits, the last their check digit");
        return new(pack.Unit ?? "", (int)Math.Clamp(eaches ?? 0, 0, Pack.MostEaches), gtin, pack.Of);
    }

    /// <summary>A case of 12 does not have 5 inners of 3.</summary>
    static void CheckCounts(Fields fields, IReadOnlyList<PackRequest?> told, ImmutableArray<Pack> packs)
    {
        for (var i = 0; i < packs.Length; i++)
        {
            if (told[i]!.Count is not { } count || packs[i].Of is not { } of) continue;
            var inside = Packs.Of(packs, of)!.Eaches;
            if (count * inside != packs[i].Eaches)
                fields.Add(
                    $"/packs/{i}/count", "does-not-divide",
                    $"{count} of {of} are {count * inside} eaches, not {packs[i].Eaches}");
        }
    }

    static void Add(Fields fields, PackFlaw flaw, ImmutableArray<Pack> packs)
    {
        var (at, pack) = ($"/packs/{flaw.At}", packs[Math.Min(flaw.At, packs.Length - 1)]);
        var (field, detail) = flaw.Fault switch
        {
            PackFault.TooMany => ("/packs", $"at most {Packs.Most}"),
            PackFault.BadUnit => ($"{at}/unit",
                $"must be a letter, then letters, digits and hyphens, {Pack.MostInUnit} characters at most"),
            PackFault.DuplicateUnit => ($"{at}/unit", "is told before"),
            PackFault.BadEaches => ($"{at}/eaches", "one each is one"),
            PackFault.UnknownUnit => ($"{at}/of", "is no unit of this SKU"),
            PackFault.NotSmaller => ($"{at}/of", "must be a smaller unit"),
            PackFault.DoesNotDivide => ($"{at}/eaches",
                $"{pack.Eaches} is no whole number of {pack.Of} of {Packs.Of(packs, pack.Of!)!.Eaches}"),
            PackFault.BadGtin => ($"{at}/gtin", "is no GTIN"),
            PackFault.DuplicateGtin => ($"{at}/gtin", "is the GTIN of another pack"),
        };
        fields.Add(field, Words<PackFault>.Of(flaw.Fault), detail);
    }

    static IEnumerable<string> Units(SkuCard card) =>
        new[] { Pack.Each }.Concat(card.Packs.IsDefault ? [] : card.Packs.Select(p => p.Unit)).Distinct();
}
