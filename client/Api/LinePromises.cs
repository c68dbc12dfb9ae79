using System.Collections.Immutable;
using Fulfillment.Composition;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Routing;

namespace Fulfillment.Client.Api;

/// <summary>
/// Units of a line that go the same way. <c>FulfilmentOrder</c>: null while no node has them. <c>ExpectedAt</c>: when
/// backordered ones come in. <c>Promise</c>: null while there is no date yet. <c>Promised</c>: the date told first.
/// </summary>
public sealed record LinePartBody(
    long Quantity, string? FulfilmentOrder, string? Node, bool Backordered, DateTimeOffset? ExpectedAt,
    PromiseBody? Promise, DateOnly? Promised);

/// <summary>
/// <c>Promise</c>: of the part that comes last, as it stands now; null while one has no date yet. <c>Promised</c>: the
/// date told first.
/// </summary>
public sealed record LinePromiseBody(
    string Line, string Sku, long Quantity, PromiseBody? Promise, DateOnly? Promised,
    IReadOnlyList<LinePartBody> Parts);

/// <summary>
/// What an order's lines are promised now, and were first. For units that are yet to come in both are reckoned when
/// somebody asks: from when their supply is expected now, by the rules of now; and from when it was first, by the rules
/// of then; nodes as they are now.
/// </summary>
sealed class LinePromises(Backend backend, Seat seat, string id, OrderReply order, DateTimeOffset now)
{
    readonly PromiseTrail _trail = PromiseTrail.Of(backend.FactsOf(
        EntityId.Of(OrderingCalls.Kind, seat.Seller, id)));

    readonly Dictionary<string, ProductFacts?> _products = new(StringComparer.Ordinal);
    readonly Dictionary<string, List<LinePartBody>> _later = new(StringComparer.Ordinal);

    /// <summary>What was said first of which units.</summary>
    public PromiseTrail Trail => _trail;

    /// <summary>The lines that have units left, in the buyer's order.</summary>
    public async Task<List<LinePromiseBody>> Lines(CancellationToken cancel)
    {
        if (order.Rejected is not null) return [];
        await Reckon(cancel);
        return [.. order.Lines.Where(l => l.Line.Quantity > l.Cancelled).Select(Line)];
    }

    /// <summary>The latest of what a line was promised first; null when there was none.</summary>
    public DateOnly? First(IEnumerable<FirstWord> words, string sku, string? node) =>
        words.Max(w => Promise(w, sku, node)?.LatestDelivery);

    /// <summary>What was promised first: as it was told, or reckoned from when the units were expected.</summary>
    public Promise? Promise(FirstWord word, string sku, string? node)
    {
        if (word is not { Promise: null, Told: { } told, Expected: { } expected }) return word.Promise;
        if (node is null) return null;
        var rules = backend.Views.Rules.At(seat.Seller, told);
        // Whether it takes work just now has nothing to do with what was promised then.
        var plan = Arrivals.Plan(
            [new(sku, node, expected, 1)], Product, Facts(told), Lenient(rules),
            at => backend.Views.Nodes.Now(at) is { } known ? known with { Offline = false } : null, ask => ask);
        return plan is [{ Plan.Decision.Legs: [var leg] }] ? leg.Promise : null;
    }

    static bool IsReckoned(FirstWord word) => word is { Promise: null, Expected: not null };

    LinePromiseBody Line(LineReply line)
    {
        List<LinePartBody> parts = [];
        var sku = line.Line.Sku;
        foreach (var f in order.Fulfilments)
        {
            var units = f.Lines.Where(l => l.Line == line.Line.Id).Sum(l => l.Quantity - l.Withdrawn);
            if (units > 0)
            {
                parts.Add(new(
                    units, OrderBodies.FulfilmentId(id, f.Number), f.Node, false, null, f.Promise.Body(),
                    First(_trail.Of(f.Number, line.Line.Id), sku, f.Node)));
            }
        }

        if (line.Reserved > 0) parts.Add(new(line.Reserved, null, null, false, null, null, null));
        parts.AddRange(Backordered(sku, line.Backordered));
        var last = parts.Count > 0 && parts.TrueForAll(p => p.Promise is not null)
            ? parts.MaxBy(p => p.Promise!.LatestDelivery) : null;
        return new(
            line.Line.Id, sku, line.Line.Quantity - line.Cancelled, last?.Promise,
            parts.TrueForAll(p => p.Promised is not null) ? parts.Max(p => p.Promised) : null, parts);
    }

