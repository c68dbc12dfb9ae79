using System.Collections.Immutable;
using System.Diagnostics;
using Fulfillment.Intake;
using Fulfillment.Ordering;
using Fulfillment.Warehousing;

namespace Fulfillment.Packing;

/// <summary>
/// The packing of a fulfilment order at a bench. Each right scan moves its units into a box at once, exactly once, and
/// the box has in it what the SKU says went in; a wrong one changes nothing and is remembered. From its beginning the
/// order ships by the boxes that are closed here, and nothing else.
/// </summary>
/// <param name="Sheet">The job as callers see it; null until somebody begins.</param>
/// <param name="Operations">All changes; when there are too many, no more are made.</param>
/// <param name="Version">Events so far.</param>
public sealed partial record PackJob(PackSheet? Sheet, ImmutableArray<Operation> Operations, long Version)
    : IEntity<PackJob, PackCommand, PackEvent>
{
    /// <summary>The most changes of a job: right scans, boxes, doubts and who packs.</summary>
    public const int MaxOperations = 5_000;

    /// <summary>So many more changes bring a job to its end: what comes out, closes, is decided or given up.</summary>
    public const int MaxEnding = 2_000;

    /// <summary>Wrong scans that are remembered; later ones are wrong, too, and leave no trace.</summary>
    public const int MaxFaults = 1_000;

    /// <summary>The most boxes of a job at once; those that were refused or thrown away do not count.</summary>
    public const int MaxBoxes = 200;

    /// <summary>
    /// By how much the scales may differ from what the goods and the box weigh: a twentieth, and never less than this.
    /// </summary>
    public const int WeightMarginGrams = 50;

    /// <inheritdoc/>
    public static PackJob Initial { get; } = new(null, [], 0);

    /// <inheritdoc/>
    public static Decision<PackEvent> Decide(PackJob job, PackCommand command, Turn turn) => command switch
    {
        PackCommand.Begin c => Begin(job, c, turn),
        PackCommand.OpenBox c => job.Change(
            c.Id, ContentOf("open", c.By, c.Station, c.Kind, c.Lpn, $"{c.Box}"), c.Sight, turn,
            (s, by) => OpenBox(s, c, by, turn)),
        PackCommand.Scan c => Brief(
            job.Change(c.Id, ContentOf(c), c.Sight, turn, (s, by) => Scan(s, c, by, turn)), c.Box, c.Sku),
        PackCommand.CloseBox c => job.Change(
            c.Id, ContentOf("close", c.By, c.Station, $"{c.Box}", $"{c.WeightGrams}", $"{c.Confirmed}"), c.Sight, turn,
            (s, by) => CloseBox(s, c, by, turn)),
        PackCommand.ReopenBox c => job.Change(
            c.Id, ContentOf("reopen", c.By, c.Station, $"{c.Box}"), c.Sight, turn,
            (s, by) => ReopenBox(s, c, by, turn)),
        PackCommand.DiscardBox c => job.Change(
            c.Id, ContentOf("discard", c.By, c.Station, $"{c.Box}"), c.Sight, turn, (s, by) => DiscardBox(s, c, by)),
        PackCommand.ReportDoubt c => job.Change(c.Id, ContentOf(c), c.Sight, turn, (s, by) => Doubt(s, c, by, turn)),
        PackCommand.DecideDoubt c => job.Change(
            c.Id, ContentOf("decide", c.By, $"{c.Doubt}", $"{c.Outcome}"), c.Sight, turn,
            (s, by) => DecideDoubt(s, c, by, turn)),
        PackCommand.ShipBoxes c => job.Change(
            c.Id, ContentOf(c), c.Sight, turn, (s, by) => ShipBoxes(s, c, by), WasRefused(job, c.Id)),
        PackCommand.GiveUp c => job.Change(
            c.Id, ContentOf("give-up", c.By, c.Station), c.Sight, turn, (s, by) => GiveUp(s, c, by, turn)),
        PackCommand.See c => job.Sheet is null ? job.Answer(PackReplyStatus.UnknownJob)
            : job.Conclude(job.Seen(c.Sight, turn), PackReplyStatus.Done),
        PackCommand.NoteOrder c => job.Sheet is null ? new(Done.It)
            : new(Done.It, job.Conclude(job.Seen(c.Sight, turn, isTold: true), PackReplyStatus.Done).Events),
        PackCommand.Get => job.Answer(Found(job)),
        PackCommand.GetBox c => Brief(job.Answer(Found(job)), c.Box, c.Sku),
        PackCommand.GetScan c => job.AskedScan(c),
        PackCommand.GetSettled => job.Sheet?.IsSettled == false ? new(null) : job.Answer(Found(job)),
        _ => Note(job, command, turn),
    };

    static PackReplyStatus Found(PackJob job) => job.Sheet is null ? PackReplyStatus.UnknownJob : PackReplyStatus.Done;

    static Decision<PackEvent> Begin(PackJob job, PackCommand.Begin c, Turn turn)
    {
        Operation by = new(c.Id, ContentOf("begin", c.By, c.Station, $"{c.TakeOver}"));
        if (job.Operations.Repeats(by) is { } same)
            return job.Answer(same ? PackReplyStatus.AlreadyDone : PackReplyStatus.DifferentContent);
        var s = job.Sheet;
        if (s is { GivenUp: true, Ended: null }) return job.Answer(PackReplyStatus.Busy);
        if (s is null || (s.Started is not null && !s.IsBegun))
        {
            return job.Make(new PackEvent.JobBegun(
                by, c.By, c.Station, c.Terms, c.Sight, (s?.Attempt ?? 0) + 1, turn.Now));
        }

        if (s.Packer == c.By && s.Station == c.Station) return job.Answer(PackReplyStatus.AlreadyDone);
        if (!c.TakeOver)
            return job.Answer(s.Packer != c.By ? PackReplyStatus.PackedByAnother : PackReplyStatus.OtherStation);
        return job.Make(new PackEvent.JobTakenOver(by, c.By, c.Station, turn.Now));
    }

    Decision<PackEvent> Make(PackEvent happened) =>
        IsFull(happened) ? Answer(PackReplyStatus.TooManyChanges) : Conclude([happened], PackReplyStatus.Done);

    /// <summary>
    /// As many changes were made as may be before one like this. What brings the job to its end has room of its own;
    /// to open boxes again and to take over, which do not, are left a part of it.
    /// </summary>
    bool IsFull(PackEvent happened) =>
        Operations.Length >= MaxOperations && Operations.Length - Faults >= happened switch
        {
            PackEvent.ScanRefused => int.MaxValue,
            PackEvent.BoxesLeaving => MaxOperations + MaxEnding + MaxBoxes,
            PackEvent.UnitsScanned { Out: true } or PackEvent.BoxClosed or PackEvent.BoxDiscarded
                or PackEvent.DoubtDecided or PackEvent.JobGivenUp => MaxOperations + MaxEnding,
            PackEvent.BoxReopened or PackEvent.JobTakenOver => MaxOperations + (MaxEnding / 4),
            _ => MaxOperations,
        };

    int Faults => Sheet?.Scans.Count(s => s.Fault is not null) ?? 0;

    /// <summary>What every change has in common: repeats, what the order has become, how many are remembered.</summary>
    Decision<PackEvent> Change(
        string id, long content, PackSight? sight, Turn turn,
        Func<PackSheet, Operation, (PackReplyStatus, PackEvent?)> decide, bool anew = false)
    {
        if (Sheet is null) return Answer(PackReplyStatus.UnknownJob);
        Operation by = new(id, content);
        if (Operations.Repeats(by) is { } same && !(same && anew))
            return same ? Again(id) : Answer(PackReplyStatus.DifferentContent);
        var seen = Seen(sight, turn);
        var now = seen.Aggregate(this, Evolve);
        var (status, happened) = now.Sheet!.Started is null ? (PackReplyStatus.Starting, null)
            : now.Sheet.GivenUp ? (PackReplyStatus.GivenUp, null)
            : !now.Sheet.IsBegun ? (PackReplyStatus.Dropped, null) : decide(now.Sheet, by);
        if (happened is not null && IsFull(happened)) (status, happened) = (PackReplyStatus.TooManyChanges, null);
        return happened is PackEvent.ScanRefused wrong && Faults >= MaxFaults
            ? Conclude(seen, status, Of(wrong) with { Number = 0 })
            : Conclude(happened is null ? seen : seen.Add(happened), status);
    }

    /// <summary>What the order would not let go may be asked for again, under the same id.</summary>
    static bool WasRefused(PackJob job, string ship) => job.Sheet?.Ships.LastOrDefault(s => s.Id == ship)
        is { Status: not (null or FulfilStatus.Done or FulfilStatus.AlreadyDone) };

    /// <summary>A repeated scan has the answer that it had, and a shipment too.</summary>
    Decision<PackEvent> Again(string id)
    {
        var scan = Sheet!.Scans.FirstOrDefault(s => s.Id == id);
        return new(new PackReply(
            scan?.Fault is null ? PackReplyStatus.AlreadyDone : PackReplyStatus.Wrong, Sheet, Version, scan?.Box,
            scan?.Number, Ship: Sheet.Ships.LastOrDefault(s => s.Id == id)?.Number, Said: scan));
    }

    /// <summary>A scan once its SKU has answered; null before.</summary>
    Decision<PackEvent> AskedScan(PackCommand.GetScan c)
    {
        if (Sheet is null || c.Number < 1 || c.Number > Sheet.Scans.Length) return Answer(PackReplyStatus.UnknownJob);
        var scan = Sheet.Scans[c.Number - 1];
        return scan.IsAsked ? new(null) : Brief(
            new(new PackReply(PackReplyStatus.Done, Sheet, Version, scan.Box, scan.Number, Said: scan)), scan.Box,
            scan.Sku);
    }

    /// <summary>Who scans is told what a scan changes, and not all of the job.</summary>
    static Decision<PackEvent> Brief(Decision<PackEvent> decision, int box, string sku)
    {
        var reply = (PackReply)decision.Reply!;
        return reply is not { Sheet: { } sheet, Status: not PackReplyStatus.Dropped } ? decision
            : decision with { Reply = reply with { Sheet = null, News = sheet.News(box, sku) } };
    }

    /// <summary>
    /// What the order has become since it was seen last. Doubts whose hold somebody has released are over. What the
    /// order tells by itself is kept also where it says the same: what it told before may come after it.
    /// </summary>
    ImmutableArray<PackEvent> Seen(PackSight? sight, Turn turn, bool isTold = false)
    {
        var known = Sheet!.Sight;
        var now = sight?.Version > known.Version ? sight : known;
        var events = ImmutableArray.CreateBuilder<PackEvent>();
        if (!now.Says(known) || (isTold && now.Version > known.Version)) events.Add(new PackEvent.OrderSeen(now));
        events.AddRange(
            from d in Sheet.Doubts
            where d.HeldAs is HoldStatus.Done or HoldStatus.AlreadyDone && d.Outcome is null
                && now.Version > d.HeldVersion && !now.Holds.Contains(d.Hold)
            select new PackEvent.DoubtDecided(null, d.Number, DoubtOutcome.Good, "order", turn.Now));
        return events.ToImmutable();
    }

    /// <summary>What follows of itself: intercepts that the bench can answer, and whether all is packed.</summary>
    Decision<PackEvent> Conclude(
        ImmutableArray<PackEvent> events, PackReplyStatus status, PackScan? said = null)
    {
        var after = events.Aggregate(this, Evolve);
        var s = after.Sheet!;
        if (s.IsBegun)
        {
            var open = s.Sight.Intercepts.Except(s.Stopped).ToList();
            if (open.Count > 0 && s.Tally().IsWithin(s.Sight))
                events = events.AddRange(open.Select(i => new PackEvent.InterceptStopped(i)));
            var isPacked = s.Status == PackJobStatus.Packed;
            if (isPacked != s.Told) events = events.Add(new PackEvent.PackedTold(isPacked));
        }

        return After(status, events, said);
    }

    Decision<PackEvent> Answer(PackReplyStatus status) => new(new PackReply(status, Sheet, Version));

    Decision<PackEvent> After(PackReplyStatus status, ImmutableArray<PackEvent> events, PackScan? said)
    {
        var after = events.Aggregate(this, Evolve);
        PackReply reply = new(status, after.Sheet, after.Version, said?.Box, Said: said);
        foreach (var happened in events)
        {
            reply = happened switch
            {
                PackEvent.BoxOpened e => reply with { Box = e.Number },
                PackEvent.UnitsScanned e =>
                    reply with { Box = e.Box, Scan = e.Scan, Said = after.Sheet!.Scans[e.Scan - 1] },
                PackEvent.ScanRefused e => reply with { Box = e.Box, Scan = e.Scan, Said = Of(e) },
                PackEvent.DoubtReported e => reply with { Doubt = e.Doubt },
                PackEvent.BoxesLeaving e => reply with { Ship = e.Ship },
                _ => reply,
            };
        }

        return new(reply, [.. events]);
    }

    /// <summary>
    /// What others have answered; and then how the order is: a hold that it did not have yet has not been released.
    /// </summary>
    static Decision<PackEvent> Note(PackJob job, PackCommand command, Turn turn)
    {
        if (job.Sheet is null || Heard(job.Sheet, command) is not { } happened) return new(Done.It);
        var sight = command switch
        {
            PackCommand.NoteBegin c => c.Sight,
            PackCommand.NoteMove c => c.Sight,
            PackCommand.NoteShip c => c.Sight,
            PackCommand.NoteEnd c => c.Sight,
            _ => null,
        };
        var after = Evolve(job, happened);
        var seen = after.Seen(sight, turn);
        ImmutableArray<PackEvent> events = after.TakeBack(happened, turn) is { } back
            ? [happened, .. seen, back] : [happened, .. seen];
        return new(Done.It, job.Conclude(events, PackReplyStatus.Done).Events);
    }

    /// <summary>
    /// What went late into a box that was thrown away meanwhile comes out of it again: nobody can scan it there.
    /// </summary>
    PackEvent.UnitsScanned? TakeBack(PackEvent happened, Turn turn)
    {
        if (happened is not PackEvent.ScanAnswered { Units.IsEmpty: false } e) return null;
        var scan = Sheet!.Scans[e.Scan - 1];
        if (scan.Out || Sheet.Boxes[scan.Box - 1].State != BoxState.Discarded) return null;
        return new PackEvent.UnitsScanned(
            new($"~back/{Text(scan.Number)}", ContentOf("back")), Sheet.Scans.Length + 1, scan.Box, scan.Sku,
            scan.Units, scan.Lines, scan.By, turn.Now, true, scan.What);
    }

    /// <summary>
    /// What the answer changes; null when it was heard before, or is for what this state, an older one, does not have.
    /// </summary>
    static PackEvent? Heard(PackSheet s, PackCommand command) => command switch
    {
        // Asked once more, for an answer was lost, the order may begin what it had refused before.
        PackCommand.NoteBegin c when c.Attempt == s.Attempt && (s.Started is null || s.IsBegunLate(c.Status)) =>
            new PackEvent.JobAnswered(c.Status),
        PackCommand.NoteBox c when s.BoxOf(c.Number)?.State == BoxState.Opening =>
            new PackEvent.BoxAnswered(c.Number, !IsThere(c.Status)),
        PackCommand.NoteScan c when s.ScanOf(c.Number) is { } scan && (scan.IsAsked || s.IsMovedLate(c)) =>
            new PackEvent.ScanAnswered(c.Number, c.Status, s.UnitsOf(c)),
        PackCommand.NoteHold c when s.DoubtOf(c.Doubt) is { HeldAs: null } =>
            new PackEvent.DoubtHeld(c.Doubt, c.Status, c.Hold, c.OrderVersion),
        PackCommand.NoteUnpick c when s.DoubtOf(c.Doubt) is { Unpicked: null, Moved: null } =>
            new PackEvent.DoubtUnpicked(c.Doubt, c.Status),
        PackCommand.NoteMove c when s.DoubtOf(c.Doubt) is { Moved: null } =>
            new PackEvent.DoubtMoved(c.Doubt, c.Status),
        PackCommand.NoteDrop c when s.DoubtOf(c.Doubt) is { Dropped: null } =>
            new PackEvent.DoubtDropped(c.Doubt, c.Status),
        PackCommand.NoteFreed c when s.DoubtOf(c.Doubt) is { Freed: null } =>
            new PackEvent.DoubtFreed(c.Doubt, c.Status),
        PackCommand.NoteAside c when s.DoubtOf(c.Doubt) is { } doubt && MaySetAside(doubt) =>
            new PackEvent.DoubtSetAside(c.Doubt, c.Status),
        PackCommand.NoteShip c when s.Ships.LastOrDefault(x => x.Id == c.Id) is { } ship
            && (ship.Status is null || s.HasLeftLate(ship, c.Status)) =>
            new PackEvent.ShipAnswered(ship.Number, c.Status),
        PackCommand.NoteEnd c when s is { GivenUp: true, Ended: null } && c.Attempt == s.Attempt =>
            new PackEvent.JobEnded(c.Status),
        PackCommand.NoteBegin or PackCommand.NoteBox or PackCommand.NoteScan or PackCommand.NoteHold
            or PackCommand.NoteUnpick or PackCommand.NoteMove or PackCommand.NoteDrop or PackCommand.NoteFreed
            or PackCommand.NoteAside or PackCommand.NoteShip or PackCommand.NoteEnd => null,
        _ => throw new UnreachableException(),
    };

    static bool IsThere(PlateReplyStatus status) => status is PlateReplyStatus.Done or PlateReplyStatus.AlreadyDone;

    static long ContentOf(params ReadOnlySpan<string?> parts) => Fingerprint.Of(parts);

    static long ContentOf(PackCommand.Scan c) => Fingerprint.Of(
        c.Out ? "out" : "in", c.By, c.Station, $"{c.Box}", c.Sku, $"{c.Units}", c.Lot,
        c.Serials.IsDefaultOrEmpty ? null : string.Join('\n', c.Serials), $"{c.Fault}");

    static long ContentOf(PackCommand.ReportDoubt c) => Fingerprint.Of(
        "doubt", c.By, c.Station, c.Sku, $"{c.Units}", c.Reason, c.Lot,
        c.Serials.IsDefaultOrEmpty ? null : string.Join('\n', c.Serials));

    static long ContentOf(PackCommand.ShipBoxes c) => Fingerprint.Of(
        "ship", c.Boxes.IsDefaultOrEmpty ? null : string.Join('\n', c.Boxes),
        c.Lines.IsDefaultOrEmpty ? null : string.Join('\n', c.Lines.Select(l => $"{l.Line}\t{l.Units}")), c.Carrier,
        c.TrackingNumber);
}
