namespace Fulfillment.Tests.Client;

// Products and what else the catalogue has.
public static partial class BadRequests
{
    const string PutProduct = "PUT /v1/products/P";

    static IEnumerable<BadRequest> Catalogue() =>
        [.. Products(), .. Customs(), .. AttributeSets(), .. Compliance(), .. Aliases()];

    static IEnumerable<BadRequest> Products()
    {
        const string colour = """ "options":[{"name":"c","values":["a","b"]}] """;
        var many = Numbered(40, i => $"\"v{i}\"");
        (string Name, string Json, string Code, string Field)[] rows =
        [
            ("four options", $$""" "options":[{{Numbered(4, i => $$"""{"name":"o{{i}}","values":["x"]}""")}}] """,
                "too-many", "/options"),
            ("an option twice", """ "options":[{"name":"c","values":["a"]},{"name":"c","values":["a"]}] """,
                "duplicate", "/options/1/name"),
            ("an option without a name", """ "options":[{"values":["a"]}] """, "required", "/options/0/name"),
            ("an option without values", """ "options":[{"name":"c","values":[]}] """, "required",
                "/options/0/values"),
            ("a value twice", """ "options":[{"name":"c","values":["a","a"]}] """, "duplicate", "/options/0/values"),
            ("an empty value", """ "options":[{"name":"c","values":[" "]}] """, "required", "/options/0/values/0"),
            ("too many values", $$""" "options":[{"name":"c","values":[{{Numbered(201, i => $"\"v{i}\"")}}]}] """,
                "too-many", "/options/0/values"),
            ("too many combinations",
                $$""" "options":[{"name":"c","values":[{{many}}]},{"name":"d","values":[{{many}}]}] """, "too-many",
                "/options"),
            ("no option", """ "options":[null] """, "wrong-type", "/options/0"),
            ("a variant of no value", $$"""{{colour}},"variants":[{"values":{} }] """, "required",
                "/variants/0/values/c"),
            ("a variant of an unknown value", $$"""{{colour}},"variants":[{"values":{"c":"z"} }] """, "unknown-value",
                "/variants/0/values/c"),
            ("a variant of an unknown option", $$"""{{colour}},"variants":[{"values":{"c":"a","d":"a"} }] """,
                "unknown-option", "/variants/0/values/d"),
            ("a combination twice", $$"""{{colour}},"variants":[{"values":{"c":"a"} },{"values":{"c":"a"} }] """,
                "duplicate", "/variants/1/values"),
            ("no variant", $$"""{{colour}},"variants":[null] """, "wrong-type", "/variants/0"),
            ("a SKU that is none", $$"""{{colour}},"variants":[{"values":{"c":"a"},"sku":"a b"}] """, "bad-id",
                "/variants/0/sku"),
            ("a SKU twice",
                $$"""{{colour}},"variants":[{"values":{"c":"a"},"sku":"X"},{"values":{"c":"b"},"sku":"X"}] """,
                "duplicate-sku", "/variants/1/sku"),
            ("a pattern that names them alike", $$"""{{colour}},"skuPattern":"same" """, "duplicate-sku",
                "/skuPattern"),
            ("a pattern of another option", $$"""{{colour}},"skuPattern":"{size}" """, "no-sku", "/skuPattern"),
            ("a long pattern", $$"""{{colour}},"skuPattern":"{{TenKilobytes}}" """, "too-long", "/skuPattern"),
            ("everything excluded", """ "options":[],"variants":[{"values":{},"exclude":true}] """, "no-variants",
                "/variants"),
            ("a bad fact", """ "facts":{"grams":-1} """, "out-of-range", "/facts/grams"),
            ("a bad fact of a variant", $$"""{{colour}},"variants":[{"values":{"c":"a"},"facts":{"hsCode":"1.2"} }] """,
                "bad-hs-code", "/variants/0/facts/hsCode"),
            ("a bad pack of a variant",
                $$"""{{colour}},"variants":[{"values":{"c":"a"},"packs":[{"unit":"each","eaches":2}]}] """,
                "bad-eaches", "/variants/0/packs/0/eaches"),
        ];
        foreach (var (name, json, code, field) in rows)
            yield return Row($"product: {name}", PutProduct, $$"""{"title":"x",{{json}}}""", 400, code, field);
        yield return Row("product: no title", PutProduct, "{}", 400, "required", "/title");
        yield return Row("product: that nobody wrote", "GET /v1/products/NONE", (string?)null, 404, "unknown-product");
        yield return Row(
            "product: a cursor of nobody", "GET /v1/products?cursor=%21", (string?)null, 400, "bad-cursor");
    }

