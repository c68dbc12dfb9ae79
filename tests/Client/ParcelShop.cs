using System.Globalization;

namespace Fulfillment.Tests.Client;

/// <summary>Orders whose goods can be sent: the node PAR1 in Leipzig, buyers in Munich.</summary>
static class ParcelShop
{
    public const string Edges = "\"lengthMm\":300,\"widthMm\":200,\"heightMm\":100,\"grams\":900";

    /// <summary>An order of so many units that PAR1 is to ship, called as its SKU.</summary>
    public static async Task Order(ApiServer api, string sku, int quantity, string shipTo = Munich)
    {
        (await api.Put("/v1/nodes/PAR1", """
            {"name":"Parcels","country":"DE","postcode":"04158","timeZone":"Europe/Berlin","address":{"company":
            "Example GmbH","line1":"Messe-Allee 1","line2":"Tor 3","city":"Leipzig","phone":"+49 341 1"}}
            """)).Succeeded();
        (await api.Put($"/v1/skus/{sku}", """{"title":"A thing"}""")).Succeeded();
        (await api.Post($"/v1/skus/{sku}/receipts",
            string.Create(CultureInfo.InvariantCulture, $$"""{"id":"r","node":"PAR1","quantity":{{quantity}}}""")))
            .Is(201);
        (await api.Post("/v1/orders", $$"""
            {"id":"{{sku}}","customer":{"id":"c-{{sku}}"},"shipTo":{{shipTo}},"payment":"none",
            "lines":[{"id":"1","sku":"{{sku}}","quantity":{{quantity}},"unitPrice":{"amount":999,"currency":"EUR"} }]}
            """)).Is(201);
        await api.Until(sku, "allocated");
    }

    public const string Munich =
        """{"name":"Maria Muster","line1":"Hauptstr. 1","city":"München","postcode":"80331","country":"DE"}""";

    public static Task<Answer> Plan(ApiServer api, string work, string id, string more = "") =>
        api.Post($"/v1/fulfilment-orders/{work}/parcels", $$"""{"id":"{{id}}",{{Edges}}{{more}}}""");

    public static Task<Answer> Buy(ApiServer api, string parcel, string id = "l1", string more = "") =>
        api.Post($"/v1/parcels/{parcel}/label", $$"""{"id":"{{id}}"{{more}}}""");
}
