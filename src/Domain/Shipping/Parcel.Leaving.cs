using System.Globalization;
using Fulfillment.Intake;
using Fulfillment.Ordering;
using Fulfillment.Packing;

namespace Fulfillment.Shipping;

// The dock: on one manifest at most, and shipped at its order exactly once when the carrier takes it.
public sealed partial record Parcel
{
    /// <summary>The code of the event of ours that tells that a carrier has taken it.</summary>
    public const string HandOver = "hand-over";

    const int MostLeaveDoublings = 6;

    /// <summary>The shipment at the order; a second one only after the first was refused.</summary>
    public static string ShipmentOf(string parcel, int attempt) => attempt == 1 ? ShipmentOf(parcel)
        : string.Create(CultureInfo.InvariantCulture, $"parcel:{parcel}/{attempt}");

    static Decision<ParcelEvent> Board(Parcel parcel, ParcelCommand.Board c)
    {
        Operation by = new(
            ScanOf(c.Manifest, c.Scan), Fingerprint.Of("board", c.Node, c.Carrier, c.TrackingNumber));
        if (parcel.RefusedAtDock(by) is { } refused) return refused;
        var s = parcel.Sheet!;
        if (s.Terms.Node != c.Node) return parcel.Answer(ParcelReplyStatus.OtherNode);
        if (IsStopped(s)) return parcel.Answer(ParcelReplyStatus.Cancelled);
        if (c.TrackingNumber is { } scanned && s.Label?.TrackingNumber != scanned
            && s.Labels.Any(l => l.TrackingNumber == scanned)) return parcel.Answer(ParcelReplyStatus.VoidLabel);
        if (s.Label is not { } label)
            return parcel.Answer(s.Labels.Any(l => l.IsComing) ? ParcelReplyStatus.LabelUnderWay
                : s.Labels.Any(l => l.BoughtAt is not null) ? ParcelReplyStatus.VoidLabel : ParcelReplyStatus.NoLabel);
        if (label.Terms.Carrier != c.Carrier) return parcel.Answer(ParcelReplyStatus.OtherCarrier);
        if (s.Dock is { } dock && dock.Manifest != c.Manifest) return parcel.Answer(ParcelReplyStatus.OtherManifest);
        return parcel.After(
            ParcelReplyStatus.Done, label.Number, new ParcelEvent.ParcelBoarded(by, c.Manifest, c.Scan));
    }

    /// <summary>
    /// What is against it; null for nothing. That its carrier has seen it already is not: he may scan it before we do.
    /// </summary>
    Decision<ParcelEvent>? RefusedAtDock(Operation by)
    {
        if (Sheet is null) return Answer(ParcelReplyStatus.UnknownParcel);
        if (Operations.Repeats(by) is { } same)
            return Answer(same ? ParcelReplyStatus.AlreadyDone : ParcelReplyStatus.DifferentContent);
        if (Sheet.Cancelled) return Answer(ParcelReplyStatus.Cancelled);
        if (Sheet.Leave is { LeftAt: not null }) return Answer(ParcelReplyStatus.HandedOver);
        if (Sheet.Leave is { IsPending: true }) return Answer(ParcelReplyStatus.Leaving);
        return Operations.Length >= MaxOperations ? Answer(ParcelReplyStatus.TooMany) : null;
    }

    static Decision<ParcelEvent> Unboard(Parcel parcel, ParcelCommand.Unboard c, Turn turn)
    {
        if (parcel.Sheet is not { } s) return parcel.Answer(ParcelReplyStatus.UnknownParcel);
        // A later scan of the same manifest, or another manifest, has it.
        if (s.Dock is not { } dock || dock.Manifest != c.Manifest || dock.Scan > c.Scan
            || s.Leave is { IsPending: true })
            return parcel.Answer(ParcelReplyStatus.AlreadyDone);
        Operation by = new(ScanOf(c.Manifest, c.Scan) + "/off", Fingerprint.Of("unboard", $"{c.Stopped}"));
        ParcelEvent.ParcelUnboarded off = new(by, c.Manifest, c.Scan);
        return c.Stopped is { } stopped && IsOver(stopped) && s.Progress is { Reached: Milestone.Labelled }
            ? parcel.After(ParcelReplyStatus.Done, null, [off, .. Evolve(parcel, off).GivenUp(
                s.Label!, null, Words(stopped), "dock", turn, stopped)])
            : parcel.After(ParcelReplyStatus.Done, null, off);
    }

