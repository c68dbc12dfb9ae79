using Fulfillment.Composition;
using Fulfillment.Connectors;
using Fulfillment.Shipping;

namespace Fulfillment.Client.Api;

/// <summary>
/// Webhooks of carriers: verified, read, and told to the parcels that have the number. One whose number no parcel has
/// is not kept: the carrier is asked for a parcel from the day of its hand-over on, and tells all of it then. One who
/// cannot be asked is waited for: a number that the lists do not have yet he is to tell again.
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
            ? await Take(http, backend, carriers, carrier, reading.Notices)
            : PaymentWebhooksApi.Refused(reading.Status, "carrier");
    }

    static async ValueTask<IResult> Take(
        HttpContext http, Backend backend, Carriers carriers, string carrier, IReadOnlyList<TrackNotice> notices)
    {
        // Nobody else tells of his parcels: one that was labelled just now is waited for.
        var isUnasked = carriers.Find(carrier)?.Carrier.Can.HasFlag(CarrierAbility.Tracking) != true;
        if (isUnasked && notices.Any(n => backend.Views.Tracking.Labels(carrier, n.TrackingNumber).Count == 0)
            && !await BinsApi.Reached(backend, http.RequestAborted))
            return Problem.Of(new(Fault.Overloaded, "The lists are behind: it is not known whose number it is."));
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
        var terms = sheet.Labels[label - 1].Terms;
        var to = await new LabelSafe(backend.Keyring, backend.Files).Open(terms.To);
        var signedBy = await TrackingApi.Seal(backend, sheet.Labels[label - 1], notice.Told.SignedBy);
        var reply = await at.Change(
            new ParcelCommand.NoteTracking(
                label, TrackSource.Webhook, [.. notice.Told.Events.Select(e => BuyerWords.Without(e, to))],
                notice.Told.Expected, signedBy, "webhook"), cancel);
        return reply.Status is ParcelReplyStatus.Done or ParcelReplyStatus.AlreadyDone;
    }
}
