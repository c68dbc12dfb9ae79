namespace Fulfillment.Tests.Client;

/// <summary>What is in a parcel with a label leaves with that parcel, and in no other.</summary>
public sealed class InParcelTests(ApiServer api) : IClassFixture<ApiServer>
{
    Task<Answer> ShipByHand(string work, string more = "") =>
        api.Post($"/v1/fulfilment-orders/{work}/ship", $$"""{"id":"by-hand","carrier":"DHL"{{more}}}""");

    Task<Answer> Tell(string parcel, string milestone) => api.Post($"/v1/parcels/{parcel}/events", $$"""
        {"id":"{{milestone}}","events":[{"at":"{{DateTime.UtcNow.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}}",
        "milestone":"{{milestone}}","code":"X","says":"told"}]}
        """);

    [Fact]
    public async Task What_has_a_label_is_not_shipped_by_hand_but_handed_over_and_its_arrival_is_the_orders()
    {
        await ParcelShop.Order(api, "IP-HAND", 2);
        (await ParcelShop.Plan(api, "IP-HAND-F1", "IP-HAND-1")).Is(201);
        (await ParcelShop.Buy(api, "IP-HAND-1")).Is(201);

        var refused = (await ShipByHand("IP-HAND-F1")).IsProblem(409, "in-parcel");
        foreach (var said in (string[])["IP-HAND-1", "/v1/parcels/IP-HAND-1/hand-over", "/v1/parcels/IP-HAND-1/void"])
            Assert.Contains(said, refused.Text("detail"), StringComparison.Ordinal);
        (await ShipByHand("IP-HAND-F1", ",\"lines\":[{\"line\":\"1\",\"quantity\":1}]")).IsProblem(409, "in-parcel");
        (await api.Post("/v1/parcels/IP-HAND-1/hand-over", """{"id":"h"}""")).Is(200);
        (await ShipByHand("IP-HAND-F1")).IsProblem(409, "already-shipped");
        (await Tell("IP-HAND-1", "delivered")).Succeeded();
        await api.Until("IP-HAND", "delivered");
    }

    [Fact]
    public async Task What_has_lost_its_label_is_shipped_by_hand()
    {
        await ParcelShop.Order(api, "IP-VOID", 1);
        (await ParcelShop.Plan(api, "IP-VOID-F1", "IP-VOID-1")).Is(201);
        (await ParcelShop.Buy(api, "IP-VOID-1")).Is(201);
        (await ShipByHand("IP-VOID-F1")).IsProblem(409, "in-parcel");
        (await api.Post("/v1/parcels/IP-VOID-1/void", """{"id":"v","reason":"by hand"}""")).Is(200);

        // The order hears of it just after.
        Answer shipped;
        do
            shipped = await ShipByHand("IP-VOID-F1");
        while (shipped.Status == 409 && shipped.Text("code") == "in-parcel");
        shipped.Is(200);
        (await ParcelShop.Buy(api, "IP-VOID-1", "l2")).IsProblem(409, "units-stopped");
    }

    [Fact]
    public async Task A_second_parcel_of_the_same_units_gets_no_label_and_is_told_of_the_first()
    {
        await ParcelShop.Order(api, "IP-TWO", 3);
        const string two = ",\"lines\":[{\"line\":\"1\",\"quantity\":2}]",
            one = ",\"lines\":[{\"line\":\"1\",\"quantity\":1}]";
        (await ParcelShop.Plan(api, "IP-TWO-F1", "IP-TWO-1", two)).Is(201);
        (await ParcelShop.Plan(api, "IP-TWO-F1", "IP-TWO-2", two)).Is(201);
        (await ParcelShop.Plan(api, "IP-TWO-F1", "IP-TWO-3", one)).Is(201);
        Answer[] bought = await Task.WhenAll(
            ParcelShop.Buy(api, "IP-TWO-1"), ParcelShop.Buy(api, "IP-TWO-2"), ParcelShop.Buy(api, "IP-TWO-3"));

        bought[2].Is(201);
        var refused = Assert.Single(bought, b => b.Status != 201);
        refused.IsProblem(409, "in-parcel");
        var (first, second) = bought[0] == refused ? ("IP-TWO-2", "IP-TWO-1") : ("IP-TWO-1", "IP-TWO-2");
        Assert.Contains($"parcel {first}", refused.Text("detail"), StringComparison.Ordinal);
        (await ParcelShop.Buy(api, second)).IsProblem(409, "in-parcel");
        (await api.Post("/v1/fulfilment-orders/IP-TWO-F1/move", """{"id":"m","reason":"closed"}"""))
            .IsProblem(409, "in-parcel");
        (await api.Post($"/v1/parcels/{first}/cancel", """{"id":"c","reason":"packed twice"}""")).Is(200);
        var id = 2;
        Answer again;
        do
            again = await ParcelShop.Buy(api, second, $"l{id++}");
        while (again.Status == 409 && again.Text("code") == "in-parcel" && id < 20);
        again.Is(201);
    }

    [Fact]
    public async Task A_box_with_a_label_leaves_its_bench_as_a_parcel_only()
    {
        await ParcelShop.Order(api, "IP-BOX", 1);
        (await api.Put("/v1/skus/IP-BOX",
            """{"title":"A thing","product":{"grams":400,"lengthMm":100,"widthMm":80,"heightMm":50}}""")).Succeeded();
        const string bench = "/v1/fulfilment-orders/IP-BOX-F1/packing";
        (await api.Put("/v1/nodes/PAR1/boxes/M",
            """{"inner":{"lengthMm":200,"widthMm":160,"heightMm":50},"tareGrams":100,"maxGrams":5000}""")).Succeeded();
        (await api.Post(bench, """{"id":"b","by":"dora","station":"B1"}""")).Succeeded();
        var box = (await api.Post(bench + "/boxes", """{"id":"o","by":"dora","kind":"M"}""")).Succeeded()
            .Text("boxes/0/lpn")!;
        (await api.Post(bench + "/scans", """{"id":"s","by":"dora","box":1,"sku":"IP-BOX","quantity":1}"""))
            .Succeeded();
        (await api.Post(bench + "/boxes/1/close", """{"id":"c","by":"dora","weightGrams":505}""")).Succeeded();
        (await api.Post("/v1/fulfilment-orders/IP-BOX-F1/parcels", $$"""{"box":"{{box}}"}""")).Is(201);
        (await ParcelShop.Buy(api, box)).Is(201);

        var refused = (await ShipByHand("IP-BOX-F1")).IsProblem(409, "in-parcel");
        Assert.Contains($"parcel {box}", refused.Text("detail"), StringComparison.Ordinal);
        (await api.Post($"/v1/parcels/{box}/hand-over", """{"id":"h"}""")).Is(200);
        Assert.Equal(
            $"parcel:{box}", (await api.Get("/v1/fulfilment-orders/IP-BOX-F1")).Is(200).Text("shipments/0/id"));
    }
}
