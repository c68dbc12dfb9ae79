using Fulfillment.Counting;
using Fulfillment.Inventory;
using Fulfillment.Sensing;

namespace Fulfillment.Simulation;

/// <summary>
/// A shelf that weighs what lies on it, wrongly now and then; who was asked to count gives up at times.
/// </summary>
public sealed class Weighing : IWorkload
{
    const int MostObservations = 12;

    static readonly EntityId Shelf = EntityId.Of(SensingCalls.Kind, Callers.Seller, "shelf");

    static readonly SensorTerms Terms = new("N1", SensorKind.WeightShelf, [new(null, "A", 100), new("dock", "B", 100)]);

    readonly HashSet<string> _done = [];
    int _next;

    /// <inheritdoc/>
    public void Step(World world)
    {
        var random = world.Random;
        if (random.Next(120) > 0 || _next >= MostObservations) return;
        if (_next++ == 0) world.Ask("register the shelf", Shelf, new SensorCommand.Register(Terms), _ => { });
        else if (random.Next(3) == 0) GiveUp(world, random);
        else Weigh(world, $"w{_next}", random.Pick(Terms.Places), random.Next(3) - 1);
    }

    void Weigh(World world, string id, SensorPlace place, int error) => world.Ask(
        $"{id} looks at {place.Sku}", EntityId.Of(InventoryCalls.Kind, Callers.Seller, place.Sku!),
        new SkuCommand.JudgeCount(new(Terms.Node, place.Bin, null, null, 0)), reply =>
        {
            if (reply.Status != JudgeStatus.Done || !_done.Add($"look {id}")) return;
            var seen = Math.Max(0, reply.Expected + error);
            Reading reading = new(
                place.Sku!, place.Bin, seen, reply.Expected, reply.Version, seen != reply.Expected);
            world.Ask(id, Shelf, new SensorCommand.Observe(id, seen, world.Time.Now, null, [reading]), told =>
            {
                if (told.Status == SensorStatus.Done && !_done.Add(id)) throw world.Broken($"{id} was entered twice");
            });
        });

    void GiveUp(World world, Random random)
    {
        var count = EntityId.Of(CountingCalls.Kind, Callers.Seller, $"sensor:shelf:{random.Next(1, 4)}");
        var id = $"give up {_next}";
        world.Ask(id, count, new CountCommand.Cancel(id, "anna", "no time"), _ => { });
    }
}
