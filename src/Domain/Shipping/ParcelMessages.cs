using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Fulfillment.Intake;
using Fulfillment.Ordering;

namespace Fulfillment.Shipping;

/// <summary>How far a parcel is. The order is that of the way to the buyer; see <see cref="Milestone"/>.</summary>
public enum ParcelStatus
{
    /// <summary>It has no label.</summary>
    [JsonStringEnumMemberName("planned")] Planned,

    /// <summary>A label is being bought.</summary>
    [JsonStringEnumMemberName("labelling")] Labelling,

    /// <summary>It has a label.</summary>
    [JsonStringEnumMemberName("labelled")] Labelled,

    /// <summary>The carrier has it.</summary>
    [JsonStringEnumMemberName("handed-over")] HandedOver,

    /// <summary>On its way.</summary>
    [JsonStringEnumMemberName("in-transit")] InTransit,

    /// <summary>On the vehicle that delivers it, or ready to be fetched.</summary>
    [JsonStringEnumMemberName("out-for-delivery")] OutForDelivery,

    /// <summary>Something is in its way.</summary>
    [JsonStringEnumMemberName("exception")] Exception,

    /// <summary>On its way back.</summary>
    [JsonStringEnumMemberName("returning")] Returning,

    /// <summary>Lost or destroyed.</summary>
    [JsonStringEnumMemberName("lost")] Lost,

    /// <summary>The sender has it again.</summary>
    [JsonStringEnumMemberName("returned")] Returned,

    /// <summary>The receiver has it.</summary>
    [JsonStringEnumMemberName("delivered")] Delivered,

    /// <summary>It is not sent.</summary>
    [JsonStringEnumMemberName("cancelled")] Cancelled,
}

/// <summary>How a label stands.</summary>
public enum LabelState
{
    /// <summary>The order is asked whether its goods may leave.</summary>
    [JsonStringEnumMemberName("checking")] Checking,

    /// <summary>The carrier is asked.</summary>
    [JsonStringEnumMemberName("asked")] Asked,

    /// <summary>Nobody knows whether it was bought; the carrier is asked until he says so.</summary>
    [JsonStringEnumMemberName("unclear")] Unclear,

    /// <summary>It was bought.</summary>
    [JsonStringEnumMemberName("bought")] Bought,

    /// <summary>It was not bought.</summary>
    [JsonStringEnumMemberName("refused")] Refused,

    /// <summary>It was bought, and the carrier is asked to void it.</summary>
    [JsonStringEnumMemberName("voiding")] Voiding,

    /// <summary>It is void.</summary>
    [JsonStringEnumMemberName("void")] Void,

    /// <summary>The carrier does not void it: it costs what it costs.</summary>
    [JsonStringEnumMemberName("not-voided")] NotVoided,
}

/// <summary>
/// What a parcel is: units of one fulfilment order, measured. <c>Box</c>: the LPN of the bench's box that it is, null
/// for goods that no bench packed. <c>DeliverBy</c>: the day that was promised, null for none. <c>Value</c>: of the
/// goods, null where no prices are known.
/// </summary>
public sealed record ParcelTerms(
    string Order, int Fulfilment, string Node, string? Box, ImmutableArray<LineUnits> Lines, ParcelSpec Spec,
    DateOnly? DeliverBy = null, Money? Value = null)
{
    /// <summary>Whether the other is the same.</summary>
    public bool Says(ParcelTerms other) =>
        this with { Lines = other.Lines } == other && Lines.SequenceEqual(other.Lines);
}

