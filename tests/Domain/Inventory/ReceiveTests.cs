using Fulfillment.Inventory;
using static Fulfillment.Inventory.SkuCommand;
using static Fulfillment.Inventory.SkuEvent;
using static Fulfillment.Tests.Domain.Stock;

namespace Fulfillment.Tests.Domain;

public sealed class ReceiveTests
{
    static readonly Receive Ten = new("r-1", "N1", 10, "delivery", StockState.Available);

    [Fact]
    public void Units_that_arrive_can_be_promised() => Given(Defined())
        .When(Ten)
        .Then(
            new MoveReply(MoveStatus.Done, OnHand: 10, Available: 10),
            new StockReceived("r-1", "N1", StockState.Available, 10, "delivery", 10));

    [Fact]
    public void On_hand_is_told_of_the_node_and_available_of_all() => Given([.. OnHand(5), Reserved("o-1", 1, 2, 3)])
        .When(new Receive("r-2", "N2", 4, "delivery", StockState.Available))
        .Then(
            new MoveReply(MoveStatus.Done, OnHand: 4, Available: 7),
            new StockReceived("r-2", "N2", StockState.Available, 4, "delivery", 7));

    [Theory]
    [InlineData(StockState.Quarantine)]
    [InlineData(StockState.Qc)]
    [InlineData(StockState.Damaged)]
    [InlineData(StockState.Refurbish)]
    [InlineData(StockState.Safety)]
    public void Units_in_any_other_state_are_there_and_cannot_be_promised(StockState state)
    {
        var scene = Given(OnHand(3))
            .When(new Receive("r-2", "N1", 4, "return", state))
            .Then(
                new MoveReply(MoveStatus.Done, OnHand: 7, Available: 3),
                new StockReceived("r-2", "N1", state, 4, "return", 3));

        var stock = scene.Count();
        Assert.Equal([new(state, 4)], stock.Unavailable);
        Assert.Equal(new NodeLevel("N1", 7, 3, 0), Assert.Single(stock.Nodes));
    }

    [Fact]
    public void Nodes_are_listed_in_ordinal_order_whatever_came_first()
    {
        var stock = Given(
            Defined(), Received(new("b", 1), 1), Received(new("a", 2), 3), Received(new("B", 3), 6)).Count();

        Assert.Equal(["B", "a", "b"], stock.Nodes.Select(n => n.Node));
    }

    [Fact]
    public void The_same_movement_again_is_told_the_stock_and_not_made_again() => Given(Defined())
        .When(Ten).ThenDone()
        .When(new Reserve("o-1", 1, 3)).ThenDone()
        .When(Ten).Then(new MoveReply(MoveStatus.AlreadyDone, OnHand: 10, Available: 7));

    public static TheoryData<string> OtherContent => ["node", "quantity", "reason", "state", "an adjustment", "a move"];

    [Theory, MemberData(nameof(OtherContent))]
    public void Another_movement_under_the_same_id_is_refused(string what)
    {
        SkuCommand other = what switch
        {
            "node" => Ten with { Node = "N2" },
            "quantity" => Ten with { Quantity = 11 },
            "reason" => Ten with { Reason = "return" },
            "state" => Ten with { State = StockState.Qc },
            "an adjustment" => new Adjust("r-1", "N1", 10, "delivery", StockState.Available),
            _ => new Move("r-1", "N1", 10, StockState.Available, StockState.Qc, "delivery"),
        };

        Given(Defined()).When(Ten).When(other).ThenRefused(MoveStatus.DifferentContent);
    }

    [Fact]
    public void A_repeat_is_known_before_anything_else_is_looked_at() => Given(Defined())
        .When(Ten).When(Ten with { Quantity = 0 }).ThenRefused(MoveStatus.DifferentContent);

    [Fact]
    public void Nothing_is_received_for_a_sku_that_nobody_defined() => Given()
        .When(Ten with { Quantity = 0 }).ThenRefused(MoveStatus.UnknownSku);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void A_quantity_that_is_not_positive_is_refused(int quantity) => Given(Defined())
        .When(Ten with { Quantity = quantity }).ThenRefused(MoveStatus.QuantityNotPositive);

    [Fact]
    public void Stock_may_exceed_what_one_movement_can_count()
    {
        var most = Ten with { Quantity = int.MaxValue };

        Given(Defined())
            .When(most).ThenDone()
            .When(most with { Id = "r-2" })
            .Then(
                new MoveReply(MoveStatus.Done, 2L * int.MaxValue, 2L * int.MaxValue),
                new StockReceived("r-2", "N1", StockState.Available, int.MaxValue, "delivery", 2L * int.MaxValue));
    }

    [Fact]
    public void The_last_ten_thousand_movements_are_known_and_then_the_oldest_is_forgotten()
    {
        var movements = Enumerable.Range(1, Sku.MaxMovements)
            .Select(i => new StockReceived($"m-{i}", "N1", StockState.Available, 1, "delivery", i));
        var first = new Receive("m-1", "N1", 1, "delivery", StockState.Available);

        Given([Defined(), .. movements])
            .When(first).ThenRefused(MoveStatus.AlreadyDone)
            .When(Ten).ThenDone()
            .When(first with { Id = "m-2" }).ThenRefused(MoveStatus.AlreadyDone)
            .When(first).ThenDone();
    }
}
