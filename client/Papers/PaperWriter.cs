using System.Globalization;
using System.Text;
using SkiaSharp;

namespace Fulfillment.Client.Papers;

/// <summary>
/// Writes a paper page by page, and makes a PDF of it. Everything is kept until <see cref="End"/>, so that a page can
/// tell how many there are. The same calls make the same bytes. Places in points from the upper left corner; of a text
/// its baseline.
/// </summary>
public sealed class PaperWriter : IDisposable
{
    readonly PaperSize _size;
    readonly float _margin, _foot;
    readonly List<List<Action<SKCanvas>>> _pages = [];
    readonly Dictionary<(Face, float), SKFont> _fonts = [];
    readonly SortedSet<int> _lacking = [];
    List<Action<SKCanvas>> _page = [];

    /// <summary>On paper of a size, with so much white around it, and with room for a foot of a height.</summary>
    public PaperWriter(PaperSize size, float margin, float foot = 0)
    {
        (_size, _margin, _foot) = (size, margin, foot);
        Y = margin;
    }

    /// <summary>Called on each page after the first, before anything else is written there.</summary>
    public Action NewPage { get; set; } = () => { };

    /// <summary>Where the next thing goes.</summary>
    public float Y { get; set; }

    /// <summary>The left, right and lower end of what may be written on.</summary>
    public float Left => _margin;

    /// <inheritdoc cref="Left"/>
    public float Right => _size.Width - _margin;

    /// <inheritdoc cref="Left"/>
    public float Bottom => _size.Height - _margin - _foot;

    /// <summary>So far below the upper end.</summary>
    public float Top(float below) => _margin + below;

    /// <summary>From left to right.</summary>
    public float Width => Right - Left;

    /// <summary>Begins a new page unless this one has so much room. What is higher than a page runs off it.</summary>
    public void Need(float height)
    {
        if (Y + height <= Bottom || _page.Count == 0) return;
        _pages.Add(_page);
        _page = [];
        Y = _margin;
        NewPage();
    }

    /// <summary>How wide a text is.</summary>
    public float Measure(string text, Ink ink) => Font(ink).MeasureText(Printable(text, ink));

    /// <summary>
    /// Writes a row of a table that is so high, on a new page unless there is room, and a line below it. What
    /// <paramref name="write"/> writes begins at the top that it is given, and may leave the paper lower, or go on on
    /// the next page.
    /// </summary>
    public void Row(float height, Action<float> write)
    {
        const float above = 7;
        Need(height + (2 * above));
        var (top, pages) = (Y += above, _pages.Count);
        write(top);
        if (_pages.Count == pages) Y = Math.Max(Y, top + height);
        Y += above;
        Rule(Left, Y, Width, 0.5f, Ink.Hairline);
    }

    /// <summary>Writes a line of text.</summary>
    public void Text(string text, float x, float y, Ink ink, Side side = Side.Left)
    {
        var (line, font) = (Printable(text, ink), Font(ink));
        var at = side == Side.Left ? x : x - (font.MeasureText(line) / (side == Side.Middle ? 2 : 1));
        Add(canvas =>
        {
            using SKPaint paint = new() { Color = ink.Colour, IsAntialias = true };
            canvas.DrawText(line, at, y, SKTextAlign.Left, font, paint);
        });
    }

    /// <summary>Writes a line of text, cut to the width with an ellipsis where it is longer.</summary>
    public void Fit(string text, float x, float y, Ink ink, float width, Side side = Side.Left)
    {
        if (Measure(text, ink) > width)
        {
            var cut = StringInfo.ParseCombiningCharacters(text);
            var keep = Math.Min(cut.Length - 1, Most(ink, width));
            while (keep > 0 && Measure(text[..cut[keep]] + "…", ink) > width) keep--;
            text = text[..cut[keep]].TrimEnd() + "…";
        }

        Text(text, x, y, ink, side);
    }

    /// <summary>Writes a line of text as large as the width allows.</summary>
    public void Fill(string text, float x, float y, Ink ink, float width, float smallest)
    {
        while (ink.Size > smallest && Measure(text, ink) > width) ink = ink with { Size = ink.Size - 0.5f };
        Fit(text, x, y, ink, width);
    }

    /// <summary>The text in lines of at most the width, broken at spaces, and within a word where it must be.</summary>
    public List<string> Wrap(string text, Ink ink, float width)
    {
        List<string> lines = [];
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            StringBuilder line = new();
            foreach (var word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var rest = word;
                if (line.Length > 0 && Measure($"{line} {rest}", ink) > width)
                {
                    lines.Add(line.ToString());
                    line.Clear();
                }

                while (line.Length == 0 && Measure(rest, ink) > width && Broken(rest, ink, width) is var at and > 0)
                {
                    lines.Add(rest[..at]);
                    rest = rest[at..];
                }

                if (line.Length > 0) line.Append(' ');
                line.Append(rest);
            }

            lines.Add(line.ToString());
        }

