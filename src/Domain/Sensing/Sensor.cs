using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Fulfillment.Counting;
using Fulfillment.Intake;

namespace Fulfillment.Sensing;

/// <summary>
/// A device that senses what lies somewhere, or passes. What it says is an observation: it never changes stock. Where
/// it says something else than the books, people are asked to count, once until they have.
/// </summary>
/// <param name="Terms">What it is; null until somebody registers it.</param>
/// <param name="Key">The number of the key that it signs with. The key itself is nowhere in the journal.</param>
/// <param name="Tasks">Counts that are open because it disagreed.</param>
/// <param name="Opened">Counts that it has caused so far.</param>
/// <param name="Seen">The last observations, oldest first.</param>
/// <param name="LastAt">When the last one was made.</param>
public sealed record Sensor(
    SensorTerms? Terms, int Key, ImmutableArray<SensorTask> Tasks, int Opened, ImmutableArray<Operation> Seen,
    DateTimeOffset? LastAt = null) : IEntity<Sensor, SensorCommand, SensorEvent>
{
    /// <summary>The most places that one sensor looks at.</summary>
    public const int MaxPlaces = 50;

    /// <summary>How many observations are remembered to know a repeat.</summary>
    public const int MaxSeen = 1_000;

    /// <summary>Counts that may be under way at a time; beyond it what disagrees is entered, and opens none.</summary>
    public const int MaxTasks = 200;

    /// <summary>The most SKUs that one observation is of.</summary>
    public const int MaxReadings = 200;

    /// <inheritdoc/>
    public static Sensor Initial { get; } = new(null, 0, [], 0, []);

    /// <inheritdoc/>
    public static Decision<SensorEvent> Decide(Sensor sensor, SensorCommand command, Turn turn) => command switch
    {
        SensorCommand.Register c => Register(sensor, c),
        SensorCommand.Observe c => Observe(sensor, c, turn),
        SensorCommand.NoteClosed c => sensor.Tasks.Any(t => t.Count == c.Count)
            ? new(Done.It, new SensorEvent.TaskClosed(c.Count)) : new(Done.It),
        SensorCommand.Get => sensor.Answer(sensor.Terms is null ? SensorStatus.UnknownSensor : SensorStatus.Done),
        _ => throw new UnreachableException(),
    };

    static Decision<SensorEvent> Register(Sensor sensor, SensorCommand.Register c)
    {
        if (sensor.Terms is not null && c.Key < sensor.Key) return sensor.Answer(SensorStatus.KeyOver);
        if (sensor.Terms is { } terms && c.Key == sensor.Key && ContentOf(terms) == ContentOf(c.Terms))
            return sensor.Answer(SensorStatus.AlreadyDone);

        return sensor.Answer(SensorStatus.Done, new SensorEvent.SensorRegistered(c.Terms, c.Key));
    }

    static Decision<SensorEvent> Observe(Sensor sensor, SensorCommand.Observe c, Turn turn)
    {
        if (sensor.Terms is null) return sensor.Answer(SensorStatus.UnknownSensor);
        if (sensor.Seen.Repeats(new(c.Id, c.Content)) is { } same)
            return sensor.Answer(same ? SensorStatus.AlreadyDone : SensorStatus.DifferentContent);

        var opened = ImmutableArray.CreateBuilder<SensorTask>();
        foreach (var reading in c.Readings)
        {
            // A bin is counted with all that is in it; a node only for the SKU.
            var sku = reading.Bin is null ? reading.Sku : null;
            if (sensor.Tasks.Length + opened.Count >= MaxTasks) break;
            if (!reading.Disagrees || sensor.Tasks.Concat(opened).Any(t => t.Bin == reading.Bin && t.Sku == sku))
                continue;
            opened.Add(new($"sensor:{turn.Self.Name}:{sensor.Opened + opened.Count + 1}", reading.Bin, sku));
        }

        return sensor.Answer(SensorStatus.Done, new SensorEvent.ObservationEntered(
            c.Id, c.Content, c.At, c.What, c.Readings, opened.ToImmutable()));
    }

    /// <inheritdoc/>
    public static Sensor Evolve(Sensor sensor, SensorEvent happened) => happened switch
    {
        SensorEvent.SensorRegistered e => sensor with { Terms = e.Terms, Key = e.Key },
        SensorEvent.ObservationEntered e => sensor with
        {
            Tasks = sensor.Tasks.AddRange(e.Opened),
            Opened = sensor.Opened + e.Opened.Length,
            Seen = sensor.Seen.RemoveRange(0, Math.Max(0, sensor.Seen.Length + 1 - MaxSeen)).Add(new(e.Id, e.Content)),
            LastAt = e.At,
        },
        SensorEvent.TaskClosed e => sensor with { Tasks = sensor.Tasks.RemoveAll(t => t.Count == e.Count) },
        _ => throw new UnreachableException(),
    };

    /// <inheritdoc/>
    public static Send[] React(Sensor sensor, SensorEvent happened, Turn turn) =>
        happened is not SensorEvent.ObservationEntered e ? [] :
        [
            .. e.Opened.Select(t => new Send(
                turn.Self.Sibling(CountingCalls.Kind, t.Count), new CountCommand.Open(new(
                    sensor.Terms!.Node, t.Bin is null ? [] : [t.Bin], t.Sku is null ? [] : [t.Sku],
                    CountReason.Sensor, new(), [], $"sensor {turn.Self.Name}: {e.Id}", turn.Self.Name)))),
        ];

    /// <inheritdoc/>
    public static SensorCommand? OnReply(Send asked, object reply) =>
        reply is CountReply { Status: not (CountStatus.Done or CountStatus.AlreadyDone) }
            ? new SensorCommand.NoteClosed(asked.To.Name) : null;

    /// <inheritdoc/>
    public static string? Check(Sensor sensor, SensorEvent? last) =>
        sensor.Seen.Length > MaxSeen ? $"{sensor.Seen.Length} observations are remembered"
        : sensor.Tasks.DistinctBy(t => (t.Bin, t.Sku)).Count() < sensor.Tasks.Length
            ? "two counts of one place are open" : null;

    Decision<SensorEvent> Answer(SensorStatus status, SensorEvent? happened = null)
    {
        var after = happened is null ? this : Evolve(this, happened);
        SensorReply reply = new(status, after.Terms is null ? null : after with { Seen = [] });
        return happened is null ? new(reply) : new(reply, happened);
    }

    static long ContentOf(SensorTerms terms) => Fingerprint.Of(JsonSerializer.Serialize<SensorCommand>(
        new SensorCommand.Register(terms), SensingJson.Default.SensorCommand));
}
