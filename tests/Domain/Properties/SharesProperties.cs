using System.Collections.Immutable;
using System.Numerics;
using Fulfillment.Ordering;
using Fulfillment.Payments;

namespace Fulfillment.Tests.Domain;

/// <summary>
/// What is shared out sums to what there was, to the minor unit, whatever happens to the units afterwards and in
/// whatever order.
/// </summary>
public sealed class SharesProperties
{
    const int Histories = 10_000, Longest = 24;

    /// <summary>One currency for each number of digits that a minor unit can have.</summary>
    static readonly string[] ByDigits =
    [
        .. Enumerable.Range(0, 5)
            .Select(d => Currencies.Codes.Order().FirstOrDefault(c => Currencies.DigitsOf(c) == d)).OfType<string>(),
    ];

    [Fact]
    public void The_parts_of_a_line_sum_to_the_whole_whatever_its_units_go_through() =>
        Script.ForAll(Histories, Longest, Play);

    [Fact]
    public void The_largest_remainders_get_what_is_left() => Script.ForAll(Histories, Longest, script =>
    {
        var weights = script.Select(Weight).ToArray();
        var whole = script.Count == 0 ? 0 : Whole(script[0]);

        var shares = Shares.Of(whole, weights);

        Assert.Equal(ByRemainder(whole, weights), shares.AsEnumerable());
        Assert.Equal(weights.Length == 0 ? 0 : whole, shares.Sum());
        for (var i = 1; i < weights.Length; i++)
        {
            if (weights[i] == weights[i - 1]) Assert.InRange(shares[i - 1] - shares[i], 0, 1);
        }
    });

    [Fact]
    public void The_largest_sums_are_shared_without_loss()
    {
        long[] most = [long.MaxValue, long.MaxValue, 1];

        Assert.Equal(ByRemainder(long.MaxValue, most), Shares.Of(long.MaxValue, most).AsEnumerable());
        Assert.Equal([2, 1, 1], Shares.Of(4, [0, 0, 0]).AsEnumerable());
        Assert.Empty(Shares.Of(4, []));
    }

    [Fact]
    public void Every_number_of_digits_is_played() =>
        Assert.Equal([0, 2, 3, 4], ByDigits.Select(c => Currencies.DigitsOf(c)!.Value));

    /// <summary>Four lines and charges from the first steps; each later step moves units of a line.</summary>
    static void Play(IReadOnlyList<Step> script)
    {
        Step At(int i) => i < script.Count ? script[i] : default;
        var currency = ByDigits[At(0).Who % ByDigits.Length];
        var minor = (long)Math.Pow(10, Currencies.DigitsOf(currency)!.Value);
        ImmutableArray<OrderLine> ordered =
            [.. Enumerable.Range(0, 4).Select(i => LineOf(i, At(i + 1), currency, minor))];
        var left = ordered.Sum(l => (l.UnitPrice!.Value.AmountMinor * l.Quantity) - l.DiscountMinor);
        OrderCharges order = new(
            (At(0).Units * minor / 7) + At(0).Twist, left * (At(0).What % 50) / 100, At(0).Units % 3 == 0);

        var charges = LineCharges.Of(ordered, order);
        var lines = ordered.Zip(charges, (l, c) => new Line(l, 0, 0, 0, 0, c)).ToArray();
        var whole = lines.Aggregate(default(UnitMoney), (sum, l) => sum + l.Money(l.Ordered.Quantity));
        Assert.Equal(ordered.Sum(l => l.UnitPrice!.Value.AmountMinor * l.Quantity), whole.Price);
        Assert.Equal(ordered.Sum(l => l.DiscountMinor) + order.DiscountMinor, whole.Discount);
        Assert.Equal(order.TaxIncluded ? 0 : ordered.Sum(l => l.TaxMinor), whole.Tax);
        Assert.Equal(order.ShippingMinor, whole.Shipping);

        foreach (var line in lines) CheckUnits(line);
        UnitMoney shipped = default, cancelled = default;
        foreach (var step in script.Skip(5)) Move(lines, step, ref shipped, ref cancelled);
        var open = lines.Aggregate(default(UnitMoney), (sum, l) =>
            sum + (l.Money(l.Ordered.Quantity - l.Cancelled) - l.Money(l.Shipped)));
        Assert.Equal(whole, shipped + cancelled + open);
        Assert.Equal(whole.Total, shipped.Total + cancelled.Total + open.Total);
    }

