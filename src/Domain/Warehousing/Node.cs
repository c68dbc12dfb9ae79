using System.Collections.Immutable;
using System.Diagnostics;

namespace Fulfillment.Warehousing;

/// <summary>The room that an order has: its last step, and the day of its last change.</summary>
public sealed record RoomClaim(int Step, ImmutableArray<DayRoom> Days, DateOnly Changed)
{
    /// <summary>After this day nobody asks about it any more.</summary>
    public DateOnly Last => Days.IsEmpty ? Changed : Days[^1].Day > Changed ? Days[^1].Day : Changed;
}

/// <summary>
/// A place that fulfils: a warehouse, store, 3PL or supplier. It belongs to the operator, not to a seller. Room on its
/// days is claimed here, one order after the other, so a day never gets more than it can do.
/// </summary>
/// <param name="Card">What is known of it; null until somebody defines it.</param>
/// <param name="Revision">Changes so far.</param>
public sealed partial record Node(NodeCard? Card, long Revision) : IEntity<Node, NodeCommand, NodeEvent>
{
    /// <summary>For how many days a claim is remembered after its last day.</summary>
    public const int RememberedDays = 14;

    /// <summary>Why it takes no work; null when it does.</summary>
    public Offline? Offline { get; init; }

    /// <summary>Since when it takes work again; null when it always did.</summary>
    public DateTimeOffset? BackSince { get; init; }

    /// <summary>Fulfilment orders per day that has any.</summary>
    public ImmutableSortedDictionary<DateOnly, int> Used { get; init; } =
        ImmutableSortedDictionary<DateOnly, int>.Empty;

    /// <summary>By the key of the order.</summary>
    public ImmutableSortedDictionary<string, RoomClaim> Claims { get; init; } = NoClaims;

    static readonly ImmutableSortedDictionary<string, RoomClaim> NoClaims =
        ImmutableSortedDictionary.Create<string, RoomClaim>(StringComparer.Ordinal);

    /// <inheritdoc/>
    public static Node Initial { get; } = new(null, 0);

    /// <inheritdoc/>
    public static Decision<NodeEvent> Decide(Node node, NodeCommand command, Turn turn) => command switch
    {
        NodeCommand.Define c => Define(node, c),
        NodeCommand.Get => new(node.Reply()),
        NodeCommand.TakeOffline c => TakeOffline(node, c, turn),
        NodeCommand.BringOnline c => BringOnline(node, c, turn),
        NodeCommand.ClaimRoom c => ClaimRoom(node, c, turn),
        NodeCommand.SeekWork c => (node.Offline is { } offline ? offline.At : node.BackSince) == c.Since
            ? new(Done.It, new NodeEvent.WorkSought()) : new(Done.It),
        NodeCommand.TakeWork c => TakeWork(node, c.Page),
        _ => throw new UnreachableException(),
    };

    static Decision<NodeEvent> Define(Node node, NodeCommand.Define c)
    {
        if (c.IfRevision is { } wanted && wanted != node.Revision)
            return new(new DefineNodeReply(NodeStatus.Stale, node.Revision));
        if (node.Card?.Says(c.Card) == true) return new(new DefineNodeReply(NodeStatus.Unchanged, node.Revision));

        var revision = node.Revision + 1;
        var status = node.Card is null ? NodeStatus.Created : NodeStatus.Changed;
        return new(new DefineNodeReply(status, revision), new NodeEvent.NodeDefined(c.Card, revision));
    }

