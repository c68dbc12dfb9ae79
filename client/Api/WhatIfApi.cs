using System.Collections.Immutable;
using Fulfillment.Routing;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>
/// What the router would do: with other rules, nodes or stock, over orders that there are. Runs on a fork of the live
/// state, in which the orders give back all that they have and take it again, one after the other; nothing is written.
/// An order is planned as of when it was routed first. What other orders had claimed of a node's days that are over is
/// not known any more: there is room on them.
/// </summary>
public static class WhatIfApi
{
    const int MaxNodes = 1_000, MaxStock = 1_000, UsualPreview = 100;

    /// <summary>Adds the routes.</summary>
    public static void MapWhatIf(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/routing/what-if", WhatIf)
            .Describe("tryRouting", "What the router would do with other rules, nodes or stock", "routing")
            .Accepts<WhatIfRequest>("application/json").Answers<TriedBody>(200).Refuses(400, 404);
        routes.MapPost("/v1/routing/rules/{version:int}/preview", Preview)
            .Describe("previewRoutingRules", "Which of the latest orders a version would give to others", "routing")
            .Accepts<PreviewRequest>("application/json").Answers<TriedBody>(200).Refuses(400, 404);
    }

    static async Task<IResult> WhatIf(HttpContext http, Backend backend, TimeProvider time)
    {
        var seat = http.Seat(backend);
        var request = Requests.Parse((await http.Body()).Span, ApiJson.Wire.WhatIfRequest);
        Fields fields = new();
        var ids = Ids(fields, request);
        var day = fields.DateAhead("/day", request.Day, time.GetUtcNow());
        if (request.Orders is null == request.Day is null)
            fields.Add("/orders", "orders-or-day", "name either orders, or the day that they were placed on");
        if (request is { Version: not null, Rules: not null })
            fields.Add("/rules", "version-or-rules", "name either a version, or rules");
        var most = request.Limit is null ? TriedOrders.MaxOrders
            : fields.Number("/limit", request.Limit, 1, TriedOrders.MaxOrders);
        var rules = request.Rules is null ? null : RulesReader.Read(fields, "/rules", request.Rules);
        int? version = request.Version is null ? null
            : fields.Number("/version", request.Version, 0, int.MaxValue);
        var node = Nodes(fields, request.Nodes, backend);
        var stock = Stock(fields, request.Stock);
        fields.Check();
        if (day is { } placed) ids = backend.Views.Orders.PlacedOn(seat.Seller, placed, most);
        RulesInForce? tried = rules is null ? await Named(seat, backend, time, version, http.RequestAborted)
            : new(-1, rules);
        if (tried is null) return RulesApi.Unknown(version!.Value);
        NodeFactsBodies.CheckCosts(fields, request.Nodes, tried.Rules.Currency);
        fields.Check();

        TriedOrders orders = new(backend, seat, time.GetUtcNow());
        await orders.Read([.. ids.Take(most)], i => fields.Add(
            request.Orders is null ? "/day" : $"/orders/{i}", "unknown-order", $"there is no order {ids[i]}"),
            http.RequestAborted);
        fields.Check();
        var fork = await orders.Fork(node, http.RequestAborted);
        foreach (var (sku, at, delta) in stock) fork.Stock(sku, at, delta);
        return Answer.Ok(Run(orders, fork, null, tried), ApiJson.Wire.TriedBody);
    }

    /// <summary>Both run on the same state, so that all the difference there is, is the version's.</summary>
    static async Task<IResult> Preview(HttpContext http, Backend backend, TimeProvider time, int version)
    {
        var seat = http.Seat(backend);
        var request = Requests.Parse((await http.Body()).Span, ApiJson.Wire.PreviewRequest);
        Fields fields = new();
        var most = fields.Number("/limit", request.Limit ?? UsualPreview, 1, TriedOrders.MaxOrders);
        fields.Check();
        if (await Named(seat, backend, time, version, http.RequestAborted) is not { } tried)
            return RulesApi.Unknown(version);
        var active = (await Named(seat, backend, time, null, http.RequestAborted))!;
        TriedOrders orders = new(backend, seat, time.GetUtcNow());
        var recent = backend.Views.Orders.List(seat.Seller, null, null, null, null, most).Items;
        await orders.Read([.. recent.Select(o => o.Id)], _ => { }, http.RequestAborted);
        var body = Run(orders, await orders.Fork(backend.Views.Nodes.Now, http.RequestAborted), active, tried);
        return Answer.Ok(body with { Items = [.. body.Items.Where(o => o.Differs)] }, ApiJson.Wire.TriedBody);
    }

    /// <summary>The version; the active one when null.</summary>
    static async Task<RulesInForce?> Named(
        Seat seat, Backend backend, TimeProvider time, int? version, CancellationToken cancel)
    {
        if (version is not { } number)
        {
            var now = backend.Views.Rules.At(seat.Seller, time.GetUtcNow());
            return new(now.Version, now.Rules);
        }

        return (await seat.RuleBook().GetVersion(number, cancel)).Rules is { } rules ? new(number, rules) : null;
    }

