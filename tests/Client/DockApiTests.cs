using System.Globalization;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Client;

/// <summary>The dock over HTTP: what is scanned, missing, not due or stopped, and how a manifest is closed.</summary>
public sealed class DockApiTests(ApiServer api) : IClassFixture<ApiServer>
{
    const string To =
        """{"name":"Ann Example","line1":"Marienplatz 1","city":"Munich","postcode":"80331","country":"DE"}""";

    /// <summary>An order of so many units that this node is to ship.</summary>
    async Task Order(string node, string order, int units = 1)
    {
        (await api.Put($"/v1/nodes/{node}", """
            {"name":"Dock","country":"DE","postcode":"10115",
             "address":{"company":"Example GmbH","line1":"Kai 1","city":"Berlin"} }
            """)).Succeeded();
        (await api.Put($"/v1/skus/{order}-S", """{"title":"A thing"}""")).Succeeded();
        await api.Receive($"{order}-S", node, units + 1);
        (await api.Post("/v1/orders", $$"""
            {"id":"{{order}}","customer":{"name":"Ann Example"},"shipTo":{{To}},
             "lines":[{"sku":"{{order}}-S","quantity":{{units}}}]}
            """)).Is(201);
        await api.Until(order, "allocated");
    }

    /// <summary>A parcel with all that the order's work has, and without a label.</summary>
    async Task Plan(string node, string order)
    {
        await Order(node, order);
        (await api.Post($"/v1/fulfilment-orders/{order}-F1/parcels", $$"""
            {"id":"{{order}}-P","lengthMm":300,"widthMm":200,"heightMm":100,"grams":1234}
            """)).Is(201);
    }

    Task<Answer> Label(string parcel, string more = "") =>
        api.Post($"/v1/parcels/{parcel}/label", $$"""{"id":"label"{{more}}}""");

    /// <summary>The tracking number of a labelled parcel of an order of its own.</summary>
    async Task<string> Parcel(string node, string order, string more = "")
    {
        await Plan(node, order);
        return (await Label($"{order}-P", more)).Is(201).Text("trackingNumber")!;
    }

    Task<Answer> Open(string id, string node, string more = "") => api.Post(
        "/v1/manifests", $$"""{"id":"{{id}}","node":"{{node}}","carrier":"local-courier","by":"fritz"{{more}}}""");

    Task<Answer> Scan(string manifest, string id, string code, string more = "") => api.Post(
        $"/v1/manifests/{manifest}/scans", $$"""{"id":"{{id}}","code":"{{code}}","by":"fritz"{{more}}}""");

    Task<Answer> Close(string manifest, string id, string more = "") => api.Post(
        $"/v1/manifests/{manifest}/close", $$"""{"id":"{{id}}","by":"fritz"{{more}}}""");

    async Task<Answer> Cancel(string order) =>
        (await api.Post($"/v1/orders/{order}/cancel", """{"id":"not-wanted","reason":"not wanted"}""")).Succeeded();

