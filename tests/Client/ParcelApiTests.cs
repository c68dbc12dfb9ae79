using System.Text;
using Fulfillment.Shipping;

namespace Fulfillment.Tests.Client;

/// <summary>Parcels over HTTP: planned, priced, labelled once, printed again, voided.</summary>
public sealed class ParcelApiTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task A_label_is_bought_once_and_printed_again_byte_by_byte()
    {
        await ParcelShop.Order(api, "P-ONE", 2);
        var planned = (await ParcelShop.Plan(api, "P-ONE-F1", "P-ONE-1")).Is(201);
        Assert.Equal(("planned", 2L, 1_998L), (planned.Text("status"), planned.Number("lines/0/quantity"),
            planned.Number("value/amount")));
        (await ParcelShop.Plan(api, "P-ONE-F1", "P-ONE-1")).Is(200);
        (await ParcelShop.Plan(api, "P-ONE-F1", "P-ONE-1", ",\"lines\":[{\"line\":\"1\",\"quantity\":1}]"))
            .IsProblem(422, "idempotency-conflict");
        var rates = (await api.Post("/v1/parcels/P-ONE-1/rates", "{}")).Is(200);
        Assert.Equal("standard", rates.Text("choice/service"));

        var bought = (await ParcelShop.Buy(api, "P-ONE-1")).Is(201);
        Assert.Equal(("labelled", "local-courier", "standard", 549L, 549L), (bought.Text("status"),
            bought.Text("carrier"), bought.Text("service"), bought.Number("labels/0/price/amount"),
            bought.Number("labels/0/quoted/amount")));
        Assert.DoesNotContain("Muster", bought.Body, StringComparison.Ordinal);
        Assert.Equal(bought.Text("trackingNumber"), (await ParcelShop.Buy(api, "P-ONE-1")).Is(200)
            .Text("trackingNumber"));
        (await ParcelShop.Buy(api, "P-ONE-1", more: ",\"format\":\"zpl\"")).IsProblem(422, "idempotency-conflict");
        (await ParcelShop.Buy(api, "P-ONE-1", "l2")).IsProblem(409, "already-labelled");
        var first = await Bytes("P-ONE-1");
        Assert.Equal("%PDF", Encoding.ASCII.GetString(first.AsSpan(0, 4)));
        Assert.Equal(first, await Bytes("P-ONE-1"));
        (await api.Get("/v1/parcels/P-ONE-1", ("Seller", "other"))).IsProblem(404, "unknown-parcel");
        (await api.Get("/v1/parcels/P-ONE-1/label", ("Seller", "other"))).IsProblem(404, "unknown-parcel");
        var list = await api.Until("/v1/parcels?order=P-ONE", l => l.Items("items").Count == 1
            && l.Text("items/0/status") == "labelled");
        Assert.Equal(bought.Text("trackingNumber"), list.Text("items/0/trackingNumber"));
    }

    [Fact]
    public async Task A_label_is_voided_without_undoing_pick_and_pack_and_another_takes_its_place()
    {
        await ParcelShop.Order(api, "P-VOID", 1);
        (await ParcelShop.Plan(api, "P-VOID-F1", "P-VOID-1")).Is(201);
        var first = (await ParcelShop.Buy(api, "P-VOID-1", more: ",\"format\":\"zpl\"")).Is(201);
        var zpl = await Bytes("P-VOID-1");
        Assert.StartsWith("^XA", Encoding.UTF8.GetString(zpl), StringComparison.Ordinal);
        var before = (await api.Get("/v1/fulfilment-orders/P-VOID-F1")).Body;

        var voided = (await api.Post(
            "/v1/parcels/P-VOID-1/void", """{"id":"v","reason":"torn","by":"anna"}""")).Is(200);
        Assert.Equal(("planned", "void", "torn"), (
            voided.Text("status"), voided.Text("labels/0/status"), voided.Text("labels/0/trouble")));
        (await api.Post("/v1/parcels/P-VOID-1/void", """{"id":"v","reason":"torn"}""")).Is(200);
        (await api.Get("/v1/parcels/P-VOID-1/label")).IsProblem(404, "no-label");
        Assert.Equal(zpl, await Bytes("P-VOID-1", "?label=1"));
        var second = (await ParcelShop.Buy(api, "P-VOID-1", "l2")).Is(201);
        Assert.NotEqual(first.Text("trackingNumber"), second.Text("trackingNumber"));
        Assert.Equal(before, (await api.Get("/v1/fulfilment-orders/P-VOID-F1")).Body);
    }

    [Fact]
    public async Task Another_service_than_the_one_that_keeps_the_promise_is_bought_only_on_record()
    {
        await ParcelShop.Order(api, "P-OVER", 1);
        (await ParcelShop.Plan(api, "P-OVER-F1", "P-OVER-1")).Is(201);
        const string express = ",\"carrier\":\"local-courier\",\"service\":\"express\"";
        (await ParcelShop.Buy(api, "P-OVER-1", more: express)).IsProblem(409, "override-required");

        var bought = (await ParcelShop.Buy(
            api, "P-OVER-1", more: express + ",\"override\":\"the buyer paid for it\"")).Is(201);
        Assert.Equal(("express", "the buyer paid for it"), (bought.Text("service"), bought.Text("labels/0/override")));
    }

    [Fact]
    public async Task Nobody_takes_goods_over_a_border_who_declares_nothing()
    {
        await ParcelShop.Order(api, "P-ABROAD", 1, """
            {"name":"Heidi","line1":"Bahnhofstr. 1","city":"Zürich","postcode":"8001","country":"CH"}
            """);
        (await ParcelShop.Plan(api, "P-ABROAD-F1", "P-ABROAD-1")).Is(201);
        foreach (var service in (string[])["", ",\"service\":\"standard\",\"override\":\"it is near\""])
            (await ParcelShop.Buy(api, "P-ABROAD-1", $"l{service.Length}", ",\"carrier\":\"local-courier\"" + service))
                .IsProblem(409, "customs-not-declared");
        Assert.Empty((await api.Get("/v1/parcels/P-ABROAD-1")).Is(200).Items("labels"));
    }

    [Fact]
    public async Task A_cancelled_or_held_order_gets_no_label()
    {
        await ParcelShop.Order(api, "P-STOP", 1);
        (await ParcelShop.Plan(api, "P-STOP-F1", "P-STOP-1")).Is(201);
        (await api.Post("/v1/orders/P-STOP/holds", """{"id":"h","type":"manual","reason":"look"}""")).Succeeded();
        var held = (await ParcelShop.Buy(api, "P-STOP-1")).IsProblem(409, "units-stopped");
        Assert.Contains("on-hold", held.Text("detail"), StringComparison.Ordinal);
        (await api.Post("/v1/orders/P-STOP/cancel", """{"id":"c","reason":"buyer"}""")).Succeeded();
        (await ParcelShop.Buy(api, "P-STOP-1", "l2")).IsProblem(409, "units-stopped");
        Assert.Equal("planned", (await api.Get("/v1/parcels/P-STOP-1")).Is(200).Text("status"));
    }

    [Fact]
    public async Task What_lacks_an_address_is_told_so()
    {
        await ParcelShop.Order(api, "P-NAME", 1, """{"city":"München","postcode":"80331","country":"DE"}""");
        (await ParcelShop.Plan(api, "P-NAME-F1", "P-NAME-1")).Is(201);
        var answer = (await ParcelShop.Buy(api, "P-NAME-1")).IsProblem(409, "address-incomplete");
        Assert.Contains("/shipTo/name, /shipTo/line1", answer.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_box_is_a_parcel_of_its_own_measures()
    {
        await ParcelShop.Order(api, "P-BOX", 1);
        (await api.Put("/v1/skus/P-BOX",
            """{"title":"A thing","product":{"grams":400,"lengthMm":100,"widthMm":80,"heightMm":50}}""")).Succeeded();
        const string bench = "/v1/fulfilment-orders/P-BOX-F1/packing";
        (await api.Put("/v1/nodes/PAR1/boxes/M",
            """{"inner":{"lengthMm":200,"widthMm":160,"heightMm":50},"tareGrams":100,"maxGrams":5000}""")).Succeeded();
        (await api.Post(bench, """{"id":"b","by":"dora","station":"B1"}""")).Succeeded();
        var box = (await api.Post(bench + "/boxes", """{"id":"o","by":"dora","kind":"M"}""")).Succeeded()
            .Text("boxes/0/lpn");
        (await ParcelShop.Plan(api, "P-BOX-F1", "P-BOX-1")).IsProblem(409, "at-bench");
        (await api.Post("/v1/fulfilment-orders/P-BOX-F1/parcels", $$"""{"box":"{{box}}"}"""))
            .IsProblem(409, "box-not-closed");
        (await api.Post(bench + "/scans", """{"id":"s","by":"dora","box":1,"sku":"P-BOX","quantity":1}""")).Succeeded();
        (await api.Post(bench + "/boxes/1/close", """{"id":"c","by":"dora","weightGrams":505}""")).Succeeded();

        var planned = (await api.Post("/v1/fulfilment-orders/P-BOX-F1/parcels", $$"""{"box":"{{box}}"}""")).Is(201);
        Assert.Equal((box, 200L, 505L), (
            planned.Text("parcel"), planned.Number("lengthMm"), planned.Number("grams")));
        (await api.Post("/v1/fulfilment-orders/P-BOX-F1/parcels", $$"""{"box":"{{box}}"}""")).Is(200);
        Assert.Equal("labelled", (await ParcelShop.Buy(api, box!)).Is(201).Text("status"));
    }

    [Fact]
    public async Task What_is_kept_of_a_label_is_sealed_and_gone_with_the_buyers_key()
    {
        await ParcelShop.Order(api, "P-SEAL", 1);
        (await ParcelShop.Plan(api, "P-SEAL-F1", "P-SEAL-1")).Is(201);
        (await ParcelShop.Buy(api, "P-SEAL-1", more: ",\"format\":\"zpl\"")).Is(201);
        var plain = Encoding.UTF8.GetBytes("Maria Muster");
        var files = Directory.GetFiles(Path.Combine(api.Folder, "files"), "*", SearchOption.AllDirectories);

        Assert.True((await Bytes("P-SEAL-1")).AsSpan().IndexOf(plain) > 0);
        Assert.NotEmpty(files);
        Assert.All(files, f => Assert.True(File.ReadAllBytes(f).AsSpan().IndexOf(plain) < 0));
    }

    [Fact]
    public async Task A_paper_of_a_buyer_who_was_erased_is_not_kept_and_makes_no_key()
    {
        Personal<ShipAddress> gone = new("subject-without-a-key", "AAAA");
        var safe = api.Embedded.Labels;
        Assert.Null(await safe.Keep("default", gone, new byte[] { 1 }, LabelFormat.Pdf, default));
        Assert.Null(await safe.Seal(gone, "Maria Muster"));
        // With a key it would be damaged.
        Assert.Null(await safe.Open(gone));
        Assert.NotNull(await safe.KeepForm("default", "manifest/m", new byte[] { 1 }, LabelFormat.Pdf, default));
    }

    async Task<byte[]> Bytes(string parcel, string more = "")
    {
        using HttpClient http = new() { BaseAddress = new(api.App.Urls.Single()) };
        return await http.GetByteArrayAsync($"/v1/parcels/{parcel}/label{more}");
    }
}
