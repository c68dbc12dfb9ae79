using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Fulfillment.Inventory;

namespace Fulfillment.Catalog;

/// <summary>Which attributes of a card do not meet its set, and which rules of a set cannot be.</summary>
public static class AttributeCheck
{
    /// <summary>The most decimals.</summary>
    public const int MaxScale = 9;

    /// <summary>The most characters of a pattern.</summary>
    public const int MaxPattern = 200;

    const int MaxDigits = 18;

    static readonly TimeSpan MatchWithin = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// What is wrong, a flaw for an attribute at most, in the order of the set, then of the card. Whoever looks at many
    /// cards keeps the <paramref name="patterns"/>: to make one takes longer than to use it.
    /// </summary>
    public static IReadOnlyList<AttributeFlaw> Flaws(
        AttributeSetTerms set, ImmutableArray<SkuAttribute> attributes, Dictionary<string, Regex>? patterns = null)
    {
        patterns ??= [];
        List<AttributeFlaw> flaws = [];
        foreach (var rule in set.Attributes)
        {
            if (attributes.FirstOrDefault(a => a.Name == rule.Name) is not { } attribute)
            {
                if (rule.Required)
                    flaws.Add(new(rule.Name, AttributeFault.Required, "is required by the attribute set"));
            }
            else if (FlawOf(rule, attribute.Value, patterns) is var (fault, text))
                flaws.Add(new(rule.Name, fault, text));
        }

        if (set.Closed)
            flaws.AddRange(attributes.Where(a => set.Attributes.All(r => r.Name != a.Name))
                .Select(a => new AttributeFlaw(a.Name, AttributeFault.NotInSet, "is not in the attribute set")));
        return flaws;
    }

