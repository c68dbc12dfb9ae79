using Fulfillment.Shipping;

namespace Fulfillment.Tests.Domain;

/// <summary>What a parcel measures, and the limits that it is over.</summary>
public sealed class PackageLimitsTests
{
    static readonly PackageLimits Limits = new(30_000, 1_200, 800, 600, 3_000);

    [Theory]
    [InlineData(1_200, 400, 300, 30_000, null)]
    [InlineData(300, 400, 1_200, 1, null)]
    [InlineData(100, 100, 100, 30_001, ParcelLimit.Weight)]
    [InlineData(100, 1_201, 100, 1, ParcelLimit.LongestEdge)]
    [InlineData(900, 801, 100, 1, ParcelLimit.MiddleEdge)]
    [InlineData(700, 700, 601, 1, ParcelLimit.ShortestEdge)]
    [InlineData(1_200, 600, 301, 1, ParcelLimit.LengthAndGirth)]
    public void A_parcel_is_over_the_first_limit_however_it_is_turned(
        int length, int width, int height, long grams, ParcelLimit? limit)
    {
        ParcelSpec parcel = new(length, width, height, grams);
        var breach = Limits.Breach([new(1, 1, 1, 1), parcel]);
        Assert.Equal(limit, breach?.Limit);
        if (breach is not { } found) return;
        Assert.Equal(1, found.Parcel);
        Assert.True(found.Actual > found.Most);
        Assert.Equal(
            limit == ParcelLimit.Weight ? RateRejection.Overweight : RateRejection.Oversize,
            PackageLimits.ReasonOf(found));
    }

    [Fact]
    public void A_parcel_has_three_edges_a_girth_and_a_dimensional_weight()
    {
        ParcelSpec parcel = new(200, 500, 300, 900);
        Assert.Equal((500, 300, 200), (parcel.LongestMm, parcel.MiddleMm, parcel.ShortestMm));
        Assert.Equal(1_500, parcel.LengthAndGirthMm);
        Assert.Equal(6_000, parcel.DimGrams(5_000));
        // Rounded up.
        Assert.Equal(5_001, (parcel with { LengthMm = 201 }).DimGrams(6_029));
        Assert.True(parcel.IsTold);
        Assert.False((parcel with { Grams = 0 }).IsTold);
        Assert.False((parcel with { HeightMm = 0 }).IsTold);
        // The largest that anybody can write down.
        ParcelSpec vast = new(int.MaxValue, int.MaxValue, int.MaxValue, long.MaxValue);
        Assert.Equal(int.MaxValue, vast.MiddleMm);
        Assert.Equal(5L * int.MaxValue, vast.LengthAndGirthMm);
    }

    [Fact]
    public void An_address_is_printed_without_who_lives_there() =>
        Assert.Equal("DE 10115", $"{new ShipAddress("DE", "10115", Name: "Ada", Phone: "1", Lines: ["A 1"])}");
}
