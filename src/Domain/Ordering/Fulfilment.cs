using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Fulfillment.Ordering;

/// <summary>Where the work given to a node stands. Derived from its units.</summary>
public enum FulfilmentStatus
{
    /// <summary>Nothing has left yet.</summary>
    [JsonStringEnumMemberName("open")] Open,

    /// <summary>A hold of the order stops it.</summary>
    [JsonStringEnumMemberName("on-hold")] OnHold,

    /// <summary>A node works on it, or some units have left and some have not.</summary>
    [JsonStringEnumMemberName("in-progress")] InProgress,

    /// <summary>All units that were not withdrawn have left.</summary>
    [JsonStringEnumMemberName("closed")] Closed,

    /// <summary>All units were withdrawn.</summary>
    [JsonStringEnumMemberName("cancelled")] Cancelled,
}

/// <summary>Units of an order's line in a fulfilment order. <c>Stopping</c>: open ones that must not leave.</summary>
public sealed record FulfilmentLine(
    string Line, string Sku, int Quantity, int Withdrawn, int Shipped, int Delivered, int Stopping = 0)
{
    /// <summary>Units that have not left.</summary>
    public int Open => Quantity - Withdrawn - Shipped;

    /// <summary>Units that may leave.</summary>
    public int MayLeave => Open - Stopping;
}

/// <summary>Goods that left together.</summary>
public sealed record Shipment(
    string Id, DateTimeOffset At, ImmutableArray<LineUnits> Lines, string? Carrier, string? TrackingNumber);

/// <summary>
/// Work given to one node: the order's units that it ships. <c>StartedAt</c>: since when the node works on it, null
/// before: what is started is stopped by an intercept only. <c>OnHold</c>: the order is held.
/// </summary>
public sealed record Fulfilment(
    int Number, string Node, ImmutableArray<FulfilmentLine> Lines, ImmutableArray<Shipment> Shipments,
    DateTimeOffset? DeliveredAt, DateTimeOffset? StartedAt = null, bool OnHold = false)
{
    /// <summary>What users call it.</summary>
    public FulfilmentStatus Status =>
        Lines.All(l => l.Withdrawn == l.Quantity) ? FulfilmentStatus.Cancelled
        : Lines.All(l => l.Open == 0) ? FulfilmentStatus.Closed
        : OnHold ? FulfilmentStatus.OnHold
        : StartedAt is not null || Lines.Any(l => l.Shipped > 0) ? FulfilmentStatus.InProgress
        : FulfilmentStatus.Open;

    /// <summary>As it was opened.</summary>
    public static Fulfilment Of(NewFulfilment opened) => new(
        opened.Number, opened.Node,
        ImmutableArray.CreateRange(opened.Lines, l => new FulfilmentLine(l.Line, l.Sku, l.Units, 0, 0, 0)), [], null);

    /// <summary>The fulfilment order after units were withdrawn.</summary>
    public Fulfilment Withdraw(IEnumerable<LineUnits> lines) =>
        With(lines, (l, n) => l with { Withdrawn = l.Withdrawn + n });

    /// <summary>The fulfilment order after goods left.</summary>
    public Fulfilment Ship(OrderEvent.GoodsShipped e) =>
        With(e.Lines, (l, n) => l with { Shipped = l.Shipped + n }) with
        {
            Shipments = Shipments.Add(new(e.Id, e.At, e.Lines, e.Carrier, e.TrackingNumber)),
        };

    /// <summary>The fulfilment order after goods arrived.</summary>
    public Fulfilment Deliver(OrderEvent.GoodsDelivered e) =>
        With(e.Lines, (l, n) => l with { Delivered = l.Delivered + n }) with { DeliveredAt = e.At };

    /// <summary>The fulfilment order after units were to be stopped, or (negative) no longer.</summary>
    public Fulfilment Stop(IEnumerable<LineUnits> lines) =>
        With(lines, (l, n) => l with { Stopping = l.Stopping + n });

    Fulfilment With(IEnumerable<LineUnits> lines, Func<FulfilmentLine, int, FulfilmentLine> change)
    {
        var units = lines.ToDictionary(l => l.Line, l => l.Units);
        return this with
        {
            Lines = [.. Lines.Select(l => units.TryGetValue(l.Line, out var n) ? change(l, n) : l)],
        };
    }
}
