using System.Collections.Immutable;
using System.Diagnostics;
using Fulfillment.Intake;
using Fulfillment.Ordering;

namespace Fulfillment.Shipping;

/// <summary>
/// What one carrier takes from one node on one day: scanned at the dock, compared with what is due, and handed over.
/// Which manifest a parcel is on is the parcel's to say, so that it is on one at most; whether its goods may leave is
/// its order's, once when it is scanned and again when it leaves.
/// </summary>
/// <param name="Sheet">The manifest as callers see it; null until it is opened.</param>
/// <param name="Operations">Changes by the caller's id.</param>
/// <param name="Version">Events so far.</param>
public sealed partial record Manifest(ManifestSheet? Sheet, ImmutableArray<Operation> Operations, long Version)
    : IEntity<Manifest, ManifestCommand, ManifestEvent>
{
    /// <summary>The most parcels of a manifest.</summary>
    public const int MaxParcels = 1_000;

    /// <summary>The most scans of a manifest, right or wrong.</summary>
    public const int MaxScans = 4_000;

    /// <summary>How often a carrier who refuses is tried again.</summary>
    public const int MaxTries = 20;

    /// <summary>The most questions to the carrier of one manifest.</summary>
    public const int MaxTells = 400;

    /// <summary>
    /// How long a carrier who does not answer is told: then it is closed without him, and who wants has him told again.
    /// </summary>
    public static readonly TimeSpan TellFor = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public static Manifest Initial { get; } = new(null, [], 0);

    /// <inheritdoc/>
    public static Decision<ManifestEvent> Decide(Manifest manifest, ManifestCommand command, Turn turn) =>
        command switch
        {
            ManifestCommand.Open c => Open(manifest, c, turn),
            ManifestCommand.Scan c => Scan(manifest, c, turn),
            ManifestCommand.Close c => Close(manifest, c, turn),
            ManifestCommand.Get => manifest.Answer(Found(manifest)),
            ManifestCommand.GetSettled => manifest.Sheet?.IsSettled == false ? new(null)
                : manifest.Answer(Found(manifest)),
            ManifestCommand.NoteBoard c => new(Done.It, [.. manifest.Noted(c)]),
            ManifestCommand.NoteOrder c => new(Done.It, [.. manifest.Noted(c)]),
            ManifestCommand.NoteParcel c => new(Done.It, [.. manifest.Noted(c, turn)]),
            ManifestCommand.NoteCarrier c => new(Done.It, [.. manifest.Noted(c, turn)]),
            ManifestCommand.AskAgain c => new(Done.It, [.. manifest.AskAgain(c)]),
            _ => throw new UnreachableException(),
        };

    static DockStatus Found(Manifest manifest) =>
        manifest.Sheet is null ? DockStatus.UnknownManifest : DockStatus.Done;

    static Decision<ManifestEvent> Open(Manifest manifest, ManifestCommand.Open c, Turn turn) =>
        manifest.Sheet is { } sheet
            ? manifest.Answer(sheet.Terms with { Account = c.Terms.Account } == c.Terms ? DockStatus.AlreadyDone
                : DockStatus.DifferentContent)
            : manifest.After(DockStatus.Done, null, new ManifestEvent.ManifestOpened(c.Terms, c.By, turn.Now));

    static Decision<ManifestEvent> Scan(Manifest manifest, ManifestCommand.Scan c, Turn turn)
    {
        if (manifest.Sheet is not { } s) return manifest.Answer(DockStatus.UnknownManifest);
        Operation by = new(c.Id, Fingerprint.Of("scan", c.Code, $"{c.Out}"));
        if (manifest.Operations.Repeats(by) is { } same)
            return manifest.Answer(
                same ? DockStatus.AlreadyDone : DockStatus.DifferentContent,
                s.Scans.FirstOrDefault(x => x.Id == c.Id)?.Number);
        if (s.Close is not null) return manifest.Answer(DockStatus.Closed);
        if (s.Scans.Length >= MaxScans) return manifest.Answer(DockStatus.TooMany);
        var number = s.Scans.Length + 1;
        var signal = manifest.Signal(c);
        return manifest.After(
            signal is null or DockSignal.Off ? DockStatus.Done : DockStatus.Signalled, number,
            new ManifestEvent.CodeScanned(
                by, number, c.Code, c.Parcel, c.TrackingNumber, c.Out, c.By, turn.Now, signal));
    }

    /// <summary>What is known here of a scan; null: its parcel has to be asked.</summary>
    DockSignal? Signal(ManifestCommand.Scan c)
    {
        if (c.Parcel is not { } parcel) return DockSignal.UnknownParcel;
        var isOn = Sheet!.Parcels.Any(p => p.Parcel == parcel);
        if (c.Out)
            return isOn ? DockSignal.Off
                : Sheet.Scans.Any(s => s.Parcel == parcel && s.Signal == DockSignal.Off) ? DockSignal.ScannedTwice
                : DockSignal.NotOnManifest;
        if (isOn || Sheet.Scans.Any(s => s.Parcel == parcel && s.Signal is null)) return DockSignal.ScannedTwice;
        return Sheet.Parcels.Length + Sheet.Scans.Count(s => s.Signal is null) >= MaxParcels ? DockSignal.Full : null;
    }

    IEnumerable<ManifestEvent> Noted(ManifestCommand.NoteBoard c)
    {
        if (ScanOf(c.Number) is not { } scan) yield break;
        if (scan.Signal is not null)
        {
            // The question came to the parcel once more, and it thinks otherwise now.
            if (c.Status == ParcelReplyStatus.Done && scan.Signal != DockSignal.On && scan.Stopped is null)
                yield return new ManifestEvent.BoardUndone(c.Number);
        }
        else if (c is { Status: ParcelReplyStatus.Done or ParcelReplyStatus.AlreadyDone, Goods: { } goods })
        {
            // Told before: it is on it, or has been taken off since.
            if (!scan.Boarded && Sheet!.Parcels.All(p => p.Scan != c.Number))
                yield return new ManifestEvent.ScanBoarded(c.Number, goods);
        }
        else
        {
            yield return new ManifestEvent.ScanAnswered(
                c.Number, SignalOf(c.Status), null, c.Status == ParcelReplyStatus.Cancelled ? c.Order : null);
        }
    }

    static DockSignal SignalOf(ParcelReplyStatus status) => status switch
    {
        ParcelReplyStatus.UnknownParcel => DockSignal.UnknownParcel,
        ParcelReplyStatus.Cancelled => DockSignal.Stopped,
        ParcelReplyStatus.HandedOver or ParcelReplyStatus.Leaving => DockSignal.HandedOver,
        ParcelReplyStatus.LabelUnderWay or ParcelReplyStatus.NoLabel => DockSignal.NoLabel,
        ParcelReplyStatus.TooMany => DockSignal.Full,
        ParcelReplyStatus.OtherNode => DockSignal.OtherNode,
        ParcelReplyStatus.OtherCarrier => DockSignal.OtherCarrier,
        ParcelReplyStatus.OtherManifest => DockSignal.OtherManifest,
        // Done before, and its label is gone since.
        ParcelReplyStatus.VoidLabel or ParcelReplyStatus.Done or ParcelReplyStatus.AlreadyDone => DockSignal.VoidLabel,
        ParcelReplyStatus.DifferentContent or ParcelReplyStatus.AlreadyLabelled or ParcelReplyStatus.UnknownCase
            or ParcelReplyStatus.CaseClosed => throw new UnreachableException(),
    };

    IEnumerable<ManifestEvent> Noted(ManifestCommand.NoteOrder c)
    {
        if (ScanOf(c.Number) is not { Signal: null }) yield break;
        // Its label was given up meanwhile, or somebody has taken it off.
        if (Sheet!.Parcels.All(p => p.Scan != c.Number))
        {
            yield return new ManifestEvent.ScanAnswered(c.Number, DockSignal.VoidLabel, null);
            yield break;
        }

        yield return c.Status == FulfilStatus.Done ? new ManifestEvent.ScanAnswered(c.Number, DockSignal.On, null)
            : new ManifestEvent.ScanAnswered(c.Number, DockSignal.Stopped, c.Status);
    }

    DockScan? ScanOf(int number) =>
        Sheet is { } s && number >= 1 && number <= s.Scans.Length ? s.Scans[number - 1] : null;

    /// <inheritdoc/>
    public static Manifest Evolve(Manifest before, ManifestEvent happened) =>
        before.Apply(happened) with { Version = before.Version + 1 };

    Manifest Apply(ManifestEvent happened) => happened switch
    {
        ManifestEvent.ManifestOpened e => this with { Sheet = new(e.Terms, e.At, e.By, [], [], []) },
        ManifestEvent.CodeScanned e => Remember(e.Operation) with { Sheet = Scanned(e) },
        ManifestEvent.ScanBoarded e => this with
        {
            Sheet = Sheet! with
            {
                Scans = Sheet.Scans.SetItem(e.Scan - 1, Sheet.Scans[e.Scan - 1] with { Boarded = true }),
                Parcels = Sheet.Parcels.Add(new(
                    Sheet.Scans[e.Scan - 1].Parcel!, e.Scan, e.Goods.Order, e.Goods.TrackingNumber,
                    e.Goods.Service, e.Goods.Grams)),
            },
        },
        ManifestEvent.ScanAnswered e => this with
        {
            Sheet = Sheet! with
            {
                Scans = Sheet.Scans.SetItem(
                    e.Scan - 1, Sheet.Scans[e.Scan - 1] with
                    {
                        Signal = e.Signal,
                        Stopped = e.Stopped,
                        Withdrawn = e.Withdrawn,
                    }),
                Parcels = e.Signal == DockSignal.On ? Sheet.Parcels : Sheet.Parcels.RemoveAll(p => p.Scan == e.Scan),
            },
        },
        ManifestEvent.BoardUndone => this,
        _ => Closing(happened),
    };

    ManifestSheet Scanned(ManifestEvent.CodeScanned e) => Sheet! with
    {
        Scans = Sheet.Scans.Add(new(
            e.Number, e.Operation.Id, e.Code, e.Parcel, e.Out, e.By, e.At, e.Signal)),
        Parcels = e.Signal == DockSignal.Off ? Sheet.Parcels.RemoveAll(p => p.Parcel == e.Parcel) : Sheet.Parcels,
    };

    Manifest Remember(Operation? operation) =>
        operation is { } by ? this with { Operations = Operations.Add(by) } : this;

    /// <inheritdoc/>
    public static Send[] React(Manifest manifest, ManifestEvent happened, Turn turn) => happened switch
    {
        ManifestEvent.CodeScanned { Signal: null } e =>
        [
            new(turn.Self.Sibling(ParcelCalls.Kind, e.Parcel!), new ParcelCommand.Board(
                turn.Self.Name, e.Number, manifest.Sheet!.Terms.Node, manifest.Sheet.Terms.Carrier, e.TrackingNumber)),
        ],
        ManifestEvent.CodeScanned { Signal: DockSignal.Off } e => [manifest.Unboard(e.Number, null, turn)],
        ManifestEvent.ScanBoarded e =>
        [
            new(turn.Self.Sibling(OrderingCalls.Kind, e.Goods.Order),
                new OrderCommand.MayLeave(e.Goods.Fulfilment, e.Goods.Lines, e.Scan)),
        ],
        ManifestEvent.ScanAnswered { Stopped: { } stopped } e => [manifest.Unboard(e.Scan, stopped, turn)],
        ManifestEvent.BoardUndone e => [manifest.Unboard(e.Scan, null, turn)],
        _ => manifest.ToldAtClose(happened, turn),
    };

    Send Unboard(int scan, FulfilStatus? stopped, Turn turn) => new(
        turn.Self.Sibling(ParcelCalls.Kind, Sheet!.Scans[scan - 1].Parcel!),
        new ParcelCommand.Unboard(turn.Self.Name, scan, stopped));

    /// <inheritdoc/>
    public static ManifestCommand? OnReply(Send asked, object reply) => (asked.Command, reply) switch
    {
        (ParcelCommand.Board c, ParcelReply r) => new ManifestCommand.NoteBoard(
            c.Scan, r.Status, r.Parcel is { } parcel ? DockGoods.Of(parcel) : null, StoppedBy(r)),
        (OrderCommand.MayLeave c, FulfilReply r) => new ManifestCommand.NoteOrder(c.For, r.Status),
        // Where it is begun, or was before, the parcel tells what comes of it.
        (ParcelCommand.Leave, ParcelReply { Status: ParcelReplyStatus.Done or ParcelReplyStatus.AlreadyDone }) => null,
        (ParcelCommand.Leave, ParcelReply r) =>
            new ManifestCommand.NoteParcel(
                asked.To.Name, false, StoppedBy(r) is { } order ? new(order) : new(Parcel: r.Status)),
        (LabelCall.Close c, CarrierCloseAnswer a) => new ManifestCommand.NoteCarrier(c.Step, a),
        _ => null,
    };

    /// <summary>What the order of a parcel says that has no label for that; null for another reason.</summary>
    static FulfilStatus? StoppedBy(ParcelReply r) =>
        r.Status is ParcelReplyStatus.Cancelled or ParcelReplyStatus.NoLabel or ParcelReplyStatus.VoidLabel
            && r.Parcel is { Label: null } p && p.Labels.LastOrDefault() is { GivenUp: true, Stopped: { } order }
            ? order : null;

    /// <inheritdoc/>
    public static string? Check(Manifest manifest, ManifestEvent? last)
    {
        if (manifest.Sheet is not { } s) return null;
        if (s.Parcels.GroupBy(p => p.Parcel).FirstOrDefault(g => g.Count() > 1) is { } twice)
            return $"parcel {twice.Key} is on it twice";
        if (s.Parcels.FirstOrDefault(p => s.Stops.Any(x => x.Parcel == p.Parcel) && p.HasLeft == true) is { } both
            && s.ClosedAt is not null && s.Close!.At < s.Stops.Last(x => x.Parcel == both.Parcel).At)
            return $"parcel {both.Parcel} has left and was stopped";
        return s.ClosedAt is not null && s.Parcels.Any(p => p.HasLeft is null) ? "it is closed before its parcels left"
            : null;
    }

    Decision<ManifestEvent> Answer(DockStatus status, int? scan = null) => new(new DockReply(
        status, Sheet, Version, scan));

    Decision<ManifestEvent> After(DockStatus status, int? scan, params ManifestEvent[] events)
    {
        var after = events.Aggregate(this, Evolve);
        return new(new DockReply(status, after.Sheet, after.Version, scan), events);
    }
}
