namespace Fulfillment.Tests.Client;

// Holds, payments, edits and accounts. BadRequests.Routes has what is not there.
public static partial class BadRequests
{
    const string Euro = """{"amount":1,"currency":"EUR"}""";

    static IEnumerable<BadRequest> Holding()
    {
        (string Route, string? Body, string Code, string Field)[] rows =
        [
            (Hold, """{"id":"h","reason":"x"}""", "required", "/type"),
            (Hold, """{"id":"h","type":"manual"}""", "required", "/reason"),
            (Hold, """{"id":"h","type":"warehouse","reason":"x"}""", "unknown-value", "/type"),
            (Hold, """{"id":"h","type":"manual","reason":" "}""", "required", "/reason"),
            (Hold, $$"""{"id":"h","type":"qc","reason":"{{Repeat("x", 501)}}"}""", "too-long", "/reason"),
            (Hold, """{"id":"h","type":"qc","reason":"x","decideWithin":"2 days"}""", "bad-duration", "/decideWithin"),
            (Hold, """{"id":"h","type":"qc","reason":"x","decideWithin":"PT0S"}""", "out-of-range", "/decideWithin"),
            (Hold, """{"id":"h","type":"qc","reason":"x","decideWithin":"P366D"}""", "out-of-range", "/decideWithin"),
            (Hold, """{"id":"h","type":1,"reason":"x"}""", "wrong-type", "/type"),
            (Hold, """{"id":"h","type":"qc","reason":"x","by":"me"}""", "unknown-field", "/by"),
            (Hold, """{"id":"a b","type":"qc","reason":"x"}""", "bad-id", "/id"),
            (Hold, """{"type":"qc","reason":"x"}""", "required", "/id"),
            (Release, """{"id":"r"}""", "required", "/reason"), (Reject, """{"id":"r"}""", "required", "/reason"),
            (Release, """{"reason":"x"}""", "required", "/id"),
            (Reject, """{"id":"r","reason":"\u0000"}""", "control-character", "/reason"),
            (Ask, """{"id":"q"}""", "required", "/question"),
            (Ask, """{"id":"q","question":"x","answerWithin":"-P1D"}""", "out-of-range", "/answerWithin"),
            (Ask, """{"id":"q","question":"x","reason":"y"}""", "unknown-field", "/reason"),
            ("GET /v1/holds?type=moon", null, "unknown-value", "type"),
            ("GET /v1/holds?open=yes", null, "wrong-type", "open"),
            ("GET /v1/holds?overdue=1", null, "wrong-type", "overdue"),
            ("GET /v1/payments?failed=", null, "wrong-type", "failed"),
            (Intercept, "{}", "required", "/outcome"),
            (Intercept, """{"outcome":"maybe"}""", "unknown-value", "/outcome"),
            (Intercept, """{"id":"i","outcome":"failed"}""", "unknown-field", "/id"),
            (Start, """{"id":"s","lines":[]}""", "unknown-field", "/lines"), (Start, "{}", "required", "/id"),
        ];
        return Rows(rows);
    }

    static IEnumerable<BadRequest> Paying()
    {
        const string onAccount = ",\"payment\":\"on-account\"", authorise = ",\"payment\":\"authorise\"";
        (string Route, string? Body, string Code, string Field)[] rows =
        [
            (Orders, Priced(authorise), "required", "/paymentMethod"),
            (Orders, Priced(authorise + ",\"paymentMethod\":5"), "wrong-type", "/paymentMethod"),
            (Orders, Priced(authorise + Means("bank", "t")), "unknown-value", "/paymentMethod/provider"),
            (Orders, Priced(authorise + Means("", "t")), "required", "/paymentMethod/provider"),
            (Orders, Priced(authorise + Means("stripe", "")), "required", "/paymentMethod/token"),
            (Orders, Priced(authorise + Means("stripe", Repeat("x", 256))), "too-long", "/paymentMethod/token"),
            (Orders, Priced(authorise + ",\"paymentMethod\":{\"provider\":\"stripe\",\"token\":7}"), "wrong-type",
                "/paymentMethod/token"),
            (Orders, Priced(authorise + Means("account", "a-1")), "payment-mismatch", "/paymentMethod/provider"),
            (Orders, Priced(onAccount + Means("stripe", "t")), "payment-mismatch", "/paymentMethod/provider"),
            (Orders, Priced(onAccount + Means("account", "a b")), "bad-id", "/paymentMethod/token"),
            (Orders, Priced(Means("stripe", "t")), "not-expected", "/paymentMethod"),
            (Orders, Priced(",\"payment\":\"cash-on-delivery\"" + Means("stripe", "t")), "not-expected",
                "/paymentMethod"),
            (Orders, Order(authorise + Means("stripe", "t")), "required", "/lines/0/unitPrice"),
            (Orders, Order(",\"billTo\":\"Ada\""), "wrong-type", "/billTo"),
            (Orders, Order(",\"screening\":\"yes\""), "wrong-type", "/screening"),
            (Orders, Order(",\"clocks\":[]"), "reserved-field", "/clocks"),
            (Method, """{"id":"m","token":"ok"}""", "required", "/provider"),
            (Method, """{"id":"m","provider":"test-gateway"}""", "required", "/token"),
            (Method, """{"id":"m","provider":"bank","token":"ok"}""", "unknown-value", "/provider"),
            (Method, """{"provider":"test-gateway","token":"ok"}""", "required", "/id"),
            (Method, """{"id":"m","provider":"test-gateway","token":"ok","card":"1"}""", "unknown-field", "/card"),
            (Again, """{"reason":"x"}""", "unknown-field", "/reason"), (Again, "{}", "required", "/id"),
        ];
        return Rows(rows);
    }

