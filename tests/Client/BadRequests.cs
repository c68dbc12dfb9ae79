using System.Text;

namespace Fulfillment.Tests.Client;

/// <summary>A request that must be refused: with this status and code, naming this field.</summary>
public sealed record BadRequest(
    string Name, string Method, string Path, byte[]? Body, int Status, string Code, string? Field,
    string? ContentType = "application/json", string? Header = null, string Value = "");

/// <summary>
/// The table of what must be refused. There are the SKU <c>S</c>, the node <c>LEJ1</c>, the order <c>o-1</c> of two units
/// with its fulfilment order, and the prepaid order <c>o-2</c>.
/// </summary>
public static class BadRequests
{
    const string Orders = "POST /v1/orders", Receipts = "POST /v1/skus/S/receipts", Adjustments = "POST /v1/skus/S/adjustments",
        Moves = "POST /v1/skus/S/moves", Holds = "POST /v1/skus/S/holds", Cancel = "POST /v1/orders/o-1/cancel",
        Pay = "POST /v1/orders/o-2/payment-confirmed", Ship = "POST /v1/fulfilment-orders/o-1-F1/ship",
        Deliver = "POST /v1/fulfilment-orders/o-1-F1/deliver", Sku = "PUT /v1/skus/S", Node = "PUT /v1/nodes/LEJ1";

    const string Line = """{"sku":"S","quantity":1}""";

    static readonly string Long = new('a', 129), TenKilobytes = new('a', 10_000);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<BadRequest> All { get; } =
    [
        .. NotJson(), .. WrongShapes(), .. UnknownFields(), .. Quantities(), .. Lines(), .. Ids(), .. PathIds(), .. Texts(),
        .. Amounts(), .. TimesAndWords(), .. Routes(), .. ContentTypes(), .. Lists(), .. Headers(), .. Sizes(),
    ];

    static IEnumerable<BadRequest> NotJson()
    {
        (string, string)[] texts =
        [
            ("nothing", ""), ("blanks", "  \n"), ("an open brace", "{"), ("half a field", """{"id":"""),
            ("a lone bracket", "]"), ("single quotes", "{'id':'x'}"), ("a trailing comma", """{"id":"x",}"""),
            ("a comment", """/* hi */{"id":"x"}"""), ("something after it", """{"id":"x"} {"id":"y"}"""), ("NaN", """{"id":NaN}"""),
            ("a byte order mark", "\uFEFF{}"), ("plain words", "id=x"), ("a raw line break in text", "{\"id\":\"a\nb\"}"),
        ];
        foreach (var route in (string[])[Orders, Receipts, Cancel])
            foreach (var (name, text) in texts) yield return Row($"not JSON: {name}: {route}", route, text, 400, "malformed-json");
        (string, byte[])[] binary =
        [
            ("UTF-16", Encoding.Unicode.GetBytes("""{"id":"x"}""")),
            ("a stray byte in an id", [.. "{\"id\":\"a"u8, 0xFF, .. "\",\"lines\":[]}"u8]),
            ("an overlong slash in an id", [.. "{\"id\":\"a"u8, 0xC0, 0xAF, .. "\",\"lines\":[]}"u8]),
            ("a stray byte in a customer", [.. """{"id":"x","customer":{"name":"a"""u8, 0x80, .. "\"},\"lines\":[]}"u8]),
            ("a stray byte in an unknown name", [.. """{"id":"x","n"""u8, 0xE2, 0x28, .. "\":1,\"lines\":[]}"u8]),
            ("noise", [0x00, 0x01, 0xFE, 0x7F, 0x80, 0x00]),
        ];
        foreach (var (name, bytes) in binary) yield return Row($"not UTF-8: {name}", Orders, bytes, 400, "malformed-json");
        yield return Row("too deep: arrays", Orders, $$"""{"id":"x","note":{{Deep('[', 40)}}{{Deep(']', 40)}},"lines":[{{Line}}]}""", 400, "too-deep");
        yield return Row("too deep: a customer", Orders, Order($",\"customer\":{{{Repeat("\"a\":{", 40)}{Deep('}', 41)}"), 400, "too-deep");
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
            (Orders, Order(",\"customer\":\"Ada\""), "/customer"), (Orders, Order(",\"shipTo\":[]"), "/shipTo"),
            (Orders, Order(",\"shipTo\":{\"country\":\"DE\",\"city\":7}"), "/shipTo/city"), (Orders, Order(",\"channel\":{}"), "/channel"),
            (Orders, Order(",\"orderedAt\":1732700000"), "/orderedAt"), (Orders, Order(",\"payment\":false"), "/payment"),
            (Sku, """{"title":5}""", "/title"), (Sku, """{"title":"x","backorder":"yes"}""", "/backorder"),
            (Sku, """{"title":"x","price":"1.99"}""", "/price"), (Sku, """{"title":"x","attributes":[]}""", "/attributes"),
            (Sku, """{"title":"x","attributes":{"a.b/c":5}}""", "/attributes/a.b~1c"), (Sku, """{"title":"x","images":"u"}""", "/images"),
            (Node, """{"name":"x","latitude":"north"}""", "/latitude"), (Node, """{"name":"x","priority":1.5}""", "/priority"),
            (Cancel, """{"id":"c","lines":"all"}""", "/lines"), (Pay, """{"id":"p","amount":1999}""", "/amount"),
            (Holds, """{"id":"h","quantity":1,"holdFor":900}""", "/holdFor"),
        ];
        foreach (var (route, body, field) in rows) yield return Row($"wrong type: {field}: {route}", route, body, 400, "wrong-type", field);

