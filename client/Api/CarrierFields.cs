using Fulfillment.Connectors;

namespace Fulfillment.Client.Api;

/// <summary>What requests about parcels, manifests and pickups have in common.</summary>
static class CarrierFields
{
    /// <summary>A carrier that there is a connector of.</summary>
    public static void Carrier(this Fields fields, string field, string? name)
    {
        if (name is null) fields.Add(field, "required", "is missing");
        else if (!Carriers.Known.Contains(name))
            fields.Add(field, "unknown-carrier", $"must be one of {string.Join(", ", Carriers.Known)}");
    }

    /// <summary>Which of a list are wanted: of a node, of a carrier, in a state; all where null.</summary>
    public static void CheckList<TStatus>(string? node, string? carrier, string? status)
        where TStatus : struct, Enum
    {
        Fields fields = new();
        if (node is not null) fields.Id("node", node);
        if (carrier is not null) fields.Id("carrier", carrier);
        if (status is not null) fields.Word<TStatus>("status", status);
        fields.Check();
    }
}
