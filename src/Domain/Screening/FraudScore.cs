using System.Collections.Immutable;

namespace Fulfillment.Screening;

/// <summary>
/// How suspicious an order is. Each reason that holds counts its weight; the model's probability is a reason like any
/// other and counts that part of its weight; what speaks for the buyer counts below zero. The score is the sum, not
/// below 0 and not above 100. So every point has a name, and a policy can change, or switch off, each of them.
/// </summary>
public static class FraudScore
{
    const int Whole = 1_000;

    /// <summary>The score, its reasons, and what the settings make of it. Always the same for the same.</summary>
    /// <param name="signals">What the channel told of the buyer.</param>
    /// <param name="traces">What was seen of him before.</param>
    /// <param name="amount">What he is to pay; null when that is not known.</param>
    /// <param name="settings">Thresholds and weights.</param>
    /// <param name="policyVersion">Their revision, for the record.</param>
    public static Assessment Of(
        Signals signals, Traces traces, Money? amount, FraudSettings settings, long policyVersion)
    {
        var permille = FraudModel.Permille(FraudModel.Features(traces, amount));
        FraudCase known = new(signals, traces, amount, permille);
        var reasons = ImmutableArray.CreateBuilder<Reason>();
        foreach (var reason in FraudReason.All)
        {
            var part = reason.Permille(known);
            // To the nearest point; half a point is one.
            var points = (WeightOf(reason, settings) * part + Whole / 2) / Whole;
            if (points > 0) reasons.Add(new(reason.Name, points * reason.Speaks, reason.Detail(known)));
        }

        var score = Math.Clamp(reasons.Sum(r => r.Points), 0, FraudPolicy.Most);
        reasons.Sort(static (a, b) =>
            a.Points != b.Points ? b.Points.CompareTo(a.Points) : string.CompareOrdinal(a.Name, b.Name));
        return new(
            score, VerdictOf(score, settings), reasons.DrainToImmutable(), FraudCoefficients.Version, permille,
            policyVersion, settings.ReviewWithin);
    }

    static Verdict VerdictOf(int score, FraudSettings settings) =>
        score >= settings.Reject ? Verdict.Reject : score >= settings.Review ? Verdict.Review : Verdict.Accept;

    static int WeightOf(FraudReason reason, FraudSettings settings)
    {
        foreach (var own in settings.Weights)
            if (own.Name == reason.Name) return own.Weight;
        return reason.Weight;
    }
}