    /// <summary>Whether the units, as they are packed here, will not be sent whatever happens.</summary>
    static bool IsOver(FulfilStatus stopped) => IsUnwanted(stopped) || stopped == FulfilStatus.OtherAddress;

    static bool IsUnwanted(FulfilStatus stopped) =>
        stopped is FulfilStatus.Intercepted or FulfilStatus.NothingOpen or FulfilStatus.MoreThanOpen;

    /// <summary>Whether its last label was given up because its order wants no units of it; none is coming.</summary>
    static bool IsStopped(ParcelSheet s) =>
        s.Label is null && !s.Labels.Any(l => l.IsComing)
        && s.Labels.LastOrDefault(l => l.BoughtAt is not null) is { GivenUp: true, Stopped: { } why }
        && IsUnwanted(why);

    static string Words<T>(T reason)
        where T : struct, Enum => $"stopped at the dock: {reason}";

    static Decision<ParcelEvent> Leave(Parcel parcel, ParcelCommand.Leave c, Turn turn)
    {
        Operation by = new(c.Id, Fingerprint.Of("leave", c.Manifest));
        if (parcel.RefusedAtDock(by) is { } refused) return refused;
        var s = parcel.Sheet!;
        if (s.Labels.Any(l => l.IsComing)) return parcel.Answer(ParcelReplyStatus.LabelUnderWay);
        if (s.Label is not { } label) return parcel.Answer(ParcelReplyStatus.NoLabel);
        if (s.Dock?.Manifest != c.Manifest) return parcel.Answer(ParcelReplyStatus.OtherManifest);
        return parcel.After(ParcelReplyStatus.Done, label.Number, new ParcelEvent.ParcelLeaving(
            by, (s.Leave?.Attempt ?? 0) + 1, label.Number, c.Manifest, c.By, turn.Now));
    }

    IEnumerable<ParcelEvent> Noted(ParcelCommand.NoteLeave c, Turn turn)
    {
        if (Sheet?.Leave is not { IsPending: true } leave || c.Shipment != ShipmentOf(turn.Self.Name, leave.Attempt))
            yield break;
        if (c is { Order: null, Bench: null })
        {
            var pause = TimeSpan.FromSeconds(1 << Math.Min(leave.Asked, MostLeaveDoublings));
            yield return new ParcelEvent.LeaveWaits(leave.Asked + 1, turn.Now + pause);
        }
        else if (c.Order is FulfilStatus.Done or FulfilStatus.AlreadyDone)
        {
            yield return new ParcelEvent.ParcelLeft(turn.Now);
            foreach (var open in Cases.Where(k => k is { IsOpen: true, Reason: CaseReason.Stopped }))
                yield return new ParcelEvent.CaseClosed(null, open.Number, null, leave.By, turn.Now);
        }
        else
        {
            ParcelEvent.ParcelStopped stopped = new(c.Order, c.Bench, turn.Now);
            yield return stopped;
            var then = Evolve(this, stopped);
            // What its carrier has seen he has: somebody is to get it back.
            foreach (var opened in then.Stopped() is { } sign ? then.Opened(Sheet.Label!, [sign], turn) : [])
                yield return opened;
            // What is held for a while leaves later under the same label.
            if (Sheet.Progress is not { Reached: Milestone.Labelled } || (c.Order is { } why && !IsOver(why)))
                yield break;
            var reason = c.Order is { } order ? Words(order) : Words(c.Bench!.Value);
            foreach (var next in then.GivenUp(Sheet.Label!, null, reason, leave.By, turn, c.Order)) yield return next;
        }
    }

    /// <summary>The bench ships a box once it has heard from the order; a wrong box it refuses itself.</summary>
    static ParcelCommand.NoteLeave NoteOf(PackCommand.ShipBoxes c, PackReply r) => r is
    { Status: PackReplyStatus.Done or PackReplyStatus.AlreadyDone, Ship: { } number, Sheet: { } sheet }
        ? new(c.Id, sheet.Ships[number - 1].Status, null) : new(c.Id, null, r.Status);

    static string ScanOf(string manifest, int scan) =>
        string.Create(CultureInfo.InvariantCulture, $"manifest/{manifest}/{scan}");

