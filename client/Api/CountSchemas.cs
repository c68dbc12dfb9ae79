using Fulfillment.Counting;
using Fulfillment.Sensing;
using Microsoft.OpenApi;

namespace Fulfillment.Client.Api;

/// <summary>What the OpenAPI document says of requests about counts and sensors.</summary>
static class CountSchemas
{
    /// <summary>The fields that requests must have; an id is not among them, for a key may stand for it.</summary>
    public static readonly Dictionary<Type, string[]> Required = new()
    {
        [typeof(CountRequest)] = ["node"],
        [typeof(ToleranceBody)] = [],
        [typeof(CountScanRequest)] = ["by"],
        [typeof(CountFinishRequest)] = ["by"],
        [typeof(CountDecisionRequest)] = ["by"],
        [typeof(CountRejectRequest)] = ["by", "reason"],
        [typeof(RecountRequest)] = ["by"],
        [typeof(CountCancelRequest)] = ["by", "reason"],
        [typeof(CountProposalRequest)] = ["node"],
        [typeof(SensorRequest)] = ["node", "type", "places"],
        [typeof(SensorPlaceBody)] = [],
    };

    /// <summary>Where a field says something else than its name does elsewhere.</summary>
    public static readonly Dictionary<(Type Request, string Field), Action<OpenApiSchema>> Exceptions = new()
    {
        [(typeof(CountScanRequest), "quantity")] = s => (s.Minimum, s.Maximum) = ("0", $"{int.MaxValue}"),
        [(typeof(CountRequest), "reason")] = OpenApiSchemas.Words<CountReason>,
        [(typeof(CountProposalRequest), "reason")] = s => s.Enum = ["abc", "exception"],
        [(typeof(SensorRequest), "type")] = OpenApiSchemas.Words<SensorKind>,
        [(typeof(ToleranceBody), "units")] = s => (s.Minimum, s.Maximum) = ("0", $"{int.MaxValue}"),
    };
}
