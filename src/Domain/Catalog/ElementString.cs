using System.Collections.Immutable;
using System.Text;

namespace Fulfillment.Catalog;

/// <summary>An application identifier and its value.</summary>
public readonly record struct Element(string Ai, string Value)
{
    /// <summary>The value as a day, for dates of six or eight digits; null where it is none.</summary>
    public DateOnly? Date(int thisYear) => Value.Length is 6 or 8
        && ApplicationIdentifier.Find(Ai)!.Parts[0].Checks.Any(c => c is "yymmdd" or "yymmd0" or "yyyymmdd")
        ? Gs1Checks.DateOf(Value, thisYear) : null;

    /// <summary>
    /// The value as a number such as <c>17.230</c>, with the decimals that its identifier tells and without the
    /// currency before it; null where it tells none.
    /// </summary>
    public string? Measure
    {
        get
        {
            var ai = ApplicationIdentifier.Find(Ai)!;
            if (ai.Decimals is not { } decimals) return null;
            var digits = Value[(ai.Parts.Length == 1 ? 0 : ai.Parts[0].Most)..].TrimStart('0')
                .PadLeft(decimals + 1, '0');
            return decimals == 0 ? digits : $"{digits[..^decimals]}.{digits[^decimals..]}";
        }
    }
}

/// <summary>
/// What a GS1 barcode says: elements in their order, each identifier once. Source: GS1 General Specifications, sections
/// 3 and 7.8.
/// </summary>
public sealed record ElementString(ImmutableArray<Element> Elements)
{
    /// <summary>The separator FNC1 as readers pass it on.</summary>
    public const char Separator = '\u001d';

    /// <summary>Characters of one scan, at most.</summary>
    public const int MostCharacters = 2_000;

    /// <summary>The value of an identifier; null when it is not told.</summary>
    public string? this[string ai]
    {
        get
        {
            foreach (var element in Elements) if (element.Ai == ai) return element.Value;
            return null;
        }
    }

    /// <summary>
    /// As it stands in the symbol, with <paramref name="separator"/> for FNC1: one at the beginning, and one behind
    /// each value whose end is not known beforehand, but not behind the last.
    /// </summary>
    public string ToText(char separator = Separator)
    {
        StringBuilder text = new();
        text.Append(separator);
        for (var i = 0; i < Elements.Length; i++)
        {
            text.Append(Elements[i].Ai).Append(Elements[i].Value);
            if (i < Elements.Length - 1 && !ApplicationIdentifier.Find(Elements[i].Ai)!.Fixed) text.Append(separator);
        }

        return text.ToString();
    }

    /// <summary>As it is printed below a symbol: identifiers in parentheses, <c>\(</c> for one in a value.</summary>
    public string ToBracketed() => string.Concat(
        Elements.Select(e => $"({e.Ai}){e.Value.Replace("(", "\\(", StringComparison.Ordinal)}"));

    /// <summary>
    /// Reads what stands in a symbol: with or without FNC1 at its beginning. Positions of flaws count from there.
    /// </summary>
    public static ElementString? Read(string text, out Gs1Flaw? flaw, char separator = Separator)
    {
        Reading reading = new();
        var at = text.Length > 0 && text[0] == separator ? 1 : 0;
        while (at < text.Length && reading.Flaw is null)
        {
            if (ApplicationIdentifier.At(text, at) is not { } ai)
                return None(new(Gs1Fault.UnknownAi, at, Math.Min(4, text.Length - at)), out flaw);
            at += ai.Ai.Length;
            var end = text.IndexOf(separator, at) is >= 0 and var found ? found : text.Length;
            if (ai.Fixed) end = Math.Min(end, at + ai.Length.Most);
            reading.Take(ai, text[at..end], at);
            at = end < text.Length && text[end] == separator ? end + 1 : end;
        }

        return reading.End(out flaw);
    }

    /// <summary>Reads what is printed below a symbol: <c>(01)...(10)...</c>; <c>\(</c> is one in a value.</summary>
    public static ElementString? ReadBracketed(string text, out Gs1Flaw? flaw)
    {
        Reading reading = new();
        var at = 0;
        while (at < text.Length && reading.Flaw is null)
        {
            var close = text.IndexOf(')', at);
            if (text[at] != '(' || close < 0) return None(new(Gs1Fault.NotABarcode, at, text.Length - at), out flaw);
            if (ApplicationIdentifier.Find(text[(at + 1)..close]) is not { } ai)
                return None(new(Gs1Fault.UnknownAi, at + 1, close - at - 1), out flaw);
            at = close + 1;
            var end = at;
            while (end < text.Length && (text[end] != '(' || text[end - 1] == '\\')) end++;
            reading.Take(ai, text[at..end].Replace("\\(", "(", StringComparison.Ordinal), at);
            at = end;
        }

        return reading.End(out flaw);
    }

    /// <summary>
    /// What is missing beside an element, or may not stand beside it; null when all belongs together. To be asked of
    /// all that stands on one item, not of each symbol alone.
    /// </summary>
    public Gs1Flaw? Associations()
    {
        foreach (var element in Elements)
        {
            var ai = ApplicationIdentifier.Find(element.Ai)!;
            if (ai.Never.Any(never => Elements.Any(
                e => e.Ai != element.Ai && ApplicationIdentifier.IsMeant(never, e.Ai))))
                return new(Gs1Fault.ExcludedAi, 0, 0, element.Ai);
            if (ai.Needs.Any(group => !group.Any(all => all.All(Has))))
                return new(Gs1Fault.MissingAi, 0, 0, element.Ai);
        }

        return null;
    }

    bool Has(string pattern) => Elements.Any(e => ApplicationIdentifier.IsMeant(pattern, e.Ai));

    static ElementString? None(Gs1Flaw why, out Gs1Flaw? flaw)
    {
        flaw = why;
        return null;
    }

    /// <summary>Elements as they are read, until one is wrong.</summary>
    internal sealed class Reading
    {
        readonly List<Element> _elements = [];

        public Gs1Flaw? Flaw { get; private set; }

        public void Take(ApplicationIdentifier ai, string value, int at)
        {
            if (_elements.Any(e => e.Ai == ai.Ai)) Flaw = new(Gs1Fault.RepeatedAi, at, value.Length, ai.Ai);
            else if (ai.Check(value) is { } flaw) Flaw = flaw with { At = flaw.At + at };
            else _elements.Add(new(ai.Ai, value));
        }

        public ElementString? End(out Gs1Flaw? flaw)
        {
            flaw = Flaw ?? (_elements.Count == 0 ? new(Gs1Fault.NotABarcode, 0, 0) : null);
            return flaw is null ? new([.. _elements]) : null;
        }
    }
}
