using Fulfillment.Connectors;
using Fulfillment.Shipping;

namespace Fulfillment.Tests.Connectors;

/// <summary>What carriers say is kept unsealed: it names nobody.</summary>
public sealed class BuyerWordsTests
{
    static readonly ShipAddress Buyer = new(
        "DE", "10115", "München", null, ["Invalidenstraße 12", "c/o Hof 3"], "Grace Müller-Hopper", "Zuse KG",
        "+49 30 1234567", "grace@example.com");

    [Theory]
    [InlineData("The address of GRACE MULLER HOPPER is wrong", "The address of *** *** *** is wrong")]
    [InlineData("Invalidenstrasse 12 was not found in München", "*** *** was not found in München")]
    [InlineData("INVALIDENSTRASSE is unknown", "*** is unknown")]
    [InlineData("Postal code 10115 does not fit city München", "Postal code *** does not fit city München")]
    [InlineData("Call 1234567 or mail grace@example.com!", "Call *** or mail ***@***.***!")]
    [InlineData("ZUSE KG, c/o Hof 3: at most 12 characters", "*** ***, ***/*** *** ***: at most 12 characters")]
    [InlineData("Left with a neighbour", "Left with a neighbour")]
    [InlineData("", "")]
    public void What_names_the_buyer_is_hidden_and_the_rest_stays(string says, string told) =>
        Assert.Equal(told, BuyerWords.Without(says, Buyer));

    [Fact]
    public void Short_and_common_words_stay_where_they_do_not_stand_as_he_writes_them()
    {
        ShipAddress kings = new("GB", "E1 6AN", "London", null, ["1 Kings Way", "The Building"], "Al Ng");
        Assert.Equal("on the way to *** ***", BuyerWords.Without("on the way to the building", kings));
        Assert.Equal("a building of bricks", BuyerWords.Without("a building of bricks", kings));
        Assert.Equal("left at *** *** ***", BuyerWords.Without("left at 1 Kings Way", kings));
        Assert.Equal("E1 is not *** ***", BuyerWords.Without("E1 is not E1 6AN", kings));
    }

    [Fact]
    public void Who_says_nothing_or_hides_nothing_changes_nothing()
    {
        ShipAddress nobody = new("AT");
        Assert.Equal("as it is", BuyerWords.Without("as it is", nobody));
        Assert.Equal(new CarrierRefusal("120"), BuyerWords.Without(new CarrierRefusal("120"), Buyer));
        Assert.Null(BuyerWords.Without((CarrierRefusal?)null, Buyer));
        TrackEvent told = new(
            DateTimeOffset.UnixEpoch, Milestone.Delivered, "D", "signed by G. Hopper", "Invalidenstr. 12, München");
        Assert.Equal("signed by G. ***", BuyerWords.Without(told, Buyer).Says);
        Assert.Equal(("", null), (BuyerWords.Without(told, null).Says, BuyerWords.Without(told, null).Place));
    }
}
