using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fulfillment.Ordering;

namespace Fulfillment.Views;

/// <summary>
/// A fulfilment order in a list. <c>OpenedAt</c>: ms since 1970. <c>Position</c>: where it was opened.
/// </summary>
public sealed record FulfilmentRow(string Order, Fulfilment Fulfilment, long OpenedAt, long Position);

/// <summary>The work of the nodes, oldest first, with filters by node, status and request.</summary>
public sealed class FulfilmentView(ViewDatabase database) : IView
{
    readonly Rows<(EntityId Order, int Number), Row> _rows = new(key => database.Query<Row>(
        "select content, opened_at as OpenedAt, position from fulfilments "
        + "where seller = @Seller and order_id = @Order and number = @Number",
        new { key.Order.Seller, Order = key.Order.Name, key.Number }).SingleOrDefault());

    string IView.Tables =>
        """
        create table fulfilments(
            seller text not null, order_id text not null, number int not null, node text not null, status text not null,
            request text not null, content text not null, opened_at bigint not null, position bigint not null,
            primary key (seller, order_id, number)) {clustered};
        create index fulfilments_by_node on fulfilments(node, status, seller, position, number)
        """;

    void IView.Apply(Fact fact)
    {
        // Most of a rush: an order is placed and accepted, and has no work yet.
        if (fact.Event is (not OrderEvent) or OrderEvent.OrderPlaced or OrderEvent.OrderAccepted) return;
        switch (fact.Event)
        {
            case OrderEvent.FulfilmentOpened e:
                foreach (var opened in e.Fulfilments)
                    _rows.Add((fact.Entity, opened.Number), new(Fulfilment.Of(opened), fact));
                break;
            case OrderEvent.OrderCancelled e:
                Withdraw(fact, e.Withdrawn);
                break;
            case OrderEvent.OrderEdited e:
                Withdraw(fact, e.Withdrawn);
                break;
            case OrderEvent.FulfilmentStarted e:
                Change(fact, e.Fulfilment, f => f.Start(e.At));
                break;
            case OrderEvent.InterceptOpened e:
                Stop(fact, e.Units, 1);
                break;
            case OrderEvent.InterceptAnswered e:
                Stop(fact, e.Units, -1);
                if (e.Stopped) Withdraw(fact, e.Units);
                break;
            case OrderEvent.OrderHeld e:
                foreach (var number in e.Stops) Change(fact, number, f => f with { OnHold = true });
                break;
            case OrderEvent.HoldReleased e:
                foreach (var number in e.Goes) Change(fact, number, f => f with { OnHold = false });
                break;
            case OrderEvent.GoodsShipped e:
                Change(fact, e.Fulfilment, f => f.Ship(e));
                break;
            case OrderEvent.PackingBegun e:
                Change(fact, e.Fulfilment, f => f with { PackStep = e.Step });
                break;
            case OrderEvent.PackingEnded e:
                Change(fact, e.Fulfilment, f => f.Unpack(e));
                break;
            case OrderEvent.FulfilmentPacked e:
                Change(fact, e.Fulfilment, f => f.Pack(e));
                break;
            case OrderEvent.GoodsDelivered e:
                Change(fact, e.Fulfilment, f => f.Deliver(e));
                break;
            default:
                Rearrange(fact);
                break;
        }
    }

    /// <summary>What happens before anybody begins.</summary>
    void Rearrange(Fact fact)
    {
        switch (fact.Event)
        {
            case OrderEvent.FulfilmentMoved e:
                Change(fact, e.Fulfilment, f => f.GiveAway(e.Units));
                break;
            case OrderEvent.FulfilmentSplit e:
                if (_rows.Change((fact.Entity, e.Fulfilment)) is not { } whole) return;
                _rows.Add((fact.Entity, e.Number), new(whole.Fulfilment.Part(e), fact));
                Change(fact, e.Fulfilment, f => f.GiveAway(e.Units));
                break;
            case OrderEvent.FulfilmentsMerged e:
                if (_rows.Change((fact.Entity, e.From)) is not { } from) return;
                var joined = from.Fulfilment;
                Change(fact, e.Into, f => f.Join(e.Units, joined));
                Change(fact, e.From, f => f.GiveAway(e.Units));
                break;
            case OrderEvent.FulfilmentPaused e:
                Change(fact, e.Fulfilment, f => f with { Paused = e.Reason });
                break;
            case OrderEvent.FulfilmentResumed e:
                Change(fact, e.Fulfilment, f => f with { Paused = null });
                break;
            case OrderEvent.NodeAwaited e:
                Change(fact, e.Fulfilment, f => f with { Waiting = e.Reason });
                break;
            case OrderEvent.NodeReturned e:
                Change(fact, e.Fulfilment, f => f with { Waiting = null });
                break;
            case OrderEvent.FulfilmentDue e:
                Change(fact, e.Fulfilment, f => f with { NotBefore = null });
                break;
            case OrderEvent.RequestAnswered e:
                Change(fact, e.Fulfilment, f => f with
                {
                    Request = e.Accepted ? WorkRequest.Accepted : WorkRequest.Rejected,
                });
                break;
        }
    }

