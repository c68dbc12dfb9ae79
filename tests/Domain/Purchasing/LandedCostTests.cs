using Fulfillment.Purchasing;

namespace Fulfillment.Tests.Domain;

/// <summary>Charges split over what was received, to the minor unit.</summary>
public sealed class LandedCostTests
{
    static readonly CostedLine A = new("1", 3, 1_000, 500, 1_000_000), B = new("2", 7, 100, 100, 9_000_000),
        None = new("3", 0, 9_999, 9_999, 9_999);

    static LandedLine[] Of(ChargeKind kind, long amount, ChargeBasis basis, params CostedLine[] lines) =>
        [.. LandedCost.Of([.. lines], [new("c", kind, amount, basis)])];

    [Theory]
    [InlineData(ChargeKind.Freight, ChargeBasis.Value, 811, 189)]
    [InlineData(ChargeKind.Duty, ChargeBasis.Weight, 682, 318)]
    [InlineData(ChargeKind.Insurance, ChargeBasis.Volume, 45, 955)]
    [InlineData(ChargeKind.Other, ChargeBasis.Quantity, 300, 700)]
    public void A_charge_is_split_by_what_it_goes_by(ChargeKind kind, ChargeBasis basis, long first, long second)
    {
        var lines = Of(kind, 1_000, basis, A, B, None);
        Assert.Equal([first, second, 0], lines.Select(l => l.Shares.Sum(s => s.AmountMinor)));
    }

    [Fact]
    public void Units_sum_to_what_was_paid()
    {
        var lines = Of(ChargeKind.Freight, 1_001, ChargeBasis.Value, A, B);
        Assert.Equal(3_000 + 700 + 1_001, lines.Sum(l => l.LandedMinor));
        Assert.All(lines, l => Assert.Equal(
            l.LandedMinor, (l.Units - l.DearerUnits) * l.UnitMinor + l.DearerUnits * (l.UnitMinor + 1)));
    }

    [Fact]
    public void Of_equal_remainders_the_first_line_bears_the_odd_unit()
    {
        var lines = Of(ChargeKind.Other, 3, ChargeBasis.Quantity, A with { Units = 1 }, B with { Units = 1 });
        Assert.Equal([2, 1], lines.Select(l => l.Shares.Single().AmountMinor));
    }

    [Fact]
    public void What_no_unit_can_bear_is_in_no_share() =>
        Assert.Empty(Of(ChargeKind.Freight, 9, ChargeBasis.Value, None).Single().Shares);

    [Fact]
    public void The_largest_amounts_do_not_overflow()
    {
        const long most = 1_000_000_000_000_000;
        CostedLine huge = new("1", int.MaxValue, 1, int.MaxValue, most);
        var lines = Of(ChargeKind.Freight, most, ChargeBasis.Volume, huge, huge with { Line = "2" });
        Assert.Equal(most, lines.Sum(l => l.Shares.Single().AmountMinor));
    }
}
