using Fulfillment.Composition;
using Fulfillment.Intake;
using Fulfillment.Shipping;

namespace Fulfillment.Client.Api;

/// <summary>The way of parcels: what is told of them by hand, and what is wrong with them.</summary>
static class TrackingApi
{
    const int MaxResolution = 200;

    /// <summary>Adds the routes.</summary>
    public static void MapTracking(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/parcels/{parcel}/events", Tell)
            .Describe("tellParcelEvents", "What a courier or a 3PL tells of a parcel", "shipping")
            .Accepts<ParcelEventsRequest>("application/json").Answers<ParcelBody>(200).Refuses(400, 404, 409, 422);
        routes.MapGet("/v1/parcel-cases", Cases)
            .Describe("listParcelCases", "What is wrong with parcels, oldest first", "shipping")
            .Answers<PageBody<ParcelCaseListBody>>(200).Refuses(400);
        routes.MapPost("/v1/parcels/{parcel}/cases/{number:int}/close", Close)
            .Describe("closeParcelCase", "What a case wanted is done", "shipping")
            .Accepts<CloseCaseRequest>("application/json").Answers<ParcelBody>(200).Refuses(400, 404, 409, 422);
        routes.MapGet("/v1/tracking-codes", UnknownCodes)
            .Describe("listTrackingCodes", "Codes of carriers that there is no word for", "shipping")
            .Answers<UnknownCodesBody>(200).Refuses();
        routes.MapCarrierWebhooks();
    }

    static async Task<IResult> Tell(HttpContext http, Backend backend, TimeProvider time, string parcel)
    {
        Requests.PathId("parcel", parcel);
        var (seat, operation, told) = await http.Change(
            backend, ApiJson.Wire.ParcelEventsRequest,
            (fields, r) => TrackingReader.Read(fields, r, time.GetUtcNow()));
        var at = seat.Parcel(parcel);
        if ((await at.Get(http.RequestAborted)).Parcel is not { } sheet) return ParcelsApi.Unknown(parcel);
        var number = told.Label ?? sheet.Label?.Number ?? 0;
        if (number < 1 || number > sheet.Labels.Length)
            return TrackingAnswers.Refused(new(ParcelReplyStatus.NoLabel, sheet, 0), parcel, operation, number)!;
        var signedBy = await Seal(backend, sheet.Labels[number - 1], told.SignedBy);
        var reply = await at.Change(
            new ParcelCommand.NoteTracking(
                number, TrackSource.Hand, told.Events, told.Expected, signedBy, told.By,
                new Operation(operation, told.Content(number, signedBy))), http.RequestAborted);
        return TrackingAnswers.Refused(reply, parcel, operation, number)
            ?? await Shown(reply, parcel, backend);
    }

    static IResult Cases(
        HttpContext http, Backend backend, string? status, string? node, string? reason, string? told, string? cursor,
        string? limit)
    {
        Fields fields = new();
        if (status is not (null or "open" or "closed"))
            fields.Add("status", "unknown-value", "must be open or closed");
        if (node is not null) fields.Id("node", node);
        if (reason is not null) fields.Word<CaseReason>("reason", reason);
        if (told is not (null or "true" or "false")) fields.Add("told", "unknown-value", "must be true or false");
        fields.Check();
        var page = Paging.Of(() => backend.Views.Tracking.Cases(
            http.Seller(), status is null ? null : status == "open", node, reason, told is null ? null : told == "true",
            cursor, Requests.Limit(limit)));
        return Answer.Ok(new([.. page.Items.Select(TrackingAnswers.Body)], page.Next), ApiJson.Wire.ParcelCasePage);
    }

    static async Task<IResult> Close(HttpContext http, Backend backend, string parcel, int number)
    {
        Requests.PathId("parcel", parcel);
        var (seat, operation, (resolution, by)) = await http.Change(
            backend, ApiJson.Wire.CloseCaseRequest,
            (fields, r) => (
                fields.Text("/resolution", r.Resolution, MaxResolution),
                r.By is null ? "api" : fields.Id("/by", r.By)));
        var reply = await seat.Parcel(parcel).Change(
            new ParcelCommand.CloseCase(operation, number, resolution, by), http.RequestAborted);
        return TrackingAnswers.Refused(reply, parcel, operation, number) ?? await Shown(reply, parcel, backend);
    }

    static IResult UnknownCodes(HttpContext http, Backend backend) => Answer.Ok(
        new(
        [
            .. backend.Views.Tracking.UnknownCodes(http.Seller()).Select(r => new UnknownCodeBody(
                r.Carrier, r.Code, r.Says, r.Told, DateTimeOffset.FromUnixTimeMilliseconds(r.At))),
        ]), ApiJson.Wire.UnknownCodesBody);

    /// <summary>Who signed, sealed with the buyer's key; null when he was erased.</summary>
    internal static async ValueTask<Personal<string>?> Seal(Backend backend, ParcelLabelStep label, string? name) =>
        name is null ? null : await new LabelSafe(backend.Keyring, backend.Files).Seal(label.Terms.To, name);

    internal static async ValueTask<IResult> Shown(ParcelReply reply, string parcel, Backend backend) => Answer.Ok(
        await reply.Parcel!.Body(parcel, reply.Version).Signed(reply.Parcel!, backend), ApiJson.Wire.ParcelBody,
        reply.Version);
}