    [Fact]
    public async Task What_is_missing_or_not_due_is_named_and_closed_only_with_a_reason()
    {
        var one = await Parcel("D1", "D1-A");
        await Parcel("D1", "D1-B");
        var later = DateTime.UtcNow.AddDays(5).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var early = await Parcel("D1", "D1-C", $",\"shipOn\":\"{later}\"");
        (await Open("D1-M", "D1")).Is(201);
        Assert.Equal(["D1-A-P", "D1-B-P"], Names((await Open("D1-M", "D1")).Is(200), "missing"));
        (await Open("D1-M", "LEJ9")).IsProblem(404, "unknown-node");
        (await Close("D1-M", "c0")).IsProblem(409, "mismatch");

        Assert.Equal("on", (await Scan("D1-M", "s1", one)).Is(201).Text("signal"));
        Assert.Equal(1, (await Scan("D1-M", "s1", one)).Is(200).Number("scanned"));
        (await Scan("D1-M", "s1", early)).IsProblem(422, "idempotency-conflict");
        (await Scan("D1-M", "s2", early)).Is(201);
        var seen = (await api.Get("/v1/manifests/D1-M")).Is(200);
        Assert.Equal(("scanning", 2, 2468), (
            seen.Text("status"), seen.Items("scanned").Count, seen.Number("grams")));
        Assert.Equal(["D1-B-P"], Names(seen, "missing"));
        Assert.Equal(["D1-C-P"], Names(seen, "extra"));
        Assert.Equal(2, (await api.List("/v1/manifests?node=D1")).Number("items/0/parcels"));
        var mismatch = (await Close("D1-M", "c1")).IsProblem(409, "mismatch");
        Assert.Equal(["D1-B-P", "D1-C-P"], mismatch.Each("field", "errors"));
        Assert.Equal(["missing", "extra"], mismatch.Each("code", "errors"));
        (await api.Get("/v1/manifests/D1-M/form")).IsProblem(409, "manifest-open");
        Assert.Equal("labelled", (await api.Get("/v1/parcels/D1-A-P")).Text("status"));

        var closed = (await Close("D1-M", "c2", ",\"override\":\"the driver waits\"")).Is(200);
        Assert.Equal(("closed", "the driver waits", "fritz", "done"), (
            closed.Text("status"), closed.Text("override"), closed.Text("closedBy"), closed.Text("told/status")));
        Assert.Equal(closed.Body, (await Close("D1-M", "c2", ",\"override\":\"the driver waits\"")).Is(200).Body);
        (await Close("D1-M", "c3")).IsProblem(409, "manifest-closed");
        (await Scan("D1-M", "s3", one)).IsProblem(409, "manifest-closed");

        var parcel = (await api.Get("/v1/parcels/D1-A-P")).Is(200);
        Assert.Equal(("handed-over", "handed-over", "D1-M"), (
            parcel.Text("status"), parcel.Text("events/0/milestone"), parcel.Text("manifest")));
        (await api.Post("/v1/parcels/D1-A-P/void", """{"id":"v","reason":"x"}""")).IsProblem(409, "handed-over");
        var work = (await api.Get("/v1/fulfilment-orders/D1-A-F1")).Is(200);
        Assert.Equal(("parcel:D1-A-P", one, 1), (
            work.Text("shipments/0/id"), work.Text("shipments/0/trackingNumber"), work.Items("shipments").Count));
        Assert.Contains("D1-A-P", (await api.List("/v1/parcels?node=D1&status=handed-over")).Each("parcel"));
        Assert.Equal(["D1-M"], (await api.List("/v1/manifests?node=D1&status=closed")).Each("manifest"));
        Assert.Equal(2, (await api.List("/v1/manifests?node=D1")).Number("items/0/parcels"));
    }

    [Fact]
    public async Task A_parcel_that_its_carrier_took_unscanned_stays_missing_until_somebody_hands_it_over()
    {
        var one = await Parcel("DM", "DM-A");
        await Parcel("DM", "DM-B");
        (await Open("DM-M", "DM")).Is(201);
        (await Scan("DM-M", "s1", one)).Is(201);
        (await api.Post("/v1/parcels/DM-B-P/events", $$"""
            {"id":"e","events":[{"milestone":"in-transit","at":"{{DateTime.UtcNow:yyyy-MM-ddTHH:mm:ssZ}}"}]}
            """)).Succeeded();

        Assert.Equal(["DM-B-P"], Names((await api.Get("/v1/manifests/DM-M")).Is(200), "missing"));
        (await Close("DM-M", "c1")).IsProblem(409, "mismatch");
        (await api.Post("/v1/parcels/DM-B-P/hand-over", """{"id":"h"}""")).Is(200);
        Assert.Empty(Names((await api.Get("/v1/manifests/DM-M")).Is(200), "missing"));
        (await Close("DM-M", "c2")).Is(200);
        Assert.Equal("in-transit", (await api.Get("/v1/parcels/DM-B-P")).Is(200).Text("status"));
    }

    static IReadOnlyList<string?> Names(Answer answer, string list) =>
        [.. answer.Items(list).Select(i => i.GetString())];

