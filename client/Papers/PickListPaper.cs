using System.Globalization;

namespace Fulfillment.Client.Papers;

/// <summary>The pick list on paper: a row a stop, with a box to tick.</summary>
public static class PickListPaper
{
    const string Title = "Pick list";
    const float Number = 20, Bin = 30, BinWidth = 92, Item = 134, Lot = 336, LotWidth = 66, Tote = 408, ToteWidth = 48,
        Units = 484, Tick = 496, TickSize = 13;

    /// <summary>The list as PDF.</summary>
    public static byte[] Draw(PickListSheet sheet)
    {
        using var paper = PaperParts.Page();
        PaperParts.Head(paper, sheet.Node, sheet.Title, $"{Title} {sheet.Id}", sheet.Id);
        Summary(paper, sheet);
        Labels(paper);
        paper.NewPage = () =>
        {
            PaperParts.Again(paper, sheet.Title, $"{Title} {sheet.Id}");
            Labels(paper);
        };
        for (var i = 0; i < sheet.Stops.Length; i++) Stop(paper, i + 1, sheet.Stops[i]);
        return paper.End(
            $"{Title} {sheet.Id}", sheet.MadeAt,
            (page, pages) => PaperParts.End(
                paper, $"{Title} {sheet.Id} · {PaperParts.Moment(sheet.MadeAt)}", page, pages));
    }

    static void Summary(PaperWriter paper, PickListSheet sheet)
    {
        List<PaperFact> facts =
        [
            new("STOPS", PaperParts.Count(sheet.Stops.Length)),
            new("UNITS", PaperParts.Count(sheet.Stops.Sum(s => s.Units))),
            new("SKUS", PaperParts.Count(sheet.Stops.Select(s => s.Item.Sku).Distinct().Count())),
        ];
        if (!sheet.Facts.IsDefault) facts.AddRange(sheet.Facts);
        const int perRow = 6;
        foreach (var row in facts.Chunk(perRow))
        {
            var width = paper.Width / perRow;
            for (var i = 0; i < row.Length; i++)
            {
                var x = paper.Left + (i * width);
                paper.Fit(row[i].Label.ToUpperInvariant(), x, paper.Y + 6, Ink.Strong(7.5f).Quiet, width - 8);
                paper.Fill(row[i].Says, x, paper.Y + 23, Ink.Strong(13), width - 8, 7);
            }

            paper.Y += 36;
        }

        paper.Y += 6;
    }

    static void Labels(PaperWriter paper)
    {
        var label = Ink.Strong(7.5f).Quiet;
        foreach (var (text, x) in ((string, float)[])[("BIN", Bin), ("ITEM", Item), ("LOT", Lot), ("TOTE", Tote)])
            paper.Text(text, paper.Left + x, paper.Y + 6, label);
        paper.Text("UNITS", paper.Left + Units, paper.Y + 6, label, Side.Right);
        paper.Y += 12;
        paper.Rule(paper.Left, paper.Y, paper.Width, 0.8f, Ink.Black);
    }

    static void Stop(PaperWriter paper, int number, PickStop stop)
    {
        var note = stop.Order is { } order
            ? stop.Item.Note is { } more ? $"Order {order} · {more}" : $"Order {order}" : stop.Item.Note;
        ItemCell cell = new(paper, stop.Item with { Note = note }, Lot - Item - 10);
        var bin = paper.Wrap(stop.Bin, Ink.Code(11), BinWidth);
        var lot = stop.Lot is null ? [] : paper.Wrap(stop.Lot, Ink.Code(8.5f), LotWidth);
        var tote = stop.Tote is null ? [] : paper.Wrap(stop.Tote, Ink.Code(8.5f), ToteWidth);
        var lots = (lot.Count * Ink.Code(8.5f).Leading) + (stop.Expiry is null ? 0 : 12);
        float[] heights =
            [cell.Height, bin.Count * Ink.Code(11).Leading, lots, tote.Count * Ink.Code(8.5f).Leading, TickSize + 4];
        paper.Row(heights.Max(), top =>
        {
            var index = number.ToString(CultureInfo.InvariantCulture);
            paper.Text(index, paper.Left + Number, top + 9, Ink.Text(8).Quiet, Side.Right);
            paper.Lines(bin, paper.Left + Bin, top + 9.5f, Ink.Code(11));
            paper.Lines(lot, paper.Left + Lot, top + 9, Ink.Code(8.5f));
            if (stop.Expiry is { } expiry)
                paper.Text($"exp. {PaperParts.Day(expiry)}", paper.Left + Lot, top + lots - 3, Ink.Text(8).Quiet);
            paper.Lines(tote, paper.Left + Tote, top + 9, Ink.Code(8.5f));
            paper.Text(PaperParts.Count(stop.Units), paper.Left + Units, top + 10.5f, Ink.Strong(13), Side.Right);
            paper.Frame(paper.Left + Tick, top, TickSize, TickSize, 0.9f, Ink.Black, 2);
            cell.Draw(paper.Left + Item);
        });
    }
}
