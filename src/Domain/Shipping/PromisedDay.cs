namespace Fulfillment.Shipping;

/// <summary>
/// When it is looked whether a parcel comes on the day that was promised, by the clock of the node that sends it
/// (IANA; UTC where it has none): once the vans are loaded, and once they are back, before that day has passed.
/// </summary>
static class PromisedDay
{
    static readonly TimeOnly VansAreLoaded = new(10, 0), VansAreBack = new(21, 0);

    /// <summary>
    /// The first look at what a carrier has since then: half of the time that is left where he has it since the day
    /// itself; null where that is over.
    /// </summary>
    public static DateTimeOffset? FirstLook(DateOnly day, string? timeZone, DateTimeOffset left)
    {
        var (first, last) = (At(day, VansAreLoaded, timeZone), LastLook(day, timeZone));
        return left <= first ? first : left < last ? left + ((last - left) / 2) : null;
    }

    /// <summary>The last look: who has not got it by then gets it late.</summary>
    public static DateTimeOffset LastLook(DateOnly day, string? timeZone) => At(day, VansAreBack, timeZone);

    static DateTimeOffset At(DateOnly day, TimeOnly time, string? timeZone)
    {
        var local = day.ToDateTime(time);
        return timeZone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone)
            ? new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime() : new(local, TimeSpan.Zero);
    }
}
