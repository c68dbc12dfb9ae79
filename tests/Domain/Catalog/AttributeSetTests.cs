using System.Collections.Immutable;
using Fulfillment.Catalog;
using Fulfillment.Inventory;
using Fulfillment.Routing;

namespace Fulfillment.Tests.Domain;

/// <summary>What cards of a sort of goods say: the rules, and what meets them.</summary>
public sealed class AttributeSetTests
{
    static Given<AttributeSet, AttributeSetCommand, AttributeSetEvent> Given() =>
        new(EntityId.Of("attribute-set", "default", "apparel"), Product.Start);

    static AttributeSetTerms Of(params ImmutableArray<AttributeRule> rules) => new("Apparel", rules);

    static readonly AttributeRule Fit = new("fit", AttributeType.Enum, Values: ["slim", "wide"]);

    static AttributeSetReply Reply(Given<AttributeSet, AttributeSetCommand, AttributeSetEvent> given) =>
        (AttributeSetReply)given.Reply!;

    [Fact]
    public void A_change_is_a_new_version_and_the_versions_before_stay()
    {
        var given = Given();
        Assert.Equal(AttributeSetStatus.UnknownSet, Reply(given.When(new AttributeSetCommand.Get())).Status);
        given.When(new AttributeSetCommand.Write(Of(Fit)));
        Assert.Equal((AttributeSetStatus.Done, 1), (Reply(given).Status, Reply(given).Version));
        given.When(new AttributeSetCommand.Write(Of(Fit))).ThenNothing();
        Assert.Equal(AttributeSetStatus.AlreadyDone, Reply(given).Status);
        given.When(new AttributeSetCommand.Write(Of(), 7)).ThenNothing();
        Assert.Equal(AttributeSetStatus.Stale, Reply(given).Status);
        given.When(new AttributeSetCommand.Write(Of(), 1));
        Assert.Equal(2, Reply(given).Version);

        given.When(new AttributeSetCommand.Get(1));
        Assert.Equal(("fit", 2), (Assert.Single(Reply(given).Terms!.Attributes).Name, Reply(given).Latest));
        Assert.Equal(AttributeSetStatus.UnknownSet, Reply(given.When(new AttributeSetCommand.Get(3))).Status);
    }

    [Fact]
    public void It_has_so_many_versions_at_most()
    {
        AttributeSet full = new([.. Enumerable.Repeat(Of(Fit), AttributeSet.MaxVersions)]);
        var refused = AttributeSet.Decide(full, new AttributeSetCommand.Write(Of()), default);
        Assert.Equal(AttributeSetStatus.TooManyVersions, ((AttributeSetReply)refused.Reply!).Status);
        Assert.Empty(refused.Events);
    }

    public static TheoryData<AttributeRule, AttributeRuleFault> Bad => new()
    {
        { Fit, AttributeRuleFault.DuplicateName },
        { new("a", AttributeType.Text, Min: 1), AttributeRuleFault.NotForType },
        { new("a", AttributeType.Date, Pattern: "x"), AttributeRuleFault.NotForType },
        { new("a", AttributeType.Boolean, Values: ["x"]), AttributeRuleFault.NotForType },
        { new("a", AttributeType.Measure, Unit: "cm"), AttributeRuleFault.NotForType },
        { new("a", AttributeType.Measure), AttributeRuleFault.NothingToChoose },
        { new("a", AttributeType.Enum, Values: ["x", "x"]), AttributeRuleFault.BadChoice },
        { new("a", AttributeType.Number, Min: 2, Max: 1), AttributeRuleFault.BadBounds },
        { new("a", AttributeType.Number, Scale: 10), AttributeRuleFault.BadBounds },
        { new("a", AttributeType.Text, Pattern: "("), AttributeRuleFault.BadPattern },
        { new("a", AttributeType.Text, Pattern: @"(a)\1"), AttributeRuleFault.BadPattern },
        { new("a", AttributeType.Text, Pattern: "(?=a)"), AttributeRuleFault.BadPattern },
        { new("a", AttributeType.Text, Pattern: "((a{99}){99}){99}"), AttributeRuleFault.BadPattern },
    };

    [Theory, MemberData(nameof(Bad))]
    public void Rules_that_cannot_be_are_refused(AttributeRule rule, AttributeRuleFault fault)
    {
        Assert.Equal((1, fault), AttributeCheck.FaultOf(Of(Fit, rule)));
        var given = Given().When(new AttributeSetCommand.Write(Of(Fit, rule))).ThenNothing();
        Assert.Equal(AttributeSetStatus.NotValid, Reply(given).Status);
    }

