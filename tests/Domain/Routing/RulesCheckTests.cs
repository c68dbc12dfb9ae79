using Fulfillment.Routing;
using Fulfillment.Warehousing;

namespace Fulfillment.Tests.Domain;

public sealed class RulesCheckTests
{
    static readonly Tariff Post = Rules.All.Tariffs[0];

    static readonly Embargo Snow = Rules.All.Embargoes[0];

    static readonly Blackout Counting = Rules.All.Blackouts[0];

    static readonly NodeCard Leipzig = new("Leipzig", NodeType.Warehouse, 1, "DE", null, null, null, null);

    [Fact]
    public void Rules_that_use_everything_have_no_fault() => Assert.Empty(RulesCheck.Faults(Rules.All));

    public static TheoryData<RoutingRules, string, string> Wrong => new()
    {
        { Rules.All with { Currency = "euro" }, "/currency", "bad-currency" },
        { Rules.All with { SplitMinor = -1 }, "/splitMinor", "out-of-range" },
        { Rules.All with { LateMinor = long.MaxValue }, "/lateMinor", "out-of-range" },
        { Rules.All with { BalanceMinor = RulesCheck.MostMinor + 1 }, "/balanceMinor", "out-of-range" },
        { Rules.All with { PriorityMinor = -1 }, "/priorityMinor", "out-of-range" },
        { Rules.All with { KilometreMinor = -1 }, "/kilometreMinor", "out-of-range" },
        { Rules.All with { MaxNodes = 0 }, "/maxNodes", "out-of-range" },
        { Rules.All with { MaxLateDays = -1 }, "/maxLateDays", "out-of-range" },
        { Rules.All with { Overflow = [NodeType.Store, NodeType.Store] }, "/overflow/1", "duplicate" },
        { Rules.All with { Preferred = [new("", 1)] }, "/preferred/0/node", "required" },
        { Rules.All with { Preferred = [new("A", 1), new("A", 2)] }, "/preferred/1/node", "duplicate" },
        { Rules.All with { Preferred = [new("A", long.MinValue)] }, "/preferred/0/minor", "out-of-range" },
        { With(Post with { Service = "" }), "/tariffs/0/service", "required" },
        { With(Post with { Node = "" }), "/tariffs/0/node", "required" },
        { With(Post with { FromCountry = "UK" }), "/tariffs/0/fromCountry", "unknown-country" },
        { With(Post with { To = new("XX") }), "/tariffs/0/to/country", "unknown-country" },
        { With(Post with { To = new(null, ["1"]) }), "/tariffs/0/to/country", "required" },
        { With(Post with { To = new("DE", ["1x"]) }), "/tariffs/0/to/postcodes/0", "bad-postcode" },
        { With(Post with { To = new("DE", ["100000"]) }), "/tariffs/0/to/postcodes/0", "bad-postcode" },
        { With(Post with { To = new("HK", ["1"]) }), "/tariffs/0/to/postcodes/0", "bad-postcode" },
        { With(Post with { To = new("DE", ["1", "1"]) }), "/tariffs/0/to/postcodes/1", "duplicate" },
        { With(Post with { UpToKm = 0 }), "/tariffs/0/upToKm", "out-of-range" },
        { With(Post with { UpToGrams = 0 }), "/tariffs/0/upToGrams", "out-of-range" },
        { With(Post with { ParcelMinor = -1 }), "/tariffs/0/parcelMinor", "out-of-range" },
        { With(Post with { KilogramMinor = long.MaxValue }), "/tariffs/0/kilogramMinor", "out-of-range" },
        { With(Post with { MinDays = -1 }), "/tariffs/0/minDays", "out-of-range" },
        { With(Post with { MinDays = 5 }), "/tariffs/0/maxDays", "not-ordered" },
        { With(Post with { Calendar = "nobody" }), "/tariffs/0/calendar", "unknown-calendar" },
        { Rules.All with { Calendars = [new("post", Weekdays.None, [])] }, "/calendars/0/days", "no-day" },
        {
            Rules.All with { Calendars = [.. Rules.All.Calendars, new("post", Weekdays.Sunday, [])] },
            "/calendars/1/id", "duplicate"
        },
        { Rules.All with { Borders = [new("DE", "DE", 0, 0, false)] }, "/borders/0/toCountry", "same-country" },
        { Rules.All with { Borders = [new("DE", "ZZ", 0, 0, false)] }, "/borders/0/toCountry", "unknown-country" },
        { Rules.All with { Borders = [new("DE", "CH", -1, 0, false)] }, "/borders/0/clearanceDays", "out-of-range" },
        { Rules.All with { Borders = [new("DE", "CH", 0, 10_001, false)] }, "/borders/0/dutyPermille", "out-of-range" },
        {
            Rules.All with { Borders = [new("DE", "CH", 0, 0, false), new("DE", "CH", 1, 0, false)] },
            "/borders/1/toCountry", "duplicate"
        },
        { Rules.All with { Embargoes = [Snow, Snow] }, "/embargoes/1/id", "duplicate" },
        {
            Rules.All with { Embargoes = [Snow with { Until = new(2026, 11, 30) }] }, "/embargoes/0/until",
            "not-ordered"
        },
        { Rules.All with { Embargoes = [Snow with { Reason = " " }] }, "/embargoes/0/reason", "required" },
        { Rules.All with { Embargoes = [Snow with { Nodes = ["A", "A"] }] }, "/embargoes/0/nodes/1", "duplicate" },
        { Rules.All with { Blackouts = [Counting, Counting] }, "/blackouts/1/id", "duplicate" },
        {
            Rules.All with { Blackouts = [Counting with { Until = new(2026, 12, 29) }] }, "/blackouts/0/until",
            "not-ordered"
        },
        { Rules.All with { Blackouts = [Counting with { Node = "" }] }, "/blackouts/0/node", "required" },
        {
            Rules.All with { Tariffs = [.. Enumerable.Repeat(Post, RulesCheck.MaxTariffs + 1)] }, "/tariffs",
            "too-many"
        },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void A_fault_names_the_field_and_the_rule(RoutingRules rules, string field, string rule)
    {
        var fault = Assert.Single(RulesCheck.Faults(rules));

        Assert.Equal((field, rule), (fault.Field, fault.Rule));
        Assert.NotEmpty(fault.Detail);
    }

    [Fact]
    public void No_more_faults_are_told_than_anybody_reads() => Assert.Equal(
        RulesCheck.MaxFaults,
        RulesCheck.Faults(Rules.All with
        {
            Tariffs = [.. Enumerable.Repeat(Post with { Service = "", MinDays = -1 }, 200)],
        }).Length);

    public static TheoryData<RoutingRules, string?> Leaving => new()
    {
        { RoutingRules.BuiltIn with { Currency = "EUR" }, null },
        { RoutingRules.BuiltIn with { Currency = "USD" }, "/currency" },
        { Open with { Tariffs = [Post with { Node = null }] }, null },
        { Open with { Tariffs = [Post with { Node = "MUC2" }] }, "/tariffs" },
        { Open with { Tariffs = [Post with { Node = null, FromCountry = "FR" }] }, "/tariffs" },
        { Open with { Blackouts = [Never("LEJ1", Rules.Day, DateOnly.MaxValue)] }, "/blackouts" },
        { Open with { Blackouts = [Never("LEJ1", Rules.Day.AddDays(365), DateOnly.MaxValue)] }, "/blackouts" },
        { Open with { Blackouts = [Never("LEJ1", Rules.Day.AddDays(366), DateOnly.MaxValue)] }, null },
        { Open with { Blackouts = [Never("LEJ1", Rules.Day.AddDays(-9), Rules.Day.AddDays(59))] }, "/blackouts" },
        { Open with { Blackouts = [Never("LEJ1", Rules.Day.AddDays(-9), Rules.Day.AddDays(58))] }, null },
        { Open with { Blackouts = [Never("LEJ1", Rules.Day.AddDays(30), Rules.Day.AddDays(89))] }, "/blackouts" },
        {
            Open with
            {
                Blackouts = [Never("LEJ1", Rules.Day, Rules.Day.AddDays(29))],
                Embargoes = [new("e", new(null), [], Rules.Day.AddDays(30), Rules.Day.AddDays(59), "x")],
            }, "/blackouts"
        },
        {
            Open with
            {
                Blackouts =
                [
                    Never("LEJ1", Rules.Day.AddDays(401), DateOnly.MaxValue),
                    Never("LEJ1", Rules.Day.AddDays(-9), Rules.Day.AddDays(400)),
                ],
            }, "/blackouts"
        },
        { Open with { Embargoes = [new("e", new(null), [], Rules.Day, null, "x")] }, "/embargoes" },
        { Open with { Embargoes = [new("e", new(null), ["LEJ1"], Rules.Day, null, "x")] }, "/embargoes" },
        { Open with { Embargoes = [new("e", new(null), ["MUC2"], Rules.Day, null, "x")] }, null },
        { Open with { Embargoes = [new("e", new("DE"), [], Rules.Day, null, "x")] }, null },
        { Open with { Overflow = [NodeType.Warehouse] }, null },
    };

    static RoutingRules Open => RoutingRules.BuiltIn with { Currency = "EUR" };

    [Theory, MemberData(nameof(Leaving))]
    public void Rules_that_leave_no_node_are_found_out(RoutingRules rules, string? field)
    {
        var costly = Leipzig with { Facts = NodeFacts.Ordinary with { PerUnit = new Money(1, "EUR") } };

        var faults = RulesCheck.NoNode(rules, [("LEJ1", costly)], Rules.Day);

        Assert.Equal(field is null ? [] : [field], faults.Select(f => f.Field));
        Assert.All(faults, f => Assert.Equal("no-node", f.Rule));
        Assert.All(faults, f => Assert.Contains("LEJ1", f.Detail, StringComparison.Ordinal));
        Assert.Empty(RulesCheck.NoNode(rules, [], Rules.Day));
        Assert.All(faults, f => Assert.Contains(" from 2", f.Detail, StringComparison.Ordinal));
        Assert.Empty(RulesCheck.NoNode(
            rules with { Blackouts = [], Embargoes = [], Tariffs = [] }, [("LEJ1", costly), ("MUC2", Leipzig)],
            Rules.Day));
    }

    [Fact]
    public void Nodes_that_are_closed_in_turn_leave_always_one()
    {
        var card = Leipzig;
        Blackout[] inTurn =
        [
            Never("LEJ1", Rules.Day, Rules.Day.AddDays(200)), Never("MUC2", Rules.Day.AddDays(201), DateOnly.MaxValue),
        ];
        Blackout[] together =
        [
            inTurn[0] with { Until = Rules.Day.AddDays(260) }, inTurn[1],
        ];

        Assert.Empty(RulesCheck.NoNode(
            Open with { Blackouts = [.. inTurn] }, [("LEJ1", card), ("MUC2", card)], Rules.Day));
        var fault = Assert.Single(RulesCheck.NoNode(
            Open with { Blackouts = [.. together] }, [("LEJ1", card), ("MUC2", card)], Rules.Day));
        Assert.Equal(("/blackouts", "no-node"), (fault.Field, fault.Rule));
        Assert.Empty(RulesCheck.NoNode(
            Open with { Blackouts = [.. together] }, [("LEJ1", card), ("MUC2", card), ("VIE3", card)], Rules.Day));
    }

    [Fact]
    public void Every_node_that_rules_treat_apart_is_named_with_its_field() => Assert.Equal(
        [
            ("/preferred/0/node", "LEJ1"), ("/preferred/1/node", "MUC2"), ("/embargoes/0/nodes/0", "LEJ1"),
            ("/blackouts/0/node", "MUC2"),
        ], RulesCheck.Named(Rules.All));

    [Theory]
    [InlineData("DE", "10115", true)]
    [InlineData("DE", " 10 115 ", true)]
    [InlineData("DE", "1011", false)]
    [InlineData("DE", "D0115", false)]
    [InlineData("GB", "sw1a 1aa", true)]
    [InlineData("GB", "M1 1AE", true)]
    [InlineData("GB", "12345", false)]
    [InlineData("NL", "1234ab", true)]
    [InlineData("US", "20500-0003", true)]
    [InlineData("US", "2050", false)]
    [InlineData("CA", "K1A 0B1", true)]
    [InlineData("IE", "D02 AF30", true)]
    [InlineData("KR", "03051", true)]
    [InlineData("LV", "LV-1010", true)]
    [InlineData("PL", "00-950", true)]
    [InlineData("HK", "whatever", true)]
    [InlineData("XX", "whatever", true)]
    public void A_postcode_is_known_by_the_form_that_its_country_has(string country, string text, bool fits) =>
        Assert.Equal(fits, AddressRules.IsPostcode(country, text));

    [Fact]
    public void Every_country_has_one_entry_and_who_needs_postcodes_has_them()
    {
        Assert.Equal(250, AddressRules.Countries.Count);
        Assert.All(AddressRules.Countries.Where(AddressRules.NeedsPostcode),
            c => Assert.True(AddressRules.HasPostcodes(c), c));
        Assert.True(AddressRules.NeedsPostcode("DE"));
        Assert.False(AddressRules.NeedsPostcode("IE") || AddressRules.NeedsPostcode("HK"));
        Assert.False(AddressRules.IsCountry("UK") || AddressRules.IsCountry("ZZ") || AddressRules.IsCountry("de"));
    }

    static RoutingRules With(Tariff tariff) => Rules.All with { Tariffs = [tariff] };

    static Blackout Never(string node, DateOnly from, DateOnly until) => new($"{from}", node, from, until, "x");
}
