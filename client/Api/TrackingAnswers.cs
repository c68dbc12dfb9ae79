using System.Text;
using Fulfillment.Shipping;
using Fulfillment.Views;

namespace Fulfillment.Client.Api;

/// <summary>What is answered about the way of a parcel.</summary>
static class TrackingAnswers
{
    /// <summary>An event of the timeline.</summary>
    public static TrackEventBody Body(this TrackEvent e) => new(
        e.At, Words<Milestone>.Of(e.Milestone), e.Code, e.Says, e.Place,
        e.Why is { } why ? Words<CaseReason>.Of(why) : null, e.Label);

    /// <summary>A case of a parcel.</summary>
    public static ParcelCaseBody Body(this ParcelCase c) => new(
        c.Number, StatusOf(c.IsOpen), Words<CaseReason>.Of(c.Reason), Words<CaseStep>.Of(c.Next), c.Label, c.Since,
        c.OpenedAt, c.Code, c.Says, c.Promised, c.Expected, c.ClosedAt, c.Resolution, c.ClosedBy);

    /// <summary>What the buyer is told of a case.</summary>
    public static ParcelNoticeBody Body(this ParcelNotice n) => new(
        n.Case, Words<CaseReason>.Of(n.What), Words<ParcelNoticeStatus>.Of(n.Status), n.At, n.Step, n.MessageId, n.Code,
        n.Why);

    /// <summary>A case in a list.</summary>
    public static ParcelCaseListBody Body(ParcelCaseRow r) => new(
        r.Parcel, r.Number, r.Order, OrderBodies.FulfilmentId(r.Order, (int)r.Fulfilment), r.Node, r.Carrier,
        Told(r.TrackingNumber), StatusOf(r.ClosedAt == 0), r.Reason, r.Next, Told(r.Code), Told(r.Says),
        Day(r.Promised), Day(r.Expected), DateTimeOffset.FromUnixTimeMilliseconds(r.Since),
        DateTimeOffset.FromUnixTimeMilliseconds(r.OpenedAt),
        r.ClosedAt == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(r.ClosedAt), Told(r.Resolution),
        Told(r.Notice));

    /// <summary>The parcel with the name of who signed; without it where the buyer was erased.</summary>
    public static async ValueTask<ParcelBody> Signed(this ParcelBody body, ParcelSheet parcel, Backend backend) =>
        body.Proof is { } proof && parcel.Proof?.SignedBy is { } signed
            && await backend.Keyring.Open(signed) is { } name
            ? body with { Proof = proof with { SignedBy = Encoding.UTF8.GetString(name) } } : body;

    /// <summary>Why nothing was done; null where something was.</summary>
    public static Problem? Refused(ParcelReply reply, string parcel, string operation, int number) =>
        reply.Status switch
        {
            ParcelReplyStatus.NoLabel => Problem.Conflict(
                "no-label", $"Parcel {parcel} has no label {number} that was bought: nothing can be told of it."),
            ParcelReplyStatus.UnknownCase => Problem.NotFound(
                "unknown-case", $"Parcel {parcel} has no case {number}."),
            ParcelReplyStatus.CaseClosed => Problem.Conflict(
                "case-closed", $"Case {number} of parcel {parcel} is closed."),
            _ => ParcelAnswers.Refused(reply, parcel, operation),
        };

    static string StatusOf(bool isOpen) => isOpen ? "open" : "closed";

    static string? Told(string text) => text.Length > 0 ? text : null;

    static DateOnly? Day(long number) => number > 0 ? DateOnly.FromDayNumber((int)number) : null;
}
