using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fulfillment.Shipping;

namespace Fulfillment.Connectors;

/// <summary>
/// DHL Express: the MyDHL API, 3.1.1 (developer.dhl.com): rates, shipments, tracking, pickups, service points and
/// address validation.
/// <para>
/// A purchase by its key: DHL tells no repeat, so that the same request twice makes two shipments. The key stands on
/// the shipment as its customer reference, type CU; a key of more than 35 characters as its hash. <see cref="Find"/>
/// tracks by that reference and our account: it gives the shipment's number, but the label is given out only once. What
/// it does not find is not said to be unbought, because the index is behind.
/// </para>
/// There is no call that voids a shipment: DHL charges for what it has been given, and labels that are not used lapse.
/// </summary>
public sealed class DhlExpressCarrier(CarrierAccess access, TimeProvider time) : ICarrier, IDisposable
{
    /// <summary>Its name.</summary>
    public const string Carrier = "dhl-express";

    /// <summary>Up to 70 kg and 120 x 80 x 80 cm (DHL Express, size and weight limits of a piece).</summary>
    public static readonly PackageLimits Limits = new(70_000, 1_200, 800, 800);

    internal const int LongestReference = 35;
    /// <summary>How far ahead a shipment may be (rates and shipments, plannedShippingDateAndTime).</summary>
    internal const int MostDaysAhead = 10;

    const int DaysToLookBack = 14;
    const string Version = "3.1.0";

    readonly CarrierHttp _http = new(Carrier, access, time);

    /// <inheritdoc/>
    public string Name => Carrier;

    /// <inheritdoc/>
    public DateTimeOffset? Answered => _http.Answered;

    /// <inheritdoc/>
    public CarrierAbility Can => CarrierAbility.Rates | CarrierAbility.Labels | CarrierAbility.Tracking
        | CarrierAbility.Pickups | CarrierAbility.ServicePoints | CarrierAbility.AddressChecks | CarrierAbility.Customs;

    /// <inheritdoc/>
    public async ValueTask<RateReply> Rates(RateAsk ask, CancellationToken cancel)
    {
        if (Limits.Breach(ask.Parcels.AsSpan()) is { } breach)
            return new([], [new(Carrier, null, PackageLimits.ReasonOf(breach), Breach: breach)]);
        if (ask.From.City is null || ask.To.City is null)
            return new([], [CarrierText.Missing(Carrier, ask.From.City is null ? "/from/city" : "/to/city")]);
        if (CarrierText.LacksWorth(ask)) return new([], [CarrierText.Missing(Carrier, "/declared")]);
        if (TooFarAhead(ask.ShipOn, ask.TimeZone) is { } early)
            return new([], [new(Carrier, null, RateRejection.Refused, Code: early.Code, Says: early.Says)]);
        var reply = await Send(HttpMethod.Post, "rates",
            DhlExpressBodies.Rate(access.Account, ask, time.GetUtcNow()), cancel);
        if (!reply.IsSuccess)
        {
            var refusal = Refusal(reply.Body);
            return new([], [
                new(Carrier, null, reply.Status == 404 ? RateRejection.NotServed : RateRejection.Refused,
                    Code: refusal.Code, Says: refusal.Says),
            ]);
        }

        var rates = reply.Body.Items("products").Select(DhlExpressAnswers.Rate).OfType<Rate>().ToImmutableArray();
        if (rates.IsEmpty && reply.Body.At("products").ValueKind != JsonValueKind.Array)
            throw _http.Unclear("answered no products");
        return rates.IsEmpty ? new([], [new(Carrier, null, RateRejection.NotServed)]) : new(rates, []);
    }

    /// <summary>Shipments: contactInformation has a telephone number, and the courier calls it.</summary>
    public IReadOnlyList<string> Lacks(ShipAddress from, ShipAddress to) =>
        [.. CarrierNeeds.Phones(from, to, at => CarrierNeeds.Digits(at).Length > 0)];

