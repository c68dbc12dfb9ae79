namespace Fulfillment.Tests.Client;

/// <summary>Pickups over HTTP, and what a carrier says who has none.</summary>
public sealed class PickupApiTests(ApiServer api) : IClassFixture<ApiServer>
{
    static readonly string Day = DateTime.UtcNow.AddDays(2).ToString(
        "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    Task<Answer> Book(string id, string more = "", string carrier = "local-courier", string close = "17:30") =>
        api.Post("/v1/pickups", $$"""
        {"id":"{{id}}","node":"PU1","carrier":"{{carrier}}","day":"{{Day}}","ready":"14:00","close":"{{close}}",
         "parcels":12,"grams":34000,"service":"standard"{{more}}}
        """);

    [Fact]
    public async Task A_carrier_without_pickups_says_so_and_it_is_listed_and_not_cancelled()
    {
        (await Book("none")).IsProblem(404, "unknown-node");
        (await api.Put("/v1/nodes/PU1", """{"name":"Dock","country":"DE","postcode":"10115"}""")).Succeeded();
        (await Book("none")).IsProblem(409, "node-without-address");
        (await api.Put("/v1/nodes/PU1", """
            {"name":"Dock","country":"DE","postcode":"10115","address":{"company":"X","line1":"Kai 1","city":"Berlin"} }
            """)).Succeeded();

        (await Book("p1")).IsProblem(409, "pickup-refused");
        (await Book("p1")).IsProblem(409, "pickup-refused");
        (await Book("p1", close: "18:00")).IsProblem(422, "idempotency-conflict");
        (await Book("p2", carrier: "ups")).IsProblem(409, "pickup-refused");
        var kept = (await api.Get("/v1/pickups/p1")).Is(200);
        Assert.Equal(("refused", "14:00", "DE"), (kept.Text("status"), kept.Text("ready"), kept.Text("toCountry")));
        Assert.Equal("not-configured", (await api.Get("/v1/pickups/p2")).Text("code"));
        Assert.Equal(["p2", "p1"], (await api.List("/v1/pickups?node=PU1&status=refused")).Each("pickup"));
        (await api.Post("/v1/pickups/p1/cancel", """{"id":"c","reason":"x"}""")).IsProblem(409, "not-booked");
        (await api.Get("/v1/pickups/NONE")).IsProblem(404, "unknown-pickup");
        (await Book("p3", close: "13:00")).IsProblem(400, "out-of-range", "/close");
        (await Book("p3", close: "1 pm")).IsProblem(400, "bad-time", "/close");
    }
}
