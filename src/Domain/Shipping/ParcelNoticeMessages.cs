using System.Text.Json.Serialization;

namespace Fulfillment.Shipping;

/// <summary>How far telling the buyer of a case is.</summary>
public enum ParcelNoticeStatus
{
    /// <summary>It is to be sent.</summary>
    [JsonStringEnumMemberName("asked")] Asked,

    /// <summary>It could not be sent; it is tried again.</summary>
    [JsonStringEnumMemberName("failing")] Failing,

    /// <summary>The mail server of the seller has taken it.</summary>
    [JsonStringEnumMemberName("sent")] Sent,

    /// <summary>Nobody knows where the buyer could be written to, or he was erased.</summary>
    [JsonStringEnumMemberName("no-address")] NoAddress,

    /// <summary>No mail is set up, or the seller wants none to be sent.</summary>
    [JsonStringEnumMemberName("off")] Off,

    /// <summary>The mail server refuses it for good.</summary>
    [JsonStringEnumMemberName("refused")] Refused,

    /// <summary>It could not be sent for so long that it is too late.</summary>
    [JsonStringEnumMemberName("given-up")] GivenUp,

    /// <summary>The case ended before it could be sent.</summary>
    [JsonStringEnumMemberName("not-needed")] NotNeeded,
}

/// <summary>What came of a message to the buyer.</summary>
public enum NoticeOutcome
{
    /// <summary>The mail server has taken it.</summary>
    [JsonStringEnumMemberName("sent")] Sent,

    /// <summary>There is no address.</summary>
    [JsonStringEnumMemberName("no-address")] NoAddress,

    /// <summary>No mail is set up, or none is wanted.</summary>
    [JsonStringEnumMemberName("off")] Off,

    /// <summary>It is refused for good.</summary>
    [JsonStringEnumMemberName("refused")] Refused,

    /// <summary>Nobody has taken it yet: to be asked again.</summary>
    [JsonStringEnumMemberName("failing")] Failing,
}

/// <summary>
/// What the buyer is told of a case; one each. <c>Case</c>: its number. <c>What</c>: its reason. <c>At</c>: of the
/// status. <c>Step</c>: counts the tries. <c>MessageId</c>: once it is sent. <c>Code</c>: the mail server's, where it
/// refuses. <c>Why</c>: what is in its way, in words that name nobody.
/// </summary>
public sealed record ParcelNotice(
    int Case, CaseReason What, ParcelNoticeStatus Status, DateTimeOffset At, int Step, string? MessageId = null,
    string? Code = null, string? Why = null);

/// <summary>What whoever writes to buyers is asked.</summary>
[JsonDerivedType(typeof(Tell), "tell")]
public abstract record NoticeCall
{
    /// <summary>
    /// Tells the buyer of a case. <c>Parcel</c>: our name of it, <c>{seller}/{parcel}</c>; with <c>Case</c> it makes
    /// the id of the message: asked again under both, it is the same message. <c>Step</c>: counts the tries. <c>To</c>:
    /// who he is, sealed. <c>Expected</c>: the new day; null where none is known.
    /// </summary>
    public sealed record Tell(
        string Parcel, int Case, int Step, CaseReason What, string Order, string Carrier, string? TrackingNumber,
        Personal<ShipAddress> To, DateOnly? Promised, DateOnly? Expected) : NoticeCall, ICommand<NoticeAnswer>;
}

/// <summary>What came of it; nothing in it names the buyer. <c>MessageId</c>: of what was sent.</summary>
public sealed record NoticeAnswer(
    NoticeOutcome Outcome, string? MessageId = null, string? Code = null, string? Why = null);

/// <content>Promised days, and messages to buyers.</content>
[JsonDerivedType(typeof(LookAtPromise), "look-at-promise")]
[JsonDerivedType(typeof(NoteNotice), "note-notice")]
[JsonDerivedType(typeof(AskNotice), "ask-notice")]
public abstract partial record ParcelCommand
{
    /// <summary>Timer: whether it comes on the day that was promised. <c>IsLast</c>: the vans are back.</summary>
    public sealed record LookAtPromise(int Number, bool IsLast) : ParcelCommand, ICommand<Done>;

    /// <summary>What came of a message to the buyer.</summary>
    public sealed record NoteNotice(int Case, int Step, NoticeAnswer Answer) : ParcelCommand, ICommand<Done>;

    /// <summary>Timer: a message is tried again.</summary>
    public sealed record AskNotice(int Case, int Step) : ParcelCommand, ICommand<Done>;
}

/// <content>Messages to buyers.</content>
[JsonDerivedType(typeof(NoticeAsked), "notice-asked")]
[JsonDerivedType(typeof(NoticeUntold), "notice-untold")]
[JsonDerivedType(typeof(NoticeAnswered), "notice-answered")]
public abstract partial record ParcelEvent
{
    /// <summary>The buyer is to be told of a case.</summary>
    public sealed record NoticeAsked(int Case, int Step, DateTimeOffset At) : ParcelEvent;

    /// <summary>He could not be told; it is tried again at <c>AskAt</c>.</summary>
    public sealed record NoticeUntold(int Case, string Why, DateTimeOffset AskAt, DateTimeOffset At) : ParcelEvent;

    /// <summary>He was told, or will not be; never <c>asked</c> or <c>failing</c>.</summary>
    public sealed record NoticeAnswered(
        int Case, ParcelNoticeStatus Status, string? MessageId, string? Code, string? Why, DateTimeOffset At)
        : ParcelEvent;
}
