namespace Fulfillment.Bench.Fraud;

/// <summary>How well values rank fraud above the rest.</summary>
static class Ranking
{
    const int Resamples = 1_000, Seed = 2026;

    /// <summary>
    /// The area under the ROC curve: how often a fraud has a higher value than another order; equal ones count half
    /// (Mann-Whitney).
    /// </summary>
    public static double Auc(IReadOnlyList<(bool Fraud, double Value)> ranked)
    {
        double frauds = ranked.Count(r => r.Fraud), others = ranked.Count - frauds, rank = 0, sum = 0;
        foreach (var equal in ranked.GroupBy(r => r.Value).OrderBy(g => g.Key))
        {
            var count = equal.Count();
            sum += equal.Count(r => r.Fraud) * (rank + (count + 1) / 2.0);
            rank += count;
        }

        return (sum - frauds * (frauds + 1) / 2) / (frauds * others);
    }

    /// <summary>
    /// Average precision: the mean, over all frauds, of the precision at its value. Equal values are taken together.
    /// </summary>
    public static double AveragePrecision(IReadOnlyList<(bool Fraud, double Value)> ranked)
    {
        double frauds = ranked.Count(r => r.Fraud), found = 0, seen = 0, sum = 0;
        foreach (var equal in ranked.GroupBy(r => r.Value).OrderByDescending(g => g.Key))
        {
            var hits = equal.Count(r => r.Fraud);
            found += hits;
            seen += equal.Count();
            sum += hits * found / seen;
        }

        return sum / frauds;
    }

    /// <summary>
    /// The middle 95 of 100 areas of resamples with replacement (bootstrap); always the same resamples.
    /// </summary>
    public static (double Low, double High) Interval(IReadOnlyList<(bool Fraud, double Value)> ranked)
    {
        Random random = new(Seed);
        List<double> areas = [];
        while (areas.Count < Resamples)
        {
            List<(bool Fraud, double Value)> sample =
                [.. Enumerable.Range(0, ranked.Count).Select(_ => ranked[random.Next(ranked.Count)])];
            if (sample.Exists(r => r.Fraud) && sample.Exists(r => !r.Fraud)) areas.Add(Auc(sample));
        }

        areas.Sort();
        return (areas[Resamples / 40], areas[Resamples - 1 - Resamples / 40]);
    }
}
