using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Fulfillment.Counting;

namespace Fulfillment.Sensing;

/// <summary>What a sensor senses.</summary>
public enum SensorKind
{
    /// <summary>The weight of all that lies in a place.</summary>
    [JsonStringEnumMemberName("weight-shelf")] WeightShelf,

    /// <summary>Tags that pass, or that are in reach.</summary>
    [JsonStringEnumMemberName("rfid-gate")] RfidGate,
}

/// <summary>
/// Where a sensor looks. <c>Bin</c> null: the whole node. <c>Sku</c> null: whatever has a tag. <c>GramsPerUnit</c>: of
/// a weight shelf, else 0.
/// </summary>
public sealed record SensorPlace(string? Bin, string? Sku = null, int GramsPerUnit = 0);

/// <summary>A sensor. <c>Tolerance</c>: so many units of difference say nothing.</summary>
public sealed record SensorTerms(string Node, SensorKind Kind, ImmutableArray<SensorPlace> Places, int Tolerance = 0);

/// <summary>
/// What was sensed of a SKU in a place, and what the books said at the SKU's version <c>Version</c>. <c>Strays</c>:
/// serials that the books do not have at the node; default for none.
/// </summary>
public sealed record Reading(
    string Sku, string? Bin, long Seen, long Expected, long Version, bool Disagrees,
    ImmutableArray<string> Strays = default);

/// <summary>
/// A count that is open because a sensor disagreed. <c>Sku</c>: null where all in the bin is counted.
/// </summary>
public sealed record SensorTask(string Count, string? Bin, string? Sku);

/// <summary>The answer to every command and question; <c>Sensor</c> null: nobody registered it.</summary>
public sealed record SensorReply(SensorStatus Status, Sensor? Sensor);

/// <summary>Outcome of a command to a sensor, in the order tested. Only <see cref="Done"/> changed anything.</summary>
public enum SensorStatus
{
    /// <summary>Nobody registered it.</summary>
    UnknownSensor,

    /// <summary>The same was told before.</summary>
    AlreadyDone,

    /// <summary>Something else was told under this id.</summary>
    DifferentContent,

    /// <summary>A later key is in use.</summary>
    KeyOver,

    /// <summary>Done.</summary>
    Done,
}

/// <summary>What a sensor can be asked.</summary>
[JsonDerivedType(typeof(Register), "register")]
[JsonDerivedType(typeof(Observe), "observe")]
[JsonDerivedType(typeof(NoteClosed), "note-closed")]
[JsonDerivedType(typeof(Get), "get")]
public abstract record SensorCommand
{
    /// <summary>
    /// Registers it, or changes it. <c>Key</c>: the number of the key that it signs with; a higher one than before ends
    /// that one.
    /// </summary>
    public sealed record Register(SensorTerms Terms, int Key = 1) : SensorCommand, ICommand<SensorReply>;

    /// <summary>
    /// It sensed something at <c>At</c>. <c>Content</c> tells a repeat from another one; <c>What</c>: what was going
    /// on, in the words of the sensor.
    /// </summary>
    public sealed record Observe(
        string Id, long Content, DateTimeOffset At, string? What, ImmutableArray<Reading> Readings)
        : SensorCommand, ICommand<SensorReply>;

    /// <summary>A count that it caused is over, or could not be opened.</summary>
    public sealed record NoteClosed(string Count) : SensorCommand, ICommand<Done>;

    /// <summary>Asks for the sensor.</summary>
    public sealed record Get : SensorCommand, ICommand<SensorReply>;
}

/// <summary>What happened to a sensor.</summary>
[JsonDerivedType(typeof(SensorRegistered), "sensor-registered")]
[JsonDerivedType(typeof(ObservationEntered), "observation-entered")]
[JsonDerivedType(typeof(TaskClosed), "task-closed")]
public abstract record SensorEvent
{
    /// <summary>It was registered, or changed.</summary>
    public sealed record SensorRegistered(SensorTerms Terms, int Key) : SensorEvent;

    /// <summary>
    /// It sensed something; that changes no stock. <c>Opened</c>: counts of places where it disagrees and none of its
    /// counts is open.
    /// </summary>
    public sealed record ObservationEntered(
        string Id, long Content, DateTimeOffset At, string? What, ImmutableArray<Reading> Readings,
        ImmutableArray<SensorTask> Opened) : SensorEvent;

    /// <summary>A count that it caused is over.</summary>
    public sealed record TaskClosed(string Count) : SensorEvent;
}
