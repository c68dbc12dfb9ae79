using Fulfillment.Engine;

namespace Fulfillment.Tests.Engine;

/// <summary>
/// Writes into a journal what counters decide, without a cluster: activations, turns and batches as the engine makes
/// them.
/// </summary>
sealed class Pen(Kinds? kinds = null) : IDisposable
{
    readonly Encoder _encoder = new();
    readonly Kinds _kinds = kinds ?? Counter.Kinds();

    /// <summary>When the next turn is taken.</summary>
    public DateTimeOffset Now { get; set; } = new(2026, 11, 27, 8, 0, 0, TimeSpan.Zero);

    /// <summary>Who asks, and why.</summary>
    public Origin Origin { get; set; } = new("tester", "a test");

    /// <summary>A counter without a history.</summary>
    public Activation Fresh(string name) => _kinds.Of(Counter.Id(name)).Open(Counter.Id(name), _kinds);

    /// <summary>The counter as the journal has it.</summary>
    public async Task<Activation> Load(IJournalStore store, string name) => await _kinds.Load(Counter.Id(name), store);

    /// <summary>The counter after all its events, without its snapshot.</summary>
    public Activation Replay(IJournalStore store, string name)
    {
        var activation = Fresh(name);
        activation.Restore(new(null, store.ReadEntity(activation.Id, 0, int.MaxValue)));
        return activation;
    }

    /// <summary>Takes the turns; what they wrote, as one batch.</summary>
    public Batch Write(Activation activation, params ReadOnlySpan<CounterCommand> commands)
    {
        foreach (var command in commands) activation.Run(command, Origin, Now, _encoder);
        return activation.Close() ?? throw new InvalidOperationException("The turns wrote nothing.");
    }

    /// <summary>A batch without events: asks whether the entity still is where the activation believes it.</summary>
    public static Batch Confirm(Activation activation)
    {
        activation.ToFollow(shared: true)!.TryFollow(new Nobody(), Done.It);
        return activation.Close()!;
    }

    /// <summary>One commit; which of the batches were refused.</summary>
    public static HashSet<int> Commit(IJournalStore store, params ReadOnlySpan<Batch> batches)
    {
        CommitGroup group = new();
        group.Batches.AddRange(batches);
        return Commit(store, group);
    }

    /// <summary>One commit; which of the batches were refused.</summary>
    public static HashSet<int> Commit(IJournalStore store, CommitGroup group)
    {
        HashSet<int> refused = [];
        store.Commit(group, refused);
        return refused;
    }

    /// <summary>A new counter of one event, committed.</summary>
    public Activation Begin(IJournalStore store, string name, params ReadOnlySpan<CounterCommand> commands)
    {
        var activation = Fresh(name);
        Assert.Empty(Commit(store, Write(activation, commands.IsEmpty ? [new CounterCommand.Add("1", 1)] : commands)));
        return activation;
    }

    /// <inheritdoc/>
    public void Dispose() => _encoder.Dispose();

    sealed class Nobody : IFollower
    {
        public void Settled(AppendOutcome outcome, object reply)
        {
        }
    }
}
