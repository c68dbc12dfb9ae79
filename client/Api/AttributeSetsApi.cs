using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Fulfillment.Catalog;

namespace Fulfillment.Client.Api;

/// <summary>Attribute sets: what cards of a sort of goods say, in versions.</summary>
public static class AttributeSetsApi
{
    const string Path = "/v1/attribute-sets/{set}";
    const int MostInName = 100, MostInTitle = 200, MostInUnit = 30, MostInValue = 200, MostInText = 2_000;

    /// <summary>Adds the routes.</summary>
    public static void MapAttributeSets(this IEndpointRouteBuilder routes)
    {
        routes.MapPut(Path, Put)
            .Describe("putAttributeSet", "Creates an attribute set, or makes a new version of it", "attribute-sets")
            .Accepts<AttributeSetRequest>("application/json").Answers<AttributeSetBody>(200, 201)
            .Refuses(400, 409, 412, 422);
        routes.MapGet(Path, Get).Describe("getAttributeSet", "An attribute set, or a version of it", "attribute-sets")
            .Answers<AttributeSetBody>(200).Refuses(400, 404);
        routes.MapGet("/v1/attribute-sets", List)
            .Describe("listAttributeSets", "Attribute sets by id", "attribute-sets")
            .Answers<PageBody<AttributeSetListBody>>(200).Refuses(400);
        routes.MapGet(Path + "/gaps", Gaps)
            .Describe("listAttributeGaps", "SKUs that do not meet the latest version yet, by id", "attribute-sets")
            .Answers<PageBody<AttributeGapBody>>(200).Refuses(400, 404);
    }

    static async Task<IResult> Put(HttpContext http, Backend backend, string set)
    {
        Requests.PathId("set", set);
        var seat = http.Seat(backend);
        var body = await http.Body();
        var terms = Read(Requests.Parse(body.Span, ApiJson.Wire.AttributeSetRequest));
        var version = (int?)http.IfMatch();
        await http.Operation(backend, seat, set, body);
        if (version == Requests.AnyRevision)
        {
            version = (await seat.AttributeSet(set).Get(cancel: http.RequestAborted)).Latest;
            if (version == 0) return SkusApi.Stale(0);
        }

        var reply = await seat.AttributeSet(set).Write(terms, version, http.RequestAborted);
        return reply.Status switch
        {
            AttributeSetStatus.Stale => SkusApi.Stale(reply.Latest),
            AttributeSetStatus.TooManyVersions => Problem.Conflict(
                "too-many-versions", $"{set} has {AttributeSet.MaxVersions} versions, which is the most."),
            AttributeSetStatus.Done when reply.Version == 1 => Answer.Created(
                Body(set, reply), ApiJson.Wire.AttributeSetBody, $"/v1/attribute-sets/{set}", reply.Version),
            AttributeSetStatus.Done or AttributeSetStatus.AlreadyDone =>
                Answer.Ok(Body(set, reply), ApiJson.Wire.AttributeSetBody, reply.Version),
            AttributeSetStatus.UnknownSet or AttributeSetStatus.NotValid =>
                throw new UnreachableException($"{set} was checked: {reply.Status}."),
        };
    }

    static async Task<IResult> Get(HttpContext http, Backend backend, string set, string? version)
    {
        Requests.PathId("set", set);
        var number = 0;
        if (version is not null && (!int.TryParse(version, out number) || number < 1))
            return Problem.Invalid("version", "out-of-range", "must be a whole number from 1");
        var reply = await http.Seat(backend).AttributeSet(set)
            .Get(version is null ? null : number, http.RequestAborted);
        return reply.Terms is null ? Unknown(set, version)
            : Answer.Ok(Body(set, reply), ApiJson.Wire.AttributeSetBody, reply.Version);
    }

    static IResult List(HttpContext http, Backend backend, string? cursor, string? limit)
    {
        var page = backend.Views.AttributeSets.List(http.Seller(), Paging.Id(cursor), Requests.Limit(limit));
        return Answer.Ok(
            new(
                [.. page.Items.Select(r => new AttributeSetListBody(r.Id, r.Version, r.Title, r.Attributes))],
                page.Next),
            ApiJson.Wire.AttributeSetPage);
    }

    static async Task<IResult> Gaps(HttpContext http, Backend backend, string set, string? cursor, string? limit)
    {
        Requests.PathId("set", set);
        var reply = await http.Seat(backend).AttributeSet(set).Get(cancel: http.RequestAborted);
        if (reply.Terms is not { } terms) return Unknown(set, null);
        Dictionary<string, Regex> patterns = [];
        var page = CardSweep.Page(backend, http.Seller(), cursor, Requests.Limit(limit), row =>
            row.Card.AttributeSet is { } of && of.Set == set
            && AttributeCheck.Flaws(terms, row.Card.AllAttributes, patterns) is { Count: > 0 } flaws
                ? new AttributeGapBody(row.Sku, row.Card.Title, of.Version, [.. AttributeSets.Errors(flaws)]) : null);
        return Answer.Ok(new(page.Items, page.Next), ApiJson.Wire.AttributeGapPage);
    }

