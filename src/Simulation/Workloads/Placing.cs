using Fulfillment.Inventory;
using Fulfillment.Warehousing;

namespace Fulfillment.Simulation;

/// <summary>
/// Bins that come and go: units are put into them while they are blocked, closed, looked at and removed. As the API
/// does it: asks the layout, then the SKU, with the time that it was given; and removes what it has seen to be empty.
/// </summary>
public sealed class Placing : IWorkload
{
    /// <summary>What the bins' names begin with, that nobody else puts units into.</summary>
    public const string Prefix = "X-";

    const string Node = "N2";

    static readonly string[] Skus = ["A", "B"];

    int _next;

    /// <inheritdoc/>
    public void Step(World world)
    {
        var random = world.Random;
        if (random.Next(40) > 0) return;
        if (_next == 0) world.Ask("zone", At, new LayoutCommand.PutZone(new("P", ZoneKind.Pick, [])), _ => { });
        var (id, bin) = ($"x{_next++}", $"{Prefix}{random.Next(2)}");
        switch (random.Next(7))
        {
            case 0:
                world.Ask($"put {bin}", At, new LayoutCommand.PutBins([
                    new(bin, "P", BinRole.PickFace, null, 0, 0, 0, default, default, default)]), _ => { });
                break;
            case 1:
                world.Ask($"close {bin}", At, new LayoutCommand.Close(bin, id), _ => { });
                break;
            case 2 or 3:
                Clear(world, bin);
                break;
            default:
                PutIn(world, id, bin);
                break;
        }
    }

    static void PutIn(World world, string id, string bin) =>
        world.Ask($"let {id} into {bin}", At, new LayoutCommand.Admit([bin]), reply =>
        {
            if (reply.Status != BinAdmission.Admitted) return;
            var sku = world.Random.Pick(Skus);
            world.Ask(id, OfSku(sku), new SkuCommand.Move(
                id, Node, world.Random.Next(1, 3), StockState.Available, StockState.Available, "put in", null, bin,
                null, Carried: true, Any: true, Until: reply.Until), _ => { });
        });

    /// <summary>
    /// Looks once nothing can be on its way any more, takes out what is there, and removes it if empty.
    /// </summary>
    static void Clear(World world, string bin) =>
        world.Ask($"look at {bin}", At, new LayoutCommand.GetBin(bin), known =>
        {
            if (known.Bin is not { Status: BinStatus.Closed } closed) return;
            if (world.Time.Now < closed.Since + Layout.RemovableAfter) return;
            world.Ask($"look for {Skus[0]} in {bin}", OfSku(Skus[0]), new SkuCommand.GetSlots(Node), first =>
                world.Ask($"look for {Skus[1]} in {bin}", OfSku(Skus[1]), new SkuCommand.GetSlots(Node), second =>
                {
                    var there = first.Slots.Concat(second.Slots).Where(s => s.Bin == bin).ToList();
                    if (there.Count == 0)
                        world.Ask(
                            $"remove {bin}", At, new LayoutCommand.Remove(bin, closed.Revision), _ => { });
                    else
                        foreach (var sku in Skus) TakeOut(world, sku, bin, there.Sum(s => s.Units));
                }));
        });

    static void TakeOut(World world, string sku, string bin, long most)
    {
        for (var units = 1; units <= Math.Min(3, most); units++)
            world.Ask($"{bin} {sku} {units} {world.Steps}", OfSku(sku), new SkuCommand.Move(
                $"out-{bin}-{sku}-{units}-{world.Steps}", Node, units, StockState.Available, StockState.Available,
                "cleared", new(bin), null, null, Carried: true, Any: true), _ => { });
    }

    static EntityId At => new(LayoutCalls.Kind, Node);

    static EntityId OfSku(string sku) => EntityId.Of(InventoryCalls.Kind, Callers.Seller, sku);
}
