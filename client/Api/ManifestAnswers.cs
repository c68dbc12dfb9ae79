using Fulfillment.Ordering;
using Fulfillment.Packing;
using Fulfillment.Shipping;
using Fulfillment.Views;

namespace Fulfillment.Client.Api;

/// <summary>What is answered about manifests.</summary>
static class ManifestAnswers
{
    const int MostWrong = 100, MostNamed = 100;

    public static Problem Unknown(string manifest) =>
        Problem.NotFound("unknown-manifest", $"There is no manifest {manifest}.");

    /// <summary>Why it was refused; null when it was not, or where a scan tells.</summary>
    public static Problem? Refused(DockReply reply, string manifest, string operation) => reply.Status switch
    {
        DockStatus.Done or DockStatus.AlreadyDone or DockStatus.Signalled => null,
        DockStatus.UnknownManifest => Unknown(manifest),
        DockStatus.DifferentContent => Problem.OtherContent($"The id {operation}"),
        DockStatus.Unclear => Problem.Conflict(
            "carrier-unclear", Unclear(reply.Manifest!.Carrier!, reply.Manifest.Terms.Carrier, manifest)),
        DockStatus.Closed => Problem.Conflict(
            "manifest-closed", $"Manifest {manifest} is {Words<ManifestStatus>.Of(reply.Manifest!.Status)}."),
        DockStatus.TooMany => Problem.Conflict(
            "too-many-changes", $"Manifest {manifest} had {Manifest.MaxScans} scans, or was closed"
            + $" {Manifest.MaxTries} times, the most that one has."),
        DockStatus.Busy => Problem.Conflict(
            "scan-under-way", $"A scan of manifest {manifest} is not answered yet: ask again."),
        DockStatus.Mismatch => Mismatch(reply, manifest),
    };

    static Problem Mismatch(DockReply reply, string manifest) => new(
        409, "mismatch", "The state does not allow it.",
        $"On manifest {manifest} {PartOf(reply.Missing.Length, "missing")} and {PartOf(reply.Extra.Length, "not due")}:"
        + " scan the one, take off the other, or say with override why it is closed all the same.",
        [
            .. reply.Missing.Take(MostNamed).Select(p => new FieldError(p, "missing", "is due and was not scanned")),
            .. reply.Extra.Take(MostNamed).Select(p => new FieldError(p, "extra", "is on it and not due on that day")),
        ]);

    static string PartOf(int parcels, string what) =>
        parcels == 1 ? $"1 parcel is {what}" : $"{parcels} parcels are {what}";

    /// <summary>Why a scan changed nothing; null where it did, or is not answered yet.</summary>
    public static Problem? Wrong(DockScan scan, ManifestTerms terms)
    {
        if (scan.Signal is not { } signal) return null;
        var what = scan.Parcel is { } parcel ? $"Parcel {parcel}" : $"The code {scan.Code}";
        var says = signal switch
        {
            DockSignal.On or DockSignal.Off => null,
            DockSignal.UnknownParcel => "is on no parcel.",
            DockSignal.ScannedTwice => scan.Out ? "was taken off already." : "is on this manifest already.",
            DockSignal.NotOnManifest => "is not on this manifest.",
            DockSignal.Full => $"finds no room: a manifest has at most {Manifest.MaxParcels} parcels.",
            DockSignal.HandedOver => "was handed over already.",
            DockSignal.OtherNode => $"is not sent from {terms.Node}.",
            DockSignal.VoidLabel => "has a label that was given up: print its new one, or buy one.",
            DockSignal.NoLabel => "has no label.",
            DockSignal.OtherCarrier => $"is not for {terms.Carrier}.",
            DockSignal.OtherManifest => "is on another open manifest: take it off there first.",
            DockSignal.Stopped => scan.Order is { } order
                ? $"must not leave: its order says {Words<FulfilStatus>.Of(order)}." : "is not sent any more.",
        };
        return says is null ? null : Problem.Conflict(Words<DockSignal>.Of(signal), $"{what} {says}");
    }

