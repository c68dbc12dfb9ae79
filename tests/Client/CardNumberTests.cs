using System.Text;
using Fulfillment.Client.Api;

namespace Fulfillment.Tests.Client;

/// <summary>Whatever is sent, no card number and no security code is kept, listed, logged or told.</summary>
public sealed class CardNumberTests
{
    const string Card = "4111111111111111", Spaced = "5555 5555 5555 4444", Amex = "3782-822463-10005", Code = "9731";

    static readonly string[] Traces =
    [
        Card, Spaced, Amex, "5555555555554444", "378282246310005", Code, "4111-1111-1111-1111",
    ];

    static readonly string[] Lists =
    [
        "/v1/orders/kept", "/v1/orders/kept/timeline", "/v1/orders", "/v1/quarantine", "/v1/skus/CARD", "/v1/skus",
        "/v1/nodes", "/v1/skus/S/movements",
    ];

    [Fact]
    public async Task No_card_number_is_kept_or_told()
    {
        var output = Console.Out;
        using StringWriter log = new();
        var told = new StringBuilder();
        string folder;
        Dictionary<string, byte[]> files;
        Console.SetOut(log);
        try
        {
            await using var api = await ApiServer.Start();
            folder = api.Folder;
            await api.Stock("S", 100);
            foreach (var answer in await SendEverything(api)) told.Append(answer.Body);
            await api.Embedded.ViewsReached();
            foreach (var path in Lists) told.Append((await api.Get(path)).Succeeded().Body);
            foreach (var id in (await api.Get("/v1/quarantine")).Each("id"))
                told.Append((await api.Get($"/v1/quarantine/{id}")).Succeeded().Body);
            await api.Embedded.Cluster.DisposeAsync();
            files = Directory.GetFiles(folder, "*.db*").ToDictionary(f => Path.GetFileName(f), Shared);
        }
        finally
        {
            Console.SetOut(output);
        }

        Assert.Contains("journal.db", files.Keys);
        Assert.Contains("views.db", files.Keys);
        foreach (var trace in Traces)
        {
            Assert.DoesNotContain(trace, told.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(trace, log.ToString(), StringComparison.Ordinal);
            foreach (var (name, bytes) in files)
                Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(trace)) < 0, $"{trace} is in {name}");
        }

