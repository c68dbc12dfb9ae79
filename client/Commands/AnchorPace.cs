using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Fulfillment.Client.Commands;

/// <summary>Which file signed heads are added to while the server runs, and how often.</summary>
public sealed record AnchorPace(string File, TimeSpan Every)
{
    /// <summary>The shortest and the longest time between two heads.</summary>
    static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromDays(31);

    /// <summary>What the command line says; null when no file is named.</summary>
    public static AnchorPace? Read(ParseResult result, Option<string?> file, Option<string> every) =>
        result.GetValue(file) is { Length: > 0 } path
            ? new(Path.GetFullPath(path), Parse(result.GetValue(every)!) ?? Longest) : null;

    /// <summary>Refuses a time that is none, or is out of bounds.</summary>
    public static void Validate(OptionResult option)
    {
        if (option.Tokens is [{ Value: var text }] && Parse(text) is null)
        {
            option.AddError(
                $"--anchor-every {text}: must be a number with s, m, h or d, from {Shortest.TotalSeconds} seconds to "
                + $"{Longest.TotalDays} days.");
        }
    }

    static TimeSpan? Parse(string text)
    {
        if (text.Length is < 2 or > 8) return null;
        var number = text.AsSpan(0, text.Length - 1);
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n)) return null;
        var seconds = text[^1] switch { 's' => 1L, 'm' => 60, 'h' => 3_600, 'd' => 86_400, _ => 0 } * n;
        return seconds >= Shortest.TotalSeconds && seconds <= Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds)
            : null;
    }
}
