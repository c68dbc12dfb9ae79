using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Purchasing;

namespace Fulfillment.Tests.Domain;

/// <summary>The words in which tests of purchase orders are written.</summary>
static class Purchases
{
    public static readonly EntityId Self = EntityId.Of("purchase-order", "default", "P");

    public static readonly DateTimeOffset Monday = Product.After(100_000), Friday = Product.After(400_000);

    /// <summary>100 of A at 10.00, 40 of B at 2.50.</summary>
    public static PurchaseTerms Terms { get; } = new(
        "ACME", "N1", "EUR", [new("1", "A", 100, 1_000, Monday), new("2", "B", 40, 250, Monday)]);

    public static Given<PurchaseOrder, PurchaseCommand, PurchaseEvent> Given(
        params IEnumerable<PurchaseEvent> events) => new(Self, Product.Start, events);

    /// <summary>An order that was written.</summary>
    public static Given<PurchaseOrder, PurchaseCommand, PurchaseEvent> Drafted(PurchaseTerms? terms = null) =>
        Given(new PurchaseEvent.OrderWritten(terms ?? Terms));

    /// <summary>An order that the supplier has, and of which the SKUs know.</summary>
    public static Given<PurchaseOrder, PurchaseCommand, PurchaseEvent> Sent(PurchaseTerms? terms = null) =>
        Drafted(terms).When(new PurchaseCommand.SendOut("send")).Done().Answered();

    /// <summary>It was done.</summary>
    public static Given<PurchaseOrder, PurchaseCommand, PurchaseEvent> Done(
        this Given<PurchaseOrder, PurchaseCommand, PurchaseEvent> order)
    {
        Assert.Equal(PurchaseStatus.Done, Assert.IsType<PurchaseReply>(order.Reply).Status);
        return order;
    }

    /// <summary>It was refused, and nothing happened.</summary>
    public static Given<PurchaseOrder, PurchaseCommand, PurchaseEvent> ThenRefused(
        this Given<PurchaseOrder, PurchaseCommand, PurchaseEvent> order, PurchaseStatus status)
    {
        Assert.Equal(status, Assert.IsType<PurchaseReply>(order.Reply).Status);
        return order.ThenNothing();
    }

    /// <summary>Every SKU that was told answers so.</summary>
    public static Given<PurchaseOrder, PurchaseCommand, PurchaseEvent> Answered(
        this Given<PurchaseOrder, PurchaseCommand, PurchaseEvent> order, SupplyStatus status = SupplyStatus.Done,
        params ImmutableArray<OrderUnits> filled)
    {
        foreach (var send in order.Sends.ToList())
        {
            var nothing = ((SkuCommand.PlanSupply)send.Command).Arrived.IsEmpty;
            PlanSupplyReply reply = new(status, nothing ? [] : filled);
            order.When(PurchaseOrder.OnReply(send, reply)!);
        }

        return order;
    }

    /// <summary>What the SKUs were told by the last command.</summary>
    public static IReadOnlyList<SkuCommand.PlanSupply> Told(
        this Given<PurchaseOrder, PurchaseCommand, PurchaseEvent> order) =>
        [.. order.Sends.Select(s => (SkuCommand.PlanSupply)s.Command)];

    /// <summary>The order as callers see it.</summary>
    public static Purchase Now(this Given<PurchaseOrder, PurchaseCommand, PurchaseEvent> order) =>
        Assert.IsType<PurchaseReply>(order.Ask(new PurchaseCommand.Get())).Purchase!;

    public static PurchaseLine Line(
        this Given<PurchaseOrder, PurchaseCommand, PurchaseEvent> order, string line = "1") => order.Now().Line(line)!;

    /// <summary>Units counted at the dock, some of them damaged.</summary>
    public static PurchaseCommand.Receive Count(
        string id, int quantity, int damaged = 0, string line = "1", string? shipment = null,
        StockState state = StockState.Quarantine) => new(id, [new(line, quantity, damaged, state, shipment)]);

    /// <summary>A shipment with so many units of line 1 in a package.</summary>
    public static PurchaseCommand.Announce Asn(string id, DateTimeOffset at, int quantity) =>
        new(new(id, at, "DHL", "1Z", [new("p", null, [new("1", quantity)])]));
}