    static readonly AttributeSetTerms All = new(
        "Everything",
        [
            new("must", AttributeType.Boolean, Required: true),
            new("code", AttributeType.Text, MaxLength: 6, Pattern: "[A-Z]+"),
            new("weight", AttributeType.Number, Min: -50, Max: 150, Scale: 2), new("born", AttributeType.Date), Fit,
            new("height", AttributeType.Measure, Min: 1, Scale: 1, Units: ["cm", "in"]),
        ],
        Closed: true);

    [Theory]
    [InlineData("must", "yes", AttributeFault.WrongType)]
    [InlineData("code", "ABCDEFG", AttributeFault.TooLong)]
    [InlineData("code", "Abc", AttributeFault.NoMatch)]
    [InlineData("code", "ABC\n", AttributeFault.NoMatch)]
    [InlineData("weight", "1.505", AttributeFault.TooPrecise)]
    [InlineData("weight", "1.51", AttributeFault.OutOfRange)]
    [InlineData("weight", "-1", AttributeFault.OutOfRange)]
    [InlineData("weight", "1e3", AttributeFault.WrongType)]
    [InlineData("weight", ".5", AttributeFault.WrongType)]
    [InlineData("weight", "9999999999999999999", AttributeFault.WrongType)]
    [InlineData("weight", "999999999999999999", AttributeFault.OutOfRange)]
    [InlineData("born", "2026-02-30", AttributeFault.WrongType)]
    [InlineData("fit", "Slim", AttributeFault.UnknownValue)]
    [InlineData("height", "12.5", AttributeFault.WrongType)]
    [InlineData("height", "12.5 mm", AttributeFault.UnknownUnit)]
    [InlineData("height", "0 cm", AttributeFault.OutOfRange)]
    [InlineData("colour", "red", AttributeFault.NotInSet)]
    public void A_value_that_breaks_its_rule_is_named_with_it(string name, string value, AttributeFault fault)
    {
        ImmutableArray<SkuAttribute> card =
            name == "must" ? [new(name, value)] : [new("must", "true"), new(name, value)];
        var flaw = Assert.Single(AttributeCheck.Flaws(All, card));
        Assert.Equal((name, fault), (flaw.Attribute, flaw.Fault));
    }

    [Fact]
    public void A_bound_is_told_as_it_is_read() => Assert.Equal(
        "must be at least -0.50",
        AttributeCheck.Flaws(All, [new("must", "true"), new("weight", "-0.51")]).Single().Rule);

    [Fact]
    public void What_meets_every_rule_has_no_flaw_and_what_is_required_must_be_there()
    {
        Assert.Empty(AttributeCheck.Flaws(
            All, [new("must", "false"), new("code", "ABC"), new("weight", "-0.5"), new("height", "12.5 cm"),
                new("born", "2026-02-28"), new("fit", "wide")]));
        Assert.Equal(AttributeFault.Required, Assert.Single(AttributeCheck.Flaws(All, [])).Fault);
    }

    [Fact]
    public void Gaps_are_what_carriers_and_customs_will_ask_for()
    {
        SkuCard card = new("x", null, false, null, [], [], new(100, 1, 2, 3, HsCode: "610910", Origin: "PT"));
        Assert.Empty(SkuGaps.Of(card, true));
        var facts = card.Product!;
        var narrow = card with { Product = facts with { WidthMm = 0 } };
        Assert.Equal(SkuGap.NotShippableByRate, Assert.Single(SkuGaps.Of(narrow, true)));
        var unknown = card with { Product = facts with { Origin = null } };
        Assert.Equal(SkuGap.Customs, Assert.Single(SkuGaps.Of(unknown, true)));
        Assert.Empty(SkuGaps.Of(unknown, false));
        Assert.Equal(2, SkuGaps.Of(card with { Product = null }, true).Length);
        Assert.Empty(SkuGaps.Of(card with { Product = null, Lifecycle = SkuLifecycle.Draft }, true));
        Assert.Empty(SkuGaps.Of(card with { Product = null, Kit = [new("A", 1)] }, true));
    }

    [Fact]
    public void Options_of_a_variant_count_as_attributes()
    {
        SkuCard card = new("x", null, false, null, [new("fit", "slim")], [])
        {
            Variant = new("TEE", 1, [new("fit", "wide"), new("size", "S")]),
        };
        Assert.Equal(["fit slim", "size S"], card.AllAttributes.Select(a => $"{a.Name} {a.Value}"));
        Assert.Empty(AttributeCheck.Flaws(Of(Fit, new("size", AttributeType.Text, true)), card.AllAttributes));
    }
}
