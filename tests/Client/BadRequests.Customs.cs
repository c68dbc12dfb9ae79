namespace Fulfillment.Tests.Client;

// Customs: a seller's policy, duties, and papers.
public static partial class BadRequests
{
    const string Duties = "POST /v1/duties", Invoices = "POST /v1/commercial-invoices";

    static IEnumerable<BadRequest> CustomsPolicy()
    {
        (string Name, string Json, string Code, string Field)[] rows =
        [
            ("what is missing is no word", """{"missing":"shrug"}""", "unknown-value", "/customs/missing"),
            ("terms of nobody", """{"terms":"fob"}""", "unknown-value", "/customs/terms"),
            ("a way without terms", """{"lanes":[{"to":["US"]}]}""", "required", "/customs/lanes/0/terms"),
            ("no way", """{"lanes":[null]}""", "wrong-type", "/customs/lanes/0"),
            ("a way to nowhere", """{"lanes":[{"terms":"ddp","to":["QQ"]}]}""", "unknown-country",
                "/customs/lanes/0/to/0"),
            ("more ways than are kept", $$"""{"lanes":[{{Numbered(201, _ => """{"terms":"ddp"}""")}}]}""", "too-many",
                "/customs/lanes"),
            ("an EORI that is none", """{"eoris":["US1"]}""", "bad-eori", "/customs/eoris/0"),
            ("two EORIs of a country", """{"eoris":["DE1","DE2"]}""", "duplicate", "/customs/eoris/1"),
            ("an IOSS number of no member", """{"ioss":"IM8260000012"}""", "bad-ioss", "/customs/ioss"),
            ("a VAT number that does not check", """{"gbVat":"GB980780685"}""", "bad-vat-number", "/customs/gbVat"),
            ("a wish", """{"please":true}""", "unknown-field", "/customs/please"),
        ];
        foreach (var (name, json, code, field) in rows)
            yield return Row($"customs: {name}", "POST /v1/compliance-rules",
                $$"""{"id":"x","reason":"x","rules":[],"customs":{{json}}}""", 400, code, field);
        yield return Row(
            "order: terms of nobody", Orders, Order(""","terms":"exw" """), 400, "unknown-value", "/terms");
    }

    static IEnumerable<BadRequest> Duty()
    {
        const string line = """
            {"hsCode":"610910","origin":"PT","quantity":1,"unitValue":{"amount":1,"currency":"EUR"}}
            """,
            from = """ "from":{"country":"DE"} """, to = """ "to":{"country":"US"} """,
            lines = $""" "lines":[{line}] """;
        (string Name, string Json, string Code, string Field)[] rows =
        [
            ("from nowhere", $$"""{{{to}},{{lines}}}""", "required", "/from"),
            ("to nowhere", $$"""{{{from}},{{lines}}}""", "required", "/to"),
            ("of nothing", $$"""{{{from}},{{to}}}""", "required", "/lines"),
            ("of no line", $$"""{{{from}},{{to}},"lines":[]}""", "required", "/lines"),
            ("of null", $$"""{{{from}},{{to}},"lines":[null]}""", "wrong-type", "/lines/0"),
            ("of too many lines", $$"""{{{from}},{{to}},"lines":[{{Numbered(501, _ => line)}}]}""", "too-many",
                "/lines"),
            ("from no country", $$"""{"from":{},{{to}},{{lines}}}""", "required", "/from/country"),
            ("from a node and a country", $$"""{"from":{"node":"LEJ1","country":"DE"},{{to}},{{lines}}}""",
                "node-or-address", "/from"),
            ("from an unknown node", $$"""{"from":{"node":"NONE"},{{to}},{{lines}}}""", "unknown-node", "/from/node"),
            ("from a node in no country", $$"""{"from":{"node":"NOWHERE1"},{{to}},{{lines}}}""", "node-without-country",
                "/from/node"),
            ("to a country in words", $$"""{{{from}},"to":{"country":"America"},{{lines}}}""", "bad-country",
                "/to/country"),
            ("to a postcode of elsewhere", $$"""{{{from}},"to":{"country":"US","postcode":"SW1A 1AA"},{{lines}}}""",
                "bad-postcode", "/to/postcode"),
            ("long ago", More(""" "on":"1999-01-01" """), "out-of-range", "/on"),
            ("on no terms", More(""" "terms":"cif" """), "unknown-value", "/terms"),
            ("of a scheme that is none", More(""" "schemes":["a b"] """), "bad-id", "/schemes/0"),
            ("of carriage in another currency", More(""" "carriage":{"amount":1,"currency":"USD"} """),
                "mixed-currencies", "/carriage/currency"),
            ("of insurance below nothing", More(""" "insurance":{"amount":-1,"currency":"EUR"} """), "out-of-range",
                "/insurance/amount"),
            ("with a wish", More(""" "cheap":true """), "unknown-field", "/cheap"),
            ("no HS code", Line("""{"origin":"PT","quantity":1,"unitValue":{"amount":1,"currency":"EUR"}}"""),
                "customs-data-missing", "/lines/0/hsCode"),
            ("no origin", Line("""{"hsCode":"610910","quantity":1,"unitValue":{"amount":1,"currency":"EUR"}}"""),
                "customs-data-missing", "/lines/0/origin"),
            ("no value", Line("""{"hsCode":"610910","origin":"PT","quantity":1}"""), "customs-data-missing",
                "/lines/0/unitValue"),
            ("no quantity", Line("""{"hsCode":"610910","origin":"PT","unitValue":{"amount":1,"currency":"EUR"}}"""),
                "required", "/lines/0/quantity"),
            ("an unknown SKU", Line("""{"sku":"NONE","quantity":1}"""), "unknown-sku", "/lines/0/sku"),
            ("a SKU that is none", Line("""{"sku":"a b","quantity":1}"""), "bad-id", "/lines/0/sku"),
            ("an HS code in words", Line("""
                {"hsCode":"shirts","origin":"PT","quantity":1,"unitValue":{"amount":1,"currency":"EUR"}}
                """), "bad-hs-code", "/lines/0/hsCode"),
            ("two currencies", Line($$"""
                {{line}},{"hsCode":"610910","origin":"PT","quantity":1,"unitValue":{"amount":1,"currency":"USD"} }
                """), "mixed-currencies", "/lines/1/unitValue/currency"),
            ("more than there is money", Line("""
                {"hsCode":"610910","origin":"PT","quantity":1000000,
                 "unitValue":{"amount":1000000000000000,"currency":"EUR"}}
                """), "out-of-range", "/lines/0/unitValue"),
        ];
        foreach (var (name, json, code, field) in rows)
            yield return Row($"duties: {name}", Duties, json, 400, code, field);

        static string More(string json) => $$"""{{{from}},{{to}},{{lines}},{{json}}}""";

        static string Line(string json) => $$"""{{{from}},{{to}},"lines":[{{json}}]}""";
    }

