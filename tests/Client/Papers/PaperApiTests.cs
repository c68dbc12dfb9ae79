using System.Net;
using System.Text;
using Fulfillment.Catalog;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Client.Papers;

/// <summary>Papers and labels over HTTP: what is in the parcel, and barcodes that our scanner input reads.</summary>
public sealed class PaperApiTests(ApiServer api) : IClassFixture<ApiServer>
{
    const string Euro = ""","currency":"EUR"}""";

    async Task<(byte[] Pdf, string Tag)> Print(string path)
    {
        using var answer = await api.Http.GetAsync(path);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
        Assert.Equal("application/pdf", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("inline", answer.Content.Headers.ContentDisposition?.DispositionType);
        var pdf = await answer.Content.ReadAsByteArrayAsync();
        Assert.StartsWith("%PDF-", Encoding.Latin1.GetString(pdf), StringComparison.Ordinal);
        return (pdf, answer.Headers.ETag!.Tag);
    }

    /// <summary>An order of 3 cups, 2 plates that are not there, and a pan; then a cup and the pan go.</summary>
    async Task Order(string id, string more = "")
    {
        await api.Stock($"{id}-CUP", 9, """
            ,"product":{"handling":["fragile"]},"attributes":{"packing-instruction":"Wrap each one in tissue."}
            """);
        (await api.Put($"/v1/skus/{id}-PLATE", """{"title":"Plate","backorder":true}""")).Succeeded();
        await api.Stock($"{id}-PAN", 9);
        (await api.Put("/v1/nodes/LEJ1", """{"name":"Leipzig","country":"DE","handles":["fragile"]}""")).Succeeded();
        (await api.Post("/v1/orders", $$"""
            {"id":"{{id}}","shipping":{"amount":490{{Euro}},
             "shipTo":{"name":"Ada Łovelace","line1":"12 St James's Square","city":"London","postcode":"SW1Y 4LB",
              "country":"GB"},
             "lines":[{"id":"a","sku":"{{id}}-CUP","quantity":3,"unitPrice":{"amount":1299{{Euro}},
              "tax":{"amount":741{{Euro}} },
              {"id":"b","sku":"{{id}}-PLATE","quantity":2,"unitPrice":{"amount":777{{Euro}} },
              {"id":"c","sku":"{{id}}-PAN","quantity":1,"unitPrice":{"amount":5000{{Euro}} }]{{more}} }
            """)).Is(201);
        await api.Until($"/v1/orders/{id}", o => o.Items("fulfilments").Count > 0);
        (await api.Post($"/v1/orders/{id}/cancel",
            """{"id":"c","lines":[{"line":"a","quantity":1},{"line":"c","quantity":1}]}""")).Is(200);
    }

    [SkippableFact]
    public async Task A_slip_has_the_units_of_its_fulfilment_order_and_tells_where_the_others_are()
    {
        Skip.If(PdfTools.Missing is not null, PdfTools.Missing);
        await Order("slip-1");
        var (pdf, tag) = await Print("/v1/orders/slip-1/fulfilments/1/packing-slip");
        var parts = PdfTools.Text(pdf).Split("Not in this parcel");
        foreach (var told in (string[])["Ada Łovelace", "12 St James's Square", "SW1Y 4LB London", "Leipzig",
            "slip-1-F1", "slip-1-CUP", "FRAGILE", "Wrap each one in tissue.", "12.99", "25.98"])
            Assert.Contains(told, parts[0], StringComparison.Ordinal);
        Assert.DoesNotContain("slip-1-PAN", parts[0], StringComparison.Ordinal);
        Assert.DoesNotContain("slip-1-PLATE", parts[0], StringComparison.Ordinal);
        Assert.Matches(@"(?s)1\s+slip-1-CUP\s+Cancelled.*2\s+Plate\s+Backord.*1\s+slip-1-PAN\s+Cancelled", parts[1]);
        Assert.Equal(["CODE-128:slip-1"], PdfTools.Barcodes(pdf));

        // The same when it is printed again; and when it left, that.
        Assert.Equal(pdf, (await Print("/v1/orders/slip-1/fulfilments/1/packing-slip")).Pdf);
        using HttpRequestMessage again = new(HttpMethod.Get, "/v1/orders/slip-1/fulfilments/1/packing-slip");
        again.Headers.TryAddWithoutValidation("If-None-Match", tag);
        Assert.Equal(HttpStatusCode.NotModified, (await api.Http.SendAsync(again)).StatusCode);
        (await api.Get("/v1/orders/slip-1/fulfilments/1/packing-slip", ("Seller", "other")))
            .IsProblem(404, "unknown-order");
        foreach (var shipment in (string[])["s-1", "s-2"])
        {
            (await api.Post("/v1/fulfilment-orders/slip-1-F1/ship", $$"""
                {"id":"{{shipment}}","lines":[{"line":"a","quantity":1}],"trackingNumber":"T-{{shipment}}"}
                """)).Is(200);
        }

        var one = PdfTools.Text((await Print("/v1/orders/slip-1/fulfilments/1/packing-slip?shipment=s-2")).Pdf);
        Assert.Contains("T-s-2", one, StringComparison.Ordinal);
        Assert.DoesNotContain("T-s-1", one, StringComparison.Ordinal);
        Assert.Matches(@"1\s+slip-1-CUP\s+Shipped on", one);
    }

    [SkippableFact]
    public async Task A_gift_has_its_message_and_no_price_anywhere()
    {
        Skip.If(PdfTools.Missing is not null, PdfTools.Missing);
        await Order("gift-1", ""","gift":{"message":"Für Ada,\nmit Dank"}""");
        Assert.Equal("Für Ada,\nmit Dank", (await api.Get("/v1/orders/gift-1")).Is(200).Text("gift/message"));
        var (pdf, _) = await Print("/v1/orders/gift-1/fulfilments/1/packing-slip");
        var text = PdfTools.Text(pdf);
        Assert.Contains("Für Ada,", text, StringComparison.Ordinal);
        Assert.Contains("mit Dank", text, StringComparison.Ordinal);
        Assert.Contains("gift-1-CUP", text, StringComparison.Ordinal);
        foreach (var price in (string[])["12.99", "25.98", "4.90", "7.77", "EUR", "PRICE", "TAX", "Total",
            "1299", "490"])
        {
            Assert.DoesNotContain(price, text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(price, PdfTools.About(pdf), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task A_fulfilment_order_of_which_nothing_leaves_has_no_slip()
    {
        await api.Stock("gone", 1);
        (await api.Order("gone-1", "gone")).Is(201);
        await api.Until("gone-1", "allocated");
        (await api.Post("/v1/orders/gone-1/cancel", """{"id":"c"}""")).Is(200);
        (await api.Get("/v1/orders/gone-1/fulfilments/1/packing-slip")).IsProblem(409, "nothing-to-pack");
    }

    [SkippableFact]
    public async Task Slips_of_an_order_sum_up_to_it()
    {
        Skip.If(PdfTools.Missing is not null, PdfTools.Missing);
        await api.Stock("SUM", 9);
        (await api.Post("/v1/orders", $$"""
            {"id":"sum-1","shipping":{"amount":500{{Euro}},"lines":[{"id":"1","sku":"SUM","quantity":3,
             "unitPrice":{"amount":1000{{Euro}},"discount":{"amount":100{{Euro}},"tax":{"amount":200{{Euro}} }]}
            """)).Is(201);
        await api.Until("sum-1", "allocated");
        (await api.Post("/v1/fulfilment-orders/sum-1-F1/split",
            """{"id":"s","lines":[{"line":"1","quantity":1}]}""")).Is(200);
        // 36.00 in all: thirds of 1.00 off, 2.00 of tax and 5.00 of shipping, the larger ones first.
        Assert.Contains("24.01 EUR", await Text(1), StringComparison.Ordinal);
        Assert.Contains("11.99 EUR", await Text(2), StringComparison.Ordinal);

        async Task<string> Text(int number) =>
            PdfTools.Text((await Print($"/v1/orders/sum-1/fulfilments/{number}/packing-slip")).Pdf);
    }

    [SkippableFact]
    public async Task Labels_are_read_by_a_scanner_and_understood_by_our_scanner_input()
    {
        Skip.If(PdfTools.Missing is not null, PdfTools.Missing);
        await api.Stock("TEA", 0, ""","packs":[{"unit":"each","eaches":1,"gtin":"4012345123456"}]""");
        (await api.Put("/v1/nodes/LEJ1/layout/zones/P", """{"kind":"pick","entry":{"x":0,"y":0}}""")).Is(201);
        (await api.Put("/v1/nodes/LEJ1/bins/A-01", """{"zone":"P"}""")).Is(201);
        Assert.Equal("A-01", await Scanned("/v1/nodes/LEJ1/bins/A-01/label"));

        (await api.Put("/v1/sscc-prefix", """{"companyPrefix":"4012345","extensionDigit":"3"}""")).Is(200);
        var sscc = (await api.Post("/v1/nodes/LEJ1/lpns", """{"id":"c-1","kind":"carton"}""")).Is(201).Text("lpn")!;
        Assert.Equal(sscc, Barcode.Read(await Scanned($"/v1/lpns/{sscc}/label"), out _)!.Sscc);

        // By the route that stations send their scans to.
        var scan = await Scanned("/v1/skus/TEA/label?lot=L7&expiry=2027-03-31&serial=S-1");
        var body = $$"""{"scan":"{{scan.Replace("\u001d", "\\u001d", StringComparison.Ordinal)}}"}""";
        var read = (await api.Post("/v1/barcodes/read", body)).Is(200);
        Assert.Equal(("TEA", "L7", "S-1", "2027-03-31"),
            (read.Text("item/sku"), read.Text("lot"), read.Text("serial"), read.Text("expiry")));
        Assert.Equal("4012345123456", await Scanned("/v1/skus/TEA/label"));

        (await api.Post("/v1/skus/TEA/receipts",
            $$"""{"id":"r","node":"LEJ1","quantity":7,"lpn":"{{sscc}}"}""")).Is(201);
        await api.Embedded.ViewsReached();
        var list = await Print($"/v1/lpns/{sscc}/content-list");
        Assert.Matches(@"(?s)7\s+TEA.*7\s+in all, of 1 SKU", PdfTools.Text(list.Pdf));
        Assert.Equal(list.Pdf, (await Print($"/v1/lpns/{sscc}/content-list")).Pdf);

        async Task<string> Scanned(string path) =>
            Assert.Single(PdfTools.Barcodes((await Print(path)).Pdf)).Split(':', 2)[1];
    }
}
