using System.Collections.Immutable;
using System.Diagnostics;
using Fulfillment.Intake;
using Fulfillment.Inventory;
using Fulfillment.Ordering;

namespace Fulfillment.Packing;

// What becomes of boxes and scans.
public sealed partial record PackJob
{
    /// <inheritdoc/>
    public static PackJob Evolve(PackJob before, PackEvent happened) => new(
        After(before.Sheet, happened),
        OperationOf(happened) is { } by && !(happened is PackEvent.BoxesLeaving && before.Operations.Contains(by))
            ? before.Operations.Add(by) : before.Operations,
        before.Version + 1);

    static PackSheet After(PackSheet? sheet, PackEvent happened) => happened switch
    {
        PackEvent.JobBegun e => new(
            e.Terms, e.Sight, e.By, e.Station, e.At, e.Attempt, sheet?.Boxes ?? [], sheet?.Scans ?? [],
            sheet?.Doubts ?? [], sheet?.Ships ?? [], sheet?.Stopped ?? []),
        PackEvent.JobAnswered e => sheet! with { Started = e.Status },
        PackEvent.JobTakenOver e => sheet! with { Packer = e.By, Station = e.Station },
        PackEvent.OrderSeen e => sheet! with { Sight = e.Sight },
        PackEvent.BoxOpened e => sheet! with
        {
            Boxes = sheet.Boxes.Add(new(e.Number, e.Lpn, e.Kind, e.Box, BoxState.Opening, e.By, e.At, [], [])),
        },
        PackEvent.BoxAnswered e => With(
            sheet!, e.Number, b => b with { State = e.Refused ? BoxState.Refused : BoxState.Open }),
        PackEvent.UnitsScanned e => sheet! with
        {
            Scans = sheet.Scans.Add(new(
                e.Scan, e.Operation.Id, e.Box, e.Sku, e.Units, e.By, e.At, e.Out, e.Lines, e.What)),
        },
        PackEvent.ScanRefused e => sheet! with { Scans = sheet.Scans.Add(Of(e)) },
        PackEvent.ScanAnswered e => Answered(sheet!, e),
        PackEvent.BoxClosed e => With(sheet!, e.Number, b => b with
        {
            State = BoxState.Closed,
            WeighedGrams = e.WeightGrams,
            Odd = e.Odd,
            ClosedAt = e.At,
        }),
        PackEvent.BoxReopened e => With(sheet!, e.Number, b => b with
        {
            State = BoxState.Open,
            WeighedGrams = null,
            Odd = false,
            ClosedAt = null,
        }),
        PackEvent.BoxDiscarded e => With(sheet!, e.Number, b => b with { State = BoxState.Discarded }),
        PackEvent.InterceptStopped e => sheet! with { Stopped = sheet.Stopped.Add(e.Number) },
        PackEvent.BoxesLeaving e => Leaving(sheet!, e),
        PackEvent.ShipAnswered e => Shipped(sheet!, e),
        PackEvent.PackedTold e => sheet! with { Told = e.IsPacked },
        PackEvent.JobGivenUp e => e.Boxes.Aggregate(
            sheet! with { GivenUp = true, Told = false }, (s, box) => With(
                s, box, b => b with { State = BoxState.Discarded })),
        PackEvent.JobEnded e => sheet! with { Ended = e.Status },
        _ => Doubted(sheet!, happened),
    };

    static PackScan Of(PackEvent.ScanRefused e) =>
        new(e.Scan, e.Operation.Id, e.Box, e.Sku, e.Units, e.By, e.At, e.Out, [], Fault: e.Fault);

    static PackSheet Doubted(PackSheet sheet, PackEvent happened) => happened switch
    {
        PackEvent.DoubtReported e => sheet with
        {
            Doubts = sheet.Doubts.Add(new(e.Doubt, e.Sku, e.Lines, e.Units, e.What, e.Reason, e.By, e.At)),
        },
        PackEvent.DoubtHeld e => With(
            sheet, e.Doubt, d => d with { HeldAs = e.Status, Hold = e.Hold, HeldVersion = e.OrderVersion }),
        PackEvent.DoubtDecided e => With(sheet, e.Doubt, d => d with { Outcome = e.Outcome, DecidedBy = e.By }),
        PackEvent.DoubtUnpicked e => With(sheet, e.Doubt, d => d with { Unpicked = e.Status }),
        PackEvent.DoubtMoved e => With(sheet, e.Doubt, d => d with { Moved = e.Status }),
        PackEvent.DoubtDropped e => With(sheet, e.Doubt, d => d with { Dropped = e.Status }),
        PackEvent.DoubtFreed e => With(sheet, e.Doubt, d => d with { Freed = e.Status }),
        PackEvent.DoubtSetAside e => With(sheet, e.Doubt, d => d with { SetAside = e.Status, Tries = d.Tries + 1 }),
        _ => throw new UnreachableException(),
    };

