using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Purchasing;
using static Fulfillment.Inventory.SkuCommand;
using static Fulfillment.Inventory.SkuEvent;
using static Fulfillment.Tests.Domain.Stock;

namespace Fulfillment.Tests.Domain;

/// <summary>Buffers, levels that are told once, listings that are paused, and orders of more.</summary>
public sealed class WatchTests
{
    static readonly StockRules Low = new([new("low", 5)]);

    static readonly ReorderRule Twelves = new(5, 30, "MUGS", "N1", 250, "EUR", 14, 12);

    static Given<Sku, SkuCommand, SkuEvent> With(StockRules rules, int units, params SkuEvent[] more) =>
        Given([.. OnHand(units), new StockRulesSet(rules, 1, units), .. more]);

    static Given<Sku, SkuCommand, SkuEvent> Sell(
        Given<Sku, SkuCommand, SkuEvent> scene, string order, int units) => scene.When(new Reserve(order, 1, units));

    static Given<Sku, SkuCommand, SkuEvent> Look(Given<Sku, SkuCommand, SkuEvent> scene)
    {
        Assert.Contains(scene.Sends, s => s.Command is CheckLevels);
        return scene.When(new CheckLevels());
    }

    static StockRulesReply Rules(Given<Sku, SkuCommand, SkuEvent> scene) =>
        Assert.IsType<StockRulesReply>(scene.Ask(new GetRules()));

    static long Published(Given<Sku, SkuCommand, SkuEvent> scene) => Assert.Single(Rules(scene).Published).Units;

    static RulesStatus Set(Given<Sku, SkuCommand, SkuEvent> scene, StockRules rules, long? revision = null) =>
        Assert.IsType<StockRulesReply>(scene.When(new SetRules(rules, revision)).Reply).Status;

    [Fact]
    public void A_level_is_told_once_when_it_is_crossed_and_not_at_every_sale()
    {
        var scene = Look(Sell(With(Low, 8), "o-1", 3));
        scene.ThenHappens(new LevelCrossed("low", true, 5, null, 5), new LevelsChecked(5)).ThenSends();

        Assert.DoesNotContain(Sell(scene, "o-2", 2).Sends, s => s.Command is CheckLevels);
        Look(scene.When(new Receive("r-2", "N1", 10, "delivery", StockState.Available)))
            .ThenHappens(new LevelCrossed("low", false, 13, null, 13), new LevelsChecked(13));
    }

    [Fact]
    public void A_level_of_a_node_looks_at_what_is_free_there()
    {
        var scene = With(new([new("shelf", 2, "N1")]), 4);
        Assert.DoesNotContain(Sell(scene, "o-1", 3).Sends, s => s.Command is CheckLevels);

        Look(scene.When(new Allocate("o-1", 2, [N1(3)])))
            .ThenHappens(new LevelCrossed("shelf", true, 1, "N1", 1), new LevelsChecked(1));
    }

    [Fact]
    public void A_level_that_is_no_more_is_told_as_over()
    {
        var scene = With(Low, 4, new LevelCrossed("low", true, 4, null, 4), new LevelsChecked(4));

        Look(scene.When(new SetRules(new([new("other", 1)]))))
            .ThenHappens(new LevelCrossed("low", false, 4, null, 4), new LevelsChecked(4));
    }

    [Theory]
    [InlineData(0, 0, null, null, 20)]
    [InlineData(3, 2, null, null, 15)]
    [InlineData(0, 0, 7L, null, 7)]
    [InlineData(0, 0, 7L, 4L, 4)]
    [InlineData(19, 2, 7L, 4L, 0)]
    public void A_channel_offers_what_is_left_after_buffers_up_to_its_cap_and_its_lease(
        long buffer, long own, long? cap, long? lease, long published) => Assert.Equal(
        published, Published(With(new(Buffer: buffer, Channels: [new("web", own, cap, lease)]), 20)));

    [Fact]
    public void A_node_keeps_no_more_than_it_has_free()
    {
        var scene = Given([.. OnHand(10), Received(N2(2), 12),
            new StockRulesSet(new(Kept: [N1(4), N2(5)], Channels: [new("web")]), 1, 12)]);

        Assert.Equal((6, 6), (Rules(scene).Kept, Published(scene)));
    }

    [Fact]
    public void What_is_not_sold_any_more_is_not_offered_and_its_listing_is_paused()
    {
        var scene = With(new(Channels: [new("web")]), 9);

        Look(scene.When(new Define(Card() with { Lifecycle = SkuLifecycle.Discontinued })))
            .ThenHappens(new ListingPaused("web", 9), new LevelsChecked(9));
        Assert.Equal(0, Published(scene));
    }

    [Fact]
    public void A_listing_is_paused_at_the_buffer_and_resumed_with_enough_units_and_not_with_one()
    {
        var scene = With(new(Buffer: 2, Channels: [new("web", ResumeAt: 3)]), 4);

        Look(Sell(scene, "o-1", 2)).ThenHappens(new ListingPaused("web", 2), new LevelsChecked(2));
        Assert.True(Assert.Single(Rules(scene).Published).Paused);
        Assert.DoesNotContain(
            scene.When(new Receive("r-2", "N1", 1, "found", StockState.Available)).Sends,
            s => s.Command is CheckLevels);
        Look(scene.When(new Receive("r-3", "N1", 2, "delivery", StockState.Available)))
            .ThenHappens(new ListingResumed("web", 3, 5), new LevelsChecked(5));
    }

    [Fact]
    public void A_listing_is_resumed_with_its_cap_where_more_was_asked_for()
    {
        var scene = With(new(Channels: [new("web", Cap: 3, ResumeAt: 10)]), 2);
        Look(Sell(scene, "o-1", 2));

        Look(scene.When(new Receive("r-2", "N1", 3, "delivery", StockState.Available)))
            .ThenHappens(new ListingResumed("web", 3, 3), new LevelsChecked(3));
    }

