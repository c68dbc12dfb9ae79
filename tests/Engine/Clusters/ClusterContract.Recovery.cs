using Fulfillment.Composition;
using Fulfillment.Engine;
using Fulfillment.Inventory;

namespace Fulfillment.Tests.Engine;

// What a process finds when it opens the journal of another.
public abstract partial class ClusterContract
{
    [SkippableTheory]
    [InlineData(256 << 10)]
    [InlineData(100)]
    public async Task A_state_from_a_snapshot_and_the_events_after_it_is_the_state_of_all_events(int bytesAtOnce)
    {
        using Pen pen = new();
        var id = Counter.Id("a");
        await using (var first = Open(options: new() { SnapshotBytes = bytesAtOnce }))
        {
            var text = new string('x', 4_000);
            HashSet<long> versions = [];
            for (var i = 0; versions.Count < 2; i++)
            {
                Assert.True(i < 4_000, "no snapshot was made, or no other after it");
                await first.Ask("a", new CounterCommand.Add($"{i}", 1, text));
                if (first.Store.Inner.Snapshot(id) is { } made) versions.Add(made.Version);
            }

            await first.Ask("a", new CounterCommand.Pass("after", "b", 3));
            await first.Until<CounterEvent.Confirmed>("a");
        }

        var second = Open();
        var store = second.Store.Inner;
        var (recovered, _) = await store.Load(id);
        Assert.NotEmpty(recovered.Events);
        var loaded = await pen.Load(store, "a");
        Assert.Equal(pen.Replay(store, "a").WriteState(), loaded.WriteState());
        Assert.Equal(loaded.Version, store.ReadEntity(id, 0, int.MaxValue).Count);
        Assert.Equal(AddStatus.AlreadyDone, (await second.Ask("a", new CounterCommand.Add("0", 1))).Status);
        Assert.Equal(AddStatus.Done, (await second.Ask("a", new CounterCommand.Add("new", 1))).Status);
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_snapshot_in_parts_is_whole_or_does_not_count_whatever_becomes_of_commits(int seed)
    {
        using Pen pen = new();
        Random random = new(seed);
        EngineOptions options = new() { SnapshotBytes = 60 };
        var (host, id) = (Open(options: options), Counter.Id("a"));
        HashSet<long> versions = [];
        for (var round = 0; round < 150; round++)
        {
            if (random.Next(15) == 0)
            {
                host.Kill();
                host = Open(options: options);
            }

            if (random.Next(3) == 0)
            {
                var activation = await pen.Load(host.Store.Inner, "a");
                if (activation.Version > 0) host.Cluster.Journal.Submit(activation, activation.TakeSnapshot()());
            }

            if (random.Next(5) == 0) host.Store.Next((Fate)random.Next((int)Fate.Made, (int)Fate.MadeThenDeath));
            await Insist(host, "a", new CounterCommand.Add($"{round}", 1));
            if (host.Store.Inner.Snapshot(id) is { } snapshot) versions.Add(snapshot.Version);
            var loaded = await pen.Load(host.Store.Inner, "a");
            Assert.Equal(pen.Replay(host.Store.Inner, "a").WriteState(), loaded.WriteState());
        }

        Assert.InRange(versions.Count, 5, 50);
        Assert.Empty(new Audit(host.Store.Inner, host.Kinds).Run(host.Facts[^1].Position).Flaws);
    }

    [SkippableFact]
    public async Task A_busy_SKU_from_its_snapshot_is_the_SKU_of_all_its_events()
    {
        var kinds = Everything.Kinds((_, _, _) => throw new InvalidOperationException("no router"));
        var id = EntityId.Of(InventoryCalls.Kind, "default", "A");
        var host = Open(kinds: kinds);
        Seat seat = new(host.Cluster, "default", new("tester", "a test"));
        await seat.Sku("A").Define(new("Thing", null, true, null, [], []));
        for (var i = 0; host.Store.Inner.Snapshot(id) is null || i % 7 != 3; i++)
        {
            Assert.True(i < 5_000, "no snapshot was made");
            await Task.WhenAll(
                seat.Sku("A").Receive($"r{i}", $"N{i % 5}", 3, new string('r', 500)).AsTask(),
                seat.Sku("A").Reserve($"o{i}", 1 + (i % 4), TimeSpan.FromMinutes(10)).AsTask(),
                seat.Sku("A").Adjust($"a{i}", $"N{i % 5}", i % 2 == 0 ? 1 : -1, "count").AsTask(),
                seat.Sku("A").Release($"o{i - 3}", 2, 1, []).AsTask());
        }

        var store = host.Store.Inner;
        var (loaded, replayed) = (kinds.Of(id).Open(id, kinds), kinds.Of(id).Open(id, kinds));
        var (recovered, _) = await store.Load(id);
        Assert.NotNull(recovered.Snapshot);
        loaded.Restore(recovered);
        replayed.Restore(new(null, store.ReadEntity(id, 0, int.MaxValue)));
        Assert.Equal(replayed.WriteState(), loaded.WriteState());
        Assert.Equal(replayed.Head, loaded.Head);
        Assert.Null(loaded.Check());
    }

    [SkippableFact]
    public async Task A_snapshot_of_another_format_is_left_alone_and_the_events_replayed()
    {
        using Pen old = new(Counter.Kinds(format: 7));
        using (var store = _place.Connect())
        {
            store.Open();
            var written = old.Begin(store, "a", new CounterCommand.Add("1", 1), new CounterCommand.Add("2", 2));
            CommitGroup group = new();
            group.Batches.Add(old.Write(written, new CounterCommand.Add("3", 3)));
            group.Snapshots.Add((written, written.TakeSnapshot()()));
            Pen.Commit(store, group);
            old.Begin(store, "b");
        }

        var host = Open();
        Assert.Equal(6, await host.Value("a"));
        Assert.Equal(new(AddStatus.AlreadyDone, 6), await host.Ask("a", new CounterCommand.Add("3", 3)));
        Assert.Equal(new(AddStatus.Done, 10), await host.Ask("a", new CounterCommand.Add("4", 4)));
    }

    [SkippableFact]
    public async Task Time_does_not_go_back_in_an_entity_that_comes_from_a_snapshot()
    {
        using Pen pen = new();
        using (var store = _place.Connect())
        {
            store.Open();
            var written = pen.Fresh("a");
            CommitGroup group = new();
            group.Batches.Add(pen.Write(written, new CounterCommand.Add("1", 1)));
            group.Snapshots.Add((written, written.TakeSnapshot()()));
            Pen.Commit(store, group);
        }

        var host = Open(new(pen.Now.AddHours(-1)));
        await host.Ask("a", new CounterCommand.Add("2", 1));
        Assert.Equal([pen.Now, pen.Now], host.Facts.Select(f => f.At));
    }

    [SkippableFact]
    public async Task Many_more_SKUs_than_fit_into_memory_all_answer_rightly_within_the_limit()
    {
        const int skus = 3_000, budget = 500_000;
        var kinds = Everything.Kinds((_, _, _) => throw new InvalidOperationException("no router"));
        var host = Open(kinds: kinds, options: new() { ActivationBytes = budget });
        Seat seat = new(host.Cluster, "default", new("tester", "a test"));
        foreach (var some in Enumerable.Range(0, skus).Chunk(300))
        {
            await Task.WhenAll(some.Select(
                i => seat.Sku($"S{i}").Define(new($"Thing {i}", null, false, null, [], [])).AsTask()));
            await Task.WhenAll(some.Select(i => seat.Sku($"S{i}").Receive("r", "N1", i + 1, "stock").AsTask()));
        }

        foreach (var step in new[] { 1, 1_009, 7 })
        {
            for (var n = 0; n < skus; n++)
            {
                var i = n * step % skus;
                var stock = await seat.Sku($"S{i}").Stock();
                Assert.Equal((i + 1, $"Thing {i}"), (stock.Available, stock.Card!.Title));
            }

            var (count, bytes) = host.Cluster.Active;
            Assert.True(bytes <= budget * 1.1, $"{bytes} bytes of {budget}");
            Assert.True(count < skus / 2, $"{count} entities of {skus}");
        }
    }
}
