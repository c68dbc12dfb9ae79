using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Fulfillment.Routing;

namespace Fulfillment.Ordering;

/// <summary>Where the work given to a node stands. Derived from its units.</summary>
public enum FulfilmentStatus
{
    /// <summary>Nothing has left yet.</summary>
    [JsonStringEnumMemberName("open")] Open,

    /// <summary>Nothing may leave before its day.</summary>
    [JsonStringEnumMemberName("scheduled")] Scheduled,

    /// <summary>A hold of the order, or of this fulfilment order alone, stops it.</summary>
    [JsonStringEnumMemberName("on-hold")] OnHold,

    /// <summary>A node works on it, or some units have left and some have not.</summary>
    [JsonStringEnumMemberName("in-progress")] InProgress,

    /// <summary>All that may leave is in closed boxes.</summary>
    [JsonStringEnumMemberName("packed")] Packed,

    /// <summary>All units that were not withdrawn have left.</summary>
    [JsonStringEnumMemberName("closed")] Closed,

    /// <summary>All units were withdrawn.</summary>
    [JsonStringEnumMemberName("cancelled")] Cancelled,
}

/// <summary>How far the question is whether a node accepts the work; a node that is not asked has none.</summary>
public enum WorkRequest
{
    /// <summary>The node is not asked.</summary>
    [JsonStringEnumMemberName("unsubmitted")] Unsubmitted,

    /// <summary>It has not answered.</summary>
    [JsonStringEnumMemberName("submitted")] Submitted,

    /// <summary>It does the work.</summary>
    [JsonStringEnumMemberName("accepted")] Accepted,

    /// <summary>It does not; the work was taken back.</summary>
    [JsonStringEnumMemberName("rejected")] Rejected,
}

/// <summary>
/// Units of an order's line in a fulfilment order. <c>Withdrawn</c>: cancelled, or (<c>GivenAway</c>) for another
/// fulfilment order to ship. <c>Stopping</c>: open ones that must not leave.
/// </summary>
public sealed record FulfilmentLine(
    string Line, string Sku, int Quantity, int Withdrawn, int Shipped, int Delivered, int Stopping = 0,
    int GivenAway = 0)
{
    /// <summary>Units that nobody is to ship.</summary>
    public int Cancelled => Withdrawn - GivenAway;

    /// <summary>Units that have not left.</summary>
    public int Open => Quantity - Withdrawn - Shipped;

    /// <summary>Units that may leave.</summary>
    public int MayLeave => Open - Stopping;

    /// <summary>With units of another: first of those that were given away, then more.</summary>
    public FulfilmentLine Take(int units)
    {
        var back = Math.Min(units, GivenAway);
        return this with
        {
            Quantity = Quantity + units - back,
            Withdrawn = Withdrawn - back,
            GivenAway = GivenAway - back,
        };
    }
}

/// <summary>
/// Goods that left together. <c>Boxes</c>: the LPNs of those they were in; default when nobody told.
/// <c>DeliveredAt</c>: when they arrived, null while they are on their way.
/// </summary>
public sealed record Shipment(
    string Id, DateTimeOffset At, ImmutableArray<LineUnits> Lines, string? Carrier, string? TrackingNumber,
    ImmutableArray<string> Boxes = default, DateTimeOffset? DeliveredAt = null);

