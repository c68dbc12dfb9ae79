using System.Collections.Immutable;

namespace Fulfillment.Catalog;

/// <summary>
/// A unit of measure in which a SKU is handled: <c>Eaches</c> whole pieces of it. <c>Unit</c>: <c>each</c>,
/// <c>inner</c>, <c>case</c>, <c>pallet</c>, or a code of the seller's own. <c>Gtin</c>: the 14 digits of its barcode;
/// null when it has none. <c>Of</c>: the unit that it has so many whole ones of; null: of eaches.
/// </summary>
public sealed record Pack(string Unit, int Eaches, string? Gtin = null, string? Of = null)
{
    /// <summary>The unit of one piece: every SKU has it, told or not.</summary>
    public const string Each = "each";

    /// <summary>The most pieces that a pack may have.</summary>
    public const int MostEaches = 1_000_000;

    /// <summary>The most characters of a unit's code.</summary>
    public const int MostInUnit = 20;
}

/// <summary>What is wrong with the packs of a SKU, in the order tested.</summary>
public enum PackFault
{
    /// <summary>There are more packs than a SKU may have.</summary>
    TooMany,

    /// <summary>A unit's code is a letter of A-Z a-z, then letters, digits and hyphens; at most 20.</summary>
    BadUnit,

    /// <summary>The unit is told before.</summary>
    DuplicateUnit,

    /// <summary>A pack has from 1 to a million pieces, and one each is one piece.</summary>
    BadEaches,

    /// <summary>It is said to have others of a unit that the SKU does not have.</summary>
    UnknownUnit,

    /// <summary>It is said to have others that are as large as it is, or larger.</summary>
    NotSmaller,

    /// <summary>It does not have a whole number of the others.</summary>
    DoesNotDivide,

    /// <summary>It is no GTIN of 14 digits, or its check digit is wrong.</summary>
    BadGtin,

    /// <summary>Another pack of the SKU has the same GTIN.</summary>
    DuplicateGtin,
}

/// <summary>What is wrong with which pack; <c>At</c>: from 0.</summary>
public readonly record struct PackFlaw(int At, PackFault Fault);

/// <summary>The packs of a SKU, as its card lists them: in the order told, each unit once.</summary>
public static class Packs
{
    /// <summary>The most packs that a SKU may have.</summary>
    public const int Most = 20;

    /// <summary>The first flaw; null when the packs can be.</summary>
    public static PackFlaw? Check(ImmutableArray<Pack> packs)
    {
        if (packs.IsDefaultOrEmpty) return null;
        if (packs.Length > Most) return new(Most, PackFault.TooMany);
        for (var i = 0; i < packs.Length; i++)
            if (FaultOf(packs, i) is { } fault) return new(i, fault);
        return null;
    }

    /// <summary>The pack of this unit; one piece for <c>each</c>, told or not; null when there is none.</summary>
    public static Pack? Of(ImmutableArray<Pack> packs, string unit) =>
        Told(packs).FirstOrDefault(p => p.Unit == unit) ?? (unit == Pack.Each ? new(Pack.Each, 1) : null);

    /// <summary>The pack with this GTIN of 14 digits; null when there is none.</summary>
    public static Pack? Numbered(ImmutableArray<Pack> packs, string gtin) =>
        Told(packs).FirstOrDefault(p => p.Gtin == gtin);

    /// <summary>The GTINs of the packs, in their order.</summary>
    public static IEnumerable<string> Gtins(ImmutableArray<Pack> packs) =>
        Told(packs).Select(p => p.Gtin).OfType<string>();

    static PackFault? FaultOf(ImmutableArray<Pack> packs, int at)
    {
        var pack = packs[at];
        if (!IsUnit(pack.Unit)) return PackFault.BadUnit;
        if (packs.Take(at).Any(p => p.Unit == pack.Unit)) return PackFault.DuplicateUnit;
        if (pack.Eaches is < 1 or > Pack.MostEaches || (pack.Unit == Pack.Each && pack.Eaches != 1))
            return PackFault.BadEaches;
        if (pack.Of is { } of)
        {
            if (Of(packs, of) is not { } inside) return PackFault.UnknownUnit;
            if (inside.Eaches >= pack.Eaches) return PackFault.NotSmaller;
            if (inside.Eaches < 1 || pack.Eaches % inside.Eaches > 0) return PackFault.DoesNotDivide;
        }

        if (pack.Gtin is not { } gtin) return null;
        if (gtin.Length != 14 || Gtin.Normal(gtin) is null) return PackFault.BadGtin;
        return packs.Take(at).Any(p => p.Gtin == gtin) ? PackFault.DuplicateGtin : null;
    }

    static bool IsUnit(string unit) => unit.Length is > 0 and <= Pack.MostInUnit && char.IsAsciiLetter(unit[0])
        && unit.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    static ImmutableArray<Pack> Told(ImmutableArray<Pack> packs) => packs.IsDefault ? [] : packs;
}
