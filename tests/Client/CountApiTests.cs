namespace Fulfillment.Tests.Client;

/// <summary>Counts: blind, while work goes on, decided by somebody else.</summary>
public sealed class CountApiTests(ApiServer api) : IClassFixture<ApiServer>
{
    /// <summary>A SKU with so many units in a bin of LEJ1; what lists say of it is there.</summary>
    async Task InBin(string sku, string bin, int units, string more = "")
    {
        await api.Stock(sku, 0, more);
        (await api.Post($"/v1/skus/{sku}/receipts",
            $$"""{"id":"r-{{bin}}","node":"LEJ1","quantity":{{units}},"bin":"{{bin}}"}""")).Is(201);
        await api.Embedded.ViewsReached();
    }

    async Task Opened(string id, string more) =>
        (await api.Post("/v1/counts", $$"""{"id":"{{id}}","node":"LEJ1",{{more}}}""")).Is(201);

    Task<Answer> Scan(string count, string id, string sku, int quantity, string more, string by = "anna") => api.Post(
        $"/v1/counts/{count}/scans",
        $$"""{"id":"{{id}}","by":"{{by}}","sku":"{{sku}}","quantity":{{quantity}}{{more}}}""");

    Task<Answer> Finish(string count, string? bin = null, string id = "f") => api.Post($"/v1/counts/{count}/finish",
        $$"""{"id":"{{id}}","by":"anna"{{(bin is null ? "" : $",\"bin\":\"{bin}\"")}}}""");

    Task<Answer> Post(string count, string verb, string body) => api.Post($"/v1/counts/{count}/{verb}", body);

    Task<Answer> Full(string count) => api.Get($"/v1/counts/{count}?expected=true");

    [Fact]
    public async Task A_bin_is_counted_while_it_is_picked_and_only_what_is_missing_is_corrected()
    {
        await InBin("PICKED", "P-1", 20, ""","price":{"amount":250,"currency":"EUR"}""");
        (await api.Order("PICKED-1", "PICKED", 8)).Is(201);
        await api.Until("PICKED-1", "allocated");
        await Opened("PICKED", """ "bins":["P-1"],"tolerance":{"units":3}""");
        (await Pick("a", 2)).Is(200);
        // One was stolen: 20 - 2 picked - 1.
        (await Scan("PICKED", "s", "PICKED", 17, ",\"bin\":\"P-1\"")).Is(201);
        (await Pick("b", 5)).Is(200);
        var finished = (await Finish("PICKED", "P-1")).Is(200);

        Assert.Equal(("closed", "posted"), (finished.Text("status"), finished.Text("lines/0/status")));
        var full = (await Full("PICKED")).Is(200);
        Assert.Equal((18, -1, -1), (full.Number("lines/0/expected")!.Value, full.Number("lines/0/variance")!.Value,
            full.Number("lines/0/posted")!.Value));
        Assert.Equal(-250, full.Number("lines/0/varianceValue/amount"));
        Assert.Equal(19, (await api.Get("/v1/skus/PICKED")).Number("onHand"));
        var movement = (await api.List("/v1/skus/PICKED/movements")).Items()[0];
        Assert.Equal(("adjustment", "count PICKED", -1), (movement.GetProperty("type").GetString(),
            movement.GetProperty("reason").GetString(), movement.GetProperty("quantity").GetInt32()));

        Task<Answer> Pick(string id, int units) => api.Post("/v1/skus/PICKED/picks",
            $$"""{"id":"{{id}}","order":"PICKED-1","node":"LEJ1","quantity":{{units}},"bin":"P-1","tote":"T"}""");
    }