    static IEnumerable<BadRequest> MovingMoney()
    {
        (string Money, string Code, string Field)[] amounts =
        [
            ("""{"amount":-1,"currency":"EUR"}""", "out-of-range", "/amount"),
            ("""{"amount":0,"currency":"EUR"}""", "out-of-range", "/amount"),
            ("""{"amount":1.5,"currency":"EUR"}""", "wrong-type", "/amount"),
            ("""{"amount":9223372036854775808,"currency":"EUR"}""", "wrong-type", "/amount"),
            ("""{"amount":1,"currency":"XTS"}""", "unknown-currency", "/currency"),
            ("""{"amount":1,"currency":"euro"}""", "bad-currency", "/currency"),
            ("""{"amount":1}""", "required", "/currency"), ("null", "required", ""),
        ];
        foreach (var (money, code, field) in amounts)
        {
            foreach (var route in (string[])[Capture, PayAccount])
                yield return Row($"money {money}: {route}", route, $$"""{"id":"m","amount":{{money}}}""", 400, code,
                    "/amount" + field);
            yield return Row($"money {money}: {Refund}", Refund,
                $$"""{"id":"m","amount":{{money}},"reason":"x"}""", 400, code, "/amount" + field);
            // An account that bears nothing is one that is frozen.
            if (!money.Contains(":0,", StringComparison.Ordinal))
                yield return Row($"money {money}: {Account}", Account, $$"""{"limit":{{money}}}""", 400, code,
                    "/limit" + field);
        }

        yield return Row("a refund without a reason", Refund, $$"""{"id":"r","amount":{{Euro}}}""", 400, "required",
            "/reason");
        yield return Row("a capture with a reason", Capture, $$"""{"id":"c","amount":{{Euro}},"reason":"x"}""", 400,
            "unknown-field", "/reason");
        yield return Row("a capture without id", Capture, $$"""{"amount":{{Euro}}}""", 400, "required", "/id");
        yield return Row("blocked: a word", Account, $$"""{"limit":{{Euro}},"blocked":"no"}""", 400, "wrong-type",
            "/blocked");
        const string most = """{"amount":9223372036854775807,"currency":"EUR"}""", franc =
            """{"amount":1,"currency":"CHF"}""";
        foreach (var (amount, above, below) in ((string, string, string)[])[
            ("""{"amount":1001,"currency":"EUR"}""", "more-than-authorised", "more-than-captured"),
            (most, "more-than-authorised", "more-than-captured"), (franc, "currency-mismatch", "currency-mismatch")])
        {
            yield return Row($"capture of {amount}", Capture, $$"""{"id":"m","amount":{{amount}}}""", 409, above);
            yield return Row($"refund of {amount}", Refund, $$"""{"id":"m","amount":{{amount}},"reason":"x"}""", 409,
                below);
        }

        yield return Row("an account's payment in francs", PayAccount, $$"""{"id":"m","amount":{{franc}}}""", 409,
            "currency-mismatch");
        yield return Row("an account's limit in francs", Account, $$"""{"limit":{{franc}}}""", 409,
            "currency-mismatch");
        yield return Row("nothing failed", Again, """{"id":"t"}""", 409, "nothing-failed");
    }

