using Fulfillment.Picking;

namespace Fulfillment.Tests.Client;

/// <summary>Pick lists over HTTP: released, claimed, scanned, short, and what each mistake answers.</summary>
public sealed class PickListApiTests(ApiServer api) : IClassFixture<ApiServer>
{
    Task<Answer> Do(string list, string what, string id, string more = "", string by = "anna") =>
        api.Post($"/v1/pick-lists/{list}/{what}", $$"""{"id":"{{id}}","by":"{{by}}"{{more}}}""");

    Task<Answer> Scan(string list, string id, string bin, string sku, int quantity, string tote) => Do(
        list, "scans", id, $",\"bin\":\"{bin}\",\"sku\":\"{sku}\",\"quantity\":{quantity},\"tote\":\"{tote}\"");

    Task<Answer> Release(string list, string more) =>
        api.Post("/v1/nodes/LEJ1/pick-lists", $$"""{"id":"{{list}}"{{more}}}""");

    /// <summary>An order of so many that LEJ1 is to ship, of units that lie in a bin.</summary>
    async Task<string> Order(string sku, int quantity, int stock, string bin = "A-1", string id = "")
    {
        var order = $"{sku}-O{id}";
        if (id.Length == 0) await api.Stock(sku, 0);
        if (stock > 0)
        {
            (await api.Post($"/v1/skus/{sku}/receipts",
                $$"""{"id":"r{{id}}","node":"LEJ1","quantity":{{stock}},"bin":"{{bin}}"}""")).Is(201);
        }

        (await api.Order(order, sku, quantity)).Is(201);
        await api.Until(order, "allocated");
        return $"{order}-F1";
    }

    [Fact]
    public async Task A_list_is_picked_scan_by_scan_and_its_order_is_in_fulfilment()
    {
        var work = await Order("PEN", 3, 5);
        var list = (await Release("PL-1", $",\"fulfilmentOrders\":[\"{work}\"]")).Is(201);
        Assert.Equal(("released", "A-1", 3), (list.Text("status"), list.Text("next/bin"), list.Number("next/left")));
        (await Release("PL-1", $",\"fulfilmentOrders\":[\"{work}\"]")).Is(200);
        (await Do("PL-1", "scans", "s-0", ",\"sku\":\"PEN\",\"quantity\":1")).IsProblem(409, "not-claimed");
        var paper = (await api.Get("/v1/pick-lists/PL-1/paper")).Is(200);
        Assert.Equal("application/pdf", paper.ContentType);
        Assert.StartsWith("%PDF", paper.Body, StringComparison.Ordinal);

        Assert.Equal("picking", (await Do("PL-1", "claim", "c-1")).Is(200).Text("status"));
        await api.Until("PEN-O", "in-fulfilment");
        const string right = ",\"bin\":\"A-1\",\"sku\":\"PEN\",\"quantity\":2,\"tote\":\"T1\"";
        var scan = (await Do("PL-1", "scans", "s-1", right)).Is(201);
        Assert.Equal(("picked", 2, 1), (scan.Text("status"), scan.Number("line/picked"), scan.Number("next/left")));
        Assert.Equal(2, (await Do("PL-1", "scans", "s-1", right)).Is(200).Number("line/picked"));
        Assert.Contains("T1", (await api.Get("/v1/skus/PEN/slots")).Is(200).Body, StringComparison.Ordinal);

        var last = (await Scan("PL-1", "s-2", "A-1", "PEN", 1, "T1")).Is(201);
        Assert.Null(last.At("next"));
        Assert.Equal("picked", (await api.Get("/v1/pick-lists/PL-1")).Is(200).Text("status"));
        (await Do("PL-1", "scans", "s-3", right)).IsProblem(409, "nothing-left");
        (await api.Post($"/v1/fulfilment-orders/{work}/ship", """{"id":"s"}""")).Is(200);
        await api.Until("/v1/pick-lists?status=picked", l => l.Each("id").Contains("PL-1"));
    }

