using System.Collections.Immutable;
using System.Globalization;
using Fulfillment.Warehousing;

namespace Fulfillment.Routing;

/// <summary>What cannot be in routing rules, and how much of anything there may be.</summary>
public static class RulesCheck
{
    /// <summary>The most of each in one version.</summary>
    public const int MaxTariffs = 500, MaxCalendars = 100, MaxBorders = 1_000, MaxEmbargoes = 200, MaxBlackouts = 500,
        MaxPreferred = 500, MaxNamed = 200, MaxHolidays = 400;

    /// <summary>The largest amount, in minor units: sums of many still fit.</summary>
    public const long MostMinor = 10_000_000_000;

    /// <summary>The most days of anything, kilometres, grams, nodes of a plan, and thousandths of duty.</summary>
    public const int MostDays = 365, MostKm = 25_000, MostGrams = 100_000_000, MostNodes = 1_000, MostPermille = 10_000;

    /// <summary>The most faults that are told; nobody reads more.</summary>
    public const int MaxFaults = 100;

    const int MaxText = 200, YearDays = 365;

    /// <summary>What is wrong with the rules by themselves; none when they can be.</summary>
    public static ImmutableArray<RulesFault> Faults(RoutingRules rules)
    {
        Faulty faults = new();
        if (rules.Currency.Length != 3 || rules.Currency.AsSpan().ContainsAnyExceptInRange('A', 'Z'))
            faults.Add("/currency", "bad-currency", "must be a three-letter currency code of ISO 4217, such as EUR");
        faults.Amount("/splitMinor", rules.SplitMinor);
        faults.Amount("/lateMinor", rules.LateMinor);
        faults.Amount("/balanceMinor", rules.BalanceMinor);
        faults.Amount("/priorityMinor", rules.PriorityMinor);
        faults.Amount("/kilometreMinor", rules.KilometreMinor);
        faults.Number("/maxNodes", rules.MaxNodes, 1, MostNodes);
        faults.Number("/maxLateDays", rules.MaxLateDays, 0, MostDays);
        faults.Unique("/overflow", "", rules.Overflow.Select(t => $"{t}"), 4);
        faults.Unique("/preferred", "/node", rules.Preferred.Select(p => p.Node), MaxPreferred);
        for (var i = 0; i < Math.Min(rules.Preferred.Length, MaxPreferred); i++)
            faults.Number($"/preferred/{i}/minor", rules.Preferred[i].Minor, -MostMinor, MostMinor);
        Tariffs(faults, rules);
        Calendars(faults, rules);
        Borders(faults, rules);
        Embargoes(faults, rules);
        faults.Unique("/blackouts", "/id", rules.Blackouts.Select(b => b.Id), MaxBlackouts);
        for (var i = 0; i < Math.Min(rules.Blackouts.Length, MaxBlackouts); i++)
        {
            var (at, blackout) = ($"/blackouts/{i}", rules.Blackouts[i]);
            faults.Text($"{at}/node", blackout.Node);
            faults.Text($"{at}/reason", blackout.Reason);
            faults.Order($"{at}/until", blackout.From, blackout.Until);
        }

        return faults.All;
    }

    static void Tariffs(Faulty faults, RoutingRules rules)
    {
        if (rules.Tariffs.Length > MaxTariffs) faults.Add("/tariffs", "too-many", $"at most {MaxTariffs}");
        for (var i = 0; i < Math.Min(rules.Tariffs.Length, MaxTariffs); i++)
        {
            var (at, tariff) = ($"/tariffs/{i}", rules.Tariffs[i]);
            faults.Text($"{at}/service", tariff.Service);
            if (tariff.Node is not null) faults.Text($"{at}/node", tariff.Node);
            faults.Country($"{at}/fromCountry", tariff.FromCountry);
            if (tariff.To is { } to) faults.Region($"{at}/to", to);
            faults.Number($"{at}/upToKm", tariff.UpToKm, 1, MostKm);
            faults.Number($"{at}/upToGrams", tariff.UpToGrams, 1, MostGrams);
            faults.Amount($"{at}/parcelMinor", tariff.ParcelMinor);
            faults.Amount($"{at}/kilogramMinor", tariff.KilogramMinor);
            faults.Number($"{at}/minDays", tariff.MinDays, 0, MostDays);
            faults.Number($"{at}/maxDays", tariff.MaxDays, 0, MostDays);
            if (tariff.MinDays > tariff.MaxDays)
                faults.Add($"{at}/maxDays", "not-ordered", "must not be less than minDays");
            if (tariff.Calendar is { } calendar && rules.Calendars.All(c => c.Id != calendar))
                faults.Add($"{at}/calendar", "unknown-calendar", "must be the id of one of the calendars");
        }
    }

