using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Fulfillment.Intake;

/// <summary>Something wrong with received data: where (JSON pointer, or a column), which rule, and in words.</summary>
public sealed record Defect(string Field, string Code, string Detail);

/// <summary>Text as it was received. Always sealed: nobody knows what is in it.</summary>
public sealed record Received(string Text);

/// <summary>Where a quarantined message stands.</summary>
public enum QuarantineStatus
{
    /// <summary>Somebody has to look at it.</summary>
    [JsonStringEnumMemberName("open")] Open,

    /// <summary>It was corrected and taken in.</summary>
    [JsonStringEnumMemberName("replayed")] Replayed,

    /// <summary>It was thrown away, by somebody, for a reason.</summary>
    [JsonStringEnumMemberName("discarded")] Discarded,
}

/// <summary>Outcome of closing a quarantined message, in the order tested.</summary>
public enum CloseQuarantineStatus
{
    /// <summary>There is no such message.</summary>
    Unknown,

    /// <summary>It was closed before.</summary>
    AlreadyClosed,

    /// <summary>Closed.</summary>
    Closed,
}

/// <summary>A quarantined message; <c>Text</c> is null when there is none.</summary>
public sealed record QuarantineReply(
    string Source, Personal<Received>? Text, ImmutableArray<Defect> Defects, QuarantineStatus Status, string? Result);

/// <summary>What became of closing it.</summary>
public sealed record CloseQuarantineReply(CloseQuarantineStatus Status);

/// <summary>What a quarantined message can be asked.</summary>
[JsonDerivedType(typeof(Put), "put")]
[JsonDerivedType(typeof(Replay), "replay")]
[JsonDerivedType(typeof(Discard), "discard")]
[JsonDerivedType(typeof(Get), "get")]
public abstract record QuarantineCommand
{
    /// <summary>Keeps a message that could not be taken in. Repeatable: the same text is kept once.</summary>
    public sealed record Put(string Source, Personal<Received> Text, ImmutableArray<Defect> Defects)
        : QuarantineCommand, ICommand<Done>;

    /// <summary>A corrected version was taken in, as <c>Result</c>.</summary>
    public sealed record Replay(string Result) : QuarantineCommand, ICommand<CloseQuarantineReply>;

    /// <summary>It is not wanted.</summary>
    public sealed record Discard(string Reason) : QuarantineCommand, ICommand<CloseQuarantineReply>;

    /// <summary>Asks for it.</summary>
    public sealed record Get : QuarantineCommand, ICommand<QuarantineReply>;
}

/// <summary>What happened to a quarantined message.</summary>
[JsonDerivedType(typeof(MessageQuarantined), "message-quarantined")]
[JsonDerivedType(typeof(MessageReplayed), "message-replayed")]
[JsonDerivedType(typeof(MessageDiscarded), "message-discarded")]
public abstract record QuarantineEvent
{
    /// <summary>It could not be taken in.</summary>
    public sealed record MessageQuarantined(string Source, Personal<Received> Text, ImmutableArray<Defect> Defects)
        : QuarantineEvent;

    /// <summary>A corrected version was taken in.</summary>
    public sealed record MessageReplayed(string Result) : QuarantineEvent;

    /// <summary>It was thrown away.</summary>
    public sealed record MessageDiscarded(string Reason) : QuarantineEvent;
}
