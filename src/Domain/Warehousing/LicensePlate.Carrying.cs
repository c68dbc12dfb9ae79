using System.Collections.Immutable;
using System.Diagnostics;
using Fulfillment.Intake;
using Fulfillment.Inventory;

namespace Fulfillment.Warehousing;

// Where it is, and who is told.
public sealed partial record LicensePlate
{
    /// <inheritdoc/>
    public static LicensePlate Evolve(LicensePlate before, LicensePlateEvent happened)
    {
        var operations = OperationOf(happened) is not { } by ? before.Operations
            : (before.Operations.Length < MaxOperations ? before.Operations : before.Operations.RemoveAt(0)).Add(by);
        return new(After(before.Plate, happened), operations, before.Version + 1);
    }

    static Plate After(Plate? known, LicensePlateEvent happened)
    {
        if (happened is LicensePlateEvent.PlateRegistered r)
            return new(r.Card, PlateStatus.Open, r.Card.Bin, null, null, [], r.Skus, 0, [], []);
        var p = known!;
        return happened switch
        {
            LicensePlateEvent.SkuAdmitted e => p with { Skus = With(p.Skus, e.Sku) },
            LicensePlateEvent.PlateMoved e => Bring(p, e.ToBin),
            LicensePlateEvent.UnitsCame e => Bring(p with { Skus = With(p.Skus, e.Sku) }, p.Bin),
            LicensePlateEvent.LoadAsked e => p with
            {
                Loading = e.Parent,
                NotTaken = null,
                ParentStep = 0,
                Loads = p.Loads + 1,
            },
            LicensePlateEvent.LoadAnswered { Status: TakeStatus.Taken } e => Stand(p, e),
            LicensePlateEvent.LoadAnswered e => p with { Loading = null, NotTaken = e.Status },
            LicensePlateEvent.PlateUnloaded => p with { Parent = null, ParentStep = 0 },
            // What was let on before and is still on its way comes too late then.
            LicensePlateEvent.PlateTurned { Status: PlateStatus.Shipped or PlateStatus.Void } e =>
                Bring(p, p.Bin) with { Status = e.Status },
            LicensePlateEvent.PlateTurned e => p with { Status = e.Status },
            LicensePlateEvent.LoadForgone => p,
            LicensePlateEvent.UnitsFollowed e => p with
            {
                WaitsFor = p.WaitsFor.Remove(e.Sku),
                Skus = e.Units > 0 ? p.Skus : p.Skus.Remove(e.Sku),
            },
            LicensePlateEvent.ChildTaken e => p with
            {
                Children = Trimmed(p.Children.RemoveAll(c => c.Lpn == e.Child)).Add(new(e.Child, e.Load)),
            },
            LicensePlateEvent.ParentMoved e => Bring(p, e.Bin) with { ParentStep = e.Step },
            LicensePlateEvent.ChildFollowed e => p with { WaitsForChildren = p.WaitsForChildren.Remove(e.Child) },
            LicensePlateEvent.ChildLeft e => p with
            {
                Children = [.. p.Children.Select(c => c.Lpn == e.Child ? c with { Gone = true } : c)],
                WaitsForChildren = p.WaitsForChildren.Remove(e.Child),
            },
            _ => throw new UnreachableException(),
        };
    }

    static Plate Bring(Plate p, string? bin) =>
        p with { Bin = bin, Step = p.Step + 1, WaitsFor = p.Skus, WaitsForChildren = [.. p.Carries] };

    /// <summary>It stands on the other, unless that one has been moved since and it followed.</summary>
    static Plate Stand(Plate p, LicensePlateEvent.LoadAnswered e)
    {
        var stands = p with { Parent = e.Parent, Loading = null, ParentStep = Math.Max(p.ParentStep, e.Step) };
        return e.Step < p.ParentStep || e.Bin == p.Bin ? stands : Bring(stands, e.Bin);
    }

    /// <summary>What went long ago is forgotten.</summary>
    static ImmutableArray<PlateChild> Trimmed(ImmutableArray<PlateChild> children) =>
        children.Length < 2 * MaxChildren ? children : children.Remove(children.First(c => c.Gone));

    static ImmutableArray<string> With(ImmutableArray<string> names, string name) =>
        names.BinarySearch(name, StringComparer.Ordinal) is < 0 and var at ? names.Insert(~at, name) : names;

