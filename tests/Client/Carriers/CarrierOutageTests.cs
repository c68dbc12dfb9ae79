using Fulfillment.Connectors;
using Fulfillment.Tests.Support;
using Xunit.Abstractions;

namespace Fulfillment.Tests.Client;

/// <summary>A carrier who dies, answers garbage or refuses, as the callers of the API see it.</summary>
public sealed class CarrierOutageTests(ITestOutputHelper output) : IAsyncLifetime
{
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(1);

    readonly FourCarriers _carriers = new();
    ApiServer _api = null!;
    MugShop _shop = null!;

    public async Task InitializeAsync()
    {
        await _carriers.InitializeAsync();
        _api = await ApiServer.Start(carriers: _carriers.Settings with { RateDeadline = Deadline });
        _shop = new(_api);
        await _shop.Open(20);
    }

    public async Task DisposeAsync()
    {
        await _api.DisposeAsync();
        await _carriers.DisposeAsync();
    }

    [SkippableFact]
    public async Task One_who_dies_hides_no_other_is_stood_in_for_and_is_told_with_how_long_it_took()
    {
        Skip.If(FourCarriers.Missing is not null, FourCarriers.Missing);
        await _shop.Parcel("A", MugShop.California);
        Assert.Equal("usps", (await Prices("A")).Text("choice/carrier"));

        _carriers.Usps.Fail([.. Enumerable.Repeat(ProviderFault.Silence, CarrierBreaker.MostFailures)]);
        for (var i = 0; i < CarrierBreaker.MostFailures; i++)
        {
            var started = TimeProvider.System.GetTimestamp();
            var told = await Prices("A");
            Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, 3 * Deadline);
            Assert.Equal("ups", told.Text("choice/carrier"));
            Assert.Equal("timeout", Asked(told, "usps").GetProperty("trouble").GetString());
            Assert.Equal("last-known", Asked(told, "usps").GetProperty("fallback").GetString());
            Assert.All(
                told.Items("rates").Where(r => r.GetProperty("carrier").GetString() == "usps"),
                r => Assert.True(r.GetProperty("fallback").GetBoolean()));
        }

