namespace Fulfillment.Tests.Client;

/// <summary>Whatever comes in, the answer says what is wrong with it and where, and nothing is written.</summary>
public sealed class BadInputTests(BadInputTests.Shop shop) : IClassFixture<BadInputTests.Shop>
{
    static readonly Dictionary<string, BadRequest> Table = BadRequests.All.Select((r, i) =>
        r with { Name = $"{i + 1}: {r.Name}" }).ToDictionary(r => r.Name);

    public static TheoryData<string> Names => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_bad_request_is_refused_with_the_field_and_the_rule_and_writes_nothing(string name)
    {
        var row = Table[name];
        var head = shop.Api.Head;
        (string, string)[] headers = row.Header is null ? [] : [(row.Header, row.Value)];
        var answer = await shop.Api.Send(row.Method, row.Path, row.Body, row.ContentType, headers);
        answer.IsProblem(row.Status, row.Code, row.Field);
        if (row.Status == 405) Assert.False(string.IsNullOrEmpty(answer.Header("Allow")));
        Assert.True(answer.Body.Length < 20_000, $"{answer.Body.Length} characters");
        Assert.Equal(head, shop.Api.Head);
    }

    [Fact]
    public async Task A_body_that_does_not_tell_its_length_has_the_same_limit()
    {
        var head = shop.Api.Head;
        for (var i = 0; i < 5; i++)
        {
            using HttpRequestMessage request = new(HttpMethod.Post, "/v1/orders");
            request.Headers.TransferEncodingChunked = true;
            request.Content = new StreamContent(new MemoryStream(new byte[8 << 20]));
            request.Content.Headers.ContentType = new("application/json");
            using var response = await shop.Api.Http.SendAsync(request);
            (await Answer.Of(response)).IsProblem(413, "too-large");
        }

        Assert.Equal(head, shop.Api.Head);
    }

    [Fact]
    public async Task Every_wrong_field_is_named_at_once()
    {
        var head = shop.Api.Head;
        var answer = await shop.Api.Post(
            "/v1/orders",
            """
            {"id":"x","channel":"","lines":[{"sku":"a b","quantity":0},
             {"quantity":1,"unitPrice":{"amount":-1,"currency":"e"}}],"payment":"cash"}
            """);
        answer.IsProblem(400, "invalid-request");
        Assert.Equal(
            ["/channel", "/lines/0/sku", "/lines/0/quantity", "/lines/1/sku", "/lines/1/unitPrice/amount",
                "/lines/1/unitPrice/currency", "/payment"],
            answer.Each("field", "errors"));
        Assert.Equal(head, shop.Api.Head);
    }

    [Fact]
    public async Task Thousands_of_wrong_fields_do_not_make_an_endless_answer()
    {
        var lines = string.Join(',', Enumerable.Repeat("""{"sku":"","quantity":0}""", 5_000));
        var answer = (await shop.Api.Post("/v1/orders", $$"""{"id":"x","lines":[{{lines}}]}"""))
            .IsProblem(400, "invalid-request");
        Assert.Equal(100, answer.Items("errors").Count);
    }

    [Theory]
    [InlineData("Content-Length: 500", """{"id":"cut","lines":[{"sku":"S","quantity":1}]}""")]
    [InlineData("Content-Length: 500", "")]
    [InlineData("Transfer-Encoding: chunked", "30\r\n{\"id\":\"cut\",\"lines\":[{\"sku\":\"S\",\"quantity\":1}]}\r\n")]
    [InlineData("Transfer-Encoding: chunked", "ff\r\n{\"id\":\"cut\",\"lines\":[{\"sku\":\"S\",\"quantity\":1}]}")]
    public async Task A_truncated_upload_writes_nothing(string length, string sent)
    {
        var head = shop.Api.Head;
        foreach (var path in (string[])["/v1/orders", "/v1/skus/S/receipts"])
        {
            using var connection = await RawConnection.Open(shop.Api);
            await connection.Send(
                $"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{length}\r\n\r\n{sent}");
            connection.Finish();
            // Who cannot be answered any more gets no answer; nobody gets a good one.
            var answer = await connection.ReadToEnd();
            Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 400", StringComparison.Ordinal), answer);
        }

        (await shop.Api.Get("/v1/orders/cut")).IsProblem(404, "unknown-order");
        Assert.Equal(head, shop.Api.Head);
    }

    [Fact]
    public async Task A_caller_who_breaks_off_in_the_middle_does_no_harm()
    {
        var head = shop.Api.Head;
        for (var i = 0; i < 20; i++)
        {
            using var connection = await RawConnection.Open(shop.Api);
            await connection.Send(
                "POST /v1/orders HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Content-Length: 900\r\n\r\n{\"id\":\"cut\"");
            connection.Reset();
        }

        (await shop.Api.Get("/v1/orders/cut")).IsProblem(404, "unknown-order");
        Assert.Equal(head, shop.Api.Head);
    }

    /// <summary>A server with what the table speaks of.</summary>
    public sealed class Shop : IAsyncLifetime
    {
        public ApiServer Api { get; } = new();

        public async Task InitializeAsync()
        {
            await Api.InitializeAsync();
            await BadRequests.Prepare(Api);
            // A quarantined message, so that its route has something to refuse.
            await Api.Send("POST", "/v1/orders/bulk", "oops"u8.ToArray(), "application/x-ndjson");
        }

        public async Task DisposeAsync() => await Api.DisposeAsync();
    }
}
