using Fulfillment.Catalog;
using Fulfillment.Inventory;

namespace Fulfillment.Client.Api;

/// <summary>
/// Sets cards of SKUs that name GTINs. Each new GTIN is claimed first; then the card is set, if it is still the one
/// that was read before. What comes of a claim without a card is the GTIN's own affair.
/// </summary>
static class NumberedCards
{
    const int MaxTries = 5;

    /// <summary>
    /// Sets the card. Throws when another SKU has one of its GTINs. <paramref name="onlyTry"/>: the reply is as it
    /// would be, and nothing is written.
    /// </summary>
    public static async ValueTask<DefineReply> Define(
        Seat seat, string sku, SkuCard card, long? ifRevision, CancellationToken cancel, bool onlyTry = false)
    {
        if (onlyTry)
        {
            await Fresh(seat, sku, card, (await seat.Sku(sku).Stock(cancel)).Card, cancel);
            return await seat.Sku(sku).TryDefine(card, ifRevision, cancel);
        }

        if (!Packs.Gtins(card.Packs).Any()) return await seat.Sku(sku).Define(card, ifRevision, cancel: cancel);
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var known = await seat.Sku(sku).Stock(cancel);
            if (ifRevision is { } wanted && wanted != known.Revision)
                return new(DefineStatus.Stale, known.Revision);
            var until = await Claim(seat, sku, card, known.Card, cancel);
            var reply = await seat.Sku(sku).Define(card, known.Revision, until, cancel);
            if (reply.Status != DefineStatus.TooLate && (reply.Status != DefineStatus.Stale || ifRevision is not null))
                return reply;
        }

        throw new ProblemException(new(
            503, "contended", "It was not done.", $"Others change {sku} all the time.", retryAfter: 1));
    }

    /// <summary>Claims what the card names anew; returns how long that is good, null when nothing is new.</summary>
    static async ValueTask<DateTimeOffset?> Claim(
        Seat seat, string sku, SkuCard card, SkuCard? known, CancellationToken cancel)
    {
        // All are looked at before any is claimed: who is refused should leave none behind.
        var fresh = await Fresh(seat, sku, card, known, cancel);
        Fields taken = new();
        DateTimeOffset? until = null;
        foreach (var (gtin, at) in fresh)
        {
            var reply = await seat.TradeItem(gtin).Claim(sku, cancel);
            if (reply.Status == ClaimGtinStatus.Taken) Refuse(taken, at, gtin, reply.Sku);
            else if (until is null || reply.Until < until) until = reply.Until;
        }

        Check(taken);
        return until;
    }

    /// <summary>What the card names anew, and where. Throws when another SKU has one.</summary>
    static async ValueTask<List<(string Gtin, int At)>> Fresh(
        Seat seat, string sku, SkuCard card, SkuCard? known, CancellationToken cancel)
    {
        if (card.Packs.IsDefault) return [];
        var fresh = card.Packs
            .Select((p, at) => (Gtin: p.Gtin!, At: at))
            .Where(p => p.Gtin is not null && Packs.Numbered(known?.Packs ?? default, p.Gtin) is null).ToList();
        Fields taken = new();
        foreach (var (gtin, at) in fresh)
            if ((await seat.TradeItem(gtin).Get(cancel)).Sku is { } owner && owner != sku)
                Refuse(taken, at, gtin, owner);
        Check(taken);
        return fresh;
    }

    static void Refuse(Fields taken, int at, string gtin, string owner) =>
        taken.Add($"/packs/{at}/gtin", "gtin-taken", $"{gtin} is the GTIN of {owner}");

    static void Check(Fields taken)
    {
        if (taken.Errors.Count > 0)
            throw new ProblemException(new(
                409, "gtin-taken", "The state does not allow it.", taken.Errors[0].Detail + ".", taken.Errors));
    }
}