    static TriedBody Run(TriedOrders orders, RoutingFork fork, RulesInForce? active, RulesInForce tried)
    {
        var beside = fork.Copy();
        List<TriedOrderBody> items = [];
        foreach (var order in orders.Orders)
        {
            var planned = Outcomes.Of(fork.Take(order.Ask, tried.Rules, Math.Max(0, tried.Version)), order.Wanted);
            if (tried.Version < 0) planned = planned with { Rules = null };
            var now = active is null ? null
                : Outcomes.Of(beside.Take(order.Ask, active.Rules, active.Version), order.Wanted);
            items.Add(new(
                order.Id, order.Wanted, !planned.Nodes.SequenceEqual((now ?? order.Actual).Nodes), order.Actual, now,
                planned));
        }

        return new(
            tried.Version < 0 ? null : tried.Version, new(
                Outcomes.Totals([.. items.Select(o => o.Actual)]),
                active is null ? null : Outcomes.Totals([.. items.Select(o => o.Active!)]),
                Outcomes.Totals([.. items.Select(o => o.Planned)]), items.Count(o => o.Differs)),
            items, orders.Skipped);
    }

    static IReadOnlyList<string> Ids(Fields fields, WhatIfRequest request)
    {
        if (request.Orders is not { } named) return [];
        if (named.Count is 0 or > TriedOrders.MaxOrders)
        {
            fields.Add("/orders", named.Count == 0 ? "required" : "too-many",
                $"must be from 1 to {TriedOrders.MaxOrders} orders");
            return [];
        }

        HashSet<string> ids = [];
        for (var i = 0; i < named.Count; i++)
            if (!ids.Add(fields.Id($"/orders/{i}", named[i])))
                fields.Add($"/orders/{i}", "duplicate", "is named before");
        return [.. ids];
    }

    static Func<string, NodeNow?> Nodes(
        Fields fields, Dictionary<string, NodeChangeBody?>? changes, Backend backend)
    {
        Dictionary<string, NodeNow> changed = new(StringComparer.Ordinal);
        if (changes?.Count > MaxNodes) fields.Add("/nodes", "too-many", $"at most {MaxNodes}");
        foreach (var (node, change) in (changes ?? []).Take(MaxNodes))
        {
            var at = $"/nodes/{JsonText.Escape(node)}";
            if (backend.Views.Nodes.Now(node) is not { } now) fields.Add(at, "unknown-node", "is no node");
            else if (change is null) fields.Add(at, "required", "is null");
            else changed[node] = Changed(fields, at, now, change);
        }

        return node => changed.TryGetValue(node, out var now) ? now : backend.Views.Nodes.Now(node);
    }

    static NodeNow Changed(Fields fields, string at, NodeNow now, NodeChangeBody change)
    {
        var facts = now.Card.Facts ?? NodeFacts.Ordinary;
        return now with
        {
            Offline = change.Offline ?? now.Offline,
            Card = now.Card with
            {
                CapacityPerDay = change.CapacityPerDay is { } capacity
                    ? fields.Number($"{at}/capacityPerDay", capacity, 0, int.MaxValue) : now.Card.CapacityPerDay,
                Priority = fields.Number($"{at}/priority", change.Priority ?? now.Card.Priority, 0, 1_000_000),
                Facts = facts with
                {
                    ProcessingDays = fields.Number(
                        $"{at}/processingDays", change.ProcessingDays ?? facts.ProcessingDays, 0,
                        NodeFactsBodies.MostDays),
                    Cutoff = fields.TimeOfDay($"{at}/cutoff", change.Cutoff) ?? facts.Cutoff,
                    PerOrder = NodeFactsBodies.Cost(fields, $"{at}/perOrder", change.PerOrder) ?? facts.PerOrder,
                    PerUnit = NodeFactsBodies.Cost(fields, $"{at}/perUnit", change.PerUnit) ?? facts.PerUnit,
                },
            },
        };
    }

    static ImmutableArray<(string Sku, string Node, long Delta)> Stock(
        Fields fields, IReadOnlyList<StockChangeBody?>? changes)
    {
        if (changes?.Count > MaxStock) fields.Add("/stock", "too-many", $"at most {MaxStock}");
        var read = ImmutableArray.CreateBuilder<(string, string, long)>();
        for (var i = 0; i < Math.Min(changes?.Count ?? 0, MaxStock); i++)
        {
            var at = $"/stock/{i}";
            if (changes![i] is not { } change) fields.Add(at, "required", "is null");
            else read.Add((
                fields.Id($"{at}/sku", change.Sku), fields.Id($"{at}/node", change.Node),
                fields.Number($"{at}/delta", change.Delta, -int.MaxValue, int.MaxValue)));
        }

        return read.ToImmutable();
    }
}
