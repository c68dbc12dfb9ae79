using System.Collections.Immutable;
using System.Globalization;
using Fulfillment.Intake;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Warehousing;

namespace Fulfillment.Packing;

// Who is told, and what they answer.
public sealed partial record PackJob
{
    /// <inheritdoc/>
    public static Send[] React(PackJob job, PackEvent happened, Turn turn)
    {
        var s = job.Sheet!;
        var order = turn.Self.Sibling(OrderingCalls.Kind, s.Terms.Order);
        return happened switch
        {
            PackEvent.JobBegun e =>
            [
                new(order, new OrderCommand.StartPacking(
                    IdOf(turn, "begin", e.Attempt), s.Terms.Fulfilment, job.Version)),
            ],
            PackEvent.JobGivenUp e =>
            [
                new(order, new OrderCommand.EndPacking(
                    IdOf(turn, "end", s.Attempt), s.Terms.Fulfilment, job.Version)),
                .. e.Boxes.Select(b => Turned(s, b, PlateStatus.Void, turn)),
            ],
            PackEvent.BoxOpened e => [new(turn.Self.Sibling(PlateCalls.Kind, e.Lpn), Register(s, e, turn))],
            PackEvent.BoxDiscarded e => [Turned(s, e.Number, PlateStatus.Void, turn)],
            PackEvent.UnitsScanned e => [AskSku(s, e, turn)],
            PackEvent.DoubtReported e => [new(order, Hold(e, turn))],
            PackEvent.DoubtDecided e => [.. Decided(s, e, turn)],
            PackEvent.DoubtUnpicked e => [new(order, MoveOn(s, s.Doubts[e.Doubt - 1], turn))],
            PackEvent.DoubtMoved e => [.. Moved(s, s.Doubts[e.Doubt - 1], e.Status, turn)],
            PackEvent.DoubtDropped e => [.. Moved(s, s.Doubts[e.Doubt - 1], null, turn)],
            PackEvent.DoubtSetAside e when MaySetAside(s.Doubts[e.Doubt - 1]) =>
                [SetAside(s, s.Doubts[e.Doubt - 1], turn, turn.Now + Later(s.Doubts[e.Doubt - 1].Tries))],
            PackEvent.InterceptStopped e => [new(order, new OrderCommand.AnswerIntercept(e.Number, true))],
            PackEvent.BoxesLeaving e => [Ship(s, s.Ships[e.Ship - 1], turn, null)],
            PackEvent.ShipAnswered e when s.Ships[e.Ship - 1] is { Status: null } again =>
                [Ship(s, again, turn, turn.Now + Later(again.Tries))],
            PackEvent.ShipAnswered { Status: FulfilStatus.Done or FulfilStatus.AlreadyDone } e =>
                [.. s.Ships[e.Ship - 1].Boxes.Select(b => Turned(s, b, PlateStatus.Shipped, turn))],
            PackEvent.PackedTold e =>
                [new(order, new OrderCommand.NotePacked(s.Terms.Fulfilment, job.Version, e.IsPacked))],
            _ => [],
        };
    }

    /// <summary>Its reason is its own: so a repeat finds it again.</summary>
    static OrderCommand.PlaceHold Hold(PackEvent.DoubtReported e, Turn turn) => new(
        IdOf(turn, "doubt", e.Doubt), HoldType.Qc, $"{e.Reason} ({turn.Self.Name}, {Text(e.Doubt)})", e.By, null);

    /// <summary>Its own issue: so no two jobs have a box of one number.</summary>
    static LicensePlateCommand.Register Register(PackSheet s, PackEvent.BoxOpened e, Turn turn) => new(
        new(
            PlateKind.Carton,
            new(
                e.Box.Outer.LengthMm, e.Box.Outer.WidthMm, e.Box.Outer.HeightMm, e.Box.TareGrams, e.Box.MaxGrams),
            s.Terms.Node, null, IdOf(turn, "box", e.Number)),
        []);

    /// <summary>As a carrier the box has gone, too.</summary>
    static Send Turned(PackSheet s, int box, PlateStatus status, Turn turn) => new(
        turn.Self.Sibling(PlateCalls.Kind, s.Boxes[box - 1].Lpn),
        new LicensePlateCommand.Turn(IdOf(turn, "gone", box), status));

    static Send AskSku(PackSheet s, PackEvent.UnitsScanned e, Turn turn)
    {
        var (id, box) = (IdOf(turn, "scan", e.Scan), s.Boxes[e.Box - 1].Lpn);
        return new(
            turn.Self.Sibling(InventoryCalls.Kind, e.Sku),
            e.Out ? new SkuCommand.UnpackUnits(
                id, s.Terms.Order, s.Terms.Node, e.Units, box, e.What, OtherBoxes(s, e.Box))
                : new SkuCommand.PackUnits(
                    id, s.Terms.Order, s.Terms.Node, e.Units, box, e.What, e.LpnStep, e.Until, e.BoxBin));
    }

    /// <summary>Boxes that have not left, and have units in them.</summary>
    static ImmutableArray<string> OtherBoxes(PackSheet s, int box) =>
    [
        .. s.Boxes.Where(b => b.Number != box && b.State != BoxState.Shipped && !b.Contents.IsEmpty)
            .Select(b => b.Lpn),
    ];

