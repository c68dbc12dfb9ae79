using Fulfillment.Access;
using Fulfillment.Engine;

namespace Fulfillment.Silo;

/// <summary>
/// What the entities of one silo share: the journal, with one commit for all of them, the outbox, and the way to the
/// entities of other silos. The silo is a writer of the journal, and answers for the sends of what it wrote until
/// another silo takes them over.
/// </summary>
public sealed class SiloCluster : IEntityHost, IAsyncDisposable
{
    /// <summary>What is told as long as the settings are not known.</summary>
    public const string NotKnown = "The silo does not know the cluster's settings yet.";

    static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(500);

    readonly PostgresStore _store;
    readonly Kinds _kinds;
    readonly IGrainFactory _grains;
    readonly TimeProvider _time;
    readonly ThreadLocal<Encoder> _encoders = new(() => new Encoder(), trackAllValues: true);
    readonly Outbox _outbox;
    readonly Pump _pump;
    readonly ILogger<SiloCluster> _log;
    volatile ClusterSettings? _settings;
    int _turning, _entities;
    bool _stopped;

    /// <summary>Enters among the writers of the journal. Throws <see cref="StoreUnavailableException"/>.</summary>
    public SiloCluster(
        PostgresStore store, Kinds kinds, EngineOptions options, IGrainFactory grains, TimeProvider time,
        ILogger<SiloCluster> log)
    {
        (_store, _kinds, _grains, _time, _log) = (store, kinds, grains, time, log);
        Options = options with { SharedJournal = true };
        var head = store.Open();
        _outbox = new(store, kinds, time, Options);
        _pump = new(this, kinds, _outbox, time);
        _outbox.Dispatch = _pump.Dispatch;
        _outbox.Recover(head);
        Journal = new(store, head, Options, new CommitStats(), _outbox);
        Waits = new(time, LongestWait);
    }

    /// <inheritdoc/>
    public EngineOptions Options { get; }

    /// <inheritdoc/>
    public GroupCommit Journal { get; }

    /// <summary>Too much waits in the outbox to take in more.</summary>
    public bool IsFull => _outbox.IsFull;

    /// <summary>Sends under way or waiting in memory.</summary>
    public int OutboxDepth => _outbox.Depth;

    /// <inheritdoc/>
    public DateTimeOffset Now
    {
        get
        {
            var now = _time.GetUtcNow();
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
        }
    }

    /// <summary>
    /// As long as the settings are not known it is taken to be so: on a copy of a database that was read-only, a silo
    /// must not ask anybody outside in its first moment.
    /// </summary>
    public string? ReadOnly => _settings is { } known ? known.WhyReadOnly : NotKnown;

    /// <summary>The cluster's settings as this silo knows them; null until it does.</summary>
    public ClusterSettings? Settings => _settings;

    /// <summary>Entities that live here.</summary>
    public int Entities => Volatile.Read(ref _entities);

    /// <summary>How this silo is doing.</summary>
    public SiloGauges Gauges =>
        new(Journal.Stats.Latency(50), Journal.Stats.Latency(99), OutboxDepth, Entities, Environment.WorkingSet, 0);

    /// <summary>Questions that cannot be answered yet.</summary>
    internal Waits Waits { get; }

    internal Encoder Encoder => _encoders.Value!;

    /// <summary>Begins to commit and to deliver.</summary>
    public void Start()
    {
        Journal.Start();
        _pump.Start();
    }

    /// <summary>Takes over from the writers that are lost.</summary>
    public void TakeOverFrom(Func<JournalWriter, bool> isLost)
    {
        foreach (var lost in _store.OtherWriters().Where(isLost))
        {
            if (!_store.TakeOver(lost.Id, _time.GetUtcNow())) continue;
            Log.TookOver(_log, lost.Id, lost.Owner);
            _outbox.LookAgain();
        }
    }

