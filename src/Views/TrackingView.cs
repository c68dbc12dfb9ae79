using Fulfillment.Shipping;

namespace Fulfillment.Views;

/// <summary>
/// A case of a parcel in a list. Times in ms since 1970, days as days since 0001-01-01; "" and 0: none.
/// </summary>
public sealed record ParcelCaseRow
{
    /// <summary>The parcel.</summary>
    public string Parcel { get; init; } = "";

    /// <summary>Counts the parcel's cases from 1.</summary>
    public long Number { get; init; }

    /// <summary>Of which order.</summary>
    public string Order { get; init; } = "";

    /// <summary>Of which of its fulfilment orders.</summary>
    public long Fulfilment { get; init; }

    /// <summary>Where it was sent from.</summary>
    public string Node { get; init; } = "";

    /// <summary>Who carries it.</summary>
    public string Carrier { get; init; } = "";

    /// <summary>The number that he tracks it by.</summary>
    public string TrackingNumber { get; init; } = "";

    /// <summary>What is wrong.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What is to be done.</summary>
    public string Next { get; init; } = "";

    /// <summary>The carrier's code.</summary>
    public string Code { get; init; } = "";

    /// <summary>The carrier's words.</summary>
    public string Says { get; init; } = "";

    /// <summary>The day that was promised.</summary>
    public long Promised { get; init; }

    /// <summary>The day that its carrier expected then.</summary>
    public long Expected { get; init; }

    /// <summary>Since when, by the carrier's time.</summary>
    public long Since { get; init; }

    /// <summary>When it was opened.</summary>
    public long OpenedAt { get; init; }

    /// <summary>When it was closed; 0 while it is open.</summary>
    public long ClosedAt { get; init; }

    /// <summary>What was done; "" where it ended by itself.</summary>
    public string Resolution { get; init; } = "";

    /// <summary>How far telling the buyer is; "" where he is not told of it.</summary>
    public string Notice { get; init; } = "";

    /// <summary>Where it was opened in the journal.</summary>
    public long Position { get; init; }
}

/// <summary>
/// A code that a carrier tells and that we have no word for. <c>At</c>: ms since 1970, of the last time.
/// </summary>
public sealed record UnknownCodeRow
{
    /// <summary>Whose code it is.</summary>
    public string Carrier { get; init; } = "";

    /// <summary>The code.</summary>
    public string Code { get; init; } = "";

    /// <summary>His words, as they were told last.</summary>
    public string Says { get; init; } = "";

    /// <summary>How often it was told.</summary>
    public long Told { get; init; }

    /// <summary>When it was told last.</summary>
    public long At { get; init; }
}

/// <summary>Labels by their carriers' numbers, cases of parcels, and codes that nobody knows.</summary>
public sealed class TrackingView(ViewDatabase database) : IView
{
    readonly List<Action<SqlWriter>> _changes = [];

    string IView.Tables =>
        """
        create table parcel_labels(
            seller text not null, parcel text not null, label bigint not null, carrier text not null,
            tracking_number text not null, shipment text not null, primary key (seller, parcel, label)) {clustered};
        create index parcel_labels_by_number on parcel_labels(tracking_number);
        create index parcel_labels_by_shipment on parcel_labels(shipment);
        create table parcel_cases(
            seller text not null, parcel text not null, number bigint not null, order_id text not null,
            fulfilment bigint not null, node text not null, carrier text not null, tracking_number text not null,
            reason text not null, next text not null, code text not null, says text not null,
            promised bigint not null, expected bigint not null, since bigint not null, opened_at bigint not null,
            closed_at bigint not null, resolution text not null, notice text not null, position bigint not null,
            primary key (seller, parcel, number)) {clustered};
        create index parcel_cases_by_age on parcel_cases(seller, position);
        create table tracking_codes(
            seller text not null, carrier text not null, code text not null, says text not null, told bigint not null,
            at bigint not null, primary key (seller, carrier, code)) {clustered}
        """;

    /// <summary>Which labels have that number, of a parcel or a shipment, with a carrier.</summary>
    public IReadOnlyList<(string Seller, string Parcel, long Label)> Labels(string carrier, string number) =>
        number.Length == 0 ? [] :
        [
            .. database.Query<(string, string, long)>(
                "select seller, parcel, label from parcel_labels where carrier = @carrier and "
                + "(tracking_number = @number or shipment = @number) order by seller, parcel, label limit 100",
                new { carrier, number }),
        ];

    /// <summary>
    /// Cases of a seller, oldest first; open and closed ones, of all nodes and reasons, where null.
    /// <paramref name="told"/>: those that the buyer was told of, or those that he is to be told of and was not.
    /// <paramref name="after"/>: the cursor of a page.
    /// </summary>
    public Page<ParcelCaseRow> Cases(
        string seller, bool? open, string? node, string? reason, bool? told, string? after, int limit)
    {
        var filters = "seller = @seller and position > @after";
        if (open is { } isOpen) filters += isOpen ? " and closed_at = 0" : " and closed_at > 0";
        if (node is not null) filters += " and node = @node";
        if (reason is not null) filters += " and reason = @reason";
        if (told is { } isTold) filters += isTold ? " and notice = @sent" : " and notice not in (@sent, '')";
        var rows = database.Query<ParcelCaseRow>(
            "select parcel as Parcel, number as Number, order_id as \"Order\", fulfilment as Fulfilment, node as Node, "
            + "carrier as Carrier, tracking_number as TrackingNumber, reason as Reason, next as Next, code as Code, "
            + "says as Says, promised as Promised, expected as Expected, since as Since, opened_at as OpenedAt, "
            + "closed_at as ClosedAt, resolution as Resolution, notice as Notice, position as Position "
            + $"from parcel_cases where {filters} order by position limit @count",
            new
            {
                seller,
                node,
                reason,
                sent = Words.Kebab($"{ParcelNoticeStatus.Sent}"),
                after = after is null ? 0 : Cursor.Read(after),
                count = limit + 1,
            });
        return Cursor.Page(rows, limit, r => r.Position);
    }

