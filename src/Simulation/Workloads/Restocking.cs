using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Purchasing;
using Fulfillment.Warehousing;

namespace Fulfillment.Simulation;

/// <summary>
/// The buyers and the dock: orders of suppliers that are acknowledged, slip, come in parts, too many or damaged, are
/// cancelled and closed; and transfers between nodes, some units of which are lost.
/// </summary>
public sealed class Restocking : IWorkload
{
    /// <summary>Few, so that each is long enough under way.</summary>
    const int MostOrders = 6, MostTransfers = 5;

    readonly List<string> _orders = [], _transfers = [];
    readonly Dictionary<string, string> _at = [];
    readonly HashSet<string> _done = [], _sent = [], _on = [];
    int _next;

    /// <inheritdoc/>
    public void Step(World world)
    {
        var random = world.Random;
        if (random.Next(60) == 0 && _orders.Count < MostOrders) Order(world, random);
        if (random.Next(60) == 0 && _transfers.Count < MostTransfers) Transfer(world, random);
        if (_orders.Count > 0 && random.Next(18) == 0) Change(world, random.Pick(_orders));
        if (_transfers.Count > 0 && random.Next(12) == 0) Carry(world, random.Pick(_transfers));
    }

    void Order(World world, Random random)
    {
        var id = $"P{_orders.Count}";
        _orders.Add(id);
        ImmutableArray<OrderedLine> lines =
        [
            new("1", "D", random.Next(1, 20), 250, Day(world)),
            new("2", random.Pick((string[])["A", "B", "C", "ghost", Stocking.Kit]), random.Next(1, 9), 99, Day(world)),
        ];
        _at[id] = random.Pick(Stocking.Nodes);
        PurchaseTerms terms = new("S", _at[id], "EUR", lines, random.Next(3) == 0 ? 20 : null);
        world.Ask($"write {id}", At(id), new PurchaseCommand.Write(terms), _ =>
        {
            // Who repeats what he wrote need not send it again.
            if (_sent.Add(id)) Tell(world, id, new PurchaseCommand.SendOut("send"), "send");
        });
    }

    void Change(World world, string order)
    {
        var (random, id) = (world.Random, $"x{_next++}");
        if (random.Next(6) == 0 && _at[order] == Carrying.Node)
        {
            CountOn(world, order, id, random.Pick(Carrying.Pallets));
            return;
        }

        var line = random.Next(4) == 0 ? "2" : "1";
        ICommand<PurchaseReply> change = random.Next(12) switch
        {
            0 => new PurchaseCommand.Acknowledge(id, random.Next(2) == 0 ? []
                : [new(line, random.Next(12), Day(world))]),
            1 or 2 => new PurchaseCommand.Reschedule(id, Day(world), []),
            3 => new PurchaseCommand.CancelLines(id, [new(line, random.Next(1, 4))], "sold badly"),
            4 when random.Next(3) == 0 => new PurchaseCommand.Close(id, "will not come"),
            5 => new PurchaseCommand.Announce(new(
                $"s{random.Next(4)}", Day(world), null, null, [new("p", null, [new("1", random.Next(1, 9))])])),
            6 when random.Next(2) == 0 => new PurchaseCommand.FinishShipment(id, $"s{random.Next(4)}"),
            6 => new PurchaseCommand.Charge(new(id, ChargeKind.Freight, random.Next(1, 99), ChargeBasis.Value)),
            _ => Count(id, line, random),
        };
        Tell(world, order, change, id);
    }

    static PurchaseCommand.Receive Count(string id, string line, Random random)
    {
        var quantity = random.Next(1, 7);
        CountedLine counted = new(
            line, quantity, random.Next(4) == 0 ? random.Next(quantity + 1) : 0, StockState.Quarantine,
            random.Next(3) == 0 ? $"s{random.Next(4)}" : null);
        return new(id, random.Next(4) == 0 ? [counted, counted with { Shipment = null }] : [counted]);
    }

    /// <summary>Counted on a pallet, as the API does it: that is asked first, and may be moved meanwhile.</summary>
    void CountOn(World world, string order, string id, string pallet)
    {
        var units = world.Random.Next(1, 7);
        Carrying.LetOn(world, id, "D", pallet, reply =>
        {
            if (!_on.Add(id)) return;
            Particulars what = new(reply.Bin, Lpn: pallet);
            Tell(world, order, new PurchaseCommand.Receive(
                id, [new("1", units, 0, StockState.Quarantine, What: what)]), id);
        });
    }

    void Tell(World world, string order, ICommand<PurchaseReply> change, string id) =>
        world.Ask($"{id} of {order}", At(order), change, reply =>
        {
            // Shipments have ids of their own, which are used again here.
            if (change is PurchaseCommand.Announce) return;
            if (reply.Status == PurchaseStatus.DifferentContent)
                throw world.Broken($"{order} says {id} was something else");
            if (reply.Status == PurchaseStatus.Done && !_done.Add($"{order} {id}"))
                throw world.Broken($"{order} did {id} twice");
        });

    void Transfer(World world, Random random)
    {
        var id = $"T{_transfers.Count}";
        _transfers.Add(id);
        var from = random.Pick(Stocking.Nodes);
        var to = Stocking.Nodes[(Stocking.Nodes.IndexOf(from) + 1) % Stocking.Nodes.Length];
        TransferTerms terms = new(from, to, [
            new("1", random.Pick((string[])["A", "B", "C"]), random.Next(1, 9)), new("2", "D", random.Next(1, 6))]);
        world.Ask(
            $"plan {id}", EntityId.Of(TransferCalls.Kind, Callers.Seller, id), new TransferCommand.Write(terms),
            _ => { });
    }

    void Carry(World world, string transfer)
    {
        var (random, id) = (world.Random, $"y{_next++}");
        var line = random.Next(2) == 0 ? "2" : "1";
        ICommand<TransferReply> change = random.Next(8) switch
        {
            0 or 1 or 2 => new TransferCommand.Ship(
                id, Day(world), random.Next(2) == 0 ? [] : [new(line, random.Next(1, 4))]),
            3 => new TransferCommand.WriteOff(id, random.Next(3) == 0 ? [] : [new(line, 1)], "lost"),
            4 when random.Next(3) == 0 => new TransferCommand.Cancel(id, "not needed"),
            _ => new TransferCommand.Receive(id, [
                new(line, random.Next(1, 5), random.Next(2), StockState.Damaged)]),
        };
        world.Ask($"{id} of {transfer}", EntityId.Of(TransferCalls.Kind, Callers.Seller, transfer), change, reply =>
        {
            if (reply.Status == TransferStatus.DifferentContent)
                throw world.Broken($"{transfer} says {id} was something else");
            if (reply.Status == TransferStatus.Done && !_done.Add($"{transfer} {id}"))
                throw world.Broken($"{transfer} did {id} twice");
        });
    }

    static EntityId At(string order) => EntityId.Of(PurchasingCalls.Kind, Callers.Seller, order);

    static DateTimeOffset Day(World world) =>
        new(world.Time.Now.UtcDateTime.Date.AddDays(1 + world.Random.Next(5)), TimeSpan.Zero);
}