    static IEnumerable<BadRequest> Customs()
    {
        (string Name, string Json, string Code, string Field)[] rows =
        [
            ("five digits of an HS code", """ "hsCode":"61091" """, "bad-hs-code", "/product/hsCode"),
            ("eleven", """ "hsCode":"61091000111" """, "bad-hs-code", "/product/hsCode"),
            ("an HS code with dots", """ "hsCode":"6109.10" """, "bad-hs-code", "/product/hsCode"),
            ("an origin in words", """ "origin":"Portugal" """, "bad-country", "/product/origin"),
            ("more net than gross", """ "grams":5,"netGrams":6 """, "out-of-range", "/product/netGrams"),
            ("less than nothing", """ "netGrams":-1 """, "out-of-range", "/product/netGrams"),
            ("nothing to tell customs", """ "customsDescription":" " """, "required", "/product/customsDescription"),
            ("a novel for customs", $""" "customsDescription":"{new string('x', 201)}" """, "too-long",
                "/product/customsDescription"),
            ("an origin of no country", """ "origin":"ZZ" """, "unknown-country", "/product/origin"),
        ];
        foreach (var (name, json, code, field) in rows)
            yield return Row($"card: {name}", Sku, $$"""{"title":"x","product":{ {{json}} } }""", 400, code, field);
    }

    static IEnumerable<BadRequest> AttributeSets()
    {
        (string Name, string Json, string Code, string Field)[] rows =
        [
            ("no name", """{"type":"text"}""", "required", "/attributes/0/name"),
            ("no type", """{"name":"a"}""", "required", "/attributes/0/type"),
            ("an unknown type", """{"name":"a","type":"colour"}""", "unknown-value", "/attributes/0/type"),
            ("no attribute", "null", "wrong-type", "/attributes/0"),
            ("a name twice", """{"name":"a","type":"text"},{"name":"a","type":"text"}""", "duplicate-name",
                "/attributes/1/name"),
            ("a pattern of a number", """{"name":"a","type":"number","pattern":"1"}""", "not-for-type",
                "/attributes/0"),
            ("an enum of nothing", """{"name":"a","type":"enum","values":[]}""", "nothing-to-choose",
                "/attributes/0/values"),
            ("a value twice", """{"name":"a","type":"enum","values":["x","x"]}""", "bad-choice",
                "/attributes/0/values"),
            ("more than the most", """{"name":"a","type":"number","min":2,"max":1}""", "bad-bounds",
                "/attributes/0/min"),
            ("ten decimals", """{"name":"a","type":"number","scale":10}""", "out-of-range", "/attributes/0/scale"),
            ("a slow pattern", """{"name":"a","type":"text","pattern":"(a)\\1"}""", "bad-pattern",
                "/attributes/0/pattern"),
        ];
        foreach (var (name, json, code, field) in rows)
            yield return Row($"attribute set: {name}", "PUT /v1/attribute-sets/A",
                $$"""{"title":"x","attributes":[{{json}}]}""", 400, code, field);
        yield return Row("attribute set: no attributes", "PUT /v1/attribute-sets/A", """{"title":"x"}""", 400,
            "required", "/attributes");
        yield return Row("attribute set: nobody's", "GET /v1/attribute-sets/NONE", (string?)null, 404,
            "unknown-attribute-set");
        yield return Row("attribute set: a version in words", "GET /v1/attribute-sets/A?version=last", (string?)null,
            400, "out-of-range", "version");
        yield return Row("card: an attribute set of nobody", Sku, """{"title":"x","attributeSet":{"set":"NONE"}}""",
            400, "unknown-attribute-set", "/attributeSet/set");
        yield return Row("card: an attribute set without an id", Sku, """{"title":"x","attributeSet":{}}""", 400,
            "required", "/attributeSet/set");
        yield return Row("gaps: to Mars", "GET /v1/sku-gaps?to=Mars", (string?)null, 400, "bad-country", "to");
        yield return Row("gaps: from Mars", "GET /v1/sku-gaps?from=QQ", (string?)null, 400, "unknown-country", "from");
        yield return Row("gaps: of no sort", "GET /v1/sku-gaps?gap=taste", (string?)null, 400, "unknown-value", "gap");
    }

