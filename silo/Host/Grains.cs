using Fulfillment.Access;
using Fulfillment.Catalog;
using Fulfillment.Counting;
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
using Orleans.Placement;

namespace Fulfillment.Silo;

/// <summary>A SKU. Lives on the silo with the most room: a hot one must not meet another there.</summary>
[ResourceOptimizedPlacement]
public sealed class SkuGrain(SiloCluster silo) : EntityGrain(silo), ISkuGrain
{
    /// <inheritdoc/>
    protected override string Kind => InventoryCalls.Kind;
}

/// <summary>An order. Lives where it was taken in: all its sends and their answers start from there.</summary>
[PreferLocalPlacement]
public sealed class OrderGrain(SiloCluster silo) : EntityGrain(silo), IOrderGrain
{
    /// <inheritdoc/>
    protected override string Kind => OrderingCalls.Kind;
}

/// <summary>A warehouse.</summary>
[ResourceOptimizedPlacement]
public sealed class WarehouseGrain(SiloCluster silo) : EntityGrain(silo), IWarehouseGrain
{
    /// <inheritdoc/>
    protected override string Kind => WarehousingCalls.Kind;
}

/// <summary>An idempotency key.</summary>
[PreferLocalPlacement]
public sealed class RequestGrain(SiloCluster silo) : EntityGrain(silo), IRequestGrain
{
    /// <inheritdoc/>
    protected override string Kind => IntakeCalls.RequestKind;
}

/// <summary>A message that could not be taken in.</summary>
[PreferLocalPlacement]
public sealed class QuarantineGrain(SiloCluster silo) : EntityGrain(silo), IQuarantineGrain
{
    /// <inheritdoc/>
    protected override string Kind => IntakeCalls.QuarantineKind;
}

/// <summary>
/// What was seen under a pseudonym. Lives on the silo with the most room: one of an IP address may be hot.
/// </summary>
[ResourceOptimizedPlacement]
public sealed class TraceGrain(SiloCluster silo) : EntityGrain(silo), ITraceGrain
{
    /// <inheritdoc/>
    protected override string Kind => TraceCalls.Kind;
}

/// <summary>A seller's fraud policy. Asked about each of his orders.</summary>
[ResourceOptimizedPlacement]
public sealed class FraudPolicyGrain(SiloCluster silo) : EntityGrain(silo), IFraudPolicyGrain
{
    /// <inheritdoc/>
    protected override string Kind => FraudPolicyCalls.Kind;
}

/// <summary>A seller's routing rules: seldom asked, for plans go by the list of them.</summary>
[ResourceOptimizedPlacement]
public sealed class RuleBookGrain(SiloCluster silo) : EntityGrain(silo), IRuleBookGrain
{
    /// <inheritdoc/>
    protected override string Kind => RuleBookCalls.Kind;
}

/// <summary>A count of what lies at a node. Lives on the silo with the most room.</summary>
[ResourceOptimizedPlacement]
public sealed class CountGrain(SiloCluster silo) : EntityGrain(silo), ICountGrain
{
    /// <inheritdoc/>
    protected override string Kind => CountingCalls.Kind;
}

/// <summary>Units that somebody gathers at a node. Lives on the silo with the most room.</summary>
[ResourceOptimizedPlacement]
public sealed class PickListGrain(SiloCluster silo) : EntityGrain(silo), IPickListGrain
{
    /// <inheritdoc/>
    protected override string Kind => PickingCalls.Kind;
}

/// <summary>Which pick list has which work of a node. Lives on the silo with the most room.</summary>
[ResourceOptimizedPlacement]
public sealed class PickRosterGrain(SiloCluster silo) : EntityGrain(silo), IPickRosterGrain
{
    /// <inheritdoc/>
    protected override string Kind => PickRosterCalls.Kind;
}

/// <summary>Pick faces of a node that are to be filled. Lives on the silo with the most room.</summary>
[ResourceOptimizedPlacement]
public sealed class RefillsGrain(SiloCluster silo) : EntityGrain(silo), IRefillsGrain
{
    /// <inheritdoc/>
    protected override string Kind => RefillCalls.Kind;
}

/// <summary>A sensor. Lives on the silo with the most room.</summary>
[ResourceOptimizedPlacement]
public sealed class SensorGrain(SiloCluster silo) : EntityGrain(silo), ISensorGrain
{
    /// <inheritdoc/>
    protected override string Kind => SensingCalls.Kind;
}

/// <summary>A GTIN of a seller: asked when a card names it, and when it is scanned.</summary>
[PreferLocalPlacement]
public sealed class TradeItemGrain(SiloCluster silo) : EntityGrain(silo), ITradeItemGrain
{
    /// <inheritdoc/>
    protected override string Kind => CatalogCalls.Kind;
}

/// <summary>The payment of an order. Lives where it was first asked for: by its order, so beside it.</summary>
[PreferLocalPlacement]
public sealed class PaymentGrain(SiloCluster silo) : EntityGrain(silo), IPaymentGrain
{
    /// <inheritdoc/>
    protected override string Kind => PaymentsCalls.Kind;
}

