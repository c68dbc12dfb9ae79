namespace Fulfillment.Packing;

/// <summary>
/// Whether a handful of units fit all together, by trying every order, pose and place that matters: against a wall,
/// against another unit, or in line with one.
/// </summary>
sealed class FewUnits
{
    const int MostUnits = 6;

    readonly LoadTable _table;
    readonly int _most;
    readonly int[] _left;
    readonly List<(Pose Pose, Cuboid At)> _in = [];
    int _steps, _open;

    FewUnits(LoadTable table, int most)
    {
        (_table, _most) = (table, most);
        _left = [.. table.Goods.Select(g => g.Units)];
        _open = _left.Sum();
    }

    /// <summary>
    /// All units in the room; null where they do not fit, are too many, or it takes more steps to tell.
    /// </summary>
    public static List<PackedItem>? Fit(LoadTable table, int most)
    {
        if (most == 0 || table.Goods.Sum(g => g.Units) > MostUnits
            || table.Goods.Sum(g => g.Units * g.Size.Mm3) > table.Room.Mm3
            || table.Goods.Sum(g => (long)g.Units * g.Grams) > table.MaxGrams) return null;
        FewUnits search = new(table, most);
        return search.Go()
            ? [.. search._in.Select(i => new PackedItem(
                table.Goods[i.Pose.Line].Id, i.At.X1, i.At.Y1, i.At.Z1, i.Pose.Size, i.Pose.Orientation))]
            : null;
    }

    bool Go()
    {
        if (_open == 0) return true;
        int[] heights = [.. _in.Select(i => i.At.Z2).Append(0).Distinct().Order()];
        foreach (var pose in _table.Poses)
        {
            if (_left[pose.Line] == 0) continue;
            int[] xs = Places(_table.Room.LengthMm, pose.Size.LengthMm, a => (a.X1, a.X2));
            int[] ys = Places(_table.Room.WidthMm, pose.Size.WidthMm, a => (a.Y1, a.Y2));
            foreach (var z in heights)
                foreach (var x in xs)
                    foreach (var y in ys)
                        if (Try(pose, x, y, z)) return true;
            if (_steps > _most) return false;
        }

        return false;
    }

    /// <summary>Where an edge may begin: against a wall, against another or in line with one.</summary>
    int[] Places(int room, int edge, Func<Cuboid, (int From, int To)> of) =>
        [.. _in.Select(i => of(i.At)).SelectMany(o => (int[])[o.From, o.To, o.From - edge, o.To - edge])
            .Append(0).Append(room - edge).Where(p => p >= 0 && p + edge <= room).Distinct().Order()];

    bool Try(Pose pose, int x, int y, int z)
    {
        Cuboid at = new(x, y, z, x + pose.Size.LengthMm, y + pose.Size.WidthMm, z + pose.Size.HeightMm);
        if (++_steps > _most || at.Z2 > _table.Room.HeightMm) return false;
        var supported = 0L;
        foreach (var (other, there) in _in)
        {
            if (at.Meets(there)) return false;
            var shared = there.Under(at);
            if (shared == 0) continue;
            if ((other.Fragile && there.Z2 <= at.Z1) || (pose.Fragile && at.Z2 <= there.Z1)) return false;
            if (there.Z2 == at.Z1) supported += shared;
        }

        if (!at.IsSteady(supported)) return false;
        _in.Add((pose, at));
        _left[pose.Line]--;
        _open--;
        if (Go()) return true;
        _in.RemoveAt(_in.Count - 1);
        _left[pose.Line]++;
        _open++;
        return false;
    }
}
