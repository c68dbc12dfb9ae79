using Fulfillment.Warehousing;

namespace Fulfillment.Picking;

/// <summary>The geometry of aisles: lines of whole millimetres on the floor, at whatever angle.</summary>
static class WayLines
{
    /// <summary>How long the aisle is.</summary>
    public static long LengthOf(Aisle aisle) => Between(aisle.From, aisle.To);

    /// <summary>Whether the rectangles around them touch: of most aisles they do not.</summary>
    public static bool MayMeet(Aisle a, Aisle b) =>
        Math.Min(a.From.X, a.To.X) <= Math.Max(b.From.X, b.To.X)
        && Math.Min(b.From.X, b.To.X) <= Math.Max(a.From.X, a.To.X)
        && Math.Min(a.From.Y, a.To.Y) <= Math.Max(b.From.Y, b.To.Y)
        && Math.Min(b.From.Y, b.To.Y) <= Math.Max(a.From.Y, a.To.Y);

    /// <summary>
    /// Where the lines meet, as millimetres from the beginning of each: once, or where ends of one are on the other
    /// that it runs along.
    /// </summary>
    public static IEnumerable<(long AtA, long AtB)> Meet(Aisle a, Aisle b)
    {
        long ax = a.To.X - a.From.X, ay = a.To.Y - a.From.Y, bx = b.To.X - b.From.X, by = b.To.Y - b.From.Y;
        long x = b.From.X - a.From.X, y = b.From.Y - a.From.Y;
        var (across, onA, onB) = (ax * by - ay * bx, x * by - y * bx, x * ay - y * ax);
        if (across == 0)
        {
            foreach (var end in (Spot[])[a.From, a.To])
                if (Project(b, end) is (var at, 0)) yield return (end == a.From ? 0 : LengthOf(a), at);
            foreach (var end in (Spot[])[b.From, b.To])
                if (Project(a, end) is (var at, 0)) yield return (at, end == b.From ? 0 : LengthOf(b));
            yield break;
        }

        if (across < 0) (across, onA, onB) = (-across, -onA, -onB);
        if (onA < 0 || onA > across || onB < 0 || onB > across) yield break;
        if (a.From.Z + Part(a.To.Z - a.From.Z, onA, across) != b.From.Z + Part(b.To.Z - b.From.Z, onB, across))
            yield break;
        yield return (Part(LengthOf(a), onA, across), Part(LengthOf(b), onB, across));
    }

    /// <summary>The point of the aisle that is nearest to the spot, and how far off it is.</summary>
    public static (long At, long Off) Project(Aisle aisle, Spot spot)
    {
        long dx = aisle.To.X - aisle.From.X, dy = aisle.To.Y - aisle.From.Y, dz = aisle.To.Z - aisle.From.Z;
        var square = (Int128)dx * dx + (Int128)dy * dy + (Int128)dz * dz;
        if (square == 0) return (0, Between(aisle.From, spot));
        var along = (Int128)dx * (spot.X - aisle.From.X) + (Int128)dy * (spot.Y - aisle.From.Y)
            + (Int128)dz * (spot.Z - aisle.From.Z);
        along = Int128.Clamp(along, 0, square);
        Spot at = new(
            aisle.From.X + (int)(dx * along / square), aisle.From.Y + (int)(dy * along / square),
            aisle.From.Z + (int)(dz * along / square));
        return ((long)(LengthOf(aisle) * along / square), Between(at, spot));
    }

    static long Part(long whole, long part, long of) => (long)((Int128)whole * part / of);

    static long Between(Spot a, Spot b)
    {
        var (x, y, z) = ((long)a.X - b.X, (long)a.Y - b.Y, (long)a.Z - b.Z);
        return Root(x * x + y * y + z * z);
    }

    /// <summary>The whole part of the square root, by Newton's method from above.</summary>
    static long Root(long square)
    {
        if (square < 2) return square;
        var root = 1L << (int)((65 - long.LeadingZeroCount(square)) / 2);
        while (square / root is var other && other < root) root = (root + other) / 2;
        return root;
    }
}
