using System.Text.Json.Nodes;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Screening;
using Fulfillment.Warehousing;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Fulfillment.Client.Api;

/// <summary>
/// What the OpenAPI document says of bodies beyond their types: which fields a request must have, the words it may use,
/// and the form of ids and numbers. The checks themselves are in the handlers; a test compares the two.
/// </summary>
static class OpenApiSchemas
{
    const string Id = "^[A-Za-z0-9._:-]{1,128}$", Currency = "^[A-Z]{3}$", Country = "^[A-Z]{2}$";

    /// <summary>The fields that requests must have; an id is not among them, for a key may stand for it.</summary>
    static readonly Dictionary<Type, string[]> Required = new()
    {
        [typeof(NodeRequest)] = ["name"],
        [typeof(SkuRequest)] = ["title"],
        [typeof(ReceiptRequest)] = ["node", "quantity"],
        [typeof(AdjustmentRequest)] = ["node", "delta", "reason"],
        [typeof(MoveRequest)] = ["node", "quantity", "from", "to", "reason"],
        [typeof(HoldRequest)] = ["quantity", "holdFor"],
        [typeof(OrderRequest)] = ["lines"],
        [typeof(LineRequest)] = ["sku", "quantity"],
        [typeof(LineUnitsBody)] = ["line", "quantity"],
        [typeof(CancelRequest)] = [],
        [typeof(PaymentRequest)] = ["amount"],
        [typeof(ShipRequest)] = [],
        [typeof(DeliverRequest)] = [],
        [typeof(DiscardRequest)] = ["reason"],
        [typeof(FraudPolicyRequest)] = ["review", "reject"],
        [typeof(AssessRequest)] = [],
        [typeof(MoneyBody)] = ["amount", "currency"],
    };

    /// <summary>What a field of a request may say, by its name.</summary>
    static readonly Dictionary<string, Action<OpenApiSchema>> Fields = new()
    {
        ["id"] = Form(Id),
        ["sku"] = Form(Id),
        ["node"] = Form(Id),
        ["line"] = Form(Id),
        ["currency"] = Form(Currency),
        ["country"] = Form(Country),
        ["quantity"] = s => (s.Minimum, s.Maximum) = ("1", $"{int.MaxValue}"),
        ["orderedAt"] = s => s.Format = "date-time",
        ["type"] = Words<NodeType>,
        ["state"] = Words<StockState>,
        ["from"] = Words<StockState>,
        ["to"] = Words<StockState>,
        ["review"] = Threshold,
        ["reject"] = Threshold,
        ["weights"] = Weights,
        ["payment"] = Words<PaymentPolicy>,
        ["allocation"] = Words<AllocationPolicy>,
    };

    /// <summary>Makes a schema say what holds.</summary>
    public static Task Refine(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancel)
    {
        var type = context.JsonTypeInfo.Type;
        if (schema.Properties is not { Count: > 0 } fields) return Task.CompletedTask;
        if (!Required.TryGetValue(type, out var required))
        {
            // What has no value is left out of an answer.
            schema.Required = context.JsonTypeInfo.Properties.Where(p => !p.IsGetNullable && !p.IsExtensionData)
                .Select(p => p.Name).ToHashSet();
            return Task.CompletedTask;
        }

        schema.Required = required.ToHashSet();
        // Unknown fields are refused; an order keeps them.
        schema.AdditionalPropertiesAllowed = type == typeof(OrderRequest);
        foreach (var (name, field) in fields)
        {
            if (field is not OpenApiSchema says) continue;
            if (Fields.TryGetValue(name, out var refine)) refine(says);
            if (required.Contains(name)) says.Type &= ~JsonSchemaType.Null;
        }

        return Task.CompletedTask;
    }

    /// <summary>The words of an enum.</summary>
    public static void Words<T>(OpenApiSchema schema)
        where T : struct, Enum => schema.Enum = [.. Api.Words<T>.Read.Keys.Select(word => (JsonNode)word)];

    static void Threshold(OpenApiSchema schema) => (schema.Minimum, schema.Maximum) = ("1", $"{FraudPolicy.Most}");

    /// <summary>A number for each reason that there is, and no other.</summary>
    static void Weights(OpenApiSchema schema)
    {
        schema.AdditionalPropertiesAllowed = false;
        schema.AdditionalProperties = null;
        schema.Properties = FraudReason.All.ToDictionary(r => r.Name, _ => (IOpenApiSchema)new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Minimum = "0",
            Maximum = $"{FraudPolicy.Most}",
        });
    }

    static Action<OpenApiSchema> Form(string pattern) => schema => schema.Pattern = pattern;

    /// <summary>What is assessed is JSON of which some fields are read, if they are there.</summary>
    public static void RefineAssessment(OpenApiDocument document)
    {
        if (document.Components?.Schemas?[nameof(AssessRequest)].Properties is not { } request) return;
        foreach (var name in (ReadOnlySpan<string>)["customer", "shipTo", "billTo", "paymentMethod"])
            request[name] = new OpenApiSchema { Type = JsonSchemaType.Object | JsonSchemaType.Null };
    }

    /// <summary>Customer and address are JSON that is kept as it is; of an address we know some fields.</summary>
    public static void RefineOrder(OpenApiDocument document)
    {
        if (document.Components?.Schemas?[nameof(OrderRequest)].Properties is not { } order) return;
        order["customer"] = new OpenApiSchema { Type = JsonSchemaType.Object | JsonSchemaType.Null };
        Dictionary<string, IOpenApiSchema> fields = [];
        foreach (var name in OrderIntake.AddressTexts.Append("postcode"))
            fields[name] = new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null };
        fields["country"] = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = Country };
        order["shipTo"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object | JsonSchemaType.Null,
            Required = new HashSet<string> { "country" },
            Properties = fields,
        };
    }
}
