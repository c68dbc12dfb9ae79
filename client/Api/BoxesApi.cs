using Fulfillment.Packing;

namespace Fulfillment.Client.Api;

/// <summary>The kinds of boxes that a node packs into.</summary>
public static class BoxesApi
{
    const string Path = "/v1/nodes/{node}/boxes";

    /// <summary>Adds the routes.</summary>
    public static void MapBoxes(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, List).Describe("listBoxes", "The kinds of boxes that a node packs into, by id", "packing")
            .Answers<BoxesBody>(200).Refuses(400, 404);
        routes.MapGet(Path + "/{box}", Get).Describe("getBox", "A kind of box", "packing")
            .Answers<BoxBody>(200).Refuses(400, 404);
        routes.MapPut(Path + "/{box}", Put).Describe("putBox", "Adds or changes a kind of box", "packing")
            .Accepts<BoxRequest>("application/json").Answers<BoxBody>(200, 201).Refuses(400, 404, 409, 412, 422);
        routes.MapDelete(Path + "/{box}", Remove)
            .Describe("removeBox", "Removes a kind of box; as it was", "packing")
            .Answers<BoxBody>(200).Refuses(400, 404, 412);
        routes.MapCartonizations();
        routes.MapPackBench();
    }

    static async Task<IResult> List(HttpContext http, Backend backend, string node)
    {
        var seat = await LayoutApi.Start(http, backend, node);
        var known = await seat.Boxes(node).Get(http.RequestAborted);
        return Answer.Ok(
            new(node, [.. known.Boxes.Select(b => Body(node, b.Box))], known.Revision), ApiJson.Wire.BoxesBody,
            known.Revision);
    }

    static async Task<IResult> Get(HttpContext http, Backend backend, string node, string box)
    {
        var seat = await Start(http, backend, node, box);
        var known = await seat.Boxes(node).Get(http.RequestAborted);
        return known.Boxes.FirstOrDefault(b => b.Box.Id == box) is { } found
            ? Answer.Ok(Body(node, found.Box), ApiJson.Wire.BoxBody, found.Revision) : Unknown(node, box);
    }

    static async Task<IResult> Put(HttpContext http, Backend backend, string node, string box)
    {
        var seat = await Start(http, backend, node, box);
        var body = await http.Body();
        var read = PackingReader.Box(box, Requests.Parse(body.Span, ApiJson.Wire.BoxRequest));
        var revision = http.IfMatch();
        if (revision == Requests.AnyRevision)
        {
            var known = await seat.Boxes(node).Get(http.RequestAborted);
            if (known.Boxes.All(b => b.Box.Id != box)) return SkusApi.Stale(0);
            revision = null;
        }

        await http.Operation(backend, seat, box, body);
        var reply = await seat.Boxes(node).Change(new BoxCommand.Put(read, revision), http.RequestAborted);
        return Told(reply, node, box);
    }

    static async Task<IResult> Remove(HttpContext http, Backend backend, string node, string box)
    {
        var seat = await Start(http, backend, node, box);
        var revision = http.IfMatch();
        var reply = await seat.Boxes(node).Change(
            new BoxCommand.Remove(box, revision == Requests.AnyRevision ? null : revision), http.RequestAborted);
        return Told(reply, node, box);
    }

    static IResult Told(BoxReply reply, string node, string box) => reply.Status switch
    {
        BoxStatus.Stale => SkusApi.Stale(reply.Box?.Revision ?? 0),
        BoxStatus.UnknownBox => Unknown(node, box),
        BoxStatus.TooMany =>
            Problem.Conflict("too-many", $"A node has at most {Boxes.MaxBoxes} kinds of boxes."),
        BoxStatus.OtherCurrency => Problem.Conflict(
            "currency-mismatch", $"Other boxes of {node} cost money of another currency."),
        BoxStatus.Created => Answer.Created(
            Body(node, reply.Box!.Box), ApiJson.Wire.BoxBody, $"/v1/nodes/{node}/boxes/{box}", reply.Box.Revision),
        BoxStatus.Unchanged or BoxStatus.Changed =>
            Answer.Ok(Body(node, reply.Box!.Box), ApiJson.Wire.BoxBody, reply.Box.Revision),
    };

    static ValueTask<Seat> Start(HttpContext http, Backend backend, string node, string box)
    {
        Requests.PathId("box", box);
        return LayoutApi.Start(http, backend, node);
    }

    static Problem Unknown(string node, string box) =>
        Problem.NotFound("unknown-box", $"{node} has no box {box}.");

    static BoxBody Body(string node, Box b) => new(
        b.Id, node, Body(b.Inner), Body(b.Outer), b.TareGrams, b.MaxGrams, OrderBodies.Body(b.Cost),
        b.Insulated ? true : null, b.Stock);

    internal static EdgesBody Body(Extent edges) => new(edges.LengthMm, edges.WidthMm, edges.HeightMm);
}
