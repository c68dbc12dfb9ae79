using System.Collections.Concurrent;
using Fulfillment.Engine;

namespace Fulfillment.Tests.Engine;

// Sends and timers: at least once whatever happens, and once in effect.
public abstract partial class ClusterContract
{
    [SkippableFact]
    public async Task A_send_arrives_once_and_its_answer_comes_back()
    {
        var host = Open();
        await host.Ask("a", new CounterCommand.Pass("1", "b", 5));
        var facts = await host.Until<CounterEvent.Confirmed>("a");

        Assert.Equal(["passed", "added", "confirmed"], facts.Select(f => f.Type));
        Assert.Equal((-5, 5), (await host.Value("a"), await host.Value("b")));
        var added = facts[1];
        Assert.Equal(new("counter/default/a", "counter/default/a@1.0"), added.Origin);
        Assert.Equal(new("counter/default/b", "counter/default/a@1.0"), facts[2].Origin);
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_process_killed_after_any_commit_of_a_send_leaves_a_send_that_arrives_once(int commit)
    {
        var first = Open();
        for (var i = 1; i < commit; i++) first.Store.Next(Fate.Made);
        var dying = first.Store.NextIs(Fate.MadeThenDeath);
        var asked = first.Ask("a", new CounterCommand.Pass("1", "b", 5));
        await dying;
        Assert.Equal(commit, first.Facts.Count);
        first.Kill();
        if (commit == 1) await Assert.ThrowsAsync<ClusterException>(() => asked);

        var second = Open(new(first.Time.Now.AddMinutes(1)));
        await second.Until<CounterEvent.Confirmed>("a");
        await second.Time.RunUntil(() => second.Cluster.Outbox.Depth == 0);
        Assert.Equal(new(AddStatus.AlreadyDone, -5), await second.Ask("a", new CounterCommand.Pass("1", "b", 5)));
        Assert.Equal(5, await second.Value("b"));
        Assert.Equal(["passed", "added", "confirmed"], second.Facts.Select(f => f.Type));
    }

    [SkippableFact]
    public async Task A_send_of_a_commit_with_an_unknown_outcome_arrives_once()
    {
        var host = Open();
        host.Store.Next(Fate.LostAfter);
        Assert.Equal(Fault.OutcomeUnknown, await host.FaultOf("a", new CounterCommand.Pass("1", "b", 5)));

        // Nobody asks again: the engine finds out by itself.
        await host.Time.RunUntil(host.Until<CounterEvent.Confirmed>("a"));
        Assert.Equal(["passed", "added", "confirmed"], host.Facts.Select(f => f.Type));
        Assert.Equal(5, await host.Value("b"));
    }

    [SkippableFact]
    public async Task A_send_whose_receiver_could_not_be_written_is_made_again()
    {
        var host = Open();
        host.Store.Next(Fate.Made, Fate.Failed, Fate.LostBefore, Fate.LostAfter);
        await host.Ask("a", new CounterCommand.Pass("1", "b", 5));

        await host.Time.RunUntil(host.Until<CounterEvent.Confirmed>("a"));
        Assert.Equal(["passed", "added", "confirmed"], host.Facts.Select(f => f.Type));
        Assert.Equal(5, await host.Value("b"));
    }

    [SkippableFact]
    public async Task What_was_answered_is_not_sent_again_after_a_restart()
    {
        await using (var first = Open())
        {
            for (var i = 0; i < 20; i++) await first.Ask("a", new CounterCommand.Pass($"{i}", "b", 1));
            await first.Until(f => f.Event is CounterEvent.Confirmed { Id: "19" });
            await first.Time.RunUntil(() => first.Cluster.Outbox.Depth == 0);
        }

        var second = Open();
        Assert.Equal(0, second.Cluster.Outbox.Depth);
        Assert.Equal(60, second.Cluster.Outbox.Watermark);
    }

    [SkippableFact]
    public async Task A_timer_fires_when_it_is_due_and_not_before()
    {
        var host = Open();
        var due = host.Time.Now.AddMinutes(1);
        await host.Ask("a", new CounterCommand.Remind("1", due));
        await host.Ask("a", new CounterCommand.Remind("2", due.AddMinutes(30)));

        var facts = await host.Time.RunUntil(host.Until<CounterEvent.Rang>("a"));
        Assert.True(facts[^1].At >= due);
        Assert.True(facts[^1].At <= due.AddSeconds(5));
        host.Time.Advance(TimeSpan.FromMinutes(30));
        facts = await host.Time.RunUntil(host.Until(f => f.Event is CounterEvent.Rang { Id: "2" }));
        Assert.Equal(2, Count<CounterEvent.Rang>(facts, "a"));
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_timer_fires_after_a_restart(bool killed)
    {
        var first = Open();
        var due = first.Time.Now.AddHours(1);
        await first.Ask("a", new CounterCommand.Remind("late", due));
        await first.Ask("a", new CounterCommand.Remind("later", due.AddDays(20)));
        if (killed) first.Kill();
        else await first.DisposeAsync();

        var second = Open(new(due.AddHours(1)));
        await second.Until(f => f.Event is CounterEvent.Rang { Id: "late" });
        second.Time.Advance(TimeSpan.FromDays(20));
        await second.Time.RunUntil(second.Until(f => f.Event is CounterEvent.Rang { Id: "later" }));
        await second.DisposeAsync();

        var third = Open(new(due.AddDays(30)));
        await third.Ask("b", new CounterCommand.Add("1", 1));
        Assert.Equal(2, Count<CounterEvent.Rang>(third.Facts, "a"));
        Assert.Empty(third.Store.Inner.DeferredUntil(DateTimeOffset.MaxValue, 10));
    }

    [SkippableFact]
    public async Task A_provider_that_fails_is_asked_again_under_the_same_id()
    {
        ConcurrentQueue<string> ids = [];
        var host = Open(oracle: (id, _, _) =>
        {
            ids.Enqueue(id);
            return ids.Count < 4 ? throw new HttpRequestException("503") : new(new OracleAnswer("at last"));
        });
        await host.Ask("a", new CounterCommand.Consult("1"));
        await host.Time.RunUntil(host.Until<CounterEvent.Heard>("a"));

        Assert.Equal(Enumerable.Repeat("counter/default/a@1.0", 4), ids);
        Assert.Equal(3, host.Failures.Count(f => f.Why is HttpRequestException));
        Assert.Equal(["at last"], (await host.Ask("a", new CounterCommand.Get())).Heard);
    }

    [SkippableFact]
    public async Task A_slow_provider_holds_up_nobody_and_is_asked_again_after_a_crash()
    {
        ConcurrentQueue<string> ids = [];
        TaskCompletionSource<object> never = new();
        var first = Open(oracle: (id, _, _) =>
        {
            ids.Enqueue(id);
            return new(never.Task);
        });
        await first.Ask("a", new CounterCommand.Consult("1"));
        await first.Ask("a", new CounterCommand.Pass("2", "b", 1));
        await first.Time.RunUntil(() => first.Store.Inner.DeferredAfter(0).Count == 1);
        await first.Time.RunUntil(() => first.Cluster.Outbox.Watermark == 4);
        first.Kill();

        var second = Open(new(first.Time.Now.AddSeconds(1)), oracle: (id, _, _) =>
        {
            ids.Enqueue(id);
            return new(new OracleAnswer("yes"));
        });
        await second.Time.RunUntil(second.Until<CounterEvent.Heard>("a"));
        await second.Time.RunUntil(() => second.Store.Inner.DeferredAfter(0).Count == 0);
        Assert.Equal(Enumerable.Repeat("counter/default/a@1.0", 2), ids);
        Assert.Equal(1, Count<CounterEvent.Added>(second.Facts, "b"));
    }

    [SkippableFact]
    public async Task A_journal_that_could_not_be_read_for_a_while_does_not_stop_the_timers()
    {
        var host = Open();
        await host.Ask("a", new CounterCommand.Remind("1", host.Time.Now.AddMinutes(10)));
        host.Store.FailReads(new IOException("the connection broke"));
        host.Time.Advance(TimeSpan.FromMinutes(5));
        await host.Time.RunUntil(() => host.Failures.Any(f => f.Why is IOException));
        host.Store.FailReads(null);

        host.Time.Advance(TimeSpan.FromMinutes(5));
        await host.Time.RunUntil(host.Until<CounterEvent.Rang>("a"));
    }
}
