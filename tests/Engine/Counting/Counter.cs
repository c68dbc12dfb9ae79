using System.Collections.Immutable;
using System.Diagnostics;
using Fulfillment.Engine;

namespace Fulfillment.Tests.Engine;

/// <summary>
/// The smallest entity that uses all an engine has: repeats, sends, answers, timers, connectors, waiting questions.
/// </summary>
/// <param name="Value">Units now.</param>
/// <param name="Seen">What was done, by kind and id.</param>
/// <param name="Heard">What the oracle said, oldest first.</param>
public sealed record Counter(long Value, ImmutableSortedSet<string> Seen, ImmutableList<string> Heard)
    : IEntity<Counter, CounterCommand, CounterEvent>
{
    /// <summary>The name of the kind.</summary>
    public const string Kind = "counter";

    /// <summary>The name of the connector.</summary>
    public const string Oracle = "oracle";

    const string Impossible = "impossible";

    /// <inheritdoc/>
    public static Counter Initial { get; } = new(0, ImmutableSortedSet.Create<string>(StringComparer.Ordinal), []);

    /// <summary>The id of a counter.</summary>
    public static EntityId Id(string name) => EntityId.Of(Kind, "default", name);

    /// <summary>The only kind, and the oracle; <paramref name="format"/> is that of the state.</summary>
    public static Kinds Kinds(
        Connector? oracle = null, int format = 1, IReadOnlyDictionary<string, Upgrade>? upgrades = null) => new Kinds()
        .Add(Kind, name => new EntityKind<Counter, CounterCommand, CounterEvent>(
            name, CounterJson.Default.CounterCommand, CounterJson.Default.CounterEvent, CounterJson.Default.Counter,
            format, upgrades))
        .Add(
            Oracle, () => CounterJson.Default.OracleMessage,
            oracle ?? ((_, _, _) => throw new InvalidOperationException("no oracle")), patient: true);

    /// <inheritdoc/>
    public static Decision<CounterEvent> Decide(Counter counter, CounterCommand command, Turn turn) => command switch
    {
        CounterCommand.Add c => counter.Once($"add {c.Id}", c.Units, new CounterEvent.Added(c.Id, c.Units, c.Text)),
        CounterCommand.Pass c => counter.Once($"pass {c.Id}", -c.Units, new CounterEvent.Passed(c.Id, c.To, c.Units)),
        CounterCommand.Remind c => counter.Once($"remind {c.Id}", 0, new CounterEvent.Reminded(c.Id, c.At)),
        CounterCommand.Consult c => counter.Once($"consult {c.Id}", 0, new CounterEvent.Consulted(c.Id)),
        CounterCommand.Confirm c => counter.Note($"confirm {c.Id}", new CounterEvent.Confirmed(c.Id)),
        CounterCommand.Ring c => counter.Note($"ring {c.Id}", new CounterEvent.Rang(c.Id)),
        CounterCommand.Hear c => counter.Note($"hear {c.Id}", new CounterEvent.Heard(c.Id, c.Answer)),
        CounterCommand.Spin c => new(Done.It, new CounterEvent.Spun(c.Round)),
        CounterCommand.Get => new(counter.Reply),
        CounterCommand.AtLeast c => new(counter.Value >= c.Value ? counter.Reply : null),
        CounterCommand.Stumble c => new(
            Done.It, new CounterEvent.Added(c.Id, 1, ""), new CounterEvent.Added($"{c.Id} again", 1, Impossible)),
        CounterCommand.StumbleAt c => new(
            counter.Value < c.Value ? null : throw new InvalidOperationException("a bug")),
        CounterCommand.Probe c => Show(c.Seen),
        _ => throw new UnreachableException(),
    };

    /// <inheritdoc/>
    public static Counter Evolve(Counter counter, CounterEvent happened) => happened switch
    {
        CounterEvent.Added { Text: Impossible } => throw new InvalidOperationException("a bug"),
        CounterEvent.Added e => counter with
        {
            Value = counter.Value + e.Units,
            Seen = counter.Seen.Add($"add {e.Id}"),
        },
        CounterEvent.Passed e => counter with
        {
            Value = counter.Value - e.Units,
            Seen = counter.Seen.Add($"pass {e.Id}"),
        },
        CounterEvent.Confirmed e => counter with { Seen = counter.Seen.Add($"confirm {e.Id}") },
        CounterEvent.Reminded e => counter with { Seen = counter.Seen.Add($"remind {e.Id}") },
        CounterEvent.Rang e => counter with { Seen = counter.Seen.Add($"ring {e.Id}") },
        CounterEvent.Consulted e => counter with { Seen = counter.Seen.Add($"consult {e.Id}") },
        CounterEvent.Heard e => counter with
        {
            Seen = counter.Seen.Add($"hear {e.Id}"),
            Heard = counter.Heard.Add(e.Answer),
        },
        CounterEvent.Spun => counter with { Value = counter.Value + 1 },
        _ => throw new UnreachableException(),
    };

    /// <inheritdoc/>
    public static Send[] React(Counter counter, CounterEvent happened, Turn turn) => happened switch
    {
        CounterEvent.Passed e => [new(Id(e.To), new CounterCommand.Add(e.Id, e.Units))],
        CounterEvent.Reminded e => [new(turn.Self, new CounterCommand.Ring(e.Id), e.At)],
        CounterEvent.Consulted e => [new(new(Oracle, ""), new OracleMessage.Question(e.Id))],
        CounterEvent.Spun e => [new(turn.Self, new CounterCommand.Spin(e.Round + 1))],
        _ => [],
    };

    /// <inheritdoc/>
    public static CounterCommand? OnReply(Send asked, object reply) => (asked.Command, reply) switch
    {
        (CounterCommand.Add { Id: "unanswerable" }, AddReply) => throw new InvalidOperationException("a bug"),
        (CounterCommand.Add c, AddReply) => new CounterCommand.Confirm(c.Id),
        (OracleMessage.Question q, OracleAnswer answer) => new CounterCommand.Hear(q.Id, answer.Text),
        _ => null,
    };

    CountReply Reply => new(Value, Heard);

    Decision<CounterEvent> Once(string what, long units, CounterEvent happened) => Seen.Contains(what)
        ? new(new AddReply(AddStatus.AlreadyDone, Value)) : new(new AddReply(AddStatus.Done, Value + units), happened);

    Decision<CounterEvent> Note(string what, CounterEvent happened) =>
        Seen.Contains(what) ? new(Done.It) : new(Done.It, happened);

    static Decision<CounterEvent> Show(Action seen)
    {
        seen();
        return new(Done.It);
    }
}
