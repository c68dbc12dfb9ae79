namespace Fulfillment.Warehousing;

// A node that takes no work: whoever has some there is told, at once, and a few times more, ever less often: a plan may
// have been made just before, and a held order may come to its fulfilment order days later. Once it is back, whoever
// waits for any node, or for this one, is told, and again a little later: the lists may have been behind.
public sealed partial record Node
{
    static readonly TimeSpan[] LookAgain =
    [
        TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1),
        TimeSpan.FromHours(4), TimeSpan.FromDays(1), TimeSpan.FromDays(4), TimeSpan.FromDays(16),
    ];

    static readonly TimeSpan[] TellAgain = [TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1)];

    static Decision<NodeEvent> TakeOffline(Node node, NodeCommand.TakeOffline c, Turn turn)
    {
        if (node.Card is null) return new(new OfflineReply(OfflineStatus.UnknownNode, node.Reply()));
        if (node.Offline is not null) return new(new OfflineReply(OfflineStatus.Unchanged, node.Reply()));

        Offline offline = new(turn.Now, c.Reason, c.By);
        return new(
            new OfflineReply(OfflineStatus.Done, node.Reply() with { Offline = offline }),
            new NodeEvent.NodeTakenOffline(offline));
    }

    static Decision<NodeEvent> BringOnline(Node node, NodeCommand.BringOnline c, Turn turn)
    {
        if (node.Card is null) return new(new OfflineReply(OfflineStatus.UnknownNode, node.Reply()));
        if (node.Offline is null) return new(new OfflineReply(OfflineStatus.Unchanged, node.Reply()));

        return new(
            new OfflineReply(OfflineStatus.Done, node.Reply() with { Offline = null }),
            new NodeEvent.NodeBroughtOnline(turn.Now, c.Reason, c.By));
    }

    static Decision<NodeEvent> TakeWork(Node node, WorkPage page) =>
        page.Orders.IsEmpty || (node.Offline is not null && page.Waiting)
            ? new(Done.It) : new(Done.It, new NodeEvent.WorkFound(page.Orders, page.Waiting, page.Next));

    /// <inheritdoc/>
    public static Send[] React(Node node, NodeEvent happened, Turn turn) => happened switch
    {
        NodeEvent.NodeTakenOffline e =>
            [Find(turn, waiting: false, null), .. Again(LookAgain, e.Offline.At, turn)],
        NodeEvent.NodeBroughtOnline e => [.. node.FindAll(turn), .. Again(TellAgain, e.At, turn)],
        NodeEvent.WorkSought => node.FindAll(turn),
        NodeEvent.WorkFound e => node.Tell(e, turn),
        _ => [],
    };

    static IEnumerable<Send> Again(TimeSpan[] times, DateTimeOffset since, Turn turn) =>
        times.Select(after => new Send(turn.Self, new NodeCommand.SeekWork(since), since + after));

    Send[] Tell(NodeEvent.WorkFound e, Turn turn)
    {
        Ordering.OrderCommand told = e.Waiting ? new Ordering.OrderCommand.RouteAgain(null)
            : Offline is { } offline ? new Ordering.OrderCommand.LeaveNode(turn.Self.Name, offline.Reason)
            : new Ordering.OrderCommand.NoteReturn(turn.Self.Name);
        var orders = e.Orders.Select(key => new Send(new("order", key), told));
        return e.Next is null ? [.. orders] : [.. orders, Find(turn, e.Waiting, e.Next)];
    }

    /// <summary>What has to know how the node is: of one that is back, those that wait for any, too.</summary>
    Send[] FindAll(Turn turn) => Offline is not null ? [Find(turn, waiting: false, null)]
        : [Find(turn, waiting: true, null), Find(turn, waiting: false, null)];

    static Send Find(Turn turn, bool waiting, string? after) =>
        new(new("board", ""), new BoardMessage.FindWork(turn.Self.Name, waiting, after));

    /// <inheritdoc/>
    public static NodeCommand? OnReply(Send asked, object reply) =>
        reply is WorkPage page ? new NodeCommand.TakeWork(page) : null;
}
