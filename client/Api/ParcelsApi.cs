using System.Collections.Immutable;
using Fulfillment.Ordering;
using Fulfillment.Packing;
using Fulfillment.Shipping;

namespace Fulfillment.Client.Api;

/// <summary>Parcels: what leaves a node as one piece, its labels, and how far it is.</summary>
public static class ParcelsApi
{
    const int MaxReason = 200;

    /// <summary>Adds the routes.</summary>
    public static void MapParcels(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/fulfilment-orders/{id}/parcels", Plan)
            .Describe("planParcel", "A closed box, or measured goods, is a parcel", "shipping")
            .Accepts<ParcelRequest>("application/json").Answers<ParcelBody>(201, 200).Refuses(400, 404, 409, 422);
        routes.MapGet("/v1/parcels/{parcel}", Get)
            .Describe("getParcel", "A parcel, its labels and its way", "shipping").Answers<ParcelBody>(200)
            .Refuses(404);
        routes.MapGet("/v1/parcels", List)
            .Describe("listParcels", "Parcels, oldest first", "shipping").Answers<PageBody<ParcelListBody>>(200)
            .Refuses(400);
        routes.MapPost("/v1/parcels/{parcel}/cancel", Cancel)
            .Describe("cancelParcel", "It is not sent: its label is voided; pick and pack stay", "shipping")
            .Accepts<ParcelChangeRequest>("application/json").Answers<ParcelBody>(200, 202)
            .Refuses(400, 404, 409, 422);
        routes.MapParcelLabels();
        routes.MapManifests();
        routes.MapTracking();
    }

    static async Task<IResult> Plan(HttpContext http, Backend backend, string id)
    {
        var seat = http.Seat(backend);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.ParcelRequest);
        if (OrderBodies.Parse(id) is not var (order, number)) return FulfilmentsApi.Unknown(id);
        Fields fields = new();
        var asked = ParcelReader.Read(fields, request);
        var by = request.By is null ? "api" : fields.Id("/by", request.By);
        fields.Check();
        var operation = await http.Operation(backend, seat, request.Id ?? request.Box, body);
        var known = await seat.Parcel(operation).Get(http.RequestAborted);
        var reply = await seat.Order(order).Get(http.RequestAborted);
        if (reply is null || number > reply.Fulfilments.Length) return FulfilmentsApi.Unknown(id);
        var terms = await ParcelReader.Terms(seat, reply, order, number, asked, known.Parcel, http.RequestAborted);
        var planned = await seat.Parcel(operation).Change(new ParcelCommand.Plan(terms, by), http.RequestAborted);
        return planned.Status switch
        {
            ParcelReplyStatus.Done => Answer.Created(
                planned.Parcel!.Body(operation, planned.Version), ApiJson.Wire.ParcelBody, $"/v1/parcels/{operation}",
                planned.Version),
            ParcelReplyStatus.AlreadyDone => Ok(planned, operation),
            _ => Problem.OtherContent($"The parcel {operation}"),
        };
    }

    static async Task<IResult> Get(HttpContext http, Backend backend, string parcel)
    {
        Requests.PathId("parcel", parcel);
        var reply = await http.Seat(backend).Parcel(parcel).Get(http.RequestAborted);
        return reply.Parcel is null ? Unknown(parcel) : await TrackingApi.Shown(reply, parcel, backend);
    }

    static IResult List(
        HttpContext http, Backend backend, string? node, string? order, string? carrier, string? status,
        string? cursor, string? limit)
    {
        if (order is not null) Requests.PathId("order", order);
        CarrierFields.CheckList<ParcelStatus>(node, carrier, status);
        var page = Paging.Of(() => backend.Views.Parcels.List(
            http.Seller(), node, order, carrier, status, cursor, Requests.Limit(limit)));
        return Answer.Ok(new([.. page.Items.Select(ParcelAnswers.Body)], page.Next), ApiJson.Wire.ParcelPage);
    }

    static async Task<IResult> Cancel(HttpContext http, Backend backend, string parcel)
    {
        Requests.PathId("parcel", parcel);
        var (seat, operation, (reason, by)) = await Change(http, backend);
        var at = seat.Parcel(parcel);
        var reply = await at.Change(new ParcelCommand.Cancel(operation, reason, by), http.RequestAborted);
        return ParcelAnswers.Refused(reply, parcel, operation) ?? await Settled(http, at, reply, parcel);
    }

    internal static ValueTask<(Seat Seat, string Operation, (string Reason, string By) Told)> Change(
        HttpContext http, Backend backend) => http.Change(
        backend, ApiJson.Wire.ParcelChangeRequest,
        (fields, r) => (
            fields.Text("/reason", r.Reason, MaxReason), r.By is null ? "api" : fields.Id("/by", r.By)));

    /// <summary>The parcel, once its carrier has answered; as it is now where he takes longer.</summary>
    internal static async Task<IResult> Settled(HttpContext http, IParcel at, ParcelReply reply, string parcel)
    {
        var now = await Settled(http, at, reply);
        return now.Parcel!.IsSettled ? Ok(now, parcel)
            : Answer.Accepted(now.Parcel.Body(parcel, now.Version), ApiJson.Wire.ParcelBody, $"/v1/parcels/{parcel}");
    }

    internal static async ValueTask<ParcelReply> Settled(HttpContext http, IParcel at, ParcelReply reply) =>
        reply.Parcel!.IsSettled ? reply : await Deadline.Or(http.Wait(), reply, cancel => at.Settled(cancel));

    internal static IResult Ok(ParcelReply reply, string parcel) => Answer.Ok(
        reply.Parcel!.Body(parcel, reply.Version), ApiJson.Wire.ParcelBody, reply.Version);

    internal static Problem Unknown(string parcel) =>
        Problem.NotFound("unknown-parcel", $"There is no parcel {parcel}.");
}
