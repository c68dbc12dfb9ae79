using System.Text.Json.Nodes;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Payments;
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
    const string Id = "^[A-Za-z0-9._:-]{1,128}$", Country = "^[A-Z]{2}$";

    static readonly Type[] WithoutRequired = [typeof(CancelRequest), typeof(ShipRequest), typeof(DeliverRequest)];

    /// <summary>The fields that requests must have; an id is not among them, for a key may stand for it.</summary>
    static readonly Dictionary<Type, string[]> Required = new(
        WithoutRequired.ToDictionary(t => t, _ => (string[])[]).Concat(PurchasingSchemas.Required)
            .Concat(StockSchemas.Required).Concat(CountSchemas.Required).Concat(CatalogueSchemas.Required)
            .Concat(PlaceSchemas.Required).Concat(PickSchemas.Required).Concat(PackingSchemas.Required)
            .Concat(RateSchemas.Required).Concat(ParcelSchemas.Required).Concat(TrackingSchemas.Required)
            .Concat(DockSchemas.Required))
    {
        [typeof(NodeRequest)] = ["name"],
        [typeof(NodeBoxBody)] = ["id", "lengthMm", "widthMm", "heightMm", "maxGrams"],
        [typeof(SkuRequest)] = ["title"],
        [typeof(MoveWorkRequest)] = ["reason"],
        [typeof(SplitWorkRequest)] = ["lines"],
        [typeof(MergeWorkRequest)] = ["fulfilmentOrder"],
        [typeof(ReasonRequest)] = ["reason"],
        [typeof(RerouteRequest)] = ["reason"],
        [typeof(StockSnapshotRequest)] = ["at", "items"],
        [typeof(CountedRequest)] = ["sku", "onHand"],
        [typeof(ProductRequest)] = [],
        [typeof(KitPartRequest)] = ["sku", "units"],
        [typeof(PackRequest)] = ["unit"],
        [typeof(OrderRequest)] = ["lines"],
        [typeof(LineRequest)] = ["quantity"],
        [typeof(SoldOptionBody)] = ["name", "value"],
        [typeof(LineUnitsBody)] = ["line", "quantity"],
        [typeof(PaymentRequest)] = ["amount"],
        [typeof(DiscardRequest)] = ["reason"],
        [typeof(FraudPolicyRequest)] = ["review", "reject"],
        [typeof(AssessRequest)] = [],
        [typeof(ScanRequest)] = ["scan"],
        [typeof(MoneyBody)] = ["amount", "currency"],
        [typeof(GiftBody)] = ["message"],
        [typeof(PayWithRequest)] = ["provider", "token"],
        [typeof(CaptureRequest)] = ["amount"],
        [typeof(RefundRequest)] = ["amount", "reason"],
        [typeof(RetryRequest)] = [],
        [typeof(OrderHoldRequest)] = ["type", "reason"],
        [typeof(ReleaseRequest)] = ["reason"],
        [typeof(AskBuyerRequest)] = ["question"],
        [typeof(InterceptRequest)] = ["outcome"],
        [typeof(EditRequest)] = ["reason"],
        [typeof(EditLineRequest)] = ["quantity"],
        [typeof(AccountRequest)] = ["limit"],
        [typeof(ProposeRulesRequest)] = ["rules", "reason"],
        [typeof(RulesStepRequest)] = ["reason"],
        [typeof(ActivateRulesRequest)] = ["reason"],
        [typeof(ShadowRequest)] = ["reason"],
        [typeof(RulesBody)] = ["currency"],
        [typeof(WhatIfRequest)] = [],
        [typeof(PromiseRequest)] = ["shipTo", "lines"],
        [typeof(PromiseToBody)] = ["country"],
        [typeof(PromiseLineRequest)] = ["sku", "quantity"],
        [typeof(PreviewRequest)] = [],
        [typeof(NodeChangeBody)] = [],
        [typeof(StockChangeBody)] = ["sku", "node", "delta"],
        [typeof(RegionBody)] = [],
        [typeof(PreferenceBody)] = ["node", "minor"],
        [typeof(TariffBody)] = ["service", "minDays", "maxDays"],
        [typeof(CalendarBody)] = ["id"],
        [typeof(BorderBody)] = ["fromCountry", "toCountry"],
        [typeof(EmbargoBody)] = ["id", "from", "reason"],
        [typeof(BlackoutBody)] = ["id", "node", "from", "until", "reason"],
    };

    /// <summary>What a field of a request may say, by its name.</summary>
    static readonly Dictionary<string, Action<OpenApiSchema>> Fields = new()
    {
        ["id"] = Form(Id),
        ["sku"] = Form(Id),
        ["node"] = Form(Id),
        ["line"] = Form(Id),
        ["currency"] = s => s.Enum = [.. Currencies.Codes.Order(StringComparer.Ordinal).Select(c => (JsonNode)c)],
        ["country"] = Form(Country),
        ["quantity"] = s => (s.Minimum, s.Maximum) = ("1", $"{int.MaxValue}"),
        ["grams"] = Size,
        ["units"] = s => (s.Minimum, s.Maximum) = ("1", $"{int.MaxValue}"),
        ["supply"] = Form(Id),
        ["fill"] = Words<FillPolicy>,
        ["backorderCap"] = s => (s.Minimum, s.Maximum) = ("0", $"{Sku.MaxBackordered}"),
        ["expectedAt"] = s => s.Format = "date-time",
        ["at"] = s => s.Format = "date-time",
        ["onHand"] = s => (s.Minimum, s.Maximum) = ("0", $"{int.MaxValue}"),
        ["availableFrom"] = s => s.Format = "date-time",
        ["orderedAt"] = s => s.Format = "date-time",
        ["type"] = Words<NodeType>,
        ["state"] = PurchasingSchemas.StatesByHand,
        ["from"] = PurchasingSchemas.StatesByHand,
        ["to"] = PurchasingSchemas.StatesByHand,
        ["review"] = Threshold,
        ["reject"] = Threshold,
        ["weights"] = Weights,
        ["payment"] = Words<PaymentPolicy>,
        ["allocation"] = Words<AllocationPolicy>,
        ["provider"] = Provider,
        ["outcome"] = s => s.Enum = ["stopped", "failed"],
        ["days"] = s => s.Items = Enumeration(DayWords.All),
        ["holidays"] = s => s.Items = new OpenApiSchema { Type = JsonSchemaType.String, Format = "date" },
        ["cutoff"] = Form(DayWords.TimePattern),
        ["overflow"] = s => s.Items = Enumeration(Api.Words<NodeType>.Read.Keys),
        ["fromCountry"] = Form(Country),
        ["toCountry"] = Form(Country),
        ["until"] = Date,
        ["processingDays"] = s => (s.Minimum, s.Maximum) = ("0", $"{NodeFactsBodies.MostDays}"),
        ["leadDays"] = s => (s.Minimum, s.Maximum) = ("0", $"{NodeFactsBodies.MostDays}"),
        ["lengthMm"] = s => (s.Minimum, s.Maximum) = ("1", $"{NodeFactsBodies.MostMillimetres}"),
        ["widthMm"] = s => (s.Minimum, s.Maximum) = ("1", $"{NodeFactsBodies.MostMillimetres}"),
        ["heightMm"] = s => (s.Minimum, s.Maximum) = ("1", $"{NodeFactsBodies.MostMillimetres}"),
        ["maxGrams"] = s => (s.Minimum, s.Maximum) = ("1", $"{NodeFactsBodies.MostGrams}"),
    };

    /// <summary>Where a field says something else than its name does elsewhere.</summary>
    static readonly Dictionary<(Type Request, string Field), Action<OpenApiSchema>> Exceptions = new()
    {
        [(typeof(ActivateRulesRequest), "from")] = s => s.Format = "date-time",
        [(typeof(EmbargoBody), "from")] = Date,
        [(typeof(BlackoutBody), "from")] = Date,
        [(typeof(EmbargoBody), "to")] = Anything,
        [(typeof(TariffBody), "to")] = Anything,
        [(typeof(OrderHoldRequest), "type")] = Words<HoldType>,
        [(typeof(EditLineRequest), "quantity")] = s => (s.Minimum, s.Maximum) = ("0", $"{int.MaxValue}"),
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
            if (Exceptions.TryGetValue((type, name), out var refine)
                || PurchasingSchemas.Exceptions.TryGetValue((type, name), out refine)
                || CountSchemas.Exceptions.TryGetValue((type, name), out refine)
                || CatalogueSchemas.Exceptions.TryGetValue((type, name), out refine)
                || PlaceSchemas.Exceptions.TryGetValue((type, name), out refine)
                || PickSchemas.Exceptions.TryGetValue((type, name), out refine)
                || PackingSchemas.Exceptions.TryGetValue((type, name), out refine)
                || RateSchemas.Exceptions.TryGetValue((type, name), out refine)
                || ParcelSchemas.Exceptions.TryGetValue((type, name), out refine)
                || TrackingSchemas.Exceptions.TryGetValue((type, name), out refine)
                || Fields.TryGetValue(name, out refine) || CatalogueSchemas.Fields.TryGetValue(name, out refine))
                refine(says);
            if (required.Contains(name)) says.Type &= ~JsonSchemaType.Null;
        }

        return Task.CompletedTask;
    }

    /// <summary>The words of an enum.</summary>
    public static void Words<T>(OpenApiSchema schema)
        where T : struct, Enum => schema.Enum = [.. Api.Words<T>.Read.Keys.Select(word => (JsonNode)word)];

    static OpenApiSchema Enumeration(IEnumerable<string> words) =>
        new() { Type = JsonSchemaType.String, Enum = [.. words.Select(w => (JsonNode)w)] };

    static void Provider(OpenApiSchema schema) => schema.Enum = [.. PaymentsApi.Providers.Select(p => (JsonNode)p)];

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

    static void Date(OpenApiSchema schema) => schema.Format = "date";

    static void Anything(OpenApiSchema schema)
    {
    }

    static void Size(OpenApiSchema schema) => schema.Minimum = "0";

    static Action<OpenApiSchema> Form(string pattern) => schema => schema.Pattern = pattern;

    /// <summary>
    /// What is JSON of which only some fields are read: customers, addresses, means of payment. Everything else in it
    /// is allowed.
    /// </summary>
    public static void RefineLoose(OpenApiDocument document)
    {
        if (document.Components?.Schemas is not { } schemas) return;
        Loose(nameof(AssessRequest), "customer", "shipTo", "billTo", "paymentMethod");
        Loose(nameof(OrderRequest), "customer", "billTo");
        schemas[nameof(OrderRequest)].Properties!["shipTo"] = Address();
        schemas[nameof(OrderRequest)].Properties!["paymentMethod"] = Method();
        schemas[nameof(EditRequest)].Properties!["shipTo"] = Address();
        // What a field must have may be a body of its own, for which null would be one of two choices.
        foreach (var (request, fields) in Required)
            foreach (var name in fields)
                if (schemas[request.Name].Properties![name] is OpenApiSchema { OneOf: { } choices })
                    schemas[request.Name].Properties![name] = choices.Single(c => c.Type != JsonSchemaType.Null);

        void Loose(string request, params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
                schemas[request].Properties![name] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object | JsonSchemaType.Null,
                };
        }
    }

    static OpenApiSchema Address()
    {
        Dictionary<string, IOpenApiSchema> fields = [];
        foreach (var name in OrderIntake.Coordinates)
            fields[name] = new OpenApiSchema { Type = JsonSchemaType.Number | JsonSchemaType.Null };
        foreach (var name in OrderIntake.AddressTexts.Append("postcode"))
            fields[name] = new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null };
        fields["country"] = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = Country };
        return new()
        {
            Type = JsonSchemaType.Object | JsonSchemaType.Null,
            Description = "Where nothing is delivered without a postcode it has one, of the country's form; only with"
                + " orderedAt, for an order that was placed elsewhere before, will the country alone do. line1 and"
                + " city, where given, are not empty; latitude and longitude come together.",
            Required = new HashSet<string> { "country" },
            Properties = fields,
        };
    }

    static OpenApiSchema Method()
    {
        OpenApiSchema provider = new() { Type = JsonSchemaType.String };
        Provider(provider);
        return new()
        {
            Type = JsonSchemaType.Object | JsonSchemaType.Null,
            Description = "Needed for the payments authorise and on-account, possible for prepaid.",
            Required = new HashSet<string> { "provider", "token" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["provider"] = provider,
                ["token"] = new OpenApiSchema { Type = JsonSchemaType.String },
            },
        };
    }
}