    const string Trader = """{"name":"A","city":"B","country":"IE"}""", Article = """
        {"description":"x","hsCode":"610910","origin":"PT","quantity":1,
         "unitValue":{"amount":1,"currency":"EUR"},"netGrams":100}
        """;

    static IEnumerable<BadRequest> CustomsPapers()
    {
        (string Name, string Json, string Code, string Field)[] rows =
        [
            ("no number", Paper("number", null), "required", "/number"),
            ("a number in words", Paper("number", "\"N 1\""), "bad-id", "/number"),
            ("a long number", Paper("number", $"\"{new string('1', 36)}\""), "too-long", "/number"),
            ("no day", Paper("date", null), "required", "/date"),
            ("no seller", Paper("seller", null), "required", "/seller"),
            ("no buyer", Paper("buyer", null), "required", "/buyer"),
            ("a seller without a name", Paper("seller", """{"city":"B","country":"IE"}"""), "required",
                "/seller/name"),
            ("a buyer without a postcode", Paper("buyer", """{"name":"A","city":"B","country":"DE"}"""), "required",
                "/buyer/postcode"),
            ("an importer in no country", Paper("importer", """{"name":"A","city":"B"}"""), "required",
                "/importer/country"),
            ("an EORI that is none", Paper("seller", """{"name":"A","city":"B","country":"IE","eori":"1"}"""),
                "bad-eori", "/seller/eori"),
            ("an IOSS number on paper", Paper(
                "seller", """{"name":"A","city":"B","country":"IE","vatNumber":"IM2760000012"}"""), "ioss-on-paper",
                "/seller/vatNumber"),
            ("an address of many lines", Paper(
                "seller", """{"name":"A","city":"B","country":"IE","lines":["a","b","c","d","e"]}"""), "too-many",
                "/seller/lines"),
            ("no line", Paper("lines", "[]"), "required", "/lines"),
            ("a line of nothing", Paper("lines", "[null]"), "wrong-type", "/lines/0"),
            ("goods without a name", Paper("lines", """[{"quantity":1}]"""), "required", "/lines/0/description"),
            ("goods without an HS code", Goods(
                """ "origin":"PT","unitValue":{"amount":1,"currency":"EUR"},"netGrams":1 """), "customs-data-missing",
                "/lines/0/hsCode"),
            ("goods without a weight", Goods(
                """ "hsCode":"610910","origin":"PT","unitValue":{"amount":1,"currency":"EUR"} """),
                "customs-data-missing", "/lines/0/netGrams"),
            ("goods without a value", Goods(""" "hsCode":"610910","origin":"PT","netGrams":1 """),
                "customs-data-missing", "/lines/0/unitValue"),
            ("two currencies", Paper(
                "lines", $"[{Article},{Article.Replace("EUR", "USD", StringComparison.Ordinal)}]"),
                "mixed-currencies", "/lines/1/unitValue/currency"),
            ("carriage in another", Paper("carriage", """{"amount":1,"currency":"USD"}"""), "mixed-currencies",
                "/carriage/currency"),
            ("lighter than its goods", Paper("grossGrams", "99"), "out-of-range", "/grossGrams"),
            ("no weight", Paper("grossGrams", null), "required", "/grossGrams"),
            ("no packages", Paper("packages", "0"), "out-of-range", "/packages"),
            ("nobody who signs", Paper("signedBy", null), "required", "/signedBy"),
            ("no reason", Paper("reason", "\"whim\""), "unknown-value", "/reason"),
            ("an empty reference", Paper("references", """{"order":""}"""), "required", "/references/order"),
        ];
        foreach (var (name, json, code, field) in rows)
        {
            yield return Row($"invoice: {name}", Invoices, json, 400, code, field);
            yield return Row($"certificate: {name}", "POST /v1/certificates-of-origin", json, 400, code, field);
        }
    }

    static string Goods(string more) => Paper("lines", $$"""[{"description":"x","quantity":1,{{more}} }]""");

    static string Paper(string name, string? value)
    {
        Dictionary<string, string> fields = new()
        {
            ["number"] = "\"N1\"",
            ["date"] = "\"2026-11-30\"",
            ["seller"] = Trader,
            ["buyer"] = Trader,
            ["lines"] = $"[{Article}]",
            ["grossGrams"] = "500",
            ["signedBy"] = "\"A\"",
        };
        if (value is null) fields.Remove(name);
        else fields[name] = value;
        return $$"""{{{string.Join(',', fields.Select(f => $"\"{f.Key}\":{f.Value}"))}}}""";
    }
}
