namespace Fulfillment.Routing;

/// <summary>
/// The clock on the wall of a place: which instant a day and a time are there. A time that the clock shows twice is its
/// first; one that it skips is counted from the offset before (RFC 5545, section 3.3.5). So the day of a clock change
/// has 23 or 25 hours, and begins when the clock first shows it.
/// </summary>
readonly struct LocalClock
{
    const int LongestGapHours = 26;
    readonly TimeZoneInfo? _zone;

    /// <summary>Of an IANA time zone; a zone that nobody knows is UTC.</summary>
    public LocalClock(string timeZone)
    {
        if (timeZone is "Etc/UTC" or "UTC") return;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone)) _zone = zone;
    }

    /// <summary>What the clock shows.</summary>
    public DateTime Shows(DateTimeOffset at) => _zone is null
        ? at.UtcDateTime : DateTime.SpecifyKind(at.UtcDateTime + _zone.GetUtcOffset(at), DateTimeKind.Unspecified);

    /// <summary>The day that it is.</summary>
    public DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(Shows(at));

    /// <summary>When the day begins.</summary>
    public DateTimeOffset Start(DateOnly day) => At(day, TimeOnly.MinValue);

    /// <summary>When the day is over, which is when the next begins.</summary>
    public DateTimeOffset End(DateOnly day) => Start(day.AddDays(1));

    /// <summary>When the clock shows that time on that day.</summary>
    public DateTimeOffset At(DateOnly day, TimeOnly time) => At(day.ToDateTime(time));

    /// <summary>When the clock shows the same time so many days later.</summary>
    public DateTimeOffset Later(DateTimeOffset at, int days) => days <= 0 ? at : At(Shows(at).AddDays(days));

    DateTimeOffset At(DateTime shown)
    {
        if (_zone is null) return new(DateTime.SpecifyKind(shown, DateTimeKind.Utc));
        if (_zone.IsAmbiguousTime(shown))
            return new DateTimeOffset(shown, _zone.GetAmbiguousTimeOffsets(shown).Max()).ToUniversalTime();
        var valid = shown;
        for (var hours = 0; hours < LongestGapHours && _zone.IsInvalidTime(valid); hours++) valid = valid.AddHours(-1);
        return new DateTimeOffset(shown, _zone.GetUtcOffset(valid)).ToUniversalTime();
    }
}
