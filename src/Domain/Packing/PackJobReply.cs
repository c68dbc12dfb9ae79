using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Ordering;

namespace Fulfillment.Packing;

/// <summary>What can be told of a job's boxes: what fits, what is left, what it weighs.</summary>
public static class PackJobReply
{
    extension(PackSheet s)
    {
        /// <summary>What scans of a SKU, and into a box, can have changed.</summary>
        public PackNews News(int number, string sku)
        {
            var tally = s.Tally();
            var box = s.BoxOf(number);
            ImmutableArray<PackLineNow> lines =
            [
                .. s.Sight.Lines.Where(l => l.Sku == sku).Select(l => new PackLineNow(
                    l, tally.PackedOf(l.Line), tally.AskedOf(l.Line), tally.DoubtedOf(l.Line), tally.LeftOf(l))),
            ];
            var own = lines.Select(l => l.Need.Line).ToHashSet(StringComparer.Ordinal);
            return new(
                s.Status, s.Terms.Node, s.Packer, s.Station, s.IsStopped, s.IsSettled,
                s.Sight.Lines.Sum(l => Math.Max(0L, tally.LeftOf(l))),
                s.Sight.Lines.Sum(l => Math.Max(0L, -tally.LeftOf(l))), lines,
                box is null ? null : box with
                {
                    Lines = [.. box.Lines.Where(l => own.Contains(l.Line))],
                    Contents = [.. box.Contents.Where(c => c.Sku == sku)],
                },
                box is null ? null : tally.Weight(box) - box.Box.TareGrams, box is null ? null : tally.Volume(box));
        }

        /// <summary>The order is held, or somebody doubts units: nothing is packed.</summary>
        public bool IsStopped => s.Sight.IsHeld || s.Doubts.Any(d => d.Outcome is null);

        /// <summary>What the box weighs with all that is in it; null where nobody knows of some goods.</summary>
        public long? Weight(PackBox box) => s.Tally().Weight(box);

        /// <summary>Why the units cannot go into the box, in the order of <see cref="BenchFault"/>.</summary>
        public BenchFault? FaultOfPacking(PackBox box, PackCommand.Scan c)
        {
            var tally = s.Tally();
            var lines = s.Sight.Lines.Where(l => l.Sku == c.Sku).ToList();
            var left = lines.Sum(l => Math.Max(0L, tally.LeftOf(l)));
            if (c.Units <= 0 || c.Units > left)
            {
                return lines.All(l => l.Units == 0) || lines.Any(l => l.Stopping > 0) ? BenchFault.UnitsCancelled
                    : lines.Any(l => tally.DoubtedOf(l.Line) > 0) ? BenchFault.UnitsInDoubt : BenchFault.MoreThanLeft;
            }

            return tally.GoodsOf(c.Sku) is { } goods ? s.FaultOfSize(box, goods, c.Units, tally) : null;
        }

        BenchFault? FaultOfSize(PackBox box, PackLine goods, int units, PackTally tally)
        {
            var asked = s.Scans.Where(x => x.IsAsked && !x.Out && x.Box == box.Number).ToList();
            if (goods.Size.IsTold)
            {
                if (!LoadTable.PosesOf(goods, 0).Any(p => box.Box.Inner.Holds(p.Size)))
                    return BenchFault.TooLargeForBox;
                // Of what nobody has measured some may be in there, too: that is the packer's to see.
                var inside = box.Contents.Sum(c => c.Units * Mm3(c.Sku)) + asked.Sum(x => x.Units * Mm3(x.Sku));
                if (inside + units * goods.Size.Mm3 > box.Box.Inner.Mm3) return BenchFault.BoxFull;
            }

            var grams = box.Contents.Sum(c => (long)c.Units * Grams(c.Sku))
                + asked.Sum(x => (long)x.Units * Grams(x.Sku));
            if (grams + (long)units * goods.Grams > box.Box.MaxGrams) return BenchFault.TooHeavyForBox;
            return goods.Cold && !box.Box.Insulated ? BenchFault.BoxNotInsulated : null;

            long Mm3(string sku) => tally.GoodsOf(sku)?.Size.Mm3 ?? 0;

            int Grams(string sku) => tally.GoodsOf(sku)?.Grams ?? 0;
        }

        /// <summary>Why the units cannot come out of the box; null when they can.</summary>
        public BenchFault? FaultOfTaking(PackBox box, PackCommand.Scan c)
        {
            var like = box.Contents.Where(x => x.Sku == c.Sku && (c.Lot is null || x.Lot == c.Lot)).ToList();
            var going = s.Scans.Where(x => x.IsAsked && x.Out && x.Box == box.Number && x.Sku == c.Sku)
                .Sum(x => x.Units);
            var serials = c.Serials.IsDefault ? [] : c.Serials;
            return c.Units <= 0 || c.Units > like.Sum(x => x.Units) - going
                || serials.Any(n => like.All(x => x.Serials.IsDefault || !x.Serials.Contains(n)))
                ? BenchFault.NotInBox : null;
        }

