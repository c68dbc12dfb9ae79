using System.Buffers;
using System.Collections.Frozen;
using System.Text.Json;
using Fulfillment.Catalog;
using Fulfillment.Payments;

namespace Fulfillment.Client.Api;

/// <summary>
/// Masks card numbers and security codes in JSON, and leaves every other byte as it is. A number that is a card's
/// becomes masked text: zeros in its middle would be another number. What is no JSON is masked byte by byte.
/// </summary>
sealed class JsonCards
{
    /// <summary>Telephone numbers that begin like a card have at most 13 digits, and here often no plus.</summary>
    const int FewestInPhone = 14;

    static readonly FrozenSet<string> Ids =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "id", "sku", "node", "line", "order", "trackingNumber");

    /// <summary>Where article numbers stand: some are like card numbers, and these are checked to be none.</summary>
    static readonly FrozenSet<string> Articles =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "gtin", "barcode", "scan");

    static readonly FrozenSet<string> Codes = FrozenSet.Create(
        StringComparer.Ordinal, "cvc", "cvc2", "cvv", "cvv2", "csc", "securitycode", "cardsecuritycode",
        "verificationvalue", "cardverificationvalue", "cardcvc", "cardcvv", "cvccode", "cvvcode");

    static readonly SearchValues<byte> CodeLetters = SearchValues.Create("vVsS\\"u8);

    readonly ReadOnlyMemory<byte> _text;
    readonly ArrayBufferWriter<byte> _masked;
    readonly List<string> _ids = [];
    int _copied;

    JsonCards(ReadOnlyMemory<byte> text) => (_text, _masked) = (text, new(text.Length + 16));

    /// <summary>Whether there may be something to mask: quick, allocates nothing.</summary>
    public static bool MayHave(ReadOnlySpan<byte> text) => CardNumbers.MayContain(text) || HasHint(text);

    /// <summary>The text, masked, and the pointers of the ids that were card numbers.</summary>
    public static (ReadOnlyMemory<byte> Text, IReadOnlyList<string> Ids) Mask(ReadOnlyMemory<byte> text)
    {
        JsonCards cards = new(text);
        try
        {
            Utf8JsonReader reader = new(text.Span, new() { MaxDepth = ApiJson.Wire.Options.MaxDepth });
            if (reader.Read()) cards.Value(ref reader, "", "");
            while (reader.Read()) cards.Value(ref reader, "", "");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or text that is none: whoever reads it next says where.
            var bytes = text.ToArray();
            CardNumbers.MaskIn(bytes);
            return (bytes, []);
        }

        if (cards._copied == 0) return (text, cards._ids);
        cards._masked.Write(text.Span[cards._copied..]);
        return (cards._masked.WrittenMemory, cards._ids);
    }

    /// <summary>
    /// Escapes that could hide a letter or a digit, and pairs of letters that every name of a security code has.
    /// </summary>
    static bool HasHint(ReadOnlySpan<byte> text)
    {
        for (var at = 0; text[at..].IndexOfAny(CodeLetters) is >= 0 and var next; at++)
        {
            at += next;
            if (text[at] == '\\' ? IsAscii(text[at..])
                : Letter(text, at) == 'v'
                    ? Letter(text, at - 1) == 'c' || (Letter(text, at + 1) == 'e' && Letter(text, at + 2) == 'r')
                : (Letter(text, at + 1) == 'e' && Letter(text, at + 2) == 'c' && Letter(text, at + 3) == 'u')
                    || (Letter(text, at - 1) == 'c' && Letter(text, at + 1) == 'c')) return true;
        }

        return false;
    }

    static char Letter(ReadOnlySpan<byte> text, int at) =>
        at >= 0 && at < text.Length ? (char)(text[at] | 0x20) : '\0';

    /// <summary><c>\u0020</c> to <c>\u007f</c>.</summary>
    static bool IsAscii(ReadOnlySpan<byte> escape) => escape.StartsWith("\\u00"u8) && escape.Length > 4
        && escape[4] is >= (byte)'2' and <= (byte)'7';

    void Value(ref Utf8JsonReader reader, string key, string at)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                Text(ref reader, key, at);
                break;
            case JsonTokenType.Number:
                Number(ref reader, key, at);
                break;
            case JsonTokenType.StartObject:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = reader.GetString()!;
                    var masked = CardNumbers.Masked(name);
                    if (!ReferenceEquals(name, masked)) Replace(ref reader, masked);
                    reader.Read();
                    Value(ref reader, name, $"{at}/{JsonText.Escape(masked)}");
                }

                break;
            case JsonTokenType.StartArray:
                for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
                    Value(ref reader, key, $"{at}/{i}");
                break;
        }
    }

    void Text(ref Utf8JsonReader reader, string key, string at)
    {
        var text = reader.GetString()!;
        if (IsCode(key) && IsShortNumber(text))
        {
            Replace(ref reader, "***");
        }
        else if ((Articles.Contains(key) && Barcode.Read(text, out _) is not null) || FilesApi.IsImage(text))
        {
            return;
        }
        else if (Ids.Contains(key) && Fields.IsId(text))
        {
            if (!CardNumbers.IsCard(text)) return;
            _ids.Add(at);
            Replace(ref reader, CardNumbers.Masked(text));
        }
        else
        {
            var isPhone = key.Contains("phone", StringComparison.OrdinalIgnoreCase);
            var masked = CardNumbers.Masked(text, isPhone ? FewestInPhone : CardNumbers.Fewest);
            if (!ReferenceEquals(text, masked)) Replace(ref reader, masked);
        }
    }

    void Number(ref Utf8JsonReader reader, string key, string at)
    {
        if (reader.ValueSpan.Length > CardNumbers.Most
            || reader.ValueSpan.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return;
        var text = System.Text.Encoding.UTF8.GetString(reader.ValueSpan);
        if (IsCode(key) && IsShortNumber(text)) Replace(ref reader, "***");
        else if (CardNumbers.IsCard(text))
        {
            if (Ids.Contains(key)) _ids.Add(at);
            Replace(ref reader, CardNumbers.Masked(text));
        }
    }

    /// <summary>Writes all up to this token as it was, and text in the token's place.</summary>
    void Replace(ref Utf8JsonReader reader, string text)
    {
        var start = (int)reader.TokenStartIndex;
        // A name's token ends behind its colon, wherever that is.
        var end = reader.TokenType == JsonTokenType.PropertyName || reader.TokenType == JsonTokenType.String
            ? start + reader.ValueSpan.Length + 2 : start + reader.ValueSpan.Length;
        _masked.Write(_text.Span[_copied..start]);
        _masked.Write(JsonSerializer.SerializeToUtf8Bytes(text, ApiJson.Wire.String));
        _copied = end;
    }

    /// <summary>Whether a field of this name has a security code: its letters and digits are a known word.</summary>
    static bool IsCode(string key) => key.Length is >= 3 and <= 40
        && Codes.Contains(string.Concat(key.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant());

    static bool IsShortNumber(string text) => text.Trim() is { Length: 3 or 4 } number && number.All(char.IsAsciiDigit);
}
