using Fulfillment.Engine;
using Fulfillment.Engine.Embedded;

namespace Fulfillment.Tests.Engine;

/// <summary>
/// An embedded cluster as one process has it: a clock and a gated journal of its own, and an oracle that the test
/// plays.
/// </summary>
sealed class Host : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    readonly List<(EntityId Id, object Command, Exception Why)> _failures = [];
    bool _gone;

    /// <summary>Opens the journal.</summary>
    public Host(
        IJournalStore store, FakeTime? time = null, EngineOptions? options = null, Connector? oracle = null,
        Kinds? kinds = null)
    {
        Store = new(store);
        Time = time ?? new();
        Kinds = kinds ?? Counter.Kinds(oracle);
        Cluster = new(Store, Kinds, options ?? new(), Time) { Failed = Note };
    }

    /// <summary>The journal.</summary>
    public GatedStore Store { get; }

    /// <summary>The clock.</summary>
    public FakeTime Time { get; }

    /// <summary>The kinds.</summary>
    public Kinds Kinds { get; }

    /// <summary>The cluster.</summary>
    public EmbeddedCluster Cluster { get; }

    /// <summary>What failed, as the log would have it.</summary>
    public IReadOnlyList<(EntityId Id, object Command, Exception Why)> Failures
    {
        get { lock (_failures) return [.. _failures]; }
    }

    /// <summary>Asks a counter.</summary>
    public Task<TReply> Ask<TReply>(string counter, ICommand<TReply> command, CancellationToken cancel = default) =>
        Cluster.Ask(Counter.Id(counter), command, new("tester", "a test"), cancel).AsTask();

    /// <summary>The value of a counter now.</summary>
    public async Task<long> Value(string counter) => (await Ask(counter, new CounterCommand.Get())).Value;

    /// <summary>The fault of a question that must fail.</summary>
    public async Task<Fault> FaultOf<TReply>(string counter, ICommand<TReply> command) =>
        (await Assert.ThrowsAsync<ClusterException>(() => Ask(counter, command))).Fault;

    /// <summary>The journal's events up to the first that is meant, once it is committed.</summary>
    public async Task<List<Fact>> Until(Func<Fact, bool> meant)
    {
        using CancellationTokenSource patience = new(Patience);
        using var reader = Cluster.Feed.ReadAfter(0);
        List<Fact> facts = [];
        while (true)
        {
            foreach (var fact in reader.Read(1_000))
            {
                facts.Add(fact);
                if (meant(fact)) return facts;
            }

            await reader.Changed(patience.Token);
        }
    }

    /// <summary>The journal's events up to the first of that type at that counter.</summary>
    public Task<List<Fact>> Until<T>(string counter) => Until(f => f.Event is T && f.Entity.Name == counter);

    /// <summary>All events now.</summary>
    public List<Fact> Facts => [.. Store.Inner.Read(0, int.MaxValue).Select(Kinds.Read)];

    /// <summary>The process is gone at once; nothing of it reaches the journal any more.</summary>
    public void Kill()
    {
        _gone = true;
        Store.Die();
        Store.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_gone) return;
        _gone = true;
        Store.Release();
        await Cluster.DisposeAsync();
    }

    void Note(EntityId id, object command, Exception why)
    {
        lock (_failures) _failures.Add((id, command, why));
    }
}