/// <summary>
/// A label of a parcel. <c>Number</c>: counts from 1. <c>Id</c>: of the change that asked for it. <c>Step</c>: counts
/// what was asked about it. <c>GivenUp</c>: nobody wants it, or it came without its paper: it is voided once it is
/// known to be bought. <c>Why</c>: what is unclear, or why it was given up. <c>Stopped</c>: why the order did not let
/// its goods go. <c>Voided</c>: what the carrier said to voiding it. <c>NotFound</c>: how often he knew of none.
/// <c>VoidTrouble</c>: why he has not said anything to that yet. <c>InParcel</c>: the parcel that has its goods, where
/// that has stopped it. <c>GivenUpAt</c>: when it was given up, the last time.
/// </summary>
public sealed record ParcelLabelStep(
    int Number, string Id, LabelTerms Terms, LabelState State, DateTimeOffset AskedAt, string By, int Step = 0,
    bool GivenUp = false, string? Shipment = null, string? TrackingNumber = null, Money? Price = null,
    StoredPaper? Label = null, ImmutableArray<StoredPaper> Papers = default, CarrierRefusal? Refusal = null,
    string? Why = null, FulfilStatus? Stopped = null, VoidStatus? Voided = null, DateTimeOffset? BoughtAt = null,
    int NotFound = 0, string? VoidTrouble = null, string? InParcel = null,
    DateTimeOffset? GivenUpAt = null)
{
    /// <summary>Nobody has given it up.</summary>
    [JsonIgnore]
    public bool Wanted => !GivenUp;

    /// <summary>It is on the parcel, and good.</summary>
    [JsonIgnore]
    public bool IsLive => State == LabelState.Bought && Wanted;

    /// <summary>It may become the parcel's label.</summary>
    [JsonIgnore]
    public bool IsComing => Wanted && State is (LabelState.Checking or LabelState.Asked or LabelState.Unclear);

    /// <summary>It was paid for, and the carrier has not given the money back, or said that he will.</summary>
    [JsonIgnore]
    public bool IsPaid => State is LabelState.Bought or LabelState.Voiding or LabelState.NotVoided;
}

/// <summary>
/// A parcel as callers see it. <c>Progress</c>: as its carrier tells it of the label that it has; null without one.
/// <c>Events</c>: what carriers told, oldest first; of more than <see cref="Parcel.MaxEvents"/> the first and the
/// newest.
/// <c>Expected</c>: the day its carrier means to deliver it. <c>Cases</c>: oldest first; of more than
/// <see cref="Parcel.MaxCases"/> the newest. <c>Proof</c>: once it is delivered.
/// <c>Dock</c>: the manifest that it is on; null for none. <c>Leave</c>: how it left, or was last to leave; null: it
/// was never to. <c>Notices</c>: what the buyer is told of the cases.
/// </summary>
public sealed record ParcelSheet(
    ParcelTerms Terms, DateTimeOffset PlannedAt, string By, ImmutableArray<ParcelLabelStep> Labels,
    ParcelProgress? Progress = null, ImmutableArray<TrackEvent> Events = default, bool Cancelled = false,
    DateOnly? Expected = null, ImmutableArray<ParcelCase> Cases = default, ProofOfDelivery? Proof = null,
    ParcelPlace? Dock = null, ParcelLeave? Leave = null, ImmutableArray<ParcelNotice> Notices = default)
{
    /// <summary>The label that is on it; null for none.</summary>
    [JsonIgnore]
    public ParcelLabelStep? Label => Labels.LastOrDefault(l => l.IsLive);

    /// <summary>How far it is.</summary>
    public ParcelStatus Status => Cancelled ? ParcelStatus.Cancelled
        : Progress is { } p ? StatusOf(p.Status)
        : Labels.Any(l => l.IsComing) ? ParcelStatus.Labelling : ParcelStatus.Planned;

    /// <summary>Nobody who was asked still thinks about it, or he takes long.</summary>
    [JsonIgnore]
    public bool IsSettled => Labels.All(l => !(l.Wanted && l.State is (LabelState.Checking or LabelState.Asked))
        && (l.State != LabelState.Voiding || l.VoidTrouble is not null)) && Leave?.IsPending != true;

    /// <summary>How far a parcel is whose carrier tells this.</summary>
    public static ParcelStatus StatusOf(Milestone milestone) => milestone switch
    {
        Milestone.Labelled or Milestone.Other => ParcelStatus.Labelled,
        Milestone.HandedOver => ParcelStatus.HandedOver,
        Milestone.InTransit => ParcelStatus.InTransit,
        Milestone.OutForDelivery => ParcelStatus.OutForDelivery,
        Milestone.Exception => ParcelStatus.Exception,
        Milestone.Returning => ParcelStatus.Returning,
        Milestone.Lost => ParcelStatus.Lost,
        Milestone.Returned => ParcelStatus.Returned,
        Milestone.Delivered => ParcelStatus.Delivered,
        Milestone.Void => ParcelStatus.Planned,
    };
}

