using Fulfillment.Composition;

namespace Fulfillment.Client.Api;

/// <summary>Moments that requests ask about.</summary>
static class Past
{
    const string Future = "in-the-future";

    /// <summary>An instant that is over, to the millisecond; now when none is named.</summary>
    public static DateTimeOffset Moment(this Fields fields, string field, string? text, DateTimeOffset now) =>
        fields.Told(field, text, now) ?? now;

    /// <summary>An instant that is over, to the millisecond; null when missing or wrong.</summary>
    public static DateTimeOffset? Told(this Fields fields, string field, string? text, DateTimeOffset now)
    {
        if (fields.Time(field, text) is not { } time) return null;
        if (time > now) fields.Add(field, Future, "must not be in the future");
        return DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
    }

    /// <summary>
    /// What is behind the API as it was at the moment that the request names; as it is when it names none.
    /// </summary>
    public static Backend AsOf(this Backend backend, string? at, TimeProvider time)
    {
        if (at is null) return backend;
        Fields fields = new();
        var moment = fields.Moment("at", at, time.GetUtcNow());
        fields.Check();
        return backend with { Cluster = new PastCluster(backend.Journal, backend.Kinds, moment), UpTo = moment };
    }
}
