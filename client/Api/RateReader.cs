using System.Collections.Immutable;
using Fulfillment.Shipping;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>Reads a question for prices, gathering what is wrong with it.</summary>
static class RateReader
{
    /// <summary>Parcels of one question, lines of an address, the longest edge, the heaviest parcel.</summary>
    public const int MostParcels = 50, MostLines = 3, MostEdge = 20_000, MostGrams = 100_000_000;

    /// <summary>How far ahead a parcel is handed over: carriers tell no price beyond.</summary>
    public const int MostDaysAhead = 60;

    const string NotShippable = "not-shippable-by-rate";

    /// <summary>What is asked. <paramref name="node"/>: where it is sent from, null for an address.</summary>
    public static (RateAsk Ask, DateOnly? DeliverBy, string[]? Carriers) Read(
        RatesRequest request, NodeCard? node, DateTimeOffset now)
    {
        Fields fields = new();
        var shipOn = fields.Date("/shipOn", request.ShipOn);
        var by = fields.Date("/deliverBy", request.DeliverBy);
        // Of an address without a node the day may have begun, or not have ended, where it is.
        var zone = node?.Facts?.TimeZone;
        var today = DateOnly.FromDateTime(
            zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known)
                ? TimeZoneInfo.ConvertTime(now, known).DateTime : now.UtcDateTime);
        if (shipOn < today.AddDays(-1) || shipOn > today.AddDays(MostDaysAhead))
            fields.Add("/shipOn", "out-of-range", $"must be from today to {MostDaysAhead} days ahead");
        if (by < (shipOn ?? today)) fields.Add("/deliverBy", "out-of-range", "must not be before it is handed over");
        if (request.Currency is not null) fields.Currency("/currency", request.Currency);
        var declared = fields.Money("/declared", request.Declared);
        RateAsk ask = new(
            From(fields, request.From, node), To(fields, request.To), Parcels(fields, request.Parcels), shipOn ?? today,
            request.Currency, declared, zone);
        var carriers = Carriers(fields, request.Carriers);
        fields.Check();
        return (ask, by, carriers);
    }

    static ShipAddress From(Fields fields, RateFromRequest? from, NodeCard? node)
    {
        if (from is null)
        {
            fields.Add("/from", "required", "is missing");
            return new("");
        }

        if (from.Node is null)
        {
            fields.Country("/from/country", from.Country, required: true);
            return Address(fields, "/from", from.Country, from.Postcode, from.City, from.State, from.Lines, false);
        }

        if (from.Country is not null || from.Postcode is not null)
            fields.Add("/from", "node-or-address", "names a node and an address: one of them");
        if (node is { Country: null })
            fields.Add("/from/node", "node-without-country", "is in no country that we know: PUT it with one");
        return Place(fields, "/from", node?.Country, node?.Postcode, from.City, from.State, from.Lines, false);
    }

    static ShipAddress To(Fields fields, RateToRequest? to)
    {
        if (to is null)
        {
            fields.Add("/to", "required", "is missing");
            return new("");
        }

        return At(fields, "/to", to);
    }

    /// <summary>An address, whose fields stand at <paramref name="at"/>.</summary>
    public static ShipAddress At(Fields fields, string at, RateToRequest to)
    {
        fields.Country($"{at}/country", to.Country, required: true);
        return Address(fields, at, to.Country, to.Postcode, to.City, to.State, to.Lines, to.Residential == true);
    }

    static ShipAddress Address(
        Fields fields, string at, string? country, string? postcode, string? city, string? state,
        IReadOnlyList<string?>? lines, bool residential)
    {
        fields.Postcode($"{at}/postcode", country, postcode, isAddress: true);
        return Place(fields, at, country, postcode, city, state, lines, residential);
    }

    /// <summary>What a node's card does not tell: DHL Express wants the city, others the state.</summary>
    static ShipAddress Place(
        Fields fields, string at, string? country, string? postcode, string? city, string? state,
        IReadOnlyList<string?>? lines, bool residential)
    {
        if (lines?.Count > MostLines) fields.Add($"{at}/lines", "too-many", $"must have at most {MostLines} lines");
        for (var i = 0; i < Math.Min(lines?.Count ?? 0, MostLines); i++) fields.Text($"{at}/lines/{i}", lines![i], 200);
        return new(
            country ?? "", postcode, fields.OptionalText($"{at}/city", city, 200),
            fields.OptionalText($"{at}/state", state, 40), [.. (lines ?? []).OfType<string>()],
            Residential: residential);
    }

    static ImmutableArray<ParcelSpec> Parcels(Fields fields, IReadOnlyList<RateParcelRequest?>? parcels)
    {
        if (parcels is null) fields.Add("/parcels", "required", "is missing");
        else if (parcels.Count == 0) fields.Add("/parcels", "required", "is empty");
        else if (parcels.Count > MostParcels)
            fields.Add("/parcels", "too-many", $"must have at most {MostParcels} parcels");
        var read = ImmutableArray.CreateBuilder<ParcelSpec>();
        for (var i = 0; i < Math.Min(parcels?.Count ?? 0, MostParcels); i++)
        {
            if (parcels![i] is { } parcel) read.Add(Parcel(fields, $"/parcels/{i}", parcel));
            else fields.Add($"/parcels/{i}", "wrong-type", "must be an object");
        }

        return read.DrainToImmutable();
    }

    static ParcelSpec Parcel(Fields fields, string at, RateParcelRequest parcel)
    {
        return new(
            (int)Told("lengthMm", parcel.LengthMm, MostEdge), (int)Told("widthMm", parcel.WidthMm, MostEdge),
            (int)Told("heightMm", parcel.HeightMm, MostEdge), Told("grams", parcel.Grams, MostGrams));

        long Told(string name, long? value, int most)
        {
            if (value is not null) return fields.Number($"{at}/{name}", value, 1, most);
            fields.Add($"{at}/{name}", NotShippable, "is missing: no carrier tells a price without it");
            return 0;
        }
    }

    internal static string[]? Carriers(Fields fields, IReadOnlyList<string?>? names)
    {
        if (names is null) return null;
        if (names.Count == 0) fields.Add("/carriers", "required", "is empty");
        if (names.Count > Connectors.Carriers.Known.Count)
            fields.Add("/carriers", "too-many", $"must name at most {Connectors.Carriers.Known.Count}");
        for (var i = 0; i < Math.Min(names.Count, Connectors.Carriers.Known.Count); i++)
        {
            if (names[i] is null || !Connectors.Carriers.Known.Contains(names[i]!))
                fields.Add($"/carriers/{i}", "unknown-carrier",
                    $"must be one of {string.Join(", ", Connectors.Carriers.Known)}");
            else if (names.Take(i).Contains(names[i])) fields.Add($"/carriers/{i}", "duplicate", "is named before");
        }

        return [.. names.OfType<string>()];
    }
}