    /// <summary>
    /// Codes that carriers told a seller and that we have no word for, at most 500, by carrier and code.
    /// </summary>
    public IReadOnlyList<UnknownCodeRow> UnknownCodes(string seller) =>
        [.. database.Query<UnknownCodeRow>(
            "select carrier as Carrier, code as Code, says as Says, told as Told, at as At from tracking_codes "
            + "where seller = @seller order by carrier, code limit 500", new { seller })];

    void IView.Apply(Fact fact)
    {
        if (fact.Event is ParcelEvent happened) Apply(fact, happened, fact.Entity.Seller, fact.Entity.Name);
    }

    void Apply(Fact fact, ParcelEvent happened, string seller, string parcel)
    {
        switch (happened)
        {
            case ParcelEvent.LabelOrdered e:
                _changes.Add(w => w.Run(
                    "insert into parcel_labels(seller, parcel, label, carrier, tracking_number, shipment) "
                    + "values($1, $2, $3, $4, '', '') on conflict do nothing",
                    seller, parcel, e.Number, e.Terms.Carrier));
                break;
            case ParcelEvent.LabelBought e:
                _changes.Add(w => w.Run(
                    "update parcel_labels set tracking_number = $1, shipment = $2 "
                    + "where seller = $3 and parcel = $4 and label = $5",
                    e.TrackingNumber, e.Shipment, seller, parcel, e.Number));
                break;
            case ParcelEvent.CaseOpened e:
                _changes.Add(w => Open(w, e, seller, parcel, fact.Position));
                break;
            case ParcelEvent.CaseClosed e:
                _changes.Add(w => w.Run(
                    "update parcel_cases set closed_at = $1, resolution = $2 "
                    + "where seller = $3 and parcel = $4 and number = $5",
                    e.At.ToUnixTimeMilliseconds(), e.Resolution ?? "", seller, parcel, e.Case));
                break;
            case ParcelEvent.NoticeAsked e:
                Notice(seller, parcel, e.Case, ParcelNoticeStatus.Asked);
                break;
            case ParcelEvent.NoticeUntold e:
                Notice(seller, parcel, e.Case, ParcelNoticeStatus.Failing);
                break;
            case ParcelEvent.NoticeAnswered e:
                Notice(seller, parcel, e.Case, e.Status);
                break;
            case ParcelEvent.ParcelTracked e:
                foreach (var told in e.Told.Where(t => t.Milestone == Milestone.Other))
                    _changes.Add(w => Count(w, e, told, seller));
                break;
        }
    }

    void Notice(string seller, string parcel, int number, ParcelNoticeStatus status) => _changes.Add(w => w.Run(
        "update parcel_cases set notice = $1 where seller = $2 and parcel = $3 and number = $4",
        Words.Kebab($"{status}"), seller, parcel, number));

    static void Open(SqlWriter writer, ParcelEvent.CaseOpened e, string seller, string parcel, long position) =>
        writer.Run(
            "insert into parcel_cases(seller, parcel, number, order_id, fulfilment, node, carrier, tracking_number, "
            + "reason, next, code, says, promised, expected, since, opened_at, closed_at, resolution, notice, "
            + "position) "
            + "values($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 0, '', '', $17) "
            + "on conflict do nothing",
            seller, parcel, e.Case.Number, e.Order, e.Fulfilment, e.Node, e.Carrier, e.TrackingNumber ?? "",
            Words.Kebab($"{e.Case.Reason}"), Words.Kebab($"{e.Case.Next}"), e.Case.Code ?? "", e.Case.Says ?? "",
            e.Case.Promised?.DayNumber ?? 0, e.Case.Expected?.DayNumber ?? 0, e.Case.Since.ToUnixTimeMilliseconds(),
            e.Case.OpenedAt.ToUnixTimeMilliseconds(), position);

    static void Count(SqlWriter writer, ParcelEvent.ParcelTracked e, TrackEvent told, string seller) => writer.Run(
        "insert into tracking_codes(seller, carrier, code, says, told, at) values($1, $2, $3, $4, 1, $5) "
        + "on conflict (seller, carrier, code) do update set told = tracking_codes.told + 1, says = excluded.says, "
        + "at = excluded.at",
        seller, e.Carrier, told.Code, told.Says, e.At.ToUnixTimeMilliseconds());

    void IView.Flush(SqlWriter writer)
    {
        foreach (var change in _changes) change(writer);
        _changes.Clear();
    }

    void IView.Forget() => _changes.Clear();
}
