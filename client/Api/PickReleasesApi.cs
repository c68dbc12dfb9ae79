using Fulfillment.Picking;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>Work of a node is released: as one list, or as the lists of a wave.</summary>
public static class PickReleasesApi
{
    /// <summary>The most characters of what lists are released together under.</summary>
    public const int MaxWave = 100;

    const int UsualWorks = 200, MostTries = 8;

    /// <summary>What a list is called is in the names of counts that it opens, and has its number in a wave.</summary>
    const int MaxListId = 100, MaxWaveId = 96;

    /// <summary>Adds the routes.</summary>
    public static void MapPickReleases(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/nodes/{node}/pick-lists", Release)
            .Describe("releasePickList", "Work of a node becomes one walk through its bins", "picking")
            .Accepts<PickListRequest>("application/json").Answers<PickListBody>(201, 200, 202)
            .Refuses(400, 404, 409, 422);
        routes.MapPost("/v1/nodes/{node}/pick-waves", ReleaseWave)
            .Describe("releasePickWave", "Work of a node becomes lists, batched so that little is walked", "picking")
            .Accepts<PickWaveRequest>("application/json").Answers<PickWaveBody>(201, 200, 202)
            .Refuses(400, 404, 409, 422);
        routes.MapGet("/v1/pick-waves/{id}", GetWave)
            .Describe("getPickWave", "The lists of a wave, and how far they are to walk", "picking")
            .Answers<PickWaveBody>(200).Refuses(400, 404);
    }

    static async Task<IResult> Release(HttpContext http, Backend backend, string node)
    {
        Requests.PathId("node", node);
        var seat = http.Seat(backend);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.PickListRequest);
        Fields fields = new();
        var named = request.FulfilmentOrders is { } ids ? Work(fields, ids, PickList.MaxWorks) : null;
        var method = fields.Word("/method", request.Method, (PickMethod?)(named?.Count > 1 || request.Most > 1
            ? PickMethod.Cluster : PickMethod.Single));
        var most = request.Most is null ? method == PickMethod.Single ? 1 : 10
            : fields.Number("/most", request.Most, 1, PickList.MaxWorks);
        if (method == PickMethod.Single && (named?.Count ?? most) > 1)
            fields.Add("/method", "one-order", "is single: of one fulfilment order");
        var wave = fields.OptionalText("/wave", request.Wave, MaxWave);
        if (request.Id?.Length > MaxListId) fields.Add("/id", "too-long", $"must have at most {MaxListId} characters");
        fields.Check();
        var id = await http.Operation(backend, seat, request.Id, body);
        if ((await seat.Node(node).Get(http.RequestAborted)).Card is null) return NodesApi.Unknown(node);
        var list = seat.PickList(id);
        PickTerms told = new(node, method, [], [], wave);
        // Who repeats it gets the list that there is, whatever has become open since.
        if ((await list.Get(http.RequestAborted)).Sheet is { } known)
            return await Again(http, list, id, told, named, known);
        var (terms, refused) = await Planned(
            http, backend, seat, node, id, named, most, method, (plan, _) => [plan.One(wave, named is not null)]);
        if (refused is not null)
        {
            // Another attempt was faster, and its list may still be on its way.
            var coming = await Arriving(http, seat, node, l => l == id);
            if ((await list.Get(http.RequestAborted)).Sheet is { } first)
                return await Again(http, list, id, told, named, first);
            return coming is null ? refused : Answer.Accepted(
                PickListAnswers.Body(id, Coming(told with { For = [.. coming.Works.Select(Of)] }), 0),
                ApiJson.Wire.PickListBody, $"/v1/pick-lists/{id}");
        }

