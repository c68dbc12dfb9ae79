using System.Globalization;

namespace Fulfillment.Inventory;

// Facts that are told late: they count from now on, and show in the past where they happened.
public sealed partial record Sku
{
    /// <summary>How long ago a movement may have happened that is told now.</summary>
    public static readonly TimeSpan BackdatedAtMost = TimeSpan.FromDays(400);

    /// <summary>
    /// When the movement happened, where that was said; null when it happened as it was told, and for what is no
    /// movement told by somebody.
    /// </summary>
    public static DateTimeOffset? OccurredAt(SkuEvent happened) => happened switch
    {
        SkuEvent.StockReceived e => e.OccurredAt,
        SkuEvent.StockAdjusted e => e.OccurredAt,
        SkuEvent.StockMoved e => e.OccurredAt,
        _ => null,
    };

    /// <summary>Why a movement cannot have happened then; null when it can, and for one that was made.</summary>
    MoveStatus? Misdated(string id, DateTimeOffset? at, Turn turn) => at is null || Movements.TryGet(id, out _) ? null
        : at > turn.Now ? MoveStatus.NotYet
        : at < turn.Now - BackdatedAtMost ? MoveStatus.TooLongAgo : null;

    static long Dated(long content, DateTimeOffset? at) => at is not { } then ? content : Fingerprint.Of(
        content.ToString(CultureInfo.InvariantCulture),
        then.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
}
