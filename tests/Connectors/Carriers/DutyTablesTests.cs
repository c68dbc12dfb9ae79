using System.Text;
using Fulfillment.Connectors;
using Fulfillment.Shipping;

namespace Fulfillment.Tests.Connectors;

/// <summary>Tables of duties: the example, and files of one's own.</summary>
public sealed class DutyTablesTests
{
    const string Area = """{"customs":"CH","currency":"CHF","taxes":[{"id":"vat","place":"CH","basisPoints":810}]}""";

    [Fact]
    public void The_example_says_that_it_is_one_and_knows_every_member_of_the_union()
    {
        var table = DutyTables.Example;
        Assert.True(table.Example);
        var union = table.Areas.Single(a => a.Customs == "EU");
        var places = union.Taxes.Select(t => t.Place).Distinct().ToList();
        Assert.Equal(27, places.Count);
        Assert.All(places, p => Assert.True(CustomsArea.IsMember(p)));
        Assert.Equal(0, table.Rates.Single(r => r.Currency == "JPY").Digits);
    }

    [Theory]
    [InlineData("DE", "US", 61_091_000, "PT", 10_000, "2026-11-30", 1_815, 0)]
    [InlineData("DE", "US", 61_091_000, "PT", 10_000, "2025-08-28", 0, 0)]
    [InlineData("DE", "GB", 61_091_000, "PT", 20_000, "2026-11-30", 2_064, 3_853)]
    [InlineData("GB", "DE", 61_091_000, "CN", 10_000, "2026-06-30", 0, 1_900)]
    [InlineData("GB", "DE", 61_091_000, "CN", 10_000, "2026-07-01", 300, 1_957)]
    [InlineData("DE", "CH", 61_091_000, "PT", 6_000, "2026-11-30", 0, 0)]
    [InlineData("DE", "CH", 61_091_000, "PT", 7_000, "2026-11-30", 0, 539)]
    [InlineData("DE", "JP", 84_713_000, "CN", 6_000, "2026-11-30", 0, 0)]
    [InlineData("DE", "JP", 84_713_000, "CN", 7_000, "2026-11-30", 0, 1_155)]
    [InlineData("US", "CA", 61_091_000, "MX", 9_000, "2026-11-30", 0, 698)]
    [InlineData("DE", "CA", 61_091_000, "MX", 9_000, "2026-11-30", 2_511, 823)]
    public void The_example_reckons_as_its_sources_say(
        string from, string to, int hs, string origin, long euroCents, string on, long duty, long tax)
    {
        var day = DateOnly.Parse(on, System.Globalization.CultureInfo.InvariantCulture);
        var reply = Duties.Of(DutyTables.Example, new(
            CustomsArea.Of(from), CustomsArea.Of(to), day, [new("1", $"{hs}", origin, 1, new(euroCents, "EUR"))]));
        Assert.Equal((DutyStatus.Estimated, duty, tax), (reply.Status, reply.DutyMinor, reply.TaxMinor));
    }

