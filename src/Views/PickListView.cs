using Fulfillment.Inventory;
using Fulfillment.Picking;

namespace Fulfillment.Views;

/// <summary>A pick list in a list. Times in ms since 1970; <c>Due</c> null: none.</summary>
public sealed record PickListRow
{
    /// <summary>The list.</summary>
    public string Id { get; init; } = "";

    /// <summary>Where.</summary>
    public string Node { get; init; } = "";

    /// <summary>How far it is.</summary>
    public string Status { get; init; } = "";

    /// <summary>How the units are gathered.</summary>
    public string Method { get; init; } = "";

    /// <summary>With what it was released; "" for alone.</summary>
    public string Wave { get; init; } = "";

    /// <summary>Who picks it; "" for nobody.</summary>
    public string Picker { get; init; } = "";

    /// <summary>When its first parcel is to leave.</summary>
    public long? Due { get; init; }

    /// <summary>Fulfilment orders.</summary>
    public long Works { get; init; }

    /// <summary>Units to be picked.</summary>
    public long Units { get; init; }

    /// <summary>Units in totes.</summary>
    public long Picked { get; init; }

    /// <summary>Units that were not there.</summary>
    public long Short { get; init; }

    /// <summary>When it was released.</summary>
    public long At { get; init; }

    /// <summary>Where it was released in the journal.</summary>
    public long Position { get; init; }
}

/// <summary>
/// Scans of somebody that ended so, in the words of <see cref="PickFault"/> or, where the SKU gave no units, of
/// <see cref="PickStatus"/>; <c>Fault</c> "": units were picked.
/// </summary>
public sealed record PickTally
{
    /// <summary>Who.</summary>
    public string Picker { get; init; } = "";

    /// <summary>How they ended.</summary>
    public string Fault { get; init; } = "";

    /// <summary>How many.</summary>
    public long Scans { get; init; }
}

/// <summary>Pick lists, those to be picked first first, and how well scans go.</summary>
public sealed class PickListView(ViewDatabase database) : IView
{
    /// <summary>How a scan ends is not known before the SKU has answered.</summary>
    const string Pending = "pending";

    const int MostAsked = 500;

    const string Columns =
        "id as Id, node as Node, status as Status, method as Method, wave as Wave, picker as Picker, due as Due, "
        + "works as Works, units as Units, picked as Picked, short as Short, at as At, position as Position";

    readonly Rows<(string Seller, string Id), Row> _rows = new(
        key => database.Query<PickListRow>(
            $"select {Columns} from pick_lists where seller = @Seller and id = @Id", new { key.Seller, key.Id })
            .Select(r => new Row(r)).SingleOrDefault(), most: 200);

    string IView.Tables =>
        """
        create table pick_lists(
            seller text not null, id text not null, node text not null, status text not null, method text not null,
            wave text not null, picker text not null, due bigint, works bigint not null, units bigint not null,
            picked bigint not null, short bigint not null, at bigint not null, position bigint not null,
            primary key (seller, id)) {clustered};
        create index pick_lists_by_age on pick_lists(seller, position);
        create index pick_lists_by_status on pick_lists(seller, node, status);
        create table pick_scans(
            seller text not null, id text not null, scan bigint not null, node text not null, picker text not null,
            fault text not null, at bigint not null, primary key (seller, id, scan)) {clustered};
        create index pick_scans_by_node on pick_scans(seller, node, at);
        create table pick_works(
            seller text not null, id text not null, order_id text not null, number int not null,
            primary key (seller, id, order_id, number)) {clustered};
        create index pick_works_by_order on pick_works(seller, order_id, number)
        """;

    /// <summary>
    /// Pick lists of a seller, oldest first; at all nodes, of all statuses and waves where null.
    /// <paramref name="after"/>: the cursor of a page.
    /// </summary>
    public Page<PickListRow> List(
        string seller, string? node, PickListStatus? status, string? wave, string? after, int limit)
    {
        var filters = "seller = @seller and position > @after";
        if (node is not null) filters += " and node = @node";
        if (status is not null) filters += " and status = @status";
        if (wave is not null) filters += " and wave = @wave";
        var rows = database.Query<PickListRow>(
            $"select {Columns} from pick_lists where {filters} order by position limit @count",
            new
            {
                seller,
                node,
                wave,
                status = status is { } s ? Words.Kebab($"{s}") : null,
                after = after is null ? 0 : Cursor.Read(after),
                count = limit + 1,
            });
        return Cursor.Page(rows, limit, r => r.Position);
    }

    /// <summary>Lists that are not picked yet.</summary>
    public IReadOnlyList<string> Live(string seller, string node) => database.Query<string>(
        "select id from pick_lists where seller = @seller and node = @node and status in ('released', 'picking') "
        + "order by position", new { seller, node });

    /// <summary>Fulfilment orders of these orders that are or were on lists.</summary>
    public HashSet<(string Order, int Number)> Listed(string seller, IEnumerable<string> orders)
    {
        HashSet<(string, int)> listed = [];
        foreach (var some in orders.Distinct().Chunk(MostAsked))
        {
            listed.UnionWith(database.Query<(string Order, int Number)>(
                "select order_id, number from pick_works where seller = @seller and order_id "
                + database.Among("@some"), new { seller, some }));
        }

        return listed;
    }

