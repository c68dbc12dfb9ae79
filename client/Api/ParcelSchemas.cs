using System.Text.Json.Nodes;
using Fulfillment.Connectors;
using Fulfillment.Shipping;
using Microsoft.OpenApi;

namespace Fulfillment.Client.Api;

/// <summary>What the OpenAPI document says of requests about parcels.</summary>
static class ParcelSchemas
{
    /// <summary>The fields that requests must have.</summary>
    public static readonly Dictionary<Type, string[]> Required = new()
    {
        [typeof(ParcelRequest)] = [],
        [typeof(ParcelRatesRequest)] = [],
        [typeof(LabelRequest)] = [],
        [typeof(ParcelChangeRequest)] = ["reason"],
        [typeof(LabelVoidRequest)] = ["reason"],
        [typeof(NodeAddressBody)] = ["company", "line1", "city"],
    };

    /// <summary>Where a field says something else than its name does elsewhere.</summary>
    public static readonly Dictionary<(Type Request, string Field), Action<OpenApiSchema>> Exceptions = new()
    {
        [(typeof(ParcelRequest), "lengthMm")] = Between(1, RateReader.MostEdge),
        [(typeof(ParcelRequest), "widthMm")] = Between(1, RateReader.MostEdge),
        [(typeof(ParcelRequest), "heightMm")] = Between(1, RateReader.MostEdge),
        [(typeof(ParcelRequest), "grams")] = Between(1, RateReader.MostGrams),
        [(typeof(ParcelRatesRequest), "shipOn")] = Date,
        [(typeof(ParcelRatesRequest), "deliverBy")] = Date,
        [(typeof(ParcelRatesRequest), "carriers")] = s => s.Items = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Enum = [.. Carriers.Known.Select(c => (JsonNode)c)],
        },
        [(typeof(LabelRequest), "carrier")] = s => s.Enum = [.. Carriers.Known.Select(c => (JsonNode)c)],
        [(typeof(LabelRequest), "format")] = s => s.Enum = ["pdf", "zpl"],
        [(typeof(LabelRequest), "shipOn")] = Date,
        [(typeof(ManifestCloseRequest), "untold")] = Between(1, Manifest.MaxTells),
        [(typeof(LabelVoidRequest), "label")] = Between(1, Parcel.MaxLabels),
        [(typeof(LabelRequest), "voidAfterDays")] = Between(0, ParcelLabelsApi.MostVoidDays),
    };

    static void Date(OpenApiSchema schema) => schema.Format = "date";

    static Action<OpenApiSchema> Between(int least, int most) => s => (s.Minimum, s.Maximum) = ($"{least}", $"{most}");
}
