using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Serialization;
using Fulfillment.Catalog;
using Fulfillment.Ordering;
using Fulfillment.Warehousing;

namespace Fulfillment.Inventory;

/// <summary>
/// A SKU and its stock on all nodes. Orders hold units against the whole (reserve), then commit them at named nodes
/// (allocate), then the units leave (ship). Every number is a fold of the events; nothing is stored beside them.
/// </summary>
/// <param name="Card">What the catalogue says; null until somebody defines the SKU.</param>
/// <param name="Revision">Changes of the card so far.</param>
/// <param name="Version">Events so far.</param>
/// <param name="Nodes">Stock per node, nodes in ordinal order.</param>
/// <param name="Moved">Units received, corrected and shipped since the beginning, to prove that units conserve.</param>
/// <param name="NextSweep">When the timer that ends holds fires; null when none is set.</param>
/// <param name="Claims">What orders hold. Shared by successive states and edited by Evolve only, see there.</param>
/// <param name="Movements">Movements and supplies by id, to know a repeat.</param>
/// <param name="Supplies">Open supplies by date and id; default when there are none, so that none are written.</param>
/// <param name="Slots">Which units they are and where they lie, as far as it is known; default: nothing is.</param>
/// <param name="Lots">Lots that are or were here, ordinal; default when there are none.</param>
/// <param name="Watching">What is kept back from channels, and of what somebody is told; null: nothing.</param>
/// <param name="Corrections">Where the books were corrected last, oldest first; default when they never were.</param>
/// <param name="CorrectionsFrom">Corrections up to this version may be forgotten.</param>
/// <param name="Outdated">The version since which orders may know wrong dates, until all are told; else null.</param>
public sealed partial record Sku(
    SkuCard? Card, long Revision, long Version, ImmutableArray<NodeStock> Nodes, MovedUnits Moved,
    DateTimeOffset? NextSweep, ClaimBook Claims,
    [property: JsonConverter(typeof(MovementsConverter))] BoundedMap<long> Movements,
    ImmutableArray<Supply> Supplies = default, long? Outdated = null, ImmutableArray<Slot> Slots = default,
    ImmutableArray<Lot> Lots = default, StockWatch? Watching = null, ImmutableArray<Correction> Corrections = default,
    long CorrectionsFrom = 0)
    : IEntity<Sku, SkuCommand, SkuEvent>
{
    /// <summary>How many movement ids are remembered.</summary>
    public const int MaxMovements = 10_000;

    /// <summary>Units promised from stock that will come, of all orders; more are refused as insufficient.</summary>
    public const long MaxBackordered = 1_000_000_000_000;

    /// <summary>Holds ended, or backorders filled, in one turn; the next turn goes on.</summary>
    public const int MaxPerTurn = 200;

    /// <summary>
    /// How long a question for units is valid. A send is made again only when its last attempt is known to have ended,
    /// or is twice as old; so no late attempt can take units for an order that has moved on, as long as clocks do not
    /// go back, or apart, by more than this.
    /// </summary>
    public static readonly TimeSpan AskValidFor = TimeSpan.FromSeconds(30);

    static readonly TimeSpan SweepAtMostEvery = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public static Sku Initial => new(null, 0, 0, [], default, null, new(), new(MaxMovements));

    /// <summary>Units that may be promised now: sellable, not committed, not held.</summary>
    public long Available => Nodes.Sum(n => n.Sellable - n.Committed) - Claims.Held;

    /// <summary>Nothing is on hand or expected, and nobody holds a unit or waits for one.</summary>
    bool IsEmpty => Claims.Open.Count == 0 && Supplies.IsDefault && Nodes.All(n => n.OnHand + n.InTransit == 0);

    /// <inheritdoc/>
    public static Decision<SkuEvent> Decide(Sku sku, SkuCommand command, Turn turn) => command switch
    {
        SkuCommand.Define c => Define(sku, c.Keeping(sku.Card), turn),
        SkuCommand.Amend c => Amend(sku, c, turn),
        SkuCommand.Receive c when sku.Misdated(c.Id, c.OccurredAt, turn) is { } no => Refuse(sku, no, c.Node),
        SkuCommand.Receive c => Receive(sku, c, turn),
        SkuCommand.Adjust c when sku.Misdated(c.Id, c.OccurredAt, turn) is { } no => Refuse(sku, no, c.Node),
        SkuCommand.Adjust c => Adjust(sku, c, turn),
        SkuCommand.Move c when sku.Misdated(c.Id, c.OccurredAt, turn) is { } no => Refuse(sku, no, c.Node),
        SkuCommand.Move c => Move(sku, c, turn),
        SkuCommand.Reserve c => Reserve(sku, c, turn),
        SkuCommand.Allocate c => Allocate(sku, c),
        SkuCommand.Return c => Return(sku, c),
        SkuCommand.Release c => Release(sku, c),
        SkuCommand.Ship c => Ship(sku, c),
        SkuCommand.SweepHolds c => SweepHolds(sku, c, turn),
        SkuCommand.FillBackorders => new(Done.It, [.. sku.Fill(sku.Queue, sku.Available)]),
        SkuCommand.Expect c => Expect(sku, c),
        SkuCommand.ChangeSupply c => ChangeSupply(sku, c),
        SkuCommand.DropSupply c => DropSupply(sku, c),
        SkuCommand.RepegBackorders => RepegBackorders(sku),
        SkuCommand.PlanSupply c => PlanSupply(sku, c, turn),
        SkuCommand.GetStock => new(sku.Stock()),
        SkuCommand.GetClaim c => new(
            sku.Answer(ClaimStatus.Done, c.Step ?? sku.Claims.Find(c.Order)?.Step ?? 0, c.Order)),
        SkuCommand.GetSupplies c => GetSupplies(sku, c),
        SkuCommand.GetImpact c => GetImpact(sku, c),
        SkuCommand.Pick c => Pick(sku, c, turn),
        SkuCommand.Unpick c => Unpick(sku, c, turn),
        SkuCommand.PackUnits c => Pack(sku, c, turn),
        SkuCommand.UnpackUnits c => Unpack(sku, c),
        SkuCommand.Carry c => Carry(sku, c),
        SkuCommand.RecallLot c => RecallLot(sku, c),
        SkuCommand.ClearLot c => ClearLot(sku, c),
        SkuCommand.CheckLot c => CheckLot(sku, c, turn),
        SkuCommand.DrainLots => DrainLots(sku),
        SkuCommand.GetLot c => GetLot(sku, c),
        SkuCommand.GetSlots c => GetSlots(sku, c),
        SkuCommand.SetRules c => SetRules(sku, c),
        SkuCommand.CheckLevels => CheckLevels(sku, turn),
        SkuCommand.NoteReorder c => NoteReorder(sku, c),
        SkuCommand.GetRules => sku.Rules(sku.Card is null ? RulesStatus.UnknownSku : RulesStatus.Unchanged),
        SkuCommand.JudgeCount c => JudgeCount(sku, c),
        SkuCommand.Correct c => Correct(sku, c, turn),
        SkuCommand.GetNaming c => new(
            new NamingReply(sku.Revision, sku.Card is { } card && Packs.Numbered(card.Packs, c.Gtin) is not null)),
        _ => throw new UnreachableException(),
    };

    static Decision<SkuEvent> Define(Sku sku, SkuCommand.Define c, Turn turn)
    {
        if (c.IfRevision is { } wanted && wanted != sku.Revision)
            return new(new DefineReply(DefineStatus.Stale, sku.Revision));
        if (c.Until < turn.Now) return new(new DefineReply(DefineStatus.TooLate, sku.Revision));
        if (!c.Card.IsValidFor(turn.Self.Name)) return new(new DefineReply(DefineStatus.NotValid, sku.Revision));
        if (c.Card.Lifecycle == SkuLifecycle.Draft && sku.Card is { Lifecycle: not SkuLifecycle.Draft })
            return new(new DefineReply(DefineStatus.PastDraft, sku.Revision));
        if (c.Card.IsKit && !sku.IsEmpty) return new(new DefineReply(DefineStatus.HasStock, sku.Revision));
        if (c.Card.Tracking is { Names: true } t && sku.HasUnnamed(t))
            return new(new DefineReply(DefineStatus.HasUnnamedStock, sku.Revision));
        if (sku.Card?.Says(c.Card) == true) return new(new DefineReply(DefineStatus.Unchanged, sku.Revision));

        var revision = sku.Revision + 1;
        var status = sku.Card is null ? DefineStatus.Created : DefineStatus.Changed;
        if (c.OnlyTry) return new(new DefineReply(status, revision));
        // Who was to wait for the whole claim may now get a part.
        var filled = sku with { Card = c.Card };
        return new(
            new DefineReply(status, revision),
            [
                new SkuEvent.SkuDefined(c.Card, revision, sku.Dropped(c.Card)),
                .. filled.Fill(filled.Queue, sku.Available),
            ]);
    }

    /// <summary>GTINs that the card names and the next one does not; default for none.</summary>
    ImmutableArray<string> Dropped(SkuCard next) =>
        Card is { } card && Packs.Gtins(card.Packs).Except(Packs.Gtins(next.Packs)).ToImmutableArray() is [_, ..] gone
            ? gone : default;

    /// <inheritdoc/>
    public static Sku Evolve(Sku sku, SkuEvent happened)
    {
        var version = sku.Version + 1;
        var overtakes = !sku.Supplies.IsDefault && happened is SkuEvent.StockReserved { Backordered: > 0 } r
            && sku.Overtakes(r.Order, r.Priority);
        if (happened is SkuEvent.StockReserved or SkuEvent.StockAllocated or SkuEvent.StockReturned
            or SkuEvent.StockReleased or SkuEvent.StockShipped or SkuEvent.BackorderFilled or SkuEvent.HoldExpired
            or SkuEvent.BackorderRepegged or SkuEvent.StockPicked or SkuEvent.StockUnpicked or SkuEvent.StockPacked)
        {
            // In place: a copy of a hundred thousand claims per event would make a flash sale impossible.
            sku.Claims.Put(sku.ClaimAfter(happened, version));
        }

        if (MovementOf(happened) is { } movement) sku.Movements.Add(movement.Id, movement.Content);
        sku = sku with { Version = version };
        var after = Fold(sku, happened).Stow(happened).Watched(happened);
        return after.Outdated is null && after.Claims.Backordered > 0 && (overtakes || sku.MovesPegs(happened, after))
            ? after with { Outdated = version } : after;
    }

    static Sku Fold(Sku sku, SkuEvent happened) => happened switch
    {
        SkuEvent.SkuDefined e => sku with { Card = e.Card, Revision = e.Revision },
        SkuEvent.StockReceived e => sku.Arrived(e).Count(e.Node, e.State, e.Quantity) with
        {
            Moved = sku.Moved with { Received = sku.Moved.Received + e.Quantity },
        },
        SkuEvent.StockAdjusted e => sku.Remember(e).Count(e.Node, e.State, e.Delta) with
        {
            Moved = sku.Moved with { Adjusted = sku.Moved.Adjusted + e.Delta },
        },
        SkuEvent.StockMoved e => sku.Count(e.Node, e.From, -e.Quantity).Count(e.Node, e.To, e.Quantity),
        SkuEvent.StockReserved e => e.Sweep is { } at ? sku with { NextSweep = at } : sku,
        SkuEvent.StockAllocated or SkuEvent.StockReturned or SkuEvent.StockReleased => sku.Recommit(happened),
        SkuEvent.StockShipped e => e.Picks.Aggregate(sku, (s, p) => s.Leave(p.Node, p.Units)),
        SkuEvent.BackorderFilled or SkuEvent.HoldExpired or SkuEvent.BackorderRepegged => sku,
        SkuEvent.HoldsSwept e => sku with { NextSweep = e.Next },
        SkuEvent.SupplyExpected e => sku with
        {
            Supplies = sku.Supplies.With(new(e.Id, e.Node, e.Units, e.At, e.Source)),
        },
        SkuEvent.SupplyChanged e => sku with
        {
            Supplies = sku.Supplies.With(sku.SupplyOf(e.Id)! with { Units = e.Units, At = e.At }),
        },
        SkuEvent.SupplyDropped e => sku with
        {
            Supplies = sku.Supplies.With(sku.SupplyOf(e.Id)! with { Units = 0 }),
        },
        SkuEvent.SupplyPlanned e => sku.Plan(e),
        SkuEvent.StockArrived e => sku.Arrived(e).Count(e.From, StockState.InTransit, -e.Quantity)
            .Count(e.Node, e.State, e.Quantity),
        SkuEvent.PegsChecked e => e.More ? sku : sku with { Outdated = null },
        SkuEvent.StockPicked or SkuEvent.StockUnpicked or SkuEvent.CorrectionDeclined or SkuEvent.StockCarried
            or SkuEvent.StockPacked or SkuEvent.StockUnpacked => sku,
        SkuEvent.LotRecalled e => sku.Mark(e.Lot, LotStatus.Recalled, e.Reason),
        SkuEvent.LotCleared e => sku.Mark(e.Lot, LotStatus.Good, null),
        SkuEvent.LotExpired e => sku.Mark(e.Lot, LotStatus.Expired, null),
        SkuEvent.LotNearExpiry e => sku.Alert(e.Lot),
        SkuEvent.StockRulesSet or SkuEvent.LevelCrossed or SkuEvent.ListingPaused or SkuEvent.ListingResumed
            or SkuEvent.ReorderRaised or SkuEvent.ReorderEnded => sku with { Watching = sku.Obey(happened) },
        SkuEvent.LevelsChecked => sku,
        _ => throw new UnreachableException(),
    };

    /// <inheritdoc/>
    public static Send[] React(Sku sku, SkuEvent happened, Turn turn)
    {
        var sends = Sends(sku, happened, turn);
        if (!sku.Lots.IsDefault) sends = [.. sends, .. sku.LotSends(happened, turn)];
        if (sku.Watching is not null) sends = [.. sends, .. sku.WatchSends(happened, turn)];
        return sku.Outdated != sku.Version ? sends
            : [.. sends, new(turn.Self, new SkuCommand.RepegBackorders(), turn.Now + RepegAtMostEvery)];
    }

    static Send[] Sends(Sku sku, SkuEvent happened, Turn turn) => happened switch
    {
        SkuEvent.SkuDefined { Dropped.IsDefault: false } e => Doubts(e, turn.Self),
        SkuEvent.StockReserved { Sweep: { } due } => [new(turn.Self, new SkuCommand.SweepHolds(due), due)],
        SkuEvent.HoldsSwept { Next: { } next } => [new(turn.Self, new SkuCommand.SweepHolds(next), next)],
        SkuEvent.BackorderFilled { More: true } e =>
            [sku.Tell(e.Order, turn), new(turn.Self, new SkuCommand.FillBackorders())],
        SkuEvent.BackorderFilled e => [sku.Tell(e.Order, turn)],
        SkuEvent.BackorderRepegged e => [sku.Tell(e.Order, turn)],
        SkuEvent.StockPicked e => [sku.Tell(e.Order, turn)],
        SkuEvent.StockUnpicked e => [sku.Tell(e.Order, turn)],
        SkuEvent.StockReceived { Supply: not null, What.Lpn: { } lpn } e when sku.IsAstray(lpn) =>
        [
            new(turn.Self.Sibling(PlateCalls.Kind, lpn), new LicensePlateCommand.NoteUnits(turn.Self.Name, e.Node)),
        ],
        SkuEvent.StockPacked e => [sku.Tell(e.Order, turn)],
        SkuEvent.PegsChecked { More: true } => [new(turn.Self, new SkuCommand.RepegBackorders())],
        _ => [],
    };

    static Send[] Doubts(SkuEvent.SkuDefined e, EntityId self) =>
    [
        .. e.Dropped.Select(gtin => new Send(
            self.Sibling(CatalogCalls.Kind, gtin), new TradeItemCommand.Doubt(self.Name, e.Revision))),
    ];

    /// <summary>An order is told what it holds now, which it did not ask for.</summary>
    Send Tell(string order, Turn turn)
    {
        var claim = Claims.Find(order);
        Ensure.That(claim is not null);
        return new(
            turn.Self.Sibling("order", order), new OrderCommand.NoteClaim(turn.Self.Name, Told(claim), Free()));
    }

    /// <inheritdoc/>
    public static Sku Freeze(Sku sku) => sku with { Claims = sku.Claims.Copy(), Movements = sku.Movements.Copy() };

    /// <inheritdoc/>
    public static string? Check(Sku sku, SkuEvent? last)
    {
        if (sku.Nodes.FirstOrDefault(
            n => n.Committed < 0 || n.Sellable < n.Committed || n.Unavailable.Values.Any(u => u < 0))
            is { } wrong) return $"node {wrong.Node}: {wrong.Sellable} sellable, {wrong.Committed} committed";
        if (sku.Card?.IsKit == true && !sku.IsEmpty) return "a kit has stock of its own";
        if (sku.Available < 0) return $"available is {sku.Available}";
        var onHand = sku.Nodes.Sum(n => n.OnHand + n.InTransit);
        var moved = sku.Moved.Received + sku.Moved.Adjusted - sku.Moved.Shipped;
        if (onHand != moved) return $"{onHand} on hand, but received + adjusted - shipped is {moved}";
        if (last is null) return sku.CheckClaims() ?? sku.CheckSupplies() ?? sku.CheckSlots() ?? sku.CheckWatch();
        return AvailableAfter(last) is { } said && said != sku.Available
            ? $"the event says {said} available, the fold says {sku.Available}" : null;
    }

    string? CheckClaims()
    {
        long held = 0, backordered = 0;
        var committed = Nodes.ToDictionary(n => n.Node, _ => 0L);
        foreach (var claim in Claims.Open)
        {
            if (claim.Held < 0 || claim.Backordered < 0 || claim.Allocated.Any(a => a.Units <= 0))
                return $"order {claim.Order} holds a negative quantity";
            held += claim.Held;
            backordered += claim.Backordered;
            foreach (var (node, units) in claim.Allocated) committed[node] = committed.GetValueOrDefault(node) + units;
        }

        if (held != Claims.Held) return $"claims hold {held}, the counter says {Claims.Held}";
        if (backordered != Claims.Backordered)
            return $"{backordered} backordered, the counter says {Claims.Backordered}";
        return Nodes.FirstOrDefault(n => n.Committed != committed[n.Node]) is { } wrong
            ? $"node {wrong.Node}: claims commit {committed[wrong.Node]}, the counter says {wrong.Committed}" : null;
    }

    static string OrderOf(SkuEvent happened) => happened switch
    {
        SkuEvent.StockReserved e => e.Order,
        SkuEvent.StockAllocated e => e.Order,
        SkuEvent.StockReturned e => e.Order,
        SkuEvent.StockReleased e => e.Order,
        SkuEvent.StockShipped e => e.Order,
        SkuEvent.BackorderFilled e => e.Order,
        SkuEvent.HoldExpired e => e.Order,
        SkuEvent.BackorderRepegged e => e.Order,
        SkuEvent.StockPicked e => e.Order,
        SkuEvent.StockUnpicked e => e.Order,
        SkuEvent.StockPacked e => e.Order,
        _ => throw new UnreachableException(),
    };

    static long? AvailableAfter(SkuEvent happened) => happened switch
    {
        SkuEvent.StockReceived e => e.Available,
        SkuEvent.StockAdjusted e => e.Available,
        SkuEvent.StockMoved e => e.Available,
        SkuEvent.StockArrived e => e.Available,
        SkuEvent.StockReserved e => e.Available,
        SkuEvent.StockAllocated e => e.Available,
        SkuEvent.StockReturned e => e.Available,
        SkuEvent.StockReleased e => e.Available,
        SkuEvent.StockShipped e => e.Available,
        SkuEvent.BackorderFilled e => e.Available,
        SkuEvent.HoldExpired e => e.Available,
        SkuEvent.HoldsSwept e => e.Available,
        SkuEvent.BackorderRepegged e => e.Available,
        SkuEvent.PegsChecked e => e.Available,
        SkuEvent.StockPicked e => e.Available,
        SkuEvent.StockUnpicked e => e.Available,
        SkuEvent.StockPacked e => e.Available,
        SkuEvent.StockUnpacked e => e.Available,
        SkuEvent.StockCarried e => e.Available,
        SkuEvent.LotRecalled e => e.Available,
        SkuEvent.LotCleared e => e.Available,
        SkuEvent.LotExpired e => e.Available,
        SkuEvent.LotNearExpiry e => e.Available,
        SkuEvent.StockRulesSet e => e.Available,
        SkuEvent.LevelCrossed e => e.Available,
        SkuEvent.ListingPaused e => e.Available,
        SkuEvent.ListingResumed e => e.Available,
        SkuEvent.ReorderRaised e => e.Available,
        SkuEvent.ReorderEnded e => e.Available,
        SkuEvent.LevelsChecked e => e.Available,
        _ => null,
    };
}