    [Fact]
    public async Task Every_wrong_scan_has_a_signal_of_its_own_and_changes_nothing()
    {
        var one = await Parcel("D2", "D2-A");
        var elsewhere = await Parcel("D3", "D2-B");
        await Plan("D2", "D2-C");
        var given = await Parcel("D2", "D2-D");
        (await api.Post("/v1/parcels/D2-D-P/void", """{"id":"v","reason":"torn"}""")).Succeeded();
        (await Open("D2-M", "D2")).Is(201);
        Assert.Contains("D2-M", (await Open("D2-N", "D2")).IsProblem(409, "manifest-open").Text("detail")!);
        var tomorrow = DateTime.UtcNow.AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        (await Open("D2-N", "D2", $",\"day\":\"{tomorrow}\"")).Is(201);
        (await api.Post("/v1/manifests", """{"id":"D2-U","node":"D2","carrier":"ups"}""")).Is(201);

        (await Scan("NONE", "1", one)).IsProblem(404, "unknown-manifest");
        (await Scan("D2-M", "1", "LC000")).IsProblem(409, "unknown-parcel");
        (await Scan("D2-M", "2", elsewhere)).IsProblem(409, "other-node");
        (await Scan("D2-U", "3", one)).IsProblem(409, "other-carrier");
        (await Scan("D2-M", "4", "D2-C-P")).IsProblem(409, "no-label");
        (await Scan("D2-M", "5", given)).IsProblem(409, "void-label");
        (await Scan("D2-M", "5", given)).IsProblem(409, "void-label");
        (await Scan("D2-M", "6", one, ",\"out\":true")).IsProblem(409, "not-on-manifest");
        (await Scan("D2-M", "7", $"]C1{one}")).Is(201);
        (await Scan("D2-M", "8", "D2-A-P")).IsProblem(409, "scanned-twice");
        (await Scan("D2-N", "9", one)).IsProblem(409, "other-manifest");
        (await api.Post("/v1/parcels/D2-A-P/hand-over", """{"id":"h"}""")).IsProblem(409, "on-manifest");
        var seen = (await api.Get("/v1/manifests/D2-M")).Is(200);
        Assert.Equal(["D2-A-P"], seen.Each("parcel", "scanned"));
        Assert.Equal(
            ["unknown-parcel", "other-node", "no-label", "void-label", "not-on-manifest", "scanned-twice"],
            seen.Each("signal", "wrong"));

        Assert.Equal("off", (await Scan("D2-M", "a", one, ",\"out\":true")).Is(201).Text("signal"));
        (await Scan("D2-M", "b", one, ",\"out\":true")).IsProblem(409, "scanned-twice");
        await Until(async () => (await api.Get("/v1/parcels/D2-A-P")).At("manifest") is null);
        (await Scan("D2-N", "d", one)).Is(201);
        Assert.Equal("closed", (await Close("D2-N", "c")).Is(200).Text("status"));
        (await Scan("D2-M", "d", one)).IsProblem(409, "handed-over");
        Assert.Equal("closed", (await Close("D2-M", "c")).Is(200).Text("status"));
    }

