using System.Collections.Immutable;
using Fulfillment.Catalog;
using Fulfillment.Views;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>Totes, cartons and pallets: numbered, moved with all that is on them, put on one another.</summary>
public static class PlatesApi
{
    const string Path = "/v1/lpns/{lpn}";

    /// <summary>Adds the routes.</summary>
    public static void MapPlates(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/nodes/{node}/lpns", Register)
            .Describe("registerLpn", "Issues an SSCC for a carton or pallet, or registers one that has a number",
                "places")
            .Accepts<LpnRequest>("application/json").Answers<LpnBody>(201, 200).Refuses(400, 404, 409, 422);
        routes.MapGet("/v1/nodes/{node}/lpns", List)
            .Describe("listLpns", "Totes, cartons and pallets at a node, newest first", "places")
            .Answers<PageBody<LpnBody>>(200).Refuses(400, 404);
        routes.MapGet(Path, Get).Describe("getLpn", "Where it is, what is on it and what happened to it", "places")
            .Answers<LpnBody>(200).Refuses(400, 404);
        routes.MapPost(Path + "/move", Move)
            .Describe("moveLpn", "Brings it, and all that is on it, to another bin", "places")
            .Accepts<LpnMoveRequest>("application/json").Answers<LpnBody>(200, 202).Refuses(400, 404, 409, 422);
        routes.MapPost(Path + "/load", Load)
            .Describe("loadLpn", "Puts it on another: a carton on a pallet", "places")
            .Accepts<LpnLoadRequest>("application/json").Answers<LpnBody>(200, 202).Refuses(400, 404, 409, 422);
        routes.MapPost(Path + "/unload", Unload)
            .Describe("unloadLpn", "Takes it from what it stands on; it stays in that bin", "places")
            .Accepts<LpnChangeRequest>("application/json").Answers<LpnBody>(200).Refuses(400, 404, 409, 422);
        (string Route, string Name, string Summary, PlateStatus Status)[] turns =
        [
            ("close", "closeLpn", "It takes no units any more: it is full, or sealed", PlateStatus.Closed),
            ("open", "openLpn", "It takes units again", PlateStatus.Open),
            ("ship", "shipLpn", "It left the house, with nothing on it in the books", PlateStatus.Shipped),
            ("void", "voidLpn", "It is used no more", PlateStatus.Void),
        ];
        foreach (var (route, name, summary, status) in turns)
        {
            routes.MapPost(
                    $"{Path}/{route}",
                    (HttpContext http, Backend backend, string lpn) => Turn(http, backend, lpn, status))
                .Describe(name, summary, "places")
                .Accepts<LpnChangeRequest>("application/json").Answers<LpnBody>(200, 202).Refuses(400, 404, 409, 422);
        }
    }

    static async Task<IResult> Register(HttpContext http, Backend backend, string node)
    {
        var seat = await LayoutApi.Start(http, backend, node);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.LpnRequest);
        Fields fields = new();
        var lpn = request.Lpn is null ? null : fields.Id("/lpn", request.Lpn);
        if (lpn is { Length: 18 } && lpn.All(char.IsAsciiDigit) && !Sscc.IsOne(lpn))
            fields.Add("/lpn", "bad-sscc", "has eighteen digits, but the last one is not their check digit");
        var card = Read(fields, request, node);
        fields.Check();
        var id = await http.Operation(backend, seat, request.Id ?? lpn, body);
        var gate = await BinGate.Into(http, seat, node, ("/bin", card.Bin));
        if (lpn is null)
        {
            card = card with { Issue = id };
            lpn = backend.Views.Plates.IssuedBy(seat.Seller, id);
        }

        var known = lpn is null ? null : (await seat.Plate(lpn).Get(http.RequestAborted)).Plate;
        if (known is null && gate.Refusal is { } barred) return barred;
        if (lpn is null)
        {
            var issued = await seat.SsccRange().Issue(id, http.RequestAborted);
            if (issued.Sscc is null) return PrefixApi.Refused(issued.Status);
            lpn = issued.Sscc;
        }

        // Before it was registered anybody could name it: what lies on it is on it.
        ImmutableArray<string> lying = [];
        if (known is null && request.Lpn is not null)
        {
            if (!await BinsApi.Reached(backend, http.RequestAborted))
                return Problem.Of(new(Fault.Overloaded, "The lists are behind: it is not known what lies on it."));
            var units = backend.Views.Plates.Lying(seat.Seller, lpn);
            lying = [.. units.Select(u => u.Sku).Distinct()];
            gate = await gate.WithRoom(
                http, backend, seat, node, request.OverCapacity == true,
                [.. units.SelectMany(u => BinRooms.Load("/bin", card.Bin, u.Bin, u.Sku, u.Units, u.Lot))]);
            if (gate.Refusal is { } full) return full;
        }