    static PackSheet With(PackSheet sheet, int box, Func<PackBox, PackBox> change) =>
        sheet with { Boxes = sheet.Boxes.SetItem(box - 1, change(sheet.Boxes[box - 1])) };

    static PackSheet With(PackSheet sheet, int doubt, Func<PackDoubt, PackDoubt> change) =>
        sheet with { Doubts = sheet.Doubts.SetItem(doubt - 1, change(sheet.Doubts[doubt - 1])) };

    static PackSheet Answered(PackSheet sheet, PackEvent.ScanAnswered e)
    {
        var scan = sheet.Scans[e.Scan - 1];
        sheet = sheet with { Scans = sheet.Scans.SetItem(e.Scan - 1, scan with { Status = e.Status }) };
        if (e.Units.IsEmpty) return sheet;
        var sign = scan.Out ? -1 : 1;
        return With(sheet, scan.Box, b => b with
        {
            Lines =
            [
                .. Sum(b.Lines.Concat(scan.Lines.Select(l => l with { Units = sign * l.Units })))
                    .Where(l => l.Units != 0),
            ],
            Contents = e.Units.Aggregate(b.Contents, (all, c) => scan.Out ? Without(all, c) : With(all, c)),
        });
    }

    static ImmutableArray<PackContent> With(ImmutableArray<PackContent> all, PackContent more)
    {
        var like = all.FirstOrDefault(c => IsLike(c, more));
        return like is null ? all.Add(more) : all.Replace(like, like with
        {
            Units = like.Units + more.Units,
            Serials = like.Serials.IsDefault ? default : [.. like.Serials, .. more.Serials],
        });
    }

    /// <summary>Without those units: of all of the SKU those first that are most like them.</summary>
    static ImmutableArray<PackContent> Without(ImmutableArray<PackContent> all, PackContent less)
    {
        var units = less.Units;
        foreach (var c in all.Where(c => c.Sku == less.Sku)
            .OrderBy(c => !HasSerialsOf(c, less)).ThenBy(c => c.Lot != less.Lot))
        {
            var named = HasSerialsOf(c, less) ? c.Serials.Count(less.Serials.Contains) : c.Units;
            var some = Math.Min(units, named);
            if (some == 0) continue;
            units -= some;
            all = some == c.Units ? all.Remove(c) : all.Replace(c, c with
            {
                Units = c.Units - some,
                Serials = c.Serials.IsDefault ? default
                    : HasSerialsOf(c, less) ? [.. c.Serials.Except(less.Serials)] : [.. c.Serials.Skip(some)],
            });
        }

        return all;
    }

    static bool HasSerialsOf(PackContent a, PackContent b) =>
        !a.Serials.IsDefault && !b.Serials.IsDefault && a.Serials.Any(b.Serials.Contains);

    static bool IsLike(PackContent a, PackContent b) =>
        a.Sku == b.Sku && a.Lot == b.Lot && a.Serials.IsDefault == b.Serials.IsDefault;

    static PackSheet Leaving(PackSheet sheet, PackEvent.BoxesLeaving e)
    {
        PackShip ship = new(
            e.Ship, e.Operation.Id, e.Boxes, e.Lines, e.Carrier, e.TrackingNumber, Parcel: e.Parcel);
        return e.Boxes.Aggregate(
            sheet with
            {
                Ships = e.Ship <= sheet.Ships.Length ? sheet.Ships.SetItem(e.Ship - 1, ship) : sheet.Ships.Add(ship),
            },
            (s, b) => With(s, b, box => box with { State = BoxState.Leaving, Ship = e.Ship }));
    }

    static PackSheet Shipped(PackSheet sheet, PackEvent.ShipAnswered e)
    {
        var ship = sheet.Ships[e.Ship - 1];
        var again = IsAskedAgain(ship, e.Status);
        var left = e.Status is FulfilStatus.Done or FulfilStatus.AlreadyDone;
        sheet = sheet with
        {
            Ships = sheet.Ships.SetItem(
                e.Ship - 1, ship with { Status = again ? null : e.Status, Tries = ship.Tries + 1 }),
        };
        return again ? sheet : ship.Boxes.Aggregate(sheet, (s, b) => With(s, b, box => box with
        {
            State = left ? BoxState.Shipped : BoxState.Closed,
            Ship = left ? e.Ship : null,
        }));
    }

    /// <summary>The order had not heard yet that the units were picked by name.</summary>
    static bool IsAskedAgain(PackShip ship, FulfilStatus status) =>
        status == FulfilStatus.NotPicked && ship.Tries + 1 < MaxShipTries;

    /// <summary>How often an order is asked to let boxes go, while it has not heard that they were picked.</summary>
    const int MaxShipTries = 6;
}