    static IEnumerable<BadRequest> Compliance()
    {
        const string rules = "POST /v1/compliance-rules", check = "GET /v1/skus/S/compliance-check";
        (string Name, string Json, string Code, string Field)[] rows =
        [
            ("no id", """{"kind":"prohibited","text":"x"}""", "required", "/rules/0/id"),
            ("no text", """{"id":"a","kind":"prohibited"}""", "required", "/rules/0/text"),
            ("an unknown kind", """{"id":"a","kind":"odd","text":"x"}""", "unknown-value", "/rules/0/kind"),
            ("no rule", "null", "wrong-type", "/rules/0"),
            ("a label that asks for nothing", """{"id":"a","kind":"labelling","text":"x"}""", "required",
                "/rules/0/requires"),
            ("a label of no card", """{"id":"a","kind":"labelling","text":"x","requires":["/taste"]}""",
                "unknown-field", "/rules/0/requires/0"),
            ("a field that must be where nothing may be",
                """{"id":"a","kind":"prohibited","text":"x","requires":["/price"]}""", "not-for-kind",
                "/rules/0/requires"),
            ("a lane from nowhere", """{"id":"a","kind":"restricted-lane","text":"x"}""", "required",
                "/rules/0/fromCountries"),
            ("a country of nobody", """{"id":"a","kind":"prohibited","text":"x","countries":["ZZ"]}""",
                "unknown-country", "/rules/0/countries/0"),
            ("an HS code in words", """{"id":"a","kind":"prohibited","text":"x","goods":{"hsCodes":["arms"]}}""",
                "bad-hs-code", "/rules/0/goods/hsCodes/0"),
            ("an id twice",
                """{"id":"a","kind":"prohibited","text":"x"},{"id":"a","kind":"prohibited","text":"x"}""",
                "duplicate", "/rules/1/id"),
        ];
        foreach (var (name, json, code, field) in rows)
            yield return Row($"compliance: {name}", rules, $$"""{"id":"p","reason":"x","rules":[{{json}}]}""", 400,
                code, field);
        yield return Row("compliance: no rules", rules, """{"id":"p","reason":"x"}""", 400, "required", "/rules");
        yield return Row("compliance: no reason", rules, """{"id":"p","rules":[]}""", 400, "required", "/reason");
        yield return Row("compliance: a version of nobody", "POST /v1/compliance-rules/9/activate",
            """{"id":"a","reason":"x"}""", 404, "unknown-version");
        yield return Row("compliance: nothing to take back", "POST /v1/compliance-rules/rollback",
            """{"id":"r","reason":"x"}""", 409, "nothing-before");
        yield return Row("compliance: an unknown SKU", "GET /v1/skus/NONE/compliance-check", (string?)null, 404,
            "unknown-sku");
        yield return Row("compliance: a country in words", $"{check}?country=Germany", (string?)null, 400,
            "bad-country", "country");
        yield return Row("compliance: a version in words", $"{check}?version=last", (string?)null, 400,
            "out-of-range", "version");
    }

    static IEnumerable<BadRequest> Aliases()
    {
        const string add = "POST /v1/skus/S/aliases", find = "GET /v1/sku-aliases";
        yield return Row("alias: of nobody", add, """{"id":"x"}""", 400, "required", "/channel");
        yield return Row("alias: of two", add, """{"channel":"a","supplier":"b","id":"x"}""", 400, "required",
            "/channel");
        yield return Row("alias: without a word", add, """{"channel":"a"}""", 400, "required", "/id");
        yield return Row("alias: of a channel with a slash", add, """{"channel":"a/b","id":"x"}""", 400, "bad-id",
            "/channel");
        yield return Row("alias: that nobody uses", $"{find}?channel=a&id=none", (string?)null, 404, "unknown-alias");
        yield return Row("alias: asked without a word", $"{find}?supplier=a", (string?)null, 400, "required", "id");
        yield return Row("alias: a cursor of nobody", "GET /v1/skus/S/aliases?cursor=x", (string?)null, 400,
            "bad-cursor");
    }
}
