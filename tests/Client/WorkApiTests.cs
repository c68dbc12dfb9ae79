namespace Fulfillment.Tests.Client;

/// <summary>From an order to its nodes, and what happens when they fail, refuse, or somebody knows better.</summary>
public sealed class WorkApiTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task A_split_order_whose_node_goes_offline_is_rerouted_and_tells_the_whole_story()
    {
        await Node("W1A", 1);
        await Node("W1B", 2);
        await Node("W1C", 3);
        await Sku("W1-M", ("W1A", 2), ("W1C", 2));
        await Sku("W1-P", ("W1B", 2));
        (await Place("w1", ("W1-M", 1), ("W1-P", 1))).Is(201);
        await api.Until("w1", "allocated");
        var routing = (await api.Get("/v1/orders/w1/routing")).Is(200);
        Assert.Equal(["W1A", "W1B"], routing.Each("node", "decisions/0/picks"));
        Assert.Equal(["W1A", "W1B", "W1C"], routing.Each("node", "decisions/0/candidates"));
        Assert.Equal("True", routing.At("decisions/0/exact").ToString());

        (await api.Post("/v1/nodes/W1A/take-offline", """{"reason":"power cut"}""")).Is(200);
        var moved = await api.Until(
            "/v1/orders/w1", o => o.Items("fulfilments").Count == 3 && o.Text("status") == "allocated");

        Assert.Equal(["cancelled", "open", "open"], moved.Each("status", "fulfilments"));
        Assert.Equal("W1C", moved.Text("fulfilments/2/node"));
        var again = (await api.Get("/v1/orders/w1/routing")).Is(200);
        Assert.Equal("power cut", again.Text("moved/0/reason"));
        Assert.Contains("offline", again.Each("constraint", "decisions/1/candidates/0/failed"));
        Assert.Contains("F1: 1 unit taken back by routing: power cut", await api.Story("w1"));
        Assert.Equal(2, (await api.Get("/v1/skus/W1-M/availability")).Number("nodes/0/onHand"));
        Assert.Equal(3, (await api.Get("/v1/skus/W1-M/availability")).Number("available"));
    }

    [Fact]
    public async Task An_order_that_no_node_can_serve_is_held_with_the_reason_and_goes_on_when_one_is_back()
    {
        await Node("W2A", 1);
        await Sku("W2", ("W2A", 2));
        (await api.Post("/v1/nodes/W2A/take-offline", """{"reason":"flood"}""")).Is(200);
        Assert.Equal("flood", (await api.Get("/v1/nodes/W2A/state")).Is(200).Text("reason"));
        await api.Until("/v1/nodes/W2A/state", s => s.At("offline").ToString() == "True");
        (await Place("w2", ("W2", 1))).Is(201);
        var held = await api.Until("/v1/orders/w2", o => o.Text("status") == "held");
        Assert.StartsWith("no eligible node: W2A:", held.Text("holds/0/reason"), StringComparison.Ordinal);
        Assert.Equal(("stock", "routing"), (held.Text("holds/0/type"), held.Text("holds/0/by")));
        Assert.Equal(1, held.Number("waitingForNode/0/units"));

        (await api.Post("/v1/nodes/W2A/bring-online", """{"reason":"dry"}""")).Is(200);

        var open = await api.Until("w2", "allocated");
        Assert.NotNull(open.Text("holds/0/releasedAt"));
    }

    [Fact]
    public async Task What_a_clerk_moves_stays_where_he_puts_it()
    {
        await Node("W3A", 1);
        await Node("W3B", 2);
        await Sku("W3", ("W3A", 2), ("W3B", 2));
        (await Place("w3", ("W3", 2))).Is(201);
        await api.Until("w3", "allocated");
        (await api.Post("/v1/fulfilment-orders/w3-F1/move", """{"id":"m","node":"W3X","reason":"near"}"""))
            .IsProblem(400, "unknown-node", "/node");
        (await api.Post("/v1/fulfilment-orders/w3-F1/move", """{"id":"m","node":"W3A","reason":"near"}"""))
            .IsProblem(409, "wrong-node");

        (await api.Post("/v1/fulfilment-orders/w3-F1/move", """{"id":"m","node":"W3B","reason":"near"}""")).Is(200);
        await api.Until("/v1/orders/w3", o => o.Items("fulfilments").Count == 2 && o.Text("status") == "allocated");
        (await api.Post("/v1/nodes/W3B/take-offline", """{"reason":"strike"}""")).Is(200);
        await api.Until("/v1/nodes/W3B/state", s => s.At("offline").ToString() == "True");

        var order = (await api.Get("/v1/orders/w3")).Is(200);
        Assert.Equal(("W3B", "open"), (order.Text("fulfilments/1/node"), order.Text("fulfilments/1/status")));
        Assert.Equal("W3B", (await api.Get("/v1/orders/w3/routing")).Text("moved/0/to"));
        var waits = await api.Until("/v1/orders/w3", o => o.Text("fulfilments/1/waitingForNode") == "strike");
        Assert.Equal(("W3", 2L), (waits.Text("waitingForNode/0/sku"), waits.Number("waitingForNode/0/units")));
        Assert.Equal("strike", (await api.Get("/v1/fulfilment-orders/w3-F2")).Text("waitingForNode"));
        Assert.Equal("W3B: strike", (await api.Get("/v1/orders/w3/routing")).Text("waitingBecause"));

        (await api.Post("/v1/nodes/W3B/bring-online", """{"reason":"agreed"}""")).Is(200);

        await api.Until("/v1/orders/w3", o => o.At("waitingForNode") is null);
        var story = await api.Story("w3");
        Assert.Contains("F2 waits for its node, given to it by hand: strike", story);
        Assert.Contains("F2: its node takes work again", story);
    }

    [Fact]
    public async Task Work_is_not_moved_by_hand_to_where_its_goods_are_not()
    {
        const string Move = """{"id":"m","node":"W10B","reason":"near"}""";
        await Node("W10A", 1);
        await Node("W10B", 2);
        await Sku("W10", ("W10A", 2), ("W10B", 1));
        (await Place("w10", ("W10", 2))).Is(201);
        await api.Until("w10", "allocated");

        var refused = (await api.Post("/v1/fulfilment-orders/w10-F1/move", Move)).IsProblem(409, "no-stock-at-node");
        Assert.Equal("W10B has 1 of W10 free, and 2 were to be moved there.", refused.Text("detail"));
        Assert.Equal("allocated", (await api.Get("/v1/orders/w10")).Text("status"));

        (await api.Post("/v1/skus/W10/receipts", """{"id":"r-2","node":"W10B","quantity":1,"reason":"a parcel"}"""))
            .Is(201);
        (await api.Post("/v1/fulfilment-orders/w10-F1/move", Move)).Is(200);
        await api.Until("/v1/orders/w10", o => o.Text("fulfilments/1/node") == "W10B");
        (await api.Post("/v1/fulfilment-orders/w10-F1/move", Move)).Is(200);
    }

    [Fact]
    public async Task What_was_given_by_hand_is_asked_for_again_without_being_given_to_others()
    {
        await Node("W11A", 1);
        await Node("W11B", 2);
        await Sku("W11", ("W11A", 1), ("W11B", 1));
        (await Place("w11", ("W11", 1))).Is(201);
        await api.Until("w11", "allocated");
        (await api.Post("/v1/nodes/W11B/take-offline", """{"reason":"flood"}""")).Is(200);
        await api.Until("/v1/nodes/W11B/state", s => s.At("offline").ToString() == "True");
        (await api.Post("/v1/fulfilment-orders/w11-F1/move", """{"id":"m","node":"W11B","reason":"near"}""")).Is(200);
        var held = await api.Until("w11", "held");
        Assert.Contains("W11B: offline (it takes no work now)", held.Text("holds/0/reason"));

        (await api.Post("/v1/orders/w11/reroute", """{"reason":"again","keepByHand":true}""")).Is(200);
        await api.Until("/v1/orders/w11/routing", r => r.Items("decisions").Count == 3);
        Assert.Equal("held", (await api.Get("/v1/orders/w11")).Text("status"));
        (await api.Post("/v1/orders/w11/reroute", """{"reason":"anywhere"}""")).Is(200);

        await api.Until("/v1/orders/w11", o => o.Text("fulfilments/1/node") == "W11A");
        Assert.Contains("Asked again for nodes: again", await api.Story("w11"));
        Assert.Contains("Asked freely for nodes: anywhere", await api.Story("w11"));
    }

    [Fact]
    public async Task An_order_that_is_sent_elsewhere_goes_from_where_that_is_served_and_is_held_where_nobody_may()
    {
        await Node("W12A", 1);
        await Node("W12B", 2);
        await Sku("W12", ("W12A", 1), ("W12B", 1));
        (await Place("w12", ("W12", 1))).Is(201);
        await api.Until("w12", "allocated");
        Task<Answer> SendTo(string id, string street, string postcode) => api.Post("/v1/orders/w12/edit",
            $$"""
            {"id":"{{id}}","reason":"he moved","shipTo":{"line1":"{{street}}","city":"x","country":"DE",
             "postcode":"{{postcode}}"} }
            """);

        (await SendTo("e-1", "Ring 1", "04109")).Is(200);
        Assert.Single((await api.Get("/v1/orders/w12/routing")).Items("decisions"));
        (await SendTo("e-2", "Ring 1", "10115")).Is(200);

        await api.Until("/v1/orders/w12", o => o.Items("fulfilments").Count == 2 && o.Text("status") == "allocated");
        var routing = await api.Get("/v1/orders/w12/routing");
        Assert.Equal(2, routing.Items("decisions").Count);
        Assert.Equal("another address", routing.Text("moved/0/reason"));
        (await api.Post("/v1/fulfilment-orders/w12-F2/ship", """{"id":"s"}""")).Is(200);
    }

    [Fact]
    public async Task A_3pl_accepts_or_rejects_and_what_it_rejects_goes_elsewhere()
    {
        await Node("W4T", 1, "3pl");
        await Node("W4B", 2);
        await Sku("W4", ("W4T", 2), ("W4B", 2));
        (await Place("w4", ("W4", 1))).Is(201);
        var asked = await api.Until("w4", "allocated");
        Assert.Equal(("W4T", "submitted"), (asked.Text("fulfilments/0/node"), asked.Text("fulfilments/0/request")));
        await Listed("W4T", "submitted", "w4-F1");
        await Listed("W4T", "rejected");

        (await api.Post("/v1/fulfilment-orders/w4-F1/reject", """{"id":"r","reason":"no staff"}""")).Is(200);
        var other = await api.Until(
            "/v1/orders/w4", o => o.Items("fulfilments").Count == 2 && o.Text("status") == "allocated");
        Assert.Equal("W4B", other.Text("fulfilments/1/node"));
        Assert.Equal("rejected", other.Text("fulfilments/0/request"));
        (await api.Post("/v1/fulfilment-orders/w4-F2/accept", """{"id":"a"}""")).IsProblem(409, "not-asked");
        await Listed("W4T", "submitted");
        await Listed("W4T", "rejected", "w4-F1");
        await Listed("W4B", "unsubmitted", "w4-F2");
        (await api.Get("/v1/fulfilment-orders?request=maybe")).IsProblem(400, "unknown-value", "request");

        async Task Listed(string node, string request, params string[] ids)
        {
            await api.Embedded.ViewsReached();
            var list = (await api.Get($"/v1/fulfilment-orders?node={node}&request={request}")).Is(200);
            Assert.Equal(ids, list.Each("id"));
        }
    }

    [Fact]
    public async Task Fulfilment_orders_are_split_merged_and_held()
    {
        await Node("W5A", 1);
        await Sku("W5", ("W5A", 5));
        (await Place("w5", ("W5", 5))).Is(201);
        await api.Until("w5", "allocated");

        (await api.Post("/v1/fulfilment-orders/w5-F1/split", """{"id":"s","lines":[{"line":"1","quantity":5}]}"""))
            .IsProblem(400, "all-named", "/lines");
        (await api.Post("/v1/fulfilment-orders/w5-F1/split", """{"id":"s","lines":[{"line":"1","quantity":2}]}"""))
            .Is(200);
        Assert.Equal(2, (await api.Get("/v1/fulfilment-orders/w5-F2")).Is(200).Number("lines/0/open"));
        (await api.Post("/v1/fulfilment-orders/w5-F2/hold", """{"id":"h","reason":"gift wrap"}""")).Is(200);
        (await api.Post("/v1/fulfilment-orders/w5-F2/ship", """{"id":"x"}""")).IsProblem(409, "on-hold");
        Assert.Equal("gift wrap", (await api.Get("/v1/fulfilment-orders/w5-F2")).Text("holdReason"));
        (await api.Post("/v1/fulfilment-orders/w5-F2/release-hold", """{"id":"u"}""")).Is(200);
        (await api.Post("/v1/fulfilment-orders/w5-F1/merge", """{"id":"g","fulfilmentOrder":"w5-F2"}""")).Is(200);
        var whole = await api.Get("/v1/fulfilment-orders/w5-F1");
        Assert.Equal((5L, 5L, 0L), (
            whole.Number("lines/0/quantity"), whole.Number("lines/0/open"), whole.Number("lines/0/cancelled")));
        var given = await api.Get("/v1/fulfilment-orders/w5-F2");
        Assert.Equal((2L, 0L), (given.Number("lines/0/givenAway"), given.Number("lines/0/cancelled")));
        (await api.Post("/v1/fulfilment-orders/w5-F1/merge", """{"id":"h","fulfilmentOrder":"w5-F9"}"""))
            .IsProblem(400, "unknown-fulfilment-order", "/fulfilmentOrder");
        (await api.Post("/v1/fulfilment-orders/w5-F9/merge", """{"id":"i","fulfilmentOrder":"w5-F1"}"""))
            .IsProblem(404, "unknown-fulfilment-order");
        Assert.Equal("cancelled", (await api.Get("/v1/fulfilment-orders/w5-F2")).Text("status"));
        (await api.Post("/v1/fulfilment-orders/w5-F1/merge", """{"id":"q","fulfilmentOrder":"other-F2"}"""))
            .IsProblem(400, "other-order", "/fulfilmentOrder");
        (await api.Post("/v1/fulfilment-orders/w5-F1/ship", """{"id":"y"}""")).Is(200);
        (await api.Post("/v1/fulfilment-orders/w5-F1/move", """{"id":"z","reason":"late"}"""))
            .IsProblem(409, "already-shipped");
    }

    [Fact]
    public async Task A_full_day_sends_the_next_order_elsewhere_or_to_the_next_day()
    {
        await Node("W6A", 1, more: ""","capacityPerDay":1""");
        await Sku("W6", ("W6A", 9));
        for (var i = 0; i < 3; i++)
        {
            (await Place($"w6-{i}", ("W6", 1))).Is(201);
            await api.Until($"w6-{i}", "allocated");
        }

        string?[] days = [.. await Task.WhenAll(Enumerable.Range(0, 3).Select(
            async i => (await api.Get($"/v1/orders/w6-{i}")).Text("fulfilments/0/day")))];
        Assert.Equal(3, days.Distinct().Count());
        await api.Until("/v1/nodes/W6A/state", s => days.All(day => s.Number($"used/{day}") == 1));
    }

    [Fact]
    public async Task Nothing_leaves_before_its_day()
    {
        await Node("W7A", 1);
        await Sku("W7", ("W7A", 2));
        var day = $"{DateTime.UtcNow.Year + 2}-01-01T00:00:00";
        (await Place("w7", $",\"notBefore\":\"{day}Z\"", ("W7", 1))).Is(201);
        var order = await api.Until("w7", "allocated");
        Assert.Equal("scheduled", order.Text("fulfilments/0/status"));
        Assert.Equal(day + ".000Z", order.Text("notBefore"));
        (await api.Post("/v1/fulfilment-orders/w7-F1/ship", """{"id":"s"}""")).IsProblem(409, "scheduled");
    }

    [Fact]
    public async Task A_kit_is_sold_as_its_components_and_cancelled_whole()
    {
        await Node("W8A", 1);
        await Sku("W8-C", ("W8A", 5));
        await Sku("W8-P", ("W8A", 2));
        (await api.Put("/v1/skus/W8-K",
            """{"title":"tea set","kit":[{"sku":"W8-C","units":2},{"sku":"W8-P","units":1}]}""")).Succeeded();
        var refused = (await Place("w8", ("W8-K", 2), ("W8-C", 2))).IsProblem(409, "sold-out");
        Assert.Contains("lines 1:1, 2: 6 of W8-C wanted, 5 available.", refused.Text("detail"));
        Assert.Equal(1, refused.Items("order/short").Sum(s => s.GetProperty("missing").GetInt32()));
        Assert.Equal(["0", "0", "0"], refused.Each("reserved", "order/lines"));
        Assert.Equal(5, (await api.Get("/v1/skus/W8-C/availability")).Number("available"));

        (await Place("w8-2", ("W8-K", 2), ("W8-C", 1))).Is(201);
        var order = await api.Until("w8-2", "allocated");
        Assert.Equal(["1:1", "1:2", "2"], order.Each("id", "lines"));
        Assert.Equal(("1", "W8-K", 2L), (order.Text("kits/0/id"), order.Text("kits/0/sku"),
            order.Number("kits/0/quantity")));
        (await api.Post("/v1/orders/w8-2/cancel", """{"id":"c","lines":[{"line":"1:1","quantity":1}],"reason":"x"}"""))
            .IsProblem(400, "part-of-kit", "/lines");
        var less = (await api.Post(
            "/v1/orders/w8-2/cancel", """{"id":"c","lines":[{"line":"1","quantity":1}],"reason":"x"}""")).Is(200);
        Assert.Equal(["2", "1", "0"], less.Each("cancelled", "lines"));
        (await api.Post("/v1/orders/w8-2/edit",
            """{"id":"e","lines":[{"line":"1","quantity":0}],"reason":"x"}""")).Is(200);
        await api.Until("/v1/skus/W8-P/availability", s => s.Number("available") == 2);
    }

    [Fact]
    public async Task A_promise_is_kept_beside_what_happened()
    {
        await Node("W9A", 1);
        await Sku("W9", ("W9A", 1));
        (await Place("w9", ("W9", 1))).Is(201);
        await api.Until("w9", "allocated");
        (await api.Post("/v1/fulfilment-orders/w9-F1/ship", """{"id":"s"}""")).Is(200);
        (await api.Post("/v1/fulfilment-orders/w9-F1/deliver", """{"id":"d"}""")).Is(200);

        var audit = (await api.Get("/v1/orders/w9/promise")).Is(200);

        Assert.Equal(["payment-and-holds", "routing", "queue", "work", "carrier"], audit.Each("leg", "items/0/legs"));
        Assert.Equal("True", audit.At("items/0/kept").ToString());
        Assert.NotNull(audit.Text("items/0/legs/4/actual"));
        Assert.NotNull(audit.Text("promised"));
    }

    [Theory]
    [InlineData("/v1/nodes/none/take-offline", "unknown-node")]
    [InlineData("/v1/nodes/none/bring-online", "unknown-node")]
    [InlineData("/v1/orders/none/reroute", "unknown-order")]
    [InlineData("/v1/fulfilment-orders/none-F1/move", "unknown-fulfilment-order")]
    [InlineData("/v1/fulfilment-orders/none-F1/reject", "unknown-fulfilment-order")]
    public async Task What_is_not_there_is_told(string path, string code) =>
        (await api.Post(path, path.Contains("fulfilment", StringComparison.Ordinal)
            ? """{"id":"x","reason":"r"}""" : """{"reason":"r"}""")).IsProblem(404, code);

    async Task Node(string node, int priority, string type = "warehouse", string more = "") =>
        (await api.Put($"/v1/nodes/{node}",
            $$"""{"name":"{{node}}","type":"{{type}}","priority":{{priority}},"country":"DE"{{more}}}""")).Succeeded();

    async Task Sku(string sku, params (string Node, int Units)[] stock)
    {
        (await api.Put($"/v1/skus/{sku}", $$"""{"title":"{{sku}}"}""")).Succeeded();
        foreach (var (node, units) in stock) await api.Receive(sku, node, units);
    }

    Task<Answer> Place(string id, params (string Sku, int Units)[] lines) => Place(id, "", lines);

    Task<Answer> Place(string id, string more, params (string Sku, int Units)[] lines) => api.Post("/v1/orders",
        $$"""
        {"id":"{{id}}","shipTo":{"country":"DE","postcode":"04109"},"lines":[{{string.Join(",", lines.Select(
            (l, i) => $$"""{"id":"{{i + 1}}","sku":"{{l.Sku}}","quantity":{{l.Units}}}"""))}}]{{more}}}
        """);
}
