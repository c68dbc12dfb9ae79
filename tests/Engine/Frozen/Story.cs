using System.Text;
using Fulfillment.Composition;
using Fulfillment.Engine;
using Fulfillment.Intake;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Routing;
using Fulfillment.Warehousing;

namespace Fulfillment.Tests.Engine;

/// <summary>
/// A small company's fortnight, in which everything happens that can: what the frozen journal was written from.
/// </summary>
sealed class Story(Host host)
{
    /// <summary>What identifies the buyer of the first order.</summary>
    public const string Buyer = """{"customer":{"name":"Wilhelmine Kaltenbrunner"}}""";

    readonly Seat _seat = new(host.Cluster, "default", new("clerk", "the story"));

    /// <summary>The product's kinds, with a router that needs no views.</summary>
    public static Kinds Kinds() => Everything.Kinds((_, command, _) =>
    {
        var plan = (RoutingMessage.PlanRoute)command;
        return new(new RoutePlan(plan.Round, PriorityRule.Name, PriorityRule.Plan(plan.Lines, node => node[^1])));
    });

    /// <summary>All of it.</summary>
    public async Task Happen()
    {
        await Stock();
        await Shipped();
        await Paid();
        await Refused();
        await Cancelled();
        await Backordered();
        await Carts();
        await Contended();
        await TakenIn();
        await Closed();
        await Snapshot();
        await Place("after", PaymentPolicy.None, AllocationPolicy.AllOrNothing, ("A", 1), ("D", 1));
        await _seat.Sku("A").Receive("last", "N2", 3, "delivery");
    }

    async Task Stock()
    {
        foreach (var (node, city) in new[] { ("N1", "Leipzig"), ("N2", "Vienna") })
            await _seat.Node(node).Define(new(city, NodeType.Warehouse, 1, "DE", "04109", 51.34, 12.37, 100));
        await _seat.Node("N2").Define(new("Vienna", NodeType.ThirdParty, 2, "AT", null, null, null, null));
        foreach (var sku in new[] { "A", "B", "C", "D" })
        {
            SkuCard card = new(
                $"Thing {sku}", sku == "A" ? "the best" : null, sku == "B", new Money(990, "EUR"),
                [new("colour", "blue")], []);
            await _seat.Sku(sku).Define(card);
        }

        await _seat.Sku("A").Receive("r1", "N1", 20, "delivery");
        await _seat.Sku("A").Receive("r2", "N2", 5, "delivery");
        await _seat.Sku("B").Receive("r1", "N1", 2, "delivery");
        await _seat.Sku("C").Receive("r1", "N1", 9, "delivery", StockState.Qc);
        await _seat.Sku("C").Move("m1", "N1", 7, StockState.Qc, StockState.Available, "checked");
        await _seat.Sku("C").Move("m2", "N1", 2, StockState.Qc, StockState.Damaged, "checked");
        await _seat.Sku("C").Adjust("a1", "N1", -1, "count");
        await _seat.Sku("D").Receive("r1", "N2", 30, "delivery");
    }

    async Task Shipped()
    {
        var order = await Place(
            "shipped", PaymentPolicy.None, AllocationPolicy.AllOrNothing, ("A", 3), ("B", 1), ("A", 1));
        await order.Ship(new("s1", 1, [new("1", 2)], "local", "T1"));
        await Quiet();
        await order.Ship(new("s2", 1, [], null, null));
        await Quiet();
        await order.Deliver("d1", 1);
    }

    async Task Paid()
    {
        var order = await Place("paid", PaymentPolicy.Prepaid, AllocationPolicy.AllOrNothing, ("A", 2));
        await order.ConfirmPayment("p1", new(1_000, "EUR"));
        await order.ConfirmPayment("p2", new(980, "EUR"));
        await Place("overdue", PaymentPolicy.Prepaid, AllocationPolicy.AllOrNothing, ("A", 1));
        host.Time.Advance(TimeSpan.FromMinutes(16));
        await host.Time.RunUntil(host.Until<OrderEvent.OrderCancelled>("overdue"));
        await Quiet();
    }

    async Task Refused()
    {
        await Place("sold-out", PaymentPolicy.None, AllocationPolicy.AllOrNothing, ("A", 1), ("C", 1_000));
        await Place("unknown", PaymentPolicy.None, AllocationPolicy.AllOrNothing, ("ghost", 1), ("C", 1));
    }

