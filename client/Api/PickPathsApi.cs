using Fulfillment.Picking;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary><c>Stops</c>: bins, in the order in which they would be gone to without a path; one may be there twice.
/// <c>From</c>: a zone with an entry, or a bin.</summary>
public sealed record PickPathRequest(IReadOnlyList<string?>? Stops, string? From);

/// <summary>A bin to go to. <c>WalkMm</c>: from the one before, or from the start; null: not known.</summary>
public sealed record PickStopBody(int Rank, string Bin, long? WalkMm);

/// <summary>
/// A walk from the start to the bins and back. <c>From</c>: null: the corner of the aisles. <c>Ways</c>: by which it
/// was measured. <c>Exact</c>: proven to be the shortest. Lengths are null where <c>Ways</c> are not told.
/// </summary>
public sealed record PickPathBody(
    string Node, string? From, string Ways, bool Exact, IReadOnlyList<PickStopBody> Stops, long? BackMm,
    long? LengthMm, long? SShapeMm, long? NaiveMm);

/// <summary>In which order to go to bins: computed, nothing is promised.</summary>
public static class PickPathsApi
{
    /// <summary>Adds the route.</summary>
    public static void MapPickPaths(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/nodes/{node}/pick-paths", Find)
            .Describe("findPickPath", "The shortest walk to bins and back, beside the S-shape and the order told",
                "places")
            .Accepts<PickPathRequest>("application/json").Answers<PickPathBody>(200).Refuses(400, 404);

    static async Task<IResult> Find(HttpContext http, Backend backend, string node)
    {
        var seat = await LayoutApi.Start(http, backend, node);
        var (stops, from) = Read(Requests.Parse((await http.Body()).Span, ApiJson.Wire.PickPathRequest));
        // The start may be a bin too.
        var asked = (from is null ? stops : stops.Append(from)).Distinct().ToArray();
        var floor = await seat.Layout(node).Floor(asked, http.RequestAborted);
        var (start, name) = Start(node, floor, from);
        Fields fields = new();
        for (var i = 0; i < stops.Length; i++)
            if (floor.Missing.Contains(stops[i])) fields.Add($"/stops/{i}", "unknown-bin", $"{node} has no such bin");
        fields.Check();

        var index = floor.Bins.Select((b, i) => (b.Id, i)).ToDictionary(b => b.Id, b => b.i);
        var tour = PickPath.Over(floor.Aisles, floor.Bins, start).Tour([.. stops.Select(s => index[s])]);
        return Answer.Ok(
            new(
                node, name, Words<PickWays>.Of(tour.Ways), tour.IsShortest,
                [.. tour.Legs.Select((l, i) => new PickStopBody(i + 1, l.Bin, l.WalkMm))], tour.BackMm, tour.LengthMm,
                tour.SShapeMm, tour.NaiveMm),
            ApiJson.Wire.PickPathBody);
    }

    static (string[] Stops, string? From) Read(PickPathRequest request)
    {
        Fields fields = new();
        var told = request.Stops ?? [];
        if (told.Count == 0) fields.Add("/stops", "required", "is missing or empty");
        if (told.Count > PickPath.MaxStops)
            fields.Add("/stops", "too-many", $"must have at most {PickPath.MaxStops} bins");
        string[] stops = [.. told.Take(PickPath.MaxStops).Select((s, i) => fields.Id($"/stops/{i}", s))];
        if (request.From is not null) fields.Id("/from", request.From);
        fields.Check();
        return (stops, request.From);
    }

    /// <summary>Where the walk begins: as told, else where orders are packed.</summary>
    internal static (Spot? Start, string? Name) Start(string node, LayoutFloor floor, string? from)
    {
        var zone = from is null ? floor.Zones.FirstOrDefault(z => z is { Kind: ZoneKind.Packing, At: not null })
            : floor.Zones.FirstOrDefault(z => z.Id == from);
        if (zone?.At is { } entry) return (entry, zone.Id);
        if (from is null) return (null, null);
        if (floor.Bins.FirstOrDefault(b => b.Id == from) is { } bin) return (bin.Stand, bin.Id);
        throw new ProblemException(Problem.Invalid("/from", zone is null ? "unknown-place" : "no-entry",
            zone is null ? $"{node} has no such zone and no such bin" : $"nobody told where one enters {zone.Id}"));
    }
}
