using Fulfillment.Ordering;

namespace Fulfillment.Client.Api;

/// <summary>
/// What was promised to the buyer about an order, and whether it is kept. An order does not know since when it is
/// accepted or cancelled, so there is one clock only, and only as long as it runs: that he is told, soon after he
/// ordered, whether he gets what he wants.
/// </summary>
static class OrderClocks
{
    /// <summary>The clock of an order that is neither accepted nor rejected.</summary>
    public const string Acknowledge = "acknowledge";

    /// <summary>How soon a buyer is told.</summary>
    public static readonly TimeSpan AcknowledgeWithin = TimeSpan.FromMinutes(15);

    /// <summary>The clocks that run; null when none does.</summary>
    public static IReadOnlyList<ClockBody>? Of(OrderReply order, DateTimeOffset now)
    {
        if (order.Status is not (OrderStatus.Received or OrderStatus.Held) || order.Fulfilments.Length > 0) return null;
        var due = order.Placed.PlacedAt + AcknowledgeWithin;
        return [new(Acknowledge, due, null, now > due)];
    }
}
