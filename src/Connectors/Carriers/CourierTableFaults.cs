namespace Fulfillment.Connectors;

/// <summary>What a courier's file leaves out, or has where nothing can stand: by the place in it.</summary>
static class CourierTableFaults
{
    const int LongestId = 40, LongestName = 80, MostShared = 10;

    /// <summary>Each fault, in the order of the file.</summary>
    public static IEnumerable<string> Of(CourierTableFile file)
    {
        foreach (var (at, zone) in Items("zones", file.Zones))
            foreach (var fault in zone is null ? [$"{at}: must be an object."] : Of(at, zone)) yield return fault;
        foreach (var fault in Regions("from", file.From)) yield return fault;
        foreach (var (at, product) in Items("products", file.Products))
            foreach (var fault in product is null ? [$"{at}: must be an object."] : Of(at, product)) yield return fault;
    }

    static IEnumerable<string> Of(string at, CourierZoneFile zone)
    {
        if (zone.Id is not { Length: > 0 and <= LongestId })
            yield return $"{at}.id: must be 1 to {LongestId} characters.";
        if (zone.SharedPostcode is < 0 or > MostShared)
            yield return $"{at}.sharedPostcode: must be from 0 to {MostShared}.";
        foreach (var fault in Regions($"{at}.to", zone.To)) yield return fault;
    }

    static IEnumerable<string> Of(string at, CourierProductFile product)
    {
        if (product.Name is { Length: > LongestName })
            yield return $"{at}.name: must be at most {LongestName} characters.";
        foreach (var (name, limit) in ((string, int?)[])
            [("maxMiddleMm", product.MaxMiddleMm), ("maxShortestMm", product.MaxShortestMm),
                ("maxLengthAndGirthMm", product.MaxLengthAndGirthMm), ("bulkyFromMm", product.BulkyFromMm)])
            if (limit < 1) yield return $"{at}.{name}: must be positive.";
        HashSet<string> zones = new(StringComparer.Ordinal);
        foreach (var (place, lane) in Items($"{at}.lanes", product.Lanes))
        {
            if (lane is null)
            {
                yield return $"{place}: must be an object.";
                continue;
            }

            if (lane.Zone is null) yield return $"{place}.zone: is missing.";
            else if (!zones.Add(lane.Zone)) yield return $"{place}.zone: {lane.Zone} has a lane already.";
            if (lane.Days is null) yield return $"{place}.days: is missing.";
            foreach (var (band, told) in Items($"{place}.bands", lane.Bands))
            {
                if (told?.UpToGrams is null) yield return $"{band}.upToGrams: is missing.";
                if (told?.Minor is null) yield return $"{band}.minor: is missing.";
            }
        }
    }

    static IEnumerable<string> Regions(string at, IReadOnlyList<CourierRegionFile?>? regions)
    {
        foreach (var (place, region) in Items(at, regions))
        {
            if (region is null) yield return $"{place}: must be an object.";
            foreach (var (postcode, text) in Items($"{place}.postcodes", region?.Postcodes))
                if (string.IsNullOrWhiteSpace(text)) yield return $"{postcode}: must be the beginning of one.";
        }
    }

    static IEnumerable<(string At, T Item)> Items<T>(string at, IReadOnlyList<T>? items) =>
        (items ?? []).Select((item, i) => ($"{at}[{i}]", item));
}
