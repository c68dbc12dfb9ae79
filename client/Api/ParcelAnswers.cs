using System.Diagnostics;
using Fulfillment.Shipping;
using Fulfillment.Views;

namespace Fulfillment.Client.Api;

/// <summary>What is answered about parcels.</summary>
static class ParcelAnswers
{
    /// <summary>Why it was refused; null when it was not.</summary>
    public static Problem? Refused(ParcelReply reply, string parcel, string operation) => reply.Status switch
    {
        ParcelReplyStatus.Done or ParcelReplyStatus.AlreadyDone => null,
        ParcelReplyStatus.UnknownParcel => ParcelsApi.Unknown(parcel),
        ParcelReplyStatus.DifferentContent => Problem.OtherContent($"The id {operation}"),
        ParcelReplyStatus.Cancelled => Problem.Conflict("parcel-cancelled", $"Parcel {parcel} is not sent any more."),
        ParcelReplyStatus.HandedOver => Problem.Conflict(
            "handed-over", $"The carrier has parcel {parcel}: its label stays on it."),
        ParcelReplyStatus.Leaving => Problem.Conflict(
            "leaving", $"Parcel {parcel} is being handed over: ask again once its order has answered."),
        ParcelReplyStatus.OtherManifest => Problem.Conflict(
            "on-manifest", $"Parcel {parcel} is on a manifest: it leaves with that, or is taken off first."),
        ParcelReplyStatus.OtherNode or ParcelReplyStatus.VoidLabel or ParcelReplyStatus.OtherCarrier =>
            throw new UnreachableException(),
        ParcelReplyStatus.LabelUnderWay => Problem.Conflict(
            "label-under-way", $"Label {reply.Number} of parcel {parcel} is being bought, or nobody knows yet whether"
            + " it was: wait, or void it first."),
        ParcelReplyStatus.AlreadyLabelled => Problem.Conflict(
            "already-labelled", $"Parcel {parcel} has label {reply.Number}: void it first."),
        ParcelReplyStatus.NoLabel => Problem.Conflict("no-label", $"Parcel {parcel} has no such label."),
        ParcelReplyStatus.UnknownCase or ParcelReplyStatus.CaseClosed =>
            throw new System.Diagnostics.UnreachableException(),
        ParcelReplyStatus.TooMany => Problem.Conflict(
            "too-many-changes", $"Parcel {parcel} had {Parcel.MaxLabels} labels or {Parcel.MaxOperations} changes, the"
            + " most that one has."),
    };

    /// <summary>Units are in a parcel with a label; null: it has lost that since.</summary>
    public static Problem InParcel(string of, string? parcel) => Problem.Conflict(
        "in-parcel", parcel is null ? $"Units of {of} were in a parcel with a label just now: ask again."
            : $"Units of {of} are in parcel {parcel}, which has a label or is getting one. Scan it at the dock or hand"
            + $" it over (POST /v1/parcels/{parcel}/hand-over), or void its label first"
            + $" (POST /v1/parcels/{parcel}/void).");

    /// <summary>A label names an address that the order has no more.</summary>
    public static Problem AddressChanged(string order) => Problem.Conflict(
        "address-changed", $"The address of order {order} has changed since: ask for a label again.");

    /// <summary>A parcel as it is shown.</summary>
    public static ParcelBody Body(this ParcelSheet p, string parcel, long revision) => new(
        parcel, p.Terms.Order, OrderBodies.FulfilmentId(p.Terms.Order, p.Terms.Fulfilment), p.Terms.Node, p.Terms.Box,
        Words<ParcelStatus>.Of(p.Status), [.. p.Terms.Lines.Select(l => new LineUnitsBody(l.Line, l.Units))],
        p.Terms.Spec.LengthMm, p.Terms.Spec.WidthMm, p.Terms.Spec.HeightMm, p.Terms.Spec.Grams, p.Terms.DeliverBy,
        OrderBodies.Body(p.Terms.Value), p.Label?.Terms.Carrier, p.Label?.Terms.Service, p.Label?.TrackingNumber,
        [.. p.Labels.Select(Body)], p.Expected,
        [.. (p.Events.IsDefault ? [] : p.Events).Select(TrackingAnswers.Body)],
        p.Events.IsDefault ? 0 : p.Events.Count(e => e.Milestone == Milestone.Other),
        p.Proof is { } proof ? new(proof.At, proof.Place, null) : null,
        [.. (p.Cases.IsDefault ? [] : p.Cases).Select(TrackingAnswers.Body)],
        [.. (p.Notices.IsDefault ? [] : p.Notices).Select(TrackingAnswers.Body)], p.Dock?.Manifest ?? p.Leave?.Manifest,
        p.PlannedAt, p.By, revision);

    static LabelBody Body(ParcelLabelStep l) => new(
        l.Number, l.Terms.Carrier, l.Terms.Service, Words<LabelState>.Of(l.State),
        Words<LabelFormat>.Of(l.Label?.Format ?? l.Terms.Format), l.Terms.ShipOn, l.Wanted, l.TrackingNumber,
        l.Shipment, OrderBodies.Body(l.Price), OrderBodies.Body(l.Terms.Quoted),
        l.Terms.QuotedBy is { } source ? Words<RateSource>.Of(source) : null, l.Terms.Override, l.Refusal?.Code,
        l.Refusal?.Says, l.VoidTrouble ?? l.Why,
        l.Stopped is { } stopped ? Words<Ordering.FulfilStatus>.Of(stopped) : null,
        l.Voided is { } voided ? Words<VoidStatus>.Of(voided) : null, l.Label?.Length,
        l.Papers.IsDefault ? 0 : l.Papers.Length, l.By, l.AskedAt, l.BoughtAt, l.Terms.VoidOn);

    /// <summary>A parcel in a list.</summary>
    public static ParcelListBody Body(ParcelRow r) => new(
        r.Id, r.Order, OrderBodies.FulfilmentId(r.Order, (int)r.Fulfilment), r.Node, r.Status, Told(r.Carrier),
        Told(r.Service), Told(r.TrackingNumber), r.ShipOn > 0 ? DateOnly.FromDayNumber((int)r.ShipOn) : null,
        DateTimeOffset.FromUnixTimeMilliseconds(r.At));

    static string? Told(string text) => text.Length > 0 ? text : null;
}
