using System.Text.Json.Nodes;
using Fulfillment.Warehousing;
using Microsoft.OpenApi;

namespace Fulfillment.Client.Api;

/// <summary>What the OpenAPI document says of requests about places.</summary>
static class PlaceSchemas
{
    /// <summary>The fields that requests must have.</summary>
    public static readonly Dictionary<Type, string[]> Required = new()
    {
        [typeof(SpotRequest)] = ["x", "y"],
        [typeof(ZoneRequest)] = ["kind"],
        [typeof(AisleRequest)] = ["start", "end"],
        [typeof(RoomRequest)] = [],
        [typeof(FaceRequest)] = ["sku", "min", "max"],
        [typeof(BinRequest)] = ["zone"],
        [typeof(GridRequest)] = ["zone", "prefix", "aisles", "bays", "levels"],
        [typeof(BinsRequest)] = [],
        [typeof(BinReasonRequest)] = ["reason"],
        [typeof(PickPathRequest)] = ["stops"],
        [typeof(LpnRequest)] = ["kind"],
        [typeof(LpnMoveRequest)] = ["toBin"],
        [typeof(LpnLoadRequest)] = ["onto"],
        [typeof(LpnChangeRequest)] = [],
        [typeof(SsccPrefixRequest)] = ["companyPrefix"],
    };

    /// <summary>Where a field says something else than its name does elsewhere.</summary>
    public static readonly Dictionary<(Type Request, string Field), Action<OpenApiSchema>> Exceptions = new()
    {
        [(typeof(ZoneRequest), "kind")] = OpenApiSchemas.Words<ZoneKind>,
        [(typeof(LpnRequest), "kind")] = OpenApiSchemas.Words<PlateKind>,
        [(typeof(BinRequest), "role")] = OpenApiSchemas.Words<BinRole>,
        [(typeof(PickPathRequest), "from")] = s => s.MaxLength = Fields.MaxId,
    };
}
