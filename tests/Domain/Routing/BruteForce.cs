using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Routing;
using Fulfillment.Warehousing;

namespace Fulfillment.Tests.Domain;

/// <summary>
/// The best plan by trying all: every way to give whole units of each line to nodes. Written from what the rules say,
/// and from promises, and from nothing that the router is made of.
/// </summary>
sealed class BruteForce
{
    readonly RouteCase _case;
    readonly string[] _nodes;
    readonly long[,] _pins;
    readonly long[] _needed;
    readonly Dictionary<string, long?> _legs = [];

    public BruteForce(RouteCase given)
    {
        _case = given;
        _nodes = [.. given.Lines.SelectMany(l => l.Free).Where(f => f.Units > 0).Select(f => f.Node)
            .Concat(given.Lines.Where(l => !l.Pinned.IsDefault).SelectMany(l => l.Pinned).Select(p => p.Node))
            .Distinct().Order(StringComparer.Ordinal)];
        _pins = new long[given.Lines.Length, _nodes.Length];
        _needed = [.. given.Lines.Select(l => l.Units)];
        for (var l = 0; l < given.Lines.Length; l++)
        {
            foreach (var (node, units) in given.Lines[l].Pinned.IsDefault ? [] : given.Lines[l].Pinned)
            {
                var n = Array.IndexOf(_nodes, node);
                _needed[l] -= units;
                var can = !Now(n).Offline && !IsRefused(n) && !IsClosed(l, n) && Work(n, Ready(l), blackouts: false);
                _pins[l, n] = can ? Math.Min(units, Free(l, n)) : 0;
            }
        }
    }

    NodeNow Now(int n) => _case.Atlas.GetValueOrDefault(_nodes[n]) ?? new(
        new("", NodeType.Warehouse, 1_000_000, null, null, null, null, null), false,
        new Dictionary<DateOnly, int>());

    long Free(int l, int n) => _case.Lines[l].Free.FirstOrDefault(f => f.Node == _nodes[n]).Units;

    bool IsClosed(int l, int n) => !_case.Lines[l].Lanes.IsDefault && _case.Lines[l].Lanes.Any(
        lane => lane.FromCountries.IsDefault || Now(n).Card.Country is not { } from
            || lane.FromCountries.Contains(from));

    bool IsRefused(int n) =>
        !_case.Facts.Refused.IsDefault && _case.Facts.Refused.Any(r => r.Node == _nodes[n] && r.Day is null);

    DateTimeOffset Ready(int l) => new[]
    {
        _case.Facts.At, _case.Facts.NotBefore ?? default, _case.Lines[l].Product?.AvailableFrom ?? default,
    }.Max();

    WorkAsk Work(int n, DateTimeOffset ready) => new(
        _nodes[n], Now(n), _case.Facts.At, ready, _case.Rules.Blackouts,
        _case.Facts.Refused.IsDefault ? [] : [.. _case.Facts.Refused.Where(r => r.Node == _nodes[n])
            .Select(r => r.Day).OfType<DateOnly>()]);

    bool Work(int n, DateTimeOffset ready, bool blackouts) => Promises.Of(
        blackouts ? Work(n, ready) : Work(n, ready) with { Blackouts = [] }, new(null)) is not null;

    /// <summary>
    /// What the best serves and costs: units unserved of those not pinned, from overflow, and minor units.
    /// </summary>
    public (long Unserved, long Overflow, long Minor) Best()
    {
        var given = new long[_needed.Length, _nodes.Length];
        (long, long, long) best = Judge(given) ?? throw new InvalidOperationException("What is pinned can be done.");
        best.Item1 = _needed.Sum();
        Try(0, 0, _needed.Length > 0 ? _needed[0] : 0, given, ref best);
        return best;
    }

