using System.Collections.Immutable;
using System.Globalization;
using Fulfillment.Purchasing;

namespace Fulfillment.Inventory;

// What channels may offer, who is told of low stock, and when more is ordered. After an event that makes what was told
// untrue a check is due; it tells the difference: each crossing once, however many sales there are.
public sealed partial record Sku
{
    /// <summary>What the ids of purchase orders that SKUs write begin with, and no others.</summary>
    public const string ReorderPrefix = "reorder.", ReorderHashPrefix = "reorder_";

    const int MaxSkuInReorder = 24;

    /// <summary>What can be promised and what is expected, less what is backordered.</summary>
    long Position => Available + Expected - Claims.Backordered;

    static Decision<SkuEvent> SetRules(Sku sku, SkuCommand.SetRules c)
    {
        var revision = sku.Watching?.Revision ?? 0;
        if (sku.Card is null) return sku.Rules(RulesStatus.UnknownSku);
        if (sku.Card.IsKit) return sku.Rules(RulesStatus.IsKit);
        if (c.IfRevision is { } wanted && wanted != revision) return sku.Rules(RulesStatus.Stale);
        if (!c.Rules.IsValid) return sku.Rules(RulesStatus.NotValid);
        if ((sku.Watching?.Rules ?? new()).Says(c.Rules)) return sku.Rules(RulesStatus.Unchanged);

        SkuEvent.StockRulesSet set = new(c.Rules, revision + 1, sku.Available);
        var after = sku with { Watching = sku.Obey(set) };
        return new(after.Rules(RulesStatus.Set).Reply, set);
    }

    static Decision<SkuEvent> CheckLevels(Sku sku, Turn turn)
    {
        if (sku.Watching is not { Due: not null } watch) return new(Done.It);
        List<SkuEvent> told = [.. sku.Differences(watch)];
        if (sku.IsToReorder(watch)) told.Add(sku.Reorder(watch, turn));
        return new(Done.It, [.. told, new SkuEvent.LevelsChecked(sku.Available)]);
    }

    static Decision<SkuEvent> NoteReorder(Sku sku, SkuCommand.NoteReorder c) => sku.Watching?.Reorder != c.Order
        ? new(Done.It) : new(Done.It, new SkuEvent.ReorderEnded(c.Order, c.Declined, sku.Available));

    Decision<SkuEvent> Rules(RulesStatus status) => new(new StockRulesReply(
        status, Watching, Available, Kept(), Position,
        Watching is null ? [] :
        [
            .. StockRules.Told(Watching.Rules.Channels).Select(
                r => new PublishedUnits(r, Published(r), StockRules.Told(Watching.Paused).Contains(r.Channel))),
        ]));

    /// <summary>Units that no channel offers because their node keeps them.</summary>
    long Kept() =>
        Watching is null ? 0 : StockRules.Told(Watching.Rules.Kept).Sum(k => Math.Min(k.Units, FreeAt(k.Node)));

    long FreeAt(string node) => Nodes.FirstOrDefault(n => n.Node == node)?.Free ?? 0;

    /// <summary>What the channel may offer now.</summary>
    long Published(ChannelRule rule)
    {
        if (Card is not { IsOrderable: true, IsKit: false }) return 0;
        var units = Available - Kept() - Watching!.Rules.Buffer - rule.Buffer;
        return Math.Max(0, Math.Min(Math.Min(units, rule.Cap ?? units), rule.Lease ?? units));
    }

    /// <summary>What was told and is not so any more.</summary>
    IEnumerable<SkuEvent> Differences(StockWatch watch)
    {
        var (crossed, paused) = (StockRules.Told(watch.Crossed), StockRules.Told(watch.Paused));
        var levels = StockRules.Told(watch.Rules.Levels);
        foreach (var level in levels)
        {
            var units = level.Node is { } node ? FreeAt(node) : Available;
            if (units <= level.At != crossed.Contains(level.Name))
                yield return new SkuEvent.LevelCrossed(level.Name, units <= level.At, units, level.Node, Available);
        }

        foreach (var name in crossed)
            if (!levels.Any(l => l.Name == name))
                yield return new SkuEvent.LevelCrossed(name, false, Available, null, Available);

        var channels = StockRules.Told(watch.Rules.Channels);
        foreach (var rule in channels)
        {
            var (units, was) = (Published(rule), paused.Contains(rule.Channel));
            if (!was && units == 0) yield return new SkuEvent.ListingPaused(rule.Channel, Available);
            if (was && units >= rule.ResumesAt)
                yield return new SkuEvent.ListingResumed(rule.Channel, units, Available);
        }

        foreach (var channel in paused)
            if (!channels.Any(r => r.Channel == channel))
                yield return new SkuEvent.ListingResumed(channel, 0, Available);
    }

