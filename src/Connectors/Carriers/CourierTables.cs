using System.Collections.Immutable;
using System.Text.Json;
using Fulfillment.Payments;
using Fulfillment.Routing;
using Fulfillment.Shipping;
using Fulfillment.Warehousing;

namespace Fulfillment.Connectors;

/// <summary>Tables of couriers: the example that everybody starts with, and one's own from a file.</summary>
public static class CourierTables
{
    const int MaxZones = 500, MaxProducts = 50, MaxBands = 200, MostDays = 100;
    const long MostMinor = 1_000_000_000;

    /// <summary>
    /// Made up, to begin with: the same region, the country, Europe, the world; parcels of up to 31.5 kg, heavy ones of
    /// up to 70 kg. Working days are Monday to Friday.
    /// </summary>
    public static CourierTable Example { get; } = new(
        "EUR",
        [
            new("local", Domestic: true, SharedPostcode: 2), new("national", Domestic: true),
            new("europe",
            [
                .. "AD AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IT LI LT LU LV MC MT NL NO PL PT RO SE SI SK"
                    .Split(' ').Select(c => new Region(c)),
            ]),
            new("world"),
        ],
        [
            new("standard", "Standard parcel", new(31_500, 1_200, MaxLengthAndGirthMm: 3_000),
            [
                Lane("local", 1, (2_000, 419), (5_000, 519), (10_000, 749), (31_500, 1_249)),
                Lane("national", 2, (2_000, 549), (5_000, 649), (10_000, 949), (31_500, 1_649)),
                Lane("europe", 5, (2_000, 1_299), (5_000, 1_599), (10_000, 2_099), (31_500, 3_599)),
                Lane("world", 10, (2_000, 2_599), (5_000, 3_899), (10_000, 5_999), (31_500, 13_999)),
            ], 2_500, 500),
            new("express", "Express parcel", new(31_500, 1_200, MaxLengthAndGirthMm: 3_000),
            [
                Lane("local", 0, (2_000, 1_190), (10_000, 1_490), (31_500, 2_290)),
                Lane("national", 1, (2_000, 1_290), (10_000, 1_690), (31_500, 2_690)),
                Lane("europe", 2, (2_000, 3_490), (10_000, 5_290), (31_500, 9_990)),
            ], 2_500, 500),
            new("heavy", "Heavy parcel", new(70_000, 2_000, MaxLengthAndGirthMm: 4_000),
            [
                Lane("local", 2, (40_000, 2_990), (70_000, 4_490)),
                Lane("national", 3, (40_000, 3_990), (70_000, 5_990)),
            ]),
        ],
        5_000, 0, new("local-courier", Weekdays.WorkingDays, []));

    /// <summary>
    /// A table in the JSON that the README describes; throws <see cref="CarrierSettingsException"/> with what is wrong.
    /// </summary>
    public static CourierTable Read(ReadOnlySpan<byte> json)
    {
        CourierTableFile? file;
        try
        {
            file = JsonSerializer.Deserialize(json, CourierTableJson.Default.CourierTableFile);
        }
        catch (JsonException e)
        {
            throw new CarrierSettingsException(
                $"the table is not as it must be at {e.Path ?? "its beginning"}, line {e.LineNumber + 1}.");
        }

        if (file is null) throw new CarrierSettingsException("the table is null.");
        if (CourierTableFaults.Of(file).FirstOrDefault() is { } missing) throw new CarrierSettingsException(missing);
        CourierTable table = new(
            file.Currency ?? "", [.. (file.Zones ?? []).Select(z => ZoneOf(z!))],
            [.. (file.Products ?? []).Select(p => ProductOf(p!))], file.DimDivisor ?? 5_000, file.FuelPermille ?? 0,
            new("file", DaysOf(file.Days), [.. file.Holidays ?? []]), [.. (file.From ?? []).Select(r => RegionOf(r!))]);
        return Fault(table) is { } fault ? throw new CarrierSettingsException(fault) : table;
    }

