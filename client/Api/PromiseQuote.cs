using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Routing;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>
/// A quote in the making: what the lines need, whether there is stock, by which plan it would go, and what the answer
/// says of it. What is there is planned first; what is yet to come in, by itself, from the node that it comes to.
/// </summary>
sealed class PromiseQuote(
    RouteFacts facts, RulesNow rules, Func<string, NodeNow?> node,
    Func<RoutingMessage.PlanRoute, RoutingMessage.PlanRoute> close)
{
    readonly List<(string Sku, long Units, ImmutableArray<KitPart> Parts)> _lines = [];
    readonly Dictionary<string, StockReply> _stock = new(StringComparer.Ordinal);
    readonly SortedDictionary<string, Need> _needs = new(StringComparer.Ordinal);
    RoutePlan? _now;
    IReadOnlyList<ArrivalPlan> _later = [];

    /// <summary>What stock does not cover.</summary>
    public List<FieldError> Short { get; } = [];

    /// <summary>The lines that stock does not cover, numbered from 1; without those that nobody has defined.</summary>
    public List<ShortLineBody> ShortLines { get; } = [];

    /// <summary>What no node may serve, and why not.</summary>
    public List<FieldError> Unserved { get; } = [];

    /// <summary>When it cannot be there by the date that is asked for.</summary>
    public FieldError? TooLate { get; private set; }

    /// <summary>Reads the stock of the lines; of a kit, of its components.</summary>
    public async Task Ask(Seat seat, List<(string Sku, long Units)> lines, CancellationToken cancel)
    {
        var told = await LiveStock.Of(seat, lines.Select(l => l.Sku), cancel);
        foreach (var (sku, stock) in told) _stock[sku] = stock;
        var components = told.Values.Where(s => s.Card?.IsKit == true).SelectMany(s => s.Card!.Kit).Select(p => p.Sku);
        var more = await LiveStock.Of(seat, components.Except(told.Keys), cancel);
        foreach (var (sku, stock) in more) _stock[sku] = stock;
        Dictionary<string, int> firsts = new(StringComparer.Ordinal);
        for (var i = 0; i < lines.Count; i++)
        {
            var (sku, units) = lines[i];
            if (_stock[sku].Card is not { } card)
            {
                Short.Add(new($"/lines/{i}/sku", PromisesApi.Unknown, $"there is no SKU {sku}"));
                continue;
            }

            if (!card.IsOrderable || (card.IsKit && card.Kit.Any(p => _stock[p.Sku].Card is { IsOrderable: false })))
            {
                Short.Add(new($"/lines/{i}/sku", "not-orderable", $"{sku} is not sold yet, or not any more"));
                continue;
            }

            _lines.Add((sku, units, card.IsKit ? card.Kit : [new(sku, 1)]));
            foreach (var part in _lines[^1].Parts)
            {
                firsts.TryAdd(part.Sku, i);
                _needs[part.Sku] = (_needs.GetValueOrDefault(part.Sku) ?? new(part.Sku)).With(units * part.Units);
            }
        }

        foreach (var need in _needs.Values.ToList())
        {
            if (Cover(need) is not { } missing) continue;
            Short.Add(new($"/lines/{firsts[need.Sku]}/quantity", "sold-out", missing));
            AddShort(lines[firsts[need.Sku]], firsts[need.Sku], need);
        }
    }

    /// <summary>The line that wants what there is not: of a kit the kit, which is what the buyer knows.</summary>
    void AddShort((string Sku, long Units) line, int index, Need need)
    {
        var number = $"{index + 1}";
        if (ShortLines.Exists(s => s.Line == number)) return;
        var card = _stock[line.Sku].Card!;
        var (wanted, free) = !card.IsKit ? (need.Units, LiveStock.Free(_stock[need.Sku]))
            : (line.Units, LiveStock.Kits(card, _stock));
        ShortLines.Add(new(
            number, line.Sku, (int)Math.Min(wanted, int.MaxValue),
            (int)Math.Clamp(wanted - free, 1, int.MaxValue), free));
    }

    /// <summary>Splits a need into what is there and what is to come; in words when it is not covered.</summary>
    string? Cover(Need need)
    {
        var stock = _stock[need.Sku];
        var free = LiveStock.Free(stock);
        if (need.Units <= free)
        {
            _needs[need.Sku] = need with { FromStock = need.Units };
            return null;
        }

        var missing = need.Units - free;
        var sorry = $"{need.Units} of {need.Sku} wanted, {free} available";
        if (stock.Card is not { TakesBackorders: true } card) return sorry;
        var waiting = Math.Max(0, stock.Backordered - stock.Available);
        if (card.BackorderCap is { } cap && waiting + missing > cap) return sorry;
        List<Arrival> later = [];
        var left = missing;
        foreach (var expected in stock.Expected.IsDefault ? [] : stock.Expected)
        {
            if (Math.Min(left, expected.Units - expected.Pegged) is not (> 0 and var units)) continue;
            later.Add(new(need.Sku, expected.Node, expected.At > facts.At ? expected.At : null, units));
            left -= units;
        }

        if (left > 0 && card.SupplyOnly) return sorry;
        if (left > 0) later.Add(new(need.Sku, null, null, left));
        _needs[need.Sku] = need with { FromStock = free, Later = Arrivals.Whole(later, card) };
        return null;
    }

    /// <summary>Plans what is there, and what comes in later.</summary>
    public void Plan()
    {
        var plan = Planned(facts, rules.Rules);
        // The cheapest plan may be late although another is not.
        if (facts.DeliverBy is not null && Latest(plan) > facts.DeliverBy)
        {
            var inTime = Planned(facts, rules.Rules with { MaxLateDays = 0 });
            if (!IsUnserved(inTime)) plan = inTime;
        }

        (_now, _later) = plan;
        foreach (var decision in Decisions(plan))
            foreach (var unserved in decision.Unserved)
                Tell(decision, unserved);
        var undated = _needs.Values.FirstOrDefault(n => n.Undated > 0);
        if (facts.DeliverBy is not { } by || Unserved.Count > 0) return;
        if (undated is not null)
        {
            TooLate = new("/deliverBy", "too-late", $"nobody knows when more of {undated.Sku} comes in");
        }
        else if (Latest(plan) > by)
        {
            var soonest = Planned(facts with { DeliverBy = DateOnly.FromDateTime(facts.At.UtcDateTime) },
                rules.Rules with { LateMinor = RulesCheck.MostMinor, MaxLateDays = null });
            TooLate = new("/deliverBy", "too-late", $"the earliest is {DayWords.Of(Latest(soonest) ?? by)}");
        }
    }

    (RoutePlan? Now, IReadOnlyList<ArrivalPlan> Later) Planned(RouteFacts asked, RoutingRules by)
    {
        var lines = _needs.Values.Where(n => n.FromStock > 0)
            .Select(n => new RouteLine(n.Sku, n.FromStock, FreeOf(n.Sku), Product(n.Sku))).ToImmutableArray();
        return (
            lines.IsEmpty ? null : Router.Plan(close(new(1, lines, asked)), by, rules.Version, node),
            Arrivals.Plan(
                _needs.Values.SelectMany(n => n.Later), Product, asked, rules with { Rules = by }, node, close));
    }

    /// <summary>The answer.</summary>
    public PromiseQuoteBody Body()
    {
        var lines = _lines.Select(Body).ToList();
        DateOnly? delivers = lines.TrueForAll(l => l.Promise is not null)
            ? lines.Max(l => l.Promise!.LatestDelivery) : null;
        return new(
            rules.Version, new(Decisions((_now, _later)).Sum(d => d.CostMinor), rules.Rules.Currency),
            delivers, All(lines.Select(l => l.SameDay)), All(lines.Select(l => l.NextDay)), lines);
    }

    PromisedLineBody Body((string Sku, long Units, ImmutableArray<KitPart> Parts) line)
    {
        List<PromisedPartBody> parts = [];
        List<(SpeedOffer SameDay, SpeedOffer NextDay)> speeds = [];
        foreach (var part in line.Parts)
        {
            var need = _needs[part.Sku];
            parts.AddRange(Parts(_now, part.Sku, backordered: false));
            foreach (var later in _later) parts.AddRange(Parts(later.Plan, part.Sku, backordered: true));
            if (need.Undated > 0) parts.Add(new(part.Sku, need.Undated, null, null, Backordered: true, null));
            speeds.Add(Speed(need));
        }

        var last = parts.TrueForAll(p => p.Promise is not null) ? parts.MaxBy(p => p.Promise!.LatestDelivery) : null;
        return new(
            line.Sku, line.Units, last?.Promise, parts, All(speeds.Select(s => Body(s.SameDay))),
            All(speeds.Select(s => Body(s.NextDay))));
    }

    static IEnumerable<PromisedPartBody> Parts(RoutePlan? plan, string sku, bool backordered) =>
        from pick in plan?.Picks ?? []
        where pick.Sku == sku
        from units in pick.Nodes
        let leg = plan!.Decision!.Legs.First(l => l.Node == units.Node)
        select new PromisedPartBody(
            sku, units.Units, units.Node, leg.Service, backordered, RoutingBodies.Body(leg.Promise));

    /// <summary>
    /// By one node that may serve all of it, if there is such a one; else by all that the plan takes it from.
    /// </summary>
    (SpeedOffer SameDay, SpeedOffer NextDay) Speed(Need need)
    {
        if (need.Later.Count > 0 || _now?.Decision is not { } decision)
            return (new(false, PromiseStep.Stock), new(false, PromiseStep.Stock));
        var free = FreeOf(need.Sku);
        var able = decision.Candidates.Where(c => c.Failed.IsEmpty).Select(c => c.Node).ToHashSet();
        var alone = free.Where(f => f.Units >= need.Units && able.Contains(f.Node))
            .Select(f => Speed(f.Node, need)).ToList();
        var picked = _now.Picks.First(p => p.Sku == need.Sku).Nodes.Select(n => Speed(n.Node, need)).ToList();
        return (Best(alone.Select(a => a.SameDay), picked.Select(p => p.SameDay)),
            Best(alone.Select(a => a.NextDay), picked.Select(p => p.NextDay)));
    }

    (SpeedOffer SameDay, SpeedOffer NextDay) Speed(string at, Need need) => node(at) is { } known
        ? SpeedOffers.Of(rules.Rules, facts, at, known, Product(need.Sku)?.AvailableFrom ?? facts.At, inStock: true)
        : (new(false, PromiseStep.Transit), new(false, PromiseStep.Transit));

    static SpeedOffer Best(IEnumerable<SpeedOffer> any, IEnumerable<SpeedOffer> all) =>
        any.Any(a => a.Offered) ? new(true, null) : all.FirstOrDefault(p => !p.Offered, new(true, null));

    static SpeedBody Body(SpeedOffer offer) =>
        new(offer.Offered, offer.Prevents is { } step ? Words<PromiseStep>.Of(step) : null);

    static SpeedBody All(IEnumerable<SpeedBody> speeds) =>
        speeds.FirstOrDefault(s => !s.Offered) ?? new SpeedBody(true, null);

    void Tell(RouteDecision decision, Unserved unserved)
    {
        var line = _lines.FindIndex(l => l.Parts.Any(p => p.Sku == unserved.Sku));
        var before = Unserved.Count;
        foreach (var candidate in decision.Candidates)
            foreach (var failed in candidate.Failed.Where(f => f.Sku is null || f.Sku == unserved.Sku))
                Unserved.Add(new(
                    $"/lines/{line}/sku", Words<Constraint>.Of(failed.Constraint),
                    $"{candidate.Node}: {failed.Detail}"));
        if (Unserved.Count == before)
            Unserved.Add(new($"/lines/{line}/sku", Words<Constraint>.Of(Constraint.NoStock), "no node has it"));
    }

    static IEnumerable<RouteDecision> Decisions((RoutePlan? Now, IReadOnlyList<ArrivalPlan> Later) plan) =>
        plan.Later.Select(l => l.Plan).Prepend(plan.Now).Select(p => p?.Decision).OfType<RouteDecision>();

    static bool IsUnserved((RoutePlan? Now, IReadOnlyList<ArrivalPlan> Later) plan) =>
        Decisions(plan).Any(d => !d.Unserved.IsEmpty);

    static DateOnly? Latest((RoutePlan? Now, IReadOnlyList<ArrivalPlan> Later) plan) =>
        Decisions(plan).SelectMany(d => d.Legs).Max(l => (DateOnly?)l.Promise.LatestDelivery);

    ImmutableArray<NodeUnits> FreeOf(string sku) =>
    [
        .. _stock[sku].Nodes.Where(n => n.Sellable > n.Committed)
            .Select(n => new NodeUnits(n.Node, n.Sellable - n.Committed)),
    ];

    ProductFacts? Product(string sku) => _stock[sku].Card?.Product;

    /// <summary>Units of a SKU: those there are, and those to come.</summary>
    sealed record Need(string Sku, long Units = 0, long FromStock = 0)
    {
        public List<Arrival> Later { get; init; } = [];

        /// <summary>Units of which nobody knows when they come.</summary>
        public long Undated => Later.Where(a => a.At is null || a.Node is null).Sum(a => a.Units);

        public Need With(long more) => this with { Units = Units + more };
    }
}
