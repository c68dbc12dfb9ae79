using System.Collections.Immutable;
using Fulfillment.Warehousing;

namespace Fulfillment.Tests.Domain;

/// <summary>
/// Stands in for a node and answers one order's claims for room arbitrarily, but lawfully: a step is applied once, and
/// what is no more than before is granted.
/// </summary>
sealed class NodeDouble
{
    int _step;

    /// <summary>From now on there is room.</summary>
    public bool IsCalm { get; set; }

    /// <summary>What the order has.</summary>
    public ImmutableArray<DayRoom> Days { get; private set; } = [];

    /// <summary>The answer to one attempt at a claim; <paramref name="twist"/> is the node's mood.</summary>
    public RoomReply Answer(NodeCommand.ClaimRoom c, int twist)
    {
        Assert.Equal(Orders.Self.Key, c.Order);
        Assert.Equal(c.Days.Select(d => d.Day).Distinct().Order(), c.Days.Select(d => d.Day));
        Assert.All(c.Days, d => Assert.True(d.Count > 0));
        if (c.Step < _step) return new(RoomStatus.Superseded, c.Step);
        if (c.Step > _step)
        {
            var isMore = c.Days.Any(d => d.Count > Days.FirstOrDefault(had => had.Day == d.Day).Count);
            if (isMore && !IsCalm && twist % 3 == 0)
                return new(twist % 2 == 0 ? RoomStatus.Full : RoomStatus.Offline, c.Step);
            (_step, Days) = (c.Step, c.Days);
        }

        return new(RoomStatus.Granted, c.Step);
    }
}
