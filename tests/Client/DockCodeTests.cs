using Fulfillment.Client.Api;

namespace Fulfillment.Tests.Client;

/// <summary>What scanners read from labels has the number in it that is printed below.</summary>
public sealed class DockCodeTests
{
    [Theory]
    [InlineData("1Z999AA10123456784", "1Z999AA10123456784")]
    [InlineData("1z999aa10123456784", "1Z999AA10123456784")]
    [InlineData("]C0LC123456789012342", "LC123456789012342")]
    [InlineData(" 9205 5901 7554 7700 0000 0011 ", "920559017554770000000011")]
    [InlineData("420940109205590175547700000000", "9205590175547700000000")]
    [InlineData("]C1420940101234\u001d9205590175547700000000", "9205590175547700000000")]
    [InlineData("9622001560000000000000794987654321", "794987654321")]
    [InlineData("10012345678901237949876543210000", "794987654321")]
    [InlineData("00340123450000000017", "340123450000000017")]
    [InlineData("]C100340123450000000017", "340123450000000017")]
    [InlineData("(00)340123450000000017", "340123450000000017")]
    [InlineData("o-1-F1-B1", "o-1-F1-B1")]
    public void The_number_is_found(string scan, string number) => Assert.Contains(number, DockCodes.Read(scan));

    [Theory]
    [InlineData("what?")]
    [InlineData("]C1")]
    [InlineData("<script>")]
    public void What_no_parcel_can_be_called_is_nothing(string scan) => Assert.DoesNotContain(
        DockCodes.Read(scan),
        c => c.Any(x => !(char.IsLetterOrDigit(x) || "._-:".Contains(x, StringComparison.Ordinal))));

    [Fact]
    public void A_plain_number_is_itself_first() => Assert.Equal("794987654321", DockCodes.Read("794987654321")[0]);
}
