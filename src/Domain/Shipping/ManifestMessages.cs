using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Fulfillment.Intake;
using Fulfillment.Ordering;
using Fulfillment.Packing;

namespace Fulfillment.Shipping;

/// <summary>How far a manifest is.</summary>
public enum ManifestStatus
{
    /// <summary>Nothing was scanned yet.</summary>
    [JsonStringEnumMemberName("open")] Open,

    /// <summary>Parcels are scanned.</summary>
    [JsonStringEnumMemberName("scanning")] Scanning,

    /// <summary>Its parcels are handed over: their orders, and then the carrier, are told.</summary>
    [JsonStringEnumMemberName("closing")] Closing,

    /// <summary>All that could be handed over is.</summary>
    [JsonStringEnumMemberName("closed")] Closed,
}

/// <summary>What a scan at the dock came to; all but the first two change nothing.</summary>
public enum DockSignal
{
    /// <summary>It is on the manifest.</summary>
    [JsonStringEnumMemberName("on")] On,

    /// <summary>It was taken off.</summary>
    [JsonStringEnumMemberName("off")] Off,

    /// <summary>No parcel has this code.</summary>
    [JsonStringEnumMemberName("unknown-parcel")] UnknownParcel,

    /// <summary>It is on this manifest already, or is to be taken off twice.</summary>
    [JsonStringEnumMemberName("scanned-twice")] ScannedTwice,

    /// <summary>It is to be taken off, and was never on.</summary>
    [JsonStringEnumMemberName("not-on-manifest")] NotOnManifest,

    /// <summary>The manifest, or the parcel, takes no more scans.</summary>
    [JsonStringEnumMemberName("full")] Full,

    /// <summary>A carrier has it already.</summary>
    [JsonStringEnumMemberName("handed-over")] HandedOver,

    /// <summary>It is sent from another node.</summary>
    [JsonStringEnumMemberName("other-node")] OtherNode,

    /// <summary>The scanned label, or the last one that it had, was given up.</summary>
    [JsonStringEnumMemberName("void-label")] VoidLabel,

    /// <summary>It has no label.</summary>
    [JsonStringEnumMemberName("no-label")] NoLabel,

    /// <summary>Its label is another carrier's.</summary>
    [JsonStringEnumMemberName("other-carrier")] OtherCarrier,

    /// <summary>It is on another manifest.</summary>
    [JsonStringEnumMemberName("other-manifest")] OtherManifest,

    /// <summary>It, or its order, is cancelled, held or changed: it must not leave.</summary>
    [JsonStringEnumMemberName("stopped")] Stopped,
}

/// <summary>
/// What is handed over together: parcels of one node and carrier, with a ship day up to this one. <c>Account</c>: of
/// the carrier, masked; null for none.
/// </summary>
public sealed record ManifestTerms(string Node, string Carrier, DateOnly Day, string? Account);

/// <summary>Why a parcel does not leave: the one of these that is told.</summary>
public readonly record struct StopReason(
    FulfilStatus? Order = null, PackReplyStatus? Bench = null, ParcelReplyStatus? Parcel = null);

/// <summary>
/// A scan. <c>Number</c>: counts from 1. <c>Parcel</c>: null where nobody knows what it was. <c>Signal</c>: null while
/// the parcel, or its order, is asked. <c>Stopped</c>: why that does not let it go. <c>Boarded</c>: it has put the
/// parcel on the manifest, whatever came after that. <c>Withdrawn</c>: why the order has taken its label from it.
/// </summary>
public sealed record DockScan(
    int Number, string Id, string Code, string? Parcel, bool Out, string By, DateTimeOffset At,
    DockSignal? Signal = null, FulfilStatus? Stopped = null, bool Boarded = false, FulfilStatus? Withdrawn = null)
{
    /// <summary>What the order says, where that is why it does not go; null for another reason.</summary>
    [JsonIgnore]
    public FulfilStatus? Order => Stopped ?? Withdrawn;
}

