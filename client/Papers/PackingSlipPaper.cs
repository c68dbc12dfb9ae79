namespace Fulfillment.Client.Papers;

/// <summary>The packing slip: what is in the parcel, for the bench that packs it and the buyer who opens it.</summary>
public static class PackingSlipPaper
{
    const string Title = "Packing slip";
    const float Units = 30, Gap = 18, Column = 62;

    /// <summary>The slip as PDF.</summary>
    public static byte[] Draw(PackingSlip slip)
    {
        using var paper = PaperParts.Page();
        paper.NewPage = () => PaperParts.Again(paper, Title, slip.Reference);
        PaperParts.Head(paper, slip.Seller, Title, $"Fulfilment order {slip.Reference}", slip.Order);
        Top(paper, slip);
        if (slip.GiftMessage is { } message) Gift(paper, message);
        Lines(paper, slip);
        if (slip.Totals is { } totals) Totals(paper, totals);
        if (!slip.Absent.IsEmpty) Absent(paper, slip);
        return paper.End(
            $"{Title} {slip.Reference}", slip.MadeAt,
            (page, pages) => PaperParts.End(paper, $"{slip.Seller} · order {slip.Order}", page, pages));
    }

    static void Top(PaperWriter paper, PackingSlip slip)
    {
        var third = (paper.Width - 36) / 3;
        var height = PaperParts.Block(paper, paper.Left, "SHIP TO", slip.To, third);
        height = Math.Max(
            height, PaperParts.Block(paper, paper.Left + third + Gap, "SHIPPED FROM", slip.From, third - 20));
        height = Math.Max(
            height, PaperParts.Facts(paper, paper.Left + (2 * (third + Gap)) - 20, slip.Facts, third + 20));
        paper.Y += height + 22;
    }

    /// <summary>The message in a box; what the page has no room for is in another on the next.</summary>
    static void Gift(PaperWriter paper, string message)
    {
        const float above = 36, below = 16;
        var ink = Ink.Text(11.5f);
        var lines = paper.Wrap(message, ink, paper.Width - 32);
        for (var first = 0; first < lines.Count;)
        {
            paper.Need(above + below + ink.Leading);
            var room = (int)((paper.Bottom - paper.Y - above - below) / ink.Leading) + 1;
            var some = lines.GetRange(first, Math.Min(Math.Max(1, room), lines.Count - first));
            var height = above - 2 + (some.Count * ink.Leading);
            paper.Box(paper.Left, paper.Y, paper.Width, height, Ink.Tint, 4);
            paper.Text(
                first == 0 ? "A MESSAGE FOR YOU" : "A MESSAGE FOR YOU, CONTINUED", paper.Left + 16, paper.Y + 18,
                Ink.Strong(7.5f).Quiet);
            paper.Lines(some, paper.Left + 16, paper.Y + above, ink);
            paper.Y += height + 20;
            first += some.Count;
        }
    }

    static void Lines(PaperWriter paper, PackingSlip slip)
    {
        var columns = Columns(slip);
        var item = paper.Left + Units + Gap;
        var width = paper.Right - item - (columns.Count * Column) - (columns.Count == 0 ? 0 : 6);
        Labels();
        var again = paper.NewPage;
        paper.NewPage = () =>
        {
            again();
            Labels();
        };
        foreach (var line in slip.Lines)
        {
            ItemCell cell = new(paper, line.Item, width);
            paper.Row(cell.Height, top =>
            {
                paper.Text(PaperParts.Count(line.Units), paper.Left + Units, top + 9, Ink.Strong(9.5f), Side.Right);
                for (var i = 0; i < columns.Count; i++)
                    paper.Text(columns[i].Says(line.Money), Edge(i), top + 9, Ink.Text(9.5f), Side.Right);
                cell.Draw(item);
            });
        }

        paper.NewPage = again;
        paper.Y += 14;

        float Edge(int column) => paper.Right - ((columns.Count - 1 - column) * Column);

        void Labels()
        {
            var label = Ink.Strong(7.5f).Quiet;
            paper.Text("UNITS", paper.Left + Units, paper.Y + 6, label, Side.Right);
            paper.Text("ITEM", item, paper.Y + 6, label);
            for (var i = 0; i < columns.Count; i++)
                paper.Text(columns[i].Label, Edge(i), paper.Y + 6, label, Side.Right);
            paper.Y += 12;
            paper.Rule(paper.Left, paper.Y, paper.Width, 0.8f, Ink.Black);
        }
    }