    /// <summary>The parcel after what happened at the dock; what else there is happens to its labels.</summary>
    Parcel OnItsWay(ParcelEvent happened) => happened switch
    {
        ParcelEvent.ParcelBoarded e => Remember(e.Operation) with
        {
            Sheet = Sheet! with { Dock = new(e.Manifest, e.Scan) },
        },
        ParcelEvent.ParcelUnboarded e => Remember(e.Operation) with { Sheet = Sheet! with { Dock = null } },
        ParcelEvent.ParcelLeaving e => Remember(e.Operation) with
        {
            Sheet = Sheet! with { Leave = new(e.Operation.Id, e.Attempt, e.Label, e.Manifest, e.By, e.At) },
        },
        ParcelEvent.LeaveWaits e => this with
        {
            Sheet = Sheet! with { Leave = Sheet.Leave! with { Asked = e.Asked } },
        },
        ParcelEvent.ParcelLeft e => Left(e),
        ParcelEvent.ParcelStopped e => this with
        {
            Sheet = Sheet! with { Dock = null, Leave = Sheet.Leave! with { Stopped = e.Order, Bench = e.Bench } },
        },
        _ => Labelled(happened),
    };

    Parcel Left(ParcelEvent.ParcelLeft e)
    {
        TrackEvent told = new(
            e.At, Milestone.HandedOver, HandOver, "handed over at the dock", Label: Sheet!.Leave!.Label);
        var progress = (Sheet.Progress ?? ParcelProgress.Labelled(e.At)).After(told);
        return this with
        {
            Sheet = Sheet with
            {
                Dock = null,
                Leave = Sheet.Leave with { LeftAt = e.At },
                Progress = progress,
                Events = Kept([told], e.At),
            },
        };
    }

    Send[] ToldAtDock(ParcelEvent happened, Turn turn) => happened switch
    {
        // Told by itself, too: the manifest may have held the question for answered, and hears no other answer to it.
        ParcelEvent.ParcelBoarded e =>
        [
            new(turn.Self.Sibling(ManifestCalls.Kind, e.Manifest), new ManifestCommand.NoteBoard(
                e.Scan, ParcelReplyStatus.Done, DockGoods.Of(Sheet!))),
        ],
        ParcelEvent.ParcelLeaving => [Ship(turn, null)],
        ParcelEvent.LeaveWaits e => [Ship(turn, e.AskAt)],
        ParcelEvent.ParcelLeft when Sheet!.Leave!.Manifest is { } manifest =>
            [Tell(manifest, new ManifestCommand.NoteParcel(turn.Self.Name, true, default), turn)],
        ParcelEvent.ParcelStopped e when Sheet!.Leave!.Manifest is { } manifest =>
            [Tell(manifest, new ManifestCommand.NoteParcel(turn.Self.Name, false, new(e.Order, e.Bench)), turn)],
        ParcelEvent.ParcelUnboarded { Operation: null } e =>
        [
            Tell(e.Manifest, new ManifestCommand.NoteParcel(
                turn.Self.Name, false, e.Order is { } order ? new(order) : new(Parcel: ParcelReplyStatus.VoidLabel),
                e.Scan), turn),
        ],
        _ => [],
    };

    static Send Tell(string manifest, ManifestCommand.NoteParcel note, Turn turn) =>
        new(turn.Self.Sibling(ManifestCalls.Kind, manifest), note);

    /// <summary>A box leaves through its bench, other goods through their order.</summary>
    Send Ship(Turn turn, DateTimeOffset? due)
    {
        var (terms, leave) = (Sheet!.Terms, Sheet.Leave!);
        var label = LabelOf(leave.Label)!;
        var shipment = ShipmentOf(turn.Self.Name, leave.Attempt);
        if (terms.Box is not { } box)
            return new(turn.Self.Sibling(OrderingCalls.Kind, terms.Order), new OrderCommand.Ship(
                shipment, terms.Fulfilment, terms.Lines, label.Terms.Carrier, label.TrackingNumber,
                Parcel: turn.Self.Name), due);
        var job = string.Create(CultureInfo.InvariantCulture, $"{terms.Order}-F{terms.Fulfilment}");
        return new(turn.Self.Sibling(PackCalls.Kind, job), new PackCommand.ShipBoxes(
            shipment, [box], [], label.Terms.Carrier, label.TrackingNumber, new(0, false, [], [], []),
            turn.Self.Name), due);
    }
}
