using System.Collections.Immutable;
using Fulfillment.Shipping;

namespace Fulfillment.Client.Api;

/// <summary>
/// Who pays where goods go over a customs border, by which numbers offices know the seller, and what becomes of an
/// order that lacks what customs ask for. <c>Missing</c>: <c>hold</c> unless told. <c>Terms</c>: <c>dap</c> unless
/// told.
/// </summary>
public sealed record CustomsPolicyBody(
    string? Missing, string? Terms, IReadOnlyList<LaneTermsBody?>? Lanes, IReadOnlyList<string?>? Eoris, string? Ioss,
    string? GbVat);

/// <summary>Who pays on some ways, by country; an empty list or none: all.</summary>
public sealed record LaneTermsBody(string? Terms, IReadOnlyList<string?>? From, IReadOnlyList<string?>? To);

/// <summary>A seller's dealings with customs, as requests and answers have them.</summary>
static class CustomsPolicies
{
    const int MostCountries = 250;

    /// <summary>The policy of a request; null when it tells none.</summary>
    public static CustomsPolicy? Read(Fields fields, CustomsPolicyBody? policy)
    {
        if (policy is null) return null;
        if (policy.Lanes?.Count > CustomsPolicy.MaxLanes)
            fields.Add("/customs/lanes", "too-many", $"at most {CustomsPolicy.MaxLanes}");
        if (policy.Eoris?.Count > CustomsPolicy.MaxEoris)
            fields.Add("/customs/eoris", "too-many", $"at most {CustomsPolicy.MaxEoris}");
        return new(
            fields.Word<MissingCustoms>("/customs/missing", policy.Missing, MissingCustoms.Hold),
            fields.Word<Incoterm>("/customs/terms", policy.Terms, Incoterm.Dap),
            policy.Lanes is null or { Count: 0 } ? default
                : [.. policy.Lanes.Take(CustomsPolicy.MaxLanes).Select((l, i) => Lane(fields, i, l))],
            Eoris(fields, policy.Eoris), Ioss(fields, "/customs/ioss", policy.Ioss),
            GbVat(fields, "/customs/gbVat", policy.GbVat));
    }

    /// <summary>An EORI number.</summary>
    public static string? Eori(Fields fields, string at, string? number)
    {
        if (number is not null && !CustomsNumbers.IsEori(number))
            fields.Add(at, "bad-eori", "must be an EORI number, such as DE1234567 or GB123456789000");
        return number;
    }

    /// <summary>An IOSS number.</summary>
    public static string? Ioss(Fields fields, string at, string? number)
    {
        if (number is not null && !CustomsNumbers.IsIoss(number))
            fields.Add(at, "bad-ioss", "must be IM, the number of a member state, and seven digits");
        return number;
    }

    /// <summary>A VAT number of the United Kingdom.</summary>
    public static string? GbVat(Fields fields, string at, string? number)
    {
        if (number is not null && !CustomsNumbers.IsGbVat(number))
            fields.Add(at, "bad-vat-number", "must be GB, nine digits that check each other, and three for a branch");
        return number;
    }

    /// <summary>The policy as it was told; null for none.</summary>
    public static CustomsPolicyBody? Body(CustomsPolicy? policy) => policy is null ? null : new(
        Words<MissingCustoms>.Of(policy.Missing), Words<Incoterm>.Of(policy.Terms),
        policy.Lanes.IsDefaultOrEmpty ? null
            : [.. policy.Lanes.Select(l => new LaneTermsBody(Words<Incoterm>.Of(l.Terms), Told(l.From), Told(l.To)))],
        Told(policy.Eoris), policy.Ioss, policy.GbVat);

    static LaneTerms Lane(Fields fields, int index, LaneTermsBody? lane)
    {
        var at = $"/customs/lanes/{index}";
        if (lane is null) fields.Add(at, "wrong-type", "must be an object");
        return lane is null ? new(Incoterm.Dap) : new(
            fields.Word<Incoterm>($"{at}/terms", lane.Terms), Countries(fields, $"{at}/to", lane.To),
            Countries(fields, $"{at}/from", lane.From));
    }

    static ImmutableArray<string> Countries(Fields fields, string at, IReadOnlyList<string?>? countries)
    {
        if (countries is null or { Count: 0 }) return default;
        if (countries.Count > MostCountries) fields.Add(at, "too-many", $"at most {MostCountries}");
        return
        [
            .. countries.Take(MostCountries).Select((c, i) => fields.Country($"{at}/{i}", c, required: true) ?? ""),
        ];
    }

    static ImmutableArray<string> Eoris(Fields fields, IReadOnlyList<string?>? numbers)
    {
        if (numbers is null or { Count: 0 }) return default;
        for (var i = 0; i < Math.Min(numbers.Count, CustomsPolicy.MaxEoris); i++)
        {
            var at = $"/customs/eoris/{i}";
            if (numbers[i] is null) fields.Add(at, "required", "is missing");
            Eori(fields, at, numbers[i]);
            if (numbers[i] is { Length: > 2 } number
                && numbers.Take(i).Any(n => n?.StartsWith(number[..2], StringComparison.Ordinal) == true))
                fields.Add(at, "duplicate", "is of a country that another one is of");
        }

        return [.. numbers.Take(CustomsPolicy.MaxEoris).Select(n => n ?? "")];
    }

    static ImmutableArray<string>? Told(ImmutableArray<string> list) => list.IsDefaultOrEmpty ? null : list;
}
