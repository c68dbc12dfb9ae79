using Fulfillment.Ordering;
using Fulfillment.Routing;
using Fulfillment.Views;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

// What requests about nodes' work, and answers about plans and promises, look like.

public sealed record MoveWorkRequest(
    string? Id, string? Node, IReadOnlyList<LineUnitsBody?>? Lines, string? Reason);

public sealed record SplitWorkRequest(string? Id, IReadOnlyList<LineUnitsBody?>? Lines);

public sealed record MergeWorkRequest(string? Id, string? FulfilmentOrder);

public sealed record ReasonRequest(string? Reason);

public sealed record RerouteRequest(string? Reason, bool? KeepByHand = null);

public sealed record NodeStateBody(
    string Node, bool Offline, DateTimeOffset? Since, string? Reason, string? By,
    IReadOnlyDictionary<string, int> Used);

public sealed record PromisePartBody(string Step, DateTimeOffset Until);

public sealed record PromiseBody(
    DateTimeOffset EarliestShip, DateTimeOffset LatestShip, DateOnly EarliestDelivery, DateOnly LatestDelivery,
    DateTimeOffset From, IReadOnlyList<PromisePartBody> Parts);

public sealed record FailedConstraintBody(string Constraint, string? Sku, string Detail);

public sealed record CandidateBody(
    string Node, int? DistanceKm, bool Eligible, IReadOnlyList<FailedConstraintBody>? Failed, MoneyBody? Cost,
    DateOnly? Delivers);

public sealed record CostBody(
    long Shipping, long Handling, long Duty, long Split, long Late, long Preference, long Balance, long Total);

public sealed record LegBody(
    string Node, DateOnly Day, string? Service, CostBody Cost, PromiseBody Promise, DateTimeOffset? NotBefore,
    MoneyBody? ReceiverDuty = null);

public sealed record PickBody(string Sku, string Node, long Units);

public sealed record RunnerUpBody(IReadOnlyList<string> Nodes, MoneyBody Cost);

public sealed record ShadowBody(
    int Rules, IReadOnlyList<string> Nodes, MoneyBody Cost, DateOnly? Delivers, bool Differs);

public sealed record UnservedBody(string Sku, long Units);

public sealed record DecisionBody(
    DateTimeOffset At, int Round, string Rule, int? Rules, MoneyBody? Cost, bool? Exact, MoneyBody? Gap,
    IReadOnlyList<PickBody> Picks, IReadOnlyList<LegBody>? Legs, IReadOnlyList<CandidateBody>? Candidates,
    IReadOnlyList<UnservedBody>? Unserved, RunnerUpBody? RunnerUp, string? TieBreak, ShadowBody? Shadow);

public sealed record MovedBody(
    DateTimeOffset At, string FulfilmentOrder, string? To, string Reason, string By, long Units);

public sealed record OrderRoutingBody(
    string Order, IReadOnlyList<DecisionBody> Decisions, IReadOnlyList<MovedBody> Moved, DateOnly? DeliverBy,
    DateOnly? Promised, IReadOnlyList<UnservedBody>? WaitingForNode, string? WaitingBecause);

static class RoutingBodies
{
    public static PromiseBody? Body(this Promise? promise) => promise is not { } p ? null : new(
        p.EarliestShip, p.LatestShip, p.EarliestDelivery, p.LatestDelivery, p.From,
        [.. p.Parts.Select(x => new PromisePartBody(Words<PromiseStep>.Of(x.Step), x.Until))]);

    public static DecisionBody Body(this RoutePlan plan, DateTimeOffset at)
    {
        PickBody[] picks = [.. plan.Picks.SelectMany(p => p.Nodes.Select(n => new PickBody(p.Sku, n.Node, n.Units)))];
        if (plan.Decision is not { } d)
            return new(at, plan.Round, plan.Rule, null, null, null, null, picks, null, null, null, null, null, null);
        var nodes = d.Legs.Select(l => l.Node).Order(StringComparer.Ordinal).ToList();
        return new(
            at, plan.Round, plan.Rule, d.Rules, Money(d.CostMinor), d.GapMinor == 0,
            d.GapMinor == 0 ? null : Money(d.GapMinor), picks, [.. d.Legs.Select(Leg)],
            [.. d.Candidates.Select(c => new CandidateBody(
                c.Node, c.DistanceKm, c.Failed.IsEmpty, c.Failed.IsEmpty ? null : [.. c.Failed.Select(
                    f => new FailedConstraintBody(Words<Constraint>.Of(f.Constraint), f.Sku, f.Detail))],
                c.CostMinor is { } cost ? Money(cost) : null, c.Delivers))],
            d.Unserved.IsEmpty ? null : [.. d.Unserved.Select(u => new UnservedBody(u.Sku, u.Units))],
            d.RunnerUp is { } r ? new(r.Nodes, Money(r.CostMinor)) : null, d.TieBreak,
            d.Shadow is { } s ? new(
                s.Rules, s.Nodes, Money(s.CostMinor), s.Delivers,
                !s.Nodes.Order(StringComparer.Ordinal).SequenceEqual(nodes)) : null);

        LegBody Leg(RouteLeg l) => Body(l) with
        {
            ReceiverDuty = l.ReceiverDutyMinor is { } duty ? Money(duty) : null,
        };

        MoneyBody Money(long minor) => new(minor, d.Currency ?? RoutingRules.BuiltIn.Currency);
    }

    static LegBody Body(RouteLeg l) => new(
        l.Node, l.Day, l.Service, new(
            l.Cost.Shipping, l.Cost.Handling, l.Cost.Duty, l.Cost.Split, l.Cost.Late, l.Cost.Preference,
            l.Cost.Balance, l.Cost.Total), l.Promise.Body()!, l.NotBefore);

    public static NodeStateBody State(this NodeRow row) => new(
        row.Node, row.Offline is not null, row.Offline?.At, row.Offline?.Reason, row.Offline?.By,
        row.Used.ToDictionary(u => $"{u.Key:yyyy-MM-dd}", u => u.Value));

    public static NodeStateBody State(this NodeReply node, string id, NodeRow? row) => new(
        id, node.Offline is not null, node.Offline?.At, node.Offline?.Reason, node.Offline?.By,
        row?.Used.ToDictionary(u => $"{u.Key:yyyy-MM-dd}", u => u.Value) ?? []);
}
