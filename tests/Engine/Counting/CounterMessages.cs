using System.Text.Json.Serialization;

namespace Fulfillment.Tests.Engine;

/// <summary>Outcome of a change, in the order tested.</summary>
public enum AddStatus
{
    /// <summary>The same was done before.</summary>
    AlreadyDone,

    /// <summary>Done.</summary>
    Done,
}

/// <summary>The counter after the change.</summary>
public sealed record AddReply(AddStatus Status, long Value);

/// <summary>The counter now, and what it was told by the oracle, oldest first.</summary>
public sealed record CountReply(long Value, IReadOnlyList<string> Heard);

/// <summary>What a counter can be asked. Only those with a name can be sent.</summary>
[JsonDerivedType(typeof(Add), "add")]
[JsonDerivedType(typeof(Confirm), "confirm")]
[JsonDerivedType(typeof(Ring), "ring")]
[JsonDerivedType(typeof(Hear), "hear")]
[JsonDerivedType(typeof(Spin), "spin")]
public abstract record CounterCommand
{
    /// <summary>Adds. Repeatable by id.</summary>
    public sealed record Add(string Id, long Units, string Text = "") : CounterCommand, ICommand<AddReply>;

    /// <summary>Takes units from here and sends them there. Repeatable by id.</summary>
    public sealed record Pass(string Id, string To, long Units) : CounterCommand, ICommand<AddReply>;

    /// <summary>The answer to a pass: they arrived.</summary>
    public sealed record Confirm(string Id) : CounterCommand, ICommand<Done>;

    /// <summary>Sets a timer. Repeatable by id.</summary>
    public sealed record Remind(string Id, DateTimeOffset At) : CounterCommand, ICommand<AddReply>;

    /// <summary>The timer.</summary>
    public sealed record Ring(string Id) : CounterCommand, ICommand<Done>;

    /// <summary>Asks the oracle, a connector. Repeatable by id.</summary>
    public sealed record Consult(string Id) : CounterCommand, ICommand<AddReply>;

    /// <summary>What the oracle said.</summary>
    public sealed record Hear(string Id, string Answer) : CounterCommand, ICommand<Done>;

    /// <summary>Sends itself the next one, for ever.</summary>
    public sealed record Spin(long Round) : CounterCommand, ICommand<Done>;

    /// <summary>Asks for the value now.</summary>
    public sealed record Get : CounterCommand, ICommand<CountReply>;

    /// <summary>Asks for the value once it is at least that.</summary>
    public sealed record AtLeast(long Value) : CounterCommand, ICommand<CountReply>;

    /// <summary>A broken rule: fails half-way, after one of its two events.</summary>
    public sealed record Stumble(string Id) : CounterCommand, ICommand<Done>;

    /// <summary>A broken question: waits until the value is at least that, then throws.</summary>
    public sealed record StumbleAt(long Value) : CounterCommand, ICommand<CountReply>;

    /// <summary>Lets a test see that its turn has come. Answered at once.</summary>
    public sealed record Probe(Action Seen) : CounterCommand, ICommand<Done>;
}

/// <summary>What happened to a counter.</summary>
[JsonDerivedType(typeof(Added), "added")]
[JsonDerivedType(typeof(Passed), "passed")]
[JsonDerivedType(typeof(Confirmed), "confirmed")]
[JsonDerivedType(typeof(Reminded), "reminded")]
[JsonDerivedType(typeof(Rang), "rang")]
[JsonDerivedType(typeof(Consulted), "consulted")]
[JsonDerivedType(typeof(Heard), "heard")]
[JsonDerivedType(typeof(Spun), "spun")]
public abstract record CounterEvent
{
    /// <summary>Units came.</summary>
    public sealed record Added(string Id, long Units, string Text) : CounterEvent;

    /// <summary>Units went.</summary>
    public sealed record Passed(string Id, string To, long Units) : CounterEvent;

    /// <summary>They arrived.</summary>
    public sealed record Confirmed(string Id) : CounterEvent;

    /// <summary>A timer was set.</summary>
    public sealed record Reminded(string Id, DateTimeOffset At) : CounterEvent;

    /// <summary>It rang.</summary>
    public sealed record Rang(string Id) : CounterEvent;

    /// <summary>The oracle was asked.</summary>
    public sealed record Consulted(string Id) : CounterEvent;

    /// <summary>It answered.</summary>
    public sealed record Heard(string Id, string Answer) : CounterEvent;

    /// <summary>One round.</summary>
    public sealed record Spun(long Round) : CounterEvent;
}

/// <summary>What the oracle is sent.</summary>
[JsonDerivedType(typeof(Question), "question")]
public abstract record OracleMessage
{
    /// <summary>A question.</summary>
    public sealed record Question(string Id) : OracleMessage, ICommand<OracleAnswer>;
}

/// <summary>What it says.</summary>
public sealed record OracleAnswer(string Text);

/// <summary>How a counter's messages and state are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CounterCommand))]
[JsonSerializable(typeof(CounterEvent))]
[JsonSerializable(typeof(Counter))]
[JsonSerializable(typeof(OracleMessage))]
public sealed partial class CounterJson : JsonSerializerContext;
