using Fulfillment.Inventory;
using static Fulfillment.Inventory.SkuCommand;
using static Fulfillment.Tests.Domain.Product;
using static Fulfillment.Tests.Domain.Stock;

namespace Fulfillment.Tests.Domain;

/// <summary>
/// What peers assert of reservations, allocation and backorders of one SKU, in our words. Each test has the peer's case
/// in its docs, and where we decide otherwise, why.
/// </summary>
public sealed class PeerStockTests
{
    static readonly SkuEvent[] Four3 = [Defined(), Received(N1(4), 4), Received(N2(3), 7)];

    static Given<Sku, SkuCommand, SkuEvent> Four3With(params SkuCommand[] commands) =>
        commands.Aggregate(Given(Four3), (scene, c) => scene.When(c).ThenDone());

    static Reserve Holds(string order, long units, int step = 1) => new(order, step, units);

    static Allocate Commits(string order, int step, params NodeUnits[] at) => new(order, step, [.. at]);

    static Adjust Counts(int delta, string node = "N1") =>
        new($"a-{node}", node, delta, "count", StockState.Available);

    static (long OnHand, long Committed) At(Given<Sku, SkuCommand, SkuEvent> scene) =>
        (scene.Count().OnHand, scene.Count().Committed);

    /// <summary>
    /// MED-01: of 2 units 3 are refused, and with backorders they are reserved. Ours are 2 held and 1 that is to come.
    /// </summary>
    [Fact]
    public void More_than_there_is_is_refused_unless_it_may_come_later()
    {
        var scene = Given(OnHand(2)).When(Holds("o-1", 3)).ThenRefused(ClaimStatus.Insufficient);
        Assert.Equal(0, scene.Count().Held);

        scene = Given(OnHand(2, backorder: true)).When(Holds("o-1", 3)).ThenDone();
        Assert.Equal((2, 1), (scene.Count().Held, scene.Count().Backordered));
    }

    /// <summary>MED-03: what is reserved follows from the reservations; no caller can state it.</summary>
    [Fact]
    public void Units_that_arrive_are_reserved_by_nobody() =>
        Assert.Equal((0, 0), (Given(OnHand(2)).Count().Held, Given(OnHand(2)).Count().Committed));

    /// <summary>
    /// MED-05: of 10 units 3 are reserved, and that reservation becomes 10. The peer compares the whole 10 with the 7
    /// that are free and refuses; ours compares the 7 more.
    /// </summary>
    [Fact]
    public void A_reservation_grows_by_what_it_lacks() => Assert.Equal(10, Given(OnHand(10))
        .When(Holds("o-1", 3)).ThenDone().When(Holds("o-1", 10, step: 2)).ThenDone().Of("o-1").Held);

    /// <summary>
    /// MED-07: of 6 reserved units the 4 of one order are released, and taken again. The peer's are reservations per
    /// line that are deleted and restored; ours is one claim of the order, and a new step of it.
    /// </summary>
    [Fact]
    public void What_one_order_releases_leaves_the_others_as_they_are()
    {
        var scene = Given(OnHand(6)).When(Holds("o-1", 2)).When(Holds("o-2", 4)).When(new Release("o-2", 2, 4, []));

        Assert.Equal((2, true), (scene.Count().Held, scene.Of("o-2").Held == 0));
        scene.When(Holds("o-2", 4, step: 3)).ThenDone();
        Assert.Equal((6, 4), (scene.Count().Held, scene.Of("o-2").Held));
    }

    /// <summary>MED-09: a count of 2 is corrected by 2 more, or by 1 less.</summary>
    [Theory]
    [InlineData(2, 4)]
    [InlineData(-1, 1)]
    public void A_correction_is_by_so_many(int delta, int left) =>
        Assert.Equal(left, Given(OnHand(2)).When(Counts(delta)).ThenDone().Count().OnHand);

