using System.Collections.Immutable;
using Fulfillment.Routing;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>
/// Reads routing rules as a request has them. What a field cannot be is told here; what rules cannot say together, by
/// <see cref="RulesCheck"/>, in the names of the request.
/// </summary>
sealed class RulesReader
{
    const int MaxService = 64, MaxReason = 200, MaxPostcode = 20;

    readonly Fields _fields;
    readonly string _at;
    readonly string? _currency;

    RulesReader(Fields fields, string at, string? currency) => (_fields, _at, _currency) = (fields, at, currency);

    /// <summary>
    /// The rules at a field of the request; null when they are missing or wrong, and then there are errors.
    /// </summary>
    public static RoutingRules? Read(Fields fields, string at, RulesBody? body)
    {
        if (body is null)
        {
            fields.Add(at, "required", "is missing");
            return null;
        }

        var before = fields.Errors.Count;
        if (body.Currency is null) fields.Add($"{at}/currency", "required", "is missing");
        else fields.Money(at, new(0, body.Currency));
        if (fields.Errors.Count > before) return null;
        var rules = new RulesReader(fields, at, body.Currency).Rules(body);
        if (fields.Errors.Count == before) Tell(fields, at, RulesCheck.Faults(rules));
        return fields.Errors.Count == before ? rules : null;
    }

    /// <summary>Faults of rules as errors of the fields that a request has.</summary>
    public static void Tell(Fields fields, string at, ImmutableArray<RulesFault> faults)
    {
        foreach (var (field, rule, detail) in faults)
        {
            var named = field.EndsWith("Minor", StringComparison.Ordinal) ? $"{field[..^5]}/amount" : field;
            fields.Add(at + named, rule, detail);
        }
    }

    RoutingRules Rules(RulesBody body) => new(
        _currency!, Money("/split", body.Split), Money("/late", body.Late), Money("/balance", body.Balance),
        Money("/priority", body.Priority), Money("/kilometre", body.Kilometre),
        Number("/maxNodes", body.MaxNodes, 1, RulesCheck.MostNodes),
        Number("/maxLateDays", body.MaxLateDays, 0, RulesCheck.MostDays), body.ShipComplete ?? false,
        Each("/overflow", body.Overflow, 4, (at, word) => _fields.Word<NodeType>(at, word)),
        Each("/preferred", body.Preferred, RulesCheck.MaxPreferred, (at, p) => new NodePreference(
            _fields.Id($"{at}/node", p.Node), Required($"{at}/minor", p.Minor))),
        Each("/tariffs", body.Tariffs, RulesCheck.MaxTariffs, Tariff),
        Each("/calendars", body.Calendars, RulesCheck.MaxCalendars, (at, c) => new CarrierCalendar(
            _fields.Id($"{at}/id", c.Id), _fields.Days($"{at}/days", c.Days, Weekdays.WorkingDays),
            _fields.Dates($"{at}/holidays", c.Holidays, RulesCheck.MaxHolidays))),
        Each("/borders", body.Borders, RulesCheck.MaxBorders, (at, b) => new Border(
            _fields.Country($"{at}/fromCountry", b.FromCountry, required: true) ?? "",
            _fields.Country($"{at}/toCountry", b.ToCountry, required: true) ?? "",
            _fields.Number($"{at}/clearanceDays", b.ClearanceDays ?? 0, 0, RulesCheck.MostDays),
            _fields.Number($"{at}/dutyPermille", b.DutyPermille ?? 0, 0, RulesCheck.MostPermille), b.Paid ?? false)),
        Each("/embargoes", body.Embargoes, RulesCheck.MaxEmbargoes, Embargo),
        Each("/blackouts", body.Blackouts, RulesCheck.MaxBlackouts, (at, b) => new Blackout(
            _fields.Id($"{at}/id", b.Id), _fields.Id($"{at}/node", b.Node),
            _fields.Date($"{at}/from", b.From, required: true) ?? default,
            _fields.Date($"{at}/until", b.Until, required: true) ?? default,
            _fields.Text($"{at}/reason", b.Reason, MaxReason))));

    Tariff Tariff(string at, TariffBody t) => new(
        _fields.Text($"{at}/service", t.Service, MaxService), t.Node is null ? null : _fields.Id($"{at}/node", t.Node),
        _fields.Country($"{at}/fromCountry", t.FromCountry, required: false),
        t.To is null ? null : Region($"{at}/to", t.To), NumberAt($"{at}/upToKm", t.UpToKm, 1, RulesCheck.MostKm),
        NumberAt($"{at}/upToGrams", t.UpToGrams, 1, RulesCheck.MostGrams), MoneyAt($"{at}/parcel", t.Parcel),
        MoneyAt($"{at}/kilogram", t.Kilogram), _fields.Number($"{at}/minDays", t.MinDays, 0, RulesCheck.MostDays),
        _fields.Number($"{at}/maxDays", t.MaxDays, 0, RulesCheck.MostDays), _fields.TimeOfDay($"{at}/cutoff", t.Cutoff),
        t.Calendar is null ? null : _fields.Id($"{at}/calendar", t.Calendar));

    Embargo Embargo(string at, EmbargoBody e) => new(
        _fields.Id($"{at}/id", e.Id), e.To is null ? new(null) : Region($"{at}/to", e.To),
        EachAt($"{at}/nodes", e.Nodes, RulesCheck.MaxNamed, (field, node) => _fields.Id(field, node)),
        _fields.Date($"{at}/from", e.From, required: true) ?? default, _fields.Date($"{at}/until", e.Until),
        _fields.Text($"{at}/reason", e.Reason, MaxReason));

    Region Region(string at, RegionBody r)
    {
        var starts = EachAt($"{at}/postcodes", r.Postcodes, RulesCheck.MaxNamed, (field, start) =>
            AddressRules.Compact(_fields.Text(field, start, MaxPostcode)));
        return new(
            _fields.Country($"{at}/country", r.Country, required: false), starts.IsEmpty ? default : starts);
    }

    long Money(string field, MoneyBody? money) => MoneyAt(_at + field, money);

    /// <summary>An amount in the currency of the rules; nothing when missing.</summary>
    long MoneyAt(string at, MoneyBody? money)
    {
        var read = _fields.Money(at, money);
        if (money?.Currency is { } currency && currency != _currency)
            _fields.Add($"{at}/currency", "currency-mismatch", $"must be {_currency}, the currency of the rules");
        return read?.AmountMinor ?? 0;
    }

    int? Number(string field, long? value, long least, long most) => NumberAt(_at + field, value, least, most);

    int? NumberAt(string at, long? value, long least, long most) =>
        value is null ? null : _fields.Number(at, value, least, most);

    long Required(string at, long? value)
    {
        if (value is null) _fields.Add(at, "required", "is missing");
        return value ?? 0;
    }

    ImmutableArray<TTo> Each<TFrom, TTo>(
        string field, IReadOnlyList<TFrom?>? items, int most, Func<string, TFrom, TTo> read)
        where TFrom : class => EachAt(_at + field, items, most, read);

    ImmutableArray<TTo> EachAt<TFrom, TTo>(
        string at, IReadOnlyList<TFrom?>? items, int most, Func<string, TFrom, TTo> read)
        where TFrom : class
    {
        if (items is null) return [];
        if (items.Count > most)
        {
            _fields.Add(at, "too-many", $"at most {most}");
            return [];
        }

        var all = ImmutableArray.CreateBuilder<TTo>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is { } item) all.Add(read($"{at}/{i}", item));
            else _fields.Add($"{at}/{i}", "required", "is null");
        }

        return all.DrainToImmutable();
    }
}
