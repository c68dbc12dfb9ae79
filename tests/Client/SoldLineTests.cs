using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Client;

/// <summary>Lines that name a listing of their channel instead of a SKU, and what the buyer chose beside.</summary>
public sealed class SoldLineTests(ApiServer api) : IClassFixture<ApiServer>
{
    const string Engraved = """
        ,"options":[{"name":"engraving","value":"For Ada Lovelace"},{"name":"wrap","value":"blue"}]
        """;

    static string Order(string id, string lines, string channel = "amazon") =>
        $$"""{"id":"{{id}}","channel":"{{channel}}","customer":{"name":"Ada"},"lines":[{{lines}}]}""";

    Task<Answer> Call(string sku, string channel, string listing) =>
        api.Post($"/v1/skus/{sku}/aliases", $$"""{"channel":"{{channel}}","id":"{{listing}}"}""");

    [Fact]
    public async Task Two_listings_are_one_SKU_and_the_line_remembers_which_and_with_what_options()
    {
        await api.Stock("SL-PEN", 10);
        (await Call("SL-PEN", "amazon", "B00X")).Is(201);
        (await Call("SL-PEN", "ebay", "12/3 4")).Is(201);
        var sold = Order("sl-1", $$"""{"listing":"B00X","quantity":2{{Engraved}}}""");
        var placed = (await api.Post("/v1/orders", sold)).Is(201);
        Assert.Equal(("SL-PEN", "B00X"), (placed.Text("lines/0/sku"), placed.Text("lines/0/listing")));
        Assert.DoesNotContain("Lovelace", placed.Body, StringComparison.Ordinal);
        var other = Order("sl-2", """{"listing":"12/3 4","sku":"SL-PEN","quantity":1}""", "ebay");
        Assert.Equal("12/3 4", (await api.Post("/v1/orders", other)).Is(201).Text("lines/0/listing"));
        var plain = (await api.Post("/v1/orders", Order("sl-3", """{"sku":"SL-PEN","quantity":1}"""))).Is(201);
        Assert.Null(plain.At("lines/0/listing"));
        Assert.Equal(6, (await api.Get("/v1/skus/SL-PEN/availability")).Is(200).Number("available"));

        var order = (await api.Get("/v1/orders/sl-1")).Is(200);
        Assert.Equal(
            ("engraving", "For Ada Lovelace"),
            (order.Text("lines/0/options/0/name"), order.Text("lines/0/options/0/value")));
        await api.Embedded.ViewsReached();
        Assert.DoesNotContain("B00X", (await api.Get("/v1/skus?limit=500")).Is(200).Each("sku"));

        // The same order again is the same one, whatever the channel calls so now.
        (await api.Post("/v1/orders", sold)).Is(200);
        (await api.Delete("/v1/skus/SL-PEN/aliases?channel=amazon&id=B00X")).Is(200);
        (await api.Post("/v1/orders", sold)).Is(200);
        (await api.Post("/v1/orders", sold.Replace("Ada L", "Eve L", StringComparison.Ordinal)))
            .IsProblem(422, "idempotency-conflict");
        (await api.Post("/v1/orders", Order("sl-4", """{"listing":"B00X","quantity":1}""")))
            .IsProblem(400, "unknown-listing", "/lines/0/listing");
    }

    [Fact]
    public async Task A_listing_that_is_nobody_s_or_another_s_is_told_by_its_field()
    {
        foreach (var sku in (string[])["SL-A", "SL-B"]) await api.Stock(sku, 5);
        (await Call("SL-A", "shop", "a/b")).Is(201);
        var line = """{"sku":"SL-A","quantity":1},{"listing":"#","quantity":1}""";
        foreach (var (channel, listing) in ((string, string)[])[("shop", "nothing"), ("shop/a", "b"), ("web", "a/b")])
        {
            var body = Order("sl-5", line.Replace("#", listing, StringComparison.Ordinal), channel);
            Refused(await api.Post("/v1/orders", body), "/lines/1/listing", "unknown-listing");
        }

        Refused(
            await api.Post("/v1/orders", Order("sl-5", """{"sku":"SL-B","listing":"a/b","quantity":1}""", "shop")),
            "/lines/0/sku", "other-listing");
        (await api.Get("/v1/orders/sl-5")).IsProblem(404, "unknown-order");

        static void Refused(Answer answer, string field, string code) => answer.IsProblem(400, code, field);
    }

