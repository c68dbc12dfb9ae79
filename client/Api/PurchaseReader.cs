using System.Collections.Immutable;
using Fulfillment.Purchasing;

namespace Fulfillment.Client.Api;

/// <summary>Reads requests about purchase orders, gathering what is wrong with them.</summary>
static class PurchaseReader
{
    /// <summary>Longest ids: those of an order, a line and a shipment make up the id of a supply.</summary>
    public const int MaxId = 40;

    const int MaxReason = 200;

    /// <summary>An id of 1 to 40 characters of A-Z a-z 0-9 . _ -: the colon parts them in the id of a supply.</summary>
    public static bool IsId(string? id) =>
        Fields.IsId(id) && id!.Length <= MaxId && !id.Contains(':', StringComparison.Ordinal);

    public const string IdRule = "must be 1 to 40 characters of A-Z a-z 0-9 . _ -";

    /// <summary>An id of the path.</summary>
    public static void PathId(string id, string name = "id")
    {
        if (!IsId(id)) throw new ProblemException(Problem.Invalid(name, "bad-id", IdRule));
    }

    public static string Id(Fields fields, string field, string? value)
    {
        if (value is null) fields.Add(field, "required", "is missing");
        else if (!IsId(value)) fields.Add(field, "bad-id", IdRule);
        return value ?? "";
    }

    public static string Reason(Fields fields, string? reason) =>
        reason is null ? "" : fields.Text("/reason", reason, MaxReason);

    public static PurchaseTerms Terms(PurchaseOrderRequest request, DateTimeOffset now)
    {
        Fields fields = new();
        if (request.Currency is null) fields.Add("/currency", "required", "is missing");
        else fields.Currency("/currency", request.Currency);
        var lines = Each(fields, request.Lines, PurchaseOrder.MaxLines, required: true, (line, at, i) =>
            new OrderedLine(
                line.Id is null ? $"{i + 1}" : Id(fields, $"{at}/id", line.Id), fields.Id($"{at}/sku", line.Sku),
                fields.Number($"{at}/quantity", line.Quantity, 1, int.MaxValue),
                Cost(fields, $"{at}/unitCost", line.UnitCost, request.Currency),
                Expected(fields, $"{at}/expectedAt", line.ExpectedAt, now)));
        Distinct(fields, lines.Select(l => l.Id), i => $"/lines/{i}/id");
        PurchaseTerms terms = new(
            fields.Id("/supplier", request.Supplier), fields.Id("/node", request.Node), request.Currency ?? "", lines,
            request.OverReceiptPercent is null ? null
                : fields.Number("/overReceiptPercent", request.OverReceiptPercent, 0, 1_000),
            fields.OptionalText("/note", request.Note, 1_000));
        if (fields.Errors.Count == 0 && Total(lines) is null)
            fields.Add("/lines", "out-of-range", $"must cost at most {Fields.MostMinor} in all");
        fields.Check();
        return terms;
    }

    public static ImmutableArray<LineAnswer> Answers(
        Fields fields, IReadOnlyList<LineAnswerRequest?>? lines, DateTimeOffset now)
    {
        var read = Each(fields, lines, PurchaseOrder.MaxLines, required: false, (line, at, _) => new LineAnswer(
            Id(fields, $"{at}/line", line.Line),
            line.Quantity is null ? null : fields.Number($"{at}/quantity", line.Quantity, 0, int.MaxValue),
            fields.TimeAhead($"{at}/expectedAt", line.ExpectedAt, now)));
        Distinct(fields, read.Select(l => l.Line), i => $"/lines/{i}/line");
        return read;
    }

    public static ImmutableArray<LineDate> Dates(
        Fields fields, IReadOnlyList<LineDateRequest?>? lines, DateTimeOffset now)
    {
        var read = Each(fields, lines, PurchaseOrder.MaxLines, required: false, (line, at, _) => new LineDate(
            Id(fields, $"{at}/line", line.Line), Expected(fields, $"{at}/expectedAt", line.ExpectedAt, now)));
        Distinct(fields, read.Select(l => l.Line), i => $"/lines/{i}/line");
        return read;
    }

    public static ImmutableArray<LineUnits> Cancelled(Fields fields, IReadOnlyList<LineCancelRequest?>? lines)
    {
        var read = Each(fields, lines, PurchaseOrder.MaxLines, required: false, (line, at, _) => new LineUnits(
            Id(fields, $"{at}/line", line.Line),
            line.Quantity is null ? null : fields.Number($"{at}/quantity", line.Quantity, 1, int.MaxValue)));
        Distinct(fields, read.Select(l => l.Line), i => $"/lines/{i}/line");
        return read;
    }

    /// <summary>What all lines cost as ordered; null when it is too much to be anybody's order.</summary>
    public static long? Total(IEnumerable<OrderedLine> lines)
    {
        var sum = (Int128)0;
        foreach (var line in lines) sum += (Int128)line.Quantity * line.CostMinor;
        return sum <= Fields.MostMinor ? (long)sum : null;
    }

    /// <summary>Reads each item of a list that has at most so many.</summary>
    public static ImmutableArray<TItem> Each<TRequest, TItem>(
        Fields fields, IReadOnlyList<TRequest?>? items, int most, bool required,
        Func<TRequest, string, int, TItem> read, string field = "/lines")
        where TRequest : class
    {
        if (required && items is not { Count: > 0 }) fields.Add(field, "required", "is missing or empty");
        if (items?.Count > most)
        {
            fields.Add(field, "too-many", $"must have at most {most} items");
            return [];
        }

        var all = ImmutableArray.CreateBuilder<TItem>();
        for (var i = 0; i < (items?.Count ?? 0); i++)
        {
            if (items![i] is { } item) all.Add(read(item, $"{field}/{i}", i));
            else fields.Add($"{field}/{i}", "wrong-type", "must be an object");
        }

        return all.DrainToImmutable();
    }

    /// <summary>No two of them are the same.</summary>
    public static void Distinct(Fields fields, IEnumerable<string> ids, Func<int, string> field)
    {
        HashSet<string> seen = [];
        var i = 0;
        foreach (var id in ids)
        {
            if (id != "" && !seen.Add(id)) fields.Add(field(i), "duplicate", "is there twice");
            i++;
        }
    }

    public static DateTimeOffset Expected(Fields fields, string field, string? value, DateTimeOffset now)
    {
        if (value is null) fields.Add(field, "required", "is missing");
        return fields.TimeAhead(field, value, now) ?? default;
    }

    static long Cost(Fields fields, string field, MoneyBody? cost, string? currency)
    {
        var money = fields.Money(field, cost, required: true);
        if (money is { Currency: not "" } given && currency is not null && given.Currency != currency)
            fields.Add($"{field}/currency", "mixed-currencies", "must be the order's currency");
        return money?.AmountMinor ?? 0;
    }
}
