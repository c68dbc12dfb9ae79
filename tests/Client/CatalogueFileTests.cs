using System.Text;

namespace Fulfillment.Tests.Client;

/// <summary>The catalogue as a file: rows in, results out, and back.</summary>
public sealed class CatalogueFileTests(ApiServer api) : IClassFixture<ApiServer>
{
    const string Path = "/v1/catalogue/import", Csv = "text/csv", Json = "application/x-ndjson";

    [Fact]
    public async Task A_file_creates_what_is_new_and_again_changes_nothing()
    {
        var seller = ("Seller", "files");
        const string file =
            """
            sku,title,price.amount,price.currency,attributes.a,pack.each.gtin,pack.each.eaches,pack.case.eaches,images
            F-1,Mug,1299,EUR,blue,4012345123456,1,12,https://a.example/1.png|https://a.example/2.png
            F-2,"A ""big"" mug,
            on two lines",1599,EUR,,,,,
            """;
        Assert.Equal(["created", "created"], (await Send(file, Csv, seller)).Each("result"));

        var mug = (await api.Get("/v1/skus/F-1", seller)).Is(200);
        Assert.Equal(("Mug", 1299, "blue"), (mug.Text("title"), mug.Number("price/amount"),
            mug.Text("attributes/a")));
        Assert.Equal(["each", "case"], mug.Each("unit", "packs"));
        Assert.Equal(2, mug.Items("images").Count);
        Assert.Equal("A \"big\" mug,\non two lines", (await api.Get("/v1/skus/F-2", seller)).Text("title"));

        var again = await Send(file, Csv, seller);
        Assert.Equal(["unchanged", "unchanged"], again.Each("result"));
        Assert.Equal((2L, 0L, 2L), (again.Number("summary/rows"), again.Number("summary/changed"),
            again.Number("summary/unchanged")));
        Assert.Equal(1, (await api.Get("/v1/skus/F-1", seller)).Number("revision"));
    }

    [Fact]
    public async Task Columns_that_are_not_in_the_file_stay_and_empty_cells_take_away()
    {
        var seller = ("Seller", "patches");
        await Send("sku,title,description,price.amount,price.currency\nP-1,Cup,Of tin,100,EUR\n", Csv, seller);

        Assert.Equal(["changed"], (await Send("sku,price.amount,price.currency\nP-1,200,EUR\n", Csv, seller))
            .Each("result"));
        var cup = await api.Get("/v1/skus/P-1", seller);
        Assert.Equal(("Cup", "Of tin", 200), (cup.Text("title"), cup.Text("description"), cup.Number("price/amount")));

        await Send("""{"sku":"P-1","description":null,"attributes":{"a":"1"}}""", Json, seller);
        await Send("sku,price.amount,price.currency,pack.case.eaches\nP-1,,,12\n", Csv, seller);
        await Send("sku,pack.box.eaches,pack.case.gtin\nP-1,6,14006381333938\n", Csv, seller);
        cup = await api.Get("/v1/skus/P-1", seller);
        Assert.Equal(("Cup", null, null, "1"), (cup.Text("title"), cup.Text("description"), cup.At("price"),
            cup.Text("attributes/a")));
        Assert.Equal(["case", "box"], cup.Each("unit", "packs"));
        Assert.Equal((12, "14006381333938"), (cup.Number("packs/0/eaches"), cup.Text("packs/0/gtin")));
    }

