namespace Fulfillment.Client.Api;

/// <summary>What the OpenAPI document says of requests at the dock.</summary>
static class DockSchemas
{
    /// <summary>The fields that requests must have.</summary>
    public static readonly Dictionary<Type, string[]> Required = new()
    {
        [typeof(ManifestRequest)] = ["node", "carrier"],
        [typeof(DockScanRequest)] = ["code"],
        [typeof(ManifestCloseRequest)] = [],
        [typeof(HandOverRequest)] = [],
        [typeof(LabelBatchRequest)] = ["parcels"],
        [typeof(PickupRequest)] = ["node", "carrier", "day", "ready", "close", "parcels", "grams", "service"],
    };
}
