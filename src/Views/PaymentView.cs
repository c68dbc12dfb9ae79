using Fulfillment.Payments;

namespace Fulfillment.Views;

/// <summary>
/// A payment in a list. Amounts in minor units; <c>Promised</c>: authorised in all. <c>Asked</c>, <c>Refused</c>:
/// authorisations. <c>Position</c>: of its first event.
/// </summary>
public sealed record PaymentRow(
    string OrderId, string Provider, string Currency, long DueMinor, long TakenMinor, long ReturnedMinor, long Asked,
    long Refused, string? Trouble, long Position);

/// <summary>How many promises of money were asked for, and how many were refused.</summary>
public sealed record PaymentCounts(long Asked, long Refused);

/// <summary>The payments, newest first: who owes what, what failed.</summary>
public sealed class PaymentView(ViewDatabase database) : IView
{
    readonly Rows<EntityId, Row> _rows = new(key => database.Query<Row>(
        "select provider as Provider, currency as Currency, due as DueMinor, taken as TakenMinor, "
        + "returned as ReturnedMinor, asked as Asked, refused as Refused, trouble as Trouble, position as Position "
        + "from payments where seller = @Seller and order_id = @Order",
        new { key.Seller, Order = key.Name }).SingleOrDefault());

    string IView.Tables =>
        """
        create table payments(
            seller text not null, order_id text not null, provider text not null, currency text not null,
            due bigint not null, taken bigint not null, returned bigint not null, asked int not null,
            refused int not null, trouble text, position bigint not null,
            primary key (seller, position)) {clustered};
        create unique index payments_by_order on payments(seller, order_id)
        """;

    void IView.Apply(Fact fact)
    {
        if (fact.Event is not PaymentEvent happened) return;
        var row = _rows.Change(fact.Entity);
        if (row is null)
        {
            row = new() { Position = fact.Position };
            _rows.Add(fact.Entity, row);
        }

        row.After(happened);
    }

    void IView.Flush(SqlWriter writer) => _rows.Flush((key, r) => writer.Run(
        "insert into payments(seller, order_id, provider, currency, due, taken, returned, asked, refused, trouble, "
        + "position) values($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) "
        + "on conflict (seller, position) do update set provider = excluded.provider, due = excluded.due, "
        + "taken = excluded.taken, returned = excluded.returned, asked = excluded.asked, refused = excluded.refused, "
        + "trouble = excluded.trouble",
        key.Seller, key.Name, r.Provider, r.Currency, r.DueMinor, r.TakenMinor, r.ReturnedMinor, r.Asked, r.Refused,
        r.Trouble, r.Position));

    void IView.Forget() => _rows.Forget();

    /// <summary>
    /// Payments of a seller, newest first. <paramref name="failed"/>: only those that somebody has to look at.
    /// </summary>
    public Page<PaymentRow> List(string seller, bool failed, string? before, int limit)
    {
        var filter = failed ? " and trouble is not null" : "";
        var rows = database.Query<Row>(
            "select order_id as OrderId, provider as Provider, currency as Currency, due as DueMinor, "
            + "taken as TakenMinor, returned as ReturnedMinor, asked as Asked, refused as Refused, trouble as Trouble, "
            + $"position as Position from payments where seller = @seller and position < @before{filter} "
            + "order by position desc limit @count",
            new { seller, before = Cursor.Read(before), count = limit + 1 });
        return Cursor.Page([.. rows.Select(r => r.Read())], limit, r => r.Position);
    }

    /// <summary>The rate of failed payments, as its two counts.</summary>
    public PaymentCounts Count(string seller) => database.Query<PaymentCounts>(
        "select cast(coalesce(sum(asked), 0) as bigint) as Asked, "
        + "cast(coalesce(sum(refused), 0) as bigint) as Refused from payments where seller = @seller",
        new { seller }).Single();

    sealed class Row
    {
        public string OrderId { get; init; } = "";

        public string Provider { get; set; } = "";

        public string Currency { get; set; } = "";

        public long DueMinor { get; set; }

        public long TakenMinor { get; set; }

        public long ReturnedMinor { get; set; }

        public int Asked { get; set; }

        public int Refused { get; set; }

        public string? Trouble { get; set; }

        public long Position { get; init; }

        public PaymentRow Read() => new(
            OrderId, Provider, Currency, DueMinor, TakenMinor, ReturnedMinor, Asked, Refused, Trouble, Position);

        public void After(PaymentEvent happened)
        {
            switch (happened)
            {
                case PaymentEvent.GoalSet e:
                    (Provider, Currency, DueMinor) = (e.Goal.Provider, e.Goal.Currency, e.Goal.DueMinor);
                    break;
                case PaymentEvent.AuthorisationAsked:
                    Asked++;
                    Trouble = null;
                    break;
                case PaymentEvent.MoneyTaken e:
                    TakenMinor += e.AmountMinor;
                    break;
                case PaymentEvent.MoneyReturned e:
                    ReturnedMinor += e.AmountMinor;
                    break;
                case PaymentEvent.ReturnSeen e:
                    ReturnedMinor += e.AmountMinor;
                    break;
                case PaymentEvent.StepRefused e:
                    if (e.About == ProviderStep.Authorise) Refused++;
                    if (e.Status != ProviderStatus.Expired) Trouble = e.Code;
                    break;
                case PaymentEvent.RetryOrdered:
                    Trouble = null;
                    break;
            }
        }
    }
}
