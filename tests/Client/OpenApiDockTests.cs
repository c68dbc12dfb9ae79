using System.Globalization;

namespace Fulfillment.Tests.Client;

/// <summary>What the OpenAPI document says of the dock is what happens.</summary>
public sealed class OpenApiDockTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Every_answer_about_the_dock_is_as_the_document_says()
    {
        SchemaCheck check = new((await api.Get("/openapi/v1.json")).Is(200).Json);
        (await api.Put("/v1/nodes/OD1", """
            {"name":"Dock","country":"DE","postcode":"10115","address":{"company":"X","line1":"Kai 1","city":"Berlin"} }
            """)).Succeeded();
        (await api.Put("/v1/skus/OD", """{"title":"A thing"}""")).Succeeded();
        await api.Receive("OD", "OD1", 5);
        (await api.Post("/v1/orders", """
            {"id":"OD-O","customer":{"name":"Ann"},"lines":[{"id":"1","sku":"OD","quantity":3}],
             "shipTo":{"name":"Ann","line1":"Marienplatz 1","city":"Munich","postcode":"80331","country":"DE"} }
            """)).Is(201);
        await api.Until("OD-O", "allocated");
        foreach (var parcel in (string[])["OD-1", "OD-2", "OD-3"])
            (await api.Post("/v1/fulfilment-orders/OD-O-F1/parcels", $$"""
                {"id":"{{parcel}}","lines":[{"line":"1","quantity":1}],"lengthMm":300,"widthMm":200,"heightMm":100,
                 "grams":9}
                """)).Is(201);
        await Call("post", "/v1/label-batches", """
            {"id":"b","parcels":["OD-1","OD-2","OD-3","NONE"],"format":"pdf","voidAfterDays":5,"by":"erna"}
            """);
        var day = DateTime.UtcNow.AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await Call("post", "/v1/manifests",
            $$"""{"id":"m","node":"OD1","carrier":"local-courier","day":"{{day}}","by":"fritz"}""");
        await Call("post", "/v1/manifests/m/scans", """{"id":"s1","code":"OD-1","by":"fritz"}""",
            "/v1/manifests/{id}/scans");
        await Call("post", "/v1/manifests/m/scans", """{"id":"s2","code":"OD-1"}""", "/v1/manifests/{id}/scans");
        await Call("get", "/v1/manifests/m", null, "/v1/manifests/{id}");
        await Call("post", "/v1/parcels/OD-2/hand-over", """{"id":"h","by":"fritz"}""",
            "/v1/parcels/{parcel}/hand-over");
        await Call("post", "/v1/manifests/m/close", """{"id":"c1"}""", "/v1/manifests/{id}/close");
        await Call("post", "/v1/manifests/m/close", """{"id":"c2","override":"tomorrow","by":"fritz"}""",
            "/v1/manifests/{id}/close");
        await Call("post", "/v1/pickups", $$"""
            {"id":"p","node":"OD1","carrier":"local-courier","day":"{{day}}","ready":"14:00","close":"17:30",
             "parcels":1,"grams":9,"service":"standard","toCountry":"DE","by":"fritz"}
            """);
        await Call("get", "/v1/pickups/p", null, "/v1/pickups/{id}");
        await Call("post", "/v1/pickups/p/cancel", """{"id":"c","reason":"x"}""", "/v1/pickups/{id}/cancel");
        await api.Embedded.ViewsReached();
        await Call("get", "/v1/manifests?node=OD1&carrier=local-courier&status=closed", null, "/v1/manifests");
        await Call("get", "/v1/pickups?node=OD1&carrier=local-courier&status=refused", null, "/v1/pickups");

        Task Call(string method, string path, string? body, string? template = null) =>
            check.Answered(api, method, path, template ?? path, body);
    }

    [Fact]
    public async Task What_a_request_must_have_is_what_the_document_requires()
    {
        SchemaCheck check = new((await api.Get("/openapi/v1.json")).Is(200).Json);
        foreach (var path in (string[])["/v1/manifests", "/v1/label-batches", "/v1/pickups"])
            await check.Requires(api, "POST", path, path);
        (await api.Put("/v1/nodes/OD2", """{"name":"Dock"}""")).Succeeded();
        (await api.Post("/v1/manifests", """{"id":"r","node":"OD2","carrier":"ups"}""")).Is(201);
        await check.Requires(api, "POST", "/v1/manifests/r/scans", "/v1/manifests/{id}/scans");
    }
}
