using Fulfillment.Intake;
using Fulfillment.Ordering;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Fulfillment.Client.Api;

/// <summary>What the OpenAPI document says beyond the routes themselves.</summary>
static class OpenApi
{
    const string About =
        """
        Orders, stock and the work of the nodes. Answers come after the facts are durable. Every write may be repeated:
        with the resource's own id, or an Idempotency-Key, the same content gives the same answer and has one effect;
        other content is refused with 422 idempotency-conflict. Unknown fields of an order, its customer and its shipTo
        are kept and given back, unless they have the name of a field that our answer tells; everywhere else, lines
        included, they are refused. Errors are RFC 9457 problem details with a stable code.
        """;

    /// <summary>Routes whose outcome somebody else decides: stock, or a payment provider.</summary>
    static readonly HashSet<string?> Waiting =
    [
        "v1/orders", "v1/orders/{id}/edit", "v1/orders/{id}/payment-method", "v1/orders/{id}/captures",
        "v1/orders/{id}/refunds", "v1/orders/{id}/payment/retry", "v1/purchase-orders/{id}/send",
        "v1/purchase-orders/{id}/acknowledge", "v1/purchase-orders/{id}/change", "v1/purchase-orders/{id}/cancel",
        "v1/purchase-orders/{id}/close", "v1/purchase-orders/{id}/receipts", "v1/purchase-orders/{id}/shipments",
        "v1/purchase-orders/{id}/shipments/{shipment}/finish", "v1/transfers/{id}/ship", "v1/transfers/{id}/receipts",
        "v1/transfers/{id}/write-off", "v1/lpns/{lpn}/move", "v1/lpns/{lpn}/load", "v1/nodes/{node}/pick-lists",
        "v1/nodes/{node}/pick-waves", "v1/pick-lists/{id}/claim", "v1/pick-lists/{id}/scans",
        "v1/pick-lists/{id}/shorts", "v1/pick-lists/{id}/cancel", "v1/replenishments/{id}/moves",
    ];

    public static void Configure(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new() { Title = "Orleans.Fulfillment", Version = "v1", Description = About };
            document.Servers = [];
            OpenApiSchemas.RefineLoose(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var writes = context.Description.HttpMethod is "POST" or "PUT";
            operation.Parameters ??= [];
            operation.Parameters.Add(Header("Seller",
                "For which seller; without a configured identity the caller says so. Default: default."));
            if (writes)
                operation.Parameters.Add(
                    Header("Idempotency-Key", "Makes the request repeatable where it has no id of its own."));
            if (writes && Waiting.Contains(context.Description.RelativePath))
            {
                operation.Parameters.Add(Header(
                    "Prefer",
                    "wait=N: waits up to N seconds (default 5, at most 60) for the outcome; respond-async: not."));
            }

            foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>())
                if (parameter.In == ParameterLocation.Query) Describe(parameter, context.Description.RelativePath);
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer(OpenApiSchemas.Refine);
    }

    static void Describe(OpenApiParameter parameter, string? path)
    {
        if (parameter.Schema is not OpenApiSchema schema) return;
        switch (parameter.Name, path)
        {
            case ("limit", _):
                (schema.Type, schema.Minimum, schema.Maximum) = (JsonSchemaType.Integer, "1", $"{Requests.MaxLimit}");
                schema.Default = Requests.DefaultLimit;
                break;
            case ("at", "v1/purchase-orders/{id}/impact"):
            case ("placedAfter", _):
                schema.Format = "date-time";
                break;
            case ("from" or "until", "v1/nodes/{node}/pick-accuracy" or "v1/quote-errors"):
            case ("at" or "knownAt", _):
                schema.Format = "date-time";
                break;
            case ("quantity", "v1/skus/{sku}/supplies/{id}/impact"):
                (schema.Type, schema.Minimum, schema.Maximum) = (JsonSchemaType.Integer, "0", $"{int.MaxValue}");
                break;
            case ("quantity", "v1/nodes/{node}/putaway"):
                (schema.Type, schema.Minimum, schema.Maximum) = (JsonSchemaType.Integer, "1", $"{int.MaxValue}");
                break;
            case ("velocity", _):
                schema.Enum = ["fast", "slow"];
                break;
            case ("type", "v1/holds"):
                OpenApiSchemas.Words<HoldType>(schema);
                break;
            case ("open" or "overdue", "v1/holds") or ("open", "v1/quality-holds") or ("failed", "v1/payments"):
                schema.Type = JsonSchemaType.Boolean;
                break;
            case ("status", "v1/orders"):
                OpenApiSchemas.Words<OrderStatus>(schema);
                break;
            case ("status", "v1/fulfilment-orders"):
                OpenApiSchemas.Words<FulfilmentStatus>(schema);
                break;
            case ("request", "v1/fulfilment-orders"):
                OpenApiSchemas.Words<WorkRequest>(schema);
                break;
            case ("status", "v1/purchase-orders"):
                OpenApiSchemas.Words<Purchasing.PurchaseState>(schema);
                break;
            case ("status", "v1/transfers"):
                OpenApiSchemas.Words<Purchasing.TransferState>(schema);
                break;
            case ("status", "v1/counts"):
                OpenApiSchemas.Words<Counting.CountState>(schema);
                break;
            case ("status", "v1/pick-lists"):
                OpenApiSchemas.Words<Picking.PickListStatus>(schema);
                break;
            case ("expected", "v1/counts/{id}"):
                schema.Type = JsonSchemaType.Boolean;
                break;
            case ("status", "v1/quarantine"):
                OpenApiSchemas.Words<QuarantineStatus>(schema);
                break;
        }
    }

    static OpenApiParameter Header(string name, string description) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
