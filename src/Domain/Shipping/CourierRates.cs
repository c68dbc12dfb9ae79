using System.Collections.Immutable;
using Fulfillment.Routing;

namespace Fulfillment.Shipping;

/// <summary>Rates by the table of a courier: zone, weight band, dimensional weight, limits.</summary>
public static class CourierRates
{
    const int HorizonDays = 366;

    /// <summary>
    /// What each product of the table costs for the parcels together, handed over on <paramref name="shipOn"/>; a day
    /// on which the courier does not work is as the next one on which he does. All parcels are to be told in full.
    /// <paramref name="carrier"/>: the name that the rates have; <paramref name="source"/>: what they are.
    /// </summary>
    public static CourierReply Of(
        CourierTable table, string carrier, ShipAddress from, ShipAddress to, ReadOnlySpan<ParcelSpec> parcels,
        DateOnly shipOn, RateSource source = RateSource.Carrier)
    {
        var rates = ImmutableArray.CreateBuilder<Rate>();
        var rejected = ImmutableArray.CreateBuilder<RejectedRate>();
        var zone = ZoneOf(table, from, to);
        foreach (var product in table.Products)
        {
            if (zone is null || product.Lanes.FirstOrDefault(l => l.Zone == zone.Id) is not { } lane)
                rejected.Add(new(carrier, product.Code, RateRejection.NotServed));
            else if (product.Limits.Breach(parcels) is { } breach)
                rejected.Add(new(carrier, product.Code, PackageLimits.ReasonOf(breach), Breach: breach));
            else if (Price(table, product, lane, parcels, out var heavy) is not { } price)
                rejected.Add(new(carrier, product.Code, RateRejection.Overweight, Breach: heavy));
            else if (Delivers(table.Calendar, shipOn, lane.Days) is not { } day)
                rejected.Add(new(carrier, product.Code, RateRejection.NotServed));
            else
                rates.Add(new(
                    carrier, product.Code, product.Name, new(price.Total, table.Currency), day, lane.Days,
                    Surcharges: price.Surcharges, Source: source, BillableGrams: price.Grams));
        }

        return new(rates.DrainToImmutable(), rejected.DrainToImmutable());
    }

    /// <summary>The zone of a way; null for one that the table does not cover.</summary>
    public static CourierZone? ZoneOf(CourierTable table, ShipAddress from, ShipAddress to)
    {
        if (!IsIn(table.From, from)) return null;
        foreach (var zone in table.Zones)
        {
            if (zone.Domestic && from.Country != to.Country) continue;
            if (zone.SharedPostcode > 0 && !Shares(from, to, zone.SharedPostcode)) continue;
            if (IsIn(zone.To, to)) return zone;
        }

        return null;
    }

    /// <summary>The day of delivery; null when the courier works too seldom to tell one.</summary>
    static DateOnly? Delivers(CarrierCalendar calendar, DateOnly shipOn, int days)
    {
        var day = shipOn;
        for (var i = 0; i < HorizonDays; i++, day = day.AddDays(1))
        {
            if (!Works(calendar, day)) continue;
            if (days-- == 0) return day;
        }

        return null;
    }

    static bool Works(CarrierCalendar calendar, DateOnly day) =>
        ((int)calendar.Days & (1 << (((int)day.DayOfWeek + 6) % 7))) != 0
        && (calendar.Holidays.IsDefaultOrEmpty || !calendar.Holidays.Contains(day));

    static (long Total, long Grams, ImmutableArray<Surcharge> Surcharges)? Price(
        CourierTable table, CourierProduct product, CourierLane lane, ReadOnlySpan<ParcelSpec> parcels,
        out LimitBreach? heavy)
    {
        var (carriage, bulky, grams) = (0L, 0L, 0L);
        heavy = null;
        for (var i = 0; i < parcels.Length; i++)
        {
            var billable = Math.Max(parcels[i].Grams, parcels[i].DimGrams(table.DimDivisor));
            if (Band(lane, billable) is not { } band)
            {
                heavy = new(i, ParcelLimit.Weight, lane.Bands.IsEmpty ? 0 : lane.Bands[^1].UpToGrams, billable);
                return null;
            }

            grams += billable;
            carriage += band.Minor;
            if (parcels[i].LengthAndGirthMm >= product.BulkyFromMm) bulky += product.BulkyMinor;
        }

        var fuel = (((carriage + bulky) * table.FuelPermille) + 500) / 1000;
        List<Surcharge> surcharges = [];
        if (bulky > 0) surcharges.Add(new("bulky", "Bulky parcel", new(bulky, table.Currency)));
        if (fuel > 0) surcharges.Add(new("fuel", "Fuel", new(fuel, table.Currency)));
        return (carriage + bulky + fuel, grams, [.. surcharges]);
    }

    static CourierBand? Band(CourierLane lane, long grams)
    {
        foreach (var band in lane.Bands)
            if (grams <= band.UpToGrams) return band;
        return null;
    }

    static bool IsIn(ImmutableArray<Region> regions, ShipAddress address) => regions.IsDefaultOrEmpty
        || regions.Any(r => (r.Country is null || r.Country == address.Country)
            && (r.Postcodes.IsDefaultOrEmpty || (address.Postcode is { } postcode
                && r.Postcodes.Any(start => Compact(postcode).StartsWith(start, StringComparison.Ordinal)))));

    static bool Shares(ShipAddress from, ShipAddress to, int count)
    {
        if (from.Postcode is null || to.Postcode is null) return false;
        var (a, b) = (Compact(from.Postcode), Compact(to.Postcode));
        return a.Length >= count && b.Length >= count && a.AsSpan(0, count).SequenceEqual(b.AsSpan(0, count));
    }

    static string Compact(string postcode) =>
        string.Concat(postcode.Where(c => c is not (' ' or '-'))).ToUpperInvariant();
}
