using System.Text.Json.Serialization.Metadata;
using Fulfillment.Catalog;
using Fulfillment.Inventory;
using Fulfillment.Packing;

namespace Fulfillment.Client.Api;

/// <summary>The pack bench: boxes of a fulfilment order, opened, filled scan by scan, closed.</summary>
public static class PackBenchApi
{
    const string Path = "/v1/fulfilment-orders/{id}/packing", Box = Path + "/boxes/{number:int}";
    const int MaxReason = 200;

    /// <summary>The longest id of a fulfilment order at a bench: boxes are named after it.</summary>
    const int MaxJobId = 100;

    /// <summary>Adds the routes.</summary>
    public static void MapPackBench(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, Begin)
            .Describe("beginPacking", "It is packed at a bench; from then on only its boxes leave", "packing")
            .Accepts<PackBeginRequest>("application/json").Answers<PackingBody>(201, 200, 202)
            .Refuses(400, 404, 409, 422);
        routes.MapGet(Path, Get)
            .Describe("getPacking", "What is packed of a fulfilment order, beside the plan", "packing")
            .Answers<PackingBody>(200).Refuses(404);
        routes.MapPost(Path + "/boxes", Open)
            .Describe("openBox", "A box is opened, with a number of its own", "packing")
            .Accepts<PackOpenRequest>("application/json").Answers<PackingBody>(201, 200, 202)
            .Refuses(400, 404, 409, 422);
        routes.MapPost(Path + "/scans", Scan)
            .Describe("scanPack", "Units go into a box, or come out; a wrong scan changes nothing", "packing")
            .Accepts<PackScanRequest>("application/json").Answers<PackScanBody>(201, 200, 202)
            .Refuses(400, 404, 409, 422);
        Change<PackCloseRequest>(routes.MapPost(Box + "/close", Close), "closePackedBox", "The box may leave");
        Change<PackBoxRequest>(routes.MapPost(Box + "/reopen", Reopen), "reopenPackedBox",
            "Units go into the box and out again, until it has left");
        Change<PackBoxRequest>(
            routes.MapPost(Box + "/discard", Discard), "discardPackedBox", "The empty box is not used");
        routes.MapPost(Path + "/quality-holds", Doubt)
            .Describe("reportDoubtedUnits", "Units may be damaged: the order is held until somebody decides", "packing")
            .Accepts<PackDoubtRequest>("application/json").Answers<PackingBody>(201, 200, 202)
            .Refuses(400, 404, 409, 422);
        Change<PackDecisionRequest>(routes.MapPost(Path + "/quality-holds/{number:int}/decide", Decide),
            "decideDoubtedUnits", "Doubted units are packed, sent from elsewhere, or dropped; the hold ends");
        Change<PackBoxRequest>(routes.MapPost(Path + "/give-up", GiveUp), "giveUpPacking",
            "It is packed at a bench no more; with nothing in boxes that have not left");
        routes.MapPackDoubts();
        routes.MapPackBenchPapers();

