using Fulfillment.Catalog;
using Fulfillment.Connectors;
using Fulfillment.Engine;
using Fulfillment.Intake;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Payments;
using Fulfillment.Purchasing;
using Fulfillment.Routing;
using Fulfillment.Screening;
using Fulfillment.Warehousing;

namespace Fulfillment.Composition;

/// <summary>The one list of what the product is made of: entity kinds and connectors.</summary>
public static class Everything
{
    /// <summary>All kinds; <paramref name="router"/> answers for the router, no payment provider is set up.</summary>
    public static Kinds Kinds(Connector router) =>
        Kinds(router, Board.Of(ask => new([], ask.Waiting, null)), PaymentProviders.None.Connectors);

    /// <summary>
    /// All kinds; <paramref name="router"/> answers for the router, <paramref name="board"/> for the board of all work,
    /// <paramref name="payments"/> by name for the payment providers.
    /// </summary>
    public static Kinds Kinds(
        Connector router, Connector board, IReadOnlyDictionary<string, Connector> payments) => Entities()
        .Add("router", RoutingJson.Default.RoutingMessage, router)
        .Add("board", WarehousingJson.Default.BoardMessage, board)
        .Add(StripeGateway.Name, ProvidersJson.Default.ProviderCall, payments[StripeGateway.Name])
        .Add(PayPalGateway.Name, ProvidersJson.Default.ProviderCall, payments[PayPalGateway.Name])
        .Add(TestGateway.Name, ProvidersJson.Default.ProviderCall, payments[TestGateway.Name]);

    static Kinds Entities() => new Kinds()
        .Add(new EntityKind<Sku, SkuCommand, SkuEvent>(
            InventoryCalls.Kind,
            InventoryJson.Default.SkuCommand, InventoryJson.Default.SkuEvent, InventoryJson.Default.Sku))
        .Add(new EntityKind<Order, OrderCommand, OrderEvent>(
            OrderingCalls.Kind,
            OrderingJson.Default.OrderCommand, OrderingJson.Default.OrderEvent, OrderingJson.Default.Order, format: 3))
        .Add(new EntityKind<Payment, PaymentCommand, PaymentEvent>(
            PaymentsCalls.Kind, PaymentsJson.Default.PaymentCommand, PaymentsJson.Default.PaymentEvent,
            PaymentsJson.Default.Payment))
        .Add(new EntityKind<Account, AccountCommand, AccountEvent>(
            PaymentsCalls.AccountKind, AccountsJson.Default.AccountCommand, AccountsJson.Default.AccountEvent,
            AccountsJson.Default.Account))
        .Add(new EntityKind<Node, NodeCommand, NodeEvent>(
            WarehousingCalls.Kind, WarehousingJson.Default.NodeCommand, WarehousingJson.Default.NodeEvent,
            WarehousingJson.Default.Node, format: 2))
        .Add(new EntityKind<Request, RequestCommand, RequestEvent>(
            IntakeCalls.RequestKind, IntakeJson.Default.RequestCommand, IntakeJson.Default.RequestEvent,
            IntakeJson.Default.Request))
        .Add(new EntityKind<Quarantined, QuarantineCommand, QuarantineEvent>(
            IntakeCalls.QuarantineKind, IntakeJson.Default.QuarantineCommand, IntakeJson.Default.QuarantineEvent,
            IntakeJson.Default.Quarantined))
        .Add(new EntityKind<Trace, TraceCommand, TraceEvent>(
            TraceCalls.Kind, TraceJson.Default.TraceCommand, TraceJson.Default.TraceEvent,
            TraceJson.Default.Trace))
        .Add(new EntityKind<FraudPolicy, FraudPolicyCommand, FraudPolicyEvent>(
            FraudPolicyCalls.Kind, FraudPolicyJson.Default.FraudPolicyCommand, FraudPolicyJson.Default.FraudPolicyEvent,
            FraudPolicyJson.Default.FraudPolicy))
        .Add(new EntityKind<RuleBook, RuleBookCommand, RuleBookEvent>(
            RuleBookCalls.Kind, RuleBookJson.Default.RuleBookCommand, RuleBookJson.Default.RuleBookEvent,
            RuleBookJson.Default.RuleBook))
        .Add(new EntityKind<PurchaseOrder, PurchaseCommand, PurchaseEvent>(
            PurchasingCalls.Kind, PurchasingJson.Default.PurchaseCommand, PurchasingJson.Default.PurchaseEvent,
            PurchasingJson.Default.PurchaseOrder))
        .Add(new EntityKind<Transfer, TransferCommand, TransferEvent>(
            TransferCalls.Kind, TransferJson.Default.TransferCommand, TransferJson.Default.TransferEvent,
            TransferJson.Default.Transfer))
        .Add(new EntityKind<TradeItem, TradeItemCommand, TradeItemEvent>(
            CatalogCalls.Kind, CatalogJson.Default.TradeItemCommand, CatalogJson.Default.TradeItemEvent,
            CatalogJson.Default.TradeItem));
}
