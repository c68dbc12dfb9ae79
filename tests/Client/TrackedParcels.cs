namespace Fulfillment.Tests.Client;

/// <summary>Parcels that are on their way, for tests of what is told of them.</summary>
static class TrackedParcels
{
    /// <summary>
    /// The parcel <c>{sku}-P</c> with a label of the local courier: two units of the order <c>{sku}-O</c> of one who
    /// lives in Munich. Its tracking number.
    /// </summary>
    public static async Task<string> Labelled(this ApiServer api, string sku)
    {
        await api.Stock(sku, 10);
        (await api.Put("/v1/nodes/LEJ1", """
            {"name":"Leipzig","priority":1,"country":"DE","postcode":"04158",
             "address":{"company":"Example GmbH","line1":"Messe-Allee 1","city":"Leipzig"}}
            """)).Succeeded();
        (await api.Post("/v1/orders", $$"""
            {"id":"{{sku}}-O","channel":"web","payment":"none",
             "shipTo":{"name":"B. Uyer","line1":"A-Weg 1","city":"München","postcode":"80331","country":"DE"},
             "lines":[{"id":"1","sku":"{{sku}}","quantity":2,"unitPrice":{"amount":999,"currency":"EUR"} }]}
            """)).Succeeded();
        await api.Until($"{sku}-O", "allocated");
        (await api.Post($"/v1/fulfilment-orders/{sku}-O-F1/parcels",
            $$"""{"id":"{{sku}}-P","lengthMm":300,"widthMm":200,"heightMm":100,"grams":900}""")).Is(201);
        var label = (await api.Post($"/v1/parcels/{sku}-P/label", """{"id":"l1","format":"zpl"}""")).Is(201);
        return label.Text("trackingNumber")!;
    }

    /// <summary>Its goods leave as those of a parcel do.</summary>
    public static async Task Leave(this ApiServer api, string sku) =>
        (await api.Post($"/v1/parcels/{sku}-P/hand-over", """{"id":"leaves"}""")).Is(200);
}
