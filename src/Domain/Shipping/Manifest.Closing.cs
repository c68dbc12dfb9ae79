using System.Collections.Immutable;
using System.Diagnostics;
using Fulfillment.Intake;
using Fulfillment.Ordering;

namespace Fulfillment.Shipping;

// Closing: what is on it leaves, each parcel by itself, and then the carrier is told of those that have left.
public sealed partial record Manifest
{
    const int FirstSeconds = 10, MostDoublings = 11;

    static Decision<ManifestEvent> Close(Manifest manifest, ManifestCommand.Close c, Turn turn)
    {
        if (manifest.Sheet is not { } s) return manifest.Answer(DockStatus.UnknownManifest);
        Operation by = new(c.Id, c.Untold is null ? Fingerprint.Of("close", c.Override)
            : Fingerprint.Of("close", c.Override, $"{c.Untold}"));
        if (manifest.Operations.Repeats(by) is { } same)
            return manifest.Answer(same ? DockStatus.AlreadyDone : DockStatus.DifferentContent);
        if (s is { ClosedAt: not null, Carrier: { Status: null or CarrierStatus.Refused } told })
            return manifest.TellAgain(c, told, by, turn);
        if (s.Close is not null) return manifest.Answer(DockStatus.Closed);
        if (s.Scans.Any(x => x.Signal is null)) return manifest.Answer(DockStatus.Busy);
        var on = s.Parcels.Select(p => p.Parcel).ToHashSet(StringComparer.Ordinal);
        ImmutableArray<string> missing = Sorted(c.Due.Where(p => !on.Contains(p)));
        ImmutableArray<string> extra = Sorted(on.Except(c.Due));
        if (c.Override is null && !(missing.IsEmpty && extra.IsEmpty))
            return new(new DockReply(
                DockStatus.Mismatch, s, manifest.Version, Missing: missing, Extra: extra));

        ManifestEvent.ManifestClosing closing = new(
            by, missing, extra, missing.IsEmpty && extra.IsEmpty ? null : c.Override, c.By, c.From, turn.Now);
        return on.Count > 0 ? manifest.After(DockStatus.Done, null, closing)
            : manifest.After(
                DockStatus.Done, null, closing,
                new ManifestEvent.ManifestClosed(null, null, null, null, turn.Now));
    }

    /// <summary>
    /// The carrier has it not, or (not told for sure) may have it under that number, and knows it again by that.
    /// </summary>
    Decision<ManifestEvent> TellAgain(ManifestCommand.Close c, CarrierManifest told, Operation by, Turn turn)
    {
        if (told.Unknown && c.Untold != told.Number) return Answer(DockStatus.Unclear);
        var isOther = told.Unknown || told.Nothing || told.Status is not null;
        if ((told.Status is not null && told.Number >= MaxTries) || told.Step >= MaxTells)
            return Answer(DockStatus.TooMany);
        return After(DockStatus.Done, null, new ManifestEvent.CarrierTold(
            isOther ? told.Number + 1 : told.Number, told.Step + 1, by, turn.Now));
    }