        return lines;
    }

    /// <summary>Writes lines below each other; the first one's baseline is at <paramref name="y"/>.</summary>
    public void Lines(IEnumerable<string> lines, float x, float y, Ink ink)
    {
        foreach (var line in lines)
        {
            Text(line, x, y, ink);
            y += ink.Leading;
        }
    }

    /// <summary>Draws a line from left to right.</summary>
    public void Rule(float x, float y, float width, float weight, SKColor colour) =>
        Box(x, y - (weight / 2), width, weight, colour);

    /// <summary>Fills a box.</summary>
    public void Box(float x, float y, float width, float height, SKColor colour, float round = 0) => Add(canvas =>
    {
        using SKPaint paint = new() { Color = colour };
        canvas.DrawRoundRect(x, y, width, height, round, round, paint);
    });

    /// <summary>Draws the frame of a box.</summary>
    public void Frame(float x, float y, float width, float height, float weight, SKColor colour, float round = 0) =>
        Add(canvas =>
        {
            using SKPaint paint = new()
            {
                Color = colour,
                StrokeWidth = weight,
                Style = SKPaintStyle.Stroke,
                IsAntialias = true,
            };
            canvas.DrawRoundRect(x, y, width, height, round, round, paint);
        });

    /// <summary>
    /// Draws a barcode with modules of a width; bars have the height. The space around it is the caller's to keep.
    /// </summary>
    public void Draw(Symbol symbol, float x, float y, float module, float height) => Add(canvas =>
    {
        using SKPaint paint = new() { Color = SKColors.Black };
        var step = symbol.Rows == 1 ? height : module;
        for (var row = 0; row < symbol.Rows; row++)
        {
            for (var from = 0; from < symbol.Columns; from++)
            {
                if (!symbol[row, from]) continue;
                var to = from;
                while (to < symbol.Columns && symbol[row, to]) to++;
                canvas.DrawRect(x + (from * module), y + (row * step), (to - from) * module, step, paint);
                from = to;
            }
        }
    });

    /// <summary>
    /// The PDF. <paramref name="made"/>: the moment that it tells of, from the data and not a clock; null for none.
    /// <paramref name="footer"/>: writes at the bottom of each page, given its number, from 1, and how many there are.
    /// </summary>
    public byte[] End(string title, DateTimeOffset? made = null, Action<int, int>? footer = null)
    {
        _pages.Add(_page);
        using MemoryStream stream = new();
        SKDocumentPdfMetadata about = new(72)
        {
            Title = title,
            Producer = "Orleans.Fulfillment",
            Creator = "Orleans.Fulfillment",
            Creation = made?.UtcDateTime,
            Modified = made?.UtcDateTime,
        };
        using (var document = SKDocument.CreatePdf(stream, about))
        {
            for (var i = 0; i < _pages.Count; i++)
            {
                _page = _pages[i];
                footer?.Invoke(i + 1, _pages.Count);
                var canvas = document.BeginPage(_size.Width, _size.Height);
                foreach (var draw in _page) draw(canvas);
                document.EndPage();
            }

            document.Close();
        }

        return stream.ToArray();
    }

    /// <summary>Tells which characters the fonts lack; null where they have all.</summary>
    public string? Lacking => _lacking.Count == 0 ? null
        : $"{PaperFonts.Lacking} stands for what our font lacks: "
            + string.Join(' ', _lacking.Take(12).Select(c => $"U+{c:X4}")) + (_lacking.Count > 12 ? " …" : "");

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var font in _fonts.Values) font.Dispose();
    }

    void Add(Action<SKCanvas> draw) => _page.Add(draw);

    string Printable(string text, Ink ink) => PaperFonts.Printable(text, Font(ink), _lacking);

    /// <summary>How many characters of a word fit; at least one.</summary>
    int Broken(string word, Ink ink, float width)
    {
        var cut = StringInfo.ParseCombiningCharacters(word);
        var keep = Math.Min(cut.Length - 1, Most(ink, width));
        while (keep > 1 && Measure(word[..cut[keep]], ink) > width) keep--;
        return keep > 0 ? cut[keep] : 0;
    }

    /// <summary>More characters of a text than fit into a width: what is longer need not be measured.</summary>
    static int Most(Ink ink, float width) => (int)(width / (ink.Size * 0.15f)) + 1;

    SKFont Font(Ink ink)
    {
        if (_fonts.TryGetValue((ink.Face, ink.Size), out var font)) return font;
        font = new(PaperFonts.Of(ink.Face), ink.Size)
        {
            Subpixel = true,
            LinearMetrics = true,
            Hinting = SKFontHinting.None,
        };
        _fonts.Add((ink.Face, ink.Size), font);
        return font;
    }
}
