using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace Fulfillment.Catalog;

/// <summary>
/// GS1 Digital Link: a web address that says what a barcode says. Source: GS1 Digital Link Standard: URI Syntax 1.4,
/// sections 3 and 4; the short names of keys (<c>gtin</c>, <c>sscc</c>) are those of its edition 1.0.
/// </summary>
public static class DigitalLink
{
    static readonly SearchValues<char> NeverInLinks = SearchValues.Create("\"<>\\^`{|}");

    static readonly Dictionary<string, string> ShortNames = new(StringComparer.Ordinal)
    {
        ["gtin"] = "01",
        ["itip"] = "8006",
        ["cpid"] = "8010",
        ["gln"] = "414",
        ["party"] = "417",
        ["gsrnp"] = "8017",
        ["gsrn"] = "8018",
        ["gcn"] = "255",
        ["sscc"] = "00",
        ["gdti"] = "253",
        ["ginc"] = "401",
        ["gsin"] = "402",
        ["grai"] = "8003",
        ["giai"] = "8004",
        ["gmn"] = "8013",
        ["cpv"] = "22",
        ["lot"] = "10",
        ["ser"] = "21",
    };

    /// <summary>
    /// The elements of a link: those of its path, then those of its query; unknown words of the query are passed over.
    /// <paramref name="shortGtin"/>: a GTIN of 8, 12 or 13 digits is taken for one of 14 with zeros before it.
    /// </summary>
    public static ElementString? Read(string link, out Gs1Flaw? flaw, bool shortGtin = false)
    {
        flaw = new(Gs1Fault.NotADigitalLink, 0, link.Length);
        if (!IsLink(link) || link.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0
            || link.AsSpan().IndexOfAny(NeverInLinks) >= 0) return null;
        var rest = link[(link.IndexOf(':', StringComparison.Ordinal) + 3)..];
        if (rest.IndexOf('#', StringComparison.Ordinal) is >= 0 and var hash) rest = rest[..hash];
        var query = rest.IndexOf('?', StringComparison.Ordinal);
        var path = (query < 0 ? rest : rest[..query]).Split('/')[1..];
        if (KeyAt(path) is not { } at) return null;

        ElementString.Reading reading = new();
        var key = Identifier(path[at])!;
        for (var i = at; i < path.Length; i += 2)
            Take(reading, Identifier(path[i])!, path[i + 1], shortGtin);
        foreach (var word in query < 0 ? [] : rest[(query + 1)..].Split('&', ';'))
        {
            if (word.Split('=', 2) is not [var name, var value] || !name.All(char.IsAsciiDigit)) continue;
            if (ApplicationIdentifier.Find(name) is not { IsAttribute: true } ai
                || key.Qualifiers.Any(q => q.Contains(name))) return null;
            Take(reading, ai, value, shortGtin);
        }

        return reading.End(out flaw);
    }

    /// <summary>Whether a text begins as a link does.</summary>
    public static bool IsLink(string text) => text.StartsWith("https://", StringComparison.Ordinal)
        || text.StartsWith("http://", StringComparison.Ordinal)
        || text.StartsWith("HTTPS://", StringComparison.Ordinal)
        || text.StartsWith("HTTP://", StringComparison.Ordinal);

    /// <summary>Where the last key stands of which the rest of the path is its value and its qualifiers.</summary>
    static int? KeyAt(string[] path)
    {
        for (var at = path.Length - 2; at >= 0; at--)
        {
            if (Identifier(path[at]) is not { IsKey: true } key || (path.Length - at) % 2 != 0) continue;
            var follow = Enumerable.Range(1, ((path.Length - at) / 2) - 1)
                .Select(i => Identifier(path[at + (2 * i)])?.Ai).ToImmutableArray();
            if (follow.IsEmpty || key.Qualifiers.Any(q => IsWithin(follow, q))) return at;
        }

        return null;
    }

    /// <summary>Whether the first are some of the second, in its order.</summary>
    static bool IsWithin(ImmutableArray<string?> some, ImmutableArray<string> all)
    {
        var next = 0;
        foreach (var ai in some)
        {
            while (next < all.Length && all[next] != ai) next++;
            if (next++ >= all.Length) return false;
        }

        return true;
    }

    static ApplicationIdentifier? Identifier(string word) =>
        ApplicationIdentifier.Find(ShortNames.GetValueOrDefault(word, word));

    static void Take(ElementString.Reading reading, ApplicationIdentifier ai, string encoded, bool shortGtin)
    {
        if (reading.Flaw is not null) return;
        var value = Encoding.Latin1.GetString(Bytes(encoded));
        if (shortGtin && ai.Ai == "01" && value.Length is 8 or 12 or 13) value = value.PadLeft(14, '0');
        reading.Take(ai, value, 0);
    }

    static byte[] Bytes(string encoded)
    {
        List<byte> bytes = new(encoded.Length);
        for (var i = 0; i < encoded.Length; i++)
        {
            var isEscape = encoded[i] == '%' && i + 2 < encoded.Length && char.IsAsciiHexDigit(encoded[i + 1])
                && char.IsAsciiHexDigit(encoded[i + 2]);
            bytes.Add(isEscape ? Convert.FromHexString(encoded.AsSpan(i + 1, 2))[0] : (byte)encoded[i]);
            if (isEscape) i += 2;
        }

        return [.. bytes];
    }
}
