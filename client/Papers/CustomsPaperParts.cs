using System.Globalization;
using Fulfillment.Shipping;

namespace Fulfillment.Client.Papers;

/// <summary>What papers for customs have in common.</summary>
static class CustomsPaperParts
{
    const float Gap = 18;
    const int PerRow = 4;

    /// <summary>Who sends, who gets, and who imports it.</summary>
    public static void Parties(PaperWriter paper, CustomsPaper of, string seller, string buyer)
    {
        var third = (paper.Width - (2 * Gap)) / 3;
        var height = Party(paper, paper.Left, seller, of.Seller, third);
        height = Math.Max(height, Party(paper, paper.Left + third + Gap, buyer, of.Buyer, third));
        height = Math.Max(height, Party(
            paper, paper.Left + (2 * (third + Gap)), "IMPORTER OF RECORD", of.Importer ?? new(["The buyer"]), third));
        paper.Y += height + 20;
    }

    /// <summary>Labels, each with what it says below it, four in a row.</summary>
    public static void Grid(PaperWriter paper, IEnumerable<PaperFact> facts)
    {
        var width = paper.Width / PerRow;
        foreach (var row in facts.Chunk(PerRow))
        {
            paper.Need(32);
            for (var i = 0; i < row.Length; i++)
            {
                var x = paper.Left + (i * width);
                paper.Fit(row[i].Label.ToUpperInvariant(), x, paper.Y + 6, Ink.Strong(7.5f).Quiet, width - 8);
                paper.Fill(row[i].Says, x, paper.Y + 20, Ink.Strong(10.5f), width - 8, 6);
            }

            paper.Y += 32;
        }

        paper.Y += 6;
    }

    /// <summary>What is declared, by whom, where and when, with a line to sign on.</summary>
    public static void Declaration(PaperWriter paper, CustomsPaper of, string says)
    {
        var lines = paper.Wrap(says, Ink.Text(9.5f), paper.Width);
        paper.Need((lines.Count * Ink.Text(9.5f).Leading) + 74);
        paper.Lines(lines, paper.Left, paper.Y + 9, Ink.Text(9.5f));
        paper.Y += (lines.Count * Ink.Text(9.5f).Leading) + 40;
        var half = (paper.Width - Gap) / 2;
        paper.Text(PaperParts.Day(of.Date), paper.Left, paper.Y - 4, Ink.Text(9.5f));
        paper.Rule(paper.Left, paper.Y, half, 0.8f, Ink.Black);
        paper.Rule(paper.Left + half + Gap, paper.Y, half, 0.8f, Ink.Black);
        paper.Text("Date", paper.Left, paper.Y + 11, Ink.Text(8).Quiet);
        paper.Fit($"Signature: {of.SignedBy}", paper.Left + half + Gap, paper.Y + 11, Ink.Text(8).Quiet, half);
        paper.Y += 24;
    }

    /// <summary>Grams as kilograms, such as 1,250.400.</summary>
    public static string Kilos(long grams) => (grams / 1_000m).ToString("N3", CultureInfo.InvariantCulture);

    /// <summary>Grams as kilograms with the unit.</summary>
    public static string Kilograms(long grams) => $"{Kilos(grams)} kg";

    /// <summary>Why goods are sent, in words.</summary>
    public static string Words(ExportReason reason) => reason switch
    {
        ExportReason.Sale => "Sale",
        ExportReason.Gift => "Gift, not for sale",
        ExportReason.Sample => "Sample",
        ExportReason.Return => "Returned goods",
        ExportReason.Repair => "Repair",
    };

    static float Party(PaperWriter paper, float x, string label, TradeParty party, float width)
    {
        var numbers = party.Numbers.IsDefault ? [] : party.Numbers.Select(n => $"{n.Label} {n.Says}");
        return PaperParts.Block(paper, x, label, [.. party.Lines, .. numbers], width);
    }
}