/// <summary>Outcome of a change of a parcel, in the order tested.</summary>
public enum ParcelReplyStatus
{
    /// <summary>There is no such parcel.</summary>
    UnknownParcel,

    /// <summary>The same was asked before.</summary>
    AlreadyDone,

    /// <summary>Something else was asked under this id.</summary>
    DifferentContent,

    /// <summary>It is not sent any more.</summary>
    Cancelled,

    /// <summary>The carrier has it.</summary>
    HandedOver,

    /// <summary>It is being handed over; its order, or its bench, has not answered yet.</summary>
    Leaving,

    /// <summary>A label is being bought; give it up first.</summary>
    LabelUnderWay,

    /// <summary>It has a label; void it first.</summary>
    AlreadyLabelled,

    /// <summary>It has none that could be voided.</summary>
    NoLabel,

    /// <summary>
    /// More than <see cref="Parcel.MaxLabels"/> labels, or <see cref="Parcel.MaxOperations"/> changes.
    /// </summary>
    TooMany,

    /// <summary>It is sent from another node.</summary>
    OtherNode,

    /// <summary>The scanned label was given up.</summary>
    VoidLabel,

    /// <summary>Its label is another carrier's.</summary>
    OtherCarrier,

    /// <summary>It is on another manifest, or on none when it is to leave with one.</summary>
    OtherManifest,

    /// <summary>It has no such case.</summary>
    UnknownCase,

    /// <summary>The case is closed.</summary>
    CaseClosed,

    /// <summary>Done, or begun.</summary>
    Done,
}

/// <summary>The parcel after a change; null when there is none. <c>Number</c>: of the label that it is about.</summary>
public sealed record ParcelReply(ParcelReplyStatus Status, ParcelSheet? Parcel, long Version, int? Number = null);

/// <summary>What a parcel can be asked.</summary>
[JsonDerivedType(typeof(Plan), "plan")]
[JsonDerivedType(typeof(Buy), "buy")]
[JsonDerivedType(typeof(GiveUp), "give-up")]
[JsonDerivedType(typeof(Cancel), "cancel")]
[JsonDerivedType(typeof(Get), "get")]
[JsonDerivedType(typeof(GetSettled), "get-settled")]
[JsonDerivedType(typeof(NoteOrder), "note-order")]
[JsonDerivedType(typeof(NoteLabel), "note-label")]
[JsonDerivedType(typeof(NoteVoid), "note-void")]
[JsonDerivedType(typeof(AskAgain), "ask-again")]
[JsonDerivedType(typeof(EndLabel), "end-label")]
[JsonDerivedType(typeof(Withdraw), "withdraw")]
[JsonDerivedType(typeof(Board), "board")]
[JsonDerivedType(typeof(Unboard), "unboard")]
[JsonDerivedType(typeof(Leave), "leave")]
[JsonDerivedType(typeof(NoteLeave), "note-leave")]
[JsonDerivedType(typeof(NoteTracking), "note-tracking")]
[JsonDerivedType(typeof(CloseCase), "close-case")]
[JsonDerivedType(typeof(NotePoll), "note-poll")]
[JsonDerivedType(typeof(AskTracking), "ask-tracking")]
[JsonDerivedType(typeof(NoteArrival), "note-arrival")]
[JsonDerivedType(typeof(TellArrival), "tell-arrival")]
public abstract partial record ParcelCommand
{
    /// <summary>There is such a parcel. Repeatable: what the parcel is never changes.</summary>
    public sealed record Plan(ParcelTerms Terms, string By) : ParcelCommand, ICommand<ParcelReply>;

