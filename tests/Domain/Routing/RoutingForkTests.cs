using System.Collections.Immutable;
using Fulfillment.Routing;
using Fulfillment.Warehousing;

namespace Fulfillment.Tests.Domain;

public sealed class RoutingForkTests
{
    static readonly NodeCard Card = new("x", NodeType.Warehouse, 1, "DE", null, null, null, 2);

    static readonly RoutingRules PreferA =
        RoutingRules.BuiltIn with { PriorityMinor = 0, Preferred = [new("A", -1)] };

    static readonly RouteFacts Facts = new("shop", "DE", "10115", Product.Start);

    static NodeNow? Node(string node) => new(Card, false, ImmutableDictionary<DateOnly, int>.Empty);

    static RoutingFork Fork()
    {
        RoutingFork fork = new(Node);
        fork.Stock("S", "A", 9);
        fork.Stock("S", "B", 9);
        return fork;
    }

    static string Take(RoutingFork fork, long units)
    {
        var plan = fork.Take(new(1, [new("S", units, [new("NOWHERE", 99)])], Facts), PreferA, 3);
        var day = plan.Decision!.Legs.IsEmpty ? "" : $" on {plan.Decision.Legs[0].Day.DayNumber - Rules.Day.DayNumber}";
        return string.Join('+', plan.Picks[0].Nodes.Select(n => $"{n.Node} {n.Units}")) + day;
    }

    [Fact]
    public void Each_plan_takes_stock_and_room_from_the_next()
    {
        var fork = Fork();

        // A has room for two on the first day, Friday, and the next day it works on is Monday; stock goes with them.
        Assert.Equal(
            ["A 3 on 0", "A 3 on 0", "A 3 on 3", "B 3 on 0"],
            [Take(fork, 3), Take(fork, 3), Take(fork, 3), Take(fork, 3)]);
    }

    [Fact]
    public void What_was_given_back_can_be_taken_again()
    {
        var fork = Fork();
        Take(fork, 9);
        fork.Stock("S", "A", 9);
        fork.Room("A", Rules.Day, -1);

        Assert.Equal("A 9 on 0", Take(fork, 9));
    }

    [Fact]
    public void A_copy_goes_its_own_way()
    {
        var fork = Fork();
        fork.Room("A", Rules.Day, 1);
        var copy = fork.Copy();
        Take(fork, 9);

        Assert.Equal(["A 9 on 0", "B 9 on 0"], [Take(copy, 9), Take(copy, 9)]);
    }

    [Fact]
    public void There_is_never_less_than_nothing()
    {
        var fork = Fork();
        fork.Stock("S", "A", -99);
        fork.Stock("S", "A", 1);
        fork.Room("A", Rules.Day, -99);

        Assert.Equal("A 1 on 0", Take(fork, 1));
    }

    [Theory]
    [InlineData("snow", "LEJ1", "AT", "6020", "2026-12-02T17:30:00Z", true)]
    [InlineData("snow", "LEJ1", "AT", "60 20", "2026-12-01T00:00:00Z", false)]
    [InlineData("snow", "LEJ1", "AT", "6020", "2026-12-04T00:00:00Z", true)]
    [InlineData("snow", "LEJ1", "AT", "6020", "2026-12-04T00:00:01Z", false)]
    [InlineData("snow", "LEJ1", "AT", "1010", "2026-12-02T17:30:00Z", false)]
    [InlineData("snow", "LEJ1", "AT", null, "2026-12-02T17:30:00Z", false)]
    [InlineData("snow", "LEJ1", "DE", "60200", "2026-12-02T17:30:00Z", false)]
    [InlineData("snow", "MUC2", "AT", "6020", "2026-12-02T17:30:00Z", false)]
    public void An_embargo_is_broken_by_goods_that_leave_on_its_days(
        string embargo, string node, string country, string? postcode, string leaves, bool breaks)
    {
        var at = DateTimeOffset.Parse(leaves, System.Globalization.CultureInfo.InvariantCulture);

        var bans = Bans.Of(Rules.All, node, null, country, postcode, Rules.Day, at);

        Assert.Equal(breaks ? [new Ban(Constraint.Embargo, embargo, "avalanches")] : [], bans.ToArray());
    }

    [Theory]
    [InlineData("MUC2", "2026-12-29", false)]
    [InlineData("MUC2", "2026-12-30", true)]
    [InlineData("MUC2", "2026-12-31", true)]
    [InlineData("MUC2", "2027-01-01", false)]
    [InlineData("LEJ1", "2026-12-30", false)]
    public void A_blackout_is_broken_by_work_on_its_days(string node, string day, bool breaks) => Assert.Equal(
        breaks ? [new Ban(Constraint.Blackout, "stocktaking", "stock is counted")] : [],
        Bans.Of(
            Rules.All, node, null, "DE", null,
            DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), Product.Start).ToArray());
}