    /// <inheritdoc/>
    public static Send[] React(LicensePlate plate, LicensePlateEvent happened, Turn turn)
    {
        var p = plate.Plate!;
        return happened switch
        {
            LicensePlateEvent.LoadAsked e =>
            [
                new(turn.Self.Sibling(PlateCalls.Kind, e.Parent), new LicensePlateCommand.Take(
                    turn.Self.Name, p.Card.Kind, p.Card.Node, p.Loads)),
            ],
            LicensePlateEvent.PlateUnloaded e =>
            [
                new(
                    turn.Self.Sibling(PlateCalls.Kind, e.Parent),
                    new LicensePlateCommand.LetGo(turn.Self.Name, p.Loads)),
            ],
            LicensePlateEvent.LoadForgone e =>
            [
                new(
                    turn.Self.Sibling(PlateCalls.Kind, e.Parent),
                    new LicensePlateCommand.LetGo(turn.Self.Name, e.Loads)),
            ],
            LicensePlateEvent.PlateMoved or LicensePlateEvent.PlateTurned or LicensePlateEvent.UnitsCame =>
                Bringing(p, turn),
            LicensePlateEvent.ParentMoved => [.. Bringing(p, turn), .. Followed(p, turn)],
            LicensePlateEvent.LoadAnswered { Status: TakeStatus.Taken } when !p.IsSettled => Bringing(p, turn),
            LicensePlateEvent.UnitsFollowed or LicensePlateEvent.ChildFollowed or LicensePlateEvent.ChildLeft
                or LicensePlateEvent.LoadAnswered => Followed(p, turn),
            _ => [],
        };
    }

    /// <summary>SKUs and carriers are told where it is.</summary>
    static Send[] Bringing(Plate p, Turn turn) =>
    [
        .. p.WaitsFor.Select(sku => new Send(
            turn.Self.Sibling(InventoryCalls.Kind, sku),
            new SkuCommand.Carry(turn.Self.Name, p.Step, p.Card.Node, p.Bin))),
        .. p.WaitsForChildren.Select(child => new Send(
            turn.Self.Sibling(PlateCalls.Kind, child),
            new LicensePlateCommand.Follow(turn.Self.Name, p.Bin, p.Step))),
    ];

    /// <summary>What it stands on is told once all is there.</summary>
    static Send[] Followed(Plate p, Turn turn) => !p.IsSettled || p.Parent is null || p.ParentStep == 0 ? []
        :
        [
            new(
                turn.Self.Sibling(PlateCalls.Kind, p.Parent),
                new LicensePlateCommand.NoteFollowed(turn.Self.Name, p.ParentStep)),
        ];

    /// <inheritdoc/>
    public static LicensePlateCommand? OnReply(Send asked, object reply) => (asked.Command, reply) switch
    {
        (SkuCommand.Carry c, CarryReply r) => new LicensePlateCommand.NoteCarried(asked.To.Name, c.Step, r.Units),
        (LicensePlateCommand.Take c, TakeReply r) =>
            new LicensePlateCommand.NoteTaken(asked.To.Name, r.Status, r.Bin, r.Step, c.Loads),
        (LicensePlateCommand.Follow c, FollowReply { Follows: false }) =>
            new LicensePlateCommand.NoteFollowed(asked.To.Name, c.Step),
        _ => null,
    };

    /// <inheritdoc/>
    public static string? Check(LicensePlate plate, LicensePlateEvent? last)
    {
        if (plate.Operations.Length > MaxOperations) return $"{plate.Operations.Length} operations are remembered";
        if (plate.Plate is not { } p) return null;
        if (p.Skus.Length > MaxSkus || p.Children.Length > 2 * MaxChildren)
            return $"{p.Skus.Length} SKUs and {p.Children.Length} carriers are on it";
        return p.WaitsFor.Except(p.Skus).Concat(p.WaitsForChildren.Except(p.Carries)).FirstOrDefault() is { } nobody
            ? $"it waits for {nobody}, which is not on it" : null;
    }

    static Operation? OperationOf(LicensePlateEvent happened) => happened switch
    {
        LicensePlateEvent.PlateMoved e => e.By,
        LicensePlateEvent.LoadAsked e => e.By,
        LicensePlateEvent.PlateUnloaded e => e.By,
        LicensePlateEvent.PlateTurned e => e.By,
        _ => null,
    };
}