    static void Calendars(Faulty faults, RoutingRules rules)
    {
        faults.Unique("/calendars", "/id", rules.Calendars.Select(c => c.Id), MaxCalendars);
        for (var i = 0; i < Math.Min(rules.Calendars.Length, MaxCalendars); i++)
        {
            var (at, calendar) = ($"/calendars/{i}", rules.Calendars[i]);
            if (calendar.Days == Weekdays.None)
                faults.Add($"{at}/days", "no-day", "names no day: nothing would ever be carried");
            if (calendar.Holidays.Length > MaxHolidays)
                faults.Add($"{at}/holidays", "too-many", $"at most {MaxHolidays}");
        }
    }

    static void Borders(Faulty faults, RoutingRules rules)
    {
        faults.Unique(
            "/borders", "/toCountry", rules.Borders.Select(b => $"{b.FromCountry}-{b.ToCountry}"), MaxBorders);
        for (var i = 0; i < Math.Min(rules.Borders.Length, MaxBorders); i++)
        {
            var (at, border) = ($"/borders/{i}", rules.Borders[i]);
            faults.Country($"{at}/fromCountry", border.FromCountry);
            faults.Country($"{at}/toCountry", border.ToCountry);
            if (border.FromCountry == border.ToCountry)
                faults.Add($"{at}/toCountry", "same-country", "must be another country: there is no border within one");
            faults.Number($"{at}/clearanceDays", border.ClearanceDays, 0, MostDays);
            faults.Number($"{at}/dutyPermille", border.DutyPermille, 0, MostPermille);
        }
    }

    static void Embargoes(Faulty faults, RoutingRules rules)
    {
        faults.Unique("/embargoes", "/id", rules.Embargoes.Select(e => e.Id), MaxEmbargoes);
        for (var i = 0; i < Math.Min(rules.Embargoes.Length, MaxEmbargoes); i++)
        {
            var (at, embargo) = ($"/embargoes/{i}", rules.Embargoes[i]);
            faults.Region($"{at}/to", embargo.To);
            faults.Unique($"{at}/nodes", "", embargo.Nodes, MaxNamed);
            faults.Text($"{at}/reason", embargo.Reason);
            if (embargo.Until is { } until) faults.Order($"{at}/until", embargo.From, until);
        }
    }

    /// <summary>Each node that the rules treat apart, and where they name it. Tariffs may await theirs.</summary>
    public static IEnumerable<(string Field, string Node)> Named(RoutingRules rules)
    {
        for (var i = 0; i < rules.Preferred.Length; i++) yield return ($"/preferred/{i}/node", rules.Preferred[i].Node);
        for (var i = 0; i < rules.Embargoes.Length; i++)
        {
            for (var n = 0; n < rules.Embargoes[i].Nodes.Length; n++)
                yield return ($"/embargoes/{i}/nodes/{n}", rules.Embargoes[i].Nodes[n]);
        }

        for (var i = 0; i < rules.Blackouts.Length; i++) yield return ($"/blackouts/{i}/node", rules.Blackouts[i].Node);
    }

