using System.Collections.Immutable;
using Fulfillment.Views;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>The bins of a node: where each is, what fits in and what lies there.</summary>
public static class BinsApi
{
    const string Path = "/v1/nodes/{node}/bins";
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5), Glance = TimeSpan.FromMilliseconds(10);

    /// <summary>Adds the routes.</summary>
    public static void MapBins(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, List)
            .Describe("listBins", "Bins by id, with the caller's units that lie there", "places")
            .Answers<PageBody<BinBody>>(200).Refuses(400, 404);
        routes.MapPost(Path, PutMany)
            .Describe("putBins", "Adds or changes many bins: a list of them, or a grid of aisles, bays and levels",
                "places")
            .Accepts<BinsRequest>("application/json").Answers<BinsPutBody>(200, 201).Refuses(400, 404, 409, 422);
        routes.MapGet(Path + "/{bin}", Get).Describe("getBin", "A bin, and the caller's units there", "places")
            .Answers<BinBody>(200).Refuses(400, 404);
        routes.MapPut(Path + "/{bin}", Put).Describe("putBin", "Adds or changes a bin", "places")
            .Accepts<BinRequest>("application/json").Answers<BinBody>(200, 201).Refuses(400, 404, 409, 412, 422);
        routes.MapDelete(Path + "/{bin}", Remove)
            .Describe("removeBin", "Removes a bin that is closed and empty", "places")
            .Answers<BinBody>(200).Refuses(400, 404, 409);
        routes.MapPost(Path + "/{bin}/block", Block)
            .Describe("blockBin", "The bin takes no units for now", "places")
            .Accepts<BinReasonRequest>("application/json").Answers<BinBody>(200).Refuses(400, 404);
        routes.MapPost(Path + "/{bin}/close", Close)
            .Describe("closeBin", "The bin takes no units any more, and may be removed once it is empty", "places")
            .Accepts<BinReasonRequest>("application/json").Answers<BinBody>(200).Refuses(400, 404);
        routes.MapPost(Path + "/{bin}/open", Open).Describe("openBin", "The bin takes units again", "places")
            .Accepts<BinReasonRequest>("application/json").Answers<BinBody>(200).Refuses(400, 404);
    }

    static async Task<IResult> List(
        HttpContext http, Backend backend, string node, string? zone, string? role, string? status, string? cursor,
        string? limit)
    {
        await LayoutApi.Start(http, backend, node);
        Fields fields = new();
        if (zone is not null) fields.Id("zone", zone);
        BinRole? wanted = role is null ? null : fields.Word<BinRole>("role", role);
        BinStatus? state = status is null ? null : fields.Word<BinStatus>("status", status);
        fields.Check();
        var page = backend.Views.Bins.List(node, zone, wanted, state, Paging.Id(cursor), Requests.Limit(limit));
        var lying = backend.Views.Bins.Lying(node, [.. page.Items.Select(b => b.Bin.Id)], http.Seller())
            .ToLookup(u => u.Bin);
        return Answer.Ok(
            new([.. page.Items.Select(b => Body(node, b, http.Seller(), lying[b.Bin.Id]))], page.Next),
            ApiJson.Wire.BinPage);
    }

    static async Task<IResult> Get(HttpContext http, Backend backend, string node, string bin)
    {
        var seat = await Start(http, backend, node, bin);
        var reply = await seat.Layout(node).Bin(bin, http.RequestAborted);
        return reply.Bin is { } known
            ? Answer.Ok(
                Body(node, known, seat.Seller, backend.Views.Bins.Lying(node, [bin], seat.Seller)),
                ApiJson.Wire.BinBody, known.Revision)
            : Unknown(node, bin);
    }

    static async Task<IResult> Put(HttpContext http, Backend backend, string node, string bin)
    {
        var seat = await Start(http, backend, node, bin);
        var body = await http.Body();
        var read = LayoutReader.Bin(bin, Requests.Parse(body.Span, ApiJson.Wire.BinRequest), seat.Seller);
        var revision = http.IfMatch();
        if (revision == Requests.AnyRevision)
        {
            if ((await seat.Layout(node).Bin(bin, http.RequestAborted)).Bin is null) return SkusApi.Stale(0);
            revision = null;
        }

        await http.Operation(backend, seat, bin, body);
        var reply = await seat.Layout(node).Change(
            new LayoutCommand.PutBins([read], revision, seat.Seller), http.RequestAborted);
        if (LayoutApi.Refused(reply, node, "") is { } refused) return refused;
        return reply.Status == LayoutStatus.Created
            ? Answer.Created(
                Body(node, reply.Bin!, seat.Seller), ApiJson.Wire.BinBody, $"/v1/nodes/{node}/bins/{bin}",
                reply.Bin!.Revision)
            : Answer.Ok(Body(node, reply.Bin!, seat.Seller), ApiJson.Wire.BinBody, reply.Bin!.Revision);
    }

    static async Task<IResult> PutMany(HttpContext http, Backend backend, string node)
    {
        var seat = await LayoutApi.Start(http, backend, node);
        var body = await http.Body();
        var (aisles, bins) = LayoutReader.Bins(Requests.Parse(body.Span, ApiJson.Wire.BinsRequest), seat.Seller);
        await http.Operation(backend, seat, "bins", body);
        var layout = seat.Layout(node);
        var ways = 0;
        if (!aisles.IsEmpty)
        {
            if ((await layout.Plan(http.RequestAborted)).Zones.All(z => z.Id != bins[0].Zone))
                return Problem.Invalid("/grid/zone", "unknown-zone", $"{node} has no zone {bins[0].Zone}");
            var put = await layout.Change(new LayoutCommand.PutAisles(aisles), http.RequestAborted);
            if (LayoutApi.Refused(put, node, "", "/grid") is { } barred) return barred;
            ways = put.Created + put.Changed;
        }

        // Whoever is cut off in the middle of a large grid repeats it: what is there already stays.
        var (created, changed) = (0, 0);
        foreach (var some in bins.Chunk(Layout.MaxPutAtOnce))
        {
            var reply = await layout.Change(
                new LayoutCommand.PutBins(ImmutableArray.Create(some), Seller: seat.Seller), http.RequestAborted);
            if (LayoutApi.Refused(reply, node, "", "/bins") is { } refused) return refused;
            created += reply.Created;
            changed += reply.Changed;
        }

        BinsPutBody answer = new(node, created, changed, bins.Length - created - changed, ways);
        return created > 0 ? Answer.Created(answer, ApiJson.Wire.BinsPutBody, $"/v1/nodes/{node}/bins")
            : Answer.Ok(answer, ApiJson.Wire.BinsPutBody);
    }

    /// <summary>
    /// What the lists say must be newer than the last moment at which units may have come: it was closed that long
    /// before, and the lists have caught up since.
    /// </summary>
    static async Task<IResult> Remove(HttpContext http, Backend backend, string node, string bin)
    {
        var seat = await Start(http, backend, node, bin);
        var layout = seat.Layout(node);
        if ((await layout.Bin(bin, http.RequestAborted)).Bin is not { } known) return Unknown(node, bin);
        if (known.Status == BinStatus.Closed)
        {
            // By the layout's own clock, which tells when it was closed.
            var now = (await layout.Admit([bin], http.RequestAborted)).Until - Layout.AdmittedFor;
            if (now < known.Since + Layout.RemovableAfter) return Closing(bin);
            if (!await Reached(backend, http.RequestAborted))
                return Problem.Of(new(Fault.Overloaded, "The lists are behind: it is not known if the bin is empty."));
            if (!backend.Views.Bins.IsEmpty(node, bin))
                return Problem.Conflict("bin-not-empty", $"Units lie in {bin}: move them elsewhere first.");
        }

        var reply = await layout.Change(new LayoutCommand.Remove(bin, known.Revision), http.RequestAborted);
        return LayoutApi.Refused(reply, node, bin) ?? Answer.Ok(Body(node, known, seat.Seller), ApiJson.Wire.BinBody);
    }

    /// <summary>Whether the lists have, in time, what was durable when it was asked.</summary>
    internal static async ValueTask<bool> Reached(Backend backend, CancellationToken cancel)
    {
        var head = backend.Feed.Head;
        var late = Deadline.In(Patience);
        while (backend.Views.ReadPosition() < head)
        {
            if (late.IsCancellationRequested) return false;
            await Task.Delay(Glance, cancel);
        }

        return true;
    }

    static Task<IResult> Block(HttpContext http, Backend backend, string node, string bin) =>
        Turn(http, backend, node, bin, reason => new LayoutCommand.Block(bin, reason));

    static Task<IResult> Close(HttpContext http, Backend backend, string node, string bin) =>
        Turn(http, backend, node, bin, reason => new LayoutCommand.Close(bin, reason));

    static Task<IResult> Open(HttpContext http, Backend backend, string node, string bin) =>
        Turn(http, backend, node, bin, reason => new LayoutCommand.Open(bin, reason));

    static async Task<IResult> Turn(
        HttpContext http, Backend backend, string node, string bin, Func<string, ICommand<LayoutReply>> change)
    {
        var seat = await Start(http, backend, node, bin);
        var request = Requests.Parse((await http.Body()).Span, ApiJson.Wire.BinReasonRequest);
        Fields fields = new();
        var reason = fields.Text("/reason", request.Reason, 200);
        fields.Check();
        var reply = await seat.Layout(node).Change(change(reason), http.RequestAborted);
        return LayoutApi.Refused(reply, node, bin)
            ?? Answer.Ok(Body(node, reply.Bin!, seat.Seller), ApiJson.Wire.BinBody, reply.Bin!.Revision);
    }

    static ValueTask<Seat> Start(HttpContext http, Backend backend, string node, string bin)
    {
        Requests.PathId("bin", bin);
        return LayoutApi.Start(http, backend, node);
    }

    internal static Problem Unknown(string node, string bin) =>
        Problem.NotFound("unknown-bin", $"{node} has no bin {bin}.");

    internal static Problem Closing(string bin) => new(
        409, "bin-closing", "The state does not allow it.",
        $"Units that were let into {bin} before it closed may still be on their way.",
        retryAfter: (int)Layout.RemovableAfter.TotalSeconds);

    /// <summary>A bin as a seller sees it: whose face it is of another one's SKUs is not told.</summary>
    internal static BinBody Body(string node, BinNow now, string seller, IEnumerable<BinUnits>? lying = null)
    {
        var (b, room) = (now.Bin, now.Bin.Room);
        return new(
            b.Id, node, b.Zone, Words<BinRole>.Of(b.Role), b.Aisle, b.Bay, b.Level, b.Position,
            LayoutApi.Body(b.At), LayoutApi.Body(b.Stand),
            room == default ? null : new(
                room.VolumeMm3 == 0 ? null : room.VolumeMm3, room.Grams == 0 ? null : room.Grams,
                room.MaxSkus == 0 ? null : room.MaxSkus, room.OneLot ? true : null,
                room.MaxUnits == 0 ? null : room.MaxUnits),
            b.Face is { } face && face.Seller == seller ? new(face.Sku, face.Min, face.Max, face.Seller) : null,
            Words<BinStatus>.Of(now.Status), now.Reason, now.Since,
            lying is null ? null : [.. lying.Select(u => new SlotBody(
                node, u.State, u.Bin, u.Lot, u.Lpn, u.Units, u.OrderId, null, u.Sku))]);
    }
}
