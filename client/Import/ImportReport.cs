using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Fulfillment.Client.Commands;
using Spectre.Console;

namespace Fulfillment.Client.Import;

/// <summary>What an import ends with: totals that tie to the file.</summary>
/// <param name="Source">What was imported.</param>
/// <param name="Survey">Which history it is.</param>
/// <param name="Totals">What became of the lines.</param>
/// <param name="Took">How long it took.</param>
/// <param name="Events">Events written to the journal; none when everything was there already.</param>
/// <param name="IsComplete">The history was read to its end.</param>
sealed record ImportReport(string Source, Survey Survey, Totals Totals, TimeSpan Took, long Events, bool IsComplete)
{
    double Rate => Totals.Done / Math.Max(0.001, Took.TotalSeconds);

    static long PeakMegabytes
    {
        get
        {
            using var self = Process.GetCurrentProcess();
            return self.PeakWorkingSet64 >> 20;
        }
    }

    /// <summary>Writes it to standard output.</summary>
    public void Write(bool json)
    {
        if (json) Console.Out.WriteLine(Json().ToJsonString());
        else Table();
    }

    void Table()
    {
        var table = new Table().AddColumn(Markup.Escape(Source)).AddNumbers("Lines");
        void Row(string what, long lines) => table.AddRow(Markup.Escape(what), Text(lines));
        Row("applied: in orders", Totals.Ordered);
        Row("applied: units of orders cancelled", Totals.Cancelled);
        Row("applied: stock corrected", Totals.Corrected);
        foreach (var (misfit, lines) in Totals.ByMisfit) Row($"quarantined: {misfit.Code()}", lines);
        if (Totals.Read != Totals.Done) Row("not applied", Totals.Read - Totals.Done);
        table.AddEmptyRow();
        Row(Totals.Tie ? "read, ties" : "read", Totals.Read);
        Screen.Write(table);
        Sums();
    }

    void Sums()
    {
        var (received, ordered, cancelled, corrected) = Totals.Units;
        var amount = (Totals.OrderedPence / 100m).ToString("N2", CultureInfo.InvariantCulture);
        var repeated = Totals.Repeated == 0 ? "" : $"; {Text(Totals.Repeated)} writes had been made before";
        Console.Out.WriteLine(
            $"{Text(Totals.Orders)} orders of {Text(ordered)} units for GBP {amount}; "
            + $"{Text(cancelled)} units cancelled, {Text(corrected)} taken off stock; "
            + $"{Text(received)} received of {Text(Totals.Skus)} SKUs.");
        Console.Out.WriteLine(
            "Orders are left allocated, not shipped: the history does not say when goods left, and cancels later.");
        Console.Out.WriteLine(
            $"{Took.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s, {Text((long)Rate)} lines/s, "
            + $"{Text(Events)} events written, peak memory {Text(PeakMegabytes)} MB{repeated}.");
    }

    JsonObject Json()
    {
        var (received, ordered, cancelled, corrected) = Totals.Units;
        return new()
        {
            ["source"] = Source,
            ["history"] = Survey.Identity,
            ["complete"] = IsComplete,
            ["ties"] = Totals.Tie,
            ["read"] = Totals.Read,
            ["applied"] = new JsonObject
            {
                ["orders"] = Totals.Ordered,
                ["cancellations"] = Totals.Cancelled,
                ["corrections"] = Totals.Corrected,
            },
            ["quarantined"] = new JsonObject(Totals.ByMisfit.Select(Lines)),
            ["notApplied"] = Totals.Read - Totals.Done,
            ["orders"] = Totals.Orders,
            ["skus"] = Totals.Skus,
            ["units"] = new JsonObject
            {
                ["received"] = received,
                ["ordered"] = ordered,
                ["cancelled"] = cancelled,
                ["corrected"] = corrected,
            },
            ["ordered"] = new JsonObject { ["amount"] = Totals.OrderedPence, ["currency"] = "GBP" },
            ["repeated"] = Totals.Repeated,
            ["events"] = Events,
            ["seconds"] = Math.Round(Took.TotalSeconds, 3),
            ["linesPerSecond"] = Math.Round(Rate),
            ["peakMegabytes"] = PeakMegabytes,
        };
    }

    static KeyValuePair<string, JsonNode?> Lines(KeyValuePair<Misfit, long> misfit) =>
        new(misfit.Key.Code(), misfit.Value);

    static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
