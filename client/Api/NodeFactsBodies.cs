using System.Collections.Immutable;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>How a node works, as requests and answers write it.</summary>
static class NodeFactsBodies
{
    /// <summary>The most of each that a node has.</summary>
    public const int MostHolidays = 400, MostClasses = 50, MostBoxes = 100;

    /// <summary>The longest that a node or supplier may take, in days.</summary>
    public const int MostDays = 365;

    /// <summary>The longest side of a box, and the most that one holds.</summary>
    public const int MostMillimetres = 100_000, MostGrams = 100_000_000;

    /// <summary>The most that a fulfilment order or a unit may cost: sums of many still fit.</summary>
    public const long MostMinor = 1_000_000_000;

    /// <summary>What a request tells of it; null when it tells nothing.</summary>
    public static NodeFacts? Read(Fields fields, NodeRequest r)
    {
        if (r is
            {
                TimeZone: null, Days: null, Holidays: null, Cutoff: null, ProcessingDays: null, LeadDays: null,
                Handles: null, Boxes: null, PerOrder: null, PerUnit: null,
            }) return null;
        var usual = NodeFacts.Ordinary;
        if (r is { PerOrder.Currency: { } one, PerUnit.Currency: { } other } && one != other)
            fields.Add("/perUnit/currency", "currency-mismatch", $"must be {one}, as perOrder");
        return new(
            fields.TimeZone("/timeZone", r.TimeZone, usual.TimeZone), fields.Days("/days", r.Days, usual.Days),
            fields.Dates("/holidays", r.Holidays, MostHolidays), fields.TimeOfDay("/cutoff", r.Cutoff) ?? usual.Cutoff,
            fields.Number("/processingDays", r.ProcessingDays ?? usual.ProcessingDays, 0, MostDays),
            fields.Number("/leadDays", r.LeadDays ?? usual.LeadDays, 0, MostDays), Handles(fields, r.Handles),
            Boxes(fields, r.Boxes), Cost(fields, "/perOrder", r.PerOrder), Cost(fields, "/perUnit", r.PerUnit));
    }

    /// <summary>The answer with how the node works.</summary>
    public static NodeBody With(this NodeBody body, NodeFacts? facts) => facts is not { } f ? body : body with
    {
        TimeZone = f.TimeZone,
        Days = DayWords.Of(f.Days),
        Holidays = f.Holidays,
        Cutoff = DayWords.Of(f.Cutoff),
        ProcessingDays = f.ProcessingDays,
        LeadDays = f.LeadDays,
        Handles = f.Handles,
        Boxes = [.. f.Boxes.Select(b => new NodeBoxBody(b.Id, b.LengthMm, b.WidthMm, b.HeightMm, b.MaxGrams))],
        PerOrder = OrderBodies.Body(f.PerOrder),
        PerUnit = OrderBodies.Body(f.PerUnit),
    };

    static ImmutableArray<string> Handles(Fields fields, IReadOnlyList<string?>? classes)
    {
        if (classes?.Count > MostClasses) fields.Add("/handles", "too-many", $"at most {MostClasses}");
        SortedSet<string> read = new(StringComparer.Ordinal);
        for (var i = 0; i < Math.Min(classes?.Count ?? 0, MostClasses); i++)
            if (!read.Add(fields.Id($"/handles/{i}", classes![i])))
                fields.Add($"/handles/{i}", "duplicate", "is named before");
        return [.. read];
    }

    static ImmutableArray<NodeBox> Boxes(Fields fields, IReadOnlyList<NodeBoxBody?>? boxes)
    {
        if (boxes?.Count > MostBoxes) fields.Add("/boxes", "too-many", $"at most {MostBoxes}");
        List<NodeBox> read = [];
        for (var i = 0; i < Math.Min(boxes?.Count ?? 0, MostBoxes); i++)
        {
            var at = $"/boxes/{i}";
            if (boxes![i] is not { } box)
            {
                fields.Add(at, "wrong-type", "must be an object");
                continue;
            }

            NodeBox known = new(
                fields.Id($"{at}/id", box.Id), fields.Number($"{at}/lengthMm", box.LengthMm, 1, MostMillimetres),
                fields.Number($"{at}/widthMm", box.WidthMm, 1, MostMillimetres),
                fields.Number($"{at}/heightMm", box.HeightMm, 1, MostMillimetres),
                fields.Number($"{at}/maxGrams", box.MaxGrams, 1, MostGrams));
            if (read.Exists(b => b.Id == known.Id)) fields.Add($"{at}/id", "duplicate", "is the id of another box");
            read.Add(known);
        }

        return [.. read];
    }

    /// <summary>What a fulfilment order or a unit costs at a node; null when it is not told.</summary>
    public static Money? Cost(Fields fields, string field, MoneyBody? cost) =>
        fields.Money(field, cost, most: MostMinor);

    /// <summary>
    /// Costs that are tried under rules are in their currency; under the rules built in, none counts.
    /// </summary>
    public static void CheckCosts(Fields fields, Dictionary<string, NodeChangeBody?>? changes, string currency)
    {
        if (currency == Routing.RoutingRules.BuiltIn.Currency) return;
        foreach (var (node, change) in changes ?? [])
        {
            Same($"/nodes/{JsonText.Escape(node)}/perOrder/currency", change?.PerOrder);
            Same($"/nodes/{JsonText.Escape(node)}/perUnit/currency", change?.PerUnit);
        }

        void Same(string field, MoneyBody? cost)
        {
            if (cost is not null && cost.Currency != currency)
                fields.Add(field, "currency-mismatch", $"must be {currency}, the currency of the rules");
        }
    }
}
