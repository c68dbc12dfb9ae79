using System.Collections.Immutable;

namespace Fulfillment.Packing;

/// <summary>
/// Which boxes goods go into, and where each unit lies in its box: the fewest boxes, of those the least billable
/// weight, then the least cost, then the least volume. Goods that are not cold go into insulated boxes only where they
/// fit no other. That one box will do is tried box by box; with more, the fullest is taken first, and each is then
/// changed for the cheapest that holds the same.
/// </summary>
public static class Cartonizer
{
    // Of many boxes only the largest are filled to see which takes most; the others hold less.
    const int MostFilled = 4;

    // So many boxes are tried, one by one, for all that is left; and so many fillings of a plan in all, after which
    // only the largest box is filled each time: what one request may cost is bounded, whatever boxes there are.
    const int MostOnes = 8, MostFills = 200;

    // Work for one box is about the same whatever the number of units: the time of a try grows with them, and with the
    // square of the number of sizes.
    const int Work = 4_000, MostTries = 120, Steps = 100_000;

    /// <summary>
    /// The plan. Statuses: <see cref="PackStatus"/>. The same for lines and boxes in any order. Ends between two
    /// fillings of boxes once nobody waits for it any more (<paramref name="cancel"/>).
    /// </summary>
    public static PackPlan Plan(PackAsk ask, CancellationToken cancel = default)
    {
        if (Refused(ask) is { } refused) return refused;
        var plan = Plan(ask, false, cancel);
        var needed = plan.Status == PackStatus.Packed ? plan.Boxes.Length : int.MaxValue;
        if (needed <= ask.Lines.Select(l => l.Cold).Distinct().Count()) return plan;
        var other = Plan(ask, true, cancel);
        return other.Status == PackStatus.Packed && (other.Boxes.Length, Billable(other)) is var (boxes, grams)
            && (boxes < needed || (boxes == needed && grams < Billable(plan))) ? other : plan;
    }

    static long Billable(PackPlan plan) => plan.Boxes.Sum(b => b.BillableGrams);

    static PackPlan Plan(PackAsk ask, bool awkwardFirst, CancellationToken cancel)
    {
        ImmutableArray<PackLine> lines = [.. ask.Lines.OrderByDescending(l => l.Size.Mm3)
            .ThenBy(l => l.Id, StringComparer.Ordinal)];
        Shelf shelf = new(ask, awkwardFirst, cancel);
        List<PackedBox> packed = [];
        foreach (var group in lines.GroupBy(l => l.Cold).OrderByDescending(g => g.Key))
        {
            var boxes = BoxesFor([.. group], [.. ask.Boxes.Where(shelf.Has)], group.Key);
            if (Pack(shelf, [.. group], boxes, group.Key, ask.MostBoxes - packed.Count, packed) is { } left)
                return new(PackStatus.TooFewBoxes, [], left);
        }

        return new(PackStatus.Packed, [.. packed]);
    }

    static PackPlan? Refused(PackAsk ask)
    {
        if (ask.Boxes.IsEmpty) return new(PackStatus.NoBoxes, []);
        if (ask.Lines.Length > PackAsk.MaxLines || ask.Lines.Sum(l => (long)l.Units) > PackAsk.MaxUnits)
            return new(PackStatus.TooMany, []);
        foreach (var line in ask.Lines)
            if (Refused(line, ask.Boxes) is { } status) return new(status, [], line.Id);
        return null;
    }

    /// <summary>Why a unit can be in no box; null when it can.</summary>
    static PackStatus? Refused(PackLine line, ImmutableArray<Box> boxes)
    {
        if (!line.Size.IsTold) return PackStatus.NoDimensions;
        if (line.Grams <= 0) return PackStatus.NoWeight;
        if (line.Cold && !boxes.Any(b => b.Insulated)) return PackStatus.NoInsulatedBox;
        var large = boxes.Where(b => b.Insulated || !line.Cold).Where(b => IsRoomFor(b, line)).ToList();
        if (large.Count == 0) return PackStatus.NoBoxFits;
        return large.Exists(b => b.MaxGrams >= line.Grams) ? null : PackStatus.TooHeavy;
    }

    static bool IsRoomFor(Box box, PackLine line) => LoadTable.PosesOf(line, 0).Any(p => box.Inner.Holds(p.Size));

    static bool Takes(Box box, PackLine line) => line.Grams <= box.MaxGrams && IsRoomFor(box, line);

    static ImmutableArray<Box> BoxesFor(ImmutableArray<PackLine> lines, ImmutableArray<Box> boxes, bool cold)
    {
        ImmutableArray<Box> wanted = [.. boxes.Where(b => b.Insulated == cold)];
        return cold || lines.All(l => wanted.Any(b => Takes(b, l))) ? wanted : boxes;
    }

    /// <summary>Packs all lines into boxes; otherwise a line that is left.</summary>
    static string? Pack(
        Shelf shelf, ImmutableArray<PackLine> lines, ImmutableArray<Box> boxes, bool cold, int most,
        List<PackedBox> packed)
    {
        while (!lines.IsEmpty)
        {
            if (most-- <= 0) return lines[0].Id;
            var (box, load) = One(shelf, lines, boxes) ?? Fullest(shelf, lines, boxes) ?? default;
            if (load is null || load.Items.IsEmpty) return lines[0].Id;
            if (!load.IsAll)
            {
                var inside = Less(lines, i => lines[i].Units - load.Left[i]);
                (box, load) = One(shelf, inside, boxes) ?? (box, load);
                lines = Less(lines, i => lines[i].Units - load.Items.Count(x => x.Id == lines[i].Id));
            }
            else
            {
                lines = [];
            }

            shelf.Take(box);
            packed.Add(shelf.Packed(box, load, cold));
        }

        return null;
    }

