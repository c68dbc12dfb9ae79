using System.Globalization;

namespace Fulfillment.Client.Papers;

/// <summary>The end-of-day form: a row a parcel, and where dock and driver sign.</summary>
public static class ManifestPaper
{
    const string Title = "End of day";
    const float Number = 28, Tracking = 40, TrackingWidth = 190, Service = 236, ServiceWidth = 90, Parcel = 332,
        ParcelWidth = 120, RowHeight = 6, Signatures = 96;

    /// <summary>The form as PDF.</summary>
    public static byte[] Draw(ManifestForm form)
    {
        var under = $"{form.Carrier} · manifest {form.Id}";
        using var paper = PaperParts.Page();
        PaperParts.Head(paper, form.Node, Title, under, form.Id);
        Summary(paper, form);
        if (form.Override is { } why) Box(paper, $"Closed with a mismatch: {why}");
        if (form.Note is { } note) Box(paper, note);
        Labels(paper);
        paper.NewPage = () =>
        {
            PaperParts.Again(paper, Title, under);
            Labels(paper);
        };
        for (var i = 0; i < form.Parcels.Length; i++) Row(paper, i + 1, form.Parcels[i]);
        paper.NewPage = () => PaperParts.Again(paper, Title, under);
        Sign(paper);
        return paper.End(
            $"{Title} {form.Id}", form.ClosedAt, (page, pages) => PaperParts.End(
                paper, $"{under} · closed {PaperParts.Moment(form.ClosedAt)} by {form.ClosedBy}", page, pages));
    }

    static void Summary(PaperWriter paper, ManifestForm form)
    {
        PaperFact[] facts =
        [
            new("CARRIER", form.Carrier),
            new("ACCOUNT", form.Account ?? "–"),
            new("DAY", PaperParts.Day(form.Day)),
            new("PARCELS", PaperParts.Count(form.Parcels.Length)),
            new("WEIGHT", Kilograms(form.Parcels.Sum(p => p.Grams))),
            new("CARRIER'S NUMBER", form.CarrierId ?? "–"),
        ];
        const int perRow = 3;
        foreach (var row in facts.Chunk(perRow))
        {
            var width = paper.Width / perRow;
            for (var i = 0; i < row.Length; i++)
            {
                var x = paper.Left + (i * width);
                paper.Fit(row[i].Label, x, paper.Y + 6, Ink.Strong(7.5f).Quiet, width - 8);
                paper.Fill(row[i].Says, x, paper.Y + 23, Ink.Strong(13), width - 8, 7);
            }

            paper.Y += 36;
        }

        paper.Y += 6;
    }

    static void Box(PaperWriter paper, string says)
    {
        var lines = paper.Wrap(says, Ink.Text(9.5f), paper.Width - 24);
        var height = (lines.Count * Ink.Text(9.5f).Leading) + 12;
        paper.Box(paper.Left, paper.Y, paper.Width, height, Ink.Tint, 4);
        paper.Lines(lines, paper.Left + 12, paper.Y + 15, Ink.Text(9.5f));
        paper.Y += height + 14;
    }

    static void Labels(PaperWriter paper)
    {
        var label = Ink.Strong(7.5f).Quiet;
        foreach (var (text, x) in ((string, float)[])
            [("TRACKING NUMBER", Tracking), ("SERVICE", Service), ("PARCEL", Parcel)])
            paper.Text(text, paper.Left + x, paper.Y + 6, label);
        paper.Text("WEIGHT", paper.Right, paper.Y + 6, label, Side.Right);
        paper.Y += 12;
        paper.Rule(paper.Left, paper.Y, paper.Width, 0.8f, Ink.Black);
    }

    static void Row(PaperWriter paper, int number, ManifestFormLine line) => paper.Row(RowHeight, top =>
    {
        var index = number.ToString(CultureInfo.InvariantCulture);
        paper.Text(index, paper.Left + Number, top + 6, Ink.Text(8).Quiet, Side.Right);
        paper.Fit(line.TrackingNumber, paper.Left + Tracking, top + 6, Ink.Code(9.5f), TrackingWidth);
        paper.Fit(line.Service, paper.Left + Service, top + 6, Ink.Text(8.5f), ServiceWidth);
        paper.Fit(line.Parcel, paper.Left + Parcel, top + 6, Ink.Code(8), ParcelWidth);
        paper.Text(Kilograms(line.Grams), paper.Right, top + 6, Ink.Text(8.5f), Side.Right);
    });

    static void Sign(PaperWriter paper)
    {
        paper.Y += 18;
        paper.Need(Signatures);
        var width = (paper.Width - 24) / 2;
        foreach (var (who, x) in ((string, float)[])
            [("Handed over (dock)", paper.Left), ("Taken (driver)", paper.Left + width + 24)])
        {
            paper.Text(who, x, paper.Y + 10, Ink.Strong(9));
            paper.Rule(x, paper.Y + 52, width, 0.8f, Ink.Black);
            paper.Text("Name and signature", x, paper.Y + 62, Ink.Text(7.5f).Quiet);
            paper.Rule(x, paper.Y + 84, width, 0.8f, Ink.Black);
            paper.Text("Date and time", x, paper.Y + 94, Ink.Text(7.5f).Quiet);
        }

        paper.Y += Signatures;
    }

    static string Kilograms(long grams) =>
        string.Create(CultureInfo.InvariantCulture, $"{grams / 1_000:N0}.{grams % 1_000:000} kg");
}
