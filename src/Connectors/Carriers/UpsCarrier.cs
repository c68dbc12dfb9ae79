using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Fulfillment.Shipping;

namespace Fulfillment.Connectors;

/// <summary>
/// UPS: Rating (Shoptimeintransit), Shipping with Void and Label Recovery, Tracking, Pickup and Address Validation
/// (github.com/UPS-API/api-documentation, versions v2409, v1 and v2).
/// <para>
/// A purchase by its key: UPS tells no repeat, so that the same request twice buys twice. The key stands on the label
/// as a reference, code TN: of the parcel inside the United States, else of the shipment, as UPS wants it; a key of
/// more than 35 characters as its hash. <see cref="Find"/> asks Label Recovery for that reference and our account,
/// which gives the label again; what it does not find is not said to be unbought, because the index takes a while.
/// </para>
/// Labels are ZPL or GIF: UPS draws no PDF, and who asks for one gets GIF.
/// </summary>
public sealed class UpsCarrier(CarrierAccess access, TimeProvider time) : ICarrier, IDisposable
{
    /// <summary>Its name.</summary>
    public const string Carrier = "ups";

    /// <summary>
    /// Up to 70 kg, 108 in, and 165 in of length and girth (UPS Rate and Service Guide of the United States, the
    /// widest; 400 cm elsewhere, which UPS says itself).
    /// </summary>
    public static readonly PackageLimits Limits = new(70_000, 2_744, MaxLengthAndGirthMm: 4_191);

    internal const int LongestReference = 35;
    const string Version = "v2409", AlreadyVoid = "190117", NotServed = "111210", NoLabel = "300";

