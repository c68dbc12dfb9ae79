using System.Text.Json.Nodes;
using Fulfillment.Connectors;
using Microsoft.OpenApi;

namespace Fulfillment.Client.Api;

/// <summary>What the OpenAPI document says of questions for prices.</summary>
static class RateSchemas
{
    /// <summary>The fields that requests must have.</summary>
    public static readonly Dictionary<Type, string[]> Required = new()
    {
        [typeof(RatesRequest)] = ["from", "to", "parcels"],
        [typeof(RateFromRequest)] = [],
        [typeof(RateToRequest)] = ["country"],
        [typeof(RateParcelRequest)] = ["lengthMm", "widthMm", "heightMm", "grams"],
    };

    /// <summary>Where a field says something else than its name does elsewhere.</summary>
    public static readonly Dictionary<(Type Request, string Field), Action<OpenApiSchema>> Exceptions = new()
    {
        [(typeof(RatesRequest), "from")] = _ => { },
        [(typeof(RatesRequest), "to")] = _ => { },
        [(typeof(RatesRequest), "shipOn")] = Date,
        [(typeof(RatesRequest), "deliverBy")] = Date,
        [(typeof(RatesRequest), "carriers")] = s => s.Items = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Enum = [.. Carriers.Known.Select(c => (JsonNode)c)],
        },
        [(typeof(RateFromRequest), "state")] = _ => { },
        [(typeof(RateToRequest), "state")] = _ => { },
        [(typeof(RateParcelRequest), "lengthMm")] = Between(RateReader.MostEdge),
        [(typeof(RateParcelRequest), "widthMm")] = Between(RateReader.MostEdge),
        [(typeof(RateParcelRequest), "heightMm")] = Between(RateReader.MostEdge),
        [(typeof(RateParcelRequest), "grams")] = Between(RateReader.MostGrams),
    };

    static void Date(OpenApiSchema schema) => schema.Format = "date";

    static Action<OpenApiSchema> Between(int most) => s => (s.Minimum, s.Maximum) = ("1", $"{most}");
}
