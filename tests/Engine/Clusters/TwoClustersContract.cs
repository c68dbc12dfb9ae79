namespace Fulfillment.Tests.Engine;

/// <summary>Two processes that write one journal and do not know of each other: the journal keeps them apart.</summary>
public abstract class TwoClustersContract : IAsyncLifetime
{
    readonly Place _place;

    protected TwoClustersContract(Place place)
    {
        Skip.If(place.Missing is not null, place.Missing);
        _place = place;
        (One, Two) = (Open(), Open());
    }

    Host One { get; }

    Host Two { get; }

    /// <inheritdoc/>
    public Task InitializeAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await One.DisposeAsync();
        await Two.DisposeAsync();
        _place.Dispose();
    }

    [SkippableFact]
    public async Task An_entity_that_lives_in_both_is_written_by_one_at_a_time()
    {
        await One.Ask("a", new CounterCommand.Add("1", 1));
        Assert.Equal(1, await Two.Value("a"));
        Assert.Equal(new(AddStatus.Done, 3), await Two.Ask("a", new CounterCommand.Add("2", 2)));

        Assert.Equal(Fault.NotWritten, await One.FaultOf("a", new CounterCommand.Add("3", 4)));
        Assert.Equal(new(AddStatus.Done, 7), await One.Ask("a", new CounterCommand.Add("3", 4)));
        Assert.Equal(3, One.Facts.Count);
    }

    [SkippableFact]
    public async Task An_answer_is_never_older_than_what_the_other_was_told()
    {
        await One.Ask("a", new CounterCommand.Add("1", 1));
        await Two.Ask("a", new CounterCommand.Add("2", 1));

        // One still has the entity of before in memory: the journal must tell it.
        Assert.Equal(Fault.NotWritten, await One.FaultOf("a", new CounterCommand.Get()));
        Assert.Equal(2, await One.Value("a"));
        await Two.Ask("a", new CounterCommand.Add("3", 1));
        Assert.Equal(Fault.NotWritten, await One.FaultOf("a", new CounterCommand.Add("2", 1)));
        Assert.Equal(new(AddStatus.AlreadyDone, 3), await One.Ask("a", new CounterCommand.Add("2", 1)));
    }

    [SkippableFact]
    public async Task What_is_asked_of_both_at_once_is_done_once()
    {
        var asked = Enumerable.Range(0, 200).Select(i => Task.WhenAll(Insist(One, i), Insist(Two, i)));
        foreach (var replies in await Task.WhenAll(asked)) Assert.Single(replies, r => r.Status == AddStatus.Done);

        Assert.Equal(200, One.Facts.Count);
        Assert.Equal(200, One.Facts.Select(f => ((CounterEvent.Added)f.Event).Id).Distinct().Count());
        Assert.Equal(Enumerable.Range(1, 200).Select(i => (long)i), One.Facts.Select(f => f.Position));
    }

    [SkippableFact]
    public async Task A_reader_of_one_gets_what_the_other_wrote_before()
    {
        using var reader = One.Cluster.Feed.ReadAfter(0);
        for (var i = 0; i < 10; i++)
        {
            await One.Ask("mine", new CounterCommand.Add($"{i}", 1));
            await Two.Ask("yours", new CounterCommand.Add($"{i}", 1));
        }

        await One.Ask("mine", new CounterCommand.Add("last", 1));
        List<Fact> read = [];
        while (reader.Read(4) is { Count: > 0 } more) read.AddRange(more);
        Assert.Equal(Enumerable.Range(1, 21).Select(i => (long)i), read.Select(f => f.Position));
        Assert.Equal(10, read.Count(f => f.Entity.Name == "yours"));
    }

    static async Task<AddReply> Insist(Host host, int i)
    {
        while (true)
        {
            try
            {
                return await host.Ask($"c{i % 10}", new CounterCommand.Add($"{i}", 1));
            }
            catch (ClusterException e) when (e.Fault == Fault.NotWritten)
            {
                // The other was faster: again, on what it wrote.
            }
        }
    }

    Host Open() => new(_place.Share(), options: new() { SharedJournal = true });
}

public sealed class MemoryTwoClustersTests() : TwoClustersContract(new MemoryPlace());

public sealed class PostgresTwoClustersTests() : TwoClustersContract(new PostgresPlace());
