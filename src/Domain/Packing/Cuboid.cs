namespace Fulfillment.Packing;

/// <summary>A part of a room, from its lower corner up to and without its upper one.</summary>
readonly record struct Cuboid(int X1, int Y1, int Z1, int X2, int Y2, int Z2)
{
    public int Length => X2 - X1;

    public int Width => Y2 - Y1;

    public int Height => Z2 - Z1;

    public long Mm3 => (long)Length * Width * Height;

    public bool Meets(in Cuboid other) =>
        X1 < other.X2 && other.X1 < X2 && Y1 < other.Y2 && other.Y1 < Y2 && Z1 < other.Z2 && other.Z1 < Z2;

    public bool Holds(in Cuboid other) =>
        X1 <= other.X1 && other.X2 <= X2 && Y1 <= other.Y1 && other.Y2 <= Y2 && Z1 <= other.Z1 && other.Z2 <= Z2;

    /// <summary>The area that both cover, seen from above.</summary>
    public long Under(in Cuboid other)
    {
        var length = Math.Min(X2, other.X2) - Math.Max(X1, other.X1);
        var width = Math.Min(Y2, other.Y2) - Math.Max(Y1, other.Y1);
        return length > 0 && width > 0 ? (long)length * width : 0;
    }

    /// <summary>Whether enough of its base lies on something, given how much does.</summary>
    public bool IsSteady(long supported) => Z1 == 0
        || supported * 100 >= (long)Length * Width * Loader.SupportPercent;
}
