using System.Collections.Immutable;

namespace Fulfillment.Ordering;

/// <summary>
/// What units of a line cost, in minor units of the order's currency: their price, less their discount, plus tax that
/// is not in the price, plus their share of the shipping.
/// </summary>
public readonly record struct UnitMoney(long Price, long Discount, long Tax, long Shipping)
{
    /// <summary>What the buyer owes for them.</summary>
    public long Total => Price - Discount + Tax + Shipping;

    /// <summary>The sum of both.</summary>
    public static UnitMoney operator +(UnitMoney a, UnitMoney b) =>
        new(a.Price + b.Price, a.Discount + b.Discount, a.Tax + b.Tax, a.Shipping + b.Shipping);

    /// <summary>The difference of both.</summary>
    public static UnitMoney operator -(UnitMoney a, UnitMoney b) =>
        new(a.Price - b.Price, a.Discount - b.Discount, a.Tax - b.Tax, a.Shipping - b.Shipping);
}

/// <summary>
/// Shares money out in integers so that the shares always sum to the whole: the method of the largest remainder
/// (Hare-Niemeyer; Balinski and Young, Fair Representation, 1982). Equal claims differ by one minor unit at most, and
/// the first of them get it. Units of a line are numbered from 1: they leave in ascending order and are cancelled in
/// descending order, so what any of these steps moves is a difference of two sums of first units, and nothing is ever
/// rounded twice.
/// </summary>
public static class Shares
{
    /// <summary>What the first <paramref name="first"/> of <paramref name="units"/> equal units get.</summary>
    public static long OfFirst(long whole, int units, int first)
    {
        var (each, rest) = Math.DivRem(whole, units);
        return (each * first) + Math.Min(first, rest);
    }

    /// <summary>
    /// The whole in proportion to the weights, in their order; equally when all are zero. Weights and whole are not
    /// negative. What remains goes one by one to the largest remainders, among equals to the first.
    /// </summary>
    public static ImmutableArray<long> Of(long whole, ReadOnlySpan<long> weights)
    {
        if (weights.IsEmpty) return [];
        Int128 sum = 0;
        foreach (var weight in weights) sum += weight;
        var shares = new long[weights.Length];
        var remainders = new Int128[weights.Length];
        var left = whole;
        for (var i = 0; i < shares.Length; i++)
        {
            var (share, remainder) = Int128.DivRem((Int128)whole * (sum == 0 ? 1 : weights[i]),
                sum == 0 ? weights.Length : sum);
            (shares[i], remainders[i]) = ((long)share, remainder);
            left -= shares[i];
        }

        var order = new int[shares.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(order, (a, b) => remainders[b].CompareTo(remainders[a]) is not 0 and var by ? by : a - b);
        for (var i = 0; i < left; i++) shares[order[i]]++;
        return ImmutableArray.Create(shares);
    }
}

/// <summary>
/// What a line costs beside its unit price, all units together. Only lines that have any of it keep it.
/// </summary>
public sealed record LineCharges(long Discount, long Tax, long Shipping)
{
    /// <summary>Of a component of a kit: its share of the kit's price; it has no price of its own.</summary>
    public KitShare? Kit { get; init; }

    /// <summary>
    /// The charges of each line, in the buyer's order: its own discount and tax, and its share of the order's discount
    /// and shipping in proportion to its value after its own discount. Null: the line has none. Tax that the prices
    /// contain is no charge.
    /// </summary>
    public static ImmutableArray<LineCharges?> Of(ImmutableArray<OrderLine> lines, OrderCharges? order)
    {
        var charges = new LineCharges?[lines.Length];
        if (order is null && !lines.Any(l => l.DiscountMinor != 0 || l.TaxMinor != 0))
            return ImmutableArray.Create(charges);
        var weights = new long[lines.Length];
        for (var i = 0; i < weights.Length; i++)
            weights[i] = ((lines[i].UnitPrice?.AmountMinor ?? 0) * lines[i].Quantity) - lines[i].DiscountMinor;
        var discounts = Shares.Of(order?.DiscountMinor ?? 0, weights);
        var shipping = Shares.Of(order?.ShippingMinor ?? 0, weights);
        for (var i = 0; i < charges.Length; i++)
        {
            var tax = order?.TaxIncluded == true ? 0 : lines[i].TaxMinor;
            LineCharges line = new(lines[i].DiscountMinor + discounts[i], tax, shipping[i]);
            if (line is not { Discount: 0, Tax: 0, Shipping: 0 }) charges[i] = line;
        }

        return ImmutableArray.Create(charges);
    }
}
