using System.Text.Json;
using System.Text.Json.Nodes;
using Fulfillment.Shipping;

namespace Fulfillment.Connectors;

/// <summary>
/// FedEx: Rates and Transit Times, Ship, Track and Pickup Request, version 1 (developer.fedex.com).
/// <para>
/// A purchase by its key: FedEx tells no repeat, so that the same request twice buys twice. The key stands on each
/// parcel as its CUSTOMER_REFERENCE; a key of more than 30 characters as its hash. <see cref="Find"/> tracks by that
/// reference and our account: it gives the tracking numbers, with which the shipment is voided, but FedEx gives a label
/// out only once. Its index is behind, so that what is not found is not said to be unbought.
/// </para>
/// </summary>
public sealed class FedExCarrier(CarrierAccess access, TimeProvider time) : ICarrier, IDisposable
{
    /// <summary>Its name.</summary>
    public const string Carrier = "fedex";

    /// <summary>
    /// Up to 68 kg, 108 in, and 165 in of length and girth (FedEx Service Guide, Ground in the United States, the
    /// widest; 330 cm for express packages elsewhere, which FedEx says itself).
    /// </summary>
    public static readonly PackageLimits Limits = new(68_000, 2_744, MaxLengthAndGirthMm: 4_191);

    internal const int LongestReference = 30;
    const int DaysToLookBack = 14;

    readonly CarrierHttp _http = new(Carrier, access, () => new(HttpMethod.Post, "oauth/token")
    {
        Content = new FormUrlEncodedContent(
        [
            KeyValuePair.Create("grant_type", "client_credentials"),
            KeyValuePair.Create("client_id", access.Client), KeyValuePair.Create("client_secret", access.Secret),
        ]),
    }, time);

    /// <inheritdoc/>
    public string Name => Carrier;

    /// <inheritdoc/>
    public DateTimeOffset? Answered => _http.Answered;

    /// <inheritdoc/>
    public CarrierAbility Can => CarrierAbility.Rates | CarrierAbility.Labels | CarrierAbility.Voids
        | CarrierAbility.Tracking | CarrierAbility.Pickups | CarrierAbility.Customs;

    /// <inheritdoc/>
    public async ValueTask<RateReply> Rates(RateAsk ask, CancellationToken cancel)
    {
        if (Limits.Breach(ask.Parcels.AsSpan()) is { } breach)
            return new([], [new(Carrier, null, PackageLimits.ReasonOf(breach), Breach: breach)]);
        if (CarrierText.LacksWorth(ask)) return new([], [CarrierText.Missing(Carrier, "/declared")]);
        var reply = await Send(
            HttpMethod.Post, "rate/v1/rates/quotes", FedExBodies.Rate(access.Account, ask), cancel);
        if (!reply.IsSuccess)
        {
            var refusal = Refusal(reply.Body);
            var unserved = refusal.Code.Contains("SERVICE.UNAVAILABLE", StringComparison.Ordinal)
                || refusal.Code.Contains("NOT.SERVED", StringComparison.Ordinal)
                || refusal.Code.Contains("UNSERVICEABLE", StringComparison.Ordinal);
            return new([], [
                new(Carrier, null, unserved ? RateRejection.NotServed : RateRejection.Refused, Code: refusal.Code,
                    Says: refusal.Says),
            ]);
        }

        JsonElement[] details = [.. reply.Body.Items("output", "rateReplyDetails")];
        RateReply told = new(
            [.. details.Select(d => FedExAnswers.Rate(d, ask.ShipOn)).OfType<Rate>()],
            [.. details.Select(FedExAnswers.Foreign).OfType<RejectedRate>()]);
        return told.Rates.IsEmpty && told.Rejected.IsEmpty ? throw _http.Unclear("answered no rate") : told;
    }

    /// <summary>
    /// Ship: a state in the United States, Canada and Puerto Rico; telephone numbers of 10 to 15 digits, of exactly 10
    /// after the country's 1 in the United States and Canada.
    /// </summary>
    public IReadOnlyList<string> Lacks(ShipAddress from, ShipAddress to) =>
    [
        .. CarrierNeeds.States(from, to, "US", "CA", "PR"), .. CarrierNeeds.Phones(from, to, IsPhone),
    ];

