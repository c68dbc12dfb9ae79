using System.Text.Json;
using Fulfillment.Packing;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Client;

/// <summary>The pack bench over HTTP: boxes opened, filled by scans, closed, shipped, and what goes wrong.</summary>
public sealed class PackBenchApiTests(ApiServer api) : IClassFixture<ApiServer>
{
    Task<Answer> Do(string work, string what, string id, string more = "", string by = "dora") =>
        api.Post($"/v1/fulfilment-orders/{work}/packing{what}", $$"""{"id":"{{id}}","by":"{{by}}"{{more}}}""");

    Task<Answer> Begin(string work, string more = "") => Do(work, "", "begin", ",\"station\":\"B1\"" + more);

    Task<Answer> Open(string work, string id, string kind = "M") => Do(work, "/boxes", id, $",\"kind\":\"{kind}\"");

    Task<Answer> Scan(string work, string id, int box, string sku, int quantity = 1, string more = "") => Do(
        work, "/scans", id, $",\"box\":{box},\"sku\":\"{sku}\",\"quantity\":{quantity}{more}");

    /// <summary>An order of goods of 100 x 80 x 50 mm and 400 g that LEJ1 is to ship, and a box for four.</summary>
    async Task<string> Order(string sku, int quantity, string gift = "")
    {
        await api.Stock(sku, 0);
        (await api.Put("/v1/nodes/LEJ1/boxes/M",
            """{"inner":{"lengthMm":200,"widthMm":160,"heightMm":50},"tareGrams":100,"maxGrams":5000}""")).Succeeded();
        (await api.Put($"/v1/skus/{sku}", """
            {"title":"A thing","product":{"grams":400,"lengthMm":100,"widthMm":80,"heightMm":50}}
            """)).Is(200);
        (await api.Post($"/v1/skus/{sku}/receipts",
            $$"""{"id":"r","node":"LEJ1","quantity":{{quantity + 5}},"bin":"A-1"}""")).Is(201);
        (await api.Post("/v1/orders", $$"""
            {"id":"{{sku}}-O","channel":"web","lines":[{"id":"1","sku":"{{sku}}","quantity":{{quantity}},
            "unitPrice":{"amount":999,"currency":"EUR"} }],"payment":"none"{{gift}} }
            """)).Is(201);
        await api.Until($"{sku}-O", "allocated");
        return $"{sku}-O-F1";
    }

