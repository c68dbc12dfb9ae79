using System.Collections.Immutable;
using System.Text.Json;
using Fulfillment.Ordering;
using Fulfillment.Packing;
using Fulfillment.Shipping;

namespace Fulfillment.Simulation;

/// <summary>
/// Whoever sends parcels: plans them, buys labels and gives them up again, before and after they have come; and now and
/// then does not send one.
/// </summary>
public sealed class Parcelling(Buying buying) : IWorkload
{
    const int MostParcels = 12;

    static readonly DateOnly FirstDay = DateOnly.FromDateTime(new VirtualTime().Now.UtcDateTime);

    readonly List<EntityId> _parcels = [];
    readonly Dictionary<EntityId, EntityId> _orders = [];
    int _next;

    /// <summary>The parcels so far.</summary>
    public IReadOnlyList<EntityId> Parcels => _parcels;

    /// <inheritdoc/>
    public void Step(World world)
    {
        var random = world.Random;
        if (random.Next(3) == 0 && _parcels.Count < MostParcels && buying.Orders.Count > 0)
        {
            var order = random.Pick(buying.Orders);
            world.Ask($"look at {order} to send it {_next++}", order, new OrderCommand.Get(), r => Plan(
                world, order, r.Order));
        }

        if (_parcels.Count > 0 && random.Next(3) == 0) Change(world, random.Pick(_parcels));
    }

    void Plan(World world, EntityId order, OrderReply? reply)
    {
        if (world.IsCalm || reply is null || reply.Fulfilments.IsEmpty) return;
        var random = world.Random;
        var fulfilment = random.Pick(reply.Fulfilments);
        ImmutableArray<LineUnits> lines =
            [.. from l in fulfilment.Lines where l.MayLeave > 0 select new LineUnits(l.Line, l.MayLeave)];
        if (lines.IsEmpty) return;
        if (fulfilment.IsAtBench)
        {
            world.Ask(
                $"look at the boxes of {order} {_next++}",
                order.Sibling(PackCalls.Kind, $"{order.Name}-F{fulfilment.Number}"), new PackCommand.Get(),
                r => PlanBox(world, order, fulfilment, r.Sheet));
            return;
        }

        var id = EntityId.Of(ParcelCalls.Kind, Callers.Seller, $"pc{_next++}");
        _parcels.Add(id);
        _orders[id] = order;
        ParcelTerms terms = new(
            order.Name, fulfilment.Number, fulfilment.Node, null, lines, new(300, 200, 100, 900), Promised(id));
        world.Ask($"plan {id}", id, new ParcelCommand.Plan(terms, "erna"), _ => Buy(world, id));
    }

    /// <summary>At a bench a parcel is one of its closed boxes.</summary>
    void PlanBox(World world, EntityId order, Fulfilment fulfilment, PackSheet? sheet)
    {
        if (world.IsCalm || sheet?.Boxes.LastOrDefault(b => b.State == BoxState.Closed) is not { } box) return;
        var id = EntityId.Of(ParcelCalls.Kind, Callers.Seller, box.Lpn);
        if (!_parcels.Contains(id)) _parcels.Add(id);
        _orders[id] = order;
        ParcelTerms terms = new(
            order.Name, fulfilment.Number, fulfilment.Node, box.Lpn, box.Lines, new(400, 400, 400, 1_000),
            Promised(id));
        world.Ask($"plan {id}", id, new ParcelCommand.Plan(terms, "erna"), _ => Buy(world, id));
    }

    /// <summary>Most are promised for one of the first days, each always for the same.</summary>
    static DateOnly? Promised(EntityId id) =>
        (int)((ulong)Fingerprint.Of(id.Key) % 5) is > 0 and var days ? FirstDay.AddDays(days - 1) : null;

    void Change(World world, EntityId id)
    {
        switch (world.Random.Next(16))
        {
            case < 13:
                Buy(world, id);
                break;
            case < 15:
                var up = $"gu{_next++}";
                world.Ask(up, id, new ParcelCommand.GiveUp(up, "again", "erna"), _ => { });
                break;
            default:
                if (world.Random.Next(4) > 0) break;
                var cancel = $"pcx{_next++}";
                world.Ask(cancel, id, new ParcelCommand.Cancel(cancel, "not sent", "erna"), _ => { });
                break;
        }
    }

    void Buy(World world, EntityId id)
    {
        if (world.IsCalm) return;
        var random = world.Random;
        var buy = $"lb{_next++}";
        // As whoever buys it has read it: the order may have changed since.
        var order = world.Known(_orders[id]);
        var placed = (order.CurrentState as Order
            ?? JsonSerializer.Deserialize(order.WriteState(), OrderingJson.Default.Order)!).Placed;
        LabelTerms terms = new(
            random.Pick(Post.Names), "standard", LabelFormat.Pdf, DateOnly.FromDateTime(world.Time.Now.UtcDateTime),
            new("AT"), new(random.Pick(Letterbox.Buyers), "sealed"), [], new(500, "EUR"), RateSource.Carrier, null,
            world.Time.Now.AddMinutes(random.Next(2) == 0 ? random.Next(1, 600) : 20_000),
            TimeZone: random.Next(2) == 0 ? "Europe/Berlin" : null,
            Address: placed is null ? 0 : Order.AddressOf(placed));
        world.Ask(buy, id, new ParcelCommand.Buy(buy, random.Next(), terms, "erna"), _ => { });
    }
}