    static Send Ship(PackSheet s, PackShip ship, Turn turn, DateTimeOffset? due) => new(
        turn.Self.Sibling(OrderingCalls.Kind, s.Terms.Order),
        new OrderCommand.Ship(
            ship.Id, s.Terms.Fulfilment, ship.Lines, ship.Carrier, ship.TrackingNumber,
            Boxes: [.. ship.Boxes.Select(b => s.Boxes[b - 1].Lpn)], Parcel: ship.Parcel),
        due);

    static string IdOf(Turn turn, string what, int number) => $"pack/{turn.Self.Name}/{what}/{Text(number)}";

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public static PackCommand? OnReply(Send asked, object reply) => (asked.Command, reply) switch
    {
        (OrderCommand.StartPacking c, FulfilReply r) =>
            new PackCommand.NoteBegin(Number(c.Id), r.Status, PackSight.Of(r.Order, c.Fulfilment)),
        (OrderCommand.EndPacking c, FulfilReply r) =>
            new PackCommand.NoteEnd(Number(c.Id), r.Status, PackSight.Of(r.Order, c.Fulfilment)),
        (LicensePlateCommand.Register c, PlateReply r) => new PackCommand.NoteBox(Number(c.Card.Issue!), r.Status),
        (SkuCommand.PackUnits c, PickReply r) => new PackCommand.NoteScan(Number(c.Id), r.Status, Units(asked, r)),
        (SkuCommand.UnpackUnits c, PickReply r) => new PackCommand.NoteScan(Number(c.Id), r.Status, Units(asked, r)),
        (SkuCommand.Unpick c, PickReply r) => new PackCommand.NoteUnpick(Number(c.Id), r.Status),
        (OrderCommand.PlaceHold c, HoldReply r) => new PackCommand.NoteHold(
            Number(c.Id), r.Status, r.Number > 0 ? r.Number : Placed(r.Order, c), r.Order?.Version ?? 0),
        (OrderCommand.MoveWork c, FulfilReply r) =>
            new PackCommand.NoteMove(Number(c.Id), r.Status, PackSight.Of(r.Order, c.Fulfilment)),
        (OrderCommand.Cancel c, CancelReply r) => new PackCommand.NoteDrop(Number(c.Id), r.Status),
        (OrderCommand.ReleaseHold c, HoldReply r) => new PackCommand.NoteFreed(Number(c.Id), r.Status),
        (SkuCommand.Move c, MoveReply r) => new PackCommand.NoteAside(Number(c.Id), r.Status),
        (OrderCommand.Ship c, FulfilReply r) =>
            new PackCommand.NoteShip(c.Id, r.Status, PackSight.Of(r.Order, c.Fulfilment)),
        _ => null,
    };

    /// <summary>The hold that a repeat placed before: no other has its reason.</summary>
    static int Placed(OrderReply? order, OrderCommand.PlaceHold c) =>
        order?.Clearance.Holds.LastOrDefault(h => h.Type == c.Type && h.Reason == c.Reason)?.Number ?? 0;

    /// <summary>Which units the SKU took, lot by lot; default when it does not say.</summary>
    static ImmutableArray<PackContent> Units(Send asked, PickReply r) => r.Taken.IsDefaultOrEmpty ? default
        : [
            .. r.Taken.GroupBy(t => (t.Lot, t.Serials.IsDefault)).Select(g => new PackContent(
                asked.To.Name, (int)g.Sum(t => t.Units), g.Key.Lot,
                g.Key.IsDefault ? default : [.. g.SelectMany(t => t.Serials)])),
        ];

    /// <summary>The last part of an id of ours; no job's id has a slash.</summary>
    static int Number(string id) =>
        int.Parse(id.AsSpan(id.LastIndexOf('/') + 1), CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public static string? Check(PackJob job, PackEvent? last)
    {
        if (job.Operations.Length > MaxOperations + MaxEnding + MaxBoxes + MaxFaults)
            return $"{job.Operations.Length} operations are remembered";
        if (job.Sheet is not { } sheet) return null;
        var moved = sheet.Scans.Where(x => x.Fault is null).ToLookup(x => x.Box);
        foreach (var box in sheet.Boxes)
        {
            var inside = box.Contents.Sum(c => (long)c.Units);
            if (box.Lines.Any(l => l.Units <= 0) || box.Contents.Any(c => c.Units <= 0)
                || box.Contents.Any(c => !c.Serials.IsDefault && c.Serials.Length != c.Units)
                || box.Lines.Sum(l => (long)l.Units) != inside) return $"box {box}";
            var scanned = moved[box.Number].Sum(x => x.Status switch
            {
                PickStatus.Done or PickStatus.AlreadyDone => x.Out ? -x.Units : x.Units,
                PickStatus.NothingPicked when x.Out => -x.Units,
                _ => 0,
            });
            if (scanned != inside) return $"{scanned} scanned, {inside} in box {box.Number}";
        }

        return null;
    }

    static Operation? OperationOf(PackEvent happened) => happened switch
    {
        PackEvent.JobBegun e => e.Operation,
        PackEvent.JobTakenOver e => e.Operation,
        PackEvent.BoxOpened e => e.Operation,
        PackEvent.UnitsScanned e => e.Operation,
        PackEvent.ScanRefused e => e.Operation,
        PackEvent.BoxClosed e => e.Operation,
        PackEvent.BoxReopened e => e.Operation,
        PackEvent.BoxDiscarded e => e.Operation,
        PackEvent.DoubtReported e => e.Operation,
        PackEvent.DoubtDecided e => e.Operation,
        PackEvent.BoxesLeaving e => e.Operation,
        PackEvent.JobGivenUp e => e.Operation,
        _ => null,
    };
}
