namespace Fulfillment.Tests.Client.Station;

/// <summary>A packer's walk at the bench in a browser, with codes typed as a keyboard-wedge scanner does.</summary>
public sealed class PackStationTests(ApiServer api) : IClassFixture<ApiServer>
{
    const string Signal = Text + "'#signal').className", Box = Text + "'#box').innerText",
        Left = Text + "'#left').innerText", State = Text + "'#state').innerText", Ask = Text + "'#ask').innerText",
        Note = Text + "'#note').innerText", Refused = Text + "'#refused').innerText", Text = "document.querySelector(";

    [SkippableFact]
    public async Task Boxes_are_packed_by_scanner_through_mistakes_and_a_lost_connection()
    {
        Skip.If(Chromium.Missing is not null, Chromium.Missing);
        await using var page = await Begin("POT", 5);
        // Goods are no box, and no number of one either.
        await page.Type("POT");
        await page.Until(Signal, "bad box-not-open");
        // Pressed twice it is one box, and what is scanned meanwhile is for it.
        await page.Press("F2", 113);
        await page.Press("F2", 113);
        await page.Type("POT");
        await page.Until(Signal, "good");
        await page.Until(Left, "4");
        await page.Until(Box, "1 · M");
        await page.Type("LID");
        await page.Until(Signal, "bad wrong-sku");
        await Picture(page, "pack-wrong");
        for (var i = 0; i < 3; i++) await page.Type("POT");
        await page.Until(Signal, "good");
        await page.Until(State, "connected");
        Assert.Equal("1", await page.Read(Left));

        // The scales are typed; what is no number closes nothing.
        await page.Press("F2", 113);
        await page.Until($"{Ask}.startsWith('Box 1: weight')", "true");
        await page.Type("12ab");
        await page.Until(Signal, "bad bad");
        await page.Type("900");
        await page.Until(Signal, "bad weight-implausible");
        await Picture(page, "pack-weight");
        await page.Type("1700");
        await page.Until(Signal, "good");
        await page.Until(Box, "M");

        await Lost(page);
        await page.Type("POT");
        await page.Until(Signal, "bad more-than-left");
        await page.Press("F2", 113);
        await page.Press("F2", 113);
        await page.Until(Note, "POT-O-F1 is packed.");
        await page.Type("POT");
        await page.Until(Signal, "bad box-not-open");
        // It stays, although all is packed.
        await page.Until(State, "connected");
        Assert.Equal("bad box-not-open", await page.Read(Signal));
        Assert.Equal("5", await page.Read("document.querySelectorAll('#refused li').length"));
        await Picture(page, "pack-done");

        var job = (await api.Get("/v1/fulfilment-orders/POT-O-F1/packing")).Is(200);
        Assert.Equal(("packed", 2, 4, 1), (job.Text("status"), job.Items("boxes").Count,
            job.Number("boxes/0/contents/0/quantity"), job.Number("boxes/1/contents/0/quantity")));
        Assert.Equal(1700, job.Number("boxes/0/weightGrams"));
        Assert.Null(job.At("boxes/1/weightGrams"));
        Assert.Equal(["wrong-sku", "more-than-left"], job.Each("error", "errors"));
    }

    /// <summary>
    /// A box that is opened and a scan for it, while nobody answers but a proxy at the end, are kept and count once.
    /// </summary>
    static async Task Lost(Chromium page)
    {
        await page.Connect(false);
        await page.Press("F2", 113);
        await page.Type("POT");
        await page.Until($"{State}.startsWith('connection lost: 2 kept')", "true");
        await Picture(page, "pack-lost");
        Assert.Equal("0", await page.Read(Left));
        await page.Read("""
            (() => {
              const real = fetch, told = [502, 404, 500];
              window.fetch = (...what) => told.length
                ? Promise.resolve(new Response('<h1>No</h1>', { status: told.shift() })) : real(...what);
            })()
            """);
        await page.Connect(true);
        await page.Until(Box, "2 · M");
        await page.Until(State, "connected");
        await page.Until(Signal, "good");
        Assert.Equal("0", await page.Read(Left));
        Assert.Equal("false", await page.Read("Object.keys(localStorage).some(k => k.startsWith('station.packed.'))"));
    }

