using System.Globalization;
using Fulfillment.Connectors;
using Fulfillment.Shipping;

namespace Fulfillment.Tests.Client;

/// <summary>Prices of carriers over HTTP, on a fresh server and with a carrier who does not answer.</summary>
public sealed class RateApiTests(ApiServer api) : IClassFixture<ApiServer>
{
    /// <summary>A Monday that is not far, so that days are counted alike whenever this runs.</summary>
    static readonly DateOnly Monday = Enumerable.Range(1, 7)
        .Select(i => DateOnly.FromDateTime(DateTime.UtcNow).AddDays(i)).First(d => d.DayOfWeek == DayOfWeek.Monday);

    static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    const string Parcel = """{"lengthMm":300,"widthMm":200,"heightMm":100,"grams":1900}""";

    static string Ask(string more = "", string parcel = Parcel) =>
        $$"""
        {"from":{"country":"DE","postcode":"10115"},"to":{"country":"DE","postcode":"80331"},"shipOn":"{{Day(Monday)}}",
         "parcels":[{{parcel}}]{{more}} }
        """;

    [Fact]
    public async Task A_fresh_server_tells_the_cheapest_that_is_in_time_and_why_not_the_others()
    {
        var free = (await api.Post("/v1/rates", Ask())).Is(200);
        Assert.Equal(("standard", 549L), (free.Text("choice/service"), free.Number("choice/price/amount")));
        Assert.Equal(["standard", "express", "heavy"], free.Each("service", "rates"));
        Assert.Equal(["dearer", "dearer"], free.Each("reason", "rejected"));
        Assert.Equal(
            "It costs 7.41 EUR more than local-courier standard.", free.Text("rejected/0/detail"));
        var hurry = (await api.Post("/v1/rates", Ask($",\"deliverBy\":\"{Day(Monday.AddDays(1))}\""))).Is(200);
        Assert.Equal(("express", 1_290L), (hurry.Text("choice/service"), hurry.Number("choice/price/amount")));
        Assert.Equal(Day(Monday.AddDays(1)), hurry.Text("choice/delivers"));
        Assert.Equal(
            [("standard", "too-late"), ("heavy", "too-late")],
            hurry.Each("service", "rejected").Zip(hurry.Each("reason", "rejected")));
        Assert.Equal(
            $"It arrives on {Day(Monday.AddDays(2))}, after {Day(Monday.AddDays(1))}.",
            hurry.Text("rejected/0/detail"));
        var never = (await api.Post("/v1/rates", Ask($",\"deliverBy\":\"{Day(Monday)}\""))).Is(200);
        Assert.Null(never.At("choice"));
        Assert.Equal(3, never.Items("rejected").Count);
    }

    [Fact]
    public async Task What_is_oversize_or_overweight_says_over_which_limit_and_by_how_much()
    {
        var large = (await api.Post("/v1/rates",
            Ask(parcel: """{"lengthMm":2500,"widthMm":200,"heightMm":100,"grams":1900}"""))).Is(200);
        Assert.Null(large.At("choice"));
        Assert.Equal(["oversize", "oversize", "oversize"], large.Each("reason", "rejected"));
        Assert.Equal(
            ("longest-edge", 1_200L, 2_500L),
            (large.Text("rejected/0/breach/limit"), large.Number("rejected/0/breach/most"),
                large.Number("rejected/0/breach/actual")));
        Assert.Equal("Parcel 0: longest-edge is 2500, at most 1200 mm.", large.Text("rejected/0/detail"));
        var heavy = (await api.Post("/v1/rates",
            Ask(parcel: """{"lengthMm":300,"widthMm":200,"heightMm":100,"grams":40000}"""))).Is(200);
        Assert.Equal("heavy", heavy.Text("choice/service"));
        Assert.Equal(["overweight", "overweight"], heavy.Each("reason", "rejected"));
    }

    [Fact]
    public async Task A_node_is_where_parcels_leave_from()
    {
        (await api.Put("/v1/nodes/MUC1", """{"name":"Munich","country":"DE","postcode":"80335"}""")).Succeeded();
        var near = (await api.Post("/v1/rates", $$"""
            {"from":{"node":"MUC1"},"to":{"country":"DE","postcode":"80331"},"shipOn":"{{Day(Monday)}}",
             "parcels":[{"lengthMm":300,"widthMm":200,"heightMm":100,"grams":900}]}
            """)).Is(200);
        Assert.Equal(419, near.Number("choice/price/amount"));
    }

    [Fact]
    public async Task A_node_s_day_is_the_one_on_its_own_wall_and_its_city_may_be_told()
    {
        // Twelve hours and more ahead of, and behind, each other: one of them has another day than UTC.
        (await api.Put("/v1/nodes/AKL1", """
            {"name":"Auckland","country":"NZ","postcode":"1010","timeZone":"Pacific/Kiritimati"}
            """)).Succeeded();
        (await api.Put("/v1/nodes/HNL1", """
            {"name":"Honolulu","country":"US","postcode":"96813","timeZone":"Pacific/Pago_Pago"}
            """)).Succeeded();
        foreach (var (node, zone) in new[] { ("AKL1", "Pacific/Kiritimati"), ("HNL1", "Pacific/Pago_Pago") })
        {
            var before = Today(zone);
            var reply = (await api.Post("/v1/rates", $$"""
                {"from":{"node":"{{node}}","city":"Here","state":"HI"},"to":{"country":"DE","postcode":"80331"},
                 "parcels":[{{Parcel}}]}
                """)).Is(200);
            Assert.Contains(reply.Text("shipOn"), new[] { before, Today(zone) });
        }

        static string Today(string zone) => Day(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(
            DateTimeOffset.UtcNow, TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime));
    }

