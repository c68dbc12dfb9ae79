using Fulfillment.Catalog;
using Fulfillment.Inventory;
using Fulfillment.Warehousing;

namespace Fulfillment.Simulation;

/// <summary>
/// Pallets and cartons: units are put on, cartons are put on pallets and taken down, and both are moved, often while
/// somebody puts more on. As the API does it: asks the carrier, then the SKU, with the step that it was told.
/// </summary>
public sealed class Carrying : IWorkload
{
    /// <summary>Where all of them are.</summary>
    public const string Node = "N1";

    /// <summary>Goods that arrive may be counted on them too.</summary>
    public static readonly string[] Pallets = ["P1", "P2"];

    static readonly string[] Cartons = ["C1", "C2"];

    static readonly string[] Skus = ["A", "B"], Bins = ["A-0", "A-1", "A-2"];

    readonly Dictionary<string, string> _issued = [];
    int _next;

    /// <inheritdoc/>
    public void Step(World world)
    {
        var random = world.Random;
        if (random.Next(30) > 0) return;
        if (_next == 0) Open(world);
        var id = $"k{_next++}";
        var carton = random.Pick(Cartons);
        switch (random.Next(8))
        {
            case 0 or 1:
                PutOn(world, id, random.Next(2) == 0 ? carton : random.Pick(Pallets));
                break;
            case 2:
                Tell(world, carton, id, new LicensePlateCommand.Load(id, random.Pick(Pallets)));
                break;
            case 3:
                Tell(world, carton, id, new LicensePlateCommand.Unload(id));
                break;
            case 4:
                Issue(world, $"issue{random.Next(9)}");
                break;
            default:
                Tell(world, random.Next(3) == 0 ? carton : random.Pick(Pallets), id,
                    new LicensePlateCommand.Move(id, random.Pick(Bins)));
                break;
        }
    }

    static void Open(World world)
    {
        foreach (var lpn in Pallets.Concat(Cartons))
        {
            PlateCard card = new(lpn[0] == 'P' ? PlateKind.Pallet : PlateKind.Carton, default, Node, "A-0");
            world.Ask($"register {lpn}", At(lpn), new LicensePlateCommand.Register(card, []), _ => { });
        }

        world.Ask(
            "prefix", EntityId.Of(SsccRangeCalls.Kind, Callers.Seller, "all"),
            new SsccRangeCommand.UsePrefix("3", "4012345"), _ => { });
    }

    static void PutOn(World world, string id, string lpn)
    {
        var sku = world.Random.Pick(Skus);
        LetOn(world, id, sku, lpn, reply => world.Ask(
            id, EntityId.Of(InventoryCalls.Kind, Callers.Seller, sku), new SkuCommand.Move(
                id, Node, world.Random.Next(1, 4), StockState.Available, StockState.Available, "put on", null,
                reply.Bin, lpn, Carried: true, Any: true, LpnStep: reply.Step), _ => { }));
    }

    /// <summary>The carrier is asked to let units on, once it is sure that there is such a SKU.</summary>
    public static void LetOn(World world, string id, string sku, string lpn, Action<PlateAdmitReply> then) => world.Ask(
        $"look at {sku} for {id}", EntityId.Of(InventoryCalls.Kind, Callers.Seller, sku),
        new SkuCommand.GetSlots(Node), known =>
        {
            if (known.Card is null) return;
            world.Ask(
                $"let {id} on {lpn}", At(lpn), new LicensePlateCommand.Admit(sku, Node, null, AnyBin: true), reply =>
                {
                    if (reply.Status == PlateAdmission.Admitted) then(reply);
                });
        });

    void Issue(World world, string id) => world.Ask(
        id, EntityId.Of(SsccRangeCalls.Kind, Callers.Seller, "all"), new SsccRangeCommand.Issue(id), reply =>
        {
            if (reply.Sscc is not { } sscc) return;
            if (!_issued.TryAdd(id, sscc) && _issued[id] != sscc)
                throw world.Broken($"{id} got {_issued[id]} and {sscc}");
        });

    static void Tell(World world, string lpn, string id, ICommand<PlateReply> change) =>
        world.Ask($"{id} of {lpn}", At(lpn), change, reply =>
        {
            if (reply.Status == PlateReplyStatus.DifferentContent)
                throw world.Broken($"{lpn} says {id} was something else");
        });

    static EntityId At(string lpn) => EntityId.Of(PlateCalls.Kind, Callers.Seller, lpn);
}