    static (AttributeFault, string)? FlawOf(
        AttributeRule rule, string value, Dictionary<string, Regex> patterns) => rule.Type switch
        {
            AttributeType.Text => OfText(rule, value, patterns),
            AttributeType.Number => OfNumber(rule, value),
            AttributeType.Boolean =>
                value is "true" or "false" ? null : (AttributeFault.WrongType, "must be true or false"),
            AttributeType.Date =>
                DateOnly.TryParseExact(value, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
                    ? null : (AttributeFault.WrongType, "must be a day: YYYY-MM-DD"),
            AttributeType.Enum => rule.Values.Contains(value) ? null
                : (AttributeFault.UnknownValue, $"must be one of {string.Join(", ", rule.Values)}"),
            AttributeType.Measure => OfMeasure(rule, value),
        };

    static (AttributeFault, string)? OfText(AttributeRule rule, string value, Dictionary<string, Regex> patterns)
    {
        if (value.Length > rule.MaxLength)
            return (AttributeFault.TooLong, $"must have at most {rule.MaxLength} characters");
        return rule.Pattern is { } pattern && !Matches(pattern, value, patterns)
            ? (AttributeFault.NoMatch, $"must match {pattern}") : null;
    }

    static (AttributeFault, string)? OfMeasure(AttributeRule rule, string value)
    {
        var space = value.IndexOf(' ', StringComparison.Ordinal);
        var unit = space < 0 ? "" : value[(space + 1)..];
        return space < 0 ? (AttributeFault.WrongType, "must be a number, a space, and a unit")
            : !rule.Units.Contains(unit)
                ? (AttributeFault.UnknownUnit, $"must be in one of {string.Join(", ", rule.Units)}")
                : OfNumber(rule, value[..space]);
    }

    static (AttributeFault, string)? OfNumber(AttributeRule rule, string value)
    {
        if (Read(value) is not { } read) return (AttributeFault.WrongType, "must be a number, such as 12 or -0.5");
        if (read.Decimals > rule.Scale) return (AttributeFault.TooPrecise, $"must have at most {rule.Scale} decimals");
        Int128 number = read.Number;
        for (var i = read.Decimals; i < rule.Scale; i++) number *= 10;
        return number < rule.Min
            ? (AttributeFault.OutOfRange, $"must be at least {Written(rule.Min.Value, rule.Scale)}")
            : number > rule.Max ? (AttributeFault.OutOfRange, $"must be at most {Written(rule.Max.Value, rule.Scale)}")
            : null;
    }

    /// <summary>The digits as a whole number, and how many of them are decimals; null when it is no number.</summary>
    static (long Number, int Decimals)? Read(string text)
    {
        var digits = text.StartsWith('-') ? text[1..] : text;
        var dot = digits.IndexOf('.', StringComparison.Ordinal);
        var all = dot < 0 ? digits : digits.Remove(dot, 1);
        if (dot == 0 || dot == digits.Length - 1 || all.Length is 0 or > MaxDigits || !all.All(char.IsAsciiDigit))
            return null;
        var number = long.Parse(all, CultureInfo.InvariantCulture);
        return (text.StartsWith('-') ? -number : number, dot < 0 ? 0 : digits.Length - dot - 1);
    }

    /// <summary>A whole number of last decimals as it is read.</summary>
    static string Written(long number, int scale)
    {
        if (scale == 0) return number.ToString(CultureInfo.InvariantCulture);
        var digits = Int128.Abs(number).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return $"{(number < 0 ? "-" : "")}{digits[..^scale]}.{digits[^scale..]}";
    }

    static bool Matches(string pattern, string value, Dictionary<string, Regex> patterns)
    {
        if (!patterns.TryGetValue(pattern, out var known)) patterns.Add(pattern, known = RegexOf(pattern));
        try
        {
            return known.IsMatch(value);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    /// <summary>One that takes time in proportion to the text, whatever both are.</summary>
    static Regex RegexOf(string pattern) => new(
        $@"\A(?:{pattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, MatchWithin);

    /// <summary>The first rule that cannot be, and why; null when all can.</summary>
    public static (int At, AttributeRuleFault Fault)? FaultOf(AttributeSetTerms set)
    {
        for (var i = 0; i < set.Attributes.Length; i++)
        {
            var rule = set.Attributes[i];
            if (set.Attributes.Take(i).Any(r => r.Name == rule.Name)) return (i, AttributeRuleFault.DuplicateName);
            if (FaultOf(rule) is { } fault) return (i, fault);
        }

        return null;
    }

    static AttributeRuleFault? FaultOf(AttributeRule rule)
    {
        var (isText, isNumber) =
            (rule.Type == AttributeType.Text, rule.Type is AttributeType.Number or AttributeType.Measure);
        if ((!isText && (rule.MaxLength is not null || rule.Pattern is not null))
            || (!isNumber && (rule.Min is not null || rule.Max is not null || rule.Scale != 0))
            || (rule.Type != AttributeType.Number && rule.Unit is not null)
            || (rule.Type != AttributeType.Measure && !rule.Units.IsDefaultOrEmpty)
            || (rule.Type != AttributeType.Enum && !rule.Values.IsDefaultOrEmpty)) return AttributeRuleFault.NotForType;
        if (rule.Type is AttributeType.Measure or AttributeType.Enum)
        {
            var choices = rule.Type == AttributeType.Enum ? rule.Values : rule.Units;
            if (choices.IsDefaultOrEmpty) return AttributeRuleFault.NothingToChoose;
            if (choices.Length > AttributeSet.MaxChoices || choices.Any(string.IsNullOrWhiteSpace)
                || choices.Distinct().Count() < choices.Length) return AttributeRuleFault.BadChoice;
        }

        if (rule.Min > rule.Max || rule.Scale is < 0 or > MaxScale || rule.MaxLength < 1)
            return AttributeRuleFault.BadBounds;
        return rule.Pattern is null || IsPattern(rule.Pattern) ? null : AttributeRuleFault.BadPattern;
    }

    static bool IsPattern(string pattern)
    {
        if (pattern.Length > MaxPattern) return false;
        try
        {
            RegexOf(pattern).IsMatch("");
            return true;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
