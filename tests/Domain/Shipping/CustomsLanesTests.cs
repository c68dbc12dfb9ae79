using Fulfillment.Routing;
using Fulfillment.Shipping;

namespace Fulfillment.Tests.Domain.Shipping;

/// <summary>On which ways customs will ask.</summary>
public sealed class CustomsLanesTests
{
    [Theory]
    [InlineData(null, null, "*>*")]
    [InlineData(null, "DE", "")]
    [InlineData(null, "CH", "DE>CH")]
    [InlineData("DE", "DE", "")]
    [InlineData("DE", "FR", "")]
    [InlineData("GB", "FR", "GB>FR")]
    [InlineData("GB", null, "GB>*")]
    public void Goods_come_to_a_border_where_a_tariff_goes_over_it(string? from, string? to, string lanes) =>
        Assert.Equal(lanes, Of("DE", Tariff(from, to is null ? null : new(to))));

    [Fact]
    public void Without_tariffs_they_may_go_anywhere_and_from_nowhere_known_they_may_come_from_anywhere()
    {
        Assert.Equal("*>*", Of("DE"));
        Assert.Equal("*>US", Of("", Tariff(null, new("US"))));
        Assert.Equal("CH>DE,CH>FR,DE>CH", Of("DE CH", Tariff(null, new("DE")), Tariff(null, new("FR")),
            Tariff("DE", new("CH")), Tariff("DE", new("CH"))));
    }

    [Fact]
    public void A_part_of_a_country_may_lie_behind_a_border()
    {
        Assert.Equal("DE>ES", Of("DE", Tariff(null, new("ES", ["35", "38"]))));
        Assert.Equal("", Of("DE", Tariff(null, new("ES", ["28"]))));
    }

    static Tariff Tariff(string? from, Region? to) => new("x", null, from, to, null, null, 1, 1, 1, 1);

    static string Of(string nodes, params Tariff[] tariffs) => string.Join(',', CustomsLanes.Of(
        RoutingRules.BuiltIn with { Tariffs = [.. tariffs] },
        () => nodes.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet())
        .Select(l => $"{l.From ?? "*"}>{l.To ?? "*"}"));
}
