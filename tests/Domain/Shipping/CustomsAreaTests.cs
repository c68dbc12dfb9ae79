using Fulfillment.Shipping;

namespace Fulfillment.Tests.Domain.Shipping;

/// <summary>Where goods are declared.</summary>
public sealed class CustomsAreaTests
{
    [Theory]
    [InlineData("DE", "DE", false)]
    [InlineData("DE", "FR", false)]
    [InlineData("FR", "MC", false)]
    [InlineData("CH", "LI", false)]
    [InlineData("US", "PR", false)]
    [InlineData("DE", "CH", true)]
    [InlineData("GB", "IE", true)]
    [InlineData("US", "CA", true)]
    [InlineData("GB", "IM", false)]
    [InlineData("GB", "JE", true)]
    [InlineData("FI", "AX", true)]
    [InlineData("FR", "RE", true)]
    [InlineData("IT", "SM", true)]
    public void A_border_counts_where_goods_are_declared(string from, string to, bool left)
    {
        Assert.Equal(left, CustomsArea.IsLeft(from, to));
        Assert.Equal(left, CustomsArea.IsLeft(to, from));
    }

    /// <summary>From Berlin, from London, from New York, each to a part of a country.</summary>
    [Theory]
    [InlineData("ES", "28013", false, true, true)]
    [InlineData("ES", "35001", true, true, true)]
    [InlineData("ES", "38001", true, true, true)]
    [InlineData("ES", "51001", true, true, true)]
    [InlineData("DE", "27498", true, true, true)]
    [InlineData("DE", "78266", true, true, true)]
    [InlineData("IT", "23041", true, true, true)]
    [InlineData("IT", "22061", true, true, true)]
    [InlineData("IT", "20121", false, true, true)]
    [InlineData("FI", "22100", true, true, true)]
    [InlineData("GR", "63086", true, true, true)]
    [InlineData("FR", "97400", true, true, true)]
    [InlineData("FR", "75001", false, true, true)]
    [InlineData("GB", "BT1 5GS", false, false, true)]
    [InlineData("GB", "SW1A 1AA", true, false, true)]
    [InlineData("GB", "B1 1AA", true, false, true)]
    [InlineData("GB", "JE2 3AB", true, true, true)]
    [InlineData("GB", "GY1 1AA", true, true, true)]
    [InlineData("NO", "0150", true, true, true)]
    [InlineData("US", "00801", true, true, true)]
    [InlineData("US", "00901", true, true, false)]
    [InlineData("US", "96799", true, true, true)]
    [InlineData("US", "10001", true, true, false)]
    public void Parts_of_countries_are_told_by_their_postcodes(
        string country, string postcode, bool fromBerlin, bool fromLondon, bool fromNewYork)
    {
        var to = CustomsArea.Of(country, postcode);
        Assert.Equal(
            (fromBerlin, fromLondon, fromNewYork),
            (CustomsArea.IsLeft(CustomsArea.Of("DE"), to), CustomsArea.IsLeft(CustomsArea.Of("GB"), to),
                CustomsArea.IsLeft(CustomsArea.Of("US"), to)));
    }

    [Fact]
    public void Tax_may_be_asked_for_where_duty_is_not()
    {
        var canaries = CustomsArea.Of("ES", "35001");
        Assert.True(CustomsArea.IsSame(CustomsArea.Of("ES"), canaries));
        Assert.Equal(("EU", "ES-CANARIAS"), (canaries.Customs, canaries.Tax));
        Assert.False(CustomsArea.IsSame(CustomsArea.Of("ES"), CustomsArea.Of("ES", "52001")));
        Assert.Equal(("SJ", "SJ"), (CustomsArea.Of("NO", "9170").Customs, CustomsArea.Of("NO", "8099").Customs));
        Assert.Equal(("MP", "GU"), (CustomsArea.Of("US", "96950").Customs, CustomsArea.Of("US", "96910").Customs));
        Assert.Equal(("MF", "BL"), (CustomsArea.Of("FR", "97150").Tax, CustomsArea.Of("FR", "97133").Tax));
        // A letter more is another area: GYx of nobody, and Belfast is no B.
        Assert.Equal(("GB", "XI"), (CustomsArea.Of("GB", "GYA1 1AA").Customs, CustomsArea.Of("GB", "bt1 5gs").Customs));
        Assert.True(CustomsArea.IsLeft(CustomsArea.Of("GB", "BT1 5GS"), CustomsArea.Of("CH")));
        Assert.False(CustomsArea.IsLeft(CustomsArea.Of("GB", "BT1 5GS"), CustomsArea.Of("GB", "BT2 7AA")));
        Assert.True(CustomsArea.IsUnionTax(CustomsArea.Of("MC")));
        Assert.False(CustomsArea.IsUnionTax(canaries));
        Assert.True(CustomsArea.IsMember("IE"));
        Assert.False(CustomsArea.IsMember("GB"));
    }
}
