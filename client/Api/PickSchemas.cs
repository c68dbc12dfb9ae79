using Fulfillment.Picking;
using Microsoft.OpenApi;

namespace Fulfillment.Client.Api;

/// <summary>What the OpenAPI document says of requests about pick lists.</summary>
static class PickSchemas
{
    /// <summary>The fields that requests must have; an id is not among them, for a key may stand for it.</summary>
    public static readonly Dictionary<Type, string[]> Required = new()
    {
        [typeof(PickListRequest)] = [],
        [typeof(PickWaveRequest)] = [],
        [typeof(PickClaimRequest)] = ["by"],
        [typeof(PickScanRequest)] = ["by"],
        [typeof(PickShortRequest)] = ["by"],
        [typeof(PickCancelRequest)] = ["by", "reason"],
        [typeof(RefillMoveRequest)] = ["by", "from", "to"],
        [typeof(RefillFinishRequest)] = ["by"],
    };

    /// <summary>Where a field says something else than its name does elsewhere.</summary>
    public static readonly Dictionary<(Type Request, string Field), Action<OpenApiSchema>> Exceptions = new()
    {
        [(typeof(PickListRequest), "method")] = OpenApiSchemas.Words<PickMethod>,
        [(typeof(PickListRequest), "most")] = s => (s.Minimum, s.Maximum) = ("1", $"{PickList.MaxWorks}"),
        [(typeof(PickWaveRequest), "method")] = OpenApiSchemas.Words<PickMethod>,
        [(typeof(PickWaveRequest), "most")] = s => (s.Minimum, s.Maximum) = ("1", $"{TourBatching.MaxOrders}"),
        [(typeof(PickWaveRequest), "orders")] = s => (s.Minimum, s.Maximum) = ("1", $"{PickList.MaxWorks}"),
        [(typeof(PickWaveRequest), "lines")] = s => (s.Minimum, s.Maximum) = ("1", $"{PickList.MaxLines}"),
        [(typeof(PickWaveRequest), "units")] = s => (s.Minimum, s.Maximum) = ("1", $"{int.MaxValue}"),
        [(typeof(PickWaveRequest), "volumeMm3")] = s => (s.Minimum, s.Maximum) = ("1", $"{long.MaxValue}"),
    };
}
