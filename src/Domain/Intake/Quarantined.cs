using System.Collections.Immutable;
using System.Diagnostics;

namespace Fulfillment.Intake;

/// <summary>
/// A received message that could not be taken in, kept with the reasons until somebody corrects or discards it.
/// </summary>
/// <param name="Source">Where it came from: a channel, a file and line.</param>
/// <param name="Text">As received; null when there is no such message.</param>
/// <param name="Defects">What is wrong with it.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Result">What it became, or why it was discarded.</param>
public sealed record Quarantined(
    string Source, Personal<Received>? Text, ImmutableArray<Defect> Defects, QuarantineStatus Status, string? Result)
    : IEntity<Quarantined, QuarantineCommand, QuarantineEvent>
{
    /// <inheritdoc/>
    public static Quarantined Initial { get; } = new("", null, [], QuarantineStatus.Open, null);

    /// <inheritdoc/>
    public static Decision<QuarantineEvent> Decide(Quarantined kept, QuarantineCommand command, Turn turn) =>
        command switch
        {
            QuarantineCommand.Put c => kept.Text is not null
                ? new(Done.It) : new(Done.It, new QuarantineEvent.MessageQuarantined(c.Source, c.Text, c.Defects)),
            QuarantineCommand.Replay c => Close(kept, new QuarantineEvent.MessageReplayed(c.Result)),
            QuarantineCommand.Discard c => Close(kept, new QuarantineEvent.MessageDiscarded(c.Reason)),
            QuarantineCommand.Get =>
                new(new QuarantineReply(kept.Source, kept.Text, kept.Defects, kept.Status, kept.Result)),
            _ => throw new UnreachableException(),
        };

    static Decision<QuarantineEvent> Close(Quarantined kept, QuarantineEvent closed)
    {
        if (kept.Text is null) return new(new CloseQuarantineReply(CloseQuarantineStatus.Unknown));
        if (kept.Status != QuarantineStatus.Open)
            return new(new CloseQuarantineReply(CloseQuarantineStatus.AlreadyClosed));

        return new(new CloseQuarantineReply(CloseQuarantineStatus.Closed), closed);
    }

    /// <inheritdoc/>
    public static Quarantined Evolve(Quarantined kept, QuarantineEvent happened) => happened switch
    {
        QuarantineEvent.MessageQuarantined e => new(e.Source, e.Text, e.Defects, QuarantineStatus.Open, null),
        QuarantineEvent.MessageReplayed e => kept with { Status = QuarantineStatus.Replayed, Result = e.Result },
        QuarantineEvent.MessageDiscarded e => kept with { Status = QuarantineStatus.Discarded, Result = e.Reason },
        _ => throw new UnreachableException(),
    };
}
