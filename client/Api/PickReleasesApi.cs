using System.Diagnostics;
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
                PickListAnswers.Body(id, PickWave.Coming(told with { For = [.. coming.Works.Select(Of)] }), 0),
                ApiJson.Wire.PickListBody, $"/v1/pick-lists/{id}");
        }

        var reply = await list.Get(http.RequestAborted);
        if (reply.Sheet is not { } sheet)
        {
            return Answer.Accepted(
                PickListAnswers.Body(id, PickWave.Coming(terms[0]), 0), ApiJson.Wire.PickListBody,
                $"/v1/pick-lists/{id}");
        }

        // Another node may have been faster with a list of that name.
        return IsOf(terms[0], sheet) ? Answer.Created(
            PickListAnswers.Body(id, sheet, reply.Version), ApiJson.Wire.PickListBody, $"/v1/pick-lists/{id}",
            reply.Version) : Problem.OtherContent($"Pick list {id}");
    }

    static bool IsOf(PickTerms terms, PickSheet sheet) =>
        (sheet.Terms.Node, sheet.Terms.Method, sheet.Terms.Wave) == (terms.Node, terms.Method, terms.Wave)
        && sheet.Terms.For.SequenceEqual(terms.For);

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
        if (await PickWave.Again(seat, node, id, asked, http.RequestAborted) is { } there) return there;
        if ((await seat.PickList(PickWave.ListId(id, 0)).Get(http.RequestAborted)).Sheet is not null)
            return Problem.OtherContent($"Pick list {PickWave.ListId(id, 0)}");
        var (terms, refused) = await Planned(
            http, backend, seat, node, id, named, most, method,
            (plan, volumes) => plan.Wave(id, room, volumes, asked), true);
        if (refused is not null)
        {
            await Arriving(http, seat, node, l => l.StartsWith($"{id}-", StringComparison.Ordinal));
            return await PickWave.Again(seat, node, id, asked, http.RequestAborted) ?? refused;
        }

        var made = await PickWave.Find(seat, node, id, http.RequestAborted, terms);
        return made.IsThere
            ? Answer.Created(made.Body(id), ApiJson.Wire.PickWaveBody, $"/v1/pick-waves/{id}")
            : made.Lists.Count == 0 ? Problem.OtherContent($"Pick list {made.Refused[0]}")
            : Answer.Accepted(made.Body(id), ApiJson.Wire.PickWaveBody, $"/v1/pick-waves/{id}");
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
        var wave = await PickWave.Find(http.Seat(backend), null, id, http.RequestAborted);
        return wave.Lists.Count > 0 ? Answer.Ok(wave.Body(id), ApiJson.Wire.PickWaveBody)
            : Problem.NotFound("unknown-pick-wave", $"There is no pick wave {id}.");
    }

    /// <summary>
    /// Releases what <paramref name="plan"/> makes of the work, and waits until the lists are there. Where another
    /// release has been faster with some of it, or with units from the same places, what is left is planned anew.
    /// </summary>
    static async ValueTask<(List<PickTerms> Lists, Problem? Refused)> Planned(
        HttpContext http, Backend backend, Seat seat, string node, string id,
        List<(string Order, int Number)>? named, int most, PickMethod method,
        Func<PickPlan, IReadOnlyDictionary<string, long>, List<PickTerms>> plan, bool isWave = false)
    {
        var cancel = http.RequestAborted;
        // Lists of old journals only the views know, too.
        if (!await BinsApi.Reached(backend, cancel))
            return ([], Problem.Of(new(Fault.Overloaded, "The lists are behind: it is not known what is open.")));
        var roster = seat.PickRoster(node);
        for (var tries = 0; tries < MostTries; tries++)
        {
            var (work, wrong) = await Chosen(backend, seat, node, named, most, cancel);
            if (wrong is not null) return ([], wrong);
            var (tasks, volumes, seen) = await PickRelease.Tasks(backend, seat, node, work, cancel);
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

            string[] ids = [.. lists.Select((_, i) => isWave ? PickWave.ListId(id, i) : id)];
            // Names are a seller's, whatever the node: nothing is released under one that is taken.
            if (isWave && await PickWave.Taken(seat, ids, cancel) is { } taken)
                return ([], Problem.OtherContent($"Pick list {taken}"));
            var reply = await roster.Release(
                new(id, [.. lists.Zip(ids, (terms, list) => new NewPickList(list, terms))], seen), cancel);
            if (reply.Status == RosterStatus.Outdated
                || (reply.Status == RosterStatus.AlreadyListed && named is null)) continue;
            if (Refusal(reply, id) is { } refused) return ([], refused);
            await Deadline.Or(http.Wait(), reply, c => roster.There(ids, c));
            return (lists, null);
        }

        return ([], Problem.Of(new(Fault.Overloaded, "Others release the same work: ask again.")));
    }

    static async ValueTask<(List<PickWorkload> Work, Problem? Wrong)> Chosen(
        Backend backend, Seat seat, string node, List<(string Order, int Number)>? named, int most,
        CancellationToken cancel)
    {
        var listed = await PickRelease.Listed(backend, seat, node, cancel);
        if (named is null) return (await PickRelease.Choose(backend, seat, node, most, listed, cancel), null);
        try
        {
            return (await PickRelease.Named(backend, seat, node, named, listed, cancel), null);
        }
        catch (ProblemException e)
        {
            return ([], e.Problem);
        }
    }

    static Problem? Refusal(RosterReply reply, string id) => reply.Status switch
    {
        RosterStatus.Done or RosterStatus.AlreadyDone => null,
        RosterStatus.DifferentContent or RosterStatus.ListInUse => Problem.OtherContent($"The id {id}"),
        RosterStatus.TooMany => Problem.Conflict(
            "too-many-lists", $"{PickRoster.MaxLists} lists are not picked yet, which is the most, or they go to "
            + $"{PickRoster.MaxPlaces} places."),
        RosterStatus.AlreadyListed => Problem.Conflict(
            "already-listed",
            $"{OrderBodies.FulfilmentId(reply.Work!.Value.Order, reply.Work.Value.Fulfilment)} is on pick list "
            + $"{reply.List}."),
        RosterStatus.UnknownList or RosterStatus.Outdated => throw new UnreachableException(),
    };

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
