using System.Text.Json.Nodes;
using Fulfillment.Connectors;
using Fulfillment.Shipping;
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
        [typeof(DutiesRequest)] = ["from", "to", "lines"],
        [typeof(DutyFromRequest)] = [],
        [typeof(DutyToRequest)] = ["country"],
        [typeof(DutyLineRequest)] = ["quantity"],
        [typeof(CustomsPaperRequest)] = ["number", "date", "seller", "buyer", "lines", "grossGrams", "signedBy"],
        [typeof(TradePartyRequest)] = ["name", "city", "country"],
        [typeof(CustomsPaperLineRequest)] = ["quantity"],
        [typeof(CustomsReferencesRequest)] = [],
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
        [(typeof(DutiesRequest), "from")] = _ => { },
        [(typeof(DutiesRequest), "to")] = _ => { },
        [(typeof(DutiesRequest), "on")] = Date,
        [(typeof(DutiesRequest), "terms")] = OpenApiSchemas.Words<Incoterm>,
        [(typeof(CustomsPaperRequest), "date")] = Date,
        [(typeof(CustomsPaperRequest), "terms")] = OpenApiSchemas.Words<Incoterm>,
        [(typeof(CustomsPaperRequest), "reason")] = OpenApiSchemas.Words<ExportReason>,
        [(typeof(CustomsPaperRequest), "grossGrams")] = Between(CustomsPaperReader.MostGrams),
        [(typeof(CustomsPaperRequest), "packages")] = Between(CustomsPaperReader.MostPackages),
        [(typeof(CustomsPaperLineRequest), "quantity")] = Between(CustomsPaperReader.MostQuantity),
        [(typeof(CustomsPaperLineRequest), "netGrams")] = Between(CustomsPaperReader.MostGrams),
        [(typeof(DutyLineRequest), "quantity")] = Between(DutyReader.MostQuantity),
        [(typeof(RateParcelRequest), "grams")] = Between(RateReader.MostGrams),
    };

    static void Date(OpenApiSchema schema) => schema.Format = "date";

    static Action<OpenApiSchema> Between(int most) => s => (s.Minimum, s.Maximum) = ("1", $"{most}");
}
