namespace Fulfillment.Routing;

/// <summary>A place on earth, degrees, WGS 84.</summary>
readonly record struct Coordinates(double Latitude, double Longitude)
{
    /// <summary>Half the way around the earth, in kilometres: nothing is farther.</summary>
    public const int FarthestKm = 20_015;

    const int EarthRadiusKm = 6_371;

    /// <summary>The place, where both are known.</summary>
    public static Coordinates? Of(double? Latitude, double? Longitude) =>
        Latitude is { } latitude && Longitude is { } longitude ? new(latitude, longitude) : null;

    /// <summary>The great circle to another place, by the haversine formula, whole kilometres.</summary>
    public int KmTo(Coordinates other)
    {
        var radian = Math.PI / 180;
        var height = Math.Sin((other.Latitude - Latitude) * radian / 2);
        var width = Math.Sin((other.Longitude - Longitude) * radian / 2);
        var chord = height * height
            + Math.Cos(Latitude * radian) * Math.Cos(other.Latitude * radian) * width * width;
        return (int)Math.Round(2 * EarthRadiusKm * Math.Asin(Math.Sqrt(Math.Min(1, chord))));
    }
}
