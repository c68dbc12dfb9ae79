using Fulfillment.Ordering;

namespace Fulfillment.Client.Api;

/// <summary>Which dates somebody may plan for: none that is over, and none that nobody lives to see.</summary>
static class Horizon
{
    /// <summary>The most years ahead.</summary>
    public const int Years = 5;

    const string TooFar = "too-far-ahead";

    /// <summary>The code of a date that is over.</summary>
    public const string Past = "in-the-past";

    static string Most => $"must be at most {Years} years ahead";

    /// <summary>An instant that is not too far ahead; null when missing or wrong.</summary>
    public static DateTimeOffset? TimeAhead(this Fields fields, string field, string? text, DateTimeOffset now)
    {
        var time = fields.Time(field, text);
        if (time > now.AddYears(Years)) fields.Add(field, TooFar, Most);
        return time;
    }

    /// <summary>A date that is not too far ahead; null when missing or wrong.</summary>
    public static DateOnly? DateAhead(this Fields fields, string field, string? text, DateTimeOffset now)
    {
        var date = fields.Date(field, text);
        if (date > Today(now).AddYears(Years)) fields.Add(field, TooFar, Most);
        return date;
    }

    /// <summary>A date, today (UTC) or later, that something is to be there by; null when missing or wrong.</summary>
    public static DateOnly? DeliverBy(this Fields fields, string field, string? text, DateTimeOffset now)
    {
        var date = fields.DateAhead(field, text, now);
        if (date < Today(now)) fields.Add(field, Past, "is over already");
        return date;
    }

    /// <summary>
    /// What is wrong with the dates of a new order. They are not for an order that was taken in before: who repeats it
    /// later is told how it stands.
    /// </summary>
    public static IReadOnlyList<FieldError> Faults(Wishes? wishes, DateTimeOffset now)
    {
        if (wishes is not ({ DeliverBy: not null } or { NotBefore: not null })) return [];
        List<FieldError> faults = [];
        if (wishes.DeliverBy < Today(now)) faults.Add(new("/deliverBy", Past, "is over already"));
        if (wishes.DeliverBy > Today(now).AddYears(Years)) faults.Add(new("/deliverBy", TooFar, Most));
        if (wishes.NotBefore > now.AddYears(Years)) faults.Add(new("/notBefore", TooFar, Most));
        else if (wishes is { NotBefore: { } from, DeliverBy: { } by } && Today(from) > by)
            faults.Add(new("/notBefore", "not-ordered", "must not be after deliverBy"));
        return faults;
    }

    static DateOnly Today(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime);
}
