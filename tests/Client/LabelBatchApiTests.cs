namespace Fulfillment.Tests.Client;

/// <summary>Labels of many parcels in one request: one result each, and none bought twice.</summary>
public sealed class LabelBatchApiTests(ApiServer api) : IClassFixture<ApiServer>
{
    async Task Parcels(int count)
    {
        (await api.Put("/v1/nodes/LB1", """
            {"name":"Peak","country":"DE","postcode":"10115","address":{"company":"X","line1":"Kai 1","city":"Berlin"} }
            """)).Succeeded();
        (await api.Put("/v1/skus/LB", """{"title":"A thing"}""")).Succeeded();
        await api.Receive("LB", "LB1", count);
        (await api.Post("/v1/orders", $$"""
            {"id":"LB-O","customer":{"name":"Ann"},"lines":[{"id":"1","sku":"LB","quantity":{{count}}}],
             "shipTo":{"name":"Ann","line1":"Marienplatz 1","city":"Munich","postcode":"80331","country":"DE"} }
            """)).Is(201);
        await api.Until("LB-O", "allocated");
        for (var i = 0; i < count; i++)
            (await api.Post("/v1/fulfilment-orders/LB-O-F1/parcels", $$"""
                {"id":"LB-{{i}}","lines":[{"line":"1","quantity":1}],"lengthMm":300,"widthMm":200,"heightMm":100,
                 "grams":900}
                """)).Is(201);
    }

    [Fact]
    public async Task Each_parcel_has_its_result_and_a_repeat_buys_nothing()
    {
        await Parcels(12);
        var named = string.Join(',', Enumerable.Range(0, 12).Select(i => $"\"LB-{i}\""));
        (await api.Post("/v1/parcels/LB-3/label", """{"id":"before"}""")).Is(201);
        var batch = $$"""{"id":"peak","parcels":[{{named}},"NONE"],"format":"zpl","voidAfterDays":3}""";

        var first = (await api.Post("/v1/label-batches", batch)).Is(200);
        Assert.Equal(
            [.. Enumerable.Range(0, 12).Select(i => $"LB-{i}"), "NONE"], first.Each("parcel", "labels"));
        Assert.Equal(11, first.Each("status", "labels").Count(s => s == "bought"));
        Assert.Equal(
            ("already-labelled", "unknown-parcel"), (first.Text("labels/3/code"), first.Text("labels/12/code")));
        Assert.Equal(11, Enumerable.Range(0, 13).Select(i => first.Text($"labels/{i}/trackingNumber"))
            .OfType<string>().Distinct().Count());

        var again = (await api.Post("/v1/label-batches", batch)).Is(200);
        Assert.Equal(first.Body, again.Body);
        Assert.Single((await api.Get("/v1/parcels/LB-0")).Is(200).Items("labels"));
    }

    [Fact]
    public async Task What_is_wrong_with_the_batch_is_told_before_anything_is_bought()
    {
        await Refused("""{"id":"x"}""", "required", "/parcels");
        await Refused("""{"id":"x","parcels":[]}""", "required", "/parcels");
        await Refused("""{"id":"x","parcels":["a","a"]}""", "duplicate", "/parcels/1");
        await Refused("""{"id":"x","parcels":["a b"]}""", "bad-id", "/parcels/0");
        await Refused("""{"id":"x","parcels":["a"],"format":"gif"}""", "out-of-range", "/format");
        await Refused("""{"id":"x","parcels":["a"],"voidAfterDays":61}""", "out-of-range", "/voidAfterDays");
        await Refused("""{"parcels":["a"]}""", "required", "/id");
        await Refused(
            $$"""{"id":"x","parcels":[{{string.Join(',', Enumerable.Range(0, 501).Select(i => $"\"p{i}\""))}}]}""",
            "too-many", "/parcels");

        async Task Refused(string json, string code, string field) =>
            (await api.Post("/v1/label-batches", json)).IsProblem(400, code, field);
    }
}
