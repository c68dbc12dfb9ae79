using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Fulfillment.Intake;
using Fulfillment.Inventory;

namespace Fulfillment.Purchasing;

/// <summary>Units of a SKU to be brought from one node to another.</summary>
public sealed record TransferLine(string Id, string Sku, int Quantity);

/// <summary>What is to be brought from where to where.</summary>
public sealed record TransferTerms(string From, string To, ImmutableArray<TransferLine> Lines, string? Note = null);

/// <summary>How far a transfer is.</summary>
public enum TransferState
{
    /// <summary>Nothing has left.</summary>
    Planned,

    /// <summary>Units are on their way, and none have arrived.</summary>
    InTransit,

    /// <summary>Units have arrived, and more are on their way or have not left.</summary>
    PartiallyReceived,

    /// <summary>All that was to be brought has arrived, or was lost.</summary>
    Received,

    /// <summary>Nothing will leave.</summary>
    Cancelled,
}

/// <summary>
/// Outcome of a command to a transfer, in the order tested. Only <see cref="Done"/> changed anything.
/// </summary>
public enum TransferStatus
{
    /// <summary>Nobody has written it.</summary>
    UnknownTransfer,

    /// <summary>The same was done before.</summary>
    AlreadyDone,

    /// <summary>Something else was done under this id.</summary>
    DifferentContent,

    /// <summary>As many changes were made as are remembered.</summary>
    TooManyChanges,

    /// <summary>It was cancelled.</summary>
    Cancelled,

    /// <summary>It has no such line.</summary>
    UnknownLine,

    /// <summary>Units have left: what is on its way arrives, or is written off.</summary>
    AlreadyShipped,

    /// <summary>More than is to be brought.</summary>
    MoreThanPlanned,

    /// <summary>Nothing of the line has left yet, or its SKU has not answered whether it could.</summary>
    NotShipped,

    /// <summary>Each unit of the line has a serial, and not all of them are named.</summary>
    SerialsMissing,

    /// <summary>No unit of the line with this serial is on its way.</summary>
    SerialNotShipped,

    /// <summary>Not so many units of the line are on their way.</summary>
    MoreThanInTransit,

    /// <summary>Done.</summary>
    Done,
}

/// <summary>
/// Units that were to leave, or were lost on the way, as the SKU was told by the movement <c>Id</c>. <c>Status</c>: its
/// answer; null as long as there is none. <c>At</c>: when those that leave are expected. <c>Serials</c>: of each.
/// </summary>
public sealed record TransferMove(
    string Id, string Line, int Units, bool Lost, DateTimeOffset At, MoveStatus? Status = null,
    ImmutableArray<string> Serials = default)
{
    /// <summary>The SKU did it.</summary>
    public bool IsDone => Status is MoveStatus.Done or MoveStatus.AlreadyDone;
}

/// <summary>
/// A line. <c>Over</c>: of the units that arrived, those beyond what was on its way. <c>Step</c>, <c>Answered</c>: the
/// last message to the SKU about what is on its way, and the last that it has answered. <c>Serials</c>: of the units in
/// transit that have one; default for none.
/// </summary>
public sealed record CarriedLine(
    TransferLine Planned, long Shipped, long Good, long Damaged, long Over, long Lost, DateTimeOffset At, int Step,
    int Answered, ImmutableArray<string> Serials = default)
{
    /// <summary>Units that have left and neither arrived nor were lost.</summary>
    public long InTransit => Shipped - (Good + Damaged - Over) - Lost;
}

/// <summary>A transfer as it stands.</summary>
public sealed record Carriage(
    TransferTerms Terms, bool Cancelled, string? Reason, ImmutableArray<CarriedLine> Lines,
    ImmutableArray<TransferMove> Moves, ImmutableArray<GoodsReceipt> Receipts)
{
    /// <summary>How far it is.</summary>
    public TransferState State =>
        Cancelled ? TransferState.Cancelled
        : Lines.All(l => l.Shipped == 0) ? TransferState.Planned
        : Lines.All(l => l.InTransit == 0 && l.Shipped >= l.Planned.Quantity) ? TransferState.Received
        : Lines.Any(l => l.Good + l.Damaged + l.Lost > 0) ? TransferState.PartiallyReceived
        : TransferState.InTransit;

    /// <summary>Every SKU has answered.</summary>
    public bool IsSettled => Moves.All(m => m.Status is not null) && Lines.All(l => l.Answered >= l.Step)
        && !Receipts.Any(r => r.Lines.Any(l => l.State == BookingState.Pending));

    /// <summary>The line; null when there is none.</summary>
    public CarriedLine? Line(string id) => Lines.FirstOrDefault(l => l.Planned.Id == id);

    /// <summary>Units of a line that are to leave and of which the SKU has not said whether they can.</summary>
    public long Leaving(string line) =>
        Moves.Where(m => m.Line == line && !m.Lost && m.Status is null).Sum(m => (long)m.Units);

    /// <summary>The supply that a line is to its SKU at the node where it goes.</summary>
    public static string SupplyId(string transfer, string line) => $"{Purchase.TransferPrefix}{transfer}:{line}";
}

