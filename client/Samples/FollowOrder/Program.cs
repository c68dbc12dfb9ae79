// An internal service: holds stock for a cart, places the order, and follows what happens to it until it is allocated.
//   dotnet run -c Cluster --project client/Samples/FollowOrder -- <PostgreSQL connection string> [order] [position]
// With the position of an event it goes on after that one, as a service does that was down.
using System.Globalization;
using Fulfillment;
using Fulfillment.Access;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Warehousing;

const string article = "MUG-SAMPLE", node = "SAMPLE-1";
if (args is not [var postgres, ..])
{
    await Console.Error.WriteLineAsync("Say which database the silos share: a PostgreSQL connection string.");
    return 2;
}

var id = args.ElementAtOrDefault(1) ?? $"sample-{DateTime.UtcNow:yyMMddHHmmss}";
var known = long.Parse(args.ElementAtOrDefault(2) ?? "0", CultureInfo.InvariantCulture);
using CancellationTokenSource patience = new(TimeSpan.FromMinutes(1));
try
{
    await using var cluster = await ClusterConnection.Connect(new(postgres));
    Seat seat = new(cluster, "default", new("follow-order", id));
    var (sku, order) = (seat.Sku(article), seat.Order(id));

    // Every call can be repeated: a second run of the same order changes nothing.
    await seat.Node(node).Define(new("Sample", NodeType.Warehouse, 1, "DE", null, null, null, null));
    await sku.Define(new("Mug", null, false, new Money(990, "EUR"), [], []), cancel: patience.Token);
    await sku.Receive($"for-{id}", node, 2, "sample", cancel: patience.Token);
    var held = await sku.Reserve($"cart-{id}", 2, TimeSpan.FromMinutes(10), cancel: patience.Token);
    Console.WriteLine($"hold for the cart: {held.Status}");

    await sku.Release($"cart-{id}", 2, 2, [], patience.Token);
    var placed = await order.Place(
        new("internal", null, new("DE", "10115"), null, [new("1", article, 2, new Money(990, "EUR"))],
            PaymentPolicy.None, AllocationPolicy.AllOrNothing), patience.Token);
    Console.WriteLine($"order {id}: {placed.Status}");

    await foreach (var e in cluster.Follow(EntityId.Of(OrderingCalls.Kind, seat.Seller, id), known, patience.Token))
    {
        Console.WriteLine($"{e.Position} {e.Id} {e.Type} by {e.Actor}");
        var now = (await order.Get(patience.Token))!.Status;
        if (e.Type is "fulfilment-opened" && now is not (OrderStatus.Accepted or OrderStatus.PartiallyAllocated)) break;
        if (e.Type is "order-rejected" or "order-cancelled") break;
    }

    return 0;
}
catch (Exception e) when (e is ClusterException or OperationCanceledException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
