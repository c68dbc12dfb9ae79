using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Fulfillment.Inventory;

namespace Fulfillment.Routing;

/// <summary>
/// Units of one SKU that need nodes, and the units each node has free, nodes in ordinal order. <c>Product</c>: what
/// carrying it asks for; null for ordinary goods. <c>Pinned</c>: units that somebody has given to a node by hand, part
/// of <c>Units</c>; none when default. <c>Lanes</c>: ways that compliance rules close to them, by hand too; none when
/// default.
/// </summary>
public sealed record RouteLine(
    string Sku, long Units, ImmutableArray<NodeUnits> Free, ProductFacts? Product = null,
    ImmutableArray<NodeUnits> Pinned = default, ImmutableArray<Lane> Lanes = default);

/// <summary>
/// Where the units of one SKU come from, nodes in ordinal order. May be fewer than needed. <c>Others</c>: where else
/// they may be taken without asking again, when others were faster at the nodes chosen; nowhere when default.
/// </summary>
public sealed record RoutePick(
    string Sku, ImmutableArray<NodeUnits> Nodes, ImmutableArray<string> Others = default);

/// <summary>
/// A node that refused a plan of the order: for the day, or (null) for good, such as a 3PL that does not want it.
/// </summary>
public sealed record RefusedNode(string Node, DateOnly? Day, string Reason);

/// <summary>
/// What a plan depends on beside lines and nodes. <c>Country</c>, <c>Postcode</c>: where it goes, null when not told.
/// <c>At</c>: when the plan is made. <c>DeliverBy</c>: what the buyer was promised or asks for, null for as soon as can
/// be. <c>ShipComplete</c>: all lines from one node on one day. <c>NotBefore</c>: nothing leaves before that.
/// <c>Latitude</c>, <c>Longitude</c>: of where it goes, degrees, null when not known: then distances are not known.
/// <c>Working</c>: nodes that have work of the order that has not left, by id; none when default. They count against
/// the limit of nodes, and a plan that uses them again splits nothing. <c>Channel</c>: that the order came through,
/// null when not told.
/// </summary>
public sealed record RouteFacts(
    string Seller, string? Country, string? Postcode, DateTimeOffset At, DateOnly? DeliverBy = null,
    bool ShipComplete = false, ImmutableArray<RefusedNode> Refused = default, DateTimeOffset? NotBefore = null,
    double? Latitude = null, double? Longitude = null, ImmutableArray<string> Working = default,
    string? Channel = null);

/// <summary>What rules out a node, or a plan, by name.</summary>
public enum Constraint
{
    /// <summary>Nobody defined the node, or it takes no work now.</summary>
    [JsonStringEnumMemberName("offline")] Offline,

    /// <summary>It has no free unit of the SKU.</summary>
    [JsonStringEnumMemberName("no-stock")] NoStock,

    /// <summary>It may not ship to that place at that time.</summary>
    [JsonStringEnumMemberName("embargo")] Embargo,

    /// <summary>It takes no work in that time.</summary>
    [JsonStringEnumMemberName("blackout")] Blackout,

    /// <summary>It cannot handle such goods.</summary>
    [JsonStringEnumMemberName("handling-class")] HandlingClass,

    /// <summary>None of its boxes holds one unit.</summary>
    [JsonStringEnumMemberName("box")] Box,

    /// <summary>It has no room on any day of the horizon.</summary>
    [JsonStringEnumMemberName("capacity")] Capacity,

    /// <summary>No tariff covers the way.</summary>
    [JsonStringEnumMemberName("no-service")] NoTariff,

    /// <summary>Its costs, or the value that it would pay duty on, are in another currency than the rules.</summary>
    [JsonStringEnumMemberName("currency")] Currency,

    /// <summary>It would arrive later than the rules allow.</summary>
    [JsonStringEnumMemberName("lateness")] Lateness,

    /// <summary>It is used only when no other node can serve.</summary>
    [JsonStringEnumMemberName("overflow-only")] OverflowOnly,

    /// <summary>The node does not want this order.</summary>
    [JsonStringEnumMemberName("refused")] Refused,

    /// <summary>Somebody has given the units to another node by hand.</summary>
    [JsonStringEnumMemberName("pinned")] Pinned,

    /// <summary>It would take more nodes than the rules allow.</summary>
    [JsonStringEnumMemberName("split-limit")] SplitLimit,

    /// <summary>The order ships complete, and no node has all of it.</summary>
    [JsonStringEnumMemberName("ship-complete")] ShipComplete,

    /// <summary>What it would cost there, or all of it weighs, is more than can be reckoned with.</summary>
    [JsonStringEnumMemberName("too-large")] TooLarge,

    /// <summary>The goods are ready later than anything is planned for.</summary>
    [JsonStringEnumMemberName("horizon")] Horizon,

    /// <summary>A compliance rule closes the way from there.</summary>
    [JsonStringEnumMemberName("compliance")] Compliance,
}