/// <summary>What is in a labelled parcel, and whose it is.</summary>
public sealed record DockGoods(
    string Order, int Fulfilment, ImmutableArray<LineUnits> Lines, string TrackingNumber, string Service, long Grams)
{
    /// <summary>Those of a parcel; null where it has no label.</summary>
    public static DockGoods? Of(ParcelSheet parcel) => parcel is { Label: { } label, Terms: var t } ? new(
        t.Order, t.Fulfilment, t.Lines, label.TrackingNumber!, label.Terms.Service, t.Spec.Grams) : null;
}

/// <summary>
/// A parcel as it lies at the dock. <c>Scan</c>: the one that put it on the manifest. <c>HasLeft</c>: null: nobody
/// knows yet.
/// </summary>
public sealed record DockParcel(
    string Parcel, int Scan, string Order, string TrackingNumber, string Service, long Grams, bool? HasLeft = null);

/// <summary>A parcel that was on the manifest and did not leave with it.</summary>
public sealed record DockStop(string Parcel, string TrackingNumber, StopReason Reason, DateTimeOffset At);

/// <summary>
/// How it was closed. <c>Missing</c>: parcels that should have been on it; <c>Extra</c>: that are on it and were not
/// due: by id, in ordinal order. <c>Override</c>: why it was closed all the same; null without a mismatch.
/// </summary>
public sealed record ManifestClose(
    string Id, string By, DateTimeOffset At, ImmutableArray<string> Missing, ImmutableArray<string> Extra,
    string? Override, ShipAddress From);

/// <summary>
/// What the carrier was told, and said. <c>Number</c> counts the manifests that were tried with him: together with ours
/// it is the key that he knows it by. <c>Status</c>: null while he has not said. <c>Form</c>: null for none.
/// <c>Trouble</c>: why he has not said anything. <c>Nothing</c>: under that number he was told nothing, for sure.
/// <c>Unknown</c>: he may have made a manifest of it, and cannot be asked. <c>Since</c>: when it was begun to tell him,
/// null in old journals.
/// </summary>
public sealed record CarrierManifest(
    int Number, int Step, CarrierStatus? Status = null, string? Id = null, StoredPaper? Form = null,
    CarrierRefusal? Refusal = null, string? Trouble = null, bool Nothing = false, bool Unknown = false,
    DateTimeOffset? Since = null);

/// <summary>
/// A manifest as callers see it. <c>Scans</c>: oldest first. <c>Parcels</c>: those that are on it, or left with it, in
/// the order of their scans. <c>Carrier</c>: null until he is told.
/// </summary>
public sealed record ManifestSheet(
    ManifestTerms Terms, DateTimeOffset OpenedAt, string By, ImmutableArray<DockScan> Scans,
    ImmutableArray<DockParcel> Parcels, ImmutableArray<DockStop> Stops, ManifestClose? Close = null,
    CarrierManifest? Carrier = null, DateTimeOffset? ClosedAt = null)
{
    /// <summary>How far it is.</summary>
    public ManifestStatus Status => ClosedAt is not null ? ManifestStatus.Closed
        : Close is not null ? ManifestStatus.Closing
        : Scans.IsEmpty ? ManifestStatus.Open : ManifestStatus.Scanning;

    /// <summary>Nobody who was asked still thinks about it, or the carrier takes long.</summary>
    [JsonIgnore]
    public bool IsSettled => Status == ManifestStatus.Closing ? Carrier?.Trouble is not null
        : Scans.All(s => s.Signal is not null);
}

/// <summary>Outcome of a change of a manifest, in the order tested.</summary>
public enum DockStatus
{
    /// <summary>There is no such manifest.</summary>
    UnknownManifest,

    /// <summary>The same was asked before.</summary>
    AlreadyDone,

    /// <summary>Something else was asked under this id.</summary>
    DifferentContent,

    /// <summary>Nobody knows whether the carrier has it: he is told again only when somebody says that not.</summary>
    Unclear,

    /// <summary>It is closed, or is being closed.</summary>
    Closed,

    /// <summary>More than <see cref="Manifest.MaxScans"/> scans, or closings.</summary>
    TooMany,

