using Fulfillment.Ordering;
using Fulfillment.Payments;

namespace Fulfillment.Client.Api;

/// <summary>
/// What is promised to the buyer of every order, and whether it is kept: that he is told soon whether he gets what he
/// wants, that goods leave soon after that, that money goes back soon after it is due. Read from what happened, so they
/// tell the same whenever they are asked. Times in UTC.
/// </summary>
public static class OrderClocks
{
    /// <summary>The clocks: until accepted or rejected; until all has left; until money that is due is back.</summary>
    public const string Acknowledge = "acknowledge", Ship = "ship", Refund = "refund";

    /// <summary>How soon a buyer is told.</summary>
    public static readonly TimeSpan AcknowledgeWithin = TimeSpan.FromMinutes(15);

    /// <summary>How soon after its acceptance all of an order has left. Time in which it is held counts.</summary>
    public static readonly TimeSpan ShipWithin = TimeSpan.FromDays(2);

    /// <summary>How soon money is back after a provider should give it back.</summary>
    public static readonly TimeSpan RefundWithin = TimeSpan.FromDays(5);

    /// <summary>
    /// The clocks that have begun, in the order in which they do. <paramref name="facts"/>: of the order and its
    /// payment, by position. An order that is cancelled whole is not to be shipped any more.
    /// </summary>
    public static List<ClockBody> Of(IEnumerable<Fact> facts, DateTimeOffset now)
    {
        DateTimeOffset? placed = null, told = null, accepted = null, left = null, asked = null, back = null;
        OrderProgress progress = default;
        foreach (var fact in facts)
        {
            if (fact.Event is OrderEvent happened) progress = progress.After(happened);
            switch (fact.Event)
            {
                case OrderEvent.OrderPlaced e:
                    placed = e.PlacedAt;
                    break;
                case OrderEvent.OrderAccepted:
                    (told, accepted) = (told ?? fact.At, fact.At);
                    break;
                case OrderEvent.OrderRejected or OrderEvent.OrderCancelled when progress.Live == 0
                    || progress.Phase == OrderPhase.Rejected:
                    told ??= fact.At;
                    break;
                case OrderEvent.GoodsShipped:
                    left = progress.Shipped == progress.Live ? fact.At : null;
                    break;
                case PaymentEvent.RefundAsked:
                    (asked, back) = (fact.At, null);
                    break;
                case PaymentEvent.MoneyReturned:
                    back = fact.At;
                    break;
            }
        }

        List<ClockBody> clocks = [];
        if (placed is not null) clocks.Add(Clock(Acknowledge, placed.Value + AcknowledgeWithin, told, now));
        if (accepted is not null && progress.Live > 0)
            clocks.Add(Clock(Ship, accepted.Value + ShipWithin, progress.Shipped == progress.Live ? left : null, now));
        if (asked is not null) clocks.Add(Clock(Refund, asked.Value + RefundWithin, back, now));
        return clocks;
    }

    static ClockBody Clock(string name, DateTimeOffset due, DateTimeOffset? met, DateTimeOffset now) =>
        new(name, due, met, (met ?? now) > due);
}
