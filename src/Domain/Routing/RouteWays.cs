using System.Collections.Immutable;
using Fulfillment.Warehousing;

namespace Fulfillment.Routing;

/// <summary>
/// One way to send goods from a node on its day. Costs are minor units, <c>MaxGrams</c> is of one parcel.
/// </summary>
sealed record RouteOption(
    Carriage Carriage, Promises.Leg Leg, long ParcelMinor, long KilogramMinor, long MaxGrams, long LateMinor)
{
    /// <summary>When the goods are there at the latest.</summary>
    public DateOnly Delivers => Leg.Latest.Delivered;

    /// <summary>What the carrier gets for goods of that weight; one kilogram is begun in any case.</summary>
    public long Shipping(long grams)
    {
        var parcels = MaxGrams == long.MaxValue ? 1 : Math.Max(1, (grams + MaxGrams - 1) / MaxGrams);
        return ParcelMinor * parcels + KilogramMinor * Kilograms(grams);
    }

    /// <summary>Kilograms begun.</summary>
    public static long Kilograms(long grams) => Math.Max(1, (grams + 999) / 1000);

    /// <summary>It is never the better choice where the other can be had.</summary>
    public bool IsNoBetterThan(RouteOption other) =>
        other.ParcelMinor <= ParcelMinor && other.KilogramMinor <= KilogramMinor && other.MaxGrams >= MaxGrams
        && other.LateMinor <= LateMinor && other.Delivers <= Delivers;
}

/// <summary>The ways from nodes to where one order goes, under one set of rules.</summary>
sealed class RouteWays
{
    readonly RoutingRules _rules;
    readonly RouteFacts _facts;
    readonly string _postcode;
    readonly List<(Tariff Tariff, CarrierCalendar? Calendar)> _tariffs = [];
    readonly List<Embargo> _embargoes = [];

    public RouteWays(RoutingRules rules, RouteFacts facts, RouteSize? size = null)
    {
        (_rules, _facts, Size) = (rules, facts, size ?? RouteSize.Of([], 1));
        _postcode = Bare(facts.Postcode);
        foreach (var tariff in rules.Tariffs)
            if (tariff.To is null || IsIn(tariff.To)) _tariffs.Add((tariff, CalendarOf(rules, tariff)));
        foreach (var embargo in rules.Embargoes)
            if (IsIn(embargo.To)) _embargoes.Add(embargo);
    }

    /// <summary>What may take part.</summary>
    public RouteSize Size { get; }

    /// <summary>When the carrier of a tariff works; null for one that names no calendar of the rules.</summary>
    public static CarrierCalendar? CalendarOf(RoutingRules rules, Tariff tariff)
    {
        if (tariff.Calendar is not { } id) return null;
        foreach (var calendar in rules.Calendars)
            if (calendar.Id == id) return calendar;
        return null;
    }

    /// <summary>The border between a node and where the order goes; null when none is named.</summary>
    public Border? BorderFrom(string? country)
    {
        if (country is null || _facts.Country is null) return null;
        foreach (var border in _rules.Borders)
            if (border.FromCountry == country && border.ToCountry == _facts.Country) return border;
        return null;
    }

    /// <summary>
    /// The ways from a node that the rules allow, or all that there are; none of them is useless.
    /// <paramref name="why"/>: what is in the way when there is none.
    /// </summary>
    public RouteOption[] From(
        string node, string? country, int? km, Border? border, in NodeWork work, bool allowed, out Constraint why)
    {
        why = Constraint.NoTariff;
        List<RouteOption> options = [];
        if (_rules.Tariffs.IsEmpty)
            Add(options, new(null), FlatMinor(km), 0, null, node, work, allowed, ref why);
        foreach (var (tariff, calendar) in _tariffs)
        {
            if (tariff.Node is { } only && only != node) continue;
            if (tariff.FromCountry is { } from && from != country) continue;
            if (tariff.UpToKm is { } most && !(km <= most)) continue;
            Add(options, new(tariff, calendar, border?.ClearanceDays ?? 0), tariff.ParcelMinor, tariff.KilogramMinor,
                tariff.UpToGrams, node, work, allowed, ref why);
        }

        return [.. options];
    }

    /// <summary>By no tariff, for nothing: how is for somebody to say.</summary>
    public static RouteOption? Plain(in NodeWork work) =>
        Promises.Leg.Of(work, new(null)) is { } leg ? new(new(null), leg, 0, 0, long.MaxValue, 0) : null;

    void Add(
        List<RouteOption> options, Carriage carriage, long parcel, long kilogram, int? upToGrams, string node,
        in NodeWork work, bool allowed, ref Constraint why)
    {
        if (Promises.Leg.Of(work, carriage) is not { } leg) return;
        var late = Math.Max(0, leg.Latest.Delivered.DayNumber - (_facts.DeliverBy ?? DateOnly.MaxValue).DayNumber);
        if (allowed && IsEmbargoed(node, leg.Collected))
        {
            if (why == Constraint.NoTariff) why = Constraint.Embargo;
            return;
        }

        if (allowed && late > _rules.MaxLateDays)
        {
            why = Constraint.Lateness;
            return;
        }

        RouteOption option = new(
            carriage, leg, parcel, kilogram, upToGrams ?? long.MaxValue, _rules.LateMinor * late);
        if (!Size.Fits(option))
        {
            why = Constraint.TooLarge;
            return;
        }

        foreach (var better in options)
            if (option.IsNoBetterThan(better)) return;
        options.RemoveAll(worse => worse.IsNoBetterThan(option));
        options.Add(option);
    }

    long FlatMinor(int? km) => _facts.Latitude is null || _facts.Longitude is null
        ? 0 : _rules.KilometreMinor * (km ?? Coordinates.FarthestKm);

    bool IsEmbargoed(string node, DateOnly day)
    {
        foreach (var e in _embargoes)
        {
            if (e.From <= day && (e.Until is not { } until || day <= until)
                && (e.Nodes.IsDefaultOrEmpty || e.Nodes.Contains(node))) return true;
        }

        return false;
    }

    bool IsIn(Region region)
    {
        if (region.Country is { } country && country != _facts.Country) return false;
        if (region.Postcodes.IsDefaultOrEmpty) return true;
        foreach (var start in region.Postcodes)
            if (_postcode.Length > 0 && _postcode.StartsWith(start, StringComparison.Ordinal)) return true;
        return false;
    }

    static string Bare(string? postcode) => postcode is null ? "" : AddressRules.Compact(postcode);
}