        Assert.Equal("not-asked", Asked(await Prices("A"), "usps").GetProperty("trouble").GetString());
        Assert.Equal("open", Of(await _api.Get("/v1/carriers"), "usps").GetProperty("state").GetString());
        // He is there again, and is tried half a minute later.
        using CancellationTokenSource late = new(CarrierBreaker.Rest + TimeSpan.FromSeconds(20));
        while ((await Prices("A")).Text("choice/carrier") != "usps") await Task.Delay(500, late.Token);
        var over = Of(await _api.Get("/v1/carriers"), "usps").GetProperty("recovered");
        var took = TimeSpan.FromMilliseconds(over.GetProperty("tookMs").GetInt64());
        output.WriteLine($"usps was left alone for {took.TotalSeconds:0.0} s from its first failure on");
        Assert.InRange(took, CarrierBreaker.Rest, CarrierBreaker.Rest + TimeSpan.FromSeconds(20));
        var calls = (await _api.Get("/v1/carrier-calls")).Is(200).Items().Single(
            c => c.GetProperty("carrier").GetString() == "usps" && c.GetProperty("call").GetString() == "rates");
        Assert.Equal(CarrierBreaker.MostFailures, calls.GetProperty("troubles").GetProperty("timeout").GetInt64());
        Assert.True(calls.GetProperty("notAsked").GetInt64() > 0);
        Assert.True(calls.GetProperty("longestMs").GetInt64() >= Deadline.TotalMilliseconds);
    }

    [SkippableFact]
    public async Task What_an_address_lacks_is_named_before_a_label_is_asked_for()
    {
        Skip.If(FourCarriers.Missing is not null, FourCarriers.Missing);
        await _shop.Parcel("B", MugShop.California.Replace("(949) 555-0100", "", StringComparison.Ordinal));
        var told = await Prices("B");
        var ground = told.Items("rejected").First(r => r.GetProperty("carrier").GetString() == "fedex");
        Assert.Equal(
            ("incomplete", "/shipTo/phone", 1_420L), (ground.GetProperty("reason").GetString(),
                ground.GetProperty("code").GetString(), ground.GetProperty("price").GetProperty("amount").GetInt64()));
        var refused = (await _shop.Buy("B-P", ",\"carrier\":\"fedex\""))
            .IsProblem(409, "carrier-data-missing", "/shipTo/phone");
        Assert.Contains("fedex sells no label without /shipTo/phone", refused.Text("detail"), StringComparison.Ordinal);
        (await _shop.Buy("B-P", ",\"carrier\":\"fedex\",\"service\":\"FEDEX_GROUND\",\"override\":\"x\""))
            .IsProblem(409, "carrier-data-missing", "/shipTo/phone");
        Assert.Equal(0, _carriers.Sold);
        (await _shop.Buy("B-P", ",\"carrier\":\"ups\"")).Is(201);

        await _shop.Parcel("C", MugShop.California.Replace("\"region\":\"CA\",", "", StringComparison.Ordinal));
        (await _shop.Buy("C-P", ",\"carrier\":\"usps\"")).IsProblem(409, "carrier-data-missing", "/shipTo/region");
    }

    [SkippableTheory]
    [InlineData("ups", "03")]
    [InlineData("fedex", "FEDEX_GROUND")]
    [InlineData("usps", "USPS_GROUND_ADVANTAGE:SP:MACHINABLE")]
    public async Task Goods_too_heavy_or_too_long_are_told_before_label_time(string carrier, string service)
    {
        Skip.If(FourCarriers.Missing is not null, FourCarriers.Missing);
        foreach (var (order, size, reason) in ((string, string, string)[])[
            ($"H-{carrier}", "\"lengthMm\":300,\"widthMm\":300,\"heightMm\":300,\"grams\":70001", "overweight"),
            ($"L-{carrier}", "\"lengthMm\":2800,\"widthMm\":100,\"heightMm\":100,\"grams\":900", "oversize")])
        {
            await _shop.Parcel(order, MugShop.California, size);
            var told = (await Prices(order)).Items("rejected").First(
                r => r.GetProperty("carrier").GetString() == carrier);
            Assert.Equal(reason, told.GetProperty("reason").GetString());
            Assert.True(told.GetProperty("breach").GetProperty("actual").GetInt64()
                > told.GetProperty("breach").GetProperty("most").GetInt64());
            var refused = (await _shop.Buy($"{order}-P",
                $",\"carrier\":\"{carrier}\",\"service\":\"{service}\",\"override\":\"x\"")).IsProblem(
                    409, "label-refused");
            Assert.Contains(reason, refused.Text("detail"), StringComparison.Ordinal);
        }

        Assert.Equal(0, _carriers.Sold);
    }

    [SkippableTheory]
    [InlineData("ups", "99", MugShop.California)]
    [InlineData("fedex", "NOT_SERVED", MugShop.California)]
    [InlineData("usps", "LIBRARY_MAIL:SP:MACHINABLE", MugShop.California)]
    [InlineData("dhl-express", "0", MugShop.Zurich)]
    public async Task What_a_carrier_refuses_is_told_in_his_words_and_nothing_is_bought(
        string carrier, string service, string to)
    {
        Skip.If(FourCarriers.Missing is not null, FourCarriers.Missing);
        await _shop.Parcel("R", to);
        var more = $",\"carrier\":\"{carrier}\",\"service\":\"{service}\"";
        (await _shop.Buy("R-P", more)).IsProblem(409, "override-required");
        var refused = (await _shop.Buy("R-P", more + ",\"override\":\"the buyer wants it\""))
            .IsProblem(409, "label-refused");
        Assert.Matches(
            $"^{carrier} refuses \\([^)]+\\): .*[a-z]{{4}}.* Nothing was bought\\.$", refused.Text("detail"));
        Assert.Equal(0, _carriers.Sold);
        Assert.Equal("planned", (await _shop.Of("R-P")).Text("status"));
    }

    async Task<Answer> Prices(string order) => (await _api.Post($"/v1/parcels/{order}-P/rates", "{}")).Is(200);

    static System.Text.Json.JsonElement Asked(Answer told, string carrier) =>
        told.Items("carriers").Single(c => c.GetProperty("carrier").GetString() == carrier);

    static System.Text.Json.JsonElement Of(Answer told, string carrier) => told.Items().Single(
        c => c.GetProperty("carrier").GetString() == carrier).GetProperty("breaker");
}
