namespace Fulfillment.Silo.Operating;

/// <summary>How fast the rounds go: that many events, that often.</summary>
public sealed record RoundsPace(TimeSpan Every, int Events)
{
    /// <summary>Half a second's work each minute: ten million events in some three hours.</summary>
    public static RoundsPace Usual { get; } = new(TimeSpan.FromMinutes(1), 50_000);
}
