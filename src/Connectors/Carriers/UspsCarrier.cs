using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fulfillment.Shipping;

namespace Fulfillment.Connectors;

/// <summary>
/// USPS, version 3 of its APIs (developers.usps.com): shipping options, domestic labels, tracking, carrier pickup, SCAN
/// forms and addresses, inside the United States.
/// <para>
/// A purchase by its key: USPS takes an idempotency key, a UUID that is made from ours and the parcel's number. The
/// same label asked for again with it is the same label and costs nothing more. <see cref="Find"/> asks for a reprint
/// by it, which USPS grants three times and until the day of mailing; what it does not know was not bought, and what
/// it refuses for another reason may have been. Nothing is given back by itself when a later parcel is refused: the
/// same key buys the rest, and would give voided labels again. A key that was voided here sells no more.
/// </para>
/// A service is a mail class, rate indicator and processing category, <c>USPS_GROUND_ADVANTAGE:SP:MACHINABLE</c>: all
/// three are told when a label is bought. Each parcel is a label of its own; the shipment is the first one's number.
/// </summary>
public sealed class UspsCarrier(CarrierAccess access, TimeProvider time) : ICarrier, IDisposable
{
    /// <summary>Its name.</summary>
    public const string Carrier = "usps";

    /// <summary>
    /// Up to 70 lb and 130 in of length and girth (Domestic Mail Manual 201.8.1, USPS Ground Advantage).
    /// </summary>
    public static readonly PackageLimits Limits = new(31_751, 2_743, MaxLengthAndGirthMm: 3_302);

    const int MostVoided = 100_000, MostAtOnce = 10;
    const string Labels = "application/vnd.usps.labels+json";

