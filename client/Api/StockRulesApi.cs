using System.Collections.Immutable;
using System.Diagnostics;
using Fulfillment.Inventory;
using Fulfillment.Purchasing;
using Fulfillment.Views;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>What is kept back from channels, who is told of low stock, and when more is ordered.</summary>
public static class StockRulesApi
{
    const int MostDays = 1_000;
    static readonly string[] Kinds = ["level", "listing", "reorder"];

    /// <summary>Adds the routes.</summary>
    public static void MapStockRules(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/v1/skus/{sku}/stock-rules", Put)
            .Describe("putStockRules", "Sets buffers, levels and the reorder point", "stock")
            .Accepts<StockRulesRequest>("application/json").Answers<StockRulesBody>(200).Refuses(400, 404, 409, 412);
        routes.MapGet("/v1/skus/{sku}/stock-rules", Get)
            .Describe("getStockRules", "Buffers, levels and reorder point, and what channels may offer now", "stock")
            .Answers<StockRulesBody>(200).Refuses(404, 409);
        routes.MapGet("/v1/stock-alerts", Alerts)
            .Describe("listStockAlerts", "Levels that were crossed, listings paused, orders written; newest first",
                "stock")
            .Answers<PageBody<StockAlertBody>>(200).Refuses(400);
    }

    static async Task<IResult> Put(HttpContext http, Backend backend, string sku)
    {
        var (seat, body) = await StockApi.Start(http, backend, sku);
        var rules = Read(Requests.Parse(body.Span, ApiJson.Wire.StockRulesRequest));
        foreach (var (field, node) in NodesOf(rules))
        {
            if ((await seat.Node(node).Get(http.RequestAborted)).Card is null)
                return NodesApi.UnknownAt(field, node);
        }

        var revision = http.IfMatch();
        if (revision == Requests.AnyRevision)
        {
            if (await Ask(http, seat, sku, new SkuCommand.GetRules()) is { Watch: null }) return SkusApi.Stale(0);
            revision = null;
        }

        await http.Operation(backend, seat, sku, body);
        return Told(sku, await Ask(http, seat, sku, new SkuCommand.SetRules(rules, revision)));
    }

    static async Task<IResult> Get(HttpContext http, Backend backend, string sku)
    {
        Requests.PathId("sku", sku);
        return Told(sku, await Ask(http, http.Seat(backend), sku, new SkuCommand.GetRules()));
    }

    static IResult Alerts(
        HttpContext http, Backend backend, string? sku, string? kind, bool? open, string? cursor, string? limit)
    {
        Fields fields = new();
        if (sku is not null) fields.Id("sku", sku);
        if (kind is not null && !Kinds.Contains(kind))
            fields.Add("kind", "unknown-value", $"must be one of {string.Join(", ", Kinds)}");
        fields.Check();
        var page = Paging.Of(() => backend.Views.Alerts.List(
            http.Seller(), sku, kind, open, cursor, Requests.Limit(limit)));
        return Answer.Ok(new([.. page.Items.Select(Body)], page.Next), ApiJson.Wire.StockAlertPage);
    }

    static ValueTask<StockRulesReply> Ask(
        HttpContext http, Seat seat, string sku, ICommand<StockRulesReply> command) =>
        StockApi.Ask(http, seat, sku, command);

    static IResult Told(string sku, StockRulesReply reply) => reply.Status switch
    {
        RulesStatus.UnknownSku => SkusApi.Unknown(sku),
        RulesStatus.IsKit => SkusApi.IsKit(sku),
        RulesStatus.Stale => SkusApi.Stale(reply.Watch?.Revision ?? 0),
        RulesStatus.Set or RulesStatus.Unchanged =>
            Answer.Ok(Body(sku, reply), ApiJson.Wire.StockRulesBody, reply.Watch?.Revision ?? 0),
        RulesStatus.NotValid => throw new UnreachableException($"The rules of {sku} were checked, and are refused."),
    };

    static StockRules Read(StockRulesRequest request)
    {
        Fields fields = new();
        var levels = Each(fields, "/levels", request.Levels, StockRules.MaxLevels, l => l.Name, (level, at) =>
            new StockLevel(
                fields.Id($"{at}/name", level.Name), Units(fields, $"{at}/at", level.At, required: true) ?? 0,
                level.Node is null ? null : fields.Id($"{at}/node", level.Node)), "name");
        var kept = Each(fields, "/nodes", request.Nodes, StockRules.MaxKept, n => n.Node, (node, at) =>
            new NodeUnits(
                fields.Id($"{at}/node", node.Node), Units(fields, $"{at}/keep", node.Keep, required: true) ?? 0),
            "node");
        var channels = Each(fields, "/channels", request.Channels, StockRules.MaxChannels, c => c.Channel,
            (channel, at) => new ChannelRule(
                fields.Id($"{at}/channel", channel.Channel), Units(fields, $"{at}/buffer", channel.Buffer) ?? 0,
                Units(fields, $"{at}/cap", channel.Cap), Units(fields, $"{at}/lease", channel.Lease),
                fields.Number($"{at}/resumeAt", channel.ResumeAt ?? 1, 1, StockRules.MaxUnits)), "channel");
        var buffer = Units(fields, "/buffer", request.Buffer) ?? 0;
        var reorder = request.Reorder is { } r ? Read(fields, r) : null;
        fields.Check();
        return new(levels, buffer, kept, channels, reorder);
    }

