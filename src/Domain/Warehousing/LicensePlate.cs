using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Fulfillment.Intake;
using Fulfillment.Inventory;

namespace Fulfillment.Warehousing;

/// <summary>
/// A tote, carton or pallet with a number of its own, and where it is. Units on it are in the books of their SKUs; when
/// it is moved, every SKU that may be on it is told, and every carrier that stands on it, which tell theirs.
/// <para>
/// Its <c>Step</c> counts its places. Who puts units on is told the step, and the SKU refuses units that come with one
/// older than the last place it heard of: so none is left behind, whatever is late or comes twice.
/// </para>
/// </summary>
/// <param name="Plate">It as callers see it; null until somebody registers it.</param>
/// <param name="Operations">The last changes; the oldest are forgotten first.</param>
/// <param name="Version">Events so far.</param>
public sealed partial record LicensePlate(Plate? Plate, ImmutableArray<Operation> Operations, long Version)
    : IEntity<LicensePlate, LicensePlateCommand, LicensePlateEvent>
{
    /// <summary>SKUs that may be on it.</summary>
    public const int MaxSkus = 500;

    /// <summary>Carriers that stand on it.</summary>
    public const int MaxChildren = 200;

    /// <summary>Changes that are remembered.</summary>
    public const int MaxOperations = 200;

    /// <inheritdoc/>
    public static LicensePlate Initial { get; } = new(null, [], 0);

    /// <inheritdoc/>
    public static Decision<LicensePlateEvent> Decide(LicensePlate plate, LicensePlateCommand command, Turn turn) =>
        command switch
        {
            LicensePlateCommand.Register c => Register(plate, c),
            LicensePlateCommand.Admit c => Admit(plate, c),
            LicensePlateCommand.Move c => plate.Operate(
                c.Id, c with { Until = null, Over = null }, (p, by) => Move(p, c, by, turn)),
            LicensePlateCommand.Load c => plate.Operate(c.Id, c, (p, by) => Load(p, c, by)),
            LicensePlateCommand.Unload c => plate.Operate(c.Id, c, Unload),
            LicensePlateCommand.Turn c => plate.Operate(c.Id, c, (p, by) => TurnTo(p, c.Status, by)),
            LicensePlateCommand.NoteCarried c => NoteCarried(plate, c),
            LicensePlateCommand.Take c => Take(plate, c),
            LicensePlateCommand.NoteTaken c => NoteTaken(plate, c),
            LicensePlateCommand.Follow c => Follow(plate, c),
            LicensePlateCommand.NoteFollowed c => plate.Plate is { } p && c.Step == p.Step
                && p.WaitsForChildren.Contains(c.Child)
                ? new(Done.It, new LicensePlateEvent.ChildFollowed(c.Child, c.Step)) : new(Done.It),
            LicensePlateCommand.LetGo c => plate.Plate?.Children.Contains(new(c.Child, c.Loads)) == true
                ? new(Done.It, new LicensePlateEvent.ChildLeft(c.Child)) : new(Done.It),
            LicensePlateCommand.NoteUnits c => NoteUnits(plate, c),
            LicensePlateCommand.Get => plate.Answer(Found(plate)),
            LicensePlateCommand.GetSettled =>
                plate.Plate?.IsSettled == false ? new(null) : plate.Answer(Found(plate)),
            _ => throw new UnreachableException(),
        };

    static PlateReplyStatus Found(LicensePlate plate) =>
        plate.Plate is null ? PlateReplyStatus.Unknown : PlateReplyStatus.Done;

    static Decision<LicensePlateEvent> Register(LicensePlate plate, LicensePlateCommand.Register c)
    {
        if (plate.Plate is { } known)
            return plate.Answer(
                known.Card == c.Card ? PlateReplyStatus.AlreadyDone : PlateReplyStatus.DifferentContent);

        return plate.Answer(
            PlateReplyStatus.Done,
            new LicensePlateEvent.PlateRegistered(c.Card, [.. c.Skus.Distinct().Order(StringComparer.Ordinal)]));
    }

    static Decision<LicensePlateEvent> Admit(LicensePlate plate, LicensePlateCommand.Admit c)
    {
        if (plate.Plate is not { } p) return new(new PlateAdmitReply(PlateAdmission.Unregistered, null, null, 0));
        var status = p.Status != PlateStatus.Open ? PlateAdmission.NotOpen
            : !p.IsSettled ? PlateAdmission.Moving
            : p.Card.Node != c.Node || (!c.AnyBin && p.Bin != c.Bin) ? PlateAdmission.Elsewhere
            : !p.Skus.Contains(c.Sku) && p.Skus.Length >= MaxSkus ? PlateAdmission.TooMany : PlateAdmission.Admitted;
        PlateAdmitReply reply = new(status, p.Card.Node, p.Bin, p.Step);
        return status == PlateAdmission.Admitted && !p.Skus.Contains(c.Sku)
            ? new(reply, new LicensePlateEvent.SkuAdmitted(c.Sku)) : new(reply);
    }

    /// <summary>What every change has in common: repeats, and whether there is anything to change.</summary>
    Decision<LicensePlateEvent> Operate(
        string id, LicensePlateCommand command,
        Func<Plate, Operation, (PlateReplyStatus Status, LicensePlateEvent? Happened)> decide)
    {
        if (Plate is null) return Answer(PlateReplyStatus.Unknown);
        Operation by = new(id, Fingerprint.Of(
            JsonSerializer.Serialize(command, LicensePlateJson.Default.LicensePlateCommand)));
        if (Operations.Repeats(by) is { } same)
            return Answer(same ? PlateReplyStatus.AlreadyDone : PlateReplyStatus.DifferentContent);
        var (status, happened) = decide(Plate, by);
        return Answer(status, happened);
    }

    static (PlateReplyStatus, LicensePlateEvent?) Move(
        Plate p, LicensePlateCommand.Move c, Operation by, Turn turn)
    {
        if (c.Until < turn.Now) return (PlateReplyStatus.TooLate, null);
        if (Unmoved(p) is { } no) return (no, null);
        if (p.Parent is not null) return (PlateReplyStatus.OnParent, null);
        if (p.Bin == c.ToBin) return (PlateReplyStatus.Unchanged, null);

        return (PlateReplyStatus.Done, new LicensePlateEvent.PlateMoved(by, c.ToBin, c.Over));
    }

    static (PlateReplyStatus, LicensePlateEvent?) Load(Plate p, LicensePlateCommand.Load c, Operation by)
    {
        if (Unmoved(p) is { } no) return (no, null);
        if (p.Parent is not null) return (PlateReplyStatus.OnParent, null);

        return (PlateReplyStatus.Done, new LicensePlateEvent.LoadAsked(by, c.Parent));
    }

    static (PlateReplyStatus, LicensePlateEvent?) Unload(Plate p, Operation by)
    {
        if (Unmoved(p) is { } no) return (no, null);
        if (p.Parent is null) return (PlateReplyStatus.NotLoaded, null);

        return (PlateReplyStatus.Done, new LicensePlateEvent.PlateUnloaded(by, p.Parent));
    }

    static (PlateReplyStatus, LicensePlateEvent?) TurnTo(Plate p, PlateStatus status, Operation by)
    {
        if (Unmoved(p) is { } no) return (no, null);
        if (p.Status == status) return (PlateReplyStatus.Unchanged, null);
        var goes = status is PlateStatus.Shipped or PlateStatus.Void;
        if (goes && p.Parent is not null) return (PlateReplyStatus.OnParent, null);
        if (goes && p.Carries.Any()) return (PlateReplyStatus.NotEmpty, null);

        return (PlateReplyStatus.Done, new LicensePlateEvent.PlateTurned(by, status));
    }

    /// <summary>Why nothing can be done with it now; null when it can.</summary>
    static PlateReplyStatus? Unmoved(Plate p) =>
        p.Status is PlateStatus.Shipped or PlateStatus.Void ? PlateReplyStatus.Gone
        : !p.IsSettled ? PlateReplyStatus.Moving : null;

    static Decision<LicensePlateEvent> NoteCarried(LicensePlate plate, LicensePlateCommand.NoteCarried c) =>
        plate.Plate is { } p && c.Step == p.Step && p.WaitsFor.Contains(c.Sku)
            ? new(Done.It, new LicensePlateEvent.UnitsFollowed(c.Sku, c.Step, c.Units)) : new(Done.It);

    static Decision<LicensePlateEvent> NoteUnits(LicensePlate plate, LicensePlateCommand.NoteUnits c) =>
        plate.Plate is { } p && p.Card.Node == c.Node && (p.Skus.Contains(c.Sku) || p.Skus.Length < MaxSkus)
            ? new(Done.It, new LicensePlateEvent.UnitsCame(c.Sku)) : new(Done.It);

    static Decision<LicensePlateEvent> NoteTaken(LicensePlate plate, LicensePlateCommand.NoteTaken c)
    {
        if (plate.Plate is not { } p) return new(Done.It);
        if (p.Loading == c.Parent && p.Loads == c.Loads)
            return new(Done.It, new LicensePlateEvent.LoadAnswered(c.Parent, c.Status, c.Bin, c.Step));

        // Of two attempts the first was refused: it stands elsewhere by now, and is not waited for there.
        var stands = p.Parent == c.Parent && p.Loads == c.Loads;
        return stands || c.Status != TakeStatus.Taken ? new(Done.It)
            : new(Done.It, new LicensePlateEvent.LoadForgone(c.Parent, c.Loads));
    }

    static Decision<LicensePlateEvent> Take(LicensePlate plate, LicensePlateCommand.Take c)
    {
        if (plate.Plate is not { } p) return new(new TakeReply(TakeStatus.UnknownParent, null, 0));
        // It stands there, or did and has gone: who asks then is late, and is not heard.
        if (p.Children.Any(k => k.Lpn == c.Child && k.Load >= c.Loads))
            return new(new TakeReply(TakeStatus.Taken, p.Bin, p.Step));
        var status = p.Status != PlateStatus.Open ? TakeStatus.NotOpen
            : p.Card.Node != c.Node ? TakeStatus.OtherNode
            : p.Card.Kind <= c.Kind ? TakeStatus.WrongKind
            : p.Carries.Count() >= MaxChildren ? TakeStatus.TooMany : TakeStatus.Taken;
        TakeReply reply = new(status, p.Bin, p.Step);
        return status == TakeStatus.Taken ? new(reply, new LicensePlateEvent.ChildTaken(c.Child, c.Loads)) : new(reply);
    }

    static Decision<LicensePlateEvent> Follow(LicensePlate plate, LicensePlateCommand.Follow c)
    {
        if (plate.Plate is not { } p || (p.Parent != c.Parent && p.Loading != c.Parent))
            return new(new FollowReply(false));
        // It followed there, or further, before; who asks again has heard or will hear of it.
        if (c.Step <= p.ParentStep) return new(new FollowReply(true));

        return new(new FollowReply(true), new LicensePlateEvent.ParentMoved(c.Bin, c.Step));
    }

    Decision<LicensePlateEvent> Answer(PlateReplyStatus status, LicensePlateEvent? happened = null)
    {
        var after = happened is null ? this : Evolve(this, happened);
        PlateReply reply = new(status, after.Plate, after.Version);
        return happened is null ? new(reply) : new(reply, happened);
    }
}