    [Fact]
    public async Task In_bulk_an_unknown_listing_waits_in_quarantine_until_somebody_says_what_it_is()
    {
        await api.Stock("SL-CUP", 5);
        (await Call("SL-CUP", "shop", "cup")).Is(201);
        var (good, bad) = (Order("sl-6", """{"listing":"cup","quantity":1}""", "shop"),
            Order("sl-7", """{"listing":"mug","quantity":1}""", "shop"));
        using StringContent upload = new($"{good}\n{bad}\n", null, "application/x-ndjson");
        using var answer = await api.Http.PostAsync("/v1/orders/bulk", upload);
        var results = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("\"status\":201", results[0], StringComparison.Ordinal);
        Assert.Contains("unknown-listing", results[1], StringComparison.Ordinal);
        using var told = System.Text.Json.JsonDocument.Parse(results[1]);
        var key = told.RootElement.GetProperty("quarantine").GetString();

        (await Call("SL-CUP", "shop", "mug")).Is(201);
        var replayed = (await api.Post($"/v1/quarantine/{key}/replay", bad)).Is(200);
        Assert.Equal("SL-CUP", replayed.Text("order/lines/0/sku"));
    }

    [SkippableFact]
    public async Task Pick_list_and_packing_slip_say_as_what_the_units_were_sold()
    {
        Skip.If(PdfTools.Missing is not null, PdfTools.Missing);
        await api.Stock("SL-RING", 5);
        await api.Stock("SL-BOX", 5);
        (await api.Put("/v1/skus/SL-SET", """
            {"title":"Set","kit":[{"sku":"SL-RING","units":1},{"sku":"SL-BOX","units":1}]}
            """)).Is(201);
        (await Call("SL-SET", "amazon", "B00SET")).Is(201);
        (await api.Post("/v1/orders", Order("sl-8", $$"""
            {"id":"k","listing":"B00SET","quantity":1{{Engraved}}},{"id":"r","sku":"SL-RING","quantity":1}
            """))).Is(201);
        await api.Until("sl-8", "allocated");
        Assert.Equal("blue", (await api.Get("/v1/orders/sl-8")).Is(200).Text("kits/0/options/1/value"));

        const string node = "/v1/nodes/LEJ1/pick-lists";
        (await api.Post(node, """{"id":"SL-P","fulfilmentOrders":["sl-8-F1"]}""")).Is(201);
        var list = (await api.Get("/v1/pick-lists/SL-P")).Is(200);
        var lines = list.Items("lines").Select(l => l.ToString()).ToList();
        Assert.Equal(2, lines.Count(l => l.Contains("B00SET", StringComparison.Ordinal)
            && l.Contains("For Ada Lovelace", StringComparison.Ordinal)));
        Assert.Equal(3, lines.Count);
        foreach (var path in (string[])["/v1/pick-lists/SL-P/paper", "/v1/orders/sl-8/fulfilments/1/packing-slip"])
        {
            var text = PdfTools.Text(await api.Http.GetByteArrayAsync(path));
            foreach (var said in (string[])["engraving: For Ada Lovelace", "wrap: blue", "Listing B00SET"])
                Assert.Contains(said, Words(text), StringComparison.Ordinal);
        }

        static string Words(string text) => string.Join(
            ' ', text.Split((char[])[' ', '\n', '\f'], StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task More_of_a_line_is_sold_as_the_line_was()
    {
        await api.Stock("SL-TOY", 9);
        (await Call("SL-TOY", "amazon", "TOY")).Is(201);
        (await api.Post("/v1/orders", Order("sl-9", $$"""{"listing":"TOY","quantity":1{{Engraved}}}"""))).Is(201);
        await api.Until("sl-9", "allocated");
        (await api.Post("/v1/orders/sl-9/edit",
            """{"id":"e","reason":"more","lines":[{"line":"1","quantity":3}]}""")).Is(200);
        var order = (await api.Get("/v1/orders/sl-9")).Is(200);
        Assert.Equal(
            ("TOY", "blue"), (order.Text("lines/1/listing"), order.Text("lines/1/options/1/value")));
    }
}
