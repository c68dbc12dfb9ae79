using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fulfillment.Routing;

namespace Fulfillment.Views;

/// <summary>A version that was activated, and from when on.</summary>
public sealed record RulesTurn(int Version, DateTimeOffset From);

/// <summary>
/// What a seller's orders go by. <c>Turns</c>: the latest activations by time. <c>Next</c>: the one to come.
/// <c>Shadow</c>: what is tried beside.
/// </summary>
public sealed record RulesTimes(ImmutableArray<RulesTurn> Turns, RulesTurn? Next, int? Shadow);

/// <summary>
/// Which routing rules hold for a seller's orders at an instant; in memory too, for the router asks at every order.
/// Where another process <paramref name="writes"/> the views, the times are read again every second; a version never
/// changes.
/// </summary>
public sealed class RoutingRulesView(ViewDatabase database, bool writes = true) : IView
{
    /// <summary>The most activations that are kept of a seller; before them the oldest kept one held.</summary>
    public const int MaxTurns = 100;

    const int MaxCached = 1_000;
    static readonly RulesTimes Never = new([], null, null);

    readonly ConcurrentDictionary<string, RulesTimes> _times = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<(string Seller, int Version), RoutingRules> _rules = new();
    readonly ConcurrentDictionary<(string Seller, int Version), RoutingRules> _unwritten = new();
    readonly HashSet<string> _changed = [];
    readonly Reading _reading = new();

    string IView.Tables =>
        """
        create table routing_times(seller text primary key, times text not null);
        create table routing_rules(
            seller text not null, version int not null, rules text not null, primary key (seller, version)) {clustered}
        """;

    /// <summary>
    /// What a seller's orders go by at an instant: what becomes active later counts from its time on, whether or not
    /// anything has happened then.
    /// </summary>
    public RulesNow At(string seller, DateTimeOffset at)
    {
        if (!writes) _reading.EachSecond(Load);
        if (!_times.TryGetValue(seller, out var times)) return RulesNow.BuiltIn;
        var version = VersionAt(times, at);
        var shadow = times.Shadow is { } other && other != version
            ? new RulesInForce(other, Find(seller, other)) : null;
        return new(version, version == 0 ? RoutingRules.Unstated : Find(seller, version), shadow);
    }

    /// <summary>
    /// The rules of a version. Throws when the lists do not have it (yet): better late than by other rules.
    /// </summary>
    public RoutingRules Find(string seller, int version)
    {
        if (_rules.TryGetValue((seller, version), out var rules)
            || _unwritten.TryGetValue((seller, version), out rules)) return rules;
        var text = database.Query<string>(
            "select rules from routing_rules where seller = @seller and version = @version", new { seller, version })
            .SingleOrDefault() ?? throw new InvalidOperationException($"Version {version} of {seller} is not listed.");
        if (_rules.Count >= MaxCached) _rules.Clear();
        return _rules[(seller, version)] = JsonSerializer.Deserialize(text, RuleBookJson.Default.RoutingRules)!;
    }

    void IView.Apply(Fact fact)
    {
        if (fact.Event is not RuleBookEvent happened) return;
        var seller = fact.Entity.Seller;
        if (happened is RuleBookEvent.RulesProposed proposed)
        {
            _unwritten[(seller, proposed.Version)] = proposed.Rules;
            return;
        }

        var times = _times.GetValueOrDefault(seller, Never);
        _times[seller] = happened switch
        {
            RuleBookEvent.RulesScheduled e => times with { Next = new(e.Version, e.From) },
            RuleBookEvent.RulesActivated e => After(times, new(e.Version, e.From)),
            RuleBookEvent.RulesRolledBack e => After(times, new(e.Version, e.From)),
            RuleBookEvent.ShadowChosen e => times with { Shadow = e.Version },
            RuleBookEvent.RulesRejected e when times.Shadow == e.Version => times with { Shadow = null },
            _ => times,
        };
        _changed.Add(seller);
    }

    void IView.Flush(SqlWriter writer)
    {
        foreach (var ((seller, version), rules) in _unwritten)
        {
            writer.Run(
                "insert into routing_rules(seller, version, rules) values($1, $2, $3) "
                + "on conflict (seller, version) do update set rules = excluded.rules",
                seller, version, JsonSerializer.Serialize(rules, RuleBookJson.Default.RoutingRules));
        }

        foreach (var seller in _changed)
        {
            writer.Run(
                "insert into routing_times(seller, times) values($1, $2) on conflict (seller) do update set "
                + "times = excluded.times",
                seller, JsonSerializer.Serialize(_times[seller], RulesTimesJson.Default.RulesTimes));
        }

        // Kept beside what is read, until it can be read: the writer has not committed yet.
        foreach (var (key, rules) in _unwritten) _rules[key] = rules;
        _unwritten.Clear();
        _changed.Clear();
    }

    void IView.Forget()
    {
        _unwritten.Clear();
        _changed.Clear();
    }

    /// <summary>Reads what is in the database.</summary>
    internal void Load()
    {
        foreach (var row in database.Query<Stored>("select seller as Seller, times as Times from routing_times"))
            _times[row.Seller] = JsonSerializer.Deserialize(row.Times, RulesTimesJson.Default.RulesTimes)!;
    }

    static RulesTimes After(RulesTimes times, RulesTurn turn) => new(
        [.. times.Turns.TakeLast(MaxTurns - 1), turn], null, times.Shadow == turn.Version ? null : times.Shadow);

    static int VersionAt(RulesTimes times, DateTimeOffset at)
    {
        if (times.Next is { } next && next.From <= at) return next.Version;
        for (var i = times.Turns.Length - 1; i >= 0; i--)
            if (times.Turns[i].From <= at) return times.Turns[i].Version;
        return times.Turns.Length == MaxTurns ? times.Turns[0].Version : 0;
    }

    sealed class Stored
    {
        public string Seller { get; init; } = "";

        public string Times { get; init; } = "";
    }
}

/// <summary>How a seller's times are written into their row.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RulesTimes))]
sealed partial class RulesTimesJson : JsonSerializerContext;
