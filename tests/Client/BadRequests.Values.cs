namespace Fulfillment.Tests.Client;

// Fields with values that break a rule.
public static partial class BadRequests
{
    static IEnumerable<BadRequest> Quantities()
    {
        (string Value, string Code)[] values =
        [
            ("0", "out-of-range"), ("-1", "out-of-range"), ("2147483648", "out-of-range"),
            ("9223372036854775807", "out-of-range"),
            ("9223372036854775808", "wrong-type"), ("-9223372036854775809", "wrong-type"), ("1.5", "wrong-type"),
            ("1e2", "wrong-type"),
            ("1e999", "wrong-type"), ("\"1\"", "wrong-type"), ("true", "wrong-type"), ("[1]", "wrong-type"),
            ("{}", "wrong-type"),
            ("null", "required"), (Repeat("9", 5_000), "wrong-type"),
        ];
        (string Route, string Body, string Field)[] places =
        [
            (Orders, """{"id":"x","lines":[{"sku":"S","quantity":#}]}""", "/lines/0/quantity"),
            (Receipts, """{"id":"r","node":"LEJ1","quantity":#}""", "/quantity"),
            (Moves, """{"id":"m","node":"LEJ1","quantity":#,"from":"available","to":"damaged","reason":"x"}""",
                "/quantity"),
            (Holds, """{"id":"h","quantity":#,"holdFor":"PT5M"}""", "/quantity"),
            (Cancel, """{"id":"c","lines":[{"line":"1","quantity":#}]}""", "/lines/0/quantity"),
            (Ship, """{"id":"s","lines":[{"line":"1","quantity":#}]}""", "/lines/0/quantity"),
        ];
        foreach (var (route, body, field) in places)
        {
            foreach (var (value, code) in values)
            {
                var text = body.Replace("#", value, StringComparison.Ordinal);
                yield return Row($"quantity {value[..Math.Min(20, value.Length)]}: {route}", route, text, 400, code,
                    field);
            }
        }

        foreach (var (value, code) in values.Where(v => v.Value is not ("-1" or "2147483648")))
        {
            var text = $$"""{"id":"a","node":"LEJ1","delta":{{value}},"reason":"x"}""";
            yield return Row($"delta {value[..Math.Min(20, value.Length)]}", Adjustments, text, 400, code, "/delta");
        }

        yield return Row("quantity missing", Orders, """{"id":"x","lines":[{"sku":"S"}]}""", 400, "required",
            "/lines/0/quantity");
    }

    static IEnumerable<BadRequest> Lines()
    {
        yield return Row("no lines", Orders, """{"id":"x"}""", 400, "required", "/lines");
        yield return Row("lines: none", Orders, """{"id":"x","lines":[]}""", 400, "required", "/lines");
        yield return Row("lines: null", Orders, """{"id":"x","lines":null}""", 400, "required", "/lines");
        yield return Row("5001 lines", Orders, $$"""{"id":"x","lines":[{{Line}}{{Repeat("," + Line, 5_000)}}]}""", 400,
            "too-many", "/lines");
        foreach (var (more, field, code) in ((string, string, string)[])[
            ("", "sku", "required"), (",\"listing\":\" \"", "listing", "required"),
            ($",\"listing\":\"{Long}\"", "listing", "too-long"),
            (",\"listing\":\"none\"", "listing", "unknown-listing"),
            (",\"sku\":\"S\",\"options\":[null]", "options/0", "wrong-type"),
            (",\"sku\":\"S\",\"options\":[{\"name\":\"a\"}]", "options/0/value", "required"),
            (",\"sku\":\"S\",\"options\":[{\"value\":\"a\"}]", "options/0/name", "required"),
            (",\"sku\":\"S\",\"options\":[{\"name\":\"a\",\"value\":\"b\"},{\"name\":\"a\",\"value\":\"c\"}]",
                "options/1/name", "duplicate"),
            ($",\"sku\":\"S\",\"options\":[{{}}{Repeat(",{}", 20)}]", "options", "too-many")])
        {
            yield return Row($"a line sold as {more[..Math.Min(60, more.Length)]}", Orders,
                $$"""{"id":"x","lines":[{"quantity":1{{more}}}]}""", 400, code, $"/lines/0/{field}");
        }

        yield return Row("a line id twice", Orders,
            """{"id":"x","lines":[{"id":"a","sku":"S","quantity":1},{"id":"a","sku":"S","quantity":1}]}""", 400,
            "duplicate", "/lines/1/id");
        yield return Row("a line id that is another's number", Orders,
            """{"id":"x","lines":[{"id":"2","sku":"S","quantity":1},{"sku":"S","quantity":1}]}""", 400, "duplicate",
            "/lines/1/id");
        yield return Row("a line that is not there: cancel", Cancel,
            """{"id":"c","lines":[{"line":"7","quantity":1}]}""", 400, "unknown-line", "/lines");
        yield return Row("a line that is not there: ship", Ship, """{"id":"s","lines":[{"line":"7","quantity":1}]}""",
            400, "unknown-line", "/lines");
        yield return Row("a line without its id", Cancel, """{"id":"c","lines":[{"quantity":1}]}""", 400, "required",
            "/lines/0/line");
        yield return Row("a line that is null", Ship, """{"id":"s","lines":[null]}""", 400, "wrong-type", "/lines/0");
    }