    /// <summary>Buys a label. Repeatable by id; <c>Content</c>: what the caller asked for, as a number.</summary>
    public sealed record Buy(string Id, long Content, LabelTerms Terms, string By)
        : ParcelCommand, ICommand<ParcelReply>;

    /// <summary>
    /// Gives the label up, the one that it has or the one that is being bought: it is voided. Pick and pack stay as
    /// they are. <c>Number</c>: of a label that was given up before: its carrier is asked about it once more.
    /// Repeatable by id.
    /// </summary>
    public sealed record GiveUp(string Id, string Reason, string By, int? Number = null)
        : ParcelCommand, ICommand<ParcelReply>;

    /// <summary>It is not sent: a label that it has is voided, and none is bought any more. Repeatable by id.</summary>
    public sealed record Cancel(string Id, string Reason, string By) : ParcelCommand, ICommand<ParcelReply>;

    /// <summary>Asks for the parcel now.</summary>
    public sealed record Get : ParcelCommand, ICommand<ParcelReply>;

    /// <summary>Like <see cref="Get"/>, but answered only once the carrier has answered, or takes long.</summary>
    public sealed record GetSettled : ParcelCommand, ICommand<ParcelReply>;

    /// <summary>
    /// The order told whether the goods may leave. <c>Parcel</c>: the one that has them, where that is why not.
    /// </summary>
    public sealed record NoteOrder(int Number, FulfilStatus Status, string? Parcel = null)
        : ParcelCommand, ICommand<Done>;

    /// <summary>What came of asking for a label.</summary>
    public sealed record NoteLabel(int Number, int Step, LabelAnswer Answer) : ParcelCommand, ICommand<Done>;

    /// <summary>What came of voiding a label.</summary>
    public sealed record NoteVoid(int Number, int Step, VoidAnswer Answer) : ParcelCommand, ICommand<Done>;

    /// <summary>Timer: asks again about a label.</summary>
    public sealed record AskAgain(int Number, int Step) : ParcelCommand, ICommand<Done>;

    /// <summary>Timer: a label that nobody has used is voided.</summary>
    public sealed record EndLabel(int Number) : ParcelCommand, ICommand<Done>;

    /// <summary>Its order does not want it to leave with that label any more: it is given up. Repeatable.</summary>
    public sealed record Withdraw(int Label, FulfilStatus Why) : ParcelCommand, ICommand<Done>;
}

