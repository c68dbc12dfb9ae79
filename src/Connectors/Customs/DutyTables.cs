using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fulfillment.Payments;
using Fulfillment.Routing;
using Fulfillment.Shipping;

namespace Fulfillment.Connectors;

/// <summary>
/// Tables of duties and taxes: the example that everybody starts with, <c>duties.example.json</c> beside this file, and
/// one's own from a file of the same form.
/// </summary>
public static class DutyTables
{
    const int MaxAreas = 300, MaxRules = 50_000, MaxRates = 300, LongestId = 40, LongestText = 500;
    const int MostPoints = 100_000;
    const long MostMinor = 1_000_000_000_000, MostMillionths = 1_000_000_000_000;

    static readonly Lazy<DutyTable> Built = new(ReadExample);

    /// <summary>A few headings of a few countries, to show how it works.</summary>
    public static DutyTable Example => Built.Value;

    /// <summary>A table; throws <see cref="CarrierSettingsException"/> with what is wrong, and where.</summary>
    public static DutyTable Read(ReadOnlySpan<byte> json)
    {
        DutyTable? table;
        try
        {
            table = JsonSerializer.Deserialize(json, DutyTableJson.Default.DutyTable);
        }
        catch (JsonException e)
        {
            throw new CarrierSettingsException(
                $"the table is not as it must be at {e.Path ?? "its beginning"}, line {e.LineNumber + 1}.");
        }

        if (table is null) throw new CarrierSettingsException("the table is null.");
        if (Faults(table).FirstOrDefault() is { } fault) throw new CarrierSettingsException(fault);
        return table with
        {
            Rates = [.. table.Rates.Select(r => r with { Digits = Currencies.DigitsOf(r.Currency)!.Value })],
        };
    }

    static DutyTable ReadExample()
    {
        using var stream = typeof(DutyTables).Assembly.GetManifestResourceStream("duties.example.json")!;
        using MemoryStream memory = new();
        stream.CopyTo(memory);
        return Read(memory.GetBuffer().AsSpan(0, (int)memory.Length));
    }

    static IEnumerable<string> Faults(DutyTable table)
    {
        foreach (var fault in Text("version", table.Version, LongestId)) yield return fault;
        foreach (var fault in Text("source", table.Source, LongestText)) yield return fault;
        if (table.Rates.IsDefaultOrEmpty || table.Rates.Length > MaxRates)
        {
            yield return $"rates: there must be 1 to {MaxRates}.";
            yield break;
        }

        foreach (var (at, rate) in Items("rates", table.Rates))
        {
            if (rate is null) yield return $"{at}: must be an object.";
            else if (Currencies.DigitsOf(rate.Currency) is null) yield return $"{at}.currency: must be of ISO 4217.";
            else if (rate.Millionths is < 1 or > MostMillionths)
                yield return $"{at}.millionths: must be from 1 to {MostMillionths}.";
        }

        if (table.Rates.DistinctBy(r => r?.Currency).Count() < table.Rates.Length)
            yield return "rates: a currency is there twice.";
        if (table.Areas.IsDefaultOrEmpty || table.Areas.Length > MaxAreas)
        {
            yield return $"areas: there must be 1 to {MaxAreas}.";
            yield break;
        }

        foreach (var (at, area) in Items("areas", table.Areas))
            foreach (var fault in area is null ? [$"{at}: must be an object."] : Faults(at, area, table))
                yield return fault;
        if (table.Areas.DistinctBy(a => a?.Customs).Count() < table.Areas.Length)
            yield return "areas: a customs area is there twice.";
    }