    /// <summary>A scan as it is shown.</summary>
    public static DockScanBody Body(this DockScan s, int? scanned = null) => new(
        s.Number, s.Id, s.Code, s.Parcel, s.Out, s.Signal is { } signal ? Words<DockSignal>.Of(signal) : null,
        s.Order is { } order ? Words<FulfilStatus>.Of(order) : null, s.By, s.At, scanned);

    /// <summary>A manifest as it is shown; <paramref name="due"/>: what should be on it while it is open.</summary>
    public static ManifestBody Body(this ManifestSheet m, string manifest, long revision, IReadOnlyList<string> due)
    {
        var on = m.Parcels.Select(p => p.Parcel).ToHashSet(StringComparer.Ordinal);
        return new(
            manifest, m.Terms.Node, m.Terms.Carrier, m.Terms.Account, m.Terms.Day, Words<ManifestStatus>.Of(m.Status),
            m.Parcels.Sum(p => p.Grams),
            [
                .. m.Parcels.Select(p => new DockParcelBody(
                    p.Parcel, p.Order, p.TrackingNumber, p.Service, p.Grams, p.HasLeft == true)),
            ],
            m.Close is { } close ? close.Missing : [.. due.Where(d => !on.Contains(d)).Order(StringComparer.Ordinal)],
            m.Close is { } closed ? closed.Extra : [.. on.Except(due).Order(StringComparer.Ordinal)],
            [.. m.Stops.Select(s => new DockStopBody(s.Parcel, s.TrackingNumber, Of(s.Reason), s.At))],
            [
                .. m.Scans.Where(s => s.Signal is not (null or DockSignal.On or DockSignal.Off)).TakeLast(MostWrong)
                    .Select(s => s.Body()),
            ],
            m.Close?.Override, m.Carrier is { } told ? Body(told, m, manifest) : null, m.OpenedAt, m.By, m.Close?.By,
            m.ClosedAt, revision);
    }

    static CarrierManifestBody Body(CarrierManifest told, ManifestSheet m, string manifest)
    {
        var isOpen = m.ClosedAt is null || told.Status is not null;
        return new(
            told.Number, told.Status is { } status ? Words<CarrierStatus>.Of(status)
                : isOpen ? null : told.Unknown ? "unclear" : "not-told",
            told.Id, told.Form?.Length, told.Refusal?.Code, told.Refusal?.Says, told.Trouble,
            isOpen ? null : told.Unknown ? Unclear(told, m.Terms.Carrier, manifest)
                : $"Give the driver our own form. To have {m.Terms.Carrier} told, close it again under a new id.");
    }

    static string Unclear(CarrierManifest told, string carrier, string manifest) =>
        $"Nobody knows whether {carrier} has manifest {manifest}, and he cannot be asked: look it up with him. Where he"
        + $" has it not, close it again under a new id with untold {told.Number}.";

    /// <summary>Why a parcel does not leave, as a word.</summary>
    public static string Of(StopReason reason) => reason switch
    {
        { Order: { } order } => Words<FulfilStatus>.Of(order),
        { Bench: { } bench } => Words<PackReplyStatus>.Of(bench),
        { Parcel: { } parcel } => Words<ParcelReplyStatus>.Of(parcel),
        _ => "unknown",
    };

    /// <summary>A manifest in a list.</summary>
    public static ManifestListBody Body(ManifestRow r) => new(
        r.Id, r.Node, r.Carrier, DateOnly.FromDayNumber((int)r.Day), r.Status, r.Parcels,
        DateTimeOffset.FromUnixTimeMilliseconds(r.OpenedAt),
        r.ClosedAt > 0 ? DateTimeOffset.FromUnixTimeMilliseconds(r.ClosedAt) : null);
}
