namespace Fulfillment.Packing;

/// <summary>
/// A room while it is being loaded. What is free is kept as its maximal empty spaces, which overlap (Lai and Chan 1997;
/// Parreño, Alvarez-Valdes, Tamarit and Oliveira 2008, section 2). A block goes into a bottom corner of the space that
/// is nearest to a corner of the room. What is good there is told by its volume, and by how much of the space the
/// goods could still use beside it (Araya and Riff 2014, section 3).
/// </summary>
sealed class Loading
{
    const int MostAlong = 8;

    readonly LoadTable _table;
    readonly int[] _left;
    readonly List<Cuboid> _open, _parked;
    int _flat, _tall;
    long _grams;

    public Loading(LoadTable table)
    {
        _table = table;
        _left = [.. table.Goods.Select(g => g.Units)];
        Units = _left.Sum();
        var room = table.Room;
        (_open, _parked, Blocks) = ([new(0, 0, 0, room.LengthMm, room.WidthMm, room.HeightMm)], [], []);
        FindLeast();
    }

    Loading(Loading other)
    {
        (_table, _left, _open, _parked) = (other._table, [.. other._left], [.. other._open], [.. other._parked]);
        (_flat, _tall, _grams) = (other._flat, other._tall, other._grams);
        (Blocks, Mm3, Worth, Units) = ([.. other.Blocks], other.Mm3, other.Worth, other.Units);
    }

    /// <summary>What is loaded, in this order.</summary>
    public List<Block> Blocks { get; }

    /// <summary>The volume of what is loaded.</summary>
    public long Mm3 { get; private set; }

    /// <summary>What it is worth.</summary>
    public long Worth { get; private set; }

    /// <summary>Units that are not loaded.</summary>
    public int Units { get; private set; }

    /// <summary>Units that are not loaded, by line.</summary>
    public IReadOnlyList<int> Left => _left;

    public Loading Copy() => new(this);

    /// <summary>Loads until nothing more goes in.</summary>
    public void Finish(List<Block> scratch)
    {
        while (Next(scratch, 1)) Place(scratch[0]);
    }

    /// <summary>
    /// The best blocks for the next space, best first, at most so many; false when no space takes anything.
    /// </summary>
    public bool Next(List<Block> found, int most)
    {
        while (true)
        {
            found.Clear();
            if (Units == 0 || Nearest() is not (>= 0 and var index)) return false;
            var space = _open[index];
            Find(space, found, most);
            if (found.Count > 0) return true;
            // What comes to stand beside it may make a base for it.
            _open.RemoveAt(index);
            _parked.Add(space);
        }
    }

    /// <summary>Puts the block in.</summary>
    public void Place(Block block)
    {
        var line = block.Pose.Line;
        _left[line] -= block.Units;
        Units -= block.Units;
        _grams += (long)block.Units * block.Pose.Grams;
        Mm3 += block.At.Mm3;
        Worth += block.Units * _table.Worth[line];
        Blocks.Add(block);
        if (_left[line] == 0) FindLeast();
        Cut(block.Pose.Fragile ? block.At with { Z2 = _table.Room.HeightMm } : block.At, block.At.Z2);
    }

    /// <summary>The least edges of what is left: a space that has less is of no use.</summary>
    void FindLeast()
    {
        (_flat, _tall) = (int.MaxValue, int.MaxValue);
        foreach (var pose in _table.Poses)
        {
            if (_left[pose.Line] == 0) continue;
            _flat = Math.Min(_flat, Math.Min(pose.Size.LengthMm, pose.Size.WidthMm));
            _tall = Math.Min(_tall, pose.Size.HeightMm);
        }
    }

    /// <summary>The open space nearest to a corner of the room, of those the largest; -1 for none.</summary>
    int Nearest()
    {
        var (best, nearest, largest) = (-1, int.MaxValue, 0L);
        for (var i = 0; i < _open.Count; i++)
        {
            var space = _open[i];
            var way = Math.Min(space.X1, _table.Room.LengthMm - space.X2)
                + Math.Min(space.Y1, _table.Room.WidthMm - space.Y2) + space.Z1;
            if (way > nearest || (way == nearest && space.Mm3 <= largest)) continue;
            (best, nearest, largest) = (i, way, space.Mm3);
        }

        return best;
    }

    void Find(Cuboid space, List<Block> found, int most)
    {
        var right = _table.Room.LengthMm - space.X2 < space.X1;
        var back = _table.Room.WidthMm - space.Y2 < space.Y1;
        FindAt(space, right, back, found, most);
        if (space.Z1 == 0) return;
        // Above the floor another corner may have something under it.
        if (found.Count == 0) FindAt(space, right, !back, found, most);
        if (found.Count == 0) FindAt(space, !right, back, found, most);
        if (found.Count == 0) FindAt(space, !right, !back, found, most);
    }

    void FindAt(Cuboid space, bool right, bool back, List<Block> found, int most)
    {
        foreach (var pose in _table.Poses)
        {
            var units = _left[pose.Line];
            if (pose.Grams > 0) units = (int)Math.Min(units, (_table.MaxGrams - _grams) / pose.Grams);
            if (units == 0 || pose.Size.LengthMm > space.Length || pose.Size.WidthMm > space.Width
                || pose.Size.HeightMm > space.Height) continue;
            if (pose.Fragile && space.Z2 < _table.Room.HeightMm) continue;
            var along = Math.Min(units, space.Length / pose.Size.LengthMm);
            for (var n = 1; n <= along; n++)
            {
                if (n > MostAlong && n <= along - MostAlong) n = along - MostAlong + 1;
                FindRows(space, pose, n, units / n, right, back, found, most);
            }
        }
    }

