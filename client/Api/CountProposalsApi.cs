using System.Collections.Immutable;
using Fulfillment.Counting;
using Fulfillment.Views;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>What is to be counted next, and what counts found.</summary>
public static class CountProposalsApi
{
    const int DefaultMost = 50;

    static readonly TimeSpan Period = TimeSpan.FromDays(90);

    /// <summary>Adds the routes.</summary>
    public static void MapCountProposals(this IEndpointRouteBuilder routes)
    {
        routes.MapGet($"/v1/counts/{CountReader.Proposals}", Propose)
            .Describe(
                "proposeCounts",
                "What to count next: by ABC class of what left in 90 days, and where something was odd", "counts")
            .Answers<CountProposalsBody>(200).Refuses(400, 404);
        routes.MapPost($"/v1/counts/{CountReader.Proposals}", Open)
            .Describe("openProposedCount", "Orders a count of what is proposed", "counts")
            .Accepts<CountProposalRequest>("application/json").Answers<CountBody>(201, 200).Refuses(400, 404, 409, 422);
        routes.MapGet("/v1/nodes/{node}/count-accuracy", Accuracy)
            .Describe("getCountAccuracy", "Accuracy and shrinkage of a node, by default of the last 90 days", "counts")
            .Answers<CountAccuracyBody>(200).Refuses(400, 404);
    }

    static async Task<IResult> Propose(
        HttpContext http, Backend backend, TimeProvider time, string? node, string? reason, string? most,
        string? aShare, string? bShare, string? aDays, string? bDays, string? cDays)
    {
        Fields fields = new();
        fields.Id("node", node);
        var by = Reason(fields, "reason", reason);
        ProposalRules rules = new(
            Number("aShare", aShare), Number("bShare", bShare), Number("aDays", aDays), Number("bDays", bDays),
            Number("cDays", cDays), Number("most", most));
        rules.Check(fields, "");
        fields.Check();
        if ((await http.Seat(backend).Node(node!).Get(http.RequestAborted)).Card is null)
            return NodesApi.Unknown(node!);
        var items = Items(backend, http.Seller(), node!, rules, by, time.GetUtcNow());
        return Answer.Ok(new CountProposalsBody(node!, items), ApiJson.Wire.CountProposalsBody);

        long? Number(string name, string? text)
        {
            if (text is null) return null;
            if (long.TryParse(text, System.Globalization.NumberStyles.None,
                System.Globalization.CultureInfo.InvariantCulture, out var number)) return number;
            fields.Add(name, "out-of-range", "must be a whole number");
            return null;
        }
    }

    static async Task<IResult> Open(HttpContext http, Backend backend, TimeProvider time)
    {
        var seat = http.Seat(backend);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.CountProposalRequest);
        Fields fields = new();
        var node = fields.Id("/node", request.Node);
        var by = Reason(fields, "/reason", request.Reason);
        ProposalRules rules = new(
            request.AShare, request.BShare, request.ADays, request.BDays, request.CDays, request.Most);
        rules.Check(fields, "/");
        var tolerance = CountReader.Tolerance(fields, request.Tolerance);
        var counters = CountReader.Ids(fields, "/counters", request.Counters, CycleCount.MaxCounters);
        if (request.Id == CountReader.Proposals)
            fields.Add("/id", "reserved-id", "is the name of the list of proposals");
        fields.Check();
        var id = await http.Operation(backend, seat, request.Id, body);
        // What is proposed has changed since: a repeat is of the count that was opened.
        var known = await seat.CycleCount(id).Get(http.RequestAborted);
        if (known.Sheet is { Terms: var terms }) return terms.Node == node && terms.Tolerance == tolerance
            && terms.Counters.SequenceEqual(counters)
                ? Answer.Ok(
                    CountAnswers.Body(id, known.Sheet, known.Version, expected: false), ApiJson.Wire.CountBody,
                    known.Version)
                : Problem.OtherContent($"Count id {id}");
        if ((await seat.Node(node).Get(http.RequestAborted)).Card is null) return NodesApi.UnknownAt("/node", node);
        var items = Items(backend, seat.Seller, node, rules, by, time.GetUtcNow());
        if (items.Count == 0) return Problem.Conflict("nothing-proposed", $"There is nothing to be counted at {node}.");
        ImmutableArray<string> bins =
            [.. items.Select(i => i.Bin).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        ImmutableArray<string> skus = bins.IsEmpty
            ? [.. items.Select(i => i.Sku).Distinct().Order(StringComparer.Ordinal)] : [];
        var why = items.Any(i => i.Reason == "abc") ? CountReason.Abc : CountReason.Exception;
        return await CountsApi.Order(
            http, backend, seat, id, new(node, bins, skus, by ?? why, tolerance, counters));
    }

    static CountReason? Reason(Fields fields, string field, string? reason)
    {
        if (reason is null) return null;
        if (reason is "abc") return CountReason.Abc;
        if (reason is not "exception") fields.Add(field, "unknown-value", "must be one of abc, exception");
        return CountReason.Exception;
    }

