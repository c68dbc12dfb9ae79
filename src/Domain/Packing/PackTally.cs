using System.Runtime.InteropServices;

namespace Fulfillment.Packing;

/// <summary>
/// The units of a packing job by line of its order, and its goods by SKU, as they are now: one walk over boxes, scans
/// and doubts, whatever is asked of it then.
/// </summary>
public sealed class PackTally
{
    readonly Dictionary<string, Counts> _lines = new(StringComparer.Ordinal);
    readonly Dictionary<string, PackLine> _goods = new(StringComparer.Ordinal);

    /// <summary>Of a job as it stands.</summary>
    public PackTally(PackSheet sheet)
    {
        foreach (var box in sheet.Boxes)
            foreach (var line in box.Lines) Of(line.Line).Packed += line.Units;
        foreach (var scan in sheet.Scans)
        {
            if (!scan.IsAsked || scan.Out) continue;
            foreach (var line in scan.Lines) Of(line.Line).Asked += line.Units;
        }

        foreach (var doubt in sheet.Doubts)
        {
            if (!doubt.IsOpen) continue;
            foreach (var line in doubt.Lines) Of(line.Line).Doubted += line.Units;
        }

        foreach (var goods in sheet.Terms.Goods) _goods.TryAdd(goods.Id, goods);
    }

    /// <summary>Units of a line of the order that are in boxes, those that have left too.</summary>
    public int PackedOf(string line) => _lines.GetValueOrDefault(line).Packed;

    /// <summary>Units that the SKU is being asked to put into a box.</summary>
    public int AskedOf(string line) => _lines.GetValueOrDefault(line).Asked;

    /// <summary>Units that somebody doubts.</summary>
    public int DoubtedOf(string line) => _lines.GetValueOrDefault(line).Doubted;

    /// <summary>Units to be scanned; below zero: so many are to be taken out, for they are not to leave.</summary>
    public int LeftOf(PackNeed need)
    {
        var counts = _lines.GetValueOrDefault(need.Line);
        return need.Units - counts.Packed - counts.Asked - counts.Doubted;
    }

    /// <summary>Units wait to be scanned, to be taken out, for their SKU or for a decision.</summary>
    public bool IsUnderWay(PackSight sight) =>
        sight.Lines.Any(l => LeftOf(l) != 0 || AskedOf(l.Line) > 0 || DoubtedOf(l.Line) > 0);

    /// <summary>No box has more of a line in it than is to leave, nor will have with what the SKUs are asked.</summary>
    public bool IsWithin(PackSight sight) =>
        sight.Lines.All(l => l.Units >= PackedOf(l.Line) + AskedOf(l.Line));

    /// <summary>What one unit of the SKU is like; null where it is not among the goods.</summary>
    public PackLine? GoodsOf(string sku) => _goods.GetValueOrDefault(sku);

    /// <summary>What the box weighs with all that is in it; null where nobody knows of some goods.</summary>
    public long? Weight(PackBox box) => box.Contents.All(c => GoodsOf(c.Sku) is { Grams: > 0 })
        ? box.Box.TareGrams + box.Contents.Sum(c => (long)c.Units * GoodsOf(c.Sku)!.Grams) : null;

    /// <summary>The volume of what is in the box; null where nobody knows of some goods.</summary>
    public long? Volume(PackBox box) => box.Contents.All(c => GoodsOf(c.Sku) is { Size.IsTold: true })
        ? box.Contents.Sum(c => c.Units * GoodsOf(c.Sku)!.Size.Mm3) : null;

    ref Counts Of(string line) => ref CollectionsMarshal.GetValueRefOrAddDefault(_lines, line, out _);

    struct Counts
    {
        public int Packed, Asked, Doubted;
    }
}
