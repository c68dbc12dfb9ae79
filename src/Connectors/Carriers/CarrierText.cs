using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fulfillment.Payments;
using Fulfillment.Shipping;

namespace Fulfillment.Connectors;

/// <summary>Numbers, days and texts as carriers write them.</summary>
static class CarrierText
{
    const int GramsInKilogram = 1_000, MmInCm = 10;
    const decimal GramsInPound = 453.59237m, MmInInch = 25.4m;

    /// <summary>
    /// The amount at a path, a number or text, rounded half up to the minor unit; null where there is none, or of an
    /// unknown currency.
    /// </summary>
    public static Money? Price(this JsonElement json, string? currency, params ReadOnlySpan<string> path)
    {
        if (currency is null || Currencies.DigitsOf(currency) is not { } digits) return null;
        var at = json.At(path);
        var told = at.ValueKind switch
        {
            JsonValueKind.Number when at.TryGetDecimal(out var number) => number,
            JsonValueKind.String when decimal.TryParse(
                at.GetString(), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) => number,
            _ => (decimal?)null,
        };
        if (told is not { } amount || amount is < 0 or > 1_000_000_000) return null;
        for (var i = 0; i < digits; i++) amount *= 10;
        return new((long)decimal.Round(amount, MidpointRounding.AwayFromZero), currency);
    }

    /// <summary>An amount as carriers write it, with a dot.</summary>
    public static decimal Major(Money money)
    {
        decimal amount = money.AmountMinor;
        for (var i = Currencies.DigitsOf(money.Currency) ?? 0; i > 0; i--) amount /= 10;
        return amount;
    }

