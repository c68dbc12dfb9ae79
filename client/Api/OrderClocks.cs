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

    /// <summary>
    /// How soon all of an order has left after its acceptance, or after the goods may leave where that is later: not
    /// before a day that the buyer or the goods name, nor before backordered units are in. Time in which it is held
    /// counts.
    /// </summary>
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
        Readiness ready = new();
        foreach (var fact in facts)
        {
            if (fact.Event is OrderEvent happened)
            {
                progress = progress.After(happened);
                ready.Note(happened, fact.At);
            }

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
        // What leaves at the end of time, as an old order may ask, has no clock.
        if (accepted is { } at && progress.Live > 0 && ready.From(at) is { } from
            && from < DateTimeOffset.MaxValue - ShipWithin)
            clocks.Add(Clock(Ship, from + ShipWithin, progress.Shipped == progress.Live ? left : null, now));
        if (asked is not null) clocks.Add(Clock(Refund, asked.Value + RefundWithin, back, now));
        return clocks;
    }

    /// <summary>Since when all goods of an order may leave.</summary>
    sealed class Readiness
    {
        readonly Dictionary<string, DateTimeOffset?> _expected = [];
        DateTimeOffset _notBefore = DateTimeOffset.MinValue;

        /// <summary>For an order accepted then; null while units are to come at a time not known.</summary>
        public DateTimeOffset? From(DateTimeOffset accepted) => _expected.ContainsValue(null) ? null
            : _expected.Values.Select(at => at!.Value).Append(_notBefore).Append(accepted).Max();

        public void Note(OrderEvent happened, DateTimeOffset at)
        {
            switch (happened)
            {
                case OrderEvent.OrderPlaced { Wishes.NotBefore: { } notBefore }:
                    Later(notBefore);
                    break;
                case OrderEvent.FulfilmentOpened e:
                    foreach (var opened in e.Fulfilments) Later(opened.NotBefore ?? DateTimeOffset.MinValue);
                    break;
                case OrderEvent.ClaimChanged e:
                    if (_expected.ContainsKey(e.Sku) && e.Standing.Backordered == 0) Later(at);
                    Note(e.Sku, e.Standing);
                    break;
            }

            if (Order.AnswerOf(happened) is { } answer) Note(answer.Sku, answer.Standing);
        }

        void Note(string sku, Inventory.Standing standing)
        {
            if (standing.Backordered > 0) _expected[sku] = standing.Expected;
            else _expected.Remove(sku);
        }

        void Later(DateTimeOffset at) => _notBefore = at > _notBefore ? at : _notBefore;
    }

    static ClockBody Clock(string name, DateTimeOffset due, DateTimeOffset? met, DateTimeOffset now) =>
        new(name, due, met, (met ?? now) > due);
}
