using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using static Fulfillment.Inventory.SkuCommand;
using static Fulfillment.Inventory.SkuEvent;
using static Fulfillment.Tests.Domain.Product;
using static Fulfillment.Tests.Domain.Stock;

namespace Fulfillment.Tests.Domain;

/// <summary>Who waits is told when his units are expected, and again when that changes.</summary>
public sealed class PeggingTests
{
    static readonly DateTimeOffset Soon = After(1_000), Later = After(2_000), Never = After(9_000);

    static SupplyExpected Coming(string id, int units, DateTimeOffset at) => new SupplyExpected(id, "N1", units, at,
        "x");

    /// <summary>5 come soon, 5 later; o-1 waits for 4, o-2 for 4, o-3 for 4.</summary>
    static Given<Sku, SkuCommand, SkuEvent> Waiting() => Given(
        Defined(backorder: true), Coming("p-1", 5, Soon), Coming("p-2", 5, Later),
        Reserved("o-1", 1, 0, 0, 4, expected: Soon), Reserved("o-2", 1, 0, 0, 4, expected: Later),
        Reserved("o-3", 1, 0, 0, 4));

    static Receive Delivery(int units, string? supply = null) =>
        new($"r-{units}-{supply}", "N1", units, "delivery", StockState.Available, supply);

    /// <summary>What the next look at the pegs tells.</summary>
    static Given<Sku, SkuCommand, SkuEvent> Look(Given<Sku, SkuCommand, SkuEvent> scene) =>
        scene.At(After(1)).When(new RepegBackorders());

    static BackorderRepegged Moved(string order, DateTimeOffset? expected, long available = 0) =>
        new(order, expected, available);

    static DateTimeOffset?[] Dates(Given<Sku, SkuCommand, SkuEvent> scene) =>
        [scene.Of("o-1").Expected, scene.Of("o-2").Expected, scene.Of("o-3").Expected];

    [Fact]
    public void Who_is_backordered_is_told_when_the_last_unit_is_expected() =>
        Given(Defined(true), Received(N1(1), 1), Coming("p-1", 5, Soon), Coming("p-2", 5, Later))
            .When(new Reserve("o-1", 1, 4))
            .Then(
                Told(ClaimStatus.Done, 1, Holds(5, 1, 1, 3) with { Expected = Soon }, 0, free: [N1(1)]),
                Reserved("o-1", 1, 1, 0, 3, expected: Soon))
            .When(new Reserve("o-2", 1, 3)).ThenHappens(Reserved("o-2", 1, 0, 0, 3, expected: Later))
            .When(new Reserve("o-3", 1, 4)).ThenHappens(Reserved("o-3", 1, 0, 0, 4, expected: Later))
            .When(new Reserve("o-4", 1, 1)).ThenHappens(Reserved("o-4", 1, 0, 0, 1));

    [Fact]
    public void Without_supply_nobody_is_told_a_date_and_nothing_more_is_written()
    {
        var scene = Given(Defined(true)).When(new Reserve("o-1", 1, 4)).ThenHappens(Reserved("o-1", 1, 0, 0, 4));

        Assert.DoesNotContain("supplies", scene.Bytes(), StringComparison.Ordinal);
        scene.When(new Release("o-1", 2, 1, [])).ThenHappens(Released("o-1", 2, 0, 0, 1)).ThenSends()
            .When(Delivery(9)).ThenDone();
        Assert.DoesNotContain(scene.Sends, s => s.Command is RepegBackorders);
        Look(scene).Then(Done.It);
    }

    [Fact]
    public void Whose_units_are_all_there_is_told_no_date() =>
        Given([.. OnHand(9, backorder: true), Coming("p-1", 5, Soon)])
            .When(new Reserve("o-1", 1, 4)).ThenHappens(Reserved("o-1", 1, 4, 5));

    [Fact]
    public void A_slip_is_looked_at_a_second_later_and_told_to_who_moves()
    {
        var scene = Waiting().When(new ChangeSupply("p-1", At: Never)).ThenDone()
            .ThenSends(new Send(Self, new RepegBackorders(), After(1)));

        Look(scene).Then(Done.It, Moved("o-1", Later), Moved("o-2", Never), new PegsChecked(false, 0))
            .ThenSends(
                new Send(EntityId.Of("order", "default", "o-1"), new OrderCommand.NoteClaim(
                    "ABC-1", Holds(8, 1, 0, 4) with { Expected = Later }, [])),
                new Send(EntityId.Of("order", "default", "o-2"), new OrderCommand.NoteClaim(
                    "ABC-1", Holds(9, 1, 0, 4) with { Expected = Never }, [])))
            .When(new RepegBackorders()).Then(Done.It);
        Assert.Equal([Later, Never, null], Dates(scene));
    }