    [Fact]
    public async Task What_is_scanned_is_in_the_box_and_corrects_the_plan_and_the_papers()
    {
        var work = await Order("CUP", 6);
        var begun = (await Begin(work)).Is(201);
        Assert.Equal(("packing", 2, 6), (
            begun.Text("status"), begun.Items("planned").Count, begun.Number("lines/0/left")));
        (await Begin(work)).Is(200);
        var opened = (await Open(work, "o1")).Is(201);
        Assert.Equal(("open", $"{work}-B1"), (opened.Text("boxes/0/status"), opened.Text("boxes/0/lpn")));

        var scan = (await Scan(work, "s1", 1, "CUP", 3)).Is(201);
        Assert.Equal(("packed", 3, 7500), (scan.Text("status"), scan.Number("packing/box/contents/0/quantity"),
            scan.Number("packing/box/fillBasisPoints")));
        Assert.Equal((3, 0, 3, 1300), (scan.Number("packing/left"), scan.Number("packing/takeOut"),
            scan.Number("packing/lines/0/packed"), scan.Number("packing/box/grossGrams")));
        var whole = (await api.Get($"/v1/fulfilment-orders/{work}/packing")).Is(200);
        Assert.Equal((3, 7500, whole.Number("version")), (whole.Number("boxes/0/contents/0/quantity"),
            whole.Number("boxes/0/fillBasisPoints"), scan.Number("packing/version")));
        (await Scan(work, "s1", 1, "CUP", 3)).Is(200);
        (await Scan(work, "s1", 1, "CUP", 2)).IsProblem(422, "idempotency-conflict");
        Assert.Contains($"{work}-B1", (await api.Get("/v1/skus/CUP/slots")).Is(200).Body, StringComparison.Ordinal);
        (await Do(work, "/boxes/1/close", "c1", ",\"weightGrams\":2500")).IsProblem(409, "weight-implausible");
        var closed = (await Do(work, "/boxes/1/close", "c1", ",\"weightGrams\":1310")).Is(200);
        Assert.Equal(("closed", 1310, 1310), (closed.Text("boxes/0/status"), closed.Number("boxes/0/grossGrams"),
            closed.Number("boxes/0/billableGrams")));

        (await Open(work, "o2")).Is(201);
        (await Scan(work, "s2", 2, "CUP", 3)).Is(201);
        var packed = (await Do(work, "/boxes/2/close", "c2")).Is(200);
        Assert.Equal(("packed", false, 2), (packed.Text("status"), packed.At("comparison/asPlanned")?.GetBoolean(),
            packed.Number("comparison/boxes")));
        await api.Until($"/v1/fulfilment-orders/{work}", f => f.Text("status") == "packed");
        await api.Until("/v1/fulfilment-orders?status=packed&node=LEJ1", l => l.Each("id").Contains(work));

        var shipped = (await api.Post($"/v1/fulfilment-orders/{work}/ship", """{"id":"ship"}""")).Is(200);
        Assert.Equal(("closed", $"{work}-B1", $"{work}-B2"), (
            shipped.Text("status"), shipped.Text("shipments/0/boxes/0"), shipped.Text("shipments/0/boxes/1")));
        (await api.Post($"/v1/fulfilment-orders/{work}/ship", """{"id":"ship"}""")).Is(200);
        Assert.Equal("shipped", (await api.Get($"/v1/fulfilment-orders/{work}/packing")).Is(200).Text("status"));
        await api.Until($"/v1/lpns/{work}-B1", p => p.Text("status") == "shipped");
        (await Do(work, "/boxes/1/reopen", "r1")).IsProblem(409, "wrong-box-state");
    }

    [Fact]
    public async Task What_was_shipped_before_the_bench_began_is_answered_as_then_and_not_packed_again()
    {
        var work = await Order("EARLY", 3);
        const string one = """{"id":"first","lines":[{"line":"1","quantity":1}]}""";
        (await api.Post($"/v1/fulfilment-orders/{work}/ship", one)).Is(200);
        Assert.Equal(2, (await Begin(work)).Is(201).Number("lines/0/left"));
        (await api.Post($"/v1/fulfilment-orders/{work}/ship", one)).Is(200);
        (await Open(work, "o1")).Is(201);
        (await Scan(work, "s1", 1, "EARLY", 2)).Is(201);
        Assert.Equal("packed", (await Do(work, "/boxes/1/close", "c1")).Is(200).Text("status"));
    }

