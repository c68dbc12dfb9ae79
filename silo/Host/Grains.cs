using Fulfillment.Access;
using Fulfillment.Intake;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
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
