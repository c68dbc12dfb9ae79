using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Fulfillment.Intake;
using Fulfillment.Inventory;

namespace Fulfillment.Purchasing;

/// <summary>A line as it is ordered: units at a unit cost in minor units, expected then.</summary>
public sealed record OrderedLine(string Id, string Sku, int Quantity, long CostMinor, DateTimeOffset At);

/// <summary>
/// What is ordered of whom, for which node. <c>TolerancePercent</c>: how many more units than ordered may be received;
/// null for any number, which is reported. <c>ReorderOf</c>: the SKU that had it written, and is told when it is over.
/// </summary>
public sealed record PurchaseTerms(
    string Supplier, string Node, string Currency, ImmutableArray<OrderedLine> Lines, int? TolerancePercent = null,
    string? Note = null, string? ReorderOf = null);

/// <summary>What the supplier says of a line; null: as ordered. <c>Quantity</c> 0: he does not deliver it.</summary>
public readonly record struct LineAnswer(string Line, int? Quantity = null, DateTimeOffset? At = null);

/// <summary>When the open units of a line are expected.</summary>
public readonly record struct LineDate(string Line, DateTimeOffset At);

/// <summary>
/// Units of a line; null: all that are still to come, or as many as there are <c>Serials</c>, which name each of a
/// transfer's where its SKU asks for it.
/// </summary>
public readonly record struct LineUnits(
    string Line, int? Quantity = null, ImmutableArray<string> Serials = default);

/// <summary>
/// Units of a line in a package, or of a transfer; <c>Serials</c>: of each; default where none are told.
/// </summary>
public readonly record struct PackedUnits(string Line, int Quantity, ImmutableArray<string> Serials = default);

/// <summary>A package of a shipment. <c>Sscc</c>: its licence plate, 18 digits; null when it has none.</summary>
public sealed record AnnouncedPackage(string Id, string? Sscc, ImmutableArray<PackedUnits> Lines);

/// <summary>An advance ship notice.</summary>
public sealed record AnnouncedShipment(
    string Id, DateTimeOffset At, string? Carrier, string? Tracking, ImmutableArray<AnnouncedPackage> Packages);

/// <summary>
/// Units counted at the dock: <c>Quantity</c> in all, <c>Damaged</c> of them, which go into the state <c>State</c>.
/// <c>Shipment</c>, <c>Package</c>: what they came with; null when nobody says. <c>What</c>: which units they are; with
/// serials all of them are damaged or none is.
/// </summary>
public sealed record CountedLine(
    string Line, int Quantity, int Damaged, StockState State, string? Shipment = null, string? Package = null,
    Particulars? What = null);

/// <summary>A charge in minor units of the order's currency, to be split over the units received.</summary>
public sealed record PurchaseCharge(
    string Id, ChargeKind Kind, long AmountMinor, ChargeBasis Basis, string? Note = null);

/// <summary>
/// The answer to every command and question. <c>Purchase</c>: null for one that nobody wrote. <c>Subject</c>: the line,
/// shipment or package that a refusal is about.
/// </summary>
public sealed record PurchaseReply(PurchaseStatus Status, Purchase? Purchase, long Version, string? Subject = null);

/// <summary>What a purchase order can be asked.</summary>
[JsonDerivedType(typeof(Write), "write")]
[JsonDerivedType(typeof(SendOut), "send-out")]
[JsonDerivedType(typeof(Acknowledge), "acknowledge")]
[JsonDerivedType(typeof(Reschedule), "reschedule")]
[JsonDerivedType(typeof(CancelLines), "cancel-lines")]
[JsonDerivedType(typeof(Close), "close")]
[JsonDerivedType(typeof(Announce), "announce")]
[JsonDerivedType(typeof(Receive), "receive")]
[JsonDerivedType(typeof(FinishShipment), "finish-shipment")]
[JsonDerivedType(typeof(Charge), "charge")]
[JsonDerivedType(typeof(NoteSupply), "note-supply")]
[JsonDerivedType(typeof(Get), "get")]
[JsonDerivedType(typeof(GetSettled), "get-settled")]
public abstract record PurchaseCommand
{
    /// <summary>Writes the order, or replaces it as long as it was not sent. Repeatable.</summary>
    public sealed record Write(PurchaseTerms Terms, long? IfVersion = null)
        : PurchaseCommand, ICommand<PurchaseReply>;

    /// <summary>The supplier has it: from now on its units are expected.</summary>
    public sealed record SendOut(string Id) : PurchaseCommand, ICommand<PurchaseReply>;

    /// <summary>The supplier says what he delivers; without lines: all, as ordered.</summary>
    public sealed record Acknowledge(string Id, ImmutableArray<LineAnswer> Lines)
        : PurchaseCommand, ICommand<PurchaseReply>;

    /// <summary>Open units are expected at another time: those of all lines, or of some.</summary>
    public sealed record Reschedule(string Id, DateTimeOffset? At, ImmutableArray<LineDate> Lines)
        : PurchaseCommand, ICommand<PurchaseReply>;