        (string Route, string Body, string Field)[] twice =
        [
            (Orders, $$"""{"id":"x","id":"y","lines":[{{Line}}]}""", "/id"),
            (Orders, """{"id":"x","lines":[{"sku":"S","quantity":1,"quantity":2}]}""", "/lines/0/quantity"),
            (Orders, Order(",\"note\":1,\"note\":2"), "/note"), (Orders, Order(",\"customer\":{\"name\":\"a\",\"name\":\"b\"}"), "/customer"),
            (Orders, Order(",\"shipTo\":{\"country\":\"DE\",\"country\":\"AT\"}"), "/shipTo"),
            (Sku, """{"title":"x","attributes":{"a":"1","a":"2"}}""", "/attributes/a"),
            (Receipts, """{"id":"r","node":"LEJ1","quantity":1,"quantity":1}""", "/quantity"),
        ];
        foreach (var (route, body, field) in twice) yield return Row($"a field twice: {field}: {route}", route, body, 400, "duplicate-field", field);
    }

    static IEnumerable<BadRequest> UnknownFields()
    {
        (string Route, string Body)[] rows =
        [
            (Node, """{"name":"x","colour":1}"""), (Sku, """{"title":"x","colour":1}"""),
            (Receipts, """{"id":"r","node":"LEJ1","quantity":1,"colour":1}"""),
            (Adjustments, """{"id":"a","node":"LEJ1","delta":1,"reason":"x","colour":1}"""),
            (Moves, """{"id":"m","node":"LEJ1","quantity":1,"from":"available","to":"damaged","reason":"x","colour":1}"""),
            (Holds, """{"id":"h","quantity":1,"holdFor":"PT5M","colour":1}"""), (Cancel, """{"id":"c","colour":1}"""),
            (Pay, """{"id":"p","amount":{"amount":1,"currency":"EUR"},"colour":1}"""), (Ship, """{"id":"s","colour":1}"""),
            (Deliver, """{"id":"d","colour":1}"""),
        ];
        foreach (var (route, body) in rows) yield return Row($"unknown field: {route}", route, body, 400, "unknown-field", "/colour");
        yield return Row("unknown field: a line", Orders, """{"id":"x","lines":[{"sku":"S","quantity":1,"colour":1}]}""", 400, "unknown-field", "/lines/0/colour");
        yield return Row("unknown field: a price", Sku, """{"title":"x","price":{"amount":1,"currency":"EUR","tax":2}}""", 400, "unknown-field", "/price/tax");
        yield return Row("unknown field: other case", Receipts, """{"ID":"r","node":"LEJ1","quantity":1}""", 400, "unknown-field", "/ID");
        yield return Row("reserved field", Orders, Order(",\"status\":\"shipped\""), 400, "reserved-field", "/status");
    }

    static IEnumerable<BadRequest> Quantities()
    {
        (string Value, string Code)[] values =
        [
            ("0", "out-of-range"), ("-1", "out-of-range"), ("2147483648", "out-of-range"), ("9223372036854775807", "out-of-range"),
            ("9223372036854775808", "wrong-type"), ("-9223372036854775809", "wrong-type"), ("1.5", "wrong-type"), ("1e2", "wrong-type"),
            ("1e999", "wrong-type"), ("\"1\"", "wrong-type"), ("true", "wrong-type"), ("[1]", "wrong-type"), ("{}", "wrong-type"),
            ("null", "required"), (Repeat("9", 5_000), "wrong-type"),
        ];
        (string Route, string Body, string Field)[] places =
        [
            (Orders, """{"id":"x","lines":[{"sku":"S","quantity":#}]}""", "/lines/0/quantity"),
            (Receipts, """{"id":"r","node":"LEJ1","quantity":#}""", "/quantity"),
            (Moves, """{"id":"m","node":"LEJ1","quantity":#,"from":"available","to":"damaged","reason":"x"}""", "/quantity"),
            (Holds, """{"id":"h","quantity":#,"holdFor":"PT5M"}""", "/quantity"),
            (Cancel, """{"id":"c","lines":[{"line":"1","quantity":#}]}""", "/lines/0/quantity"),
            (Ship, """{"id":"s","lines":[{"line":"1","quantity":#}]}""", "/lines/0/quantity"),
        ];
        foreach (var (route, body, field) in places)
        {
            foreach (var (value, code) in values)
            {
                var text = body.Replace("#", value, StringComparison.Ordinal);
                yield return Row($"quantity {value[..Math.Min(20, value.Length)]}: {route}", route, text, 400, code, field);
            }
        }

        foreach (var (value, code) in values.Where(v => v.Value is not ("-1" or "2147483648")))
        {
            var text = $$"""{"id":"a","node":"LEJ1","delta":{{value}},"reason":"x"}""";
            yield return Row($"delta {value[..Math.Min(20, value.Length)]}", Adjustments, text, 400, code, "/delta");
        }

        yield return Row("quantity missing", Orders, """{"id":"x","lines":[{"sku":"S"}]}""", 400, "required", "/lines/0/quantity");
    }

    static IEnumerable<BadRequest> Lines()
    {
        yield return Row("no lines", Orders, """{"id":"x"}""", 400, "required", "/lines");
        yield return Row("lines: none", Orders, """{"id":"x","lines":[]}""", 400, "required", "/lines");
        yield return Row("lines: null", Orders, """{"id":"x","lines":null}""", 400, "required", "/lines");
        yield return Row("5001 lines", Orders, $$"""{"id":"x","lines":[{{Line}}{{Repeat("," + Line, 5_000)}}]}""", 400, "too-many", "/lines");
        yield return Row("a line id twice", Orders, """{"id":"x","lines":[{"id":"a","sku":"S","quantity":1},{"id":"a","sku":"S","quantity":1}]}""", 400, "duplicate", "/lines/1/id");
        yield return Row("a line id that is another's number", Orders, """{"id":"x","lines":[{"id":"2","sku":"S","quantity":1},{"sku":"S","quantity":1}]}""", 400, "duplicate", "/lines/1/id");
        yield return Row("a line that is not there: cancel", Cancel, """{"id":"c","lines":[{"line":"7","quantity":1}]}""", 400, "unknown-line", "/lines");
        yield return Row("a line that is not there: ship", Ship, """{"id":"s","lines":[{"line":"7","quantity":1}]}""", 400, "unknown-line", "/lines");
        yield return Row("a line without its id", Cancel, """{"id":"c","lines":[{"quantity":1}]}""", 400, "required", "/lines/0/line");
        yield return Row("a line that is null", Ship, """{"id":"s","lines":[null]}""", 400, "wrong-type", "/lines/0");
    }

    static IEnumerable<BadRequest> Ids()
    {
        (string Name, string Id)[] ids =
        [
            ("empty", ""), ("a space", "a b"), ("a slash", "a/b"), ("a NUL", "a\\u0000b"), ("a line break", "a\\nb"), ("DEL", "a\\u007fb"),
            ("an umlaut", "ä"), ("129 characters", Long), ("10 kB", TenKilobytes), ("a tilde", "~a"), ("a quote", "a\\\"b"), ("dots and a slash", "../etc"),
        ];
        (string Route, string Body, string Field)[] places =
        [
            (Orders, $$"""{"id":"#","lines":[{{Line}}]}""", "/id"),
            (Orders, """{"id":"x","lines":[{"id":"#","sku":"S","quantity":1}]}""", "/lines/0/id"),
            (Orders, """{"id":"x","lines":[{"sku":"#","quantity":1}]}""", "/lines/0/sku"),
            (Receipts, """{"id":"#","node":"LEJ1","quantity":1}""", "/id"), (Receipts, """{"id":"r","node":"#","quantity":1}""", "/node"),
            (Cancel, """{"id":"#"}""", "/id"), (Holds, """{"id":"#","quantity":1,"holdFor":"PT5M"}""", "/id"), (Deliver, """{"id":"#"}""", "/id"),
            (Pay, """{"id":"#","amount":{"amount":1,"currency":"EUR"}}""", "/id"), (Ship, """{"id":"#"}""", "/id"),
        ];
        foreach (var (route, body, field) in places)
        {
            foreach (var (name, id) in ids)
                yield return Row($"id {field}: {name}: {route}", route, body.Replace("#", id, StringComparison.Ordinal), 400, "bad-id", field);
            yield return Row($"id {field}: half a character: {route}", route, body.Replace("#", "a\\ud800", StringComparison.Ordinal), 400, "bad-text", field);
        }

        yield return Row("no id: order", Orders, $$"""{"lines":[{{Line}}]}""", 400, "required", "/id");
        yield return Row("no id: cancellation", Cancel, "{}", 400, "required", "/id");
        yield return Row("no id: delivery", Deliver, "{}", 400, "required", "/id");
    }

    static IEnumerable<BadRequest> PathIds()
    {
        (string Name, string Id)[] ids =
        [
            ("a space", "a%20b"), ("a slash", "a%2Fb"), ("a line break", "a%0Ab"), ("an umlaut", "%C3%A4"), ("129 characters", Long),
            ("10 kB", TenKilobytes), ("a tilde", "~a"),
        ];
        foreach (var (name, id) in ids)
        {
            yield return Row($"path: {name}: SKU", $"GET /v1/skus/{id}", (byte[]?)null, 400, "bad-id", "sku");
            yield return Row($"path: {name}: put a SKU", $"PUT /v1/skus/{id}", """{"title":"x"}""", 400, "bad-id", "sku");
            yield return Row($"path: {name}: receipt", $"POST /v1/skus/{id}/receipts", """{"id":"r","node":"LEJ1","quantity":1}""", 400, "bad-id", "sku");
            yield return Row($"path: {name}: availability", $"GET /v1/availability?sku={id}", (byte[]?)null, 400, "bad-id", "sku");
            yield return Row($"path: {name}: node", $"PUT /v1/nodes/{id}", """{"name":"x"}""", 400, "bad-id", "node");
            yield return Row($"path: {name}: order", $"GET /v1/orders/{id}", (byte[]?)null, 400, "bad-id", "id");
            yield return Row($"path: {name}: timeline", $"GET /v1/orders/{id}/timeline", (byte[]?)null, 400, "bad-id", "id");
            yield return Row($"path: {name}: cancel", $"POST /v1/orders/{id}/cancel", """{"id":"c"}""", 400, "bad-id", "id");
            yield return Row($"path: {name}: hold", $"DELETE /v1/skus/S/holds/{id}", (byte[]?)null, 400, "bad-id", "id");
            yield return Row($"path: {name}: quarantine", $"GET /v1/quarantine/{id}", (byte[]?)null, 400, "bad-id", "id");
        }
    }

    static IEnumerable<BadRequest> Texts()
    {
        (string Route, string Body, string Field)[] controls =
        [
            (Sku, """{"title":"a\u0000b"}""", "/title"), (Sku, """{"title":"x","description":"\u0007"}""", "/description"),
            (Sku, """{"title":"x","attributes":{"a":"\u0001"}}""", "/attributes/a"), (Node, """{"name":"a\u001bb"}""", "/name"),
            (Receipts, """{"id":"r","node":"LEJ1","quantity":1,"reason":"\u0000"}""", "/reason"), (Cancel, """{"id":"c","reason":"\u0000"}""", "/reason"),
            (Ship, """{"id":"s","carrier":"\u0000"}""", "/carrier"), (Orders, Order(",\"channel\":\"\\u0000\""), "/channel"),
            (Orders, Order(",\"shipTo\":{\"country\":\"DE\",\"name\":\"\\u0000\"}"), "/shipTo/name"),
        ];
        foreach (var (route, body, field) in controls)
            yield return Row($"a control character: {field}: {route}", route, body, 400, "control-character", field);

        (string Route, string Body, string Field)[] halves =
        [
            (Sku, """{"title":"\ud800"}""", "/title"), (Node, """{"name":"a\udc00b"}""", "/name"), (Orders, Order(",\"channel\":\"\\udfff\""), "/channel"),
            (Orders, Order(",\"customer\":{\"name\":\"\\ud800\"}"), "/customer/name"), (Orders, Order(",\"customer\":{\"\\ud800\":1}"), "/customer"),
            (Orders, Order(",\"shipTo\":{\"country\":\"DE\",\"city\":\"\\ud800x\"}"), "/shipTo/city"),
            (Orders, Order(",\"note\":[1,[],{\"a\":\"b\"},\"\\uDBFF\"]"), "/note/3"), (Sku, """{"title":"x","attributes":{"a":"\ud800"}}""", "/attributes/a"),
        ];
        foreach (var (route, body, field) in halves) yield return Row($"half a character: {field}: {route}", route, body, 400, "bad-text", field);
        yield return Row("half a character in an unknown name", Orders, Order(",\"\\ud800\":1"), 400, "bad-text", "");

        (string Route, string Body, string Code, string Field)[] rows =
        [
            (Sku, "{}", "required", "/title"), (Sku, """{"title":"  "}""", "required", "/title"), (Node, "{}", "required", "/name"),
            (Sku, $$"""{"title":"{{Repeat("x", 501)}}"}""", "too-long", "/title"),
            (Sku, $$"""{"title":"x","description":"{{Repeat("x", 20_001)}}"}""", "too-long", "/description"),
            (Sku, $$$"""{"title":"x","attributes":{{{{string.Join(',', Enumerable.Range(0, 101).Select(i => $"\"a{i}\":\"x\""))}}}}}""", "too-many", "/attributes"),
            (Sku, $$"""{"title":"x","images":[{{string.Join(',', Enumerable.Repeat("\"http://x/y\"", 51))}}]}""", "too-many", "/images"),
            (Sku, """{"title":"x","images":["not a url"]}""", "bad-url", "/images/0"), (Sku, """{"title":"x","images":[null]}""", "required", "/images/0"),
            (Sku, """{"title":"x","attributes":{"a":null}}""", "required", "/attributes/a"), (Sku, """{"title":"x","attributes":{"":"x"}}""", "required", "/attributes/"),
            (Orders, Order($",\"channel\":\"{Repeat("x", 201)}\""), "too-long", "/channel"), (Orders, Order(",\"channel\":\"\""), "required", "/channel"),
            (Orders, Order($",\"customer\":{{\"a\":\"{Repeat("x", 70_000)}\"}}"), "too-long", ""),
            (Orders, Order(",\"shipTo\":{}"), "required", "/shipTo/country"), (Orders, Order(",\"shipTo\":{\"country\":\"Germany\"}"), "bad-country", "/shipTo/country"),
            (Orders, Order($",\"shipTo\":{{\"country\":\"DE\",\"postcode\":\"{Repeat("1", 21)}\"}}"), "too-long", "/shipTo/postcode"),
            (Node, """{"name":"x","country":"de"}""", "bad-country", "/country"), (Node, """{"name":"x","latitude":91}""", "out-of-range", "/latitude"),
            (Node, """{"name":"x","longitude":-181}""", "out-of-range", "/longitude"), (Node, """{"name":"x","priority":-1}""", "out-of-range", "/priority"),
            (Node, """{"name":"x","capacityPerDay":-1}""", "out-of-range", "/capacityPerDay"), (Node, """{"name":"x","latitude":1e999}""", "out-of-range", "/latitude"),
            (Adjustments, """{"id":"a","node":"LEJ1","delta":1}""", "required", "/reason"), (Receipts, """{"id":"r","quantity":1}""", "required", "/node"),
            (Moves, """{"id":"m","node":"LEJ1","quantity":1,"from":"available","to":"available","reason":"x"}""", "same-state", "/to"),
        ];
        foreach (var (route, body, code, field) in rows) yield return Row($"{code}: {field}: {route}: {body.Length}", route, body, 400, code, field);
    }

    static IEnumerable<BadRequest> Amounts()
    {
        (string Money, string Code, string Field)[] amounts =
        [
            ("""{"amount":-1,"currency":"EUR"}""", "out-of-range", "/amount"), ("""{"amount":1.5,"currency":"EUR"}""", "wrong-type", "/amount"),
            ("""{"amount":"1","currency":"EUR"}""", "wrong-type", "/amount"), ("""{"amount":1e999,"currency":"EUR"}""", "wrong-type", "/amount"),
            ("""{"amount":9223372036854775808,"currency":"EUR"}""", "wrong-type", "/amount"), ("""{"currency":"EUR"}""", "required", "/amount"),
            ("""{"amount":1}""", "required", "/currency"), ("""{"amount":1,"currency":"eur"}""", "bad-currency", "/currency"),
            ("""{"amount":1,"currency":"EURO"}""", "bad-currency", "/currency"), ("""{"amount":1,"currency":""}""", "bad-currency", "/currency"),
            ("""{"amount":1,"currency":978}""", "wrong-type", "/currency"), ("""{"amount":1,"currency":"€€€"}""", "bad-currency", "/currency"),
        ];
        foreach (var (money, code, field) in amounts)
        {
            yield return Row($"price {money}", Sku, $$"""{"title":"x","price":{{money}}}""", 400, code, "/price" + field);
            yield return Row($"unit price {money}", Orders, $$"""{"id":"x","lines":[{"sku":"S","quantity":1,"unitPrice":{{money}}}]}""", 400, code, "/lines/0/unitPrice" + field);
            yield return Row($"payment {money}", Pay, $$"""{"id":"p","amount":{{money}}}""", 400, code, "/amount" + field);
        }

        yield return Row("payment of nothing", Pay, """{"id":"p","amount":{"amount":0,"currency":"EUR"}}""", 400, "out-of-range", "/amount/amount");
        yield return Row("payment without amount", Pay, """{"id":"p"}""", 400, "required", "/amount");
        yield return Row(
            "two currencies", Orders,
            """{"id":"x","lines":[{"sku":"S","quantity":1,"unitPrice":{"amount":1,"currency":"EUR"}},{"sku":"S","quantity":1,"unitPrice":{"amount":1,"currency":"USD"}}]}""",
            400, "mixed-currencies", "/lines/1/unitPrice/currency");
        yield return Row(
            "a total that does not fit", Orders,
            """{"id":"x","lines":[{"sku":"S","quantity":2,"unitPrice":{"amount":9223372036854775807,"currency":"EUR"}}]}""", 400, "out-of-range", "/lines");
        yield return Row("prepaid without a price", Orders, Order(",\"payment\":\"prepaid\""), 400, "required", "/lines/0/unitPrice");
    }

    static IEnumerable<BadRequest> TimesAndWords()
    {
        string[] times =
        [
            "yesterday", "Tuesday", "2026-11-27", "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z", "2026-11-27T25:00:00Z", "2026-11-27T08:00:00",
            " 2026-11-27T08:00:00Z", "27.11.2026T08:00:00Z", "2026-11-27 08:00:00Z", "2026-11-27T08:00:00+99:00", "Thu, 26 Nov 2026 08:00:00 GMT", "",
        ];
        foreach (var time in times)
        {
            yield return Row($"time '{time}': orderedAt", Orders, Order($",\"orderedAt\":\"{time}\""), 400, "bad-time", "/orderedAt");
            yield return Row($"time '{time}': placedAfter", $"GET /v1/orders?placedAfter={Uri.EscapeDataString(time)}", (byte[]?)null, 400, "bad-time", "placedAfter");
        }

        foreach (var (text, code) in ((string, string)[])[("15 minutes", "bad-duration"), ("PT0S", "out-of-range"), ("P32D", "out-of-range"), ("-PT5M", "out-of-range"), ("", "bad-duration")])
            yield return Row($"duration '{text}'", Holds, $$"""{"id":"h","quantity":1,"holdFor":"{{text}}"}""", 400, code, "/holdFor");
        yield return Row("duration missing", Holds, """{"id":"h","quantity":1}""", 400, "required", "/holdFor");

        (string Route, string? Body, string Field)[] words =
        [
            (Orders, Order(",\"payment\":\"cash\""), "/payment"), (Orders, Order(",\"allocation\":\"All-Or-Nothing\""), "/allocation"),
            (Node, """{"name":"x","type":"moon"}""", "/type"), (Receipts, """{"id":"r","node":"LEJ1","quantity":1,"state":"lost"}""", "/state"),
            (Moves, """{"id":"m","node":"LEJ1","quantity":1,"from":"here","to":"damaged","reason":"x"}""", "/from"),
            ("GET /v1/orders?status=weird", null, "status"), ("GET /v1/orders?status=", null, "status"), ("GET /v1/fulfilment-orders?status=weird", null, "status"),
            ("GET /v1/quarantine?status=weird", null, "status"),
        ];
        foreach (var (route, body, field) in words) yield return Row($"unknown word: {field}: {route}", route, body, 400, "unknown-value", field);
    }

    static IEnumerable<BadRequest> Routes()
    {
        foreach (var path in (string[])["/v1/nothing", "/v2/orders", "/v1/orders/o-1/nothing", "/v1/skus/a/b/c", "/favicon.ico", "/a.txt", "/v1", "/index.html"])
        {
            yield return Row($"no route: GET {path}", $"GET {path}", (byte[]?)null, 404, "no-such-route");
            yield return Row($"no route: POST {path}", $"POST {path}", "{}", 404, "no-such-route");
        }

        foreach (var route in (string[])["DELETE /v1/orders", "PUT /v1/orders", "POST /v1/nodes/LEJ1", "PATCH /v1/skus/S", "GET /v1/skus/S/receipts", "POST /healthz", "PUT /"])
            yield return Row($"wrong method: {route}", route, route.StartsWith("GET", StringComparison.Ordinal) ? null : "{}", 405, "method-not-allowed");

        (string Route, string? Body, string Code)[] missing =
        [
            ("GET /v1/skus/NONE", null, "unknown-sku"), ("GET /v1/nodes/NONE", null, "unknown-node"), ("GET /v1/orders/NONE", null, "unknown-order"),
            ("POST /v1/skus/NONE/receipts", """{"id":"r","node":"LEJ1","quantity":1}""", "unknown-sku"),
            (Receipts, """{"id":"r","node":"NONE","quantity":1}""", "unknown-node"), (Adjustments, """{"id":"a","node":"NONE","delta":1,"reason":"x"}""", "unknown-node"),
            ("POST /v1/skus/NONE/holds", """{"id":"h","quantity":1,"holdFor":"PT5M"}""", "unknown-sku"), ("DELETE /v1/skus/S/holds/NONE", null, "unknown-hold"),
            ("POST /v1/orders/NONE/cancel", """{"id":"c"}""", "unknown-order"), ("POST /v1/fulfilment-orders/o-1-F9/ship", """{"id":"s"}""", "unknown-fulfilment-order"),
            ("GET /v1/quarantine/NONE", null, "unknown-quarantine"), ("POST /v1/quarantine/NONE/discard", """{"reason":"x"}""", "unknown-quarantine"),
        ];
        foreach (var (route, body, code) in missing) yield return Row($"not there: {route} {body?.Length}", route, body, 404, code);
    }

    static IEnumerable<BadRequest> ContentTypes()
    {
        string?[] types =
        [
            null, "text/plain", "application/xml", "application/x-www-form-urlencoded", "application/jsonx", "application/json; charset=utf-16",
            "application/x-ndjson", "multipart/form-data; boundary=x",
        ];
        foreach (var type in types)
        {
            foreach (var route in (string[])[Orders, Sku, Receipts, Cancel])
            {
                yield return Row($"content type {type ?? "missing"}: {route}", route, "{}", 415, "unsupported-media-type", "Content-Type")
                    with { ContentType = type };
            }
        }

        foreach (var type in (string?[])[null, "application/json", "text/csv"])
        {
            yield return Row($"content type {type ?? "missing"}: bulk", "POST /v1/orders/bulk", "{}", 415, "unsupported-media-type", "Content-Type")
                with { ContentType = type };
        }
    }

    static IEnumerable<BadRequest> Lists()
    {
        string[] lists = ["/v1/orders", "/v1/skus", "/v1/nodes", "/v1/fulfilment-orders", "/v1/quarantine", "/v1/skus/S/movements"];
        foreach (var list in lists)
        {
            foreach (var limit in (string[])["0", "-1", "501", "abc", "1.5", "99999999999", "", "1%00"])
                yield return Row($"limit '{limit}': {list}", $"GET {list}?limit={limit}", (byte[]?)null, 400, "out-of-range", "limit");
            foreach (var cursor in (string[])["no%20cursor", "%00", "", "../..", "%C3%A4", TenKilobytes])
                yield return Row($"cursor '{cursor[..Math.Min(9, cursor.Length)]}': {list}", $"GET {list}?cursor={cursor}", (byte[]?)null, 400, "bad-cursor", "cursor");
        }

        foreach (var list in lists.Where(l => l is not ("/v1/skus" or "/v1/nodes")))
            foreach (var cursor in (string[])["-1", "xyz", "ffffffffffffffffff", "ffffffffffffffff", "1-2-3", "8000000000000000"])
                yield return Row($"cursor '{cursor}': {list}", $"GET {list}?cursor={cursor}", (byte[]?)null, 400, "bad-cursor", "cursor");
        yield return Row("a SKU that is none: orders", "GET /v1/orders?sku=%00", (byte[]?)null, 400, "bad-id", "sku");
        yield return Row("a node that is none: fulfilment orders", "GET /v1/fulfilment-orders?node=%00", (byte[]?)null, 400, "bad-id", "node");
        yield return Row("no SKU asked", "GET /v1/availability", (byte[]?)null, 400, "out-of-range", "sku");
        yield return Row("201 SKUs asked", $"GET /v1/availability?{Repeat("sku=S&", 201)}", (byte[]?)null, 400, "out-of-range", "sku");
    }

    static IEnumerable<BadRequest> Headers()
    {
        foreach (var value in (string[])["", "a b", "a/b", Long, "a,b"])
        {
            yield return Row($"Seller '{value[..Math.Min(9, value.Length)]}'", Orders, Order(""), 400, "bad-id", "Seller") with { Header = "Seller", Value = value };
            yield return Row($"Seller '{value[..Math.Min(9, value.Length)]}': list", "GET /v1/orders", (byte[]?)null, 400, "bad-id", "Seller") with { Header = "Seller", Value = value };
            yield return Row($"key '{value[..Math.Min(9, value.Length)]}'", Orders, Order(""), 400, "bad-id", "Idempotency-Key") with { Header = "Idempotency-Key", Value = value };
            yield return Row($"key '{value[..Math.Min(9, value.Length)]}': SKU", Sku, """{"title":"x"}""", 400, "bad-id", "Idempotency-Key") with { Header = "Idempotency-Key", Value = value };
        }
    }

    static IEnumerable<BadRequest> Sizes()
    {
        foreach (var route in (string[])[Orders, Sku, Receipts, Cancel])
        {
            yield return Row($"a byte too many: {route}", route, $$"""{"id":"{{Repeat("x", (4 << 20) - 8)}}"}""", 413, "too-large");
            yield return Row($"far too large: {route}", route, Repeat(" ", 20 << 20), 413, "too-large");
        }
    }

    static string Order(string more) => $$"""{"id":"x","lines":[{{Line}}]{{more}}}""";

    static string Repeat(string text, int count) => new StringBuilder().Insert(0, text, count).ToString();

    static string Deep(char c, int count) => new(c, count);

    static BadRequest Row(string name, string route, string? body, int status, string code, string? field = null) =>
        Row(name, route, body is null ? null : Encoding.UTF8.GetBytes(body), status, code, field);

    static BadRequest Row(string name, string route, byte[]? body, int status, string code, string? field = null) =>
        new(name, route[..route.IndexOf(' ', StringComparison.Ordinal)], route[(route.IndexOf(' ', StringComparison.Ordinal) + 1)..], body, status, code, field);
}