    /// <summary>
    /// MED-11: reserved units by location. Ours are at no node before they are committed; committed they are.
    /// </summary>
    [Fact]
    public void Units_are_at_a_node_once_they_are_committed()
    {
        var stock = Given(Defined(), Received(N1(9), 9), Received(N2(2), 11), Received(N3(2), 13))
            .When(Holds("o-1", 5)).When(Commits("o-1", 2, N2(2), N3(2))).ThenDone().Count();

        Assert.Equal([("N1", 0L), ("N2", 2L), ("N3", 2L)], stock.Nodes.Select(n => (n.Node, n.Committed)));
    }

    /// <summary>
    /// MED-13, SOL-17: units that come are told for a node; the first ones that are counted at a node make it known.
    /// Fewer than none are refused and make nothing known. MED refuses to count at a location without a row; with us a
    /// node needs none, as one that is used for the first time has none.
    /// </summary>
    [Fact]
    public void A_node_is_known_by_its_first_units()
    {
        var scene = Given(Defined()).When(new Expect("po-1", "N1", 4, After(86_400), "supplier")).ThenDone();
        Assert.Equal((0, 4), (scene.Count().OnHand, scene.State.Supplies.Sum(s => s.Units)));

        Given(Defined()).When(Counts(-1)).ThenRefused(MoveStatus.BelowZero);
        Assert.Equal([("N2", 10L)], Given(Defined()).When(Counts(10, "N2")).ThenDone().Count().Nodes
            .Select(n => (n.Node, n.OnHand)));
    }

    /// <summary>SAL-01: units taken anywhere come from where most are.</summary>
    [Fact]
    public void Units_taken_anywhere_come_from_where_most_are() => Assert.Equal(
        [N1(4), N2(1)],
        Four3With(Holds("o-1", 5), new Allocate("o-1", 2, [], Anywhere: 5)).Of("o-1").Allocated.AsEnumerable());

    /// <summary>SAL-05, SAL-07: what others have is not there, and a refusal leaves nothing.</summary>
    [Fact]
    public void What_others_have_is_not_there()
    {
        var held = Four3With(Holds("o-1", 3)).When(Holds("o-2", 5)).ThenRefused(ClaimStatus.Insufficient);
        var committed = Four3With(Holds("o-1", 3), Commits("o-1", 2, N1(2), N2(1)))
            .When(Holds("o-2", 6)).ThenRefused(ClaimStatus.Insufficient);

        Assert.Equal(Standing.None, held.Of("o-2"));
        Assert.Equal(Standing.None, committed.Of("o-2"));
    }

    /// <summary>
    /// SAL-09: 80 units are deallocated although stock is at -10. Ours is never below what is committed, so never
    /// oversold: the correction that would make it so is refused, and a release leaves what is on hand.
    /// </summary>
    [Fact]
    public void Stock_is_never_below_what_is_committed()
    {
        var scene = Given(OnHand(80)).When(Holds("o-1", 80)).When(Commits("o-1", 2, N1(80))).ThenDone();

        scene.When(Counts(-90)).ThenRefused(MoveStatus.BelowZero);
        scene.When(Counts(-10)).ThenRefused(MoveStatus.Committed);
        Assert.Equal((80, 0), At(scene.When(new Release("o-1", 3, 0, [N1(80)])).ThenDone()));
    }

    /// <summary>SAL-11: stock grows by 50, with and without units for an order that has 80, or none yet.</summary>
    [Theory]
    [InlineData(0, 150, 80)]
    [InlineData(1, 150, 130)]
    [InlineData(2, 150, 130)]
    public void Stock_that_arrives_is_free_until_somebody_takes_it(int who, int onHand, int committed)
    {
        var scene = Given(OnHand(100)).When(Holds("o-1", 80)).When(Commits("o-1", 2, N1(80)))
            .When(new Receive("r-2", "N1", 50, "delivery", StockState.Available)).ThenDone();
        if (who > 0)
        {
            var step = who == 1 ? 3 : 1;
            scene.When(Holds($"o-{who}", 50, step)).ThenDone()
                .When(Commits($"o-{who}", step + 1, N1(50))).ThenDone();
        }

        Assert.Equal((onHand, committed), At(scene));
    }

