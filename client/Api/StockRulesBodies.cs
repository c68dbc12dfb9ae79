namespace Fulfillment.Client.Api;

// What requests and answers about buffers, levels and reorders look like.

public sealed record StockRulesRequest(
    IReadOnlyList<StockLevelRequest?>? Levels, long? Buffer, IReadOnlyList<KeptRequest?>? Nodes,
    IReadOnlyList<ChannelRuleRequest?>? Channels, ReorderRequest? Reorder);

public sealed record StockLevelRequest(string? Name, long? At, string? Node);

public sealed record KeptRequest(string? Node, long? Keep);

public sealed record ChannelRuleRequest(string? Channel, long? Buffer, long? Cap, long? Lease, long? ResumeAt);

public sealed record ReorderRequest(
    long? Point, long? UpTo, string? Supplier, string? Node, MoneyBody? UnitCost, long? LeadDays, long? Multiple);

/// <summary><c>Crossed</c>: there are no more units than <c>At</c>, and it was told.</summary>
public sealed record StockLevelBody(string Name, long At, string? Node, bool Crossed);

public sealed record KeptBody(string Node, long Keep);

/// <summary><c>Published</c>: min(lease, available - buffers, cap), at least 0.</summary>
public sealed record ChannelRuleBody(
    string Channel, long Buffer, long? Cap, long? Lease, long ResumeAt, long Published, bool Paused);

/// <summary><c>Position</c>: available and expected less backordered. <c>Open</c>: the order written.</summary>
public sealed record ReorderBody(
    long Point, long UpTo, string Supplier, string Node, MoneyBody UnitCost, int LeadDays, int Multiple, long Position,
    string? Open, bool? Declined);

public sealed record StockRulesBody(
    string Sku, long Available, long Buffer, long? KeptByNodes, IReadOnlyList<StockLevelBody> Levels,
    IReadOnlyList<KeptBody> Nodes, IReadOnlyList<ChannelRuleBody> Channels, ReorderBody? Reorder, long Revision);

/// <summary>
/// <c>Kind</c>: level, listing or reorder; <c>Name</c>: the level, the channel, the purchase order. <c>Ended</c>: when
/// it was over; null while it is not.
/// </summary>
public sealed record StockAlertBody(
    string Sku, string Kind, string Name, string? Node, long Units, long Available, DateTimeOffset Since,
    DateTimeOffset? Ended, long Position);
