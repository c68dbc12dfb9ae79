using System.Collections.Immutable;

namespace Fulfillment.Routing;

/// <summary>What a node can keep: the day that it works on it, and the promise.</summary>
public sealed record NodePromise(DateOnly Day, Promise Promise);

/// <summary>Whether a speed can be offered; what prevents it, null when nothing does.</summary>
public readonly record struct SpeedOffer(bool Offered, PromiseStep? Prevents);

/// <summary>
/// When goods leave a node and arrive, and what takes how long; pure, and so the same before and after.
/// </summary>
public static class Promises
{
    /// <summary>
    /// The promise; null when the node has no day with room within <see cref="HorizonDays"/>, or the carrier never
    /// works. Goods leave on the node's working day, its processing days later, with the carrier's first collection
    /// then: one on the very day only when work begins before the carrier's hand-over. They are delivered on days on
    /// which the carrier works.
    /// </summary>
    public static NodePromise? Of(in WorkAsk ask, Carriage carriage) =>
        NodeWork.Of(ask, out _) is { } work && Leg.Of(work, carriage) is { } leg
            ? new(work.Day, leg.Promise(work, carriage)) : null;

    /// <summary>Days that are looked at for one on which the node works and has room.</summary>
    public const int HorizonDays = NodeWork.HorizonDays;

    /// <summary>
    /// Whether delivery on the day of the ask, or on the day after it, can be promised: when there is stock, and
    /// cutoff, calendar, capacity and carrier all allow it. Days are those of the node.
    /// </summary>
    public static (SpeedOffer SameDay, SpeedOffer NextDay) Offers(in WorkAsk ask, bool inStock, Carriage carriage)
    {
        LocalClock clock = new((ask.Node.Card.Facts ?? Warehousing.NodeFacts.Ordinary).TimeZone);
        var today = clock.Day(ask.At);
        return (Offer(ask, inStock, carriage, today, today), Offer(ask, inStock, carriage, today, today.AddDays(1)));
    }

    static SpeedOffer Offer(in WorkAsk ask, bool inStock, Carriage carriage, DateOnly today, DateOnly wanted)
    {
        if (!inStock) return new(false, PromiseStep.Stock);
        if (ask.Node.Offline) return new(false, PromiseStep.Capacity);
        if (LastCollection(carriage, today, wanted, out var slow) is not { } last) return new(false, slow);
        if (NodeWork.Of(ask, out var why) is not { } work)
            return new(false, why == Constraint.Blackout ? PromiseStep.NodeCalendar : PromiseStep.Capacity);
        if (Leg.Of(work, carriage) is not { } leg) return new(false, PromiseStep.CarrierCalendar);
        if (leg.Latest.Delivered <= wanted) return new(true, null);

        // Work that begins when the day is over comes too late; goods that leave then are in time.
        var over = work.Clock.End(last);
        var late = leg.Promise(work, carriage).Parts
            .First(p => p.Step < PromiseStep.Processing ? p.Until >= over : p.Until > over);
        return new(false, late.Step);
    }

    /// <summary>
    /// The last day on which the goods may leave to be there in time; null, and why, when there is none.
    /// </summary>
    static DateOnly? LastCollection(Carriage carriage, DateOnly today, DateOnly wanted, out PromiseStep slow)
    {
        slow = PromiseStep.Transit;
        if (carriage.Tariff is not { } tariff) return null;
        for (var day = wanted; day >= today; day = day.AddDays(-1))
            if (carriage.Collects(day) == day && carriage.Arrives(day, tariff.MaxDays)?.Delivered <= wanted) return day;
        var days = wanted.DayNumber - today.DayNumber;
        slow = tariff.MaxDays > days ? PromiseStep.Transit
            : tariff.MaxDays + carriage.ClearanceDays > days ? PromiseStep.Customs : PromiseStep.CarrierCalendar;
        return null;
    }

    /// <summary>
    /// The days of the way. <c>Missed</c>: the goods are ready on <c>Ready</c>, after that day's last hand-over.
    /// </summary>
    internal readonly record struct Leg(
        bool Missed, DateOnly Collected, DateOnly EarliestDelivery,
        (DateOnly Travelled, DateOnly Cleared, DateOnly Delivered) Latest)
    {
        /// <summary>Null when the carrier does not work.</summary>
        public static Leg? Of(in NodeWork work, Carriage carriage)
        {
            var missed = work.Leaves == work.Day && carriage.Tariff?.Cutoff is { } cutoff
                && work.Begins >= work.Clock.At(work.Day, cutoff);
            var (least, most) = carriage.Tariff is { } t ? (Math.Min(t.MinDays, t.MaxDays), t.MaxDays) : default;
            if (carriage.Collects(missed ? work.Leaves.AddDays(1) : work.Leaves) is not { } collected) return null;
            return carriage.Arrives(collected, least) is var (_, _, earliest)
                && carriage.Arrives(collected, most) is { } latest ? new(missed, collected, earliest, latest) : null;
        }

        /// <summary>All of it, on the slowest way.</summary>
        public Promise Promise(in NodeWork work, Carriage carriage)
        {
            var clock = work.Clock;
            var leaves = carriage.HandOver(clock, Collected);
            var processed = Collected == work.Leaves ? leaves
                : Missed ? clock.End(work.Leaves) : carriage.HandOver(clock, work.Leaves);
            var start = clock.Start(Collected);
            var parts = ImmutableArray.CreateBuilder<PromisePart>(4);
            var from = work.From;
            Add(PromiseStep.Stock, work.Stocked);
            Add(PromiseStep.SupplierLead, work.Supplied);
            Add(PromiseStep.Cutoff, work.CutOver);
            Add(PromiseStep.NodeCalendar, work.Opened);
            Add(PromiseStep.Capacity, work.Begins);
            Add(PromiseStep.Processing, processed);
            Add(PromiseStep.CarrierCalendar, leaves);
            if (carriage.Tariff is not null)
            {
                Add(PromiseStep.Transit, clock.End(Latest.Travelled));
                Add(PromiseStep.Customs, clock.End(Latest.Cleared));
                Add(PromiseStep.CarrierCalendar, clock.End(Latest.Delivered));
            }

            return new(
                work.From, work.Begins > start ? work.Begins : start, leaves, EarliestDelivery, Latest.Delivered,
                parts.DrainToImmutable());

            void Add(PromiseStep step, DateTimeOffset until)
            {
                if (until <= from) return;
                parts.Add(new(step, until));
                from = until;
            }
        }
    }
}
