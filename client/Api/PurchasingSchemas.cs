using System.Text.Json.Nodes;
using Fulfillment.Inventory;
using Fulfillment.Purchasing;
using Microsoft.OpenApi;

namespace Fulfillment.Client.Api;

/// <summary>What the OpenAPI document says of requests about purchase orders and transfers.</summary>
static class PurchasingSchemas
{
    /// <summary>The fields that requests must have.</summary>
    public static readonly Dictionary<Type, string[]> Required = new()
    {
        [typeof(PurchaseOrderRequest)] = ["supplier", "node", "currency", "lines"],
        [typeof(PurchaseLineRequest)] = ["sku", "quantity", "unitCost", "expectedAt"],
        [typeof(PurchaseSendRequest)] = [],
        [typeof(PurchaseAcknowledgeRequest)] = [],
        [typeof(LineAnswerRequest)] = ["line"],
        [typeof(PurchaseChangeRequest)] = [],
        [typeof(LineDateRequest)] = ["line", "expectedAt"],
        [typeof(PurchaseCancelRequest)] = [],
        [typeof(LineCancelRequest)] = ["line"],
        [typeof(PurchaseCloseRequest)] = [],
        [typeof(ShipmentNoticeRequest)] = ["expectedAt", "packages"],
        [typeof(PackageRequest)] = ["lines"],
        [typeof(PackedLineRequest)] = ["line", "quantity"],
        [typeof(PurchaseReceiptRequest)] = ["lines"],
        [typeof(CountedLineRequest)] = ["line", "quantity"],
        [typeof(FinishRequest)] = [],
        [typeof(ChargeRequest)] = ["type", "amount"],
        [typeof(TransferRequest)] = ["from", "to", "lines"],
        [typeof(TransferLineRequest)] = ["sku", "quantity"],
        [typeof(TransferUnitsRequest)] = ["line"],
        [typeof(TransferShipRequest)] = ["expectedAt"],
        [typeof(WriteOffRequest)] = ["reason"],
        [typeof(TransferCancelRequest)] = [],
    };

    /// <summary>The states that units can be put into by hand.</summary>
    public static void StatesByHand(OpenApiSchema schema) => schema.Enum =
    [
        .. Words<StockState>.Read.Where(w => w.Value != StockState.InTransit).Select(w => (JsonNode)w.Key),
    ];

    /// <summary>Where a field says something else than its name does elsewhere.</summary>
    public static readonly Dictionary<(Type Request, string Field), Action<OpenApiSchema>> Exceptions = new()
    {
        [(typeof(CountedLineRequest), "state")] = s => s.Enum = ["quarantine", "damaged"],
        [(typeof(ChargeRequest), "type")] = OpenApiSchemas.Words<ChargeKind>,
        [(typeof(ChargeRequest), "splitBy")] = OpenApiSchemas.Words<ChargeBasis>,
        [(typeof(TransferRequest), "from")] = _ => { },
        [(typeof(TransferRequest), "to")] = _ => { },
        [(typeof(LineAnswerRequest), "quantity")] = s => (s.Minimum, s.Maximum) = ("0", $"{int.MaxValue}"),
    };
}