    /// <summary>What is to be counted: odd places first, then classes in turn, those that left most first.</summary>
    static IReadOnlyList<CountProposalBody> Items(
        Backend backend, string seller, string node, ProposalRules rules, CountReason? only, DateTimeOffset now)
    {
        var counts = backend.Views.Counts;
        var since = (now - Period).ToUnixTimeMilliseconds();
        var left = counts.Left(seller, node, since);
        var corrected = counts.Corrected(seller, node, since).ToDictionary(c => c.Sku, c => c.At);
        var last = counts.Last(seller, node).ToDictionary(l => (l.Sku, l.Bin));
        var places = counts.Lying(seller, node, CycleCount.MaxLines * 20);
        var binned = places.Select(p => p.Sku).ToHashSet(StringComparer.Ordinal);
        var classes = rules.Classes(left);
        var moved = left.ToDictionary(m => m.Sku);
        var items =
            from place in places.Concat(
                left.Where(m => !binned.Contains(m.Sku)).Select(m => new CountedPlace(m.Sku, "")))
            let letter = classes.GetValueOrDefault(place.Sku, 'C')
            let counted = Latest(
                last.GetValueOrDefault((place.Sku, place.Bin)), last.GetValueOrDefault((place.Sku, "")))
            let odd = counted is null ? "never-counted" : counted.Refused > 0 ? "refused"
                : corrected.TryGetValue(place.Sku, out var at) && at > counted.At ? "corrected" : null
            let due = counted is null || now.ToUnixTimeMilliseconds() - counted.At >= rules.Days(letter) * 86_400_000L
            where only == CountReason.Abc ? due
                : only == CountReason.Exception ? odd is not null : due || odd is not null
            let units = moved.GetValueOrDefault(place.Sku)
            orderby odd is null or "never-counted", letter, ProposalRules.Weight(units) descending, place.Sku, place.Bin
            select new CountProposalBody(
                place.Sku, place.Bin.Length == 0 ? null : place.Bin, $"{letter}",
                due && only != CountReason.Exception ? "abc" : "exception", odd ?? "due",
                counted is null ? null : DateTimeOffset.FromUnixTimeMilliseconds(counted.At), units?.Units ?? 0,
                units?.UnitValue is { } value ? new(value.AmountMinor * units.Units, value.Currency) : null);
        return [.. items.Take((int)(rules.Most ?? DefaultMost))];

        static LastCount? Latest(LastCount? a, LastCount? b) => a is null ? b : b is null || a.At >= b.At ? a : b;
    }

    static async Task<IResult> Accuracy(
        HttpContext http, Backend backend, TimeProvider time, string node, string? from, string? until)
    {
        Requests.PathId("node", node);
        Fields fields = new();
        var end = fields.Time("until", until) ?? time.GetUtcNow();
        var start = fields.Time("from", from) ?? end - Period;
        if (start > end) fields.Add("from", "out-of-range", "must not be after until");
        fields.Check();
        if ((await http.Seat(backend).Node(node).Get(http.RequestAborted)).Card is null)
            return NodesApi.Unknown(node);
        var (first, last) = (start.ToUnixTimeMilliseconds(), end.ToUnixTimeMilliseconds());
        // With now itself, when nobody says until when.
        var beyond = until is null ? long.MaxValue : last;
        var figures = backend.Views.Counts.Figures(http.Seller(), node, first, beyond);
        var (lines, matched) = (figures.Sum(f => f.Lines), figures.Sum(f => f.Matched));
        var (lost, found) = (figures.Sum(f => f.Lost), figures.Sum(f => f.Found));
        return Answer.Ok(new CountAccuracyBody(
            node, start, end, backend.Views.Counts.Counts(http.Seller(), node, first, beyond), lines, matched,
            lines == 0 ? null : matched * 1_000 / lines, lost, found, found - lost,
            [
                .. figures.Where(f => f.Currency is not null && f.LostMinor + f.FoundMinor > 0).Select(f =>
                    new ShrinkageValueBody(f.Currency!, f.LostMinor, f.FoundMinor, f.FoundMinor - f.LostMinor)),
            ]), ApiJson.Wire.CountAccuracyBody);
    }
}

/// <summary>
/// Into which class a SKU falls, and how often it is counted: A are those that make up the first so many percent of
/// what left, B those up to so many, C the rest.
/// </summary>
sealed record ProposalRules(long? AShare, long? BShare, long? ADays, long? BDays, long? CDays, long? Most)
{
    public void Check(Fields fields, string at)
    {
        Range("aShare", AShare, 1, 100);
        Range("bShare", BShare, 1, 100);
        Range("aDays", ADays, 1, 3_650);
        Range("bDays", BDays, 1, 3_650);
        Range("cDays", CDays, 1, 3_650);
        Range("most", Most, 1, CycleCount.MaxPlaces);
        if ((AShare ?? 80) > (BShare ?? 95)) fields.Add($"{at}bShare", "out-of-range", "must not be less than aShare");

        void Range(string name, long? value, long least, long most)
        {
            if (value is not null) fields.Number($"{at}{name}", value, least, most);
        }
    }

    public long Days(char letter) => letter switch { 'A' => ADays ?? 30, 'B' => BDays ?? 90, _ => CDays ?? 365 };

    /// <summary>By value, where somebody told it; else by units.</summary>
    public static Int128 Weight(CountedMoves? moved) =>
        moved is null ? 0 : (Int128)moved.Units * Math.Max(1, moved.UnitValue?.AmountMinor ?? 1);

    public IReadOnlyDictionary<string, char> Classes(IReadOnlyList<CountedMoves> left)
    {
        Dictionary<string, char> classes = new(StringComparer.Ordinal);
        Int128 all = 0, before = 0;
        foreach (var moved in left) all += Weight(moved);
        foreach (var moved in left.OrderByDescending(m => Weight(m)).ThenBy(m => m.Sku, StringComparer.Ordinal))
        {
            classes[moved.Sku] = before * 100 < all * (AShare ?? 80) ? 'A'
                : before * 100 < all * (BShare ?? 95) ? 'B' : 'C';
            before += Weight(moved);
        }

        return classes;
    }
}
