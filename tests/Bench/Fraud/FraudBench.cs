using System.Globalization;
using Fulfillment.Screening;

namespace Fulfillment.Bench.Fraud;

/// <summary>
/// How well fraud screening tells fraud, on histories it has not seen: of each, the model is trained on the first 70
/// of 100 labelled happenings and everything is measured on the rest, which came later. Both histories count alike in
/// training, though one is forty times as long.
/// </summary>
static class FraudBench
{
    const double Trained = 0.7;
    const string Name = "fraud";

    /// <summary>Areas, precision and recall in thousandths; the notes tell them beside simpler ways.</summary>
    public static async IAsyncEnumerable<Figure> Measure(Settings settings)
    {
        if (FraudHistory.Missing is { } why)
        {
            yield return new(Name, "none", "not measured", 0) { Note = why };
            yield break;
        }

        var orders = Split(await Task.Run(() => FraudReplay.Of(FraudHistory.ReadOrders())));
        var signUps = Split(await Task.Run(() => FraudReplay.Of(FraudHistory.ReadSignUps())));
        var (fresh, note) = Train(orders.Earlier, signUps.Earlier, settings.Write);
        foreach (var figure in Figures("orders", orders.Later, "the amount", i => i.Happening.Amount!.Value.AmountMinor)
            .Concat(Figures("sign-ups", signUps.Later, "few earlier from the IP address",
                i => -i.Traces.Ip!.OrdersBefore)))
            yield return figure with { Good = fresh, Note = fresh ? figure.Note : note };
    }

    static (bool Fresh, string Note) Train(
        IReadOnlyList<Sample> orders, IReadOnlyList<Sample> signUps, bool write)
    {
        var (intercept, coefficients) = LogisticFit.Of(
        [
            .. orders.Select(s => (s, (double)signUps.Count / orders.Count)), .. signUps.Select(s => (s, 1.0)),
        ]);
        var last = orders.Concat(signUps).Max(s => s.Happening.At);
        var version = string.Create(CultureInfo.InvariantCulture, $"logistic-{last:yyyy-MM-dd}");
        if (CoefficientFile.Has(version, intercept, coefficients)) return (true, "");
        if (write) CoefficientFile.Write(version, intercept, coefficients);
        return (false, write ? "coefficients were written: build, and measure again"
            : "the product has other coefficients than this history gives: --write replaces them");
    }

    static (IReadOnlyList<Sample> Earlier, IReadOnlyList<Sample> Later) Split(IReadOnlyList<Sample> samples)
    {
        var cut = (int)(samples.Count * Trained);
        return ([.. samples.Take(cut)], [.. samples.Skip(cut)]);
    }

    static IEnumerable<Figure> Figures(
        string store, IReadOnlyList<Sample> later, string simpler, Func<Sample, double> simple)
    {
        var judged = later.Select(s => (s.Fraud, Said: FraudScore.Of(
            s.Happening.Signals, s.Traces, s.Happening.Amount, FraudSettings.BuiltIn, 0))).ToList();
        List<(bool Fraud, double Value)> byScore = [.. judged.Select(j => (j.Fraud, (double)j.Said.Score))],
            byModel = [.. later.Select(s => (s.Fraud, (double)FraudModel.LogOdds(s.Features)))],
            bySimple = [.. later.Select(s => (s.Fraud, simple(s)))];
        var frauds = later.Count(s => s.Fraud);
        var constant = (double)frauds / later.Count;
        yield return Of("AUC of the model", Ranking.Auc(byModel), byModel, Ranking.Auc(bySimple), 0.5);
        yield return Of("AUC of the score", Ranking.Auc(byScore), byScore, Ranking.Auc(bySimple), 0.5);
        yield return Of("average precision, model", Ranking.AveragePrecision(byModel), null,
            Ranking.AveragePrecision(bySimple), constant);
        foreach (var (verdict, threshold) in ((string, int)[])[
            ("reviewed or rejected", FraudSettings.BuiltIn.Review), ("rejected", FraudSettings.BuiltIn.Reject)])
        {
            var stopped = judged.Where(j => j.Said.Score >= threshold).ToList();
            var hits = stopped.Count(j => j.Fraud);
            yield return new(Name, store, $"recall, {verdict}", Math.Round(1_000.0 * hits / frauds))
            {
                Note = $"from {threshold} points on: {hits} of {frauds} frauds, and {stopped.Count - hits} of "
                    + $"{later.Count - frauds} others; precision "
                    + (stopped.Count == 0 ? "unknown" : $"{Math.Round(1_000.0 * hits / stopped.Count)}"),
            };
        }

        Figure Of(
            string what, double value, List<(bool Fraud, double Value)>? resampled, double baseline, double without)
        {
            var (low, high) = resampled is null ? default : Ranking.Interval(resampled);
            return new(Name, store, what, Math.Round(value * 1_000))
            {
                Ceiling = 1_000,
                Note = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{(resampled is null ? "" : $"95 of 100 resamples: {low * 1_000:0} to {high * 1_000:0}; ")}"
                    + $"{simpler} alone {baseline * 1_000:0}, a constant {without * 1_000:0}; "
                    + $"{frauds} frauds of {later.Count}"),
            };
        }
    }
}
