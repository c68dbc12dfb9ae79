using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Shipping;

namespace Fulfillment.Client.Api;

/// <summary>
/// What customs will ask for of an order's goods and their cards do not say. Goods count where they would come over a
/// border: from every node that has them, or from every node when none has any. What a node on this side has too is
/// not asked of; should it come from elsewhere all the same, the label tells.
/// </summary>
static class CustomsCheck
{
    const int MostNodes = 10_000, MostReason = 400;

    /// <summary>
    /// The order as it is placed, held where its seller says so; or why it is refused, unless there is one of that id.
    /// </summary>
    public static async ValueTask<(OrderIntake.Draft Order, Problem? Refused)> Judge(
        Backend backend, Seat seat, OrderIntake.Draft order, string id)
    {
        if (await backend.Compliance.Customs(seat, CancellationToken.None) is not { } policy) return (order, null);
        var missing = await Of(backend, seat, order, CancellationToken.None);
        if (missing.Count > 0 && policy.Missing == MissingCustoms.Refuse && await seat.Order(id).Get() is null)
            return (order, Refused(missing));
        return (Held(order, missing, policy), null);
    }

    /// <summary>The lines whose goods lack something: the field, and which goods lack what on which ways.</summary>
    static async ValueTask<IReadOnlyList<FieldError>> Of(
        Backend backend, Seat seat, OrderIntake.Draft order, CancellationToken cancel)
    {
        if (order.ShipTo is not { } shipTo) return [];
        var to = CustomsArea.Of(shipTo.Country, shipTo.Postcode);
        var nodes = backend.Views.Nodes.List(null, MostNodes).Items.Where(n => n.Card.Country is not null)
            .ToDictionary(n => n.Node, n => CustomsArea.Of(n.Card.Country!, n.Card.Postcode));
        if (nodes.Values.All(from => !CustomsArea.IsLeft(from, to))) return [];
        var cards = await LiveStock.Of(seat, order.Lines.Select(l => l.Sku), cancel);
        var parts = await LiveStock.Of(
            seat, cards.Values.Where(c => c.Card?.IsKit == true).SelectMany(c => c.Card!.Kit).Select(p => p.Sku),
            cancel);
        List<FieldError> missing = [];
        for (var i = 0; i < order.Lines.Length; i++)
        {
            var (sku, isPriced) = (order.Lines[i].Sku, order.Lines[i].UnitPrice is { AmountMinor: > 0 });
            if (cards[sku].Card is not { } card) continue;
            foreach (var part in card.IsKit ? card.Kit.Select(p => p.Sku) : [sku])
            {
                var stock = card.IsKit ? parts[part] : cards[sku];
                var ways = WaysOf(stock, nodes, to);
                string[] fields = ways.Count == 0 || stock.Card is null ? []
                    : [.. CustomsContent.Missing(stock.Card.Product, isPriced)];
                if (fields.Length > 0)
                    missing.Add(new($"/lines/{i}/sku", "customs-data-missing",
                        $"{part} lacks {string.Join(", ", fields)} from {string.Join(", ", ways)} to "
                            + shipTo.Country));
            }
        }

        return missing;
    }

    /// <summary>Why an order is refused: who sends goods over a border has to say what they are.</summary>
    static Problem Refused(IReadOnlyList<FieldError> missing) => new(
        409, "customs-data-missing", "The state does not allow it.", $"{missing[0].Field}: {missing[0].Detail}.",
        missing);

    /// <summary>The order as it is placed: held, with what is missing.</summary>
    static OrderIntake.Draft Held(
        OrderIntake.Draft order, IReadOnlyList<FieldError> missing, CustomsPolicy policy)
    {
        if (missing.Count == 0 || policy.Missing != MissingCustoms.Hold) return order;
        var why = string.Join("; ", missing.Select(m => $"{m.Field}: {m.Detail}"));
        return order with
        {
            Customs = (order.Customs ?? new()) with
            {
                Missing = why.Length <= MostReason ? why : $"{why[..MostReason]}...",
            },
        };
    }

    /// <summary>The countries that it would come from over a border; none where it need not.</summary>
    static IReadOnlyList<string> WaysOf(
        StockReply stock, Dictionary<string, CustomsPlace> nodes, CustomsPlace to)
    {
        List<CustomsPlace> from =
            [.. stock.Nodes.Where(n => n.Sellable > 0 && nodes.ContainsKey(n.Node)).Select(n => nodes[n.Node])];
        if (from.Count == 0) from = [.. nodes.Values];
        return from.Exists(f => !CustomsArea.IsLeft(f, to)) ? []
            : [.. from.Select(f => f.Country).Distinct().Order(StringComparer.Ordinal)];
    }
}
