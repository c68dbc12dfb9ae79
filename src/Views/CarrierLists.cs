namespace Fulfillment.Views;

/// <summary>Lists of what carriers are asked for at nodes: their tables have the same columns to choose by.</summary>
static class CarrierLists
{
    /// <summary>
    /// Rows of a seller, newest first; all nodes, carriers and statuses where null. <paramref name="after"/>: the
    /// cursor of a page; <paramref name="position"/>: of a row.
    /// </summary>
    public static Page<TRow> Newest<TRow>(
        this ViewDatabase database, string table, string columns,
        (string Seller, string? Node, string? Carrier, string? Status) of, string? after, int limit,
        Func<TRow, long> position)
    {
        var filters = "seller = @seller and position < @before";
        if (of.Node is not null) filters += " and node = @node";
        if (of.Carrier is not null) filters += " and carrier = @carrier";
        if (of.Status is not null) filters += " and status = @status";
        var rows = database.Query<TRow>(
            $"select {columns} from {table} where {filters} order by position desc limit @count",
            new
            {
                seller = of.Seller,
                node = of.Node,
                carrier = of.Carrier,
                status = of.Status,
                before = after is null ? long.MaxValue : Cursor.Read(after),
                count = limit + 1,
            });
        return Cursor.Page(rows, limit, position);
    }
}