    [Fact]
    public async Task Every_mistake_has_a_code_of_its_own_and_is_remembered()
    {
        var work = await Order("JAR", 6);
        await api.Stock("LID", 1);
        (await Scan(work, "0", 1, "JAR")).IsProblem(404, "not-at-bench");
        (await api.Get($"/v1/fulfilment-orders/{work}/packing")).IsProblem(404, "not-at-bench");
        (await Begin("NONE-F1")).IsProblem(404, "unknown-fulfilment-order");
        (await Begin(work)).Is(201);
        (await Do(work, "", "b2", ",\"station\":\"B1\"", "carl")).IsProblem(409, "packed-by-another");
        (await Do(work, "", "b3", ",\"station\":\"B2\"")).IsProblem(409, "other-station");
        (await Open(work, "o", "XXL")).IsProblem(400, "unknown-box");
        (await Open(work, "o1")).Is(201);
        (await Do(work, "/boxes", "o2", $",\"kind\":\"M\",\"lpn\":\"{work}-B1\"")).IsProblem(409, "lpn-in-use");

        (await Scan(work, "1", 1, "LID")).IsProblem(409, "wrong-sku");
        (await Scan(work, "1", 1, "LID")).IsProblem(409, "wrong-sku");
        (await Scan(work, "2", 9, "JAR")).IsProblem(409, "unknown-box");
        (await Scan(work, "3", 2, "JAR")).IsProblem(409, "box-not-open");
        (await Scan(work, "4", 1, "JAR", 7)).IsProblem(409, "more-than-left");
        (await Scan(work, "5", 1, "JAR", 5)).IsProblem(409, "box-full");
        (await Scan(work, "6", 1, "JAR", 1, ",\"out\":true")).IsProblem(409, "not-in-box");
        (await Do(work, "/scans", "7", ",\"box\":1,\"barcode\":\"]E04006381333932\""))
            .IsProblem(409, "wrong-check-digit");
        (await Do(work, "/scans", "8", ",\"box\":1,\"barcode\":\"]E04006381333931\""))
            .IsProblem(409, "unknown-barcode");
        (await Do(work, "/scans", "9", ",\"box\":1,\"barcode\":\"what?\"")).IsProblem(409, "unreadable-barcode");
        (await Do(work, "/scans", "a", ",\"box\":1,\"sku\":\"JAR\",\"quantity\":1", "carl"))
            .IsProblem(409, "packed-by-another");
        (await Do(work, "/boxes/1/close", "c")).IsProblem(409, "empty-box");
        (await Do(work, "/boxes/7/close", "c")).IsProblem(404, "unknown-box");

        var job = (await api.Get($"/v1/fulfilment-orders/{work}/packing")).Is(200);
        Assert.Equal(
            ["wrong-sku", "unknown-box", "box-not-open", "more-than-left", "box-full", "not-in-box",
                "wrong-check-digit", "unknown-barcode", "unreadable-barcode"],
            job.Each("error", "errors"));
        Assert.Equal(6, job.Number("lines/0/left"));
    }

    [Fact]
    public async Task Where_a_node_tells_its_benches_nobody_packs_at_another()
    {
        (await api.Put("/v1/nodes/BENCHES", """{"name":"Bench house","country":"DE"}""")).Is(201);
        (await api.Put("/v1/nodes/BENCHES/layout/zones/B1", """{"kind":"packing"}""")).Is(201);
        (await api.Put("/v1/skus/HOOK", """{"title":"A hook"}""")).Is(201);
        await api.Receive("HOOK", "BENCHES", 5);
        (await api.Order("HOOK-O", "HOOK")).Is(201);
        await api.Until("HOOK-O", "allocated");
        (await Do("HOOK-O-F1", "", "b", ",\"station\":\"B7\"")).IsProblem(400, "unknown-station", "/station");
        var begun = (await Do("HOOK-O-F1", "", "b", ",\"station\":\"B1\"")).Is(201);
        Assert.Equal(("no-boxes", 0), (begun.Text("noPlan"), begun.Items("planned").Count));
        var opened = (await Do("HOOK-O-F1", "/boxes", "o", """
            ,"box":{"inner":{"lengthMm":90,"widthMm":90,"heightMm":90},"maxGrams":900}
            """)).Is(201);
        Assert.Null(opened.Text("boxes/0/kind"));
        var scan = (await Scan("HOOK-O-F1", "s", 1, "HOOK")).Is(201);
        Assert.Equal(1, scan.Number("packing/box/contents/0/quantity"));
        Assert.Null(scan.At("packing/box/fillBasisPoints"));
    }

