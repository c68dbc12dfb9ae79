using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fulfillment.Warehousing;

namespace Fulfillment.Views;

/// <summary>A node in a list.</summary>
public sealed record NodeRow(string Node, NodeCard Card, long Revision);

/// <summary>
/// The nodes; few, so they are kept in memory too, for the router asks at every order. Where another process
/// <paramref name="writes"/> the views they are read again every second.
/// </summary>
public sealed class NodeView(ViewDatabase database, bool writes = true) : IView
{
    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    readonly ConcurrentDictionary<string, NodeRow> _nodes = new();
    readonly HashSet<string> _changed = [];
    readonly Lock _loading = new();
    long _loaded;

    string IView.Tables => "create table nodes(node text primary key, card text not null, revision bigint not null)";

    /// <summary>What is known of a node; null for one that nobody defined.</summary>
    public NodeCard? Find(string node)
    {
        if (!writes) Refresh();
        return _nodes.GetValueOrDefault(node)?.Card;
    }

    /// <summary>A node as the router sees it; null for one that nobody defined.</summary>
    public NodeNow? Now(string node) =>
        Find(node) is { } card ? new(card, Offline: false, ImmutableDictionary<DateOnly, int>.Empty) : null;

    /// <summary>Nodes by id. <paramref name="after"/>: the last id of the page before.</summary>
    public Page<NodeRow> List(string? after, int limit)
    {
        if (!writes) Refresh();
        var rows = _nodes.Values.OrderBy(n => n.Node, StringComparer.Ordinal)
            .SkipWhile(n => after is not null && string.CompareOrdinal(n.Node, after) <= 0).Take(limit + 1).ToList();
        return new([.. rows.Take(limit)], rows.Count > limit ? rows[limit - 1].Node : null);
    }

    void IView.Apply(Fact fact)
    {
        if (fact.Event is not NodeEvent.NodeDefined e) return;
        _nodes[fact.Entity.Name] = new(fact.Entity.Name, e.Card, e.Revision);
        _changed.Add(fact.Entity.Name);
    }

    void IView.Flush(SqlWriter writer)
    {
        foreach (var node in _changed)
        {
            var row = _nodes[node];
            writer.Run(
                "insert into nodes(node, card, revision) values($1, $2, $3) on conflict (node) do update set "
                + "card = excluded.card, revision = excluded.revision",
                node, JsonSerializer.Serialize(row.Card, NodeCardJson.Default.NodeCard), row.Revision);
        }

        _changed.Clear();
    }

    void IView.Forget() => _changed.Clear();

    /// <summary>Reads what is in the database.</summary>
    internal void Load()
    {
        var rows = database.Query<Stored>("select node as Node, card as Card, revision as Revision from nodes");
        foreach (var row in rows)
        {
            var card = JsonSerializer.Deserialize(row.Card, NodeCardJson.Default.NodeCard)!;
            _nodes[row.Node] = new(row.Node, card, row.Revision);
        }
    }

    void Refresh()
    {
        lock (_loading)
        {
            if (_loaded > 0 && Stopwatch.GetElapsedTime(_loaded) < Fresh) return;
            Load();
            _loaded = Stopwatch.GetTimestamp();
        }
    }

    sealed class Stored
    {
        public string Node { get; init; } = "";

        public string Card { get; init; } = "";

        public long Revision { get; init; }
    }
}

/// <summary>How a node's card is written into its row.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(NodeCard))]
sealed partial class NodeCardJson : JsonSerializerContext;
