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
using Orleans;
using Orleans.Concurrency;

namespace Fulfillment.Access;

/// <summary>An entity as a grain. Its key is the entity's.</summary>
public interface IEntityGrain : IGrainWithStringKey
{
    /// <summary>The entity's reply, once all that it rests on is durable. A fault is an answer, no exception.</summary>
    [Alias("Ask")]
    Task<Answer> Ask(Letter letter);
}

/// <summary>A SKU: its stock on all nodes.</summary>
[Alias("fulfillment.sku")]
public interface ISkuGrain : IEntityGrain;

/// <summary>An order.</summary>
[Alias("fulfillment.order")]
public interface IOrderGrain : IEntityGrain;

/// <summary>A warehouse, or another node that holds goods.</summary>
[Alias("fulfillment.node")]
public interface IWarehouseGrain : IEntityGrain;

/// <summary>The idempotency key of a request.</summary>
[Alias("fulfillment.request")]
public interface IRequestGrain : IEntityGrain;

/// <summary>A message that could not be taken in.</summary>
[Alias("fulfillment.quarantine")]
public interface IQuarantineGrain : IEntityGrain;

/// <summary>The payment of an order.</summary>
[Alias("fulfillment.payment")]
public interface IPaymentGrain : IEntityGrain;

/// <summary>A credit account.</summary>
[Alias("fulfillment.account")]
public interface IAccountGrain : IEntityGrain;

/// <summary>What was seen under a pseudonym.</summary>
[Alias("fulfillment.trace")]
public interface ITraceGrain : IEntityGrain;

/// <summary>A seller's fraud policy.</summary>
[Alias("fulfillment.fraud-policy")]
public interface IFraudPolicyGrain : IEntityGrain;

/// <summary>A seller's routing rules.</summary>
[Alias("fulfillment.routing-rules")]
public interface IRuleBookGrain : IEntityGrain;

/// <summary>A purchase order.</summary>
[Alias("fulfillment.purchase-order")]
public interface IPurchaseOrderGrain : IEntityGrain;

/// <summary>A transfer between nodes.</summary>
[Alias("fulfillment.transfer")]
public interface ITransferGrain : IEntityGrain;

/// <summary>A count of what lies at a node.</summary>
[Alias("fulfillment.count")]
public interface ICountGrain : IEntityGrain;

/// <summary>Units that somebody gathers at a node.</summary>
[Alias("fulfillment.pick-list")]
public interface IPickListGrain : IEntityGrain;

/// <summary>Which pick list has which work of a node.</summary>
[Alias("fulfillment.pick-roster")]
public interface IPickRosterGrain : IEntityGrain;

/// <summary>Pick faces of a node that are to be filled.</summary>
[Alias("fulfillment.replenishments")]
public interface IRefillsGrain : IEntityGrain;

/// <summary>A sensor.</summary>
[Alias("fulfillment.sensor")]
public interface ISensorGrain : IEntityGrain;

/// <summary>A GTIN of a seller.</summary>
[Alias("fulfillment.gtin")]
public interface ITradeItemGrain : IEntityGrain;

/// <summary>A product with variants.</summary>
[Alias("fulfillment.product")]
public interface IProductGrain : IEntityGrain;

/// <summary>An attribute set.</summary>
[Alias("fulfillment.attribute-set")]
public interface IAttributeSetGrain : IEntityGrain;

/// <summary>A seller's compliance rules.</summary>
[Alias("fulfillment.compliance-rules")]
public interface IComplianceBookGrain : IEntityGrain;

/// <summary>What a channel or supplier calls a SKU.</summary>
[Alias("fulfillment.sku-alias")]
public interface ISkuAliasGrain : IEntityGrain;

/// <summary>The layout of a node.</summary>
[Alias("fulfillment.layout")]
public interface ILayoutGrain : IEntityGrain;

/// <summary>A tote, carton or pallet.</summary>
[Alias("fulfillment.lpn")]
public interface ILicensePlateGrain : IEntityGrain;

/// <summary>The shipping container codes of a seller.</summary>
[Alias("fulfillment.sscc-range")]
public interface ISsccRangeGrain : IEntityGrain;

