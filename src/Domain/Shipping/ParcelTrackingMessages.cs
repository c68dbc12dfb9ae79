using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Fulfillment.Intake;
using Fulfillment.Ordering;

namespace Fulfillment.Shipping;

/// <summary>Where it is known from what a carrier tells.</summary>
public enum TrackSource
{
    /// <summary>He told it by himself.</summary>
    [JsonStringEnumMemberName("webhook")] Webhook,

    /// <summary>He was asked.</summary>
    [JsonStringEnumMemberName("poll")] Poll,

    /// <summary>Somebody told it for him: a courier, a 3PL, a person.</summary>
    [JsonStringEnumMemberName("hand")] Hand,
}

/// <summary>What is wrong with a parcel.</summary>
public enum CaseReason
{
    /// <summary>Nobody was there, or he refused it.</summary>
    [JsonStringEnumMemberName("failed-attempt")] FailedAttempt,

    /// <summary>The address is wrong, or the receiver has moved.</summary>
    [JsonStringEnumMemberName("address")] Address,

    /// <summary>The weather, or another force that nobody has.</summary>
    [JsonStringEnumMemberName("weather")] Weather,

    /// <summary>Customs do not let it go, or want to be paid.</summary>
    [JsonStringEnumMemberName("customs")] Customs,

    /// <summary>It is held, and waits for somebody.</summary>
    [JsonStringEnumMemberName("held")] Held,

    /// <summary>It takes longer, by a fault of the carrier.</summary>
    [JsonStringEnumMemberName("delay")] Delay,

    /// <summary>The goods are damaged, wherever the parcel is.</summary>
    [JsonStringEnumMemberName("damaged")] Damaged,

    /// <summary>The carrier tells of an exception, and not of which.</summary>
    [JsonStringEnumMemberName("other")] Other,

    /// <summary>The carrier cannot find it, or has destroyed it.</summary>
    [JsonStringEnumMemberName("lost")] Lost,

    /// <summary>It is on its way back to the sender.</summary>
    [JsonStringEnumMemberName("returning")] Returning,

    /// <summary>The sender has it again, and the buyer has nothing.</summary>
    [JsonStringEnumMemberName("returned")] Returned,

    /// <summary>For long, nobody has told anything.</summary>
    [JsonStringEnumMemberName("no-news")] NoNews,

    /// <summary>The carrier expects it after the day that was promised.</summary>
    [JsonStringEnumMemberName("late-risk")] LateRisk,

    /// <summary>A label that was voided is used, or one that is used is void at the carrier.</summary>
    [JsonStringEnumMemberName("void-label")] VoidLabel,

    /// <summary>The carrier does not void a label that nobody wants, or does not answer: it costs money.</summary>
    [JsonStringEnumMemberName("not-voided")] NotVoided,

    /// <summary>For a week nobody has found out whether a label was bought.</summary>
    [JsonStringEnumMemberName("label-unclear")] LabelUnclear,

    /// <summary>Its order, or its bench, does not let it go, and the carrier has it.</summary>
    [JsonStringEnumMemberName("stopped")] Stopped,
}

/// <summary>What is to be done next about a case.</summary>
public enum CaseStep
{
    /// <summary>The buyer is asked when, where and whether he takes it.</summary>
    [JsonStringEnumMemberName("ask-buyer")] AskBuyer,

    /// <summary>The carrier is told the right address.</summary>
    [JsonStringEnumMemberName("correct-address")] CorrectAddress,

    /// <summary>Customs are given what they want.</summary>
    [JsonStringEnumMemberName("send-papers")] SendPapers,

    /// <summary>The carrier is asked what is the matter.</summary>
    [JsonStringEnumMemberName("ask-carrier")] AskCarrier,

    /// <summary>The carrier is to pay for it, and the buyer gets it again, or his money.</summary>
    [JsonStringEnumMemberName("claim-and-replace")] ClaimAndReplace,

    /// <summary>The buyer is told of the delay.</summary>
    [JsonStringEnumMemberName("tell-buyer")] TellBuyer,

    /// <summary>The goods are awaited, and the buyer is asked whether he still wants them.</summary>
    [JsonStringEnumMemberName("await-goods")] AwaitGoods,

    /// <summary>The goods are taken in, and the buyer gets them again, or his money.</summary>
    [JsonStringEnumMemberName("take-in-goods")] TakeInGoods,

    /// <summary>It is found out which label is on it, and who pays for it.</summary>
    [JsonStringEnumMemberName("check-label")] CheckLabel,

    /// <summary>The carrier is to give the price of the label back, or is asked to void it once more.</summary>
    [JsonStringEnumMemberName("dispute-charge")] DisputeCharge,

    /// <summary>The carrier is to stop it and to bring it back; or what holds it is released, and it leaves.</summary>
    [JsonStringEnumMemberName("intercept")] Intercept,
}

/// <summary>
/// Something is wrong with a parcel, and somebody is to do something. <c>Number</c>: counts the parcel's from 1.
/// <c>Label</c>: of which of its labels it was told. <c>Since</c>: by the carrier's time. <c>Code</c>, <c>Says</c>:
/// his own, null where he tells none. <c>Promised</c>, <c>Expected</c>: days, as they were when it was opened.
/// <c>Resolution</c>: null when it ended by itself. <c>ClosedAt</c>: null while it is open.
/// </summary>
public sealed record ParcelCase(
    int Number, CaseReason Reason, CaseStep Next, int Label, DateTimeOffset Since, DateTimeOffset OpenedAt,
    string? Code = null, string? Says = null, DateOnly? Promised = null, DateOnly? Expected = null,
    DateTimeOffset? ClosedAt = null, string? Resolution = null, string? ClosedBy = null)
{
    /// <summary>Whether somebody is still to do something.</summary>
    [JsonIgnore]
    public bool IsOpen => ClosedAt is null;
}