    [Fact]
    public async Task Each_bad_row_is_told_with_its_line_and_column_and_the_good_ones_are_taken()
    {
        var seller = ("Seller", "bad-rows");
        await Send("sku,title\nB-0,The owner of a GTIN\n", Csv, seller);
        await Send("""{"sku":"B-0","packs":[{"unit":"each","eaches":1,"gtin":"96385074"}]}""", Json, seller);
        var told = await Send(
            "sku,title,price.amount,price.currency,backorder,kit,pack.each.eaches,pack.each.gtin\n"
            + "B-1,\"Two\nlines\",100,EUR,false,,,\n"
            + "B-2,x,much,EUR,,,,\n"
            + ",no id,,,,,,\n"
            + "B-3,x,1,EUR,maybe,,,\n"
            + "B-4,x,1,XXX,,,,\n"
            + "B-5,x\n"
            + "B-6,x,,,,nothing*2,,\n"
            + "B-7,x,,,,,1,96385074\n"
            + "B-8,x,,,,,1,96385075\n"
            + "B-9,\"a\" stray,,,,,,\n"
            + "B-10,set,,,,B-1*2,,\n", Csv, seller);

        (string? Line, string? Code, string? Column)[] expected =
        [
            ("2", null, null), ("4", "wrong-type", "price.amount"), ("5", "required", "sku"),
            ("6", "wrong-type", "backorder"), ("7", "unknown-currency", "price.currency"), ("8", "field-count", ""),
            ("9", "unknown-sku", "kit"), ("10", "gtin-taken", "pack.each.gtin"), ("11", "bad-gtin", "pack.each.gtin"),
            ("12", "malformed-csv", ""), ("13", null, null),
        ];
        Assert.Equal(expected, told.Items().Select(i => (
            (string?)i.GetProperty("line").ToString(), i.TryGetProperty("code", out var c) ? c.GetString() : null,
            i.TryGetProperty("errors", out var e) ? e[0].GetProperty("field").GetString() : null)));
        Assert.Equal((11L, 2L, 9L), (told.Number("summary/rows"), told.Number("summary/created"),
            told.Number("summary/refused")));
        Assert.Equal(404, (await api.Get("/v1/skus/B-7", seller)).Status);
    }

    [Fact]
    public async Task A_dry_run_says_what_would_be_done_and_writes_nothing()
    {
        var seller = ("Seller", "dry");
        await Send("sku,title\nD-1,Old\nD-2,Same\n", Csv, seller);

        var told = await Send(
            "sku,title,kit\nD-1,New,\nD-2,Same,\nD-3,Third,\nD-4,,\nD-5,Set,D-3*2\nD-6,Set,D-7*2\n", Csv, seller,
            "?dryRun=true");

        Assert.Equal(
            ["changed", "unchanged", "created", "refused", "created", "refused"], told.Each("result"));
        Assert.True(told.At("summary/dryRun")!.Value.GetBoolean());
        Assert.Equal("Old", (await api.Get("/v1/skus/D-1", seller)).Text("title"));
        Assert.Equal(404, (await api.Get("/v1/skus/D-3", seller)).Status);
    }

    [Fact]
    public async Task What_broke_off_goes_on_after_a_line()
    {
        var seller = ("Seller", "resumed");
        var told = await Send("sku,title\nR-1,a\nR-2,b\nR-3,c\n", Csv, seller, "?after=3");

        Assert.Equal(["R-3"], told.Each("sku"));
        Assert.Equal(404, (await api.Get("/v1/skus/R-2", seller)).Status);
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_ends_the_file_at_its_line()
    {
        var told = await Send(
            $"sku,title\nQ-1,a\nQ-2,\"b\nQ-3,{new string('x', 3 << 20)}\n", Csv, ("Seller", "quotes"));

        Assert.Equal(["created", "refused"], told.Each("result"));
        Assert.Equal(["2", "3"], told.Each("line"));
        Assert.Equal("malformed-csv", told.Text("items/1/code"));
        Assert.False(told.At("summary/complete")!.Value.GetBoolean());
    }

    [Theory]
    [InlineData("title\nx\n", "required", "sku")]
    [InlineData("sku,titel\nx,y\n", "unknown-column", "titel")]
    [InlineData("sku,title,title\nx,y,z\n", "duplicate-column", "title")]
    [InlineData("sku;title\nx;y\n", "bad-separator", "header")]
    [InlineData("", "required", "header")]
    [InlineData("sku,pack.case.width\nx,y\n", "unknown-column", "pack.case.width")]
    public async Task A_header_that_is_none_is_refused(string file, string code, string field) =>
        (await Post(Encoding.UTF8.GetBytes(file), Csv, ("Seller", "headers"))).IsProblem(400, code, field);

    [Fact]
    public async Task Another_encoding_is_told_by_file_or_by_row()
    {
        var seller = ("Seller", "encodings");
        (await Post(Encoding.Unicode.GetBytes("sku,title\nU-1,x\n"), Csv, seller))
            .IsProblem(400, "bad-encoding", "header");
        var bom = Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes("sku,title\nU-2,Größe\n")).ToArray();
        Assert.Equal(["created"], Lines(await Post(bom, Csv, seller)).Each("result"));
        var latin = Lines(await Post(Encoding.Latin1.GetBytes("sku,title\nU-3,Größe\nU-4,fine\n"), Csv, seller));
        Assert.Equal(["refused", "created"], latin.Each("result"));
        Assert.Equal("bad-encoding", latin.Text("items/0/code"));
        (await Post([], "application/xml", seller)).IsProblem(415, "unsupported-media-type");
    }

