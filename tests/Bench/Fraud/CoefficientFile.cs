using System.Globalization;
using Fulfillment.Screening;
using Fulfillment.Tests.Support;

namespace Fulfillment.Bench.Fraud;

/// <summary>The product's file of coefficients.</summary>
static class CoefficientFile
{
    static string FullPath => Path.Combine(
        Fixtures.Repository(), "src", "Domain", "Screening", $"{nameof(FraudCoefficients)}.cs");

    /// <summary>Writes it anew.</summary>
    public static void Write(string version, int intercept, IReadOnlyList<Coefficient> coefficients) =>
        File.WriteAllText(FullPath, Text(version, intercept, coefficients));

    /// <summary>Whether the product has these.</summary>
    public static bool Has(string version, int intercept, IReadOnlyList<Coefficient> coefficients) =>
        version == FraudCoefficients.Version && intercept == FraudCoefficients.Intercept
        && coefficients.SequenceEqual(FraudCoefficients.All);

    static string Text(string version, int intercept, IReadOnlyList<Coefficient> coefficients) =>
        $$"""
        using System.Collections.Immutable;

        namespace Fulfillment.Screening;

        /// <summary>
        /// The model's coefficients, in thousandths. Written by the bench <c>fraud --write</c> from labelled history;
        /// see there how they were found and how far they can be trusted.
        /// </summary>
        public static class FraudCoefficients
        {
            /// <summary>Names the model in assessments: the last day of the history that it was trained on.</summary>
            public const string Version = "{{version}}";

            /// <summary>Log-odds of an order whose features are all at their mean.</summary>
            public const int Intercept = {{Number(intercept)}};

            /// <summary>One for each feature, in the order of <see cref="FraudModel.FeatureNames"/>.</summary>
            public static ImmutableArray<Coefficient> All { get; } =
            [
        {{string.Join('\n', coefficients.Select(c =>
            $"        new(\"{c.Feature}\", {Number(c.Weight)}, {Number(c.Mean)}),"))}}
            ];
        }

        """.ReplaceLineEndings("\n");

    static string Number(int value) => value.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '_');
}