    [Fact]
    public void Many_changes_are_looked_at_once()
    {
        var scene = Waiting().When(new ChangeSupply("p-1", At: Never)).ThenDone()
            .When(new ChangeSupply("p-2", 50)).ThenDone().ThenSends()
            .When(new Expect("p-3", "N1", 5, After(10), "x")).ThenDone().ThenSends();

        Look(scene).ThenHappens(
            Moved("o-1", After(10)), Moved("o-3", Later), new PegsChecked(false, 0));
        scene.When(new DropSupply("p-3", "x")).ThenDone().ThenSends(new Send(Self, new RepegBackorders(), After(2)));
    }

    [Fact]
    public void Nobody_is_told_of_a_change_that_moves_nobody() => Look(
        Waiting().When(new ChangeSupply("p-1", 6)).ThenDone()).Then(Done.It, new PegsChecked(false, 0)).ThenSends();

    [Fact]
    public void A_supply_that_is_dropped_leaves_the_last_ones_without_a_date() => Look(
        Waiting().When(new DropSupply("p-1", "x")).ThenDone())
        .ThenHappens(Moved("o-1", Later), Moved("o-2", null), new PegsChecked(false, 0));

    [Fact]
    public void With_the_last_supply_every_date_goes() => Look(Waiting()
        .When(new DropSupply("p-1", "x")).When(new DropSupply("p-2", "x")).ThenDone())
        .ThenHappens(Moved("o-1", null), Moved("o-2", null), new PegsChecked(false, 0));

    [Fact]
    public void Who_gives_up_lets_the_others_move_up() => Look(
        Waiting().When(new Release("o-1", 2, 4, [])).ThenHappens(Released("o-1", 2, 0, 0, 4)))
        .ThenHappens(Moved("o-2", Soon), Moved("o-3", Later), new PegsChecked(false, 0));

    [Fact]
    public void A_hold_that_ends_lets_the_others_move_up() => Look(
        Given(
            Defined(true), Coming("p-1", 3, Soon), Coming("p-2", 3, Later),
            Reserved("cart", 1, 0, 0, 3, until: After(0.5), sweep: After(0.5), expected: Soon),
            Reserved("o-1", 1, 0, 0, 3, expected: Later))
        .At(After(0.5)).When(new SweepHolds(After(0.5))))
        .ThenHappens(Moved("o-1", Soon), new PegsChecked(false, 0));

    [Fact]
    public void Who_asks_for_more_keeps_its_place_and_moves_the_others() => Look(
        Waiting().When(new Reserve("o-1", 2, 7)).ThenHappens(
            Reserved("o-1", 2, 0, 0, 3, quantity: 7, expected: Later)))
        .ThenHappens(Moved("o-2", null), new PegsChecked(false, 0));

    [Fact]
    public void What_arrives_as_expected_fills_and_moves_nobody()
    {
        var scene = Waiting().When(Delivery(5, "p-1")).ThenHappens(
            new StockReceived("r-5-p-1", "N1", StockState.Available, 5, "delivery", 5, "p-1"),
            new BackorderFilled("o-1", 4, false, 1), new BackorderFilled("o-2", 1, false, 0));

        Assert.Equal([null, Later, null], Dates(scene));
        Look(scene).ThenHappens(new PegsChecked(false, 0));
    }

    [Fact]
    public void What_arrives_unexpected_moves_the_others_up() => Look(
        Waiting().When(Delivery(4)).ThenDone())
        .ThenHappens(Moved("o-2", Soon), Moved("o-3", Later), new PegsChecked(false, 0));

    [Fact]
    public void Two_hundred_are_told_in_one_turn_and_the_next_turn_goes_on()
    {
        var scene = Look(Given(
        [
            Defined(true), Coming("p-1", 999, Soon),
            .. Enumerable.Range(1, 201).Select(i => Reserved($"o-{i:000}", 1, 0, 0, 1, expected: Soon)),
        ]).When(new ChangeSupply("p-1", At: Later)));

        Assert.Equal(Sku.MaxPerTurn + 1, scene.Events.Count);
        Assert.Equal(new PegsChecked(true, 0), scene.Events[^1]);
        Assert.Equal(new Send(Self, new RepegBackorders()), scene.Sends[^1]);
        scene.When(new RepegBackorders()).ThenHappens(Moved("o-201", Later), new PegsChecked(false, 0));
    }