    static ImmutableArray<PackLine> Less(ImmutableArray<PackLine> lines, Func<int, int> units) =>
        [.. lines.Select((l, i) => l with { Units = units(i) }).Where(l => l.Units > 0)];

    /// <summary>The cheapest box that holds all; null when none does.</summary>
    static (Box Box, Load Load)? One(Shelf shelf, ImmutableArray<PackLine> lines, ImmutableArray<Box> boxes)
    {
        var grams = lines.Sum(l => (long)l.Units * l.Grams);
        var volume = lines.Sum(l => l.Units * l.Size.Mm3);
        List<Box> failed = [];
        foreach (var box in boxes
            .Where(b => shelf.Has(b) && b.MaxGrams >= grams && b.Inner.Mm3 >= volume
                && lines.All(l => IsRoomFor(b, l)))
            .OrderBy(b => shelf.Billable(b, grams)).ThenBy(b => b.Cost?.AmountMinor ?? 0).ThenBy(b => b.Outer.Mm3)
            .ThenBy(b => b.Id, StringComparer.Ordinal))
        {
            if (failed.Exists(f => f.Inner.Holds(box.Inner))) continue;
            if (failed.Count == MostOnes || shelf.Fill() > MostFills) return null;
            var load = Loader.Fill(box.Inner, box.MaxGrams, lines, EffortFor(lines) with { MostSteps = Steps });
            if (load.IsAll) return (box, load);
            failed.Add(box);
        }

        return null;
    }

    /// <summary>The box that takes the most of the lines; null when there is none left.</summary>
    static (Box Box, Load Load)? Fullest(Shelf shelf, ImmutableArray<PackLine> lines, ImmutableArray<Box> boxes)
    {
        (Box Box, Load Load)? best = null;
        foreach (var box in boxes.Where(b => shelf.Has(b) && lines.Any(l => Takes(b, l)))
            .OrderByDescending(b => b.Inner.Mm3).ThenBy(b => b.Id, StringComparer.Ordinal)
            .Take(shelf.Fills < MostFills ? MostFilled : 1))
        {
            shelf.Fill();
            var load = Loader.Fill(box.Inner, box.MaxGrams, lines, EffortFor(lines), shelf.Worth(box, lines));
            if (best is null || load.Mm3 > best.Value.Load.Mm3) best = (box, load);
        }

        return best;
    }

    static LoadEffort EffortFor(ImmutableArray<PackLine> lines) => new(
        1, 4, Math.Clamp(Work / (lines.Length * lines.Length / 4 + lines.Sum(l => l.Units)), 1, MostTries));

    /// <summary>What is left of the boxes, and what a carrier makes of them.</summary>
    sealed class Shelf(PackAsk ask, bool awkwardFirst, CancellationToken cancel)
    {
        static readonly LoadEffort Once = new(1, 1, 1);

        /// <summary>How often a box was filled to see what it takes.</summary>
        public int Fills { get; private set; }

        /// <summary>One more, if anybody still waits for the plan; how many that makes.</summary>
        public int Fill()
        {
            cancel.ThrowIfCancellationRequested();
            return ++Fills;
        }

        readonly Dictionary<string, int> _taken = [];
        readonly Dictionary<(string Box, string Line), long> _worth = [];

        /// <summary>
        /// What it is worth to have a unit in the box: its volume; or the part of the box that it takes when the box
        /// holds nothing else, which is more for what is awkward or heavy.
        /// </summary>
        public List<long>? Worth(Box box, ImmutableArray<PackLine> lines) =>
            awkwardFirst ? [.. lines.Select(l => Worth(box, l))] : null;

        long Worth(Box box, PackLine line)
        {
            if (_worth.TryGetValue((box.Id, line.Id), out var known)) return known;
            var most = (int)Math.Min(PackAsk.MaxUnits, box.Inner.Mm3 / line.Size.Mm3);
            var load = most == 0 ? null
                : Loader.Fill(box.Inner, box.MaxGrams, [line with { Units = most }], Once);
            return _worth[(box.Id, line.Id)] = box.Inner.Mm3 / Math.Max(1, load?.Items.Length ?? 1);
        }

        public bool Has(Box box) => box.Stock is not { } stock || _taken.GetValueOrDefault(box.Id) < stock;

        public void Take(Box box) => _taken[box.Id] = _taken.GetValueOrDefault(box.Id) + 1;

        public long Billable(Box box, long grams)
        {
            var billable = Math.Max(Dim(box), grams + box.TareGrams);
            return (billable + ask.RoundToGrams - 1) / ask.RoundToGrams * ask.RoundToGrams;
        }

        public PackedBox Packed(Box box, Load load, bool cold)
        {
            var byId = ask.Lines.ToLookup(l => l.Id, l => l.Grams);
            var grams = load.Items.Sum(i => (long)byId[i.Id].First());
            return new(
                box, load.Items, grams, grams + box.TareGrams, Dim(box), Billable(box, grams),
                (int)((Int128)load.Mm3 * 10_000 / box.Inner.Mm3), cold);
        }

        /// <summary>mm³ / 1,000 are cm³; those over the divisor are kilograms, of 1,000 grams.</summary>
        long Dim(Box box) => (box.Outer.Mm3 + ask.DimDivisor - 1) / ask.DimDivisor;
    }
}
