using System.Text;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Client;

/// <summary>What depends on the database behind the lists, once more on PostgreSQL.</summary>
public sealed class PostgresApiTests : IAsyncLifetime
{
    ApiServer? _server;

    ApiServer Api => _server!;

    public async Task InitializeAsync()
    {
        if (PostgresServer.Instance.Missing is null)
            _server = await ApiServer.Start(postgres: PostgresServer.Instance.NewDatabase());
    }

    public async Task DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }

    [SkippableFact]
    public async Task Files_are_in_the_database()
    {
        SkipWithoutPostgres();
        var (files, hash) = (Api.Embedded.Files, new string('a', 64));
        Assert.Null(await files.Open("s", hash));
        Assert.True(await files.Keep("s", hash, "x"u8.ToArray()));
        Assert.False(await files.Keep("s", hash, "x"u8.ToArray()));
        Assert.True(await files.Has("s", hash));
        Assert.False(await files.Has("t", hash));
        Assert.Equal("x"u8.ToArray(), await FileApiTests.Whole(await files.Open("s", hash)));
        var large = new byte[300_000];
        new Random(1).NextBytes(large);
        Assert.True(await files.Keep("s", new('b', 64), large));
        Assert.Equal(large, await FileApiTests.Whole(await files.Open("s", new('b', 64))));
        Assert.False(Directory.Exists(Path.Combine(Api.Folder, "files")));
        await FileApiTests.Notes(files);
    }

    [SkippableFact]
    public async Task A_bin_that_is_full_takes_no_more()
    {
        SkipWithoutPostgres();
        (await Api.Put("/v1/nodes/FULL", """{"name":"x"}""")).Succeeded();
        (await Api.Put("/v1/nodes/FULL/layout/zones/R", """{"kind":"reserve"}""")).Is(201);
        (await Api.Post(
            "/v1/nodes/FULL/bins", """{"bins":[{"id":"TEN","zone":"R","room":{"maxUnits":10,"maxGrams":9000}}]}"""))
            .Is(201);
        await Api.Stock(
            "FULL-1", 0, ""","product":{"lengthMm":100,"widthMm":100,"heightMm":100,"grams":500} """);
        (await Api.Post("/v1/skus/FULL-1/receipts", """{"id":"r-1","node":"FULL","quantity":4,"bin":"TEN"}""")).Is(201);
        await Api.Embedded.ViewsReached();
        (await Api.Post("/v1/skus/FULL-1/receipts", """{"id":"r-2","node":"FULL","quantity":7,"bin":"TEN"}"""))
            .IsProblem(409, "over-capacity");
        Assert.Contains("TEN", (await Api.List("/v1/nodes/FULL/putaway?sku=FULL-1&quantity=5")).Each("bin", "bins"));
    }

    [SkippableFact]
    public async Task Every_bad_request_is_refused_as_on_SQLite()
    {
        SkipWithoutPostgres();
        await BadRequests.Prepare(Api);
        var head = Api.Head;
        foreach (var row in BadRequests.All.Where(r => r.Body is not { Length: > 1_000_000 }))
        {
            (string, string)[] headers = row.Header is null ? [] : [(row.Header, row.Value)];
            var answer = await Api.Send(row.Method, row.Path, row.Body, row.ContentType, headers);
            Assert.True(answer.Status == row.Status,
                $"{row.Name}: {answer.Status} and not {row.Status}: {answer.Body}");
            answer.IsProblem(row.Status, row.Code, row.Field);
        }

        Assert.Equal(head, Api.Head);
    }

    [SkippableFact]
    public async Task Pick_lists_waves_accuracy_and_velocity_are_as_on_SQLite()
    {
        SkipWithoutPostgres();
        await Api.Stock("PICK", 0);
        (await Api.Post(
            "/v1/skus/PICK/receipts", """{"id":"r","node":"LEJ1","quantity":9,"bin":"A-1"}""")).Is(201);
        Assert.Empty((await Api.List("/v1/nodes/LEJ1/pick-accuracy")).Items("pickers"));
        for (var i = 0; i < 2; i++)
        {
            (await Api.Order($"P-{i}", "PICK", 2)).Is(201);
            await Api.Until($"P-{i}", "allocated");
        }

        (await Api.Post("/v1/nodes/LEJ1/pick-waves", """{"id":"pw","method":"single"}""")).Is(201);
        Assert.Equal(["pw-1", "pw-2"], (await Api.List("/v1/pick-lists?wave=pw&status=released")).Each("id").Order());
        (await Api.Post("/v1/pick-lists/pw-1/claim", """{"id":"c","by":"anna"}""")).Is(200);
        Task<Answer> Scan(string id, string bin, int units) => Api.Post(
            "/v1/pick-lists/pw-1/scans",
            $$"""{"id":"{{id}}","by":"anna","bin":"{{bin}}","sku":"PICK","quantity":{{units}},"tote":"T1"}""");
        (await Scan("1", "A-9", 1)).IsProblem(409, "wrong-bin");
        (await Scan("2", "A-1", 2)).Is(201);
        var order = (await Api.Get("/v1/pick-lists/pw-1")).Is(200).Text("fulfilmentOrders/0/fulfilmentOrder");
        (await Api.Post($"/v1/fulfilment-orders/{order}/ship", """{"id":"s"}""")).Is(200);

        Assert.Equal(["pw-1"], (await Api.List("/v1/pick-lists?status=picked")).Each("id"));
        Assert.Equal(["pw-2"], (await Api.List("/v1/pick-lists?status=released")).Each("id"));
        var accuracy = await Api.List("/v1/nodes/LEJ1/pick-accuracy");
        Assert.Equal((2, 1), (accuracy.Number("pickers/0/scans"), accuracy.Number("pickers/0/right")));
        Assert.Equal(1, accuracy.Number("pickers/0/errors/wrong-bin"));

        (await Api.Post("/v1/pick-lists/pw-2/cancel", """{"id":"x","by":"anna","reason":"no"}""")).Is(200);
        await Api.Until("/v1/skus/PICK/movements", m => m.Body.Contains("shipment", StringComparison.Ordinal));
        Assert.Equal(2, (await Api.Post("/v1/nodes/LEJ1/pick-lists", """{"id":"again"}""")).Is(201)
            .Number("next/velocity"));
    }

    [SkippableFact]
    public async Task Lists_have_the_same_order_filters_and_pages_as_on_SQLite()
    {
        SkipWithoutPostgres();
        foreach (var sku in (string[])["b", "B", "a-1", "a.1", "A"]) await Api.Stock(sku, 9);
        string[] ids = ["z", "y", "Y", "x-1", "x.1"];
        foreach (var id in ids)
        {
            (await Api.Order(id, "a-1")).Is(201);
            // Its work is given out before that of the next one is.
            await Api.Until(id, "allocated");
        }

        (await Api.Order("none", "A", 99)).Is(409);
        (await Api.Post("/v1/fulfilment-orders/y-F1/ship", """{"id":"s"}""")).Is(200);

        Assert.Equal(["none", .. ids.Reverse()], await Pages("/v1/orders?limit=2", "id"));
        Assert.Equal(["none"], await Pages("/v1/orders?status=rejected", "id"));
        Assert.Equal(ids.Reverse(), await Pages("/v1/orders?sku=a-1&limit=2", "id"));
        Assert.Equal(ids.Select(id => $"{id}-F1"), await Pages("/v1/fulfilment-orders?node=LEJ1&limit=2", "id"));
        Assert.Equal(["y-F1"], await Pages("/v1/fulfilment-orders?status=closed", "id"));
        Assert.Equal(["A", "B", "a-1", "a.1", "b"], (await Pages("/v1/skus?limit=2", "sku"))
            .Order(StringComparer.Ordinal));
        Assert.Equal(["LEJ1"], await Pages("/v1/nodes?limit=1", "node"));
        Assert.Contains("r-LEJ1", await Pages("/v1/skus/a-1/movements?limit=1", "id"));
    }

    [SkippableFact]
    public async Task Quarantine_is_kept_mended_and_thrown_away_as_on_SQLite()
    {
        SkipWithoutPostgres();
        await Api.Stock("S", 9);
        var upload = Encoding.UTF8.GetBytes("oops\n{\"id\":\"o\",\"lines\":[{\"sku\":\"S\",\"quantity\":0}]}\n");
        (await Api.Send("POST", "/v1/orders/bulk", upload, "application/x-ndjson")).Is(200);
        var kept = await Pages("/v1/quarantine?status=open&limit=1", "id");
        Assert.Equal(2, kept.Count);
        (await Api.Post($"/v1/quarantine/{kept[0]}/replay", """{"id":"o","lines":[{"sku":"S","quantity":1}]}"""))
            .Is(200);
        (await Api.Post($"/v1/quarantine/{kept[1]}/discard", """{"reason":"noise"}""")).Is(200);
        Assert.Empty(await Pages("/v1/quarantine?status=open", "id"));
        Assert.Equal([kept[0]], await Pages("/v1/quarantine?status=replayed", "id"));
        Assert.Equal([kept[1]], await Pages("/v1/quarantine?status=discarded", "id"));
    }

    /// <summary>One field of all items of a list, page by page.</summary>
    async Task<IReadOnlyList<string?>> Pages(string path, string field)
    {
        await Api.Embedded.ViewsReached();
        List<string?> seen = [];
        for (var cursor = ""; cursor is not null;)
        {
            var page = (await Api.Get(path + cursor)).Is(200);
            seen.AddRange(page.Each(field));
            cursor = page.Text("next") is { } next ? $"{(path.Contains('?') ? '&' : '?')}cursor={next}" : null;
        }

        return seen;
    }

    static void SkipWithoutPostgres() =>
        Skip.If(PostgresServer.Instance.Missing is not null, PostgresServer.Instance.Missing);
}
