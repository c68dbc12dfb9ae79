using Fulfillment.Access;
using Fulfillment.Engine;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Silo;
using Fulfillment.Tests.Support;
using Fulfillment.Warehousing;
using Npgsql;
using Orleans.Streams;

namespace Fulfillment.Tests.Silo;

/// <summary>Silos are lost, one after the other, and followers of streams notice nothing.</summary>
public sealed class StreamFailoverTests
{
    const int Orders = 24;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [SkippableFact]
    public async Task When_silos_are_killed_the_others_deliver_their_streams_and_nothing_is_missing()
    {
        Skip.If(PostgresServer.Instance.Missing is not null, PostgresServer.Instance.Missing);
        ClusterPlace place = new(PostgresServer.Instance.NewDatabase(), "streams");
        await using RealCluster cluster = new(place, silos: 2);
        await Schema.Apply(place);
        // Who follows need not wait for the silos.
        await using var connection = await ClusterConnection.Connect(place);
        using CancellationTokenSource patience = new(Patience);
        var followers = Enumerable.Range(0, Orders).Select(i => new Follower(connection, $"f-{i}", patience.Token))
            .ToArray();
        await cluster.Start();
        while (!connection.IsUp) await Task.Delay(20, patience.Token);
        Seat seat = new(connection, "default", new("tester", "a test"));
        await Stock(seat, Orders);
        await Task.WhenAll(followers.Select(f => Place(seat, f.Order)));
        foreach (var follower in followers) await follower.Has("fulfilment-opened");

        // Afterwards no queue is where it was.
        cluster.Kill(0);
        await Task.WhenAll(followers.Select(f => seat.Order(f.Order).Ship(new("ship", 1, [], "UPS", "1Z")).AsTask()));
        foreach (var follower in followers) await follower.Has("goods-shipped");
        cluster.StartSilo(0);
        await cluster.SiloReady(0);
        cluster.Kill(1);
        await Task.WhenAll(followers.Select(f => seat.Order(f.Order).Deliver("deliver", 1).AsTask()));
        foreach (var follower in followers) await follower.Has("goods-delivered");

        using PostgresStore store = new(place.Postgres);
        foreach (var follower in followers) follower.HasSeen(store);
    }

    [SkippableFact]
    public async Task What_was_not_delivered_before_a_queue_moves_is_delivered_after_it()
    {
        Silos silos = new();
        Skip.If(silos.Missing is not null, silos.Missing);
        await silos.InitializeAsync();
        try
        {
            Seat seat = new(silos.Cluster, "default", new("tester", "a test"));
            await Stock(seat, 1);
            var order = EntityId.Of(OrderingCalls.Kind, "default", "late");
            List<StreamEvent> seen = [];
            var (ready, tried, done) = (false, new TaskCompletionSource(), new TaskCompletionSource<int>());
            // It has no position of its own: only the queue knows what it has not got.
            await silos.Host.Client.GetStreamProvider(JournalStreams.Provider)
                .GetStream<StreamEvent>(JournalStreams.Of(order)!.Value).SubscribeAsync((e, _) =>
                {
                    tried.TrySetResult();
                    if (!Volatile.Read(ref ready)) throw new InvalidOperationException("Not yet.");
                    seen.Add(e);
                    if (e.Type == "goods-delivered") done.TrySetResult(seen.Count);
                    return Task.CompletedTask;
                });
            await Place(seat, "late");
            await tried.Task.WaitAsync(Patience);
            await CheckpointsReach(silos.Place, 1);
            await silos.Host.RestartSiloAsync(silos.Host.Silos[0]);
            await silos.Host.RestartSiloAsync(silos.Host.Silos[0]);
            Volatile.Write(ref ready, true);
            await seat.Order("late").Ship(new("ship", 1, [], "UPS", "1Z"));
            await seat.Order("late").Deliver("deliver", 1);
            var delivered = await done.Task.WaitAsync(Patience);

            using PostgresStore store = new(silos.Place.Postgres);
            var journal = store.ReadEntity(order, 0, delivered);
            Assert.Equal(journal.Select(e => e.Position), seen.Take(delivered).Select(e => e.Position));
            await CheckpointsReach(silos.Place, journal[^1].Position);
        }
        finally
        {
            await silos.DisposeAsync();
        }
    }

    static async Task Stock(Seat seat, int units)
    {
        await seat.Node("N").Define(new("North", NodeType.Warehouse, 1, "DE", null, null, null, null));
        await seat.Sku("f").Define(new("f", null, false, null, [], []));
        await seat.Sku("f").Receive("r", "N", units, "new");
    }

    static async Task Place(Seat seat, string order) => await seat.Order(order).Place(new(
        "shop", null, new("DE", "10115"), null, [new("1", "f", 1, new Money(100, "EUR"))], PaymentPolicy.None,
        AllocationPolicy.AllOrNothing));

    static async Task CheckpointsReach(ClusterPlace place, long position)
    {
        await using NpgsqlConnection connection = new(place.Orleans);
        await connection.OpenAsync();
        await using NpgsqlCommand read = new("select max(position) from stream_checkpoints", connection);
        var until = DateTime.UtcNow + Patience;
        while (await read.ExecuteScalarAsync() is not long at || at < position)
        {
            Assert.True(DateTime.UtcNow < until, "No queue's checkpoint has come that far.");
            await Task.Delay(50);
        }
    }

    /// <summary>Notes all that an order's stream brings.</summary>
    sealed class Follower
    {
        readonly EntityId _entity;
        readonly List<StreamEvent> _seen = [];
        readonly Task _following;

        public Follower(ClusterConnection connection, string order, CancellationToken cancel)
        {
            (Order, _entity) = (order, EntityId.Of(OrderingCalls.Kind, "default", order));
            _following = Follow(connection, cancel);
        }

        public string Order { get; }

        public async Task Has(string type)
        {
            while (true)
            {
                lock (_seen) if (_seen.Any(e => e.Type == type)) return;
                if (_following.IsCompleted) await _following;
                await Task.Delay(20);
            }
        }

        public void HasSeen(PostgresStore journal)
        {
            // Something may just be happening.
            lock (_seen)
            {
                Assert.Equal(
                    journal.ReadEntity(_entity, 0, _seen.Count).Select(e => (e.Position, e.Version, e.Type)),
                    _seen.Select(e => (e.Position, e.Version, e.Type)));
            }
        }

        async Task Follow(ClusterConnection connection, CancellationToken cancel)
        {
            await foreach (var e in connection.Follow(_entity, 0, cancel))
                lock (_seen) _seen.Add(e);
        }
    }
}
