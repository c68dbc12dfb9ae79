using Fulfillment.Warehousing;

namespace Fulfillment.Routing;

/// <summary>Whether a node can deliver on the same or the next day, by the fastest way that the rules allow.</summary>
public static class SpeedOffers
{
    /// <summary>
    /// For goods that are ready at <paramref name="ready"/>; <paramref name="inStock"/>: they are there. What prevents
    /// it is told of the way on which it comes nearest.
    /// </summary>
    public static (SpeedOffer SameDay, SpeedOffer NextDay) Of(
        RoutingRules rules, RouteFacts facts, string node, NodeNow now, DateTimeOffset ready, bool inStock)
    {
        WorkAsk ask = new(node, now, facts.At, ready, rules.Blackouts, []);
        if (NodeWork.Of(ask, out var why) is not { } work)
        {
            SpeedOffer never = new(
                false, why == Constraint.Blackout ? PromiseStep.NodeCalendar : PromiseStep.Capacity);
            return inStock ? (never, never) : Promises.Offers(ask, inStock, new(null));
        }

        var km = Coordinates.Of(facts.Latitude, facts.Longitude) is { } to
            && Coordinates.Of(now.Card.Latitude, now.Card.Longitude) is { } from ? from.KmTo(to) : (int?)null;
        RouteWays ways = new(rules, facts);
        var open = ways.From(
            node, now.Card.Country, km, ways.BorderFrom(now.Card.Country), work, allowed: true, out _);
        // Without a way nothing arrives: that is the carrier's part.
        if (open.Length == 0) return Promises.Offers(ask, inStock, new(null));
        var fastest = open.MinBy(o => o.Delivers)!;
        return Promises.Offers(ask, inStock, fastest.Carriage);
    }
}