    /// <summary>The lines of a SKU get what comes in the order of the lines.</summary>
    IEnumerable<LinePartBody> Backordered(string sku, long units)
    {
        if (units <= 0) yield break;
        var parts = _later.GetValueOrDefault(sku) ?? [];
        while (units > 0 && parts is [var part, ..])
        {
            var some = Math.Min(units, part.Quantity);
            yield return part with { Quantity = some };
            if (some == part.Quantity) parts.RemoveAt(0);
            else parts[0] = part with { Quantity = part.Quantity - some };
            units -= some;
        }

        if (units > 0) yield return new(units, null, null, true, null, null, null);
    }

    async Task Reckon(CancellationToken cancel)
    {
        var waiting = order.Lines.Where(l => l.Backordered > 0).GroupBy(l => l.Line.Sku).ToList();
        var came = order.Lines.Where(l => order.Fulfilments.Any(f => _trail.Of(f.Number, l.Line.Id).Any(IsReckoned)));
        var skus = waiting.Select(w => w.Key).Union(came.Select(l => l.Line.Sku)).ToList();
        if (skus.Count == 0) return;
        var stock = await LiveStock.Of(seat, skus, cancel);
        foreach (var (sku, s) in stock) _products[sku] = s.Card?.Product;
        List<Arrival> arrivals = [];
        foreach (var of in waiting)
        {
            var told = await seat.Sku(of.Key).Supplies(null, cancel);
            var coming = Coming(of.Key, of.Sum(l => l.Backordered), of.First().Expected, told.Supplies);
            arrivals.AddRange(stock[of.Key].Card is { } card ? Arrivals.Whole(coming, card) : coming);
        }

        var plans = Arrivals.Plan(
            arrivals, Product, Facts(now), Lenient(backend.Views.Rules.At(seat.Seller, now)), backend.Views.Nodes.Now,
            LaneRules.Of(() => backend.Views));
        foreach (var of in waiting) _later[of.Key] = [.. plans.SelectMany(p => Parts(p, of.Key))];
    }

    /// <summary>
    /// From which supplies the order's units come. A supply names the first who wait for it: who comes after them is
    /// told by the date of the last of his units, which the SKU has told him.
    /// </summary>
    List<Arrival> Coming(string sku, long units, DateTimeOffset? expected, ImmutableArray<PeggedSupply> supplies)
    {
        List<Arrival> coming = [];
        foreach (var s in supplies)
        {
            var pegged = Math.Min(units, s.First.Where(o => o.Order == id).Sum(o => o.Units));
            if (pegged <= 0) continue;
            coming.Add(new(sku, s.Supply.Node, s.Supply.At > now ? s.Supply.At : null, pegged));
            units -= pegged;
        }

        if (units > 0 && supplies.FirstOrDefault(s => s.Supply.At == expected) is { } last)
            coming.Add(new(sku, last.Supply.Node, expected > now ? expected : null, units));
        return coming;
    }

    IEnumerable<LinePartBody> Parts(ArrivalPlan made, string sku) =>
        from pick in made.Plan.Picks
        where pick.Sku == sku
        from units in pick.Nodes
        let leg = made.Plan.Decision!.Legs.First(l => l.Node == units.Node)
        select new LinePartBody(
            units.Units, null, units.Node, true, made.At, leg.Promise.Body(),
            _trail.Waiting(sku) is { } word ? Promise(word, sku, units.Node)?.LatestDelivery : null);

    RouteFacts Facts(DateTimeOffset at)
    {
        var (to, wishes) = (order.Placed.ShipTo, order.Placed.Wishes);
        return new(
            seat.Seller, to?.Country, to?.Postcode, at, wishes?.DeliverBy, NotBefore: wishes?.NotBefore,
            Latitude: to?.Latitude, Longitude: to?.Longitude, Channel: order.Placed.Channel);
    }

    /// <summary>A date that is later than the rules allow is a date all the same.</summary>
    static RulesNow Lenient(RulesNow rules) => rules with { Rules = rules.Rules with { MaxLateDays = null } };

    ProductFacts? Product(string sku) => _products.GetValueOrDefault(sku);
}
