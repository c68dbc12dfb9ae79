namespace Fulfillment.Shipping;

/// <summary>
/// The largest parcel that a service takes: grams and millimetres, however it is turned. Null: no limit of that kind.
/// </summary>
public sealed record PackageLimits(
    long MaxGrams, int MaxLongestMm, int? MaxMiddleMm = null, int? MaxShortestMm = null,
    int? MaxLengthAndGirthMm = null)
{
    /// <summary>The first limit that a parcel is over, parcels in order; null when all are taken.</summary>
    public LimitBreach? Breach(ReadOnlySpan<ParcelSpec> parcels)
    {
        for (var i = 0; i < parcels.Length; i++)
            if (Breach(i, parcels[i]) is { } breach) return breach;
        return null;
    }

    /// <summary>A breach of the weight is overweight, every other one oversize.</summary>
    public static RateRejection ReasonOf(LimitBreach breach) =>
        breach.Limit == ParcelLimit.Weight ? RateRejection.Overweight : RateRejection.Oversize;

    LimitBreach? Breach(int at, ParcelSpec parcel)
    {
        if (parcel.Grams > MaxGrams) return new(at, ParcelLimit.Weight, MaxGrams, parcel.Grams);
        if (parcel.LongestMm > MaxLongestMm)
            return new(at, ParcelLimit.LongestEdge, MaxLongestMm, parcel.LongestMm);
        if (parcel.MiddleMm > MaxMiddleMm)
            return new(at, ParcelLimit.MiddleEdge, MaxMiddleMm.Value, parcel.MiddleMm);
        if (parcel.ShortestMm > MaxShortestMm)
            return new(at, ParcelLimit.ShortestEdge, MaxShortestMm.Value, parcel.ShortestMm);
        return parcel.LengthAndGirthMm > MaxLengthAndGirthMm
            ? new(at, ParcelLimit.LengthAndGirth, MaxLengthAndGirthMm.Value, parcel.LengthAndGirthMm) : null;
    }
}