    /// <summary>How scans at a node ended in the period, in ms since 1970, by who made them.</summary>
    public IReadOnlyList<PickTally> Tallies(string seller, string node, long from, long until) =>
        database.Query<PickTally>(
            "select picker as Picker, fault as Fault, count(*) as Scans from pick_scans where seller = @seller "
            + "and node = @node and at >= @from and at < @until and fault <> @Pending group by picker, fault "
            + "order by picker, fault", new { seller, node, from, until, Pending });

    void IView.Apply(Fact fact)
    {
        if (fact.Event is not PickListEvent happened) return;
        var key = (fact.Entity.Seller, fact.Entity.Name);
        if (_rows.Change(key) is not { } row) _rows.Add(key, row = new(new() { Position = fact.Position }));
        row.List = happened switch
        {
            PickListEvent.PickListReleased e => row.List with
            {
                Id = fact.Entity.Name,
                Node = e.Terms.Node,
                Status = Words.Kebab($"{PickListStatus.Released}"),
                Method = Words.Kebab($"{e.Terms.Method}"),
                Wave = e.Terms.Wave ?? "",
                Due = e.Terms.Due?.ToUnixTimeMilliseconds(),
                Works = e.Terms.For.Length,
                Units = e.Terms.Tasks.Sum(t => (long)t.Units),
                At = e.At.ToUnixTimeMilliseconds(),
            },
            PickListEvent.PickListClaimed e => row.List with { Picker = e.By },
            PickListEvent.WorkStarted e => row.List with { Units = row.List.Units - e.Fewer.Sum(f => (long)f.Units) },
            PickListEvent.PickAnswered e => row.List with
            {
                Picked = row.List.Picked + e.Units,
                Units = row.List.Units - e.Fewer,
            },
            PickListEvent.ShortReported e => row.List with
            {
                Short = row.List.Short + e.Units,
                Units = row.List.Units + (e.Elsewhere.IsDefault ? 0 : e.Elsewhere.Sum(p => (long)p.Units)),
            },
            PickListEvent.PickListCancelled => row.List with { Status = Words.Kebab($"{PickListStatus.Cancelled}") },
            _ => row.List,
        };
        switch (happened)
        {
            case PickListEvent.PickListReleased e:
                row.Works.AddRange(e.Terms.For);
                break;
            case PickListEvent.UnitsScanned e:
                row.Scans.Add((e.Scan, e.By, Pending, e.At));
                break;
            case PickListEvent.PickAnswered e:
                row.Ends.Add((e.Scan, e.Status is PickStatus.Done or PickStatus.AlreadyDone
                    ? "" : Words.Kebab($"{e.Status}")));
                break;
            case PickListEvent.ScanRefused e:
                row.Scans.Add((e.Scan, e.By, Words.Kebab($"{e.Fault}"), e.At));
                break;
        }
    }

    static string StatusOf(PickListRow list) =>
        list.Status == Words.Kebab($"{PickListStatus.Cancelled}") ? list.Status
        : Words.Kebab($"{(list.Picked + list.Short >= list.Units ? PickListStatus.Picked
            : list.Picker.Length == 0 ? PickListStatus.Released : PickListStatus.Picking)}");

    void IView.Flush(SqlWriter writer) => _rows.Flush((key, row) =>
    {
        var list = row.List with { Status = StatusOf(row.List) };
        writer.Run(
            "insert into pick_lists(seller, id, node, status, method, wave, picker, due, works, units, picked, short, "
            + "at, position) values($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) "
            + "on conflict (seller, id) do update set status = excluded.status, picker = excluded.picker, "
            + "units = excluded.units, picked = excluded.picked, short = excluded.short",
            key.Seller, key.Id, list.Node, list.Status, list.Method, list.Wave, list.Picker, list.Due, list.Works,
            list.Units, list.Picked, list.Short, list.At, list.Position);
        foreach (var (scan, by, fault, at) in row.Scans)
        {
            writer.Run(
                "insert into pick_scans(seller, id, scan, node, picker, fault, at) values($1, $2, $3, $4, $5, $6, $7) "
                + "on conflict (seller, id, scan) do nothing",
                key.Seller, key.Id, (long)scan, list.Node, by, fault, at.ToUnixTimeMilliseconds());
        }

        row.Scans.Clear();
        foreach (var (scan, fault) in row.Ends)
        {
            writer.Run(
                "update pick_scans set fault = $4 where seller = $1 and id = $2 and scan = $3",
                key.Seller, key.Id, (long)scan, fault);
        }

        row.Ends.Clear();
        foreach (var work in row.Works)
        {
            writer.Run(
                "insert into pick_works(seller, id, order_id, number) values($1, $2, $3, $4) on conflict do nothing",
                key.Seller, key.Id, work.Order, work.Fulfilment);
        }

        row.Works.Clear();
    });

    void IView.Forget() => _rows.Forget();

    sealed class Row(PickListRow list)
    {
        public PickListRow List { get; set; } = list;

        public List<PickFor> Works { get; } = [];

        public List<(int Scan, string By, string Fault, DateTimeOffset At)> Scans { get; } = [];

        public List<(int Scan, string Fault)> Ends { get; } = [];
    }
}
