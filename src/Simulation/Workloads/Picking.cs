using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Picking;

namespace Fulfillment.Simulation;

/// <summary>
/// Two pickers on the same lists, of which some were released as waves, at the same moment, again and otherwise: they
/// scan right and wrong, twice and out of turn, take lists over, find units missing and give up.
/// </summary>
public sealed partial class Picking(Buying buying) : IWorkload
{
    /// <summary>Few, so that each is long enough under way.</summary>
    const int MostLists = 6;

    static readonly ImmutableArray<string> Pickers = ["anna", "bert"], Places = ["A-0", "A-2"];

    readonly HashSet<string> _done = [];
    readonly List<string> _lists = [];
    int _next;

    /// <inheritdoc/>
    public void Step(World world)
    {
        var random = world.Random;
        if (random.Next(20) == 0 && _lists.Count < MostLists && buying.Orders.Count > 0)
        {
            var order = random.Pick(buying.Orders);
            world.Ask(
                $"look at {order} to pick it", order, new OrderCommand.Get(), r => Release(world, order, r.Order));
        }

        if (_lists.Count > 0 && random.Next(4) == 0) Work(world, random, random.Pick(_lists));
    }

    void Release(World world, EntityId id, OrderReply? order)
    {
        if (world.IsCalm || _lists.Count >= MostLists || order is null || order.Fulfilments.IsEmpty) return;
        var random = world.Random;
        var fulfilment = random.Pick(order.Fulfilments);
        ImmutableArray<PickTask> tasks =
        [
            .. from l in fulfilment.Lines
               where l.MayLeave > 0
               select random.Next(2) == 0 ? new PickTask(1, l.Line, l.Sku, null, null, l.MayLeave)
                   : new PickTask(1, l.Line, l.Sku, "A-1", null, l.MayLeave, Face: new(random.Next(4), 8)),
        ];
        if (tasks.IsEmpty) return;
        PickTerms terms = new(
            fulfilment.Node, random.Next(2) == 0 ? PickMethod.Single : PickMethod.Batch,
            [new(id.Name, fulfilment.Number)], tasks);
        if (random.Next(2) == 0)
        {
            Gather(world, terms);
            return;
        }

        Release(world, terms);
        // Two who release at the same time: one of them has the order.
        if (random.Next(3) == 0) Release(world, terms);
    }

    void Release(World world, PickTerms terms)
    {
        var list = $"L{_lists.Count}";
        _lists.Add(list);
        var once = false;
        world.Ask($"release {list}", Roster(terms.Node), new RosterCommand.Release(list, [new(list, terms)]), reply =>
        {
            if (once || reply.Status != RosterStatus.Done) return;
            once = true;
            Begin(world, list);
        });
    }

    void Begin(World world, string list) =>
        Tell(world, list, new PickListCommand.TakeOn($"l{_next++}", world.Random.Pick(Pickers)));

    void Work(World world, Random random, string list)
    {
        var (id, by) = ($"l{_next++}", random.Pick(Pickers));
        switch (random.Next(12))
        {
            case 0:
                Tell(world, list, new PickListCommand.TakeOn(id, by, TakeOver: random.Next(2) == 0));
                break;
            case 1:
                Look(world, list, sheet => Short(world, random, list, id, sheet));
                break;
            case 2 when random.Next(6) == 0:
                Tell(world, list, new PickListCommand.Cancel(id, by, "no time"));
                break;
            default:
                Look(world, list, sheet => Scan(world, random, list, id, sheet));
                break;
        }
    }

    /// <summary>Of the next line. Others may lie somewhere else, which the roster promises, or nobody.</summary>
    void Short(World world, Random random, string list, string id, PickSheet sheet)
    {
        PickListCommand.ReportShort report = new(
            id, sheet.Picker ?? random.Pick(Pickers), null, random.Next(3) == 0 ? null : 1, sheet.Next?.Sku,
            random.Next(2) == 0 ? [] : [new(random.Pick(Places), null, random.Next(1, 3))]);
        if (report.Elsewhere.IsEmpty || random.Next(3) == 0) Tell(world, list, report);
        else Promise(world, list, sheet.Terms.Node, report);
    }

    /// <summary>Mostly what the next line asks for, by who picks it.</summary>
    void Scan(World world, Random random, string list, string id, PickSheet sheet)
    {
        if (sheet.Next is not { } line || sheet.Picker is not { } picker) return;
        var isWrong = random.Next(6) == 0;
        Tell(world, list, new PickListCommand.Scan(
            id, random.Next(9) == 0 ? random.Pick(Pickers) : picker, random.Next(2) == 0 ? line.Number : null,
            isWrong && random.Next(2) == 0 ? "dock" : line.Bin, isWrong ? "C" : line.Sku, random.Next(1, line.Left + 1),
            line.Sku == Stocking.Tracked ? $"L{random.Next(3)}" : null, random.Next(7) == 0 ? "T2" : "T1"));
    }

    void Look(World world, string list, Action<PickSheet> then)
    {
        var once = false;
        world.Ask($"look at {list} {_next}", At(list), new PickListCommand.Get(), reply =>
        {
            if (once || reply.Sheet is null) return;
            once = true;
            then(reply.Sheet);
        });
    }

    void Tell(World world, string list, PickListCommand change) => world.Ask(
        $"{change} of {list}", At(list), (ICommand<PickListReply>)change, reply =>
        {
            if (reply.Status == PickListReplyStatus.Done && !_done.Add($"{change}"))
                throw world.Broken($"{list} did {change} twice");
        });

    static EntityId At(string list) => EntityId.Of(PickingCalls.Kind, Callers.Seller, list);

    static EntityId Roster(string node) => EntityId.Of(PickRosterCalls.Kind, Callers.Seller, node);
}