    [Fact]
    public async Task Every_mistake_has_a_code_of_its_own_and_is_remembered_for_who_made_it()
    {
        var work = await Order("INK", 2, 9);
        await api.Stock("INKY", 1);
        (await Release("PL-2", $",\"fulfilmentOrders\":[\"{work}\"],\"method\":\"single\"")).Is(201);
        (await Do("PL-2", "claim", "c")).Is(200);

        (await Scan("PL-2", "1", "A-2", "INK", 1, "T2")).IsProblem(409, "wrong-bin");
        (await Scan("PL-2", "2", "A-1", "INKY", 1, "T2")).IsProblem(409, "wrong-sku");
        (await Scan("PL-2", "2", "A-1", "INKY", 1, "T2")).IsProblem(409, "wrong-sku");
        (await Scan("PL-2", "3", "A-1", "INK", 5, "T2")).IsProblem(409, "wrong-quantity");
        (await Scan("PL-2", "4", "A-1", "INK", 1, "T2")).Is(201);
        (await Scan("PL-2", "5", "A-1", "INK", 1, "T3")).IsProblem(409, "wrong-tote");
        (await Do("PL-2", "scans", "6", ",\"barcode\":\"]E04006381333932\"")).IsProblem(400, "incorrect-check-digit");
        (await Do("PL-2", "scans", "7", ",\"barcode\":\"]E04006381333931\"")).IsProblem(400, "unknown-barcode");
        (await Do("PL-2", "scans", "8", ",\"quantity\":1")).IsProblem(400, "required");
        (await Do("PL-2", "scans", "9", ",\"line\":7,\"sku\":\"INK\",\"quantity\":1")).IsProblem(400, "unknown-line");
        (await Do("PL-2", "scans", "a", ",\"sku\":\"INK\",\"quantity\":1", by: "bert"))
            .IsProblem(409, "claimed-by-another");

        var list = (await api.Get("/v1/pick-lists/PL-2")).Is(200);
        Assert.Equal(["wrong-bin", "wrong-sku", "wrong-quantity", "wrong-tote"], list.Each("error", "errors"));
        Assert.Equal(1, list.Number("next/left"));
        await api.Until("/v1/nodes/LEJ1/pick-accuracy", a => a.Body.Contains("wrong-tote", StringComparison.Ordinal));
        // The wrong goods in the right bin: somebody has to look.
        (await api.Get("/v1/counts/mis-slot:PL-2:1")).Is(200);
    }

    [Fact]
    public async Task What_is_not_there_is_sent_from_elsewhere_sold_no_more_and_counted()
    {
        var work = await Order("CAP", 4, 4);
        (await api.Put("/v1/nodes/BER2", """{"name":"Berlin","priority":2,"country":"DE"}""")).Succeeded();
        (await api.Post("/v1/skus/CAP/receipts", """{"id":"o","node":"BER2","quantity":6}""")).Is(201);
        (await Release("PL-3", $",\"fulfilmentOrders\":[\"{work}\"]")).Is(201);
        (await Do("PL-3", "claim", "c")).Is(200);
        (await Scan("PL-3", "1", "A-1", "CAP", 1, "T4")).Is(201);

        var list = (await Do("PL-3", "shorts", "x")).Is(200);
        Assert.Equal(("picked", 3), (list.Text("status"), list.Number("lines/0/short")));
        await api.Until("/v1/orders/CAP-O", o => o.Items("fulfilments").Count == 2);
        var order = (await api.Get("/v1/orders/CAP-O")).Is(200);
        Assert.Equal("BER2", order.Items("fulfilments")[1].GetProperty("node").GetString());
        await api.Until("/v1/pick-lists/PL-3", l => l.At("shorts/0/setAside")?.GetBoolean() == true);
        Assert.Contains("quarantine", (await api.Get("/v1/skus/CAP/slots")).Is(200).Body, StringComparison.Ordinal);
        (await api.Get("/v1/counts/short:PL-3:1")).Is(200);
    }