    readonly CarrierHttp _http = new(Carrier, access, () => new(HttpMethod.Post, "oauth2/v3/token")
    {
        Content = new StringContent(
            new JsonObject
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = access.Client,
                ["client_secret"] = access.Secret,
            }.ToJsonString(), System.Text.Encoding.UTF8, "application/json"),
    }, time);

    readonly UspsPayment _payment = new(access, time);
    readonly ConcurrentDictionary<string, bool> _voided = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Name => Carrier;

    /// <inheritdoc/>
    public DateTimeOffset? Answered => _http.Answered;

    /// <inheritdoc/>
    public CarrierAbility Can => CarrierAbility.Rates | CarrierAbility.Labels | CarrierAbility.Reprints
        | CarrierAbility.Voids | CarrierAbility.Tracking | CarrierAbility.Pickups | CarrierAbility.Manifests
        | CarrierAbility.AddressChecks;

    /// <inheritdoc/>
    public async ValueTask<RateReply> Rates(RateAsk ask, CancellationToken cancel)
    {
        if (ask.From.Country != "US" || ask.To.Country != "US")
            return new([], [new(Carrier, null, RateRejection.NotServed)]);
        if (Limits.Breach(ask.Parcels.AsSpan()) is { } breach)
            return new([], [new(Carrier, null, PackageLimits.ReasonOf(breach), Breach: breach)]);
        // Parcels that are alike cost alike; of the others a few are asked for at once.
        IGrouping<ParcelSpec, ParcelSpec>[] kinds = [.. ask.Parcels.GroupBy(p => p)];
        var replies = new ProviderReply[kinds.Length];
        await Parallel.ForAsync(
            0, kinds.Length, new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = cancel },
            async (i, stop) => replies[i] = await _http.Send(HttpMethod.Post, "shipments/v3/options/search",
                UspsBodies.Options(access, ask, kinds[i].Key), stop));
        if (Array.Find(replies, r => !r.IsSuccess) is { Status: > 0 } refused)
        {
            var refusal = Refusal(refused.Body);
            return new([], [new(Carrier, null, RateRejection.Refused, Code: refusal.Code, Says: refusal.Says)]);
        }

        (Rate[] Rates, int Parcels)[] told =
            [.. kinds.Select((k, i) => (UspsAnswers.Rates(replies[i].Body).ToArray(), k.Count()))];
        var rates = UspsAnswers.Together(told);
        return rates.IsEmpty ? new([], [new(Carrier, null, RateRejection.NotServed)]) : new(rates, []);
    }

    /// <summary>Labels: both addresses have a state.</summary>
    public IReadOnlyList<string> Lacks(ShipAddress from, ShipAddress to) =>
        from.Country != "US" || to.Country != "US" ? [] : [.. CarrierNeeds.States(from, to, "US")];

    /// <inheritdoc/>
    public async ValueTask Ready(CancellationToken cancel)
    {
        await _http.Ready(cancel);
        await _payment.Get(_http, cancel);
    }

    /// <inheritdoc/>
    public async ValueTask<LabelReply> Buy(string key, LabelAsk ask, CancellationToken cancel)
    {
        if (ask.From.Country != "US" || ask.To.Country != "US")
            return new(LabelStatus.Refused, Refusal: new("not-served"));
        if (Limits.Breach(ask.Parcels.AsSpan()) is { } breach)
            return new(LabelStatus.Refused, Refusal: CarrierText.Over(breach));
        if (Lacks(ask.From, ask.To) is [_, ..] lacks)
            return new(LabelStatus.Refused, Refusal: CarrierNeeds.Refusal(lacks));
        if (ask.Service.Split(':') is not [_, _, _]) return new(LabelStatus.Refused, Refusal: new("unknown-service"));
        if (_voided.ContainsKey(key)) return new(LabelStatus.Refused, Refusal: new("key-voided"));
        List<(ParcelLabel Label, Money? Price)> bought = [];
        for (var i = 0; i < ask.Parcels.Length; i++)
        {
            var body = UspsBodies.Label(ask, i, CarrierText.Reference(key, UspsBodies.LongestReference));
            var reply = await Label(body, key, i, cancel);
            if (!reply.IsSuccess)
            {
                var refusal = Refusal(reply.Body);
                return bought.Count == 0 ? new(LabelStatus.Refused, Refusal: refusal)
                    : new(LabelStatus.BoughtInPart, UspsAnswers.Shipment(bought), refusal);
            }

            bought.Add(UspsAnswers.Label(reply.Body, ask.Format) is { } one ? one
                : throw _http.Unclear("answered no label"));
        }

        return new(LabelStatus.Bought, UspsAnswers.Shipment(bought));
    }

    /// <inheritdoc/>
    public async ValueTask<LabelReply> Find(string key, LabelAsk ask, CancellationToken cancel)
    {
        List<(ParcelLabel Label, Money? Price)> found = [];
        for (var i = 0; i < ask.Parcels.Length; i++)
        {
            var reply = await Paid(
                HttpMethod.Post, "labels/v3/label-reprint", UspsBodies.Reprint(ask.Format), key, i, cancel);
            if (!reply.IsSuccess)
            {
                var refusal = Refusal(reply.Body);
                if (!UspsAnswers.IsUnbought(reply.Status, refusal)) throw _http.Untold(refusal);
                continue;
            }

            found.Add(UspsAnswers.Label(reply.Body, ask.Format) is { } one ? one
                : throw _http.Unclear("answered no label"));
        }

        return found.Count == 0 ? new(LabelStatus.NotFound) : new(
            found.Count == ask.Parcels.Length ? LabelStatus.Bought : LabelStatus.BoughtInPart,
            UspsAnswers.Shipment(found));
    }

    /// <inheritdoc/>
    public async ValueTask<VoidReply> Void(VoidAsk ask, CancellationToken cancel)
    {
        VoidReply worst = new(VoidStatus.AlreadyVoid);
        foreach (var number in ask.TrackingNumbers.IsDefaultOrEmpty ? [ask.Shipment] : ask.TrackingNumbers)
        {
            var one = await Void(number, cancel);
            if (one.Status == VoidStatus.Refused) return one;
            if (_voided.Count < MostVoided) _voided[ask.Key] = true;
            if (one.Status == VoidStatus.RefundRequested || worst.Status == VoidStatus.AlreadyVoid) worst = one;
        }

        return worst;
    }

    /// <inheritdoc/>
    public async ValueTask<TrackReply> Track(string trackingNumber, CancellationToken cancel)
    {
        if (!Gateways.IsPlain(trackingNumber)) return new(false, [], Refusal: new("bad-reference"));
        var reply = await _http.Send(
            HttpMethod.Get, $"tracking/v3/tracking/{trackingNumber}?expand=DETAIL", null, cancel);
        if (reply.IsSuccess) return UspsAnswers.Tracked(reply.Body);
        var refusal = Refusal(reply.Body);
        return UspsAnswers.IsUnknown(reply.Status, refusal) ? new(false, []) : new(false, [], Refusal: refusal);
    }

    /// <inheritdoc/>
    public async ValueTask<PickupReply> Book(PickupAsk ask, CancellationToken cancel)
    {
        var reply = await _http.Send(HttpMethod.Post, "pickup/v3/carrier-pickup", UspsBodies.Pickup(ask), cancel);
        if (!reply.IsSuccess) return new(CarrierStatus.Refused, Refusal: Refusal(reply.Body));
        return reply.Body.Text("confirmationNumber") is { Length: > 0 } number
            ? new(CarrierStatus.Done, number) : throw _http.Unclear("answered a pickup without a number");
    }

    /// <inheritdoc/>
    public async ValueTask<PickupReply> Cancel(PickupCancel ask, CancellationToken cancel)
    {
        if (!Gateways.IsPlain(ask.Confirmation)) return new(CarrierStatus.Refused, Refusal: new("bad-reference"));
        var path = $"pickup/v3/carrier-pickup/{ask.Confirmation}";
        // It is cancelled in the version that was looked at.
        var now = await _http.Send(HttpMethod.Get, path, null, cancel);
        if (!now.IsSuccess) return new(CarrierStatus.Refused, Refusal: Refusal(now.Body));
        var reply = await _http.Send(HttpMethod.Delete, path, null, cancel, ("If-Match", now.Tag ?? "*"));
        return reply.IsSuccess ? new(CarrierStatus.Done, ask.Confirmation)
            : new(CarrierStatus.Refused, Refusal: Refusal(reply.Body));
    }

    /// <summary>
    /// USPS takes no key for a SCAN form, and has no call that tells which there are (SCAN Forms 3.1.14): a second one
    /// would stand beside the first.
    /// </summary>
    public bool RepeatsClose => false;

    /// <inheritdoc/>
    public async ValueTask<ManifestReply> Close(string key, ManifestAsk ask, CancellationToken cancel)
    {
        var reply = await _http.Send(
            HttpMethod.Post, "scan-forms/v3/scan-form", UspsBodies.ScanForm(ask), cancel, ("Accept", Labels));
        if (!reply.IsSuccess) return new(CarrierStatus.Refused, Form: [], Refusal: Refusal(reply.Body));
        return reply.Body.Text("manifestNumber") is { Length: > 0 } number
            ? new(CarrierStatus.Done, number, CarrierText.Bytes(reply.Body.Text("SCANFormImage")))
            : throw _http.Unclear("answered a SCAN form without a number");
    }

    /// <inheritdoc/>
    public async ValueTask<AddressReply> Check(ShipAddress address, CancellationToken cancel)
    {
        if (address.Country != "US") return new(AddressVerdict.Unchecked, []);
        if (address.State is null || address.Lines.IsDefaultOrEmpty)
            return new(AddressVerdict.Unknown, [], new("state-or-street-missing"));
        var reply = await _http.Send(HttpMethod.Get, UspsBodies.AddressQuery(address), null, cancel);
        if (reply.IsSuccess) return UspsAnswers.Checked(reply.Body, address);
        var refusal = Refusal(reply.Body);
        return new(AddressVerdict.Unknown, [], UspsAnswers.IsUnknown(reply.Status, refusal) ? null : refusal);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _payment.Dispose();
    }

    async ValueTask<VoidReply> Void(string number, CancellationToken cancel)
    {
        if (!Gateways.IsPlain(number)) return new(VoidStatus.Refused, new("bad-reference"));
        var reply = await Paid(HttpMethod.Delete, $"labels/v3/label/{number}", null, null, 0, cancel);
        if (!reply.IsSuccess)
        {
            var refusal = Refusal(reply.Body);
            return UspsAnswers.IsCancelled(refusal) ? new(VoidStatus.AlreadyVoid) : new(VoidStatus.Refused, refusal);
        }

        return reply.Body.Text("status") switch
        {
            "CANCELED" => new(VoidStatus.Voided),
            "DISPUTED" => new(VoidStatus.RefundRequested),
            _ => throw _http.Unclear("did not say whether it was cancelled"),
        };
    }

    /// <summary>Who fails at a later parcel has sold those before it.</summary>
    async ValueTask<ProviderReply> Label(JsonObject body, string key, int parcel, CancellationToken cancel)
    {
        try
        {
            return await Paid(HttpMethod.Post, "labels/v3/label", body, key, parcel, cancel);
        }
        catch (ProviderUnclearException e) when (e.NothingDone && parcel > 0)
        {
            throw new ProviderUnclearException(Carrier, e.Why, e, e.Trouble);
        }
    }

    /// <summary>
    /// A call that needs the account's consent to pay; under a key where it buys. A consent that is no good any more
    /// (401, 403) has done nothing: the call is repeated once, with a new one.
    /// </summary>
    async ValueTask<ProviderReply> Paid(
        HttpMethod method, string path, JsonObject? body, string? key, int parcel, CancellationToken cancel)
    {
        var consent = await _payment.Get(_http, cancel);
        try
        {
            var reply = await Paid(method, path, body, key, parcel, consent, cancel);
            if (reply.Status != 403) return reply;
        }
        catch (ProviderUnclearException e) when (e.Trouble == ProviderTrouble.Unauthorised)
        {
            // It is asked for again below.
        }

        _payment.Forget(consent);
        return await Paid(method, path, body, key, parcel, await _payment.Get(_http, cancel), cancel);
    }

    ValueTask<ProviderReply> Paid(
        HttpMethod method, string path, JsonObject? body, string? key, int parcel, string consent,
        CancellationToken cancel)
    {
        List<(string, string)> headers = [("X-Payment-Authorization-Token", consent)];
        if (key is not null)
        {
            headers.Add(("X-Idempotency-Key", CarrierText.Uuid(
                $"{key}/{parcel.ToString(CultureInfo.InvariantCulture)}").ToString("D", CultureInfo.InvariantCulture)));
            headers.Add(("Accept", Labels));
        }

        return _http.Send(method, path, body, cancel, [.. headers]);
    }

    CarrierRefusal Refusal(JsonElement body) => _http.Refusal(
        body.Text("error", "errors", "0", "code") ?? body.Text("error", "code"),
        body.Text("error", "errors", "0", "detail") ?? body.Text("error", "errors", "0", "title")
            ?? body.Text("error", "message"));
}
