using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Fulfillment.Connectors;
using Fulfillment.Shipping;

namespace Fulfillment.Composition;

/// <summary>
/// Where parcels have their labels bought and voided. It notes that it is about to buy right before it asks the
/// carrier, and takes the note back where surely nothing was bought: he was not reached, or he refused. When the same
/// is asked again with a note, because somebody died in between or the answer never came, it first looks whether the
/// label was bought. It never throws for what a carrier does: the parcel decides what follows.
/// </summary>
public sealed class LabelDesk(Carriers carriers, ILabelSafe safe)
{
    /// <summary>Longer keys are hashed: carriers take no longer ones.</summary>
    const int MostKey = 100;

    /// <summary>What a carrier who is not set up is said to answer.</summary>
    public const string NotConfigured = "not-configured";

    /// <summary>What is answered for a buyer whose data was erased.</summary>
    public const string Erased = "address-erased";

    /// <summary>No carrier is set up.</summary>
    public static Connector None { get; } = (id, command, cancel) => new(
        command is LabelCall.Buy { Wanted: true } ? Refused(NotConfigured)
        : command is LabelCall.Buy ? Unclear(NotConfigured)
        : command is LabelCall.Fetch or LabelCall.StopFetching
            ? new PickupAnswer(CarrierStatus.Refused, Refusal: new(NotConfigured))
        : command is LabelCall.Close ? new CarrierCloseAnswer(null, Why: NotConfigured)
        : command is LabelCall.Track ? NotTold(NotConfigured) : new VoidAnswer(null, Why: NotConfigured));

    /// <summary>The providers, and for the labels of each carrier this one.</summary>
    public static Dictionary<string, Connector> With(
        IEnumerable<KeyValuePair<string, Connector>> providers, Connector labels) => new(providers.Concat(
            Carriers.Known.Select(c => KeyValuePair.Create(ParcelCalls.LabelsOf(c), labels))));

    /// <summary>Answers a <see cref="LabelCall"/>. To be used as a <see cref="Connector"/>.</summary>
    public async ValueTask<object> Answer(string id, object command, CancellationToken cancel) => command switch
    {
        LabelCall.Buy c => await Buy(c, cancel),
        LabelCall.Void c => await Void(c, cancel),
        LabelCall.Close c => await Close(c, cancel),
        LabelCall.Fetch c => await Fetch(c, cancel),
        LabelCall.StopFetching c => await StopFetching(c, cancel),
        LabelCall.Track c => await Track(c, cancel),
        _ => throw new UnreachableException(),
    };

