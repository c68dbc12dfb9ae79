using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>Whether a node takes work, and how much of its room is used.</summary>
public static class NodeStateApi
{
    const int MaxReason = 500;

    /// <summary>Adds the routes.</summary>
    public static void MapNodeState(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/nodes/{node}/state", Get)
            .Describe("getNodeState", "Whether it takes work, and the room used on its days", "nodes")
            .Answers<NodeStateBody>(200).Refuses(404);
        routes.MapPost("/v1/nodes/{node}/take-offline", TakeOffline)
            .Describe("takeNodeOffline", "It takes no work: what nobody has begun there goes elsewhere", "nodes")
            .Accepts<ReasonRequest>("application/json").Answers<NodeStateBody>(200).Refuses(400, 404);
        routes.MapPost("/v1/nodes/{node}/bring-online", BringOnline)
            .Describe("bringNodeOnline", "It takes work again: orders that wait for a node try again", "nodes")
            .Accepts<ReasonRequest>("application/json").Answers<NodeStateBody>(200).Refuses(400, 404);
    }

    static async Task<IResult> Get(HttpContext http, Backend backend, string node)
    {
        Requests.PathId("node", node);
        var reply = await http.Seat(backend).Node(node).Get(http.RequestAborted);
        return reply.Card is null ? NodesApi.Unknown(node) : Answered(reply, backend, node);
    }

    static async Task<IResult> TakeOffline(HttpContext http, Backend backend, string node)
    {
        var (seat, reason) = await Read(http, backend, node);
        var reply = await seat.Node(node).TakeOffline(reason, seat.Origin.Actor, http.RequestAborted);
        return Answered(reply, backend, node);
    }

    static async Task<IResult> BringOnline(HttpContext http, Backend backend, string node)
    {
        var (seat, reason) = await Read(http, backend, node);
        var reply = await seat.Node(node).BringOnline(reason, seat.Origin.Actor, http.RequestAborted);
        return Answered(reply, backend, node);
    }

    static async Task<(Seat Seat, string Reason)> Read(HttpContext http, Backend backend, string node)
    {
        var seat = http.Seat(backend);
        Requests.PathId("node", node);
        var request = Requests.Parse((await http.Body()).Span, ApiJson.Wire.ReasonRequest);
        Fields fields = new();
        var reason = fields.Text("/reason", request.Reason, MaxReason);
        fields.Check();
        return (seat, reason);
    }

    static IResult Answered(OfflineReply reply, Backend backend, string node) => reply.Status switch
    {
        OfflineStatus.UnknownNode => NodesApi.Unknown(node),
        OfflineStatus.Unchanged or OfflineStatus.Done => Answered(reply.Node, backend, node),
    };

    static IResult Answered(NodeReply reply, Backend backend, string node) =>
        Answer.Ok(reply.State(node, backend.Views.Nodes.Row(node)), ApiJson.Wire.NodeStateBody);
}
