using System.Text;
using Fulfillment.Connectors;
using Fulfillment.Shipping;

namespace Fulfillment.Tests.Connectors;

/// <summary>What the environment says of carriers, and files of couriers' tables.</summary>
public sealed class CarrierSettingsTests
{
    const string Table = """
        {"currency":"CHF","dimDivisor":4000,"fuelPermille":120,"days":["monday","saturday"],"holidays":["2026-12-25"],
         "from":[{"country":"CH"}],
         "zones":[{"id":"city","domestic":true,"sharedPostcode":2},{"id":"ch","to":[{"country":"CH"}]}],
         "products":[{"code":"bike","name":"By bike","maxGrams":5000,"maxLongestMm":600,"maxLengthAndGirthMm":1500,
          "bulkyFromMm":1200,"bulkyMinor":300,"lanes":[{"zone":"city","days":0,"bands":[
           {"upToGrams":1000,"minor":900},{"upToGrams":5000,"minor":1400}]}]}]}
        """;

    static readonly (string, string)[] Ups =
    [
        ("FULFILLMENT_UPS_CLIENT", "c"), ("FULFILLMENT_UPS_SECRET", "hidden-word"),
        ("FULFILLMENT_UPS_ACCOUNT", "A1B2C3"),
    ];

    [Fact]
    public void Without_a_word_there_is_the_local_courier_alone()
    {
        using Carriers carriers = new(Read([]), new NoPrinter(), new FakeTime());
        Assert.Equal("local-courier", Assert.Single(carriers.All).Carrier.Name);
        using Carriers none = new(Read([("FULFILLMENT_LOCAL_COURIER", "0")]), new NoPrinter(), new FakeTime());
        Assert.Empty(none.All);
    }

    [Fact]
    public void Example_prices_do_not_compete_with_those_of_a_carrier()
    {
        using Carriers carriers = new(Read(Ups), new NoPrinter(), new FakeTime());
        Assert.Equal("ups", Assert.Single(carriers.All).Carrier.Name);
    }

