using System.Globalization;
using System.Text;
using SkiaSharp;

namespace Fulfillment.Client.Papers;

/// <summary>The faces of our papers.</summary>
public enum Face
{
    /// <summary>Running text.</summary>
    Text,

    /// <summary>Headings, and what is to be seen first.</summary>
    Strong,

    /// <summary>Ids: every sign as wide, and none like another.</summary>
    Code,
}

/// <summary>
/// The fonts that papers are set in: IBM Plex, under the SIL Open Font License, carried along in this assembly, so that
/// a paper looks the same, and has the same bytes, on every machine.
/// </summary>
static class PaperFonts
{
    /// <summary>Stands for every character that no face has.</summary>
    public const char Lacking = '\uFFFD';

    static readonly SKTypeface Text = Load("IBMPlexSans-Regular.ttf"), Strong = Load("IBMPlexSans-SemiBold.ttf"),
        Code = Load("IBMPlexMono-Medium.ttf");

    /// <summary>The typeface.</summary>
    public static SKTypeface Of(Face face) => face switch
    {
        Face.Text => Text,
        Face.Strong => Strong,
        Face.Code => Code,
    };

    /// <summary>
    /// The text in characters that the font has: with a space for every control character, and with
    /// <see cref="Lacking"/> for what it lacks, which is added to <paramref name="lacking"/>.
    /// </summary>
    public static string Printable(string text, SKFont font, ISet<int> lacking)
    {
        StringBuilder printable = new(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var kind = Rune.GetUnicodeCategory(rune);
            if (kind is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                printable.Append(' ');
            else if (IsUnseen(rune, kind)) continue;
            else if (font.ContainsGlyph(rune.Value)) printable.Append(rune.ToString());
            else
            {
                printable.Append(Lacking);
                if (rune.Value != Lacking) lacking.Add(rune.Value);
            }
        }

        return printable.ToString();
    }

    /// <summary>What changes the sign before it, or joins two, and is none itself.</summary>
    static bool IsUnseen(Rune rune, UnicodeCategory kind) =>
        kind is UnicodeCategory.Format || rune.Value is >= 0xFE00 and <= 0xFE0F;

    static SKTypeface Load(string name)
    {
        using var stream = typeof(PaperFonts).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The font {name} is not in the assembly.");
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data);
    }
}