    [SkippableFact]
    public async Task Lots_are_asked_one_by_one_and_boxes_are_chosen_reopened_and_thrown_away()
    {
        Skip.If(Chromium.Missing is not null, Chromium.Missing);
        await using var page = await Begin("GLUE", 2, ""","tracking":{"lots":true}""", ""","lot":"L1" """);
        await page.Press("F2", 113);
        await page.Until(Box, "1 · M");
        await page.Connect(false);
        // Nobody answers, and both are asked for; goods are never a lot.
        await page.Type("GLUE");
        await page.Type("GLUE");
        await page.Until(Ask, "Scan the lot of GLUE (2 wait)");
        await page.Type("L1");
        await page.Until(Ask, "Scan the lot of GLUE");
        await page.Connect(true);
        await page.Until(Signal, "good");
        await Picture(page, "pack-lot");
        await page.Read("document.querySelector('#leave').click()");
        await Start(page, "GLUE");
        // The question is still there, and of its own order.
        await page.Until(Ask, "Scan the lot of GLUE");
        await page.Type("L1");
        await page.Until(Left, "0");
        await page.Until(State, "connected");

        // A second box, by its number; back to the first by that of it.
        await page.Type("BOX-7");
        await page.Until(Signal, "bad unreadable-barcode");
        await page.Type("GLUE-O-F1-B1");
        await page.Until($"{Ask}.startsWith('Box 1: weight')", "true");
        await page.Type("");
        await page.Until(Note, "GLUE-O-F1 is packed.");
        await page.Read($"{Button("Reopen")}.click()");
        await page.Until(Box, "1 · M");
        for (var i = 0; i < 2; i++)
        {
            await page.Press("F4", 115);
            await page.Type("GLUE");
            await page.Type("L1");
            await page.Until(State, "connected");
        }

        await page.Until(Left, "2");
        await page.Until($"!!{Button("Discard")}", "true");
        await page.Read($"{Button("Discard")}.click()");
        await page.Until(Box, "M");
        await page.Type("BOX-7");
        await page.Until($"{Text}'#plan').innerText.includes('2 M open')", "true");
        var job = (await api.Get("/v1/fulfilment-orders/GLUE-O-F1/packing")).Is(200);
        Assert.Equal(("BOX-7", 1), (job.Text("boxes/0/lpn"), job.Items("boxes").Count));
        Assert.Equal(["unreadable-barcode"], job.Each("error", "errors"));
        Assert.Equal("1", await page.Read("document.querySelectorAll('#refused li').length"));
        Assert.Contains("BOX-7", await page.Read(Refused), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Serials_are_asked_one_by_one_a_doubt_is_decided_and_a_cancellation_is_heard_of()
    {
        Skip.If(Chromium.Missing is not null, Chromium.Missing);
        await using var page = await Begin(
            "CLOCK", 4, ""","tracking":{"serials":true}""", ""","serials":["C1","C2","C3","C4"] """);
        await page.Press("F2", 113);
        await page.Until(Box, "1 · M");
        await page.Type("CLOCK");
        await page.Until(Ask, "Scan the serial of CLOCK");
        await Picture(page, "pack-serial");
        await page.Type("C9");
        await page.Until($"{Signal}.startsWith('bad')", "true");
        await Picture(page, "pack-serial-wrong");
        await Serial(page, "C1");
        await page.Until(Left, "3");
        await Serial(page, "C2");
        await page.Until(Left, "2");

        // One that is damaged: nothing is packed until somebody has decided.
        await page.Press("F3", 114);
        await page.Until(Ask, "Scan the doubted unit");
        await page.Type("CLOCK");
        await page.Until(Ask, "Why is CLOCK doubted?");
        await page.Type("a crack");
        await page.Until(Ask, "Scan the serial of CLOCK");
        await page.Type("C3");
        await page.Until($"{Note}.startsWith('CLOCK is doubted: a crack')", "true");
        await Picture(page, "pack-doubt");
        await Serial(page, "C4");
        await page.Until(Signal, "bad on-hold");
        await page.Read($"{Text}'#drop').click()");
        await page.Until(Note, "");
        await page.Until(Left, "1");
        await Serial(page, "C4");
        await page.Until(Left, "0");
        await Picture(page, "pack-decided");
        await api.Until("/v1/fulfilment-orders/CLOCK-O-F1/packing", j => j.Body.Contains(
            "\"serials\":[\"C1\",\"C2\",\"C4\"]", StringComparison.Ordinal));
        await api.Until("/v1/quality-holds?open=false", l => l.Each("fulfilmentOrder").Contains("CLOCK-O-F1"));

        // Nobody scans: the page tells all the same that the buyer does not want it any more.
        (await api.Post("/v1/orders/CLOCK-O/cancel", """{"id":"c","reason":"too late"}""")).Succeeded();
        await page.Until(Signal, "bad units-cancelled");
        await page.Until($"{Text}'#sku').innerText", "take out CLOCK");
        await Picture(page, "pack-cancelled");
        foreach (var serial in (string[])["C1", "C2", "C4"])
        {
            await page.Press("F4", 115);
            await Serial(page, serial);
            await page.Until(State, "connected");
        }

        await api.Until("CLOCK-O", "cancelled");
        await page.Until(Note, "CLOCK-O-F1 is cancelled.");
        await Picture(page, "pack-out");
    }

    static async Task Serial(Chromium page, string serial)
    {
        await page.Type("CLOCK");
        await page.Until(Ask, "Scan the serial of CLOCK");
        await page.Type(serial);
    }

    static string Button(string text) =>
        $"[...document.querySelectorAll('#plan button')].find(b => b.innerText === '{text}')";

    /// <summary>An order of goods of 100 x 80 x 50 mm and 400 g, a box for four, and the page that packs it.</summary>
    async Task<Chromium> Begin(string sku, int units, string more = "", string received = "")
    {
        await api.Stock("LID", 1);
        await api.Stock(sku, 0, more + ""","product":{"grams":400,"lengthMm":100,"widthMm":80,"heightMm":50}""");
        (await api.Put("/v1/nodes/LEJ1/boxes/M",
            """{"inner":{"lengthMm":200,"widthMm":160,"heightMm":50},"tareGrams":100,"maxGrams":5000}""")).Succeeded();
        (await api.Post($"/v1/skus/{sku}/receipts",
            $$"""{"id":"r","node":"LEJ1","quantity":{{units}},"bin":"A-1"{{received}}}""")).Is(201);
        (await api.Order($"{sku}-O", sku, units)).Is(201);
        await api.Until($"{sku}-O", "allocated");
        var page = await Chromium.Start();
        await page.Open(new Uri(api.Address, "/station/pack").AbsoluteUri);
        await Start(page, sku);
        return page;
    }

    static async Task Start(Chromium page, string sku)
    {
        foreach (var (field, value) in (IEnumerable<(string, string)>)
            [("node", "LEJ1"), ("by", "dora"), ("station", "B1")])
        {
            await page.Read($"{Text}'#{field}').value = '{value}'");
        }

        await page.Read($"{Text}'#order').focus()");
        await page.Type($"{sku}-O-F1");
        await page.Until("document.activeElement.id", "code");
    }

    static async Task Picture(Chromium page, string name)
    {
        if (Environment.GetEnvironmentVariable("FULFILLMENT_PICTURES") is { } folder)
            await File.WriteAllBytesAsync(Path.Combine(folder, name + ".png"), await page.Picture());
    }
}
