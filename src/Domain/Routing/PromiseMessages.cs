using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Fulfillment.Routing;

/// <summary>What a part of the way to the buyer waits for, in the order in which they follow each other.</summary>
public enum PromiseStep
{
    /// <summary>Stock that is expected, or sold before its first day.</summary>
    [JsonStringEnumMemberName("stock")] Stock,

    /// <summary>The supplier's lead time.</summary>
    [JsonStringEnumMemberName("supplier-lead")] SupplierLead,

    /// <summary>Ordered after the day's cutoff.</summary>
    [JsonStringEnumMemberName("cutoff")] Cutoff,

    /// <summary>The node does not work on that day.</summary>
    [JsonStringEnumMemberName("node-calendar")] NodeCalendar,

    /// <summary>The node is full on that day.</summary>
    [JsonStringEnumMemberName("capacity")] Capacity,

    /// <summary>Picking and packing.</summary>
    [JsonStringEnumMemberName("processing")] Processing,

    /// <summary>
    /// The carrier does not collect, or, as the last part, does not deliver what was cleared, on that day.
    /// </summary>
    [JsonStringEnumMemberName("carrier-calendar")] CarrierCalendar,

    /// <summary>On the way.</summary>
    [JsonStringEnumMemberName("transit")] Transit,

    /// <summary>At the border.</summary>
    [JsonStringEnumMemberName("customs")] Customs,
}

/// <summary>One part of the way: what takes until when, on the slowest way that the promise allows for.</summary>
public sealed record PromisePart(PromiseStep Step, DateTimeOffset Until);

/// <summary>
/// When goods leave and arrive. Ship times are instants; delivery dates are those of the place they go to. Parts in the
/// order in which they follow each other, each beginning where the one before ends; the first begins at <c>From</c>.
/// </summary>
public sealed record Promise(
    DateTimeOffset From, DateTimeOffset EarliestShip, DateTimeOffset LatestShip, DateOnly EarliestDelivery,
    DateOnly LatestDelivery, ImmutableArray<PromisePart> Parts);
