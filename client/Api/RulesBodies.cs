using Fulfillment.Routing;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

// What routing rules look like in requests and answers: the same in both. All money is in the currency of the rules.

public sealed record RegionBody(string? Country, IReadOnlyList<string?>? Postcodes = null);

public sealed record PreferenceBody(string? Node, long? Minor);

public sealed record TariffBody(
    string? Service, string? Node, string? FromCountry, RegionBody? To, long? UpToKm, long? UpToGrams,
    MoneyBody? Parcel, MoneyBody? Kilogram, long? MinDays, long? MaxDays, string? Cutoff, string? Calendar);

public sealed record CalendarBody(string? Id, IReadOnlyList<string?>? Days, IReadOnlyList<string?>? Holidays);

public sealed record BorderBody(
    string? FromCountry, string? ToCountry, long? ClearanceDays, long? DutyPermille, bool? Paid);

public sealed record EmbargoBody(
    string? Id, RegionBody? To, IReadOnlyList<string?>? Nodes, string? From, string? Until, string? Reason);

public sealed record BlackoutBody(string? Id, string? Node, string? From, string? Until, string? Reason);

public sealed record RulesBody(
    string? Currency, MoneyBody? Split, MoneyBody? Late, MoneyBody? Balance, MoneyBody? Priority,
    MoneyBody? Kilometre, long? MaxNodes, long? MaxLateDays, bool? ShipComplete, IReadOnlyList<string?>? Overflow,
    IReadOnlyList<PreferenceBody?>? Preferred, IReadOnlyList<TariffBody?>? Tariffs,
    IReadOnlyList<CalendarBody?>? Calendars, IReadOnlyList<BorderBody?>? Borders,
    IReadOnlyList<EmbargoBody?>? Embargoes, IReadOnlyList<BlackoutBody?>? Blackouts);

public sealed record ProposeRulesRequest(string? Id, RulesBody? Rules, string? Reason);

public sealed record RulesStepRequest(string? Id, string? Reason);

public sealed record ActivateRulesRequest(string? Id, string? From, string? Reason);

public sealed record ShadowRequest(string? Id, bool? On, string? Reason);

public sealed record RulesStepBody(string By, DateTimeOffset At, string Reason);

public sealed record RulesPeriodBody(int Version, DateTimeOffset From);

public sealed record RulesVersionBody(
    int Version, string Status, bool Shadow, RulesStepBody? Proposed, RulesStepBody? Decided, bool? DecidedByProposer,
    RulesBody? Rules);

public sealed record RuleBookBody(
    int Active, int? Before, RulesPeriodBody? Scheduled, int? Shadow, IReadOnlyList<RulesPeriodBody> Periods,
    IReadOnlyList<RulesVersionBody> Items,
    [property: System.Text.Json.Serialization.JsonIgnore(
        Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)] string? Next);

public sealed record RulesChangeBody(
    int Version, string Status, int Active, int? Before, RulesPeriodBody? Scheduled, int? Shadow);

/// <summary>Routing rules as the API shows them.</summary>
static class RulesBodies
{
    /// <summary>What the status of version 0 is.</summary>
    public const string BuiltIn = "built-in";

    /// <summary>The latest activations that are told.</summary>
    const int MostPeriods = 20;

    public static RuleBookBody Body(this RuleBookReply book, IEnumerable<VersionReply> versions, string? next) => new(
        book.Active, book.Before, Body(book.Next), book.Shadow,
        [.. book.Periods.TakeLast(MostPeriods).Select(p => Body(p)!)], [.. versions.Select(v => book.Body(v, null))],
        next);

    public static RulesVersionBody Body(this RuleBookReply book, VersionReply v, RulesBody? rules) => new(
        v.Version, Words<VersionStatus>.Of(v.Status), book.Shadow == v.Version, Body(v.Proposed), Body(v.Decided),
        v.Decided is { } decided ? decided.By == v.Proposed.By : null, rules);

    public static RulesChangeBody Change(this RuleBookReply book, int version) => new(
        version, book.Versions.FirstOrDefault(v => v.Version == version) is { } known
            ? Words<VersionStatus>.Of(known.Status) : BuiltIn,
        book.Active, book.Before, Body(book.Next), book.Shadow);

    public static RulesBody Body(this RoutingRules r)
    {
        return new(
            r.Currency, Money(r.SplitMinor), Money(r.LateMinor), Money(r.BalanceMinor), Money(r.PriorityMinor),
            Money(r.KilometreMinor), r.MaxNodes, r.MaxLateDays, r.ShipComplete,
            [.. r.Overflow.Select(Words<NodeType>.Of)],
            [.. r.Preferred.Select(p => new PreferenceBody(p.Node, p.Minor))],
            [.. r.Tariffs.Select(t => new TariffBody(
                t.Service, t.Node, t.FromCountry, Body(t.To), t.UpToKm, t.UpToGrams, Money(t.ParcelMinor),
                Money(t.KilogramMinor), t.MinDays, t.MaxDays, t.Cutoff is { } cutoff ? DayWords.Of(cutoff) : null,
                t.Calendar))],
            [.. r.Calendars.Select(c => new CalendarBody(
                c.Id, DayWords.Of(c.Days), [.. c.Holidays.Select(DayWords.Of)]))],
            [.. r.Borders.Select(b => new BorderBody(
                b.FromCountry, b.ToCountry, b.ClearanceDays, b.DutyPermille, b.Paid))],
            [.. r.Embargoes.Select(e => new EmbargoBody(
                e.Id, Body(e.To), e.Nodes, DayWords.Of(e.From), e.Until is { } until ? DayWords.Of(until) : null,
                e.Reason))],
            [.. r.Blackouts.Select(b => new BlackoutBody(
                b.Id, b.Node, DayWords.Of(b.From), DayWords.Of(b.Until), b.Reason))]);

        MoneyBody Money(long minor) => new(minor, r.Currency);
    }

    static RegionBody? Body(Region? region) => region is null ? null
        : new(region.Country, region.Postcodes.IsDefaultOrEmpty ? null : region.Postcodes);

    static RulesStepBody? Body(RulesStep? step) => step is null ? null : new(step.By, step.At, step.Reason);

    static RulesPeriodBody? Body(RulesPeriod? period) => period is null ? null : new(period.Version, period.From);
}
