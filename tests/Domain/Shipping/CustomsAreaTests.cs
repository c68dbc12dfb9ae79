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
    public void A_border_counts_where_goods_are_declared(string from, string to, bool left)
    {
        Assert.Equal(left, CustomsArea.IsLeft(from, to));
        Assert.Equal(left, CustomsArea.IsLeft(to, from));
    }
}
