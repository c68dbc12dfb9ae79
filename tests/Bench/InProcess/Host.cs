using System.Collections.Immutable;
using Fulfillment.Composition;
using Fulfillment.Connectors;
using Fulfillment.Engine;
using Fulfillment.Engine.Embedded;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Routing;
using Fulfillment.Warehousing;

namespace Fulfillment.Bench.InProcess;

/// <summary>The entities in this process, over a journal, without lists and without HTTP.</summary>
public sealed class Host : IAsyncDisposable
{
    const string Node = "N1";

    static readonly NodeNow Known = new(
        new(Node, NodeType.Warehouse, 1, null, null, null, null, null), Offline: false,
        ImmutableDictionary<DateOnly, int>.Empty);

    /// <summary>Opens the journal.</summary>
    public Host(IJournalStore store, EngineOptions? options = null)
    {
        Store = store;
        var router = RoutingConnector.Of(_ => Known, (_, _) => RulesNow.BuiltIn);
        Cluster = new(store, Everything.Kinds(router), options ?? new(), TimeProvider.System);
        Seat = new(Cluster, "default", new("bench", "bench"));
    }

    /// <summary>The journal.</summary>
    public IJournalStore Store { get; }

    /// <summary>The entities.</summary>
    public EmbeddedCluster Cluster { get; }

    /// <summary>Where calls come from.</summary>
    public Seat Seat { get; }

    /// <summary>Over the journal at the place.</summary>
    public static Host At(Place place, EngineOptions? options = null) => new(EmbeddedServer.Store(place.Data), options);

    /// <summary>A SKU with that many units.</summary>
    public async Task Stock(string sku, int units)
    {
        var defined = await Seat.Sku(sku).Define(new(sku, null, Backorder: false, null, [], []));
        Ensure.That(defined.Status == DefineStatus.Created);
        var received = await Seat.Sku(sku).Receive("r1", Node, units, "opening");
        Ensure.That(received.Status == MoveStatus.Done);
    }

    /// <summary>Places an order of one unit, and waits until stock has decided.</summary>
    public async ValueTask Place(string order, string sku)
    {
        OrderLine line = new("1", sku, 1, new Money(1_999, "EUR"));
        var placed = await Seat.Order(order).Place(new(
            "shop", null, new("AT", "1010"), new Personal<Buyer>($"customer {order}", new('x', 200)), [line],
            PaymentPolicy.None, AllocationPolicy.AllOrNothing));
        Ensure.That(placed.Status == PlaceStatus.Placed);
        var outcome = await Seat.Order(order).Outcome();
        Ensure.That(outcome is not null && outcome.Status != OrderStatus.Rejected);
    }

    /// <summary>Does the work for each number below <paramref name="count"/>, many at a time.</summary>
    public static Task Each(int count, Func<int, ValueTask> work, CancellationToken cancel) => Parallel.ForAsync(
        0, count, new ParallelOptions { MaxDegreeOfParallelism = 512, CancellationToken = cancel }, (i, _) => work(i));

    /// <summary>Waits until nothing is under way: every send is answered.</summary>
    public async Task Settle(CancellationToken cancel)
    {
        while (Cluster.Asks > 0 || Cluster.Outbox.Depth > 0) await Task.Delay(20, cancel);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Cluster.DisposeAsync();
}
