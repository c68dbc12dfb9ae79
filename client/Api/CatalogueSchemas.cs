using Fulfillment.Catalog;
using Fulfillment.Inventory;
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
    };

    /// <summary>What a field of a request may say, by its name.</summary>
    public static readonly Dictionary<string, Action<OpenApiSchema>> Fields = new()
    {
        ["hsCode"] = s => s.Pattern = "^[0-9]{6,10}$",
        ["origin"] = s => s.Pattern = "^[A-Z]{2}$",
        ["lifecycle"] = OpenApiSchemas.Words<SkuLifecycle>,
    };
}
