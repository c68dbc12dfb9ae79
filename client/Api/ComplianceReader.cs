using System.Collections.Immutable;
using Fulfillment.Catalog;

namespace Fulfillment.Client.Api;

/// <summary>Compliance rules as requests and answers have them.</summary>
static class ComplianceReader
{
    const int MostInList = 500, MostInText = 500, MostInName = 100, MostInValue = 2_000;

    /// <summary>The rules of a request; what is wrong is added to the fields.</summary>
    public static ImmutableArray<ComplianceRule> Read(Fields fields, IReadOnlyList<ComplianceRuleBody?>? rules)
    {
        if (rules is null) fields.Add("/rules", "required", "is missing");
        if (rules?.Count > ComplianceBook.MaxRules)
            fields.Add("/rules", "too-many", $"at most {ComplianceBook.MaxRules}");
        List<ComplianceRule> read = [];
        for (var i = 0; i < Math.Min(rules?.Count ?? 0, ComplianceBook.MaxRules); i++)
        {
            if (rules![i] is not { } rule)
            {
                fields.Add($"/rules/{i}", "wrong-type", "must be an object");
                continue;
            }

            read.Add(Read(fields, $"/rules/{i}", rule));
            if (read.Take(read.Count - 1).Any(r => r.Id == read[^1].Id))
                fields.Add($"/rules/{i}/id", "duplicate", "is the id of a rule before");
        }

        return [.. read];
    }

    static ComplianceRule Read(Fields fields, string at, ComplianceRuleBody rule)
    {
        var kind = fields.Word<ComplianceKind>($"{at}/kind", rule.Kind);
        var requires = List(fields, $"{at}/requires", rule.Requires, (where, pointer) =>
        {
            if (pointer is null || !ComplianceCheck.IsField(pointer))
                fields.Add(where, "unknown-field", "is no field of a card that can be asked for, as a JSON pointer");
            return pointer ?? "";
        });
        if (kind == ComplianceKind.Labelling && requires.IsDefaultOrEmpty)
            fields.Add($"{at}/requires", "required", "is missing: which fields the card must have");
        if (kind != ComplianceKind.Labelling && !requires.IsDefaultOrEmpty)
            fields.Add($"{at}/requires", "not-for-kind", "is of a labelling rule");
        var from = List(fields, $"{at}/fromCountries", rule.FromCountries, Country);
        if (kind == ComplianceKind.RestrictedLane && from.IsDefaultOrEmpty)
            fields.Add($"{at}/fromCountries", "required", "is missing: where the lane begins");
        return new(
            fields.Id($"{at}/id", rule.Id), kind, fields.Text($"{at}/text", rule.Text, MostInText),
            Goods(fields, $"{at}/goods", rule.Goods), List(fields, $"{at}/channels", rule.Channels, Name),
            List(fields, $"{at}/countries", rule.Countries, Country), from, requires);

        string Name(string where, string? value) => fields.Text(where, value, MostInName);

        string Country(string where, string? value) => fields.Country(where, value, required: true) ?? "";
    }

    static GoodsOf Goods(Fields fields, string at, GoodsBody? goods) => goods is null ? new() : new(
        List(fields, $"{at}/skus", goods.Skus, fields.Id),
        List(fields, $"{at}/attributes", goods.Attributes, (where, a) => new AttributeIs(
            fields.Text($"{where}/name", a?.Name, MostInName),
            fields.OptionalText($"{where}/value", a?.Value, MostInValue))),
        List(fields, $"{at}/handling", goods.Handling, fields.Id),
        List(fields, $"{at}/hsCodes", goods.HsCodes, (where, code) =>
        {
            if (code is not { Length: >= 2 and <= 10 } || !code.All(char.IsAsciiDigit))
                fields.Add(where, "bad-hs-code", "must be 2 to 10 digits: how HS codes begin");
            return code ?? "";
        }));

    static ImmutableArray<TRead> List<T, TRead>(
        Fields fields, string at, IReadOnlyList<T>? list, Func<string, T, TRead> read)
    {
        if (list is null or { Count: 0 }) return default;
        if (list.Count > MostInList) fields.Add(at, "too-many", $"at most {MostInList}");
        return [.. list.Take(MostInList).Select((item, i) => read($"{at}/{i}", item))];
    }

    public static ComplianceBody Body(ComplianceReply reply) => new(
        reply.Version, reply.Latest, Body(reply.Active), Body(reply.Next), Body(reply.Proposed),
        [.. reply.Rules.Select(Body)], CustomsPolicies.Body(reply.Customs));

    static ComplianceTurnBody? Body(ComplianceTurn? turn) =>
        turn is null ? null : new(turn.Version, turn.From, Body(turn.Step)!);

    static ComplianceStepBody? Body(ComplianceStep? step) =>
        step is null ? null : new(step.By, step.At, step.Reason);

    static ComplianceRuleBody Body(ComplianceRule r) => new(
        r.Id, Words<ComplianceKind>.Of(r.Kind), r.Text, new(
            Told(r.Goods.Skus),
            r.Goods.Attributes.IsDefaultOrEmpty ? null
                : [.. r.Goods.Attributes.Select(a => new AttributeIsBody(a.Name, a.Value))],
            Told(r.Goods.Handling), Told(r.Goods.HsCodes)),
        Told(r.Channels), Told(r.Countries), Told(r.FromCountries), Told(r.Requires));

    static ImmutableArray<string>? Told(ImmutableArray<string> list) => list.IsDefaultOrEmpty ? null : list;
}