    static ReorderRule Read(Fields fields, ReorderRequest request)
    {
        const string at = "/reorder";
        var cost = fields.Money($"{at}/unitCost", request.UnitCost, required: true);
        ReorderRule rule = new(
            Units(fields, $"{at}/point", request.Point, required: true) ?? 0,
            Units(fields, $"{at}/upTo", request.UpTo, required: true) ?? 0,
            fields.Id($"{at}/supplier", request.Supplier), fields.Id($"{at}/node", request.Node),
            cost?.AmountMinor ?? 0, cost?.Currency ?? "",
            fields.Number($"{at}/leadDays", request.LeadDays, 0, MostDays),
            fields.Number($"{at}/multiple", request.Multiple ?? 1, 1, int.MaxValue));
        if (request is { Point: not null, UpTo: not null } && rule.UpTo <= rule.Point)
            fields.Add($"{at}/upTo", "out-of-range", "must be more than the point at which is ordered");
        return rule;
    }

    static long? Units(Fields fields, string field, long? value, bool required = false)
    {
        if (value is not null) return fields.Number(field, value, 0, StockRules.MaxUnits);
        if (required) fields.Add(field, "required", "is missing");
        return null;
    }

    /// <summary>A list of things that have a name of their own; default for none.</summary>
    static ImmutableArray<T> Each<TRequest, T>(
        Fields fields, string field, IReadOnlyList<TRequest?>? items, int most, Func<TRequest, string?> name,
        Func<TRequest, string, T> read, string named) where TRequest : class
    {
        if (items is null or []) return default;
        if (items.Count > most)
        {
            fields.Add(field, "too-many", $"must be at most {most}");
            return default;
        }

        HashSet<string> names = new(StringComparer.Ordinal);
        var all = ImmutableArray.CreateBuilder<T>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is not { } item)
            {
                fields.Add($"{field}/{i}", "wrong-type", "must not be null");
                continue;
            }

            all.Add(read(item, $"{field}/{i}"));
            if (name(item) is { } n && !names.Add(n))
                fields.Add($"{field}/{i}/{named}", "duplicate", $"is there already: {n}");
        }

        return all.DrainToImmutable();
    }

    static IEnumerable<(string Field, string Node)> NodesOf(StockRules rules)
    {
        for (var i = 0; i < (rules.Levels.IsDefault ? 0 : rules.Levels.Length); i++)
            if (rules.Levels[i].Node is { } node) yield return ($"/levels/{i}/node", node);
        for (var i = 0; i < (rules.Kept.IsDefault ? 0 : rules.Kept.Length); i++)
            yield return ($"/nodes/{i}/node", rules.Kept[i].Node);
        if (rules.Reorder is { } reorder) yield return ("/reorder/node", reorder.Node);
    }

    static StockRulesBody Body(string sku, StockRulesReply reply)
    {
        var watch = reply.Watch ?? new(new(), 0);
        var (rules, crossed) = (watch.Rules, watch.Crossed.IsDefault ? [] : watch.Crossed);
        return new(
            sku, reply.Available, rules.Buffer, reply.Kept == 0 ? null : reply.Kept,
            [.. Listed(rules.Levels).Select(l => new StockLevelBody(l.Name, l.At, l.Node, crossed.Contains(l.Name)))],
            [.. Listed(rules.Kept).Select(k => new KeptBody(k.Node, k.Units))],
            [
                .. reply.Published.Select(p => new ChannelRuleBody(
                    p.Rule.Channel, p.Rule.Buffer, p.Rule.Cap, p.Rule.Lease, p.Rule.ResumeAt, p.Units, p.Paused)),
            ],
            rules.Reorder is not { } r ? null : new(
                r.Point, r.UpTo, r.Supplier, r.Node, new(r.CostMinor, r.Currency), r.LeadDays, r.Multiple,
                reply.Position, watch.Reorder, watch.Declined ? true : null),
            watch.Revision);
    }

    static ImmutableArray<T> Listed<T>(ImmutableArray<T> list) => list.IsDefault ? [] : list;

    static StockAlertBody Body(StockAlertRow row) => new(
        row.Sku, row.Kind, row.Name, row.Node, row.Units, row.Available,
        DateTimeOffset.FromUnixTimeMilliseconds(row.At),
        row.Ended is { } ended ? DateTimeOffset.FromUnixTimeMilliseconds(ended) : null, row.Position);

    /// <summary>Whether an id is one that only SKUs give to the orders that they write.</summary>
    internal static bool IsReorder(string id) => id.StartsWith(Sku.ReorderPrefix, StringComparison.Ordinal)
        || id.StartsWith(Sku.ReorderHashPrefix, StringComparison.Ordinal);
}
