using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Warehousing;

namespace Fulfillment.Routing;

/// <summary>
/// What a node can do for goods that are ready at one time. <c>Options</c>: as the rules allow; <c>Any</c>, and
/// <c>Last</c> when nothing else will do: as a person may decide against the rules, for a node that somebody has named.
/// <c>Fails</c>: why there are no options.
/// </summary>
sealed record NodeDay(
    NodeWork Work, RouteOption[] Options, RouteOption[] Any, RouteOption? Last, long BalanceMinor, Constraint? Fails);

/// <summary>A node that an order is planned over: what it may do, and what that costs.</summary>
sealed class RouteNode
{
    /// <summary>Reasons that are kept for one node: a rule that excludes it for one SKU often does for many.</summary>
    public const int MaxReasons = 20;

    /// <summary>What is said of a node that nobody can reckon with.</summary>
    public const string CostsTooMuch = "it would cost more than can be reckoned with";

    readonly RoutingRules _rules;
    readonly RouteFacts _facts;
    readonly RouteWays _ways;
    readonly ImmutableArray<DateOnly> _refused;
    readonly NodeDay?[] _days;
    readonly Border? _border;

    public RouteNode(
        string id, NodeNow? now, RoutingRules rules, RouteFacts facts, RouteWays ways, bool pinned, int times)
    {
        (Id, _rules, _facts, _ways, Pinned) = (id, rules, facts, ways, pinned);
        Now = now ?? Unknown(id);
        Facts = Now.Card.Facts ?? NodeFacts.Ordinary;
        _days = new NodeDay?[times];
        _refused = RefusedDays(facts, id, out var reason);
        Km = Coordinates.Of(facts.Latitude, facts.Longitude) is { } to
            && Coordinates.Of(Now.Card.Latitude, Now.Card.Longitude) is { } from ? from.KmTo(to) : null;
        _border = ways.BorderFrom(Now.Card.Country);
        var preference = (Int128)rules.PriorityMinor * Now.Card.Priority;
        foreach (var preferred in rules.Preferred)
            if (preferred.Node == id) preference += preferred.Minor;
        if (Size.FitsScore(preference)) PreferenceMinor = (long)preference;
        if (Counts(Facts.PerOrder)) OrderMinor = Facts.PerOrder!.Value.AmountMinor;
        if (Counts(Facts.PerUnit)) UnitMinor = Facts.PerUnit!.Value.AmountMinor;
        IsOverflow = !rules.Overflow.IsDefaultOrEmpty && rules.Overflow.Contains(Now.Card.Type);
        if (Now.Offline) Fail(Constraint.Offline, "it takes no work now");
        else if (reason is not null) Fail(Constraint.Refused, reason);
        else if (Size.IsTooHeavy) Fail(Constraint.TooLarge, "all of it weighs more than can be reckoned with");
        CanWork = Failed.Count == 0;
        if (IsForeign(Facts.PerOrder) || IsForeign(Facts.PerUnit))
            Fail(Constraint.Currency, $"its costs are not in {rules.Currency}");
        if (!Size.FitsScore(preference)) Fail(Constraint.TooLarge, CostsTooMuch);
        MayWork = Failed.Count == 0;
    }

    public string Id { get; }

    public RouteSize Size => _ways.Size;

    public NodeNow Now { get; }

    public NodeFacts Facts { get; }

    public int? Km { get; }

    /// <summary>A person gave it units.</summary>
    public bool Pinned { get; }

    public bool IsOverflow { get; }

    /// <summary>It takes work if somebody insists.</summary>
    public bool CanWork { get; }

    /// <summary>The rules have nothing against it whatever the goods.</summary>
    public bool MayWork { get; }

    /// <summary>What a leg costs there at least, in the order of <see cref="RouteCost"/>.</summary>
    public long OrderMinor { get; }

    public long UnitMinor { get; }

    public long PreferenceMinor { get; }

    public List<FailedConstraint> Failed { get; } = [];

    /// <summary>What it can do for goods that are ready then, the <paramref name="time"/>th of the plan.</summary>
    public NodeDay At(int time, DateTimeOffset ready) => _days[time] ??= Day(ready);

    /// <summary>What the rules have against it for the product; null for nothing.</summary>
    public (Constraint Constraint, string Detail)? Refuses(ProductFacts? product, NodeDay day)
    {
        if (product is { Handling.IsDefaultOrEmpty: false })
        {
            foreach (var handling in product.Handling)
                if (Facts.Handles.IsDefaultOrEmpty || !Facts.Handles.Contains(handling))
                    return (Constraint.HandlingClass, handling);
        }

        if (product is not null && !Facts.Boxes.IsDefaultOrEmpty && !Fits(product))
            return (Constraint.Box, "no box of it holds one unit");
        if (ForeignValue(product) is { } value) return (Constraint.Currency, value);
        if (day.Fails is { } why) return (why, Said(why));
        foreach (var option in day.Options)
            if (product is null || product.Grams <= option.MaxGrams) return null;
        return (Constraint.NoTariff, "one unit is too heavy for a parcel");
    }

    /// <summary>The first rule that closes the way from here to the goods of a line; null when none does.</summary>
    public Lane? ClosedBy(RouteLine line)
    {
        if (line.Lanes.IsDefaultOrEmpty) return null;
        foreach (var lane in line.Lanes)
            if (lane.Closes(Now.Card.Country)) return lane;
        return null;
    }

