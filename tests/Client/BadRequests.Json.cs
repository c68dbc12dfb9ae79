using System.Text;

namespace Fulfillment.Tests.Client;

// Bodies that are no JSON, or of another shape than the route takes.
public static partial class BadRequests
{
    static IEnumerable<BadRequest> NotJson()
    {
        (string, string)[] texts =
        [
            ("nothing", ""), ("blanks", "  \n"), ("an open brace", "{"), ("half a field", """{"id":"""),
            ("a lone bracket", "]"), ("single quotes", "{'id':'x'}"), ("a trailing comma", """{"id":"x",}"""),
            ("a comment", """/* hi */{"id":"x"}"""), ("something after it", """{"id":"x"} {"id":"y"}"""),
            ("NaN", """{"id":NaN}"""),
            ("a byte order mark", "\uFEFF{}"), ("plain words", "id=x"),
            ("a raw line break in text", "{\"id\":\"a\nb\"}"),
        ];
        foreach (var route in (string[])[Orders, Receipts, Cancel])
            foreach (var (name, text) in texts)
                yield return Row($"not JSON: {name}: {route}", route, text, 400, "malformed-json");
        (string, byte[])[] binary =
        [
            ("UTF-16", Encoding.Unicode.GetBytes("""{"id":"x"}""")),
            ("a stray byte in an id", [.. "{\"id\":\"a"u8, 0xFF, .. "\",\"lines\":[]}"u8]),
            ("an overlong slash in an id", [.. "{\"id\":\"a"u8, 0xC0, 0xAF, .. "\",\"lines\":[]}"u8]),
            ("a stray byte in a customer",
                [.. """{"id":"x","customer":{"name":"a"""u8, 0x80, .. "\"},\"lines\":[]}"u8]),
            ("a stray byte in an unknown name", [.. """{"id":"x","n"""u8, 0xE2, 0x28, .. "\":1,\"lines\":[]}"u8]),
            ("noise", [0x00, 0x01, 0xFE, 0x7F, 0x80, 0x00]),
        ];
        foreach (var (name, bytes) in binary)
            yield return Row($"not UTF-8: {name}", Orders, bytes, 400, "malformed-json");
        yield return Row("too deep: arrays", Orders,
            $$"""{"id":"x","note":{{Deep('[', 40)}}{{Deep(']', 40)}},"lines":[{{Line}}]}""", 400, "too-deep");
        yield return Row("too deep: a customer", Orders,
            Order($",\"customer\":{{{Repeat("\"a\":{", 40)}{Deep('}', 41)}"), 400, "too-deep");
        yield return Row("too deep: a million brackets", Orders, "{\"note\":" + Deep('[', 1_000_000), 400, "too-deep");
    }