    /// <summary>
    /// Whether the rules leave an order one of the nodes, whenever it comes within a year: none when they do, or when
    /// there is no node yet. Else a fault for each part of the rules that takes nodes away. An order waits for a day on
    /// which a node works for <see cref="Promises.HorizonDays"/>: when all are closed for as long as that, by blackouts
    /// or by embargoes of everywhere, there is none for it. A holiday that all have together is no fault.
    /// </summary>
    public static ImmutableArray<RulesFault> NoNode(
        RoutingRules rules, IReadOnlyCollection<(string Node, NodeCard Card)> nodes, DateOnly today)
    {
        if (nodes.Count == 0 || FirstClosed(rules, nodes, today) is not { } from) return [];
        var until = from.AddDays(Promises.HorizonDays - 1);
        return
        [
            .. nodes.Select(n => Why(rules, n.Node, n.Card, from, until)).GroupBy(g => g.Field)
                .OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new RulesFault(
                    g.Key, "no-node", string.Create(
                        CultureInfo.InvariantCulture,
                        $"leaves no node to ship anything from {from:yyyy-MM-dd} until {until:yyyy-MM-dd} at least: ")
                    + string.Join("; ", g.Take(5).Select(n => n.Text)) + (g.Count() > 5 ? " ..." : ""))),
        ];
    }

    /// <summary>Why a node gets no work in the time.</summary>
    static (string Field, string Text) Why(
        RoutingRules rules, string node, NodeCard card, DateOnly from, DateOnly until) =>
        Never(rules, node, card) is var (field, why) ? (field, $"{node} {why}")
        : rules.Blackouts.Any(b => b.Node == node && b.From <= until && from <= b.Until)
            ? ("/blackouts", $"{node} is not to work") : ("/embargoes", $"{node} may not ship to anywhere");

    /// <summary>Why a node never gets any work, whenever that is; null when it may.</summary>
    static (string Field, string Why)? Never(RoutingRules rules, string node, NodeCard card)
    {
        foreach (var cost in (ReadOnlySpan<Money?>)[card.Facts?.PerOrder, card.Facts?.PerUnit])
            if (cost is { AmountMinor: not 0 } money && money.Currency != rules.Currency)
                return ("/currency", $"has costs in {money.Currency}");
        return rules.Tariffs.Length > 0 && !rules.Tariffs.Any(
            t => (t.Node ?? node) == node && (t.FromCountry is null || t.FromCountry == card.Country))
            ? ("/tariffs", "has no tariff") : null;
    }

    /// <summary>The first day of a year from which on no node is open for as long as an order waits.</summary>
    static DateOnly? FirstClosed(
        RoutingRules rules, IEnumerable<(string Node, NodeCard Card)> nodes, DateOnly today)
    {
        var open = new bool[YearDays + Promises.HorizonDays];
        foreach (var (node, card) in nodes)
        {
            if (Never(rules, node, card) is not null) continue;
            var closed = new bool[open.Length];
            foreach (var (from, until) in Closed(rules, node))
            {
                var end = Math.Min(until.DayNumber - today.DayNumber, closed.Length - 1);
                for (var day = Math.Max(0, from.DayNumber - today.DayNumber); day <= end; day++) closed[day] = true;
            }

            for (var day = 0; day < open.Length; day++) open[day] |= !closed[day];
            if (!Array.Exists(open, isOpen => !isOpen)) return null;
        }

        var run = 0;
        for (var day = 0; day < open.Length; day++)
        {
            run = open[day] ? 0 : run + 1;
            if (run == Promises.HorizonDays) return today.AddDays(day - run + 1);
        }

        return null;
    }

    /// <summary>When a node does no work, or nothing may leave it for anywhere.</summary>
    static IEnumerable<(DateOnly From, DateOnly Until)> Closed(RoutingRules rules, string node) =>
        rules.Blackouts.Where(b => b.Node == node).Select(b => (b.From, b.Until)).Concat(
            rules.Embargoes.Where(e => e.To.Country is null && (e.Nodes.IsEmpty || e.Nodes.Contains(node)))
                .Select(e => (e.From, e.Until ?? DateOnly.MaxValue)));

    /// <summary>Gathers faults.</summary>
    sealed class Faulty
    {
        readonly ImmutableArray<RulesFault>.Builder _faults = ImmutableArray.CreateBuilder<RulesFault>();

        public ImmutableArray<RulesFault> All => _faults.ToImmutable();

        public void Add(string field, string rule, string detail)
        {
            if (_faults.Count < MaxFaults) _faults.Add(new(field, rule, detail));
        }

        public void Amount(string field, long minor) => Number(field, minor, 0, MostMinor);

        public void Number(string field, long? value, long least, long most)
        {
            if (value < least || value > most)
                Add(field, "out-of-range",
                    string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {least} to {most}"));
        }

        public void Text(string field, string text)
        {
            if (string.IsNullOrWhiteSpace(text)) Add(field, "required", "is missing or empty");
            else if (text.Length > MaxText) Add(field, "too-long", $"must have at most {MaxText} characters");
        }

        public void Order(string field, DateOnly from, DateOnly until)
        {
            if (from > until) Add(field, "not-ordered", "must not be before from");
        }

        public void Country(string field, string? country)
        {
            if (country is not null && !AddressRules.IsCountry(country))
                Add(field, "unknown-country", "must be a two-letter country code of ISO 3166-1, such as DE");
        }

        public void Region(string field, Region region)
        {
            Country($"{field}/country", region.Country);
            ImmutableArray<string> starts = region.Postcodes.IsDefault ? [] : region.Postcodes;
            Unique($"{field}/postcodes", "", starts, MaxNamed);
            if (starts.Length > 0 && region.Country is null)
                Add($"{field}/country", "required", "is missing: postcodes are those of a country");
            if (region.Country is not { } country || !AddressRules.IsCountry(country)) return;
            for (var i = 0; i < Math.Min(starts.Length, MaxNamed); i++)
                if (!AddressRules.MayBegin(country, starts[i]))
                    Add($"{field}/postcodes/{i}", "bad-postcode", $"is no beginning of a postcode in {country}");
        }

        public void Unique(string field, string name, IEnumerable<string> ids, int most)
        {
            HashSet<string> seen = [];
            var i = 0;
            foreach (var id in ids)
            {
                if (i == most)
                {
                    Add(field, "too-many", $"at most {most}");
                    return;
                }

                if (id.Length == 0) Add($"{field}/{i}{name}", "required", "is missing or empty");
                else if (!seen.Add(id)) Add($"{field}/{i}{name}", "duplicate", "is named before");
                i++;
            }
        }
    }
}
