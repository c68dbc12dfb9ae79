using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fulfillment.Warehousing;

namespace Fulfillment.Views;

/// <summary>A node in a list.</summary>
public sealed record NodeRow(string Node, NodeCard Card, long Revision)
{
    /// <summary>Why it takes no work; null when it does.</summary>
    public Offline? Offline { get; init; }

    /// <summary>Fulfilment orders on its days.</summary>
    public ImmutableSortedDictionary<DateOnly, int> Used { get; init; } =
        ImmutableSortedDictionary<DateOnly, int>.Empty;
}

/// <summary>What changes on a node from order to order, as its row has it.</summary>
sealed record NodeState(Offline? Offline, ImmutableSortedDictionary<DateOnly, int> Used);

/// <summary>
/// The nodes; few, so they are kept in memory too, for the router asks at every order. Where another process
/// <paramref name="writes"/> the views they are read again every second.
/// </summary>
public sealed class NodeView(ViewDatabase database, bool writes = true) : IView
{
    readonly ConcurrentDictionary<string, NodeRow> _nodes = new();
    readonly HashSet<string> _changed = [];
    readonly Reading _reading = new();

    /// <summary>
    /// Days before today are of no use to a router; a few are kept, for the places where it is still then.
    /// </summary>
    const int PastDays = 3;

    string IView.Tables =>
        "create table nodes(node text primary key, card text not null, state text not null, revision bigint not null)";

    /// <summary>What is known of a node; null for one that nobody defined.</summary>
    public NodeCard? Find(string node) => Row(node)?.Card;

    /// <summary>A node as the router sees it; null for one that nobody defined.</summary>
    public NodeNow? Now(string node) =>
        Row(node) is { } row ? new(row.Card, row.Offline is not null, row.Used) : null;

    /// <summary>A node in the list; null for one that nobody defined.</summary>
    public NodeRow? Row(string node)
    {
        if (!writes) _reading.EachSecond(Load);
        return _nodes.GetValueOrDefault(node);
    }

    /// <summary>Nodes by id. <paramref name="after"/>: the last id of the page before.</summary>
    public Page<NodeRow> List(string? after, int limit)
    {
        if (!writes) _reading.EachSecond(Load);
        var rows = _nodes.Values.OrderBy(n => n.Node, StringComparer.Ordinal)
            .SkipWhile(n => after is not null && string.CompareOrdinal(n.Node, after) <= 0).Take(limit + 1).ToList();
        return new([.. rows.Take(limit)], rows.Count > limit ? rows[limit - 1].Node : null);
    }

    void IView.Apply(Fact fact)
    {
        if (fact.Event is not NodeEvent happened) return;
        var node = fact.Entity.Name;
        var known = _nodes.GetValueOrDefault(node);
        var row = happened switch
        {
            NodeEvent.NodeDefined e => known is null
                ? new(node, e.Card, e.Revision) : known with { Card = e.Card, Revision = e.Revision },
            NodeEvent.NodeTakenOffline e => known! with { Offline = e.Offline },
            NodeEvent.NodeBroughtOnline => known! with { Offline = null },
            // Somebody may claim room at a node that nobody has defined: it has no limit, and no row.
            NodeEvent.RoomClaimed e when known is not null => known with { Used = Used(known.Used, e) },
            _ => null,
        };
        if (row is null) return;
        _nodes[node] = row;
        _changed.Add(node);
    }

    static ImmutableSortedDictionary<DateOnly, int> Used(
        ImmutableSortedDictionary<DateOnly, int> used, NodeEvent.RoomClaimed e)
    {
        var past = e.Today.AddDays(-PastDays);
        used = used.RemoveRange([.. used.Keys.TakeWhile(d => d < past)]);
        foreach (var (day, count) in e.Used)
            used = count > 0 && day >= past ? used.SetItem(day, count) : used.Remove(day);
        return used;
    }

    void IView.Flush(SqlWriter writer)
    {
        foreach (var node in _changed)
        {
            var row = _nodes[node];
            writer.Run(
                "insert into nodes(node, card, state, revision) values($1, $2, $3, $4) on conflict (node) do update "
                + "set card = excluded.card, state = excluded.state, revision = excluded.revision",
                node, JsonSerializer.Serialize(row.Card, NodeCardJson.Default.NodeCard),
                JsonSerializer.Serialize(new(row.Offline, row.Used), NodeCardJson.Default.NodeState), row.Revision);
        }

        _changed.Clear();
    }

    void IView.Forget() => _changed.Clear();

    /// <summary>Reads what is in the database.</summary>
    internal void Load()
    {
        var rows = database.Query<Stored>(
            "select node as Node, card as Card, state as State, revision as Revision from nodes");
        foreach (var row in rows)
        {
            var card = JsonSerializer.Deserialize(row.Card, NodeCardJson.Default.NodeCard)!;
            var state = JsonSerializer.Deserialize(row.State, NodeCardJson.Default.NodeState)!;
            _nodes[row.Node] = new(row.Node, card, row.Revision) { Offline = state.Offline, Used = state.Used };
        }
    }

    sealed class Stored
    {
        public string Node { get; init; } = "";

        public string Card { get; init; } = "";

        public string State { get; init; } = "";

        public long Revision { get; init; }
    }
}

/// <summary>How a node's card is written into its row.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(NodeCard))]
[JsonSerializable(typeof(NodeState))]
sealed partial class NodeCardJson : JsonSerializerContext;
