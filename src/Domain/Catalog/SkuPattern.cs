using System.Collections.Immutable;
using System.Text;

namespace Fulfillment.Catalog;

/// <summary>
/// How SKUs of variants are named: text with <c>{product}</c>, <c>{1}</c> to <c>{3}</c> for the value of the option in
/// that place, or its name in braces. Of a value the letters and digits of ASCII count, in capitals: of <c>Dark red</c>
/// there is left <c>DARKRED</c>.
/// </summary>
public static class SkuPattern
{
    /// <summary>The most characters of a pattern.</summary>
    public const int MostCharacters = 200;

    /// <summary>The SKU; null when the pattern names what is not there, or nothing is left of a value.</summary>
    public static string? Apply(
        string pattern, string product, ImmutableArray<ProductOption> options, ImmutableArray<string> values)
    {
        StringBuilder sku = new();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '{')
            {
                sku.Append(pattern[i]);
                continue;
            }

            var end = pattern.IndexOf('}', i);
            if (end < 0 || PartOf(pattern[(i + 1)..end], product, options, values) is not { Length: > 0 } part)
                return null;
            sku.Append(part);
            i = end;
        }

        return sku.ToString();
    }

    /// <summary>The pattern of who tells none: the product and each value.</summary>
    public static string Usual(int options) =>
        string.Concat(Enumerable.Range(1, options).Select(i => $"-{{{i}}}").Prepend("{product}"));

    static string? PartOf(
        string name, string product, ImmutableArray<ProductOption> options, ImmutableArray<string> values)
    {
        if (name == "product") return product;
        for (var i = 0; i < options.Length; i++)
            if (name == $"{i + 1}" || string.Equals(name, options[i].Name, StringComparison.OrdinalIgnoreCase))
                return string.Concat(values[i].Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant));
        return null;
    }
}