    /// <summary>What customs get for one unit, when the sender pays; nothing of a value that is foreign.</summary>
    public long DutyMinor(ProductFacts? product) =>
        _border is { Paid: true } border && ForeignValue(product) is null ? Duty(product, border) : 0;

    /// <summary>What is in the way of the duty on a product: a value of which nobody knows what it is here.</summary>
    public string? ForeignValue(ProductFacts? product) =>
        _border is { Paid: true, DutyPermille: > 0 } && IsForeign(product)
            ? $"its value is in {product!.Currency}, duty is in {_rules.Currency}" : null;

    /// <summary>Whether customs want duty of the receiver.</summary>
    public bool IsReceiverDutiable => _border is { Paid: false, DutyPermille: > 0 };

    /// <summary>What customs want of the receiver for one unit; null when nobody knows what it is worth.</summary>
    public long? ReceiverDutyMinor(ProductFacts? product) =>
        _border is not { Paid: false } border || product is null or { ValueMinor: 0, Currency: null }
        || IsForeign(product) ? null : Duty(product, border);

    static long Duty(ProductFacts? product, Border border) => product is null ? 0
        : (long)Int128.Min(((Int128)product.ValueMinor * border.DutyPermille + 500) / 1000, long.MaxValue / 2);

    /// <summary>Notes why it may not serve; false, for whoever asked.</summary>
    public bool Fail(Constraint constraint, string detail, string? sku = null)
    {
        if (Failed.Count >= MaxReasons) return false;
        foreach (var failed in Failed)
            if (failed.Constraint == constraint && (failed.Sku is null || failed.Sku == sku)) return false;
        Failed.Add(new(constraint, sku, detail));
        return false;
    }

    NodeDay Day(DateTimeOffset ready)
    {
        WorkAsk ask = new(Id, Now, _facts.At, ready, _rules.Blackouts, _refused);
        var work = NodeWork.Of(ask, out var why);
        RouteOption[] options = [];
        if (work is { } open) options = _ways.From(Id, Now.Card.Country, Km, _border, open, true, out why);
        Constraint? fails = options.Length == 0 ? why : null;
        if (Pinned) work ??= NodeWork.Of(ask with { Blackouts = [] }, out _);
        if (work is not { } day) return new(default, [], [], null, 0, fails);
        if (!Pinned) return new(day, options, [], null, Balance(day.Day), fails);
        var any = _ways.From(Id, Now.Card.Country, Km, _border, day, false, out _);
        return new(day, options, any, RouteWays.Plain(day), Balance(day.Day), fails);
    }

    long Balance(DateOnly day) => Now.Card.CapacityPerDay is not { } capacity || capacity <= 0
        ? 0 : (long)((Int128)_rules.BalanceMinor * (Now.Used.GetValueOrDefault(day) + 1L) / capacity);

    bool Fits(ProductFacts product)
    {
        var (length, width, height) = Sorted(product.LengthMm, product.WidthMm, product.HeightMm);
        foreach (var box in Facts.Boxes)
        {
            var (most, middle, least) = Sorted(box.LengthMm, box.WidthMm, box.HeightMm);
            if (length <= most && width <= middle && height <= least && product.Grams <= box.MaxGrams) return true;
        }

        return false;
    }

    /// <summary>
    /// The longest first: one box fits into another in some rotation when each of its sides then does.
    /// </summary>
    static (int Most, int Middle, int Least) Sorted(int a, int b, int c)
    {
        if (a < b) (a, b) = (b, a);
        if (b < c) (b, c) = (c, b);
        return a < b ? (b, a, c) : (a, b, c);
    }

    bool Counts(Money? cost) => cost is { } money && money.Currency == _rules.Currency;

    bool IsForeign(ProductFacts? product) => product is { ValueMinor: not 0, Currency: { } currency }
        && currency != _rules.Currency;

    bool IsForeign(Money? cost) => cost is { AmountMinor: not 0 } money && money.Currency != _rules.Currency
        && _rules.Currency != RoutingRules.BuiltIn.Currency;

    static string Said(Constraint why) => why switch
    {
        Constraint.Capacity => $"no day with room within {Promises.HorizonDays} days",
        Constraint.Blackout => $"no day of work within {Promises.HorizonDays} days",
        Constraint.Embargo => "no goods leave for there on that day",
        Constraint.Lateness => "too late",
        Constraint.TooLarge => CostsTooMuch,
        Constraint.Horizon => "nothing is planned so far ahead",
        _ => "no tariff covers the way",
    };

    static NodeNow Unknown(string id) => new(
        new(id, NodeType.Warehouse, PriorityRule.UnknownPriority, null, null, null, null, null), false,
        ImmutableDictionary<DateOnly, int>.Empty);

    static ImmutableArray<DateOnly> RefusedDays(RouteFacts facts, string id, out string? forGood)
    {
        forGood = null;
        if (facts.Refused.IsDefaultOrEmpty) return [];
        var days = ImmutableArray.CreateBuilder<DateOnly>();
        foreach (var refused in facts.Refused)
        {
            if (refused.Node != id) continue;
            if (refused.Day is { } day) days.Add(day);
            else forGood = refused.Reason;
        }

        return days.DrainToImmutable();
    }
}
