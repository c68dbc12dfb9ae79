using System.Text.Json;
using System.Text.Unicode;

namespace Fulfillment.Client.Api;

/// <summary>
/// What can be wrong with the text of a JSON body beyond its grammar, and how places in it are named.
/// </summary>
static class JsonText
{
    /// <summary>
    /// Refuses what is not UTF-8 (RFC 8259, section 8.1), and escapes that are half of a character (section 8.2): the
    /// parser passes both on where a value is kept unread.
    /// </summary>
    public static void Check(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body))
            throw new ProblemException(Problem.Invalid("", "malformed-json", "is not text in UTF-8"));
        if (body.IndexOf("\\ud"u8) < 0 && body.IndexOf("\\uD"u8) < 0) return;
        try
        {
            Utf8JsonReader reader = new(body, new() { MaxDepth = ApiJson.Wire.Options.MaxDepth });
            if (reader.Read()) CheckEscapes(ref reader, "");
        }
        catch (JsonException)
        {
            // Not JSON at all: whoever reads it next says where.
        }
    }

    /// <summary>A name as a part of a JSON pointer (RFC 6901, section 3).</summary>
    public static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>The parser's path <c>$.lines[0]['a.b']</c> as the JSON pointer <c>/lines/0/a.b</c>.</summary>
    public static string Pointer(string? path)
    {
        if (path is null) return "";
        System.Text.StringBuilder pointer = new();
        for (var at = 1; at < path.Length;)
        {
            var quoted = path.AsSpan(at).StartsWith("['");
            var (start, end) = quoted ? (at + 2, path.IndexOf("']", at, StringComparison.Ordinal))
                : path[at] == '[' ? (at + 1, path.IndexOf(']', at)) : (at + 1, path.IndexOfAny(['.', '['], at + 1));
            if (end < 0) end = path.Length;
            pointer.Append('/').Append(Escape(path[start..end]));
            at = end + (quoted ? 2 : end < path.Length && path[end] == ']' ? 1 : 0);
        }

        return pointer.ToString();
    }

    /// <summary>Reads the value that the reader stands on; <paramref name="at"/> is its JSON pointer.</summary>
    static void CheckEscapes(ref Utf8JsonReader reader, string at)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                Text(ref reader, at);
                break;
            case JsonTokenType.StartObject:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = Text(ref reader, at);
                    reader.Read();
                    CheckEscapes(ref reader, $"{at}/{Escape(name)}");
                }

                break;
            case JsonTokenType.StartArray:
                for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
                    CheckEscapes(ref reader, $"{at}/{i}");
                break;
        }
    }

    static string Text(ref Utf8JsonReader reader, string at)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new ProblemException(
                Problem.Invalid(at, "bad-text", "has an escape that is half of a character, such as \\ud800"));
        }
    }
}