    [Fact]
    public async Task Only_what_is_in_closed_boxes_leaves_and_boxes_leave_whole()
    {
        var work = await Order("BOWL", 5);
        (await Begin(work)).Is(201);
        (await Open(work, "o1")).Is(201);
        (await Scan(work, "s1", 1, "BOWL", 2)).Is(201);
        var ship = $"/v1/fulfilment-orders/{work}/ship";
        (await api.Post(ship, """{"id":"x"}""")).IsProblem(409, "nothing-packed");
        (await api.Post(ship, """{"id":"x","lines":[{"line":"1","quantity":2}]}"""))
            .IsProblem(409, "more-than-packed");
        (await Do(work, "/boxes/1/close", "c1")).Is(200);
        (await api.Post(ship, """{"id":"x","lines":[{"line":"1","quantity":3}]}"""))
            .IsProblem(409, "more-than-packed");
        (await api.Post(ship, """{"id":"x","lines":[{"line":"1","quantity":1}]}"""))
            .IsProblem(409, "not-whole-boxes");
        (await api.Post(ship, """{"id":"x","boxes":["NONE"]}""")).IsProblem(404, "unknown-box");
        var left = (await api.Post(ship, $$"""{"id":"x","boxes":["{{work}}-B1"],"carrier":"DHL"}""")).Is(200);
        Assert.Equal((2, "DHL"), (left.Number("lines/0/shipped"), left.Text("shipments/0/carrier")));
        (await Open(work, "o2")).Is(201);
        (await Scan(work, "s2", 2, "BOWL", 4)).IsProblem(409, "more-than-left");
        (await Scan(work, "s3", 2, "BOWL", 3)).Is(201);
        (await Scan(work, "s4", 2, "BOWL", 1, ",\"out\":true")).Is(201);
        Assert.Equal(1, (await api.Get($"/v1/fulfilment-orders/{work}/packing")).Is(200).Number("lines/0/left"));
    }

    [Fact]
    public async Task Doubted_units_hold_the_order_and_others_are_sent_or_none()
    {
        var work = await Order("VASE", 3);
        (await Begin(work)).Is(201);
        (await Open(work, "o1")).Is(201);
        var held = (await Do(work, "/quality-holds", "q1", ",\"sku\":\"VASE\",\"reason\":\"a crack\"")).Is(201);
        Assert.Equal((true, 1, 2), (
            held.At("onHold")?.GetBoolean(), held.Number("doubts/0/hold"), held.Number("lines/0/left")));
        Assert.Contains("\"type\":\"qc\"", (await api.Get("/v1/orders/VASE-O")).Is(200).Body, StringComparison.Ordinal);
        (await Scan(work, "s1", 1, "VASE")).IsProblem(409, "on-hold");
        (await Do(work, "/quality-holds/9/decide", "d", ",\"outcome\":\"good\"")).IsProblem(409, "not-in-hand");
        var gone = (await Do(work, "/quality-holds/1/decide", "d1", ",\"outcome\":\"drop\"")).Is(200);
        Assert.Equal(("drop", 2), (gone.Text("doubts/0/outcome"), gone.Number("lines/0/left")));
        (await Do(work, "/quality-holds/1/decide", "d2", ",\"outcome\":\"good\"")).IsProblem(409, "already-decided");
        (await Scan(work, "s1", 1, "VASE", 2)).Is(201);
        Assert.Equal("packed", (await Do(work, "/boxes/1/close", "c1")).Is(200).Text("status"));
        await api.Until($"/v1/fulfilment-orders/{work}/packing", j => j.At("doubts/0/setAside")?.GetBoolean() == true);
        var stock = (await api.Get("/v1/skus/VASE")).Is(200);
        Assert.Contains("qc", stock.Body, StringComparison.Ordinal);
        (await api.Post($"/v1/fulfilment-orders/{work}/ship", """{"id":"ship"}""")).Is(200);
        await api.Until("VASE-O", "shipped");
    }

