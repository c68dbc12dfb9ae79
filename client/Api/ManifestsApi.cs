using Fulfillment.Connectors;
using Fulfillment.Shipping;
using Fulfillment.Views;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>The dock: manifests, their scans, and parcels that carriers take one by one.</summary>
public static class ManifestsApi
{
    const int MaxCode = 200, MaxReason = 200, MostDaysAway = 60;

    /// <summary>Adds the routes.</summary>
    public static void MapManifests(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/manifests", Open)
            .Describe("openManifest", "What a carrier takes from a node on a day", "shipping")
            .Accepts<ManifestRequest>("application/json").Answers<ManifestBody>(201, 200).Refuses(400, 404, 409, 422);
        routes.MapGet("/v1/manifests", List)
            .Describe("listManifests", "Manifests, newest first", "shipping").Answers<PageBody<ManifestListBody>>(200)
            .Refuses(400);
        routes.MapGet("/v1/manifests/{id}", Get)
            .Describe("getManifest", "A manifest: what is on it, missing, not due, or stopped", "shipping")
            .Answers<ManifestBody>(200).Refuses(400, 404);
        routes.MapPost("/v1/manifests/{id}/scans", Scan)
            .Describe("scanAtDock", "A parcel is put on the manifest, or taken off", "shipping")
            .Accepts<DockScanRequest>("application/json").Answers<DockScanBody>(201, 200, 202)
            .Refuses(400, 404, 409, 422);
        routes.MapPost("/v1/manifests/{id}/close", Close)
            .Describe("closeManifest", "All that is on it is handed over; the carrier is told", "shipping")
            .Accepts<ManifestCloseRequest>("application/json").Answers<ManifestBody>(200, 202)
            .Refuses(400, 404, 409, 422);
        routes.MapPost("/v1/parcels/{parcel}/hand-over", HandOver)
            .Describe("handOverParcel", "A carrier takes one parcel, without a manifest", "shipping")
            .Accepts<HandOverRequest>("application/json").Answers<ParcelBody>(200, 202).Refuses(400, 404, 409, 422);
        routes.MapManifestPapers();
        routes.MapPickups();
    }

    static async Task<IResult> Open(HttpContext http, Backend backend, Carriers carriers, TimeProvider time)
    {
        var (seat, id, asked) = await http.Change(backend, ApiJson.Wire.ManifestRequest, (fields, r) =>
        {
            if (r.Id is not null) fields.Id("/id", r.Id);
            fields.Carrier("/carrier", r.Carrier);
            return (Node: fields.Id("/node", r.Node), Carrier: r.Carrier ?? "", Day: fields.Date("/day", r.Day),
                By: r.By is null ? "api" : fields.Id("/by", r.By));
        });
        if ((await seat.Node(asked.Node).Get(http.RequestAborted)).Card is not { } card)
            return NodesApi.Unknown(asked.Node);
        var known = await seat.Manifest(id).Get(http.RequestAborted);
        var today = ParcelWay.Today(card.Facts?.TimeZone, time.GetUtcNow());
        var day = asked.Day ?? known.Manifest?.Terms.Day ?? today;
        if (known.Manifest is null && Math.Abs(day.DayNumber - today.DayNumber) > MostDaysAway)
            return Problem.Invalid("/day", "out-of-range", $"must be within {MostDaysAway} days of {today:O}");
        await Followed(backend, http.RequestAborted);
        if (known.Manifest is null
            && backend.Views.Manifests.Open(seat.Seller, asked.Node, asked.Carrier, day) is { } other)
            return Problem.Conflict(
                "manifest-open", $"Manifest {other} has what {asked.Carrier} takes from {asked.Node} on that day: "
                + "scan there, or close it first.");
        ManifestTerms terms = new(asked.Node, asked.Carrier, day, carriers.Find(asked.Carrier)?.Account);
        var reply = await seat.Manifest(id).Change(new ManifestCommand.Open(terms, asked.By), http.RequestAborted);
        if (ManifestAnswers.Refused(reply, id, id) is { } refused) return refused;
        var body = reply.Manifest!.Body(id, reply.Version, Due(http, backend, id, reply.Manifest!));
        return reply.Status == DockStatus.Done
            ? Answer.Created(body, ApiJson.Wire.ManifestBody, $"/v1/manifests/{id}", reply.Version)
            : Answer.Ok(body, ApiJson.Wire.ManifestBody, reply.Version);
    }

