using System.Text.Json.Nodes;
using Fulfillment.Packing;
using Microsoft.OpenApi;

namespace Fulfillment.Client.Api;

/// <summary>What the OpenAPI document says of requests about packing.</summary>
static class PackingSchemas
{
    /// <summary>The fields that requests must have.</summary>
    public static readonly Dictionary<Type, string[]> Required = new()
    {
        [typeof(EdgesRequest)] = ["lengthMm", "widthMm", "heightMm"],
        [typeof(BoxRequest)] = ["inner", "maxGrams"],
        [typeof(CartonLineRequest)] = ["sku", "quantity"],
        [typeof(CartonizationRequest)] = ["lines"],
        [typeof(PackBeginRequest)] = ["by", "station"],
        [typeof(PackFreeBoxRequest)] = ["inner", "maxGrams"],
        [typeof(PackOpenRequest)] = ["by"],
        [typeof(PackScanRequest)] = ["by", "box"],
        [typeof(PackCloseRequest)] = ["by"],
        [typeof(PackBoxRequest)] = ["by"],
        [typeof(PackDoubtRequest)] = ["by", "reason"],
        [typeof(PackDecisionRequest)] = ["by", "outcome"],
    };

    /// <summary>Where a field says something else than its name does elsewhere.</summary>
    public static readonly Dictionary<(Type Request, string Field), Action<OpenApiSchema>> Exceptions = new()
    {
        [(typeof(EdgesRequest), "lengthMm")] = Edge,
        [(typeof(EdgesRequest), "widthMm")] = Edge,
        [(typeof(EdgesRequest), "heightMm")] = Edge,
        [(typeof(BoxRequest), "tareGrams")] = Between(0, PackingReader.MostGrams),
        [(typeof(BoxRequest), "maxGrams")] = Between(1, PackingReader.MostGrams),
        [(typeof(BoxRequest), "stock")] = Between(0, PackingReader.MostStock),
        [(typeof(PackFreeBoxRequest), "tareGrams")] = Between(0, PackingReader.MostGrams),
        [(typeof(PackFreeBoxRequest), "maxGrams")] = Between(1, PackingReader.MostGrams),
        [(typeof(PackScanRequest), "box")] = Between(1, int.MaxValue),
        [(typeof(PackCloseRequest), "weightGrams")] = Between(1, PackingReader.MostGrams),
        [(typeof(PackDecisionRequest), "outcome")] = OpenApiSchemas.Words<DoubtOutcome>,
        [(typeof(CartonLineRequest), "quantity")] = Between(1, PackAsk.MaxUnits),
        [(typeof(CartonLineRequest), "lengthMm")] = Edge,
        [(typeof(CartonLineRequest), "widthMm")] = Edge,
        [(typeof(CartonLineRequest), "heightMm")] = Edge,
        [(typeof(CartonLineRequest), "grams")] = Between(1, PackingReader.MostGrams),
        [(typeof(CartonLineRequest), "upright")] = s => s.Items = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Enum = [.. PackingReader.EdgeWords.Select(w => (JsonNode)w)],
        },
        [(typeof(CartonizationRequest), "maxBoxes")] = Between(1, PackAsk.MaxBoxes),
        [(typeof(CartonizationRequest), "dimDivisor")] = Between(1, PackingReader.MostDivisor),
        [(typeof(CartonizationRequest), "roundToGrams")] = Between(1, PackingReader.MostGrams),
    };

    static void Edge(OpenApiSchema schema) => Between(1, PackingReader.MostEdge)(schema);

    static Action<OpenApiSchema> Between(int least, int most) =>
        s => (s.Minimum, s.Maximum) = ($"{least}", $"{most}");
}
