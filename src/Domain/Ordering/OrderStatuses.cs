using System.Text.Json.Serialization;

namespace Fulfillment.Ordering;

/// <summary>
/// Outcome of <see cref="OrderCommand.Place"/>, in the order tested. Only <see cref="Placed"/> changed anything.
/// </summary>
public enum PlaceStatus
{
    /// <summary>The same order was placed before.</summary>
    AlreadyPlaced,

    /// <summary>Another order was placed under this id.</summary>
    DifferentContent,

    /// <summary>An order needs a line.</summary>
    NoLines,

    /// <summary>More than <see cref="Order.MaxLines"/> lines.</summary>
    TooManyLines,

    /// <summary>A quantity is zero or negative.</summary>
    QuantityNotPositive,

    /// <summary>Two lines have one id.</summary>
    DuplicateLine,

    /// <summary>Prices are in more than one currency.</summary>
    MixedCurrencies,

    /// <summary>A prepaid order needs a price on every line.</summary>
    PriceMissing,

    /// <summary>The total does not fit, or is negative.</summary>
    AmountTooLarge,

    /// <summary>
    /// A charge is negative, or a discount is more than what it is taken from, or there are charges without prices.
    /// </summary>
    BadCharges,

    /// <summary>A means of payment for an order that nobody pays that way, or none for one that needs it.</summary>
    MethodMismatch,

    /// <summary>Placed; stock is being asked.</summary>
    Placed,
}

/// <summary>Outcome of <see cref="OrderCommand.ConfirmPayment"/>, in the order tested.</summary>
public enum PaymentStatus
{
    /// <summary>There is no such order.</summary>
    UnknownOrder,

    /// <summary>The same payment was confirmed before.</summary>
    AlreadyConfirmed,

    /// <summary>Another payment was confirmed under this id.</summary>
    DifferentContent,

    /// <summary>The caller expected another version.</summary>
    Stale,

    /// <summary>The order is not paid in advance.</summary>
    NotExpected,

    /// <summary>The order was rejected or cancelled.</summary>
    OrderEnded,

    /// <summary>The amount is zero or negative.</summary>
    AmountNotPositive,

    /// <summary>The order is in another currency.</summary>
    OtherCurrency,

    /// <summary>More than <see cref="Order.MaxOperations"/> operations, or more money than fits.</summary>
    TooManyOperations,

    /// <summary>More is given back than was confirmed as paid.</summary>
    MoreThanPaid,

    /// <summary>Booked; more is due.</summary>
    PartlyPaid,

    /// <summary>Booked; nothing more is due.</summary>
    Paid,
}

/// <summary>Outcome of <see cref="OrderCommand.Cancel"/>, in the order tested.</summary>
public enum CancelStatus
{
    /// <summary>There is no such order.</summary>
    UnknownOrder,

    /// <summary>The same cancellation was made before.</summary>
    AlreadyCancelled,

    /// <summary>Another cancellation was made under this id.</summary>
    DifferentContent,

    /// <summary>The caller expected another version.</summary>
    Stale,

    /// <summary>The order was rejected or cancelled whole.</summary>
    OrderEnded,

    /// <summary>The line is a component of a kit: name the kit's line.</summary>
    PartOfKit,

    /// <summary>The order has no such line.</summary>
    UnknownLine,

    /// <summary>A quantity is zero or negative.</summary>
    QuantityNotPositive,

    /// <summary>So many units can no longer be cancelled: they have left, or were cancelled before.</summary>
    TooLate,

    /// <summary>More than <see cref="Order.MaxOperations"/> operations.</summary>
    TooManyOperations,

    /// <summary>
    /// Too late for some of the units, a node works on them: it was asked to stop them, and they cannot leave until it
    /// answers. The others are cancelled.
    /// </summary>
    InterceptOpened,

    /// <summary>The units are cancelled; their stock goes back.</summary>
    Cancelled,
}

/// <summary>
/// Outcome of <see cref="OrderCommand.StartWork"/>, <see cref="OrderCommand.Ship"/> and
/// <see cref="OrderCommand.Deliver"/>, in the order tested.
/// </summary>
public enum FulfilStatus
{
    /// <summary>There is no such fulfilment order.</summary>
    UnknownFulfilment,

    /// <summary>The same was reported before.</summary>
    AlreadyDone,

    /// <summary>Something else was reported under this id.</summary>
    DifferentContent,

    /// <summary>Nothing has left the fulfilment order under that id.</summary>
    UnknownShipment,

    /// <summary>The fulfilment order has no such line.</summary>
    UnknownLine,

    /// <summary>A quantity is zero or negative.</summary>
    QuantityNotPositive,

    /// <summary>Nothing is left to ship, or nothing that shipped is left to deliver.</summary>
    NothingOpen,

    /// <summary>The fulfilment order has not so many units left.</summary>
    MoreThanOpen,

    /// <summary>A node has begun to work on it.</summary>
    AlreadyBegun,

    /// <summary>It is that node's already, or the two are not of one node.</summary>
    WrongNode,

    /// <summary>The node has not so many units free.</summary>
    NoStock,

    /// <summary>All of it is named: nothing would be left.</summary>
    NothingLeft,

    /// <summary>The node was not asked whether it accepts the work, or has answered otherwise.</summary>
    NotAsked,

    /// <summary>The label of the parcel names an address that the order has no more.</summary>
    OtherAddress,

    /// <summary>A hold stops the order, or this fulfilment order alone.</summary>
    OnHold,

    /// <summary>Nothing may leave before its day.</summary>
    Scheduled,

