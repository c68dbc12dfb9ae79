using Fulfillment.Engine;
using Fulfillment.Engine.Embedded;

namespace Fulfillment.Tests.Engine;

// Whoever follows the journal gets every event once, in order.
public abstract partial class ClusterContract
{
    [SkippableFact]
    public async Task Every_reader_gets_every_event_once_and_in_order()
    {
        var host = Open();
        for (var i = 0; i < 10; i++) await host.Ask("a", new CounterCommand.Add($"before {i}", 1));
        var readers = new[] { (0, 1), (0, 1_000), (4, 7), (10, 3) }
            .Select(r => Follow(host.Cluster, after: r.Item1, until: 410, limit: r.Item2)).ToList();
        foreach (var some in Enumerable.Range(0, 400).Chunk(23))
            await Task.WhenAll(some.Select(i => host.Ask($"c{i % 9}", new CounterCommand.Add($"{i}", i))));

        foreach (var (read, after) in (await Task.WhenAll(readers)).Zip([0, 0, 4, 10]))
        {
            Assert.Equal(Enumerable.Range(after + 1, 410 - after).Select(i => (long)i), read.Select(f => f.Position));
            foreach (var (fact, stored) in read.Zip(host.Facts.Skip(after)))
            {
                Assert.Equal((stored.Entity, stored.Version, stored.Type), (fact.Entity, fact.Version, fact.Type));
                Assert.Equal((stored.At, stored.Origin, stored.Event), (fact.At, fact.Origin, fact.Event));
                Assert.True(stored.Payload.Span.SequenceEqual(fact.Payload.Span));
                Assert.True(stored.Hash.Span.SequenceEqual(fact.Hash.Span));
            }
        }
    }

    [SkippableFact]
    public async Task A_reader_that_sleeps_and_one_that_is_slow_miss_nothing()
    {
        var host = Open(options: new() { FeedBehind = 50 });
        using var sleeps = host.Cluster.Feed.ReadAfter(0);
        using var slow = host.Cluster.Feed.ReadAfter(0);
        List<long> read = [];
        for (var i = 0; i < 300; i++)
        {
            await host.Ask("a", new CounterCommand.Add($"{i}", 1));
            if (i % 3 == 0) read.AddRange(slow.Read(1).Select(f => f.Position));
        }

        Assert.True(read.Count < 300);
        while (slow.Read(10) is { Count: > 0 } more) read.AddRange(more.Select(f => f.Position));
        Assert.Equal(Enumerable.Range(1, 300).Select(i => (long)i), read);
        List<long> late = [];
        while (sleeps.Read(64) is { Count: > 0 } more) late.AddRange(more.Select(f => f.Position));
        Assert.Equal(read, late);
        await host.Ask("a", new CounterCommand.Add("last", 1));
        Assert.Equal([301], sleeps.Read(10).Select(f => f.Position));
        Assert.Equal([301], slow.Read(10).Select(f => f.Position));
        Assert.Empty(slow.Read(10));
    }

    [SkippableFact]
    public async Task A_reader_goes_on_after_a_restart_where_it_was()
    {
        await using (var first = Open())
        {
            for (var i = 0; i < 30; i++) await first.Ask("a", new CounterCommand.Add($"{i}", 1));
        }

        var second = Open();
        using var reader = second.Cluster.Feed.ReadAfter(20);
        Assert.Equal([21, 22, 23, 24], reader.Read(4).Select(f => f.Position));
        await second.Ask("a", new CounterCommand.Add("new", 1));
        var rest = await Follow(second.Cluster, reader.Position, until: 31, limit: 100);
        Assert.Equal([25, 26, 27, 28, 29, 30, 31], rest.Select(f => f.Position));
    }

    [SkippableFact]
    public async Task A_reader_is_told_of_what_an_unknown_commit_wrote()
    {
        var host = Open();
        await host.Ask("a", new CounterCommand.Add("1", 1));
        var reading = Follow(host.Cluster, after: 0, until: 3, limit: 10);
        host.Store.Next(Fate.LostAfter);
        await host.FaultOf("a", new CounterCommand.Add("2", 1));
        await Insist(host, "a", new CounterCommand.Add("3", 1));

        Assert.Equal(["1", "2", "3"], (await reading).Select(f => ((CounterEvent.Added)f.Event).Id));
    }

    [SkippableFact]
    public async Task Nothing_undurable_is_told_to_a_reader()
    {
        var host = Open();
        using var reader = host.Cluster.Feed.ReadAfter(0);
        var held = host.Store.Hold();
        var asked = host.Ask("a", new CounterCommand.Add("1", 1));
        await held;
        Assert.Empty(reader.Read(10));
        host.Store.Next(Fate.Failed);
        host.Store.Release();
        await Assert.ThrowsAsync<ClusterException>(() => asked);
        Assert.Empty(reader.Read(10));
    }

    static async Task<List<Fact>> Follow(EmbeddedCluster cluster, long after, long until, int limit)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        using var reader = cluster.Feed.ReadAfter(after);
        List<Fact> facts = [];
        while (reader.Position < until)
        {
            facts.AddRange(reader.Read(limit));
            if (reader.Position < until) await reader.Changed(patience.Token);
        }

        return facts;
    }
}
