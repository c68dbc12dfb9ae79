using System.Collections.Immutable;
using System.Numerics;

namespace Fulfillment.Purchasing;

/// <summary>
/// Units received of a line, and what one of them costs, weighs and takes of room (in minor units, grams and cubic
/// millimetres).
/// </summary>
public sealed record CostedLine(string Line, long Units, long CostMinor, long Grams, long CubicMm);

/// <summary>What a line bears of a charge.</summary>
public readonly record struct ChargeShare(string Charge, long AmountMinor);

/// <summary>
/// What the units of a line cost with everything. Of its units <c>DearerUnits</c> cost one minor unit more than
/// <c>UnitMinor</c>, so that they sum to <c>LandedMinor</c>.
/// </summary>
public sealed record LandedLine(string Line, long Units, long GoodsMinor, ImmutableArray<ChargeShare> Shares)
{
    /// <summary>Goods and charges.</summary>
    public long LandedMinor => GoodsMinor + Shares.Sum(s => s.AmountMinor);

    /// <summary>What a unit costs at least.</summary>
    public long UnitMinor => Units == 0 ? 0 : LandedMinor / Units;

    /// <summary>How many units cost one minor unit more.</summary>
    public long DearerUnits => Units == 0 ? 0 : LandedMinor % Units;
}

/// <summary>
/// Charges split over the units that were received, exactly: each line gets its share rounded down, and what is left
/// goes, a minor unit each, to the lines with the largest remainders, of equal ones to the first.
/// </summary>
public static class LandedCost
{
    /// <summary>The lines in their order. A charge that no unit received can bear is in no share.</summary>
    public static ImmutableArray<LandedLine> Of(
        ImmutableArray<CostedLine> lines, ImmutableArray<PurchaseCharge> charges)
    {
        var shares = lines.Select(_ => ImmutableArray.CreateBuilder<ChargeShare>()).ToList();
        foreach (var charge in charges)
        {
            var split = Split(charge.AmountMinor, [.. lines.Select(l => Measure(l, charge.Basis))]);
            for (var i = 0; i < split.Length; i++)
                if (split[i] != 0) shares[i].Add(new(charge.Id, split[i]));
        }

        return
        [
            .. lines.Select((l, i) =>
                new LandedLine(l.Line, l.Units, l.Units * l.CostMinor, shares[i].ToImmutable())),
        ];
    }

    /// <summary>What a charge is split by: of all units of the line.</summary>
    public static BigInteger Measure(CostedLine line, ChargeBasis basis) => line.Units * (BigInteger)(basis switch
    {
        ChargeBasis.Value => line.CostMinor,
        ChargeBasis.Weight => line.Grams,
        ChargeBasis.Volume => line.CubicMm,
        ChargeBasis.Quantity => 1,
    });

    static ImmutableArray<long> Split(long amount, ImmutableArray<BigInteger> measures)
    {
        var whole = measures.Aggregate(BigInteger.Zero, (sum, m) => sum + m);
        if (whole.IsZero) return [];
        long[] shares = [.. measures.Select(m => (long)(amount * m / whole))];
        var left = amount - shares.Sum();
        var order = Enumerable.Range(0, shares.Length).OrderByDescending(i => amount * measures[i] % whole).ToList();
        for (var i = 0; i < left; i++) shares[order[i]]++;
        return [.. shares];
    }
}
