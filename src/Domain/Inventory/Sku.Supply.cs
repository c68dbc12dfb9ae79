using System.Collections.Immutable;

namespace Fulfillment.Inventory;

// Supply that is expected, and who waits for it.
public sealed partial record Sku
{
    /// <summary>Supplies that may be open at once.</summary>
    public const int MaxSupplies = 1_000;

    /// <summary>Orders named for one supply, or as moved by a change; how many there are is told too.</summary>
    public const int MaxTold = 200;

    static readonly TimeSpan RepegAtMostEvery = TimeSpan.FromSeconds(1);

    /// <summary>The waiting claims, the one to be filled first first.</summary>
    IEnumerable<Claim> Queue => Card?.Fill == FillPolicy.Priority ? Claims.Ranked : Claims.Waiting;

    /// <summary>Units of all open supplies.</summary>
    long Expected => Supplies.IsDefault ? 0 : Supplies.Sum(s => s.Units);

    static Decision<SkuEvent> Expect(Sku sku, SkuCommand.Expect c)
    {
        if (sku.RefuseSupply() is { } refused) return new(new SupplyReply(refused));
        var (open, content) = (sku.SupplyOf(c.Id), ContentOf(c.Node, c.Units, c.At, c.Source));
        var told = sku.Movements.TryGet(Key(c.Id), out var known);
        // Of one that is open for so long that its content is forgotten, only the id is compared.
        if (told || open is not null)
            return new(new SupplyReply(
                !told || known == content ? SupplyStatus.AlreadyDone : SupplyStatus.DifferentContent, open));
        if (c.Units <= 0) return new(new SupplyReply(SupplyStatus.QuantityNotPositive));
        if (!sku.Supplies.IsDefault && sku.Supplies.Length >= MaxSupplies)
            return new(new SupplyReply(SupplyStatus.TooMany));

        var at = c.At.ToUniversalTime();
        return new(
            new SupplyReply(SupplyStatus.Done, new(c.Id, c.Node, c.Units, at, c.Source)),
            new SkuEvent.SupplyExpected(c.Id, c.Node, c.Units, at, c.Source));
    }

    static Decision<SkuEvent> ChangeSupply(Sku sku, SkuCommand.ChangeSupply c)
    {
        if (sku.RefuseSupply(c.Id) is { } refused) return new(new SupplyReply(refused));
        var supply = sku.SupplyOf(c.Id)!;
        if (c.Units <= 0) return new(new SupplyReply(SupplyStatus.QuantityNotPositive, supply));
        var changed = supply with { Units = c.Units ?? supply.Units, At = c.At?.ToUniversalTime() ?? supply.At };
        if (changed == supply) return new(new SupplyReply(SupplyStatus.AlreadyDone, supply));

        return new(
            new SupplyReply(SupplyStatus.Done, changed, sku.MovedBy(changed)),
            new SkuEvent.SupplyChanged(c.Id, changed.Units, changed.At));
    }

    static Decision<SkuEvent> DropSupply(Sku sku, SkuCommand.DropSupply c)
    {
        if (sku.RefuseSupply(c.Id) is { } refused) return new(new SupplyReply(refused));

        var dropped = sku.SupplyOf(c.Id)! with { Units = 0 };
        return new(
            new SupplyReply(SupplyStatus.Done, dropped, sku.MovedBy(dropped)),
            new SkuEvent.SupplyDropped(c.Id, c.Reason));
    }

    static Decision<SkuEvent> RepegBackorders(Sku sku)
    {
        if (sku.Outdated is null) return new(Done.It);

        var moved = Pegging.Dates(sku.Queue, sku.Available, sku.Supplies)
            .Where(p => p.Expected != p.Claim.Expected).Take(MaxPerTurn + 1).ToList();
        var more = moved.Count > MaxPerTurn;
        if (more) moved.RemoveAt(MaxPerTurn);
        return new(Done.It, [
            .. moved.Select(p => new SkuEvent.BackorderRepegged(p.Claim.Order, p.Expected, sku.Available)),
            new SkuEvent.PegsChecked(more, sku.Available),
        ]);
    }

