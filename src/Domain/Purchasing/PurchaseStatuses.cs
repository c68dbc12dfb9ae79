namespace Fulfillment.Purchasing;

/// <summary>How far a purchase order is.</summary>
public enum PurchaseState
{
    /// <summary>May still be replaced; nothing is expected of it.</summary>
    Draft,

    /// <summary>The supplier was told; its units are expected.</summary>
    Sent,

    /// <summary>The supplier said of every open line what he delivers, and when.</summary>
    Acknowledged,

    /// <summary>Units came, and more are to come.</summary>
    PartiallyReceived,

    /// <summary>Units came, and none are still to come.</summary>
    Received,

    /// <summary>What had not come by then will not.</summary>
    Closed,

    /// <summary>Nothing came, and nothing will.</summary>
    Cancelled,
}

/// <summary>
/// Outcome of a command to a purchase order, in the order tested. Only <see cref="Done"/> changed anything.
/// </summary>
public enum PurchaseStatus
{
    /// <summary>Nobody has written it.</summary>
    UnknownOrder,

    /// <summary>The same was done before.</summary>
    AlreadyDone,

    /// <summary>Something else was done under this id.</summary>
    DifferentContent,

    /// <summary>The caller expected another version.</summary>
    Stale,

    /// <summary>It was sent: it is changed line by line, not replaced.</summary>
    AlreadySent,

    /// <summary>As many changes were made as are remembered.</summary>
    TooManyChanges,

    /// <summary>It was not sent yet.</summary>
    NotSent,

    /// <summary>It is closed, or all of it was cancelled.</summary>
    Closed,

    /// <summary>It has no such line.</summary>
    UnknownLine,

    /// <summary>No such shipment was announced.</summary>
    UnknownShipment,

    /// <summary>The shipment has no such package.</summary>
    UnknownPackage,

    /// <summary>The shipment was finished.</summary>
    ShipmentFinished,

    /// <summary>More of the line came already.</summary>
    BelowReceived,

    /// <summary>Not so many units of the line are still to come.</summary>
    MoreThanOpen,

    /// <summary>More than was ordered, and than the tolerance allows.</summary>
    OverTolerance,

    /// <summary>As many lines were received, shipments announced or charges made as there may be.</summary>
    Full,

    /// <summary>Done.</summary>
    Done,
}

/// <summary>What became of units that were counted at the dock.</summary>
public enum BookingState
{
    /// <summary>The SKU has been told and has not answered.</summary>
    Pending,

    /// <summary>They are stock.</summary>
    Booked,

    /// <summary>The SKU takes no stock: nobody defined it, or it is a kit. They do not count as received.</summary>
    Refused,
}

/// <summary>What a charge is for.</summary>
public enum ChargeKind
{
    /// <summary>Carriage.</summary>
    Freight,

    /// <summary>Customs.</summary>
    Duty,

    /// <summary>Insurance.</summary>
    Insurance,

    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>By what a charge is split over units.</summary>
public enum ChargeBasis
{
    /// <summary>What they cost.</summary>
    Value,

    /// <summary>What they weigh.</summary>
    Weight,

    /// <summary>The room that they take.</summary>
    Volume,

    /// <summary>Their number.</summary>
    Quantity,
}