        var reply = await list.Get(http.RequestAborted);
        return reply.Sheet is { } sheet
            ? Answer.Created(
                PickListAnswers.Body(id, sheet, reply.Version), ApiJson.Wire.PickListBody, $"/v1/pick-lists/{id}",
                reply.Version)
            : Answer.Accepted(
                PickListAnswers.Body(id, Coming(terms[0]), 0), ApiJson.Wire.PickListBody, $"/v1/pick-lists/{id}");
    }

    static PickFor Of(ListedWork work) => new(work.Order, work.Fulfilment);

    /// <summary>
    /// Waits until the lists of these names are there that the roster has. The first of them; null when it has none.
    /// </summary>
    static async ValueTask<RosterList?> Arriving(HttpContext http, Seat seat, string node, Func<string, bool> names)
    {
        var roster = seat.PickRoster(node);
        var known = await roster.Get(http.RequestAborted);
        var ours = known.Lists.Where(l => names(l.Id)).ToList();
        if (ours.Exists(l => l.IsComing))
            await Deadline.Or(http.Wait(), known, c => roster.There(ours.Select(l => l.Id), c));
        return ours.FirstOrDefault();
    }

    /// <summary>The list as it will be, for who does not wait until it is there.</summary>
    static PickSheet Coming(PickTerms terms) => PickList.Evolve(
        PickList.Initial, new PickListEvent.PickListReleased(terms, DateTimeOffset.UtcNow)).Sheet!;

    static async Task<IResult> Again(
        HttpContext http, IPickList list, string id, PickTerms told, List<(string Order, int Number)>? named,
        PickSheet known)
    {
        if ((known.Terms.Node, known.Terms.Method, known.Terms.Wave) != (told.Node, told.Method, told.Wave)
            || (named is not null && !named.SequenceEqual(known.Terms.For.Select(f => (f.Order, f.Fulfilment)))))
            return Problem.OtherContent($"Pick list {id}");
        var reply = await list.Get(http.RequestAborted);
        return Answer.Ok(
            PickListAnswers.Body(id, reply.Sheet!, reply.Version), ApiJson.Wire.PickListBody, reply.Version);
    }

    static async Task<IResult> ReleaseWave(HttpContext http, Backend backend, string node)
    {
        Requests.PathId("node", node);
        var seat = http.Seat(backend);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.PickWaveRequest);
        Fields fields = new();
        var named = request.FulfilmentOrders is { } ids ? Work(fields, ids, TourBatching.MaxOrders) : null;
        var method = fields.Word("/method", request.Method, (PickMethod?)PickMethod.Cluster);
        var most = request.Most is null ? UsualWorks : fields.Number("/most", request.Most, 1, TourBatching.MaxOrders);
        var room = Room(fields, request, method);
        if (request.Id?.Length > MaxWaveId) fields.Add("/id", "too-long", $"must have at most {MaxWaveId} characters");
        fields.Check();
        var id = await http.Operation(backend, seat, request.Id, body);
        if ((await seat.Node(node).Get(http.RequestAborted)).Card is null) return NodesApi.Unknown(node);
        var asked = Fingerprint.Of([
            node, $"{method} {most} {room}", .. (named ?? []).Select(w => OrderBodies.FulfilmentId(w.Order, w.Number)),
        ]);
        if (await Known(http, seat, id, asked) is { } there) return there;
        if ((await seat.PickList(ListId(id, 0)).Get(http.RequestAborted)).Sheet is not null)
            return Problem.OtherContent($"Pick list {ListId(id, 0)}");
        var (terms, refused) = await Planned(
            http, backend, seat, node, id, named, most, method,
            (plan, volumes) => plan.Wave(id, room, volumes, asked), true);
        if (refused is not null)
        {
            await Arriving(http, seat, node, l => l.StartsWith($"{id}-", StringComparison.Ordinal));
            return await Known(http, seat, id, asked) ?? refused;
        }

        if (await Known(http, seat, id) is { } made && made.Lists.Count == terms.Count)
            return Answer.Created(Body(id, made.Lists), ApiJson.Wire.PickWaveBody, $"/v1/pick-waves/{id}");
        return Answer.Accepted(
            Body(id, [.. terms.Select((t, i) => (ListId(id, i), Coming(t)))]), ApiJson.Wire.PickWaveBody,
            $"/v1/pick-waves/{id}");
    }

    static TourRoom Room(Fields fields, PickWaveRequest request, PickMethod method)
    {
        var usual = method switch { PickMethod.Single => 1, PickMethod.Batch => 20, PickMethod.Cluster => 10 };
        var orders = request.Orders is null ? usual : fields.Number("/orders", request.Orders, 1, PickList.MaxWorks);
        if (method == PickMethod.Single && orders > 1)
            fields.Add("/orders", "one-order", "is more than one, and the method is single");
        var volume = request.VolumeMm3 ?? long.MaxValue;
        if (volume <= 0) fields.Add("/volumeMm3", "out-of-range", "must be positive");
        return new(
            orders, request.Units is null ? int.MaxValue : fields.Number("/units", request.Units, 1, int.MaxValue),
            request.Lines is null ? PickList.MaxLines : fields.Number("/lines", request.Lines, 1, PickList.MaxLines),
            volume);
    }

    static async Task<IResult> GetWave(HttpContext http, Backend backend, string id)
    {
        Requests.PathId("id", id);
        return await Known(http, http.Seat(backend), id) is { } wave
            ? Answer.Ok(Body(id, wave.Lists), ApiJson.Wire.PickWaveBody)
            : Problem.NotFound("unknown-pick-wave", $"There is no pick wave {id}.");
    }

    /// <summary>
    /// Releases what <paramref name="plan"/> makes of the work, and waits until the lists are there. Where another
    /// release has been faster with some of it, what is left is planned anew.
    /// </summary>
    static async ValueTask<(List<PickTerms> Lists, Problem? Refused)> Planned(
        HttpContext http, Backend backend, Seat seat, string node, string id,
        List<(string Order, int Number)>? named, int most, PickMethod method,
        Func<PickPlan, IReadOnlyDictionary<string, long>, List<PickTerms>> plan, bool isWave = false)
    {
        var cancel = http.RequestAborted;
        if (named is null && !await BinsApi.Reached(backend, cancel))
            return ([], Problem.Of(new(Fault.Overloaded, "The lists are behind: it is not known what is open.")));
        var roster = seat.PickRoster(node);
        for (var tries = 0; tries < MostTries; tries++)
        {
            var live = await PickRelease.Live(backend, seat, node, cancel);
            List<PickWorkload> work;
            try
            {
                work = named is null ? await PickRelease.Choose(backend, seat, node, most, live, cancel)
                    : await PickRelease.Named(backend, seat, node, named, live, cancel);
            }
            catch (ProblemException e)
            {
                return ([], e.Problem);
            }

            var (tasks, volumes) = await PickRelease.Tasks(backend, seat, node, work, live, cancel);
            if (tasks.Count == 0)
            {
                return ([], Problem.Conflict("nothing-to-pick", named is null
                    ? $"Nothing is open at {node} that is on no list." : "All units of it are in totes."));
            }

            var lists = plan(await new PickPlan(node, method, work, tasks, cancel).OnFloor(seat), volumes);
            if (named is not null && !isWave && lists[0].For.Length < work.Count)
            {
                return ([], Problem.Invalid(
                    "/fulfilmentOrders", "too-many-lines", $"have {tasks.Count} lines: at most {PickList.MaxLines}"));
            }

            var reply = await roster.Release(
                new(id, [.. lists.Select((t, i) => new NewPickList(isWave ? ListId(id, i) : id, t))]), cancel);
            if (reply.Status == RosterStatus.AlreadyListed && named is null) continue;
            if (Refusal(reply, id) is { } refused) return ([], refused);
            await Deadline.Or(http.Wait(), reply, c => roster.There(
                lists.Select((_, i) => isWave ? ListId(id, i) : id), c));
            return (lists, null);
        }

        return ([], Problem.Of(new(Fault.Overloaded, "Others release the same work: ask again.")));
    }

    static Problem? Refusal(RosterReply reply, string id) => reply.Status switch
    {
        RosterStatus.Done or RosterStatus.AlreadyDone => null,
        RosterStatus.DifferentContent or RosterStatus.ListInUse => Problem.OtherContent($"The id {id}"),
        RosterStatus.TooMany => Problem.Conflict(
            "too-many-lists", $"{PickRoster.MaxLists} lists are not picked yet, which is the most."),
        RosterStatus.AlreadyListed => Problem.Conflict(
            "already-listed",
            $"{OrderBodies.FulfilmentId(reply.Work!.Value.Order, reply.Work.Value.Fulfilment)} is on pick list "
            + $"{reply.List}."),
    };

    static string ListId(string wave, int index) => $"{wave}-{index + 1}";

    /// <summary>The answer to who repeats a wave; null when it is not there.</summary>
    static async ValueTask<IResult?> Known(HttpContext http, Seat seat, string id, long asked) =>
        await Known(http, seat, id) is not { } wave ? null
        : wave.Asked == asked ? Answer.Ok(Body(id, wave.Lists), ApiJson.Wire.PickWaveBody)
        : Problem.OtherContent($"Pick wave {id}");

    /// <summary>The lists of the wave that are there, and what was asked for; null when there is none.</summary>
    static async ValueTask<(List<(string Id, PickSheet Sheet)> Lists, long Asked)?> Known(
        HttpContext http, Seat seat, string id)
    {
        List<(string Id, PickSheet Sheet)> lists = [];
        for (var i = 0; i < (lists.Count == 0 ? 1 : lists[0].Sheet.Terms.Together!.Lists); i++)
        {
            var sheet = (await seat.PickList(ListId(id, i)).Get(http.RequestAborted)).Sheet;
            if (sheet is { Terms: { Together: not null, Wave: { } wave } } && wave == id)
                lists.Add((ListId(id, i), sheet));
        }

        return lists.Count == 0 ? null : (lists, lists[0].Sheet.Terms.Together!.Asked);
    }

    static PickWaveBody Body(string id, List<(string Id, PickSheet Sheet)> lists)
    {
        var (terms, together) = (lists[0].Sheet.Terms, lists[0].Sheet.Terms.Together!);
        return new(
            id, terms.Node, Words<PickMethod>.Of(terms.Method), together.Works, together.LengthMm,
            together.OrderByOrderMm, together.FirstComeMm,
            [
                .. lists.Select(l => new PickWaveListBody(
                    l.Id, Words<PickListStatus>.Of(l.Sheet.Status), l.Sheet.Picker, l.Sheet.Terms.Due,
                    [.. l.Sheet.Works.Select(w => OrderBodies.FulfilmentId(w.Order, w.Fulfilment))],
                    l.Sheet.Lines.Length, l.Sheet.Lines.Sum(n => (long)n.Units), l.Sheet.Lines.Sum(n => (long)n.Picked),
                    l.Sheet.Lines.Sum(n => (long)n.Short), l.Sheet.Terms.Walk?.LengthMm)),
            ]);
    }

    static List<(string Order, int Number)> Work(Fields fields, IReadOnlyList<string?> ids, int most)
    {
        List<(string, int)> work = [];
        if (ids.Count == 0 || ids.Count > most)
            fields.Add("/fulfilmentOrders", "out-of-range", $"must name 1 to {most}");
        for (var i = 0; i < ids.Count && i < most; i++)
        {
            if (ids[i] is not { } id || OrderBodies.Parse(id) is not { } one)
                fields.Add($"/fulfilmentOrders/{i}", "bad-id", "is no id of a fulfilment order");
            else if (work.Contains(one)) fields.Add($"/fulfilmentOrders/{i}", "duplicate", "is named twice");
            else work.Add(one);
        }

        return work;
    }
}