    static IEnumerable<string> Faults(string at, DutyArea area, DutyTable table)
    {
        foreach (var fault in Text($"{at}.customs", area.Customs, LongestId)) yield return fault;
        if (table.Rates.All(r => r?.Currency != area.Currency)) yield return $"{at}.currency: rates do not have it.";
        if (!Enum.IsDefined(area.Basis)) yield return $"{at}.basis: must be cif or fob.";
        if (!Enum.IsDefined(area.TaxBasis)) yield return $"{at}.taxBasis: must be landed or duty-paid.";
        HashSet<string> ids = new(StringComparer.Ordinal);
        foreach (var (place, rule) in Items($"{at}.duties", area.Duties))
        {
            foreach (var fault in rule is null ? [$"{place}: must be an object."]
                : Of(place, rule.Id, ids, rule.From, rule.Until, rule.Source).Concat(Points(place, rule.BasisPoints))
                    .Concat(Codes($"{place}.hsCodes", rule.HsCodes))
                    .Concat(Countries($"{place}.origins", rule.Origins))) yield return fault;
            if (rule is { Preferential: true, Additional: true })
                yield return $"{place}: is preferential and additional, which cannot be.";
        }

        foreach (var (place, rule) in Items($"{at}.taxes", area.Taxes))
        {
            foreach (var fault in rule is null ? [$"{place}: must be an object."]
                : Of(place, rule.Id, ids, rule.From, rule.Until, rule.Source).Concat(Points(place, rule.BasisPoints))
                    .Concat(Codes($"{place}.hsCodes", rule.HsCodes))
                    .Concat(Text($"{place}.place", rule.Place, LongestId))
                    .Concat(Amount($"{place}.uncollectedUpToMinor", rule.UncollectedUpToMinor))) yield return fault;
        }

        foreach (var (place, rule) in Items($"{at}.lowValues", area.LowValues))
        {
            foreach (var fault in rule is null ? [$"{place}: must be an object."]
                : Of(place, rule.Id, ids, rule.From, rule.Until, rule.Source)
                    .Concat(Amount($"{place}.upToMinor", rule.UpToMinor))
                    .Concat(Amount($"{place}.perItemMinor", rule.PerItemMinor))
                    .Concat(Countries($"{place}.sentFrom", rule.SentFrom))
                    .Concat(Codes($"{place}.notHsCodes", rule.NotHsCodes))) yield return fault;
            if (rule is not null && !Enum.IsDefined(rule.Relief)) yield return $"{place}.relief: must be duty or tax.";
            if (rule is { Relief: LowValueRelief.Tax, PerItemMinor: > 0 })
                yield return $"{place}.perItemMinor: is of a duty.";
        }

        foreach (var (place, rule) in Items($"{at}.schemes", area.Schemes))
        {
            foreach (var fault in rule is null ? [$"{place}: must be an object."]
                : Of(place, rule.Id, ids, rule.From, rule.Until, rule.Source)
                    .Concat(Amount($"{place}.upToMinor", rule.UpToMinor))) yield return fault;
        }
    }

    static IEnumerable<string> Of(
        string at, string id, HashSet<string> ids, DateOnly? from, DateOnly? until, string? source)
    {
        foreach (var fault in Text($"{at}.id", id, LongestId)) yield return fault;
        if (ids.Count > MaxRules) yield return $"{at}: there must be at most {MaxRules} rules of an area.";
        if (!ids.Add(id ?? "")) yield return $"{at}.id: is there already.";
        if (until < from) yield return $"{at}.until: must not be before from.";
        if (source?.Length > LongestText) yield return $"{at}.source: must be at most {LongestText} characters.";
    }

    static IEnumerable<string> Points(string at, int basisPoints) =>
        basisPoints is < 0 or > MostPoints ? [$"{at}.basisPoints: must be from 0 to {MostPoints}."] : [];

    static IEnumerable<string> Amount(string at, long minor) =>
        minor is < 0 or > MostMinor ? [$"{at}: must be from 0 to {MostMinor}."] : [];

    static IEnumerable<string> Codes(string at, ImmutableArray<string> codes) =>
        Items(at, codes).Where(c => c.Item is not { Length: >= 2 and <= 10 } || !c.Item.All(char.IsAsciiDigit))
            .Select(c => $"{c.At}: must be 2 to 10 digits, as HS codes begin.");

    static IEnumerable<string> Countries(string at, ImmutableArray<string> countries) =>
        Items(at, countries).Where(c => c.Item is null || !AddressRules.IsCountry(c.Item))
            .Select(c => $"{c.At}: must be a country of ISO 3166-1.");

    static IEnumerable<string> Text(string at, string? text, int most) =>
        string.IsNullOrWhiteSpace(text) || text.Length > most ? [$"{at}: must be 1 to {most} characters."] : [];

    static IEnumerable<(string At, T? Item)> Items<T>(string at, ImmutableArray<T> items)
        where T : class =>
        (items.IsDefault ? [] : items).Select((item, i) => ($"{at}[{i}]", (T?)item));
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(DutyTable))]
sealed partial class DutyTableJson : JsonSerializerContext;