    static IResult List(
        HttpContext http, Backend backend, string? node, string? carrier, string? status, string? cursor,
        string? limit)
    {
        CarrierFields.CheckList<ManifestStatus>(node, carrier, status);
        var page = Paging.Of(() => backend.Views.Manifests.List(
            http.Seller(), node, carrier, status, cursor, Requests.Limit(limit)));
        return Answer.Ok(new([.. page.Items.Select(ManifestAnswers.Body)], page.Next), ApiJson.Wire.ManifestPage);
    }

    static async Task<IResult> Get(HttpContext http, Backend backend, string id)
    {
        Requests.PathId("id", id);
        var reply = await http.Seat(backend).Manifest(id).Get(http.RequestAborted);
        if (reply.Manifest is null) return ManifestAnswers.Unknown(id);
        await Followed(backend, http.RequestAborted);
        return Ok(http, backend, id, reply);
    }

    static async Task<IResult> Scan(HttpContext http, Backend backend, string id)
    {
        Requests.PathId("id", id);
        var (seat, operation, (code, isOut, by)) = await http.Change(
            backend, ApiJson.Wire.DockScanRequest, (fields, r) => (
                fields.Text("/code", r.Code, MaxCode), r.Out ?? false, r.By is null ? "api" : fields.Id("/by", r.By)));
        var at = seat.Manifest(id);
        if ((await at.Get(http.RequestAborted)).Manifest is not { } sheet) return ManifestAnswers.Unknown(id);
        var (parcel, number) = sheet.Scans.Any(s => s.Id == operation) ? (null, null)
            : await Find(http, backend, seat, sheet, code);
        var reply = await at.Change(
            new ManifestCommand.Scan(operation, code, parcel, number, isOut, by), http.RequestAborted);
        if (ManifestAnswers.Refused(reply, id, operation) is { } refused) return refused;
        // Something else than a scan has that id.
        if (reply.Scan is not { } told) return Problem.OtherContent($"The id {operation}");
        var isNew = reply.Status == DockStatus.Done;
        if (reply.Manifest!.Scans[told - 1].Signal is null)
            reply = await Deadline.Or(http.Wait(), reply, cancel => at.Settled(cancel));
        var scan = reply.Manifest!.Scans[told - 1];
        if (ManifestAnswers.Wrong(scan, reply.Manifest.Terms) is { } wrong) return wrong;
        var body = scan.Body(reply.Manifest.Parcels.Length);
        return scan.Signal is null
            ? Answer.Accepted(body, ApiJson.Wire.DockScanBody, $"/v1/manifests/{id}")
            : isNew ? Answer.Created(body, ApiJson.Wire.DockScanBody, $"/v1/manifests/{id}", reply.Version)
            : Answer.Ok(body, ApiJson.Wire.DockScanBody, reply.Version);
    }

    /// <summary>
    /// The parcel of a code, and the number of a carrier that it was found by; of several the one of this manifest's
    /// carrier and node.
    /// </summary>
    static async ValueTask<(string? Parcel, string? Number)> Find(
        HttpContext http, Backend backend, Seat seat, ManifestSheet sheet, string code)
    {
        await Followed(backend, http.RequestAborted);
        var codes = DockCodes.Read(code);
        foreach (var number in codes)
        {
            var found = backend.Views.Parcels.Labelled(seat.Seller, number);
            if (found.Count == 0) continue;
            var (parcel, _) = found.FirstOrDefault(f => sheet.Parcels.Any(p => p.Parcel == f.Parcel));
            parcel ??= found.OrderBy(f => f.Carrier != sheet.Terms.Carrier).First().Parcel;
            return (parcel, number);
        }

        foreach (var id in codes)
            if ((await seat.Parcel(id).Get(http.RequestAborted)).Parcel is not null) return (id, null);
        return (null, null);
    }

