using Fulfillment.Routing;

namespace Fulfillment.Connectors;

/// <summary>Answers for the router: chooses nodes by a pure rule from what is known of the nodes now.</summary>
public static class Router
{
    /// <summary>With a look-up of a node's priority (lower is preferred); null for an unknown node.</summary>
    public static Connector Of(Func<string, int?> priority) => (_, message, _) =>
    {
        var ask = (RoutingMessage.PlanRoute)message;
        var picks = PriorityRule.Plan(ask.Lines, node => priority(node) ?? PriorityRule.UnknownPriority);
        return new(new RoutePlan(ask.Round, PriorityRule.Name, picks));
    };
}
