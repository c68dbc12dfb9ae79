using Fulfillment.Packing;

namespace Fulfillment.Simulation;

/// <summary>
/// A node's kinds of boxes, which are put, changed and removed by people who look at them before, and whose changes
/// cross.
/// </summary>
public sealed class Boxing : IWorkload
{
    static readonly EntityId At = new(BoxCalls.Kind, "N1");
    static readonly string[] Ids = ["S", "M"];

    int _next;

    /// <inheritdoc/>
    public void Step(World world)
    {
        var random = world.Random;
        if (random.Next(150) > 0) return;
        var (id, edge, isRemoval) = (random.Pick(Ids), 100 + _next++, random.Next(4) == 0);
        Box box = new(id, new(edge, edge, edge), new(edge, edge, edge), 10, 5_000, new(edge, "EUR"));
        world.Ask($"look at box {id} {edge}", At, new BoxCommand.Get(), list =>
        {
            var revision = list.Boxes.FirstOrDefault(b => b.Box.Id == id)?.Revision ?? 0;
            if (isRemoval)
                world.Ask($"remove box {id} {edge}", At, new BoxCommand.Remove(id, revision), _ => { });
            else
                world.Ask($"put box {id} {edge}", At, new BoxCommand.Put(box, revision), reply =>
                {
                    if (reply.Status is BoxStatus.Created or BoxStatus.Changed && reply.Box?.Box != box)
                        throw world.Broken($"{id} was put as {box}, and is {reply.Box}");
                });
        });
    }
}
