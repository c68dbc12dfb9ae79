using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Fulfillment.Intake;
using Fulfillment.Inventory;

namespace Fulfillment.Picking;

/// <summary>
/// The pick faces of a node that are to be filled from the reserve: of a seller. A face is on it once, however many
/// picks empty it. Each scan is checked against the task, and moves the units at once, exactly once.
/// </summary>
/// <param name="Tasks">By number: those that are open, and the last that are done.</param>
/// <param name="Moves">By number: those of the tasks that are remembered.</param>
/// <param name="Last">The last number of a task, and of a move.</param>
/// <param name="Operations">The last changes.</param>
public sealed record Refills(
    ImmutableSortedDictionary<int, RefillTask> Tasks, ImmutableSortedDictionary<int, RefillMove> Moves, int Last,
    ImmutableArray<Operation> Operations)
    : IEntity<Refills, RefillCommand, RefillEvent>
{
    /// <summary>The most tasks that are open; what is emptied beyond is filled once it is picked from again.</summary>
    public const int MaxOpen = 5_000;

    /// <summary>Tasks that are done, and remembered.</summary>
    public const int MaxDone = 500;

    /// <summary>Changes that are remembered; what is older than these is over.</summary>
    public const int MaxOperations = 2_000;

    /// <summary>The most moves of a task.</summary>
    public const int MaxMoves = 1_000;

    const string Why = "replenishment";

    /// <inheritdoc/>
    public static Refills Initial { get; } = new(
        ImmutableSortedDictionary<int, RefillTask>.Empty, ImmutableSortedDictionary<int, RefillMove>.Empty, 0, []);

    /// <inheritdoc/>
    public static Decision<RefillEvent> Decide(Refills refills, RefillCommand command, Turn turn) => command switch
    {
        RefillCommand.Open c => Open(refills, c, turn),
        RefillCommand.TakeOn c => refills.Change(
            c.Id, Fingerprint.Of("claim", $"{c.Task}", c.By), c.Task, (t, by) => TakeOn(t, c, by)),
        RefillCommand.Carry c => refills.Change(
            c.Id, ContentOf(c), c.Task, (t, by) => refills.Carry(t, c, by, turn),
            m => (m.Task, m.From, m.Units, m.By) == (c.Task, c.From, c.Units, c.By)),
        RefillCommand.Finish c => refills.Change(
            c.Id, Fingerprint.Of("finish", $"{c.Task}", c.By), c.Task, (t, by) => Finish(t, c, by)),
        // A message that was sent twice may be refused, and then not; its answers come in any order.
        RefillCommand.NoteMoved c => refills.Moves.GetValueOrDefault(c.Move) is { } move
            && (move.Status is null || (!IsMoved(move.Status) && IsMoved(c.Status)))
            ? new(Done.It, new RefillEvent.CarriedAnswered(c.Move, c.Status)) : new(Done.It),
        RefillCommand.Get { Task: null } => new(new RefillReply(
            RefillReplyStatus.Done, [.. refills.Tasks.Values.Where(t => !t.IsDone)])),
        RefillCommand.Get { Task: { } task } => refills.Found(task),
        RefillCommand.GetSettled c => refills.Tasks.GetValueOrDefault(c.Task)?.Asked > 0
            ? new(null) : refills.Found(c.Task),
        _ => throw new UnreachableException(),
    };

    Decision<RefillEvent> Found(int task) => Answer(
        Tasks.ContainsKey(task) ? RefillReplyStatus.Done : RefillReplyStatus.UnknownTask, task);

    static Decision<RefillEvent> Open(Refills refills, RefillCommand.Open c, Turn turn)
    {
        Operation by = new(c.Cause, Fingerprint.Of("open", c.Bin, c.Sku));
        if (refills.Operations.Repeats(by) is not null) return new(Done.It);
        var open = refills.Tasks.Values.Where(t => !t.IsDone).ToList();
        if (open.Count >= MaxOpen || open.Any(t => t.Bin == c.Bin && t.Sku == c.Sku)) return new(Done.It);

        return new(Done.It, new RefillEvent.FaceEmptied(
            by, refills.Last + 1, c.Bin, c.Sku, c.Left, (int)Math.Max(0, c.Max - c.Left), turn.Now));
    }

    /// <summary>What every change has in common: repeats, and whether there is such a task.</summary>
    Decision<RefillEvent> Change(
        string id, long content, int task,
        Func<RefillTask, Operation, (RefillReplyStatus, PickFault?, RefillEvent?)> decide,
        Func<RefillMove, bool>? isSame = null)
    {
        if (Tasks.GetValueOrDefault(task) is not { } known) return Answer(RefillReplyStatus.UnknownTask, task);
        Operation by = new(id, content);
        var move = Moves.Values.FirstOrDefault(m => m.Id == id);
        // A move is known as long as its task, also when many changes came after it.
        if ((Operations.Repeats(by) ?? (move is null ? null : isSame?.Invoke(move) == true)) is { } same)
        {
            return Answer(
                same ? RefillReplyStatus.AlreadyDone : RefillReplyStatus.DifferentContent, task, move: move);
        }

        var (status, fault, happened) = decide(known, by);
        return Answer(status, task, fault, happened);
    }

    static (RefillReplyStatus, PickFault?, RefillEvent?) TakeOn(
        RefillTask task, RefillCommand.TakeOn c, Operation by) =>
        task.IsDone ? (RefillReplyStatus.Closed, null, null)
        : task.By == c.By ? (RefillReplyStatus.AlreadyDone, null, null)
        : task.By is not null && !c.TakeOver ? (RefillReplyStatus.ClaimedByAnother, null, null)
        : (RefillReplyStatus.Done, null, new RefillEvent.TaskClaimed(by, task.Number, c.By));

    (RefillReplyStatus, PickFault?, RefillEvent?) Carry(
        RefillTask task, RefillCommand.Carry c, Operation by, Turn turn)
    {
        if (Refused(task, c.By) is { } refused) return (refused, null, null);
        if (Moves.Values.Count(m => m.Task == task.Number) >= MaxMoves) return (RefillReplyStatus.TooMany, null, null);
        PickFault? fault = c.To != task.Bin || c.From == task.Bin ? PickFault.WrongBin
            : c.Sku != task.Sku ? PickFault.WrongSku
            : c.Units <= 0 || (task.Wanted > 0 && c.Units > task.Wanted - task.Moved - task.Asked)
                ? PickFault.WrongQuantity : null;
        if (fault is not null) return (RefillReplyStatus.Wrong, fault, null);
        if (c.Until < turn.Now) return (RefillReplyStatus.TooLate, null, null);
        return (RefillReplyStatus.Done, null, new RefillEvent.UnitsCarried(
            by, Last + 1, task.Number, c.From, c.Units, c.By, turn.Now, c.Lot,
            c.Serials.IsDefaultOrEmpty ? default : c.Serials, c.Until, c.Over));
    }

    static (RefillReplyStatus, PickFault?, RefillEvent?) Finish(
        RefillTask task, RefillCommand.Finish c, Operation by) =>
        Refused(task, c.By) is { } refused ? (refused, null, null)
        : task.Asked > 0 ? (RefillReplyStatus.Busy, null, null)
        : (RefillReplyStatus.Done, null, new RefillEvent.TaskFinished(by, task.Number, c.By));

    /// <summary>Why somebody may not fill it; null when he may.</summary>
    static RefillReplyStatus? Refused(RefillTask task, string by) =>
        task.IsDone || task.Finished is not null ? RefillReplyStatus.Closed
        : task.By is null ? RefillReplyStatus.NotClaimed
        : task.By != by ? RefillReplyStatus.ClaimedByAnother : null;

    Decision<RefillEvent> Answer(
        RefillReplyStatus status, int task, PickFault? fault = null, RefillEvent? happened = null,
        RefillMove? move = null)
    {
        var after = happened is null ? this : Evolve(this, happened);
        move ??= happened is RefillEvent.UnitsCarried e ? after.Moves[e.Move] : null;
        RefillReply reply = new(
            status, after.Tasks.GetValueOrDefault(task) is { } now ? [now] : [], fault, move);
        return happened is null ? new(reply) : new(reply, happened);
    }

    static long ContentOf(RefillCommand.Carry c) => Fingerprint.Of(
        "carry", $"{c.Task}", c.By, c.From, c.To, c.Sku, $"{c.Units}", c.Lot,
        c.Serials.IsDefaultOrEmpty ? null : string.Join('\n', c.Serials));

    /// <inheritdoc/>
    public static Refills Evolve(Refills before, RefillEvent happened) => happened switch
    {
        RefillEvent.FaceEmptied e => before.Forget().Known(e.Operation) with
        {
            Tasks = before.Forget().Tasks.Add(e.Task, new(e.Task, e.Bin, e.Sku, e.Left, e.Wanted, e.At)),
            Last = e.Task,
        },
        RefillEvent.TaskClaimed e => before.Known(e.Operation).With(e.Task, t => t with { By = e.By }),
        RefillEvent.UnitsCarried e => (before.Known(e.Operation) with
        {
            Moves = before.Moves.Add(e.Move, new(e.Move, e.Task, e.Operation.Id, e.From, e.Units, e.By, e.At)),
            Last = e.Move,
        }).With(e.Task, t => t with { Asked = t.Asked + e.Units }),
        RefillEvent.CarriedAnswered e => before.Answered(e),
        RefillEvent.TaskFinished e => before.Known(e.Operation).With(e.Task, t => t with { Finished = e.By }),
        _ => throw new UnreachableException(),
    };

    Refills Known(Operation by) => this with
    {
        Operations = [.. Operations.TakeLast(MaxOperations - 1), by],
    };

    Refills With(int task, Func<RefillTask, RefillTask> change) =>
        this with { Tasks = Tasks.SetItem(task, change(Tasks[task])) };

    Refills Answered(RefillEvent.CarriedAnswered e)
    {
        var move = Moves[e.Move];
        var (asked, moved) = (move.Status is null ? move.Units : 0, IsMoved(e.Status) ? move.Units : 0);
        return (this with { Moves = Moves.SetItem(e.Move, move with { Status = e.Status }) }).With(
            move.Task, t => t with { Asked = t.Asked - asked, Moved = t.Moved + moved });
    }

    static bool IsMoved(MoveStatus? status) => status is MoveStatus.Done or MoveStatus.AlreadyDone;

    /// <summary>Without the oldest that are done, once there are too many.</summary>
    Refills Forget()
    {
        var done = Tasks.Values.Where(t => t.IsDone).Select(t => t.Number).ToList();
        if (done.Count < MaxDone) return this;
        HashSet<int> gone = [.. done.Take(done.Count - MaxDone + 1)];
        return this with
        {
            Tasks = Tasks.RemoveRange(gone),
            Moves = Moves.RemoveRange(Moves.Values.Where(m => gone.Contains(m.Task)).Select(m => m.Number)),
        };
    }

    /// <inheritdoc/>
    public static Send[] React(Refills refills, RefillEvent happened, Turn turn)
    {
        if (happened is not RefillEvent.UnitsCarried e) return [];
        var task = refills.Tasks[e.Task];
        var id = string.Create(CultureInfo.InvariantCulture, $"refill/{turn.Self.Name}/{e.Move}");
        return
        [
            new(turn.Self.Sibling(InventoryCalls.Kind, task.Sku), new SkuCommand.Move(
                id, turn.Self.Name, e.Units, StockState.Available, StockState.Available, Why,
                new(e.From, e.Lot, null, e.Serials), task.Bin, Carried: true, Until: e.Until, Over: e.Over)),
        ];
    }

    /// <inheritdoc/>
    public static RefillCommand? OnReply(Send asked, object reply) => (asked.Command, reply) switch
    {
        (SkuCommand.Move c, MoveReply r) => new RefillCommand.NoteMoved(
            int.Parse(c.Id.AsSpan(c.Id.LastIndexOf('/') + 1), CultureInfo.InvariantCulture), r.Status),
        _ => null,
    };

    /// <inheritdoc/>
    public static string? Check(Refills refills, RefillEvent? last)
    {
        foreach (var task in refills.Tasks.Values)
        {
            var moves = refills.Moves.Values.Where(m => m.Task == task.Number).ToList();
            if (moves.Where(m => m.Status is null).Sum(m => m.Units) != task.Asked)
                return $"{task.Asked} asked of {task}";
            if (moves.Where(m => m.Status is MoveStatus.Done or MoveStatus.AlreadyDone).Sum(m => m.Units) != task.Moved)
                return $"{task.Moved} moved of {task}";
        }

        var twice = refills.Tasks.Values.Where(t => !t.IsDone).GroupBy(t => (t.Bin, t.Sku))
            .FirstOrDefault(g => g.Count() > 1);
        return twice is null ? null : $"{twice.Key} is to be filled twice at a time";
    }
}