        /// <summary>The lines of the order that the units are for: the first that want some.</summary>
        public ImmutableArray<LineUnits> LinesToFill(string sku, int units)
        {
            var tally = s.Tally();
            var lines = ImmutableArray.CreateBuilder<LineUnits>();
            foreach (var need in s.Sight.Lines.Where(l => l.Sku == sku))
            {
                var some = Math.Min(units, Math.Max(0, tally.LeftOf(need)));
                if (some > 0) lines.Add(new(need.Line, some));
                units -= some;
            }

            return lines.ToImmutable();
        }

        /// <summary>Lines of which more is in boxes than is to leave.</summary>
        public HashSet<string> LinesWithTooMany()
        {
            var tally = s.Tally();
            var wanted = s.Sight.Lines.ToDictionary(l => l.Line, l => l.Units);
            return s.Boxes.SelectMany(b => b.Lines).Select(l => l.Line)
                .Where(l => tally.PackedOf(l) > wanted.GetValueOrDefault(l)).ToHashSet(StringComparer.Ordinal);
        }

        /// <summary>The lines that the units were for: those that have too many first, then the last.</summary>
        public ImmutableArray<LineUnits> LinesToEmpty(PackBox box, PackCommand.Scan c)
        {
            var units = c.Units;
            var lines = ImmutableArray.CreateBuilder<LineUnits>();
            var own = s.Sight.Lines.Where(n => n.Sku == c.Sku).Select(n => n.Line).ToHashSet(StringComparer.Ordinal);
            var going = s.Scans.Where(x => x.IsAsked && x.Out && x.Box == box.Number).SelectMany(x => x.Lines)
                .ToLookup(l => l.Line, l => l.Units);
            var tooMany = s.LinesWithTooMany();
            foreach (var line in box.Lines.Where(l => own.Contains(l.Line)).Reverse()
                .OrderBy(l => !tooMany.Contains(l.Line)))
            {
                var some = Math.Min(units, line.Units - going[line.Line].Sum());
                if (some > 0) lines.Add(new(line.Line, some));
                units -= Math.Max(0, some);
            }

            return lines.ToImmutable();
        }

        /// <summary>
        /// A message that was sent twice was refused, and then not: the units are in the box, or out of it, after all.
        /// </summary>
        internal bool IsMovedLate(PackCommand.NoteScan c) =>
            s.Scans[c.Number - 1] is { Fault: null, Status: { } told } scan
            && c.Status is PickStatus.Done or PickStatus.AlreadyDone
            && told is not (PickStatus.Done or PickStatus.AlreadyDone)
            && !(scan.Out && told == PickStatus.NothingPicked) && s.Boxes[scan.Box - 1].State != BoxState.Shipped;

        /// <summary>
        /// Which units a scan moved. What the order has no more, because it was cancelled, comes out all the same.
        /// </summary>
        internal ImmutableArray<PackContent> UnitsOf(PackCommand.NoteScan c)
        {
            var scan = s.Scans[c.Number - 1];
            if (c.Status is PickStatus.Done or PickStatus.AlreadyDone && !c.Units.IsDefaultOrEmpty) return c.Units;
            var isMoved = c.Status is PickStatus.Done or PickStatus.AlreadyDone
                || (scan.Out && c.Status == PickStatus.NothingPicked);
            if (!isMoved) return [];
            if (!scan.Out)
            {
                return [new(scan.Sku, scan.Units, scan.What?.Lot, scan.What is { } w ? w.Serials : default)];
            }

            return Like(s.Boxes[scan.Box - 1], scan);
        }
    }

    /// <summary>Units of the box that are as the scan says.</summary>
    static ImmutableArray<PackContent> Like(PackBox box, PackScan scan)
    {
        var units = scan.Units;
        var serials = scan.What is { Serials.IsDefault: false } w ? w.Serials : default;
        var like = ImmutableArray.CreateBuilder<PackContent>();
        foreach (var c in box.Contents
            .Where(c => c.Sku == scan.Sku && (scan.What?.Lot is null || c.Lot == scan.What.Lot)))
        {
            ImmutableArray<string> own = serials.IsDefault || c.Serials.IsDefault ? c.Serials
                : [.. c.Serials.Where(serials.Contains)];
            var some = Math.Min(units, own.IsDefault ? c.Units : own.Length);
            if (some > 0) like.Add(c with { Units = some, Serials = own.IsDefault ? default : [.. own.Take(some)] });
            units -= some;
        }

        return like.ToImmutable();
    }
}
