using Fulfillment.Inventory;

namespace Fulfillment.Simulation;

/// <summary>
/// Internal services that hold units by themselves: carts that expire, are given up, or are taken to the counter.
/// </summary>
public sealed class Carts : IWorkload
{
    int _next;

    /// <inheritdoc/>
    public void Step(World world)
    {
        var random = world.Random;
        if (random.Next(12) != 0) return;
        var at = EntityId.Of("sku", Callers.Seller, random.Pick(Stocking.Skus[..^1]));
        var cart = $"cart{_next++}";
        SkuCommand.Reserve reserve = new(
            cart, 1, random.Next(1, 4), Partial: random.Next(2) == 0,
            HoldFor: TimeSpan.FromSeconds(random.Next(1, 90)), Priority: random.Next(-1, 2));
        world.Ask($"hold {cart}", at, reserve, reply =>
        {
            if (reply.Status == ClaimStatus.DifferentContent) throw world.Broken($"{at}: {cart} was something else");
            if (reply.Status != ClaimStatus.Done || world.IsCalm || reply.Standing.Held == 0) return;
            if (random.Next(3) == 0)
                world.Ask($"give up {cart}", at, new SkuCommand.Release(cart, 2, reply.Standing.Held, []), _ => { });
            else if (random.Next(3) == 0) TakeAway(world, at, cart, reply.Standing.Held);
        });
    }

    static void TakeAway(World world, EntityId at, string cart, long units) =>
        world.Ask($"commit {cart}", at, new SkuCommand.Allocate(cart, 2, [], units), reply =>
        {
            if (reply.Status is not (ClaimStatus.Done or ClaimStatus.AlreadyDone) || reply.Standing.Step != 2) return;
            world.Ask($"take {cart}", at, new SkuCommand.Ship(cart, 3, reply.Standing.Allocated), _ => { });
        });
}