/// <summary>The boxes of a node.</summary>
[Alias("fulfillment.boxes")]
public interface IBoxesGrain : IEntityGrain;

/// <summary>The packing of a fulfilment order.</summary>
[Alias("fulfillment.packing")]
public interface IPackJobGrain : IEntityGrain;

/// <summary>A parcel.</summary>
[Alias("fulfillment.parcel")]
public interface IParcelGrain : IEntityGrain;

/// <summary>What a carrier takes together.</summary>
[Alias("fulfillment.manifest")]
public interface IManifestGrain : IEntityGrain;

/// <summary>A carrier who comes.</summary>
[Alias("fulfillment.pickup")]
public interface IPickupGrain : IEntityGrain;

/// <summary>Which grain an entity is.</summary>
public static class EntityGrains
{
    /// <summary>The grain of an entity. Throws <see cref="ClusterException"/> for a kind that is none.</summary>
    public static IEntityGrain Entity(this IGrainFactory grains, EntityId id) => id.Kind switch
    {
        InventoryCalls.Kind => grains.GetGrain<ISkuGrain>(id.Key),
        OrderingCalls.Kind => grains.GetGrain<IOrderGrain>(id.Key),
        WarehousingCalls.Kind => grains.GetGrain<IWarehouseGrain>(id.Key),
        IntakeCalls.RequestKind => grains.GetGrain<IRequestGrain>(id.Key),
        IntakeCalls.QuarantineKind => grains.GetGrain<IQuarantineGrain>(id.Key),
        PaymentsCalls.Kind => grains.GetGrain<IPaymentGrain>(id.Key),
        PaymentsCalls.AccountKind => grains.GetGrain<IAccountGrain>(id.Key),
        TraceCalls.Kind => grains.GetGrain<ITraceGrain>(id.Key),
        FraudPolicyCalls.Kind => grains.GetGrain<IFraudPolicyGrain>(id.Key),
        RuleBookCalls.Kind => grains.GetGrain<IRuleBookGrain>(id.Key),
        PurchasingCalls.Kind => grains.GetGrain<IPurchaseOrderGrain>(id.Key),
        TransferCalls.Kind => grains.GetGrain<ITransferGrain>(id.Key),
        CountingCalls.Kind => grains.GetGrain<ICountGrain>(id.Key),
        PickingCalls.Kind => grains.GetGrain<IPickListGrain>(id.Key),
        PickRosterCalls.Kind => grains.GetGrain<IPickRosterGrain>(id.Key),
        RefillCalls.Kind => grains.GetGrain<IRefillsGrain>(id.Key),
        SensingCalls.Kind => grains.GetGrain<ISensorGrain>(id.Key),
        CatalogCalls.Kind => grains.GetGrain<ITradeItemGrain>(id.Key),
        ProductCalls.Kind => grains.GetGrain<IProductGrain>(id.Key),
        AttributeSetCalls.Kind => grains.GetGrain<IAttributeSetGrain>(id.Key),
        ComplianceCalls.Kind => grains.GetGrain<IComplianceBookGrain>(id.Key),
        SkuAliasCalls.Kind => grains.GetGrain<ISkuAliasGrain>(id.Key),
        PlateCalls.Kind => grains.GetGrain<ILicensePlateGrain>(id.Key),
        SsccRangeCalls.Kind => grains.GetGrain<ISsccRangeGrain>(id.Key),
        LayoutCalls.Kind => grains.GetGrain<ILayoutGrain>(id.Key),
        BoxCalls.Kind => grains.GetGrain<IBoxesGrain>(id.Key),
        PackCalls.Kind => grains.GetGrain<IPackJobGrain>(id.Key),
        ManifestCalls.Kind => grains.GetGrain<IManifestGrain>(id.Key),
        PickupCalls.Kind => grains.GetGrain<IPickupGrain>(id.Key),
        ParcelCalls.Kind => grains.GetGrain<IParcelGrain>(id.Key),
        _ => throw new ClusterException(Fault.NotWritten, $"There is no kind of entity '{id.Kind}'."),
    };
}
