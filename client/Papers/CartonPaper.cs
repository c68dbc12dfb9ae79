namespace Fulfillment.Client.Papers;

/// <summary>The carton content list, to go with a carton or a pallet.</summary>
public static class CartonPaper
{
    const string Title = "Content list";
    const float Units = 30, Item = 48, Lot = 330, LotWidth = 95, Expiry = 511;

    /// <summary>The list as PDF.</summary>
    public static byte[] Draw(CartonSheet sheet)
    {
        using var paper = PaperParts.Page();
        var name = $"{char.ToUpperInvariant(sheet.Kind[0])}{sheet.Kind[1..]} {sheet.Lpn}";
        PaperParts.Head(paper, sheet.Seller, Title, name, sheet.Lpn, isCarrier: true);
        Top(paper, sheet);
        Labels(paper);
        paper.NewPage = () =>
        {
            PaperParts.Again(paper, Title, name);
            Labels(paper);
        };
        foreach (var line in sheet.Lines) Line(paper, line);
        paper.NewPage = () => PaperParts.Again(paper, Title, name);
        paper.Need(30);
        paper.Text(
            PaperParts.Count(sheet.Lines.Sum(l => l.Units)), paper.Left + Units, paper.Y + 18, Ink.Strong(10.5f),
            Side.Right);
        paper.Text(
            $"in all, of {PaperParts.Count(sheet.Lines.Select(l => l.Item.Sku).Distinct().Count(), "SKU")}",
            paper.Left + Item, paper.Y + 18, Ink.Text(9.5f));
        return paper.End(
            $"{Title} {sheet.Lpn}", sheet.MadeAt,
            (page, pages) => PaperParts.End(paper, $"{sheet.Seller} · {name}", page, pages));
    }

    static void Top(PaperWriter paper, CartonSheet sheet)
    {
        var half = (paper.Width - 24) / 2;
        var height = PaperParts.Block(paper, paper.Left, "AT", [sheet.Node], half);
        if (!sheet.Facts.IsDefaultOrEmpty)
            height = Math.Max(height, PaperParts.Facts(paper, paper.Left + half + 24, sheet.Facts, half));
        paper.Y += height + 20;
    }

    static void Labels(PaperWriter paper)
    {
        var label = Ink.Strong(7.5f).Quiet;
        paper.Text("UNITS", paper.Left + Units, paper.Y + 6, label, Side.Right);
        paper.Text("ITEM", paper.Left + Item, paper.Y + 6, label);
        paper.Text("LOT", paper.Left + Lot, paper.Y + 6, label);
        paper.Text("EXPIRY", paper.Left + Expiry, paper.Y + 6, label, Side.Right);
        paper.Y += 12;
        paper.Rule(paper.Left, paper.Y, paper.Width, 0.8f, Ink.Black);
    }

    static void Line(PaperWriter paper, CartonLine line)
    {
        var note = line.Serials.IsDefaultOrEmpty ? line.Item.Note : $"Serials {string.Join(", ", line.Serials)}";
        ItemCell cell = new(paper, line.Item with { Note = note }, Lot - Item - 12);
        var lot = line.Lot is null ? [] : paper.Wrap(line.Lot, Ink.Code(8.5f), LotWidth);
        paper.Row(Math.Max(cell.Height, lot.Count * Ink.Code(8.5f).Leading), top =>
        {
            paper.Text(PaperParts.Count(line.Units), paper.Left + Units, top + 9, Ink.Strong(9.5f), Side.Right);
            paper.Lines(lot, paper.Left + Lot, top + 9, Ink.Code(8.5f));
            if (line.Expiry is { } expiry)
                paper.Text(PaperParts.Day(expiry), paper.Left + Expiry, top + 9, Ink.Text(9), Side.Right);
            cell.Draw(paper.Left + Item);
        });
    }
}
