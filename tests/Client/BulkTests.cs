using System.Text;
using System.Text.Json;

namespace Fulfillment.Tests.Client;

/// <summary>Bulk intake: one order per line in, one result per line out.</summary>
public sealed class BulkTests(ApiServer api) : IClassFixture<ApiServer>
{
    const string Path = "/v1/orders/bulk";

    [Fact]
    public async Task Every_line_gets_its_result_in_order()
    {
        await api.Stock("B-1", 2);
        var results = await Bulk(
            """
            {"id":"B-1-a","lines":[{"sku":"B-1","quantity":1}]}
            {"id":"B-1-b","lines":[{"sku":"B-1","quantity":0}]}
            not json
            {"id":"B-1-c","lines":[{"sku":"B-1","quantity":5}]}

            {"lines":[{"sku":"B-1","quantity":1}]}
            {"id":"B-1-a","lines":[{"sku":"B-1","quantity":1}]}
            {"id":"B-1-a","lines":[{"sku":"B-1","quantity":2}]}
            {"id":"B-1-d","lines":[{"sku":"NO-SUCH","quantity":1}]}
            null
            {"id":"B-1-e","lines":[{"sku":"B-1","quantity":1}],"note":"kept"}
            """);

        (int Line, int Status, string? Code, string? Id)[] expected =
        [
            (1, 201, null, "B-1-a"), (2, 400, "out-of-range", "B-1-b"), (3, 400, "malformed-json", null),
            (4, 409, "sold-out", "B-1-c"),
            (6, 400, "required", null), (7, 200, null, "B-1-a"), (8, 422, "idempotency-conflict", "B-1-a"),
            (9, 409, "unknown-sku", "B-1-d"), (10, 400, "wrong-type", null), (11, 201, null, "B-1-e"),
        ];
        Assert.Equal(expected,
            results.Select(r => (Number(r, "line"), Number(r, "status"), Text(r, "code"), Text(r, "id"))));
        Assert.Contains(Text(results[0], "orderStatus"), (string[])["accepted", "allocated"]);
        Assert.Equal("/lines/0/quantity", results[1].GetProperty("errors")[0].GetProperty("field").GetString());
        Assert.Equal(0, (await api.Get("/v1/skus/B-1")).Number("available"));
    }

    [Fact]
    public async Task What_cannot_be_taken_in_is_kept_with_the_reasons_until_it_is_mended()
    {
        var seller = ("Seller", "mender");
        await api.Stock("B-2", 5, headers: seller);
        var bad = """{"id":"B-2-a","lines":[{"sku":"B-2","quantity":-1}],"customer":{"name":"Ada"}}""";
        var id = Text((await Bulk(bad, seller))[0], "quarantine")!;
        // Newest first, by the millisecond: lines of one upload are worked on at once.
        await Task.Delay(2);
        var later = Text((await Bulk("{oops", seller))[0], "quarantine");
        Assert.NotNull(later);

        var list = (await api.List("/v1/quarantine?status=open", seller)).Is(200);
        Assert.Equal([later, id], list.Each("id"));
        Assert.Equal("out-of-range", list.Text("items/1/errors/0/code"));
        Assert.Equal("/lines/0/quantity", list.Text("items/1/errors/0/field"));
        Assert.Null(list.At("items/1/text"));
        var kept = (await api.Get($"/v1/quarantine/{id}", seller)).Is(200);
        Assert.Equal(bad, kept.Text("text"));
        (await api.Get($"/v1/quarantine/{id}")).IsProblem(404, "unknown-quarantine");

        var mended = """{"id":"B-2-a","lines":[{"sku":"B-2","quantity":1}]}""";
        var replayed = (await api.Post($"/v1/quarantine/{id}/replay", mended, seller)).Is(200);
        Assert.Contains(replayed.Text("order/status"), (string[])["accepted", "allocated"]);
        Assert.Equal("B-2-a", (await api.Post($"/v1/quarantine/{id}/replay", mended, seller)).Is(200).Text("order/id"));
        (await api.Post($"/v1/quarantine/{id}/replay", mended.Replace("B-2-a", "B-2-b", StringComparison.Ordinal),
            seller))
            .IsProblem(409, "already-replayed");
        (await api.Get("/v1/orders/B-2-b", seller)).Is(404);

        var other = $"/v1/quarantine/{later}/discard";
        (await api.Post(other, """{"reason":""}""", seller)).IsProblem(400, "required", "/reason");
        Assert.Equal("discarded", (await api.Post(other, """{"reason":"noise"}""", seller)).Is(200).Text("status"));
        Assert.Equal("noise", (await api.Post(other, """{"reason":"noise"}""", seller)).Is(200).Text("result"));
        (await api.Post(other, """{"reason":"else"}""", seller)).IsProblem(409, "already-discarded");
        Assert.Empty((await api.List("/v1/quarantine?status=open", seller)).Items());
        Assert.Equal(2, (await api.Get("/v1/quarantine", seller)).Items().Count);
    }