    /// <summary>Blocks with so many units along the room.</summary>
    void FindRows(
        Cuboid space, Pose pose, int along, int units, bool right, bool back, List<Block> found, int most)
    {
        var length = along * pose.Size.LengthMm;
        var reachLength = length + _table.Flat(space.Length - length);
        var across = Math.Min(units, space.Width / pose.Size.WidthMm);
        var tallest = pose.Fragile ? 1 : space.Height / pose.Size.HeightMm;
        for (var m = 1; m <= across; m++)
        {
            if (m > MostAlong && m <= across - MostAlong) m = across - MostAlong + 1;
            var up = Math.Min(tallest, units / m);
            var (width, height) = (m * pose.Size.WidthMm, up * pose.Size.HeightMm);
            var reachHeight = pose.Fragile ? height : height + _table.Tall(space.Height - height);
            var value = (long)along * m * up * _table.Worth[pose.Line]
                + (long)reachLength * (width + _table.Flat(space.Width - width)) * reachHeight;
            if (found.Count == most && value <= found[^1].Value) continue;
            var x = right ? space.X2 - length : space.X1;
            var y = back ? space.Y2 - width : space.Y1;
            Cuboid at = new(x, y, space.Z1, x + length, y + width, space.Z1 + height);
            if (at.Z1 > 0 && !IsSteady(at, pose.Size)) continue;
            var rank = found.Count;
            while (rank > 0 && found[rank - 1].Value < value) rank--;
            found.Insert(rank, new(pose, along, m, up, at, value));
            if (found.Count > most) found.RemoveAt(most);
        }
    }

    /// <summary>Whether each unit of the block's lowest layer has enough under it.</summary>
    bool IsSteady(in Cuboid at, Extent unit)
    {
        var supported = Supported(at);
        if (supported == (long)at.Length * at.Width) return true;
        if (!at.IsSteady(supported)) return false;
        for (var x = at.X1; x < at.X2; x += unit.LengthMm)
        {
            for (var y = at.Y1; y < at.Y2; y += unit.WidthMm)
            {
                var one = at with { X1 = x, Y1 = y, X2 = x + unit.LengthMm, Y2 = y + unit.WidthMm };
                if (!one.IsSteady(Supported(one))) return false;
            }
        }

        return true;
    }

    long Supported(in Cuboid at)
    {
        var area = 0L;
        foreach (var block in Blocks)
            if (block.At.Z2 == at.Z1) area += block.At.Under(at);
        return area;
    }

    /// <summary>Takes a part out of all spaces. What has its <paramref name="top"/> for a base is open again.</summary>
    void Cut(in Cuboid part, int top)
    {
        List<(Cuboid Space, bool Open)> pieces = [];
        Cut(_open, part, pieces, true);
        Cut(_parked, part, pieces, false);
        for (var i = _parked.Count - 1; i >= 0; i--)
        {
            if (_parked[i].Z1 != top || _parked[i].Under(part) == 0) continue;
            _open.Add(_parked[i]);
            _parked.RemoveAt(i);
        }

        for (var i = 0; i < pieces.Count; i++)
            if (pieces[i].Space is var p && p.Z1 == top && p.Under(part) > 0) pieces[i] = (p, true);
        for (var i = 0; i < pieces.Count; i++)
            if (!IsHeld(i, pieces)) (pieces[i].Open ? _open : _parked).Add(pieces[i].Space);
    }

    /// <summary>Whether another space has all of the piece, and is no less open.</summary>
    bool IsHeld(int index, List<(Cuboid Space, bool Open)> pieces)
    {
        var (piece, isOpen) = pieces[index];
        for (var j = 0; j < pieces.Count; j++)
        {
            var (other, isOtherOpen) = pieces[j];
            if (j == index || (isOpen && !isOtherOpen) || !other.Holds(piece)) continue;
            // Of equal pieces the first is kept, or the one that is open.
            if (other != piece || j < index || isOtherOpen != isOpen) return true;
        }

        foreach (var space in _open)
            if (space.Holds(piece)) return true;
        if (isOpen) return false;
        foreach (var space in _parked)
            if (space.Holds(piece)) return true;
        return false;
    }

    void Cut(List<Cuboid> spaces, in Cuboid part, List<(Cuboid Space, bool Open)> pieces, bool isOpen)
    {
        var kept = 0;
        for (var i = 0; i < spaces.Count; i++)
        {
            var space = spaces[i];
            if (!space.Meets(part))
            {
                if (IsOfUse(space)) spaces[kept++] = space;
                continue;
            }

            Add(space with { X2 = part.X1 });
            Add(space with { X1 = part.X2 });
            Add(space with { Y2 = part.Y1 });
            Add(space with { Y1 = part.Y2 });
            Add(space with { Z2 = part.Z1 });
            Add(space with { Z1 = part.Z2 });
        }

        spaces.RemoveRange(kept, spaces.Count - kept);

        void Add(Cuboid piece)
        {
            if (IsOfUse(piece)) pieces.Add((piece, isOpen));
        }
    }

    bool IsOfUse(in Cuboid space) => space.Length >= _flat && space.Width >= _flat && space.Height >= _tall;
}