    static bool IsPhone(ShipAddress at) => CarrierNeeds.Digits(at) is var digits && (at.Country is "US" or "CA"
        ? digits.Length == 10 || (digits.Length == 11 && digits[0] == '1') : digits.Length is >= 10 and <= 15);

    /// <inheritdoc/>
    public ValueTask Ready(CancellationToken cancel) => _http.Ready(cancel);

    /// <inheritdoc/>
    public async ValueTask<LabelReply> Buy(string key, LabelAsk ask, CancellationToken cancel)
    {
        if (Limits.Breach(ask.Parcels.AsSpan()) is { } breach)
            return new(LabelStatus.Refused, Refusal: CarrierText.Over(breach));
        if (Lacks(ask.From, ask.To) is [_, ..] lacks)
            return new(LabelStatus.Refused, Refusal: CarrierNeeds.Refusal(lacks));
        var reply = await Send(HttpMethod.Post, "ship/v1/shipments",
            FedExBodies.Ship(access.Account, Reference(key), ask), cancel);
        if (!reply.IsSuccess) return new(LabelStatus.Refused, Refusal: Refusal(reply.Body));
        return FedExAnswers.Label(reply.Body.At("output", "transactionShipments", "0")) is { } label
            ? new(LabelStatus.Bought, label) : throw _http.Unclear("answered no label");
    }

    /// <inheritdoc/>
    public async ValueTask<LabelReply> Find(string key, LabelAsk ask, CancellationToken cancel)
    {
        var reply = await Send(HttpMethod.Post, "track/v1/referencenumbers", new()
        {
            ["referencesInformation"] = new JsonObject
            {
                ["type"] = "CUSTOMER_REFERENCE",
                ["value"] = Reference(key),
                ["accountNumber"] = access.Account,
                ["shipDateBegin"] = CarrierText.Iso(ask.ShipOn.AddDays(-DaysToLookBack)),
                ["shipDateEndDate"] = CarrierText.Iso(ask.ShipOn.AddDays(DaysToLookBack)),
            },
            ["includeDetailedScans"] = false,
        }, cancel);
        if (!reply.IsSuccess)
            return Refusal(reply.Body) is var refusal && IsUnknown(refusal) ? new(LabelStatus.NotSeenYet)
                : throw _http.Untold(refusal);
        ParcelLabel[] parcels =
        [
            .. reply.Body.Items("output", "completeTrackResults").SelectMany(r => r.Items("trackResults"))
                .Where(r => r.At("error").ValueKind == JsonValueKind.Undefined)
                .Select(r => r.Text("trackingNumberInfo", "trackingNumber")).Where(Gateways.IsPlain)
                .Distinct().Select(n => new ParcelLabel(n!, ask.Format, [])),
        ];
        return parcels.Length == 0 ? new(LabelStatus.NotSeenYet)
            : new(LabelStatus.BoughtWithoutLabel, new(parcels[0].TrackingNumber, [.. parcels], null, []));
    }

    /// <inheritdoc/>
    public async ValueTask<VoidReply> Void(VoidAsk ask, CancellationToken cancel)
    {
        var reply = await Send(HttpMethod.Put, "ship/v1/shipments/cancel", new()
        {
            ["accountNumber"] = new JsonObject { ["value"] = access.Account },
            ["deletionControl"] = "DELETE_ALL_PACKAGES",
            ["trackingNumber"] = ask.Shipment,
        }, cancel);
        if (reply.IsSuccess)
        {
            return reply.Body.At("output", "cancelledShipment").ValueKind switch
            {
                JsonValueKind.True => new(VoidStatus.Voided),
                JsonValueKind.False => new(
                    VoidStatus.Refused, _http.Refusal("not-cancelled", reply.Body.Text("output", "message"))),
                _ => throw _http.Unclear("did not say whether it was cancelled"),
            };
        }

        var refusal = Refusal(reply.Body);
        return refusal.Code.Contains("ALREADY.DELETED", StringComparison.Ordinal)
            || refusal.Code.Contains("ALREADY.CANCELLED", StringComparison.Ordinal)
            ? new(VoidStatus.AlreadyVoid) : new(VoidStatus.Refused, refusal);
    }

