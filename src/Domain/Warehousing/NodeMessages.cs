using System.Text.Json.Serialization;

namespace Fulfillment.Warehousing;

/// <summary>What kind of place a node is.</summary>
public enum NodeType
{
    /// <summary>An own warehouse.</summary>
    [JsonStringEnumMemberName("warehouse")] Warehouse,

    /// <summary>A shop that also ships.</summary>
    [JsonStringEnumMemberName("store")] Store,

    /// <summary>A logistics provider's warehouse.</summary>
    [JsonStringEnumMemberName("3pl")] ThirdParty,

    /// <summary>A supplier who ships for us.</summary>
    [JsonStringEnumMemberName("supplier")] Supplier,
}

/// <summary>
/// What is known of a node. <c>Priority</c>: the lower is preferred. <c>Country</c>: ISO 3166-1 alpha-2.
/// <c>Latitude</c>, <c>Longitude</c>: degrees, WGS 84. <c>CapacityPerDay</c>: fulfilment orders, null for no limit.
/// </summary>
public sealed record NodeCard(
    string Name, NodeType Type, int Priority, string? Country, string? Postcode, double? Latitude, double? Longitude,
    int? CapacityPerDay);

/// <summary>Outcome of <see cref="NodeCommand.Define"/>, in the order tested.</summary>
public enum NodeStatus
{
    /// <summary>The caller expected another revision. Nothing changed.</summary>
    Stale,

    /// <summary>The card says that already.</summary>
    Unchanged,

    /// <summary>The node is new.</summary>
    Created,

    /// <summary>The card was replaced.</summary>
    Changed,
}

/// <summary><c>Revision</c> counts the changes.</summary>
public sealed record DefineNodeReply(NodeStatus Status, long Revision);

/// <summary>A node now; <c>Card</c> is null for one that nobody defined.</summary>
public sealed record NodeReply(NodeCard? Card, long Revision);

/// <summary>What a node can be asked.</summary>
[JsonDerivedType(typeof(Define), "define")]
[JsonDerivedType(typeof(Get), "get")]
public abstract record NodeCommand
{
    /// <summary>
    /// Sets the card. Repeatable. <c>IfRevision</c>: refused as stale when the node has another revision.
    /// </summary>
    public sealed record Define(NodeCard Card, long? IfRevision = null) : NodeCommand, ICommand<DefineNodeReply>;

    /// <summary>Asks for the card.</summary>
    public sealed record Get : NodeCommand, ICommand<NodeReply>;
}

/// <summary>What happened to a node.</summary>
[JsonDerivedType(typeof(NodeDefined), "node-defined")]
public abstract record NodeEvent
{
    /// <summary>The card was set.</summary>
    public sealed record NodeDefined(NodeCard Card, long Revision) : NodeEvent;
}
