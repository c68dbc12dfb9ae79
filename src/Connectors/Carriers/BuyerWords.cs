using System.Text;
using Fulfillment.Shipping;

namespace Fulfillment.Connectors;

/// <summary>
/// What carriers say, without what names the buyer: their words are kept unsealed, in events that never change, and a
/// refusal may quote the address. Hidden are his names, his telephone, email and postcode, and of street and company
/// what stands there as he writes it: two words on end, or one that is long and no common one. City and country stay.
/// </summary>
public static class BuyerWords
{
    /// <summary>What stands in for it.</summary>
    public const string Hidden = "***";

    const int ShortestName = 3, ShortestNumber = 4, ShortestStreet = 6;

    static readonly HashSet<string> Common = new(StringComparer.Ordinal)
    {
        "street", "avenue", "boulevard", "square", "building", "apartment", "strasse", "platz", "company", "limited",
        "address", "delivery", "station", "packstation",
    };

    /// <summary>By a table, for a system without one of its own takes no accent away.</summary>
    static readonly Dictionary<char, string> Accents = new (string Letters, string Plain)[]
    {
        ("àáâãäåāăą", "a"), ("çćč", "c"), ("ďđ", "d"), ("èéêëēėęě", "e"), ("ğ", "g"), ("ìíîïīįı", "i"), ("ĺľł", "l"),
        ("ñńň", "n"), ("òóôõöøōő", "o"), ("ŕř", "r"), ("śšşș", "s"), ("ťţț", "t"), ("ùúûüūůűų", "u"), ("ýÿ", "y"),
        ("źżž", "z"), ("ß", "ss"), ("æ", "ae"), ("œ", "oe"),
    }.SelectMany(a => a.Letters.Select(l => (l, a.Plain))).ToDictionary(a => a.l, a => a.Plain);

    /// <summary>The text without them.</summary>
    public static string Without(string text, ShipAddress buyer)
    {
        List<(int Start, int Length, string Word)> words = [.. Words(text)];
        var hidden = new bool[words.Count];
        HashSet<string> names = [.. Alone(buyer)];
        string[][] phrases = [.. Phrases(buyer)];
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i].Word;
            hidden[i] |= names.Contains(word);
            foreach (var phrase in phrases)
            {
                for (var k = 0; k < phrase.Length; k++)
                {
                    if (phrase[k] != word) continue;
                    hidden[i] |= (word.Length >= ShortestStreet && !Common.Contains(word)) || phrase.Length == 1;
                    if (i + 1 == words.Count || k + 1 == phrase.Length || phrase[k + 1] != words[i + 1].Word) continue;
                    hidden[i] = hidden[i + 1] = true;
                }
            }
        }

        StringBuilder told = new();
        var at = 0;
        for (var i = 0; i < words.Count; i++)
        {
            if (!hidden[i]) continue;
            told.Append(text, at, words[i].Start - at).Append(Hidden);
            at = words[i].Start + words[i].Length;
        }

        return at == 0 ? text : told.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>A refusal without them.</summary>
    public static CarrierRefusal? Without(CarrierRefusal? refusal, ShipAddress buyer) =>
        refusal is { Says: { } says } ? refusal with { Says = Without(says, buyer) } : refusal;

    /// <summary>
    /// Events without them; of a buyer who was erased (null) without any words, for nobody knows any more what to hide.
    /// </summary>
    public static TrackEvent Without(TrackEvent told, ShipAddress? buyer) => told with
    {
        Says = buyer is null ? "" : Without(told.Says, buyer),
        Place = buyer is null || told.Place is null ? null : Without(told.Place, buyer),
    };

    /// <summary>What is hidden wherever it stands.</summary>
    static IEnumerable<string> Alone(ShipAddress buyer)
    {
        foreach (var (_, _, word) in Words(buyer.Name))
            if (word.Length >= ShortestName) yield return word;
        foreach (var text in (string?[])[buyer.Phone, buyer.Email, buyer.Postcode])
        {
            var all = string.Concat(Words(text).Select(w => w.Word));
            if (all.Length >= ShortestNumber) yield return all;
        }

        foreach (var (_, _, word) in Words(buyer.Phone))
            if (word.Length >= ShortestNumber) yield return word;
    }

    /// <summary>What is hidden where it stands as he writes it.</summary>
    static IEnumerable<string[]> Phrases(ShipAddress buyer)
    {
        foreach (var text in (buyer.Lines.IsDefault ? [] : buyer.Lines).AsEnumerable<string?>().Append(buyer.Company)
            .Append(buyer.Postcode).Append(buyer.Email).Append(buyer.Phone))
        {
            string[] words = [.. Words(text).Select(w => w.Word)];
            if (words.Length > 1 || (words.Length == 1 && words[0].Length >= ShortestNumber)) yield return words;
        }
    }

    /// <summary>Runs of letters and digits, small and without accents, as carriers write them.</summary>
    static IEnumerable<(int Start, int Length, string Word)> Words(string? text)
    {
        if (text is null) yield break;
        StringBuilder word = new();
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsLetterOrDigit(text[i]))
            {
                if (word.Length == 0) start = i;
                word.Append(Plain(text[i]));
            }
            else if (word.Length > 0)
            {
                yield return (start, i - start, word.ToString());
                word.Clear();
            }
        }
    }

    static string Plain(char c)
    {
        c = char.ToLowerInvariant(c);
        return c < '\u0080' ? c.ToString() : Accents.GetValueOrDefault(c) ?? c.ToString();
    }
}