    /// <summary>
    /// The same of a plan, with its cost worked out anew; null when it does what the rules forbid, takes units that are
    /// not there, or leaves pinned ones undone that could be done.
    /// </summary>
    public (long Unserved, long Overflow, long Minor)? Judge(RoutePlan plan)
    {
        var given = new long[_needed.Length, _nodes.Length];
        for (var l = 0; l < _needed.Length; l++)
        {
            foreach (var (node, units) in plan.Picks[l].Nodes) given[l, Array.IndexOf(_nodes, node)] += units;
            var served = 0L;
            for (var n = 0; n < _nodes.Length; n++)
            {
                given[l, n] -= _pins[l, n];
                served += given[l, n];
                if (given[l, n] < 0 || given[l, n] > Free(l, n) - _pins[l, n]) return null;
                if (given[l, n] > 0 && !MayCarry(l, n)) return null;
            }

            if (served > _needed[l]) return null;
        }

        return Judge(given);
    }

    void Try(int l, int n, long left, long[,] given, ref (long, long, long) best)
    {
        if (l == _needed.Length)
        {
            if (Judge(given) is { } judged && judged.CompareTo(best) < 0) best = judged;
            return;
        }

        if (n == _nodes.Length)
        {
            Try(l + 1, 0, l + 1 < _needed.Length ? _needed[l + 1] : 0, given, ref best);
            return;
        }

        var most = MayCarry(l, n) ? Math.Min(left, Free(l, n) - _pins[l, n]) : 0;
        for (var units = 0L; units <= most; units++)
        {
            given[l, n] = units;
            Try(l, n + 1, left - units, given, ref best);
        }

        given[l, n] = 0;
    }

    /// <summary>Null for a plan that the rules forbid.</summary>
    (long, long, long)? Judge(long[,] given)
    {
        long unserved = _needed.Sum(), overflow = 0, minor = 0;
        HashSet<string> working = _case.Facts.Working.IsDefault ? [] : [.. _case.Facts.Working];
        HashSet<string> all = [.. working], named = [.. working];
        var (nodes, pinned) = (0, 0);
        for (var n = 0; n < _nodes.Length; n++)
        {
            var lines = Enumerable.Range(0, _needed.Length).ToList();
            var units = lines.Sum(l => given[l, n]);
            unserved -= units;
            if (_case.Rules.Overflow.Contains(Now(n).Card.Type)) overflow += units;
            if (lines.Exists(l => _pins[l, n] > 0))
            {
                pinned++;
                named.Add(_nodes[n]);
            }
            else if (units == 0)
            {
                continue;
            }

            nodes++;
            all.Add(_nodes[n]);
            var key = $"{n}: {string.Join(',', lines.Select(l => given[l, n]))}";
            if (!_legs.TryGetValue(key, out var cost)) _legs[key] = cost = Leg(n, given, lines);
            if (cost is null) return null;
            minor += cost.Value;
        }

        var whole = _case.Rules.ShipComplete || _case.Facts.ShipComplete;
        if (whole ? nodes > Math.Max(1, pinned)
            : all.Count > Math.Max(_case.Rules.MaxNodes ?? int.MaxValue, named.Count)) return null;
        if (whole && unserved > 0 && unserved < _needed.Sum()) return null;
        // Work that is there is paid for; without any, the first node splits nothing.
        var split = Math.Max(0, all.Count - 1) - Math.Max(0, working.Count - 1);
        return (unserved, overflow, minor + _case.Rules.SplitMinor * split);
    }

    bool MayCarry(int l, int n)
    {
        var card = Now(n).Card;
        var facts = card.Facts ?? NodeFacts.Ordinary;
        if (Now(n).Offline || IsRefused(n) || IsClosed(l, n)) return false;
        if (new[] { facts.PerOrder, facts.PerUnit }.Any(m => m is { AmountMinor: > 0, Currency: not "EUR" }))
            return false;
        if (_case.Lines[l].Product is not { } product) return true;
        if (!product.Handling.IsDefault && product.Handling.Except(facts.Handles).Any()) return false;
        return facts.Boxes.IsEmpty || facts.Boxes.Any(b => product.Grams <= b.MaxGrams && Rotations(product).Any(
            r => r.A <= b.LengthMm && r.B <= b.WidthMm && r.C <= b.HeightMm));
    }