    static Decision<SkuEvent> GetSupplies(Sku sku, SkuCommand.GetSupplies c)
    {
        if (sku.Card is null) return new(new SuppliesReply(SupplyStatus.UnknownSku, []));
        if (c.Id is not null && sku.RefuseSupply(c.Id) is { } refused) return new(new SuppliesReply(refused, []));
        if (sku.Supplies.IsDefault) return new(new SuppliesReply(SupplyStatus.Done, []));

        Dictionary<string, (long Units, int Orders, List<OrderUnits> First)> pegged = [];
        foreach (var supply in sku.Supplies)
            if (c.Id is null || supply.Id == c.Id) pegged.Add(supply.Id, (0, 0, []));
        foreach (var (claim, supply, units) in Pegging.Pegs(sku.Queue, sku.Available, sku.Supplies))
        {
            if (!pegged.TryGetValue(supply.Id, out var p)) continue;
            if (p.Orders < MaxTold) p.First.Add(new(claim.Order, units));
            pegged[supply.Id] = p with { Units = p.Units + units, Orders = p.Orders + 1 };
        }

        return new(new SuppliesReply(
            SupplyStatus.Done,
            [
                .. from supply in sku.Supplies
                   where pegged.ContainsKey(supply.Id)
                   let p = pegged[supply.Id]
                   select new PeggedSupply(supply, p.Units, p.Orders, [.. p.First]),
            ]));
    }

    static Decision<SkuEvent> GetImpact(Sku sku, SkuCommand.GetImpact c)
    {
        if (sku.RefuseSupply(c.Id) is { } refused) return new(new ImpactReply(refused, 0, []));
        if (c.Units < 0) return new(new ImpactReply(SupplyStatus.QuantityNotPositive, 0, []));

        var supply = sku.SupplyOf(c.Id)!;
        return new(sku.Impact(supply with { Units = c.Units ?? supply.Units, At = c.At ?? supply.At }));
    }

    /// <summary>Who is moved when the supply is so; null when nobody is.</summary>
    ImpactReply? MovedBy(Supply changed) => Impact(changed) is { Orders: > 0 } impact ? impact : null;

    ImpactReply Impact(Supply changed)
    {
        var (orders, first) = (0, ImmutableArray.CreateBuilder<MovedPeg>());
        var before = Pegging.Dates(Queue, Available, Supplies);
        var after = Pegging.Dates(Queue, Available, Supplies.With(changed));
        foreach (var (was, now) in before.Zip(after))
        {
            if (was.Expected == now.Expected) continue;
            if (orders++ < MaxTold)
                first.Add(new(was.Claim.Order, was.Claim.Backordered, was.Expected, now.Expected));
        }

        return new(SupplyStatus.Done, orders, first.DrainToImmutable());
    }

    SupplyStatus? RefuseSupply() =>
        Card is null ? SupplyStatus.UnknownSku : Card.IsKit ? SupplyStatus.IsKit : null;

    /// <summary>Why there is no such open supply; null when there is.</summary>
    SupplyStatus? RefuseSupply(string id) => RefuseSupply()
        ?? (SupplyOf(id) is not null ? null
            : Movements.TryGet(Key(id), out _) ? SupplyStatus.Closed : SupplyStatus.UnknownSupply);

    Supply? SupplyOf(string id) => Supplies.IsDefault ? null : Supplies.FirstOrDefault(s => s.Id == id);

    /// <summary>Units promised beyond what is there that one more order may be promised.</summary>
    long Room()
    {
        if (!Card!.TakesBackorders) return 0;
        var most = Math.Min(MaxBackordered, Card.BackorderCap ?? MaxBackordered);
        if (Card.SupplyOnly) most = Math.Min(most, Expected);
        return Math.Max(0, most - Math.Max(0, Claims.Backordered - Available));
    }