/// <summary>What happened to a parcel.</summary>
[JsonDerivedType(typeof(ParcelPlanned), "parcel-planned")]
[JsonDerivedType(typeof(LabelOrdered), "label-ordered")]
[JsonDerivedType(typeof(LabelAsked), "label-asked")]
[JsonDerivedType(typeof(LabelStopped), "label-stopped")]
[JsonDerivedType(typeof(LabelUnclear), "label-unclear")]
[JsonDerivedType(typeof(LabelBought), "label-bought")]
[JsonDerivedType(typeof(LabelRefused), "label-refused")]
[JsonDerivedType(typeof(LabelGivenUp), "label-given-up")]
[JsonDerivedType(typeof(VoidAsked), "void-asked")]
[JsonDerivedType(typeof(VoidUnclear), "void-unclear")]
[JsonDerivedType(typeof(LabelVoided), "label-voided")]
[JsonDerivedType(typeof(ParcelCancelled), "parcel-cancelled")]
[JsonDerivedType(typeof(ParcelBoarded), "parcel-boarded")]
[JsonDerivedType(typeof(ParcelUnboarded), "parcel-unboarded")]
[JsonDerivedType(typeof(ParcelLeaving), "parcel-leaving")]
[JsonDerivedType(typeof(LeaveWaits), "leave-waits")]
[JsonDerivedType(typeof(ParcelLeft), "parcel-left")]
[JsonDerivedType(typeof(ParcelStopped), "parcel-stopped")]
[JsonDerivedType(typeof(ParcelTracked), "parcel-tracked")]
[JsonDerivedType(typeof(TrackingAsked), "tracking-asked")]
[JsonDerivedType(typeof(TrackingEnded), "tracking-ended")]
[JsonDerivedType(typeof(CaseOpened), "case-opened")]
[JsonDerivedType(typeof(CaseClosed), "case-closed")]
[JsonDerivedType(typeof(ArrivalTold), "arrival-told")]
[JsonDerivedType(typeof(ArrivalUntold), "arrival-untold")]
public abstract partial record ParcelEvent
{
    /// <summary>There is a parcel.</summary>
    public sealed record ParcelPlanned(ParcelTerms Terms, string By, DateTimeOffset At) : ParcelEvent;

    /// <summary>A label is wanted, and its order is asked whether the goods may leave.</summary>
    public sealed record LabelOrdered(
        Operation Operation, int Number, LabelTerms Terms, string By, DateTimeOffset At) : ParcelEvent;

    /// <summary>The carrier is asked: to buy it, or (not <c>Wanted</c>) whether it was bought.</summary>
    public sealed record LabelAsked(int Number, int Step, bool Wanted) : ParcelEvent;

    /// <summary>
    /// The goods may not leave: no label is bought. <c>Parcel</c>: the one that has them, where that is why.
    /// </summary>
    public sealed record LabelStopped(int Number, FulfilStatus Status, string? Parcel = null) : ParcelEvent;

    /// <summary>
    /// Nobody knows whether it was bought. The carrier is asked again then. <c>Nothing</c>: he knows of none yet.
    /// </summary>
    public sealed record LabelUnclear(int Number, string Why, DateTimeOffset AskAt, bool Nothing = false) : ParcelEvent;

    /// <summary>
    /// It was bought. <c>Lives</c>: it is the parcel's label; false: nobody wants it any more, or its carrier does not
    /// give it out again (<c>Label</c> is null).
    /// </summary>
    public sealed record LabelBought(
        int Number, string Shipment, string TrackingNumber, Money? Price, StoredPaper? Label,
        ImmutableArray<StoredPaper> Papers, DateTimeOffset At, bool Lives) : ParcelEvent;

    /// <summary>It was not bought. <c>Refusal</c> null: it was given up before.</summary>
    public sealed record LabelRefused(int Number, CarrierRefusal? Refusal) : ParcelEvent;

    /// <summary>
    /// Nobody wants it any more. <c>Operation</c> null: nobody used it in time. <c>Order</c>: what its order says,
    /// where that is why.
    /// </summary>
    public sealed record LabelGivenUp(
        Operation? Operation, int Number, string Reason, string By, DateTimeOffset At, FulfilStatus? Order = null)
        : ParcelEvent;

    /// <summary>The carrier is asked to void it.</summary>
    public sealed record VoidAsked(int Number, int Step) : ParcelEvent;

    /// <summary>The carrier did not say what came of that; he is asked again then.</summary>
    public sealed record VoidUnclear(int Number, string Why, DateTimeOffset AskAt) : ParcelEvent;

    /// <summary>The carrier answered to that.</summary>
    public sealed record LabelVoided(int Number, VoidStatus Status, CarrierRefusal? Refusal, DateTimeOffset At)
        : ParcelEvent;

    /// <summary>It is not sent.</summary>
    public sealed record ParcelCancelled(Operation Operation, string Reason, string By, DateTimeOffset At)
        : ParcelEvent;
}
