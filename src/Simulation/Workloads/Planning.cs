using System.Collections.Immutable;
using Fulfillment.Ordering;
using Fulfillment.Warehousing;

namespace Fulfillment.Simulation;

/// <summary>
/// Those who plan the work: nodes fail and come back, clerks move, split, merge and hold fulfilment orders, and 3PLs
/// accept them or not.
/// </summary>
public sealed class Planning(Buying buying) : IWorkload
{
    int _next;

    /// <inheritdoc/>
    public void Step(World world)
    {
        var random = world.Random;
        if (random.Next(40) == 0) Node(world, random.Pick(Stocking.Nodes), offline: random.Next(2) == 0);
        if (buying.Orders.Count == 0 || random.Next(5) != 0) return;
        var id = random.Pick(buying.Orders);
        world.Ask($"plan {id}", id, new OrderCommand.Get(), reply => Decide(world, id, reply.Order));
    }

    /// <summary>Once chaos is over all nodes work.</summary>
    public static void BringBack(World world)
    {
        foreach (var node in Stocking.Nodes) Node(world, node, offline: false);
    }

    /// <summary>After that nothing is held at a node.</summary>
    public static void Finish(World world, History history)
    {
        foreach (var (id, order) in history.Orders)
        {
            foreach (var f in order.Fulfilments)
            {
                if (f.Paused is not null)
                {
                    world.Ask($"resume {id}/{f.Number} at last", id,
                        new OrderCommand.ResumeWork($"zu{f.Number}", f.Number, "ann"), _ => { });
                }

                if (f.Request == WorkRequest.Submitted)
                {
                    world.Ask($"accept {id}/{f.Number} at last", id,
                        new OrderCommand.AnswerRequest(f.Number, true, null), _ => { });
                }
            }
        }
    }

    /// <summary>Who gave units to a node that has none, or took them from the only one that has, lets go.</summary>
    public static void LetGo(World world, History history)
    {
        foreach (var (id, order) in history.Orders)
        {
            if (order.Sourcing is { Stuck.IsEmpty: false })
                world.Ask($"route {id} at last", id, new OrderCommand.RouteAgain(null, Free: true), _ => { });
        }
    }

    /// <summary>What must leave from one node, and never will, is cancelled.</summary>
    public static void GiveUp(World world, History history)
    {
        foreach (var (id, order) in history.Orders)
        {
            if (order.Sourcing is { Stuck.IsEmpty: false } && order.Placed?.Wishes?.ShipComplete == true)
            {
                world.Ask($"give up {id}", id, new OrderCommand.Cancel("zc", [], "no node has all of it"), _ => { });
                world.Count("given up");
            }
        }
    }

    static void Node(World world, string node, bool offline)
    {
        EntityId at = new(WarehousingCalls.Kind, node);
        if (offline) world.Ask($"take {node} offline", at, new NodeCommand.TakeOffline("fire", "ann"), _ => { });
        else world.Ask($"bring {node} online", at, new NodeCommand.BringOnline("it is out", "ann"), _ => { });
    }

    void Decide(World world, EntityId id, OrderReply? order)
    {
        if (world.IsCalm || order is null || order.Fulfilments.IsEmpty) return;
        var random = world.Random;
        var f = random.Pick(order.Fulfilments);
        var open = f.Lines.Where(l => l.Open > 0).ToList();
        ImmutableArray<LineUnits> some = open.Count == 0 || random.Next(2) == 0
            ? [] : [new(open[0].Line, random.Next(1, open[0].Open + 1))];
        ICommand<FulfilReply> command = random.Next(8) switch
        {
            0 or 1 => new OrderCommand.MoveWork(
                $"v{_next++}", f.Number, random.Next(3) == 0 ? null : random.Pick(Stocking.Nodes), some,
                "closer", "ann"),
            2 => new OrderCommand.SplitWork($"t{_next++}", f.Number, some),
            3 => new OrderCommand.MergeWork($"g{_next++}", f.Number, random.Next(1, order.Fulfilments.Length + 1)),
            4 => new OrderCommand.PauseWork($"u{_next++}", f.Number, "wait", "ann"),
            5 when f.Paused is not null => new OrderCommand.ResumeWork($"n{_next++}", f.Number, "ann"),
            _ => new OrderCommand.AnswerRequest(f.Number, random.Next(3) != 0, "full"),
        };
        world.Ask($"plan work {id}/{f.Number}", id, command, _ => { });
    }
}
