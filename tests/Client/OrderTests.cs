namespace Fulfillment.Tests.Client;

/// <summary>Orders: placed, decided, looked at.</summary>
public sealed class OrderTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task An_order_that_stock_covers_is_accepted_and_its_units_are_gone_for_others()
    {
        await api.Stock("P-1", 5);
        var placed = (await api.Order("P-1-o", "P-1", 3)).Is(201);

        Assert.Equal("/v1/orders/P-1-o", placed.Header("Location"));
        Assert.Equal($"\"{placed.Number("version")}\"", placed.Header("ETag"));
        Assert.Contains(placed.Text("status"), (string[])["accepted", "allocated"]);
        Assert.Equal(3, placed.Number("lines/0/quantity"));
        Assert.Equal(3, Held(placed));
        Assert.Equal("1", placed.Text("lines/0/id"));
        Assert.Equal("all-or-nothing", placed.Text("allocation"));
        Assert.Equal("none", placed.Text("payment"));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", placed.Text("placedAt"));
        Assert.Equal(2, (await api.Get("/v1/skus/P-1/availability")).Number("available"));

        var allocated = await api.Until("P-1-o", "allocated");
        Assert.Equal(3, allocated.Number("lines/0/allocated"));
        Assert.Equal(0, allocated.Number("lines/0/reserved"));
        Assert.Equal("P-1-o-F1", allocated.Text("fulfilments/0/id"));
        Assert.Equal("LEJ1", allocated.Text("fulfilments/0/node"));
        Assert.Equal("open", allocated.Text("fulfilments/0/status"));
        Assert.Equal(3, allocated.Number("fulfilments/0/lines/0/open"));
    }

    [Fact]
    public async Task An_order_that_stock_does_not_cover_is_told_sold_out_with_the_short_lines_and_takes_nothing()
    {
        await api.Stock("P-2", 2);
        await api.Stock("P-2b", 9);
        var answer = await api.Post(
            "/v1/orders",
            """{"id":"P-2-o","lines":[{"id":"a","sku":"P-2b","quantity":1},{"id":"b","sku":"P-2","quantity":3}]}""");

        answer.IsProblem(409, "sold-out");
        Assert.Contains("line b: 3 of P-2 wanted, 2 available", answer.Text("detail"), StringComparison.Ordinal);
        Assert.Equal("rejected", answer.Text("order/status"));
        Assert.Equal("sold-out", answer.Text("order/rejectedBecause"));
        Assert.Equal("b", answer.Text("order/short/0/line"));
        Assert.Equal("P-2", answer.Text("order/short/0/sku"));
        Assert.Equal(3, answer.Number("order/short/0/wanted"));
        Assert.Equal(1, answer.Number("order/short/0/missing"));
        Assert.Equal(2, answer.Number("order/short/0/available"));
        Assert.Null(answer.At("order/short/1"));

        Assert.Equal("rejected", (await api.Get("/v1/orders/P-2-o")).Is(200).Text("status"));
        await api.Embedded.ViewsReached();
        Assert.Equal(2, (await api.Get("/v1/skus/P-2/availability")).Number("available"));
    }

    [Fact]
    public async Task What_a_rejected_order_held_comes_back()
    {
        await api.Stock("P-3", 9);
        await api.Stock("P-3z", 0);
        await api.Post("/v1/orders",
            """{"id":"P-3-o","lines":[{"sku":"P-3","quantity":9},{"sku":"P-3z","quantity":1}]}""");
        // The units come back a moment after the decision; an order that needs them waits for them.
        (await api.Order("P-3-p", "P-3", 9)).Is(201);
    }

    [Fact]
    public async Task An_order_that_takes_what_there_is_is_accepted_with_the_rest_cancelled()
    {
        await api.Stock("P-4", 2);
        var placed = (await api.Order("P-4-o", "P-4", 5, ""","allocation":"ship-available" """)).Is(201);
        Assert.Contains(placed.Text("status"), (string[])["accepted", "allocated"]);
        Assert.Equal(2, Held(placed));
        Assert.Equal(3, placed.Number("lines/0/cancelled"));
        Assert.Equal(3, placed.Number("short/0/missing"));
    }

    [Fact]
    public async Task A_SKU_on_backorder_is_promised_beyond_its_stock_and_filled_when_units_arrive()
    {
        await api.Stock("P-5", 1, ""","backorder":true""");
        var placed = (await api.Order("P-5-o", "P-5", 3)).Is(201);
        Assert.Equal(1, Held(placed));
        Assert.Equal(2, placed.Number("lines/0/backordered"));

        (await api.Post("/v1/skus/P-5/receipts", """{"id":"r-2","node":"LEJ1","quantity":5}""")).Is(201);
        var filled = await api.Until("P-5-o", "allocated");
        Assert.Equal(3, filled.Number("lines/0/allocated"));
        Assert.Equal(3, (await api.Get("/v1/skus/P-5")).Number("available"));
    }

    [Fact]
    public async Task An_unknown_SKU_rejects_the_order_and_says_which()
    {
        var answer = (await api.Order("P-6-o", "NO-SUCH-SKU")).IsProblem(409, "unknown-sku");
        Assert.Contains("NO-SUCH-SKU", answer.Text("detail"), StringComparison.Ordinal);
        Assert.Equal("rejected", (await api.Get("/v1/orders/P-6-o")).Text("status"));
    }

    [Fact]
    public async Task The_demand_of_one_order_is_summed_per_SKU_before_stock_is_asked()
    {
        await api.Stock("P-7", 3);
        (await api.Post("/v1/orders",
            """{"id":"P-7-o","lines":[{"sku":"P-7","quantity":2},{"sku":"P-7","quantity":2}]}"""))
            .IsProblem(409, "sold-out");
        (await api.Post("/v1/orders",
            """{"id":"P-7-p","lines":[{"sku":"P-7","quantity":2},{"sku":"P-7","quantity":1}]}""")).Is(201);
    }

    [Fact]
    public async Task An_order_may_have_5000_lines()
    {
        await api.Stock("P-8", 10_000);
        var lines = string.Join(',', Enumerable.Range(0, 5_000).Select(_ => """{"sku":"P-8","quantity":2}"""));
        var placed = (await api.Post("/v1/orders", $$"""{"id":"P-8-o","lines":[{{lines}}]}""")).Is(201);
        Assert.Equal(5_000, placed.Items("lines").Count);
        Assert.Equal("5000", placed.Text("lines/4999/id"));
        Assert.Equal(0, (await api.Get("/v1/skus/P-8/availability")).Number("available"));
    }

    [Fact]
    public async Task What_the_channel_sent_comes_back_with_fields_that_we_do_not_know()
    {
        await api.Stock("P-9", 5);
        var placed = (await api.Post(
            "/v1/orders",
            """
            {"id":"P-9-o","channel":"shop","orderedAt":"2026-11-27T09:00:00+01:00",
             "customer":{"id":"c-1","email":"ada@example.com","loyalty":{"tier":"gold","points":12345678901234567890}},
             "shipTo":{"name":"Ada","line1":"Hauptstraße 1","city":"Köln","postcode":"50667","country":"DE",
              "door":"left"},
             "lines":[{"id":"x","sku":"P-9","quantity":1,"unitPrice":{"amount":1999,"currency":"EUR"}}],
             "giftWrap":true,"note":"<b>für Ada</b> \u0041\n","tags":["a",null,{"b":1.50}]}
            """)).Is(201);
        Assert.Null(placed.At("customer"));
        Assert.Equal(1999, placed.Number("total/amount"));

        var read = (await api.Get("/v1/orders/P-9-o")).Is(200);
        Assert.Equal("shop", read.Text("channel"));
        Assert.Equal("2026-11-27T08:00:00.000Z", read.Text("orderedAt"));
        Assert.Equal("ada@example.com", read.Text("customer/email"));
        Assert.Equal("12345678901234567890", read.At("customer/loyalty/points")!.Value.GetRawText());
        Assert.Equal("Hauptstraße 1", read.Text("shipTo/line1"));
        Assert.Equal("left", read.Text("shipTo/door"));
        Assert.True(read.At("giftWrap")!.Value.GetBoolean());
        Assert.Equal("<b>für Ada</b> A\n", read.Text("note"));
        Assert.Equal("1.50", read.At("tags/2/b")!.Value.GetRawText());
    }

    [Fact]
    public async Task A_gift_has_a_message_that_stays_with_it_whatever_the_address()
    {
        await api.Stock("P-20", 5);
        var placed = (await api.Order("P-20-o", "P-20", 1, ""","gift":{"message":"Für Ada, mit Dank"}""")).Is(201);
        Assert.Null(placed.At("gift"));
        Assert.Equal("Für Ada, mit Dank", (await api.Get("/v1/orders/P-20-o")).Is(200).Text("gift/message"));
        Assert.DoesNotContain("mit Dank", (await api.Get("/v1/orders/P-20-o/timeline")).Is(200).Body);

        (await api.Post(
            "/v1/orders/P-20-o/edit",
            """{"id":"e","reason":"x","shipTo":{"country":"DE","postcode":"04109"}}""")).Is(200);
        Assert.Equal("Für Ada, mit Dank", (await api.Get("/v1/orders/P-20-o")).Is(200).Text("gift/message"));
    }

    [Theory]
    [InlineData("{}", "required", "/gift/message")]
    [InlineData("""{"message":"m","wrap":true}""", "unknown-field", "/gift/wrap")]
    public async Task A_gift_that_is_none_is_refused(string gift, string code, string field) =>
        (await api.Order("P-21-o", "P-21", 1, $",\"gift\":{gift}")).IsProblem(400, code, field);

    [Fact]
    public async Task A_gift_message_has_at_most_five_hundred_characters() =>
        (await api.Order("P-22-o", "P-22", 1, $$$""","gift":{"message":"{{{new string('m', 501)}}}"}"""))
            .IsProblem(400, "too-long", "/gift/message");

    [Theory]
    [InlineData("2026-11-27T08:00:00Z", "2026-11-27T08:00:00.000Z")]
    [InlineData("2026-11-27T08:00:00.5Z", "2026-11-27T08:00:00.500Z")]
    [InlineData("2026-11-27T08:00:00.123456789Z", "2026-11-27T08:00:00.123Z")]
    [InlineData("2026-11-27T08:00:00.123456789+05:30", "2026-11-27T02:30:00.123Z")]
    [InlineData("2026-11-27T00:00:00-12:00", "2026-11-27T12:00:00.000Z")]
    [InlineData("2024-02-29T23:59:59+00:00", "2024-02-29T23:59:59.000Z")]
    public async Task A_time_is_understood_as_RFC_3339_writes_it(string written, string read)
    {
        await api.Stock("P-12", 50);
        var id = $"P-12-{written.Replace('+', '_')}";
        (await api.Order(id, "P-12", 1, $",\"orderedAt\":\"{written}\"")).Is(201);
        Assert.Equal(read, (await api.Get($"/v1/orders/{id}")).Text("orderedAt"));
    }

    [Fact]
    public async Task Nothing_that_identifies_the_buyer_stands_in_the_journal()
    {
        await api.Stock("P-10", 5);
        var head = api.Head;
        (await api.Order("P-10-o", "P-10", 1,
            """
            ,"customer":{"email":"grace@example.com"},"shipTo":{"name":"Grace H","country":"HK"},"memo":"for Grace"
            """)).Is(201);

        foreach (var happened in api.Embedded.Journal.Read(head, 1_000))
        {
            var text = System.Text.Encoding.UTF8.GetString(happened.Payload) + happened.Entity + happened.Origin;
            Assert.DoesNotContain("grace", text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData("status", "\"shipped\"")]
    [InlineData("version", "7")]
    [InlineData("fulfilments", "[]")]
    public async Task An_unknown_field_never_stands_in_for_one_of_ours(string field, string value)
    {
        await api.Stock("P-11", 50);
        var id = $"P-11-{field}";
        (await api.Order(id, "P-11", 1, $",\"{field}\":{value}")).IsProblem(400, "reserved-field", $"/{field}");
        (await api.Get($"/v1/orders/{id}")).IsProblem(404, "unknown-order");
    }

    [Fact]
    public async Task An_unknown_order_is_not_found()
    {
        (await api.Get("/v1/orders/NONE")).IsProblem(404, "unknown-order");
        (await api.Get("/v1/orders/NONE/timeline")).IsProblem(404, "unknown-order");
        (await api.Post("/v1/orders/NONE/cancel", """{"id":"c"}""")).IsProblem(404, "unknown-order");
        (await api.Post("/v1/orders/NONE/payment-confirmed", """{"id":"p","amount":{"amount":1,"currency":"EUR"}}"""))
            .IsProblem(404, "unknown-order");
    }

    /// <summary>Units of the first line that are its own; a node may have been chosen for them by now.</summary>
    static long? Held(Answer order) => order.Number("lines/0/reserved") + order.Number("lines/0/allocated");
}