    bool IsToReorder(StockWatch watch) => watch is { Reorder: null, Declined: false } && IsAtReorderPoint(watch);

    bool IsAtReorderPoint(StockWatch watch) => watch.Rules.Reorder is { } rule && Position <= rule.Point
        && Card is { Lifecycle: SkuLifecycle.Active, IsKit: false };

    SkuEvent.ReorderRaised Reorder(StockWatch watch, Turn turn)
    {
        var rule = watch.Rules.Reorder!;
        var lots = (rule.UpTo - Position + rule.Multiple - 1) / rule.Multiple;
        var most = int.MaxValue / rule.Multiple;
        var number = watch.Reorders + 1;
        return new(
            ReorderId(turn.Self.Name, number), number, (int)Math.Min(lots, most) * rule.Multiple, Position, Available);
    }

    /// <summary>The id that the purchase order of this number gets.</summary>
    public static string ReorderId(string sku, int number) =>
        sku.Length <= MaxSkuInReorder && !sku.Contains(':', StringComparison.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $"{ReorderPrefix}{sku}.{number}")
            : string.Create(CultureInfo.InvariantCulture, $"{ReorderHashPrefix}{Fingerprint.Of(sku):x16}_{number}");

    StockWatch? Obey(SkuEvent happened) => happened switch
    {
        SkuEvent.StockRulesSet e => (Watching ?? new(e.Rules, 0)) with
        {
            Rules = e.Rules,
            Revision = e.Revision,
            Declined = false,
        },
        SkuEvent.LevelCrossed e => Watching! with { Crossed = Turned(Watching.Crossed, e.Name, e.Below) },
        SkuEvent.ListingPaused e => Watching! with { Paused = Turned(Watching.Paused, e.Channel, true) },
        SkuEvent.ListingResumed e => Watching! with { Paused = Turned(Watching.Paused, e.Channel, false) },
        SkuEvent.ReorderRaised e => Watching! with { Reorder = e.Order, Reorders = e.Number },
        SkuEvent.ReorderEnded e => Watching! with { Reorder = null, Declined = e.Declined },
        _ => Watching,
    };

    static ImmutableArray<string> Turned(ImmutableArray<string> names, string name, bool on)
    {
        var left = on ? StockRules.Told(names).Add(name) : StockRules.Told(names).Remove(name);
        return left.IsEmpty ? default : left;
    }

    /// <summary>With a check due when what was told is not so any more after the event.</summary>
    Sku Watched(SkuEvent happened)
    {
        if (Watching is not { } watch) return this;
        if (watch.Declined && !IsAtReorderPoint(watch)) watch = watch with { Declined = false };
        if (happened is SkuEvent.LevelsChecked) watch = watch with { Due = null };
        if (watch.Due is null && IsUntold(watch)) watch = watch with { Due = Version };
        return ReferenceEquals(watch, Watching) ? this : this with { Watching = watch };
    }

    bool IsUntold(StockWatch watch) => IsToReorder(watch) || Differences(watch).Any();

    string? CheckWatch() =>
        Watching is { Due: null } watch && IsUntold(watch) ? "a level was crossed and is not told" : null;

    Send[] WatchSends(SkuEvent happened, Turn turn)
    {
        List<Send> sends = [];
        if (happened is SkuEvent.ReorderRaised raised) sends.Add(Order(raised, turn));
        if (Watching!.Due == Version) sends.Add(new(turn.Self, new SkuCommand.CheckLevels()));
        return [.. sends];
    }

    /// <summary>Somebody may have changed the draft when this comes again: it is written where there is none.</summary>
    Send Order(SkuEvent.ReorderRaised raised, Turn turn)
    {
        var rule = Watching!.Rules.Reorder!;
        PurchaseTerms terms = new(
            rule.Supplier, rule.Node, rule.Currency,
            [new("1", turn.Self.Name, raised.Units, rule.CostMinor, turn.Now.AddDays(rule.LeadDays))],
            Note: string.Create(CultureInfo.InvariantCulture, $"{raised.Position} units at hand or expected"),
            ReorderOf: turn.Self.Name);
        return new(turn.Self.Sibling(PurchasingCalls.Kind, raised.Order), new PurchaseCommand.Write(terms, 0));
    }
}