/// <summary>A credit account. Lives on the silo with the most room.</summary>
[ResourceOptimizedPlacement]
public sealed class AccountGrain(SiloCluster silo) : EntityGrain(silo), IAccountGrain
{
    /// <inheritdoc/>
    protected override string Kind => PaymentsCalls.AccountKind;
}

/// <summary>A purchase order. Lives on the silo with the most room.</summary>
[ResourceOptimizedPlacement]
public sealed class PurchaseOrderGrain(SiloCluster silo) : EntityGrain(silo), IPurchaseOrderGrain
{
    /// <inheritdoc/>
    protected override string Kind => PurchasingCalls.Kind;
}

/// <summary>A transfer between nodes. Lives on the silo with the most room.</summary>
[ResourceOptimizedPlacement]
public sealed class TransferGrain(SiloCluster silo) : EntityGrain(silo), ITransferGrain
{
    /// <inheritdoc/>
    protected override string Kind => TransferCalls.Kind;
}

/// <summary>A product with variants. Lives on the silo with the most room.</summary>
[ResourceOptimizedPlacement]
public sealed class ProductGrain(SiloCluster silo) : EntityGrain(silo), IProductGrain
{
    /// <inheritdoc/>
    protected override string Kind => ProductCalls.Kind;
}

/// <summary>An attribute set: asked when a card that names it is set.</summary>
[ResourceOptimizedPlacement]
public sealed class AttributeSetGrain(SiloCluster silo) : EntityGrain(silo), IAttributeSetGrain
{
    /// <inheritdoc/>
    protected override string Kind => AttributeSetCalls.Kind;
}

/// <summary>A seller's compliance rules: asked once a second at most by each process that takes orders in.</summary>
[ResourceOptimizedPlacement]
public sealed class ComplianceBookGrain(SiloCluster silo) : EntityGrain(silo), IComplianceBookGrain
{
    /// <inheritdoc/>
    protected override string Kind => ComplianceCalls.Kind;
}

/// <summary>What a channel or supplier calls a SKU.</summary>
[PreferLocalPlacement]
public sealed class SkuAliasGrain(SiloCluster silo) : EntityGrain(silo), ISkuAliasGrain
{
    /// <inheritdoc/>
    protected override string Kind => SkuAliasCalls.Kind;
}

/// <summary>The layout of a node: asked when units are put into a bin. Lives on the silo with the most room.</summary>
[ResourceOptimizedPlacement]
public sealed class LayoutGrain(SiloCluster silo) : EntityGrain(silo), ILayoutGrain
{
    /// <inheritdoc/>
    protected override string Kind => LayoutCalls.Kind;
}

/// <summary>The boxes of a node. Lives on the silo with the most room.</summary>
[ResourceOptimizedPlacement]
public sealed class BoxesGrain(SiloCluster silo) : EntityGrain(silo), IBoxesGrain
{
    /// <inheritdoc/>
    protected override string Kind => BoxCalls.Kind;
}

/// <summary>The packing of a fulfilment order. Lives where it was first asked for.</summary>
[PreferLocalPlacement]
public sealed class PackJobGrain(SiloCluster silo) : EntityGrain(silo), IPackJobGrain
{
    /// <inheritdoc/>
    protected override string Kind => PackCalls.Kind;
}

/// <summary>The packing of a fulfilment order. Lives where it was first asked for.</summary>
[PreferLocalPlacement]
public sealed class ParcelGrain(SiloCluster silo) : EntityGrain(silo), IParcelGrain
{
    /// <inheritdoc/>
    protected override string Kind => ParcelCalls.Kind;
}

/// <summary>What a carrier takes together. Lives where it was first asked for.</summary>
[PreferLocalPlacement]
public sealed class ManifestGrain(SiloCluster silo) : EntityGrain(silo), IManifestGrain
{
    /// <inheritdoc/>
    protected override string Kind => ManifestCalls.Kind;
}

/// <summary>A carrier who comes. Lives where it was first asked for.</summary>
[PreferLocalPlacement]
public sealed class PickupGrain(SiloCluster silo) : EntityGrain(silo), IPickupGrain
{
    /// <inheritdoc/>
    protected override string Kind => PickupCalls.Kind;
}

/// <summary>A tote, carton or pallet. Lives where it was first asked for.</summary>
[PreferLocalPlacement]
public sealed class LicensePlateGrain(SiloCluster silo) : EntityGrain(silo), ILicensePlateGrain
{
    /// <inheritdoc/>
    protected override string Kind => PlateCalls.Kind;
}

/// <summary>The shipping container codes of a seller. Lives on the silo with the most room.</summary>
[ResourceOptimizedPlacement]
public sealed class SsccRangeGrain(SiloCluster silo) : EntityGrain(silo), ISsccRangeGrain
{
    /// <inheritdoc/>
    protected override string Kind => SsccRangeCalls.Kind;
}