    /// <inheritdoc/>
    public async ValueTask<TrackReply> Track(string trackingNumber, CancellationToken cancel)
    {
        var reply = await Send(HttpMethod.Post, "track/v1/trackingnumbers", new()
        {
            ["includeDetailedScans"] = true,
            ["trackingInfo"] = new JsonArray(new JsonObject
            {
                ["trackingNumberInfo"] = new JsonObject { ["trackingNumber"] = trackingNumber },
            }),
        }, cancel);
        if (!reply.IsSuccess)
            return Refusal(reply.Body) is var refusal && IsUnknown(refusal) ? new(false, [])
                : new(false, [], Refusal: refusal);
        var result = reply.Body.At("output", "completeTrackResults", "0", "trackResults", "0");
        if (result.At("error").ValueKind != JsonValueKind.Object) return FedExAnswers.Tracked(result);
        var error = _http.Refusal(result.Text("error", "code"), result.Text("error", "message"));
        return IsUnknown(error) ? new(false, []) : new(false, [], Refusal: error);
    }

    /// <inheritdoc/>
    public async ValueTask<PickupReply> Book(PickupAsk ask, CancellationToken cancel)
    {
        var today = CarrierText.Today(ask.TimeZone, time.GetUtcNow());
        var reply = await Send(
            HttpMethod.Post, "pickup/v1/pickups", FedExBodies.Pickup(access.Account, ask, today), cancel);
        if (!reply.IsSuccess) return new(CarrierStatus.Refused, Refusal: Refusal(reply.Body));
        // The place that it was booked at is asked for when it is cancelled.
        return reply.Body.Text("output", "pickupConfirmationCode") is { Length: > 0 } code
            ? new(
                CarrierStatus.Done,
                reply.Body.Text("output", "location") is { Length: > 0 } at ? $"{code}@{at}" : code)
            : throw _http.Unclear("answered a pickup without a number");
    }

    /// <inheritdoc/>
    public async ValueTask<PickupReply> Cancel(PickupCancel ask, CancellationToken cancel)
    {
        var (code, at) = ask.Confirmation.Split('@', 2) is [var number, var place] ? (number, place)
            : (ask.Confirmation, null);
        var reply = await Send(HttpMethod.Put, "pickup/v1/pickups/cancel", CarrierText.Given(
            ("associatedAccountNumber", new JsonObject { ["value"] = access.Account }),
            ("pickupConfirmationCode", code), ("remarks", CarrierText.Cut(ask.Reason, 60)),
            ("carrierCode", FedExBodies.CarrierOf(ask.Service)), ("scheduledDate", CarrierText.Iso(ask.Day)),
            ("location", at)), cancel);
        return reply.IsSuccess ? new(CarrierStatus.Done, ask.Confirmation)
            : new(CarrierStatus.Refused, Refusal: Refusal(reply.Body));
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    static string Reference(string key) => CarrierText.Reference(key, LongestReference);

    /// <summary>TRACKING.TRACKINGNUMBER.NOTFOUND, TRACKING.REFERENCENUMBER.NOTFOUND and their like.</summary>
    static bool IsUnknown(CarrierRefusal refusal) =>
        refusal.Code.StartsWith("TRACKING.", StringComparison.Ordinal)
        && refusal.Code.Contains("NOTFOUND", StringComparison.Ordinal);

    CarrierRefusal Refusal(JsonElement body) =>
        _http.Refusal(body.Text("errors", "0", "code"), body.Text("errors", "0", "message"));

    ValueTask<ProviderReply> Send(HttpMethod method, string path, JsonObject body, CancellationToken cancel) =>
        _http.Send(method, path, body, cancel, ("x-locale", "en_US"));
}