        var reply = await seat.Plate(lpn).Change(new LicensePlateCommand.Register(card, lying), http.RequestAborted);
        if (Refused(reply, lpn, lpn) is { } refused) return refused;
        var answer = Body(lpn, reply.Plate!, reply.Version);
        return reply.Status == PlateReplyStatus.Done
            ? Answer.Created(answer, ApiJson.Wire.LpnBody, $"/v1/lpns/{lpn}", reply.Version)
            : Answer.Ok(answer, ApiJson.Wire.LpnBody, reply.Version);
    }

    static PlateCard Read(Fields fields, LpnRequest request, string node)
    {
        return new(
            fields.Word<PlateKind>("/kind", request.Kind),
            new(
                Size("lengthMm", request.LengthMm), Size("widthMm", request.WidthMm),
                Size("heightMm", request.HeightMm), Size("tareGrams", request.TareGrams, NodeFactsBodies.MostGrams),
                Size("maxGrams", request.MaxGrams, NodeFactsBodies.MostGrams)),
            node, request.Bin is null ? null : fields.Id("/bin", request.Bin));

        int Size(string name, long? value, int most = NodeFactsBodies.MostMillimetres) =>
            value is null ? 0 : fields.Number($"/{name}", value, 1, most);
    }

    static async Task<IResult> List(
        HttpContext http, Backend backend, string node, string? bin, string? status, string? cursor, string? limit)
    {
        await LayoutApi.Start(http, backend, node);
        Fields fields = new();
        if (bin is not null) fields.Id("bin", bin);
        PlateStatus? wanted = status is null ? null : fields.Word<PlateStatus>("status", status);
        fields.Check();
        var page = Paging.Of(() => backend.Views.Plates.List(
            http.Seller(), node, bin, wanted, cursor, Requests.Limit(limit)));
        return Answer.Ok(
            new([.. page.Items.Select(r => Body(r.Lpn, r.Plate, r.Version))], page.Next), ApiJson.Wire.LpnPage);
    }

    static async Task<IResult> Get(HttpContext http, Backend backend, string lpn)
    {
        var seat = Start(http, backend, lpn);
        var reply = await seat.Plate(lpn).Get(http.RequestAborted);
        return reply.Plate is { } plate
            ? Answer.Ok(
                Body(lpn, plate, reply.Version) with
                {
                    Lying = [.. backend.Views.Plates.Lying(seat.Seller, lpn).Select(u => new SlotBody(
                        u.Node, u.State, u.Bin, u.Lot, u.Lpn, u.Units, u.OrderId, null, u.Sku))],
                    History = PlateStory.Of(backend, EntityId.Of(PlateCalls.Kind, seat.Seller, lpn)),
                }, ApiJson.Wire.LpnBody, reply.Version)
            : Unknown(lpn);
    }

    static async Task<IResult> Move(HttpContext http, Backend backend, string lpn)
    {
        var seat = Start(http, backend, lpn);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.LpnMoveRequest);
        Fields fields = new();
        var bin = fields.Id("/toBin", request.ToBin);
        fields.Check();
        var id = await http.Operation(backend, seat, request.Id, body);
        if ((await seat.Plate(lpn).Get(http.RequestAborted)).Plate is not { } plate) return Unknown(lpn);
        var gate = await BinGate.Into(http, seat, plate.Card.Node, ("/toBin", bin));
        if (!gate.Limited.IsDefaultOrEmpty && plate.Bin != bin)
        {
            gate = await gate.WithRoom(
                http, backend, seat, plate.Card.Node, request.OverCapacity == true,
                await BinRooms.On(backend, seat, lpn, plate, bin, http.RequestAborted));
        }

        var reply = await seat.Plate(lpn).Change(
            new LicensePlateCommand.Move(id, bin, gate.Until, gate.Over), http.RequestAborted);
        if (reply.Status == PlateReplyStatus.TooLate && gate.Refusal is { } barred) return barred;
        return Refused(reply, lpn, id) ?? Answered(lpn, await Settled(http, seat, lpn, reply));
    }

    static async Task<IResult> Load(HttpContext http, Backend backend, string lpn)
    {
        var seat = Start(http, backend, lpn);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.LpnLoadRequest);
        Fields fields = new();
        var onto = fields.Id("/onto", request.Onto);
        if (onto == lpn) fields.Add("/onto", "itself", "must be another");
        fields.Check();
        var id = await http.Operation(backend, seat, request.Id, body);
        var reply = await seat.Plate(lpn).Change(new LicensePlateCommand.Load(id, onto), http.RequestAborted);
        if (Refused(reply, lpn, id) is { } refused) return refused;
        reply = await Settled(http, seat, lpn, reply);
        return reply.Plate is { Parent: null, Loading: null, NotTaken: { } why } ? NotTaken(why, lpn, onto)
            : Answered(lpn, reply);
    }

    static async Task<IResult> Unload(HttpContext http, Backend backend, string lpn)
    {
        var (seat, id) = await Change(http, backend, lpn);
        var reply = await seat.Plate(lpn).Change(new LicensePlateCommand.Unload(id), http.RequestAborted);
        return Refused(reply, lpn, id) ?? Answered(lpn, reply);
    }

    static async Task<IResult> Turn(HttpContext http, Backend backend, string lpn, PlateStatus status)
    {
        var (seat, id) = await Change(http, backend, lpn);
        if (status is PlateStatus.Shipped or PlateStatus.Void)
        {
            if (!await BinsApi.Reached(backend, http.RequestAborted))
                return Problem.Of(new(Fault.Overloaded, "The lists are behind: it is not known if it is empty."));
            if (backend.Views.Plates.Lying(seat.Seller, lpn) is [var units, ..])
                return Problem.Conflict("lpn-not-empty", $"{units.Units} of {units.Sku} lie on {lpn}.");
        }

        var reply = await seat.Plate(lpn).Change(new LicensePlateCommand.Turn(id, status), http.RequestAborted);
        return Refused(reply, lpn, id) ?? Answered(lpn, await Settled(http, seat, lpn, reply));
    }

    static async ValueTask<(Seat Seat, string Id)> Change(HttpContext http, Backend backend, string lpn)
    {
        var seat = Start(http, backend, lpn);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.LpnChangeRequest);
        return (seat, await http.Operation(backend, seat, request.Id, body));
    }

    static Task<PlateReply> Settled(HttpContext http, Seat seat, string lpn, PlateReply now) =>
        now.Plate is { IsSettled: false }
            ? Deadline.Or(http.Wait(), now, cancel => seat.Plate(lpn).Settled(cancel)) : Task.FromResult(now);

    static IResult Answered(string lpn, PlateReply reply)
    {
        var answer = Body(lpn, reply.Plate!, reply.Version);
        return reply.Plate!.IsSettled ? Answer.Ok(answer, ApiJson.Wire.LpnBody, reply.Version)
            : Answer.Accepted(answer, ApiJson.Wire.LpnBody, $"/v1/lpns/{lpn}");
    }

    static Seat Start(HttpContext http, Backend backend, string lpn)
    {
        Requests.PathId("lpn", lpn);
        return http.Seat(backend);
    }

    internal static Problem Unknown(string lpn) => Problem.NotFound("unknown-lpn", $"Nobody registered {lpn}.");

    static Problem? Refused(PlateReply reply, string lpn, string operation) => reply.Status switch
    {
        PlateReplyStatus.Done or PlateReplyStatus.AlreadyDone or PlateReplyStatus.Unchanged => null,
        PlateReplyStatus.Unknown => Unknown(lpn),
        PlateReplyStatus.DifferentContent => Problem.OtherContent($"Id {operation}"),
        PlateReplyStatus.TooLate => BinGate.TooLate(),
        PlateReplyStatus.Gone => Problem.Conflict(
            "lpn-gone", $"{lpn} is {Words<PlateStatus>.Of(reply.Plate!.Status)}."),
        PlateReplyStatus.Moving => Moving(lpn),
        PlateReplyStatus.OnParent => Problem.Conflict(
            "lpn-loaded", $"{lpn} stands on {reply.Plate!.Parent}: move that one, or unload it first."),
        PlateReplyStatus.NotLoaded => Problem.Conflict("lpn-not-loaded", $"{lpn} does not stand on another."),
        PlateReplyStatus.NotEmpty => Problem.Conflict("lpn-not-empty", $"Others stand on {lpn}."),
    };

    internal static Problem Moving(string lpn) => new(
        409, "lpn-moving", "The state does not allow it.", $"What is on {lpn} has not followed yet.", retryAfter: 1);

    static Problem NotTaken(TakeStatus why, string lpn, string onto) => why switch
    {
        TakeStatus.UnknownParent => Problem.Invalid("/onto", "unknown-lpn", $"nobody registered {onto}"),
        TakeStatus.NotOpen => Problem.Conflict("lpn-not-open", $"{onto} takes nothing."),
        TakeStatus.OtherNode => Problem.Conflict("other-node", $"{onto} is at another node than {lpn}."),
        TakeStatus.WrongKind => Problem.Conflict("wrong-kind", $"{onto} does not carry such a one as {lpn}."),
        TakeStatus.TooMany => Problem.Conflict("too-many", $"{LicensePlate.MaxChildren} stand on {onto} already."),
        TakeStatus.Taken => throw new System.Diagnostics.UnreachableException(),
    };

    static LpnBody Body(string lpn, Plate p, long version)
    {
        var size = p.Card.Size;
        return new(
            lpn, Words<PlateKind>.Of(p.Card.Kind), Words<PlateStatus>.Of(p.Status), p.Card.Node, p.Bin, p.Parent,
            [.. p.Carries], p.IsSettled, Told(size.LengthMm), Told(size.WidthMm), Told(size.HeightMm),
            Told(size.TareGrams),
            size.MaxGrams == 0 ? null : size.MaxGrams, version);

        static int? Told(int number) => number == 0 ? null : number;
    }
}
