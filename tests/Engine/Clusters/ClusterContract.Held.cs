using System.Collections.Concurrent;
using Fulfillment.Engine;

namespace Fulfillment.Tests.Engine;

// Sends that wait while callers come in a rush: later, and no less surely.
public abstract partial class ClusterContract
{
    static readonly EngineOptions Rush = new() { RushAt = 0, RushPace = 0, HoldFor = TimeSpan.FromMinutes(10) };
    static readonly EngineOptions NoRush = new() { RushAt = int.MaxValue, HoldFor = TimeSpan.FromMinutes(10) };

    readonly ConcurrentQueue<string> _asked = [];

    [SkippableFact]
    public async Task In_a_rush_what_can_wait_stays_in_the_journal_and_all_else_goes_on()
    {
        var host = await OpenInRush();
        await host.Ask("a", new CounterCommand.Consult("1"));
        await host.Ask("a", new CounterCommand.Pass("2", "b", 5));
        await host.Time.RunUntil(host.Until<CounterEvent.Confirmed>("a"));
        await host.Time.RunUntil(() => !host.Cluster.Outbox.HasNews);

        Assert.Empty(_asked);
        Assert.Equal((0, 1), (host.Cluster.Outbox.UnderWay, host.Cluster.Outbox.Depth));
        Assert.Equal(0, host.Cluster.Outbox.Watermark);
        host.Kill();
        var head = _place.Connect();
        Assert.Equal(new(4, 0, 4), head.Open());
        head.Dispose();
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_held_arrives_once_and_in_order_when_the_rush_is_over(bool killed)
    {
        const int Many = 700;
        var first = await OpenInRush();
        for (var i = 0; i < Many; i++) await first.Ask("a", new CounterCommand.Consult($"{i}"));
        Assert.Equal(Many, first.Cluster.Outbox.Depth);
        if (killed) first.Kill();
        else await first.DisposeAsync();
        Assert.Empty(_asked);

        var second = Open(new(first.Time.Now.AddSeconds(1)), NoRush, Answering());
        await second.Time.RunUntil(second.Until(f => f.Event is CounterEvent.Heard { Id: "699" }));
        await second.Time.RunUntil(() => second.Cluster.Outbox.Depth == 0);
        Assert.Equal(Enumerable.Range(1, Many).Select(i => $"counter/default/a@{i}.0"), _asked.Order(ByNumber));
        Assert.Equal(Many, Count<CounterEvent.Heard>(second.Facts, "a"));
        Assert.Equal(2 * Many, second.Cluster.Outbox.Watermark);
    }

    [SkippableFact]
    public async Task A_rush_that_ends_lets_go_of_what_was_held_and_the_next_one_holds_again()
    {
        var host = Open(options: Rush with { RushAt = 2 }, oracle: Answering());
        for (var round = 1; round <= 3; round++)
        {
            var arrived = host.Store.Hold();
            var id = $"{round}";
            Task[] waiting =
                [.. Enumerable.Range(0, 3).Select(i => host.Ask($"w{i}", new CounterCommand.Add(id, 1)))];
            await arrived;
            host.Time.Advance(TimeSpan.FromMilliseconds(20));
            await host.Time.RunUntil(() => host.Cluster.Outbox.Depth > 0);
            host.Store.Release();
            await Task.WhenAll(waiting);
            await host.Ask("a", new CounterCommand.Consult(id));
            Assert.Equal(round - 1, _asked.Count);
            await host.Time.RunUntil(host.Until(f => f.Event is CounterEvent.Heard heard && heard.Id == id));
            await host.Time.RunUntil(() => host.Cluster.Outbox.Depth == 0);
            // Now they go at once.
            await host.Ask("a", new CounterCommand.Consult($"{id} at once"));
            await host.Until(f => f.Event is CounterEvent.Heard heard && heard.Id == $"{id} at once");
            _asked.TryDequeue(out _);
        }

        await host.Time.RunUntil(() => host.Cluster.Outbox.Depth == 0);
        Assert.Equal(6, Count<CounterEvent.Heard>(host.Facts, "a"));
    }

    [SkippableFact]
    public async Task Nothing_waits_longer_than_it_may_whatever_the_rush()
    {
        var host = await OpenInRush();
        await host.Ask("a", new CounterCommand.Consult("1"));
        host.Time.Advance(TimeSpan.FromMinutes(9));
        await host.Ask("a", new CounterCommand.Consult("2"));
        for (var i = 0; i < 10; i++) host.Time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Empty(_asked);

        host.Time.Advance(TimeSpan.FromMinutes(1));
        await host.Time.RunUntil(host.Until(f => f.Event is CounterEvent.Heard { Id: "1" }));
        host.Time.Advance(TimeSpan.FromMinutes(9));
        await host.Time.RunUntil(host.Until(f => f.Event is CounterEvent.Heard { Id: "2" }));
        Assert.Equal(["counter/default/a@1.0", "counter/default/a@2.0"], _asked);
    }

    [SkippableFact]
    public async Task A_process_killed_while_held_sends_are_under_way_leaves_them_to_the_next()
    {
        var first = await OpenInRush();
        for (var i = 0; i < 40; i++) await first.Ask("a", new CounterCommand.Consult($"{i}"));
        first.Kill();

        TaskCompletionSource<object> never = new();
        var second = Open(new(first.Time.Now.AddSeconds(1)), NoRush, (id, _, _) =>
        {
            _asked.Enqueue(id);
            return id.EndsWith("5.0", StringComparison.Ordinal) ? new(never.Task) : new(new OracleAnswer("yes"));
        });
        // Those that hang get rows of their own; two of them before, and all after, what is asked now.
        await second.Time.RunUntil(() => second.Store.Inner.DeferredAfter(0).Count == 4);
        await second.Time.RunUntil(() => Count<CounterEvent.Heard>(second.Facts, "a") == 36);
        second.Kill();
        Assert.Equal(40, _asked.Count);
        _asked.Clear();

        var third = Open(new(second.Time.Now.AddSeconds(1)), NoRush, Answering());
        await third.Time.RunUntil(() => Count<CounterEvent.Heard>(third.Facts, "a") == 40);
        await third.Time.RunUntil(() => third.Cluster.Outbox.Depth == 0);
        await third.Time.RunUntil(() => third.Store.Inner.DeferredAfter(0).Count == 0);
        Assert.Equal(4, _asked.Count(id => id.EndsWith("5.0", StringComparison.Ordinal)));
        Assert.Equal(_asked.Count, _asked.Distinct().Count());
    }

    [SkippableTheory]
    [InlineData(nameof(Fate.Failed))]
    [InlineData(nameof(Fate.LostBefore))]
    [InlineData(nameof(Fate.LostAfter))]
    public async Task Held_sends_of_commits_that_went_wrong_arrive_once(string fate)
    {
        var first = await OpenInRush();
        await first.Ask("a", new CounterCommand.Consult("0"));
        first.Store.Next(Enum.Parse<Fate>(fate));
        await Assert.ThrowsAsync<ClusterException>(() => first.Ask("a", new CounterCommand.Consult("1")));
        await first.Time.RunUntil(Insist(first, "a", new CounterCommand.Consult("1")));
        await first.Ask("a", new CounterCommand.Consult("2"));
        Assert.Empty(_asked);
        first.Time.Advance(Rush.HoldFor);
        await first.Time.RunUntil(first.Until(f => f.Event is CounterEvent.Heard { Id: "2" }));
        await first.Time.RunUntil(() => !first.Cluster.Outbox.HasNews && first.Cluster.Outbox.UnderWay == 0);
        first.Kill();

        var second = Open(new(first.Time.Now.AddSeconds(1)), NoRush, Answering());
        await second.Time.RunUntil(() => second.Cluster.Outbox.Depth == 0);
        Assert.Equal(3, Count<CounterEvent.Heard>(second.Facts, "a"));
        Assert.Equal(_asked.Count, _asked.Distinct().Count());
    }

    [SkippableFact]
    public async Task What_was_held_and_cannot_be_read_is_delivered_once_it_can()
    {
        var host = await OpenInRush();
        for (var i = 0; i < 300; i++) await host.Ask("a", new CounterCommand.Consult($"{i}"));
        host.Store.CannotReadAfter = 1;
        host.Time.Advance(Rush.HoldFor);
        await host.Time.RunUntil(() => host.Failures.Count > 0);
        await host.Time.RunUntil(() => _asked.Count > 200);
        host.Store.CannotReadAfter = null;
        await host.Time.RunUntil(() => Count<CounterEvent.Heard>(host.Facts, "a") == 300);
        Assert.Equal(300, _asked.Distinct().Count());
        Assert.Equal(300, _asked.Count);
    }

    [SkippableFact]
    public async Task Many_who_wait_are_no_rush_when_few_come()
    {
        var host = Open(options: new() { RushAt = 2, HoldFor = TimeSpan.FromMinutes(10) }, oracle: Answering());
        var arrived = host.Store.Hold();
        Task[] waiting = [.. Enumerable.Range(0, 9).Select(i => host.Ask($"w{i}", new CounterCommand.Add("1", 1)))];
        await arrived;
        for (var i = 0; i < 100; i++) host.Time.Advance(TimeSpan.FromMilliseconds(20));
        host.Store.Release();
        await Task.WhenAll(waiting);
        await host.Ask("a", new CounterCommand.Consult("1"));
        await host.Until<CounterEvent.Heard>("a");
    }

    [SkippableFact]
    public async Task A_process_that_holds_nothing_delivers_what_another_held()
    {
        var first = await OpenInRush();
        await first.Ask("a", new CounterCommand.Consult("1"));
        first.Kill();

        var second = Open(new(first.Time.Now.AddSeconds(1)), new() { RushAt = 0, RushPace = 0 }, Answering());
        await second.Time.RunUntil(second.Until<CounterEvent.Heard>("a"));
        await second.Time.RunUntil(() => second.Cluster.Outbox.Depth == 0);
        Assert.Single(_asked);
    }

    static Comparer<string> ByNumber { get; } = Comparer<string>.Create((a, b) => Number(a).CompareTo(Number(b)));

    static int Number(string id) => int.Parse(
        id[(id.IndexOf('@', StringComparison.Ordinal) + 1)..^2], System.Globalization.CultureInfo.InvariantCulture);

    Connector Answering() => (id, _, _) =>
    {
        _asked.Enqueue(id);
        return new(new OracleAnswer("yes"));
    };

    /// <summary>A process in which callers come in a rush from the beginning.</summary>
    async Task<Host> OpenInRush()
    {
        var host = Open(options: Rush, oracle: Answering());
        await host.Time.RunUntil(() => host.Cluster.Outbox.Depth > 0);
        return host;
    }
}