    /// <summary>It is packed at a bench: only its closed boxes leave.</summary>
    AtBench,

    /// <summary>The units are being stopped: see the order's intercepts.</summary>
    Intercepted,

    /// <summary>The units are in a parcel with a label: they leave with that, or it loses its label first.</summary>
    InParcel,

    /// <summary>Units that are told apart by lot or serial were not picked by name.</summary>
    NotPicked,

    /// <summary>More than <see cref="Order.MaxOperations"/> operations.</summary>
    TooManyOperations,

    /// <summary>Done.</summary>
    Done,
}

/// <summary>Why an order was rejected.</summary>
public enum RejectReason
{
    /// <summary>Stock did not cover it.</summary>
    [JsonStringEnumMemberName("sold-out")] SoldOut,

    /// <summary>A line names a SKU that does not exist.</summary>
    [JsonStringEnumMemberName("unknown-sku")] UnknownSku,

    /// <summary>A kit has more units or components than an order can have, or is part of another kit.</summary>
    [JsonStringEnumMemberName("kit-too-large")] KitTooLarge,

    /// <summary>A line names a SKU that is not sold yet, or not any more.</summary>
    [JsonStringEnumMemberName("not-orderable")] NotOrderable,
}

/// <summary>
/// Outcome of <see cref="OrderCommand.PlaceHold"/>, <see cref="OrderCommand.ReleaseHold"/> and
/// <see cref="OrderCommand.AskBuyer"/>, in the order tested.
/// </summary>
public enum HoldStatus
{
    /// <summary>There is no such order.</summary>
    UnknownOrder,

    /// <summary>The same was done before.</summary>
    AlreadyDone,

    /// <summary>Something else was done under this id.</summary>
    DifferentContent,

    /// <summary>The order has no such hold.</summary>
    UnknownHold,

    /// <summary>It was released before.</summary>
    AlreadyReleased,

    /// <summary>The order was rejected or cancelled whole, or all of it has left.</summary>
    OrderEnded,

    /// <summary>A payment's hold ends when the money is there, not by release.</summary>
    PaymentDue,

    /// <summary>
    /// More than <see cref="Order.MaxHolds"/> holds, or <see cref="Order.MaxOperations"/> operations.
    /// </summary>
    TooManyOperations,

    /// <summary>Done.</summary>
    Done,
}

/// <summary>Outcome of <see cref="OrderCommand.PayWith"/>, in the order tested.</summary>
public enum MethodStatus
{
    /// <summary>There is no such order.</summary>
    UnknownOrder,

    /// <summary>The same was given before.</summary>
    AlreadyGiven,

    /// <summary>Another was given under this id.</summary>
    DifferentContent,

    /// <summary>Nobody pays this order by a provider.</summary>
    NotExpected,

    /// <summary>The order was rejected or cancelled whole.</summary>
    OrderEnded,

    /// <summary>A try is still under way: its outcome comes first.</summary>
    StillTrying,

    /// <summary>More than <see cref="Order.MaxOperations"/> operations.</summary>
    TooManyOperations,

    /// <summary>It is being tried.</summary>
    Given,
}

/// <summary>Outcome of <see cref="OrderCommand.AnswerIntercept"/>, in the order tested.</summary>
public enum InterceptAnswerStatus
{
    /// <summary>There is no such intercept.</summary>
    UnknownIntercept,

    /// <summary>The same was answered before.</summary>
    AlreadyAnswered,

    /// <summary>It was answered otherwise before.</summary>
    AnsweredOtherwise,

    /// <summary>The goods are back and cancelled, or free to leave.</summary>
    Answered,
}

/// <summary>Outcome of <see cref="OrderCommand.Edit"/>, in the order tested.</summary>
public enum EditStatus
{
    /// <summary>There is no such order.</summary>
    UnknownOrder,

    /// <summary>The same edit was made before.</summary>
    AlreadyEdited,

    /// <summary>Another edit was made under this id.</summary>
    DifferentContent,

    /// <summary>The same edit was made before, and stock did not cover it: see the order's refused edits.</summary>
    SoldOut,

    /// <summary>The caller expected another version.</summary>
    Stale,

    /// <summary>The order was rejected or cancelled whole, or is closed.</summary>
    OrderEnded,

    /// <summary>Stock has not decided on the order, or on the edit before.</summary>
    Undecided,

    /// <summary>A node works on the order, or goods have left: too late.</summary>
    TooLate,

    /// <summary>The edit changes nothing.</summary>
    NothingChanged,

    /// <summary>The line is a component of a kit: name the kit's line.</summary>
    PartOfKit,

    /// <summary>The order has no such line.</summary>
    UnknownLine,

    /// <summary>A quantity is zero or negative.</summary>
    QuantityNotPositive,

    /// <summary>The line has not so many units left.</summary>
    MoreThanLeft,

    /// <summary>An added line has the id of another.</summary>
    DuplicateLine,

    /// <summary>More than <see cref="Order.MaxLines"/> lines.</summary>
    TooManyLines,

    /// <summary>An added line has no price where the others have one, or one in another currency.</summary>
    PriceMismatch,

    /// <summary>The total does not fit, or is negative.</summary>
    AmountTooLarge,

    /// <summary>A charge is negative, or a discount is more than the line costs.</summary>
    BadCharges,

    /// <summary>Nothing but a preview.</summary>
    Previewed,

    /// <summary>More than <see cref="Order.MaxOperations"/> operations.</summary>
    TooManyOperations,

    /// <summary>Stock is being asked for the added lines.</summary>
    Begun,

    /// <summary>Done.</summary>
    Edited,
}