    [Fact]
    public async Task What_is_not_in_its_bin_is_picked_from_another_and_its_face_is_filled_again()
    {
        (await api.Put("/v1/nodes/LEJ1", """{"name":"Leipzig","priority":1,"country":"DE"}""")).Succeeded();
        (await api.Put("/v1/nodes/LEJ1/layout/zones/P", """{"kind":"pick"}""")).Succeeded();
        (await api.Put("/v1/nodes/LEJ1/layout/zones/R", """{"kind":"reserve"}""")).Succeeded();
        (await api.Post("/v1/nodes/LEJ1/bins", """
            {"bins":[{"id":"A-1","zone":"R"},{"id":"A-2","zone":"R"},
            {"id":"FACE","zone":"P","face":{"sku":"NUT","min":1,"max":6},"room":{"maxUnits":6} }]}
            """)).Succeeded();
        await api.Stock("NUT", 0);
        (await api.Post("/v1/skus/NUT/receipts", """{"id":"r1","node":"LEJ1","quantity":3,"bin":"FACE"}""")).Is(201);
        (await api.Post("/v1/skus/NUT/receipts", """{"id":"r2","node":"LEJ1","quantity":9,"bin":"A-2"}""")).Is(201);
        (await api.Order("NUT-O", "NUT", 4)).Is(201);
        await api.Until("NUT-O", "allocated");
        (await Release("PL-20", ",\"fulfilmentOrders\":[\"NUT-O-F1\"]")).Is(201);
        (await Do("PL-20", "claim", "c")).Is(200);
        // Nobody has scanned anything there.
        (await api.Put("/v1/nodes/CALM", """{"name":"Calm"}""")).Is(201);
        Assert.Empty((await api.Get("/v1/nodes/CALM/pick-accuracy")).Is(200).Items("pickers"));
        Assert.Equal("FACE", (await api.Get("/v1/pick-lists/PL-20")).Is(200).Text("next/bin"));

        var list = (await Do("PL-20", "shorts", "x", ",\"quantity\":2")).Is(200);
        Assert.Equal(2, list.Number("shorts/0/otherBins"));
        Assert.Null(list.At("shorts/0/resourced"));
        (await Scan("PL-20", "2", "FACE", "NUT", 1, "T8")).Is(201);
        (await Scan("PL-20", "3", "A-2", "NUT", 1, "T8")).Is(201);
        Assert.Contains("PL-20", (await api.List("/v1/pick-lists?status=picking")).Each("id"));
        (await Scan("PL-20", "4", "A-2", "NUT", 3, "T8")).IsProblem(409, "wrong-quantity");
        (await Scan("PL-20", "5", "A-2", "NUT", 2, "T8")).Is(201);
        Assert.Contains("PL-20", (await api.List("/v1/pick-lists?status=picked")).Each("id"));
        Assert.Equal("picked", (await api.Get("/v1/pick-lists/PL-20")).Is(200).Text("status"));
        Assert.Single((await api.Get("/v1/orders/NUT-O")).Is(200).Items("fulfilments"));
        await api.Until("/v1/pick-lists/PL-20", l => l.At("shorts/0/setAside")?.GetBoolean() == true);

        var tasks = await api.Until("/v1/replenishments?node=LEJ1", r => r.Items().Count == 1
            && r.Items()[0].GetProperty("sources").GetArrayLength() == 1);
        var id = tasks.Each("id")[0]!;
        Assert.Equal(("FACE", "6", "open"), (tasks.Each("bin")[0], tasks.Each("wanted")[0], tasks.Each("status")[0]));
        Task<Answer> Move(string of, string from, string to, int units) => api.Post(
            $"/v1/replenishments/{id}/moves",
            $$"""{"id":"{{of}}","by":"robot-7","from":"{{from}}","to":"{{to}}","sku":"NUT","quantity":{{units}}}""");
        (await Move("m-1", "A-2", "FACE", 2)).IsProblem(409, "not-claimed");
        (await api.Post($"/v1/replenishments/{id}/claim", """{"id":"c","by":"robot-7"}""")).Is(200);
        (await api.Post($"/v1/replenishments/{id}/claim", """{"id":"d","by":"anna"}"""))
            .IsProblem(409, "claimed-by-another");
        (await Move("m-2", "A-2", "A-1", 2)).IsProblem(409, "wrong-bin");
        (await Move("m-3", "A-2", "FACE", 9)).IsProblem(409, "wrong-quantity");
        (await Move("m-4", "A-1", "FACE", 2)).IsProblem(409, "not-there");
        Assert.Equal(2, (await Move("m-5", "A-2", "FACE", 2)).Is(201).Number("task/moved"));
        Assert.Equal(2, (await Move("m-5", "A-2", "FACE", 2)).Is(200).Number("task/moved"));
        (await Move("m-5", "A-2", "FACE", 1)).IsProblem(422, "idempotency-conflict");
        // Units that are missing in the book still lie there.
        (await Move("m-6", "A-2", "FACE", 3)).IsProblem(409, "over-capacity");
        (await api.Post($"/v1/replenishments/{id}/finish", """{"id":"f","by":"robot-7"}""")).Is(200);
        Assert.Equal("done", (await api.Get($"/v1/replenishments/{id}")).Is(200).Text("status"));
        Assert.Empty((await api.Get("/v1/replenishments?node=LEJ1")).Is(200).Items());
        // A scan is right once the SKU has given its units.
        var accuracy = await api.List("/v1/nodes/LEJ1/pick-accuracy");
        Assert.Contains("anna", accuracy.Each("by", "pickers"));
    }

