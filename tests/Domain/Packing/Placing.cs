using Fulfillment.Packing;

namespace Fulfillment.Tests.Domain;

/// <summary>What must hold of goods in a room, told by brute force; and whether they can be in it at all.</summary>
static class Placing
{
    /// <summary>Inside, beside each other, as they may stand, on something, and nothing on what is fragile.</summary>
    public static void Check(Extent room, IReadOnlyList<PackedItem> items, IReadOnlyList<PackLine> goods)
    {
        for (var i = 0; i < items.Count; i++)
        {
            var item = items[i];
            var line = goods.Single(g => g.Id == item.Id);
            Assert.True(line.Upright.Allows(item.Orientation), $"{item} stands as it may not");
            Assert.Equal(line.Size.Turned(item.Orientation), item.Size);
            Assert.True(IsInside(room, item), $"{item} sticks out");
            var supported = 0L;
            for (var j = 0; j < items.Count; j++)
            {
                if (i == j) continue;
                var shared = Shared(item, items[j]);
                if (shared == 0) continue;
                Assert.True(
                    item.Z >= Top(items[j]) || Top(item) <= items[j].Z, $"{item} and {items[j]} are in one place");
                Assert.False(line.Fragile && items[j].Z >= Top(item), $"{items[j]} is over fragile {item}");
                if (j < i && Top(items[j]) == item.Z) supported += shared;
            }

            Assert.True(IsSteady(item, supported), $"{item} has too little under it");
        }
    }

    /// <summary>Whether all units fit, one of each line, by trying every whole millimetre.</summary>
    public static bool Fits(Extent room, IReadOnlyList<PackLine> goods) => Fits(room, [.. goods], []);

    static bool Fits(Extent room, List<PackLine> left, List<(PackedItem Item, bool Fragile)> inside)
    {
        if (left.Count == 0) return true;
        if (left.Sum(g => g.Size.Mm3) + inside.Sum(i => i.Item.Size.Mm3) > room.Mm3) return false;
        foreach (var line in left)
        {
            List<PackLine> rest = [.. left.Where(l => l != line)];
            foreach (var item in Places(room, line))
            {
                if (!IsFree(item, line.Fragile, inside)) continue;
                if (Fits(room, rest, [.. inside, (item, line.Fragile)])) return true;
            }
        }

        return false;
    }

    static IEnumerable<PackedItem> Places(Extent room, PackLine line) =>
        from how in Enum.GetValues<Orientation>().Where(line.Upright.Allows).DistinctBy(line.Size.Turned)
        let size = line.Size.Turned(how)
        where room.Holds(size)
        from z in Enumerable.Range(0, room.HeightMm - size.HeightMm + 1)
        from y in Enumerable.Range(0, room.WidthMm - size.WidthMm + 1)
        from x in Enumerable.Range(0, room.LengthMm - size.LengthMm + 1)
        select new PackedItem(line.Id, x, y, z, size, how);

    static bool IsFree(PackedItem item, bool isFragile, List<(PackedItem Item, bool Fragile)> inside)
    {
        var supported = 0L;
        foreach (var (other, isOtherFragile) in inside)
        {
            var shared = Shared(item, other);
            if (shared == 0) continue;
            if (item.Z < Top(other) && Top(item) > other.Z) return false;
            if ((isOtherFragile && item.Z >= Top(other)) || (isFragile && Top(item) <= other.Z)) return false;
            if (Top(other) == item.Z) supported += shared;
        }

        return IsSteady(item, supported);
    }

    static bool IsInside(Extent room, PackedItem item) => item is { X: >= 0, Y: >= 0, Z: >= 0 }
        && item.X + item.Size.LengthMm <= room.LengthMm && item.Y + item.Size.WidthMm <= room.WidthMm
        && Top(item) <= room.HeightMm;

    static int Top(PackedItem item) => item.Z + item.Size.HeightMm;

    static bool IsSteady(PackedItem item, long supported) =>
        item.Z == 0 || supported * 10 >= 7L * item.Size.LengthMm * item.Size.WidthMm;

    /// <summary>The area that both cover, seen from above.</summary>
    static long Shared(PackedItem one, PackedItem other)
    {
        var length = Math.Min(one.X + one.Size.LengthMm, other.X + other.Size.LengthMm) - Math.Max(one.X, other.X);
        var width = Math.Min(one.Y + one.Size.WidthMm, other.Y + other.Size.WidthMm) - Math.Max(one.Y, other.Y);
        return length > 0 && width > 0 ? (long)length * width : 0;
    }
}
