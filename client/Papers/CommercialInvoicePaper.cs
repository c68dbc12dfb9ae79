using System.Globalization;
using Fulfillment.Shipping;

namespace Fulfillment.Client.Papers;

/// <summary>
/// The commercial invoice: what customs on both sides reckon duty and tax from. Each page carries the sum so far over
/// to the next. The same content makes the same bytes.
/// </summary>
public static class CommercialInvoicePaper
{
    const string Title = "Commercial invoice";
    const float Number = 18, Goods = 28, HsCode = 228, Origin = 292, Pieces = 358, Net = 402, Unit = 456, Carry = 22;

    /// <summary>The invoice as PDF.</summary>
    public static byte[] Draw(CustomsPaper invoice)
    {
        using var paper = PaperParts.Page();
        var under = $"Invoice {invoice.Number} · {PaperParts.Day(invoice.Date)}";
        paper.NewPage = () => PaperParts.Again(paper, Title, under);
        PaperParts.Head(paper, invoice.Seller.Lines[0], Title, under, invoice.Number);
        CustomsPaperParts.Parties(paper, invoice, "SELLER, EXPORTER", "BUYER, CONSIGNEE");
        Facts(paper, invoice);
        Lines(paper, invoice);
        Totals(paper, invoice);
        CustomsPaperParts.Declaration(
            paper, invoice,
            "I declare that all that this invoice says is true and correct, and that the goods were made in the "
                + "countries that it tells.");
        return paper.End(
            $"{Title} {invoice.Number}", new DateTimeOffset(invoice.Date, TimeOnly.MinValue, TimeSpan.Zero),
            (page, pages) => PaperParts.End(paper, $"{invoice.Seller.Lines[0]} · {under}", page, pages));
    }

    static void Facts(PaperWriter paper, CustomsPaper invoice)
    {
        List<PaperFact> facts =
        [
            new("TERMS", $"{(invoice.Terms == Incoterm.Ddp ? "DDP" : "DAP")} {invoice.Place}"),
            new("REASON FOR EXPORT", CustomsPaperParts.Words(invoice.Reason)), new("CURRENCY", invoice.Currency),
            new("PACKAGES", PaperParts.Count(invoice.Packages)),
            new("GROSS WEIGHT", CustomsPaperParts.Kilograms(invoice.GrossGrams)),
            new("NET WEIGHT", CustomsPaperParts.Kilograms(invoice.NetGrams)),
        ];
        if (!invoice.References.IsDefault) facts.AddRange(invoice.References);
        CustomsPaperParts.Grid(paper, facts);
    }

    static void Lines(PaperWriter paper, CustomsPaper invoice)
    {
        long sum = 0;
        var again = paper.NewPage;
        Labels();
        paper.NewPage = () =>
        {
            again();
            Labels();
            Carried("Brought forward");
        };
        for (var i = 0; i < invoice.Lines.Length; i++)
        {
            var line = invoice.Lines[i];
            var says = paper.Wrap(line.Description, Ink.Text(9), HsCode - Goods - 10);
            var height = Math.Max(1, says.Count) * Ink.Text(9).Leading;
            // The sum so far has its place below the last row of a page.
            if (i > 0 && paper.Y + height + 14 + Carry > paper.Bottom)
            {
                Carried("Carried forward");
                paper.Need(float.MaxValue);
            }

            Row(paper, i + 1, line, says, height, invoice.Currency);
            sum += line.Value.AmountMinor * line.Quantity;
        }

        paper.NewPage = again;

        void Labels()
        {
            var label = Ink.Strong(7.5f).Quiet;
            foreach (var (text, x) in ((string, float)[])
                [("DESCRIPTION", Goods), ("HS CODE", HsCode), ("ORIGIN", Origin)])
                paper.Text(text, paper.Left + x, paper.Y + 6, label);
            foreach (var (text, x) in ((string, float)[])[("PIECES", Pieces), ("NET KG", Net), ("UNIT VALUE", Unit)])
                paper.Text(text, paper.Left + x, paper.Y + 6, label, Side.Right);
            paper.Text($"TOTAL {invoice.Currency}", paper.Right, paper.Y + 6, label, Side.Right);
            paper.Y += 12;
            paper.Rule(paper.Left, paper.Y, paper.Width, 0.8f, Ink.Black);
        }

        void Carried(string label)
        {
            paper.Text(label, paper.Left + Goods, paper.Y + 14, Ink.Strong(9));
            paper.Text(
                PaperParts.Amount(sum, invoice.Currency), paper.Right, paper.Y + 14, Ink.Strong(9), Side.Right);
            paper.Y += Carry;
            paper.Rule(paper.Left, paper.Y, paper.Width, 0.5f, Ink.Hairline);
        }
    }

    static void Row(
        PaperWriter paper, int number, CustomsLine line, List<string> says, float height, string currency) =>
        paper.Row(height, top =>
        {
            var index = number.ToString(CultureInfo.InvariantCulture);
            paper.Text(index, paper.Left + Number, top + 9, Ink.Text(8).Quiet, Side.Right);
            paper.Lines(says, paper.Left + Goods, top + 9, Ink.Text(9));
            paper.Text(line.HsCode, paper.Left + HsCode, top + 9, Ink.Code(8.5f));
            paper.Text(line.Origin, paper.Left + Origin, top + 9, Ink.Text(9));
            paper.Text(PaperParts.Count(line.Quantity), paper.Left + Pieces, top + 9, Ink.Text(9), Side.Right);
            paper.Text(
                CustomsPaperParts.Kilos(line.NetGrams * line.Quantity), paper.Left + Net, top + 9, Ink.Text(9),
                Side.Right);
            paper.Text(
                PaperParts.Amount(line.Value.AmountMinor, currency), paper.Left + Unit, top + 9, Ink.Text(9),
                Side.Right);
            paper.Text(
                PaperParts.Amount(line.Value.AmountMinor * line.Quantity, currency), paper.Right, top + 9,
                Ink.Text(9), Side.Right);
        });

    static void Totals(PaperWriter paper, CustomsPaper invoice)
    {
        List<(string Label, long Minor)> rows = [("Goods", invoice.GoodsMinor)];
        if (invoice.CarriageMinor > 0) rows.Add(("Carriage", invoice.CarriageMinor));
        if (invoice.InsuranceMinor > 0) rows.Add(("Insurance", invoice.InsuranceMinor));
        var left = paper.Right - 190;
        paper.Y += 12;
        paper.Need((rows.Count * 15) + 30);
        foreach (var (label, minor) in rows)
        {
            paper.Text(label, left, paper.Y + 9, Ink.Text(9.5f).Quiet);
            paper.Text(
                PaperParts.Amount(minor, invoice.Currency), paper.Right, paper.Y + 9, Ink.Text(9.5f), Side.Right);
            paper.Y += 15;
        }

        paper.Rule(left, paper.Y + 2, paper.Right - left, 0.8f, Ink.Black);
        paper.Text("Invoice total", left, paper.Y + 17, Ink.Strong(10.5f));
        paper.Text(
            $"{PaperParts.Amount(rows.Sum(r => r.Minor), invoice.Currency)} {invoice.Currency}", paper.Right,
            paper.Y + 17, Ink.Strong(10.5f), Side.Right);
        paper.Text(
            PaperParts.Count(invoice.Pieces, "piece"), paper.Left, paper.Y + 17, Ink.Text(9.5f).Quiet);
        paper.Y += 34;
    }
}