    [Fact]
    public void A_supply_tells_who_waits_for_it()
    {
        var told = Assert.IsType<SuppliesReply>(Waiting().Ask(new GetSupplies())).Supplies;

        Assert.Equal((5, 2), (told[0].Pegged, told[0].Orders));
        Assert.Equal([new("o-1", 4), new("o-2", 1)], told[0].First.AsEnumerable());
        Assert.Equal([new("o-2", 3), new("o-3", 2)], told[1].First.AsEnumerable());
        Assert.Equal([new(Soon, 5, 5, "N1"), new(Later, 5, 5, "N1")], Waiting().Count().Expected.AsEnumerable());
    }

    [Fact]
    public void What_is_on_the_shelf_needs_no_supply()
    {
        var scene = Given(
            new SkuDefined(Card(true) with { Fill = FillPolicy.ShipComplete }, 1), Received(N1(3), 3),
            Coming("p-1", 5, Soon), Reserved("o-1", 1, 0, 3, 6, expected: Soon));

        var told = Assert.IsType<SuppliesReply>(scene.Ask(new GetSupplies())).Supplies;
        Assert.Equal([new("o-1", 3)], told[0].First.AsEnumerable());
        Assert.Equal([new(Soon, 5, 3, "N1")], scene.Count().Expected.AsEnumerable());
    }

    [Fact]
    public void Of_a_supply_two_hundred_orders_are_named_and_all_are_counted()
    {
        var told = Assert.IsType<SuppliesReply>(Given(
        [
            Defined(true), Coming("p-1", 999, Soon),
            .. Enumerable.Range(1, 201).Select(i => Reserved($"o-{i:000}", 1, 0, 0, 1, expected: Soon)),
        ]).Ask(new GetSupplies("p-1"))).Supplies[0];

        Assert.Equal((201, 201, Sku.MaxTold), (told.Pegged, told.Orders, told.First.Length));
    }

    [Fact]
    public void Who_would_move_is_told_and_nothing_is_written()
    {
        Assert.Equal(
            [new("o-1", 4, Soon, Later), new("o-2", 4, Later, Never)], Impact(Waiting(), new("p-1", At: Never)));
        Assert.Equal(
            [new("o-1", 4, Soon, Later), new("o-2", 4, Later, null)], Impact(Waiting(), new("p-1", 0)));
        Assert.Equal(
            [new("o-2", 4, Later, Soon), new("o-3", 4, null, Later)], Impact(Waiting(), new("p-1", 8)));
        Assert.Empty(Impact(Waiting(), new("p-1")));
        Assert.Equal(SupplyStatus.UnknownSupply, Refusal(new("p-9")));
        Assert.Equal(SupplyStatus.QuantityNotPositive, Refusal(new("p-1", -1)));

        static IEnumerable<MovedPeg> Impact(Given<Sku, SkuCommand, SkuEvent> scene, GetImpact question) =>
            Assert.IsType<ImpactReply>(scene.Ask(question)).First;

        static SupplyStatus Refusal(GetImpact question) =>
            Assert.IsType<ImpactReply>(Waiting().Ask(question)).Status;
    }

    [Fact]
    public void Who_changes_or_drops_a_supply_is_told_who_moves_and_whoever_says_it_again_nobody()
    {
        var scene = Waiting().When(new ChangeSupply("p-1", At: Never));
        Assert.Equal([new("o-1", 4, Soon, Later), new("o-2", 4, Later, Never)], Moved(scene)!.First.AsEnumerable());
        Assert.Null(Moved(scene.When(new ChangeSupply("p-1", At: Never))));
        Assert.Equal(
            [new("o-1", 4, Soon, Later), new("o-2", 4, Later, null)],
            Moved(Waiting().When(new DropSupply("p-1", "x")))!.First.AsEnumerable());

        static ImpactReply? Moved(Given<Sku, SkuCommand, SkuEvent> scene) =>
            Assert.IsType<SupplyReply>(scene.Reply).Moved;
    }

    [Fact]
    public void Two_hundred_who_would_move_are_named_and_all_are_counted()
    {
        var told = Assert.IsType<ImpactReply>(Given(
        [
            Defined(true), Coming("p-1", 999, Soon),
            .. Enumerable.Range(1, 201).Select(i => Reserved($"o-{i:000}", 1, 0, 0, 1, expected: Soon)),
        ]).Ask(new GetImpact("p-1", At: Later)));

        Assert.Equal((201, Sku.MaxTold), (told.Orders, told.First.Length));
    }
}
