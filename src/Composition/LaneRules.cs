using Fulfillment.Connectors;
using Fulfillment.Routing;
using Fulfillment.Views;

namespace Fulfillment.Composition;

/// <summary>What compliance rules say of a plan, as the lists have them.</summary>
public static class LaneRules
{
    /// <summary>
    /// Puts into a question to the router which ways are closed to its lines at the time that it is asked for.
    /// <paramref name="mustKnow"/>: as <see cref="Lanes.Close"/> has it.
    /// </summary>
    public static Func<RoutingMessage.PlanRoute, RoutingMessage.PlanRoute> Of(
        Func<AllViews> views, bool mustKnow = false) => ask =>
    {
        if (ask.Facts is not { } facts) return ask;
        var lists = views();
        var rules = lists.Compliance.At(facts.Seller, facts.At);
        return rules.IsEmpty ? ask
            : Lanes.Close(ask, Lanes.Of(rules), sku => lists.Stock.Card(facts.Seller, sku), mustKnow);
    };
}