    static async Task Until(Func<Task<bool>> so)
    {
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(20));
        while (!await so()) late.Token.ThrowIfCancellationRequested();
    }

    [Fact]
    public async Task A_cancelled_order_is_stopped_before_its_label_is_bought()
    {
        await Plan("D4", "D4-A");
        await Cancel("D4-A");

        (await Label("D4-A-P")).IsProblem(409, "units-stopped");
    }

    [Fact]
    public async Task A_cancelled_order_is_stopped_at_the_dock_and_its_label_voided()
    {
        var one = await Parcel("D5", "D5-A");
        (await Open("D5-M", "D5")).Is(201);
        await Cancel("D5-A");

        (await Scan("D5-M", "1", one)).IsProblem(409, "stopped");
        (await Scan("D5-M", "1", one)).IsProblem(409, "stopped");
        Assert.Equal("nothing-open", (await api.Get("/v1/manifests/D5-M")).Text("wrong/0/order"));
        Assert.Equal(0, (await api.List("/v1/manifests?node=D5")).Number("items/0/parcels"));
        await api.Until("/v1/parcels/D5-A-P", p => p.Text("labels/0/status") == "void");
        Assert.Equal("planned", (await api.Get("/v1/parcels/D5-A-P")).Text("status"));
        Assert.Equal("closed", (await Close("D5-M", "c")).Is(200).Text("status"));
    }

    [Fact]
    public async Task An_order_that_is_cancelled_between_scan_and_closing_stays_and_the_others_go()
    {
        var (one, two) = (await Parcel("D6", "D6-A"), await Parcel("D6", "D6-B"));
        (await Open("D6-M", "D6")).Is(201);
        (await Scan("D6-M", "1", one)).Is(201);
        (await Scan("D6-M", "2", two)).Is(201);
        await Cancel("D6-A");

        var closed = (await Close("D6-M", "c")).Is(200);
        Assert.Equal(["D6-B-P"], closed.Each("parcel", "scanned"));
        Assert.Equal(
            [("D6-A-P", "nothing-open")], closed.Each("parcel", "stopped").Zip(closed.Each("reason", "stopped")));
        await api.Until("/v1/parcels/D6-A-P", p => p.Text("labels/0/status") == "void");
        var order = (await api.Get("/v1/orders/D6-A")).Is(200);
        Assert.Equal(("cancelled", 0), (order.Text("status"), order.Number("lines/0/shipped")));
        Assert.Equal("handed-over", (await api.Get("/v1/parcels/D6-B-P")).Text("status"));
    }

    [Fact]
    public async Task A_held_order_is_stopped_at_the_scan_and_goes_when_it_is_released()
    {
        var one = await Parcel("D7", "D7-A");
        (await Open("D7-M", "D7")).Is(201);
        (await api.Post("/v1/orders/D7-A/holds", """{"id":"h","type":"manual","reason":"look"}""")).Is(201);
        (await Scan("D7-M", "1", one)).IsProblem(409, "stopped");
        (await api.Post("/v1/orders/D7-A/holds/1/release", """{"id":"r","reason":"all is well"}""")).Succeeded();

        await Until(async () => (await api.Get("/v1/parcels/D7-A-P")).At("manifest") is null);
        Assert.Equal("on", (await Scan("D7-M", "2", one)).Is(201).Text("signal"));
        Assert.Equal("closed", (await Close("D7-M", "c")).Is(200).Text("status"));
    }

    [Fact]
    public async Task A_box_of_a_bench_leaves_with_its_manifest_and_the_bench_knows()
    {
        await Order("D8", "D8-A", 2);
        (await api.Put("/v1/skus/D8-A-S", """
            {"title":"A thing","product":{"grams":400,"lengthMm":100,"widthMm":80,"heightMm":50}}
            """)).Succeeded();
        (await api.Put("/v1/nodes/D8/boxes/M",
            """{"inner":{"lengthMm":200,"widthMm":160,"heightMm":50},"tareGrams":100,"maxGrams":5000}""")).Succeeded();
        const string bench = "/v1/fulfilment-orders/D8-A-F1/packing";
        (await api.Post(bench, """{"id":"b","by":"dora","station":"B1"}""")).Is(201);
        (await api.Post($"{bench}/boxes", """{"id":"o","by":"dora","kind":"M"}""")).Is(201);
        (await api.Post($"{bench}/scans", """{"id":"s","by":"dora","box":1,"sku":"D8-A-S","quantity":2}""")).Is(201);
        (await api.Post($"{bench}/boxes/1/close", """{"id":"c","by":"dora","weightGrams":900}""")).Is(200);
        (await api.Post("/v1/fulfilment-orders/D8-A-F1/parcels", """{"box":"D8-A-F1-B1"}""")).Is(201);
        var number = (await Label("D8-A-F1-B1")).Is(201).Text("trackingNumber")!;
        (await Open("D8-M", "D8")).Is(201);
        (await Scan("D8-M", "1", "D8-A-F1-B1")).Is(201);

        Assert.Equal("closed", (await Close("D8-M", "c")).Is(200).Text("status"));
        var work = (await api.Get("/v1/fulfilment-orders/D8-A-F1")).Is(200);
        Assert.Equal(("parcel:D8-A-F1-B1", "D8-A-F1-B1", number), (
            work.Text("shipments/0/id"), work.Text("shipments/0/boxes/0"), work.Text("shipments/0/trackingNumber")));
        Assert.Equal("shipped", (await api.Get(bench)).Is(200).Text("boxes/0/status"));
    }

    [Fact]
    public async Task One_parcel_is_handed_over_without_a_manifest_once_and_a_cancelled_one_is_not()
    {
        await Parcel("D9", "D9-A");
        var gone = (await api.Post("/v1/parcels/D9-A-P/hand-over", """{"id":"h","by":"fritz"}""")).Is(200);
        Assert.Equal("handed-over", gone.Text("status"));
        (await api.Post("/v1/parcels/D9-A-P/hand-over", """{"id":"h","by":"fritz"}""")).Is(200);
        (await api.Post("/v1/parcels/D9-A-P/hand-over", """{"id":"i"}""")).IsProblem(409, "handed-over");
        Assert.Single((await api.Get("/v1/fulfilment-orders/D9-A-F1")).Is(200).Items("shipments"));

        await Parcel("D9", "D9-B");
        await Cancel("D9-B");
        (await api.Post("/v1/parcels/D9-B-P/hand-over", """{"id":"h"}""")).IsProblem(409, "stopped");
        (await api.Post("/v1/parcels/D9-B-P/hand-over", """{"id":"h"}""")).IsProblem(409, "stopped");
        (await api.Post("/v1/parcels/NONE/hand-over", """{"id":"h"}""")).IsProblem(404, "unknown-parcel");
    }

    [SkippableFact]
    public async Task The_form_names_each_parcel_and_its_barcode_is_the_manifest()
    {
        Skip.If(PdfTools.Missing is not null, PdfTools.Missing);
        var one = await Parcel("DA", "DA-A");
        (await Open("DA-M", "DA")).Is(201);
        (await Scan("DA-M", "1", one)).Is(201);
        (await Close("DA-M", "c")).Is(200);

        var form = await api.Http.GetByteArrayAsync(new Uri("/v1/manifests/DA-M/form", UriKind.Relative));
        Assert.Equal(form, await api.Http.GetByteArrayAsync(new Uri("/v1/manifests/DA-M/form", UriKind.Relative)));
        var text = PdfTools.Text(form);
        foreach (var said in (string[])[one, "DA-A-P", "local-courier", "1.234 kg", "Taken (driver)", "Page 1 of 1"])
            Assert.Contains(said, text, StringComparison.Ordinal);
        Assert.Contains("CODE-128:DA-M", PdfTools.Barcodes(form));
        (await api.Get("/v1/manifests/DA-M/carrier-form")).IsProblem(404, "no-form");
    }
}
