namespace Fulfillment.Tests.Client;

/// <summary>SKUs and nodes are read into memory before anybody asks.</summary>
public sealed class WarmUpTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task A_kit_brings_its_components_and_who_is_not_there_is_named()
    {
        await api.Stock("U-1", 3);
        await api.Stock("U-2", 3);
        (await api.Put("/v1/skus/U-kit", """{"title":"Two","kit":[{"sku":"U-1","units":2}]}""")).Is(201);

        var warm = (await api.Post("/v1/warm-ups", """{"skus":["U-kit","U-2","U-2","U-none"]}""")).Is(200);

        Assert.Equal(3, warm.Number("skus"));
        Assert.True(warm.Number("nodes") >= 1);
        Assert.Equal(["U-none"], warm.Items("unknown").Select(u => u.GetString()));
    }
}
