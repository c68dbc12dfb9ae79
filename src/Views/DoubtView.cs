using Fulfillment.Inventory;
using Fulfillment.Packing;

namespace Fulfillment.Views;

/// <summary>
/// Doubted units in a list. <c>Job</c>: the fulfilment order at whose bench they are. <c>At</c>: ms since 1970.
/// <c>Outcome</c>: null while nobody has decided. <c>Attention</c>: why somebody has to see to them; null when nobody
/// has.
/// </summary>
public sealed record DoubtRow(
    string Job, int Number, string? Node, string Sku, long Units, string Reason, string By, long At, string? Outcome,
    string? Attention, long Position);

/// <summary>Units that were doubted at benches: those that somebody has to see to, oldest first.</summary>
public sealed class DoubtView(ViewDatabase database) : IView
{
    readonly List<Action<SqlWriter>> _changes = [];

    string IView.Tables =>
        """
        create table doubts(
            seller text not null, job text not null, number int not null, node text, sku text not null,
            units bigint not null, reason text not null, doubted_by text not null, at bigint not null, outcome text,
            attention text, tries int not null, is_open int not null, position bigint not null,
            primary key (seller, job, number)) {clustered};
        create index doubts_by_position on doubts(seller, is_open, position)
        """;

    void IView.Apply(Fact fact)
    {
        if (fact.Event is PackEvent happened) Take(fact, happened);
    }

    void Take(Fact fact, PackEvent happened)
    {
        switch (happened)
        {
            case PackEvent.DoubtReported e:
                _changes.Add(w => w.Run(
                    "insert into doubts(seller, job, number, node, sku, units, reason, doubted_by, at, outcome, "
                    + "attention, tries, is_open, position) "
                    + "values($1, $2, $3, $4, $5, $6, $7, $8, $9, null, $10, 0, 1, $11) on conflict do nothing",
                    fact.Entity.Seller, fact.Entity.Name, e.Doubt, e.Node, e.Sku, (long)e.Units, e.Reason, e.By,
                    e.At.ToUnixTimeMilliseconds(), Text(DoubtAttention.Undecided), fact.Position));
                break;
            case PackEvent.DoubtDecided e:
                var isGood = e.Outcome == DoubtOutcome.Good;
                _changes.Add(w => w.Run(
                    "update doubts set outcome = $1, attention = $2, is_open = $3 "
                    + "where seller = $4 and job = $5 and number = $6",
                    Words.Kebab($"{e.Outcome}"), isGood ? null : Text(DoubtAttention.BeingSetAside), isGood ? 0 : 1,
                    fact.Entity.Seller, fact.Entity.Name, e.Doubt));
                break;
            case PackEvent.DoubtSetAside e:
                var (isDone, isLater) = (e.Status is MoveStatus.Done or MoveStatus.AlreadyDone,
                    e.Status is MoveStatus.Committed or MoveStatus.Reserved);
                _changes.Add(w => w.Run(
                    "update doubts set tries = tries + 1, is_open = $1, "
                    + "attention = case when tries + 1 >= $2 then $3 else $4 end "
                    + "where seller = $5 and job = $6 and number = $7",
                    isDone ? 0 : 1, isLater ? PackJob.MaxTries : int.MaxValue,
                    Text(DoubtAttention.NotSetAside),
                    isDone ? null : Text(isLater ? DoubtAttention.PromisedToOthers : DoubtAttention.NotSetAside),
                    fact.Entity.Seller, fact.Entity.Name, e.Doubt));
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
    /// Those of a seller that somebody has to see to, or the others. <paramref name="node"/>: only there; null: all.
    /// </summary>
    public Page<DoubtRow> List(string seller, bool open, string? node, string? after, int limit)
    {
        var filters = "seller = @seller and is_open = @open and position > @position";
        if (node is not null) filters += " and node = @node";
        var position = after is null ? 0 : Cursor.Part(after);
        var rows = database.Query<Row>(
            "select job as Job, number as Number, node as Node, sku as Sku, units as Units, reason as Reason, "
            + "doubted_by as DoubtedBy, at as At, outcome as Outcome, attention as Attention, position as Position "
            + $"from doubts where {filters} order by position limit @count",
            new { seller, node, position, open = open ? 1 : 0, count = limit + 1 });
        return new(
            [.. rows.Take(limit).Select(r => r.Read())],
            rows.Count > limit ? $"{rows[limit - 1].Position:x}" : null);
    }

    static string Text(DoubtAttention attention) => Words.Kebab($"{attention}");

    sealed class Row
    {
        public string Job { get; init; } = "";

        public int Number { get; init; }

        public string? Node { get; init; }

        public string Sku { get; init; } = "";

        public long Units { get; init; }

        public string Reason { get; init; } = "";

        public string DoubtedBy { get; init; } = "";

        public long At { get; init; }

        public string? Outcome { get; init; }

        public string? Attention { get; init; }

        public long Position { get; init; }

        public DoubtRow Read() =>
            new(Job, Number, Node, Sku, Units, Reason, DoubtedBy, At, Outcome, Attention, Position);
    }
}
