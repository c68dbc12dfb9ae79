using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;

namespace Fulfillment.Catalog;

/// <summary>
/// A part of a value: <c>Set</c> N (digits), X (set 82), Y (set 39) or Z (base64url); from <c>Least</c> to <c>Most</c>
/// characters; <c>Optional</c>: it may be missing; <c>Checks</c>: by name, see <see cref="Gs1Checks"/>.
/// </summary>
public sealed record ValuePart(char Set, int Least, int Most, bool Optional, ImmutableArray<string> Checks);

/// <summary>
/// A GS1 application identifier: what its value is made of, and what may stand beside it. <c>Fixed</c>: a reader knows
/// where the value ends without a separator. <c>IsAttribute</c>: it may stand in the query of a Digital Link.
/// <c>Needs</c>: of each group one alternative, all identifiers of it; <c>Never</c>: none of these (<c>n</c> stands for
/// any digit). <c>Qualifiers</c>: sequences of identifiers that may follow it in a Digital Link; default when it is no
/// key.
/// </summary>
public sealed record ApplicationIdentifier(
    string Ai, bool Fixed, bool IsAttribute, ImmutableArray<ValuePart> Parts,
    ImmutableArray<ImmutableArray<ImmutableArray<string>>> Needs, ImmutableArray<string> Never,
    ImmutableArray<ImmutableArray<string>> Qualifiers)
{
    static readonly FrozenDictionary<string, ApplicationIdentifier> Known =
        Gs1Table.Lines.Split('\n').SelectMany(Read).ToFrozenDictionary(a => a.Ai, StringComparer.Ordinal);

    // How long an identifier is follows from its first two digits (General Specifications, figure 7.8.1-1).
    static readonly FrozenDictionary<string, int> Lengths =
        Known.Keys.GroupBy(ai => ai[..2]).ToFrozenDictionary(g => g.Key, g => g.First().Length, StringComparer.Ordinal);

    /// <summary>All of them, in no order.</summary>
    public static IReadOnlyCollection<ApplicationIdentifier> All => Known.Values;

    /// <summary>Whether it identifies something in a Digital Link.</summary>
    public bool IsKey => !Qualifiers.IsDefault;

    /// <summary>Characters of the shortest and of the longest value.</summary>
    public (int Least, int Most) Length =>
        (Parts.Where(p => !p.Optional).Sum(p => p.Least), Parts.Sum(p => p.Most));

    /// <summary>The decimals that the last digit of a measure, amount or price tells; else null.</summary>
    public int? Decimals => Ai.Length == 4 && Ai[0] == '3' ? Ai[3] - '0' : null;

    /// <summary>The one of that number; null when there is none.</summary>
    public static ApplicationIdentifier? Find(string ai) => Known.GetValueOrDefault(ai);

    /// <summary>The one with which the text goes on at a place; null when it is none.</summary>
    public static ApplicationIdentifier? At(string text, int at) =>
        text.Length >= at + 2 && Lengths.TryGetValue(text.Substring(at, 2), out var length)
        && text.Length >= at + length ? Find(text.Substring(at, length)) : null;

    /// <summary>Whether an identifier is meant by a pattern such as <c>31nn</c>.</summary>
    public static bool IsMeant(string pattern, string ai) =>
        pattern.Length == ai.Length && !pattern.Where((c, i) => c != 'n' && c != ai[i]).Any();

    /// <summary>What is wrong with a value; null when nothing is.</summary>
    public Gs1Flaw? Check(string value)
    {
        var at = 0;
        foreach (var part in Parts)
        {
            if (part.Optional && at == value.Length) break;
            var length = Math.Min(part.Most, value.Length - at);
            if (length < part.Least) return new(Gs1Fault.TooShort, value.Length, 0, Ai);
            if (Check(part, value.Substring(at, length)) is { } flaw)
                return flaw with { At = flaw.At + at, Ai = Ai };
            at += length;
        }

        return at < value.Length ? new(Gs1Fault.TooLong, at, value.Length - at, Ai) : null;
    }

    static Gs1Flaw? Check(ValuePart part, string text)
    {
        var flaw = part.Set switch
        {
            'N' => Gs1Checks.Digits(text),
            'X' => Gs1Checks.Outside(text, CheckDigits.Set82, Gs1Fault.InvalidCset82Character),
            'Y' => Gs1Checks.Outside(text, Set39, Gs1Fault.InvalidCset39Character),
            _ => Gs1Checks.Outside(text, Base64, Gs1Fault.InvalidBase64Character),
        };
        foreach (var check in part.Checks) flaw ??= Gs1Checks.Check(check, text);
        return flaw;
    }

    const string Set39 = "#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        Base64 = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz=";

    static IEnumerable<ApplicationIdentifier> Read(string line)
    {
        var fields = line.TrimEnd('\r').Split(';');
        string Field(int i) => i < fields.Length ? fields[i] : "";
        ImmutableArray<ValuePart> parts = [.. Field(2).Split(' ').Select(PartOf)];
        foreach (var ai in Field(0).Split(',').SelectMany(Range))
        {
            yield return new(
                ai, Field(1).Contains('='), Field(1).Contains('?'), parts,
                [.. Words(Field(3), ' ').Select(group => Alternatives(group[1..]))],
                [.. Words(Field(4), ',').Select(never => never == "same" ? $"{ai[..3]}n" : never)],
                Field(5) switch
                {
                    "" => default,
                    "-" => [],
                    var keys => [.. keys.Split('|').Select(k => k.Split(',').ToImmutableArray())],
                });
        }
    }

    static ImmutableArray<ImmutableArray<string>> Alternatives(string group) =>
        [.. group.Split(',').Select(a => a.Split('&').ToImmutableArray())];

    static string[] Words(string text, char between) => text.Length == 0 ? [] : text.Split(between);

    static IEnumerable<string> Range(string ais)
    {
        if (ais.EndsWith('m')) return Enumerable.Range(0, 6).Select(i => $"{ais[..3]}{i}");
        if (ais.Split('-') is not [var first, var last]) return [ais];
        var from = int.Parse(first, CultureInfo.InvariantCulture);
        var to = int.Parse(last, CultureInfo.InvariantCulture);
        return Enumerable.Range(from, to - from + 1).Select(i => i.ToString(CultureInfo.InvariantCulture));
    }

    static ValuePart PartOf(string text)
    {
        var words = text.Split(',');
        var form = words[0].Trim('[', ']');
        var most = int.Parse(form.AsSpan(form.LastIndexOf('.') + 1 is > 0 and var dot ? dot : 1),
            CultureInfo.InvariantCulture);
        return new(form[0], form.Contains("..", StringComparison.Ordinal) ? 1 : most, most, words[0][0] == '[',
            [.. words.Skip(1)]);
    }
}