    static Decision<NodeEvent> ClaimRoom(Node node, NodeCommand.ClaimRoom c, Turn turn)
    {
        var had = node.Claims.GetValueOrDefault(c.Order);
        if (c.Step < had?.Step) return new(new RoomReply(RoomStatus.Superseded, c.Step));
        if (c.Step == had?.Step) return new(new RoomReply(RoomStatus.Granted, c.Step));
        var today = DateOnly.FromDateTime(turn.Now.UtcDateTime);
        foreach (var (day, count) in c.Days)
        {
            var more = count - CountOn(had, day);
            if (more <= 0) continue;
            if (node.Offline is not null) return new(new RoomReply(RoomStatus.Offline, c.Step));
            // Of a day that is over nobody takes room any more; one of the node's may last a day longer than that of
            // UTC. An order that states an old day again may have been forgotten.
            if (day < today.AddDays(-1)) continue;
            if (node.Card?.CapacityPerDay is { } most && node.Used.GetValueOrDefault(day) + more > most)
                return new(new RoomReply(RoomStatus.Full, c.Step));
        }

        ImmutableArray<DayRoom> kept = [.. c.Days.Where(d => d.Day >= today.AddDays(-RememberedDays))];
        var days = kept.Select(d => d.Day).Concat(had?.Days.Select(d => d.Day) ?? []).Distinct().Order();
        return new(new RoomReply(RoomStatus.Granted, c.Step), new NodeEvent.RoomClaimed(
            c.Order, c.Step, kept,
            [.. days.Select(d => new DayRoom(d, node.Used.GetValueOrDefault(d) + CountOn(kept, d) - CountOn(had, d)))],
            today));
    }

    static int CountOn(RoomClaim? claim, DateOnly day) => claim is null ? 0 : CountOn(claim.Days, day);

    static int CountOn(ImmutableArray<DayRoom> days, DateOnly day)
    {
        foreach (var (on, count) in days)
            if (on == day) return count;
        return 0;
    }

    NodeReply Reply() => new(Card, Revision, Offline);

    /// <inheritdoc/>
    public static Node Evolve(Node node, NodeEvent happened) => happened switch
    {
        NodeEvent.NodeDefined e => node with { Card = e.Card, Revision = e.Revision },
        NodeEvent.NodeTakenOffline e => node with { Offline = e.Offline },
        NodeEvent.NodeBroughtOnline e => node with { Offline = null, BackSince = e.At },
        NodeEvent.RoomClaimed e => node.Give(e),
        NodeEvent.WorkSought or NodeEvent.WorkFound => node,
        _ => throw new UnreachableException(),
    };

    Node Give(NodeEvent.RoomClaimed e)
    {
        var used = Used.ToBuilder();
        foreach (var (day, count) in e.Used)
        {
            if (count > 0) used[day] = count;
            else used.Remove(day);
        }

        var claims = Claims.SetItem(e.Order, new(e.Step, e.Days, e.Today));
        // Once a day is enough to forget what is long over.
        var over = e.Today.AddDays(-RememberedDays);
        if (used.Count > 0 && used.Keys.First() < over)
        {
            used.RemoveRange([.. used.Keys.TakeWhile(d => d < over)]);
            claims = claims.SetItems(claims.Where(c => c.Value.Days is [var first, ..] && first.Day < over).Select(
                    c => KeyValuePair.Create(
                        c.Key, c.Value with { Days = [.. c.Value.Days.Where(d => d.Day >= over)] })))
                .RemoveRange(claims.Where(c => c.Value.Last < over).Select(c => c.Key));
        }

        return this with { Used = used.ToImmutable(), Claims = claims };
    }

    /// <inheritdoc/>
    public static string? Check(Node node, NodeEvent? last)
    {
        if (last is not (null or NodeEvent.RoomClaimed)) return null;
        SortedDictionary<DateOnly, int> sums = [];
        foreach (var (day, count) in node.Claims.Values.SelectMany(c => c.Days))
        {
            if (count <= 0) return $"a claim of {count} on {day}";
            sums[day] = sums.GetValueOrDefault(day) + count;
        }

        return node.Used.Any(u => sums.GetValueOrDefault(u.Key) != u.Value)
            || sums.Keys.Any(d => !node.Used.ContainsKey(d))
            ? "the claims of a day do not sum to what is used of it" : null;
    }
}
