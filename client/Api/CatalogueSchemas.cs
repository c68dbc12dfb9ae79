using Fulfillment.Catalog;
using Fulfillment.Inventory;
using Fulfillment.Shipping;
using Microsoft.OpenApi;

namespace Fulfillment.Client.Api;

/// <summary>What the OpenAPI document says of requests about products and the catalogue.</summary>
static class CatalogueSchemas
{
    /// <summary>The fields that requests must have.</summary>
    public static readonly Dictionary<Type, string[]> Required = new()
    {
        [typeof(OptionProductRequest)] = ["title"],
        [typeof(OptionRequest)] = ["name", "values"],
        [typeof(VariantRequest)] = ["values"],
        [typeof(AttributeSetRequest)] = ["title", "attributes"],
        [typeof(AttributeRuleRequest)] = ["name", "type"],
        [typeof(SetOfRequest)] = ["set"],
        [typeof(ProposeComplianceRequest)] = ["rules", "reason"],
        [typeof(ActivateComplianceRequest)] = ["reason"],
        [typeof(ComplianceRollbackRequest)] = ["reason"],
        [typeof(ComplianceRuleBody)] = ["id", "kind", "text"],
        [typeof(GoodsBody)] = [],
        [typeof(CustomsPolicyBody)] = [],
        [typeof(LaneTermsBody)] = ["terms"],
        [typeof(SkuAliasRequest)] = ["id"],
        [typeof(AttributeIsBody)] = ["name"],
    };

    /// <summary>Where a field says something else than its name does elsewhere.</summary>
    public static readonly Dictionary<(Type Request, string Field), Action<OpenApiSchema>> Exceptions = new()
    {
        [(typeof(AttributeRuleRequest), "type")] = OpenApiSchemas.Words<AttributeType>,
        [(typeof(AttributeRuleRequest), "units")] = _ => { },
        [(typeof(SkuAliasRequest), "id")] = _ => { },
        [(typeof(ComplianceRuleBody), "kind")] = OpenApiSchemas.Words<ComplianceKind>,
        [(typeof(ActivateComplianceRequest), "from")] = s => s.Format = "date-time",
        [(typeof(CustomsPolicyBody), "missing")] = OpenApiSchemas.Words<MissingCustoms>,
        [(typeof(CustomsPolicyBody), "terms")] = OpenApiSchemas.Words<Incoterm>,
        [(typeof(CustomsPolicyBody), "ioss")] = s => s.Pattern = "^IM[0-9]{10}$",
        [(typeof(CustomsPolicyBody), "gbVat")] = s => s.Pattern = "^GB([0-9]{9}|[0-9]{12})$",
        [(typeof(OrderRequest), "terms")] = OpenApiSchemas.Words<Incoterm>,
        [(typeof(LaneTermsBody), "terms")] = OpenApiSchemas.Words<Incoterm>,
        [(typeof(LaneTermsBody), "from")] = _ => { },
        [(typeof(LaneTermsBody), "to")] = _ => { },
    };

    /// <summary>What a field of a request may say, by its name.</summary>
    public static readonly Dictionary<string, Action<OpenApiSchema>> Fields = new()
    {
        ["hsCode"] = s => s.Pattern = "^[0-9]{6,10}$",
        ["origin"] = s => s.Pattern = "^[A-Z]{2}$",
        ["netGrams"] = s => s.Minimum = "0",
        ["customsDescription"] = s => s.MaxLength = ProductFacts.MaxCustomsDescription,
        ["lifecycle"] = OpenApiSchemas.Words<SkuLifecycle>,
    };
}