    static IEnumerable<BadRequest> Characters()
    {
        (string Route, string Body, string Field)[] controls =
        [
            (Sku, """{"title":"a\u0000b"}""", "/title"),
            (Sku, """{"title":"x","description":"\u0007"}""", "/description"),
            (Sku, """{"title":"x","attributes":{"a":"\u0001"}}""", "/attributes/a"),
            (Node, """{"name":"a\u001bb"}""", "/name"),
            (Receipts, """{"id":"r","node":"LEJ1","quantity":1,"reason":"\u0000"}""", "/reason"),
            (Cancel, """{"id":"c","reason":"\u0000"}""", "/reason"),
            (Ship, """{"id":"s","carrier":"\u0000"}""", "/carrier"),
            (Orders, Order(",\"channel\":\"\\u0000\""), "/channel"),
            (Orders, Order(",\"shipTo\":{\"country\":\"HK\",\"name\":\"\\u0000\"}"), "/shipTo/name"),
        ];
        foreach (var (route, body, field) in controls)
            yield return Row($"a control character: {field}: {route}", route, body, 400, "control-character", field);

        (string Route, string Body, string Field)[] halves =
        [
            (Sku, """{"title":"\ud800"}""", "/title"), (Node, """{"name":"a\udc00b"}""", "/name"),
            (Orders, Order(",\"channel\":\"\\udfff\""), "/channel"),
            (Orders, Order(",\"customer\":{\"name\":\"\\ud800\"}"), "/customer/name"),
            (Orders, Order(",\"customer\":{\"\\ud800\":1}"), "/customer"),
            (Orders, Order(",\"shipTo\":{\"country\":\"DE\",\"city\":\"\\ud800x\"}"), "/shipTo/city"),
            (Orders, Order(",\"note\":[1,[],{\"a\":\"b\"},\"\\uDBFF\"]"), "/note/3"),
            (Sku, """{"title":"x","attributes":{"a":"\ud800"}}""", "/attributes/a"),
        ];
        foreach (var (route, body, field) in halves)
            yield return Row($"half a character: {field}: {route}", route, body, 400, "bad-text", field);
        yield return Row("half a character in an unknown name", Orders, Order(",\"\\ud800\":1"), 400, "bad-text", "");
    }

