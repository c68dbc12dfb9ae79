using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Routing;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>
/// A quote in the making: what the lines need, whether there is stock, by which plan it would go, and what the answer
/// says of it. What is there is planned first; what is yet to come in, by itself.
/// </summary>
sealed class PromiseQuote(RouteFacts facts, RulesNow rules, Func<string, NodeNow?> node)
{
    readonly List<(string Sku, long Units, ImmutableArray<KitPart> Parts)> _lines = [];
    readonly Dictionary<string, StockReply> _stock = new(StringComparer.Ordinal);
    readonly SortedDictionary<string, Need> _needs = new(StringComparer.Ordinal);
    RoutePlan? _now, _later;

    /// <summary>What stock does not cover.</summary>
    public List<FieldError> Short { get; } = [];

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
                Short.Add(new($"/lines/{i}/sku", "unknown-sku", $"there is no SKU {sku}"));
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
            if (Cover(need) is { } missing)
                Short.Add(new($"/lines/{firsts[need.Sku]}/quantity", "sold-out", missing));
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
        if (stock.Card is not { Backorder: true } card) return sorry;
        var waiting = Math.Max(0, stock.Backordered - stock.Available);
        if (card.BackorderCap is { } cap && waiting + missing > cap) return sorry;
        DateTimeOffset? at = null;
        var left = missing;
        foreach (var expected in stock.Expected.IsDefault ? [] : stock.Expected)
        {
            if (left <= 0) break;
            left -= expected.Units - expected.Pegged;
            at = expected.At;
        }

        if (left > 0 && card.SupplyOnly) return sorry;
        _needs[need.Sku] = need with { FromStock = free, Later = missing, Expected = left > 0 ? null : at };
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
        foreach (var made in (ReadOnlySpan<RoutePlan?>)[_now, _later])
            foreach (var unserved in made?.Decision?.Unserved ?? [])
                Tell(made!.Decision!, unserved);
        var undated = _needs.Values.FirstOrDefault(n => n is { Later: > 0, Expected: null });
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

    (RoutePlan? Now, RoutePlan? Later) Planned(RouteFacts asked, RoutingRules by) =>
        (Router(_needs.Values.Where(n => n.FromStock > 0), n => new(n.Sku, n.FromStock, FreeOf(n.Sku), Product(n)),
            asked, by),
        Router(_needs.Values.Where(n => n is { Later: > 0, Expected: not null }), n => new(
            n.Sku, n.Later, [.. NodesOf(n.Sku).Select(at => new NodeUnits(at, n.Later))],
            (Product(n) ?? new()) with { AvailableFrom = n.Expected }), asked, by));

    RoutePlan? Router(IEnumerable<Need> needs, Func<Need, RouteLine> line, RouteFacts asked, RoutingRules by) =>
        needs.Select(line).ToImmutableArray() is { IsEmpty: false } lines
            ? Routing.Router.Plan(new(1, lines, asked), by, rules.Version, node) : null;

    /// <summary>The answer.</summary>
    public PromiseQuoteBody Body()
    {
        var lines = _lines.Select(Body).ToList();
        DateOnly? delivers = lines.TrueForAll(l => l.Promise is not null)
            ? lines.Max(l => l.Promise!.LatestDelivery) : null;
        return new(
            rules.Version, new(
                (_now?.Decision?.CostMinor ?? 0) + (_later?.Decision?.CostMinor ?? 0), rules.Rules.Currency),
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
            parts.AddRange(Parts(_later, part.Sku, backordered: true));
            if (need is { Later: > 0, Expected: null })
                parts.Add(new(part.Sku, need.Later, null, null, Backordered: true, null));
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
        if (need.Later > 0 || _now?.Decision is not { } decision)
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
        ? SpeedOffers.Of(rules.Rules, facts, at, known, Product(need)?.AvailableFrom ?? facts.At, inStock: true)
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

    static bool IsUnserved((RoutePlan? Now, RoutePlan? Later) plan) =>
        plan.Now?.Decision?.Unserved.IsEmpty == false || plan.Later?.Decision?.Unserved.IsEmpty == false;

    static DateOnly? Latest((RoutePlan? Now, RoutePlan? Later) plan) =>
        (plan.Now?.Decision?.Legs ?? []).Concat(plan.Later?.Decision?.Legs ?? [])
            .Max(l => (DateOnly?)l.Promise.LatestDelivery);

    ImmutableArray<NodeUnits> FreeOf(string sku) =>
    [
        .. _stock[sku].Nodes.Where(n => n.Sellable > n.Committed)
            .Select(n => new NodeUnits(n.Node, n.Sellable - n.Committed)),
    ];

    /// <summary>Where more of it is likely to come in: where it is kept.</summary>
    IEnumerable<string> NodesOf(string sku) => _stock[sku].Nodes.Select(n => n.Node);

    ProductFacts? Product(Need need) => _stock[need.Sku].Card?.Product;

    /// <summary>Units of a SKU: those there are, those to come, and when (null: nobody knows).</summary>
    sealed record Need(string Sku, long Units = 0, long FromStock = 0, long Later = 0, DateTimeOffset? Expected = null)
    {
        public Need With(long more) => this with { Units = Units + more };
    }
}
