using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>The zones of a node, and the aisles that pickers walk.</summary>
public static class LayoutApi
{
    const string Path = "/v1/nodes/{node}/layout";

    /// <summary>Adds the routes.</summary>
    public static void MapLayout(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, Get).Describe("getLayout", "Zones and aisles of a node", "places")
            .Answers<LayoutBody>(200).Refuses(400, 404);
        routes.MapGet(Path + "/zones/{zone}", GetZone).Describe("getZone", "A zone", "places")
            .Answers<ZoneBody>(200).Refuses(400, 404);
        routes.MapPut(Path + "/zones/{zone}", PutZone).Describe("putZone", "Adds or changes a zone", "places")
            .Accepts<ZoneRequest>("application/json").Answers<ZoneBody>(200, 201).Refuses(400, 404, 409, 422);
        routes.MapDelete(Path + "/zones/{zone}", RemoveZone)
            .Describe("removeZone", "Removes a zone that no bin is in; what is left of the layout", "places")
            .Answers<LayoutBody>(200).Refuses(400, 404, 409);
        routes.MapPut(Path + "/aisles/{aisle}", PutAisle).Describe("putAisle", "Adds or changes an aisle", "places")
            .Accepts<AisleRequest>("application/json").Answers<AisleBody>(200, 201).Refuses(400, 404, 409, 422);
        routes.MapDelete(Path + "/aisles/{aisle}", RemoveAisle)
            .Describe("removeAisle", "Removes an aisle that no bin is along; what is left of the layout", "places")
            .Answers<LayoutBody>(200).Refuses(400, 404, 409);
    }

    static async Task<IResult> Get(HttpContext http, Backend backend, string node) =>
        await Told(http, await Start(http, backend, node), node);

    static async Task<IResult> Told(HttpContext http, Seat seat, string node)
    {
        var plan = await seat.Layout(node).Plan(http.RequestAborted);
        return Answer.Ok(
            new(node, [.. plan.Zones.Select(Body)], [.. plan.Aisles.Select(Body)], plan.Bins, plan.Revision),
            ApiJson.Wire.LayoutBody, plan.Revision);
    }

    static async Task<IResult> GetZone(HttpContext http, Backend backend, string node, string zone)
    {
        var seat = await Start(http, backend, node);
        Requests.PathId("zone", zone);
        var plan = await seat.Layout(node).Plan(http.RequestAborted);
        return plan.Zones.FirstOrDefault(z => z.Id == zone) is { } known
            ? Answer.Ok(Body(known), ApiJson.Wire.ZoneBody) : UnknownZone(node, zone);
    }

    static async Task<IResult> PutZone(HttpContext http, Backend backend, string node, string zone)
    {
        var seat = await Start(http, backend, node);
        Requests.PathId("zone", zone);
        var body = await http.Body();
        var read = LayoutReader.Zone(zone, Requests.Parse(body.Span, ApiJson.Wire.ZoneRequest));
        await http.Operation(backend, seat, zone, body);
        var reply = await seat.Layout(node).Change(new LayoutCommand.PutZone(read), http.RequestAborted);
        return reply.Status == LayoutStatus.Created
            ? Answer.Created(Body(read), ApiJson.Wire.ZoneBody, $"/v1/nodes/{node}/layout/zones/{zone}")
            : Refused(reply, node, zone) ?? Answer.Ok(Body(read), ApiJson.Wire.ZoneBody);
    }

    static async Task<IResult> RemoveZone(HttpContext http, Backend backend, string node, string zone)
    {
        var seat = await Start(http, backend, node);
        Requests.PathId("zone", zone);
        var reply = await seat.Layout(node).Change(new LayoutCommand.RemoveZone(zone), http.RequestAborted);
        return Refused(reply, node, zone) ?? await Told(http, seat, node);
    }

    static async Task<IResult> PutAisle(HttpContext http, Backend backend, string node, string aisle)
    {
        var seat = await Start(http, backend, node);
        Requests.PathId("aisle", aisle);
        var body = await http.Body();
        var read = LayoutReader.Aisle(aisle, Requests.Parse(body.Span, ApiJson.Wire.AisleRequest));
        await http.Operation(backend, seat, aisle, body);
        var reply = await seat.Layout(node).Change(new LayoutCommand.PutAisles([read]), http.RequestAborted);
        return reply.Status == LayoutStatus.Created
            ? Answer.Created(Body(read), ApiJson.Wire.AisleBody, $"/v1/nodes/{node}/layout")
            : Refused(reply, node, aisle) ?? Answer.Ok(Body(read), ApiJson.Wire.AisleBody);
    }

    static async Task<IResult> RemoveAisle(HttpContext http, Backend backend, string node, string aisle)
    {
        var seat = await Start(http, backend, node);
        Requests.PathId("aisle", aisle);
        var reply = await seat.Layout(node).Change(new LayoutCommand.RemoveAisle(aisle), http.RequestAborted);
        return Refused(reply, node, aisle) ?? await Told(http, seat, node);
    }

    /// <summary>The caller's seat; throws where nobody defined the node.</summary>
    internal static async ValueTask<Seat> Start(HttpContext http, Backend backend, string node)
    {
        Requests.PathId("node", node);
        var seat = http.Seat(backend);
        return (await seat.Node(node).Get(http.RequestAborted)).Card is not null
            ? seat : throw new ProblemException(NodesApi.Unknown(node));
    }

    /// <summary>The refusal in words; null when there is none.</summary>
    internal static Problem? Refused(LayoutReply reply, string node, string name, string at = "") =>
        reply.Status switch
        {
            LayoutStatus.Unchanged or LayoutStatus.Created or LayoutStatus.Changed => null,
            LayoutStatus.Stale => SkusApi.Stale(reply.Bin?.Revision ?? 0),
            LayoutStatus.UnknownZone when reply.Subject == name && at.Length == 0 => UnknownZone(node, name),
            LayoutStatus.UnknownZone => Problem.Invalid(
                $"{at}/zone", "unknown-zone", $"{node} has no such zone, which bin {reply.Subject} is to be in"),
            LayoutStatus.UnknownAisle when reply.Subject == name && at.Length == 0 =>
                Problem.NotFound("unknown-aisle", $"{node} has no aisle {name}."),
            LayoutStatus.UnknownAisle => Problem.Invalid(
                $"{at}/aisle", "unknown-aisle", $"{node} has no such aisle, along which bin {reply.Subject} is to be"),
            LayoutStatus.FaceOfOther => Problem.Conflict(
                "face-of-other", $"Bin {reply.Subject} is a pick face of another seller, which only he changes."),
            LayoutStatus.UnknownBin => BinsApi.Unknown(node, name),
            LayoutStatus.TooMany => Problem.Conflict("too-many", $"A node has at most {Layout.MaxBins} bins, "
                + $"{Layout.MaxZones} zones and {Layout.MaxAisles} aisles."),
            LayoutStatus.InUse => Problem.Conflict("in-use", $"Bins are in {name}: {reply.Subject} is one."),
            LayoutStatus.NotClosed => Problem.Conflict(
                "bin-not-closed", $"Only a closed bin is removed: POST /v1/nodes/{node}/bins/{name}/close first."),
            LayoutStatus.TooSoon => BinsApi.Closing(name),
        };

    static Problem UnknownZone(string node, string zone) =>
        Problem.NotFound("unknown-zone", $"{node} has no zone {zone}.");

    static ZoneBody Body(Zone z) => new(
        z.Id, Words<ZoneKind>.Of(z.Kind), z.Handles, z.At is { } at ? Body(at) : null);

    static AisleBody Body(Aisle a) => new(a.Id, Body(a.From), Body(a.To), a.Cross, a.OneWay);

    internal static SpotBody Body(Spot spot) => new(spot.X, spot.Y, spot.Z == 0 ? null : spot.Z);
}