    static IEnumerable<BadRequest> Texts()
    {
        (string Route, string Body, string Code, string Field)[] rows =
        [
            (Sku, "{}", "required", "/title"), (Sku, """{"title":"  "}""", "required", "/title"),
            (Node, "{}", "required", "/name"),
            (Sku, $$"""{"title":"{{Repeat("x", 501)}}"}""", "too-long", "/title"),
            (Sku, $$"""{"title":"x","description":"{{Repeat("x", 20_001)}}"}""", "too-long", "/description"),
            (Sku, $$"""{"title":"x","attributes":{ {{Attributes(101)}} } }""", "too-many", "/attributes"),
            (Sku, $$"""{"title":"x","images":[{{string.Join(',', Enumerable.Repeat("\"http://x/y\"", 51))}}]}""",
                "too-many", "/images"),
            (Sku, """{"title":"x","images":["not a url"]}""", "bad-url", "/images/0"),
            (Sku, """{"title":"x","images":[null]}""", "required", "/images/0"),
            (Sku, """{"title":"x","attributes":{"a":null}}""", "required", "/attributes/a"),
            (Sku, """{"title":"x","attributes":{"":"x"}}""", "required", "/attributes/"),
            (Orders, Order($",\"channel\":\"{Repeat("x", 201)}\""), "too-long", "/channel"),
            (Orders, Order(",\"channel\":\"\""), "required", "/channel"),
            (Orders, Order($",\"customer\":{{\"a\":\"{Repeat("x", 70_000)}\"}}"), "too-long", ""),
            (Orders, Order(",\"shipTo\":{}"), "required", "/shipTo/country"),
            (Orders, Order(",\"shipTo\":{\"country\":\"Germany\"}"), "bad-country", "/shipTo/country"),
            (Orders, Order($",\"shipTo\":{{\"country\":\"DE\",\"postcode\":\"{Repeat("1", 21)}\"}}"), "too-long",
                "/shipTo/postcode"),
            (Orders, Order(",\"shipTo\":{\"country\":\"UK\"}"), "unknown-country", "/shipTo/country"),
            (Orders, Order(",\"shipTo\":{\"country\":\"DE\",\"line1\":\"A 1\"}"), "required", "/shipTo/postcode"),
            (Orders, Order(",\"shipTo\":{\"country\":\"GB\",\"line1\":\"A 1\",\"postcode\":\"\"}"), "required",
                "/shipTo/postcode"),
            (Orders, Order(",\"shipTo\":{\"country\":\"DE\"}"), "required", "/shipTo/postcode"),
            (Orders, Order(",\"shipTo\":{\"country\":\"DE\",\"city\":\"Leipzig\"}"), "required",
                "/shipTo/postcode"),
            (Orders, Order(",\"orderedAt\":\"2026-11-01T08:00:00Z\",\"shipTo\":{\"country\":\"DE\",\"name\":\"A\"}"),
                "required", "/shipTo/postcode"),
            (Orders, Order(",\"shipTo\":{\"country\":\"US\",\"postcode\":\"12345\",\"line1\":\"\"}"), "required",
                "/shipTo/line1"),
            (Orders, Order(",\"shipTo\":{\"country\":\"US\",\"postcode\":\"12345\",\"city\":\" \"}"), "required",
                "/shipTo/city"),
            (Orders, Order(",\"shipTo\":{\"country\":\"HK\",\"latitude\":1.5}"), "required", "/shipTo/longitude"),
            (Orders, Order(",\"shipTo\":{\"country\":\"HK\",\"latitude\":null,\"longitude\":9}"), "required",
                "/shipTo/latitude"),
            (Edit, """{"id":"e","reason":"x","shipTo":{"country":"AT"}}""", "required", "/shipTo/postcode"),
            (Orders, Order(",\"shipTo\":{\"country\":\"DE\",\"postcode\":\"1011\"}"), "bad-postcode",
                "/shipTo/postcode"),
            (Orders, Order(",\"shipTo\":{\"country\":\"GB\",\"postcode\":\"10115\"}"), "bad-postcode",
                "/shipTo/postcode"),
            (Edit, """{"id":"e","reason":"x","shipTo":{"country":"AT","line1":"A 1"}}""", "required",
                "/shipTo/postcode"),
            (Edit, """{"id":"e","reason":"x","shipTo":{"country":"AT","postcode":"10115"}}""", "bad-postcode",
                "/shipTo/postcode"),
            (Node, """{"name":"x","country":"XX"}""", "unknown-country", "/country"),
            (Node, """{"name":"x","country":"de"}""", "bad-country", "/country"),
            (Node, """{"name":"x","latitude":91,"longitude":1}""", "out-of-range", "/latitude"),
            (Node, """{"name":"x","latitude":1,"longitude":-181}""", "out-of-range", "/longitude"),
            (Node, """{"name":"x","priority":-1}""", "out-of-range", "/priority"),
            (Node, """{"name":"x","capacityPerDay":-1}""", "out-of-range", "/capacityPerDay"),
            (Node, """{"name":"x","latitude":1e999,"longitude":1}""", "out-of-range", "/latitude"),
            (Adjustments, """{"id":"a","node":"LEJ1","delta":1}""", "required", "/reason"),
            (Receipts, """{"id":"r","quantity":1}""", "required", "/node"),
            (Moves, """{"id":"m","node":"LEJ1","quantity":1,"from":"available","to":"available","reason":"x"}""",
                "same-state", "/to"),
        ];
        foreach (var (route, body, code, field) in rows)
            yield return Row($"{code}: {field}: {route}: {body.Length}", route, body, 400, code, field);
    }

