using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Warehousing;

namespace Fulfillment.Simulation;

/// <summary>The warehouse: defines nodes and SKUs, receives, corrects counts, sets units aside.</summary>
public sealed class Stocking : IWorkload
{
    static readonly SkuLifecycle[] Stages =
        [SkuLifecycle.Active, SkuLifecycle.Active, SkuLifecycle.PhaseOut, SkuLifecycle.Discontinued];

    readonly Dictionary<string, int> _done = [];
    int _next;

    /// <summary>The SKUs; the last one is never defined.</summary>
    public static ImmutableArray<string> Skus { get; } = ["A", "B", "C", "D", "ghost"];

    static readonly Tracking ByLot = new(Lots: true, AlertDays: 1);

    static readonly DateOnly LastDay = new(2026, 11, 28);

    /// <summary>The one whose units are told apart by lot.</summary>
    public const string Tracked = "C";

    /// <summary>A kit of two of them; it may be made of others later.</summary>
    public const string Kit = "K";

    /// <summary>The nodes.</summary>
    public static ImmutableArray<string> Nodes { get; } = ["N1", "N2", "N3"];

    /// <inheritdoc/>
    public void Step(World world)
    {
        if (_next == 0) Open(world);
        if (world.Random.Next(15) == 0) Move(world, world.Random);
        if (world.Random.Next(150) == 0) DefineKit(world);
        if (world.Random.Next(200) == 0) Age(world);
    }

    void Open(World world)
    {
        foreach (var node in Nodes)
        {
            NodeCard card = new(
                node, node == "N3" ? NodeType.ThirdParty : NodeType.Warehouse, world.Random.Next(3), "DE", "04109",
                null,
                null, node == "N1" ? null : world.Random.Next(1, 4));
            world.Ask($"define {node}", new("node", node), new NodeCommand.Define(card), _ => { });
        }

        foreach (var sku in Skus[..^1])
        {
            var card = sku == "D" ? Supplying.Card(world.Random)
                : new($"Thing {sku}", null, false, null, [], [], Tracking: sku == Tracked ? ByLot : null);
            var at = EntityId.Of("sku", Callers.Seller, sku);
            world.Ask($"define {sku}", at, new SkuCommand.Define(card), _ => { });
            foreach (var node in Nodes) Receive(world, at, node, world.Random.Next(1, 12));
        }

        DefineKit(world);
    }

    static void DefineKit(World world)
    {
        var first = world.Random.Next(4);
        SkuCard card = new($"Set {first}", null, false, null, [], [], Kit: [
            new(Skus[first], world.Random.Next(1, 3)), new(Skus[(first + 1) % 4], world.Random.Next(1, 3))]);
        world.Ask($"define {Kit}", EntityId.Of("sku", Callers.Seller, Kit), new SkuCommand.Define(card), _ => { });
    }

    /// <summary>One of them is sold, sold off, or not sold any more.</summary>
    static void Age(World world)
    {
        SkuCard card = new(
            $"Thing {Tracked}", null, false, null, [], [], Lifecycle: world.Random.Pick(Stages),
            Tracking: ByLot);
        world.Ask($"age {Tracked}", EntityId.Of("sku", Callers.Seller, Tracked), new SkuCommand.Define(card), _ => { });
    }

    void Move(World world, Random random)
    {
        var at = EntityId.Of("sku", Callers.Seller, random.Pick(Skus));
        var node = random.Pick(Nodes);
        var id = $"m{_next++}";
        switch (random.Next(4))
        {
            case 0:
                Tell(world, id, at, new SkuCommand.Adjust(
                    id, node, random.Next(-4, 5), "count", StockState.Available, OccurredAt: Late(world)));
                break;
            case 1:
                Tell(world, id, at, new SkuCommand.Move(
                    id, node, random.Next(1, 4), StockState.Available, StockState.Quarantine, "look",
                    OccurredAt: Late(world)));
                break;
            case 2:
                Tell(world, id, at, new SkuCommand.Move(
                    id, node, random.Next(1, 4), StockState.Quarantine, StockState.Available, "fine"));
                break;
            default:
                Receive(world, at, node, random.Next(1, 9));
                break;
        }

        if (random.Next(4) == 0) Lot(world, random, at, node);
    }

    /// <summary>Units are put into bins, and lots are called back and cleared again.</summary>
    void Lot(World world, Random random, EntityId at, string node)
    {
        var (id, lot) = ($"b{_next++}", $"L{random.Next(3)}");
        switch (random.Next(6))
        {
            case 0:
                world.Ask($"recall {at} {id}", at, new SkuCommand.RecallLot(lot, "glass"), _ => { });
                break;
            case 1:
                world.Ask($"clear {at} {id}", at, new SkuCommand.ClearLot(lot, "fine"), _ => { });
                break;
            default:
                Tell(world, id, at, new SkuCommand.Move(
                    id, node, random.Next(1, 4), StockState.Available, StockState.Available, "put away", null,
                    $"A-{random.Next(3)}", null, true));
                break;
        }
    }

    void Receive(World world, EntityId at, string node, int quantity)
    {
        var id = $"r{_next++}";
        var lots = at.Name == Tracked || world.Random.Next(4) == 0;
        Tell(world, id, at, new SkuCommand.Receive(
            id, node, quantity, "delivery", StockState.Available, null,
            lots ? Arrived(at.Name, world.Random.Next(3)) : null, Late(world)));
    }

    /// <summary>At the dock, of one of three lots; the first of the tracked SKU is over on the third day.</summary>
    static Particulars Arrived(string sku, int lot) =>
        new("dock", $"L{lot}", Expires: sku == Tracked && lot == 0 ? LastDay : null);

    /// <summary>Every fifth movement is told an hour late.</summary>
    DateTimeOffset? Late(World world) => _next % 5 == 0 ? world.Time.Now.AddHours(-1) : null;

    /// <summary>A movement is done at most once, however often it is asked.</summary>
    void Tell(World world, string id, EntityId at, ICommand<MoveReply> movement) => world.Ask(id, at, movement, reply =>
    {
        if (reply.Status == MoveStatus.DifferentContent) throw world.Broken($"{at} says {id} was something else");
        if (reply.Status == MoveStatus.Done && (_done[id] = _done.GetValueOrDefault(id) + 1) > 1)
            throw world.Broken($"{at} did {id} twice");
    });
}