    static async Task<IResult> Close(HttpContext http, Backend backend, string id)
    {
        Requests.PathId("id", id);
        var (seat, operation, (reason, by, untold)) = await http.Change(
            backend, ApiJson.Wire.ManifestCloseRequest, (fields, r) => (
                fields.OptionalText("/override", r.Override, MaxReason),
                r.By is null ? "api" : fields.Id("/by", r.By),
                r.Untold is { } number ? (int?)fields.Number("/untold", number, 1, Manifest.MaxTells) : null));
        var at = seat.Manifest(id);
        var reply = await Deadline.Or(
            http.Wait(), await at.Get(http.RequestAborted), cancel => at.Settled(cancel));
        if (reply.Manifest is not { } sheet) return ManifestAnswers.Unknown(id);
        await Followed(backend, http.RequestAborted);
        var from = await ParcelWay.At(seat, sheet.Terms.Node, http);
        reply = await at.Change(
            new ManifestCommand.Close(operation, [.. Due(http, backend, id, sheet)], reason, by, from, untold),
            http.RequestAborted);
        if (ManifestAnswers.Refused(reply, id, operation) is { } refused) return refused;
        if (!reply.Manifest!.IsSettled)
            reply = await Deadline.Or(http.Wait(), reply, cancel => at.Settled(cancel));
        return reply.Manifest!.Status == ManifestStatus.Closed ? Ok(http, backend, id, reply)
            : Answer.Accepted(
                reply.Manifest.Body(id, reply.Version, []), ApiJson.Wire.ManifestBody, $"/v1/manifests/{id}");
    }

    static async Task<IResult> HandOver(HttpContext http, Backend backend, string parcel)
    {
        Requests.PathId("parcel", parcel);
        var (seat, operation, by) = await http.Change(
            backend, ApiJson.Wire.HandOverRequest, (fields, r) => r.By is null ? "api" : fields.Id("/by", r.By));
        var at = seat.Parcel(parcel);
        var reply = await at.Change(new ParcelCommand.Leave(operation, null, by), http.RequestAborted);
        if (reply.Status == ParcelReplyStatus.NoLabel
            && reply.Parcel?.Labels.LastOrDefault() is { GivenUp: true, Stopped: { } order })
            return Stopped(parcel, new(order), hasLabel: false);
        if (ParcelAnswers.Refused(reply, parcel, operation) is { } refused) return refused;
        reply = await ParcelsApi.Settled(http, at, reply);
        return reply.Parcel!.Leave is { } l && (l.Stopped is not null || l.Bench is not null)
            ? Stopped(parcel, new(l.Stopped, l.Bench), reply.Parcel.Label is not null)
            : await ParcelsApi.Settled(http, at, reply, parcel);
    }

    static Problem Stopped(string parcel, StopReason why, bool hasLabel) => Problem.Conflict(
        "stopped", $"Parcel {parcel} must not leave: {ManifestAnswers.Of(why)}."
        + (hasLabel ? "" : " Its label is voided."));

    static IResult Ok(HttpContext http, Backend backend, string id, DockReply reply) => Answer.Ok(
        reply.Manifest!.Body(id, reply.Version, Due(http, backend, id, reply.Manifest!)), ApiJson.Wire.ManifestBody,
        reply.Version);

    static IReadOnlyList<string> Due(HttpContext http, Backend backend, string id, ManifestSheet sheet) =>
        sheet.Close is not null ? [] : backend.Views.Parcels.Due(
            http.Seller(), sheet.Terms.Node, sheet.Terms.Carrier, sheet.Terms.Day, id, 2 * Manifest.MaxParcels);

    /// <summary>Parcels that were labelled just now are known by then. Throws where the lists are far behind.</summary>
    static async ValueTask Followed(Backend backend, CancellationToken cancel)
    {
        if (!await BinsApi.Reached(backend, cancel))
            throw new ProblemException(Problem.Of(new(
                Fault.Overloaded, "The lists are behind: it is not known which parcels there are.")));
    }
}