    /// <summary>The scan has its own signal.</summary>
    Signalled,

    /// <summary>A scan is not answered yet.</summary>
    Busy,

    /// <summary>What is on it is not what is due.</summary>
    Mismatch,

    /// <summary>Done, or begun.</summary>
    Done,
}

/// <summary>
/// The manifest after a change; null when there is none. <c>Scan</c>: the number of the scan that it is about.
/// <c>Missing</c>, <c>Extra</c>: where it does not fit; default else.
/// </summary>
public sealed record DockReply(
    DockStatus Status, ManifestSheet? Manifest, long Version, int? Scan = null,
    ImmutableArray<string> Missing = default, ImmutableArray<string> Extra = default);

/// <summary>What a manifest can be asked.</summary>
[JsonDerivedType(typeof(Open), "open")]
[JsonDerivedType(typeof(Scan), "scan")]
[JsonDerivedType(typeof(Close), "close")]
[JsonDerivedType(typeof(Get), "get")]
[JsonDerivedType(typeof(GetSettled), "get-settled")]
[JsonDerivedType(typeof(NoteBoard), "note-board")]
[JsonDerivedType(typeof(NoteOrder), "note-order")]
[JsonDerivedType(typeof(NoteParcel), "note-parcel")]
[JsonDerivedType(typeof(NoteCarrier), "note-carrier")]
[JsonDerivedType(typeof(AskAgain), "ask-again")]
public abstract record ManifestCommand
{
    /// <summary>There is such a manifest. Repeatable: what it is for never changes.</summary>
    public sealed record Open(ManifestTerms Terms, string By) : ManifestCommand, ICommand<DockReply>;

    /// <summary>
    /// A code was scanned, to put its parcel on the manifest, or (<c>Out</c>) to take it off. <c>Parcel</c>: the one
    /// that has the code; null for none. <c>TrackingNumber</c>: the code, where it is one of a carrier. Repeatable by
    /// id.
    /// </summary>
    public sealed record Scan(string Id, string Code, string? Parcel, string? TrackingNumber, bool Out, string By)
        : ManifestCommand, ICommand<DockReply>;

    /// <summary>
    /// All that is on it leaves. <c>Due</c>: the parcels that should be on it. <c>Override</c>: why it is closed even
    /// where others are. <c>From</c>: where the node is. What a carrier has refused, or was not told, he is told again
    /// by closing once more under another id. <c>Untold</c>: the number under which he may have been told, where
    /// somebody has found out that he was not. Repeatable by id.
    /// </summary>
    public sealed record Close(
        string Id, ImmutableArray<string> Due, string? Override, string By, ShipAddress From, int? Untold = null)
        : ManifestCommand, ICommand<DockReply>;

    /// <summary>Asks for the manifest now.</summary>
    public sealed record Get : ManifestCommand, ICommand<DockReply>;

    /// <summary>Like <see cref="Get"/>, but answered only once all who were asked answered, or take long.</summary>
    public sealed record GetSettled : ManifestCommand, ICommand<DockReply>;

    /// <summary>
    /// What the parcel said to being scanned. <c>Goods</c>: null where it has no label. <c>Order</c>: what its order
    /// says, where it has none for that.
    /// </summary>
    public sealed record NoteBoard(
        int Number, ParcelReplyStatus Status, DockGoods? Goods, FulfilStatus? Order = null)
        : ManifestCommand, ICommand<Done>;

    /// <summary>The order told whether the goods of a scanned parcel may leave.</summary>
    public sealed record NoteOrder(int Number, FulfilStatus Status) : ManifestCommand, ICommand<Done>;

    /// <summary>
    /// A parcel has left, or does not leave. <c>Number</c>: of the scan that had put it on, where it lost its label;
    /// null where it was to leave.
    /// </summary>
    public sealed record NoteParcel(string Parcel, bool HasLeft, StopReason Reason, int? Number = null)
        : ManifestCommand, ICommand<Done>;

