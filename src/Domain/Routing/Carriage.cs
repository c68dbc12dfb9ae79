using System.Collections.Immutable;
using Fulfillment.Warehousing;

namespace Fulfillment.Routing;

/// <summary>
/// How goods travel: by a tariff (null: nobody knows how, and they arrive on the day they leave), when its carrier
/// works (null: Monday to Friday), and the working days that the border takes.
/// </summary>
public readonly record struct Carriage(Tariff? Tariff, CarrierCalendar? Calendar = null, int ClearanceDays = 0)
{
    Weekdays Days => Calendar?.Days ?? Weekdays.WorkingDays;

    ImmutableArray<DateOnly> Holidays => Calendar?.Holidays ?? [];

    /// <summary>The first day from <paramref name="day"/> on that the carrier works; null when it never does.</summary>
    public DateOnly? Collects(DateOnly day) => Tariff is null ? day : WorkDays.From(Days, Holidays, day);

    /// <summary>When the clock shows the last hand-over on a day.</summary>
    internal DateTimeOffset HandOver(LocalClock clock, DateOnly day) =>
        Tariff?.Cutoff is { } cutoff ? clock.At(day, cutoff) : clock.End(day);

    /// <summary>
    /// The days on which goods collected on <paramref name="day"/> have come so far, on the way that takes so many
    /// days: to the border or the door, over it, and to the door. Null when the carrier works too seldom.
    /// </summary>
    public (DateOnly Travelled, DateOnly Cleared, DateOnly Delivered)? Arrives(DateOnly day, int transitDays)
    {
        if (Tariff is null) return (day, day, day);
        if (WorkDays.After(Days, Holidays, day, transitDays) is not { } travelled) return null;
        if (WorkDays.After(Weekdays.WorkingDays, [], travelled, ClearanceDays) is not { } cleared) return null;
        return WorkDays.From(Days, Holidays, cleared) is { } delivered ? (travelled, cleared, delivered) : null;
    }
}
