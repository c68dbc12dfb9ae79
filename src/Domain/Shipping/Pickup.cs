using System.Collections.Immutable;
using System.Diagnostics;
using Fulfillment.Intake;

namespace Fulfillment.Shipping;

/// <summary>
/// A carrier is to come and fetch parcels. He is asked once: not every carrier knows a repeat, and one who was asked
/// twice may come twice. What he did not say is told as unclear.
/// </summary>
/// <param name="Sheet">The pickup as callers see it; null until it is asked for.</param>
/// <param name="Operations">Cancellations by the caller's id.</param>
/// <param name="Version">Events so far.</param>
public sealed record Pickup(PickupSheet? Sheet, ImmutableArray<Operation> Operations, long Version)
    : IEntity<Pickup, PickupCommand, PickupEvent>
{
    /// <summary>The most cancellations that are tried.</summary>
    public const int MaxOperations = 50;

    /// <inheritdoc/>
    public static Pickup Initial { get; } = new(null, [], 0);

    /// <inheritdoc/>
    public static Decision<PickupEvent> Decide(Pickup pickup, PickupCommand command, Turn turn) => command switch
    {
        PickupCommand.Book c => Book(pickup, c, turn),
        PickupCommand.Cancel c => Cancel(pickup, c),
        PickupCommand.Get => pickup.Answer(Found(pickup)),
        PickupCommand.GetSettled => pickup.Sheet?.IsSettled == false ? new(null) : pickup.Answer(Found(pickup)),
        PickupCommand.NoteAnswer c => new(Done.It, [.. pickup.Noted(c)]),
        _ => throw new UnreachableException(),
    };

    static PickupReplyStatus Found(Pickup pickup) =>
        pickup.Sheet is null ? PickupReplyStatus.UnknownPickup : PickupReplyStatus.Done;

    static Decision<PickupEvent> Book(Pickup pickup, PickupCommand.Book c, Turn turn) =>
        pickup.Sheet is { } sheet
            ? pickup.Answer(sheet.Terms.Content() == c.Terms.Content() ? PickupReplyStatus.AlreadyDone
                : PickupReplyStatus.DifferentContent)
            : pickup.After(new PickupEvent.PickupAsked(c.Terms, c.By, turn.Now));

    static Decision<PickupEvent> Cancel(Pickup pickup, PickupCommand.Cancel c)
    {
        if (pickup.Sheet is not { } s) return pickup.Answer(PickupReplyStatus.UnknownPickup);
        Operation by = new(c.Id, Fingerprint.Of("cancel", c.Reason));
        if (pickup.Operations.Repeats(by) is { } same)
            return pickup.Answer(same ? PickupReplyStatus.AlreadyDone : PickupReplyStatus.DifferentContent);
        if (!s.IsSettled) return pickup.Answer(PickupReplyStatus.UnderWay);
        if (s.State is PickupState.Refused or PickupState.Cancelled) return pickup.Answer(PickupReplyStatus.NotBooked);
        if (s.State == PickupState.Unclear || s.Confirmation is null) return pickup.Answer(PickupReplyStatus.Unclear);
        if (pickup.Operations.Length >= MaxOperations) return pickup.Answer(PickupReplyStatus.TooMany);

        return pickup.After(new PickupEvent.CancelAsked(by, c.Reason, c.By, s.Step + 1));
    }

    IEnumerable<PickupEvent> Noted(PickupCommand.NoteAnswer c)
    {
        var a = c.Answer;
        if (Sheet is not { IsSettled: false } sheet || sheet.Step != c.Step) yield break;
        yield return sheet.State == PickupState.Booking
            ? new PickupEvent.PickupAnswered(a.Status, a.Confirmation, a.Refusal, a.Why)
            : new PickupEvent.CancelAnswered(a.Status, a.Refusal, a.Why);
    }

    /// <inheritdoc/>
    public static Pickup Evolve(Pickup before, PickupEvent happened) =>
        before.Apply(happened) with { Version = before.Version + 1 };

    Pickup Apply(PickupEvent happened) => happened switch
    {
        PickupEvent.PickupAsked e => this with { Sheet = new(e.Terms, e.By, e.At, PickupState.Booking, 1) },
        PickupEvent.PickupAnswered e => this with
        {
            Sheet = Sheet! with
            {
                State = StateOf(e.Status),
                Confirmation = e.Confirmation,
                Refusal = e.Refusal,
                Why = e.Why,
            },
        },
        PickupEvent.CancelAsked e => this with
        {
            Sheet = Sheet! with { State = PickupState.Cancelling, Step = e.Step, Refusal = null, Why = null },
            Operations = Operations.Add(e.Operation),
        },
        PickupEvent.CancelAnswered e => this with
        {
            Sheet = Sheet! with
            {
                State = StateAfter(e.Status),
                Refusal = e.Refusal,
                Why = e.Why,
            },
        },
        _ => throw new UnreachableException(),
    };

    /// <summary>How it stands after what the carrier said to being told not to come; null: he did not say.</summary>
    public static PickupState StateAfter(CarrierStatus? cancelled) =>
        cancelled is CarrierStatus.Done or CarrierStatus.NotNeeded ? PickupState.Cancelled : PickupState.Booked;

    /// <summary>How it stands after what the carrier said to being asked to come; null: he did not say.</summary>
    public static PickupState StateOf(CarrierStatus? status) => status is not { } told ? PickupState.Unclear
        : told switch
        {
            CarrierStatus.Done => PickupState.Booked,
            CarrierStatus.NotNeeded or CarrierStatus.Unsupported or CarrierStatus.Refused => PickupState.Refused,
        };

    /// <inheritdoc/>
    public static Send[] React(Pickup pickup, PickupEvent happened, Turn turn) => happened switch
    {
        PickupEvent.PickupAsked e =>
            [Call(new LabelCall.Fetch(turn.Self.Key, 1, e.Terms.Carrier, e.Terms) { Step = 1 })],
        PickupEvent.CancelAsked e =>
        [
            Call(new LabelCall.StopFetching(
                turn.Self.Key, 1, pickup.Sheet!.Terms.Carrier, new(
                    pickup.Sheet.Confirmation!, pickup.Sheet.Terms.Day, pickup.Sheet.Terms.Service, e.Reason))
            {
                Step = e.Step,
            }),
        ],
        _ => [],
    };

    static Send Call(LabelCall call) => new(new(ParcelCalls.LabelsOf(call.Carrier), ""), call);

    /// <inheritdoc/>
    public static PickupCommand? OnReply(Send asked, object reply) => (asked.Command, reply) switch
    {
        (LabelCall c, PickupAnswer a) => new PickupCommand.NoteAnswer(c.Step, a),
        _ => null,
    };

    /// <inheritdoc/>
    public static string? Check(Pickup pickup, PickupEvent? last) =>
        pickup.Sheet is { State: PickupState.Cancelling, Confirmation: null } ? "nobody knows what to cancel" : null;

    Decision<PickupEvent> Answer(PickupReplyStatus status) => new(new PickupTold(status, Sheet, Version));

    Decision<PickupEvent> After(PickupEvent happened)
    {
        var after = Evolve(this, happened);
        return new(new PickupTold(PickupReplyStatus.Done, after.Sheet, after.Version), happened);
    }
}
