using Fulfillment.Connectors;
using Fulfillment.Shipping;

namespace Fulfillment.Client.Api;

/// <summary>
/// Webhooks of carriers: verified, read, and told to the parcels that have the number. One whose number no parcel has
/// is not kept: the carrier is asked for a parcel from the day of its hand-over on, and tells all of it then.
/// </summary>
static class CarrierWebhooksApi
{
    /// <summary>The largest webhook: UPS may send a photo with it.</summary>
    public const int MaxBody = 1 << 20;

    /// <summary>Adds the route.</summary>
    public static void MapCarrierWebhooks(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/webhooks/carriers/{carrier}", Receive)
            .Describe("receiveCarrierWebhook", "What a carrier tells of parcels, signed by him", "shipping")
            .Accepts<object>("application/json").Answers<CarrierWebhookBody>(200).Refuses(400, 401, 404, 413);

    static async Task<IResult> Receive(HttpContext http, Backend backend, Carriers carriers, string carrier)
    {
        Requests.PathId("carrier", carrier);
        if (!carriers.Webhooks.Has(carrier))
            return Problem.NotFound("unknown-carrier", $"No carrier {carrier} is set up to send webhooks.");
        var body = await http.BodyAsSent(MaxBody);
        var reading = carriers.Webhooks.Read(carrier, new(name => http.Request.Headers[name], body));
        return reading.Status is WebhookStatus.Ignored or WebhookStatus.Accepted
            ? await Take(http, backend, carrier, reading.Notices)
            : PaymentWebhooksApi.Refused(reading.Status, "carrier");
    }

    static async ValueTask<IResult> Take(
        HttpContext http, Backend backend, string carrier, IReadOnlyList<TrackNotice> notices)
    {
        var (parcels, unmatched) = (0, 0);
        foreach (var notice in notices)
        {
            var labels = backend.Views.Tracking.Labels(carrier, notice.TrackingNumber);
            if (labels.Count == 0) unmatched++;
            foreach (var (seller, parcel, label) in labels)
            {
                Seat seat = new(backend.Cluster, seller, new("webhook", $"webhook of {carrier}"));
                if (await Tell(seat, backend, parcel, (int)label, notice, http.RequestAborted)) parcels++;
            }
        }

        return Answer.Ok(
            new(parcels > 0 ? "accepted" : "unmatched", parcels, unmatched), ApiJson.Wire.CarrierWebhookBody);
    }

    static async ValueTask<bool> Tell(
        Seat seat, Backend backend, string parcel, int label, TrackNotice notice, CancellationToken cancel)
    {
        var at = seat.Parcel(parcel);
        if ((await at.Get(cancel)).Parcel is not { } sheet || label > sheet.Labels.Length) return false;
        var signedBy = await TrackingApi.Seal(backend, sheet.Labels[label - 1], notice.Told.SignedBy);
        var reply = await at.Change(
            new ParcelCommand.NoteTracking(
                label, TrackSource.Webhook, notice.Told.Events, notice.Told.Expected, signedBy, "webhook"), cancel);
        return reply.Status is ParcelReplyStatus.Done or ParcelReplyStatus.AlreadyDone;
    }
}
