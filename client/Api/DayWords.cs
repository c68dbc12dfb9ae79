using System.Collections.Immutable;
using System.Globalization;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>Days, dates, times of day and time zones as requests and answers write them.</summary>
static class DayWords
{
    /// <summary>The form of a time of day.</summary>
    public const string TimePattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$";

    const string DateForm = "yyyy-MM-dd", TimeForm = "HH:mm";

    static readonly ImmutableArray<(string Word, Weekdays Day)> Week =
    [
        ("monday", Weekdays.Monday), ("tuesday", Weekdays.Tuesday), ("wednesday", Weekdays.Wednesday),
        ("thursday", Weekdays.Thursday), ("friday", Weekdays.Friday), ("saturday", Weekdays.Saturday),
        ("sunday", Weekdays.Sunday),
    ];

    /// <summary>Monday to Sunday.</summary>
    public static IEnumerable<string> All => Week.Select(d => d.Word);

    /// <summary>Days of the week, Monday first.</summary>
    public static IReadOnlyList<string> Of(Weekdays days) =>
        [.. Week.Where(d => days.HasFlag(d.Day)).Select(d => d.Word)];

    /// <summary>A date.</summary>
    public static string Of(DateOnly date) => date.ToString(DateForm, CultureInfo.InvariantCulture);

    /// <summary>A time of day to the minute.</summary>
    public static string Of(TimeOnly time) => time.ToString(TimeForm, CultureInfo.InvariantCulture);

    /// <summary>Days of the week, at least one. <paramref name="otherwise"/>: when there is no list.</summary>
    public static Weekdays Days(this Fields fields, string field, IReadOnlyList<string?>? words, Weekdays otherwise)
    {
        if (words is null) return otherwise;
        if (words.Count == 0) fields.Add(field, "no-day", "names no day: nothing would ever be done");
        var days = Weekdays.None;
        for (var i = 0; i < words.Count; i++)
        {
            var (word, day) = Week.FirstOrDefault(d => d.Word == words[i]);
            if (word is null) fields.Add($"{field}/{i}", "unknown-value", $"must be one of {string.Join(", ", All)}");
            else if (days.HasFlag(day)) fields.Add($"{field}/{i}", "duplicate", "is named before");
            days |= day;
        }

        return days;
    }

    /// <summary>A date; null when missing or wrong.</summary>
    public static DateOnly? Date(this Fields fields, string field, string? text, bool required = false)
    {
        if (DateOnly.TryParseExact(text, DateForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;
        if (text is not null) fields.Add(field, "bad-date", "must be a date, such as 2026-12-24");
        else if (required) fields.Add(field, "required", "is missing");
        return null;
    }

    /// <summary>Dates, each once, in order of time.</summary>
    public static ImmutableArray<DateOnly> Dates(
        this Fields fields, string field, IReadOnlyList<string?>? texts, int most)
    {
        if (texts?.Count > most) fields.Add(field, "too-many", $"at most {most}");
        SortedSet<DateOnly> dates = [];
        for (var i = 0; i < Math.Min(texts?.Count ?? 0, most); i++)
        {
            if (fields.Date($"{field}/{i}", texts![i], required: true) is { } date && !dates.Add(date))
                fields.Add($"{field}/{i}", "duplicate", "is named before");
        }

        return [.. dates];
    }

    /// <summary>A time of day to the minute; null when missing or wrong.</summary>
    public static TimeOnly? TimeOfDay(this Fields fields, string field, string? text)
    {
        if (TimeOnly.TryParseExact(text, TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return time;
        if (text is not null) fields.Add(field, "bad-time", "must be a time of day from 00:00 to 23:59, such as 14:00");
        return null;
    }

    /// <summary>
    /// The name of a time zone in the IANA database. All names there begin with a capital; what the machine has beside
    /// them (<c>localtime</c>, <c>posix/...</c>) is none.
    /// </summary>
    public static string TimeZone(this Fields fields, string field, string? name, string otherwise)
    {
        if (name is null) return otherwise;
        if (name.Length is 0 or > 64 || !char.IsAsciiLetterUpper(name[0])
            || !TimeZoneInfo.TryFindSystemTimeZoneById(name, out _))
            fields.Add(field, "unknown-time-zone", "must be a name of the IANA time zone database: Europe/Berlin");
        return name;
    }
}