    static Problem Unknown(string set, string? version) => version is null
        ? Problem.NotFound("unknown-attribute-set", $"There is no attribute set {set}.")
        : Problem.NotFound("unknown-version", $"There is no version {version} of an attribute set {set}.");

    static AttributeSetBody Body(string set, AttributeSetReply reply) => new(
        set, reply.Version, reply.Latest, reply.Terms!.Title, reply.Terms.Closed,
        [
            .. reply.Terms.Attributes.Select(a => new AttributeRuleBody(
                a.Name, Words<AttributeType>.Of(a.Type), a.Required, a.Title, a.MaxLength, a.Min, a.Max,
                a.Scale == 0 ? null : a.Scale, a.Unit, a.Units.IsDefaultOrEmpty ? null : a.Units,
                a.Values.IsDefaultOrEmpty ? null : a.Values, a.Pattern)),
        ]);

    static AttributeSetTerms Read(AttributeSetRequest request)
    {
        Fields fields = new();
        var title = fields.Text("/title", request.Title, MostInTitle);
        if (request.Attributes is null) fields.Add("/attributes", "required", "is missing");
        if (request.Attributes?.Count > AttributeSet.MaxAttributes)
            fields.Add("/attributes", "too-many", $"at most {AttributeSet.MaxAttributes}");
        List<AttributeRule> rules = [];
        for (var i = 0; i < Math.Min(request.Attributes?.Count ?? 0, AttributeSet.MaxAttributes); i++)
        {
            if (request.Attributes![i] is { } rule) rules.Add(Read(fields, $"/attributes/{i}", rule));
            else fields.Add($"/attributes/{i}", "wrong-type", "must be an object");
        }

        fields.Check();
        AttributeSetTerms terms = new(title, [.. rules], request.Closed ?? false);
        if (AttributeCheck.FaultOf(terms) is var (at, fault)) Add(fields, $"/attributes/{at}", fault, rules[at]);
        fields.Check();
        return terms;
    }

    static AttributeRule Read(Fields fields, string at, AttributeRuleRequest rule) => new(
        fields.Text($"{at}/name", rule.Name, MostInName), fields.Word<AttributeType>($"{at}/type", rule.Type),
        rule.Required ?? false, fields.OptionalText($"{at}/title", rule.Title, MostInTitle),
        rule.MaxLength is null ? null : fields.Number($"{at}/maxLength", rule.MaxLength, 1, MostInText),
        rule.Min, rule.Max,
        rule.Scale is null ? 0 : fields.Number($"{at}/scale", rule.Scale, 0, AttributeCheck.MaxScale),
        fields.OptionalText($"{at}/unit", rule.Unit, MostInUnit),
        Choices(fields, $"{at}/units", rule.Units, MostInUnit),
        Choices(fields, $"{at}/values", rule.Values, MostInValue),
        fields.OptionalText($"{at}/pattern", rule.Pattern, AttributeCheck.MaxPattern));

    static ImmutableArray<string> Choices(Fields fields, string at, IReadOnlyList<string?>? choices, int most)
    {
        if (choices is null) return default;
        if (choices.Count > AttributeSet.MaxChoices) fields.Add(at, "too-many", $"at most {AttributeSet.MaxChoices}");
        return [.. choices.Take(AttributeSet.MaxChoices).Select((c, i) => fields.Text($"{at}/{i}", c, most))];
    }

    static void Add(Fields fields, string at, AttributeRuleFault fault, AttributeRule rule)
    {
        var choices = rule.Type == AttributeType.Measure ? "units" : "values";
        var (field, detail) = fault switch
        {
            AttributeRuleFault.DuplicateName => ($"{at}/name", "is the name of an attribute before"),
            AttributeRuleFault.NotForType =>
                (at, $"says something that no attribute of type {Words<AttributeType>.Of(rule.Type)} has"),
            AttributeRuleFault.NothingToChoose => ($"{at}/{choices}", "is missing or empty"),
            AttributeRuleFault.BadChoice => ($"{at}/{choices}", "has one twice"),
            AttributeRuleFault.BadBounds => ($"{at}/min", "must not be more than max"),
            AttributeRuleFault.BadPattern => ($"{at}/pattern",
                "must be a regular expression without lookarounds and backreferences, and not too large"),
        };
        fields.Add(field, Words<AttributeRuleFault>.Of(fault), detail);
    }
}
