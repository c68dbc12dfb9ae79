using Fulfillment.Engine;
using Fulfillment.Inventory;
using Fulfillment.Views;

namespace Fulfillment.Composition;

/// <summary>
/// A SKU's stock as it was at <c>At</c>, as it was known at <c>Known</c>. <c>Late</c>: changes in it of movements that
/// happened by then and were told after it, by node and state.
/// </summary>
public sealed record StockAsOf(
    DateTimeOffset At, DateTimeOffset Known, StockLevels Levels, IReadOnlyList<BackdatedRow> Late);

/// <summary>
/// Stock at any past moment, on two axes: when things happened, and when they were told. What happened as it was told
/// is a beginning of the SKU's history; to that beginning come the movements that were told after the moment and had
/// happened before it. So nothing is ever posted again, and an answer about the past as it was known then stays what it
/// was. Reads kept levels, the few events after them, and the late movements; of these, what the views have not taken
/// in yet is read from the journal.
/// </summary>
public sealed class StockHistory(IJournalStore journal, Kinds kinds, HistoryView view)
{
    /// <summary>Events that are read for one answer; more are missing only while views are made anew.</summary>
    public const int MostEvents = 20_000;

    /// <summary>
    /// The stock; null when more events would have to be read than one answer may. Nothing known of the SKU is no
    /// stock.
    /// </summary>
    public StockAsOf? At(EntityId sku, DateTimeOffset at, DateTimeOffset known)
    {
        var seen = view.VersionOf(sku);
        var cut = at < known ? at : known;
        var levels = view.Before(sku, cut.ToUnixTimeMilliseconds());
        if (!Fold(sku, levels, cut)) return null;
        if (at >= known) return new(at, known, levels, []);
        var (after, upTo) = (cut.ToUnixTimeMilliseconds(), known.ToUnixTimeMilliseconds());
        List<BackdatedRow> late = [.. view.Backdated(sku, after, upTo, after, seen)];
        if (!AddUnseen(sku, Math.Max(seen, levels.Version), cut, known, late)) return null;
        foreach (var (node, state, delta) in late) levels.Count(node, state, delta);
        return new(at, known, levels, late);
    }

    /// <summary>
    /// The first moment at which the stock in a state at a node is negative, with everything that is known now, no
    /// earlier than <paramref name="from"/>, and how many units it is then; null when it never is, or where more
    /// events would have to be read than one answer may.
    /// </summary>
    public (DateTimeOffset At, long Units)? Below(
        EntityId sku, string node, string state, DateTimeOffset from, DateTimeOffset now)
    {
        if (At(sku, from, now) is not { } then) return null;
        var units = then.Levels.Nodes.TryGetValue(node, out var level) ? level.In(state) : 0;
        if (units < 0) return (from, units);
        // From here on in the order in which things happened; the journal is in the order in which they were told.
        List<(DateTimeOffset At, long Delta)> changes = [];
        var levels = view.Before(sku, from.ToUnixTimeMilliseconds());
        var version = levels.Version;
        for (var left = MostEvents; left > 0; left -= HistoryView.Every)
        {
            var page = journal.ReadEntity(sku, version, HistoryView.Every);
            foreach (var stored in page)
            {
                version = stored.Version;
                if (stored.At <= from || kinds.Read(stored).Event is not SkuEvent happened) continue;
                var when = Sku.OccurredAt(happened) ?? stored.At;
                if (when <= from) continue;
                foreach (var (place, word, delta) in StockLevels.Changes(happened))
                    if (place == node && word == state) changes.Add((when, delta));
            }

            if (page.Count < HistoryView.Every) return Below(units, changes);
        }

        return null;
    }

    static (DateTimeOffset At, long Units)? Below(long units, IEnumerable<(DateTimeOffset At, long Delta)> changes)
    {
        foreach (var moment in changes.GroupBy(c => c.At).OrderBy(g => g.Key))
        {
            units += moment.Sum(c => c.Delta);
            if (units < 0) return (moment.Key, units);
        }

        return null;
    }

    /// <summary>Takes in the events after the levels, up to the moment; false when there are too many.</summary>
    bool Fold(EntityId sku, StockLevels levels, DateTimeOffset upTo)
    {
        for (var left = MostEvents; left > 0; left -= HistoryView.Every)
        {
            var page = journal.ReadEntity(sku, levels.Version, HistoryView.Every);
            foreach (var stored in page)
            {
                if (stored.At > upTo) return true;
                levels.After((SkuEvent)kinds.Read(stored).Event);
            }

            if (page.Count < HistoryView.Every) return true;
        }

        return false;
    }

    /// <summary>Adds the late movements among the events that the views have not taken in.</summary>
    bool AddUnseen(EntityId sku, long seen, DateTimeOffset cut, DateTimeOffset known, List<BackdatedRow> late)
    {
        for (var left = MostEvents; left > 0; left -= HistoryView.Every)
        {
            var page = journal.ReadEntity(sku, seen, HistoryView.Every);
            foreach (var stored in page)
            {
                seen = stored.Version;
                if (stored.At > known) return true;
                if (stored.At <= cut) continue;
                var happened = (SkuEvent)kinds.Read(stored).Event;
                if (Sku.OccurredAt(happened) is not { } occurred || occurred > cut) continue;
                foreach (var (node, state, delta) in StockLevels.Changes(happened)) late.Add(new(node, state, delta));
            }

            if (page.Count < HistoryView.Every) return true;
        }

        return false;
    }
}
