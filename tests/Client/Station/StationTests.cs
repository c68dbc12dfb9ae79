namespace Fulfillment.Tests.Client.Station;

/// <summary>A picker's walk at the station in a browser, with codes typed as a keyboard-wedge scanner does.</summary>
public sealed class StationTests(ApiServer api) : IClassFixture<ApiServer>
{
    const string Signal = "document.querySelector('#signal').className",
        Bin = "document.querySelector('#bin').innerText",
        State = "document.querySelector('#state').innerText", Left = "document.querySelector('#left').innerText";

    [SkippableFact]
    public async Task Lists_are_picked_by_scanner_through_mistakes_a_lost_connection_and_a_short_pick()
    {
        Skip.If(Chromium.Missing is not null, Chromium.Missing);
        await Goods("BOLT", "A-1", 3);
        await Goods("GEAR", "A-2", 2);
        (await api.Post("/v1/orders", """
            {"id":"BENCH","lines":[{"sku":"BOLT","quantity":3},{"sku":"GEAR","quantity":2}]}
            """)).Is(201);
        await api.Until("BENCH", "allocated");
        (await api.Post(
            "/v1/nodes/LEJ1/pick-lists", """{"id":"PL-B","fulfilmentOrders":["BENCH-F1"]}""")).Is(201);
        await api.Until("/v1/pick-lists?status=released", l => l.Each("id").Contains("PL-B"));
        await using var page = await Chromium.Start();
        await page.Open(new Uri(api.Address, "/station?node=LEJ1").AbsoluteUri);
        await page.Read("document.querySelector('#by').focus()");
        await page.Type("anna");
        await page.Until("document.querySelectorAll('#lists button').length", "1");
        await page.Read("document.querySelector('#lists button').click()");
        await page.Until(Bin, "A-1");
        await page.Until("document.activeElement.id", "code");

        // The right bin, goods and tote.
        await page.Type("A-1");
        await page.Type("BOLT");
        await page.Type("T1");
        await page.Until(Signal, "good");
        await page.Until(Left, "2");
        // Other goods change nothing.
        await page.Type("GEAR");
        await page.Until(Signal, "bad wrong-sku");
        Assert.Equal("2", await page.Read(Left));

        await Lost(page);
        await page.Type("BOLT");
        await page.Until(Signal, "good");
        await page.Until(Bin, "A-2");
        // The wrong bin, and then one of two that is not there.
        await page.Type("A-9");
        await page.Until(Signal, "bad wrong-bin");
        await page.Type("A-2");
        await page.Type("GEAR");
        await page.Until(Signal, "good");
        await page.Until(Left, "1");
        await page.Until(State, "connected");
        // The question is answered yes.
        await page.Read("setTimeout(() => document.querySelector('#short').click(), 0)");
        await page.Until("document.querySelector('#ask').innerText", "All is picked");

        var list = (await api.Get("/v1/pick-lists/PL-B")).Is(200);
        Assert.Equal(("picked", "3", "1"), (
            list.Text("status"), list.Each("picked", "lines")[0], list.Each("short", "lines")[1]));
        Assert.Equal(["wrong-sku", "wrong-bin"], list.Each("error", "errors"));
        var picture = await page.Picture();
        Assert.Equal("89504E47", Convert.ToHexString(picture[..4]));
        if (Environment.GetEnvironmentVariable("FULFILLMENT_PICTURES") is { } folder)
            await File.WriteAllBytesAsync(Path.Combine(folder, "station.png"), picture);
    }

    /// <summary>A scan while nobody answers is kept, shown as such, and counts once when somebody does again.</summary>
    static async Task Lost(Chromium page)
    {
        await page.Connect(false);
        await page.Type("BOLT");
        await page.Until($"{State}.startsWith('connection lost: 1 kept')", "true");
        Assert.Equal("1", await page.Read(Left));
        await page.Connect(true);
        await page.Until(State, "connected");
        Assert.Equal("false", await page.Read("Object.keys(localStorage).some(k => k.startsWith('station.kept.'))"));
    }

    [SkippableFact]
    public async Task A_tote_of_another_order_has_a_signal_of_its_own()
    {
        Skip.If(Chromium.Missing is not null, Chromium.Missing);
        await Goods("TAPE", "A-3", 9);
        foreach (var order in (string[])["TOTE-1", "TOTE-2"])
        {
            (await api.Order(order, "TAPE")).Is(201);
            await api.Until(order, "allocated");
        }

        (await api.Post("/v1/nodes/LEJ1/pick-lists", """
            {"id":"PL-T","method":"cluster","fulfilmentOrders":["TOTE-1-F1","TOTE-2-F1"]}
            """)).Is(201);
        (await api.Post("/v1/pick-lists/PL-T/claim", """{"id":"c","by":"bert"}""")).Is(200);
        await api.Until("/v1/pick-lists?status=picking", l => l.Each("id").Contains("PL-T"));
        await using var page = await Chromium.Start();
        await page.Open(new Uri(api.Address, "/station?node=LEJ1").AbsoluteUri);
        await page.Read("document.querySelector('#by').focus()");
        await page.Type("bert");
        const string mine = "[...document.querySelectorAll('#lists button')].find(b => b.innerText.includes('PL-T'))";
        await page.Until($"!!{mine}", "true");
        await page.Read($"{mine}.click()");
        await page.Until(Bin, "A-3");
        foreach (var code in (string[])["A-3", "TAPE", "T-ONE"]) await page.Type(code);
        await page.Until(Signal, "good");
        foreach (var code in (string[])["TAPE", "T-ONE"]) await page.Type(code);
        await page.Until(Signal, "bad wrong-tote");
        // What did not count begins with its bin again.
        await page.Until("document.querySelector('#ask').innerText", "Scan the bin");
        foreach (var code in (string[])["A-3", "TAPE", "T-TWO"]) await page.Type(code);
        await page.Until("document.querySelector('#ask').innerText", "All is picked");
        Assert.Equal(
            ["T-ONE", "T-TWO"], (await api.Get("/v1/pick-lists/PL-T")).Is(200).Each("tote", "fulfilmentOrders"));
    }

    async Task Goods(string sku, string bin, int units)
    {
        await api.Stock(sku, 0);
        (await api.Post($"/v1/skus/{sku}/receipts",
            $$"""{"id":"r","node":"LEJ1","quantity":{{units}},"bin":"{{bin}}"}""")).Is(201);
    }
}