    /// <summary>The columns of amounts: none where nothing has a price.</summary>
    static List<(string Label, Func<SlipMoney?, string> Says)> Columns(PackingSlip slip)
    {
        if (slip.Totals is not { Currency: var currency } totals) return [];
        List<(string, Func<SlipMoney?, string>)> columns = [("UNIT PRICE", m => Of(m?.Each))];
        if (slip.Lines.Any(l => l.Money is { Discount: not 0 }))
            columns.Add(("DISCOUNT", m => m is { Discount: 0 } ? "" : Of(-m?.Discount)));
        if (totals.Tax != 0) columns.Add((totals.TaxIncluded ? "INCL. TAX" : "TAX", m => Of(m?.Tax)));
        columns.Add(($"AMOUNT {currency}", m => Of(m?.Amount)));
        return columns;

        string Of(long? minor) => minor is { } amount ? PaperParts.Amount(amount, currency) : "–";
    }

    static void Totals(PaperWriter paper, SlipTotals t)
    {
        List<(string Label, long Minor)> rows = [("Goods", t.Goods)];
        if (t.Shipping != 0) rows.Add(("Shipping", t.Shipping));
        if (t is { Tax: not 0, TaxIncluded: false }) rows.Add(("Tax", t.Tax));
        var included = t is { Tax: not 0, TaxIncluded: true };
        var left = paper.Right - 190;
        paper.Need((rows.Count * 15) + 26 + (included ? 14 : 0));
        foreach (var (label, minor) in rows)
        {
            paper.Text(label, left, paper.Y + 9, Ink.Text(9.5f).Quiet);
            paper.Text(PaperParts.Amount(minor, t.Currency), paper.Right, paper.Y + 9, Ink.Text(9.5f), Side.Right);
            paper.Y += 15;
        }

        paper.Rule(left, paper.Y + 2, paper.Right - left, 0.8f, Ink.Black);
        paper.Text("Total of this delivery", left, paper.Y + 17, Ink.Strong(10.5f));
        paper.Text(
            $"{PaperParts.Amount(t.Total, t.Currency)} {t.Currency}", paper.Right, paper.Y + 17, Ink.Strong(10.5f),
            Side.Right);
        paper.Y += 24;
        if (included)
        {
            paper.Text(
                $"includes {PaperParts.Amount(t.Tax, t.Currency)} {t.Currency} of tax", paper.Right, paper.Y + 8,
                Ink.Text(8.5f).Quiet, Side.Right);
            paper.Y += 14;
        }

        paper.Y += 10;
    }

    static void Absent(PaperWriter paper, PackingSlip slip)
    {
        const float why = 190;
        var item = paper.Left + Units + Gap;
        paper.Need(80);
        paper.Text("Not in this parcel", paper.Left, paper.Y + 14, Ink.Strong(11));
        paper.Y += 24;
        paper.Rule(paper.Left, paper.Y, paper.Width, 0.8f, Ink.Black);
        foreach (var absent in slip.Absent)
        {
            ItemCell cell = new(paper, absent.Item, paper.Right - item - why - 12);
            var because = paper.Wrap(absent.Why, Ink.Text(9), why);
            paper.Row(Math.Max(cell.Height, because.Count * Ink.Text(9).Leading), top =>
            {
                paper.Text(
                    PaperParts.Count(absent.Units), paper.Left + Units, top + 9, Ink.Strong(9.5f).Quiet, Side.Right);
                paper.Lines(because, paper.Right - why, top + 9, Ink.Text(9));
                cell.Draw(item);
            });
        }
    }
}
