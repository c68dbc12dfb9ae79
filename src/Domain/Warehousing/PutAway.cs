using System.Collections.Immutable;

namespace Fulfillment.Warehousing;

/// <summary>
/// Where goods are best put away, and what pick faces need: from what lies where, without a guess. First the face that
/// is kept for the SKU, then bins where it lies already, then empty ones near to where orders are packed.
/// </summary>
public static class PutAway
{
    /// <summary>Bins that are proposed.</summary>
    public const int MaxBins = 20;

    /// <summary>Forbidden bins that are named for each rule.</summary>
    public const int MaxRefusals = 5;

    /// <summary>Faces whose need is told.</summary>
    public const int MaxNeeds = 500;

    /// <summary>Bins from which a face may be filled.</summary>
    public const int MaxSources = 20;

    /// <summary>Bins for the goods, best first.</summary>
    public static PutAwayPlan Plan(PutAwayGoods goods, IReadOnlyList<Zone> zones, IEnumerable<BinFill> bins)
    {
        var byId = zones.ToDictionary(z => z.Id);
        var benches = zones.Where(z => z.Kind == ZoneKind.Packing).Select(z => z.At).OfType<Spot>().ToArray();
        List<(PutAwayBin Bin, bool OtherFace)> good = [];
        Dictionary<PutAwayRule, List<string>> refused = [];
        var hasFace = false;
        foreach (var fill in bins)
        {
            hasFace |= IsFaceOf(goods, fill.Now.Bin);
            if (Forbids(goods, byId.GetValueOrDefault(fill.Now.Bin.Zone), fill) is { } rule)
            {
                if (!refused.TryGetValue(rule, out var named)) refused[rule] = named = [];
                if (named.Count < MaxRefusals) named.Add(fill.Now.Bin.Id);
                continue;
            }

            good.Add((Judge(goods, fill, benches), fill.Now.Bin is { Role: BinRole.PickFace, Face: null }));
        }

        // What has a face of its own goes to the reserve rather than to other faces; slow goods go far away.
        var far = goods.Velocity == Velocity.Slow ? -1 : 1;
        var left = goods.Units;
        var ranked = ImmutableArray.CreateBuilder<PutAwayBin>();
        foreach (var (bin, _) in good.OrderBy(g => g.Bin.Reason).ThenBy(g => hasFace && g.OtherFace)
            .ThenBy(g => far * (g.Bin.WalkMm ?? 0)).ThenBy(g => g.Bin.Bin, StringComparer.Ordinal).Take(MaxBins))
        {
            var take = Math.Min(left, bin.Fits ?? left);
            left -= take;
            ranked.Add(bin with { Take = take });
        }

        return new(
            ranked.DrainToImmutable(),
            [.. refused.OrderBy(r => r.Key).SelectMany(r => r.Value, (r, bin) => new PutAwayRefusal(bin, r.Key))],
            left);
    }

    static bool IsFaceOf(PutAwayGoods goods, Bin bin) =>
        bin.Face is { } face && face.Seller == goods.Seller && face.Sku == goods.Sku;

    static bool Is(PutAwayGoods goods, BinStock stock) => stock.Seller == goods.Seller && stock.Sku == goods.Sku;

    /// <summary>The first rule that forbids the bin; null when none does.</summary>
    static PutAwayRule? Forbids(PutAwayGoods goods, Zone? zone, BinFill fill)
    {
        var bin = fill.Now.Bin;
        if (fill.Now.Status != BinStatus.Open) return PutAwayRule.Blocked;
        if (zone?.Kind is not (ZoneKind.Pick or ZoneKind.Reserve)) return PutAwayRule.NoStorage;
        if (goods.Handling.Except(zone.Handles).Any()) return PutAwayRule.NotHandled;
        if (!zone.Handles.IsEmpty && !goods.Handling.Intersect(zone.Handles).Any()) return PutAwayRule.KeptForHandling;
        if (bin.Face is not null && !IsFaceOf(goods, bin)) return PutAwayRule.KeptForOther;
        if (Mixes(fill, goods.Seller, goods.Sku, goods.Lot) is { } mixed) return mixed;
        if (bin.Face is { } face && fill.Stock.Sum(s => s.Units) >= face.Max) return PutAwayRule.FaceFull;
        if (ByVolume(goods, fill) < 1 || ByUnits(fill) < 1) return PutAwayRule.NoRoom;
        return ByWeight(goods, fill) < 1 ? PutAwayRule.TooHeavy : null;
    }

    /// <summary>
    /// Whether units would lie beside others that the bin is not to be mixed with: another SKU than it may have, or
    /// another lot; null when they would not.
    /// </summary>
    public static PutAwayRule? Mixes(BinFill fill, string seller, string sku, string? lot)
    {
        var room = fill.Now.Bin.Room;
        var others = fill.Stock.Select(s => (s.Seller, s.Sku)).Where(s => s != (seller, sku)).Distinct().Count();
        return room.MaxSkus > 0 && others >= room.MaxSkus ? PutAwayRule.OtherSku
            : room.OneLot && fill.Stock.Any(s => (s.Seller, s.Sku) == (seller, sku) && s.Lot != lot)
                ? PutAwayRule.OtherLot : null;
    }