    [Fact]
    public void Changed_buffers_change_what_is_offered_at_once()
    {
        var scene = With(new(Channels: [new("web")]), 9);

        Look(scene.When(new SetRules(new(Buffer: 9, Channels: [new("web")]), 1)))
            .ThenHappens(new ListingPaused("web", 9), new LevelsChecked(9));
    }

    [Fact]
    public void At_the_reorder_point_one_order_is_written_up_to_the_target_in_whole_cases()
    {
        var scene = Look(Sell(With(new(Reorder: Twelves), 8), "o-1", 3));
        ReorderRaised raised = new("reorder.ABC-1.1", 1, 36, 5, 5);
        scene.ThenHappens(raised, new LevelsChecked(5));
        var sent = Assert.Single(scene.Sends);
        Assert.Equal("purchase-order/default/reorder.ABC-1.1", $"{sent.To.Kind}/{sent.To.Key}");
        var write = Assert.IsType<PurchaseCommand.Write>(sent.Command);
        Assert.Equal(0, write.IfVersion);
        Assert.Equal(("MUGS", "N1", "ABC-1"), (write.Terms.Supplier, write.Terms.Node, write.Terms.ReorderOf));
        Assert.Equal(new("1", "ABC-1", 36, 250, Product.Start.AddDays(14)), Assert.Single(write.Terms.Lines));

        Assert.DoesNotContain(Sell(scene, "o-2", 2).Sends, s => s.Command is CheckLevels);
    }

    [Fact]
    public void The_next_order_is_written_when_the_last_one_is_over_and_not_before()
    {
        var scene = With(new(Reorder: Twelves), 4, new ReorderRaised("reorder.ABC-1.1", 1, 36, 4, 4),
            new LevelsChecked(4));

        scene.When(new NoteReorder("reorder.ABC-1.9", false)).ThenNothing();
        Look(scene.When(new NoteReorder("reorder.ABC-1.1", false)))
            .ThenHappens(new ReorderRaised("reorder.ABC-1.2", 2, 36, 4, 4), new LevelsChecked(4));
    }

    [Fact]
    public void Who_cancels_an_order_gets_no_other_until_there_was_enough()
    {
        var scene = With(new(Reorder: Twelves), 4, new ReorderRaised("reorder.ABC-1.1", 1, 36, 4, 4),
            new LevelsChecked(4));

        Assert.Empty(scene.When(new NoteReorder("reorder.ABC-1.1", true)).Sends);
        Assert.Empty(scene.When(new Receive("r-2", "N1", 10, "found", StockState.Available)).Sends);
        Look(Sell(scene, "o-1", 10)).ThenHappens(
            new ReorderRaised("reorder.ABC-1.2", 2, 36, 4, 4), new LevelsChecked(4));
    }

    [Fact]
    public void What_is_expected_counts_and_what_is_backordered_is_wanted_too()
    {
        var scene = With(new(Reorder: Twelves), 8, new SupplyExpected("p", "N1", 10, Product.After(9), "a"));
        Assert.DoesNotContain(Sell(scene, "o-1", 8).Sends, s => s.Command is CheckLevels);
        Assert.Equal(10, Rules(scene).Position);
    }

    [Fact]
    public void A_long_name_makes_a_short_order_id() =>
        Assert.InRange(Sku.ReorderId(new('x', 128), int.MaxValue).Length, 1, 40);

    [Fact]
    public void Rules_are_set_once_and_by_revision()
    {
        var scene = Given(OnHand(9));

        Assert.Equal(RulesStatus.Unchanged, Set(scene, new()));
        Assert.Equal(RulesStatus.Set, Set(scene, Low, 0));
        Assert.Equal(RulesStatus.Unchanged, Set(scene, Low, 1));
        Assert.Equal(RulesStatus.Stale, Set(scene, Low, 0));
        Assert.Equal(1, Rules(scene).Watch!.Revision);
    }

    [Fact]
    public void A_SKU_that_nobody_defined_and_a_kit_have_no_rules()
    {
        Assert.Equal(RulesStatus.UnknownSku, Set(Given(), Low));
        Assert.Equal(RulesStatus.UnknownSku, Rules(Given()).Status);
        Assert.Equal(RulesStatus.IsKit, Set(
            Given(new SkuDefined(Card() with { Kit = [new("A", 2)] }, 1)), Low));
    }

    public static TheoryData<string> Broken => [.. Invalid.Keys];

    static readonly Dictionary<string, StockRules> Invalid = new()
    {
        ["two levels of one name"] = new([new("low", 5), new("low", 6)]),
        ["a negative level"] = new([new("low", -1)]),
        ["too many levels"] = new([.. Enumerable.Range(0, 21).Select(i => new StockLevel($"{i}", 1))]),
        ["a negative buffer"] = new(Buffer: -1),
        ["a node twice"] = new(Kept: [N1(1), N1(2)]),
        ["a channel twice"] = new(Channels: [new("a"), new("a")]),
        ["a listing that resumes with less than nothing"] = new(Channels: [new("a", ResumeAt: -1)]),
        ["more than anybody has"] = new(Buffer: StockRules.MaxUnits + 1),
        ["up to no more than the point"] = new(Reorder: Twelves with { UpTo = 5 }),
        ["multiples of less than nothing"] = new(Reorder: Twelves with { Multiple = -1 }),
    };

    [Theory, MemberData(nameof(Broken))]
    public void Rules_that_contradict_themselves_are_refused(string name) =>
        Assert.Equal(RulesStatus.NotValid, Set(Given(OnHand(1)), Invalid[name]));
}
