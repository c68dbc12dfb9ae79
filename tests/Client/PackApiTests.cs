namespace Fulfillment.Tests.Client;

/// <summary>Units of measure and barcodes of SKUs, over HTTP.</summary>
public sealed class PackApiTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Packs_are_given_back_with_GTINs_of_14_digits()
    {
        var put = (await Put("P-1",
            """
            {"unit":"each","eaches":1,"gtin":"4012345123456"},{"unit":"inner","eaches":4},
            {"unit":"case","of":"inner","count":3,"gtin":"14012345123453"}
            """)).Is(201);

        Assert.Equal(["each", "inner", "case"], put.Each("unit", "packs"));
        Assert.Equal(["1", "4", "12"], put.Each("eaches", "packs"));
        Assert.Equal("04012345123456", put.Text("packs/0/gtin"));
        Assert.Equal(("inner", 3L), (put.Text("packs/2/of"), put.Number("packs/2/count")!.Value));
    }

    [Fact]
    public async Task A_scanned_case_books_twelve_eaches_and_a_scanned_each_one()
    {
        await api.Stock("S-1", 0);
        (await Put("S-1",
            """{"unit":"each","eaches":1,"gtin":"96385074"},{"unit":"case","eaches":12,"gtin":"14006381333938"}"""))
            .Is(200);

        var item = (await api.Get("/v1/barcodes/14006381333938")).Is(200);
        Assert.Equal(("S-1", "case", 12L), (item.Text("item/sku"), item.Text("item/unit"), item.Number("item/eaches")));
        var pallet = (await api.Post("/v1/barcodes/read", """{"scan":"(02)14006381333938(37)40"}""")).Is(200);
        Assert.Equal((12L, 480L), (pallet.Number("item/perUnit"), pallet.Number("item/eaches")));
        Assert.Equal("S-1", (await api.Get("/v1/barcodes/00000096385074")).Is(200).Text("item/sku"));

        await Book("r-1", 12, """ "quantity":1,"barcode":"14006381333938" """);
        await Book("r-1", 12, """ "quantity":1,"barcode":"14006381333938" """, 200);
        await Book("r-2", 13, """ "quantity":1,"barcode":"96385074" """);
        await Book("r-3", 37, """ "unit":"case","quantity":2 """);
        await Book("r-4", 39, """ "unit":"each","quantity":2 """);
        var less = (await api.Post("/v1/skus/S-1/adjustments",
            """{"id":"a-1","node":"LEJ1","delta":-1,"unit":"case","reason":"broken"}""")).Is(201);
        Assert.Equal(27, less.Number("onHand"));

        async Task Book(string id, long onHand, string what, int status = 201) => Assert.Equal(onHand, (await api.Post(
            "/v1/skus/S-1/receipts", $$"""{"id":"{{id}}","node":"LEJ1",{{what}}}""")).Is(status).Number("onHand"));
    }

    [Theory]
    [InlineData(""" "unit":"crate","quantity":1 """, "unknown-unit", "/unit")]
    [InlineData(""" "quantity":1,"barcode":"4006381333931" """, "other-sku", "/barcode")]
    [InlineData(""" "quantity":1,"barcode":"9520123456789" """, "incorrect-check-digit", "/barcode")]
    [InlineData(""" "quantity":1,"barcode":"24012345123450","unit":"each" """, "other-unit", "/unit")]
    [InlineData(""" "unit":"case","quantity":2000000000 """, "out-of-range", "/quantity")]
    [InlineData(""" "unit":"case","quantity":0 """, "out-of-range", "/quantity")]
    public async Task Unknown_units_and_other_barcodes_book_nothing(string what, string code, string field)
    {
        await api.Stock("U-1", 0);
        (await Put("U-1", """{"unit":"case","eaches":12,"gtin":"24012345123450"}""")).Is(200);
        var head = api.Head;

        (await api.Post("/v1/skus/U-1/receipts", $$"""{"id":"r","node":"LEJ1",{{what}}}"""))
            .IsProblem(400, code, field);
        Assert.Equal(head, api.Head);
    }

    [Fact]
    public async Task The_GTIN_of_another_SKU_is_refused_with_its_owner_and_free_once_that_has_given_it_up()
    {
        const string pack = """{"unit":"each","eaches":1,"gtin":"4006381333931"}""";
        (await Put("G-1", pack)).Is(201);
        var refused = (await Put("G-2", pack)).IsProblem(409, "gtin-taken", "/packs/0/gtin");
        Assert.Contains("G-1", refused.Text("detail"), StringComparison.Ordinal);
        (await api.Get("/v1/skus/G-2")).IsProblem(404, "unknown-sku");
        (await api.Send(
            "PUT", "/v1/skus/G-2", System.Text.Encoding.UTF8.GetBytes($$"""{"title":"x","packs":[{{pack}}]}"""),
            "application/json", ("Seller", "other"))).Is(201);
        (await Put("G-1", pack)).Is(200);

        (await api.Put("/v1/skus/G-1", """{"title":"x"}""")).Is(200);
        (await api.Get("/v1/barcodes/4006381333931")).IsProblem(404, "unknown-barcode");
    }

    [Fact]
    public async Task Of_many_SKUs_that_want_a_GTIN_at_once_one_gets_it()
    {
        const string pack = """{"unit":"each","eaches":1,"gtin":"50123452"}""";
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Put($"R-{i}", pack)));

        Assert.Single(answers, a => a.Status == 201);
        Assert.Equal(19, answers.Count(a => a.Status == 409));
    }

    [Fact]
    public async Task A_GTIN_that_is_like_a_card_number_is_none()
    {
        (await Put("C-1",
            """
            {"unit":"each","eaches":1,"gtin":"4006381333023"},{"unit":"case","eaches":6,"gtin":"36012345123080"}
            """)).Is(201);

        Assert.Equal("each", (await api.Get("/v1/barcodes/4006381333023")).Is(200).Text("item/unit"));
        Assert.Equal("case", (await api.Get("/v1/barcodes/36012345123080")).Is(200).Text("item/unit"));
    }

    Task<Answer> Put(string sku, string packs) =>
        api.Put($"/v1/skus/{sku}", $$"""{"title":"x","packs":[{{packs}}]}""");
}
