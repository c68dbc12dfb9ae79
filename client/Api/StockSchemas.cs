namespace Fulfillment.Client.Api;

/// <summary>What requests about stock must have, for the OpenAPI document.</summary>
static class StockSchemas
{
    /// <summary>The mandatory fields by type; an id is not among them, for a key may stand for it.</summary>
    public static readonly Dictionary<Type, string[]> Required = new()
    {
        [typeof(SupplyRequest)] = ["node", "quantity", "expectedAt"],
        [typeof(SupplyChangeRequest)] = [],
        [typeof(ReceiptRequest)] = ["node", "quantity"],
        [typeof(AdjustmentRequest)] = ["node", "delta", "reason"],
        [typeof(MoveRequest)] = ["node", "quantity", "from", "to", "reason"],
        [typeof(TrackingRequest)] = [],
        [typeof(ShipLineRequest)] = ["line", "quantity"],
        [typeof(PickRequest)] = ["order", "node", "quantity"],
        [typeof(UnpickRequest)] = ["order", "node", "quantity"],
        [typeof(LotReasonRequest)] = ["reason"],
        [typeof(HoldRequest)] = ["quantity", "holdFor"],
        [typeof(StockRulesRequest)] = [],
        [typeof(StockLevelRequest)] = ["name", "at"],
        [typeof(KeptRequest)] = ["node", "keep"],
        [typeof(ChannelRuleRequest)] = ["channel"],
        [typeof(ReorderRequest)] = ["point", "upTo", "supplier", "node", "unitCost", "leadDays"],
        [typeof(WarmUpRequest)] = ["skus"],
    };
}
