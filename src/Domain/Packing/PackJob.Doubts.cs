using System.Collections.Immutable;
using Fulfillment.Intake;
using Fulfillment.Inventory;
using Fulfillment.Ordering;

namespace Fulfillment.Packing;

// Units that may be damaged: the order waits until somebody decides what becomes of them.
public sealed partial record PackJob
{
    /// <summary>
    /// How often a SKU is asked to set doubted units aside, while it has promised them to others: each hour in the end,
    /// for a month. Who looks at the job, or at the list of doubts, is told all the while, and afterwards.
    /// </summary>
    public const int MaxTries = 726;

    static (PackReplyStatus, PackEvent?) Doubt(PackSheet s, PackCommand.ReportDoubt c, Operation by, Turn turn)
    {
        if (Foreign(s, c.By, c.Station) is { } no) return (no, null);
        if (s.Sight.Lines.All(l => l.Units == 0)) return (PackReplyStatus.Cancelled, null);
        var lines = s.LinesToFill(c.Sku, c.Units);
        // What is in a box is to be taken out first.
        if (c.Units <= 0 || lines.Sum(l => (long)l.Units) < c.Units) return (PackReplyStatus.UnknownDoubt, null);
        Particulars what = new(null, c.Lot, c.Tote, c.Serials.IsDefaultOrEmpty ? default : c.Serials);
        return (PackReplyStatus.Done, new PackEvent.DoubtReported(
            by, s.Doubts.Length + 1, c.Sku, c.Units, lines, c.Reason, c.By, turn.Now, what.IsNothing ? null : what,
            s.Terms.Node));
    }

    static (PackReplyStatus, PackEvent?) DecideDoubt(PackSheet s, PackCommand.DecideDoubt c, Operation by, Turn turn)
    {
        if (c.Doubt < 1 || c.Doubt > s.Doubts.Length) return (PackReplyStatus.UnknownDoubt, null);
        var doubt = s.Doubts[c.Doubt - 1];
        if (doubt.Outcome is not null) return (PackReplyStatus.AlreadyDecided, null);
        if (doubt.HeldAs is null) return (PackReplyStatus.Busy, null);
        return (PackReplyStatus.Done, new PackEvent.DoubtDecided(by, c.Doubt, c.Outcome, c.By, turn.Now));
    }

    /// <summary>Nobody has, or others had the units then.</summary>
    static bool MaySetAside(PackDoubt d) => d.Outcome is DoubtOutcome.Replace or DoubtOutcome.Drop
        && (d.SetAside is null || (d.SetAside is MoveStatus.Committed or MoveStatus.Reserved && d.Tries < MaxTries));

    /// <summary>
    /// What is asked for a decision. What goes is unpicked first, and by what is known of it: else the SKU, of which
    /// the order gives back a number of units, frees others than the doubted ones.
    /// </summary>
    static IEnumerable<Send> Decided(PackSheet s, PackEvent.DoubtDecided e, Turn turn)
    {
        var doubt = s.Doubts[e.Doubt - 1];
        yield return e.Outcome == DoubtOutcome.Good
            ? new(turn.Self.Sibling(OrderingCalls.Kind, s.Terms.Order), Release(doubt, turn))
            : new(turn.Self.Sibling(InventoryCalls.Kind, doubt.Sku), new SkuCommand.Unpick(
                IdOf(turn, "unpick", e.Doubt), s.Terms.Order, s.Terms.Node, doubt.Units, doubt.What));
    }

    static OrderCommand.MoveWork MoveOn(PackSheet s, PackDoubt doubt, Turn turn) => new(
        IdOf(turn, "move", doubt.Number), s.Terms.Fulfilment, null, doubt.Lines, doubt.Reason, doubt.DecidedBy!,
        Short: true);

    /// <summary>
    /// They are this fulfilment order's no more: others come, or none; the units go under quality control.
    /// </summary>
    static IEnumerable<Send> Moved(PackSheet s, PackDoubt doubt, FulfilStatus? status, Turn turn)
    {
        var order = turn.Self.Sibling(OrderingCalls.Kind, s.Terms.Order);
        if (doubt.Outcome == DoubtOutcome.Drop && status is FulfilStatus.Done or FulfilStatus.AlreadyDone)
        {
            yield return new(
                order, new OrderCommand.Cancel(IdOf(turn, "drop", doubt.Number), doubt.Lines, doubt.Reason));
            yield break;
        }

        yield return SetAside(s, doubt, turn, null);
        yield return new(order, Release(doubt, turn));
    }

    static OrderCommand.ReleaseHold Release(PackDoubt doubt, Turn turn) => new(
        IdOf(turn, "free", doubt.Number), doubt.Hold, $"{doubt.Outcome}".ToLowerInvariant(), doubt.DecidedBy!);

    static Send SetAside(PackSheet s, PackDoubt doubt, Turn turn, DateTimeOffset? due) => new(
        turn.Self.Sibling(InventoryCalls.Kind, doubt.Sku),
        new SkuCommand.Move(
            IdOf(turn, "aside", doubt.Number), s.Terms.Node, doubt.Units, StockState.Available, StockState.Qc,
            doubt.Reason, Lying(doubt), Any: true),
        due);

    /// <summary>What is known of the units where they are: those that were unpicked are in no tote any more.</summary>
    static Particulars? Lying(PackDoubt doubt) =>
        doubt.Unpicked is not (PickStatus.Done or PickStatus.AlreadyDone) ? doubt.What
        : doubt.What is { } what && what with { Lpn = null } is { IsNothing: false } known ? known : null;

    /// <summary>1, 4, 16 ... seconds, and no more than an hour.</summary>
    static TimeSpan Later(int tries) => TimeSpan.FromSeconds(Math.Min(3_600, 1L << (2 * Math.Min(tries - 1, 6))));
}
