namespace Fulfillment.Shipping;

/// <summary>The order of a timeline: by the carrier's time, and at one moment always the same.</summary>
sealed class TimelineOrder : IComparer<TrackEvent>
{
    public static TimelineOrder It { get; } = new();

    public int Compare(TrackEvent? x, TrackEvent? y)
    {
        if (x is null || y is null) return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        var (c, i) = (x.At.CompareTo(y.At), 0);
        while (c == 0 && i < 4)
        {
            c = i++ switch
            {
                0 => x.Label.CompareTo(y.Label),
                1 => string.CompareOrdinal(x.Code, y.Code),
                2 => string.CompareOrdinal(x.Says, y.Says),
                _ => string.CompareOrdinal(x.Place, y.Place),
            };
        }

        return c;
    }
}
