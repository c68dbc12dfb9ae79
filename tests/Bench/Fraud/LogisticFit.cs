using Fulfillment.Screening;
using MathNet.Numerics.LinearAlgebra;

namespace Fulfillment.Bench.Fraud;

/// <summary>
/// Logistic regression with an L2 penalty, by iteratively reweighted least squares (Hastie, Tibshirani and Friedman,
/// The Elements of Statistical Learning, 2nd edition, section 4.4.1). Features are standardised for it, so that the
/// penalty treats them alike; what is not known is at its mean.
/// </summary>
static class LogisticFit
{
    const double Penalty = 1, Enough = 1e-10, Thousand = 1_000;
    const int MostSteps = 50;

    /// <summary>The intercept and a coefficient for each feature, as the product has them.</summary>
    public static (int Intercept, IReadOnlyList<Coefficient> Coefficients) Of(
        IReadOnlyList<(Sample Sample, double Weight)> samples)
    {
        var count = FraudModel.FeatureNames.Length;
        var means = new double[count];
        var spreads = new double[count];
        for (var i = 0; i < count; i++)
        {
            double[] known = [.. samples.Select(s => s.Sample.Features[i]).OfType<int>().Select(f => f / Thousand)];
            // Rounded here and not when it is written, so that what is fitted is what the product computes.
            means[i] = Math.Round(known.Average() * Thousand) / Thousand;
            spreads[i] = Math.Sqrt(known.Select(f => (f - means[i]) * (f - means[i])).Average());
        }

        var x = Matrix<double>.Build.Dense(samples.Count, count + 1, (row, column) => column == 0 ? 1
            : samples[row].Sample.Features[column - 1] is { } f
                ? (f / Thousand - means[column - 1]) / spreads[column - 1] : 0);
        var y = Vector<double>.Build.Dense(samples.Count, row => samples[row].Sample.Fraud ? 1 : 0);
        var beta = Solve(x, y, Vector<double>.Build.Dense(samples.Count, row => samples[row].Weight));
        return (
            (int)Math.Round(beta[0] * Thousand),
            [.. FraudModel.FeatureNames.Select((name, i) => new Coefficient(
                name, (int)Math.Round(beta[i + 1] / spreads[i] * Thousand), (int)Math.Round(means[i] * Thousand)))]);
    }

    static Vector<double> Solve(Matrix<double> x, Vector<double> y, Vector<double> weights)
    {
        var beta = Vector<double>.Build.Dense(x.ColumnCount);
        // The intercept is not penalised.
        var penalty = Vector<double>.Build.Dense(x.ColumnCount, i => i == 0 ? 0 : Penalty);
        for (var step = 0; step < MostSteps; step++)
        {
            var p = (x * beta).Map(z => 1 / (1 + Math.Exp(-z)));
            var curvature = p.PointwiseMultiply(1 - p).PointwiseMultiply(weights);
            var gradient = x.TransposeThisAndMultiply((y - p).PointwiseMultiply(weights))
                - penalty.PointwiseMultiply(beta);
            var scaled = x.Clone();
            for (var row = 0; row < x.RowCount; row++) scaled.SetRow(row, x.Row(row) * curvature[row]);
            var hessian = x.TransposeThisAndMultiply(scaled) + Matrix<double>.Build.DenseOfDiagonalVector(penalty);
            var move = hessian.Cholesky().Solve(gradient);
            beta += move;
            if (move.L2Norm() < Enough) return beta;
        }

        throw new InvalidOperationException($"The fit has not settled after {MostSteps} steps.");
    }
}
