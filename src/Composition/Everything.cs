using Fulfillment.Engine;
using Fulfillment.Intake;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Payments;
using Fulfillment.Routing;
using Fulfillment.Screening;
using Fulfillment.Warehousing;

namespace Fulfillment.Composition;

/// <summary>The one list of what the product is made of: entity kinds and connectors.</summary>
public static class Everything
{
    /// <summary>All kinds; <paramref name="router"/> answers for the router.</summary>
    public static Kinds Kinds(Connector router) => new Kinds()
        .Add(new EntityKind<Sku, SkuCommand, SkuEvent>(
            InventoryCalls.Kind,
            InventoryJson.Default.SkuCommand, InventoryJson.Default.SkuEvent, InventoryJson.Default.Sku))
        .Add(new EntityKind<Order, OrderCommand, OrderEvent>(
            OrderingCalls.Kind,
            OrderingJson.Default.OrderCommand, OrderingJson.Default.OrderEvent, OrderingJson.Default.Order))
        .Add(new EntityKind<Payment, PaymentCommand, PaymentEvent>(
            PaymentsCalls.Kind, PaymentsJson.Default.PaymentCommand, PaymentsJson.Default.PaymentEvent,
            PaymentsJson.Default.Payment))
        .Add(new EntityKind<Account, AccountCommand, AccountEvent>(
            PaymentsCalls.AccountKind, AccountsJson.Default.AccountCommand, AccountsJson.Default.AccountEvent,
            AccountsJson.Default.Account))
        .Add(new EntityKind<Node, NodeCommand, NodeEvent>(
            WarehousingCalls.Kind, WarehousingJson.Default.NodeCommand, WarehousingJson.Default.NodeEvent,
            WarehousingJson.Default.Node))
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
        .Add("router", RoutingJson.Default.RoutingMessage, router);
}