/// <summary>
/// The answer to every command and question. <c>Subject</c>: the line, or the serial, that a refusal is about.
/// </summary>
public sealed record TransferReply(TransferStatus Status, Carriage? Carriage, long Version, string? Subject = null);

/// <summary>What a transfer can be asked.</summary>
[JsonDerivedType(typeof(Write), "write")]
[JsonDerivedType(typeof(Ship), "ship")]
[JsonDerivedType(typeof(Receive), "receive")]
[JsonDerivedType(typeof(WriteOff), "write-off")]
[JsonDerivedType(typeof(Cancel), "cancel")]
[JsonDerivedType(typeof(NoteMove), "note-move")]
[JsonDerivedType(typeof(NoteArrival), "note-arrival")]
[JsonDerivedType(typeof(Get), "get")]
[JsonDerivedType(typeof(GetSettled), "get-settled")]
public abstract record TransferCommand
{
    /// <summary>Plans it.</summary>
    public sealed record Write(TransferTerms Terms) : TransferCommand, ICommand<TransferReply>;

    /// <summary>Units leave, and are expected then; without lines: all that have not left.</summary>
    public sealed record Ship(string Id, DateTimeOffset At, ImmutableArray<LineUnits> Lines)
        : TransferCommand, ICommand<TransferReply>;

    /// <summary>Units were counted where they arrived; those that left by serial arrive by serial.</summary>
    public sealed record Receive(string Id, ImmutableArray<CountedLine> Lines)
        : TransferCommand, ICommand<TransferReply>;

    /// <summary>Units on their way are lost; without lines: all of them.</summary>
    public sealed record WriteOff(string Id, ImmutableArray<LineUnits> Lines, string Reason)
        : TransferCommand, ICommand<TransferReply>;

    /// <summary>Nothing will leave.</summary>
    public sealed record Cancel(string Id, string Reason) : TransferCommand, ICommand<TransferReply>;

    /// <summary>The answer of a SKU to a movement.</summary>
    public sealed record NoteMove(string Movement, MoveStatus Status) : TransferCommand, ICommand<Done>;

    /// <summary>The answer of a SKU to what is on its way, and to a line of a receipt.</summary>
    public sealed record NoteArrival(
        string Supply, int Step, SupplyStatus Status, string? Movement, ImmutableArray<OrderUnits> Filled)
        : TransferCommand, ICommand<Done>;

    /// <summary>Asks for the transfer.</summary>
    public sealed record Get : TransferCommand, ICommand<TransferReply>;

    /// <summary>Asks for the transfer, once every SKU has answered.</summary>
    public sealed record GetSettled : TransferCommand, ICommand<TransferReply>;
}

/// <summary>What happened to a transfer.</summary>
[JsonDerivedType(typeof(TransferPlanned), "transfer-planned")]
[JsonDerivedType(typeof(GoodsLeft), "goods-left")]
[JsonDerivedType(typeof(GoodsCounted), "goods-counted")]
[JsonDerivedType(typeof(GoodsLost), "goods-lost")]
[JsonDerivedType(typeof(TransferCancelled), "transfer-cancelled")]
[JsonDerivedType(typeof(MoveAnswered), "move-answered")]
[JsonDerivedType(typeof(ArrivalAnswered), "arrival-answered")]
public abstract record TransferEvent
{
    /// <summary>It was planned.</summary>
    public sealed record TransferPlanned(TransferTerms Terms) : TransferEvent;

    /// <summary>Units are to leave; their SKUs say whether they can.</summary>
    public sealed record GoodsLeft(
        Operation By, string Shipment, DateTimeOffset At, ImmutableArray<PackedUnits> Lines) : TransferEvent;

    /// <summary>Units were counted where they arrived; <c>Over</c> of each line were not on their way.</summary>
    public sealed record GoodsCounted(
        Operation By, string Receipt, DateTimeOffset At, ImmutableArray<CountedLine> Lines,
        ImmutableArray<int> Over) : TransferEvent;

    /// <summary>Units on their way are lost.</summary>
    public sealed record GoodsLost(
        Operation By, string Loss, ImmutableArray<PackedUnits> Lines, string Reason) : TransferEvent;

    /// <summary>Nothing will leave.</summary>
    public sealed record TransferCancelled(Operation By, string Reason) : TransferEvent;

    /// <summary>A SKU answered to a movement.</summary>
    public sealed record MoveAnswered(string Movement, MoveStatus Status) : TransferEvent;

    /// <summary>A SKU answered to what is on its way, and to a line of a receipt.</summary>
    public sealed record ArrivalAnswered(
        string Line, int Step, SupplyStatus Status, string? Receipt, int Number, ImmutableArray<OrderUnits> Filled)
        : TransferEvent;
}