    [Fact]
    public async Task Who_wants_to_be_told_more_says_which_field_and_is_not_said_to_refuse()
    {
        CarrierAccess dead = new(
            "client", "very-secret", "A1B2C3", new("http://127.0.0.1:1/"), TimeSpan.FromSeconds(1));
        await using var server = await ApiServer.Start(carriers: CarrierSettings.Default with
        {
            Accounts = new Dictionary<string, CarrierAccess> { ["dhl-express"] = dead },
        });
        var reply = (await server.Post("/v1/rates", Ask(",\"carriers\":[\"dhl-express\"]"))).Is(200);
        Assert.Equal(
            ("incomplete", "/from/city is missing: dhl-express tells no price without it."),
            (reply.Text("rejected/0/reason"), reply.Text("rejected/0/detail")));
    }

    [Fact]
    public async Task A_carrier_that_is_not_set_up_says_so_and_is_listed_as_such()
    {
        var reply = (await api.Post("/v1/rates", Ask(",\"carriers\":[\"ups\",\"local-courier\"]"))).Is(200);
        Assert.Equal("standard", reply.Text("choice/service"));
        Assert.Contains("not-configured", reply.Each("reason", "rejected"));
        var list = (await api.Get("/v1/carriers")).Is(200);
        Assert.Equal(["dhl-express", "fedex", "local-courier", "ups", "usps"], list.Each("carrier"));
        Assert.Equal(("closed", 0L), (list.Text("items/2/breaker/state"), list.Number("items/2/breaker/failures")));
        Assert.Null(list.At("items/3/breaker"));
    }

    [Fact]
    public async Task An_address_is_checked_by_a_carrier_and_service_points_are_told_by_who_has_them()
    {
        const string check = "/v1/carriers/local-courier/address-checks",
            at = """{"country":"DE","postcode":"10115"}""";
        var valid = (await api.Post(check, at)).Is(200);
        Assert.Equal(("valid", "10115"), (valid.Text("verdict"), valid.Text("suggestions/0/postcode")));
        (await api.Post(check, """{"postcode":"10115"}""")).IsProblem(400, "required", "/country");
        (await api.Post("/v1/carriers/ups/address-checks", at)).IsProblem(404, "unknown-carrier");
        (await api.Post("/v1/carriers/local-courier/service-points", at)).IsProblem(409, "no-service-points");
        CarrierAccess dead = new(
            "client", "very-secret", "A1B2C3", new("http://127.0.0.1:1/"), TimeSpan.FromSeconds(1));
        await using var server = await ApiServer.Start(carriers: CarrierSettings.Default with
        {
            Accounts = new Dictionary<string, CarrierAccess> { ["dhl-express"] = dead },
        });
        foreach (var what in (string[])["service-points", "address-checks"])
            (await server.Post($"/v1/carriers/dhl-express/{what}", at)).IsProblem(503, "carrier-unavailable");
    }

    [Fact]
    public async Task A_dead_carrier_hides_no_other_is_stood_in_for_with_a_mark_and_shows_his_breaker()
    {
        CarrierAccess dead = new(
            "client", "very-secret", "A1B2C3", new("http://127.0.0.1:1/"), TimeSpan.FromSeconds(1));
        await using var server = await ApiServer.Start(carriers: CarrierSettings.Default with
        {
            Accounts = new Dictionary<string, CarrierAccess> { ["ups"] = dead },
            Fallbacks = new Dictionary<string, CourierTable> { ["ups"] = CourierTables.Example },
        });
        for (var i = 0; i < CarrierBreaker.MostFailures; i++) await Quote("unavailable");
        await Quote("not-asked");
        var list = (await server.Get("/v1/carriers")).Is(200);
        Assert.Equal(
            ("open", "***2C3", "the connection failed"), (list.Text("items/3/breaker/state"),
                list.Text("items/3/account"), list.Text("items/3/breaker/trouble")));
        Assert.DoesNotContain("very-secret", list.Body, StringComparison.Ordinal);

        async Task Quote(string reason)
        {
            var reply = (await server.Post("/v1/rates", Ask())).Is(200);
            // As cheap as the one that stands in, and told by the carrier himself.
            Assert.Equal(("local-courier", "carrier"), (reply.Text("choice/carrier"), reply.Text("choice/source")));
            Assert.Contains(reason, reply.Each("reason", "rejected"));
            Assert.All(reply.Items("rates"), r => Assert.Equal(
                r.GetProperty("carrier").GetString() == "ups", r.GetProperty("fallback").GetBoolean()));
            Assert.Equal(("fallback-table", false), (
                reply.Items("carriers").Single(c => c.GetProperty("carrier").GetString() == "ups")
                    .GetProperty("fallback").GetString(),
                reply.Items("carriers").Single(c => c.GetProperty("carrier").GetString() == "ups")
                    .GetProperty("answered").GetBoolean()));
        }
    }
}