    /// <summary>
    /// When the last unit is expected that the order is to wait for, after so many more are backordered and so many are
    /// available; null when it is not in sight.
    /// </summary>
    DateTimeOffset? ExpectedFor(SkuCommand.Reserve c, long backordered, long available)
    {
        if (backordered == 0 || Supplies.IsDefault) return null;
        var claim = Claims.Find(c.Order);
        if (!Overtakes(c.Order, c.Priority))
            return Pegging.CoveredAt(Supplies, Claims.Backordered + backordered - available);
        var place = claim is { Queue: > 0 } ? claim.Queue : long.MaxValue;
        var byPriority = Card!.Fill == FillPolicy.Priority;
        var ahead = Queue.TakeWhile(w => w.Order == c.Order
                || (byPriority && w.Priority != c.Priority ? w.Priority < c.Priority : w.Queue < place))
            .Where(w => w.Order != c.Order).Sum(w => w.Backordered);
        return Pegging.CoveredAt(Supplies, ahead + (claim?.Backordered ?? 0) + backordered - available);
    }

    /// <summary>Whether what is backordered now goes ahead of something that waits already.</summary>
    bool Overtakes(string order, int priority) => Claims.Find(order) is { Queue: > 0 }
        || (Card!.Fill == FillPolicy.Priority && Claims.LastRank > priority);

    /// <summary>Whether claims may be due at other times after the event that led to <paramref name="now"/>.</summary>
    bool MovesPegs(SkuEvent happened, Sku now) => (!Supplies.IsDefault || !now.Supplies.IsDefault)
        && happened is not (SkuEvent.StockReserved or SkuEvent.StockAllocated or SkuEvent.StockReturned
            or SkuEvent.StockShipped or SkuEvent.BackorderFilled or SkuEvent.HoldsSwept
            or SkuEvent.BackorderRepegged or SkuEvent.PegsChecked or SkuEvent.StockRulesSet or SkuEvent.LevelCrossed
            or SkuEvent.ListingPaused or SkuEvent.ListingResumed or SkuEvent.ReorderRaised or SkuEvent.ReorderEnded
            or SkuEvent.LevelsChecked);

    Sku Arrived(SkuEvent.StockReceived e) => Arrived(e.Supply, e.Quantity);

    Sku Arrived(string? id, int quantity)
    {
        if (id is null || SupplyOf(id) is not { } supply) return this;
        var units = Math.Min(supply.Units, quantity);
        var left = supply with { Units = supply.Units - units, Received = supply.Received + quantity };
        return this with { Supplies = Supplies.With(left) };
    }

    string? CheckSupplies()
    {
        if (Supplies is { IsDefault: false, Length: 0 or > MaxSupplies }) return $"{Supplies.Length} supplies";
        for (var i = 0; i < (Supplies.IsDefault ? 0 : Supplies.Length); i++)
        {
            var (supply, before) = (Supplies[i], i == 0 ? null : Supplies[i - 1]);
            if (supply.Units <= 0) return $"supply {supply.Id} is open with {supply.Units} units";
            if (before is not null && (before.At > supply.At
                || (before.At == supply.At && string.CompareOrdinal(before.Id, supply.Id) >= 0)))
                return $"supply {supply.Id} is out of order";
        }

        if (Claims.Open.FirstOrDefault(c => c.Expected is not null && c.Backordered == 0) is { } idle)
            return $"order {idle.Order} expects what it does not wait for";
        if (Outdated is not null) return null;
        var wrong = Pegging.Dates(Queue, Available, Supplies).FirstOrDefault(p => p.Expected != p.Claim.Expected);
        return wrong.Claim is null ? null
            : $"order {wrong.Claim.Order} expects {wrong.Claim.Expected:O}, and its units come {wrong.Expected:O}";
    }

    /// <summary>Supplies are remembered beside movements; a space is in no id.</summary>
    static string Key(string supply) => $"supply {supply}";

    static long ContentOf(string node, int units, DateTimeOffset at, string source) =>
        Fingerprint.Of("supply", node, $"{units}", $"{at.UtcTicks}", source);
}