    [Theory]
    [InlineData("csv", Csv)]
    [InlineData("ndjson", Json)]
    public async Task What_is_exported_and_imported_again_changes_nothing(string format, string type)
    {
        var seller = ("Seller", $"round-{format}");
        var full =
            """
            {"sku":"E-1","title":"Mug, \"blue\"\nnew","description":"=1+1","price":{"amount":100,"currency":"EUR"},
            "backorder":true,"backorderCap":5,"attributes":{"colour":"blue","size, mm":"3"},
            "images":["https://a.example/a%7Cb.png","https://a.example/c.png"],
            "product":{"grams":3,"handling":["fragile","cold-chain"],"value":{"amount":5,"currency":"EUR"}},
            "packs":[{"unit":"each","eaches":1,"gtin":"4012345123456"},{"unit":"case","of":"each","count":12}],
            "tracking":{"lots":true,"expiry":true,"daysLeft":3}}
            """;
        await Send(full.Replace("\n", "", StringComparison.Ordinal) + '\n' +
            """
            {"sku":"E-2","title":"Set","substitutes":["E-1","E-3"],"lifecycle":"draft"}
            {"sku":"E-3","title":"Spoon"}
            {"sku":"A-4","title":"Kit","kit":[{"sku":"E-3","units":2}]}
            """, Json, seller);
        await api.Until("/v1/skus?limit=10", a => a.Items().Count == 4, seller);

        var exported = (await api.Get($"/v1/catalogue/export?format={format}", seller)).Is(200);

        var again = await Send(exported.Body, type, seller);
        Assert.Equal(["E-1", "E-2", "E-3", "A-4"], again.Each("sku"));
        Assert.Equal(["unchanged", "unchanged", "unchanged", "unchanged"], again.Each("result"));
        var other = ("Seller", $"copy-{format}");
        Assert.Equal(4, (await Send(exported.Body, type, other)).Number("summary/created"));
    }

    async Task<Answer> Send(string file, string type, (string, string) seller, string query = "") =>
        Lines(await Post(Encoding.UTF8.GetBytes(file), type, seller, query));

    async Task<Answer> Post(byte[] file, string type, (string Name, string Value) seller, string query = "")
    {
        using HttpRequestMessage request = new(HttpMethod.Post, Path + query) { Content = new ByteArrayContent(file) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        request.Headers.TryAddWithoutValidation(seller.Name, seller.Value);
        using var response = await api.Http.SendAsync(request);
        return await Answer.Of(response);
    }

    /// <summary>The lines of the answer as items of one, the last as its summary.</summary>
    static Answer Lines(Answer answer)
    {
        Assert.Equal(200, answer.Status);
        var lines = answer.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var summary = lines[^1].StartsWith("""{"summary":""", StringComparison.Ordinal) ? lines[^1][11..^1] : "null";
        return new(200, "application/json", answer.Headers,
            $$"""{"items":[{{string.Join(',', lines[..^1])}}],"summary":{{summary}}}""");
    }
}