    readonly CarrierHttp _http = new(Carrier, access, () =>
    {
        HttpRequestMessage request = new(HttpMethod.Post, "security/v1/oauth/token");
        request.Headers.Authorization = new("Basic", CarrierHttp.Basic(access));
        request.Headers.Add("x-merchant-id", access.Account);
        request.Content = new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "client_credentials")]);
        return request;
    }, time);

    /// <inheritdoc/>
    public string Name => Carrier;

    /// <inheritdoc/>
    public DateTimeOffset? Answered => _http.Answered;

    /// <inheritdoc/>
    public CarrierAbility Can => CarrierAbility.Rates | CarrierAbility.Labels | CarrierAbility.Reprints
        | CarrierAbility.Voids | CarrierAbility.Tracking | CarrierAbility.Pickups | CarrierAbility.AddressChecks
        | CarrierAbility.Customs;

    /// <inheritdoc/>
    public async ValueTask<RateReply> Rates(RateAsk ask, CancellationToken cancel)
    {
        if (Limits.Breach(ask.Parcels.AsSpan()) is { } breach)
            return new([], [new(Carrier, null, PackageLimits.ReasonOf(breach), Breach: breach)]);
        var reply = await Send(HttpMethod.Post, $"api/rating/{Version}/Shoptimeintransit",
            UpsBodies.Rate(access.Account, ask), cancel);
        if (!reply.IsSuccess)
        {
            var refusal = Refusal(reply);
            return new([], [
                new(Carrier, null, refusal.Code == NotServed ? RateRejection.NotServed : RateRejection.Refused,
                    Code: refusal.Code, Says: refusal.Says),
            ]);
        }

        var rates = reply.Body.Many("RateResponse", "RatedShipment").Select(UpsAnswers.Rate).OfType<Rate>();
        return rates.ToImmutableArray() is { IsEmpty: false } told ? new(told, [])
            : throw _http.Unclear("answered no rate");
    }

    /// <summary>
    /// Shipping.yaml: a state in the United States, Canada and Vietnam; telephone numbers where another country is
    /// gone to.
    /// </summary>
    public IReadOnlyList<string> Lacks(ShipAddress from, ShipAddress to) =>
    [
        .. CarrierNeeds.States(from, to, "US", "CA", "VN"),
        .. from.Country == to.Country ? []
            : CarrierNeeds.Phones(from, to, at => CarrierNeeds.Digits(at).Length is > 0 and <= 15),
    ];

    /// <inheritdoc/>
    public ValueTask Ready(CancellationToken cancel) => _http.Ready(cancel);

    /// <inheritdoc/>
    public async ValueTask<LabelReply> Buy(string key, LabelAsk ask, CancellationToken cancel)
    {
        if (Limits.Breach(ask.Parcels.AsSpan()) is { } breach)
            return new(LabelStatus.Refused, Refusal: CarrierText.Over(breach));
        if (Lacks(ask.From, ask.To) is [_, ..] lacks)
            return new(LabelStatus.Refused, Refusal: CarrierNeeds.Refusal(lacks));
        var reply = await Send(HttpMethod.Post, $"api/shipments/{Version}/ship",
            UpsBodies.Ship(access.Account, Reference(key), ask), cancel);
        if (!reply.IsSuccess) return new(LabelStatus.Refused, Refusal: Refusal(reply));
        return UpsAnswers.Label(reply.Body) is { } label ? new(LabelStatus.Bought, label)
            : throw _http.Unclear("answered no label");
    }

    /// <inheritdoc/>
    public async ValueTask<LabelReply> Find(string key, LabelAsk ask, CancellationToken cancel)
    {
        var reply = await Send(HttpMethod.Post, "api/labels/v1/recovery",
            UpsBodies.Recover(access.Account, Reference(key), ask.Format), cancel);
        if (reply.IsSuccess)
            return UpsAnswers.Recovered(reply.Body) is { } label ? new(LabelStatus.Bought, label)
                : throw _http.Unclear("answered no label");
        var refusal = Refusal(reply);
        // Label Recovery's own codes: the reference, or a label of it, is not there.
        return refusal.Code.StartsWith(NoLabel, StringComparison.Ordinal)
            ? new(LabelStatus.NotSeenYet, Refusal: refusal) : throw _http.Untold(refusal);
    }

    /// <inheritdoc/>
    public async ValueTask<VoidReply> Void(VoidAsk ask, CancellationToken cancel)
    {
        if (!Gateways.IsPlain(ask.Shipment)) return new(VoidStatus.Refused, new("bad-reference"));
        var reply = await Send(
            HttpMethod.Delete, $"api/shipments/{Version}/void/cancel/{ask.Shipment}", null, cancel);
        if (reply.IsSuccess)
        {
            return reply.Body.Text("VoidShipmentResponse", "SummaryResult", "Status", "Code") == "1"
                ? new(VoidStatus.Voided) : throw _http.Unclear("voided a part, or did not say what");
        }

        var refusal = Refusal(reply);
        return refusal.Code == AlreadyVoid ? new(VoidStatus.AlreadyVoid) : new(VoidStatus.Refused, refusal);
    }

    /// <inheritdoc/>
    public async ValueTask<TrackReply> Track(string trackingNumber, CancellationToken cancel)
    {
        if (!Gateways.IsPlain(trackingNumber)) return new(false, [], Refusal: new("bad-reference"));
        var reply = await Send(HttpMethod.Get, $"api/track/v1/details/{trackingNumber}?locale=en_US", null, cancel);
        if (reply.Status == 404) return new(false, []);
        if (!reply.IsSuccess) return new(false, [], Refusal: Refusal(reply));
        return UpsAnswers.Tracked(reply.Body.At("trackResponse", "shipment", "0", "package", "0"));
    }

    /// <inheritdoc/>
    public async ValueTask<PickupReply> Book(PickupAsk ask, CancellationToken cancel)
    {
        var reply = await Send(
            HttpMethod.Post, $"api/pickupcreation/{Version}/pickup", UpsBodies.Pickup(access.Account, ask), cancel);
        if (!reply.IsSuccess) return new(CarrierStatus.Refused, Refusal: Refusal(reply));
        return reply.Body.Text("PickupCreationResponse", "PRN") is { Length: > 0 } number
            ? new(CarrierStatus.Done, number) : throw _http.Unclear("answered a pickup without a number");
    }

    /// <inheritdoc/>
    public async ValueTask<PickupReply> Cancel(PickupCancel ask, CancellationToken cancel)
    {
        var reply = await Send(
            HttpMethod.Delete, $"api/shipments/{Version}/pickup/02", null, cancel, ("Prn", ask.Confirmation));
        return reply.IsSuccess ? new(CarrierStatus.Done, ask.Confirmation)
            : new(CarrierStatus.Refused, Refusal: Refusal(reply));
    }

    /// <inheritdoc/>
    public async ValueTask<AddressReply> Check(ShipAddress address, CancellationToken cancel)
    {
        // It covers the United States and Puerto Rico.
        if (address.Country is not ("US" or "PR")) return new(AddressVerdict.Unchecked, []);
        var reply = await Send(
            HttpMethod.Post, "api/addressvalidation/v2/1", UpsBodies.Validate(address), cancel);
        return reply.IsSuccess ? UpsAnswers.Checked(reply.Body.At("XAVResponse"), address)
            : new(AddressVerdict.Unknown, [], Refusal(reply));
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    static string Reference(string key) => CarrierText.Reference(key, LongestReference);

    CarrierRefusal Refusal(ProviderReply reply) => _http.Refusal(
        reply.Body.Text("response", "errors", "0", "code"), reply.Body.Text("response", "errors", "0", "message"));

    ValueTask<ProviderReply> Send(
        HttpMethod method, string path, JsonObject? body, CancellationToken cancel,
        params (string Name, string Value)[] headers) =>
        _http.Send(method, path, body, cancel,
        [
            ("transId", Guid.CreateVersion7(time.GetUtcNow()).ToString("N", CultureInfo.InvariantCulture)),
            ("transactionSrc", "fulfillment"), .. headers,
        ]);
}