    /// <inheritdoc/>
    public async ValueTask<LabelReply> Buy(string key, LabelAsk ask, CancellationToken cancel)
    {
        if (Limits.Breach(ask.Parcels.AsSpan()) is { } breach)
            return new(LabelStatus.Refused, Refusal: CarrierText.Over(breach));
        if (Lacks(ask.From, ask.To) is [_, ..] lacks)
            return new(LabelStatus.Refused, Refusal: CarrierNeeds.Refusal(lacks));
        if (TooFarAhead(ask.ShipOn, ask.TimeZone) is { } early) return new(LabelStatus.Refused, Refusal: early);
        // Where customs take no invoice without paper, the goods are declared all the same.
        var reply = await Send(HttpMethod.Post, ask.Customs is null ? "shipments" : "shipments?bypassPLTError=true",
            DhlExpressBodies.Ship(access.Account, Reference(key), ask, time.GetUtcNow()), cancel);
        if (!reply.IsSuccess) return new(LabelStatus.Refused, Refusal: Refusal(reply.Body));
        return DhlExpressAnswers.Label(reply.Body, ask) is { } label ? new(LabelStatus.Bought, label)
            : throw _http.Unclear("answered no label");
    }

    /// <inheritdoc/>
    public async ValueTask<LabelReply> Find(string key, LabelAsk ask, CancellationToken cancel)
    {
        var path = $"tracking?shipmentReference={Uri.EscapeDataString(Reference(key))}&shipmentReferenceType=CU"
            + $"&shipperAccountNumber={Uri.EscapeDataString(access.Account)}"
            + $"&dateRangeFrom={CarrierText.Iso(ask.ShipOn.AddDays(-DaysToLookBack))}"
            + $"&dateRangeTo={CarrierText.Iso(ask.ShipOn.AddDays(DaysToLookBack))}"
            + "&trackingView=shipment-details-only&levelOfDetail=all";
        var reply = await Send(HttpMethod.Get, path, null, cancel);
        if (reply.Status == 404) return new(LabelStatus.NotSeenYet);
        if (!reply.IsSuccess) throw _http.Untold(Refusal(reply.Body));
        var shipment = reply.Body.At("shipments", "0");
        if (!Gateways.IsPlain(shipment.Text("shipmentTrackingNumber"))) return new(LabelStatus.NotSeenYet);
        var number = shipment.Text("shipmentTrackingNumber")!;
        ParcelLabel[] parcels =
        [
            .. shipment.Items("pieces").Select(p => p.Text("trackingNumber")).Where(Gateways.IsPlain)
                .Select(n => new ParcelLabel(n!, ask.Format, [])),
        ];
        return new(LabelStatus.BoughtWithoutLabel, new(
            number, parcels.Length > 0 ? [.. parcels] : [new(number, ask.Format, [])], null, []));
    }

    /// <inheritdoc/>
    public ValueTask<VoidReply> Void(VoidAsk ask, CancellationToken cancel) =>
        new(new VoidReply(VoidStatus.LapsesUnused));

    /// <inheritdoc/>
    public bool TracksShipments => true;

    /// <inheritdoc/>
    public async ValueTask<TrackReply> Track(string trackingNumber, CancellationToken cancel)
    {
        if (!Gateways.IsPlain(trackingNumber)) return new(false, [], Refusal: new("bad-reference"));
        var reply = await Send(HttpMethod.Get,
            $"shipments/{trackingNumber}/tracking?trackingView=all-checkpoints&levelOfDetail=shipment"
            + "&requestGMTOffsetPerEvent=true", null, cancel);
        if (reply.Status == 404) return new(false, []);
        return reply.IsSuccess ? DhlExpressAnswers.Tracked(reply.Body.At("shipments", "0"))
            : new(false, [], Refusal: Refusal(reply.Body));
    }

