namespace Fulfillment.Tests.Client;

/// <summary>What the OpenAPI document says of prices and carriers is what happens.</summary>
public sealed class OpenApiShippingTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Every_answer_about_carriers_is_as_the_document_says()
    {
        SchemaCheck check = new((await api.Get("/openapi/v1.json")).Is(200).Json);
        await Call("""{"lengthMm":300,"widthMm":200,"heightMm":100,"grams":900}""",
            ",\"carriers\":[\"local-courier\",\"usps\"],\"currency\":\"EUR\","
            + "\"declared\":{\"amount\":1,\"currency\":\"EUR\"}");
        await Call("""{"lengthMm":900,"widthMm":600,"heightMm":200,"grams":40000}""", ",\"deliverBy\":\"2999-01-01\"");
        await Call("""{"lengthMm":300}""", "");
        await check.Answered(api, "get", "/v1/carriers", "/v1/carriers", null);
        await check.Answered(api, "get", "/v1/carrier-calls", "/v1/carrier-calls", null);
        await api.Labelled("COST");
        await api.Embedded.ViewsReached();
        await check.Answered(api, "get", "/v1/quote-errors?from=2026-01-01T00:00:00Z", "/v1/quote-errors", null);
        await check.Answered(api, "get", "/v1/quote-errors?until=yesterday", "/v1/quote-errors", null);
        foreach (var what in (string[])["address-checks", "service-points"])
            foreach (var place in (string[])["""{"country":"DE","postcode":"10115","lines":["A 1"]}""", "{}"])
                await check.Answered(
                    api, "post", $"/v1/carriers/local-courier/{what}", $"/v1/carriers/{{carrier}}/{what}", place);

        Task Call(string parcel, string more) => check.Answered(api, "post", "/v1/rates", "/v1/rates", $$"""
            {"from":{"country":"DE","postcode":"10115","city":"Berlin","state":"BE","lines":["A 1"]},
             "to":{"country":"AT","postcode":"1010","city":"Wien","state":"W","lines":["B 2"],"residential":true},
             "parcels":[{{parcel}}]{{more}} }
            """);
    }

    [Fact]
    public async Task Every_answer_about_the_way_of_a_parcel_is_as_the_document_says()
    {
        SchemaCheck check = new((await api.Get("/openapi/v1.json")).Is(200).Json);
        await api.Labelled("WAY");
        const string events = "/v1/parcels/WAY-P/events", close = "/v1/parcels/WAY-P/cases/1/close";
        const string toEvents = "/v1/parcels/{parcel}/events", toClose = "/v1/parcels/{parcel}/cases/{number}/close";
        await check.Answered(api, "post", events, toEvents, """
            {"id":"e1","label":1,"by":"anna","expected":"2999-01-01","events":[
             {"at":"2024-11-30T08:00:00Z","milestone":"exception","code":"X1","says":"Nobody","place":"Wien",
              "why":"failed-attempt"},{"at":"2024-11-30T07:00:00Z","milestone":"other"}]}
            """);
        await check.Answered(
            api, "post", close, toClose, """{"id":"c1","resolution":"at home on Friday","by":"anna"}""");
        await check.Answered(api, "post", close, toClose, """{"id":"c2","resolution":"again"}""");
        await check.Answered(api, "post", events, toEvents, """
            {"id":"e2","signedBy":"A. Name","events":[{"at":"2024-11-30T09:00:00Z","milestone":"delivered"}]}
            """);
        await api.Embedded.ViewsReached();
        await check.Answered(api, "get", "/v1/parcels/WAY-P", "/v1/parcels/{parcel}", null);
        await check.Answered(api, "get", "/v1/parcel-cases?status=closed", "/v1/parcel-cases", null);
        await check.Answered(api, "get", "/v1/parcel-cases?told=false", "/v1/parcel-cases", null);
        await check.Answered(api, "get", "/v1/parcel-cases?told=perhaps", "/v1/parcel-cases", null);
        await check.Answered(api, "get", "/v1/parcel-cases?status=shut", "/v1/parcel-cases", null);
        await check.Answered(api, "get", "/v1/tracking-codes", "/v1/tracking-codes", null);
    }

    [Fact]
    public async Task Every_answer_about_duties_is_as_the_document_says()
    {
        SchemaCheck check = new((await api.Get("/openapi/v1.json")).Is(200).Json);
        await Call("US", """ ,"carriage":{"amount":5,"currency":"EUR"},"insurance":{"amount":5,"currency":"EUR"} """);
        await Call("US", ""","on":"2026-12-01","terms":"ddp","schemes":["ioss"]""");
        await Call("FR", "");
        await Call("BR", "");
        await Call("US", ""","terms":"fob" """);

        Task Call(string to, string more) => check.Answered(api, "post", "/v1/duties", "/v1/duties", $$"""
            {"from":{"country":"DE","postcode":"10115"},"to":{"country":"{{to}}"},
             "lines":[{"id":"a","hsCode":"61091000","origin":"PT","quantity":2,"preferential":true,
              "unitValue":{"amount":999,"currency":"EUR"} },
              {"hsCode":"010121","origin":"DE","quantity":1,"unitValue":{"amount":1,"currency":"EUR"} }]{{more}} }
            """);
    }

    [Fact]
    public async Task What_a_request_must_have_is_what_the_document_requires()
    {
        SchemaCheck check = new((await api.Get("/openapi/v1.json")).Is(200).Json);
        await check.Requires(api, "POST", "/v1/rates", "/v1/rates");
        await check.Requires(api, "POST", "/v1/parcels/NONE/events", "/v1/parcels/{parcel}/events");
        await check.Requires(
            api, "POST", "/v1/parcels/NONE/cases/1/close", "/v1/parcels/{parcel}/cases/{number}/close");
        await check.Requires(api, "POST", "/v1/duties", "/v1/duties");
        await check.Requires(api, "POST", "/v1/commercial-invoices", "/v1/commercial-invoices");
        await check.Requires(api, "POST", "/v1/certificates-of-origin", "/v1/certificates-of-origin");
    }
}
