using Fulfillment.Engine;

namespace Fulfillment.Tests.Engine;

/// <summary>A turn while no event may be written.</summary>
public sealed class ReadOnlyTurnTests
{
    [Fact]
    public void What_would_write_is_refused_and_the_entity_stays_as_it_was_and_as_usable()
    {
        using Encoder encoder = new();
        var kinds = Counter.Kinds(null);
        var id = Counter.Id("a");
        var counter = kinds.Of(id).Open(id, kinds);
        object Run(object command, string? readOnly) =>
            counter.Run(command, new("tester", "a test"), DateTimeOffset.UnixEpoch, encoder, readOnly)!;

        Run(new CounterCommand.Add("1", 5), null);
        var refused = Assert.Throws<ClusterException>(() => Run(new CounterCommand.Add("2", 1), "moving house"));
        Assert.Equal((Fault.ReadOnly, "moving house"), (refused.Fault, refused.Message));
        Assert.Equal(new AddReply(AddStatus.AlreadyDone, 5), Run(new CounterCommand.Add("1", 5), "moving house"));
        Assert.Equal(5, ((CountReply)Run(new CounterCommand.Get(), "moving house")).Value);
        Assert.Equal((1, 1, false), (counter.Version, counter.Open!.Entries.Count, counter.IsBroken));

        Assert.Equal(new AddReply(AddStatus.Done, 6), Run(new CounterCommand.Add("2", 1), null));
        Assert.Equal(2, counter.Version);
    }
}
