using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Fulfillment.Ordering;

/// <summary>Where the work given to a node stands. Derived from its units.</summary>
public enum FulfilmentStatus
{
    /// <summary>Nothing has left yet.</summary>
    [JsonStringEnumMemberName("open")] Open,

    /// <summary>Some units have left, some have not.</summary>
    [JsonStringEnumMemberName("in-progress")] InProgress,

    /// <summary>All units that were not withdrawn have left.</summary>
    [JsonStringEnumMemberName("closed")] Closed,

    /// <summary>All units were withdrawn.</summary>
    [JsonStringEnumMemberName("cancelled")] Cancelled,
}

/// <summary>Units of an order's line in a fulfilment order.</summary>
public sealed record FulfilmentLine(string Line, string Sku, int Quantity, int Withdrawn, int Shipped, int Delivered)
{
    /// <summary>Units that are still to leave.</summary>
    public int Open => Quantity - Withdrawn - Shipped;
}

/// <summary>Goods that left together.</summary>
public sealed record Shipment(
    string Id, DateTimeOffset At, ImmutableArray<LineUnits> Lines, string? Carrier, string? TrackingNumber);

/// <summary>Work given to one node: the order's units that it ships.</summary>
public sealed record Fulfilment(
    int Number, string Node, ImmutableArray<FulfilmentLine> Lines, ImmutableArray<Shipment> Shipments,
    DateTimeOffset? DeliveredAt)
{
    /// <summary>What users call it.</summary>
    public FulfilmentStatus Status =>
        Lines.All(l => l.Withdrawn == l.Quantity) ? FulfilmentStatus.Cancelled
        : Lines.All(l => l.Open == 0) ? FulfilmentStatus.Closed
        : Lines.Any(l => l.Shipped > 0) ? FulfilmentStatus.InProgress
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

    Fulfilment With(IEnumerable<LineUnits> lines, Func<FulfilmentLine, int, FulfilmentLine> change)
    {
        var units = lines.ToDictionary(l => l.Line, l => l.Units);
        return this with
        {
            Lines = [.. Lines.Select(l => units.TryGetValue(l.Line, out var n) ? change(l, n) : l)],
        };
    }
}