    [Fact]
    public void A_file_of_ones_own_takes_its_place()
    {
        var table = DutyTables.Read(Encoding.UTF8.GetBytes(Json(Area)));
        Assert.False(table.Example);
        Assert.Equal(("v1", "CHF", 2), (table.Version, table.Areas[0].Currency, table.Rates[1].Digits));
        var settings = CarrierSettings.Read(
            name => name == "FULFILLMENT_DUTY_TABLE" ? "duties.json" : null, _ => Encoding.UTF8.GetBytes(Json(Area)));
        Assert.Equal("v1", settings.Duties.Version);
        Assert.Equal("example-2026-11", CarrierSettings.Read(_ => null, _ => []).Duties.Version);
        var wrong = Assert.Throws<CarrierSettingsException>(() => CarrierSettings.Read(
            name => name == "FULFILLMENT_DUTY_TABLE" ? "duties.json" : null, _ => Encoding.UTF8.GetBytes("{}")));
        Assert.StartsWith("FULFILLMENT_DUTY_TABLE: ", wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null", "areas[0]: must be an object.")]
    [InlineData("""{"customs":"CH","currency":"SEK"}""", "areas[0].currency: rates do not have it.")]
    [InlineData("""{"customs":"","currency":"CHF"}""", "areas[0].customs: must be 1 to 40 characters.")]
    public void What_is_wrong_is_told_with_its_place(string area, string says)
    {
        var thrown = Assert.Throws<CarrierSettingsException>(() => DutyTables.Read(Encoding.UTF8.GetBytes(Json(area))));
        Assert.Equal(says, thrown.Message);
    }

    [Theory]
    [InlineData(""" "basis":7 """, "areas[0].basis: must be cif or fob.")]
    [InlineData(""" "taxBasis":7 """, "areas[0].taxBasis: must be landed or duty-paid.")]
    [InlineData(""" "duties":[null] """, "areas[0].duties[0]: must be an object.")]
    [InlineData(""" "duties":[{"id":"a","basisPoints":-1}] """,
        "areas[0].duties[0].basisPoints: must be from 0 to 100000.")]
    [InlineData(""" "duties":[{"id":"a","basisPoints":1},{"id":"a","basisPoints":1}] """,
        "areas[0].duties[1].id: is there already.")]
    [InlineData(""" "duties":[{"id":"a","basisPoints":1,"hsCodes":["6.1"]}] """,
        "areas[0].duties[0].hsCodes[0]: must be 2 to 10 digits, as HS codes begin.")]
    [InlineData(""" "duties":[{"id":"a","basisPoints":1,"origins":["QQ"]}] """,
        "areas[0].duties[0].origins[0]: must be a country of ISO 3166-1.")]
    [InlineData(
        """ "duties":[{"id":"a","basisPoints":1,"preferential":true,"additional":true}] """,
        "areas[0].duties[0]: is preferential and additional, which cannot be.")]
    [InlineData(
        """ "taxes":[{"id":"a","place":"CH","basisPoints":1,"from":"2026-02-01","until":"2026-01-01"}] """,
        "areas[0].taxes[0].until: must not be before from.")]
    [InlineData(
        """ "lowValues":[{"id":"a","relief":"tax","upToMinor":1,"perItemMinor":1}] """,
        "areas[0].lowValues[0].perItemMinor: is of a duty.")]
    [InlineData(""" "lowValues":[{"id":"a","relief":9,"upToMinor":1}] """,
        "areas[0].lowValues[0].relief: must be duty or tax.")]
    [InlineData(""" "schemes":[{"id":"a","upToMinor":-1}] """,
        "areas[0].schemes[0].upToMinor: must be from 0 to 1000000000000.")]
    public void What_is_wrong_in_an_area_is_told_with_its_place(string rules, string says) =>
        What_is_wrong_is_told_with_its_place($$"""{"customs":"CH","currency":"CHF",{{rules}}}""", says);

    [Theory]
    [InlineData("null", "the table is null.")]
    [InlineData("[]", "the table is not as it must be at $, line 1.")]
    [InlineData("""{"version":"v1"}""", "the table is not as it must be")]
    [InlineData("""{"version":null,"asOf":"2026-11-01","source":"x","rates":[],"areas":[]}""",
        "the table is not as it must be at $.version, line 1.")]
    [InlineData("""{"version":"v1","asOf":"2026-11-01","source":"x","rates":[],"areas":[]}""",
        "rates: there must be 1 to 300.")]
    [InlineData("""{"version":"v1","asOf":"2026-11-01","source":"x","rates":[null],"areas":[]}""",
        "rates[0]: must be an object.")]
    [InlineData(
        """{"version":"v1","asOf":"2026-11-01","source":"x","rates":[{"currency":"XXX","millionths":1}],"areas":[]}""",
        "rates[0].currency: must be of ISO 4217.")]
    [InlineData(
        """{"version":"v1","asOf":"2026-11-01","source":"x","rates":[{"currency":"EUR","millionths":0}],"areas":[]}""",
        "rates[0].millionths: must be from 1 to 1000000000000.")]
    [InlineData(
        """{"version":"v1","asOf":"2026-11-01","source":"x","rates":[{"currency":"EUR","millionths":1}],"areas":[]}""",
        "areas: there must be 1 to 300.")]
    public void What_is_no_table_ends_the_start(string json, string says)
    {
        var thrown = Assert.Throws<CarrierSettingsException>(() => DutyTables.Read(Encoding.UTF8.GetBytes(json)));
        Assert.StartsWith(says, thrown.Message, StringComparison.Ordinal);
    }

    static string Json(string area) =>
        $$"""
        {"version":"v1","asOf":"2026-11-01","source":"our broker",
         "rates":[{"currency":"EUR","millionths":1000000},{"currency":"CHF","millionths":950000}],"areas":[{{area}}]}
        """;
}