    static ImmutableArray<string> Sorted(IEnumerable<string> parcels) =>
        [.. parcels.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>A parcel lost its label before its scan was answered: another label helps, or none does.</summary>
    static ManifestEvent.ScanAnswered Unlabelled(int scan, StopReason why) =>
        why.Order is { } order && order != FulfilStatus.OtherAddress ? new(scan, DockSignal.Stopped, null, order)
            : new(scan, DockSignal.VoidLabel, null);

    IEnumerable<ManifestEvent> Noted(ManifestCommand.NoteParcel c, Turn turn)
    {
        // Told before the parcel's own answer to that scan.
        if (c.Number is { } number && ScanOf(number) is { Signal: null } && Sheet!.Parcels.All(p => p.Scan != number))
            yield return Unlabelled(number, c.Reason);
        if (Sheet?.Parcels.FirstOrDefault(p => p.Parcel == c.Parcel) is not { HasLeft: null } on
            || c.Number is { } scan && on.Scan != scan) yield break;
        ManifestEvent.ParcelDone done = new(c.Parcel, c.HasLeft, c.Reason, turn.Now);
        yield return done;
        // Its order is still asked: that does not matter any more, and the same told twice does not bring it back.
        if (c.Number is { } asked && ScanOf(asked)!.Signal is null)
            yield return Unlabelled(asked, c.Reason);
        if (Sheet.Close is null) yield break;
        var after = Apply(done).Sheet!;
        if (after.Parcels.Any(p => p.HasLeft is null)) yield break;
        yield return after.Parcels.IsEmpty ? new ManifestEvent.ManifestClosed(null, null, null, null, turn.Now)
            : new ManifestEvent.CarrierTold(1, 1, At: turn.Now);
    }

    IEnumerable<ManifestEvent> Noted(ManifestCommand.NoteCarrier c, Turn turn)
    {
        if (Sheet is not { Carrier: { Status: null } told } || told.Step != c.Step) yield break;
        var isOver = c.Answer.Unknown || told.Step >= MaxTells
            || turn.Now - (told.Since ?? Sheet.Close!.At) >= TellFor;
        if (c.Answer.Status is { } status)
            yield return new ManifestEvent.ManifestClosed(
                status, c.Answer.Number, c.Answer.Form, c.Answer.Refusal, turn.Now);
        else if (Sheet.ClosedAt is not null)
            yield break;
        else if (isOver)
            yield return new ManifestEvent.ManifestClosed(
                null, null, null, null, turn.Now, c.Answer.Why ?? "", c.Answer.Unknown);
        else
            yield return new ManifestEvent.CarrierUnclear(
                c.Answer.Why ?? "",
                turn.Now + TimeSpan.FromSeconds(FirstSeconds << Math.Min(told.Step, MostDoublings)),
                c.Answer.Nothing);
    }

    IEnumerable<ManifestEvent> AskAgain(ManifestCommand.AskAgain c)
    {
        if (Sheet is { ClosedAt: null, Carrier: { Status: null } told } && told.Step == c.Step)
            yield return new ManifestEvent.CarrierTold(told.Nothing ? told.Number + 1 : told.Number, told.Step + 1);
    }

    /// <summary>The manifest after what happened at its closing, or to a parcel of it.</summary>
    Manifest Closing(ManifestEvent happened) => happened switch
    {
        ManifestEvent.ManifestClosing e => Remember(e.Operation) with
        {
            Sheet = Sheet! with
            {
                Close = new(e.Operation.Id, e.By, e.At, e.Missing, e.Extra, e.Override, e.From),
            },
        },
        ManifestEvent.ParcelDone { HasLeft: true } e => this with
        {
            Sheet = Sheet! with
            {
                Parcels = [.. Sheet.Parcels.Select(p => p.Parcel == e.Parcel ? p with { HasLeft = true } : p)],
            },
        },
        ManifestEvent.ParcelDone e => this with
        {
            Sheet = Sheet! with
            {
                Parcels = Sheet.Parcels.RemoveAll(p => p.Parcel == e.Parcel),
                Stops = Sheet.Stops.Add(new(
                    e.Parcel, Sheet.Parcels.First(p => p.Parcel == e.Parcel).TrackingNumber, e.Reason, e.At)),
            },
        },
        ManifestEvent.CarrierTold e => Remember(e.Operation) with
        {
            Sheet = Sheet! with
            {
                Carrier = new(
                    e.Number, e.Step, Trouble: Sheet.Carrier?.Trouble, Since: e.At ?? Sheet.Carrier?.Since),
                ClosedAt = null,
            },
        },
        ManifestEvent.CarrierUnclear e => this with
        {
            Sheet = Sheet! with { Carrier = Sheet.Carrier! with { Trouble = e.Why, Nothing = e.Nothing } },
        },
        ManifestEvent.ManifestClosed e => this with
        {
            Sheet = Sheet! with
            {
                ClosedAt = e.At,
                Carrier = Sheet.Carrier is null ? null : Sheet.Carrier with
                {
                    Status = e.Status,
                    Id = e.Id,
                    Form = e.Form,
                    Refusal = e.Refusal,
                    Trouble = e.Untold,
                    Unknown = e.Unknown,
                },
            },
        },
        _ => throw new UnreachableException(),
    };

    Send[] ToldAtClose(ManifestEvent happened, Turn turn) => happened switch
    {
        ManifestEvent.ManifestClosing e =>
        [
            .. Sheet!.Parcels.Select(p => new Send(
                turn.Self.Sibling(ParcelCalls.Kind, p.Parcel),
                new ParcelCommand.Leave($"manifest/{turn.Self.Name}", turn.Self.Name, e.By))),
        ],
        ManifestEvent.CarrierTold e => [Call(e, turn)],
        ManifestEvent.CarrierUnclear e =>
            [new(turn.Self, new ManifestCommand.AskAgain(Sheet!.Carrier!.Step), e.AskAt)],
        _ => [],
    };

    Send Call(ManifestEvent.CarrierTold e, Turn turn) => new(
        new(ParcelCalls.LabelsOf(Sheet!.Terms.Carrier), ""),
        new LabelCall.Close(
            turn.Self.Key, e.Number, Sheet.Terms.Carrier, Sheet.Close!.From, Sheet.Terms.Day,
            [.. Sheet.Parcels.Select(p => p.TrackingNumber)])
        {
            Step = e.Step,
        });
}
