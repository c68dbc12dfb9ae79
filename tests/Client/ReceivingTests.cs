namespace Fulfillment.Tests.Client;

/// <summary>Shipments and receipts of purchase orders, as the truck is unloaded; what the goods cost then.</summary>
public sealed class ReceivingTests(ApiServer api) : IClassFixture<ApiServer>
{
    static readonly string January = $"{DateTime.UtcNow.Year + 1}-01-05T08:00:00.000Z",
        February = $"{DateTime.UtcNow.Year + 1}-02-05T08:00:00.000Z";

    /// <summary>An order of so many units that the supplier has.</summary>
    async Task Ordered(string sku, int quantity, string more = "", string card = "")
    {
        await api.Stock(sku, 0, $",\"backorder\":true{card}");
        (await api.Put($"/v1/purchase-orders/{sku}",
            $$"""
            {"supplier":"ACME","node":"LEJ1","currency":"EUR","lines":[{"sku":"{{sku}}","quantity":{{quantity}},
             "unitCost":{"amount":1000,"currency":"EUR"},"expectedAt":"{{February}}"}]{{more}}}
            """)).Is(201);
        (await Post(sku, "send", """{"id":"s"}""")).Is(200);
    }

    Task<Answer> Post(string id, string verb, string body) => api.Post($"/v1/purchase-orders/{id}/{verb}", body);

    Task<Answer> Count(string id, string receipt, string line) =>
        Post(id, "receipts", $$"""{"id":"{{receipt}}","lines":[{"line":"1",{{line}}}]}""");

    Task<Answer> Announce(string id, int quantity) => Post(id, "shipments",
        $$"""
        {"id":"ASN","expectedAt":"{{January}}","carrier":"DHL","trackingNumber":"1Z",
         "packages":[{"id":"P1","sscc":"340123450000000000","lines":[{"line":"1","quantity":{{quantity}}}]}]}
        """);

    [Fact]
    public async Task Units_that_are_told_apart_are_named_at_the_dock()
    {
        await Ordered("LR", 10, card: ",\"tracking\":{\"lots\":true}");
        (await Count("LR", "r", "\"quantity\":5")).IsProblem(400, "lot-required", "/lines/0/lot");
        (await Count("LR", "r", "\"quantity\":5,\"damaged\":1,\"lot\":\"L-1\",\"bin\":\"DOCK\"")).Is(201);
        (await Count("LR", "r-2", "\"quantity\":2,\"damaged\":1,\"lot\":\"L-1\",\"serials\":[\"S-1\",\"S-2\"]"))
            .IsProblem(400, "all-or-none", "/lines/0/damaged");

        var slots = (await api.Get("/v1/skus/LR/slots")).Is(200);
        Assert.Equal(["L-1", "L-1"], slots.Each("lot"));
        Assert.Equal(["4", "1"], slots.Each("quantity"));
    }

    [Fact]
    public async Task Receiving_95_of_100_with_2_damaged_gives_93_sellable_2_quarantined_and_5_short()
    {
        await Ordered("R", 100);
        (await Announce("R", 100)).Is(201);
        (await Announce("R", 100)).Is(200);
        (await Announce("R", 99)).IsProblem(422, "idempotency-conflict");
        Assert.Equal([January], (await api.Get("/v1/skus/R/supplies")).Is(200).Each("expectedAt"));

        var counted = "\"quantity\":95,\"damaged\":2,\"shipment\":\"ASN\",\"package\":\"P1\"";
        var receipt = (await Count("R", "r", counted)).Is(201);
        Assert.Equal(("booked", 93), (receipt.Text("lines/0/status"), receipt.Number("lines/0/good")!.Value));
        var head = api.Head;
        (await Count("R", "r", counted)).Is(200);
        (await Count("R", "r", "\"quantity\":94")).IsProblem(422, "idempotency-conflict");
        Assert.Equal(head, api.Head);
        var sku = (await api.Get("/v1/skus/R")).Is(200);
        Assert.Equal((93, 2), (sku.Number("available")!.Value, sku.Number("unavailable/quarantine")!.Value));

        var open = (await api.Get("/v1/purchase-orders/R/discrepancies")).Is(200);
        Assert.Equal(5, open.Number("shipments/0/lines/0/open"));
        var found = (await Post("R", "shipments/ASN/finish", """{"id":"f"}""")).Is(200);
        Assert.Equal(["5"], found.Each("short", "shipments/0/lines"));
        Assert.Equal(["2"], found.Each("damaged", "shipments/0/lines"));
        Assert.Equal("partially-received", found.Text("status"));
        // The five may come yet, on the date of the order.
        Assert.Equal([February], (await api.Get("/v1/skus/R/supplies")).Is(200).Each("expectedAt"));
        var closed = (await Post("R", "close", """{"id":"c"}""")).Is(200);
        Assert.Equal(("closed", 5), (closed.Text("status"), closed.Number("lines/0/short")!.Value));
        (await Count("R", "late", "\"quantity\":5")).IsProblem(409, "purchase-order-closed");
    }

