using System.Collections.Immutable;
using Fulfillment.Routing;
using Fulfillment.Warehousing;

namespace Fulfillment.Ordering;

/// <summary>How far a claim for room at a node is.</summary>
public enum RoomState
{
    /// <summary>The node has not answered.</summary>
    Asked,

    /// <summary>The order has the room.</summary>
    Granted,

    /// <summary>It has what it had before; it has to state again what it wants.</summary>
    Refused,
}

/// <summary>
/// All the room that the order has asked of a node, in place of what it had; <c>Step</c> numbers them.
/// </summary>
public sealed record RoomAsk(string Node, int Step, ImmutableArray<DayRoom> Days, RoomState State);

/// <summary>
/// How the order's units get their nodes; an order that no plan was made for has none.
/// </summary>
/// <param name="Legs">Of the plan that is being carried out.</param>
/// <param name="Booked">A plan that waits for room at its nodes.</param>
/// <param name="Rooms">By node.</param>
/// <param name="Refused">Nodes that refused, the last ones.</param>
/// <param name="Stuck">Units that the last plan found no node for.</param>
/// <param name="Why">Which constraint failed where, when units are stuck.</param>
/// <param name="Tries">Plans in a row that left units.</param>
/// <param name="Again">Something changed while the router was asked: what it leaves is asked for once more.</param>
/// <param name="Elsewhere">The order goes to another place than the last plan was made for.</param>
/// <param name="Promised">The latest delivery of the first plan, or of the first for another address: what the buyer
/// counts on.</param>
public sealed record Sourcing(
    ImmutableArray<RouteLeg> Legs, RoutePlan? Booked, ImmutableArray<RoomAsk> Rooms,
    ImmutableArray<RefusedNode> Refused, ImmutableArray<Unserved> Stuck, string? Why, int Tries, DateOnly? Promised,
    bool Again = false, bool Elsewhere = false)
{
    /// <summary>Refusals that are remembered.</summary>
    public const int MaxRefused = 100;

    /// <summary>Of an order that no plan was made for.</summary>
    public static Sourcing None { get; } = new([], null, [], [], [], null, 0, null);

    /// <summary>The index of what was asked of the node last; negative when nothing was.</summary>
    public static int IndexOf(ImmutableArray<RoomAsk> rooms, string node)
    {
        for (var i = 0; i < rooms.Length; i++)
            if (rooms[i].Node == node) return i;
        return -1;
    }

    /// <summary>With one more refusal; for its room the oldest one for a day goes, if there is any.</summary>
    public Sourcing Refuse(RefusedNode refused)
    {
        if (Refused.Contains(refused)) return this;
        var oldest = Refused.FirstOrDefault(r => r.Day is not null) ?? Refused.FirstOrDefault();
        return this with { Refused = (Refused.Length < MaxRefused ? Refused : Refused.Remove(oldest!)).Add(refused) };
    }

    /// <summary>Somebody gives the node work by hand, whoever did not want that before.</summary>
    public Sourcing Allow(string node) => this with
    {
        Refused = Refused.RemoveAll(r => r.Node == node && r.Day is null),
    };
}
