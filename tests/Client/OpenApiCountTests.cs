namespace Fulfillment.Tests.Client;

/// <summary>What the OpenAPI document says of counts is what happens.</summary>
public sealed class OpenApiCountTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Every_answer_about_counts_is_as_the_document_says()
    {
        SchemaCheck check = new((await api.Get("/openapi/v1.json")).Is(200).Json);
        await api.Stock("A", 0, ""","price":{"amount":7,"currency":"EUR"}""");
        (await api.Post("/v1/skus/A/receipts", """{"id":"r","node":"LEJ1","quantity":9,"bin":"B"}""")).Is(201);
        await api.Embedded.ViewsReached();
        await Call("get", "/v1/counts/proposals?node=LEJ1", null, "/v1/counts/proposals");
        await Call("post", "/v1/counts/proposals", """{"id":"P","node":"LEJ1","most":1,"reason":"abc"}""");
        await Call("post", "/v1/counts", """
            {"id":"C","node":"LEJ1","bins":["B"],"skus":["A"],"reason":"request","counters":["anna"],"note":"x",
             "tolerance":{"units":1,"value":{"amount":9,"currency":"EUR"},"percent":5} }
            """);
        await Call("post", "/v1/counts/C/scans",
            """{"id":"s","by":"anna","sku":"A","quantity":4,"bin":"B","state":"available"}""", Of("/scans"));
        await Call("post", "/v1/counts/C/finish", """{"id":"f","by":"anna","bin":"B"}""", Of("/finish"));
        await Call("get", "/v1/counts/C?expected=true", null, Of(""));
        await Call("post", "/v1/counts/C/recount", """{"id":"n","by":"bert","lines":[1]}""", Of("/recount"));
        await Call("post", "/v1/counts/C/finish", """{"id":"g","by":"anna","bin":"B"}""", Of("/finish"));
        await Call("post", "/v1/counts/C/reject", """{"id":"j","by":"bert","reason":"x"}""", Of("/reject"));
        await Call("post", "/v1/counts/C/approve", """{"id":"a","by":"bert"}""", Of("/approve"));
        await Call("post", "/v1/counts/P/cancel", """{"id":"c","by":"bert","reason":"x"}""", Of("/cancel"));
        const string sensor = "/v1/sensors/{id}";
        await Call("put", "/v1/sensors/G", """
            {"node":"LEJ1","type":"weight-shelf","tolerance":1,"key":1,
             "places":[{"bin":"B","sku":"A","gramsPerUnit":5}]}
            """, sensor);
        await Call("get", "/v1/sensors/G", null, sensor);
        await api.Embedded.ViewsReached();
        await Call("get", "/v1/counts?node=LEJ1&status=closed", null, "/v1/counts");
        await Call("get", "/v1/nodes/LEJ1/count-accuracy", null, "/v1/nodes/{node}/count-accuracy");

        Task Call(string method, string path, string? body, string? template = null) =>
            check.Answered(api, method, path, template ?? path, body);

        static string Of(string end) => "/v1/counts/{id}" + end;
    }
}
