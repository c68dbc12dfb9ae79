using System.Collections.Immutable;
using Fulfillment.Warehousing;

namespace Fulfillment.Routing;

/// <summary>
/// What a node's working day depends on. <c>At</c>: when the promise is made. <c>Ready</c>: when the stock is there and
/// may leave; not before <c>At</c>. <c>Refused</c>: days on which the node had no room when it was asked.
/// </summary>
public readonly record struct WorkAsk(
    string Name, NodeNow Node, DateTimeOffset At, DateTimeOffset Ready, ImmutableArray<Blackout> Blackouts,
    ImmutableArray<DateOnly> Refused);

/// <summary>
/// When a node works on goods: the first of its working days that has room. Each instant is where a part of the promise
/// ends, none before the one above it.
/// </summary>
readonly record struct NodeWork(
    LocalClock Clock, DateTimeOffset From, DateTimeOffset Stocked, DateTimeOffset Supplied, DateTimeOffset CutOver,
    DateTimeOffset Opened, DateTimeOffset Begins, DateOnly Day, DateOnly Leaves)
{
    /// <summary>Days that are looked at for one with room.</summary>
    public const int HorizonDays = 60;

    /// <summary>
    /// Days end with the year 9999, and the slowest way of the strangest calendars takes some centuries: what is ready
    /// later than this is not planned.
    /// </summary>
    static readonly DateTimeOffset Latest = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The work; null, and the constraint that is in its way, when there is no day in the horizon.</summary>
    public static NodeWork? Of(in WorkAsk ask, out Constraint why)
    {
        var facts = ask.Node.Card.Facts ?? NodeFacts.Ordinary;
        LocalClock clock = new(facts.TimeZone);
        var stocked = ask.Ready > ask.At ? ask.Ready : ask.At;
        why = Constraint.Horizon;
        if (stocked > Latest) return null;
        var supplied = clock.Later(stocked, facts.LeadDays);
        var first = clock.Day(supplied);
        var cutOver = supplied;
        // What comes at the very minute of the cutoff comes too late: it has to come before.
        if (Works(ask, facts, first) && supplied >= clock.At(first, facts.Cutoff))
        {
            cutOver = clock.End(first);
            first = first.AddDays(1);
        }

        if (FindDays(ask, facts, first, out why) is not var (open, day)) return null;
        why = Constraint.Capacity;
        if (Leave(ask, facts, day) is not { } leaves) return null;
        var opened = open == first ? cutOver : clock.Start(open);
        var begins = day == open ? opened : clock.Start(day);
        return new(clock, ask.At, stocked, supplied, cutOver, opened, begins, day, leaves);
    }

    /// <summary>The first working day, and the first with room.</summary>
    static (DateOnly Open, DateOnly Day)? FindDays(
        in WorkAsk ask, NodeFacts facts, DateOnly first, out Constraint why)
    {
        DateOnly? open = null;
        var blackout = false;
        var day = first;
        for (var i = 0; i < HorizonDays; i++, day = day.AddDays(1))
        {
            if (!Works(ask, facts, day))
            {
                blackout |= IsBlackout(ask, day);
                continue;
            }

            open ??= day;
            if (!HasRoom(ask, day)) continue;
            why = default;
            return (open.Value, day);
        }

        why = open is null && blackout ? Constraint.Blackout : Constraint.Capacity;
        return null;
    }

    static DateOnly? Leave(in WorkAsk ask, NodeFacts facts, DateOnly day)
    {
        var left = facts.ProcessingDays;
        for (var i = 0; left > 0; i++)
        {
            if (i == WorkDays.Horizon) return null;
            day = day.AddDays(1);
            if (Works(ask, facts, day)) left--;
        }

        return day;
    }

    static bool Works(in WorkAsk ask, NodeFacts facts, DateOnly day) =>
        WorkDays.Has(facts.Days, facts.Holidays, day) && !IsBlackout(ask, day);

    static bool IsBlackout(in WorkAsk ask, DateOnly day)
    {
        if (ask.Blackouts.IsDefaultOrEmpty) return false;
        foreach (var blackout in ask.Blackouts)
            if (blackout.Node == ask.Name && blackout.From <= day && day <= blackout.Until) return true;
        return false;
    }

    static bool HasRoom(in WorkAsk ask, DateOnly day) =>
        (ask.Refused.IsDefaultOrEmpty || !ask.Refused.Contains(day))
        && (ask.Node.Card.CapacityPerDay is not { } capacity || ask.Node.Used.GetValueOrDefault(day) < capacity);
}