    static IEnumerable<BadRequest> Editing()
    {
        (string Route, string? Body, string Code, string Field)[] rows =
        [
            (Edit, """{"id":"e"}""", "required", "/reason"), (Edit, """{"reason":"x"}""", "required", "/id"),
            (Edit, Lines("""{"line":"1"}"""), "required", "/lines/0/quantity"),
            (Edit, Lines("""{"line":"1","quantity":-1}"""), "out-of-range", "/lines/0/quantity"),
            (Edit, Lines("""{"sku":"S","quantity":0}"""), "out-of-range", "/lines/0/quantity"),
            (Edit, Lines("""{"line":"1","quantity":2147483648}"""), "out-of-range", "/lines/0/quantity"),
            (Edit, Lines("""{"quantity":1}"""), "line-or-sku", "/lines/0"),
            (Edit, Lines("""{"line":"1","sku":"S","quantity":1}"""), "line-or-sku", "/lines/0"),
            (Edit, Lines("""{"line":"1","quantity":1},{"line":"1","quantity":0}"""), "duplicate", "/lines/1/line"),
            (Edit, Lines("""{"line":"9","quantity":1}"""), "unknown-line", "/lines/0/line"),
            (Edit, Lines("""{"line":"1","quantity":2}"""), "nothing-changed", "/lines"),
            (Edit, Lines("""{"sku":"a b","quantity":1}"""), "bad-id", "/lines/0/sku"),
            (Edit, Lines("null"), "wrong-type", "/lines/0"),
            (Edit, Lines($$"""{"sku":"S","quantity":1,"unitPrice":{{Euro}} }"""), "price-mismatch", "/lines"),
            (Edit, Lines("""{"sku":"S","quantity":1,"unitPrice":{"amount":1,"currency":"XXX"}}"""),
                "unknown-currency", "/lines/0/unitPrice/currency"),
            (Edit, """{"id":"e","reason":"x","shipTo":{"country":"Mars"}}""", "bad-country", "/shipTo/country"),
            (Edit, """{"id":"e","reason":"x","shipTo":"Mars"}""", "wrong-type", "/shipTo"),
            (Edit, """{"id":"e","reason":"x","preview":"yes"}""", "wrong-type", "/preview"),
            (EditPaid, Lines($$"""{"line":"1","quantity":0,"tax":{{Euro}} }"""), "not-expected", "/lines/0"),
            (EditPaid, Lines($$"""
                {"sku":"S","quantity":1,"unitPrice":{{Euro}},"discount":{"amount":1,"currency":"CHF"} }
                """), "mixed-currencies", "/lines/0/discount/currency"),
            (EditPaid, Lines("""{"sku":"S","quantity":1}"""), "price-mismatch", "/lines"),
            (EditPaid, Lines($$"""
                {"sku":"S","quantity":1,"unitPrice":{{Euro}},"discount":{"amount":2,"currency":"EUR"} }
                """),
                "bad-charges", "/lines"),
            (EditPaid, Lines("""
                {"sku":"S","quantity":10000,"unitPrice":{"amount":1000000000000000,"currency":"EUR"}}
                """), "out-of-range", "/lines"),
            (EditPaid, Lines("""
                {"sku":"S","quantity":1,"unitPrice":{"amount":1000000000000001,"currency":"EUR"}}
                """), "out-of-range", "/lines/0/unitPrice/amount"),
        ];
        return Rows(rows);

        static string Lines(string lines) => $$"""{"id":"e","reason":"x","lines":[{{lines}}]}""";
    }

    static IEnumerable<BadRequest> Charging()
    {
        const string franc = """{"amount":1,"currency":"CHF"}""", six = """{"amount":6,"currency":"EUR"}""",
            most = """{"amount":9223372036854775807,"currency":"EUR"}""";
        (string Route, string? Body, string Code, string Field)[] rows =
        [
            (Orders, Priced($",\"shipping\":{franc}"), "mixed-currencies", "/shipping/currency"),
            (Orders, Priced($",\"discount\":{franc}"), "mixed-currencies", "/discount/currency"),
            (Orders, Priced($",\"discount\":{six}"), "out-of-range", "/discount/amount"),
            (Orders, Priced($",\"shipping\":{most}"), "out-of-range", "/shipping/amount"),
            (Orders, Priced(",\"shipping\":{\"amount\":-1,\"currency\":\"EUR\"}"), "out-of-range",
                "/shipping/amount"),
            (Orders, Priced("", $",\"discount\":{six}"), "out-of-range", "/lines/0/discount/amount"),
            (Orders, Priced("", $",\"discount\":{franc}"), "mixed-currencies", "/lines/0/discount/currency"),
            (Orders, Priced("", $",\"tax\":{franc}"), "mixed-currencies", "/lines/0/tax/currency"),
            (Orders, Priced("", $",\"tax\":{most}"), "out-of-range", "/lines/0/tax/amount"),
            (Orders, Priced(",\"taxIncluded\":1"), "wrong-type", "/taxIncluded"),
            (Orders, Order($",\"shipping\":{Euro}"), "required", "/lines/0/unitPrice"),
        ];
        return Rows(rows);
    }

    static IEnumerable<BadRequest> Rows((string Route, string? Body, string Code, string Field)[] rows) =>
        rows.Select(r => Row($"{r.Code}: {r.Field}: {r.Route} {r.Body?[..Math.Min(60, r.Body.Length)]}", r.Route,
            r.Body, 400, r.Code, r.Field));

    /// <summary>An order of one unit for 5 EUR minor units.</summary>
    static string Priced(string more, string line = "") =>
        $$"""
        {"id":"x","lines":[{"sku":"S","quantity":1,"unitPrice":{"amount":5,"currency":"EUR"}{{line}}}]{{more}}}
        """;

    static string Means(string provider, string token) =>
        $$""","paymentMethod":{"provider":"{{provider}}","token":"{{token}}"}""";
}
