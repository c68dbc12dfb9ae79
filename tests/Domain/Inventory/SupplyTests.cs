using Fulfillment.Inventory;
using static Fulfillment.Inventory.SkuCommand;
using static Fulfillment.Inventory.SkuEvent;
using static Fulfillment.Tests.Domain.Product;
using static Fulfillment.Tests.Domain.Stock;

namespace Fulfillment.Tests.Domain;

/// <summary>Supply is told, changed, received against and dropped.</summary>
public sealed class SupplyTests
{
    static readonly Expect Ten = new("p-1", "N1", 10, After(1_000), "purchase order 1");

    static SupplyExpected Told(Expect c) => new(c.Id, c.Node, c.Units, c.At, c.Source);

    static Supply SupplyOf(Expect c, long received = 0) =>
        new(c.Id, c.Node, c.Units - received, c.At, c.Source, received);

    static Given<Sku, SkuCommand, SkuEvent> Expecting() => Given(Defined(), Told(Ten));

    static Receive Delivery(string id, int units, string? supply) =>
        new(id, "N1", units, "delivery", StockState.Available, supply);

    static SuppliesReply Supplies(Given<Sku, SkuCommand, SkuEvent> scene, string? id = null) =>
        Assert.IsType<SuppliesReply>(scene.Ask(new GetSupplies(id)));

    static Supply? Open(Given<Sku, SkuCommand, SkuEvent> scene) => Supplies(scene).Supplies is [var only]
        ? only.Supply : null;

    [Fact]
    public void Units_are_expected_and_nothing_is_there_yet()
    {
        var scene = Given(Defined()).When(Ten)
            .Then(new SupplyReply(SupplyStatus.Done, SupplyOf(Ten)), Told(Ten)).ThenSends();

        Assert.Equal((0L, 0L), (scene.Count().OnHand, scene.Count().Available));
        Assert.Equal([new(After(1_000), 10, 0, "N1")], scene.Count().Expected.AsEnumerable());
    }

    [Fact]
    public void The_same_supply_again_does_nothing_and_another_under_its_id_is_refused() => Expecting()
        .When(Ten).Then(new SupplyReply(SupplyStatus.AlreadyDone, SupplyOf(Ten)))
        .When(Ten with { Units = 11 }).ThenRefused(SupplyStatus.DifferentContent)
        .When(Ten with { Node = "N2" }).ThenRefused(SupplyStatus.DifferentContent)
        .When(Ten with { At = After(1_001) }).ThenRefused(SupplyStatus.DifferentContent)
        .When(Ten with { Source = "another" }).ThenRefused(SupplyStatus.DifferentContent);

    [Fact]
    public void The_same_instant_in_another_zone_is_the_same_supply() => Expecting()
        .When(Ten with { At = Ten.At.ToOffset(TimeSpan.FromHours(2)) }).ThenRefused(SupplyStatus.AlreadyDone);

    [Fact]
    public void A_supply_that_came_and_is_told_again_does_not_come_again() => Expecting()
        .When(Delivery("r-1", 10, "p-1")).ThenDone()
        .When(Ten).Then(new SupplyReply(SupplyStatus.AlreadyDone));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Units_that_are_not_positive_are_refused(int units) => Given(Defined())
        .When(Ten with { Units = units }).ThenRefused(SupplyStatus.QuantityNotPositive)
        .When(Ten).ThenDone()
        .When(new ChangeSupply("p-1", units)).ThenRefused(SupplyStatus.QuantityNotPositive);

    [Fact]
    public void Nothing_is_expected_of_what_nobody_defined_or_of_a_kit()
    {
        Given().When(Ten).ThenRefused(SupplyStatus.UnknownSku)
            .When(new ChangeSupply("p-1", 1)).ThenRefused(SupplyStatus.UnknownSku)
            .When(new DropSupply("p-1", "x")).ThenRefused(SupplyStatus.UnknownSku);
        Given(new SkuDefined(Card() with { Kit = [new("CUP", 1)] }, 1)).When(Ten).ThenRefused(SupplyStatus.IsKit);
    }

    [Fact]
    public void What_is_expected_does_not_become_a_kit() => Assert.Equal(
        DefineStatus.HasStock,
        Assert.IsType<DefineReply>(Expecting().When(new Define(Card() with { Kit = [new("CUP", 1)] })).Reply).Status);

    [Fact]
    public void A_thousand_supplies_are_open_at_most()
    {
        var scene = Given(
            [Defined(), .. Enumerable.Range(1, Sku.MaxSupplies).Select(i => Told(Ten with { Id = $"s-{i}" }))]);

        scene.When(Ten).ThenRefused(SupplyStatus.TooMany)
            .When(new DropSupply("s-7", "room")).ThenDone()
            .When(Ten).ThenDone();
    }

