using System.Text.Json.Nodes;
using Fulfillment.Catalog;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Domain;

/// <summary>Every vector of GS1's own tools, and of others, accepted or refused as they do.</summary>
public sealed class Gs1VectorTests
{
    // GTIN-13 in a link is taken where the reader is told to; the tool of this vector was, that of the others not.
    const string WithShortGtin = "https://brand.example.com/01/9520123456788";

    static IEnumerable<JsonNode> Vectors(string file)
    {
        var path = Fixtures.Find($"gs1/{file}");
        Skip.If(path is null, Fixtures.Missing($"gs1/{file}"));
        return JsonNode.Parse(File.ReadAllText(path))!.AsArray().Select(node => node!);
    }

    static string FaultOf(string name) => string.Concat(
        name.Replace("_IMPLEMENTATION", "", StringComparison.Ordinal).Split('_')
            .Select(word => word[..1] + word[1..].ToLowerInvariant()));

    [SkippableFact]
    public void Checks_of_parts()
    {
        List<string> wrong = [];
        var count = 0;
        foreach (var vector in Vectors("gs1-linter-vectors.json"))
        {
            count++;
            var (name, input) = ((string)vector["linter"]!, (string)vector["input"]!);
            var flaw = Gs1Checks.Check(name, input);
            var said = flaw is { } f ? $"{f.Fault} {f.Mark(input)}" : "ok";
            var wanted = (bool)vector["ok"]! ? "ok" : $"{FaultOf((string)vector["error"]!)} {vector["marked"]}";
            if (said != wanted) wrong.Add($"{name} '{input}': {said}, wanted {wanted}");
        }

        Assert.Empty(wrong);
        Assert.True(count > 1_500);
    }

    [SkippableFact]
    public void Check_digits_of_trade_items()
    {
        foreach (var vector in Vectors("gtin-parity-vectors.json"))
        {
            var gtin = (string)vector["gtin"]!;
            Assert.Equal((bool)vector["ok"]!, Gtin.Normal(gtin) is not null);
            if (vector["corrected"] is { } corrected)
                Assert.Equal((string)corrected!, gtin[..^1] + CheckDigits.Of(gtin.AsSpan(0, gtin.Length - 1)));
        }
    }

    [SkippableFact]
    public void Texts_below_symbols()
    {
        foreach (var vector in Vectors("bracketed-ai-to-element-string-vectors.json"))
        {
            var read = ElementString.ReadBracketed((string)vector["input"]!, out var flaw);
            Assert.Equal((bool)vector["ok"]!, read is not null);
            Assert.Equal(read is null, flaw is not null);
            if (read is null) continue;
            Assert.Equal((string)vector["expect"]!, read.ToText('^'));
            Assert.Equal(read.ToText(), ElementString.Read(read.ToText('^'), out _, '^')!.ToText());
            Assert.Equal(read.ToText(), ElementString.ReadBracketed(read.ToBracketed(), out _)!.ToText());
        }
    }

    [SkippableFact]
    public void Links()
    {
        List<string> wrong = [];
        foreach (var vector in Vectors("digital-link-to-element-string-vectors.json"))
        {
            var input = (string)vector["input"]!;
            var read = DigitalLink.Read(input, out var flaw, shortGtin: input == WithShortGtin);
            Assert.Equal(read is null, flaw is not null);
            var said = read?.ToText('^') ?? "";
            if (said != (string)vector["expect"]!) wrong.Add($"{input}: '{said}', wanted '{vector["expect"]}' {flaw}");
        }

        Assert.Empty(wrong);
    }

    [SkippableFact]
    public void Symbols_of_128()
    {
        foreach (var vector in Vectors("gs1-128-vectors.json"))
        {
            var isDecoding = (string)vector["op"]! == "decode";
            var told = isDecoding ? Read((string)vector["input"]!) : Write(vector["data"]!.AsObject());
            if (vector["error"] is not null)
            {
                Assert.Null(told);
                continue;
            }

            Assert.NotNull(told);
            if (isDecoding)
            {
                foreach (var (ai, value) in vector["expect"]!.AsObject())
                    Assert.Equal($"{value}", Plain(told.Elements.Single(e => e.Ai == ai)));
            }
            else
            {
                var separator = (string?)vector["separator"] ?? "";
                Assert.Equal(((string)vector["expect"]!).Replace(separator.Length > 0 ? separator : "\0", "",
                    StringComparison.Ordinal), told.ToBracketed());
            }
        }
    }

    /// <summary>The dictionary itself: each identifier has the length, flags and parts that it says.</summary>
    [SkippableFact]
    public void Every_identifier_of_the_dictionary_is_known_with_its_length()
    {
        var path = Fixtures.Find("gs1/gs1-syntax-dictionary.txt");
        Skip.If(path is null, Fixtures.Missing("gs1/gs1-syntax-dictionary.txt"));
        var count = 0;
        foreach (var line in File.ReadLines(path).Where(l => l.Length > 0 && l[0] != '#'))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var ais = words[0].Split('-');
            var first = int.Parse(ais[0], System.Globalization.CultureInfo.InvariantCulture);
            var last = int.Parse(ais[^1], System.Globalization.CultureInfo.InvariantCulture);
            for (var i = first; i <= last; i++)
            {
                count++;
                var ai = ApplicationIdentifier.Find($"{i}".PadLeft(ais[0].Length, '0'));
                Assert.True(ai is not null, line);
                Assert.Equal(words[1].Contains('*'), ai.Fixed);
                Assert.Equal(line.Contains("dlpkey", StringComparison.Ordinal), ai.IsKey);
            }
        }

        Assert.Equal(count, ApplicationIdentifier.All.Count);
    }

    static ElementString? Read(string text) => ElementString.ReadBracketed(text, out _);

    /// <summary>Typed values as text, and read again, so that each is checked.</summary>
    static ElementString? Write(JsonObject data)
    {
        List<string> texts = [];
        foreach (var (ai, value) in data)
        {
            if (value!.GetValueKind() == System.Text.Json.JsonValueKind.Number && ai.Length == 4)
            {
                var number = (decimal)value;
                var decimals = Math.Max(number.Scale, (byte)0);
                var digits = (number * (decimal)Math.Pow(10, decimals)).ToString(
                    "0", System.Globalization.CultureInfo.InvariantCulture);
                var to = $"{ai[..3]}{decimals}";
                texts.Add($"({to}){digits.PadLeft(ApplicationIdentifier.Find(to)!.Length.Least, '0')}");
            }
            else if (DateOnly.TryParseExact($"{value}", "yyyy-MM-dd", out var day)) texts.Add($"({ai}){day:yyMMdd}");
            else texts.Add($"({ai}){value}");
        }

        return Read(string.Concat(texts));
    }

    static string Plain(Element element) => element.Date(2026) is { } day
        ? day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)
        : element.Measure ?? element.Value;
}