    [Fact]
    public async Task Work_that_must_leave_first_is_chosen_and_is_on_one_list_only()
    {
        await Order("BAG", 1, 9);
        await Order("BAG", 1, 0, id: "2");
        var first = (await Release("PL-4", ",\"most\":100,\"wave\":\"noon\"")).Is(201);
        Assert.Equal("cluster", first.Text("method"));
        var on = first.Each("fulfilmentOrder", "fulfilmentOrders");
        Assert.Contains("BAG-O-F1", on);
        Assert.Contains("BAG-O2-F1", on);
        (await Release("PL-5", ",\"most\":100")).IsProblem(409, "nothing-to-pick");

        (await Do("PL-4", "claim", "c", by: "robot-7")).Is(200);
        (await Do("PL-4", "claim", "c2", by: "anna")).IsProblem(409, "claimed-by-another");
        (await Do("PL-4", "claim", "c3", ",\"takeOver\":true", by: "anna")).Is(200);
        var given = (await Do("PL-4", "cancel", "x", ",\"reason\":\"wrong wave\"")).Is(200);
        Assert.Equal("cancelled", given.Text("status"));
        (await Do("PL-4", "scans", "s", ",\"sku\":\"BAG\",\"quantity\":1")).IsProblem(409, "list-cancelled");
        // What was given up, though it was begun, is released again.
        Assert.Contains("BAG-O-F1", (await Release("PL-7", ",\"most\":100")).Is(201).Each(
            "fulfilmentOrder", "fulfilmentOrders"));
        (await Release("PL-8", ",\"fulfilmentOrders\":[\"BAG-O-F1\"]")).IsProblem(409, "already-listed");
        (await Release("PL-7", ",\"most\":100,\"wave\":\"evening\"")).IsProblem(422, "idempotency-conflict");
    }

    [Fact]
    public async Task Lists_do_not_promise_the_same_units()
    {
        var one = await Order("TIE", 1, 1);
        var two = await Order("TIE", 1, 5, "A-2", "2");
        Assert.Equal("A-1", (await Release("PL-9", $",\"fulfilmentOrders\":[\"{one}\"]")).Is(201).Text("next/bin"));
        await api.Until("/v1/pick-lists?status=released", l => l.Each("id").Contains("PL-9"));
        Assert.Equal("A-2", (await Release("PL-10", $",\"fulfilmentOrders\":[\"{two}\"]")).Is(201).Text("next/bin"));
    }

    [Fact]
    public async Task What_cannot_be_picked_is_refused_by_name()
    {
        var work = await Order("HAT", 1, 2);
        (await Release("PL-6", ",\"fulfilmentOrders\":[\"nonsense\"]")).IsProblem(400, "bad-id");
        (await Release("PL-6", ",\"fulfilmentOrders\":[]")).IsProblem(400, "out-of-range");
        (await Release("PL-6", ",\"fulfilmentOrders\":[\"HAT-O-F9\"]")).IsProblem(400, "unknown-fulfilment-order");
        (await Release("PL-6", $",\"fulfilmentOrders\":[\"{work}\",\"{work}\"]")).IsProblem(400, "duplicate");
        (await Release("PL-6", ",\"method\":\"single\",\"most\":2")).IsProblem(400, "one-order");
        (await api.Post("/v1/nodes/NOWHERE/pick-lists", """{"id":"PL-6"}""")).IsProblem(404, "unknown-node");
        (await api.Put("/v1/nodes/BER2", """{"name":"Berlin","priority":2,"country":"DE"}""")).Succeeded();
        (await api.Post("/v1/nodes/BER2/pick-lists", $$"""{"id":"PL-6","fulfilmentOrders":["{{work}}"]}"""))
            .IsProblem(400, "other-node");
        (await api.Get("/v1/pick-lists/PL-6")).IsProblem(404, "unknown-pick-list");
        (await api.Get("/v1/pick-lists/PL-6/paper")).IsProblem(404, "unknown-pick-list");
        (await Do("PL-6", "claim", "c")).IsProblem(404, "unknown-pick-list");
        (await api.Post($"/v1/fulfilment-orders/{work}/ship", """{"id":"s"}""")).Is(200);
        (await Release("PL-6", $",\"fulfilmentOrders\":[\"{work}\"]")).IsProblem(409, "nothing-to-pick");
    }

    [Fact]
    public async Task Each_mistake_has_a_sound_and_a_colour_of_its_own_at_the_station()
    {
        var page = (await api.Get("/station")).Is(200);
        Assert.Equal("text/html", page.ContentType);
        string[] faults = ["wrong-bin", "wrong-sku", "wrong-lot", "wrong-tote", "wrong-quantity"];
        Assert.Equal(Enum.GetValues<PickFault>().Length, faults.Length);
        // A colour and the pitches of its sound; that no two are alike is asked of the bench, which has the same ones.
        foreach (var fault in faults) Assert.Matches($"'{fault}': \\[\\d+, \\[\\d+", page.Body);
    }
}