    /// <inheritdoc/>
    public async ValueTask<PickupReply> Book(PickupAsk ask, CancellationToken cancel)
    {
        var reply = await Send(HttpMethod.Post, "pickups", DhlExpressBodies.Pickup(access.Account, ask), cancel);
        if (!reply.IsSuccess) return new(CarrierStatus.Refused, Refusal: Refusal(reply.Body));
        return reply.Body.At("dispatchConfirmationNumbers", "0") is { ValueKind: JsonValueKind.String } number
            ? new(CarrierStatus.Done, number.GetString()) : throw _http.Unclear("answered a pickup without a number");
    }

    /// <inheritdoc/>
    public async ValueTask<PickupReply> Cancel(PickupCancel ask, CancellationToken cancel)
    {
        if (!Gateways.IsPlain(ask.Confirmation)) return new(CarrierStatus.Refused, Refusal: new("bad-reference"));
        var reply = await Send(
            HttpMethod.Delete, $"pickups/{ask.Confirmation}?requestorName=fulfillment"
                + $"&reason={Uri.EscapeDataString(CarrierText.Cut(ask.Reason, 60))}", null, cancel);
        return reply.IsSuccess ? new(CarrierStatus.Done, ask.Confirmation)
            : new(CarrierStatus.Refused, Refusal: Refusal(reply.Body));
    }

    /// <inheritdoc/>
    public async ValueTask<PointsReply> Points(ShipAddress near, CancellationToken cancel)
    {
        var where = string.Join(' ', new[] { near.Postcode, near.City }.OfType<string>());
        var reply = await Send(HttpMethod.Get,
            $"servicepoints?address={Uri.EscapeDataString(where)}&countryCode={Uri.EscapeDataString(near.Country)}"
            + "&language=eng&servicePointResults=10&resultUom=km", null, cancel);
        return reply.IsSuccess
            ? new(CarrierStatus.Done,
                [.. reply.Body.Items("servicePoints").Select(DhlExpressAnswers.Point).OfType<ServicePoint>()])
            : new(CarrierStatus.Refused, [], Refusal(reply.Body));
    }

    /// <inheritdoc/>
    public async ValueTask<AddressReply> Check(ShipAddress address, CancellationToken cancel)
    {
        // DHL checks place and postcode, not the street.
        var path = $"address-validate?type=delivery&countryCode={Uri.EscapeDataString(address.Country)}"
            + (address.Postcode is null ? "" : $"&postalCode={Uri.EscapeDataString(address.Postcode)}")
            + (address.City is null ? "" : $"&cityName={Uri.EscapeDataString(address.City)}");
        var reply = await Send(HttpMethod.Get, path, null, cancel);
        return reply.IsSuccess ? DhlExpressAnswers.Checked(reply.Body, address)
            : new(AddressVerdict.Unknown, [], Refusal(reply.Body));
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    static string Reference(string key) => CarrierText.Reference(key, LongestReference);

    /// <summary>Told before he is asked: DHL would refuse it.</summary>
    CarrierRefusal? TooFarAhead(DateOnly shipOn, string? timeZone) =>
        shipOn.DayNumber - CarrierText.Today(timeZone, time.GetUtcNow()).DayNumber > MostDaysAhead
            ? new("too-far-ahead", $"DHL Express takes shipments of at most {MostDaysAhead} days ahead.") : null;

    /// <summary>The number that begins DHL's words, such as <c>8010: Address ...</c>, else its title.</summary>
    CarrierRefusal Refusal(JsonElement body)
    {
        var says = body.Text("detail") ?? body.Text("message") ?? "";
        var colon = says.IndexOf(':', StringComparison.Ordinal);
        var code = colon is > 0 and <= 8 && says.AsSpan(0, colon).ContainsAnyExceptInRange('0', '9') is false
            ? says[..colon] : body.Text("title");
        return _http.Refusal(code, says);
    }

    ValueTask<ProviderReply> Send(HttpMethod method, string path, JsonObject? body, CancellationToken cancel) =>
        _http.Send(method, path, body, cancel,
        [
            ("x-version", Version),
            ("Message-Reference", Guid.CreateVersion7(time.GetUtcNow()).ToString("D", CultureInfo.InvariantCulture)),
        ]);
}
