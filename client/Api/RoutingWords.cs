using System.Diagnostics;
using Fulfillment.Ordering;
using Fulfillment.Routing;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>What happened on the way from an order to its nodes, in words.</summary>
static class RoutingWords
{
    public static string Of(OrderEvent happened) => happened switch
    {
        OrderEvent.OrderRouted e => Of(e.Plan),
        OrderEvent.RoomAnswered { Status: RoomStatus.Granted, Count: 0 } e => $"{e.Node} has its room back",
        OrderEvent.RoomAnswered { Status: RoomStatus.Granted } e => $"{e.Node} has room",
        OrderEvent.RoomAnswered e => $"{e.Node} has no room: {Words<RoomStatus>.Of(e.Status)}",
        OrderEvent.RoutingRetried { Reason: { } reason } e =>
            $"Asked {(e.Free ? "freely" : "again")} for nodes: {reason}",
        OrderEvent.RoutingRetried => "Asked again for nodes",
        OrderEvent.FulfilmentMoved e => $"F{e.Fulfilment}: {Units(e.Units.Sum(u => (long)u.Units))} taken back by "
            + $"{e.By}{(e.To is null ? "" : $", to be shipped by {e.To}")}: {e.Reason}",
        OrderEvent.FulfilmentSplit e =>
            $"F{e.Fulfilment}: {Units(e.Units.Sum(u => (long)u.Units))} split off as F{e.Number}",
        OrderEvent.FulfilmentsMerged e =>
            $"F{e.From}: {Units(e.Units.Sum(u => (long)u.Units))} merged into F{e.Into}",
        OrderEvent.FulfilmentPaused e => $"F{e.Fulfilment} held by {e.By}: {e.Reason}",
        OrderEvent.FulfilmentResumed e => $"F{e.Fulfilment} released by {e.By}",
        OrderEvent.NodeAwaited e => $"F{e.Fulfilment} waits for its node, given to it by hand: {e.Reason}",
        OrderEvent.NodeReturned e => $"F{e.Fulfilment}: its node takes work again",
        OrderEvent.PackingBegun e => $"F{e.Fulfilment}: a bench began to pack it",
        OrderEvent.PackingEnded e => $"F{e.Fulfilment}: its bench gave it up",
        OrderEvent.FulfilmentPacked e => $"F{e.Fulfilment}: {(e.IsPacked ? "all of it is packed" : "opened again")}",
        OrderEvent.FulfilmentDue e => $"F{e.Fulfilment} may leave from now on",
        OrderEvent.RequestAnswered { Accepted: true } e => $"F{e.Fulfilment} accepted by its node",
        OrderEvent.RequestAnswered e => $"F{e.Fulfilment} rejected by its node: {e.Reason}",
        _ => throw new UnreachableException(),
    };

    static string Of(RoutePlan plan)
    {
        var picks = plan.Picks.Where(p => !p.Nodes.IsEmpty).Select(
            p => $"{p.Sku} from {string.Join(", ", p.Nodes.Select(n => $"{n.Node} ({n.Units})"))}").ToList();
        var chosen = picks.Count == 0 ? "No node chosen" : $"Nodes chosen by {plan.Rule}: {string.Join("; ", picks)}";
        if (plan.Decision is not { } decision) return chosen;
        if (decision.Legs is { IsEmpty: false } legs)
            chosen += $"; to be delivered by {legs.Max(l => l.Promise.LatestDelivery):yyyy-MM-dd}";
        return chosen + string.Concat(decision.Unserved.Select(u => $"; no node may serve {u.Units} of {u.Sku}"))
            + (decision.Unserved.IsEmpty ? "" : " (" + string.Join("; ", decision.Candidates
                .Where(c => !c.Failed.IsEmpty)
                .Select(c => $"{c.Node}: {string.Join(", ", c.Failed.Select(f => f.ToWords()))}")) + ")");
    }

    static string Units(long units) => units == 1 ? "1 unit" : $"{units} units";
}