    [Fact]
    public async Task What_is_cancelled_comes_out_of_its_box_and_the_intercept_is_answered()
    {
        var work = await Order("PAN", 3);
        (await Begin(work)).Is(201);
        (await Open(work, "o1")).Is(201);
        (await Scan(work, "s1", 1, "PAN", 3)).Is(201);
        (await api.Post("/v1/orders/PAN-O/cancel",
            """{"id":"c","lines":[{"line":"1","quantity":2}],"reason":"too many"}""")).Succeeded();
        (await Do(work, "/boxes/1/close", "c1")).IsProblem(409, "units-cancelled");
        Assert.Equal(2, (await api.Get($"/v1/fulfilment-orders/{work}/packing")).Is(200).Number("lines/0/takeOut"));
        (await Scan(work, "s2", 1, "PAN", 2, ",\"out\":true")).Is(201);
        await api.Until("/v1/orders/PAN-O", o => o.Text("intercepts/0/status") == "stopped");
        Assert.Equal("packed", (await Do(work, "/boxes/1/close", "c1")).Is(200).Text("status"));
    }

    [Fact]
    public async Task A_bench_at_which_nobody_scans_answers_for_its_part_of_what_the_buyer_cancels()
    {
        var work = await Order("IDLE", 3);
        (await Begin(work)).Is(201);
        (await api.Post("/v1/orders/IDLE-O/cancel", """{"id":"c","reason":"changed my mind"}""")).Succeeded();
        await api.Until("IDLE-O", "cancelled");
        Assert.Equal("cancelled", (await api.Get($"/v1/fulfilment-orders/{work}/packing")).Is(200).Text("status"));

        var busy = await Order("BUSY", 3);
        (await Begin(busy)).Is(201);
        (await Open(busy, "o1")).Is(201);
        (await Scan(busy, "s1", 1, "BUSY", 2)).Is(201);
        (await api.Post("/v1/orders/BUSY-O/cancel", """{"id":"c","reason":"changed my mind"}""")).Succeeded();
        await api.Until($"/v1/fulfilment-orders/{busy}/packing", j => j.Number("lines/0/takeOut") == 2);
        Assert.Equal(["open"], (await api.Get("/v1/orders/BUSY-O")).Is(200).Each("status", "intercepts"));
        (await Scan(busy, "s2", 1, "BUSY", 2, ",\"out\":true")).Is(201);
        await api.Until("BUSY-O", "cancelled");
        Assert.DoesNotContain($"{busy}-B1", (await api.Get("/v1/skus/BUSY/slots")).Is(200).Body,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_is_given_up_ships_as_without_a_bench_or_is_begun_again()
    {
        var work = await Order("QUIT", 3);
        (await Begin(work)).Is(201);
        (await Open(work, "o1")).Is(201);
        (await Scan(work, "s1", 1, "QUIT", 2)).Is(201);
        (await Do(work, "/give-up", "g1")).IsProblem(409, "boxes-not-empty");
        (await Do(work, "/give-up", "g1", "", "carl")).IsProblem(409, "packed-by-another");
        (await Scan(work, "s2", 1, "QUIT", 2, ",\"out\":true")).Is(201);
        Assert.Equal("given-up", (await Do(work, "/give-up", "g1")).Is(200).Text("status"));
        Assert.Equal("given-up", (await Do(work, "/give-up", "g1")).Is(200).Text("status"));
        (await Scan(work, "s3", 1, "QUIT")).IsProblem(409, "given-up");
        Assert.Contains("F1: its bench gave it up", await api.Story("QUIT-O"));
        await api.Until($"/v1/lpns/{work}-B1", p => p.Text("status") == "void");

        (await Do(work, "", "b2", ",\"station\":\"B1\"")).Succeeded();
        (await api.Post($"/v1/fulfilment-orders/{work}/ship", """{"id":"x"}""")).IsProblem(409, "nothing-packed");
        (await Do(work, "/give-up", "g2")).Is(200);
        (await api.Post($"/v1/fulfilment-orders/{work}/ship", """{"id":"ship"}""")).Is(200);
        await api.Until("QUIT-O", "shipped");
    }

    [Fact]
    public async Task Units_that_somebody_has_to_see_to_are_in_a_list()
    {
        var work = await Order("CUPS", 3);
        (await Begin(work)).Is(201);
        (await Do(work, "/quality-holds", "q1", ",\"sku\":\"CUPS\",\"reason\":\"a crack\"")).Is(201);
        var open = await api.Until(
            "/v1/quality-holds?node=LEJ1", l => l.Each("fulfilmentOrder").Contains(work));
        Assert.Contains("\"attention\":\"undecided\"", open.Body, StringComparison.Ordinal);
        (await Do(work, "/quality-holds/1/decide", "d1", ",\"outcome\":\"drop\"")).Is(200);
        await api.Until("/v1/quality-holds?open=false", l => l.Each("fulfilmentOrder").Contains(work));
        Assert.DoesNotContain(work, (await api.Get("/v1/quality-holds")).Is(200).Each("fulfilmentOrder"));
    }

    [Fact]
    public async Task Each_mistake_has_a_sound_and_a_colour_of_its_own_at_the_bench()
    {
        var page = (await api.Get("/station/pack")).Is(200);
        Assert.Equal("text/html", page.ContentType);
        var signals = page.Body.Split("const signals = {")[1].Split("};")[0].Split("]]")
            .Select(s => s.Split("': [")).Where(s => s.Length == 2)
            .Select(s => (
                Code: s[0][(s[0].LastIndexOf('\'') + 1)..], Colour: s[1].Split(',')[0], Sound: s[1].Split('[')[1]))
            .ToList();
        Assert.Equal(
            [], Enum.GetNames<BenchFault>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)
                .Except(signals.Select(s => s.Code)));
        Assert.Equal(signals.Count, signals.Select(s => s.Colour).Distinct().Count());
        Assert.Equal(signals.Count, signals.Select(s => s.Sound).Distinct().Count());
    }

    [SkippableFact]
    public async Task The_slip_of_a_box_has_in_it_what_is_in_the_box_and_a_gift_has_no_prices()
    {
        Skip.If(PdfTools.Missing is not null, PdfTools.Missing);
        foreach (var (sku, gift) in (IEnumerable<(string, string)>)
            [("MUG", ",\"gift\":{\"message\":\"Happy birthday\"}"), ("DISH", "")])
        {
            var work = await Order(sku, 3, gift);
            (await Begin(work)).Is(201);
            (await Open(work, "o1")).Is(201);
            var papers = $"/v1/fulfilment-orders/{work}/packing/boxes";
            (await api.Get($"{papers}/1/packing-slip")).IsProblem(409, "empty-box");
            (await api.Get($"{papers}/9/packing-slip")).IsProblem(404, "unknown-box");
            (await Scan(work, "s1", 1, sku, 2)).Is(201);

            var slip = PdfTools.Text(await api.Http.GetByteArrayAsync($"{papers}/1/packing-slip"));
            Assert.Contains("Not packed yet", slip, StringComparison.Ordinal);
            Assert.DoesNotContain("In another box", slip, StringComparison.Ordinal);
            Assert.Contains("No address was told", slip, StringComparison.Ordinal);
            Assert.Contains($"{work}-B1", slip, StringComparison.Ordinal);
            Assert.Equal(gift.Length == 0, slip.Contains("19.98", StringComparison.Ordinal));
            Assert.Equal(gift.Length > 0, slip.Contains("Happy birthday", StringComparison.Ordinal));
            var list = await api.Http.GetByteArrayAsync($"{papers}/1/content-list");
            Assert.Contains("2", PdfTools.Text(list), StringComparison.Ordinal);
            Assert.Equal([$"CODE-128:{work}-B1"], PdfTools.Barcodes(list));
            (await Open(work, "o2")).Is(201);
            (await Scan(work, "s2", 2, sku)).Is(201);
            slip = PdfTools.Text(await api.Http.GetByteArrayAsync($"{papers}/1/packing-slip"));
            Assert.Contains("In another box", slip, StringComparison.Ordinal);
            Assert.DoesNotContain("Not packed yet", slip, StringComparison.Ordinal);
        }
    }
}
