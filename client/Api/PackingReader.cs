using System.Collections.Immutable;
using Fulfillment.Packing;

namespace Fulfillment.Client.Api;

/// <summary>Reads requests about boxes and what is packed into them, gathering what is wrong with them.</summary>
static class PackingReader
{
    /// <summary>The longest edge, longer than a lorry; the heaviest; the most of a box; the largest divisor.</summary>
    public const int MostEdge = 20_000, MostGrams = 100_000_000, MostStock = 1_000_000_000,
        MostDivisor = 1_000_000;

    /// <summary>The edges of an item.</summary>
    public static readonly string[] EdgeWords = ["length", "width", "height"];

    public static Box Box(string id, BoxRequest request)
    {
        Fields fields = new();
        var box = Box(fields, "", id, request);
        fields.Check();
        return box;
    }

    /// <summary>A box, told at some place of a request.</summary>
    public static Box Box(Fields fields, string at, string id, BoxRequest request)
    {
        var inner = Edges(fields, $"{at}/inner", request.Inner);
        var outer = request.Outer is null ? inner : Edges(fields, $"{at}/outer", request.Outer);
        if (outer.IsTold && inner.IsTold && !outer.Holds(inner))
            fields.Add($"{at}/outer", "out-of-range", "must not be smaller than what is inside");
        return new(
            id, inner, outer, fields.Number($"{at}/tareGrams", request.TareGrams ?? 0, 0, MostGrams),
            fields.Number($"{at}/maxGrams", request.MaxGrams, 1, MostGrams),
            fields.Money($"{at}/cost", request.Cost, most: NodeFactsBodies.MostMinor), request.Insulated == true,
            request.Stock is null ? null : fields.Number($"{at}/stock", request.Stock, 0, MostStock));
    }

    /// <summary>What is asked; of the lines only what is told here, the catalogue knows the rest.</summary>
    public static PackAsk Ask(CartonizationRequest request, ImmutableArray<Box> known)
    {
        Fields fields = new();
        if (request.Lines is null) fields.Add("/lines", "required", "is missing");
        else if (request.Lines.Count == 0) fields.Add("/lines", "required", "is empty");
        else if (request.Lines.Count > PackAsk.MaxLines)
            fields.Add("/lines", "too-many", $"must have at most {PackAsk.MaxLines} lines");
        fields.Check();
        HashSet<string> skus = [];
        var lines = ImmutableArray.CreateBuilder<PackLine>(request.Lines!.Count);
        for (var i = 0; i < request.Lines.Count; i++)
        {
            if (request.Lines[i] is not { } line)
            {
                fields.Add($"/lines/{i}", "wrong-type", "must be an object");
                continue;
            }

            var read = Line(fields, $"/lines/{i}", line);
            if (!skus.Add(read.Id)) fields.Add($"/lines/{i}/sku", "duplicate", "is in a line before");
            lines.Add(read);
        }

        if (lines.Sum(l => (long)l.Units) > PackAsk.MaxUnits)
            fields.Add("/lines", "too-many", $"must have at most {PackAsk.MaxUnits} units together");
        PackAsk ask = new(
            lines.DrainToImmutable(), Chosen(fields, request.Boxes, known),
            fields.Number("/dimDivisor", request.DimDivisor ?? PackAsk.UsualDivisor, 1, MostDivisor),
            fields.Number("/roundToGrams", request.RoundToGrams ?? 1, 1, MostGrams),
            fields.Number("/maxBoxes", request.MaxBoxes ?? PackAsk.MaxBoxes, 1, PackAsk.MaxBoxes));
        fields.Check();
        return ask;
    }

    /// <summary>The line, with what the catalogue knows where nothing is told.</summary>
    public static PackLine With(PackLine told, CartonLineRequest request, PackLine known) => told with
    {
        Size = new(
            Or(told.Size.LengthMm, known.Size.LengthMm), Or(told.Size.WidthMm, known.Size.WidthMm),
            Or(told.Size.HeightMm, known.Size.HeightMm)),
        Grams = Or(told.Grams, known.Grams),
        Upright = request.Upright is null ? known.Upright : told.Upright,
        Fragile = request.Fragile ?? known.Fragile,
        Cold = request.Cold ?? known.Cold,
    };

    static int Or(int told, int known) => told > 0 ? told : known;

    static PackLine Line(Fields fields, string at, CartonLineRequest request)
    {
        return new(
            fields.Id($"{at}/sku", request.Sku),
            fields.Number($"{at}/quantity", request.Quantity, 1, PackAsk.MaxUnits),
            new(Told("lengthMm", request.LengthMm, MostEdge), Told("widthMm", request.WidthMm, MostEdge),
                Told("heightMm", request.HeightMm, MostEdge)),
            Told("grams", request.Grams, MostGrams), Upright(fields, $"{at}/upright", request.Upright),
            request.Fragile == true, request.Cold == true);

        int Told(string name, long? value, int most) =>
            value is null ? 0 : fields.Number($"{at}/{name}", value, 1, most);
    }

    static Upright Upright(Fields fields, string at, IReadOnlyList<string?>? edges)
    {
        if (edges is null) return Packing.Upright.Any;
        if (edges.Count == 0) fields.Add(at, "required", "is empty: an edge must be vertical");
        if (edges.Count > EdgeWords.Length) fields.Add(at, "too-many", $"has at most {EdgeWords.Length} edges");
        for (var i = 0; i < Math.Min(edges.Count, EdgeWords.Length); i++)
            if (!EdgeWords.Contains(edges[i]))
                fields.Add($"{at}/{i}", "unknown-value", $"must be one of {string.Join(", ", EdgeWords)}");
        return new(edges.Contains("length"), edges.Contains("width"), edges.Contains("height"));
    }

    static ImmutableArray<Box> Chosen(Fields fields, IReadOnlyList<string?>? wanted, ImmutableArray<Box> known)
    {
        if (wanted is null) return known;
        if (wanted.Count == 0) fields.Add("/boxes", "required", "is empty");
        if (wanted.Count > Boxes.MaxBoxes) fields.Add("/boxes", "too-many", $"must name at most {Boxes.MaxBoxes}");
        for (var i = 0; i < Math.Min(wanted.Count, Boxes.MaxBoxes); i++)
            if (known.All(b => b.Id != wanted[i])) fields.Add($"/boxes/{i}", "unknown-box", "is no box of the node");
        return [.. known.Where(b => wanted.Contains(b.Id))];
    }

    static Extent Edges(Fields fields, string at, EdgesRequest? request)
    {
        if (request is null)
        {
            fields.Add(at, "required", "is missing");
            return default;
        }

        return new(
            fields.Number($"{at}/lengthMm", request.LengthMm, 1, MostEdge),
            fields.Number($"{at}/widthMm", request.WidthMm, 1, MostEdge),
            fields.Number($"{at}/heightMm", request.HeightMm, 1, MostEdge));
    }
}
