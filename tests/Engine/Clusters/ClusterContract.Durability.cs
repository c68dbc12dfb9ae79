using Fulfillment.Engine;

namespace Fulfillment.Tests.Engine;

// Acknowledged means durable, and what is not durable is never built on.
public abstract partial class ClusterContract
{
    [SkippableFact]
    public async Task A_reply_is_given_only_when_its_events_are_durable()
    {
        var host = Open();
        var held = host.Store.Hold();
        var asked = host.Ask("a", new CounterCommand.Add("1", 1));
        await held;
        Assert.False(asked.IsCompleted);
        Assert.Empty(host.Facts);

        host.Store.Release();
        Assert.Equal(new(AddStatus.Done, 1), await asked);
        Assert.Single(host.Facts);
    }

    [SkippableFact]
    public async Task A_question_waits_for_the_events_it_builds_on_and_for_no_others()
    {
        var host = Open();
        await host.Ask("a", new CounterCommand.Add("1", 1));
        var held = host.Store.Hold();
        var added = host.Ask("a", new CounterCommand.Add("2", 1));
        await held;
        var question = host.Ask("a", new CounterCommand.Get());
        var repeat = host.Ask("a", new CounterCommand.Add("1", 1));
        await TurnsTaken(host, "a");
        Assert.False(question.IsCompleted);
        Assert.False(repeat.IsCompleted);
        Assert.Equal(0, await host.Value("b"));

        host.Store.Release();
        Assert.Equal(2, (await question).Value);
        Assert.Equal(new(AddStatus.AlreadyDone, 2), await repeat);
        Assert.Equal(new(AddStatus.Done, 2), await added);
    }

    [SkippableFact]
    public async Task What_arrives_while_a_commit_runs_is_the_next_commit()
    {
        var host = Open();
        var held = host.Store.Hold();
        var first = host.Ask("first", new CounterCommand.Add("1", 1));
        await held;
        var others = Enumerable.Range(0, 200)
            .Select(i => host.Ask($"c{i % 20}", new CounterCommand.Add($"{i}", 1))).ToList();
        await TurnsTaken(host, [.. Enumerable.Range(0, 20).Select(i => $"c{i}")]);
        host.Store.Release();
        await first;
        await Task.WhenAll(others);

        Assert.Equal(2, host.Cluster.Journal.Stats.Commits);
        Assert.Equal(201, host.Facts.Count);
    }

    [SkippableFact]
    public async Task A_failed_commit_is_told_and_the_next_turn_builds_on_the_journal()
    {
        var host = Open();
        await host.Ask("a", new CounterCommand.Add("1", 1));
        host.Store.Next(Fate.Failed);
        Assert.Equal(Fault.NotWritten, await host.FaultOf("a", new CounterCommand.Add("2", 10)));

        Assert.Equal(1, await host.Value("a"));
        Assert.Equal(new(AddStatus.Done, 11), await host.Ask("a", new CounterCommand.Add("2", 10)));
        Assert.Equal(2, host.Facts.Count);
    }

    [SkippableFact]
    public async Task Whoever_built_on_a_failed_commit_is_told_too()
    {
        var host = Open();
        var held = host.Store.Hold();
        var first = host.Ask("a", new CounterCommand.Add("1", 1));
        await held;
        var second = host.Ask("a", new CounterCommand.Add("2", 1));
        var question = host.Ask("a", new CounterCommand.Get());
        await TurnsTaken(host, "a");
        host.Store.Next(Fate.Failed);
        host.Store.Release();

        foreach (var told in new Task[] { first, second, question })
            Assert.Equal(Fault.NotWritten, (await Assert.ThrowsAsync<ClusterException>(() => told)).Fault);
        Assert.Empty(host.Facts);
        Assert.Equal(new(AddStatus.Done, 1), await host.Ask("a", new CounterCommand.Add("2", 1)));
    }

    [SkippableTheory]
    [InlineData(nameof(Fate.LostBefore))]
    [InlineData(nameof(Fate.LostAfter))]
    public async Task An_unknown_commit_is_told_as_such_and_a_repeat_has_no_second_effect(string fate)
    {
        var host = Open();
        await host.Ask("a", new CounterCommand.Add("1", 1));
        host.Store.Next(Enum.Parse<Fate>(fate));
        Assert.Equal(Fault.OutcomeUnknown, await host.FaultOf("a", new CounterCommand.Add("2", 10)));

        Assert.Equal(11, (await Insist(host, "a", new CounterCommand.Add("2", 10))).Value);
        Assert.Equal(2, host.Facts.Count);
        Assert.Equal(11, await host.Value("a"));
    }

    [SkippableTheory]
    [InlineData(nameof(Fate.LostBefore))]
    [InlineData(nameof(Fate.LostAfter))]
    public async Task An_unknown_commit_of_a_new_entity_is_repeated_without_a_second_effect(string fate)
    {
        var host = Open();
        host.Store.Next(Enum.Parse<Fate>(fate));
        Assert.Equal(Fault.OutcomeUnknown, await host.FaultOf("a", new CounterCommand.Add("1", 10)));

        Assert.Equal(10, (await Insist(host, "a", new CounterCommand.Add("1", 10))).Value);
        Assert.Single(host.Facts);
    }

    [SkippableFact]
    public async Task Several_unknown_and_failed_commits_in_a_row_lose_and_double_nothing()
    {
        var host = Open();
        await host.Ask("a", new CounterCommand.Add("start", 1));
        host.Store.Next(
            Fate.LostAfter, Fate.LostAfter, Fate.Failed, Fate.LostBefore,
            Fate.LostAfter, Fate.Made, Fate.LostAfter, Fate.Failed);
        var asked = Enumerable.Range(0, 50)
            .Select(i => Insist(host, $"{(char)('a' + (i % 3))}", new CounterCommand.Add($"{i}", 1)));
        await Task.WhenAll(asked);

        Assert.Equal(51, host.Facts.Count);
        Assert.Equal(51, await host.Value("a") + await host.Value("b") + await host.Value("c"));
    }

    [SkippableFact]
    public async Task A_refused_batch_does_not_fail_its_neighbours()
    {
        using Pen pen = new();
        var host = Open();
        await host.Ask("a", new CounterCommand.Add("1", 1));
        await host.Ask("b", new CounterCommand.Add("1", 1));
        var held = host.Store.Hold();
        var before = host.Ask("c", new CounterCommand.Add("1", 1));
        await held;
        var refused = host.Ask("a", new CounterCommand.Add("2", 1));
        var neighbour = host.Ask("b", new CounterCommand.Add("2", 1));
        await TurnsTaken(host, "a", "b");
        var other = await pen.Load(host.Store.Inner, "a");
        Assert.Empty(Pen.Commit(host.Store.Inner, pen.Write(other, new CounterCommand.Add("elsewhere", 100))));
        host.Store.Release();

        Assert.Equal(new(AddStatus.Done, 1), await before);
        Assert.Equal(new(AddStatus.Done, 2), await neighbour);
        Assert.Equal(Fault.NotWritten, (await Assert.ThrowsAsync<ClusterException>(() => refused)).Fault);
        Assert.Equal(new(AddStatus.Done, 102), await host.Ask("a", new CounterCommand.Add("2", 1)));
    }
}
