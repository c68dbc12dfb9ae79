using Fulfillment.Catalog;
using Fulfillment.Connectors;
using Fulfillment.Counting;
using Fulfillment.Engine;
using Fulfillment.Intake;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Packing;
using Fulfillment.Payments;
using Fulfillment.Picking;
using Fulfillment.Purchasing;
using Fulfillment.Routing;
using Fulfillment.Screening;
using Fulfillment.Sensing;
using Fulfillment.Shipping;
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
    /// <paramref name="providers"/> by name for the payment providers and, where there are any, for the labels of
    /// carriers, and for messages to buyers.
    /// </summary>
    public static Kinds Kinds(
        Connector router, Connector board, IReadOnlyDictionary<string, Connector> providers) =>
        Carriers.Known.Aggregate(Inside(router, board, providers), (kinds, carrier) => kinds.Add(
            ParcelCalls.LabelsOf(carrier), () => LabelsJson.Default.LabelCall,
            providers.GetValueOrDefault(ParcelCalls.LabelsOf(carrier)) ?? LabelDesk.None))
            .Add(
                ParcelCalls.Notices, () => NoticesJson.Default.NoticeCall,
                providers.GetValueOrDefault(ParcelCalls.Notices) ?? NoticeDesk.None);

    static Kinds Inside(
        Connector router, Connector board, IReadOnlyDictionary<string, Connector> payments) => Entities()
        .Add("router", () => RoutingJson.Default.RoutingMessage, router, patient: true)
        .Add("board", () => WarehousingJson.Default.BoardMessage, board)
        .Add(StripeGateway.Name, () => ProvidersJson.Default.ProviderCall, payments[StripeGateway.Name])
        .Add(PayPalGateway.Name, () => ProvidersJson.Default.ProviderCall, payments[PayPalGateway.Name])
        .Add(TestGateway.Name, () => ProvidersJson.Default.ProviderCall, payments[TestGateway.Name]);

    static Kinds Entities() => new Kinds()
        .Add(InventoryCalls.Kind, name => new EntityKind<Sku, SkuCommand, SkuEvent>(
            name, InventoryJson.Default.SkuCommand, InventoryJson.Default.SkuEvent, InventoryJson.Default.Sku,
            format: 2))
        .Add(OrderingCalls.Kind, name => new EntityKind<Order, OrderCommand, OrderEvent>(
            name, OrderingJson.Default.OrderCommand, OrderingJson.Default.OrderEvent, OrderingJson.Default.Order,
            format: 5))
        .Add(PaymentsCalls.Kind, name => new EntityKind<Payment, PaymentCommand, PaymentEvent>(
            name, PaymentsJson.Default.PaymentCommand, PaymentsJson.Default.PaymentEvent,
            PaymentsJson.Default.Payment))
        .Add(PaymentsCalls.AccountKind, name => new EntityKind<Account, AccountCommand, AccountEvent>(
            name, AccountsJson.Default.AccountCommand, AccountsJson.Default.AccountEvent,
            AccountsJson.Default.Account))
        .Add(WarehousingCalls.Kind, name => new EntityKind<Node, NodeCommand, NodeEvent>(
            name, WarehousingJson.Default.NodeCommand, WarehousingJson.Default.NodeEvent,
            WarehousingJson.Default.Node, format: 2))
        .Add(IntakeCalls.RequestKind, name => new EntityKind<Request, RequestCommand, RequestEvent>(
            name, IntakeJson.Default.RequestCommand, IntakeJson.Default.RequestEvent,
            IntakeJson.Default.Request))
        .Add(IntakeCalls.QuarantineKind, name => new EntityKind<Quarantined, QuarantineCommand, QuarantineEvent>(
            name, IntakeJson.Default.QuarantineCommand, IntakeJson.Default.QuarantineEvent,
            IntakeJson.Default.Quarantined))
        .Add(TraceCalls.Kind, name => new EntityKind<Trace, TraceCommand, TraceEvent>(
            name, TraceJson.Default.TraceCommand, TraceJson.Default.TraceEvent,
            TraceJson.Default.Trace))
        .Add(FraudPolicyCalls.Kind, name => new EntityKind<FraudPolicy, FraudPolicyCommand, FraudPolicyEvent>(
            name, FraudPolicyJson.Default.FraudPolicyCommand, FraudPolicyJson.Default.FraudPolicyEvent,
            FraudPolicyJson.Default.FraudPolicy))
        .Add(RuleBookCalls.Kind, name => new EntityKind<RuleBook, RuleBookCommand, RuleBookEvent>(
            name, RuleBookJson.Default.RuleBookCommand, RuleBookJson.Default.RuleBookEvent,
            RuleBookJson.Default.RuleBook))
        .Add(PurchasingCalls.Kind, name => new EntityKind<PurchaseOrder, PurchaseCommand, PurchaseEvent>(
            name, PurchasingJson.Default.PurchaseCommand, PurchasingJson.Default.PurchaseEvent,
            PurchasingJson.Default.PurchaseOrder))
        .Add(TransferCalls.Kind, name => new EntityKind<Transfer, TransferCommand, TransferEvent>(
            name, TransferJson.Default.TransferCommand, TransferJson.Default.TransferEvent,
            TransferJson.Default.Transfer))
        .Add(CountingCalls.Kind, name => new EntityKind<CycleCount, CountCommand, CountEvent>(
            name, CountingJson.Default.CountCommand, CountingJson.Default.CountEvent,
            CountingJson.Default.CycleCount))
        .Add(PickingCalls.Kind, name => new EntityKind<PickList, PickListCommand, PickListEvent>(
            name, PickingJson.Default.PickListCommand, PickingJson.Default.PickListEvent,
            PickingJson.Default.PickList))
        .Add(PickRosterCalls.Kind, name => new EntityKind<PickRoster, RosterCommand, RosterEvent>(
            name, PickRosterJson.Default.RosterCommand, PickRosterJson.Default.RosterEvent,
            PickRosterJson.Default.PickRoster, format: 2))
        .Add(RefillCalls.Kind, name => new EntityKind<Refills, RefillCommand, RefillEvent>(
            name, RefillsJson.Default.RefillCommand, RefillsJson.Default.RefillEvent, RefillsJson.Default.Refills))
        .Add(LayoutCalls.Kind, name => new EntityKind<Layout, LayoutCommand, LayoutEvent>(
            name, LayoutJson.Default.LayoutCommand, LayoutJson.Default.LayoutEvent, LayoutJson.Default.Layout))
        .Add(BoxCalls.Kind, name => new EntityKind<Boxes, BoxCommand, BoxEvent>(
            name, BoxesJson.Default.BoxCommand, BoxesJson.Default.BoxEvent, BoxesJson.Default.Boxes))
        .Add(PackCalls.Kind, name => new EntityKind<PackJob, PackCommand, PackEvent>(
            name, PackJobJson.Default.PackCommand, PackJobJson.Default.PackEvent, PackJobJson.Default.PackJob,
            format: 2))
        .Add(ParcelCalls.Kind, name => new EntityKind<Parcel, ParcelCommand, ParcelEvent>(
            name, ParcelJson.Default.ParcelCommand, ParcelJson.Default.ParcelEvent, ParcelJson.Default.Parcel,
            format: 2))
        .Add(ManifestCalls.Kind, name => new EntityKind<Manifest, ManifestCommand, ManifestEvent>(
            name, ManifestJson.Default.ManifestCommand, ManifestJson.Default.ManifestEvent,
            ManifestJson.Default.Manifest, format: 2))
        .Add(PickupCalls.Kind, name => new EntityKind<Pickup, PickupCommand, PickupEvent>(
            name, PickupJson.Default.PickupCommand, PickupJson.Default.PickupEvent, PickupJson.Default.Pickup))
        .Add(PlateCalls.Kind, name => new EntityKind<LicensePlate, LicensePlateCommand, LicensePlateEvent>(
            name, LicensePlateJson.Default.LicensePlateCommand, LicensePlateJson.Default.LicensePlateEvent,
            LicensePlateJson.Default.LicensePlate))
        .Add(SsccRangeCalls.Kind, name => new EntityKind<SsccRange, SsccRangeCommand, SsccRangeEvent>(
            name, SsccRangeJson.Default.SsccRangeCommand, SsccRangeJson.Default.SsccRangeEvent,
            SsccRangeJson.Default.SsccRange))
        .Add(SensingCalls.Kind, name => new EntityKind<Sensor, SensorCommand, SensorEvent>(
            name, SensingJson.Default.SensorCommand, SensingJson.Default.SensorEvent, SensingJson.Default.Sensor))
        .Add(CatalogCalls.Kind, name => new EntityKind<TradeItem, TradeItemCommand, TradeItemEvent>(
            name, CatalogJson.Default.TradeItemCommand, CatalogJson.Default.TradeItemEvent,
            CatalogJson.Default.TradeItem))
        .Add(ProductCalls.Kind, name => new EntityKind<Product, ProductCommand, ProductEvent>(
            name, ProductJson.Default.ProductCommand, ProductJson.Default.ProductEvent,
            ProductJson.Default.Product))
        .Add(AttributeSetCalls.Kind, name => new EntityKind<AttributeSet, AttributeSetCommand, AttributeSetEvent>(
            name, AttributeSetJson.Default.AttributeSetCommand, AttributeSetJson.Default.AttributeSetEvent,
            AttributeSetJson.Default.AttributeSet))
        .Add(ComplianceCalls.Kind, name => new EntityKind<ComplianceBook, ComplianceCommand, ComplianceEvent>(
            name, ComplianceJson.Default.ComplianceCommand, ComplianceJson.Default.ComplianceEvent,
            ComplianceJson.Default.ComplianceBook))
        .Add(SkuAliasCalls.Kind, name => new EntityKind<SkuAlias, SkuAliasCommand, SkuAliasEvent>(
            name, SkuAliasJson.Default.SkuAliasCommand, SkuAliasJson.Default.SkuAliasEvent,
            SkuAliasJson.Default.SkuAlias));
}