    [Fact]
    public async Task Who_counts_is_told_nothing_of_what_the_books_say()
    {
        await InBin("BLIND", "BL-1", 90_210);
        await Opened("BLIND", """ "bins":["BL-1"]""");
        var scanned = (await Scan("BLIND", "s", "BLIND", 9, ",\"bin\":\"BL-1\"")).Is(201);
        var finished = (await Finish("BLIND", "BL-1")).Is(200);
        var seen = (await api.Get("/v1/counts/BLIND")).Is(200);

        Assert.All([scanned, finished, seen], answer =>
        {
            Assert.DoesNotContain("90210", answer.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("-90201", answer.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("expected", answer.Body, StringComparison.OrdinalIgnoreCase);
        });
        Assert.Equal("waiting", seen.Text("status"));
        Assert.Equal(90_210, (await Full("BLIND")).Number("lines/0/expected"));
        (await api.Get("/v1/counts/BLIND?expected=yes")).IsProblem(400, "unknown-value", "expected");
    }

    [Fact]
    public async Task A_large_variance_is_posted_when_somebody_else_approves_it()
    {
        await InBin("LARGE", "LA-1", 10);
        await Opened("LARGE", """ "bins":["LA-1"],"tolerance":{"units":1}""");
        (await Scan("LARGE", "s", "LARGE", 4, ",\"bin\":\"LA-1\"")).Is(201);
        (await Finish("LARGE", "LA-1")).Is(200);
        Assert.Equal(10, (await api.Get("/v1/skus/LARGE")).Number("onHand"));
        (await Post("LARGE", "approve", """{"id":"a","by":"anna"}""")).IsProblem(403, "same-person");
        var approved = (await Post("LARGE", "approve", """{"id":"a","by":"bert","reason":"looked"}""")).Is(200);
        Assert.Equal(("closed", "posted", "bert"), (approved.Text("status"), approved.Text("lines/0/status"),
            approved.Text("lines/0/decidedBy")));
        (await Post("LARGE", "approve", """{"id":"a","by":"bert","reason":"looked"}""")).Is(200);
        (await Post("LARGE", "approve", """{"id":"b","by":"bert"}""")).IsProblem(409, "not-waiting");
        Assert.Equal(4, (await api.Get("/v1/skus/LARGE")).Number("onHand"));
    }

    [Fact]
    public async Task A_scan_sent_twice_is_one_and_another_under_its_id_is_refused()
    {
        await InBin("TWICE", "TW-1", 5);
        await Opened("TWICE", """ "bins":["TW-1"]""");
        (await Scan("TWICE", "s", "TWICE", 5, ",\"bin\":\"TW-1\"")).Is(201);
        (await Scan("TWICE", "s", "TWICE", 5, ",\"bin\":\"TW-1\"")).Is(200);
        (await Scan("TWICE", "s", "TWICE", 6, ",\"bin\":\"TW-1\"")).IsProblem(422, "idempotency-conflict");
        (await Scan("TWICE", "t", "TWICE", 6, ",\"bin\":\"TW-1\"")).Is(201);
        var seen = (await api.Get("/v1/counts/TWICE")).Is(200);
        Assert.Equal(["6"], seen.Each("counted", "lines"));
        (await api.Post("/v1/counts", """{"id":"TWICE","node":"LEJ1","bins":["TW-1"]}""")).Is(200);
        (await api.Post("/v1/counts", """{"id":"TWICE","node":"LEJ1","bins":["TW-2"]}"""))
            .IsProblem(422, "idempotency-conflict");
    }

    [Fact]
    public async Task What_nobody_scanned_is_missing_and_a_recount_finds_it()
    {
        await InBin("SCANNED", "AB-1", 5);
        await InBin("OVERSEEN", "AB-1", 7);
        await Opened("AB", """ "bins":["AB-1"],"counters":["anna","bert"]""");
        (await Scan("AB", "s", "SCANNED", 5, ",\"bin\":\"AB-1\"")).Is(201);
        (await Scan("AB", "x", "SCANNED", 5, ",\"bin\":\"AB-1\"", "eve")).IsProblem(403, "not-a-counter");
        (await Scan("AB", "x", "SCANNED", 5, ",\"bin\":\"AB-2\"")).IsProblem(409, "not-the-place");
        var finished = (await Finish("AB", "AB-1")).Is(200);
        Assert.Equal(["matched", "waiting"], finished.Each("status", "lines"));
        (await Scan("AB", "x", "SCANNED", 5, ",\"bin\":\"AB-1\"")).IsProblem(409, "place-finished");
        Assert.Equal("open", (await Post("AB", "recount", """{"id":"n","by":"carl","lines":[2]}""")).Is(200)
            .Text("status"));
        (await Scan("AB", "s2", "OVERSEEN", 7, ",\"bin\":\"AB-1\"", "bert")).Is(201);
        Assert.Equal("closed", (await Finish("AB", "AB-1", "f2")).Is(200).Text("status"));
        Assert.Equal(7, (await api.Get("/v1/skus/OVERSEEN")).Number("onHand"));
    }

    [Fact]
    public async Task What_orders_have_committed_is_not_taken_from_them_and_can_be_tried_again()
    {
        await InBin("HELD", "HE-1", 5);
        (await api.Order("HELD-1", "HELD", 4)).Is(201);
        await api.Until("HELD-1", "allocated");
        await Opened("HELD", """ "bins":["HE-1"],"tolerance":{"percent":100}""");
        (await Scan("HELD", "s", "HELD", 2, ",\"bin\":\"HE-1\"")).Is(201);
        var finished = (await Finish("HELD", "HE-1")).Is(200);
        Assert.Equal(("waiting", "refused"), (finished.Text("status"), finished.Text("lines/0/status")));
        Assert.Equal("committed", (await Full("HELD")).Text("lines/0/corrections/0/code"));
        (await api.Post("/v1/orders/HELD-1/cancel", """{"id":"c","reason":"stock"}""")).Succeeded();
        await api.Until("HELD-1", "cancelled");
        Assert.Equal("closed", (await Post("HELD", "approve", """{"id":"a","by":"anna"}""")).Is(200).Text("status"));
        Assert.Equal(2, (await api.Get("/v1/skus/HELD")).Number("onHand"));
    }

    [Fact]
    public async Task A_barcode_of_a_case_counts_its_eaches_and_serials_are_named()
    {
        await InBin("CASED", "CA-1", 24,
            ""","packs":[{"unit":"case","eaches":12,"gtin":"14012345123453"}]""");
        await api.Stock("SERIAL", 0, ""","tracking":{"serials":true}""");
        (await api.Post("/v1/skus/SERIAL/receipts",
            """{"id":"r","node":"LEJ1","quantity":2,"bin":"CA-1","serials":["S1","S2"]}""")).Is(201);
        await api.Embedded.ViewsReached();
        await Opened("CASED", """ "bins":["CA-1"]""");
        (await Post("CASED", "scans",
            """{"id":"s","by":"anna","barcode":"14012345123453","quantity":2,"bin":"CA-1"}""")).Is(201);
        (await Scan("CASED", "x", "SERIAL", 1, ",\"bin\":\"CA-1\"")).IsProblem(400, "serials-required", "/serials");
        (await Scan("CASED", "t", "SERIAL", 2, """,  "bin":"CA-1","serials":["S2","S7"]""")).Is(201);
        (await Finish("CASED", "CA-1")).Is(200);
        var full = (await Full("CASED")).Is(200);
        Assert.Equal(["matched", "waiting"], full.Each("status", "lines"));
        Assert.Equal(("S1", "S7"), (full.Text("lines/1/missingSerials/0"), full.Text("lines/1/straySerials/0/serial")));
        (await Post("CASED", "approve", """{"id":"a","by":"bert"}""")).Is(200);
        Assert.Equal(2, (await api.Get("/v1/skus/SERIAL")).Number("onHand"));
        Assert.Equal("CA-1", (await api.List("/v1/serials/S7")).Text("bin"));
    }

    [Fact]
    public async Task A_rejected_and_a_cancelled_count_correct_nothing()
    {
        await InBin("REJECT", "RE-1", 5);
        await Opened("REJECT", """ "bins":["RE-1"]""");
        (await Scan("REJECT", "s", "REJECT", 1, ",\"bin\":\"RE-1\"")).Is(201);
        (await Finish("REJECT", "RE-1")).Is(200);
        var rejected = (await Post("REJECT", "reject", """{"id":"r","by":"bert","reason":"on the truck"}""")).Is(200);
        Assert.Equal(("closed", "rejected"), (rejected.Text("status"), rejected.Text("lines/0/status")));
        await Opened("GIVENUP", """ "skus":["REJECT"]""");
        (await Post("GIVENUP", "cancel", """{"id":"c","by":"bert","reason":"not today"}""")).Is(200);
        (await Scan("GIVENUP", "s", "REJECT", 1, "")).IsProblem(409, "count-cancelled");
        var listed = await api.List("/v1/counts?node=LEJ1&status=cancelled");
        Assert.Contains("GIVENUP", listed.Each("id"));
        Assert.Equal(5, (await api.Get("/v1/skus/REJECT")).Number("onHand"));
    }
}

/// <summary>What is to be counted, and what counts found: over a whole node, so on a server of its own.</summary>
public sealed class CountFiguresTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task What_sells_most_is_counted_first_and_what_was_found_is_told()
    {
        foreach (var (sku, price, sold) in ((string, int, int)[])[("BEST", 900, 9), ("SOME", 100, 9), ("DUST", 5, 0)])
        {
            await api.Stock(sku, 0, $$""","price":{"amount":{{price}},"currency":"EUR"}""");
            (await api.Post($"/v1/skus/{sku}/receipts",
                $$"""{"id":"r","node":"LEJ1","quantity":20,"bin":"B-{{sku}}"}""")).Is(201);
            if (sold == 0) continue;
            (await api.Order($"o-{sku}", sku, sold)).Is(201);
            await api.Until($"o-{sku}", "allocated");
            (await api.Post($"/v1/fulfilment-orders/o-{sku}-F1/ship", """{"id":"s"}""")).Succeeded();
        }

        await api.Embedded.ViewsReached();
        var proposed = (await api.Get("/v1/counts/proposals?node=LEJ1")).Is(200);
        Assert.Equal(["BEST", "SOME", "DUST"], proposed.Each("sku"));
        Assert.Equal(["A", "B", "C"], proposed.Each("class"));
        Assert.Equal(("never-counted", 8_100),
            (proposed.Text("items/0/why"), proposed.Number("items/0/value/amount")!.Value));

        const string request = """{"id":"P","node":"LEJ1","most":2,"tolerance":{"units":5}}""";
        var opened = (await api.Post("/v1/counts/proposals", request)).Is(201);
        Assert.Equal(["B-BEST", "B-SOME"], opened.Each("bin", "places"));
        (await Scan("BEST", 11)).Is(201);
        (await Scan("SOME", 9)).Is(201);
        foreach (var bin in (string[])["B-BEST", "B-SOME"])
        {
            (await api.Post("/v1/counts/P/finish", $$"""{"id":"{{bin}}","by":"anna","bin":"{{bin}}"}""")).Is(200);
        }

        await api.Embedded.ViewsReached();
        (await api.Post("/v1/counts/proposals", request)).Is(200);
        Assert.Equal(["DUST"], (await api.Get("/v1/counts/proposals?node=LEJ1")).Each("sku"));
        var figures = (await api.Get("/v1/nodes/LEJ1/count-accuracy")).Is(200);
        Assert.Equal((1, 2, 1, 500), (figures.Number("counts")!.Value, figures.Number("lines")!.Value,
            figures.Number("withoutVariance")!.Value, figures.Number("accuracyPermille")!.Value));
        Assert.Equal((2, 0, -200), (figures.Number("unitsLost")!.Value, figures.Number("unitsFound")!.Value,
            figures.Number("value/0/net")!.Value));
        (await api.Post("/v1/skus/SOME/adjustments",
            """{"id":"x","node":"LEJ1","delta":-1,"reason":"broken","bin":"B-SOME"}""")).Is(201);
        await api.Embedded.ViewsReached();
        var odd = (await api.Get("/v1/counts/proposals?node=LEJ1&reason=exception")).Is(200);
        Assert.Equal(("SOME", "corrected"), (odd.Text("items/0/sku"), odd.Text("items/0/why")));

        Task<Answer> Scan(string sku, int units) => api.Post("/v1/counts/P/scans",
            $$"""{"id":"{{sku}}","by":"anna","sku":"{{sku}}","quantity":{{units}},"bin":"B-{{sku}}"}""");
    }
}
