using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Fulfillment.Intake;
using Fulfillment.Inventory;

namespace Fulfillment.Picking;

/// <summary>
/// Units of a SKU are to be carried into a pick face. <c>Wanted</c>: how many; 0: nobody told how much it holds, so
/// whoever fills it says when that is enough. <c>Left</c>: units there when it was opened. <c>Asked</c>: units of moves
/// that the SKU has not answered. <c>Finished</c>: who said that no more comes.
/// </summary>
public sealed record RefillTask(
    int Number, string Bin, string Sku, long Left, int Wanted, DateTimeOffset OpenedAt, string? By = null,
    int Moved = 0, int Asked = 0, string? Finished = null)
{
    /// <summary>Nothing more is carried.</summary>
    [JsonIgnore]
    public bool IsDone => Asked == 0 && (Finished is not null || (Wanted > 0 && Moved >= Wanted));
}

/// <summary>
/// Units on their way from another place into a face. <c>Status</c>: what the SKU answered; null before.
/// </summary>
public sealed record RefillMove(
    int Number, int Task, string Id, string From, int Units, string By, DateTimeOffset At, MoveStatus? Status = null);

/// <summary>Outcome of a command about a task, in the order tested.</summary>
public enum RefillReplyStatus
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>There is no such task, or it is long done.</summary>
    UnknownTask,

    /// <summary>It was done before, by the same id.</summary>
    AlreadyDone,

    /// <summary>The id was used for something else.</summary>
    DifferentContent,

    /// <summary>The face is filled, or no more comes.</summary>
    Closed,

    /// <summary>Nobody has claimed it.</summary>
    NotClaimed,

    /// <summary>Somebody else has.</summary>
    ClaimedByAnother,

    /// <summary>A move has not been answered.</summary>
    Busy,

    /// <summary>It has as many moves as it may.</summary>
    TooMany,

    /// <summary>The scan is wrong: see <see cref="PickFault"/>.</summary>
    Wrong,

    /// <summary>The permission to use the bin was over: nothing was done, and the id is free.</summary>
    TooLate,
}

/// <summary>The answer to every command and question. <c>Move</c>: what it is about.</summary>
public sealed record RefillReply(
    RefillReplyStatus Status, ImmutableArray<RefillTask> Tasks, PickFault? Fault = null, RefillMove? Move = null);

/// <summary>What the replenishment of a node can be asked. All changes are repeatable by their id.</summary>
[JsonDerivedType(typeof(Open), "open")]
[JsonDerivedType(typeof(TakeOn), "take-on")]
[JsonDerivedType(typeof(Carry), "carry")]
[JsonDerivedType(typeof(Finish), "finish")]
[JsonDerivedType(typeof(NoteMoved), "note-moved")]
[JsonDerivedType(typeof(Get), "get")]
[JsonDerivedType(typeof(GetSettled), "get-settled")]
public abstract record RefillCommand
{
    /// <summary>
    /// A face has so few units <c>Left</c> that it is to be filled up to <c>Max</c>; nothing happens where a task for
    /// it is open. <c>Cause</c>: what emptied it.
    /// </summary>
    public sealed record Open(string Cause, string Bin, string Sku, long Left, int Max) : RefillCommand, ICommand<Done>;

    /// <summary>Somebody fills it. <c>TakeOver</c>: also what another had claimed.</summary>
    public sealed record TakeOn(string Id, int Task, string By, bool TakeOver = false)
        : RefillCommand, ICommand<RefillReply>;

    /// <summary>
    /// Units were taken from a place and put into the face. <c>Until</c> and <c>Over</c>: as
    /// <see cref="SkuCommand.Move"/> has them.
    /// </summary>
    public sealed record Carry(
        string Id, int Task, string By, string From, string To, string Sku, int Units, string? Lot = null,
        ImmutableArray<string> Serials = default, DateTimeOffset? Until = null, string? Over = null)
        : RefillCommand, ICommand<RefillReply>;

    /// <summary>No more comes: the reserve has none, or the face is full.</summary>
    public sealed record Finish(string Id, int Task, string By) : RefillCommand, ICommand<RefillReply>;

    /// <summary>The answer of a SKU to a move.</summary>
    public sealed record NoteMoved(int Move, MoveStatus Status) : RefillCommand, ICommand<Done>;

    /// <summary>Asks for a task; null: for all that are open.</summary>
    public sealed record Get(int? Task = null) : RefillCommand, ICommand<RefillReply>;

    /// <summary>Asks for a task, once the SKU has answered.</summary>
    public sealed record GetSettled(int Task) : RefillCommand, ICommand<RefillReply>;
}

/// <summary>What happened to the replenishment of a node.</summary>
[JsonDerivedType(typeof(FaceEmptied), "face-emptied")]
[JsonDerivedType(typeof(TaskClaimed), "task-claimed")]
[JsonDerivedType(typeof(UnitsCarried), "units-carried")]
[JsonDerivedType(typeof(CarriedAnswered), "carried-answered")]
[JsonDerivedType(typeof(TaskFinished), "task-finished")]
public abstract record RefillEvent
{
    /// <summary>A face is to be filled.</summary>
    public sealed record FaceEmptied(
        Operation Operation, int Task, string Bin, string Sku, long Left, int Wanted, DateTimeOffset At) : RefillEvent;

    /// <summary>Somebody fills it.</summary>
    public sealed record TaskClaimed(Operation Operation, int Task, string By) : RefillEvent;

    /// <summary>Units were scanned, and the SKU is asked to move them.</summary>
    public sealed record UnitsCarried(
        Operation Operation, int Move, int Task, string From, int Units, string By, DateTimeOffset At,
        string? Lot = null, ImmutableArray<string> Serials = default, DateTimeOffset? Until = null,
        string? Over = null) : RefillEvent;

    /// <summary>The SKU answered to that.</summary>
    public sealed record CarriedAnswered(int Move, MoveStatus Status) : RefillEvent;

    /// <summary>No more comes.</summary>
    public sealed record TaskFinished(Operation Operation, int Task, string By) : RefillEvent;
}
