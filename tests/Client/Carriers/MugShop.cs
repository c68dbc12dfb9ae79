namespace Fulfillment.Tests.Client;

/// <summary>
/// A shop with a node near Baltimore, whose mugs go all over the United States, and one in Leipzig, whose mugs go to
/// Munich and, over the border, to Zurich, duty paid.
/// </summary>
sealed class MugShop(ApiClient api)
{
    const string Product = """
        "product":{"grams":420,"netGrams":390,"lengthMm":100,"widthMm":100,"heightMm":100,"hsCode":"69111000",
        "origin":"PT","customsDescription":"Mug of porcelain"}
        """;

    public const string California = """
        {"name":"Grace Hopper","line1":"26601 Aliso Creek Rd","city":"Aliso Viejo","region":"CA","postcode":"92656",
         "country":"US","phone":"(949) 555-0100"}
        """, Zurich = """
        {"name":"Ada Muster","line1":"Bahnhofstrasse 1","city":"Zürich","postcode":"8001","country":"CH",
         "phone":"+41 44 123 45 67","email":"ada@example.com"}
        """, Munich = """
        {"name":"Maria Muster","line1":"Hauptstr. 1","city":"München","postcode":"80331","country":"DE"}
        """;

    /// <summary>Nodes, cards, stock, and how the shop deals with customs.</summary>
    public async Task Open(int units)
    {
        (await api.Put("/v1/nodes/BWI1", """
            {"name":"Baltimore","country":"US","postcode":"21093","timeZone":"America/New_York","address":{"company":
            "Example Inc","line1":"2311 York Rd","city":"Timonium","region":"MD","phone":"+1 410 555 0100"}}
            """)).Succeeded();
        (await api.Put("/v1/nodes/LEJ1", """
            {"name":"Leipzig","country":"DE","postcode":"04158","timeZone":"Europe/Berlin","address":{"company":
            "Example GmbH","line1":"Messe-Allee 1","city":"Leipzig","phone":"+49 341 1234567"}}
            """)).Succeeded();
        foreach (var (sku, node) in ((string, string)[])[("US-MUG", "BWI1"), ("EU-MUG", "LEJ1")])
        {
            (await api.Put($"/v1/skus/{sku}", $$"""{"title":"Blue mug",{{Product}}}""")).Succeeded();
            await api.Receive(sku, node, units);
        }

        (await api.Post("/v1/compliance-rules", """
            {"id":"p","reason":"we go abroad","rules":[],"customs":{"terms":"ddp","eoris":["DE123456789012345"]}}
            """)).Is(201);
        (await api.Post("/v1/compliance-rules/1/activate", """{"id":"a","reason":"now"}""")).Is(200);
    }

    /// <summary>An order of one mug and its parcel, <c>{order}-P</c>, without a label.</summary>
    public async Task Parcel(string order, string to, string size = "")
    {
        (await api.Post("/v1/orders", Body(order, to))).Is(201);
        await Plan(order, size);
    }

    /// <summary>An order of one mug.</summary>
    public static string Body(string order, string to)
    {
        var isAmerican = to.Contains("\"country\":\"US\"", StringComparison.Ordinal);
        var (sku, currency) = isAmerican ? ("US-MUG", "USD") : ("EU-MUG", "EUR");
        return $$"""
            {"id":"{{order}}","customer":{"id":"c-{{order}}"},"shipTo":{{to}},"payment":"none","lines":[{"id":"1",
            "sku":"{{sku}}","quantity":1,"unitPrice":{"amount":1299,"currency":"{{currency}}"} }]}
            """;
    }

    /// <summary>Its parcel, once a node has the order.</summary>
    public async Task Plan(string order, string size = "")
    {
        if (size.Length == 0) size = "\"lengthMm\":150,\"widthMm\":150,\"heightMm\":150,\"grams\":600";
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(20));
        Answer planned;
        do
        {
            planned = await api.Post(
                $"/v1/fulfilment-orders/{order}-F1/parcels", $$"""{"id":"{{order}}-P",{{size}}}""");
            Assert.False(late.IsCancellationRequested, planned.Body);
        }
        while (planned.Status is 404 or 409 or 503);

        planned.Succeeded();
    }

    public Task<Answer> Buy(string parcel, string more = "", string id = "l1") =>
        api.Post($"/v1/parcels/{parcel}/label", $$"""{"id":"{{id}}"{{more}}}""");

    public Task<Answer> Of(string parcel) => api.Get($"/v1/parcels/{parcel}");
}
