using System.Globalization;

namespace Fulfillment.Tests.Client;

/// <summary>The list of orders: newest first, in pages, with filters.</summary>
public sealed class OrderListTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Orders_are_listed_newest_first_in_pages_that_do_not_shift()
    {
        var seller = ("Seller", "pages");
        await api.Stock("L-1", 100, headers: seller);
        for (var i = 1; i <= 7; i++) (await api.Order($"o-{i}", "L-1", headers: seller)).Is(201);

        var first = (await api.List("/v1/orders?limit=3", seller)).Is(200);
        Assert.Equal(["o-7", "o-6", "o-5"], first.Each("id"));
        (await api.Order("o-8", "L-1", headers: seller)).Is(201);
        var second = (await api.List($"/v1/orders?limit=3&cursor={first.Text("next")}", seller)).Is(200);
        Assert.Equal(["o-4", "o-3", "o-2"], second.Each("id"));
        var third = (await api.List($"/v1/orders?limit=3&cursor={second.Text("next")}", seller)).Is(200);
        Assert.Equal(["o-1"], third.Each("id"));
        Assert.Contains("\"next\":null", third.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_has_50_orders_unless_the_caller_says_how_many()
    {
        var seller = ("Seller", "fifty");
        await api.Stock("L-2", 100, headers: seller);
        await Task.WhenAll(Enumerable.Range(1, 51).Select(i => api.Order($"o-{i}", "L-2", headers: seller)));

        Assert.Equal(50, (await api.List("/v1/orders", seller)).Items().Count);
        Assert.Equal(51, (await api.List("/v1/orders?limit=500", seller)).Items().Count);
    }

    [Fact]
    public async Task Orders_are_found_by_status_and_by_SKU()
    {
        var seller = ("Seller", "filters");
        await api.Stock("L-3", 2, headers: seller);
        await api.Stock("L-4", 2, headers: seller);
        (await api.Order("both", "L-3", 1, "", seller)).Is(201);
        (await api.Post("/v1/orders",
            """{"id":"two","lines":[{"sku":"L-3","quantity":1},{"sku":"L-4","quantity":1}]}""", seller)).Is(201);
        (await api.Order("none", "L-4", 9, "", seller)).Is(409);
        foreach (var id in (string[])["both", "two"]) await Allocated(id, seller);

        Assert.Equal(["none"], (await api.List("/v1/orders?status=rejected", seller)).Each("id"));
        Assert.Equal(["two", "both"], (await api.Get("/v1/orders?status=allocated", seller)).Each("id"));
        Assert.Equal(["none", "two"], (await api.Get("/v1/orders?sku=L-4", seller)).Each("id"));
        Assert.Equal(["two"], (await api.Get("/v1/orders?sku=L-4&status=allocated", seller)).Each("id"));
        Assert.Empty((await api.Get("/v1/orders?sku=NEVER-ORDERED", seller)).Is(200).Items());

        var one = (await api.Get("/v1/orders?sku=L-4&limit=1", seller)).Is(200);
        Assert.Equal(["none"], one.Each("id"));
        Assert.Equal(["two"], (await api.Get($"/v1/orders?sku=L-4&limit=1&cursor={one.Text("next")}", seller))
            .Each("id"));
    }

    [Fact]
    public async Task Orders_are_found_by_the_time_they_were_placed()
    {
        var seller = ("Seller", "times");
        await api.Stock("L-5", 9, headers: seller);
        await api.Order("o-1", "L-5", headers: seller);
        var at = DateTimeOffset.Parse((await api.Get("/v1/orders/o-1", seller)).Text("placedAt")!,
            CultureInfo.InvariantCulture);

        Assert.Equal(["o-1"], (await api.List($"/v1/orders?placedAfter={Text(at.AddMilliseconds(-1))}", seller))
            .Each("id"));
        Assert.Empty((await api.Get($"/v1/orders?placedAfter={Text(at)}", seller)).Is(200).Items());
        var abroad = Uri.EscapeDataString(at.AddMilliseconds(-1).ToOffset(TimeSpan.FromHours(2)).ToString("o"));
        Assert.Equal(["o-1"], (await api.Get($"/v1/orders?placedAfter={abroad}", seller)).Each("id"));
    }

    [Fact]
    public async Task A_listed_order_tells_what_it_is_about()
    {
        var seller = ("Seller", "about");
        await api.Stock("L-6", 9, headers: seller);
        await api.Post(
            "/v1/orders",
            """
            {"id":"o-1","channel":"shop","shipTo":{"country":"AT","postcode":"1010"},
             "lines":[{"sku":"L-6","quantity":3,"unitPrice":{"amount":250,"currency":"EUR"}}]}
            """, seller);
        await Allocated("o-1", seller);

        var order = await api.List("/v1/orders", seller);
        Assert.Equal("allocated", order.Text("items/0/status"));
        Assert.Equal("shop", order.Text("items/0/channel"));
        Assert.Equal(3, order.Number("items/0/units"));
        Assert.Equal(750, order.Number("items/0/total/amount"));
        Assert.Equal("AT", order.Text("items/0/country"));
        Assert.Equal((await api.Get("/v1/orders/o-1", seller)).Number("version"), order.Number("items/0/version"));
    }

    Task<Answer> Allocated(string id, (string, string) seller) => api.Until(id, ["allocated"], seller);

    static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
