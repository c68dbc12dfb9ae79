using Fulfillment.Routing;
using Fulfillment.Warehousing;

namespace Fulfillment.Connectors;

/// <summary>
/// Answers for the router: chooses nodes by the pure <see cref="Router"/>, from what is known of the nodes now and by
/// the rules that the seller's orders go by when the plan is made. Where other rules are tried beside them, tells what
/// these would have done.
/// </summary>
public static class RoutingConnector
{
    /// <summary>
    /// With look-ups of a node (null for one that nobody defined) and of a seller's rules at an instant.
    /// <paramref name="close"/>: puts into the question which ways are closed; null when none ever is. What cannot be
    /// looked up now may throw: the ask is repeated.
    /// </summary>
    public static Connector Of(
        Func<string, NodeNow?> node, Func<string, DateTimeOffset, RulesNow> rules,
        Func<RoutingMessage.PlanRoute, RoutingMessage.PlanRoute>? close = null) =>
        (_, message, _) =>
        {
            var ask = (RoutingMessage.PlanRoute)message;
            return new(Plan(close is null ? ask : close(ask), node, rules));
        };

    static RoutePlan Plan(
        RoutingMessage.PlanRoute ask, Func<string, NodeNow?> node, Func<string, DateTimeOffset, RulesNow> rules)
    {
        // An ask of an older build tells no facts: the router goes by priority alone.
        if (ask.Facts is not { } facts) return Router.Plan(ask, RoutingRules.BuiltIn, 0, node);
        var now = rules(facts.Seller, facts.At);
        var plan = Router.Plan(ask, now.Rules, now.Version, node);
        return now.Shadow is { } shadow && plan.Decision is { } decision
            ? plan with
            {
                Decision = decision with { Shadow = Router.Shadow(ask, shadow.Rules, shadow.Version, node) },
            }
            : plan;
    }
}