    /// <summary>The first thing that is wrong with a table; null when nothing is.</summary>
    static string? Fault(CourierTable table)
    {
        if (Currencies.DigitsOf(table.Currency) is null) return "currency: must be one of ISO 4217.";
        if (table.DimDivisor is < 1 or > 1_000_000) return "dimDivisor: must be from 1 to 1000000.";
        if (table.FuelPermille is < 0 or > 10_000) return "fuelPermille: must be from 0 to 10000.";
        if (table.Calendar.Days == Weekdays.None) return "days: there must be one.";
        if (table.Zones.Length is 0 or > MaxZones) return $"zones: there must be 1 to {MaxZones}.";
        if (table.Zones.DistinctBy(z => z.Id).Count() < table.Zones.Length) return "zones: an id is there twice.";
        if (table.Zones.SelectMany(z => z.To.IsDefault ? [] : z.To).Concat(table.From).Select(r => r.Country)
            .OfType<string>().FirstOrDefault(c => !AddressRules.IsCountry(c)) is { } country)
            return $"zones: {country} is no country of ISO 3166-1.";
        if (table.Products.Length is 0 or > MaxProducts) return $"products: there must be 1 to {MaxProducts}.";
        if (table.Products.DistinctBy(p => p.Code).Count() < table.Products.Length)
            return "products: a code is there twice.";
        return table.Products.Select(p => Fault(table, p)).OfType<string>().FirstOrDefault();
    }

    static string? Fault(CourierTable table, CourierProduct product)
    {
        var at = $"products, {product.Code}";
        if (product.Code.Length is 0 or > 40 || !product.Code.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            return "products: a code must be 1 to 40 characters of A-Z a-z 0-9 - _.";
        if (product.Limits.MaxGrams < 1 || product.Limits.MaxLongestMm < 1)
            return $"{at}: maxGrams and maxLongestMm must be positive.";
        if (product.BulkyMinor is < 0 or > MostMinor) return $"{at}: bulkyMinor must be from 0 to {MostMinor}.";
        foreach (var lane in product.Lanes)
        {
            if (table.Zones.All(z => z.Id != lane.Zone)) return $"{at}: there is no zone {lane.Zone}.";
            if (lane.Days is < 0 or > MostDays) return $"{at}, {lane.Zone}: days must be from 0 to {MostDays}.";
            if (lane.Bands.Length is 0 or > MaxBands) return $"{at}, {lane.Zone}: there must be 1 to {MaxBands} bands.";
            if (lane.Bands.Any(b => b.UpToGrams < 1 || b.Minor is < 0 or > MostMinor))
                return $"{at}, {lane.Zone}: a band must be of positive grams and an amount up to {MostMinor}.";
            if (!lane.Bands.Select(b => b.UpToGrams).SequenceEqual(
                lane.Bands.Select(b => b.UpToGrams).Distinct().Order()))
                return $"{at}, {lane.Zone}: bands must be in rising order of grams.";
        }

        return product.Lanes.IsEmpty ? $"{at}: there must be a lane." : null;
    }

    static CourierLane Lane(string zone, int days, params ReadOnlySpan<(long Grams, long Minor)> bands)
    {
        var built = ImmutableArray.CreateBuilder<CourierBand>(bands.Length);
        foreach (var (grams, minor) in bands) built.Add(new(grams, minor));
        return new(zone, days, built.DrainToImmutable());
    }

    static CourierZone ZoneOf(CourierZoneFile z) => new(
        z.Id ?? "", [.. (z.To ?? []).Select(r => RegionOf(r!))], z.Domestic ?? false, z.SharedPostcode ?? 0);

    static Region RegionOf(CourierRegionFile r) =>
        new(r.Country, [.. (r.Postcodes ?? []).Select(p => AddressRules.Compact(p!))]);

    static CourierProduct ProductOf(CourierProductFile p) => new(
        p.Code ?? "", p.Name ?? p.Code ?? "",
        new(p.MaxGrams ?? 0, p.MaxLongestMm ?? 0, p.MaxMiddleMm, p.MaxShortestMm, p.MaxLengthAndGirthMm),
        [
            .. (p.Lanes ?? []).Select(l => new CourierLane(
                l!.Zone ?? "", l.Days ?? -1,
                [.. (l.Bands ?? []).Select(b => new CourierBand(b!.UpToGrams ?? 0, b.Minor ?? 0))])),
        ],
        p.BulkyFromMm, p.BulkyMinor ?? 0);

    static Weekdays DaysOf(IReadOnlyList<Weekdays>? days) =>
        days is null ? Weekdays.WorkingDays : days.Aggregate(Weekdays.None, (all, day) => all | day);
}
