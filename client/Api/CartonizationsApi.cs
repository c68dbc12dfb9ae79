using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Packing;

namespace Fulfillment.Client.Api;

/// <summary>Which boxes goods go into, and how: computed, nothing is kept.</summary>
public static class CartonizationsApi
{
    /// <summary>Adds the route.</summary>
    public static void MapCartonizations(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/nodes/{node}/cartonizations", Plan)
            .Describe("planCartons", "The boxes of a node that goods go into, and where each unit lies", "packing")
            .Accepts<CartonizationRequest>("application/json").Answers<CartonizationBody>(200)
            .Refuses(400, 404, 409);

    static async Task<IResult> Plan(HttpContext http, Backend backend, string node)
    {
        var seat = await LayoutApi.Start(http, backend, node);
        var body = await http.Body();
        var request = Requests.Parse(body.Span, ApiJson.Wire.CartonizationRequest);
        var boxes = await seat.Boxes(node).Get(http.RequestAborted);
        var ask = PackingReader.Ask(request, [.. boxes.Boxes.Select(b => b.Box)]);
        var lines = await Lines(seat, request, ask.Lines, http.RequestAborted);
        var plan = Cartonizer.Plan(ask with { Lines = [.. lines.Select(l => l.Line)] }, http.RequestAborted);
        return plan.Status == PackStatus.Packed
            ? Answer.Ok(
                new(node, [.. plan.Boxes.Select(Body)], plan.Boxes.Sum(b => b.BillableGrams), ask.DimDivisor),
                ApiJson.Wire.CartonizationBody)
            : Refused(plan, node, lines.Find(l => l.Line.Id == plan.Line) is { Line: not null } at ? at.Index : -1);
    }

    /// <summary>
    /// The lines with what the catalogue knows, each with the place of the one told that it is of. A kit whose size is
    /// not told is packed as its components; units of one SKU are one line.
    /// </summary>
    static async ValueTask<List<(PackLine Line, int Index)>> Lines(
        Seat seat, CartonizationRequest request, ImmutableArray<PackLine> told, CancellationToken cancel)
    {
        Fields fields = new();
        List<(PackLine Line, int Index)> lines = [], parts = [];
        for (var i = 0; i < told.Length; i++)
        {
            var line = told[i];
            var card = (await seat.Sku(line.Id).Stock(cancel)).Card;
            if (card is { IsKit: true } && !line.Size.IsTold)
            {
                foreach (var part in card.Kit)
                {
                    var of = (await seat.Sku(part.Sku).Stock(cancel)).Card;
                    var units = (int)Math.Min(PackAsk.MaxUnits + 1, (long)line.Units * part.Units);
                    parts.Add((PackLines.Of(part.Sku, units, of?.Product), i));
                }

                continue;
            }

            if (card is null && !(line.Size.IsTold && line.Grams > 0))
                fields.Add($"/lines/{i}/sku", "unknown-sku", "there is no such SKU, and its size is not told");
            lines.Add((
                PackingReader.With(line, request.Lines![i]!, PackLines.Of(line.Id, line.Units, card?.Product)), i));
        }

        fields.Check();
        foreach (var (part, index) in parts)
        {
            var at = lines.FindIndex(l => l.Line.Id == part.Id);
            if (at < 0) lines.Add((part, index));
            else lines[at] = (lines[at].Line with { Units = lines[at].Line.Units + part.Units }, lines[at].Index);
        }

        return lines;
    }

    static Problem Refused(PackPlan plan, string node, int index)
    {
        var code = Words<PackStatus>.Of(plan.Status);
        var detail = plan.Status switch
        {
            PackStatus.NoBoxes => $"{node} has no boxes: PUT /v1/nodes/{node}/boxes/{{box}} first.",
            PackStatus.TooMany => "There are more lines or units than are packed at once.",
            PackStatus.NoDimensions => $"Of {plan.Line} not all of length, width and height are known.",
            PackStatus.NoWeight => $"What {plan.Line} weighs is not known.",
            PackStatus.NoInsulatedBox => $"{plan.Line} must stay cold, and there is no insulated box.",
            PackStatus.NoBoxFits => $"{plan.Line} fits into no box, however it may be turned.",
            PackStatus.TooHeavy => $"{plan.Line} is too heavy for every box that it fits into.",
            PackStatus.TooFewBoxes => $"There are not boxes enough: units of {plan.Line} are left.",
            PackStatus.Packed => "",
        };
        return new(
            409, code, "It cannot be packed.", detail, index < 0 ? null : [new($"/lines/{index}", code, detail)]);
    }

    static CartonBody Body(PackedBox b) => new(
        b.Box.Id, BoxesApi.Body(b.Box.Outer), b.Cold,
        [
            .. b.Items.GroupBy(i => i.Id).OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new CartonContentBody(g.Key, g.Count())),
        ],
        b.ContentGrams, b.GrossGrams, b.DimGrams, b.BillableGrams, b.FillBasisPoints, OrderBodies.Body(b.Box.Cost),
        [
            .. b.Items.Select(i => new CartonPlaceBody(
                i.Id, i.X, i.Y, i.Z, i.Size.LengthMm, i.Size.WidthMm, i.Size.HeightMm,
                Words<Orientation>.Of(i.Orientation))),
        ]);
}
