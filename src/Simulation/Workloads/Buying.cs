using System.Collections.Immutable;
using Fulfillment.Ordering;
using Fulfillment.Screening;
using Fulfillment.Shipping;

namespace Fulfillment.Simulation;

/// <summary>Buyers: order, sometimes the same again, sometimes something else under the same id; pay, cancel.</summary>
public sealed class Buying : IWorkload
{
    readonly List<(EntityId Id, OrderCommand.Place Place)> _orders = [];
    readonly HashSet<EntityId> _placed = [];
    int _next;

    /// <summary>The orders so far.</summary>
    public IReadOnlyList<EntityId> Orders => [.. _orders.Select(o => o.Id)];

    /// <inheritdoc/>
    public void Step(World world)
    {
        var random = world.Random;
        switch (random.Next(30))
        {
            case < 3 when _orders.Count < 40:
                Order(world, random);
                break;
            case 3 when _orders.Count > 0:
                Repeat(world, random.Pick(_orders), random.Next(3) == 0);
                break;
            case 4 or 5 when _orders.Count > 0:
                Cancel(world, random, random.Pick(_orders));
                break;
            case 6 or 7 when _orders.Count > 0:
                Pay(world, random, random.Pick(_orders));
                break;
        }
    }

    void Order(World world, Random random)
    {
        var id = EntityId.Of("order", Callers.Seller, $"o{_orders.Count}");
        var lines = Enumerable.Range(1, random.Next(1, 5))
            .Select(i => new OrderLine($"{i}", Sku(random), random.Next(1, 4),
                new Money(random.Next(1, 500), "EUR"), 0, random.Next(3) == 0 ? random.Next(50) : 0));
        var (payment, method) = Method(random);
        OrderCommand.Place place = new(
            "web", null, new("DE", "04109"), new Personal<Buyer>($"c{random.Next(5)}", "sealed"), [.. lines], payment,
            random.Next(3) == 0 ? AllocationPolicy.ShipAvailable : AllocationPolicy.AllOrNothing,
            random.Next(3) == 0 ? new(random.Next(500), random.Next(2), random.Next(2) == 0) : null, method,
            random.Next(3) == 0 ? Signals(random) : null, random.Next(4) == 0 ? Wishes(world) : null, Customs(random));
        _orders.Add((id, place));
        Place(world, id, place);
        world.Ask($"outcome of {id}", id, new OrderCommand.Outcome(), reply =>
        {
            if (reply.Order is { Status: OrderStatus.Received })
                throw world.Broken($"{id} told an outcome that is none");
        });
    }

    /// <summary>Some orders say who pays at a border; some are held for what their cards lack.</summary>
    static OrderCustoms? Customs(Random random) => random.Next(16) switch
    {
        0 => new(Incoterm.Ddp),
        1 => new(null, "lacks /product/hsCode"),
        2 => new(Incoterm.Dap, "lacks /product/origin"),
        _ => null,
    };

    static string Sku(Random random) => random.Next(60) switch
    {
        0 => Stocking.Skus[^1],
        < 8 => Stocking.Kit,
        _ => random.Pick(Stocking.Skus[..^1]),
    };

    static Wishes Wishes(World world) => new(
        world.Random.Next(2) == 0 ? DateOnly.FromDateTime(world.Time.Now.UtcDateTime).AddDays(world.Random.Next(9))
            : null,
        world.Random.Next(4) == 0,
        world.Random.Next(2) == 0 ? world.Time.Now.AddMinutes(world.Random.Next(1, 3_000)) : null,
        world.Random.Next(-2, 3));

    static (PaymentPolicy Payment, PaymentMethod? Method) Method(Random random) => random.Next(10) switch
    {
        < 3 => (PaymentPolicy.None, null),
        < 5 => (PaymentPolicy.Prepaid, null),
        5 => (PaymentPolicy.Prepaid, new("stripe", "pm")),
        < 8 => (PaymentPolicy.Authorise, new("paypal", "vault")),
        8 => (PaymentPolicy.OnAccount, new(Ordering.Order.CreditAccount, "a1")),
        _ => (PaymentPolicy.CashOnDelivery, null),
    };

    /// <summary>Few buyers, so that some order often.</summary>
    static Signals Signals(Random random) => new(
        $"m{random.Next(3)}", random.Next(2) == 0 ? $"i{random.Next(2)}" : null, null, $"k{random.Next(3)}",
        random.Next(4) == 0 ? EmailClass.Disposable : EmailClass.Other, null, "DE", null, null, false, random.Next(5));

    void Place(World world, EntityId id, OrderCommand.Place place) => world.Ask($"place {id}", id, place, reply =>
    {
        if (reply.Status is not (PlaceStatus.Placed or PlaceStatus.AlreadyPlaced))
            throw world.Broken($"{id}: placing was answered {reply.Status}");
        if (reply.Status == PlaceStatus.Placed && !_placed.Add(id)) throw world.Broken($"{id} was placed twice");
    });

    void Repeat(World world, (EntityId Id, OrderCommand.Place Place) order, bool changed)
    {
        if (!changed)
        {
            // What cards lack by then makes it no other order.
            Place(world, order.Id, order.Place with { Customs = Filled(order.Place.Customs) });
            return;
        }

        // Only once the order is known to be placed: whichever comes first is the order.
        if (!_placed.Contains(order.Id)) return;
        world.Ask($"place {order.Id} otherwise", order.Id, order.Place with { Channel = "phone" }, reply =>
        {
            if (reply.Status != PlaceStatus.DifferentContent)
                throw world.Broken($"{order.Id}: other content was answered {reply.Status}");
        });
    }

    static OrderCustoms? Filled(OrderCustoms? customs) => customs is null ? null : customs with { Missing = null };

    void Cancel(World world, Random random, (EntityId Id, OrderCommand.Place Place) order)
    {
        ImmutableArray<LineUnits> lines = random.Next(2) == 0
            ? [] : [new(random.Pick(order.Place.Lines).Id, random.Next(1, 3))];
        OrderCommand.Cancel cancel = new($"x{_next++}", lines, "changed my mind");
        world.Ask($"cancel {order.Id}", order.Id, cancel, reply =>
        {
            // What somebody was asked to stop before is open until he has answered.
            if (reply.Status == CancelStatus.Cancelled && lines.IsEmpty
                && reply.Order!.Intercepts.All(i => i.Status != InterceptStatus.Open)
                && reply.Order.Lines.Any(l => l.Reserved + l.Backordered + l.Allocated > 0))
                throw world.Broken($"{order.Id}: cancelled whole, but units are still open");
        });
    }

    void Pay(World world, Random random, (EntityId Id, OrderCommand.Place Place) order)
    {
        var total = order.Place.Lines.Sum(l => l.UnitPrice!.Value.AmountMinor * l.Quantity);
        var amount = random.Next(3) == 0 ? total / 2 + 1 : total;
        var currency = random.Next(10) == 0 ? "USD" : "EUR";
        world.Ask(
            $"pay {order.Id}", order.Id,
            new OrderCommand.ConfirmPayment($"p{_next++}", new(amount, currency)), _ => { });
    }
}
