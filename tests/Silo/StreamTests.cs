using System.Diagnostics;
using Fulfillment.Access;
using Fulfillment.Engine;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Warehousing;
using Npgsql;
using Orleans;
using Orleans.Streams;

namespace Fulfillment.Tests.Silo;

/// <summary>The journal's events as streams: complete, in order, and for who comes back as well.</summary>
public sealed class StreamTests : IClassFixture<Silos>
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly Silos _silos;

    public StreamTests(Silos silos)
    {
        Skip.If(silos.Missing is not null, silos.Missing);
        _silos = silos;
    }

    Seat Seat => new(_silos.Cluster, "default", new("tester", "a test"));

    [SkippableFact]
    public async Task All_events_of_an_order_come_in_order_as_they_are_in_the_journal()
    {
        await Stock("s-1", 5);
        using CancellationTokenSource patience = new(Patience);
        var order = OrderOf("o-1");
        var following = Until(order, 0, "fulfilment-opened", patience.Token);
        await Place("o-1", "s-1", 2);

        var seen = await following;
        Assert.Equal(Journal(order, 0, seen.Count), seen);
        Assert.Equal("order-placed", seen[0].Type);
        Assert.Equal($"order/default/o-1@{seen.Count}", seen[^1].Id);
    }

    [SkippableFact]
    public async Task Who_was_away_gets_exactly_what_it_missed_also_when_nothing_happens_any_more()
    {
        await Stock("s-2", 5);
        using CancellationTokenSource patience = new(Patience);
        var order = OrderOf("o-2");
        await Place("o-2", "s-2", 2);
        var seen = await Until(order, 0, "fulfilment-opened", patience.Token);

        // Nobody listens.
        await Seat.Order("o-2").Ship(new("ship", 1, [], "UPS", "1Z"));
        await Seat.Order("o-2").Deliver("deliver", 1);

        var missed = Journal(order, seen[^1].Version, int.MaxValue);
        Assert.NotEmpty(missed);
        Assert.Equal(missed, await Take(order, seen[^1].Position, missed.Count, patience.Token));
        Assert.Equal([.. seen, .. missed], await Take(order, 0, seen.Count + missed.Count, patience.Token));
        // From a position that is another entity's event.
        Assert.Equal(
            missed, await Take(order, missed[0].Position - 1, missed.Count, patience.Token));
    }

    [SkippableFact]
    public async Task A_SKU_with_more_events_than_are_kept_waiting_is_delivered_completely_and_in_order()
    {
        const int reserved = 700;
        await Stock("s-3", reserved);
        using CancellationTokenSource patience = new(Patience);
        var sku = EntityId.Of(InventoryCalls.Kind, "default", "s-3");
        List<StreamEvent> seen = [];
        TaskCompletionSource goOn = new();
        var following = Task.Run(async () =>
        {
            await foreach (var e in _silos.Host.Client.Follow(sku, 0, patience.Token))
            {
                seen.Add(e);
                if (seen.Count == 1) await goOn.Task;
                if (seen.Count == reserved + 2) break;
            }
        });
        await Task.WhenAll(Enumerable.Range(1, reserved).Select(i => Seat.Sku("s-3").Reserve($"r-{i}", 1).AsTask()));
        goOn.SetResult();
        await following;
        Assert.Equal(Journal(sku, 0, int.MaxValue), seen);
    }

    [SkippableFact]
    public async Task What_a_subscriber_fails_at_comes_again_with_the_same_id_until_it_does_not()
    {
        await Stock("s-4", 5);
        var order = OrderOf("o-4");
        List<StreamEvent> failed = [], seen = [];
        TaskCompletionSource done = new();
        var started = Stopwatch.GetTimestamp();
        var handle = await StreamOf(order).SubscribeAsync((e, _) =>
        {
            // Longer than Orleans would try.
            var fails = Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(6);
            (fails ? failed : seen).Add(e);
            if (fails) throw new InvalidOperationException("Not now.");
            if (e.Type == "fulfilment-opened") done.TrySetResult();
            return Task.CompletedTask;
        });
        await Place("o-4", "s-4", 1);
        await done.Task.WaitAsync(Patience);
        await handle.UnsubscribeAsync();

        Assert.True(failed.Count > 1);
        Assert.All(failed, e => Assert.Equal("order/default/o-4@1", e.Id));
        Assert.All(failed, e => Assert.Equal(seen[0], e));
        Assert.Equal(Journal(order, 0, seen.Count), seen);
    }

    [SkippableFact]
    public async Task A_stream_is_delivered_while_somebody_follows_it_and_forgotten_with_the_last_one()
    {
        await using NpgsqlConnection connection = new(_silos.Place.Orleans);
        await connection.OpenAsync();
        await using NpgsqlCommand rows = new(
            "select count(*) from stream_followed where key = 'default/o-6'", connection);
        var first = await StreamOf(OrderOf("o-6")).SubscribeAsync((_, _) => Task.CompletedTask);
        var second = await StreamOf(OrderOf("o-6")).SubscribeAsync((_, _) => Task.CompletedTask);
        Assert.Equal(1L, await rows.ExecuteScalarAsync());
        await first.UnsubscribeAsync();
        await Task.Delay(TimeSpan.FromSeconds(1));
        Assert.Equal(1L, await rows.ExecuteScalarAsync());

        await second.UnsubscribeAsync();
        var until = Stopwatch.GetTimestamp();
        while ((long)(await rows.ExecuteScalarAsync())! > 0)
        {
            Assert.True(Stopwatch.GetElapsedTime(until) < Patience, "It is still there.");
            await Task.Delay(50);
        }
    }

    [SkippableFact]
    public async Task Nobody_can_publish()
    {
        var refused = await Assert.ThrowsAsync<NotSupportedException>(
            () => StreamOf(OrderOf("o-5")).OnNextAsync(new(1, "order", "o-5", 1, "x", default, "", "", "{}")));
        Assert.Contains("Send the entity a command", refused.Message, StringComparison.Ordinal);
    }

    IAsyncStream<StreamEvent> StreamOf(EntityId entity) => _silos.Host.Client
        .GetStreamProvider(JournalStreams.Provider).GetStream<StreamEvent>(JournalStreams.Of(entity)!.Value);

    async Task Stock(string sku, int units)
    {
        await Seat.Node("N").Define(new("North", NodeType.Warehouse, 1, "DE", null, null, null, null));
        await Seat.Sku(sku).Define(new(sku, null, false, null, [], []));
        await Seat.Sku(sku).Receive("r", "N", units, "new");
    }

    async Task Place(string id, string sku, int units) => await Seat.Order(id).Place(new(
        "shop", null, new("DE", "10115"), null, [new("1", sku, units, new Money(100, "EUR"))], PaymentPolicy.None,
        AllocationPolicy.AllOrNothing));

    async Task<List<StreamEvent>> Until(EntityId entity, long after, string type, CancellationToken cancel)
    {
        List<StreamEvent> seen = [];
        await foreach (var e in _silos.Host.Client.Follow(entity, after, cancel))
        {
            seen.Add(e);
            if (e.Type == type) break;
        }

        return seen;
    }

    async Task<List<StreamEvent>> Take(EntityId entity, long after, int count, CancellationToken cancel)
    {
        List<StreamEvent> seen = [];
        await foreach (var e in _silos.Host.Client.Follow(entity, after, cancel))
        {
            seen.Add(e);
            if (seen.Count == count) break;
        }

        return seen;
    }

    List<StreamEvent> Journal(EntityId entity, long version, int limit)
    {
        using PostgresStore store = new(_silos.Place.Postgres);
        return [.. store.ReadEntity(entity, version, limit).Select(e => new StreamEvent(
            e.Position, entity.Kind, entity.Key, e.Version, e.Type, e.At, e.Origin.Actor, e.Origin.Cause,
            System.Text.Encoding.UTF8.GetString(e.Payload)))];
    }

    static EntityId OrderOf(string id) => EntityId.Of(OrderingCalls.Kind, "default", id);
}
