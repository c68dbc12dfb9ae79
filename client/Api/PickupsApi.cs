using System.Globalization;
using Fulfillment.Connectors;
using Fulfillment.Shipping;
using Fulfillment.Views;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>Pickups: carriers that come and fetch parcels, booked once.</summary>
static class PickupsApi
{
    const int MaxReason = 200, MaxService = 100, MaxParcels = 10_000, MostDaysAhead = 60;
    const string Clock = "HH:mm";

    /// <summary>Adds the routes.</summary>
    public static void MapPickups(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/pickups", Book)
            .Describe("bookPickup", "A carrier is asked, once, to fetch parcels", "shipping")
            .Accepts<PickupRequest>("application/json").Answers<PickupBody>(201, 200, 202)
            .Refuses(400, 404, 409, 422);
        routes.MapGet("/v1/pickups", List)
            .Describe("listPickups", "Pickups, newest first", "shipping").Answers<PageBody<PickupListBody>>(200)
            .Refuses(400);
        routes.MapGet("/v1/pickups/{id}", Get)
            .Describe("getPickup", "A pickup, and what its carrier said", "shipping").Answers<PickupBody>(200)
            .Refuses(400, 404);
        routes.MapPost("/v1/pickups/{id}/cancel", Cancel)
            .Describe("cancelPickup", "The carrier is told not to come", "shipping")
            .Accepts<ParcelChangeRequest>("application/json").Answers<PickupBody>(200, 202)
            .Refuses(400, 404, 409, 422);
    }

    sealed record Asked(
        string Node, string Carrier, DateOnly? Day, TimeOnly Ready, TimeOnly Close, int Parcels, long Grams,
        string Service, string? ToCountry, string By);

    static async Task<IResult> Book(HttpContext http, Backend backend, TimeProvider time)
    {
        var (seat, id, asked) = await http.Change(backend, ApiJson.Wire.PickupRequest, Read);
        if ((await seat.Node(asked.Node).Get(http.RequestAborted)).Card is not { } card)
            return NodesApi.Unknown(asked.Node);
        var known = (await seat.Pickup(id).Get(http.RequestAborted)).Pickup;
        var at = known?.Terms.At ?? await ParcelWay.At(seat, asked.Node, http);
        var today = ParcelWay.Today(card.Facts?.TimeZone, time.GetUtcNow());
        var day = asked.Day!.Value;
        if (known is null && (day < today || day > today.AddDays(MostDaysAhead)))
            return Problem.Invalid(
                "/day", "out-of-range", $"must be from {today:O} to {MostDaysAhead} days ahead");
        PickupTerms terms = new(
            asked.Node, asked.Carrier, at, day, asked.Ready, asked.Close, asked.Parcels, asked.Grams, asked.Service,
            asked.ToCountry ?? at.Country, known is null ? card.Facts?.TimeZone : known.Terms.TimeZone);
        var reply = await seat.Pickup(id).Change(new PickupCommand.Book(terms, asked.By), http.RequestAborted);
        if (Refused(reply, id, id) is { } refused) return refused;
        var isNew = reply.Status == PickupReplyStatus.Done;
        if (!reply.Pickup!.IsSettled)
            reply = await Deadline.Or(http.Wait(), reply, cancel => seat.Pickup(id).Settled(cancel));
        var p = reply.Pickup!;
        return p.State == PickupState.Refused
            ? Problem.Conflict(
                "pickup-refused", $"{p.Terms.Carrier} does not come ({p.Refusal?.Code ?? "unsupported"}): "
                + $"{p.Refusal?.Says ?? "no reason given"}.")
            : !p.IsSettled ? Answer.Accepted(Body(p, id, reply.Version), ApiJson.Wire.PickupBody, $"/v1/pickups/{id}")
            : isNew ? Answer.Created(
                Body(p, id, reply.Version), ApiJson.Wire.PickupBody, $"/v1/pickups/{id}", reply.Version)
            : Answer.Ok(Body(p, id, reply.Version), ApiJson.Wire.PickupBody, reply.Version);
    }

    static Asked Read(Fields fields, PickupRequest r)
    {
        fields.Carrier("/carrier", r.Carrier);
        if (r.Day is null) fields.Add("/day", "required", "is missing");
        var (ready, close) = (Time(fields, "/ready", r.Ready), Time(fields, "/close", r.Close));
        if (ready is { } from && close is { } until && until <= from)
            fields.Add("/close", "out-of-range", "must be after ready");
        fields.Country("/toCountry", r.ToCountry, required: false);
        return new(
            fields.Id("/node", r.Node), r.Carrier ?? "", fields.Date("/day", r.Day), ready ?? default, close ?? default,
            (int)fields.Number("/parcels", r.Parcels, 1, MaxParcels),
            fields.Number("/grams", r.Grams, 1, (long)MaxParcels * RateReader.MostGrams),
            fields.Text("/service", r.Service, MaxService), r.ToCountry, r.By is null ? "api" : fields.Id("/by", r.By));
    }