    /// <summary>What came of telling the carrier.</summary>
    public sealed record NoteCarrier(int Step, CarrierCloseAnswer Answer) : ManifestCommand, ICommand<Done>;

    /// <summary>Timer: asks the carrier again.</summary>
    public sealed record AskAgain(int Step) : ManifestCommand, ICommand<Done>;
}

/// <summary>What happened to a manifest.</summary>
[JsonDerivedType(typeof(ManifestOpened), "manifest-opened")]
[JsonDerivedType(typeof(CodeScanned), "code-scanned")]
[JsonDerivedType(typeof(ScanBoarded), "scan-boarded")]
[JsonDerivedType(typeof(ScanAnswered), "scan-answered")]
[JsonDerivedType(typeof(BoardUndone), "board-undone")]
[JsonDerivedType(typeof(ManifestClosing), "manifest-closing")]
[JsonDerivedType(typeof(ParcelDone), "parcel-done")]
[JsonDerivedType(typeof(CarrierTold), "carrier-told")]
[JsonDerivedType(typeof(CarrierUnclear), "carrier-unclear")]
[JsonDerivedType(typeof(ManifestClosed), "manifest-closed")]
public abstract record ManifestEvent
{
    /// <summary>There is a manifest.</summary>
    public sealed record ManifestOpened(ManifestTerms Terms, string By, DateTimeOffset At) : ManifestEvent;

    /// <summary>
    /// A code was scanned. <c>Signal</c>: what it came to; null: its parcel is asked. <c>TrackingNumber</c>: the one
    /// that was scanned.
    /// </summary>
    public sealed record CodeScanned(
        Operation Operation, int Number, string Code, string? Parcel, string? TrackingNumber, bool Out, string By,
        DateTimeOffset At, DockSignal? Signal) : ManifestEvent;

    /// <summary>The parcel is on it, and its order is asked whether the goods may leave.</summary>
    public sealed record ScanBoarded(int Scan, DockGoods Goods) : ManifestEvent;

    /// <summary>
    /// What a scan came to. <c>Stopped</c>: why the order does not let a parcel go that was on it. <c>Withdrawn</c>:
    /// why the order has taken its label from one that was not.
    /// </summary>
    public sealed record ScanAnswered(
        int Scan, DockSignal Signal, FulfilStatus? Stopped, FulfilStatus? Withdrawn = null) : ManifestEvent;

    /// <summary>A parcel took itself to be on it by a scan that had been refused; it is told that it is not.</summary>
    public sealed record BoardUndone(int Scan) : ManifestEvent;

    /// <summary>Its parcels leave.</summary>
    public sealed record ManifestClosing(
        Operation Operation, ImmutableArray<string> Missing, ImmutableArray<string> Extra, string? Override, string By,
        ShipAddress From, DateTimeOffset At) : ManifestEvent;

    /// <summary>A parcel has left, or does not leave.</summary>
    public sealed record ParcelDone(string Parcel, bool HasLeft, StopReason Reason, DateTimeOffset At) : ManifestEvent;

    /// <summary>
    /// The carrier is told. <c>Operation</c>: of whoever asks for it again; null for the first time. <c>At</c>: when it
    /// is begun; null where it only goes on.
    /// </summary>
    public sealed record CarrierTold(int Number, int Step, Operation? Operation = null, DateTimeOffset? At = null)
        : ManifestEvent;

    /// <summary>
    /// Nobody knows what he made of it, or (<c>Nothing</c>) he was not told; he is told again then.
    /// </summary>
    public sealed record CarrierUnclear(string Why, DateTimeOffset AskAt, bool Nothing = false) : ManifestEvent;

    /// <summary>
    /// All is done. <c>Status</c> null: nothing left, and no carrier was told; or, with <c>Untold</c>, he has not
    /// answered, for that reason. <c>Unknown</c>: he may have it, and cannot be asked.
    /// </summary>
    public sealed record ManifestClosed(
        CarrierStatus? Status, string? Id, StoredPaper? Form, CarrierRefusal? Refusal, DateTimeOffset At,
        string? Untold = null, bool Unknown = false) : ManifestEvent;
}
