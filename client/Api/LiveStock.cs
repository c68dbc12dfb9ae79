using Fulfillment.Inventory;

namespace Fulfillment.Client.Api;

/// <summary>How many units of SKUs can be promised, asked of the SKUs themselves.</summary>
static class LiveStock
{
    const int MaxShortLines = 20;

    static readonly TimeSpan OfferWithin = TimeSpan.FromSeconds(2);

    /// <summary>The stock of each, asked at once.</summary>
    public static async Task<Dictionary<string, StockReply>> Of(
        Seat seat, IEnumerable<string> skus, CancellationToken cancel)
    {
        var asked = skus.Distinct().Select(id => (Id: id, Stock: seat.Sku(id).Stock(cancel).AsTask())).ToList();
        await Task.WhenAll(asked.Select(a => a.Stock));
        Dictionary<string, StockReply> told = [];
        foreach (var (id, stock) in asked) told.Add(id, await stock);
        return told;
    }

    /// <summary>
    /// What can be promised; of a kit as many as there are components for. <paramref name="parts"/> has the components.
    /// </summary>
    public static AvailabilityBody Body(string sku, StockReply s, Dictionary<string, StockReply> parts)
    {
        AvailabilityBody body = new(
            sku, s.OnHand, s.Held, s.Committed, Free(s), SkuCards.Nodes(s), s.Backordered, Expected(s),
            Lifecycle: SkuCards.Lifecycle(s.Card!));
        if (!s.Card!.IsKit) return body;
        return body with
        {
            Available = Kits(s.Card, parts),
            Kit = [.. s.Card.Kit.Select(p => new KitPartBody(p.Sku, p.Units, Free(parts[p.Sku])))],
        };
    }

    /// <summary>The SKUs to offer instead, best first, without those that are not sold.</summary>
    public static async Task<List<SubstituteBody>> Substitutes(Seat seat, SkuCard card, CancellationToken cancel)
    {
        if (card.Substitutes.IsDefaultOrEmpty) return [];
        var stock = await Of(seat, card.Substitutes, cancel);
        var parts = await Of(
            seat, stock.Values.Where(s => s.Card?.IsKit == true).SelectMany(s => s.Card!.Kit).Select(p => p.Sku),
            cancel);
        List<SubstituteBody> ranked = [];
        foreach (var id in card.Substitutes)
        {
            if (stock[id] is not { Card: { IsOrderable: true } other } s) continue;
            ranked.Add(new(
                ranked.Count + 1, id, other.Title, other.IsKit ? Kits(other, parts) : Free(s),
                other.TakesBackorders));
        }

        return ranked;
    }

    /// <summary>
    /// The short lines with what to offer instead, for the first of them: of a component that lacks, instead of its
    /// kit, where there is something. And the cards of their SKUs. Whoever is slow to tell is left out: the order is
    /// refused anyway, and that is the answer.
    /// </summary>
    public static async ValueTask<(OrderBody Order, Dictionary<string, SkuCard> Cards)> Offer(
        Seat seat, OrderBody order)
    {
        if (order.Short is not { } lines) return (order, []);
        var kits = (order.Kits ?? []).SelectMany(k => k.Lines.Select(line => (line, k))).ToDictionary(
            k => k.line, k => k.k);
        var (told, cards) = await Offer(
            seat, [.. lines.Select(l => l with { Kit = kits.GetValueOrDefault(l.Line)?.Id })],
            line => kits.GetValueOrDefault(line.Line)?.Sku);
        return (order with { Short = told }, cards);
    }

    /// <summary>The same for lines of no order; <paramref name="kitOf"/>: the kit that a line is of, if any.</summary>
    public static async ValueTask<(IReadOnlyList<ShortLineBody> Lines, Dictionary<string, SkuCard> Cards)> Offer(
        Seat seat, IReadOnlyList<ShortLineBody> lines, Func<ShortLineBody, string?> kitOf)
    {
        try
        {
            var cancel = Deadline.In(OfferWithin);
            var stock = await Of(
                seat, lines.Take(MaxShortLines).SelectMany(l => (string[])[l.Sku, kitOf(l) ?? l.Sku]), cancel);
            var cards = stock.Where(s => s.Value.Card is not null).ToDictionary(s => s.Key, s => s.Value.Card!);
            Dictionary<string, List<SubstituteBody>> offers = [];
            foreach (var (sku, card) in cards)
                if (!card.Substitutes.IsDefaultOrEmpty) offers.Add(sku, await Substitutes(seat, card, cancel));
            return ([.. lines.Select(l => l with { Substitutes = Instead(l) })], cards);

            List<SubstituteBody>? Instead(ShortLineBody line) =>
                kitOf(line) is { } kit && offers.TryGetValue(kit, out var ofKit)
                    ? ofKit : offers.GetValueOrDefault(line.Sku);
        }
        catch (Exception e) when (e is OperationCanceledException or ClusterException)
        {
            return (lines, []);
        }
    }

    /// <summary>What is expected, by date: supplies of one instant together.</summary>
    static List<ExpectedBody>? Expected(StockReply s) => s.Expected.IsDefaultOrEmpty ? null
        : [.. s.Expected.GroupBy(e => e.At).Select(g => new ExpectedBody(
            g.Key, g.Sum(e => e.Units), g.Sum(e => e.Pegged), g.Sum(e => e.Units - e.Pegged)))];

    /// <summary>Units that a new order would be promised from stock.</summary>
    public static long Free(StockReply s) => Math.Max(0, s.Available - s.Backordered);

    /// <summary>Kits that a new order would be promised from the stock of its components.</summary>
    public static long Kits(SkuCard card, Dictionary<string, StockReply> parts) =>
        card.Kit.Min(p => Free(parts[p.Sku]) / p.Units);
}
