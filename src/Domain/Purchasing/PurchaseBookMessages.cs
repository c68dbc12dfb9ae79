using System.Collections.Immutable;
using Fulfillment.Inventory;

namespace Fulfillment.Purchasing;

/// <summary>Units of a line that a shipment announced, and what came of them.</summary>
public sealed record AnnouncedUnits(
    string Shipment, DateTimeOffset At, long Units, long Good = 0, long Damaged = 0, bool Finished = false)
{
    /// <summary>Units that are still to come with it.</summary>
    public long Open => Finished ? 0 : Math.Max(0, Units - Good - Damaged);

    /// <summary>Units that came beyond those announced.</summary>
    public long Over => Math.Max(0, Good + Damaged - Units);

    /// <summary>Units that did not come, once it is finished.</summary>
    public long Short => Finished ? Math.Max(0, Units - Good - Damaged) : 0;
}

/// <summary>
/// A supply of a SKU that a line is, as its SKU was last told (message <c>Step</c>), and the last message that it has
/// answered. <c>Shipment</c>: the part that is announced with it; null for the rest. <c>Refused</c>: the SKU did not
/// take that message, and is told again with the next.
/// </summary>
public sealed record LineSupply(
    string? Shipment, long Units, DateTimeOffset At, int Step, int Answered = 0, bool Refused = false);

/// <summary>
/// A line. <c>Quantity</c>: units expected in all, after what the supplier said and what was cancelled. <c>At</c>: when
/// those are that no shipment has announced. <c>Short</c>: units that were open when the order was closed.
/// <c>Refused</c>: why the SKU expects nothing of it; null when it does.
/// </summary>
public sealed record PurchaseLine(
    OrderedLine Ordered, long Quantity, DateTimeOffset At, bool Acknowledged, long Good, long Damaged, long Cancelled,
    long Short, ImmutableArray<AnnouncedUnits> Announced, int Step, ImmutableArray<LineSupply> Supplies,
    SupplyStatus? Refused = null)
{
    /// <summary>Units that came, damaged ones too.</summary>
    public long Received => Good + Damaged;

    /// <summary>Units that are still to come.</summary>
    public long Open => Math.Max(0, Quantity - Received);

    /// <summary>Units that came beyond those expected.</summary>
    public long Over => Math.Max(0, Received - Quantity);

    /// <summary>Messages that the SKU has not answered.</summary>
    public bool IsPending => Supplies.Any(s => s.Answered < s.Step);
}

/// <summary>
/// A line of a receipt. <c>Filled</c>: waiting orders that got units of it, which need not be put away.
/// </summary>
public sealed record ReceivedLine(CountedLine Counted, BookingState State, ImmutableArray<OrderUnits> Filled);

/// <summary>A count at the dock.</summary>
public sealed record GoodsReceipt(string Id, DateTimeOffset At, ImmutableArray<ReceivedLine> Lines);

/// <summary>An announced shipment, and whether all of it was unloaded.</summary>
public sealed record Shipment(AnnouncedShipment Announced, bool Finished = false);

/// <summary>A purchase order as it stands.</summary>
public sealed record Purchase(
    PurchaseTerms Terms, bool Sent, bool IsClosed, string? Reason, ImmutableArray<PurchaseLine> Lines,
    ImmutableArray<Shipment> Shipments, ImmutableArray<GoodsReceipt> Receipts, ImmutableArray<PurchaseCharge> Charges)
{
    /// <summary>How far it is.</summary>
    public PurchaseState State
    {
        get
        {
            var (came, open) = (Lines.Any(l => l.Received > 0), Lines.Any(l => l.Open > 0));
            if (!Sent) return IsClosed ? PurchaseState.Cancelled : PurchaseState.Draft;
            if (IsClosed) return came ? PurchaseState.Closed : PurchaseState.Cancelled;
            if (!open) return came ? PurchaseState.Received : PurchaseState.Cancelled;
            if (came) return PurchaseState.PartiallyReceived;
            return Lines.All(l => l.Acknowledged || l.Open == 0) ? PurchaseState.Acknowledged : PurchaseState.Sent;
        }
    }

    /// <summary>Nothing is to come of it any more.</summary>
    public bool IsOver => State is PurchaseState.Received or PurchaseState.Closed or PurchaseState.Cancelled;

    /// <summary>Every SKU has answered.</summary>
    public bool IsSettled => !Lines.Any(l => l.IsPending)
        && !Receipts.Any(r => r.Lines.Any(l => l.State == BookingState.Pending));

    /// <summary>The line; null when there is none.</summary>
    public PurchaseLine? Line(string id) => Lines.FirstOrDefault(l => l.Ordered.Id == id);

    /// <summary>The supply that a line, or its part in a shipment, is to its SKU.</summary>
    public static string SupplyId(string order, string line, string? shipment) =>
        shipment is null ? $"{SupplyPrefix}{order}:{line}" : $"{SupplyPrefix}{order}:{line}:{shipment}";

    /// <summary>What the supplies of purchase orders, and of transfers, begin with, and no others.</summary>
    public const string SupplyPrefix = "po:", TransferPrefix = "to:";

    /// <summary>Whether a supply is one of these.</summary>
    public static bool IsPlanned(string supply) =>
        supply.StartsWith(SupplyPrefix, StringComparison.Ordinal)
        || supply.StartsWith(TransferPrefix, StringComparison.Ordinal);
}
