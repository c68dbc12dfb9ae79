using System.Text.Json.Nodes;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Connectors;

/// <summary>What judges the gateways finds what is wrong: else their tests would prove nothing.</summary>
public sealed class SchemaMisfitsTests
{
    const string Document =
        """
        {"components":{"schemas":{
          "money":{"type":"object","required":["currency","value"],"properties":{
            "currency":{"type":"string","minLength":3,"maxLength":3},
            "value":{"type":"string","pattern":"^[0-9]+$"}}},
          "capture":{"allOf":[
            {"properties":{"amount":{"$ref":"#/components/schemas/money"},"final":{"type":"boolean"}}},
            {"properties":{"status":{"type":"string","enum":["DONE","PENDING"]},"count":{"type":"integer"}}}]},
          "either":{"anyOf":[{"type":"string"},{"$ref":"#/components/schemas/money"}]},
          "list":{"type":"array","minItems":1,"maxItems":2,"items":{"type":"integer"}},
          "text":{"type":"string","nullable":true},
          "tags":{"type":"object","additionalProperties":{"type":"string"}}}}}
        """;

    readonly OpenApiSpec _spec = new(JsonNode.Parse(Document)!.AsObject());

    [Theory]
    [InlineData("capture", """{"amount":{"currency":"EUR","value":"5"},"final":true,"status":"DONE","count":1}""")]
    [InlineData("capture", "{}")]
    [InlineData("either", "\"x\"")]
    [InlineData("either", """{"currency":"EUR","value":"5"}""")]
    [InlineData("list", "[1,2]")]
    [InlineData("text", "null")]
    [InlineData("tags", """{"a":"b"}""")]
    public void What_fits_has_no_misfit(string schema, string json) => Assert.Empty(Misfits(schema, json));

    [Theory]
    [InlineData("capture", """{"amount":{"currency":"EUR"}}""", "/amount/value: missing")]
    [InlineData("capture", """{"amount":{"currency":"EU","value":"5"}}""", "/amount/currency: shorter than 3")]
    [InlineData("capture", """{"amount":{"currency":"EURO","value":"5"}}""", "/amount/currency: longer than 3")]
    [InlineData("capture", """{"amount":{"currency":"EUR","value":"five"}}""", "/amount/value: five does not match")]
    [InlineData("capture", """{"amount":{"currency":"EUR","value":5}}""", "/amount/value: 5 is no string")]
    [InlineData("capture", """{"final":"true"}""", "/final: \"true\" is no boolean")]
    [InlineData("capture", """{"count":1.5}""", "/count: 1.5 is no integer")]
    [InlineData("capture", """{"status":"LOST"}""", "/status: \"LOST\" is none of")]
    [InlineData("capture", """{"invented":1}""", "/invented: unknown")]
    [InlineData("capture", """{"final":null}""", "/final: null")]
    [InlineData("either", "{}", "/currency: missing")]
    [InlineData("either", "7", ": 7 is no")]
    [InlineData("list", "[]", ": fewer than 1")]
    [InlineData("list", "[1,2,3]", ": more than 2")]
    [InlineData("list", """["1"]""", "/0: \"1\" is no integer")]
    [InlineData("tags", """{"a":1}""", "/a: 1 is no string")]
    public void What_does_not_fit_is_found_where_it_is(string schema, string json, string misfit) =>
        Assert.Contains(Misfits(schema, json), m => m.StartsWith(misfit, StringComparison.Ordinal));

    [SkippableTheory]
    [InlineData("amount=1000&currency=eur&metadata[payment]=a%2Fb&confirm=true&expand[0]=latest_charge", null)]
    [InlineData("amount=1000", "/currency: missing")]
    [InlineData("amount=ten&currency=eur", "/amount: \"ten\" is no integer")]
    [InlineData("amount=1&currency=eur&capture_method=later", "/capture_method: \"later\" is none of")]
    [InlineData("amount=1&currency=eur&card_number=1", "/card_number: unknown")]
    [InlineData("amount=1&currency=eur&confirm=yes", "/confirm: \"yes\" is no boolean")]
    [InlineData("amount=1&currency=eur&automatic_payment_methods[allow_redirects]=never",
        "/automatic_payment_methods/enabled: missing")]
    public void A_form_is_judged_as_the_published_document_describes_it(string form, string? misfit)
    {
        Skip.If(Fixtures.Find(StripeMock.SpecPath) is null, Fixtures.Missing(StripeMock.SpecPath));
        var spec = StripeMock.Published!;
        var schema = spec.Operation("post", "/v1/payment_intents")!.Value.Operation["requestBody"]!["content"]!
            ["application/x-www-form-urlencoded"]!["schema"]!;
        var fields = form.Split('&').Select(f => f.Split('='))
            .Select(f => KeyValuePair.Create(f[0], Uri.UnescapeDataString(f[1])));
        var misfits = new SchemaMisfits(spec).Of(schema, new FormBody(spec).Read(fields, schema));
        if (misfit is null) Assert.Empty(misfits);
        else Assert.Contains(misfits, m => m.StartsWith(misfit, StringComparison.Ordinal));
    }

    IReadOnlyList<string> Misfits(string schema, string json) => new SchemaMisfits(_spec).Of(
        _spec.Document["components"]!["schemas"]![schema]!, JsonNode.Parse(json));
}