    /// <summary>
    /// The keys of orders, of all sellers, that have work at the node which nobody has begun. <paramref name="after"/>:
    /// where the page before ended.
    /// </summary>
    public (ImmutableArray<string> Orders, string? Next) NotBegunAt(string node, string? after, int limit)
    {
        var (position, number) = Read(after);
        var rows = database.Query<NodeRowOf>(
            "select seller as Seller, order_id as OrderId, position as Position, number as Number from fulfilments "
            + "where node = @node and status in ('open', 'scheduled', 'on-hold') "
            + "and (position > @position or (position = @position and number > @number)) "
            + "order by position, number limit @count", new { node, position, number, count = limit + 1 });
        return (
            [.. rows.Take(limit).Select(r => $"{r.Seller}/{r.OrderId}").Distinct()],
            rows.Count > limit ? $"{rows[limit - 1].Position:x}-{rows[limit - 1].Number:x}" : null);
    }

    void IView.Flush(SqlWriter writer) => _rows.Flush((key, row) => writer.Run(
        "insert into fulfilments(seller, order_id, number, node, status, request, content, opened_at, position) "
        + "values($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (seller, order_id, number) do update set "
        + "status = excluded.status, request = excluded.request, content = excluded.content",
        key.Order.Seller, key.Order.Name, key.Number, row.Fulfilment.Node, Words.Of(row.Fulfilment.Status),
        Words.Of(row.Fulfilment.Request), row.Content, row.OpenedAt, row.Position));

    void IView.Forget() => _rows.Forget();

    /// <summary>
    /// Fulfilment orders of a seller, oldest first; of all nodes, statuses and requests where null.
    /// <paramref name="after"/>: the cursor of a page.
    /// </summary>
    public Page<FulfilmentRow> List(
        string seller, string? node, string? status, string? request, string? after, int limit)
    {
        var filters = "";
        if (node is not null) filters += " and node = @node";
        if (status is not null) filters += " and status = @status";
        if (request is not null) filters += " and request = @request";
        return Select(seller, filters, node, status, request, after, limit);
    }

    /// <summary>Those of a seller that nobody has begun, oldest first.</summary>
    public Page<FulfilmentRow> NotBegun(string seller, string? after, int limit) =>
        Select(seller, " and status in ('open', 'scheduled', 'on-hold')", null, null, null, after, limit);

    Page<FulfilmentRow> Select(
        string seller, string more, string? node, string? status, string? request, string? after, int limit)
    {
        var filters =
            "seller = @seller and (position > @position or (position = @position and number > @number))" + more;
        var (position, number) = Read(after);
        var rows = database.Query<ListRow>(
            "select order_id as OrderId, content as Content, opened_at as OpenedAt, position as Position, "
            + $"number as Number from fulfilments where {filters} order by position, number limit @count",
            new { seller, node, status, request, position, number, count = limit + 1 });
        var page = rows.Take(limit)
            .Select(r => new FulfilmentRow(r.OrderId, Row.Read(r.Content), r.OpenedAt, r.Position)).ToList();
        return new(page, rows.Count > limit ? $"{rows[limit - 1].Position:x}-{rows[limit - 1].Number:x}" : null);
    }

    void Withdraw(Fact fact, ImmutableArray<WithdrawnUnits> units)
    {
        foreach (var gone in units.GroupBy(w => w.Fulfilment))
            Change(fact, gone.Key, f => f.Withdraw(gone.Select(w => new LineUnits(w.Line, w.Units))));
    }

    void Stop(Fact fact, ImmutableArray<WithdrawnUnits> units, int sign)
    {
        foreach (var some in units.GroupBy(w => w.Fulfilment))
            Change(fact, some.Key, f => f.Stop(some.Select(w => new LineUnits(w.Line, sign * w.Units))));
    }

    void Change(Fact fact, int number, Func<Fulfilment, Fulfilment> change)
    {
        if (_rows.Change((fact.Entity, number)) is { } row) row.Fulfilment = change(row.Fulfilment);
    }

    static (long Position, int Number) Read(string? cursor)
    {
        if (cursor is null) return (0, 0);
        var parts = cursor.Split('-');
        return parts.Length == 2 && Cursor.Part(parts[1]) is <= int.MaxValue and var number
            ? (Cursor.Part(parts[0]), (int)number)
            : throw new FormatException("The cursor is not one that a page ended with.");
    }

    sealed class Row
    {
        public Row()
        {
        }

        public Row(Fulfilment fulfilment, Fact fact) =>
            (Fulfilment, OpenedAt, Position) = (fulfilment, fact.At.ToUnixTimeMilliseconds(), fact.Position);

        public Fulfilment Fulfilment { get; set; } = null!;

        public string Content
        {
            get => JsonSerializer.Serialize(Fulfilment, FulfilmentJson.Default.Fulfilment);
            set => Fulfilment = Read(value);
        }

        public long OpenedAt { get; set; }

        public long Position { get; set; }

        public static Fulfilment Read(string content) =>
            JsonSerializer.Deserialize(content, FulfilmentJson.Default.Fulfilment)!;
    }

    sealed class NodeRowOf
    {
        public string Seller { get; init; } = "";

        public string OrderId { get; init; } = "";

        public long Position { get; init; }

        public int Number { get; init; }
    }

    sealed class ListRow
    {
        public string OrderId { get; init; } = "";

        public string Content { get; init; } = "";

        public long OpenedAt { get; init; }

        public long Position { get; init; }

        public int Number { get; init; }
    }
}

/// <summary>How a fulfilment order is written into its row.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(Fulfilment))]
sealed partial class FulfilmentJson : JsonSerializerContext;
