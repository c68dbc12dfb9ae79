using Fulfillment.Inventory;
using Fulfillment.Purchasing;
using Fulfillment.Views;

namespace Fulfillment.Client.Api;

/// <summary>Purchase orders as answers tell them, and what refusals mean to a caller.</summary>
static class PurchaseAnswers
{
    public static PurchaseOrderBody Body(string id, Purchase p, long version) => new(
        id, Words<PurchaseState>.Of(p.State), p.Terms.Supplier, p.Terms.Node, p.Terms.Currency,
        p.Terms.TolerancePercent, p.Terms.Note, string.IsNullOrEmpty(p.Reason) ? null : p.Reason, Total(p),
        [.. p.Lines.Select(l => Body(id, p, l))], p.IsSettled, version);

    static PurchaseLineBody Body(string id, Purchase p, PurchaseLine l) => new(
        l.Ordered.Id, l.Ordered.Sku, l.Ordered.Quantity, l.Quantity, l.Open, l.Received, l.Damaged, l.Over, l.Short,
        l.Cancelled, l.Acknowledged, l.At, new(l.Ordered.CostMinor, p.Terms.Currency),
        [
            .. l.Supplies.Where(s => s.Units > 0).OrderBy(s => s.At).Select(s => new PurchaseSupplyBody(
                Purchase.SupplyId(id, l.Ordered.Id, s.Shipment), s.Units, s.At, s.Shipment)),
        ],
        l.Refused is { } refused ? Words<SupplyStatus>.Of(refused) : null);

    public static PurchaseListBody Body(PurchaseRow row)
    {
        var lines = row.Purchase.Lines;
        var next = lines.SelectMany(l => l.Supplies).Where(s => s.Units > 0).Select(s => (DateTimeOffset?)s.At).Min();
        return new(
            row.Id, Words<PurchaseState>.Of(row.Purchase.State), row.Purchase.Terms.Supplier, row.Purchase.Terms.Node,
            Total(row.Purchase), lines.Length, lines.Sum(l => (long)l.Ordered.Quantity), lines.Sum(l => l.Received),
            lines.Sum(l => l.Open), next, row.Version);
    }

    static MoneyBody Total(Purchase p) =>
        new(PurchaseReader.Total(p.Terms.Lines) ?? Fields.MostMinor, p.Terms.Currency);

    public static Problem Unknown(string id) =>
        Problem.NotFound("unknown-purchase-order", $"There is no purchase order {id}.");

    /// <summary>What a refusal means; null for what is none.</summary>
    public static Problem? Refused(PurchaseReply reply, string id, string operation) => reply.Status switch
    {
        PurchaseStatus.Done or PurchaseStatus.AlreadyDone => null,
        PurchaseStatus.UnknownOrder => Unknown(id),
        PurchaseStatus.DifferentContent => Problem.OtherContent($"Operation id {operation}"),
        PurchaseStatus.Stale => SkusApi.Stale(reply.Version),
        PurchaseStatus.AlreadySent => Problem.Conflict(
            "already-sent", $"Purchase order {id} was sent: acknowledge, change or cancel its lines."),
        PurchaseStatus.TooManyChanges => Problem.Conflict(
            "too-many-changes", $"{PurchaseOrder.MaxOperations} changes were made, which is the most."),
        PurchaseStatus.NotSent => Problem.Conflict("not-sent", $"Purchase order {id} was not sent yet."),
        PurchaseStatus.Closed => Problem.Conflict(
            "purchase-order-closed", $"Purchase order {id} is {Words<PurchaseState>.Of(reply.Purchase!.State)}."),
        PurchaseStatus.UnknownLine => Problem.Invalid(
            "/lines", "unknown-line", $"purchase order {id} has no line {reply.Subject}"),
        PurchaseStatus.UnknownShipment => Problem.NotFound(
            "unknown-shipment", $"Purchase order {id} has no shipment {reply.Subject}."),
        PurchaseStatus.UnknownPackage => Problem.Invalid(
            "/lines", "unknown-package", $"the shipment has no package {reply.Subject}"),
        PurchaseStatus.ShipmentFinished => Problem.Conflict(
            "shipment-finished", $"Shipment {reply.Subject} was finished: count what comes later without it."),
        PurchaseStatus.BelowReceived => Problem.Conflict(
            "below-received", $"More of line {reply.Subject} came already."),
        PurchaseStatus.MoreThanOpen => Problem.Conflict(
            "more-than-open", $"Not so many units of line {reply.Subject} are still to come."),
        PurchaseStatus.OverTolerance => Problem.Conflict(
            "over-receipt", $"More of line {reply.Subject} than was ordered, and than the order tolerates."),
        PurchaseStatus.Full => Problem.Conflict(
            "too-many", $"Purchase order {id} has as many shipments, receipts or charges as it can."),
    };
}
