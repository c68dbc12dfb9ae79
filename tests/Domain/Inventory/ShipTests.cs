using Fulfillment.Inventory;
using static Fulfillment.Inventory.SkuCommand;
using static Fulfillment.Tests.Domain.Stock;

namespace Fulfillment.Tests.Domain;

public sealed class ShipTests
{
    /// <summary>10 at N1, 5 at N2; o-1 holds 1, and has 3 committed at N1 and 2 at N2.</summary>
    static Given<Sku, SkuCommand, SkuEvent> Committed() => Given([
        .. OnHand(10), Received(N2(5), 15), Reserved("o-1", 1, 6, 9), Allocated("o-1", 2, 9, N1(3), N2(2)),
    ]);

    [Fact]
    public void Units_that_left_are_gone_and_were_not_for_sale_anyway()
    {
        var scene = Committed()
            .When(new Ship("o-1", 3, [N1(2)]))
            .Then(
                Told(ClaimStatus.Done, 3, Holds(6, 3, 1, 0, N1(1), N2(2)), 9, free: [N1(7), N2(3)]),
                Shipped("o-1", 3, 9, N1(2)));

        var stock = scene.Count();
        Assert.Equal((13L, 1L, 3L, 9L), (stock.OnHand, stock.Held, stock.Committed, stock.Available));
        Assert.Equal<IEnumerable<NodeLevel>>([new("N1", 8, 8, 1), new("N2", 5, 5, 2)], stock.Nodes);
    }

    [Fact]
    public void Units_leave_several_nodes_at_once() => Committed()
        .When(new Ship("o-1", 3, [N1(3), N2(2)]))
        .Then(
            Told(ClaimStatus.Done, 3, Holds(6, 3, 1), 9, free: [N1(7), N2(3)]), Shipped("o-1", 3, 9, N1(3), N2(2)));

    [Fact]
    public void A_claim_closes_with_its_last_unit_and_is_remembered() => Committed()
        .When(new Release("o-1", 3, 1, [])).ThenDone()
        .When(new Ship("o-1", 4, [N1(3), N2(2)])).ThenDone()
        .When(new Ship("o-1", 4, [N1(3), N2(2)]))
        .Then(Told(ClaimStatus.AlreadyDone, 4, Holds(7, 4, 0), 10, free: [N1(7), N2(3)]));

    [Fact]
    public void A_step_that_was_applied_is_not_applied_again() => Committed()
        .When(new Ship("o-1", 3, [N1(1)])).ThenDone()
        .When(new Ship("o-1", 3, [N1(1)])).ThenRefused(ClaimStatus.AlreadyDone)
        .When(new Ship("o-1", 2, [N1(1)])).ThenRefused(ClaimStatus.AlreadyDone);

    [Fact]
    public void Nothing_leaves_of_a_sku_that_nobody_defined() => Given()
        .When(new Ship("o-1", 3, [N1(1)])).ThenRefused(ClaimStatus.UnknownSku);

    [Fact]
    public void Nothing_leaves_for_who_holds_nothing() => Committed()
        .When(new Ship("o-2", 3, [N1(1)])).ThenRefused(ClaimStatus.NothingHeld);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Quantities_that_are_not_positive_are_refused(long picked) => Committed()
        .When(new Ship("o-1", 3, [N2(1), N1(picked)])).ThenRefused(ClaimStatus.QuantityNotPositive)
        .When(new Ship("o-1", 3, [])).ThenRefused(ClaimStatus.QuantityNotPositive);

    [Fact]
    public void Only_units_committed_at_the_node_can_leave_it() => Committed()
        .When(new Ship("o-1", 3, [N1(4)])).ThenRefused(ClaimStatus.MoreThanHeld)
        .When(new Ship("o-1", 3, [N1(2), N1(2)])).ThenRefused(ClaimStatus.MoreThanHeld)
        .When(new Ship("o-1", 3, [N3(1)])).ThenRefused(ClaimStatus.MoreThanHeld);

    [Fact]
    public void A_node_named_twice_loses_the_sum() => Committed()
        .When(new Ship("o-1", 3, [N1(1), N1(2)]))
        .Then(
            Told(ClaimStatus.Done, 3, Holds(6, 3, 1, 0, N2(2)), 9, free: [N1(7), N2(3)]),
            Shipped("o-1", 3, 9, N1(1), N1(2)));
}