    static OrderLine LineOf(int i, Step s, string currency, long minor)
    {
        var price = (s.Units * minor) + s.Twist;
        var quantity = 1 + (s.Who % 12);
        return new($"{i}", "A", quantity, new(price, currency),
            price * quantity * (s.What % 101) / 100, (price * quantity * (s.Twist % 28) / 100) + (s.What % 3));
    }

    /// <summary>Ships the next units, or cancels the last: what each of them costs was known from the start.</summary>
    static void Move(Line[] lines, Step step, ref UnitMoney shipped, ref UnitMoney cancelled)
    {
        var line = lines[step.Who % lines.Length];
        var last = line.Ordered.Quantity - line.Cancelled;
        var units = Math.Min(step.Units % 4, last - line.Shipped);
        if (step.What % 2 == 0)
        {
            var moved = line.Money(line.Shipped + units) - line.Money(line.Shipped);
            Assert.Equal(SumOf(line, line.Shipped, units), moved);
            shipped += moved;
            lines[step.Who % lines.Length] = line with { Shipped = line.Shipped + units };
        }
        else
        {
            var moved = line.Money(last) - line.Money(last - units);
            Assert.Equal(SumOf(line, last - units, units), moved);
            cancelled += moved;
            lines[step.Who % lines.Length] = line with { Cancelled = line.Cancelled + units };
        }
    }

    /// <summary>Of the line as it was ordered, unit by unit.</summary>
    static UnitMoney SumOf(Line line, int before, int units)
    {
        var asOrdered = line with { Cancelled = 0, Shipped = 0 };
        return Enumerable.Range(before, units).Aggregate(
            default(UnitMoney), (sum, i) => sum + (asOrdered.Money(i + 1) - asOrdered.Money(i)));
    }

    /// <summary>Each part of equal units differs by one minor unit at most, and the first ones get it.</summary>
    static void CheckUnits(Line line)
    {
        var units = Enumerable.Range(0, line.Ordered.Quantity).Select(i => line.Money(i + 1) - line.Money(i)).ToList();
        foreach (var part in new Func<UnitMoney, long>[] { u => u.Price, u => u.Discount, u => u.Tax, u => u.Shipping })
        {
            Assert.InRange(units.Max(part) - units.Min(part), 0, 1);
            Assert.Equal(units.Select(part).OrderDescending(), units.Select(part));
        }
    }

    static long Weight(Step s) => s.What % 4 == 0 ? 0 : s.What % 4 == 1 ? s.Units % 3 : (s.Units * 1_000L) + s.Twist;

    static long Whole(Step s) => s.Twist % 3 == 0 ? s.Units : (s.Units * 100_000L) + s.Who;

    /// <summary>
    /// The definition, word by word: to each what is whole of its quota, then one more to the largest remainder, again
    /// and again, until nothing is left.
    /// </summary>
    static long[] ByRemainder(long whole, long[] weights)
    {
        var sum = weights.Aggregate(BigInteger.Zero, (a, b) => a + b);
        var claims = weights.Select(w => sum.IsZero ? BigInteger.One : w).ToList();
        if (sum.IsZero) sum = weights.Length;
        var shares = claims.Select(c => (long)(whole * c / sum)).ToArray();
        HashSet<int> got = [];
        for (var left = weights.Length == 0 ? 0 : whole - shares.Sum(); left > 0; left--)
        {
            var next = Enumerable.Range(0, shares.Length).Where(i => !got.Contains(i))
                .MaxBy(i => (whole * claims[i]) - (shares[i] * sum));
            got.Add(next);
            shares[next]++;
        }

        return shares;
    }
}