    /// <summary>SAL-13: two orders with 40 each take 9 and 20 more: all is 109, and the sum of the two.</summary>
    [Fact]
    public void What_is_committed_is_the_sum_of_what_orders_have()
    {
        var scene = Given(OnHand(200));
        Take("o-1", 9);
        Take("o-2", 20);

        Assert.Equal((200, 109), At(scene));
        Assert.Equal((49L, 60L), (scene.Of("o-1").Allocated[0].Units, scene.Of("o-2").Allocated[0].Units));

        void Take(string order, long more) => scene
            .When(Holds(order, 40)).When(Commits(order, 2, N1(40))).ThenDone()
            .When(Holds(order, more, step: 3)).When(Commits(order, 4, N1(more))).ThenDone();
    }

    /// <summary>
    /// SAL-15: of 80 committed 50 are given back; in another run 200, which the peer clamps to what there is. Ours
    /// refuses: who gives back what he does not have is mistaken about something.
    /// </summary>
    [Fact]
    public void No_more_is_given_back_than_there_is()
    {
        var scene = Given(OnHand(100)).When(Holds("o-1", 80)).When(Commits("o-1", 2, N1(80)));

        scene.When(new Release("o-1", 3, 0, [N1(200)])).ThenRefused(ClaimStatus.MoreThanHeld);
        Assert.Equal((100, 30), At(scene.When(new Release("o-1", 3, 0, [N1(50)])).ThenDone()));
    }

    /// <summary>
    /// SAL-17: 50 leave where 10 are committed, and 20 of 80. The peer clamps the first; ours refuses it, as units that
    /// nobody committed are somebody else's. The second is not stopped by that.
    /// </summary>
    [Fact]
    public void No_more_leaves_than_is_committed()
    {
        var few = Given(OnHand(100)).When(Holds("o-1", 10)).When(Commits("o-1", 2, N1(10)));
        var many = Given(OnHand(100)).When(Holds("o-1", 80)).When(Commits("o-1", 2, N1(80)));

        few.When(new Ship("o-1", 3, [N1(50)])).ThenRefused(ClaimStatus.MoreThanHeld);
        Assert.Equal((100, 10), At(few));
        Assert.Equal((80, 60), At(many.When(new Ship("o-1", 3, [N1(20)])).ThenDone()));
    }

    /// <summary>
    /// SAL-19: a checkout of 5 over 3 and 2 makes two reservations with the peer. Ours is one, at no node; committed it
    /// is 3 and 2.
    /// </summary>
    [Fact]
    public void A_reservation_is_for_units_wherever_they_are()
    {
        var scene = Given(Defined(), Received(N1(3), 3), Received(N2(2), 5)).When(Holds("o-1", 5)).ThenDone();

        Assert.Equal((5, 0), (scene.Of("o-1").Held, scene.Of("o-1").Allocated.Length));
        scene.When(new Allocate("o-1", 2, [], 5)).ThenDone();
        Assert.Equal([N1(3), N2(2)], scene.Of("o-1").Allocated.AsEnumerable());
    }

    /// <summary>SAL-21: who reserves 5 and then 5 again has 5.</summary>
    [Fact]
    public void A_reservation_made_again_is_the_same_one() => Assert.Equal(5, Given(OnHand(10))
        .When(Holds("o-1", 5)).ThenDone().When(Holds("o-1", 5, step: 2)).ThenRefused(ClaimStatus.AlreadyDone)
        .Of("o-1").Held);