    async Task Cancelled()
    {
        var order = await Place("cancelled", PaymentPolicy.None, AllocationPolicy.ShipAvailable, ("A", 100), ("C", 2));
        await order.Cancel("x1", [new("1", 4)], "too many");
        await Quiet();
        await order.Cancel("x2", [], "changed my mind");
        await Quiet();
    }

    async Task Backordered()
    {
        await Place("backordered", PaymentPolicy.None, AllocationPolicy.AllOrNothing, ("B", 5));
        await _seat.Sku("B").Receive("r2", "N2", 2, "delivery");
        await Quiet();
        await _seat.Sku("B").Receive("r3", "N2", 8, "delivery");
        await Quiet();
    }

    async Task Carts()
    {
        await _seat.Sku("D").Reserve("cart-1", 2, TimeSpan.FromMinutes(1));
        await _seat.Sku("D").Reserve("cart-2", 3, TimeSpan.FromMinutes(30));
        await _seat.Sku("D").Allocate("cart-2", 2, [new("N2", 3)]);
        await _seat.Sku("D").Ship("cart-2", 3, [new("N2", 3)]);
        host.Time.Advance(TimeSpan.FromMinutes(2));
        await host.Time.RunUntil(host.Until<SkuEvent.HoldExpired>("D"));
    }

    async Task Contended()
    {
        var a = EntityId.Of(InventoryCalls.Kind, "default", "A");
        foreach (var (order, other) in new[] { ("waits", "A"), ("yields", "D") })
        {
            var stock = await _seat.Sku("A").Stock();
            await host.Cluster.Ask(
                a, new SkuCommand.Reserve($"rival of {order}", 1, stock.Available, Tentative: TimeSpan.FromSeconds(60)),
                _seat.Origin);
            (string, int)[] lines = other == "A" ? [("A", 1)] : [("A", 1), (other, 1)];
            await Place(order, PaymentPolicy.None, AllocationPolicy.AllOrNothing, lines);
            await _seat.Sku("A").Release($"rival of {order}", 2, stock.Available, []);
            await host.Time.RunUntil(host.Until<OrderEvent.FulfilmentOpened>(order));
            await Quiet();
        }
    }

    async Task TakenIn()
    {
        await _seat.ClaimKey("key-1", "hash of a request");
        var text = await host.Cluster.Keyring.Seal<Received>("unread", "not,an,order"u8.ToArray());
        foreach (var id in new[] { "q-1", "q-2" })
            await _seat.Quarantined(id).Put("file:7", text, [new("/lines", "required", "an order needs a line")]);
        await _seat.Quarantined("q-1").Replay("order/default/shipped");
        await _seat.Quarantined("q-2").Discard("a test");
    }

    async Task Closed()
    {
        host.Time.Advance(TimeSpan.FromDays(15));
        await host.Time.RunUntil(host.Until<OrderEvent.OrderClosed>("shipped"));
    }

    /// <summary>Snapshots of a busy SKU and of an order, with the next commit.</summary>
    async Task Snapshot()
    {
        var sku = EntityId.Of(InventoryCalls.Kind, "default", "A");
        var order = EntityId.Of(OrderingCalls.Kind, "default", "yields");
        foreach (var id in new[] { sku, order })
        {
            var activation = await host.Kinds.Load(id, host.Store.Inner);
            host.Cluster.Journal.Submit(activation, activation.TakeSnapshot()());
        }
    }

    async Task<IOrder> Place(
        string id, PaymentPolicy payment, AllocationPolicy allocation, params (string Sku, int Quantity)[] lines)
    {
        var buyer = id == "shipped"
            ? await host.Cluster.Keyring.Seal<Buyer>("customer-1", Encoding.UTF8.GetBytes(Buyer))
            : null;
        await _seat.Order(id).Place(new(
            "web", host.Time.Now.AddMinutes(-1), new("DE", "04109"), buyer,
            [.. lines.Select((l, i) => new OrderLine($"{i + 1}", l.Sku, l.Quantity, new Money(990, "EUR")))],
            payment, allocation));
        await Quiet();
        return _seat.Order(id);
    }

    Task Quiet() => host.Time.RunUntil(() => host.Cluster.Outbox.UnderWay == 0);
}
