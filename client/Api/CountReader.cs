using System.Collections.Immutable;
using Fulfillment.Counting;

namespace Fulfillment.Client.Api;

/// <summary>Reads requests about counts, gathering what is wrong with them.</summary>
static class CountReader
{
    /// <summary>The list of proposals has this name where a count has its id.</summary>
    public const string Proposals = "proposals";

    const int MaxReason = 200;

    public static CountTerms Terms(CountRequest request)
    {
        Fields fields = new();
        var bins = Ids(fields, "/bins", request.Bins, CycleCount.MaxPlaces);
        var skus = Ids(fields, "/skus", request.Skus, CycleCount.MaxPlaces);
        if (request.Id == Proposals) fields.Add("/id", "reserved-id", "is the name of the list of proposals");
        if (bins.IsEmpty && skus.IsEmpty && fields.Errors.Count == 0)
            fields.Add("/bins", "required", "is missing; name bins, or SKUs to be counted at the whole node");
        CountTerms terms = new(
            fields.Id("/node", request.Node), bins, skus,
            fields.Word("/reason", request.Reason, (CountReason?)CountReason.Request),
            Tolerance(fields, request.Tolerance), Ids(fields, "/counters", request.Counters, CycleCount.MaxCounters),
            fields.OptionalText("/note", request.Note, 1_000));
        fields.Check();
        return terms;
    }

    public static Tolerance Tolerance(Fields fields, ToleranceBody? body) => body is null ? new() : new(
        body.Units is null ? null : fields.Number("/tolerance/units", body.Units, 0, int.MaxValue),
        fields.Money("/tolerance/value", body.Value),
        body.Percent is null ? null : fields.Number("/tolerance/percent", body.Percent, 0, 1_000));

    public static ToleranceBody? Body(Tolerance t) => t is { Units: null, Value: null, Percent: null } ? null
        : new(t.Units, t.Value is { } v ? new(v.AmountMinor, v.Currency) : null, t.Percent);

    /// <summary>Ids, each once, ordinal.</summary>
    public static ImmutableArray<string> Ids(Fields fields, string field, IReadOnlyList<string?>? ids, int most)
    {
        if (ids is null) return [];
        if (ids.Count > most)
        {
            fields.Add(field, "too-many", $"at most {most}");
            return [];
        }

        var read = ids.Select((id, i) => fields.Id($"{field}/{i}", id)).ToImmutableArray();
        if (read.Distinct(StringComparer.Ordinal).Count() < read.Length)
            fields.Add(field, "duplicate", "names one twice");
        return [.. read.Order(StringComparer.Ordinal)];
    }

    public static ImmutableArray<int> Lines(Fields fields, IReadOnlyList<long?>? lines)
    {
        if (lines is null) return [];
        if (lines.Count > CycleCount.MaxLines)
        {
            fields.Add("/lines", "too-many", $"at most {CycleCount.MaxLines}");
            return [];
        }

        return [.. lines.Select((n, i) => fields.Number($"/lines/{i}", n, 1, CycleCount.MaxLines)).Distinct().Order()];
    }

    public static string Reason(Fields fields, string? reason) => fields.Text("/reason", reason, MaxReason);

    public static string? OptionalReason(Fields fields, string? reason) =>
        fields.OptionalText("/reason", reason, MaxReason);
}