    /// <summary>A number in as few digits as it needs.</summary>
    public static string Text(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>Kilograms, rounded up to a tenth: no carrier is told less than there is.</summary>
    public static decimal Kilograms(long grams) => Math.Ceiling(grams * 10m / GramsInKilogram) / 10;

    /// <summary>Pounds, rounded up to a hundredth.</summary>
    public static decimal Pounds(long grams) => Math.Ceiling(grams * 100m / GramsInPound) / 100;

    /// <summary>Kilograms to the gram: what is told to customs is not above what the parcel weighs.</summary>
    public static decimal ExactKilograms(long grams) => (decimal)grams / GramsInKilogram;

    /// <summary>Centimetres, rounded up.</summary>
    public static int Centimetres(int mm) => (mm + MmInCm - 1) / MmInCm;

    /// <summary>
    /// Inches, rounded up to a whole one, but for the millimetre that edges are rounded up by: twelve inches, 304.8 mm,
    /// are kept as 305 and stay twelve.
    /// </summary>
    public static int Inches(int mm) => Math.Max(1, (int)Math.Ceiling((mm - 1) / MmInInch));

    /// <summary>A day as <c>20261130</c>.</summary>
    public static string Compact(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    /// <summary>A day as <c>2026-11-30</c>.</summary>
    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The day that a text begins with, written compactly or as ISO 8601; null where it is none.</summary>
    public static DateOnly? Day(string? text)
    {
        var digits = text is { Length: >= 10 } && text[4] == '-' ? text[..10]
            : text is { Length: >= 8 } ? text[..8] : "";
        return DateOnly.TryParseExact(
            digits, ["yyyyMMdd", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day : null;
    }

    /// <summary>An instant; one without an offset is UTC. Null where the text is none.</summary>
    public static DateTimeOffset? Instant(string? text) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
        out var at) ? at : null;

    /// <summary>A postcode without spaces and hyphens, as UPS and the like want it.</summary>
    public static string? Postcode(ShipAddress address) => address.Postcode is null ? null
        : string.Concat(address.Postcode.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant() is { Length: > 0 } code
            ? code : null;

    /// <summary>Cut to so many characters; null and blank become the other.</summary>
    public static string Cut(string? text, int most, string otherwise = "-")
    {
        if (string.IsNullOrWhiteSpace(text)) text = otherwise;
        text = text.Trim();
        return text.Length <= most ? text : text[..most].TrimEnd();
    }

    /// <summary>The lines of an address, at most so many of a length; none where none are told.</summary>
    public static JsonArray Lines(ShipAddress address, int most, int length) =>
        [.. (address.Lines.IsDefault ? [] : address.Lines).Where(l => !string.IsNullOrWhiteSpace(l)).Take(most)
            .Select(l => (JsonNode)Cut(l, length))];

    /// <summary>
    /// A key as a carrier takes it as a reference: itself where it is short enough, else the start of its hash.
    /// </summary>
    public static string Reference(string key, int longest) => key.Length <= longest ? key
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..Math.Min(32, longest)];

    /// <summary>A key as a UUID (RFC 9562, version 8: of a hash), always the same for it.</summary>
    public static Guid Uuid(string key)
    {
        Span<byte> hash = SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new(hash, bigEndian: true);
    }

    /// <summary>Bytes in base 64; empty where the text is none.</summary>
    public static ImmutableArray<byte> Bytes(string? base64)
    {
        var bytes = new byte[((base64?.Length ?? 0) * 3 / 4) + 3];
        return base64 is not null && Convert.TryFromBase64String(base64, bytes, out var length)
            ? [.. bytes.AsSpan(0, length)] : [];
    }

    /// <summary>The items of an array, or the thing itself where a carrier writes one without brackets.</summary>
    public static IEnumerable<JsonElement> Many(this JsonElement json, params ReadOnlySpan<string> path) =>
        json.At(path) is { ValueKind: JsonValueKind.Object } one ? [one] : json.Items(path);

    /// <summary>The day that it is there: in UTC where the time zone is not known.</summary>
    public static DateOnly Today(string? timeZone, DateTimeOffset now) => DateOnly.FromDateTime(
        timeZone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone)
            ? TimeZoneInfo.ConvertTime(now, zone).DateTime : now.UtcDateTime);

    /// <summary>A refusal of our own: a parcel is over what the carrier takes.</summary>
    public static CarrierRefusal Over(LimitBreach breach) => new(
        PackageLimits.ReasonOf(breach) == RateRejection.Overweight ? "overweight" : "oversize",
        string.Create(CultureInfo.InvariantCulture,
            $"Parcel {breach.Parcel + 1}: {breach.Limit} of {breach.Actual}, at most {breach.Most}."));

    /// <summary>A carrier is not asked: a field of the question is missing.</summary>
    public static RejectedRate Missing(string carrier, string field) =>
        new(carrier, null, RateRejection.Incomplete, Code: field);

    /// <summary>What crosses a customs border is not rated as papers: it is told what the goods are worth.</summary>
    public static bool LacksWorth(RateAsk ask) => ask.Declared is null && Crosses(ask);

    /// <summary>Whether goods are declared on this way.</summary>
    public static bool Crosses(RateAsk ask) => CustomsArea.IsLeft(
        CustomsArea.Of(ask.From.Country, ask.From.Postcode), CustomsArea.Of(ask.To.Country, ask.To.Postcode));

    /// <summary>The fields that there is something to say of.</summary>
    public static JsonObject Given(params ReadOnlySpan<(string Name, JsonNode? Value)> fields)
    {
        JsonObject body = [];
        foreach (var (name, value) in fields)
            if (value is not null) body[name] = value;
        return body;
    }

    /// <summary>
    /// What is wrong where a code does not tell it: UPS, FedEx and USPS publish no code for damage, and write it in
    /// words. Null where they say nothing of it, or no trouble is told.
    /// </summary>
    public static CaseReason? Trouble(Milestone milestone, string? says, CaseReason? why = null) =>
        milestone is Milestone.Exception or Milestone.Other
        && says?.Contains("damage", StringComparison.OrdinalIgnoreCase) == true
        && !says.Contains("no damage", StringComparison.OrdinalIgnoreCase)
        && !says.Contains("not damaged", StringComparison.OrdinalIgnoreCase) ? CaseReason.Damaged : why;

    /// <summary>The name of who signed; null where none is told.</summary>
    public static string? Name(string? text) => string.IsNullOrWhiteSpace(text) ? null : Cut(text, 100);

    /// <summary>City and country, as far as they are told.</summary>
    public static string? Place(string? city, string? country)
    {
        var told = string.Join(", ", new[] { city, country }.Where(t => !string.IsNullOrWhiteSpace(t)));
        return told.Length == 0 ? null : Cut(told, 120);
    }
}
