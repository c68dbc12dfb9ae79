using System.Collections.Immutable;

namespace Fulfillment.Screening;

/// <summary>
/// The model's coefficients, in thousandths. Written by the bench <c>fraud --write</c> from labelled history;
/// see there how they were found and how far they can be trusted.
/// </summary>
public static class FraudCoefficients
{
    /// <summary>Names the model in assessments: the last day of the history that it was trained on.</summary>
    public const string Version = "logistic-2023-01-25";

    /// <summary>Log-odds of an order whose features are all at their mean.</summary>
    public const int Intercept = -5_487;

    /// <summary>One for each feature, in the order of <see cref="FraudModel.FeatureNames"/>.</summary>
    public static ImmutableArray<Coefficient> All { get; } =
    [
        new("amount-known", 2_430, 22),
        new("amount", 488, 3_981),
        new("amount-to-mean", 123, -208),
        new("ip-orders", -2_989, 1_976),
        new("email-orders", 2_080, 1_485),
        new("day-velocity", 1_368, 85),
    ];
}
