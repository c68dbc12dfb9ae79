using System.Text.Json.Serialization;
using Fulfillment.Access;
using Fulfillment.Client.Api;

namespace Fulfillment.Client.Cluster;

/// <summary>The settings of the cluster, for who is told <c>read-only</c>.</summary>
public sealed record ClusterSettingsBody(
    bool ReadOnly, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Reason, long Revision);

/// <summary>
/// What can be asked of the cluster as a whole. Changing it is the operator's, who has the database and
/// <c>fulfillment-silo settings</c>: whoever reaches the API may call it in any seller's name.
/// </summary>
static class ClusterApi
{
    public static void MapCluster(this IEndpointRouteBuilder routes, ClusterConnection connection) =>
        routes.MapGet("/v1/cluster/settings", async () =>
            {
                var settings = await connection.Settings();
                var reason = settings.IsReadOnly ? settings.Reason : null;
                return Api.Answer.Ok(
                    new(settings.IsReadOnly, reason, settings.Revision), ClusterJson.Default.ClusterSettingsBody);
            })
            .Describe("getClusterSettings", "What an operator has set for the whole cluster", "cluster")
            .Answers<ClusterSettingsBody>(200).Refuses();
}

/// <summary>Contracts of what is told of the cluster.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ClusterSettingsBody))]
sealed partial class ClusterJson : JsonSerializerContext;