        static void Change<TRequest>(RouteHandlerBuilder route, string name, string summary)
            where TRequest : notnull =>
            route.Describe(name, summary, "packing").Accepts<TRequest>("application/json")
                .Answers<PackingBody>(200, 202).Refuses(400, 404, 409, 422);
    }

    static async Task<IResult> Begin(HttpContext http, Backend backend, string id)
    {
        var (seat, operation, (by, station, takeOver)) = await http.Change(
            backend, ApiJson.Wire.PackBeginRequest,
            (fields, r) => (fields.Id("/by", r.By), fields.Id("/station", r.Station), r.TakeOver == true));
        var (order, number, reply, sight) = await PackBench.Look(seat, id, http.RequestAborted);
        if (id.Length > MaxJobId)
            return Problem.Conflict("id-too-long", $"Boxes are named after it: at most {MaxJobId} characters.");
        var fulfilment = reply.Fulfilments[number - 1];
        if (!await PackBench.HasBench(seat, fulfilment.Node, station, http.RequestAborted))
            return Problem.Invalid("/station", "unknown-station", $"{fulfilment.Node} has no packing zone {station}");
        var job = seat.PackJob(id);
        var known = (await job.Get(http.RequestAborted)).Sheet;
        var terms = known is { Started: null } or { IsBegun: true } ? known.Terms
            : await PackBench.Terms(seat, order, number, fulfilment, http.RequestAborted);
        var begun = await job.Change(
            new PackCommand.Begin(operation, by, station, terms, sight, takeOver), http.RequestAborted);
        if (PackBenchAnswers.Refused(begun, id, operation) is { } refused) return refused;
        begun = await Settled(http, job, begun);
        if (begun.Sheet!.Status == PackJobStatus.Dropped)
            return PackBenchAnswers.Refused(begun with { Status = PackReplyStatus.Dropped }, id, operation)!;
        return await Answered(http, seat, id, begun, known is null);
    }

    static async Task<IResult> Get(HttpContext http, Backend backend, string id)
    {
        var seat = http.Seat(backend);
        var (_, _, _, sight) = await PackBench.Look(seat, id, http.RequestAborted);
        var reply = await seat.PackJob(id).Get(http.RequestAborted);
        if (reply.Sheet is not { } sheet) return PackBenchAnswers.Unknown(id);
        // As the order is now, which the bench hears of with its next change.
        if (sight.Version > sheet.Sight.Version) sheet = sheet with { Sight = sight };
        return Answer.Ok(
            PackBenchAnswers.Body(
                id, sheet, reply.Version, await PackBench.Sources(seat, sheet, http.RequestAborted)),
            ApiJson.Wire.PackingBody, reply.Version);
    }

    static async Task<IResult> Open(HttpContext http, Backend backend, string id)
    {
        var seat = http.Seat(backend);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.PackOpenRequest);
        Fields fields = new();
        var by = fields.Id("/by", request.By);
        var station = request.Station is null ? null : fields.Id("/station", request.Station);
        var kind = request.Kind is null ? null : fields.Id("/kind", request.Kind);
        if ((kind is null) == (request.Box is null))
            fields.Add("/kind", "required", "name a kind of box, or tell what was measured: one of the two");
        var lpn = request.Lpn is null ? null : fields.Id("/lpn", request.Lpn);
        if (lpn is { Length: 18 } && lpn.All(char.IsAsciiDigit) && !Sscc.IsOne(lpn))
            fields.Add("/lpn", "bad-sscc", "has eighteen digits, but the last one is not their check digit");
        var box = request.Box is { } free
            ? PackingReader.Box(fields, "/box", "free", new(
                free.Inner, free.Outer, free.TareGrams, free.MaxGrams, null, free.Insulated, null)) : null;
        fields.Check();
        var operation = await http.Operation(backend, seat, request.Id, body);
        var (_, _, reply, sight) = await PackBench.Look(seat, id, http.RequestAborted);
        var job = seat.PackJob(id);
        if ((await job.Get(http.RequestAborted)).Sheet is not { } sheet) return PackBenchAnswers.Unknown(id);
        // A repeat is of the box as it was then.
        if (kind is not null)
        {
            var known = await seat.Boxes(sheet.Terms.Node).Get(http.RequestAborted);
            box = known.Boxes.FirstOrDefault(b => b.Box.Id == kind)?.Box;
            if (box is null)
                return Problem.Invalid("/kind", "unknown-box", $"{sheet.Terms.Node} has no box {kind}");
        }

        lpn ??= (await seat.SsccRange().Issue($"box:{id}:{operation}", http.RequestAborted)).Sscc;
        var opened = await job.Change(
            new PackCommand.OpenBox(operation, by, station, kind, box!, lpn, sight), http.RequestAborted);
        if (PackBenchAnswers.Refused(opened, id, operation) is { } refused) return refused;
        var isNew = opened.Status == PackReplyStatus.Done;
        var number = opened.Box;
        opened = await Settled(http, job, opened);
        return number is { } n && opened.Sheet!.Boxes[n - 1] is { State: BoxState.Refused } other
            ? Problem.Conflict("lpn-in-use", $"{other.Lpn} is another carrier's number: take a fresh one.")
            : await Answered(http, seat, id, opened, isNew);
    }

    static async Task<IResult> Scan(HttpContext http, Backend backend, string id)
    {
        var seat = http.Seat(backend);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.PackScanRequest);
        Fields fields = new();
        var by = fields.Id("/by", request.By);
        var station = request.Station is null ? null : fields.Id("/station", request.Station);
        var box = fields.Number("/box", request.Box, 1, int.MaxValue);
        var (goods, fault) = await Goods(fields, seat, new(
            request.Sku, request.Barcode, request.Quantity, 1, request.Lot, request.Serials), http.RequestAborted);
        fields.Check();
        if (OrderBodies.Parse(id) is not var (order, _)) return FulfilmentsApi.Unknown(id);
        var operation = await http.Operation(backend, seat, request.Id, body);
        var job = seat.PackJob(id);
        if ((await job.Change(new PackCommand.GetBox(box, goods.Sku), http.RequestAborted)).News is not { } now)
        {
            await PackBench.Look(seat, id, http.RequestAborted);
            return PackBenchAnswers.Unknown(id);
        }

        var isOut = request.Out == true;
        var lpn = now.Box is { State: BoxState.Open } open ? open.Lpn : null;
        // What is not wanted is refused before it is asked for its lot; what comes out is asked where there are others.
        if (fault is null && (!isOut || HasOthers(now.Box, goods)) && !now.Lines.IsEmpty
            && await Lacking(seat, goods, http.RequestAborted) is { } lacking) return lacking;

        // What is not open as it was seen here has let nothing in, whatever it is when it is asked.
        var gate = fault is not null || isOut ? BinGate.Open : lpn is null ? new(DateTimeOffset.MinValue, null)
            : await BinGate.Onto(http, seat, goods.Sku, now.Node, ("/box", null), lpn, anyBin: true);
        // The order tells the bench by itself when it is stopped: who scans does not look at all of it each time.
        var reply = await job.Change(
            new PackCommand.Scan(
                operation, by, station, box, goods.Sku, (int)goods.Units, null, goods.What?.Lot,
                goods.What?.Serials ?? default, isOut, fault, gate.Until, gate.LpnStep, gate.LpnBin),
            http.RequestAborted);
        if (reply.Status == PackReplyStatus.TooLate) return gate.Refusal ?? BinGate.TooLate();
        if (PackBenchAnswers.Refused(reply, id, operation) is { } refused) return refused;
        if (reply.Scan is not { } number) return Problem.OtherContent($"The id {operation}");
        var isRepeat = reply.Status == PackReplyStatus.AlreadyDone;
        if (reply.Said!.IsAsked)
        {
            reply = await Deadline.Or(http.Wait(), reply, cancel => job.Change(
                new PackCommand.GetScan(number), cancel));
        }

        var picked = reply.Said!.IsAsked ? null
            : await PackBench.Picked(seat, order, now.Node, goods.Sku, http.RequestAborted);
        return Scanned(id, operation, isRepeat, reply, picked);
    }

    /// <summary>Units that are not alike are in the box, and not all of them are meant.</summary>
    static bool HasOthers(PackBox? box, ScannedGoods goods)
    {
        var inside = box?.Contents.Where(c => c.Sku == goods.Sku).ToList() ?? [];
        return inside.Sum(c => (long)c.Units) > goods.Units
            && (inside.Count > 1 || inside.Any(c => !c.Serials.IsDefault));
    }

    /// <summary>What is to be told of units that are told apart; null when it was.</summary>
    static async ValueTask<Problem?> Lacking(Seat seat, ScannedGoods goods, CancellationToken cancel)
    {
        var tracking = (await seat.Sku(goods.Sku).Stock(cancel)).Card?.Tracking;
        if (tracking is { Lots: true, Serials: false } && goods.What?.Lot is null)
            return Problem.Invalid("/lot", "lot-required", $"the units of {goods.Sku} are told apart by lot");
        return tracking is { Serials: true } && goods.What?.Serials.IsDefaultOrEmpty != false
            ? Problem.Invalid(
                "/serials", "serials-required", $"must name one serial for each unit of {goods.Sku}, each once")
            : null;
    }

    static IResult Scanned(
        string id, string operation, bool isRepeat, PackReply reply, List<PackSourceBody>? picked)
    {
        var (scan, news) = (reply.Said!, reply.News!);
        if (PackBenchAnswers.Refusal(scan, news.Node) is { } no) return no;
        var at = $"/v1/fulfilment-orders/{id}/packing";
        PackScanBody answer = new(
            operation, scan.IsAsked ? "pending" : scan.Out ? "taken-out" : "packed", scan.Box, scan.Sku, scan.Units,
            scan.Out ? true : null, PackBenchAnswers.Body(id, news, reply.Version, picked));
        return scan.IsAsked ? Answer.Accepted(answer, ApiJson.Wire.PackScanBody, at)
            : isRepeat ? Answer.Ok(answer, ApiJson.Wire.PackScanBody, reply.Version)
            : Answer.Created(answer, ApiJson.Wire.PackScanBody, at, reply.Version);
    }

    /// <summary>What was scanned; a barcode that says nothing of ours is told to the job, which remembers it.</summary>
    static async ValueTask<(ScannedGoods Goods, BenchFault? Fault)> Goods(
        Fields fields, Seat seat, ToldGoods told, CancellationToken cancel)
    {
        if (told is { Barcode: { Length: > 0 and <= Fields.MaxId } code, Sku: null })
        {
            if (Barcode.Read(code, out var flaw) is not { } barcode)
            {
                // A label may have the SKU itself on it.
                if (Fields.IsId(code) && (await seat.Sku(code).Stock(cancel)).Card is not null)
                    return (await ScannedGoods.Read(
                        fields, seat, told with { Sku = code, Barcode = null, Quantity = told.Quantity ?? 1 }, cancel),
                        null);
                return (new(code, 1, null), flaw?.Fault == Gs1Fault.IncorrectCheckDigit
                    ? BenchFault.WrongCheckDigit : BenchFault.UnreadableBarcode);
            }

            if (await BarcodesApi.Item(seat, barcode, cancel) is null)
                return (new(code, 1, null), BenchFault.UnknownBarcode);
        }

        return (await ScannedGoods.Read(fields, seat, told, cancel), null);
    }

    static Task<IResult> Close(HttpContext http, Backend backend, string id, int number) => Change(
        http, backend, id, ApiJson.Wire.PackCloseRequest, (fields, r) =>
        {
            var (by, station) = Who(fields, r.By, r.Station);
            int? grams = r.WeightGrams is null ? null
                : fields.Number("/weightGrams", r.WeightGrams, 1, PackingReader.MostGrams);
            return (operation, sight) =>
                new PackCommand.CloseBox(operation, by, station, number, grams, sight, r.Confirmed == true);
        });

    static Task<IResult> Reopen(HttpContext http, Backend backend, string id, int number) => Change(
        http, backend, id, ApiJson.Wire.PackBoxRequest, (fields, r) =>
        {
            var (by, station) = Who(fields, r.By, r.Station);
            return (operation, sight) => new PackCommand.ReopenBox(operation, by, station, number, sight);
        });

    static Task<IResult> Discard(HttpContext http, Backend backend, string id, int number) => Change(
        http, backend, id, ApiJson.Wire.PackBoxRequest, (fields, r) =>
        {
            var (by, station) = Who(fields, r.By, r.Station);
            return (operation, sight) => new PackCommand.DiscardBox(operation, by, station, number, sight);
        });

    static Task<IResult> GiveUp(HttpContext http, Backend backend, string id) => Change(
        http, backend, id, ApiJson.Wire.PackBoxRequest, (fields, r) =>
        {
            var (by, station) = Who(fields, r.By, r.Station);
            return (operation, sight) => new PackCommand.GiveUp(operation, by, station, sight);
        });

    static Task<IResult> Decide(HttpContext http, Backend backend, string id, int number) => Change(
        http, backend, id, ApiJson.Wire.PackDecisionRequest, (fields, r) =>
        {
            var (by, outcome) = (fields.Id("/by", r.By), fields.Word<DoubtOutcome>("/outcome", r.Outcome));
            return (operation, sight) => new PackCommand.DecideDoubt(operation, by, number, outcome, sight);
        });

    static async Task<IResult> Doubt(HttpContext http, Backend backend, string id)
    {
        var seat = http.Seat(backend);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.PackDoubtRequest);
        Fields fields = new();
        var (by, station) = Who(fields, request.By, request.Station);
        var reason = fields.Text("/reason", request.Reason, MaxReason);
        var goods = await ScannedGoods.Read(fields, seat, new(
            request.Sku, request.Barcode, request.Quantity ?? 1, 1, request.Lot, request.Serials), http.RequestAborted);
        fields.Check();
        var operation = await http.Operation(backend, seat, request.Id, body);
        var (_, _, _, sight) = await PackBench.Look(seat, id, http.RequestAborted);
        var job = seat.PackJob(id);
        if ((await job.Get(http.RequestAborted)).Sheet is not { } sheet) return PackBenchAnswers.Unknown(id);
        if (await Lacking(seat, goods, http.RequestAborted) is { } lacking) return lacking;
        var sources = await PackBench.Picked(
            seat, sheet.Terms.Order, sheet.Terms.Node, goods.Sku, http.RequestAborted);
        var tote = sources.Find(s => goods.What?.Lot is not { } lot || s.Lot == lot)?.Tote;
        var reply = await job.Change(
            new PackCommand.ReportDoubt(
                operation, by, station, goods.Sku, (int)goods.Units, reason, sight, goods.What?.Lot,
                goods.What?.Serials ?? default, tote), http.RequestAborted);
        return PackBenchAnswers.Refused(reply, id, operation)
            ?? await Answered(http, seat, id, await Settled(http, job, reply), reply.Status == PackReplyStatus.Done);
    }

    static (string By, string? Station) Who(Fields fields, string? by, string? station) =>
        (fields.Id("/by", by), station is null ? null : fields.Id("/station", station));

    static async Task<IResult> Change<T>(
        HttpContext http, Backend backend, string id, JsonTypeInfo<T> type,
        Func<Fields, T, Func<string, PackSight, ICommand<PackReply>>> read)
        where T : class, IChangeRequest
    {
        var (seat, operation, command) = await http.Change(backend, type, read);
        var (_, _, _, sight) = await PackBench.Look(seat, id, http.RequestAborted);
        var job = seat.PackJob(id);
        var reply = await job.Change(command(operation, sight), http.RequestAborted);
        return PackBenchAnswers.Refused(reply, id, operation)
            ?? await Answered(http, seat, id, await Settled(http, job, reply), false);
    }

    static async ValueTask<IResult> Answered(HttpContext http, Seat seat, string id, PackReply reply, bool isNew)
    {
        var body = PackBenchAnswers.Body(
            id, reply.Sheet!, reply.Version, await PackBench.Sources(seat, reply.Sheet!, http.RequestAborted));
        var at = $"/v1/fulfilment-orders/{id}/packing";
        return !reply.Sheet!.IsSettled ? Answer.Accepted(body, ApiJson.Wire.PackingBody, at)
            : isNew ? Answer.Created(body, ApiJson.Wire.PackingBody, at, reply.Version)
            : Answer.Ok(body, ApiJson.Wire.PackingBody, reply.Version);
    }

    /// <summary>The job once all have answered, if that is soon.</summary>
    internal static async ValueTask<PackReply> Settled(HttpContext http, IPackJob job, PackReply now)
    {
        if (now.Sheet!.IsSettled) return now;
        var settled = await Deadline.Or(http.Wait(), now, cancel => job.Settled(cancel));
        return settled with { Status = now.Status };
    }
}