    static IEnumerable<BadRequest> Amounts()
    {
        (string Money, string Code, string Field)[] amounts =
        [
            ("""{"amount":-1,"currency":"EUR"}""", "out-of-range", "/amount"),
            ("""{"amount":1.5,"currency":"EUR"}""", "wrong-type", "/amount"),
            ("""{"amount":"1","currency":"EUR"}""", "wrong-type", "/amount"),
            ("""{"amount":1e999,"currency":"EUR"}""", "wrong-type", "/amount"),
            ("""{"amount":9223372036854775808,"currency":"EUR"}""", "wrong-type", "/amount"),
            ("""{"currency":"EUR"}""", "required", "/amount"),
            ("""{"amount":1}""", "required", "/currency"),
            ("""{"amount":1,"currency":"eur"}""", "bad-currency", "/currency"),
            ("""{"amount":1,"currency":"EURO"}""", "bad-currency", "/currency"),
            ("""{"amount":1,"currency":""}""", "bad-currency", "/currency"),
            ("""{"amount":1,"currency":978}""", "wrong-type", "/currency"),
            ("""{"amount":1,"currency":"€€€"}""", "bad-currency", "/currency"),
            ("""{"amount":1,"currency":"XXX"}""", "unknown-currency", "/currency"),
            ("""{"amount":1,"currency":"BGN"}""", "unknown-currency", "/currency"),
        ];
        foreach (var (money, code, field) in amounts)
        {
            yield return Row($"price {money}", Sku, $$"""{"title":"x","price":{{money}}}""", 400, code, "/price"
                + field);
            yield return Row($"unit price {money}", Orders,
                $$"""{"id":"x","lines":[{"sku":"S","quantity":1,"unitPrice":{{money}}}]}""", 400, code,
                "/lines/0/unitPrice" + field);
            yield return Row($"payment {money}", Pay, $$"""{"id":"p","amount":{{money}}}""", 400, code, "/amount"
                + field);
        }

        yield return Row("payment of nothing", Pay, """{"id":"p","amount":{"amount":0,"currency":"EUR"}}""", 400,
            "out-of-range", "/amount/amount");
        yield return Row("payment without amount", Pay, """{"id":"p"}""", 400, "required", "/amount");
        yield return Row(
            "two currencies", Orders,
            """
            {"id":"x","lines":[{"sku":"S","quantity":1,"unitPrice":{"amount":1,"currency":"EUR"}},
             {"sku":"S","quantity":1,"unitPrice":{"amount":1,"currency":"USD"}}]}
            """,
            400, "mixed-currencies", "/lines/1/unitPrice/currency");
        yield return Row(
            "a total that does not fit", Orders,
            """
            {"id":"x","lines":[{"sku":"S","quantity":9999,"unitPrice":{"amount":1000000000000000,"currency":"EUR"}}]}
            """,
            400, "out-of-range", "/lines");
        yield return Row("prepaid without a price", Orders, Order(",\"payment\":\"prepaid\""), 400, "required",
            "/lines/0/unitPrice");
    }

    static IEnumerable<BadRequest> TimesAndWords()
    {
        string[] times =
        [
            "yesterday", "Tuesday", "2026-11-27", "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z",
            "2026-11-27T25:00:00Z", "2026-11-27T08:00:00",
            " 2026-11-27T08:00:00Z", "27.11.2026T08:00:00Z", "2026-11-27 08:00:00Z", "2026-11-27T08:00:00+99:00",
            "Thu, 26 Nov 2026 08:00:00 GMT", "",
        ];
        foreach (var time in times)
        {
            yield return Row($"time '{time}': orderedAt", Orders, Order($",\"orderedAt\":\"{time}\""), 400, "bad-time",
                "/orderedAt");
            yield return Row($"time '{time}': placedAfter", $"GET /v1/orders?placedAfter={Uri.EscapeDataString(time)}",
                (byte[]?)null, 400, "bad-time", "placedAfter");
        }

        foreach (var (text, code) in ((string, string)[])[("15 minutes", "bad-duration"), ("PT0S", "out-of-range"),
            ("P32D", "out-of-range"), ("-PT5M", "out-of-range"), ("", "bad-duration")])
            yield return Row($"duration '{text}'", Holds, $$"""{"id":"h","quantity":1,"holdFor":"{{text}}"}""", 400,
                code, "/holdFor");
        yield return Row("duration missing", Holds, """{"id":"h","quantity":1}""", 400, "required", "/holdFor");

        (string Route, string? Body, string Field)[] words =
        [
            (Orders, Order(",\"payment\":\"cash\""), "/payment"),
            (Orders, Order(",\"allocation\":\"All-Or-Nothing\""), "/allocation"),
            (Node, """{"name":"x","type":"moon"}""", "/type"),
            (Receipts, """{"id":"r","node":"LEJ1","quantity":1,"state":"lost"}""", "/state"),
            (Moves, """{"id":"m","node":"LEJ1","quantity":1,"from":"here","to":"damaged","reason":"x"}""", "/from"),
            ("GET /v1/orders?status=weird", null, "status"), ("GET /v1/orders?status=", null, "status"),
            ("GET /v1/fulfilment-orders?status=weird", null, "status"),
            ("GET /v1/quarantine?status=weird", null, "status"),
        ];
        foreach (var (route, body, field) in words)
            yield return Row($"unknown word: {field}: {route}", route, body, 400, "unknown-value", field);
    }

    static string Attributes(int count) => string.Join(',', Enumerable.Range(0, count).Select(i => $"\"a{i}\":\"x\""));
}