    static PutAwayBin Judge(PutAwayGoods goods, BinFill fill, Spot[] benches)
    {
        var (bin, own) = (fill.Now.Bin, fill.Stock.Where(s => Is(goods, s)).ToArray());
        var units = own.Sum(s => s.Units);
        var reason = bin.Face is { } f ? units < f.Min ? PutAwayReason.FaceBelowMin : PutAwayReason.FaceBelowMax
            : own.Any(s => s.Lot == goods.Lot) ? PutAwayReason.SameLot
            : own.Length > 0 ? PutAwayReason.SameSku
            : fill.Stock.IsEmpty ? PutAwayReason.Empty : PutAwayReason.Mixed;
        long?[] limits =
        [
            bin.Face is { } face ? face.Max - units : null, ByUnits(fill), ByVolume(goods, fill), ByWeight(goods, fill),
        ];
        var known = fill.Stock.Select(s => s.Size).Append(goods.Size).ToArray();
        List<PutAwayGap> gaps = [];
        if (bin.Room.VolumeMm3 > 0 && known.Any(s => s.VolumeMm3 == 0)) gaps.Add(PutAwayGap.Dimensions);
        if (bin.Room.Grams > 0 && known.Any(s => s.Grams == 0)) gaps.Add(PutAwayGap.Weight);
        if (!bin.Room.IsLimited) gaps.Add(PutAwayGap.Room);
        if (benches.Length == 0) gaps.Add(PutAwayGap.Packing);
        return new(
            bin.Id, reason, 0, limits.Min(), benches.Length == 0 ? null : benches.Min(b => b.WalkTo(bin.Stand)),
            [.. gaps]);
    }

    /// <summary>
    /// The first limit of the bin that so many more units of this size would pass; null when none is known. What has no
    /// size that is told takes no room.
    /// </summary>
    public static BinExcess? Excess(BinFill fill, long units, UnitSize size)
    {
        var room = fill.Now.Bin.Room;
        return Over(BinLimit.Units, room.MaxUnits, units, fill.Stock.Sum(s => s.Units))
            ?? Over(
                BinLimit.Volume, room.VolumeMm3, units * size.VolumeMm3,
                fill.Stock.Sum(s => s.Units * s.Size.VolumeMm3))
            ?? Over(BinLimit.Weight, room.Grams, units * size.Grams, fill.Stock.Sum(s => s.Units * s.Size.Grams));

        static BinExcess? Over(BinLimit limit, long most, long adds, long there) =>
            most > 0 && adds > 0 && there + adds > most ? new(limit, most, there, adds) : null;
    }

    static long? ByUnits(BinFill fill) => fill.Now.Bin.Room.MaxUnits == 0 ? null
        : Math.Max(0, fill.Now.Bin.Room.MaxUnits - fill.Stock.Sum(s => s.Units));

    /// <summary>How many more units fit in by volume; null where something is not known.</summary>
    static long? ByVolume(PutAwayGoods goods, BinFill fill) => Fit(
        fill.Now.Bin.Room.VolumeMm3, goods.Size.VolumeMm3, fill.Stock, s => s.Size.VolumeMm3);

    /// <summary>How many more units may be carried; null where something is not known.</summary>
    static long? ByWeight(PutAwayGoods goods, BinFill fill) => Fit(
        fill.Now.Bin.Room.Grams, goods.Size.Grams, fill.Stock, s => s.Size.Grams);

    static long? Fit(long room, long each, ImmutableArray<BinStock> stock, Func<BinStock, long> size)
    {
        if (room == 0 || each == 0 || stock.Any(s => size(s) == 0)) return null;
        return Math.Max(0, room - stock.Sum(s => s.Units * size(s))) / each;
    }

    /// <summary>
    /// Open faces of the seller's SKUs with fewer free units than they should have, the emptiest first, and from where
    /// they may be filled: from the reserve, the lot that is over first, then the bin that becomes empty first.
    /// </summary>
    public static ImmutableArray<FaceNeed> Needs(string seller, IReadOnlyList<BinFill> bins)
    {
        Dictionary<string, long> taken = [];
        var reserve = (
            from fill in bins
            where fill.Now.Bin.Role == BinRole.Reserve
            from stock in fill.Stock
            where stock.Seller == seller && stock.Free > 0
            select (fill.Now.Bin.Id, Stock: stock)).ToLookup(s => s.Stock.Sku);
        var faces =
            from fill in bins
            where fill.Now is { Status: BinStatus.Open, Bin.Face: { } face } && face.Seller == seller
            let units = fill.Stock.Where(s => s.Seller == seller && s.Sku == fill.Now.Bin.Face!.Sku).Sum(s => s.Free)
            where units < fill.Now.Bin.Face!.Min
            orderby units * 1_000 / fill.Now.Bin.Face!.Min, fill.Now.Bin.Id
            select (fill.Now.Bin, Units: units);
        return [.. faces.Take(MaxNeeds).Select(f => Need(f.Bin, f.Units, reserve[f.Bin.Face!.Sku], taken))];
    }

    /// <summary><paramref name="taken"/>: units of a bin that are to fill another face.</summary>
    static FaceNeed Need(
        Bin bin, long units, IEnumerable<(string Bin, BinStock Stock)> reserve, Dictionary<string, long> taken)
    {
        var face = bin.Face!;
        var (wanted, left) = (face.Max - units, face.Max - units);
        var sources = ImmutableArray.CreateBuilder<FaceSource>();
        foreach (var (from, stock) in reserve.OrderBy(r => r.Stock.Expires ?? DateOnly.MaxValue)
            .ThenBy(r => r.Stock.Free).ThenBy(r => r.Bin, StringComparer.Ordinal))
        {
            var key = $"{from}\n{stock.Sku}\n{stock.Lot}";
            var take = Math.Min(left, stock.Free - taken.GetValueOrDefault(key));
            if (take <= 0 || sources.Count >= MaxSources) continue;
            taken[key] = taken.GetValueOrDefault(key) + take;
            left -= take;
            sources.Add(new(from, stock.Lot, take));
        }

        return new(bin.Id, face.Sku, units, face.Min, face.Max, wanted, sources.DrainToImmutable(), left);
    }
}
