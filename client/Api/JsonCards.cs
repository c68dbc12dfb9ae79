using System.Buffers;
using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Unicode;
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

    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> CodesByLetters =
        Codes.GetAlternateLookup<ReadOnlySpan<char>>();

    const int LongestCode = 40;

    readonly ReadOnlyMemory<byte> _text;
    readonly List<string> _ids = [];

    // Where the reader stands; names and pointers are made of it only where there is something to mask.
    readonly List<Step> _steps = [];
    ArrayBufferWriter<byte>? _masked;
    int _copied;

    JsonCards(ReadOnlyMemory<byte> text) => _text = text;

    /// <summary>Whether there may be something to mask: quick, allocates nothing.</summary>
    public static bool MayHave(ReadOnlySpan<byte> text) => CardNumbers.MayContain(text) || HasHint(text);

    /// <summary>The text, masked, and the pointers of the ids that were card numbers.</summary>
    public static (ReadOnlyMemory<byte> Text, IReadOnlyList<string> Ids) Mask(ReadOnlyMemory<byte> text)
    {
        JsonCards cards = new(text);
        if (!Utf8.IsValid(text.Span)) return Bytes(text);
        try
        {
            Utf8JsonReader reader = new(text.Span, new() { MaxDepth = ApiJson.Wire.Options.MaxDepth });
            while (reader.Read()) cards.Value(ref reader);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or text that is none: whoever reads it next says where.
            return Bytes(text);
        }

        if (cards._masked is not { } masked) return (text, cards._ids);
        masked.Write(text.Span[cards._copied..]);
        return (masked.WrittenMemory, cards._ids);
    }

    static (ReadOnlyMemory<byte> Text, IReadOnlyList<string> Ids) Bytes(ReadOnlyMemory<byte> text)
    {
        var bytes = text.ToArray();
        CardNumbers.MaskIn(bytes);
        return (bytes, []);
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

    void Value(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                if (IsSuspect(ref reader) || IsShortNumber(reader.ValueSpan)) Text(ref reader);
                break;
            case JsonTokenType.Number:
                Number(ref reader);
                break;
            case JsonTokenType.StartObject:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    _steps.Add(Step.To(ref reader));
                    if (IsSuspect(ref reader)) Name(ref reader);
                    reader.Read();
                    Value(ref reader);
                    _steps.RemoveAt(_steps.Count - 1);
                }

                break;
            case JsonTokenType.StartArray:
                for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
                {
                    _steps.Add(new(0, -1, i));
                    Value(ref reader);
                    _steps.RemoveAt(_steps.Count - 1);
                }

                break;
        }
    }

    /// <summary>Whether there may be a card number in the token: quick, allocates nothing.</summary>
    static bool IsSuspect(ref Utf8JsonReader reader) =>
        reader.ValueIsEscaped || CardNumbers.MayContain(reader.ValueSpan);

    void Name(ref Utf8JsonReader reader)
    {
        var name = reader.GetString()!;
        var masked = CardNumbers.Masked(name);
        if (!ReferenceEquals(name, masked)) Replace(ref reader, masked);
    }

    void Text(ref Utf8JsonReader reader)
    {
        var (text, key) = (reader.GetString()!, Key());
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
            _ids.Add(Pointer());
            Replace(ref reader, CardNumbers.Masked(text));
        }
        else
        {
            var isPhone = key.Contains("phone", StringComparison.OrdinalIgnoreCase);
            var masked = CardNumbers.Masked(text, isPhone ? FewestInPhone : CardNumbers.Fewest);
            if (!ReferenceEquals(text, masked)) Replace(ref reader, masked);
        }
    }

    void Number(ref Utf8JsonReader reader)
    {
        var digits = reader.ValueSpan;
        if (digits.Length is not (3 or 4 or (>= CardNumbers.FewestIssued and <= CardNumbers.Most))
            || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return;
        if (digits.Length <= 4)
        {
            if (IsCode(Key())) Replace(ref reader, "***");
            return;
        }

        var text = System.Text.Encoding.UTF8.GetString(digits);
        if (!CardNumbers.IsCard(text)) return;
        if (Ids.Contains(Key())) _ids.Add(Pointer());
        Replace(ref reader, CardNumbers.Masked(text));
    }

    /// <summary>Writes all up to this token as it was, and text in the token's place.</summary>
    void Replace(ref Utf8JsonReader reader, string text)
    {
        var start = (int)reader.TokenStartIndex;
        // A name's token ends behind its colon, wherever that is.
        var end = reader.TokenType == JsonTokenType.PropertyName || reader.TokenType == JsonTokenType.String
            ? start + reader.ValueSpan.Length + 2 : start + reader.ValueSpan.Length;
        _masked ??= new(_text.Length + 16);
        _masked.Write(_text.Span[_copied..start]);
        _masked.Write(JsonSerializer.SerializeToUtf8Bytes(text, ApiJson.Wire.String));
        _copied = end;
    }

    /// <summary>The name of the nearest field around.</summary>
    string Key()
    {
        var at = _steps.FindLastIndex(s => s.IsName);
        return at < 0 ? "" : _steps[at].Name(_text.Span);
    }

    /// <summary>Where the reader stands, as a JSON pointer (RFC 6901).</summary>
    string Pointer() => string.Concat(_steps.Select(step => step.IsName
        ? $"/{JsonText.Escape(CardNumbers.Masked(step.Name(_text.Span)))}" : $"/{step.Index}"));

    /// <summary>Whether a field of this name has a security code: its letters and digits are a known word.</summary>
    static bool IsCode(string key)
    {
        if (key.Length is < 3 or > LongestCode) return false;
        Span<char> letters = stackalloc char[LongestCode];
        var count = 0;
        foreach (var c in key)
            if (char.IsAsciiLetterOrDigit(c)) letters[count++] = char.ToLowerInvariant(c);
        return CodesByLetters.Contains(letters[..count]);
    }

    static bool IsShortNumber(string text) => text.Trim() is { Length: 3 or 4 } number && number.All(char.IsAsciiDigit);

    /// <summary>Whether it may be three or four digits between spaces.</summary>
    static bool IsShortNumber(ReadOnlySpan<byte> text)
    {
        var digits = 0;
        foreach (var b in text)
        {
            if (char.IsAsciiDigit((char)b)) digits++;
            else if (b is > (byte)' ' and < 0x80) return false;
        }

        return digits is 3 or 4;
    }

    /// <summary>A step of the way to a value: to a field, by where its name stands, or to an element.</summary>
    readonly record struct Step(int Start, int Length, int Index)
    {
        public bool IsName => Length >= 0;

        public static Step To(ref Utf8JsonReader name) => new((int)name.TokenStartIndex, name.ValueSpan.Length, 0);

        public string Name(ReadOnlySpan<byte> text)
        {
            Utf8JsonReader reader = new(text.Slice(Start, Length + 2));
            return reader.Read() ? reader.GetString()! : "";
        }
    }
}