    /// <summary>The settings are these from now on, unless newer ones are known.</summary>
    public void Learn(ClusterSettings settings)
    {
        var known = _settings;
        while (known is null || known.Revision < settings.Revision)
        {
            var before = Interlocked.CompareExchange(ref _settings, settings, known);
            if (before == known)
            {
                if (settings.IsReadOnly) Log.ReadOnly(_log, settings.By, settings.Reason);
                else if (known is { IsReadOnly: true }) Log.Writable(_log, settings.By);
                return;
            }

            known = before;
        }
    }

    /// <summary>Completes when every turn that began before this call is settled, and with it what it wrote.</summary>
    public async Task Settled(CancellationToken cancel)
    {
        while (Interlocked.CompareExchange(ref _turning, 0, 0) > 0 || !Journal.IsQuiet) await Task.Delay(10, cancel);
    }

    /// <summary>An entity has come to live here.</summary>
    internal void Came() => Interlocked.Increment(ref _entities);

    /// <summary>An entity does not live here any more.</summary>
    internal void Went() => Interlocked.Decrement(ref _entities);

    /// <summary>An entity begins to take turns whose batch it has not submitted yet.</summary>
    internal void BeginTurns() => Interlocked.Increment(ref _turning);

    /// <summary>It has.</summary>
    internal void EndTurns() => Interlocked.Decrement(ref _turning);

    /// <inheritdoc/>
    public ValueTask<Activation> Load(EntityId id) => _kinds.Load(id, _store);

    /// <inheritdoc/>
    public bool Post(EntityId to, Message message)
    {
        _ = Deliver(to, message);
        return true;
    }

    /// <inheritdoc/>
    public void Report(EntityId id, object command, Exception e)
    {
        // Silos come and go: what could not be delivered is tried again.
        if (e is ClusterException or Npgsql.NpgsqlException) Log.Waits(_log, id, command, e.Message);
        else Log.Failed(_log, id, command, e);
    }

    /// <summary>After the last grain: closes the journal, and leaves what is left to the others.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopped) return;
        _stopped = true;
        await Waits.DisposeAsync();
        await _pump.DisposeAsync();
        Journal.Nudge();
        Journal.Dispose();
        Journal.Stats.Dispose();
        try
        {
            _store.Leave();
        }
        catch (Npgsql.NpgsqlException e)
        {
            // They will miss this silo anyway.
            Log.Waits(_log, default, "leave", e.Message);
        }

        _store.Dispose();
        foreach (var encoder in _encoders.Values) encoder.Dispose();
        _encoders.Dispose();
    }

    async Task Deliver(EntityId to, Message message)
    {
        object reply;
        try
        {
            var answer = await _grains.Entity(to).Ask(new(to.Kind, message.Command, message.Origin, inside: true));
            reply = answer.ReplyTo(message.Command);
        }
        catch (ClusterException e)
        {
            message.Fail(e);
            return;
        }
        catch (Exception e) when (GrainCluster.IsPassing(e))
        {
            message.Fail(new(Fault.OutcomeUnknown, e.Message, e));
            return;
        }

        message.Answer(reply);
    }
}

/// <summary>What is logged.</summary>
static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "{Entity} failed at {Command}")]
    public static partial void Failed(ILogger log, EntityId entity, object command, Exception e);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Entity} waits with {Command}: {Why}")]
    public static partial void Waits(ILogger log, EntityId entity, object command, string why);

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "Took over the sends of writer {Writer} ({Owner}), which is lost")]
    public static partial void TookOver(ILogger log, int writer, string owner);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{What} failed, will try again")]
    public static partial void WillRetry(ILogger log, string what, Exception e);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The journal is not what it must be: {Flaw}")]
    public static partial void Flawed(ILogger log, Flaw flaw);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nothing is written from now on, says {By}: {Reason}")]
    public static partial void ReadOnly(ILogger log, string by, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Writing is allowed again, says {By}")]
    public static partial void Writable(ILogger log, string by);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Why}")]
    public static partial void Ends(ILogger log, string why);
}
