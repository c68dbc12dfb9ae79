using Fulfillment.Ordering;
using Fulfillment.Routing;
using Fulfillment.Views;

namespace Fulfillment.Client.Api;

/// <summary>What a version that runs beside the active one would have done with an order.</summary>
public sealed record ShadowedOrderBody(
    string Order, DateTimeOffset At, int Rules, IReadOnlyList<string> Nodes, ScoreBody Cost, DateOnly? Delivers,
    ShadowedPlanBody Shadow, bool Differs);

public sealed record ShadowedPlanBody(IReadOnlyList<string> Nodes, ScoreBody Cost, DateOnly? Delivers);

/// <summary>
/// Work that would break a rule. <c>Constraint</c>: embargo or blackout; <c>Rule</c>: its id. <c>Day</c>: the node's
/// day that it is to be worked on, today where no plan said.
/// </summary>
public sealed record AffectedBody(
    string FulfilmentOrder, string Order, string Node, string Status, string? Country, DateOnly Day,
    IReadOnlyList<BanBody> Breaks);

public sealed record BanBody(string Constraint, string Rule, string Reason);

/// <summary>What versions of the rules mean to orders: tried beside the active one, or in force.</summary>
public static class RulesEffectsApi
{
    /// <summary>Work that nobody has begun.</summary>
    static readonly FulfilmentStatus[] NotBegun =
        [FulfilmentStatus.Open, FulfilmentStatus.Scheduled, FulfilmentStatus.OnHold];

    /// <summary>Adds the routes.</summary>
    public static void MapRulesEffects(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/routing/rules/{version:int}/shadow", Shadowed)
            .Describe("listShadowPlans", "What the version would have done beside the active one, newest first",
                "routing").Answers<PageBody<ShadowedOrderBody>>(200).Refuses(400, 404);
        routes.MapGet("/v1/routing/rules/{version:int}/affected", Affected)
            .Describe("listAffectedWork", "Work not begun that would break an embargo or blackout of the version",
                "routing").Answers<PageBody<AffectedBody>>(200).Refuses(400, 404);
    }

    /// <summary>A page is of so many orders looked at: some may have been planned without that shadow.</summary>
    static async Task<IResult> Shadowed(
        HttpContext http, Backend backend, int version, string? cursor, string? limit)
    {
        var seat = http.Seat(backend);
        var seller = seat.Seller;
        if ((await seat.RuleBook().GetVersion(version, http.RequestAborted)).Rules is null)
            return RulesApi.Unknown(version);
        var page = Paging.Of(() => backend.Views.Orders.List(seller, null, null, null, cursor, Requests.Limit(limit)));
        List<ShadowedOrderBody> items = [];
        foreach (var row in page.Items)
        {
            foreach (var fact in backend.FactsOf(EntityId.Of(OrderingCalls.Kind, seller, row.Id)))
            {
                if (fact.Event is not OrderEvent.OrderRouted { Plan.Decision: { Shadow: { } shadow } made }
                    || shadow.Rules != version) continue;
                string[] nodes = [.. made.Legs.Select(l => l.Node).Order(StringComparer.Ordinal)];
                string[] others = [.. shadow.Nodes.Order(StringComparer.Ordinal)];
                var currency = made.Currency ?? RoutingRules.BuiltIn.Currency;
                items.Add(new(
                    row.Id, fact.At, made.Rules, nodes, new(made.CostMinor, currency),
                    made.Legs.IsEmpty ? null : made.Legs.Max(l => l.Promise.LatestDelivery),
                    new(others, new(shadow.CostMinor, CurrencyOf(backend, seller, version)), shadow.Delivers),
                    !nodes.SequenceEqual(others)));
            }
        }

        return Answer.Ok(new(items, page.Next), ApiJson.Wire.ShadowedPage);
    }

    /// <summary>A page is of so many fulfilment orders looked at: those that break nothing are left out.</summary>
    static async Task<IResult> Affected(
        HttpContext http, Backend backend, TimeProvider time, int version, string? cursor, string? limit)
    {
        var seat = http.Seat(backend);
        if ((await seat.RuleBook().GetVersion(version, http.RequestAborted)).Rules is not { } rules)
            return RulesApi.Unknown(version);
        var now = time.GetUtcNow();
        var page = Paging.Of(() => backend.Views.Fulfilments.NotBegun(seat.Seller, cursor, Requests.Limit(limit)));
        List<AffectedBody> items = [];
        foreach (var row in page.Items)
        {
            // As the order has it: the list may be behind, and has neither where it goes nor the promise.
            var order = await seat.Order(row.Order).Get(http.RequestAborted);
            if (order?.Fulfilments.FirstOrDefault(f => f.Number == row.Fulfilment.Number) is not { } f
                || !NotBegun.Contains(f.Status)) continue;
            var day = f.Day ?? DateOnly.FromDateTime(now.UtcDateTime);
            var leaves = f.Promise?.LatestShip ?? f.ShipBy ?? now;
            var to = order.Placed.ShipTo;
            var bans = Bans.Of(
                rules, f.Node, backend.Views.Nodes.Find(f.Node), to?.Country, to?.Postcode, day,
                leaves > now ? leaves : now);
            if (!bans.IsEmpty)
                items.Add(new(
                    OrderBodies.FulfilmentId(row.Order, f.Number), row.Order, f.Node, Words.Of(f.Status), to?.Country,
                    day, [.. bans.Select(b => new BanBody(Words<Constraint>.Of(b.Constraint), b.Id, b.Reason))]));
        }

        return Answer.Ok(new(items, page.Next), ApiJson.Wire.AffectedPage);
    }

    static string CurrencyOf(Backend backend, string seller, int version) =>
        version == 0 ? RoutingRules.BuiltIn.Currency : backend.Views.Rules.Find(seller, version).Currency;
}