    [Fact]
    public void All_that_are_set_up_are_there_with_the_account_masked()
    {
        (string, string)[] all =
        [
            .. Ups, ("FULFILLMENT_FEDEX_CLIENT", "c"), ("FULFILLMENT_FEDEX_SECRET", "s"),
            ("FULFILLMENT_FEDEX_ACCOUNT", "740561073"), ("FULFILLMENT_DHL_EXPRESS_USER", "u"),
            ("FULFILLMENT_DHL_EXPRESS_PASSWORD", "p"), ("FULFILLMENT_DHL_EXPRESS_ACCOUNT", "123456789"),
            ("FULFILLMENT_USPS_CLIENT", "c"), ("FULFILLMENT_USPS_SECRET", "s"), ("FULFILLMENT_USPS_ACCOUNT", "1000"),
            ("FULFILLMENT_UPS_FALLBACK_TABLE", "table.json"), ("FULFILLMENT_LOCAL_COURIER_TABLE", "table.json"),
        ];
        using Carriers carriers = new(Read(all), new NoPrinter(), new FakeTime());
        Assert.Equal(Carriers.Known, carriers.All.Select(d => d.Carrier.Name));
        Assert.Equal(("***2C3", true), (carriers.Find("ups")!.Account, carriers.Find("ups")!.Fallback is not null));
        Assert.Null(carriers.Find("fedex")!.Fallback);
        Assert.DoesNotContain("hidden-word", $"{Read(all)} {Read(all).Accounts["ups"]}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FULFILLMENT_FEDEX_SECRET", "hidden-word")]
    [InlineData("FULFILLMENT_UPS_API", "http://onlinetools.ups.com")]
    [InlineData("FULFILLMENT_UPS_API", "ups")]
    [InlineData("FULFILLMENT_CARRIER_DEADLINE_SECONDS", "0")]
    [InlineData("FULFILLMENT_CARRIER_RATE_DEADLINE_SECONDS", "1e9")]
    [InlineData("FULFILLMENT_LOCAL_COURIER_TABLE", "none.json")]
    [InlineData("FULFILLMENT_USPS_FALLBACK_TABLE", "none.json")]
    public void What_makes_no_sense_is_named_without_secrets(string name, string value)
    {
        var thrown = Assert.Throws<CarrierSettingsException>(() => Read([.. Ups, (name, value)]));
        Assert.Contains(name, thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden-word", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_of_one_s_own_is_what_the_courier_charges()
    {
        var settings = Read([("FULFILLMENT_LOCAL_COURIER_TABLE", "table.json")]);
        using Carriers carriers = new(settings, new NoPrinter(), new FakeTime());
        // A Friday: he works on Saturday again.
        RateAsk ask = new(
            new("CH", "8001"), new("CH", "8050"), [new(500, 200, 200, 900), new(500, 100, 100, 900)],
            new(2026, 11, 27));
        var reply = await carriers.Find("local-courier")!.Carrier.Rates(ask, default);
        var rate = Assert.Single(reply.Rates);
        // The first is charged as 5 kg and is bulky, the second as 1.25 kg; 12 % of fuel on all of it.
        Assert.Equal(
            (new Money(3_472, "CHF"), new DateOnly(2026, 11, 28), 6_250L),
            (rate.Price, rate.Delivers!.Value, rate.BillableGrams));
        Assert.Equal([("bulky", 300), ("fuel", 372)], rate.Surcharges.Select(s => (s.Code, (int)s.Price.AmountMinor)));
        Assert.Empty((await carriers.Find("local-courier")!.Carrier.Rates(
            ask with { From = new("DE", "80331") }, default)).Rates);
    }

    [Theory]
    [InlineData("\"currency\":\"CHF\"", "\"currency\":\"XYZ\"", "currency")]
    [InlineData("\"dimDivisor\":4000", "\"dimDivisor\":0", "dimDivisor")]
    [InlineData("\"fuelPermille\":120", "\"fuelPermille\":-1", "fuelPermille")]
    [InlineData("\"monday\",\"saturday\"", "", "days")]
    [InlineData("\"country\":\"CH\"", "\"country\":\"QQ\"", "zones")]
    [InlineData("\"id\":\"ch\"", "\"id\":\"city\"", "zones")]
    [InlineData("\"zone\":\"city\"", "\"zone\":\"moon\"", "moon")]
    [InlineData("\"days\":0,\"bands\"", "\"bands\"", "days")]
    [InlineData("\"upToGrams\":5000,\"minor\":1400", "\"upToGrams\":1000,\"minor\":1400", "rising")]
    [InlineData("\"minor\":900", "\"minor\":-1", "band")]
    [InlineData("\"code\":\"bike\"", "\"code\":\"b k\"", "code")]
    [InlineData("\"maxGrams\":5000", "\"maxGrams\":0", "maxGrams")]
    [InlineData("\"bulkyMinor\":300", "\"bulkyMinor\":-3", "bulkyMinor")]
    [InlineData("\"holidays\":[\"2026-12-25\"]", "\"holidays\":[\"never\"]", "not as it must be")]
    [InlineData("\"dimDivisor\":4000", "\"surprise\":1", "not as it must be")]
    [InlineData(",\"minor\":900", "", "products[0].lanes[0].bands[0].minor")]
    [InlineData("\"upToGrams\":1000,", "", "products[0].lanes[0].bands[0].upToGrams")]
    [InlineData("\"bands\":[", "\"bands\":[null,", "products[0].lanes[0].bands[0]")]
    [InlineData("\"zones\":[", "\"zones\":[null,", "zones[0]")]
    [InlineData("\"to\":[", "\"to\":[null,", "zones[1].to[0]")]
    [InlineData("\"from\":[", "\"from\":[null,", "from[0]")]
    [InlineData("\"country\":\"CH\"", "\"country\":\"CH\",\"postcodes\":[null]", "postcodes[0]")]
    [InlineData("\"products\":[", "\"products\":[null,", "products[0]")]
    [InlineData("\"lanes\":[", "\"lanes\":[null,", "products[0].lanes[0]")]
    [InlineData("\"lanes\":[", "\"lanes\":[{\"zone\":\"city\",\"days\":1,\"bands\":[]},", "lanes[1].zone")]
    [InlineData("\"sharedPostcode\":2", "\"sharedPostcode\":12", "zones[0].sharedPostcode")]
    [InlineData("\"maxLongestMm\":600", "\"maxLongestMm\":600,\"maxMiddleMm\":-1", "products[0].maxMiddleMm")]
    [InlineData("\"bulkyFromMm\":1200", "\"bulkyFromMm\":-1", "products[0].bulkyFromMm")]
    [InlineData("\"id\":\"ch\",", "", "zones[1].id")]
    public void A_table_that_makes_no_sense_is_told_where(string says, string instead, string named)
    {
        var json = Table.Replace(says, instead, StringComparison.Ordinal);
        Assert.NotEqual(Table, json);
        var thrown = Assert.Throws<CarrierSettingsException>(() => CourierTables.Read(Encoding.UTF8.GetBytes(json)));
        Assert.Contains(named, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void In_the_example_the_heavier_costs_more_and_the_limits_are_within_the_bands() =>
        Assert.All(CourierTables.Example.Products, p => Assert.All(p.Lanes, l =>
        {
            Assert.Equal(l.Bands.Select(b => b.Minor).Distinct().Order(), l.Bands.Select(b => b.Minor));
            Assert.Equal(p.Limits.MaxGrams, l.Bands[^1].UpToGrams);
        }));

    static CarrierSettings Read((string Name, string Value)[] variables) => CarrierSettings.Read(
        name => variables.FirstOrDefault(v => v.Name == name).Value,
        path => path == "table.json" ? Encoding.UTF8.GetBytes(Table)
            : throw new FileNotFoundException("there is none"));

    sealed class NoPrinter : ILabelPrinter
    {
        public byte[] Draw(CourierLabel label, LabelFormat format) => [1];
    }
}
