using Fulfillment.Shipping;

namespace Fulfillment.Tests.Domain.Shipping;

/// <summary>Numbers of sellers, as offices write them.</summary>
public sealed class CustomsNumbersTests
{
    [Theory]
    [InlineData("DE1234567", true)]
    [InlineData("FR12345678900012", true)]
    [InlineData("IE1234567AB", true)]
    [InlineData("GB123456789000", true)]
    [InlineData("XI123456789000", true)]
    [InlineData("GB123456789000123", true)]
    [InlineData("GB12345678900", false)]
    [InlineData("GB12345678900A", false)]
    [InlineData("US123456789", false)]
    [InlineData("DE", false)]
    [InlineData("DE12345678901234567", false)]
    [InlineData("de1234567", false)]
    [InlineData("DE12 34", false)]
    [InlineData("", false)]
    public void An_eori_is_a_country_and_its_number(string number, bool isOne) =>
        Assert.Equal(isOne, CustomsNumbers.IsEori(number));

    [Theory]
    [InlineData("IM2760000012", true)]
    [InlineData("IM3720000012", true)]
    [InlineData("IM8260000012", false)]
    [InlineData("IM276000001", false)]
    [InlineData("IM27600000123", false)]
    [InlineData("EU2760000012", false)]
    [InlineData("IM276000001A", false)]
    public void An_ioss_number_is_of_a_member_state(string number, bool isOne) =>
        Assert.Equal(isOne, CustomsNumbers.IsIoss(number));

    [Fact]
    public void An_ioss_number_tells_who_gave_it()
    {
        Assert.Equal("DE", CustomsNumbers.IossCountry("IM2760000012"));
        Assert.Equal("IE", CustomsNumbers.IossCountry("IM3720000012"));
        Assert.Null(CustomsNumbers.IossCountry("IM8260000012"));
    }

    [Theory]
    [InlineData("GB980780684", true)]
    [InlineData("GB980780684001", true)]
    [InlineData("GB980780685", false)]
    [InlineData("GB98078068", false)]
    [InlineData("XI980780684", false)]
    [InlineData("GB98078068A", false)]
    public void A_british_vat_number_checks_itself(string number, bool isOne) =>
        Assert.Equal(isOne, CustomsNumbers.IsGbVat(number));
}
