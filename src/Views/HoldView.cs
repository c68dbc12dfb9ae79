using System.Collections.Immutable;
using Fulfillment.Ordering;

namespace Fulfillment.Views;

/// <summary>
/// A hold in a list. Times in ms since 1970. <c>Due</c>: by when it should be decided; null when nobody waits.
/// <c>Position</c>: where in the journal it was placed.
/// </summary>
public sealed record HoldRow(
    string OrderId, int Number, string Type, string Reason, string By, long At, long? Due, string? Question,
    long? ReleasedAt, string? ReleasedBy, string? Release, long Position);

/// <summary>What stops orders: the queue of those who decide, the ones due first.</summary>
public sealed class HoldView(ViewDatabase database) : IView
{
    /// <summary>The due time of a hold that has none, to sort it last.</summary>
    const long Never = long.MaxValue;

    readonly List<Action<SqlWriter>> _changes = [];

    string IView.Tables =>
        """
        create table holds(
            seller text not null, order_id text not null, number int not null, type text not null, reason text not null,
            held_by text not null, at bigint not null, due bigint not null, question text, released_at bigint,
            released_by text, release text, is_open int not null, position bigint not null,
            primary key (seller, order_id, number)) {clustered};
        create index holds_by_due on holds(seller, is_open, due, position);
        create index holds_by_rule on holds(held_by, is_open, position)
        """;

    void IView.Apply(Fact fact)
    {
        if (fact.Event is OrderEvent.OrderHeld or OrderEvent.BuyerAsked or OrderEvent.HoldReleased) Take(fact);
    }

    void Take(Fact fact)
    {
        var (seller, order) = (fact.Entity.Seller, fact.Entity.Name);
        switch (fact.Event)
        {
            case OrderEvent.OrderHeld { Hold: var h }:
                _changes.Add(w => w.Run(
                    "insert into holds(seller, order_id, number, type, reason, held_by, at, due, question, "
                    + "released_at, released_by, release, is_open, position) "
                    + "values($1, $2, $3, $4, $5, $6, $7, $8, null, null, null, null, 1, $9) on conflict do nothing",
                    seller, order, h.Number, Words.Of(h.Type), h.Reason, h.By, h.At.ToUnixTimeMilliseconds(),
                    h.Due?.ToUnixTimeMilliseconds() ?? Never, fact.Position));
                break;
            case OrderEvent.BuyerAsked e:
                _changes.Add(w => w.Run(
                    "update holds set question = $1, due = $2 where seller = $3 and order_id = $4 and number = $5",
                    e.Question, e.Until.ToUnixTimeMilliseconds(), seller, order, e.Number));
                break;
            case OrderEvent.HoldReleased e:
                _changes.Add(w => w.Run(
                    "update holds set released_at = $1, released_by = $2, release = $3, is_open = 0 "
                    + "where seller = $4 and order_id = $5 and number = $6",
                    e.At.ToUnixTimeMilliseconds(), e.By, e.Reason, seller, order, e.Number));
                break;
        }
    }

    void IView.Flush(SqlWriter writer)
    {
        foreach (var change in _changes) change(writer);
        _changes.Clear();
    }

    void IView.Forget() => _changes.Clear();

    /// <summary>
    /// Holds of a seller: open ones, or released ones, those due first before the others. <paramref name="type"/>: only
    /// those; null for all. <paramref name="dueBefore"/>: only those that should be decided by then.
    /// </summary>
    public Page<HoldRow> List(
        string seller, bool open, string? type, DateTimeOffset? dueBefore, string? after, int limit)
    {
        var filters = "seller = @seller and is_open = @open and (due > @due or (due = @due and position > @position))";
        if (type is not null) filters += " and type = @type";
        if (dueBefore is not null) filters += " and due <= @before";
        var (due, position) = Read(after);
        var rows = database.Query<Row>(
            "select order_id as OrderId, number as Number, type as Type, reason as Reason, held_by as HeldBy, "
            + "at as At, due as Due, question as Question, released_at as ReleasedAt, released_by as ReleasedBy, "
            + $"release as Release, position as Position from holds where {filters} "
            + "order by due, position limit @count",
            new
            {
                seller,
                open = open ? 1 : 0,
                type,
                due,
                position,
                before = dueBefore?.ToUnixTimeMilliseconds() ?? 0,
                count = limit + 1,
            });
        return new(
            [.. rows.Take(limit).Select(r => r.Read())],
            rows.Count > limit ? $"{rows[limit - 1].Due:x}-{rows[limit - 1].Position:x}" : null);
    }

    /// <summary>
    /// The keys of orders, of all sellers, that somebody, or a rule, holds. <paramref name="after"/>: where the page
    /// before ended.
    /// </summary>
    public (ImmutableArray<string> Orders, string? Next) HeldBy(string by, string? after, int limit)
    {
        var position = after is null ? 0 : Cursor.Part(after);
        var rows = database.Query<KeyRow>(
            "select seller as Seller, order_id as OrderId, position as Position from holds where held_by = @by "
            + "and is_open = 1 and position > @position order by position limit @count",
            new { by, position, count = limit + 1 });
        return (
            [.. rows.Take(limit).Select(r => $"{r.Seller}/{r.OrderId}").Distinct()],
            rows.Count > limit ? $"{rows[limit - 1].Position:x}" : null);
    }

    static (long Due, long Position) Read(string? cursor)
    {
        if (cursor is null) return (-1, 0);
        var parts = cursor.Split('-');
        return parts.Length == 2 ? (Cursor.Part(parts[0]), Cursor.Part(parts[1]))
            : throw new FormatException("The cursor is not one that a page ended with.");
    }

    sealed class KeyRow
    {
        public string Seller { get; init; } = "";

        public string OrderId { get; init; } = "";

        public long Position { get; init; }
    }

    sealed class Row
    {
        public string OrderId { get; init; } = "";

        public int Number { get; init; }

        public string Type { get; init; } = "";

        public string Reason { get; init; } = "";

        public string HeldBy { get; init; } = "";

        public long At { get; init; }

        public long Due { get; init; }

        public string? Question { get; init; }

        public long? ReleasedAt { get; init; }

        public string? ReleasedBy { get; init; }

        public string? Release { get; init; }

        public long Position { get; init; }

        public HoldRow Read() => new(
            OrderId, Number, Type, Reason, HeldBy, At, Due == Never ? null : Due, Question, ReleasedAt, ReleasedBy,
            Release, Position);
    }
}
