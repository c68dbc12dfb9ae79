using System.Collections.Immutable;
using System.Diagnostics;
using Fulfillment.Intake;
using Fulfillment.Ordering;
using Fulfillment.Packing;

namespace Fulfillment.Shipping;

/// <summary>
/// A parcel: what is in it, the labels that were bought for it, and how far it has come. One label is bought at a time,
/// under a key of its own; one whose outcome is unknown is asked for until it is known, and never bought again under
/// another key before somebody gives it up. What is given up, or comes too late, is voided.
/// </summary>
/// <param name="Sheet">The parcel as callers see it; null until it is planned.</param>
/// <param name="Operations">Changes by the caller's id.</param>
/// <param name="Version">Events so far.</param>
/// <param name="Trail">How its carrier is asked for it; null before it had a label.</param>
public sealed partial record Parcel(
    ParcelSheet? Sheet, ImmutableArray<Operation> Operations, long Version, ParcelTrail? Trail = null)
    : IEntity<Parcel, ParcelCommand, ParcelEvent>
{
    /// <summary>The most labels of a parcel, bought or not.</summary>
    public const int MaxLabels = 20;

    /// <summary>The most changes that callers ask for.</summary>
    public const int MaxOperations = 200;

    /// <summary>
    /// How often a carrier has to know nothing of a label that nobody wants any more, before it is taken for never
    /// bought: what was under way when it was given up may arrive late.
    /// </summary>
    public const int SureAfter = 3;

    /// <summary>
    /// The longest time between two questions; the first comes after 20 s, each next after twice as long.
    /// </summary>
    public static readonly TimeSpan AskAtMostEvery = TimeSpan.FromHours(6);

    /// <inheritdoc/>
    public static Parcel Initial { get; } = new(null, [], 0);

    /// <inheritdoc/>
    public static Decision<ParcelEvent> Decide(Parcel parcel, ParcelCommand command, Turn turn) => command switch
    {
        ParcelCommand.Plan c => Plan(parcel, c, turn),
        ParcelCommand.Buy c => Buy(parcel, c, turn),
        ParcelCommand.GiveUp c => GiveUp(parcel, c, turn),
        ParcelCommand.Cancel c => Cancel(parcel, c, turn),
        ParcelCommand.Get => parcel.Answer(Found(parcel)),
        ParcelCommand.GetSettled => parcel.Sheet?.IsSettled == false ? new(null) : parcel.Answer(Found(parcel)),
        ParcelCommand.NoteOrder c => new(Done.It, [.. parcel.Noted(c)]),
        ParcelCommand.NoteLabel c => new(Done.It, [.. parcel.Noted(c, turn)]),
        ParcelCommand.NoteVoid c => new(Done.It, [.. parcel.Noted(c, turn)]),
        ParcelCommand.AskAgain c => new(Done.It, [.. parcel.AskAgain(c, turn)]),
        ParcelCommand.EndLabel c => new(Done.It, [.. parcel.Ended(c, turn)]),
        ParcelCommand.Withdraw c => new(Done.It, [.. parcel.Withdrawn(c, turn)]),
        ParcelCommand.Board c => Board(parcel, c),
        ParcelCommand.Unboard c => Unboard(parcel, c, turn),
        ParcelCommand.Leave c => Leave(parcel, c, turn),
        ParcelCommand.NoteLeave c => new(Done.It, [.. parcel.Noted(c, turn)]),
        ParcelCommand.NoteTracking c => Note(parcel, c, turn),
        ParcelCommand.CloseCase c => Close(parcel, c, turn),
        ParcelCommand.NotePoll c => new(Done.It, [.. parcel.Noted(c, turn)]),
        ParcelCommand.AskTracking c => new(Done.It, [.. parcel.AskTracking(c, turn)]),
        ParcelCommand.NoteArrival c => new(Done.It, [.. parcel.Noted(c, turn)]),
        ParcelCommand.TellArrival c => new(Done.It, [.. parcel.Tell(c)]),
        ParcelCommand.LookAtPromise c => new(Done.It, [.. parcel.Looked(c, turn)]),
        ParcelCommand.NoteNotice c => new(Done.It, [.. parcel.Noted(c, turn)]),
        ParcelCommand.AskNotice c => new(Done.It, [.. parcel.AskNotice(c, turn)]),
        _ => throw new UnreachableException(),
    };

    static ParcelReplyStatus Found(Parcel parcel) =>
        parcel.Sheet is null ? ParcelReplyStatus.UnknownParcel : ParcelReplyStatus.Done;

    static Decision<ParcelEvent> Plan(Parcel parcel, ParcelCommand.Plan c, Turn turn) =>
        parcel.Sheet is { } sheet
            && ((sheet.Terms.Says(c.Terms) && !(sheet.Cancelled && IsBox(c))) || !parcel.MayPlan(c))
            ? parcel.Answer(sheet.Terms.Says(c.Terms) ? ParcelReplyStatus.AlreadyDone
                : ParcelReplyStatus.DifferentContent)
            : parcel.After(ParcelReplyStatus.Done, null, new ParcelEvent.ParcelPlanned(c.Terms, c.By, turn.Now));

    /// <summary>A box that was opened again is another parcel, as long as no label is on it.</summary>
    bool MayPlan(ParcelCommand.Plan c) => IsBox(c) && c.Terms.Box == Sheet!.Terms.Box
        && c.Terms.Order == Sheet.Terms.Order && c.Terms.Fulfilment == Sheet.Terms.Fulfilment
        && Sheet.Label is null && !Sheet.Labels.Any(l => l.IsComing) && Sheet.Leave is not { LeftAt: not null };

    static bool IsBox(ParcelCommand.Plan c) => c.Terms.Box is not null;

    static Decision<ParcelEvent> Cancel(Parcel parcel, ParcelCommand.Cancel c, Turn turn)
    {
        Operation by = new(c.Id, Fingerprint.Of("cancel", c.Reason));
        if (parcel.Refused(by) is { } refused) return refused;
        ParcelEvent.ParcelCancelled cancelled = new(by, c.Reason, c.By, turn.Now);
        return parcel.Sheet!.Labels.LastOrDefault(l => l.IsLive || l.IsComing) is { } label
            ? parcel.After(ParcelReplyStatus.Done, label.Number,
                [cancelled, .. parcel.GivenUp(label, null, c.Reason, c.By, turn)])
            : parcel.After(ParcelReplyStatus.Done, null, cancelled);
    }

    /// <summary>What every change has in common; null where nothing is against it.</summary>
    Decision<ParcelEvent>? Refused(Operation by)
    {
        if (Sheet is null) return Answer(ParcelReplyStatus.UnknownParcel);
        if (Operations.Repeats(by) is { } same)
            return Answer(same ? ParcelReplyStatus.AlreadyDone : ParcelReplyStatus.DifferentContent, NumberOf(by.Id));
        if (Sheet.Cancelled) return Answer(ParcelReplyStatus.Cancelled);
        if (Sheet.Progress is { Reached: not Milestone.Labelled }) return Answer(ParcelReplyStatus.HandedOver);
        if (Sheet.Leave is { IsPending: true }) return Answer(ParcelReplyStatus.Leaving);
        return Operations.Length >= MaxOperations ? Answer(ParcelReplyStatus.TooMany) : null;
    }

    int? NumberOf(string operation) => Sheet!.Labels.FirstOrDefault(l => l.Id == operation)?.Number;

    /// <inheritdoc/>
    public static Parcel Evolve(Parcel before, ParcelEvent happened) =>
        before.Apply(happened) with { Version = before.Version + 1 };

    Parcel Apply(ParcelEvent happened) => happened switch
    {
        ParcelEvent.ParcelPlanned e => this with
        {
            Sheet = Sheet is { } again ? again with { Terms = e.Terms, Cancelled = false }
                : new(e.Terms, e.At, e.By, []),
        },
        ParcelEvent.ParcelCancelled e => Remember(e.Operation) with { Sheet = Sheet! with { Cancelled = true } },
        ParcelEvent.LabelBought { Lives: true } e => Labelled(e).Follow(e),
        ParcelEvent.ParcelTracked or ParcelEvent.TrackingAsked or ParcelEvent.TrackingEnded or ParcelEvent.CaseOpened
            or ParcelEvent.CaseClosed or ParcelEvent.ArrivalTold or ParcelEvent.ArrivalUntold => Followed(happened),
        ParcelEvent.NoticeAsked or ParcelEvent.NoticeUntold or ParcelEvent.NoticeAnswered => Noticed(happened),
        _ => OnItsWay(happened),
    };

    Parcel Remember(Operation? operation) =>
        operation is { } by ? this with { Operations = Operations.Add(by) } : this;

    /// <inheritdoc/>
    public static Send[] React(Parcel parcel, ParcelEvent happened, Turn turn) =>
    [
        .. parcel.Told(happened, turn), .. parcel.Sent(happened, turn), .. parcel.ToldAtDock(happened, turn),
        .. parcel.Freed(happened, turn), .. parcel.Watched(happened, turn),
    ];

    /// <inheritdoc/>
    public static ParcelCommand? OnReply(Send asked, object reply) => (asked.Command, reply) switch
    {
        (OrderCommand.PutInParcel c, FulfilReply r) => new ParcelCommand.NoteOrder(c.Label, r.Status, r.Parcel),
        (OrderCommand.MayLeave c, FulfilReply r) => new ParcelCommand.NoteOrder(c.For, r.Status),
        (OrderCommand.Ship c, FulfilReply r) => new ParcelCommand.NoteLeave(c.Id, r.Status, null),
        (PackCommand.ShipBoxes c, PackReply r) => NoteOf(c, r),
        (LabelCall c, LabelAnswer a) => new ParcelCommand.NoteLabel(c.Number, c.Step, a),
        (LabelCall c, VoidAnswer a) => new ParcelCommand.NoteVoid(c.Number, c.Step, a),
        (LabelCall c, TrackAnswer a) => new ParcelCommand.NotePoll(c.Number, c.Step, a),
        (OrderCommand.Deliver, FulfilReply r) => new ParcelCommand.NoteArrival(r.Status),
        (NoticeCall.Tell c, NoticeAnswer a) => new ParcelCommand.NoteNotice(c.Case, c.Step, a),
        _ => null,
    };

    /// <inheritdoc/>
    public static string? Check(Parcel parcel, ParcelEvent? last)
    {
        if (parcel.Sheet is not { } s) return null;
        if (s.Labels.Count(l => l.IsLive || l.IsComing) > 1) return "it has, or is to have, two labels";
        if (s.Label is not null && s.Progress is null) return "it has a label and no progress";
        if (s.Dock is not null && s.Label is null) return "it is on a manifest without a label";
        if (FaultOfTrail(s) is { } fault) return fault;
        return s.Label is null && s.Progress is { Reached: Milestone.Labelled } ? "it is labelled without a label"
            : null;
    }

    Decision<ParcelEvent> Answer(ParcelReplyStatus status, int? number = null) =>
        new(new ParcelReply(status, Sheet, Version, number));

    Decision<ParcelEvent> After(ParcelReplyStatus status, int? number, params ParcelEvent[] events)
    {
        var after = events.Aggregate(this, Evolve);
        return new(new ParcelReply(status, after.Sheet, after.Version, number), events);
    }
}
