namespace Fulfillment.Client.Import;

/// <summary>
/// The clock on the wall of the shop. Summer time is one hour ahead of UTC from the last Sunday of March, 01:00 UTC, to
/// the last Sunday of October, 01:00 UTC (Summer Time Order 2002). By arithmetic, so that every machine, with or
/// without a time zone database, makes the same instant of it: it is part of what an order's repeat is known by.
/// </summary>
static class LondonTime
{
    /// <summary>The instant. The hour that autumn has twice is taken as the second one.</summary>
    public static DateTimeOffset ToUtc(DateTime wall)
    {
        var summer = wall >= LastSunday(wall.Year, 3).AddHours(1) && wall < LastSunday(wall.Year, 10).AddHours(1);
        return new(wall.AddHours(summer ? -1 : 0), TimeSpan.Zero);
    }

    static DateTime LastSunday(int year, int month)
    {
        DateTime last = new(year, month, 31, 0, 0, 0, DateTimeKind.Unspecified);
        return last.AddDays(-(int)last.DayOfWeek);
    }
}