    [Fact]
    public void Units_and_date_change_together_or_alone_and_what_is_not_told_stays() => Expecting()
        .When(new ChangeSupply("p-1", At: After(2_000)))
        .Then(
            new SupplyReply(SupplyStatus.Done, SupplyOf(Ten) with { At = After(2_000) }),
            new SupplyChanged("p-1", 10, After(2_000)))
        .When(new ChangeSupply("p-1", 4)).ThenHappens(new SupplyChanged("p-1", 4, After(2_000)))
        .When(new ChangeSupply("p-1", 4, After(2_000))).ThenRefused(SupplyStatus.AlreadyDone)
        .When(new ChangeSupply("p-1")).ThenRefused(SupplyStatus.AlreadyDone)
        .When(new ChangeSupply("p-1", 5, After(3_000))).ThenHappens(new SupplyChanged("p-1", 5, After(3_000)));

    [Fact]
    public void What_was_never_told_cannot_change_or_be_dropped_or_received() => Expecting()
        .When(new ChangeSupply("p-2", 4)).ThenRefused(SupplyStatus.UnknownSupply)
        .When(new DropSupply("p-2", "x")).ThenRefused(SupplyStatus.UnknownSupply)
        .When(Delivery("r-1", 4, "p-2")).ThenRefused(MoveStatus.UnknownSupply)
        .When(Delivery("r-1", 4, "p-1")).ThenDone();

    [Fact]
    public void What_was_dropped_is_closed()
    {
        var scene = Expecting().When(new DropSupply("p-1", "cancelled"))
            .Then(
                new SupplyReply(SupplyStatus.Done, SupplyOf(Ten) with { Units = 0 }),
                new SupplyDropped("p-1", "cancelled"))
            .When(new DropSupply("p-1", "cancelled")).ThenRefused(SupplyStatus.Closed)
            .When(new ChangeSupply("p-1", 4)).ThenRefused(SupplyStatus.Closed);

        Assert.Null(Open(scene));
        Assert.Equal(SupplyStatus.Closed, Supplies(scene, "p-1").Status);
        Assert.True(scene.Count().Expected.IsDefault);
    }

    [Fact]
    public void What_arrives_is_no_longer_expected()
    {
        var scene = Expecting().When(Delivery("r-1", 4, "p-1"))
            .Then(
                new MoveReply(MoveStatus.Done, 4, 4),
                new StockReceived("r-1", "N1", StockState.Available, 4, "delivery", 4, "p-1"));
        Assert.Equal(SupplyOf(Ten, received: 4), Open(scene));

        scene.When(Delivery("r-2", 6, "p-1")).ThenDone();
        Assert.Null(Open(scene));
    }

    [Fact]
    public void More_than_was_expected_may_arrive_even_after_the_last()
    {
        var scene = Expecting().When(Delivery("r-1", 14, "p-1")).ThenDone().When(Delivery("r-2", 1, "p-1")).ThenDone();

        Assert.Equal(15, scene.Count().Available);
        Assert.Null(Open(scene));
    }

    [Fact]
    public void What_arrives_without_a_supply_or_at_another_node_is_counted_as_told()
    {
        var scene = Expecting().When(Delivery("r-1", 4, null)).ThenDone();
        Assert.Equal(SupplyOf(Ten), Open(scene));

        scene.When(Delivery("r-2", 4, "p-1") with { Node = "N2" }).ThenDone();
        Assert.Equal(SupplyOf(Ten, received: 4), Open(scene));
    }

    [Fact]
    public void A_receipt_for_another_supply_is_another_receipt() => Expecting()
        .When(Ten with { Id = "p-2" }).ThenDone()
        .When(Delivery("r-1", 4, "p-1")).ThenDone()
        .When(Delivery("r-1", 4, "p-1")).ThenRefused(MoveStatus.AlreadyDone)
        .When(Delivery("r-1", 4, "p-2")).ThenRefused(MoveStatus.DifferentContent)
        .When(Delivery("r-1", 4, null)).ThenRefused(MoveStatus.DifferentContent);

    [Fact]
    public void Supplies_are_told_by_date_and_then_by_id()
    {
        var scene = Given(
            Defined(), Told(Ten with { Id = "c" }), Told(Ten with { Id = "a" }),
            Told(Ten with { Id = "b", At = After(5) }));

        Assert.Equal(["b", "a", "c"], Supplies(scene).Supplies.Select(s => s.Supply.Id));
        Assert.Equal(["a"], Supplies(scene, "a").Supplies.Select(s => s.Supply.Id));
        Assert.Equal(SupplyStatus.UnknownSupply, Supplies(scene, "d").Status);
        Assert.Equal(SupplyStatus.UnknownSku, Supplies(Given()).Status);
        Assert.Empty(Supplies(Given(Defined())).Supplies);
    }
}