/// <summary>
/// That it was delivered: when, where (null where not told), and who has signed, sealed with the buyer's key; null
/// where the carrier does not tell.
/// </summary>
public sealed record ProofOfDelivery(DateTimeOffset At, string? Place, Personal<string>? SignedBy);

/// <summary>
/// How a carrier is asked for a parcel. <c>Label</c>: of which label. <c>Step</c>: counts the questions. <c>IsOn</c>:
/// he is asked again. <c>IsSilent</c>: he cannot be asked. <c>NewsAt</c>: when something new was told last.
/// <c>HeardAt</c>: when he told something by himself. <c>Tellings</c>: how often the order was told of the arrival.
/// <c>Known</c>: the newest changes by their callers' ids, at most <see cref="Parcel.MaxOperations"/>.
/// </summary>
public sealed record ParcelTrail(
    int Label, int Step, bool IsOn, bool IsSilent, DateTimeOffset NewsAt, DateTimeOffset? HeardAt, int Tellings,
    ImmutableArray<Operation> Known);

/// <summary>What came of asking a carrier for a parcel.</summary>
public enum TrackOutcome
{
    /// <summary>He told what he knows.</summary>
    [JsonStringEnumMemberName("told")] Told,

    /// <summary>He knows nothing of it, refuses, or did not answer; he is asked again.</summary>
    [JsonStringEnumMemberName("not-told")] NotTold,

    /// <summary>He cannot be asked.</summary>
    [JsonStringEnumMemberName("unsupported")] Unsupported,
}

/// <summary>
/// What a carrier tells when he is asked, oldest first. <c>Expected</c>: the day he means to deliver it.
/// <c>SignedBy</c>: sealed. <c>Why</c>: why he told nothing, in words.
/// </summary>
public sealed record TrackAnswer(
    TrackOutcome Outcome, ImmutableArray<TrackEvent> Events = default, DateOnly? Expected = null,
    Personal<string>? SignedBy = null, string? Why = null);

/// <content>Tracking.</content>
public abstract partial record ParcelCommand
{
    /// <summary>
    /// A carrier told something of a label, or somebody for him. What was told before changes nothing.
    /// <c>Operation</c>: of who told it by hand, repeatable by its id; null for a carrier. Statuses: unknown parcel,
    /// already done (nothing is new), different content, no label (that was bought), done.
    /// </summary>
    public sealed record NoteTracking(
        int Number, TrackSource Source, ImmutableArray<TrackEvent> Told, DateOnly? Expected,
        Personal<string>? SignedBy, string By, Operation? Operation = null) : ParcelCommand, ICommand<ParcelReply>;

    /// <summary>Somebody has done what a case wanted, or it is none. Repeatable by id.</summary>
    public sealed record CloseCase(string Id, int Case, string Resolution, string By)
        : ParcelCommand, ICommand<ParcelReply>;

    /// <summary>What a carrier told when he was asked.</summary>
    public sealed record NotePoll(int Number, int Step, TrackAnswer Answer) : ParcelCommand, ICommand<Done>;

    /// <summary>Timer: the carrier is asked what has happened.</summary>
    public sealed record AskTracking(int Number, int Step) : ParcelCommand, ICommand<Done>;

    /// <summary>The order's answer to the arrival of the parcel.</summary>
    public sealed record NoteArrival(FulfilStatus Status) : ParcelCommand, ICommand<Done>;

    /// <summary>Timer: the order is told again that the parcel has arrived.</summary>
    public sealed record TellArrival(int Telling) : ParcelCommand, ICommand<Done>;
}

/// <content>Tracking.</content>
public abstract partial record ParcelEvent
{
    /// <summary>
    /// What is new of a label of <c>Carrier</c>. <c>Now</c>: how far the parcel is now; null where it is as before.
    /// <c>Expected</c>, <c>SignedBy</c>: null where nothing new is told.
    /// </summary>
    public sealed record ParcelTracked(
        Operation? Operation, int Number, string Carrier, TrackSource Source, ImmutableArray<TrackEvent> Told,
        DateOnly? Expected, Personal<string>? SignedBy, Milestone? Now, string By, DateTimeOffset At) : ParcelEvent;

    /// <summary>The carrier is asked, unless he is <c>Silent</c>; again at <c>NextAt</c>.</summary>
    public sealed record TrackingAsked(int Number, int Step, DateTimeOffset NextAt, bool Silent = false) : ParcelEvent;

    /// <summary>The carrier is not asked any more, until something is told.</summary>
    public sealed record TrackingEnded(int Number, int Step) : ParcelEvent;

    /// <summary>
    /// Something is wrong: the buyer, or somebody of ours, is to know. All that a message needs is in it.
    /// <c>Carrier</c>, <c>TrackingNumber</c>: of the label that it is told of.
    /// </summary>
    public sealed record CaseOpened(
        ParcelCase Case, string Order, int Fulfilment, string Node, string Carrier, string? TrackingNumber)
        : ParcelEvent;

    /// <summary>It is settled. <c>Operation</c> and <c>Resolution</c> null: by itself.</summary>
    public sealed record CaseClosed(
        Operation? Operation, int Case, string? Resolution, string By, DateTimeOffset At) : ParcelEvent;

    /// <summary>The order is told that the parcel has arrived.</summary>
    public sealed record ArrivalTold(int Telling) : ParcelEvent;

    /// <summary>The order does not know yet that it has left; it is told again then.</summary>
    public sealed record ArrivalUntold(int Telling, DateTimeOffset TellAt) : ParcelEvent;
}