    static TimeOnly? Time(Fields fields, string field, string? text)
    {
        if (text is null) fields.Add(field, "required", "is missing");
        else if (!TimeOnly.TryParseExact(text, Clock, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            fields.Add(field, "bad-time", "must be a time of the day such as 15:30");
        return TimeOnly.TryParseExact(text, Clock, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time : null;
    }

    static IResult List(
        HttpContext http, Backend backend, string? node, string? carrier, string? status, string? cursor,
        string? limit)
    {
        CarrierFields.CheckList<PickupState>(node, carrier, status);
        var page = Paging.Of(() => backend.Views.Pickups.List(
            http.Seller(), node, carrier, status, cursor, Requests.Limit(limit)));
        return Answer.Ok(new([.. page.Items.Select(Body)], page.Next), ApiJson.Wire.PickupPage);
    }

    static async Task<IResult> Get(HttpContext http, Backend backend, string id)
    {
        Requests.PathId("id", id);
        var reply = await http.Seat(backend).Pickup(id).Get(http.RequestAborted);
        return reply.Pickup is { } p ? Answer.Ok(Body(p, id, reply.Version), ApiJson.Wire.PickupBody, reply.Version)
            : Unknown(id);
    }

    static async Task<IResult> Cancel(HttpContext http, Backend backend, string id)
    {
        Requests.PathId("id", id);
        var (seat, operation, (reason, by)) = await ParcelsApi.Change(http, backend);
        var at = seat.Pickup(id);
        var reply = await at.Change(new PickupCommand.Cancel(operation, reason, by), http.RequestAborted);
        if (Refused(reply, id, operation) is { } refused) return refused;
        if (!reply.Pickup!.IsSettled) reply = await Deadline.Or(http.Wait(), reply, cancel => at.Settled(cancel));
        var p = reply.Pickup!;
        if (p.State == PickupState.Booked && p.Refusal is { } no)
            return Problem.Conflict(
                "cancel-refused", $"{p.Terms.Carrier} comes all the same ({no.Code}): {no.Says ?? "no reason given"}.");
        return p.State == PickupState.Cancelled
            ? Answer.Ok(Body(p, id, reply.Version), ApiJson.Wire.PickupBody, reply.Version)
            : Answer.Accepted(Body(p, id, reply.Version), ApiJson.Wire.PickupBody, $"/v1/pickups/{id}");
    }

    static Problem? Refused(PickupTold reply, string pickup, string operation) => reply.Status switch
    {
        PickupReplyStatus.Done or PickupReplyStatus.AlreadyDone => null,
        PickupReplyStatus.UnknownPickup => Unknown(pickup),
        PickupReplyStatus.DifferentContent => Problem.OtherContent($"The id {operation}"),
        PickupReplyStatus.UnderWay => Problem.Conflict(
            "pickup-under-way", $"The carrier has not answered about pickup {pickup} yet: ask again."),
        PickupReplyStatus.NotBooked => Problem.Conflict("not-booked", $"Nobody comes for pickup {pickup}."),
        PickupReplyStatus.Unclear => Problem.Conflict(
            "pickup-unclear", $"Nobody knows whether pickup {pickup} is booked: call the carrier."),
        PickupReplyStatus.TooMany => Problem.Conflict(
            "too-many-changes", $"Pickup {pickup} had {Pickup.MaxOperations} changes, the most that one has."),
    };

    static Problem Unknown(string pickup) => Problem.NotFound("unknown-pickup", $"There is no pickup {pickup}.");

    static PickupBody Body(PickupSheet p, string id, long revision) => new(
        id, p.Terms.Node, p.Terms.Carrier, p.Terms.Day, Written(p.Terms.Ready), Written(p.Terms.Close),
        p.Terms.Parcels, p.Terms.Grams, p.Terms.Service, p.Terms.ToCountry, Words<PickupState>.Of(p.State),
        p.Confirmation, p.Refusal?.Code, p.Refusal?.Says, p.Why, p.By, p.At, revision);

    static PickupListBody Body(PickupRow r) => new(
        r.Id, r.Node, r.Carrier, DateOnly.FromDayNumber((int)r.Day), r.Status,
        r.Confirmation.Length > 0 ? r.Confirmation : null, DateTimeOffset.FromUnixTimeMilliseconds(r.At));

    static string Written(TimeOnly time) => time.ToString(Clock, CultureInfo.InvariantCulture);
}
