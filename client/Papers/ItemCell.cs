namespace Fulfillment.Client.Papers;

/// <summary>
/// Goods in a row of a table: name, SKU, handling classes as stamps, instruction and note, one below another.
/// </summary>
sealed class ItemCell
{
    static readonly Ink Name = Ink.Strong(9.5f), Sku = Ink.Code(8), Small = Ink.Text(8.5f), Stamp = Ink.Strong(7);

    readonly PaperWriter _paper;
    readonly float _width;
    readonly List<(float Height, Action<float, float> Draw)> _parts = [];

    public ItemCell(PaperWriter paper, PaperItem item, float width)
    {
        (_paper, _width) = (paper, width);
        Lines(paper.Wrap(item.Name, Name, width), Name, 0);
        var skus = paper.Wrap(item.Sku, Sku, width);
        var stamps = item.Handling.IsDefault ? [] : Rows([.. item.Handling]);
        var after = paper.Measure(item.Sku, Sku) + 8;
        if (stamps.Count == 1 && after + stamps[0].Sum(StampWidth) <= width)
        {
            _parts.Add((14, (x, y) => paper.Text(item.Sku, x, y + 9, Sku.Quiet)));
            _parts.Add((0, (x, y) => Stamps(stamps[0], x + after, y - 5)));
        }
        else
        {
            Lines(skus, Sku.Quiet, 0);
            foreach (var row in stamps) _parts.Add((14, (x, y) => Stamps(row, x, y + 10)));
        }

        if (item.Instruction is { } how)
        {
            _parts.Add((3, (_, _) => { }));
            Lines(paper.Wrap(how, Small, width - 9), Small, 9);
        }

        if (item.Note is not { } note) return;
        if (item.Instruction is not null) _parts.Add((2, (_, _) => { }));
        Lines(paper.Wrap(note, Small, width), Small.Quiet, 0);
    }

    /// <summary>How high it is when it stands on one page.</summary>
    public float Height => _parts.Sum(p => p.Height);

    /// <summary>
    /// Draws it from where the paper is, and leaves the paper below it. What is higher than a page goes on on the next.
    /// </summary>
    public void Draw(float x)
    {
        foreach (var (height, draw) in _parts)
        {
            _paper.Need(height);
            draw(x, _paper.Y);
            _paper.Y += height;
        }
    }

    /// <summary>Lines of text; with a bar before them when they are set in.</summary>
    void Lines(List<string> lines, Ink ink, float indent)
    {
        foreach (var line in lines)
        {
            _parts.Add((ink.Leading, (x, y) => _paper.Text(line, x + indent, y + ink.Size - 0.5f, ink)));
            if (indent > 0) _parts.Add((0, (x, y) => _paper.Box(x, y - ink.Leading, 2, ink.Leading, Ink.Black)));
        }
    }

    /// <summary>Stamps in rows of the width.</summary>
    List<List<string>> Rows(List<string> handling)
    {
        List<List<string>> rows = [];
        var left = 0f;
        foreach (var stamp in handling)
        {
            var wide = StampWidth(stamp);
            if (left < wide)
            {
                rows.Add([]);
                left = _width;
            }

            rows[^1].Add(stamp);
            left -= wide;
        }

        return rows;
    }

    void Stamps(List<string> stamps, float x, float y)
    {
        foreach (var stamp in stamps)
        {
            var width = Math.Min(StampWidth(stamp) - 5, _width);
            _paper.Frame(x, y - 8, width, 10.5f, 0.8f, Ink.Black, 2);
            _paper.Fit(stamp.ToUpperInvariant(), x + 4, y - 0.3f, Stamp, width - 7);
            x += width + 5;
        }
    }

    float StampWidth(string stamp) => _paper.Measure(stamp.ToUpperInvariant(), Stamp) + 13;
}
