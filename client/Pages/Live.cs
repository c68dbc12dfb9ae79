using Fulfillment.Client.Api;
using Fulfillment.Inventory;
using Fulfillment.Ordering;

namespace Fulfillment.Client.Pages;

/// <summary>One of the newest orders.</summary>
public sealed record LiveOrder(EntityId Id, DateTimeOffset PlacedAt, OrderProgress Progress, Money? Total, int Lines);

/// <summary>One of the SKUs that sell most.</summary>
public sealed record LiveSku(EntityId Id, long Sold, long Available);

/// <summary>What the first page shows, as of one moment.</summary>
public sealed record Snapshot(
    DateTimeOffset At, IReadOnlyList<double> OrdersPerSecond, long Orders, long Accepted, long Rejected,
    double EventsPerSecond,
    double CommitMedian, double CommitP99, int OutboxDepth, long ViewLag, int Active, long ActiveBytes,
    int Silos, long MemoryBytes,
    IReadOnlyList<LiveOrder> Newest, IReadOnlyList<LiveSku> Busiest, string? Trouble, string? Notice);

/// <summary>Follows the journal and keeps, in memory, the little that the first page shows.</summary>
public sealed class Live : IAsyncDisposable
{
    const int Remembered = 60, Newest = 14, Busiest = 14, MostSkus = 10_000;
    const int TicksPerBeat = 50;
    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10), Beat = TicksPerBeat * Tick;

    readonly Backend _backend;
    readonly CancellationTokenSource _stop = new();
    readonly Task _loop;
    readonly LinkedList<EntityId> _order = new();
    readonly Dictionary<EntityId, LiveOrder> _orders = [];
    readonly Dictionary<EntityId, LiveSku> _skus = [];
    readonly Queue<double> _rates = new(Enumerable.Repeat(0.0, Remembered));
    long _placed, _accepted, _rejected, _events;
    TaskCompletionSource _beat = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Starts to follow, from now on.</summary>
    public Live(Backend backend)
    {
        _backend = backend;
        Now = Take(0, 0);
        _loop = Run();
    }

    /// <summary>The last snapshot.</summary>
    public Snapshot Now { get; private set; }

    /// <summary>Completes with the next snapshot.</summary>
    public Task Next => _beat.Task;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    async Task Run()
    {
        using var reader = _backend.Feed.ReadAfter(_backend.Feed.Head);
        using PeriodicTimer timer = new(Tick);
        var (placed, events) = (_placed, _events);
        try
        {
            for (var tick = 1; await timer.WaitForNextTickAsync(_stop.Token); tick++)
            {
                while (reader.Read(10_000) is { Count: > 0 } facts)
                    foreach (var fact in facts) Take(fact);
                if (tick % TicksPerBeat != 0) continue;
                Now = Take((_placed - placed) / Beat.TotalSeconds, (_events - events) / Beat.TotalSeconds);
                (placed, events) = (_placed, _events);
                var beat = _beat;
                _beat = new(TaskCreationOptions.RunContinuationsAsynchronously);
                beat.SetResult();
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
        catch (Exception e)
        {
            Now = Now with { Trouble = $"This page stands still, the server does not: {e.Message}" };
        }
    }

    void Take(Fact fact)
    {
        _events++;
        switch (fact.Event)
        {
            case OrderEvent e:
                Take(fact, e);
                break;
            case SkuEvent e:
                Take(fact.Entity, e);
                break;
        }
    }

    void Take(EntityId id, SkuEvent happened)
    {
        var (sold, available) = happened switch
        {
            SkuEvent.StockReserved e => (e.Held + e.Backordered, e.Available),
            SkuEvent.StockReleased e => (-e.Held - e.Backordered - e.Picks.Sum(p => p.Units), e.Available),
            SkuEvent.HoldExpired e => (-e.Held - e.Backordered, e.Available),
            SkuEvent.StockReceived e => (0, e.Available),
            SkuEvent.StockAdjusted e => (0, e.Available),
            SkuEvent.StockMoved e => (0, e.Available),
            SkuEvent.StockArrived e => (0, e.Available),
            SkuEvent.StockAllocated e => (0, e.Available),
            SkuEvent.StockReturned e => (0, e.Available),
            SkuEvent.StockShipped e => (0, e.Available),
            SkuEvent.BackorderFilled e => (0, e.Available),
            SkuEvent.HoldsSwept e => (0, e.Available),
            _ => (0L, (long?)null),
        };
        var known = _skus.GetValueOrDefault(id);
        if (available is not { } left || (known is null && sold <= 0)) return;
        if (known is null && _skus.Count >= MostSkus) KeepBusiest();
        // What was sold before the start may come back after it.
        _skus[id] = new(id, Math.Max(0, (known?.Sold ?? 0) + sold), left);
    }

    /// <summary>Makes room, so that a SKU that becomes busy late is seen too.</summary>
    void KeepBusiest()
    {
        foreach (var sku in _skus.Values.OrderBy(s => s.Sold).Take(MostSkus / 2).ToList()) _skus.Remove(sku.Id);
    }

    void Take(Fact fact, OrderEvent happened)
    {
        if (happened is OrderEvent.OrderPlaced placed)
        {
            _placed++;
            _orders[fact.Entity] = new(
                fact.Entity, placed.PlacedAt, default(OrderProgress).After(placed), placed.Total, placed.Lines.Length);
            _order.AddFirst(fact.Entity);
            if (_order.Count > Newest)
            {
                _orders.Remove(_order.Last!.Value);
                _order.RemoveLast();
            }
        }
        else if (_orders.TryGetValue(fact.Entity, out var order))
        {
            _orders[fact.Entity] = order with { Progress = order.Progress.After(happened) };
        }

        if (happened is OrderEvent.OrderAccepted) _accepted++;
        if (happened is OrderEvent.OrderRejected) _rejected++;
    }

    Snapshot Take(double ordersPerSecond, double eventsPerSecond)
    {
        _rates.Enqueue(ordersPerSecond);
        _rates.Dequeue();
        var gauges = _backend.Gauges();
        return new(
            DateTimeOffset.UtcNow, [.. _rates], _placed, _accepted, _rejected, eventsPerSecond, gauges.CommitMedian,
            gauges.CommitP99, gauges.OutboxDepth, gauges.ViewLag, gauges.Active, gauges.ActiveBytes,
            gauges.Silos, Environment.WorkingSet,
            [.. _order.Select(id => _orders[id])],
            [.. _skus.Values.OrderByDescending(s => s.Sold).ThenBy(s => s.Id.Key, StringComparer.Ordinal)
                .Take(Busiest)],
            _backend.Trouble(), _backend.Notice());
    }
}
