using Fulfillment.Engine;

namespace Fulfillment.Simulation;

/// <summary>How likely each fault is, per step or per commit, while chaos lasts.</summary>
public sealed record Faults
{
    /// <summary>A caller's message is delivered twice.</summary>
    public double Duplicate { get; init; } = 0.05;

    /// <summary>A send is carried out, and its answer is lost.</summary>
    public double LostAnswer { get; init; } = 0.03;

    /// <summary>A send takes so long that it is given up and made again, and is carried out after all.</summary>
    public double LateAttempt { get; init; } = 0.01;

    /// <summary>A caller does not hear the reply, and asks again later.</summary>
    public double LostReply { get; init; } = 0.03;

    /// <summary>An entity is dropped from memory.</summary>
    public double DropEntity { get; init; } = 0.02;

    /// <summary>An entity is alive a second time, and the two do not know of each other.</summary>
    public double SecondActivation { get; init; } = 0.01;

    /// <summary>The process is killed: all that is not in the journal is gone.</summary>
    public double Kill { get; init; } = 0.002;

    /// <summary>A commit fails, and nothing is written.</summary>
    public double FailedCommit { get; init; } = 0.03;

    /// <summary>A commit's outcome is not known; as often as not it was written.</summary>
    public double UnknownCommit { get; init; } = 0.03;

    /// <summary>The outbox is not looked after for a while.</summary>
    public double SlowPump { get; init; } = 0.02;

    /// <summary>Callers come in a rush, at each look after the outbox: what can wait is held for some looks.</summary>
    public double Rush { get; init; } = 0.05;

    /// <summary>The clock jumps, mostly forward.</summary>
    public double ClockJump { get; init; } = 0.01;

    /// <summary>The router fails.</summary>
    public double RouterFails { get; init; } = 0.05;

    /// <summary>A provider fails before it has done anything, or (as often) after.</summary>
    public double ProviderFails { get; init; } = 0.1;

    /// <summary>A provider says no.</summary>
    public double ProviderDeclines { get; init; } = 0.15;

    /// <summary>A provider decides later.</summary>
    public double ProviderWaits { get; init; } = 0.15;

    /// <summary>A promise of a provider runs out early.</summary>
    public double PromiseExpires { get; init; } = 0.2;

    /// <summary>None at all.</summary>
    public static Faults None { get; } = new()
    {
        Duplicate = 0,
        LostAnswer = 0,
        LateAttempt = 0,
        LostReply = 0,
        DropEntity = 0,
        SecondActivation = 0,
        Kill = 0,
        FailedCommit = 0,
        UnknownCommit = 0,
        SlowPump = 0,
        Rush = 0,
        ClockJump = 0,
        RouterFails = 0,
        ProviderFails = 0,
        ProviderDeclines = 0,
        ProviderWaits = 0,
        PromiseExpires = 0,
    };
}

/// <summary>A bug planted into the engine, to see that the simulator finds it.</summary>
public enum PlantedBug
{
    /// <summary>None.</summary>
    None,

    /// <summary>Callers are answered before the commit.</summary>
    AnswerBeforeCommit,

    /// <summary>The journal accepts versions that are taken.</summary>
    NoFence,

    /// <summary>After a crash the outbox starts at the head, as if everything had been answered.</summary>
    ForgetSends,

    /// <summary>After a crash what was held during a rush is taken for answered.</summary>
    ForgetHeld,

    /// <summary>A commit with an unknown outcome is simply made again.</summary>
    RetryUnknownCommit,
}

/// <summary>How fast callers ask, and for how long.</summary>
/// <param name="Steps">Steps of chaos before the calm.</param>
/// <param name="StepsPerCall">
/// Steps between calls: callers are slower than messages, else all would still be on its way when the calm begins.
/// </param>
/// <param name="SlowStepsPerCall">
/// As that, in one history of three: callers are so slow that what they ask is mostly done before they ask for more.
/// </param>
/// <param name="IsWhole">Every history has all workloads; else every other has no parcels, and more time.</param>
public sealed record Pace(int Steps, int StepsPerCall, int SlowStepsPerCall, bool IsWhole)
{
    /// <summary>Many histories in a short time.</summary>
    public static Pace Usual { get; } = new(1_600, 4, 14, false);

    /// <summary>Longer histories, in which more is carried through to its end.</summary>
    public static Pace Lively { get; } = new(2_000, 6, 20, true);
}

/// <summary>What one simulation is made of.</summary>
public sealed record SimulationOptions
{
    /// <summary>The one number from which everything follows.</summary>
    public required int Seed { get; init; }

    /// <summary>How fast callers ask.</summary>
    public Pace Pace { get; init; } = Pace.Usual;

    /// <summary>Faults during the chaos.</summary>
    public Faults Faults { get; init; } = new();

    /// <summary>A bug planted into the engine.</summary>
    public PlantedBug Bug { get; init; }

    /// <summary>Replaces the product's kinds, to plant a bug into a rule; null for the product's.</summary>
    public Func<Connector, Connector, IReadOnlyDictionary<string, Connector>, Kinds>? Kinds { get; init; }
}

/// <summary>What one simulation did.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Hash">Hash of the whole history: the same seed gives the same hash.</param>
/// <param name="Events">Events in the journal at the end.</param>
/// <param name="Steps">Steps, calm included.</param>
/// <param name="Counts">How often each fault and each kind of event happened.</param>
public sealed record SimulationReport(
    int Seed, string Hash, long Events, int Steps, IReadOnlyDictionary<string, int> Counts);

/// <summary>An invariant did not hold.</summary>
public sealed class InvariantException(int seed, int step, string what)
    : Exception($"seed {seed}, step {step}: {what}")
{
    /// <summary>The seed that shows it.</summary>
    public int Seed { get; } = seed;
}
