using System.Collections.Immutable;
using Fulfillment.Warehousing;

namespace Fulfillment.Routing;

/// <summary>Days on which somebody works: days of the week without holidays.</summary>
static class WorkDays
{
    /// <summary>Days that are looked at for the next one; who works on none of them does not work.</summary>
    public const int Horizon = 366;

    /// <summary>Whether it is one.</summary>
    public static bool Has(Weekdays days, ImmutableArray<DateOnly> holidays, DateOnly day) =>
        ((int)days & (1 << (((int)day.DayOfWeek + 6) % 7))) != 0
        && (holidays.IsDefaultOrEmpty || !holidays.Contains(day));

    /// <summary>The first from <paramref name="day"/> on; null when there is none.</summary>
    public static DateOnly? From(Weekdays days, ImmutableArray<DateOnly> holidays, DateOnly day)
    {
        for (var i = 0; i < Horizon; i++, day = day.AddDays(1))
            if (Has(days, holidays, day)) return day;
        return null;
    }

    /// <summary>So many of them after <paramref name="day"/>; null when that is beyond the horizon.</summary>
    public static DateOnly? After(Weekdays days, ImmutableArray<DateOnly> holidays, DateOnly day, int count)
    {
        for (; count > 0; count--)
        {
            if (From(days, holidays, day.AddDays(1)) is not { } next) return null;
            day = next;
        }

        return day;
    }
}
