namespace Fulfillment.Tests.Client;

/// <summary>What barcodes say, over HTTP.</summary>
public sealed class BarcodeApiTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task A_scan_is_read()
    {
        var read = (await api.Post("/v1/barcodes/read", """{"scan":"]C101123456789012311730020010LOT-7"}""")).Is(200);

        Assert.Equal("element-string", read.Text("form"));
        Assert.Equal(("12345678901231", "LOT-7"), (read.Text("gtin"), read.Text("lot")));
        Assert.Equal("2030-02-28", read.Text("expiry"));
        Assert.Equal("(01)12345678901231(17)300200(10)LOT-7", read.Text("text"));
        Assert.Null(read.At("beside"));
    }

    [Fact]
    public async Task The_separator_of_a_symbol_comes_as_it_is_sent()
    {
        var read = (await api.Post(
            "/v1/barcodes/read", """{"scan":"]d2011234567890123110A\u001d21B"}""")).Is(200);

        Assert.Equal(("A", "B"), (read.Text("lot"), read.Text("serial")));
    }

    [Theory]
    [InlineData("""{"scan":"9520123456789"}""", "incorrect-check-digit", "characters 13 to 13")]
    [InlineData("""{"scan":"(17)301332"}""", "illegal-month", "characters 7 to 8 in the value of (17)")]
    [InlineData("""{"scan":""}""", "too-short", "at character 1")]
    [InlineData("{}", "required", "must be told")]
    public async Task What_is_no_barcode_is_refused_with_the_place(string body, string code, string detail)
    {
        var refused = (await api.Post("/v1/barcodes/read", body)).Is(400);

        Assert.Equal(("/scan", code), (refused.Text("errors/0/field"), refused.Text("errors/0/code")));
        Assert.Equal(detail, refused.Text("errors/0/detail"));
    }
}