    /// <summary>The key that a carrier knows a label by.</summary>
    public static string KeyOf(string parcel, int number)
    {
        var key = $"{parcel}/{number}";
        return key.Length <= MostKey ? key
            : $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..40]}/{number}";
    }

    async ValueTask<LabelAnswer> Buy(LabelCall.Buy c, CancellationToken cancel)
    {
        var key = KeyOf(c.Parcel, c.Number);
        if (carriers.Find(c.Carrier) is not { } desk) return await NotAsked(c, key, NotConfigured, cancel);
        if (await safe.Open(c.Terms.To) is not { } to) return await NotAsked(c, key, Erased, cancel);
        LabelAsk ask = new(
            c.Terms.Service, c.Terms.From, to, [c.Spec], c.Terms.ShipOn, c.Terms.Format, c.Terms.References,
            c.Terms.Customs, c.Terms.TimeZone);
        if (await safe.HasBegun(Seller(c.Parcel), key, cancel)) return await Again(desk, c, key, ask, cancel);
        // Who asks once more whether it was bought does not buy: without a note nobody has.
        if (!c.Wanted) return new(LabelOutcome.NotBought, Why: "was never asked for it");
        return await First(desk, c, key, ask, cancel) ?? await Again(desk, c, key, ask, cancel);
    }

    /// <summary>
    /// Notes and buys it; null where somebody else has noted it meanwhile. What surely came to nothing is not held
    /// against the next one: an access token that is not given, a connection that does not come about.
    /// </summary>
    async ValueTask<LabelAnswer?> First(
        CarrierDesk desk, LabelCall.Buy c, string key, LabelAsk ask, CancellationToken cancel)
    {
        var isNoted = false;
        try
        {
            var bought = await Ask<LabelReply?>(desk, CarrierCall.Label, async (carrier, stop) =>
            {
                await carrier.Ready(stop);
                isNoted = await safe.Begin(Seller(c.Parcel), key, cancel);
                return isNoted ? await carrier.Buy(key, ask, stop) : null;
            }, cancel);
            if (bought is null) return null;
            if (bought.Status == LabelStatus.Refused) await safe.TakeBack(Seller(c.Parcel), key, cancel);
            return await Answer(c, Told(bought, ask), cancel);
        }
        catch (ProviderUnclearException e)
        {
            if (isNoted && !e.NothingDone) return Unclear(e.Why);
            if (isNoted) await safe.TakeBack(Seller(c.Parcel), key, cancel);
            return new(LabelOutcome.NotAsked, Why: e.Why);
        }
    }

    /// <summary>It was noted before: it may have been bought, or be under way.</summary>
    async ValueTask<LabelAnswer> Again(
        CarrierDesk desk, LabelCall.Buy c, string key, LabelAsk ask, CancellationToken cancel)
    {
        try
        {
            var found = await Ask(
                desk, CarrierCall.Find, (carrier, stop) => carrier.Find(key, ask, stop), cancel);
            if (found.Status != LabelStatus.NotFound || !c.Wanted) return await Answer(c, found, cancel);
            var bought = Told(
                await Ask(desk, CarrierCall.Label, (carrier, stop) => carrier.Buy(key, ask, stop), cancel), ask);
            // That he refuses now does not mean that nothing will be bought.
            return bought.Status != LabelStatus.Refused ? await Answer(c, bought, cancel)
                : new(LabelOutcome.NotBought, Refusal: bought.Refusal, Why: "refuses");
        }
        catch (ProviderUnclearException e)
        {
            return Unclear(e.Why);
        }
    }

    /// <summary>What he refuses with is kept unsealed.</summary>
    static LabelReply Told(LabelReply reply, LabelAsk ask) =>
        reply with { Refusal = BuyerWords.Without(reply.Refusal, ask.To) };

    /// <summary>The carrier cannot be asked: whether he sold it before, when he could, nobody knows.</summary>
    async ValueTask<LabelAnswer> NotAsked(LabelCall.Buy c, string key, string why, CancellationToken cancel) =>
        await safe.HasBegun(Seller(c.Parcel), key, cancel) ? Unclear(why)
            : c.Wanted ? Refused(why) : new(LabelOutcome.NotBought, Why: why);

    async ValueTask<LabelAnswer> Answer(LabelCall.Buy c, LabelReply reply, CancellationToken cancel)
    {
        switch (reply.Status)
        {
            case LabelStatus.Bought:
            case LabelStatus.BoughtWithoutLabel:
                var bought = reply.Label!;
                var paper = bought.Parcels is [var first, ..] ? first : new("", c.Terms.Format, []);
                var (to, seller) = (c.Terms.To, Seller(c.Parcel));
                var label = reply.Status == LabelStatus.BoughtWithoutLabel || paper.Content.IsDefaultOrEmpty ? null
                    : await safe.Keep(seller, to, paper.Content.AsMemory(), paper.Format, cancel);
                List<StoredPaper> papers = [];
                foreach (var other in bought.Papers.IsDefault ? [] : bought.Papers)
                    if (await safe.Keep(seller, to, other.AsMemory(), LabelFormat.Pdf, cancel) is { } kept)
                        papers.Add(kept);
                return new(
                    label is null ? LabelOutcome.BoughtWithoutLabel : LabelOutcome.Bought, bought.Shipment,
                    paper.TrackingNumber, bought.Price, label, [.. papers]);
            case LabelStatus.Refused:
                return new(LabelOutcome.Refused, Refusal: reply.Refusal);
            case LabelStatus.NotFound:
                return new(LabelOutcome.NotBought, Why: "knows of no such label");
            case LabelStatus.NotSeenYet:
                return Unclear("does not know of it yet");
            case LabelStatus.BoughtInPart:
                return Unclear("has sold a part of it");
            default:
                throw new UnreachableException();
        }
    }

    async ValueTask<VoidAnswer> Void(LabelCall.Void c, CancellationToken cancel)
    {
        if (carriers.Find(c.Carrier) is not { } desk) return new(null, Why: NotConfigured);
        try
        {
            VoidAsk ask = new(c.Shipment, KeyOf(c.Parcel, c.Number), [c.TrackingNumber]);
            var reply = await Ask(
                desk, CarrierCall.Void, (carrier, stop) => carrier.Void(ask, stop), cancel);
            return new(reply.Status, reply.Refusal);
        }
        catch (ProviderUnclearException e)
        {
            return new(null, Why: e.Why);
        }
    }

    /// <summary>Whose key seals the form of a manifest: nobody's who could be erased.</summary>
    public static string SubjectOf(string manifest) => $"manifest/{manifest}";

    async ValueTask<CarrierCloseAnswer> Close(LabelCall.Close c, CancellationToken cancel)
    {
        if (carriers.Find(c.Carrier) is not { } desk) return new(null, Why: NotConfigured);
        // No parcel has such a name, so no label has such a key.
        var key = KeyOf($"manifest//{c.Parcel}", c.Number);
        var repeats = desk.Carrier.RepeatsClose;
        if (!repeats && !await safe.Begin(Seller(c.Parcel), key, cancel))
            return new(null, Why: "was told before, and nobody knows what came of it", Unknown: true);
        try
        {
            ManifestAsk ask = new(c.From, c.Day, c.TrackingNumbers);
            var reply = await Ask(
                desk, CarrierCall.Manifest, (carrier, stop) => carrier.Close(key, ask, stop), cancel);
            var form = reply.Form.IsDefaultOrEmpty ? null : await safe.KeepForm(
                Seller(c.Parcel), SubjectOf(new EntityId("manifest", c.Parcel).Name), reply.Form.AsMemory(), ask.Format,
                cancel);
            return new(reply.Status, reply.Number, form, reply.Refusal);
        }
        catch (ProviderUnclearException e)
        {
            // Who was not asked, or did not know who asks, has made nothing of it.
            var isNothing = !repeats && e.Trouble is ProviderTrouble.NotAsked or ProviderTrouble.Unauthorised;
            return new(null, Why: e.Why, Nothing: isNothing, Unknown: !repeats && !isNothing);
        }
    }

    async ValueTask<PickupAnswer> Fetch(LabelCall.Fetch c, CancellationToken cancel)
    {
        if (carriers.Find(c.Carrier) is not { } desk)
            return new(CarrierStatus.Refused, Refusal: new(NotConfigured));
        // Not every carrier knows a repeat: one that was asked and did not answer may come already.
        if (!await safe.Begin(Seller(c.Parcel), KeyOf($"pickup//{c.Parcel}", c.Number), cancel))
            return new(null, Why: "was asked before, and nobody knows what came of it");
        try
        {
            var t = c.Terms;
            PickupAsk ask = new(t.At, t.Day, t.Ready, t.Close, t.Parcels, t.Grams, t.Service, t.ToCountry,
                t.TimeZone);
            var reply = await Ask(
                desk, CarrierCall.Pickup, (carrier, stop) => carrier.Book(ask, stop), cancel);
            return new(reply.Status, reply.Confirmation, reply.Refusal);
        }
        catch (ProviderUnclearException e)
        {
            return e.NothingDone
                ? new(CarrierStatus.Refused, Refusal: new("not-asked", e.Why)) : new(null, Why: e.Why);
        }
    }

    async ValueTask<PickupAnswer> StopFetching(LabelCall.StopFetching c, CancellationToken cancel)
    {
        if (carriers.Find(c.Carrier) is not { } desk)
            return new(CarrierStatus.Refused, Refusal: new(NotConfigured));
        try
        {
            var reply = await Ask(
                desk, CarrierCall.Pickup, (carrier, stop) => carrier.Cancel(c.Ask, stop), cancel);
            return new(reply.Status, reply.Confirmation, reply.Refusal);
        }
        catch (ProviderUnclearException e)
        {
            return new(null, Why: e.Why);
        }
    }

    /// <summary>A carrier who knows nothing, refuses or does not answer is asked again by the parcel.</summary>
    async ValueTask<TrackAnswer> Track(LabelCall.Track c, CancellationToken cancel)
    {
        if (carriers.Find(c.Carrier) is not { } desk) return NotTold(NotConfigured);
        if (!desk.Carrier.Can.HasFlag(CarrierAbility.Tracking)) return new(TrackOutcome.Unsupported);
        try
        {
            var number = desk.Carrier.TracksShipments ? c.Shipment : c.TrackingNumber;
            var reply = await Ask(
                desk, CarrierCall.Track, (carrier, stop) => carrier.Track(number, stop), cancel);
            if (!reply.Known) return NotTold(reply.Refusal?.Code ?? "knows nothing of it");
            var to = await safe.Open(c.To);
            return new(
                TrackOutcome.Told, [.. reply.Events.Select(e => BuyerWords.Without(e, to))], reply.Expected,
                reply.SignedBy is { } name ? await safe.Seal(c.To, name) : null);
        }
        catch (ProviderUnclearException e)
        {
            return NotTold(e.Why);
        }
    }

    static TrackAnswer NotTold(string why) => new(TrackOutcome.NotTold, Why: why);

    static ValueTask<T> Ask<T>(
        CarrierDesk desk, CarrierCall kind, Func<ICarrier, CancellationToken, ValueTask<T>> call,
        CancellationToken cancel) => desk.Ask(call, null, cancel, CarrierWork.Parcels, kind);

    static LabelAnswer Refused(string code) => new(LabelOutcome.Refused, Refusal: new(code));

    static LabelAnswer Unclear(string why) => new(LabelOutcome.Unclear, Why: why);

    static string Seller(string parcel) => new EntityId("parcel", parcel).Seller;
}
