using System.Globalization;
using System.Xml;
using Fulfillment.Payments;

namespace Fulfillment.Client.Api;

/// <summary>Checks the fields of a request, gathering every error with its JSON pointer.</summary>
public sealed class Fields
{
    const string Rfc3339 = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK";
    const int MostErrors = 100, MostFraction = 7;
    readonly List<FieldError> _errors = [];

    /// <summary>
    /// The largest amount of anything that is priced, valued or charged, in minor units: sums over thousands of them
    /// still fit. What was taken or owed, which are such sums, may be more.
    /// </summary>
    public const long MostMinor = 1_000_000_000_000_000;

    /// <summary>The longest id.</summary>
    public const int MaxId = 128;

    /// <summary>Whether an id is of the form that all ids have: 1 to 128 characters of A-Z a-z 0-9 . _ - :</summary>
    public static bool IsId(string? id)
    {
        if (string.IsNullOrEmpty(id) || id.Length > MaxId) return false;
        foreach (var c in id)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or '-' or ':')) return false;
        return true;
    }

    /// <summary>Adds an error; the first hundred are enough for anybody.</summary>
    public void Add(string field, string code, string detail)
    {
        if (_errors.Count < MostErrors) _errors.Add(new(field, code, detail));
    }

    /// <summary>Throws if there were errors.</summary>
    public void Check()
    {
        if (_errors.Count > 0) throw new ProblemException(Problem.Invalid(_errors));
    }

    /// <summary>The errors so far.</summary>
    public IReadOnlyList<FieldError> Errors => _errors;

    /// <summary>A mandatory id.</summary>
    public string Id(string field, string? value)
    {
        if (value is null) Add(field, "required", "is missing");
        else if (!IsId(value)) Add(field, "bad-id", $"must be 1 to {MaxId} characters of A-Z a-z 0-9 . _ - :");
        return value ?? "";
    }

    /// <summary>Mandatory text.</summary>
    public string Text(string field, string? value, int most)
    {
        if (string.IsNullOrWhiteSpace(value)) Add(field, "required", "is missing or empty");
        else CheckText(field, value, most);
        return value ?? "";
    }

    /// <summary>Text that may be missing.</summary>
    public string? OptionalText(string field, string? value, int most)
    {
        if (value is not null) CheckText(field, value, most);
        return value;
    }

    /// <summary>A mandatory whole number in a range.</summary>
    public int Number(string field, long? value, long least, long most)
    {
        if (value is null) Add(field, "required", "is missing");
        else if (value < least || value > most)
            Add(field, "out-of-range", $"must be a whole number from {least} to {most}");
        else return (int)value;
        return 0;
    }

    /// <summary>
    /// A word of a list; the first value of the enum when missing and <paramref name="otherwise"/> says so.
    /// </summary>
    public T Word<T>(string field, string? value, T? otherwise = null)
        where T : struct, Enum
    {
        if (value is null && otherwise is { } known) return known;
        if (value is null) Add(field, "required", "is missing");
        else if (Words<T>.Read.TryGetValue(value, out var found)) return found;
        else Add(field, "unknown-value", $"must be one of {string.Join(", ", Words<T>.Read.Keys)}");
        return default;
    }

    /// <summary>An ISO 3166-1 alpha-2 country code.</summary>
    public string? Country(string field, string? value, bool required)
    {
        if (value is null && required) Add(field, "required", "is missing");
        else if (value is not null && !IsCode(value, 2))
            Add(field, "bad-country", "must be a two-letter country code of ISO 3166-1, such as DE");
        else if (value is not null && !Routing.AddressRules.IsCountry(value))
            Add(field, "unknown-country", "is no country of ISO 3166-1");
        return value;
    }

    /// <summary>An amount of money; at most <see cref="MostMinor"/> unless told.</summary>
    public Money? Money(string field, MoneyBody? value, bool required = false, long most = MostMinor)
    {
        if (value is null)
        {
            if (required) Add(field, "required", "is missing");
            return null;
        }

        if (value.Amount is null) Add($"{field}/amount", "required", "is missing");
        else if (value.Amount < 0) Add($"{field}/amount", "out-of-range", "must not be negative");
        else if (value.Amount > most) Add($"{field}/amount", "out-of-range", $"must be at most {most}");
        if (value.Currency is null) Add($"{field}/currency", "required", "is missing");
        else Currency(field, value.Currency, "/currency");
        return new Money(value.Amount ?? 0, value.Currency ?? "");
    }

    /// <summary>A currency. <paramref name="part"/>: where in the field it is; empty where it is all of it.</summary>
    public void Currency(string field, string value, string part = "")
    {
        if (!IsCode(value, 3))
            Add(field + part, "bad-currency", "must be a three-letter currency code of ISO 4217, such as EUR");
        else if (Currencies.DigitsOf(value) is null)
            Add(field + part, "unknown-currency", "is no currency of ISO 4217 that anybody settles in");
    }

    /// <summary>A mandatory amount of money that is not nothing.</summary>
    public Money MoneyToMove(string field, MoneyBody? value)
    {
        var money = Money(field, value, required: true, long.MaxValue);
        if (value is { Amount: 0 }) Add($"{field}/amount", "out-of-range", "must be positive");
        return money ?? default;
    }

    /// <summary>An instant, as RFC 3339 writes it.</summary>
    public DateTimeOffset? Time(string field, string? value)
    {
        if (value is null) return null;
        if (HasZone(value) && DateTimeOffset.TryParseExact(
            Ticks(value), Rfc3339, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return time.ToUniversalTime();
        Add(field, "bad-time", "must be a time as RFC 3339 writes it, such as 2026-11-27T08:00:00Z");
        return null;
    }

    /// <summary>A duration as ISO 8601 writes it, longer than nothing; null when missing or wrong.</summary>
    public TimeSpan? Duration(string field, string? value, TimeSpan most)
    {
        if (value is null) return null;
        try
        {
            var duration = XmlConvert.ToTimeSpan(value);
            if (duration > TimeSpan.Zero && duration <= most) return duration;
            Add(field, "out-of-range", $"must be longer than nothing and at most P{(int)most.TotalDays}D");
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            Add(field, "bad-duration", "must be a duration as ISO 8601 writes it, such as PT15M");
        }

        return null;
    }

    /// <summary>Ends with Z or an offset such as +01:00: a time without either is no instant.</summary>
    static bool HasZone(string time) =>
        time.EndsWith('Z') || (time.Length > 6 && time[^6] is '+' or '-' && time[^3] == ':');

    /// <summary>Without the digits of a fraction beyond the seventh, which is the last that a tick can tell.</summary>
    static string Ticks(string time)
    {
        var dot = time.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0) return time;
        var end = dot + 1;
        while (end < time.Length && char.IsAsciiDigit(time[end])) end++;
        return end - dot <= MostFraction + 1 ? time : time[..(dot + 1 + MostFraction)] + time[end..];
    }

    void CheckText(string field, string value, int most)
    {
        if (value.Length > most) Add(field, "too-long", $"must have at most {most} characters");
        else if (HasControl(value))
            Add(field, "control-character", "must not contain control characters");
    }

    static bool HasControl(string value)
    {
        foreach (var c in value)
            if (char.IsControl(c) && c is not ('\n' or '\r' or '\t')) return true;
        return false;
    }

    static bool IsCode(string value, int length) =>
        value.Length == length && !value.AsSpan().ContainsAnyExceptInRange('A', 'Z');
}

/// <summary>The words of an enum as the API writes them.</summary>
static class Words<T>
    where T : struct, Enum
{
    static readonly Dictionary<T, string> Written = Enum.GetValues<T>().ToDictionary(
        v => v, v => v switch
        {
            Warehousing.NodeType.ThirdParty => "3pl",
            Routing.Constraint.NoTariff => "no-service",
            _ => Views.Words.Kebab($"{v}"),
        });

    public static IReadOnlyDictionary<string, T> Read { get; } = Written.ToDictionary(w => w.Value, w => w.Key);

    public static string Of(T value) => Written[value];
}
