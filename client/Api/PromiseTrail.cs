using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Routing;

namespace Fulfillment.Client.Api;

/// <summary>
/// What the buyer was told of units first. <c>Promise</c>: of the first plan for them; null when they were yet to come
/// in and had a date, <c>Expected</c>, that was known from <c>Told</c> on. <c>Came</c>: when they came in; null for
/// those that were there, and those that are still to come.
/// </summary>
sealed record FirstWord(
    Promise? Promise, DateTimeOffset? Told = null, DateTimeOffset? Expected = null, DateTimeOffset? Came = null);

/// <summary>
/// Follows the units of an order through its events, so that whatever becomes of them, and whoever ships them in the
/// end, what was promised first is known. Reads facts in their order; for one caller at a time.
/// </summary>
sealed class PromiseTrail
{
    readonly Dictionary<string, Wait> _waits = new(StringComparer.Ordinal);
    readonly Dictionary<string, Pool> _came = new(StringComparer.Ordinal), _back = new(StringComparer.Ordinal);
    readonly Dictionary<(int Fulfilment, string Line), Pool> _given = [];
    readonly Dictionary<string, Promise> _legs = new(StringComparer.Ordinal);

    /// <summary>When the order was accepted; null before.</summary>
    public DateTimeOffset? Accepted { get; private set; }

    /// <summary>When each fulfilment order was opened, by number.</summary>
    public Dictionary<int, DateTimeOffset> Opened { get; } = [];

    /// <summary>The trail of an order.</summary>
    public static PromiseTrail Of(IEnumerable<Fact> facts)
    {
        PromiseTrail trail = new();
        foreach (var fact in facts)
            if (fact.Event is OrderEvent happened) trail.Follow(happened, fact.At);
        return trail;
    }

    /// <summary>What was said first of the units in a fulfilment order.</summary>
    public IEnumerable<FirstWord> Of(int fulfilment) =>
        _given.Where(g => g.Key.Fulfilment == fulfilment).SelectMany(g => g.Value.Words);

    /// <summary>What was said first of the line's units in a fulfilment order.</summary>
    public IEnumerable<FirstWord> Of(int fulfilment, string line) =>
        _given.GetValueOrDefault((fulfilment, line))?.Words ?? [];

    /// <summary>What was said first of units that are yet to come in; null when no date was known yet.</summary>
    public FirstWord? Waiting(string sku) =>
        _waits.GetValueOrDefault(sku) is { Units: > 0, Expected: { } at } wait ? new(null, wait.Told, at) : null;

    void Follow(OrderEvent happened, DateTimeOffset at)
    {
        if (Order.AnswerOf(happened) is { } answer) Hear(answer.Sku, answer.Standing, at);
        switch (happened)
        {
            case OrderEvent.ClaimChanged e:
                Hear(e.Sku, e.Standing, at);
                break;
            case OrderEvent.OrderAccepted:
                Accepted ??= at;
                break;
            case OrderEvent.OrderRouted { Plan.Decision: { } decision }:
                _legs.Clear();
                foreach (var leg in decision.Legs) _legs[leg.Node] = leg.Promise;
                break;
            case OrderEvent.FulfilmentOpened e:
                foreach (var f in e.Fulfilments) Open(f, at);
                break;
            case OrderEvent.FulfilmentMoved e:
                foreach (var (line, units) in e.Units) Pass(Given(e.Fulfilment, line), Of(_back, line), units);
                break;
            case OrderEvent.FulfilmentSplit e:
                Opened[e.Number] = at;
                foreach (var (line, units) in e.Units)
                    Pass(Given(e.Fulfilment, line), Given(e.Number, line), units);
                break;
            case OrderEvent.FulfilmentsMerged e:
                foreach (var (line, units) in e.Units) Pass(Given(e.From, line), Given(e.Into, line), units);
                break;
        }
    }

    /// <summary>Fewer are waited for, and more are held: these came in.</summary>
    void Hear(string sku, Standing standing, DateTimeOffset at)
    {
        var was = _waits.GetValueOrDefault(sku) ?? new(0, 0, 0, null, null);
        if (standing.Version <= was.Version) return;
        var has = standing.Held + standing.Allocated.Sum(a => a.Units);
        var came = Math.Clamp(has - was.Has, 0, Math.Max(0, was.Units - standing.Backordered));
        if (came > 0) Of(_came, sku).Add(new(null, was.Told, was.Expected, at), came);
        var (expected, told) = standing.Backordered == 0 ? default
            : was is { Units: > 0, Expected: not null } ? (was.Expected, was.Told)
            : (standing.Expected, standing.Expected is null ? (DateTimeOffset?)null : at);
        _waits[sku] = new(standing.Version, standing.Backordered, has, expected, told);
    }

    /// <summary>Units that were taken back first, then those that came in, then those that were there.</summary>
    void Open(NewFulfilment opened, DateTimeOffset at)
    {
        Opened[opened.Number] = at;
        var leg = _legs.GetValueOrDefault(opened.Node);
        foreach (var (line, sku, units) in opened.Lines)
        {
            var given = Given(opened.Number, line);
            long left = units;
            left -= Pass(Of(_back, line), given, left);
            foreach (var (word, n) in Of(_came, sku).Take(left))
            {
                // Of what nobody knew when it would come, the first plan was the first word.
                given.Add(word.Expected is null ? word with { Promise = leg } : word, n);
                left -= n;
            }

            if (left > 0) given.Add(new(leg), left);
        }
    }

    Pool Given(int fulfilment, string line) => Of(_given, (fulfilment, line));

    static Pool Of<T>(Dictionary<T, Pool> pools, T key)
        where T : notnull => pools.TryGetValue(key, out var pool) ? pool : pools[key] = new();

    static long Pass(Pool from, Pool to, long units)
    {
        var passed = 0L;
        foreach (var (word, n) in from.Take(units))
        {
            to.Add(word, n);
            passed += n;
        }

        return passed;
    }

    sealed record Wait(long Version, long Units, long Has, DateTimeOffset? Expected, DateTimeOffset? Told);

    /// <summary>Units and what was said of them, first come first.</summary>
    sealed class Pool
    {
        readonly List<(FirstWord Word, long Units)> _units = [];

        public IEnumerable<FirstWord> Words => _units.Select(u => u.Word);

        public void Add(FirstWord word, long units) => _units.Add((word, units));

        public List<(FirstWord Word, long Units)> Take(long units)
        {
            List<(FirstWord, long)> taken = [];
            while (units > 0 && _units is [var (word, n), ..])
            {
                var some = Math.Min(units, n);
                taken.Add((word, some));
                if (some == n) _units.RemoveAt(0);
                else _units[0] = (word, n - some);
                units -= some;
            }

            return taken;
        }
    }
}
