using Fulfillment.Warehousing;

namespace Fulfillment.Routing;

/// <summary>When goods are handed over at a node, by the clock on its wall.</summary>
public static class HandOvers
{
    /// <summary>
    /// The next day on which goods of a node can be handed over to who takes them there: the earliest, from today on,
    /// of the tariffs that cover the way, on which the node and the carrier work and, today, the tariff's latest
    /// hand-over has not passed. Tariffs that end at a distance do not count: it is not known here. Today where no
    /// tariff covers the way: then nobody knows when a carrier comes.
    /// </summary>
    public static DateOnly Next(RoutingRules rules, HandOverAsk ask, DateTimeOffset now)
    {
        var facts = ask.Facts ?? NodeFacts.Ordinary;
        LocalClock clock = new(facts.TimeZone);
        var today = clock.Day(now);
        DateOnly? first = null;
        foreach (var tariff in rules.Tariffs)
        {
            if (!Covers(tariff, ask)) continue;
            Carriage carriage = new(tariff, RouteWays.CalendarOf(rules, tariff));
            var from = now < carriage.HandOver(clock, today) ? today : today.AddDays(1);
            if (Together(carriage, facts, from) is { } day && !(first <= day)) first = day;
        }

        return first ?? today;
    }

    /// <summary>
    /// When a day is over, which is when the next begins. <paramref name="timeZone"/>: IANA; UTC where it is null or
    /// not known.
    /// </summary>
    public static DateTimeOffset EndOf(DateOnly day, string? timeZone) =>
        new LocalClock(timeZone ?? "Etc/UTC").End(day);

    static bool Covers(Tariff t, HandOverAsk ask) =>
        (t.Node is null || t.Node == ask.Node) && (t.FromCountry is null || t.FromCountry == ask.FromCountry)
        && (t.To is null || Bans.IsIn(t.To, ask.ToCountry, ask.ToPostcode))
        && t.UpToKm is null && (t.UpToGrams is not { } most || ask.Grams <= most);

    /// <summary>The first day on which both work; null where there is none within the horizon.</summary>
    static DateOnly? Together(Carriage carriage, NodeFacts facts, DateOnly day)
    {
        for (var end = day.AddDays(WorkDays.Horizon); day <= end;)
        {
            if (carriage.Collects(day) is not { } collects
                || WorkDays.From(facts.Days, facts.Holidays, collects) is not { } works) return null;
            if (works == collects) return works;
            day = works;
        }

        return null;
    }
}

/// <summary>
/// What is handed over: at which node (<c>Facts</c> null: it works as is ordinary), in which country, for where, and
/// how heavy one parcel of it is.
/// </summary>
public sealed record HandOverAsk(
    string Node, NodeFacts? Facts, string? FromCountry, string? ToCountry, string? ToPostcode, long Grams);
