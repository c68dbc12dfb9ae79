using System.Globalization;

namespace Fulfillment.Client.Papers;

/// <summary>
/// The certificate of origin, non-preferential, in the boxes of the trade: the exporter declares where the goods were
/// made, and leaves room for the chamber or the office that certifies it. The same content makes the same bytes.
/// </summary>
public static class OriginCertificatePaper
{
    const string Title = "Certificate of origin";
    const float Number = 18, Goods = 28, HsCode = 300, Origin = 372, Pieces = 440, Stamp = 110, Declared = 112;

    /// <summary>The certificate as PDF.</summary>
    public static byte[] Draw(CustomsPaper of)
    {
        using var paper = PaperParts.Page();
        var under = $"To invoice {of.Number} · {PaperParts.Day(of.Date)}";
        paper.NewPage = () => PaperParts.Again(paper, Title, under);
        PaperParts.Head(paper, of.Seller.Lines[0], Title, under, of.Number);
        CustomsPaperParts.Parties(paper, of, "1  CONSIGNOR", "2  CONSIGNEE");
        List<PaperFact> facts =
        [
            new("3  COUNTRY OF ORIGIN", string.Join(", ", of.Origins)),
            new("4  PACKAGES", PaperParts.Count(of.Packages)),
            new("5  GROSS WEIGHT", CustomsPaperParts.Kilograms(of.GrossGrams)),
            new("6  NET WEIGHT", CustomsPaperParts.Kilograms(of.NetGrams)),
        ];
        if (!of.References.IsDefault) facts.AddRange(of.References);
        CustomsPaperParts.Grid(paper, facts);
        Lines(paper, of);
        // What is stamped stands with what it is a stamp on.
        paper.Need(Declared + Stamp);
        CustomsPaperParts.Declaration(
            paper, of,
            $"The exporter declares that the goods above were made in the countries told beside them, and that they "
                + $"go to {of.Buyer.Lines[^1]}.");
        Certification(paper);
        return paper.End(
            $"{Title} {of.Number}", new DateTimeOffset(of.Date, TimeOnly.MinValue, TimeSpan.Zero),
            (page, pages) => PaperParts.End(paper, $"{of.Seller.Lines[0]} · {under}", page, pages));
    }

    static void Lines(PaperWriter paper, CustomsPaper of)
    {
        var again = paper.NewPage;
        Labels();
        paper.NewPage = () =>
        {
            again();
            Labels();
        };
        for (var i = 0; i < of.Lines.Length; i++)
        {
            var line = of.Lines[i];
            var index = (i + 1).ToString(CultureInfo.InvariantCulture);
            var says = paper.Wrap(line.Description, Ink.Text(9), HsCode - Goods - 10);
            paper.Row(Math.Max(1, says.Count) * Ink.Text(9).Leading, top =>
            {
                paper.Text(index, paper.Left + Number, top + 9, Ink.Text(8).Quiet, Side.Right);
                paper.Lines(says, paper.Left + Goods, top + 9, Ink.Text(9));
                paper.Text(line.HsCode, paper.Left + HsCode, top + 9, Ink.Code(8.5f));
                paper.Text(line.Origin, paper.Left + Origin, top + 9, Ink.Strong(9));
                paper.Text(PaperParts.Count(line.Quantity), paper.Left + Pieces, top + 9, Ink.Text(9), Side.Right);
                paper.Text(
                    CustomsPaperParts.Kilos(line.NetGrams * line.Quantity), paper.Right, top + 9, Ink.Text(9),
                    Side.Right);
            });
        }

        paper.NewPage = again;
        paper.Y += 12;

        void Labels()
        {
            var label = Ink.Strong(7.5f).Quiet;
            foreach (var (text, x) in ((string, float)[])
                [("7  GOODS", Goods), ("HS CODE", HsCode), ("ORIGIN", Origin)])
                paper.Text(text, paper.Left + x, paper.Y + 6, label);
            paper.Text("PIECES", paper.Left + Pieces, paper.Y + 6, label, Side.Right);
            paper.Text("NET KG", paper.Right, paper.Y + 6, label, Side.Right);
            paper.Y += 12;
            paper.Rule(paper.Left, paper.Y, paper.Width, 0.8f, Ink.Black);
        }
    }

    /// <summary>It certifies nothing until somebody has stamped it here.</summary>
    static void Certification(PaperWriter paper)
    {
        paper.Need(Stamp);
        paper.Frame(paper.Left, paper.Y, paper.Width, Stamp, 0.8f, Ink.Grey, 2);
        paper.Text("8  CERTIFICATION", paper.Left + 10, paper.Y + 14, Ink.Strong(7.5f).Quiet);
        paper.Text(
            "For the chamber of commerce or the office that certifies it. Without its stamp this is the exporter's "
                + "own declaration.", paper.Left + 10, paper.Y + 27, Ink.Text(8).Quiet);
        paper.Y += Stamp;
    }
}