    /// <summary>Open units are not wanted any more; without lines: all of them.</summary>
    public sealed record CancelLines(string Id, ImmutableArray<LineUnits> Lines, string Reason)
        : PurchaseCommand, ICommand<PurchaseReply>;

    /// <summary>What has not come will not come.</summary>
    public sealed record Close(string Id, string Reason) : PurchaseCommand, ICommand<PurchaseReply>;

    /// <summary>An advance ship notice; by the shipment's id.</summary>
    public sealed record Announce(AnnouncedShipment Shipment) : PurchaseCommand, ICommand<PurchaseReply>;

    /// <summary>
    /// Units were counted at the dock; each line is booked at once. <c>Over</c>: limits of bins that somebody passes
    /// knowingly; null: none.
    /// </summary>
    public sealed record Receive(string Id, ImmutableArray<CountedLine> Lines, string? Over = null)
        : PurchaseCommand, ICommand<PurchaseReply>;

    /// <summary>The truck is empty: what is missing of the shipment is short.</summary>
    public sealed record FinishShipment(string Id, string Shipment) : PurchaseCommand, ICommand<PurchaseReply>;

    /// <summary>A charge on top of the goods; by its id.</summary>
    public sealed record Charge(PurchaseCharge Item) : PurchaseCommand, ICommand<PurchaseReply>;

    /// <summary>The answer of a SKU to how a supply of it stands. <c>Movement</c>: what it booked with it.</summary>
    public sealed record NoteSupply(
        string Supply, int Step, SupplyStatus Status, string? Movement, ImmutableArray<OrderUnits> Filled)
        : PurchaseCommand, ICommand<Done>;

    /// <summary>Asks for the order.</summary>
    public sealed record Get : PurchaseCommand, ICommand<PurchaseReply>;

    /// <summary>Asks for the order, once every SKU has answered.</summary>
    public sealed record GetSettled : PurchaseCommand, ICommand<PurchaseReply>;
}

/// <summary>What happened to a purchase order.</summary>
[JsonDerivedType(typeof(OrderWritten), "order-written")]
[JsonDerivedType(typeof(OrderSent), "order-sent")]
[JsonDerivedType(typeof(LinesAcknowledged), "lines-acknowledged")]
[JsonDerivedType(typeof(LinesRescheduled), "lines-rescheduled")]
[JsonDerivedType(typeof(LinesCancelled), "lines-cancelled")]
[JsonDerivedType(typeof(OrderClosed), "order-closed")]
[JsonDerivedType(typeof(ShipmentAnnounced), "shipment-announced")]
[JsonDerivedType(typeof(GoodsReceived), "goods-received")]
[JsonDerivedType(typeof(ShipmentDone), "shipment-done")]
[JsonDerivedType(typeof(ChargeAdded), "charge-added")]
[JsonDerivedType(typeof(SupplyAnswered), "supply-answered")]
public abstract record PurchaseEvent
{
    /// <summary>It was written or replaced.</summary>
    public sealed record OrderWritten(PurchaseTerms Terms) : PurchaseEvent;

    /// <summary>The supplier has it.</summary>
    public sealed record OrderSent(Operation By) : PurchaseEvent;

    /// <summary>The supplier delivers so many units of these lines in all, then.</summary>
    public sealed record LinesAcknowledged(Operation By, ImmutableArray<LineAnswer> Lines) : PurchaseEvent;

    /// <summary>Open units are expected then.</summary>
    public sealed record LinesRescheduled(Operation By, ImmutableArray<LineDate> Lines) : PurchaseEvent;

    /// <summary>So many open units are not wanted any more.</summary>
    public sealed record LinesCancelled(Operation By, ImmutableArray<PackedUnits> Lines, string Reason)
        : PurchaseEvent;

    /// <summary>What has not come will not come.</summary>
    public sealed record OrderClosed(Operation By, string Reason) : PurchaseEvent;

    /// <summary>A shipment is on its way.</summary>
    public sealed record ShipmentAnnounced(Operation By, AnnouncedShipment Shipment) : PurchaseEvent;

    /// <summary>
    /// Units were counted at the dock. <c>Over</c>: limits of bins that were knowingly passed; null: none.
    /// </summary>
    public sealed record GoodsReceived(
        Operation By, string Receipt, DateTimeOffset At, ImmutableArray<CountedLine> Lines, string? Over = null)
        : PurchaseEvent;

    /// <summary>All of a shipment was unloaded.</summary>
    public sealed record ShipmentDone(Operation By, string Shipment) : PurchaseEvent;

    /// <summary>A charge was made.</summary>
    public sealed record ChargeAdded(Operation By, PurchaseCharge Item) : PurchaseEvent;

    /// <summary>
    /// A SKU answered of a line's supply (<c>Shipment</c>: the part announced with it), and of a line of a receipt.
    /// </summary>
    public sealed record SupplyAnswered(
        string Line, string? Shipment, int Step, SupplyStatus Status, string? Receipt, int Number,
        ImmutableArray<OrderUnits> Filled) : PurchaseEvent;
}
