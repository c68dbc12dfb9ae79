using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Fulfillment.Routing;
using Fulfillment.Shipping;

namespace Fulfillment.Connectors;

/// <summary>
/// A courier without any service of his own to call: prices by a table, labels that we draw. It works with no network.
/// <para>
/// A purchase by its key: what a label says, its tracking number included, is made from the key and what was asked, so
/// that the same ask makes the same bytes again and nothing can be bought twice. <see cref="Find"/> makes it once more
/// for keys that were bought here since the start, the last of them; of others it says that they may be bought, which
/// is so: buying one again under its key is the same label, and costs nothing. What really leaves is told to the
/// courier by the manifest, so that a label that is not used lapses.
/// </para>
/// </summary>
public sealed class LocalCourier(CourierTable table, ILabelPrinter printer) : ICarrier
{
    /// <summary>Its name.</summary>
    public const string Carrier = "local-courier";

    /// <summary>Keys that are remembered; the oldest go first.</summary>
    public const int MostRemembered = 10_000;

    const int TrackingDigits = 14, MaxReferences = 4;

    readonly Lock _lock = new();
    readonly HashSet<string> _bought = new(StringComparer.Ordinal);
    readonly Queue<string> _order = new();

    /// <inheritdoc/>
    public string Name => Carrier;

    /// <inheritdoc/>
    public CarrierAbility Can => CarrierAbility.Rates | CarrierAbility.Labels | CarrierAbility.Reprints
        | CarrierAbility.Manifests | CarrierAbility.AddressChecks;

    /// <inheritdoc/>
    public ValueTask<RateReply> Rates(RateAsk ask, CancellationToken cancel)
    {
        var told = CourierRates.Of(table, Carrier, ask.From, ask.To, ask.Parcels.AsSpan(), ask.ShipOn);
        return new(new RateReply(told.Rates, told.Rejected));
    }

    /// <inheritdoc/>
    public ValueTask<LabelReply> Buy(string key, LabelAsk ask, CancellationToken cancel)
    {
        var told = CourierRates.Of(table, Carrier, ask.From, ask.To, ask.Parcels.AsSpan(), ask.ShipOn);
        if (told.Rates.FirstOrDefault(r => r.Service == ask.Service) is not { } rate)
        {
            var why = told.Rejected.FirstOrDefault(r => r.Service == ask.Service);
            return new(new LabelReply(LabelStatus.Refused, Refusal: why switch
            {
                null => new("unknown-service"),
                { Breach: { } breach } => CarrierText.Over(breach),
                _ => new("not-served"),
            }));
        }

        var format = ask.Format == LabelFormat.Zpl ? LabelFormat.Zpl : LabelFormat.Pdf;
        var zone = CourierRates.ZoneOf(table, ask.From, ask.To)!.Id;
        var parcels = ask.Parcels.Select((parcel, i) =>
        {
            var number = Number($"{key}/{i}/{Content(ask)}");
            return new ParcelLabel(number, format,
            [
                .. printer.Draw(
                    new(Carrier, rate.Name, number, i + 1, ask.Parcels.Length, parcel, zone, ask.ShipOn, ask.From,
                        ask.To, [.. (ask.References.IsDefault ? [] : ask.References).Take(MaxReferences)]), format),
            ]);
        }).ToImmutableArray();
        Remember(key);
        return new(new LabelReply(
            LabelStatus.Bought, new(parcels[0].TrackingNumber, parcels, rate.Price, [])));
    }

    /// <inheritdoc/>
    public ValueTask<LabelReply> Find(string key, LabelAsk ask, CancellationToken cancel)
    {
        bool isKnown;
        lock (_lock) isKnown = _bought.Contains(key);
        return isKnown ? Buy(key, ask, cancel) : new(new LabelReply(LabelStatus.NotFound));
    }

    /// <inheritdoc/>
    public ValueTask<VoidReply> Void(VoidAsk ask, CancellationToken cancel) =>
        new(new VoidReply(VoidStatus.LapsesUnused));

    /// <inheritdoc/>
    public ValueTask<ManifestReply> Close(string key, ManifestAsk ask, CancellationToken cancel) =>
        new(new ManifestReply(CarrierStatus.Done, $"M{Number($"{key}/manifest")[2..]}", []));

    /// <inheritdoc/>
    public ValueTask<AddressReply> Check(ShipAddress address, CancellationToken cancel)
    {
        var fits = AddressRules.IsCountry(address.Country) && (address.Postcode is { } postcode
            ? AddressRules.IsPostcode(address.Country, postcode) : !AddressRules.NeedsPostcode(address.Country));
        return new(fits ? new AddressReply(AddressVerdict.Valid, [address])
            : new AddressReply(AddressVerdict.Unknown, [], new("bad-postcode")));
    }

    void Remember(string key)
    {
        lock (_lock)
        {
            if (!_bought.Add(key)) return;
            _order.Enqueue(key);
            if (_order.Count > MostRemembered) _bought.Remove(_order.Dequeue());
        }
    }

    /// <summary>
    /// What the label is of: the same key for another place or parcel is another label, of another number.
    /// </summary>
    static string Content(LabelAsk ask)
    {
        List<string?> told = [ask.Service, CarrierText.Iso(ask.ShipOn)];
        foreach (var at in (ShipAddress[])[ask.From, ask.To])
            told.AddRange(
            [
                at.Country, at.Postcode, at.City, at.State, at.Name, at.Company, .. at.Lines.IsDefault ? [] : at.Lines,
            ]);
        told.AddRange(ask.Parcels.Select(p => FormattableString.Invariant(
            $"{p.LengthMm}x{p.WidthMm}x{p.HeightMm}x{p.Grams}")));
        return string.Join('\n', told);
    }

    /// <summary>
    /// LC, 14 digits made from the key, and a check digit (ISO/IEC 7064, MOD 11-2, which may be an X).
    /// </summary>
    static string Number(string key)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        StringBuilder number = new("LC");
        var (check, value) = (0, new System.Numerics.BigInteger(hash, isUnsigned: true));
        for (var i = 0; i < TrackingDigits; i++)
        {
            var digit = (int)(value % 10);
            value /= 10;
            check = (check + digit) * 2 % 11;
            number.Append((char)('0' + digit));
        }

        var last = (12 - check) % 11;
        return number.Append(last == 10 ? 'X' : (char)('0' + last)).ToString();
    }
}
