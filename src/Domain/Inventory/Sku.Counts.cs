using System.Collections.Immutable;

namespace Fulfillment.Inventory;

// Counts: what should be there, as the books are when somebody looks, and what corrects them.
public sealed partial record Sku
{
    /// <summary>
    /// Corrections that are remembered by place. A count that was made before the oldest forgotten one is refused.
    /// </summary>
    public const int MaxCorrections = 100;

    static readonly StockState[] HereStates =
    [
        StockState.Available, StockState.Quarantine, StockState.Qc, StockState.Damaged, StockState.Refurbish,
        StockState.Safety,
    ];

    static Decision<SkuEvent> JudgeCount(Sku sku, SkuCommand.JudgeCount c)
    {
        var tally = c.Tally;
        if (sku.Unjudged(tally) is { } status) return new(new JudgeReply(status, sku.Version));
        var lot = sku.Card!.Tracking?.Lots == true ? tally.Lot : null;
        var expected = HereStates.Where(s => (tally.State ?? s) == s)
            .Select(s => (State: s, Units: sku.Lying(tally.Node, tally.Bin, lot, s))).ToList();
        var sum = expected.Sum(e => e.Units);
        var reply = new JudgeReply(JudgeStatus.Done, sku.Version, sum, lot, [], [], [], sku.UnitValue);
        if (sku.Card.Tracking?.Serials == true) return new(sku.BySerial(tally, lot, reply));
        if (Math.Abs(tally.Units - sum) > int.MaxValue) return new(new JudgeReply(JudgeStatus.TooMany, sku.Version));
        return new(reply with { Parts = Parts(tally, expected, (int)(tally.Units - sum)) });
    }

    JudgeStatus? Unjudged(Tally tally) =>
        Card is null ? JudgeStatus.UnknownSku
        : Card.IsKit ? JudgeStatus.IsKit
        : Card.Tracking is { Lots: true } && tally.Lot is null ? JudgeStatus.LotMissing
        : Card.Tracking is { Serials: true }
            ? (tally.Units == 0 ? tally.Serials.IsDefaultOrEmpty : Fits(tally.Serials, tally.Units))
                ? null : JudgeStatus.SerialsMissing
        : tally.Serials.IsDefaultOrEmpty ? null : JudgeStatus.NoSerials;

    /// <summary>What one unit is worth, as far as the card says.</summary>
    Money? UnitValue => Card?.Product is { ValueMinor: > 0, Currency: { } currency } p ? new(p.ValueMinor, currency)
        : Card?.Price;

    /// <summary>
    /// Units that are missing are taken from those for sale first; more than expected are of the only state there is,
    /// else for sale.
    /// </summary>
    static ImmutableArray<CountPart> Parts(Tally tally, List<(StockState State, long Units)> expected, int difference)
    {
        if (difference == 0) return [];
        if (difference > 0)
        {
            var only = expected.Where(e => e.Units > 0).ToList() is [var one] ? one.State : StockState.Available;
            return [new(tally.State ?? only, difference)];
        }

        var parts = ImmutableArray.CreateBuilder<CountPart>();
        foreach (var (state, units) in expected)
        {
            var most = (int)Math.Min(units, -(long)difference);
            if (most > 0) parts.Add(new(state, -most));
            difference += most;
        }

        return parts.ToImmutable();
    }

