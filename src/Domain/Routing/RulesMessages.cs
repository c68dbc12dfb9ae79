using System.Collections.Immutable;
using Fulfillment.Warehousing;

namespace Fulfillment.Routing;

/// <summary>
/// A region. <c>Country</c>: ISO 3166-1 alpha-2, null for everywhere. <c>Postcodes</c>: beginnings of postcodes,
/// without spaces, upper case; all of the country when empty or default.
/// </summary>
public sealed record Region(string? Country, ImmutableArray<string> Postcodes = default);

/// <summary>
/// No goods leave from the nodes (all when empty) to the region on these days, both included; null: no end.
/// </summary>
public sealed record Embargo(
    string Id, Region To, ImmutableArray<string> Nodes, DateOnly From, DateOnly? Until, string Reason);

/// <summary>The node does no work on these days, both included.</summary>
public sealed record Blackout(string Id, string Node, DateOnly From, DateOnly Until, string Reason);

/// <summary>
/// What a carrier's service costs and takes. It covers a way when all that it names fits: <c>Node</c>,
/// <c>FromCountry</c> and <c>To</c> (null: any), <c>UpToKm</c> (null: any distance; a distance that is not known fits
/// only null), <c>UpToGrams</c> (of one parcel; null: any weight). What is heavier goes in as many parcels as its
/// weight asks for; a unit must fit into one. Costs are minor units of the rules' currency, for each parcel and for
/// each kilogram begun by all of them, one at least. Transit days are days on which the carrier works, at least and at
/// most. <c>Cutoff</c>: latest hand-over, the node's local time; null for the end of the day.
/// </summary>
public sealed record Tariff(
    string Service, string? Node, string? FromCountry, Region? To, int? UpToKm, int? UpToGrams, long ParcelMinor,
    long KilogramMinor, int MinDays, int MaxDays, TimeOnly? Cutoff = null, string? Calendar = null);

/// <summary>When a carrier works. <c>Id</c> is what tariffs name.</summary>
public sealed record CarrierCalendar(string Id, Weekdays Days, ImmutableArray<DateOnly> Holidays);

/// <summary>
/// Goods that cross the border. <c>ClearanceDays</c>: working days, Monday to Friday. <c>DutyPermille</c>: of the
/// value of each unit, rounded to the minor unit (half up), paid by the sender (DDP) where <c>Paid</c>, else by the
/// receiver (DAP) and no cost of the plan.
/// </summary>
public sealed record Border(string FromCountry, string ToCountry, int ClearanceDays, int DutyPermille, bool Paid);

/// <summary>Score of using the node, minor units: negative is preferred.</summary>
public sealed record NodePreference(string Node, long Minor);

/// <summary>
/// How a seller's orders are given to nodes. All amounts are minor units of <c>Currency</c>.
/// </summary>
/// <param name="Currency">ISO 4217. <c>XXX</c>: scores are no money, and what nodes cost does not count.</param>
/// <param name="SplitMinor">For every fulfilment order beyond the first.</param>
/// <param name="LateMinor">For every day that a leg arrives after the date asked for.</param>
/// <param name="BalanceMinor">For a node that is full on its day once it has this order; proportionally for one that is
/// less so, rounded down.</param>
/// <param name="PriorityMinor">For each point of a node's priority.</param>
/// <param name="KilometreMinor">For each leg and kilometre where no tariff is stated at all. A node that is nobody
/// knows where counts as the farthest.</param>
/// <param name="MaxNodes">Nodes of one plan at most; null: no limit.</param>
/// <param name="MaxLateDays">Days after the date asked for at most; null: no limit.</param>
/// <param name="ShipComplete">All of an order from one node.</param>
/// <param name="Overflow">Types of nodes that serve only what no other node can.</param>
/// <param name="Preferred">Nodes that score better or worse.</param>
/// <param name="Tariffs">Not the first that covers a way and weight is taken, but the cheapest, with what lateness
/// costs; among equals the fastest, then the first. Empty: every way is open, at <c>KilometreMinor</c>.</param>
/// <param name="Calendars">Of carriers; one that no calendar names works Monday to Friday.</param>
/// <param name="Borders">Of which none is named: no clearance, no duty.</param>
/// <param name="Embargoes">By region and day.</param>
/// <param name="Blackouts">By node and day.</param>
public sealed record RoutingRules(
    string Currency, long SplitMinor, long LateMinor, long BalanceMinor, long PriorityMinor, long KilometreMinor,
    int? MaxNodes, int? MaxLateDays, bool ShipComplete, ImmutableArray<NodeType> Overflow,
    ImmutableArray<NodePreference> Preferred, ImmutableArray<Tariff> Tariffs, ImmutableArray<CarrierCalendar> Calendars,
    ImmutableArray<Border> Borders, ImmutableArray<Embargo> Embargoes, ImmutableArray<Blackout> Blackouts)
{
    /// <summary>
    /// What holds where a seller has stated nothing: as few nodes as can be, then by priority, then the nearest. A
    /// point of priority is worth more than half the earth, and a node more than the priorities of a hundred.
    /// </summary>
    public static RoutingRules BuiltIn { get; } = new(
        "XXX", 10_000_000_000_000, 0, 0, 100_000, 1, null, null, false, [], [], [], [], [], [], []);

    /// <summary>
    /// The same for a seller who has not even told his carriers: an ordinary parcel service, the slower the farther;
    /// the slowest where the distance is not known. Working days as national and European parcel services state them
    /// for their standard product; whoever promises more has to state tariffs.
    /// </summary>
    public static RoutingRules Unstated { get; } = BuiltIn with
    {
        Tariffs =
        [
            Parcel(100, 1, 2), Parcel(300, 1, 3), Parcel(1_000, 2, 4), Parcel(3_000, 3, 6), Parcel(null, 3, 7),
        ],
    };

    static Tariff Parcel(int? upToKm, int minDays, int maxDays) => new(
        "standard", null, null, null, upToKm, null, upToKm ?? 20_000, 0, minDays, maxDays);
}
