using Fulfillment.Composition;
using Fulfillment.Engine;

namespace Fulfillment.Simulation;

/// <summary>The clock that only the simulator moves.</summary>
public sealed class VirtualTime : TimeProvider
{
    /// <summary>Now.</summary>
    public DateTimeOffset Now { get; set; } = new(2026, 11, 27, 0, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Now;
}

/// <summary>
/// One seed, one history: a process with its journal, the messages on their way, and the callers. Every choice comes
/// from one random sequence; nothing runs beside it.
/// </summary>
public sealed class World : IDisposable
{
    readonly FaultyStore _store;
    readonly List<(Action Deliver, bool MayRepeat)> _inFlight = [];
    readonly Dictionary<EntityId, Activation> _known = [];
    SimulatedHost _host;

    /// <summary>A fresh world.</summary>
    public World(SimulationOptions options)
    {
        Options = options;
        Random = new(options.Seed);
        IsShared = options.Seed % 2 == 0;
        Faults = IsShared ? options.Faults : options.Faults with { SecondActivation = 0 };
        (Bank, Terrain, Post, Letterbox) = (new(this), new(this), new(this), new(this));
        Kinds = (options.Kinds ?? Everything.Kinds)(
            Terrain.Route, Terrain.FindWork, Bank.Connectors.Concat(Post.Connectors)
                .Concat(Letterbox.Connectors).ToDictionary());
        _store = new(this);
        _host = new(this, _store);
    }

    /// <summary>What it is made of.</summary>
    public SimulationOptions Options { get; }

    /// <summary>The journal has several writers, as in a cluster; else this process is the only one.</summary>
    public bool IsShared { get; }

    /// <summary>Where every choice comes from.</summary>
    public Random Random { get; }

    /// <summary>The faults that happen now.</summary>
    public Faults Faults { get; private set; }

    /// <summary>The clock.</summary>
    public VirtualTime Time { get; } = new();

    /// <summary>The kinds of entities.</summary>
    public Kinds Kinds { get; }

    /// <summary>The payment providers: outside, so no fault of ours touches what they know.</summary>
    public Bank Bank { get; }

    /// <summary>The carriers, outside like the providers.</summary>
    public Post Post { get; }

    /// <summary>The mail to buyers, outside too.</summary>
    public Letterbox Letterbox { get; }

    /// <summary>The router and the board.</summary>
    public Terrain Terrain { get; }

    /// <summary>The journal.</summary>
    public IJournalStore Store => _store;

    /// <summary>What callers asked and were told.</summary>
    public Ledger Ledger { get; } = new();

    /// <summary>Steps so far.</summary>
    public int Steps { get; private set; }

    /// <summary>How often what happened.</summary>
    public Dictionary<string, int> Counts { get; } = [];

    /// <summary>Chaos is over: nothing fails any more.</summary>
    public bool IsCalm { get; private set; }

    /// <summary>Whether a fault of this likelihood happens now.</summary>
    public bool Happens(double likelihood, string name)
    {
        if (likelihood <= 0 || Random.NextDouble() >= likelihood) return false;
        Count(name);
        return true;
    }

    /// <summary>Counts something that happened.</summary>
    public void Count(string name) => Counts[name] = Counts.GetValueOrDefault(name) + 1;

    /// <summary>Puts a delivery on its way; it arrives in any order with the others.</summary>
    public void Send(Action deliver) => _inFlight.Add((deliver, false));

    /// <summary>A caller asks, and asks again until told.</summary>
    public void Ask(Question question) => _inFlight.Add((() => _host.Ask(question), true));

    /// <summary>Stops the faults; what follows must converge.</summary>
    public void Calm()
    {
        IsCalm = true;
        Faults = Faults.None;
        _host.EndSecondActivations();
    }

    /// <summary>An invariant does not hold.</summary>
    public InvariantException Broken(string what) => new(Options.Seed, Steps, what);

    /// <summary>
    /// One step of whatever comes next; false when nothing is left to do now. In calm, time moves on to the next timer.
    /// </summary>
    public bool Step()
    {
        Steps++;
        if (Happens(Faults.Kill, "kill")) Kill();
        if (Happens(Faults.DropEntity, "drop")) _host.DropOne();
        if (Happens(Faults.SecondActivation, "second activation")) _host.ActivateTwice();
        if (Happens(Faults.ClockJump, "clock jump")) Time.Now += TimeSpan.FromSeconds(Random.Next(-10, 2_000));
        Time.Now += TimeSpan.FromMilliseconds(Random.Next(IsCalm ? 5 : 200));
        switch (Random.Next(10))
        {
            case < 2:
                _host.Commit();
                break;
            case 2 when !Happens(Faults.SlowPump * 10, "slow pump"):
                _host.Pump();
                break;
            default:
                Deliver();
                break;
        }

        return _inFlight.Count > 0 || _host.HasWork;
    }

    /// <summary>Writes what is to be written, out of turn; false when there is nothing.</summary>
    public bool Write() => _host.Commit();

    /// <summary>Writes what is to be written, else moves time to the next timer; false when there is neither.</summary>
    public bool SkipToNextTimer()
    {
        if (_host.Commit()) return true;
        if (_store.DeferredUntil(DateTimeOffset.MaxValue, 1) is not [var next]) return false;
        if (next.Due > Time.Now) Time.Now = next.Due;
        _host.Pump();
        return true;
    }

    /// <summary>The process is killed and started again on what its journal has.</summary>
    public void Kill()
    {
        // What was on its way inside the process is gone with it; the callers' questions are asked again.
        _inFlight.Clear();
        _host.Dispose();
        _host = new(this, _store);
        foreach (var question in Ledger.Open) Ask(question);
    }

    /// <summary>The entity as the journal has it now; later calls move the same one on.</summary>
    public Activation Known(EntityId id)
    {
        if (!_known.TryGetValue(id, out var activation)) _known[id] = activation = Kinds.Of(id).Open(id, Kinds);
        foreach (var stored in _store.ReadEntity(id, activation.Version, int.MaxValue)) activation.Apply(stored);
        return activation;
    }

    /// <summary>The entity as the journal has it, from its first event.</summary>
    public Activation Replay(EntityId id)
    {
        var activation = Kinds.Of(id).Open(id, Kinds);
        activation.Restore(new(null, _store.ReadEntity(id, 0, int.MaxValue)));
        return activation;
    }

    /// <summary>What is still under way, for who reads a failure.</summary>
    public string Describe() => $"{_inFlight.Count} in flight, {_host.Describe()}";

    /// <inheritdoc/>
    public void Dispose()
    {
        _host.Dispose();
        _store.Dispose();
    }

    /// <summary>The result of what never waits here.</summary>
    internal static T Now<T>(ValueTask<T> task)
    {
        Ensure.That(task.IsCompletedSuccessfully);
        return task.GetAwaiter().GetResult();
    }

    void Deliver()
    {
        if (_inFlight.Count == 0) return;
        var index = Random.Next(_inFlight.Count);
        var (deliver, mayRepeat) = _inFlight[index];
        if (!mayRepeat || !Happens(Faults.Duplicate, "duplicate"))
        {
            _inFlight[index] = _inFlight[^1];
            _inFlight.RemoveAt(_inFlight.Count - 1);
        }

        deliver();
    }
}