    [Fact]
    public async Task The_same_upload_under_the_same_key_is_kept_once()
    {
        var seller = ("Seller", "twice");
        foreach (var _ in (int[])[1, 2]) await Bulk("oops\noops", seller, ("Idempotency-Key", "file-1"));
        Assert.Equal(2, (await api.List("/v1/quarantine", seller)).Items().Count);
    }

    [Fact]
    public async Task Whitespace_and_Windows_line_ends_do_no_harm()
    {
        await api.Stock("B-3", 5);
        var results =
            await Bulk(
            "\r\n  {\"id\":\"B-3-a\",\"lines\":[{\"sku\":\"B-3\",\"quantity\":1}]}\r\n \t\r\n"
            + "{\"id\":\"B-3-b\",\"lines\":[{\"sku\":\"B-3\",\"quantity\":1}]}\r\n");
        Assert.Equal([(2, 201), (4, 201)], results.Select(r => (Number(r, "line"), Number(r, "status"))));
    }

    [Fact]
    public async Task An_empty_upload_has_no_results() => Assert.Empty(await Bulk(""));

    [Fact]
    public async Task A_line_beyond_the_limit_is_refused_alone()
    {
        await api.Stock("B-4", 5);
        var good = """{"id":"B-4-a","lines":[{"sku":"B-4","quantity":1}]}""";
        var results = await Bulk(new string('x', (4 << 20) + 1) + "\n" + good);
        Assert.Equal([(1, 413), (2, 201)], results.Select(r => (Number(r, "line"), Number(r, "status"))));
        Assert.Equal("too-large", Text(results[0], "code"));
    }

    [Fact]
    public async Task Thousands_of_lines_go_through()
    {
        await api.Stock("B-5", 3_000);
        var lines = string.Join('\n', Enumerable.Range(1, 4_000).Select(i =>
            $$"""{"id":"B-5-{{i}}","lines":[{"sku":"B-5","quantity":1}]}"""));
        var results = await Bulk(lines);
        Assert.Equal(Enumerable.Range(1, 4_000), results.Select(r => Number(r, "line")));
        Assert.Equal(3_000, results.Count(r => Number(r, "status") == 201));
        Assert.Equal(1_000, results.Count(r => Text(r, "code") == "sold-out"));
        Assert.Equal(0, (await api.Get("/v1/skus/B-5")).Number("available"));
    }

    [Fact]
    public async Task A_result_comes_as_soon_as_its_line_is_decided_though_the_upload_goes_on()
    {
        await api.Stock("B-6", 5);
        using var connection = await RawConnection.Open(api);
        await connection.Send(
            $"POST {Path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n");
        foreach (var id in (string[])["B-6-a", "B-6-b"])
        {
            var line = $$"""{"id":"{{id}}","lines":[{"sku":"B-6","quantity":1}]}""" + "\n";
            await connection.Send($"{line.Length:x}\r\n{line}\r\n");
            await connection.ReadUntil($"\"id\":\"{id}\",\"status\":201");
        }

        await connection.Send("0\r\n\r\n");
        await connection.ReadUntil("\r\n0\r\n\r\n");
    }

    [Fact]
    public async Task A_truncated_upload_takes_in_the_whole_lines_and_not_the_broken_one()
    {
        await api.Stock("B-7", 5);
        var whole = """{"id":"B-7-a","lines":[{"sku":"B-7","quantity":1}]}""" + "\n";
        // Were the rest of it missing, this line would be an order all the same.
        var broken = """{"id":"B-7-b","lines":[{"sku":"B-7","quantity":1}]}""";
        using (var connection = await RawConnection.Open(api))
        {
            await connection.Send(
                $"POST {Path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\n"
                + $"Content-Length: 9000\r\n\r\n{whole}{broken}");
            await connection.ReadUntil("\"id\":\"B-7-a\",\"status\":201");
            connection.Finish();
            // The answer breaks off too, so that nobody takes it for whole.
            Assert.DoesNotContain("\r\n0\r\n", await connection.ReadToEnd(), StringComparison.Ordinal);
        }

        (await api.Get("/v1/orders/B-7-b")).IsProblem(404, "unknown-order");
        Assert.Equal(4, (await api.Get("/v1/skus/B-7")).Number("available"));
    }

    [Fact]
    public async Task An_upload_that_is_not_lines_of_JSON_is_refused() =>
        (await api.Post(Path, "{}")).IsProblem(415, "unsupported-media-type", "Content-Type");

    async Task<IReadOnlyList<JsonElement>> Bulk(string lines, params (string, string)[] headers)
    {
        var answer = (await api.Send("POST", Path, Encoding.UTF8.GetBytes(lines), "application/x-ndjson", headers))
            .Is(200);
        Assert.Equal("application/x-ndjson", answer.ContentType);
        List<JsonElement> results = [];
        foreach (var line in answer.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var document = JsonDocument.Parse(line);
            results.Add(document.RootElement.Clone());
        }

        return results;
    }

    static int Number(JsonElement result, string field) => result.GetProperty(field).GetInt32();

    static string? Text(JsonElement result, string field) =>
        result.TryGetProperty(field, out var value) ? value.GetString() : null;
}
