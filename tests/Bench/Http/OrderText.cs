using System.Globalization;
using System.Text;

namespace Fulfillment.Bench.Http;

/// <summary>
/// The request that a buyer sends, as it goes over the wire: about 400 bytes of body, one line, a customer and an order
/// of its own. Ids are equally long, so that the length is known before.
/// </summary>
public static class OrderText
{
    /// <summary>Where the order's id goes; as long as an id.</summary>
    public const string OrderHole = "#order-identity#";

    /// <summary>Where the SKU goes; as long as one.</summary>
    public const string SkuHole = "#sku-id-#";

    const string Body = $$$"""
        {"id":"{{{OrderHole}}}","channel":"shop",
        "customer":{"id":"c-{{{OrderHole}}}","name":"Maria Muster","email":"maria@example.com","phone":"+43 1 2345678"},
        "shipTo":{"name":"Maria Muster","line1":"Hauptstrasse 12","city":"Wien","postcode":"1010","country":"AT"},
        "lines":[{"id":"1","sku":"{{{SkuHole}}}","quantity":1,"unitPrice":{"amount":1999,"currency":"EUR"}}],
        "payment":"none","allocation":"all-or-nothing"}
        """;

    /// <summary>The order's id: of a run (one character), a thread or connection, and its number there.</summary>
    public static string Id(char run, int source, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{run}{source:0000}-{number:0000000000}");

    /// <summary>The whole request with holes.</summary>
    public static string Request(Uri server)
    {
        var body = Body.Replace("\n", "", StringComparison.Ordinal);
        return $"POST /v1/orders HTTP/1.1\r\nHost: {server.Authority}\r\nContent-Type: application/json\r\n"
            + $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";
    }
}
