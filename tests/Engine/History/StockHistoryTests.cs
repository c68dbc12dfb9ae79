using System.Collections.Immutable;
using Fulfillment.Composition;
using Fulfillment.Engine;
using Fulfillment.Inventory;
using Fulfillment.Tests.Support;
using Fulfillment.Views;

namespace Fulfillment.Tests.Engine;

/// <summary>Stock at a past moment is what the facts make of it that happened by then and were known.</summary>
public sealed class StockHistoryTests : IDisposable
{
    static readonly DateTimeOffset Start = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero);
    static readonly EntityId Id = EntityId.Of(InventoryCalls.Kind, "default", "A");
    static readonly Kinds Kinds = Everything.Kinds((_, _, _) => throw new InvalidOperationException());

    readonly TempFolder _folder = new();
    readonly MemoryStore _store = new();
    readonly Encoder _encoder = new();
    readonly AllViews _views;
    readonly Activation _sku = Kinds.Of(Id).Open(Id, Kinds);
    readonly Dictionary<string, int> _steps = [];
    DateTimeOffset _now = Start;
    long _seen;

    public StockHistoryTests()
    {
        _store.Open();
        _views = new(ViewDatabase.Sqlite(Path.Combine(_folder.Path, "views.db")), 0);
        Do(new SkuCommand.Define(new("Article", null, true, null, [], [])));
    }

    StockHistory History => new(_store, Kinds, _views.History);

    [Theory]
    [InlineData(1, 60)]
    [InlineData(2, 400)]
    [InlineData(3, 700)]
    [InlineData(4, 1_000)]
    public void Every_moment_as_known_at_every_other_is_the_fold_of_the_facts_by_when_they_happened(int seed, int steps)
    {
        Random random = new(seed);
        for (var i = 0; i < steps; i++)
        {
            if (random.Next(3) > 0) _now += TimeSpan.FromMilliseconds(random.Next(1, 4_000_000));
            Do(Any(random, i));
            // The views are now up to date, now behind.
            if (random.Next(10) == 0) Follow(random.Next(1, 200));
            if (random.Next(10) == 0) CompareSome(random, 2);
        }

        CompareSome(random, 100);
        Follow(int.MaxValue);
        CompareSome(random, 100);
        foreach (var (at, known) in Moments(random, 20)) ComparePages(at, known);
    }

    [Fact]
    public void A_late_fact_shows_at_its_own_time_at_once_and_not_before_it_was_told()
    {
        Do(new SkuCommand.Receive("r1", "N1", 10, "x", StockState.Available));
        var before = _now;
        _now += TimeSpan.FromDays(3);
        Do(new SkuCommand.Receive("r2", "N1", 5, "x", StockState.Available, OccurredAt: before.AddDays(1)));

        // The views have seen nothing of it yet.
        Assert.Equal(15, OnHand(_now, _now));
        Assert.Equal(10, OnHand(before.AddHours(23), _now));
        Assert.Equal(15, OnHand(before.AddDays(1), _now));
        Assert.Equal(10, OnHand(before.AddDays(1), _now.AddMilliseconds(-1)));
        Follow(int.MaxValue);
        Assert.Equal(15, OnHand(before.AddDays(1), _now));
        Assert.Equal(10, OnHand(before.AddDays(2), before.AddDays(2)));
        Assert.Equal(0, OnHand(Start.AddDays(-1), _now));
    }

    [Fact]
    public void A_late_fact_that_makes_the_past_negative_is_allowed_and_told()
    {
        Do(new SkuCommand.Receive("r1", "N1", 4, "x", StockState.Available));
        _now += TimeSpan.FromDays(1);
        var empty = _now;
        Do(new SkuCommand.Adjust("a1", "N1", -4, "x", StockState.Available));
        _now += TimeSpan.FromDays(1);
        Do(new SkuCommand.Receive("r2", "N1", 9, "x", StockState.Available));
        Assert.Null(History.Below(Id, "N1", "available", Start, _now));

        Do(new SkuCommand.Adjust("a2", "N1", -3, "x", StockState.Available, OccurredAt: Start.AddHours(1)));

        foreach (var lag in (int[])[0, int.MaxValue])
        {
            Follow(lag);
            Assert.Equal(1, OnHand(Start.AddHours(1), _now));
            Assert.Equal(-3, OnHand(empty, _now));
            Assert.Equal((empty, -3L), History.Below(Id, "N1", "available", Start.AddHours(1), _now));
            Assert.Equal(6, OnHand(_now, _now));
        }
    }

    public void Dispose()
    {
        _views.Dispose();
        _store.Dispose();
        _encoder.Dispose();
        _folder.Dispose();
    }

    long OnHand(DateTimeOffset at, DateTimeOffset known) => History.At(Id, at, known)!.Levels.OnHand();

    void CompareSome(Random random, int count)
    {
        foreach (var (at, known) in Moments(random, count)) Compare(at, known);
    }

    /// <summary>Any moments, and moments at which something happened.</summary>
    IEnumerable<(DateTimeOffset At, DateTimeOffset Known)> Moments(Random random, int count)
    {
        var events = _store.Read(0, int.MaxValue);
        for (var i = 0; i < count; i++) yield return (Moment(), random.Next(3) == 0 ? _now : Moment());

        DateTimeOffset Moment() => random.Next(2) == 0 ? events[random.Next(events.Count)].At
            : Start.AddMilliseconds(random.NextInt64((long)(_now - Start).TotalMilliseconds + 1) - 1_000);
    }

    void Compare(DateTimeOffset at, DateTimeOffset known)
    {
        Dictionary<(string, string), long> units = [];
        Dictionary<string, long> committed = [];
        long held = 0, backordered = 0;
        foreach (var (happened, _) in Facts(at, known)) Fold(happened);
        var levels = History.At(Id, at, known)!.Levels;

        foreach (var ((node, state), count) in units) Assert.Equal(count, levels.Nodes[node].In(state));
        foreach (var (node, count) in committed) Assert.Equal(count, levels.Nodes[node].Committed);
        Assert.Equal(units.Values.Sum(), levels.OnHand());
        Assert.Equal((held, backordered, committed.Values.Sum()),
            (levels.Held, levels.Backordered, levels.Committed()));
        Assert.Equal(
            units.Where(u => u.Key.Item2 == "available").Sum(u => u.Value) - committed.Values.Sum() - held,
            levels.Available());

        void Count(string node, StockState state, long delta)
        {
            var key = (node, state.ToString().ToLowerInvariant());
            units[key] = units.GetValueOrDefault(key) + delta;
        }

        void Commit(ImmutableArray<NodeUnits> picks, int sign)
        {
            foreach (var (node, n) in picks) committed[node] = committed.GetValueOrDefault(node) + (sign * n);
        }

        void Fold(SkuEvent happened)
        {
            switch (happened)
            {
                case SkuEvent.StockReceived e: Count(e.Node, e.State, e.Quantity); break;
                case SkuEvent.StockAdjusted e: Count(e.Node, e.State, e.Delta); break;
                case SkuEvent.StockMoved e:
                    Count(e.Node, e.From, -e.Quantity);
                    Count(e.Node, e.To, e.Quantity);
                    break;
                case SkuEvent.StockReserved e:
                    (held, backordered) = (held + e.Held, backordered + e.Backordered);
                    break;
                case SkuEvent.StockAllocated e:
                    Commit(e.Picks, 1);
                    foreach (var pick in e.Picks) held -= pick.Units;
                    break;
                case SkuEvent.StockReleased e:
                    Commit(e.Picks, -1);
                    (held, backordered) = (held - e.Held, backordered - e.Backordered);
                    break;
                case SkuEvent.StockShipped e:
                    Commit(e.Picks, -1);
                    foreach (var (node, n) in e.Picks) Count(node, StockState.Available, -n);
                    break;
                case SkuEvent.BackorderFilled e: (held, backordered) = (held + e.Units, backordered - e.Units); break;
                case SkuEvent.SkuDefined: break;
                default: Assert.Fail($"{happened} is not thought of"); break;
            }
        }
    }

    void ComparePages(DateTimeOffset at, DateTimeOffset known)
    {
        List<string> ids = [];
        for (string? cursor = null; ;)
        {
            var page = _views.Stock.Movements(
                "default", "A", at.ToUnixTimeMilliseconds(), known.ToUnixTimeMilliseconds(), cursor, 17);
            ids.AddRange(page.Items.Select(m => m.Id));
            if ((cursor = page.Next) is null) break;
        }

        var wanted = Facts(at, known).OrderByDescending(f => When(f)).ThenByDescending(f => f.Stored.Position)
            .SelectMany(f => f.Happened switch
            {
                SkuEvent.StockReceived e => [e.Id],
                SkuEvent.StockAdjusted e => [e.Id],
                SkuEvent.StockMoved e => [e.Id],
                SkuEvent.StockShipped e => e.Picks.Select(p => $"{e.Order}/{e.Step}/{p.Node}"),
                _ => (IEnumerable<string>)[],
            });
        // Shipments from two nodes are one fact.
        Assert.Equal(wanted.Order(), ids.Order());
        Assert.Equal(wanted.Where(i => i.StartsWith('m')), ids.Where(i => i.StartsWith('m')));
    }

    IEnumerable<(SkuEvent Happened, StoredEvent Stored)> Facts(DateTimeOffset at, DateTimeOffset known) =>
        from stored in _store.Read(0, int.MaxValue)
        let fact = (Happened: (SkuEvent)Kinds.Read(stored).Event, Stored: stored)
        where stored.At <= known && When(fact) <= at
        orderby When(fact)
        select fact;

    static DateTimeOffset When((SkuEvent Happened, StoredEvent Stored) fact) => fact.Happened switch
    {
        SkuEvent.StockReceived { OccurredAt: { } at } => at,
        SkuEvent.StockAdjusted { OccurredAt: { } at } => at,
        SkuEvent.StockMoved { OccurredAt: { } at } => at,
        _ => fact.Stored.At,
    };

    SkuCommand Any(Random random, int i)
    {
        DateTimeOffset? late = random.Next(3) > 0 ? null
            : DateTimeOffset.FromUnixTimeMilliseconds((_now - (random.NextDouble() * (_now - Start)))
                .ToUnixTimeMilliseconds());
        var node = $"N{random.Next(1, 4)}";
        var order = $"o{random.Next(20)}";
        StockState[] states = [StockState.Available, StockState.Damaged, StockState.Quarantine];
        var from = random.Next(3);
        return random.Next(9) switch
        {
            0 or 1 => new SkuCommand.Receive(
                $"m{i}", node, random.Next(1, 20), "x", states[random.Next(3)], OccurredAt: late),
            2 => new SkuCommand.Adjust(
                $"m{i}", node, random.Next(-9, 9), "x", states[random.Next(3)], OccurredAt: late),
            3 => new SkuCommand.Move(
                $"m{i}", node, random.Next(1, 6), states[from], states[(from + 1) % 3], "x", OccurredAt: late),
            4 or 5 => new SkuCommand.Reserve(order, Step(order), random.Next(1, 9), _now),
            6 => new SkuCommand.Allocate(order, Step(order), [new(node, random.Next(1, 5))]),
            7 => new SkuCommand.Release(order, Step(order), random.Next(0, 3), []),
            _ => new SkuCommand.Ship(order, Step(order), [new(node, random.Next(1, 5))]),
        };
    }

    int Step(string order) => _steps[order] = _steps.GetValueOrDefault(order) + 1;

    void Do(SkuCommand command)
    {
        _sku.Run(command, new("tester", "a test"), _now, _encoder);
        if (_sku.Close() is not { } batch) return;
        CommitGroup group = new();
        group.Batches.Add(batch);
        HashSet<int> refused = [];
        _store.Commit(group, refused);
        Assert.Empty(refused);
        batch.Settle(AppendOutcome.Committed);
    }

    void Follow(int events)
    {
        var page = _store.Read(_seen, events);
        if (page.Count == 0) return;
        _views.Apply([.. page.Select(Kinds.Read)]);
        _views.Write();
        _seen = page[^1].Position;
    }
}