    static IEnumerable<(int A, int B, int C)> Rotations(ProductFacts p) =>
        from a in Enumerable.Range(0, 3)
        from b in Enumerable.Range(0, 3)
        where a != b
        let sides = new[] { p.LengthMm, p.WidthMm, p.HeightMm }
        select (sides[a], sides[b], sides[3 - a - b]);

    long? Leg(int n, long[,] given, List<int> lines)
    {
        var loose = lines.Exists(l => given[l, n] > 0);
        var goods = lines.Where(l => given[l, n] + _pins[l, n] > 0).ToList();
        var grams = goods.Sum(l => (given[l, n] + _pins[l, n]) * (_case.Lines[l].Product?.Grams ?? 0));
        var heaviest = goods.Max(l => _case.Lines[l].Product?.Grams ?? 0);
        var units = goods.Sum(l => given[l, n] + _pins[l, n]);
        var ready = goods.Max(Ready);
        var (card, rules) = (Now(n).Card, _case.Rules);
        var border = rules.Borders.FirstOrDefault(b => b.FromCountry == card.Country);
        var ask = Work(n, ready);
        var insisted = !loose && !Work(n, ready, blackouts: true);
        if (insisted) ask = ask with { Blackouts = [] };
        if (Promises.Of(ask, new(null)) is not { } work) return null;
        if ((insisted ? null : Send(strict: true)) is not { } sending)
        {
            if (loose) return null;
            sending = Send(strict: false) ?? 0;
        }

        var duty = border is not { Paid: true } ? 0 : goods.Sum(l => (given[l, n] + _pins[l, n])
            * (long)Math.Round(
                (_case.Lines[l].Product?.ValueMinor ?? 0) * border.DutyPermille / 1000m,
                MidpointRounding.AwayFromZero));
        return sending + duty + (card.Facts?.PerOrder is { Currency: "EUR" } order ? order.AmountMinor : 0)
            + units * (card.Facts?.PerUnit?.AmountMinor ?? 0) + rules.PriorityMinor * card.Priority
            + rules.Preferred.Where(p => p.Node == _nodes[n]).Sum(p => p.Minor)
            + (card.CapacityPerDay is { } capacity
                ? rules.BalanceMinor * (Now(n).Used.GetValueOrDefault(work.Day) + 1) / capacity : 0);

        long? Send(bool strict)
        {
            var ways = rules.Tariffs.IsEmpty ? [null] : rules.Tariffs.Where(t => (t.Node ?? _nodes[n]) == _nodes[n]
                && (t.FromCountry ?? card.Country) == card.Country && !(heaviest > t.UpToGrams)
                && t.To?.Postcodes.Any(p => _case.Facts.Postcode!.StartsWith(p, StringComparison.Ordinal)) != false)
                .Cast<Tariff?>();
            return ways.Min(t => Way(t, ask, strict, border, grams, _nodes[n]));
        }
    }

    long? Way(Tariff? tariff, WorkAsk ask, bool strict, Border? border, long grams, string node)
    {
        var calendar = _case.Rules.Calendars.FirstOrDefault(c => c.Id == tariff?.Calendar);
        var promise = Promises.Of(ask, new(tariff, calendar, border?.ClearanceDays ?? 0))!.Promise;
        var late = _case.Facts.DeliverBy is { } by
            ? Math.Max(0, promise.LatestDelivery.DayNumber - by.DayNumber) : 0;
        // Goods that leave at midnight leave at the end of a day.
        var leaves = DateOnly.FromDateTime(promise.LatestShip.UtcDateTime.AddTicks(-1));
        if (strict && late > _case.Rules.MaxLateDays) return null;
        if (strict && _case.Rules.Embargoes.Any(e => e.Nodes.Contains(node) && e.From <= leaves && leaves <= e.Until))
            return null;
        var parcels = tariff?.UpToGrams is { } most ? Math.Max(1, Math.Ceiling(grams / (decimal)most)) : 1;
        return (long)parcels * (tariff?.ParcelMinor ?? 0)
            + (tariff?.KilogramMinor ?? 0) * (long)Math.Max(1, Math.Ceiling(grams / 1000m))
            + _case.Rules.LateMinor * late;
    }
}