    JudgeReply BySerial(Tally tally, string? lot, JudgeReply reply)
    {
        var read = tally.Serials.IsDefault ? [] : tally.Serials.ToHashSet(StringComparer.Ordinal);
        var parts = ImmutableArray.CreateBuilder<CountPart>();
        var stray = read.ToHashSet(StringComparer.Ordinal);
        Dictionary<string, StraySerial> elsewhere = [];
        foreach (var state in HereStates)
        {
            List<string> missing = [];
            foreach (var slot in Slots.Told().Where(s => s.State == state && !s.Serials.IsDefault))
            {
                var here = slot.Order is null && slot.Node == tally.Node && (tally.Bin ?? slot.Bin) == slot.Bin
                    && (lot ?? slot.Lot) == slot.Lot && (tally.State ?? state) == state;
                foreach (var serial in slot.Serials)
                {
                    if (!here && stray.Contains(serial))
                        elsewhere[serial] = new(serial, slot.Node, slot.Bin, state, slot.Order);
                    else if (here && !stray.Remove(serial)) missing.Add(serial);
                }
            }

            if (missing.Count > 0) parts.Add(new(state, -missing.Count, [.. missing.Order(StringComparer.Ordinal)]));
        }

        if (stray.Count > 0)
            parts.Add(new(tally.State ?? StockState.Available, stray.Count, [.. stray.Order(StringComparer.Ordinal)]));
        if (parts.Any(p => p.Serials.Length > Particulars.MaxSerials)) return new(JudgeStatus.TooMany, Version);
        return reply with
        {
            Parts = parts.ToImmutable(),
            Missing = [.. parts.Where(p => p.Delta < 0).SelectMany(p => p.Serials)],
            Stray = [.. stray.Order(StringComparer.Ordinal).Select(s => elsewhere.GetValueOrDefault(s) ?? new(s))],
        };
    }

    /// <summary>Units that lie there and are picked for nobody.</summary>
    long Lying(string node, string? bin, string? lot, StockState state)
    {
        var slots = Slots.Told().Where(s => s.Node == node && s.State == state);
        return bin is null && lot is null
            ? At(node).In(state) - slots.Where(s => s.Order is not null).Sum(s => s.Units)
            : slots.Where(s => s.Order is null && (bin ?? s.Bin) == s.Bin && (lot ?? s.Lot) == s.Lot).Sum(s => s.Units);
    }

    /// <summary>
    /// An adjustment that a count asks for. Its first outcome is final: what was refused once is not done later, when
    /// the count may have been made anew.
    /// </summary>
    static Decision<SkuEvent> Correct(Sku sku, SkuCommand.Correct c, Turn turn)
    {
        if (sku.DeclinedAs(c.Id) is { } before) return Refuse(sku, before, c.Node);
        var decided = !sku.Movements.TryGet(c.Id, out _) && sku.IsCorrectedSince(c)
            ? Refuse(sku, MoveStatus.CorrectedSince, c.Node)
            : Adjust(sku, new(c.Id, c.Node, c.Delta, c.Reason, c.State, c.What, Any: true), turn);
        if (decided.Events is [SkuEvent.StockAdjusted made, .. var filled])
            return new(decided.Reply, [made with { Count = c.Count }, .. filled]);
        var status = ((MoveReply)decided.Reply!).Status;
        return status is MoveStatus.AlreadyDone ? decided
            : new(decided.Reply, new SkuEvent.CorrectionDeclined(c.Id, c.Count, c.Node, status));
    }

    MoveStatus? DeclinedAs(string id)
    {
        if (!Movements.TryGet(id, out var known)) return null;
        foreach (var status in Enum.GetValues<MoveStatus>())
            if (known == Declined(status)) return status;
        return null;
    }

    static long Declined(MoveStatus status) => Fingerprint.Of("declined", $"{status}");

    /// <summary>Somebody else has corrected what was counted, after it was: he may have seen the same.</summary>
    bool IsCorrectedSince(SkuCommand.Correct c) => c.Counted < CorrectionsFrom
        || (!Corrections.IsDefault && Corrections.Any(k => k.Node == c.Node && k.Version > c.Counted
            && k.Count != c.Count && (c.What?.Bin is null || k.Bin is null || k.Bin == c.What.Bin)));

    /// <summary>
    /// With where an adjustment corrected the books. Which bin the units of one that names none were taken from is
    /// nobody's knowledge: it may have been any.
    /// </summary>
    Sku Remember(SkuEvent.StockAdjusted e)
    {
        var bin = e.What?.Bin;
        var known = Corrections.IsDefault ? [] : Corrections;
        known = known.RemoveAll(k => k.Node == e.Node && k.Bin == bin && k.Count == e.Count)
            .Add(new(e.Node, bin, e.Count, Version));
        var over = Math.Max(0, known.Length - MaxCorrections);
        return this with
        {
            Corrections = known.RemoveRange(0, over),
            CorrectionsFrom = over == 0 ? CorrectionsFrom : known[over - 1].Version,
        };
    }
}
