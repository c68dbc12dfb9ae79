using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>Nodes: the places that hold and ship goods.</summary>
public static class NodesApi
{
    /// <summary>Adds the routes.</summary>
    public static void MapNodes(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/v1/nodes/{node}", Put).Describe("putNode", "Creates or replaces a node", "nodes")
            .Accepts<NodeRequest>("application/json").Answers<NodeBody>(200, 201).Refuses(400, 412, 422);
        routes.MapGet("/v1/nodes/{node}", Get).Describe("getNode", "A node", "nodes").Answers<NodeBody>(200)
            .Refuses(404);
        routes.MapGet("/v1/nodes", List).Describe("listNodes", "Nodes by id", "nodes").Answers<PageBody<NodeBody>>(200)
            .Refuses(400);
    }

    static async Task<IResult> Put(HttpContext http, Backend backend, string node)
    {
        var seat = http.Seat(backend);
        Requests.PathId("node", node);
        var body = await http.Body();
        var card = Read(Requests.Parse(body.Span, ApiJson.Wire.NodeRequest));
        var revision = http.IfMatch();
        if (revision == Requests.AnyRevision)
        {
            if ((await seat.Node(node).Get(http.RequestAborted)).Card is null) return SkusApi.Stale(0);
            revision = null;
        }

        await http.Operation(backend, seat, node, body);
        var reply = await seat.Node(node).Define(card, revision, http.RequestAborted);
        return reply.Status switch
        {
            NodeStatus.Created => Answer.Created(Body(node, card, reply.Revision), ApiJson.Wire.NodeBody,
                $"/v1/nodes/{node}", reply.Revision),
            NodeStatus.Changed or NodeStatus.Unchanged =>
                Answer.Ok(Body(node, card, reply.Revision), ApiJson.Wire.NodeBody, reply.Revision),
            NodeStatus.Stale => SkusApi.Stale(reply.Revision),
        };
    }

    static async Task<IResult> Get(HttpContext http, Backend backend, TimeProvider time, string node, string? at)
    {
        Requests.PathId("node", node);
        var reply = await http.Seat(backend.AsOf(at, time)).Node(node).Get(http.RequestAborted);
        return reply.Card is { } card
            ? Answer.Ok(Body(node, card, reply.Revision), ApiJson.Wire.NodeBody, reply.Revision) : Unknown(node);
    }

    static IResult List(HttpContext http, Backend backend, string? cursor, string? limit)
    {
        var page = backend.Views.Nodes.List(Paging.Id(cursor), Requests.Limit(limit));
        return Answer.Ok(new([.. page.Items.Select(r => Body(r.Node, r.Card, r.Revision))], page.Next),
            ApiJson.Wire.NodePage);
    }

    static NodeCard Read(NodeRequest request)
    {
        Fields fields = new();
        if (request.Latitude is not (null or (>= -90 and <= 90)))
            fields.Add("/latitude", "out-of-range", "must be from -90 to 90 degrees");
        if (request.Longitude is not (null or (>= -180 and <= 180)))
            fields.Add("/longitude", "out-of-range", "must be from -180 to 180 degrees");
        fields.Together("/latitude", request.Latitude is null, "/longitude", request.Longitude is null);
        NodeCard card = new(
            fields.Text("/name", request.Name, 200), fields.Word<NodeType>("/type", request.Type, NodeType.Warehouse),
            fields.Number("/priority", request.Priority ?? 100, 0, 1_000_000),
            fields.Country("/country", request.Country, required: false),
            fields.Postcode("/postcode", request.Country, request.Postcode, isAddress: false), request.Latitude,
            request.Longitude,
            request.CapacityPerDay is null ? null
                : fields.Number("/capacityPerDay", request.CapacityPerDay, 0, int.MaxValue),
            NodeFactsBodies.Read(fields, request), Address(fields, request.Address));
        fields.Check();
        return card;
    }

    static NodeBody Body(string node, NodeCard c, long revision) => new NodeBody(
        node, c.Name, Words<NodeType>.Of(c.Type), c.Priority, c.Country, c.Postcode, c.Latitude, c.Longitude,
        c.CapacityPerDay, revision).With(c.Facts) with
    {
        Address = c.Address is { } a ? new(a.Company, a.Line1, a.Line2, a.City, a.Region, a.Phone, a.Email) : null,
    };

    static NodeAddress? Address(Fields fields, NodeAddressBody? a) => a is null ? null : new(
        fields.Text("/address/company", a.Company, 100), fields.Text("/address/line1", a.Line1, 100),
        fields.OptionalText("/address/line2", a.Line2, 100), fields.Text("/address/city", a.City, 100),
        fields.OptionalText("/address/region", a.Region, 40), fields.OptionalText("/address/phone", a.Phone, 40),
        fields.OptionalText("/address/email", a.Email, 100));

    /// <summary>The node that a body names; null where it names none. Throws where there is no such node.</summary>
    internal static async ValueTask<NodeCard?> Named(Seat seat, string field, string? name, CancellationToken cancel)
    {
        if (name is null) return null;
        Fields fields = new();
        fields.Id(field, name);
        fields.Check();
        return (await seat.Node(name).Get(cancel)).Card ?? throw new ProblemException(UnknownAt(field, name));
    }

    /// <summary>A body names a node that there is not.</summary>
    internal static Problem UnknownAt(string field, string node) =>
        Problem.Invalid(field, "unknown-node", $"there is no node {node}");

    internal static Problem Unknown(string node) => Problem.NotFound("unknown-node", $"There is no node {node}.");
}
