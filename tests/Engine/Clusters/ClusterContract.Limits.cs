using System.Diagnostics;
using Fulfillment.Engine;

namespace Fulfillment.Tests.Engine;

// Overload is refused early, and a process that stops lets nobody wait for ever.
public abstract partial class ClusterContract
{
    [SkippableFact]
    public async Task More_callers_than_the_limit_are_refused_and_the_others_answered()
    {
        var host = Open(options: new() { MaxAsks = 10 });
        var held = host.Store.Hold();
        var inside = Enumerable.Range(0, 10).Select(i => host.Ask($"c{i}", new CounterCommand.Add("1", 1))).ToList();
        await held;
        Assert.Equal(10, host.Cluster.Asks);
        Assert.Equal(Fault.Overloaded, await host.FaultOf("c0", new CounterCommand.Add("2", 1)));
        Assert.Equal(Fault.Overloaded, await host.FaultOf("d", new CounterCommand.Get()));

        host.Store.Release();
        Assert.All(await Task.WhenAll(inside), reply => Assert.Equal(new(AddStatus.Done, 1), reply));
        Assert.Equal(1, await host.Value("c0"));
        Assert.Equal(10, host.Facts.Count);
        Assert.Equal(0, host.Cluster.Asks);
    }

    [SkippableFact]
    public async Task More_callers_of_one_entity_than_its_mailbox_holds_are_refused_and_none_is_lost()
    {
        await using (var before = Open()) await before.Ask("a", new CounterCommand.Add("start", 1));
        var host = Open(options: new() { MaxMailbox = 20 });
        host.Store.HoldLoads();
        var asked = Enumerable.Range(0, 50).Select(i => host.Ask("a", new CounterCommand.Add($"{i}", 1))).ToList();
        var refused = asked.Where(a => a.IsFaulted).ToList();
        Assert.Equal(30, refused.Count);
        foreach (var told in refused)
            Assert.Equal(Fault.Overloaded, (await Assert.ThrowsAsync<ClusterException>(() => told)).Fault);

        host.Store.ReleaseLoads();
        Assert.All(await Task.WhenAll(asked.Except(refused)), reply => Assert.Equal(AddStatus.Done, reply.Status));
        Assert.Equal(21, await host.Value("a"));
    }

    [SkippableFact]
    public async Task Too_many_unanswered_sends_refuse_new_commands_until_they_are_answered()
    {
        TaskCompletionSource<object> answer = new();
        var host = Open(options: new() { MaxOutbox = 3 }, oracle: (_, _, _) => new(answer.Task));
        for (var i = 0; i < 4; i++) await host.Ask("a", new CounterCommand.Consult($"{i}"));
        Assert.Equal(Fault.Overloaded, await host.FaultOf("a", new CounterCommand.Consult("4")));

        answer.SetResult(new OracleAnswer("yes"));
        await host.Until(f => f.Event is CounterEvent.Heard && Count<CounterEvent.Heard>(host.Facts, "a") == 4);
        await host.Time.RunUntil(() => !host.Cluster.Outbox.IsFull);
        Assert.Equal(AddStatus.Done, (await host.Ask("a", new CounterCommand.Consult("4"))).Status);
    }

    [SkippableFact]
    public async Task A_caller_who_went_away_before_the_turn_has_no_effect()
    {
        await using (var before = Open()) await before.Ask("a", new CounterCommand.Add("start", 1));
        var host = Open();
        host.Store.HoldLoads();
        using CancellationTokenSource away = new();
        var gone = host.Ask("a", new CounterCommand.Add("gone", 1), away.Token);
        var stays = host.Ask("a", new CounterCommand.Add("stays", 1));
        await away.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        host.Store.ReleaseLoads();

        Assert.Equal(new(AddStatus.Done, 2), await stays);
        Assert.Equal(0, host.Cluster.Asks);
    }

    [SkippableFact]
    public async Task Who_waits_for_an_entity_to_change_takes_no_place_and_is_told_when_it_does()
    {
        var host = Open(options: new() { MaxAsks = 5 });
        List<Task<CountReply>> told = [];
        for (var i = 0; i < 20; i++)
        {
            told.Add(host.Ask("a", new CounterCommand.AtLeast(i % 2 == 0 ? 3 : 1)));
            await TurnsTaken(host, "a");
        }

        Assert.DoesNotContain(told, t => t.IsCompleted);
        await host.Ask("a", new CounterCommand.Add("1", 1));
        await host.Ask("a", new CounterCommand.Add("2", 2));
        Assert.Equal(
            Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? 3L : 1L),
            (await Task.WhenAll(told)).Select(r => r.Value));
    }

    [SkippableFact]
    public async Task A_process_that_stops_answers_what_was_asked_and_refuses_what_comes()
    {
        var host = Open();
        var held = host.Store.Hold();
        var asked = host.Ask("a", new CounterCommand.Add("1", 1));
        await held;
        var stopping = host.Cluster.DisposeAsync().AsTask();
        Assert.Equal(Fault.Stopping, await host.FaultOf("a", new CounterCommand.Get()));
        Assert.Equal(Fault.Stopping, await host.FaultOf("b", new CounterCommand.Add("1", 1)));
        Assert.False(asked.IsCompleted);

        host.Store.Release();
        Assert.Equal(new(AddStatus.Done, 1), await asked);
        await stopping;
    }

    [SkippableFact]
    public async Task A_process_that_stops_tells_those_who_wait_for_a_change()
    {
        var host = Open();
        var waits = host.Ask("a", new CounterCommand.AtLeast(1));
        await TurnsTaken(host, "a");
        await host.DisposeAsync();

        var told = await Assert.ThrowsAsync<ClusterException>(() => waits.WaitAsync(TimeSpan.FromSeconds(5)));
        Assert.Equal(Fault.Stopping, told.Fault);
    }

    [SkippableFact]
    public async Task A_process_that_stops_does_not_wait_for_timers()
    {
        var host = Open();
        await host.Ask("a", new CounterCommand.Remind("1", host.Time.Now.AddMinutes(1)));
        var watch = Stopwatch.StartNew();
        await host.DisposeAsync();

        // It would wait for five seconds if it took the timer for work under way.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(4), $"it took {watch.Elapsed}");
    }

    [SkippableFact]
    public async Task A_process_that_stops_amid_endless_work_leaves_it_to_the_next()
    {
        var first = Open();
        for (var i = 0; i < 50; i++) await first.Ask($"c{i}", new CounterCommand.Spin(1));
        await first.Until(f => f.Event is CounterEvent.Spun { Round: 5 });
        await first.DisposeAsync();

        var second = Open();
        var reached = second.Facts.Max(f => ((CounterEvent.Spun)f.Event).Round);
        await second.Time.RunUntil(second.Until(f => f.Event is CounterEvent.Spun spun && spun.Round > reached + 1));
        Assert.All(second.Facts.GroupBy(f => f.Entity), spins => Assert.True(spins.Count() >= 2));
        second.Kill();
    }

    [SkippableFact]
    public async Task Who_comes_back_again_and_again_stays_whoever_else_comes()
    {
        var host = Open();
        await host.Ask("often", new CounterCommand.Add("1", 1));
        for (var round = 0; round < 8; round++)
        {
            // It rests, longer than newcomers may while others come in; of those some are in its shard.
            await Task.Delay(100);
            for (var i = 0; i < 400; i++) await host.Ask($"{round}-{i}", new CounterCommand.Get());
            Assert.Equal(1, await host.Value("often"));
        }

        Assert.InRange(host.Store.Loaded.Count(id => id.Name == "often"), 0, 5);
    }
}
