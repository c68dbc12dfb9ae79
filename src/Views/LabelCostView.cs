using Fulfillment.Shipping;

namespace Fulfillment.Views;

/// <summary>
/// What labels of a carrier were to cost and did, of one currency. <c>Labels</c>: bought. <c>Compared</c>: of them,
/// those that had a price before, in the same currency, and one from the carrier; the sums are of these, minor units.
/// <c>Off</c>: by how much they differ, whether more or less. <c>Dearer</c>: labels that cost more. <c>Most</c>: the
/// most that one cost more.
/// </summary>
public sealed record QuoteErrorRow
{
    /// <summary>Whose labels.</summary>
    public string Carrier { get; init; } = "";

    /// <summary>Of the price that the carrier charged; "" where he told none.</summary>
    public string Currency { get; init; } = "";

    /// <inheritdoc cref="QuoteErrorRow"/>
    public long Labels { get; init; }

    /// <inheritdoc cref="QuoteErrorRow"/>
    public long Compared { get; init; }

    /// <summary>What they were to cost.</summary>
    public long Quoted { get; init; }

    /// <summary>What the carrier charged when they were bought.</summary>
    public long Charged { get; init; }

    /// <inheritdoc cref="QuoteErrorRow"/>
    public long Off { get; init; }

    /// <inheritdoc cref="QuoteErrorRow"/>
    public long Dearer { get; init; }

    /// <inheritdoc cref="QuoteErrorRow"/>
    public long Most { get; init; }
}

/// <summary>What labels were to cost, and what carriers charged for them.</summary>
public sealed class LabelCostView(ViewDatabase database) : IView
{
    readonly Rows<(string Seller, string Parcel, int Number), Row> _rows = new(
        key => database.Query<Row>(
            "select carrier as Carrier, quoted as Quoted, quoted_currency as QuotedCurrency, charged as Charged, "
            + "charged_currency as ChargedCurrency, bought_at as BoughtAt from label_costs "
            + "where seller = @Seller and parcel = @Parcel and number = @Number",
            new { key.Seller, key.Parcel, key.Number }).SingleOrDefault(), most: 500);

    string IView.Tables =>
        """
        create table label_costs(
            seller text not null, parcel text not null, number bigint not null, carrier text not null,
            quoted bigint not null, quoted_currency text not null, charged bigint not null,
            charged_currency text not null, bought_at bigint not null,
            primary key (seller, parcel, number)) {clustered};
        create index label_costs_by_time on label_costs(seller, bought_at)
        """;

    /// <summary>
    /// Carriers and currencies of labels that were bought from a moment on and before another (ms since 1970), by name.
    /// Labels that were voided since count too: what a carrier said they would cost was wrong or right.
    /// </summary>
    public IReadOnlyList<QuoteErrorRow> Errors(string seller, long from, long until)
    {
        const string alike = "quoted_currency = charged_currency and charged_currency <> ''";
        return database.Query<QuoteErrorRow>(
            "select carrier as Carrier, charged_currency as Currency, count(*) as Labels, "
            + $"{Sum("1")} as Compared, {Sum("quoted")} as Quoted, {Sum("charged")} as Charged, "
            + $"{Sum("abs(charged - quoted)")} as Off, "
            + $"{Sum("(case when charged > quoted then 1 else 0 end)")} as Dearer, "
            + $"cast(max(case when {alike} and charged > quoted then charged - quoted else 0 end) as bigint) as Most "
            + "from label_costs "
            + "where seller = @seller and bought_at > 0 and bought_at >= @from and bought_at < @until "
            + "group by carrier, charged_currency order by carrier, charged_currency",
            new { seller, from, until });

        static string Sum(string value) => $"cast(sum(case when {alike} then {value} else 0 end) as bigint)";
    }

    void IView.Apply(Fact fact)
    {
        if (fact.Event is ParcelEvent.LabelOrdered ordered)
        {
            _rows.Add((fact.Entity.Seller, fact.Entity.Name, ordered.Number), new()
            {
                Carrier = ordered.Terms.Carrier,
                Quoted = ordered.Terms.Quoted?.AmountMinor ?? 0,
                QuotedCurrency = ordered.Terms.Quoted?.Currency ?? "",
            });
        }
        else if (fact.Event is ParcelEvent.LabelBought bought
            && _rows.Change((fact.Entity.Seller, fact.Entity.Name, bought.Number)) is { } row)
        {
            row.Charged = bought.Price?.AmountMinor ?? 0;
            row.ChargedCurrency = bought.Price?.Currency ?? "";
            row.BoughtAt = bought.At.ToUnixTimeMilliseconds();
        }
    }

    void IView.Flush(SqlWriter writer) => _rows.Flush((key, row) => writer.Run(
        "insert into label_costs(seller, parcel, number, carrier, quoted, quoted_currency, charged, charged_currency, "
        + "bought_at) values($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (seller, parcel, number) do update set "
        + "charged = excluded.charged, charged_currency = excluded.charged_currency, bought_at = excluded.bought_at",
        key.Seller, key.Parcel, key.Number, row.Carrier, row.Quoted, row.QuotedCurrency, row.Charged,
        row.ChargedCurrency, row.BoughtAt));

    void IView.Forget() => _rows.Forget();

    sealed class Row
    {
        public string Carrier { get; set; } = "";

        public long Quoted { get; set; }

        public string QuotedCurrency { get; set; } = "";

        public long Charged { get; set; }

        public string ChargedCurrency { get; set; } = "";

        public long BoughtAt { get; set; }
    }
}
