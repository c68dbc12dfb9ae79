using System.Text.Json;

namespace Fulfillment.Tests.Client;

/// <summary>The first page: rendered here, kept up to date by server-sent events.</summary>
public sealed class PageTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task The_first_page_is_HTML_with_what_goes_on()
    {
        await api.Stock("PAGE-1", 5);
        await using var live = await EventStream.Open(api, "/live");
        (await api.Order("PAGE-1-o", "PAGE-1", 4)).Is(201);
        await Until(live, html => html.Contains("PAGE-1-o", StringComparison.Ordinal));

        var page = (await api.Get("/")).Is(200);
        Assert.Equal("text/html", page.ContentType);
        Assert.StartsWith("<!doctype html>", page.Body, StringComparison.Ordinal);
        Assert.Contains("<title>", page.Body, StringComparison.Ordinal);
        foreach (var shown in (string[])["Orders per second", "Commit", "Outbox", "PAGE-1-o", "PAGE-1"])
            Assert.Contains(shown, page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("<!--live-->", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_follows_an_order_without_being_asked()
    {
        await api.Stock("PAGE-2", 5);
        await using var live = await EventStream.Open(api, "/live");
        (await api.Order("PAGE-2-o", "PAGE-2", 5)).Is(201);
        await Until(live, html => Row(html, "PAGE-2-o").Contains("allocated", StringComparison.Ordinal));
        Assert.Contains("sold out", Row(await Until(live, html => Row(html, ">PAGE-2<").Length > 0), ">PAGE-2<"),
            StringComparison.Ordinal);
        (await api.Post("/v1/orders/PAGE-2-o/cancel", """{"id":"c"}""")).Is(200);
        await Until(live, html => Row(html, "PAGE-2-o").Contains("cancelled", StringComparison.Ordinal));
        // Its units are back.
        await Until(live, html => !Row(html, ">PAGE-2<").Contains("sold out", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_order_counts_as_accepted_once()
    {
        await using var own = await ApiServer.Start();
        await own.Stock("PAGE-5", 5);
        await using var live = await EventStream.Open(own, "/live");
        (await own.Post(
            "/v1/orders",
            """
            {"id":"o","payment":"prepaid",
             "lines":[{"sku":"PAGE-5","quantity":1,"unitPrice":{"amount":1234567,"currency":"JPY"}}]}
            """)).Is(201);
        await Until(live, html => html.Contains("0 accepted · 0 rejected", StringComparison.Ordinal)
            && Row(html, ">o<").Contains("held", StringComparison.Ordinal));
        (await own.Post(
            "/v1/orders/o/payment-confirmed", """{"id":"p","amount":{"amount":1234567,"currency":"JPY"}}""")).Is(200);
        var html = await Until(live, html => html.Contains("1 accepted · 0 rejected", StringComparison.Ordinal));
        Assert.Contains("1,234,567 JPY", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_of_another_seller_has_no_link_that_leads_nowhere()
    {
        var seller = ("Seller", "page-seller");
        await api.Stock("PAGE-3", 5, headers: seller);
        await using var live = await EventStream.Open(api, "/live");
        (await api.Order("PAGE-3-o", "PAGE-3", 1, "", seller)).Is(201);
        var html = await Until(live, html => html.Contains("PAGE-3-o", StringComparison.Ordinal));
        Assert.DoesNotContain("/v1/orders/PAGE-3-o", html, StringComparison.Ordinal);
        Assert.Contains("page-seller", Row(html, "PAGE-3-o"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_link_of_the_page_leads_somewhere()
    {
        await api.Stock("PAGE-4", 5);
        await using var live = await EventStream.Open(api, "/live");
        (await api.Order("PAGE-4-o", "PAGE-4", 1)).Is(201);
        await Until(live, html => html.Contains("PAGE-4-o", StringComparison.Ordinal));

        var page = (await api.Get("/")).Body;
        var links = page.Split("href=\"").Skip(1).Select(l => l[..l.IndexOf('"', StringComparison.Ordinal)]).Distinct()
            .ToList();
        Assert.True(links.Count >= 7, string.Join(' ', links));
        foreach (var link in links.Where(l => l.StartsWith('/'))) (await api.Get(link)).Is(200);
    }

    static async Task<string> Until(EventStream live, Func<string, bool> wanted)
    {
        // Two beats a second: twenty are ten seconds.
        for (var beat = 0; beat < 20; beat++)
        {
            var html = JsonSerializer.Deserialize<string>((await live.Next())!.Data)!;
            if (wanted(html)) return html;
        }

        Assert.Fail("The page does not show it.");
        return "";
    }

    /// <summary>The table row that contains the text; empty when none does.</summary>
    static string Row(string html, string text) =>
        html.Split("<tr>").FirstOrDefault(r => r.Contains(text, StringComparison.Ordinal)) ?? "";
}
