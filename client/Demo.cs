using System.Collections.Immutable;
using Fulfillment.Composition;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Payments;
using Fulfillment.Screening;
using Fulfillment.Warehousing;

namespace Fulfillment.Client;

/// <summary>
/// A small believable company: two warehouses and a shop, a dozen articles, and a trickle of orders that go their way.
/// </summary>
static class Demo
{
    const string SellerName = "default";
    const int Behind = 5;

    static readonly (string Node, NodeCard Card)[] Nodes =
    [
        ("LEJ1", new("Leipzig warehouse", NodeType.Warehouse, 1, "DE", "04435", 51.42, 12.24, 4_000)),
        ("VIE1", new("Vienna warehouse", NodeType.Warehouse, 2, "AT", "1230", 48.13, 16.31, 1_500)),
        ("BER-SHOP", new("Berlin shop", NodeType.Store, 5, "DE", "10115", 52.53, 13.38, 60)),
    ];

    static readonly (string Sku, string Title, int Price)[] Articles =
    [
        ("MUG-WHITE", "Mug, white, 300 ml", 990), ("MUG-BLUE", "Mug, blue, 300 ml", 1_090),
        ("TEA-EARL-100", "Earl Grey, 100 g", 650), ("TEA-MINT-50", "Peppermint, 50 g", 480),
        ("KETTLE-1L", "Kettle, 1 l", 3_490), ("FILTER-100", "Paper filters, 100", 390),
        ("BEANS-1KG", "Coffee beans, 1 kg", 1_890), ("GRINDER", "Hand grinder", 5_900),
        ("SCALE", "Kitchen scale", 2_790),
        ("TOWEL-2", "Tea towels, pair", 1_250), ("CANDLE", "Candle, beeswax", 1_450), ("GIFT-BOX", "Gift box", 750),
    ];

    public static async Task Run(EmbeddedServer server, CancellationToken cancel)
    {
        Seat seat = new(server.Cluster, SellerName, new("demo", "demo"));
        Random random = new(7);
        try
        {
            await Stock(seat, cancel);
            var run = $"{server.Cluster.Now:yyMMddHHmmss}";
            for (var n = 1; !cancel.IsCancellationRequested; n++)
            {
                var id = $"D{run}-{n}";
                await Order(seat, id, random, cancel);
                if (n > Behind) _ = Work(seat, $"D{run}-{n - Behind}", random, cancel);
                await Task.Delay(random.Next(150, 1_200), cancel);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
        catch (ClusterException e)
        {
            await Console.Error.WriteLineAsync($"The demo stopped: {e.Message}");
        }
    }

    static async Task Stock(Seat seat, CancellationToken cancel)
    {
        foreach (var (node, card) in Nodes) await seat.Node(node).Define(card, cancel: cancel);
        for (var i = 0; i < Articles.Length; i++)
        {
            var (sku, title, price) = Articles[i];
            var backorder = sku is "GIFT-BOX";
            await seat.Sku(sku).Define(new(title, null, backorder, new Money(price, "EUR"), [], []), cancel: cancel);
            for (var n = 0; n < Nodes.Length; n++)
            {
                var node = Nodes[n].Node;
                var units = 40 + (37 * (i + n) % 120);
                await seat.Sku(sku).Receive($"demo-{node}", node, units, "opening stock", cancel: cancel);
            }
        }
    }

    static async Task Order(Seat seat, string id, Random random, CancellationToken cancel)
    {
        var lines = Enumerable.Range(1, random.Next(1, 4)).Select(i =>
        {
            var (sku, _, price) = Articles[Math.Min(random.Next(Articles.Length), random.Next(Articles.Length))];
            return new OrderLine($"{i}", sku, random.Next(1, 4), new Money(price, "EUR"));
        });
        var channel = random.Next(3) switch { 0 => "shop", 1 => "marketplace", _ => "phone" };
        var policy = random.Next(4) == 0 ? AllocationPolicy.ShipAvailable : AllocationPolicy.AllOrNothing;
        var (payment, method) = Payment(random);
        var buyer = random.Next(14) == 0 ? 0 : random.Next(1, 5_000);
        await seat.Order(id).Place(
            new(channel, null, new("DE", "10115"), null, [.. lines], payment, policy, new(490, 0, true), method,
                method is null ? null : Seen(buyer)), cancel);
    }

    /// <summary>Most pay by card; now and then one is declined, or somebody else's.</summary>
    static (PaymentPolicy Policy, PaymentMethod? Method) Payment(Random random) => random.Next(12) switch
    {
        < 5 => (PaymentPolicy.Authorise, new("test-gateway", "ok")),
        5 => (PaymentPolicy.Authorise, new("test-gateway", "insufficient-funds")),
        6 => (PaymentPolicy.Prepaid, new("test-gateway", "late:3")),
        7 or 8 => (PaymentPolicy.Prepaid, null),
        9 => (PaymentPolicy.CashOnDelivery, null),
        _ => (PaymentPolicy.None, null),
    };

    /// <summary>Thousands of buyers, one of whom orders by many names and thrown-away mailboxes.</summary>
    static Signals Seen(int buyer) => buyer > 0 ? new($"mail-{buyer}", $"ip-{buyer}", $"door-{buyer}", $"card-{buyer}")
        : new(null, "ip-0", "door-0", "card-0", EmailClass.Disposable, "DE", "DE", "BR", "US", true, 4, 3);

    /// <summary>
    /// A few orders later: paid, sometimes cancelled, mostly shipped and delivered; what runs low is bought.
    /// </summary>
    static async Task Work(Seat seat, string id, Random random, CancellationToken cancel)
    {
        var order = seat.Order(id);
        if (await order.Get(cancel) is not { } now) return;
        if (now is { Status: OrderStatus.Held, Clearance.Method: null, Due: { } due })
            await order.ConfirmPayment("pay", due, cancel);
        if (now.Clearance.Standing is { State: PaymentState.Declined })
            await order.PayWith(new("again", new("test-gateway", "ok")), cancel);
        // Some reviews are left to whoever looks at GET /v1/holds.
        if (now.Clearance.Holds.FirstOrDefault(h => h is { IsOpen: true, Type: HoldType.Fraud }) is { } hold
            && random.Next(2) == 0)
            await order.Release(new("review", hold.Number, "called the buyer", "demo"), cancel);
        if (random.Next(12) == 0) await order.Cancel("cancel", [], "changed my mind", cancel);
        await Task.Delay(500, cancel);
        var open = (await order.Get(cancel))!.Fulfilments.Where(f => !f.OnHold && f.Lines.Any(l => l.Open > 0));
        foreach (var fulfilment in open)
        {
            await order.Ship(
                new($"ship-{fulfilment.Number}", fulfilment.Number, [], "local courier", $"LC{id}"), cancel);
            await Task.Delay(random.Next(2_000, 6_000), cancel);
            await order.Deliver($"deliver-{fulfilment.Number}", fulfilment.Number, cancel);
        }

        foreach (var line in now.Placed.Lines)
        {
            var sku = seat.Sku(line.Sku);
            var stock = await sku.Stock(cancel);
            if (stock.Available < 15) await sku.Receive($"buy-{id}", Nodes[0].Node, 150, "bought", cancel: cancel);
        }
    }
}
