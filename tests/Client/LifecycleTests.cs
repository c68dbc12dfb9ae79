namespace Fulfillment.Tests.Client;

/// <summary>Drafts, what is sold off, and what is sold no more, over HTTP.</summary>
public sealed class LifecycleTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Theory]
    [InlineData("draft")]
    [InlineData("discontinued")]
    public async Task What_is_not_sold_is_refused_to_orders_carts_and_quotes(string stage)
    {
        await api.Stock($"N-{stage}", 5, $$""","lifecycle":"{{stage}}","substitutes":["N-other"]""");
        await api.Stock("N-other", 3);
        Assert.Equal(stage, (await api.Get($"/v1/skus/N-{stage}")).Is(200).Text("lifecycle"));
        Assert.Equal(stage, (await api.Get($"/v1/skus/N-{stage}/availability")).Is(200).Text("lifecycle"));

        var refused = (await api.Order($"o-{stage}", $"N-{stage}")).IsProblem(409, "not-orderable");
        Assert.Contains($"line 1: N-{stage} is not sold", refused.Text("detail"), StringComparison.Ordinal);
        Assert.Equal("N-other", refused.Text("order/short/0/substitutes/0/sku"));
        (await api.Post($"/v1/skus/N-{stage}/holds", """{"id":"h","quantity":1,"holdFor":"PT5M"}"""))
            .IsProblem(409, "not-orderable");
        var quote = await api.Post(
            "/v1/promises",
            $$"""{"shipTo":{"country":"DE","postcode":"10115"},"lines":[{"sku":"N-{{stage}}","quantity":1}]}""");
        Assert.Equal(409, quote.Status);
        Assert.Contains("not-orderable", quote.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_sold_off_is_sold_as_far_as_it_goes_and_then_no_more()
    {
        await api.Stock("P-1", 2, ""","backorder":true,"lifecycle":"phase-out" """);

        (await api.Order("o-p1", "P-1", 3)).IsProblem(409, "sold-out");
        (await api.Order("o-p2", "P-1", 2)).Is(201);
        (await api.Put("/v1/skus/P-1", """{"title":"x","lifecycle":"discontinued"}""")).Is(200);
        await api.Until("o-p2", "allocated");
        (await api.Put("/v1/skus/P-1", """{"title":"x","lifecycle":"draft"}""")).IsProblem(409, "past-draft");
    }
}