/// <summary>Why a node may not serve. <c>Sku</c>: only this one; null for all. <c>Detail</c> names no person.</summary>
public sealed record FailedConstraint(Constraint Constraint, string? Sku, string Detail)
{
    /// <summary>Such as <c>handling-class (cold-chain)</c>.</summary>
    public string ToWords() => $"{Name(Constraint)} ({Detail})";

    static string Name(Constraint constraint) => constraint switch
    {
        Constraint.Offline => "offline",
        Constraint.NoStock => "no-stock",
        Constraint.Embargo => "embargo",
        Constraint.Blackout => "blackout",
        Constraint.HandlingClass => "handling-class",
        Constraint.Box => "box",
        Constraint.Capacity => "capacity",
        Constraint.NoTariff => "no-service",
        Constraint.Currency => "currency",
        Constraint.Lateness => "lateness",
        Constraint.OverflowOnly => "overflow-only",
        Constraint.Refused => "refused",
        Constraint.Pinned => "pinned",
        Constraint.SplitLimit => "split-limit",
        Constraint.ShipComplete => "ship-complete",
        Constraint.TooLarge => "too-large",
        Constraint.Horizon => "horizon",
        Constraint.Compliance => "compliance",
    };
}

/// <summary>
/// A node that was considered. <c>DistanceKm</c>: great circle, null when unknown. <c>Failed</c>: empty when it may
/// serve all that it has. <c>CostMinor</c>, <c>Delivers</c>: of serving alone what it has, null when it may not serve.
/// </summary>
public sealed record RouteCandidate(
    string Node, int? DistanceKm, ImmutableArray<FailedConstraint> Failed, long? CostMinor, DateOnly? Delivers);

/// <summary>
/// The terms of a score, minor units; <c>Preference</c> and <c>Balance</c> are no money, and may be negative.
/// </summary>
public sealed record RouteCost(
    long Shipping, long Handling, long Duty, long Split, long Late, long Preference, long Balance)
{
    /// <summary>What the plan costs and scores together.</summary>
    public long Total => Shipping + Handling + Duty + Split + Late + Preference + Balance;
}

/// <summary>
/// What a chosen node does. <c>Day</c>: the node's working day that it is worked on. <c>Claims</c>: the node counts its
/// work per day, and has to be asked for room. <c>Service</c>: of the tariff, null for none. <c>NotBefore</c>: it waits
/// until then. <c>Asks</c>: the node decides whether it accepts the work, as a 3PL does. <c>ReceiverDutyMinor</c>: what
/// customs will want of the receiver, no cost of the plan; null for nothing, or when a unit has no value in the
/// currency of the rules.
/// </summary>
public sealed record RouteLeg(
    string Node, DateOnly Day, bool Claims, string? Service, RouteCost Cost, Promise Promise,
    DateTimeOffset? NotBefore = null, bool Asks = false, long? ReceiverDutyMinor = null);

/// <summary>The best plan of those looked at that uses other nodes and serves as much.</summary>
public sealed record RunnerUp(ImmutableArray<string> Nodes, long CostMinor);

/// <summary>Units that no node may serve.</summary>
public sealed record Unserved(string Sku, long Units);

/// <summary>What another version of the rules would have done with the same question.</summary>
public sealed record ShadowPlan(int Rules, ImmutableArray<string> Nodes, long CostMinor, DateOnly? Delivers);

/// <summary>
/// Why a plan is as it is; kept for ever. <c>Rules</c>: their version, 0 for the ones built in. <c>CostMinor</c>: of
/// all legs. <c>GapMinor</c>: how much cheaper a plan might exist at most; 0 when this one is proven the cheapest.
/// <c>Candidates</c>: all nodes with stock, and those that were named, by id. <c>TieBreak</c>: what decided between
/// this plan and the runner-up when both cost the same: <c>fewer-nodes</c>, <c>priority</c>, <c>delivery</c> or
/// <c>node-ids</c>; null when nothing had to.
/// </summary>
public sealed record RouteDecision(
    int Rules, string? Currency, long CostMinor, long GapMinor, ImmutableArray<RouteCandidate> Candidates,
    ImmutableArray<RouteLeg> Legs, ImmutableArray<Unserved> Unserved, RunnerUp? RunnerUp = null,
    string? TieBreak = null, ShadowPlan? Shadow = null);

/// <summary>A plan for an order; <c>Rule</c> names the rule that made it.</summary>
public sealed record RoutePlan(
    int Round, string Rule, ImmutableArray<RoutePick> Picks, RouteDecision? Decision = null);

/// <summary>What the router is sent.</summary>
[JsonDerivedType(typeof(PlanRoute), "plan-route")]
public abstract record RoutingMessage
{
    /// <summary>Chooses nodes for an order's held units. <c>Round</c> numbers the plans of the order.</summary>
    public sealed record PlanRoute(int Round, ImmutableArray<RouteLine> Lines, RouteFacts? Facts = null)
        : RoutingMessage, ICommand<RoutePlan>;
}
