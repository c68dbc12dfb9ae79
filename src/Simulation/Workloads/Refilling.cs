using System.Collections.Immutable;
using Fulfillment.Picking;

namespace Fulfillment.Simulation;

/// <summary>
/// Pick faces are filled again: by two who take tasks over, carry right and wrong units, twice and out of turn, and say
/// that no more comes.
/// </summary>
public sealed class Refilling : IWorkload
{
    static readonly ImmutableArray<string> People = ["anna", "bert"], From = ["A-0", "A-2", "dock"];

    readonly HashSet<string> _done = [];
    int _next;

    /// <inheritdoc/>
    public void Step(World world)
    {
        var random = world.Random;
        if (random.Next(12) > 0) return;
        var at = EntityId.Of(RefillCalls.Kind, Callers.Seller, random.Pick(Stocking.Nodes));
        // Somebody sees that a face is empty, however often.
        if (random.Next(3) == 0)
        {
            RefillCommand.Open open = new($"seen:{random.Next(12)}", "A-1", random.Pick(["A", "B"]), 0, random.Next(9));
            world.Ask($"{open}", at, open, _ => { });
        }

        var once = false;
        world.Ask($"look what {at} fills {_next++}", at, new RefillCommand.Get(), reply =>
        {
            if (once || reply.Tasks.IsEmpty) return;
            once = true;
            Work(world, random, at, random.Pick(reply.Tasks));
        });
    }

    void Work(World world, Random random, EntityId at, RefillTask task)
    {
        var (id, by) = ($"f{_next++}", task.By ?? random.Pick(People));
        RefillCommand change = random.Next(8) switch
        {
            0 => new RefillCommand.TakeOn(id, task.Number, random.Pick(People), random.Next(2) == 0),
            1 => new RefillCommand.Finish(id, task.Number, by),
            2 => new RefillCommand.Carry(id, task.Number, by, "A-0", "A-9", task.Sku, 1),
            _ when task.By is null => new RefillCommand.TakeOn(id, task.Number, by),
            _ => new RefillCommand.Carry(
                id, task.Number, by, random.Pick(From), task.Bin, task.Sku, random.Next(1, 4)),
        };
        world.Ask($"{change} at {at}", at, (ICommand<RefillReply>)change, reply =>
        {
            if (reply.Status == RefillReplyStatus.Done && !_done.Add($"{at} {change}"))
                throw world.Broken($"{at} did {change} twice");
        });
    }
}