    static IEnumerable<BadRequest> WrongShapes()
    {
        foreach (var text in (string[])["[]", "null", "1", "true", "\"x\""])
        {
            yield return Row($"no object: {text}: order", Orders, text, 400, "wrong-type", "");
            yield return Row($"no object: {text}: SKU", Sku, text, 400, "wrong-type", "");
        }

        (string Route, string Body, string Field)[] rows =
        [
            (Orders, """{"id":1,"lines":[]}""", "/id"), (Orders, """{"id":"x","lines":{}}""", "/lines"),
            (Orders, """{"id":"x","lines":[1]}""", "/lines/0"), (Orders, """{"id":"x","lines":[null]}""", "/lines/0"),
            (Orders, """{"id":"x","lines":[{"sku":5,"quantity":1}]}""", "/lines/0/sku"),
            (Orders, """{"id":"x","lines":[{"sku":"S","quantity":"1"}]}""", "/lines/0/quantity"),
            (Orders, """{"id":"x","lines":[{"sku":"S","quantity":1,"unitPrice":5}]}""", "/lines/0/unitPrice"),
            (Orders, """{"id":"x","lines":[{"sku":"S","quantity":1,"tax":{"amount":"5"}}]}""", "/lines/0/tax/amount"),
            (Orders, Order(",\"customer\":\"Ada\""), "/customer"), (Orders, Order(",\"shipTo\":[]"), "/shipTo"),
            (Orders, Order(",\"shipTo\":{\"country\":\"HK\",\"city\":7}"), "/shipTo/city"),
            (Orders, Order(",\"channel\":{}"), "/channel"),
            (Orders, Order(",\"orderedAt\":1732700000"), "/orderedAt"),
            (Orders, Order(",\"payment\":false"), "/payment"),
            (Sku, """{"title":5}""", "/title"), (Sku, """{"title":"x","backorder":"yes"}""", "/backorder"),
            (Sku, """{"title":"x","price":"1.99"}""", "/price"),
            (Sku, """{"title":"x","attributes":[]}""", "/attributes"),
            (Sku, """{"title":"x","attributes":{"a.b/c":5}}""", "/attributes/a.b~1c"),
            (Sku, """{"title":"x","images":"u"}""", "/images"),
            (Node, """{"name":"x","latitude":"north"}""", "/latitude"),
            (Node, """{"name":"x","priority":1.5}""", "/priority"),
            (Cancel, """{"id":"c","lines":"all"}""", "/lines"), (Pay, """{"id":"p","amount":1999}""", "/amount"),
            (Holds, """{"id":"h","quantity":1,"holdFor":900}""", "/holdFor"),
        ];
        foreach (var (route, body, field) in rows)
            yield return Row($"wrong type: {field}: {route}", route, body, 400, "wrong-type", field);

        (string Route, string Body, string Field)[] twice =
        [
            (Orders, $$"""{"id":"x","id":"y","lines":[{{Line}}]}""", "/id"),
            (Orders, """{"id":"x","lines":[{"sku":"S","quantity":1,"quantity":2}]}""", "/lines/0/quantity"),
            (Orders, """{"id":"x","lines":[{"sku":"S","unitPrice":{"amount":1,"amount":1}}]}""",
                "/lines/0/unitPrice/amount"),
            (Orders, Order(",\"note\":1,\"note\":2"), "/note"),
            (Orders, Order(",\"customer\":{\"name\":\"a\",\"name\":\"b\"}"), "/customer"),
            (Orders, Order(",\"shipTo\":{\"country\":\"DE\",\"country\":\"AT\"}"), "/shipTo"),
            (Sku, """{"title":"x","attributes":{"a":"1","a":"2"}}""", "/attributes/a"),
            (Receipts, """{"id":"r","node":"LEJ1","quantity":1,"quantity":1}""", "/quantity"),
        ];
        foreach (var (route, body, field) in twice)
            yield return Row($"a field twice: {field}: {route}", route, body, 400, "duplicate-field", field);
    }

    static IEnumerable<BadRequest> UnknownFields()
    {
        (string Route, string Body)[] rows =
        [
            (Node, """{"name":"x","colour":1}"""), (Sku, """{"title":"x","colour":1}"""),
            (Receipts, """{"id":"r","node":"LEJ1","quantity":1,"colour":1}"""),
            (Adjustments, """{"id":"a","node":"LEJ1","delta":1,"reason":"x","colour":1}"""),
            (Moves,
                """{"id":"m","node":"LEJ1","quantity":1,"from":"available","to":"damaged","reason":"x","colour":1}"""),
            (Holds, """{"id":"h","quantity":1,"holdFor":"PT5M","colour":1}"""), (Cancel, """{"id":"c","colour":1}"""),
            (Pay, """{"id":"p","amount":{"amount":1,"currency":"EUR"},"colour":1}"""),
            (Ship, """{"id":"s","colour":1}"""),
            (Deliver, """{"id":"d","colour":1}"""),
        ];
        foreach (var (route, body) in rows)
            yield return Row($"unknown field: {route}", route, body, 400, "unknown-field", "/colour");
        yield return Row("unknown field: a line", Orders,
            """{"id":"x","lines":[{"sku":"S","quantity":1,"colour":1}]}""", 400, "unknown-field", "/lines/0/colour");
        yield return Row("unknown field: a price", Sku,
            """{"title":"x","price":{"amount":1,"currency":"EUR","tax":2}}""", 400, "unknown-field", "/price/tax");
        yield return Row("unknown field: a line, a number", Orders,
            """{"id":"x","lines":[{"sku":"S","quantity":1,"0":1}]}""", 400, "unknown-field", "/lines/0/0");
        yield return Row("unknown field: with a slash and quotes", Cancel, """{"id":"c","it's/\"so\"~":1}""", 400,
            "unknown-field", "/it's~1\"so\"~0");
        yield return Row("unknown field: other case", Receipts, """{"ID":"r","node":"LEJ1","quantity":1}""", 400,
            "unknown-field", "/ID");
        yield return Row("reserved field", Orders, Order(",\"status\":\"shipped\""), 400, "reserved-field", "/status");
    }
}
