using Fulfillment.Engine;

namespace Fulfillment.Tests.Engine;

// Bugs in rules and trouble with reads: whoever it concerns is told, and nobody else notices.
public abstract partial class ClusterContract
{
    [SkippableFact]
    public async Task A_rule_that_fails_half_way_leaves_nothing_behind()
    {
        var host = Open();
        var held = host.Store.Hold();
        var before = host.Ask("a", new CounterCommand.Add("1", 1));
        await held;
        var same = host.Ask("a", new CounterCommand.Add("2", 1));
        var fails = host.Ask("a", new CounterCommand.Stumble("3"));
        var after = host.Ask("a", new CounterCommand.Add("4", 1));
        host.Store.Release();

        Assert.Equal(Fault.NotWritten, (await Assert.ThrowsAsync<ClusterException>(() => fails)).Fault);
        Assert.Equal((1, 2, 3), ((await before).Value, (await same).Value, (await after).Value));
        Assert.Equal(["1", "2", "4"], host.Facts.Select(f => ((CounterEvent.Added)f.Event).Id));
        Assert.IsType<InvalidOperationException>(Assert.Single(host.Failures).Why);
    }

    [SkippableFact]
    public async Task A_waiting_question_that_fails_harms_nobody()
    {
        var host = Open();
        var fails = host.Ask("a", new CounterCommand.StumbleAt(1));
        var waits = host.Ask("a", new CounterCommand.AtLeast(2));
        await TurnsTaken(host, "a");

        Assert.Equal(new(AddStatus.Done, 1), await host.Ask("a", new CounterCommand.Add("1", 1)));
        Assert.Equal(Fault.NotWritten, (await Assert.ThrowsAsync<ClusterException>(() => fails)).Fault);
        Assert.Equal(new(AddStatus.Done, 2), await host.Ask("a", new CounterCommand.Add("2", 1)));
        try
        {
            Assert.Equal(2, (await waits).Value);
        }
        catch (ClusterException told)
        {
            // Or it is told to ask again, for the entity was loaded anew.
            Assert.Equal(Fault.NotWritten, told.Fault);
        }
    }

    [SkippableFact]
    public async Task A_command_to_a_kind_that_does_not_exist_is_refused()
    {
        var host = Open();
        await host.Ask("a", new CounterCommand.Add("1", 1));
        for (var i = 0; i < 3; i++)
        {
            var told = await Assert.ThrowsAsync<ClusterException>(async () =>
                await host.Cluster.Ask(new("unheard-of", "x"), new CounterCommand.Get(), new("tester", "a test")));
            Assert.Equal(Fault.NotWritten, told.Fault);
            Assert.Contains("unheard-of", told.Message);
        }

        Assert.Equal(1, await host.Value("a"));
    }

    [SkippableFact]
    public async Task A_sender_that_cannot_take_an_answer_is_told_again_and_harms_nobody()
    {
        var host = Open();
        await host.Ask("a", new CounterCommand.Pass("unanswerable", "b", 1));
        await host.Time.RunUntil(() => host.Failures.Count >= 2);

        Assert.All(host.Failures, f => Assert.IsType<InvalidOperationException>(f.Why));
        Assert.Equal((-1, 1), (await host.Value("a"), await host.Value("b")));
        Assert.Equal(1, Count<CounterEvent.Added>(host.Facts, "b"));
    }

    [SkippableFact]
    public async Task An_entity_that_cannot_be_loaded_is_told_and_loaded_when_it_can()
    {
        await using (var before = Open()) await before.Ask("a", new CounterCommand.Add("1", 1));
        var host = Open();
        host.Store.FailReads(new IOException("the connection broke"));
        Assert.Equal(Fault.NotWritten, await host.FaultOf("a", new CounterCommand.Get()));
        Assert.Equal(Fault.NotWritten, await host.FaultOf("a", new CounterCommand.Add("2", 1)));

        host.Store.FailReads(null);
        Assert.Equal(new(AddStatus.Done, 2), await host.Ask("a", new CounterCommand.Add("2", 1)));
    }

    [SkippableFact]
    public async Task What_an_unknown_commit_wrote_is_looked_for_until_it_can_be_read()
    {
        var host = Open();
        await host.Ask("a", new CounterCommand.Add("1", 1));
        host.Store.Next(Fate.LostAfter);
        Assert.Equal(Fault.OutcomeUnknown, await host.FaultOf("a", new CounterCommand.Pass("2", "b", 1)));
        host.Store.FailReads(new IOException("the connection broke again"));
        for (var i = 0; i < 3; i++)
            await Assert.ThrowsAsync<ClusterException>(() => host.Ask("c", new CounterCommand.Add("1", 1)));

        host.Store.FailReads(null);
        Assert.Equal(1, (await Insist(host, "c", new CounterCommand.Add("1", 1))).Value);
        await host.Time.RunUntil(host.Until<CounterEvent.Confirmed>("a"));
        Assert.Equal(["added", "passed"], host.Facts.Take(2).Select(f => f.Type));
        Assert.Equal(5, host.Facts.Count);
    }
}