/// <summary>
/// Work given to one node: the order's units that it ships. <c>StartedAt</c>: since when the node works on it, null
/// before: what is started is stopped by an intercept only. <c>OnHold</c>: the order is held. <c>Paused</c>: why this
/// one alone is. <c>Day</c>: the node's day it is to be worked on, null when no plan said. <c>HasRoom</c>: the day's
/// room was claimed for it. <c>NotBefore</c>: nothing leaves before; null once that is over. <c>ShipBy</c>: the
/// promised time to leave. <c>Promise</c>: all of it; null in lists. <c>Pinned</c>: somebody gave units of it to this
/// node by hand, and no rule takes it away; not told in lists. <c>Waiting</c>: why its node takes no work now, for
/// one that stays there all the same; null when it does. <c>PackStep</c>: the last that its bench told of it; null
/// when it is at none. <c>PackedAt</c>: since when all of it is in closed boxes; null when it is not.
/// </summary>
public sealed record Fulfilment(
    int Number, string Node, ImmutableArray<FulfilmentLine> Lines, ImmutableArray<Shipment> Shipments,
    DateTimeOffset? DeliveredAt, DateTimeOffset? StartedAt = null, bool OnHold = false, string? Paused = null,
    WorkRequest Request = WorkRequest.Unsubmitted, DateOnly? Day = null, bool HasRoom = false,
    DateTimeOffset? NotBefore = null, DateTimeOffset? ShipBy = null, Promise? Promise = null, bool Pinned = false,
    string? Waiting = null, long? PackStep = null, DateTimeOffset? PackedAt = null)
{
    /// <summary>What users call it.</summary>
    public FulfilmentStatus Status =>
        Lines.All(l => l.Withdrawn == l.Quantity) ? FulfilmentStatus.Cancelled
        : Lines.All(l => l.Open == 0) ? FulfilmentStatus.Closed
        : OnHold || Paused is not null ? FulfilmentStatus.OnHold
        : IsBegun ? PackedAt is null ? FulfilmentStatus.InProgress : FulfilmentStatus.Packed
        : NotBefore is not null ? FulfilmentStatus.Scheduled
        : FulfilmentStatus.Open;

    /// <summary>Somebody works on it, or some of it has left.</summary>
    public bool IsBegun => StartedAt is not null || Lines.Any(l => l.Shipped > 0);

    /// <summary>Somebody packs it at a bench: only closed boxes leave.</summary>
    public bool IsAtBench => PackStep is not null;

    /// <summary>As it was opened.</summary>
    public static Fulfilment Of(NewFulfilment opened) => new(
        opened.Number, opened.Node,
        ImmutableArray.CreateRange(opened.Lines, l => new FulfilmentLine(l.Line, l.Sku, l.Units, 0, 0, 0)), [], null,
        Request: opened.Asks ? WorkRequest.Submitted : WorkRequest.Unsubmitted, Day: opened.Day,
        HasRoom: opened.HasRoom, NotBefore: opened.NotBefore, ShipBy: opened.ShipBy);

    /// <summary>
    /// The part of it that becomes a fulfilment order of its own. The day's room stays with the first.
    /// </summary>
    public Fulfilment Part(OrderEvent.FulfilmentSplit e) => this with
    {
        Number = e.Number,
        HasRoom = false,
        Lines = [.. from u in e.Units
            let sku = Lines.First(l => l.Line == u.Line).Sku
            select new FulfilmentLine(u.Line, sku, u.Units, 0, 0, 0)],
    };

    /// <summary>
    /// The fulfilment order with the units of another, and with all that either has to wait for. One day's room is
    /// enough for both.
    /// </summary>
    public Fulfilment Join(ImmutableArray<LineUnits> units, Fulfilment other)
    {
        var lines = Lines;
        foreach (var (line, n) in units)
        {
            var at = lines.FirstOrDefault(l => l.Line == line);
            lines = at is null
                ? lines.Add(new(line, other.Lines.First(l => l.Line == line).Sku, n, 0, 0, 0))
                : lines.Replace(at, at.Take(n));
        }

        return this with
        {
            Lines = lines,
            Day = HasRoom || !other.HasRoom ? Day : other.Day,
            HasRoom = HasRoom || other.HasRoom,
            NotBefore = other.NotBefore > NotBefore || NotBefore is null ? other.NotBefore : NotBefore,
            Paused = Paused ?? other.Paused,
            Request = other.Request == WorkRequest.Submitted ? other.Request : Request,
            Pinned = Pinned || other.Pinned,
            Waiting = Waiting ?? other.Waiting,
        };
    }

    /// <summary>The fulfilment order after units were withdrawn.</summary>
    public Fulfilment Withdraw(IEnumerable<LineUnits> lines) =>
        With(lines, (l, n) => l with { Withdrawn = l.Withdrawn + n });

    /// <summary>The fulfilment order after others got units of it.</summary>
    public Fulfilment GiveAway(IEnumerable<LineUnits> lines) =>
        With(lines, (l, n) => l with { Withdrawn = l.Withdrawn + n, GivenAway = l.GivenAway + n });

    /// <summary>The fulfilment order when its node begins, and so accepts it if it was asked.</summary>
    public Fulfilment Start(DateTimeOffset at) => this with
    {
        StartedAt = at,
        Waiting = null,
        Request = Request == WorkRequest.Submitted ? WorkRequest.Accepted : Request,
    };

    /// <summary>The fulfilment order after goods left.</summary>
    public Fulfilment Ship(OrderEvent.GoodsShipped e) =>
        With(e.Lines, (l, n) => l with { Shipped = l.Shipped + n }) with
        {
            Request = Request == WorkRequest.Submitted ? WorkRequest.Accepted : Request,
            Waiting = null,
            Shipments = Shipments.Add(new(e.Id, e.At, e.Lines, e.Carrier, e.TrackingNumber, e.Boxes)),
        };

    /// <summary>The fulfilment order when its bench tells that all of it is packed, or is not.</summary>
    public Fulfilment Pack(OrderEvent.FulfilmentPacked e) => this with
    {
        PackStep = e.Step,
        PackedAt = e.IsPacked ? e.At : null,
    };

    /// <summary>The fulfilment order after goods arrived.</summary>
    public Fulfilment Deliver(OrderEvent.GoodsDelivered e) =>
        With(e.Lines, (l, n) => l with { Delivered = l.Delivered + n }) with
        {
            DeliveredAt = e.At,
            Shipments =
            [
                .. Shipments.Select(s => s.DeliveredAt is null && (e.Shipment is null || s.Id == e.Shipment)
                    ? s with { DeliveredAt = e.At } : s),
            ],
        };

    /// <summary>Units that are on their way: all, or those of one shipment.</summary>
    public ImmutableArray<LineUnits> Arriving(Shipment? of) =>
    [
        .. from l in Lines
            let units = of is null ? int.MaxValue
                : of.DeliveredAt is null ? of.Lines.Where(u => u.Line == l.Line).Sum(u => u.Units) : 0
            let arriving = Math.Min(units, l.Shipped - l.Delivered)
            where arriving > 0
            select new LineUnits(l.Line, arriving),
    ];

    /// <summary>The fulfilment order after units were to be stopped, or (negative) no longer.</summary>
    public Fulfilment Stop(IEnumerable<LineUnits> lines) =>
        With(lines, (l, n) => l with { Stopping = l.Stopping + n });

    Fulfilment With(IEnumerable<LineUnits> lines, Func<FulfilmentLine, int, FulfilmentLine> change)
    {
        var units = lines.ToDictionary(l => l.Line, l => l.Units);
        return this with
        {
            Lines = [.. Lines.Select(l => units.TryGetValue(l.Line, out var n) ? change(l, n) : l)],
        };
    }
}
