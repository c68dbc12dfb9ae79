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

    /// <summary>The order has no such line.</summary>
    UnknownLine,

    /// <summary>A quantity is zero or negative.</summary>
    QuantityNotPositive,

    /// <summary>So many units can no longer be cancelled: they have left, or were cancelled before.</summary>
    TooLate,

    /// <summary>More than <see cref="Order.MaxOperations"/> operations.</summary>
    TooManyOperations,

    /// <summary>The units are cancelled; their stock goes back.</summary>
    Cancelled,
}

/// <summary>
/// Outcome of <see cref="OrderCommand.Ship"/> and <see cref="OrderCommand.Deliver"/>, in the order tested.
/// </summary>
public enum FulfilStatus
{
    /// <summary>There is no such fulfilment order.</summary>
    UnknownFulfilment,

    /// <summary>The same was reported before.</summary>
    AlreadyDone,

    /// <summary>Something else was reported under this id.</summary>
    DifferentContent,

    /// <summary>The fulfilment order has no such line.</summary>
    UnknownLine,

    /// <summary>A quantity is zero or negative.</summary>
    QuantityNotPositive,

    /// <summary>Nothing is left to ship, or nothing that shipped is left to deliver.</summary>
    NothingOpen,

    /// <summary>The fulfilment order has not so many units left.</summary>
    MoreThanOpen,

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
}