    [Fact]
    public async Task Units_are_sellable_before_the_truck_is_empty_and_go_to_who_waits_at_once()
    {
        await Ordered("D", 30);
        (await api.Order("D-1", "D", 4)).Is(201);
        (await api.Order("D-2", "D", 8)).Is(201);

        var first = (await Count("D", "pallet-1", "\"quantity\":10")).Is(201);
        Assert.Equal(["D-1", "D-2"], first.Each("order", "lines/0/crossDock"));
        Assert.Equal(["4", "6"], first.Each("quantity", "lines/0/crossDock"));
        await api.Until("D-1", "allocated");
        Assert.Equal(20, (await api.Get("/v1/skus/D/supplies")).Items()[0].GetProperty("quantity").GetInt64());
        var second = (await Count("D", "pallet-2", "\"quantity\":10")).Is(201);
        Assert.Equal(["2"], second.Each("quantity", "lines/0/crossDock"));
        Assert.Equal(8, (await api.Get("/v1/skus/D")).Number("available"));
        Assert.Equal(["2"], (await api.Get("/v1/purchase-orders/D/receipts/pallet-2")).Is(200)
            .Each("quantity", "lines/0/crossDock"));
    }

    [Fact]
    public async Task More_than_was_ordered_is_taken_and_told_unless_the_order_says_otherwise()
    {
        await Ordered("O", 10);
        (await Count("O", "r", "\"quantity\":12")).Is(201);
        var order = (await api.Get("/v1/purchase-orders/O")).Is(200);
        Assert.Equal(("received", 2), (order.Text("status"), order.Number("lines/0/over")!.Value));
        Assert.Equal(12, (await api.Get("/v1/skus/O")).Number("available"));
        await Ordered("T", 10, ""","overReceiptPercent":10""");
        (await Count("T", "r", "\"quantity\":12")).IsProblem(409, "over-receipt");
        (await Count("T", "r", "\"quantity\":11")).Is(201);
    }

    [Fact]
    public async Task Charges_are_split_over_what_was_received_to_the_cent()
    {
        await Ordered("L", 10, card: ""","product":{"grams":200}""");
        (await Count("L", "r", "\"quantity\":3")).Is(201);
        const string freight =
            """{"id":"f","type":"freight","amount":{"amount":100,"currency":"EUR"},"splitBy":"weight"}""";
        (await Post("L", "charges", freight)).Is(201);
        (await Post("L", "charges", freight)).Is(200);
        var cost = (await api.Get("/v1/purchase-orders/L/landed-cost")).Is(200);
        Assert.Equal((3_100, 1_033, 1), (cost.Number("landed/amount")!.Value,
            cost.Number("lines/0/unitCost/amount")!.Value, cost.Number("lines/0/dearerUnits")!.Value));
        (await Post("L", "charges",
            """{"id":"g","type":"duty","amount":{"amount":100,"currency":"EUR"},"splitBy":"volume"}""")).Is(201);
        (await api.Get("/v1/purchase-orders/L/landed-cost")).IsProblem(409, "no-volume");
    }
}
