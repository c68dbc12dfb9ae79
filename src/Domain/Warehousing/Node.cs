using System.Diagnostics;

namespace Fulfillment.Warehousing;

/// <summary>
/// A place that fulfils: a warehouse, store, 3PL or supplier. It belongs to the operator, not to a seller.
/// </summary>
/// <param name="Card">What is known of it; null until somebody defines it.</param>
/// <param name="Revision">Changes so far.</param>
public sealed record Node(NodeCard? Card, long Revision) : IEntity<Node, NodeCommand, NodeEvent>
{
    /// <inheritdoc/>
    public static Node Initial { get; } = new(null, 0);

    /// <inheritdoc/>
    public static Decision<NodeEvent> Decide(Node node, NodeCommand command, Turn turn) => command switch
    {
        NodeCommand.Define c => Define(node, c),
        NodeCommand.Get => new(new NodeReply(node.Card, node.Revision)),
        _ => throw new UnreachableException(),
    };

    static Decision<NodeEvent> Define(Node node, NodeCommand.Define c)
    {
        if (c.IfRevision is { } wanted && wanted != node.Revision)
            return new(new DefineNodeReply(NodeStatus.Stale, node.Revision));
        if (node.Card?.Says(c.Card) == true) return new(new DefineNodeReply(NodeStatus.Unchanged, node.Revision));

        var revision = node.Revision + 1;
        var status = node.Card is null ? NodeStatus.Created : NodeStatus.Changed;
        return new(new DefineNodeReply(status, revision), new NodeEvent.NodeDefined(c.Card, revision));
    }

    /// <inheritdoc/>
    public static Node Evolve(Node node, NodeEvent happened) => happened switch
    {
        NodeEvent.NodeDefined e => new(e.Card, e.Revision),
        _ => throw new UnreachableException(),
    };
}
