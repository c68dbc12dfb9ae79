using Fulfillment.Inventory;

namespace Fulfillment.Simulation;

/// <summary>
/// Suppliers: announce units of the SKU that is sold beyond stock, slip, bring too few or too many, give up; and the
/// seller changes how much may be promised, and who gets what comes.
/// </summary>
public sealed class Supplying : IWorkload
{
    const string Sku = "D";

    static readonly EntityId At = EntityId.Of("sku", Callers.Seller, Sku);

    readonly HashSet<string> _expected = [];
    readonly List<string> _supplies = [];
    int _next;

    /// <inheritdoc/>
    public void Step(World world)
    {
        var random = world.Random;
        if (random.Next(200) == 0)
            world.Ask($"sell {Sku} otherwise", At, new SkuCommand.Define(Card(random)), _ => { });
        if (random.Next(20) > 0) return;
        if (_supplies.Count == 0 || random.Next(3) == 0)
        {
            Expect(world, random);
            return;
        }

        var supply = random.Pick(_supplies);
        switch (random.Next(4))
        {
            case 0:
                var units = random.Next(2) == 0 ? (int?)null : random.Next(0, 9);
                world.Ask(
                    $"change {supply}", At,
                    new SkuCommand.ChangeSupply(supply, units, random.Next(2) == 0 ? null : Day(world)), _ => { });
                break;
            case 1 when random.Next(3) == 0:
                world.Ask($"drop {supply}", At, new SkuCommand.DropSupply(supply, "sold to others"), _ => { });
                break;
            default:
                var id = $"d{_next++}";
                world.Ask(id, At, new SkuCommand.Receive(
                    id, random.Pick(Stocking.Nodes), random.Next(1, 7), "delivery", StockState.Available, supply),
                    reply =>
                    {
                        if (reply.Status == MoveStatus.DifferentContent)
                            throw world.Broken($"{At} says {id} was something else");
                    });
                break;
        }
    }

    /// <summary>The SKU's card, sold beyond stock in one way or another.</summary>
    public static SkuCard Card(Random random) => new($"Thing {Sku}", null, Backorder: true, null, [], [])
    {
        Fill = (FillPolicy)random.Next(3),
        BackorderCap = random.Next(3) == 0 ? random.Next(12) : null,
        SupplyOnly = random.Next(4) == 0,
    };

    void Expect(World world, Random random)
    {
        var id = $"p{_next++}";
        _supplies.Add(id);
        SkuCommand.Expect supply = new(id, random.Pick(Stocking.Nodes), random.Next(1, 9), Day(world), "order");
        world.Ask($"expect {id}", At, supply, reply =>
        {
            if (reply.Status == SupplyStatus.DifferentContent)
                throw world.Broken($"{At} says {id} was something else");
            if (reply.Status == SupplyStatus.Done && !_expected.Add(id)) throw world.Broken($"{id} is expected twice");
        });
    }

    /// <summary>Few, so that several supplies come at once.</summary>
    static DateTimeOffset Day(World world) =>
        new(world.Time.Now.UtcDateTime.Date.AddDays(1 + world.Random.Next(5)), TimeSpan.Zero);
}