    /// <summary>
    /// SAL-23: 4 and 3 units are 7 to promise; 3 with 4 committed, 2 with 5 held, 4 with 1 and 2; to who holds the 5
    /// himself, 7.
    /// </summary>
    [Fact]
    public void What_can_be_promised_is_what_nobody_has()
    {
        Assert.Equal(7, Given(Four3).Count().Available);
        Assert.Equal(3, Four3With(Holds("o-1", 4), Commits("o-1", 2, N1(4))).Count().Available);
        Assert.Equal(2, Four3With(Holds("o-1", 3), Holds("o-2", 2)).Count().Available);
        Assert.Equal(4, Four3With(Holds("o-1", 1), Commits("o-1", 2, N1(1)), Holds("o-2", 2)).Count().Available);
        Assert.Equal(7, Four3With(Holds("o-1", 5), Holds("o-1", 7, step: 2)).Of("o-1").Held);
    }

    /// <summary>
    /// SOL-05: 15 are wanted where 10 and 2 are: 12 on hand, the rest backordered, nothing left over.
    /// </summary>
    [Fact]
    public void What_is_there_is_taken_before_what_will_come()
    {
        var scene = Given(Defined(backorder: true), Received(N1(10), 10), Received(N2(2), 12))
            .When(Holds("o-1", 15)).ThenDone().When(Commits("o-1", 2, N1(10), N2(2))).ThenDone();

        var has = scene.Of("o-1");
        Assert.Equal((0, 3, 12), (has.Held, has.Backordered, has.Allocated.Sum(a => a.Units)));
    }

    /// <summary>SOL-11: an order of two units from one node, with 2, 1 and 0 on hand.</summary>
    [Theory]
    [InlineData(2, ClaimStatus.Done)]
    [InlineData(1, ClaimStatus.Insufficient)]
    [InlineData(0, ClaimStatus.Insufficient)]
    public void Units_of_one_order_are_counted_together(int onHand, ClaimStatus status) => Assert.Equal(
        status, Assert.IsType<ClaimReply>(Given(onHand == 0 ? [Defined()] : OnHand(onHand))
            .When(Holds("o-1", 2)).Reply).Status);

    /// <summary>
    /// SOL-13: 15 units can be supplied and 16 cannot, where 5 more are not for sale; with backorders any number can.
    /// The peer's are at a location that is switched off. With us that is for a time, and the units are still promised:
    /// who is not for sale is in another state. Every SKU is counted, so none is unlimited.
    /// </summary>
    [Fact]
    public void Units_that_are_not_for_sale_are_not_promised()
    {
        static SkuEvent[] At(bool backorder) =>
        [
            Defined(backorder), Received(N1(10), 10), Received(N2(5), 15), Received(N3(5), 15, StockState.Quarantine),
        ];

        Assert.Equal((20, 15), (Given(At(false)).Count().OnHand, Given(At(false)).Count().Available));
        Given(At(false)).When(Holds("o-1", 16)).ThenRefused(ClaimStatus.Insufficient);
        Given(At(false)).When(Holds("o-1", 15)).ThenDone();
        Given(At(true)).When(Holds("o-1", 9_999)).ThenDone();
    }

    /// <summary>
    /// SOL-15: a SKU that 3 units are promised of that are to come is not to be backordered any more. The peer refuses
    /// that until the three are there; ours takes no more such promises and keeps those it made.
    /// </summary>
    [Fact]
    public void Promises_are_kept_when_no_more_are_made()
    {
        var scene = Given(Defined(backorder: true)).When(Holds("o-1", 3)).ThenDone().When(new Define(Card()));

        Assert.Equal(DefineStatus.Changed, Assert.IsType<DefineReply>(scene.Reply).Status);
        Assert.Equal(3, scene.Of("o-1").Backordered);
        scene.When(Holds("o-2", 1)).ThenRefused(ClaimStatus.Insufficient)
            .When(new Receive("r-1", "N1", 3, "delivery", StockState.Available));
        Assert.Equal(3, scene.Of("o-1").Held);
    }