        // What was sent did arrive: it is the numbers that are missing.
        Assert.Contains("411111******1111", told.ToString(), StringComparison.Ordinal);
        Assert.Contains("5555 55** **** 4444", told.ToString(), StringComparison.Ordinal);
        Assert.True(files["journal.db"].AsSpan().IndexOf("411111******1111"u8) >= 0, "no masked number in the journal");
    }

    [Theory]
    [InlineData("POST", "/v1/orders", """{"id":"4111111111111111","lines":[{"sku":"S","quantity":1}]}""", "/id")]
    [InlineData("POST", "/v1/orders", """{"id":"x","lines":[{"sku":"S-4111111111111111","quantity":1}]}""",
        "/lines/0/sku")]
    [InlineData("POST", "/v1/orders", """{"id":"x","lines":[{"id":"4111-1111-1111-1111","sku":"S","quantity":1}]}""",
        "/lines/0/id")]
    [InlineData("POST", "/v1/orders", """{"id":"\u0034111111111111111","lines":[{"sku":"S","quantity":1}]}""", "/id")]
    [InlineData("POST", "/v1/orders", """{"id":4111111111111111,"lines":[{"sku":"S","quantity":1}]}""", "/id")]
    [InlineData("POST", "/v1/skus/S/receipts", """{"id":"r","node":"4111111111111111","quantity":1}""", "/node")]
    [InlineData("GET", "/v1/orders/4111111111111111", null, "id")]
    [InlineData("GET", "/v1/skus/4111-1111-1111-1111", null, "sku")]
    [InlineData("PUT", "/v1/nodes/4111111111111111", """{"name":"x"}""", "node")]
    [InlineData("GET", "/v1/4111111111111111", null, "path")]
    [InlineData("GET", "/v1/orders?status=4111111111111111", null, "status")]
    [InlineData("GET", "/v1/orders?4111111111111111=1", null, "query")]
    public async Task An_id_a_path_or_a_query_with_one_is_refused_and_not_told(
        string method, string path, string? body, string field)
    {
        await using var api = await ApiServer.Start();
        var head = api.Head;
        var answer = (await api.Send(method, path, body)).IsProblem(400, "card-number", field);
        Assert.DoesNotContain(Card, answer.Body, StringComparison.Ordinal);
        Assert.Equal(head, api.Head);
    }

    [Theory]
    [InlineData("Idempotency-Key")]
    [InlineData("Seller")]
    [InlineData("X-Request-Id")]
    public async Task A_header_with_one_is_refused_and_not_told(string header)
    {
        await using var api = await ApiServer.Start();
        var answer = (await api.Post("/v1/orders", """{"id":"x","lines":[{"sku":"S","quantity":1}]}""", (header, Card)))
            .IsProblem(400, "card-number", header);
        Assert.DoesNotContain(Card, answer.Body + answer.Header("X-Request-Id"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_only_looks_like_one_is_kept_as_it_was_sent()
    {
        await using var api = await ApiServer.Start();
        await api.Stock("4006381333931", 5);
        const string Sent =
            """
            {"id":"112-4111111-1111111","customer":{"id":"0190a3c0-4111-7111-9111-111111111111"},
             "shipTo":{"country":"HK","phone":"4917012300001","line1":"Servicestr. 12"},"vv":"1234","cid":"7788",
             "sum":4111111111111112,"ratio":0.4111111111111111,"lines":[{"sku":"4006381333931","quantity":1}]}
            """;
        (await api.Post("/v1/orders", Sent)).Is(201);
        var order = await api.Get("/v1/orders/112-4111111-1111111");
        Assert.Equal("4917012300001", order.Text("shipTo/phone"));
        Assert.Equal("0190a3c0-4111-7111-9111-111111111111", order.Text("customer/id"));
        Assert.Equal(4_111_111_111_111_112, order.Number("sum"));
        Assert.Equal("0.4111111111111111", order.At("ratio")!.Value.GetRawText());
        Assert.Equal(("1234", "7788"), (order.Text("vv"), order.Text("cid")));
    }

    /// <summary>Card numbers in every text of every body.</summary>
    static async Task<List<Answer>> SendEverything(ApiServer api)
    {
        const string Order =
            """
            {"id":"#","channel":"shop 4111111111111111","customer":{"name":"4111111111111111","email":"a@b.c",
             "card":{"number":4111111111111111,"cvv":"9731","security_code":9731}},
             "shipTo":{"name":"5555 5555 5555 4444","line1":"3782-822463-10005","line2":"\u00344111111111111111",
              "city":"4111111111111111","region":"x4111111111111111","postcode":"4111111111111111",
              "phone":"4111111111111111","email":"4111111111111111@x.y","country":"HK"},
             "gift note":"my card is 4111-1111-1111-1111!","4111111111111111":"key","nested":[["5555 5555 5555 4444"]],
             "lines":[{"sku":"S","quantity":1}]}
            """;
        var kept = Order.Replace("\"#\"", "\"kept\"", StringComparison.Ordinal)
            .Replace("\\u00344111111111111111", "\\u0034111111111111111", StringComparison.Ordinal);
        var line = kept.ReplaceLineEndings(" ");
        var bulk = string.Join('\n',
            line.Replace("\"kept\"", "\"bulk-1\"", StringComparison.Ordinal),
            line.Replace("\"kept\"", $"\"{Card}\"", StringComparison.Ordinal),
            line.Replace("\"quantity\":1", $"\"quantity\":\"{Spaced}\"", StringComparison.Ordinal),
            $$"""{"not an order": "{{Card}}" """, $"{Card} is no JSON", $$"""{"id":"b","cvc":9731}""");
        return
        [
            (await api.Post("/v1/orders", kept)).Is(201), (await api.Post("/v1/orders", kept)).Is(200),
            await api.Send("POST", "/v1/orders/bulk", Encoding.UTF8.GetBytes(bulk), "application/x-ndjson"),
            (await api.Post("/v1/orders", kept.Replace("\"kept\"", "\"a b\"", StringComparison.Ordinal))).Is(400),
            (await api.Post("/v1/orders", $$"""{"id":"t","{{Card}}":1,"lines":"{{Card}}"}""")).Is(400),
            (await api.Put("/v1/skus/CARD", $$"""
                {"title":"{{Card}}","description":"{{Spaced}}","attributes":{"{{Card}}":"{{Amex}}"} }
                """)).Succeeded(),
            (await api.Put("/v1/nodes/CARD", $$"""{"name":"{{Card}}","postcode":"{{Card}}"}""")).Succeeded(),
            (await api.Post("/v1/skus/S/adjustments",
                $$"""{"id":"a","node":"LEJ1","delta":-1,"reason":"{{Card}}"}""")).Succeeded(),
            (await api.Post("/v1/orders/kept/cancel", $$"""{"id":"c","reason":"{{Spaced}}"}""")).Succeeded(),
            (await api.Put("/v1/skus/X", $$"""{"title":"x","{{Card}}":1}""")).Is(400),
            (await api.Get("/v1/orders/" + Card)).Is(400),
            (await api.Get("/v1/orders?cursor=" + Card)).Is(400),
        ];
    }

    static byte[] Shared(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using MemoryStream bytes = new();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }
}
