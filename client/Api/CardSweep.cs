using Fulfillment.Views;

namespace Fulfillment.Client.Api;

/// <summary>
/// Lists of SKUs by what is on their cards: the list of all is gone through, a bounded part at a time.
/// </summary>
static class CardSweep
{
    /// <summary>
    /// The most SKUs that one request looks at; a page may have fewer items than asked for, and a next.
    /// </summary>
    public const int MostLookedAt = 5_000;

    /// <summary>What there is to say of SKUs, by id; null: nothing.</summary>
    public static Page<T> Page<T>(Backend backend, string seller, string? cursor, int limit, Func<SkuRow, T?> say)
        where T : class
    {
        List<T> items = [];
        var after = Paging.Id(cursor);
        for (var looked = 0; looked < MostLookedAt;)
        {
            var page = backend.Views.Stock.List(seller, after, Requests.MaxLimit);
            foreach (var row in page.Items)
            {
                looked++;
                after = row.Sku;
                if (say(row) is { } said) items.Add(said);
                if (items.Count == limit) return new(items, page.Next is null && row == page.Items[^1] ? null : after);
            }

            if (page.Next is null) return new(items, null);
        }

        return new(items, after);
    }
}