    /// <summary>VEN-01: 3 of 5 are ordered and paid: on hand 5, committed 3. Every SKU of ours is counted.</summary>
    [Fact]
    public void What_is_committed_is_still_on_hand() => Assert.Equal((5, 3), At(Given(OnHand(5))
        .When(Holds("o-1", 3)).When(Commits("o-1", 2, N1(3))).ThenDone()));

    /// <summary>
    /// VEN-07: the peer lets stock fall to -20 and no further. Ours does not fall below none; how much may be promised
    /// beyond it is a number of the card.
    /// </summary>
    [Fact]
    public void No_more_than_so_many_are_promised_beyond_stock()
    {
        SkuEvent.SkuDefined capped = new(Card(backorder: true) with { BackorderCap = 20 }, 1);

        Given(capped).When(Counts(-1)).ThenRefused(MoveStatus.BelowZero);
        Given(capped).When(Holds("o-1", 21)).ThenRefused(ClaimStatus.Insufficient);
        Given(capped).When(Holds("o-1", 20)).ThenDone().When(Holds("o-2", 1)).ThenRefused(ClaimStatus.Insufficient);
    }

    /// <summary>
    /// ODO-01, ODO-03: 100 arrive, are reserved, and leave. The peer books them against supplier and customer; ours
    /// counts what was received and what has left.
    /// </summary>
    [Fact]
    public void Units_arrive_are_reserved_and_leave()
    {
        var scene = Given(Defined()).When(new Receive("r-1", "N1", 100, "delivery", StockState.Available)).ThenDone();
        Assert.Equal((100, 100), (scene.Count().OnHand, scene.Count().Available));

        scene.When(Holds("o-1", 100)).When(Commits("o-1", 2, N1(100))).ThenDone();
        Assert.Equal((100, 0), (scene.Count().OnHand, scene.Count().Available));

        scene.When(new Ship("o-1", 3, [N1(100)])).ThenDone();
        Assert.Equal((0, 0), (scene.Count().OnHand, scene.Count().Committed));
        Assert.Equal(Standing.None, scene.Of("o-1") with { Version = 0, Step = 0 });
    }

    /// <summary>ODO-05: availability is what there is, whatever is asked; who takes part gets what there is.</summary>
    [Fact]
    public void Who_takes_part_gets_what_there_is()
    {
        Assert.Equal(50, Given(OnHand(50)).When(Holds("o-1", 100)).ThenRefused(ClaimStatus.Insufficient)
            .Count().Available);
        Assert.Equal(2, Given(OnHand(2)).When(Holds("o-1", 3) with { Partial = true }).ThenDone().Of("o-1").Held);
    }

    /// <summary>ODO-07: of 150 units 100 are reserved, and released: 50 are free, then 150.</summary>
    [Fact]
    public void What_is_released_is_free_again()
    {
        var scene = Given(OnHand(150)).When(Holds("o-1", 100)).When(Commits("o-1", 2, N1(100))).ThenDone();
        Assert.Equal(50, scene.Count().Available);

        scene.When(new Release("o-1", 3, 0, [N1(100)])).ThenDone();
        Assert.Equal((150, 0), (scene.Count().Available, scene.Of("o-1").Allocated.Length));
    }

    /// <summary>
    /// ODO-11: more is reserved than there is, and availability is 0, or -5 for who asks so. Ours has nobody hold what
    /// is not there, so it is never below 0: what would make it so is refused.
    /// </summary>
    [Fact]
    public void What_orders_hold_is_there() => Assert.Equal(0, Given(OnHand(15))
        .When(Holds("o-1", 15)).ThenDone().When(Counts(-5)).ThenRefused(MoveStatus.Reserved).Count().Available);

    /// <summary>ODO-13: who holds nothing gives nothing back.</summary>
    [Fact]
    public void Who_holds_nothing_gives_nothing_back() => Given(OnHand(1))
        .When(new Release("o-1", 1, 1, [])).ThenRefused(ClaimStatus.NothingHeld);
}
