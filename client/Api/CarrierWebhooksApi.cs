using System.Diagnostics;
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
        switch (reading.Status)
        {
            case WebhookStatus.Unsigned:
                return Refused(401, "unsigned", "It has no signature.");
            case WebhookStatus.WrongSignature:
                return Refused(401, "wrong-signature", "The signature is not the carrier's.");
            case WebhookStatus.Malformed:
                return Refused(400, "malformed-webhook", "The signature or the body is not as the carrier writes it.");
            case WebhookStatus.TooOld:
                return Refused(400, "too-old", "It was signed too long ago, or in the future.");
            case WebhookStatus.Ignored or WebhookStatus.Accepted:
                return await Take(http, backend, carrier, reading.Notices);
            default:
                throw new UnreachableException();
        }
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

    static Problem Refused(int status, string code, string detail) =>
        new(status, code, "The webhook was refused.", detail);
}
