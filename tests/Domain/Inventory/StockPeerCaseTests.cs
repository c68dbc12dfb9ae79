using Fulfillment.Inventory;
using static Fulfillment.Inventory.SkuCommand;
using static Fulfillment.Tests.Domain.Stock;

namespace Fulfillment.Tests.Domain;

/// <summary>
/// What others do with bins, lots, serials and counts, by the number of the case in the fixtures; where we differ,
/// the test says why.
/// </summary>
public sealed class StockPeerCaseTests
{
    static readonly Tracking ByLot = new(Lots: true, Expiry: true);

    static readonly DateOnly May = new(2027, 5, 31), June = new(2027, 6, 30);

    static Receive Arrive(string id, int quantity, Particulars? what) =>
        new(id, "N1", quantity, "delivery", StockState.Available, null, what);

    static Given<Sku, SkuCommand, SkuEvent> Promised(Given<Sku, SkuCommand, SkuEvent> scene, string order, int units) =>
        scene.When(new Reserve(order, 1, units)).When(new Allocate(order, 2, [N1(units)]));

    static PickStatus Pick(Given<Sku, SkuCommand, SkuEvent> scene, string id, string order, Particulars? what) =>
        Assert.IsType<PickReply>(scene.When(new Pick(id, order, "N1", 1, what)).Reply).Status;

    static string? LotOf(Given<Sku, SkuCommand, SkuEvent> scene) =>
        Assert.IsType<SkuEvent.StockPicked>(Assert.Single(scene.Events)).Slots.Single().Lot;

    /// <summary>There loose units may serve a serial; here who asks for a serial gets that unit or none.</summary>
    [Fact]
    public void ODO_15_a_loose_unit_and_one_with_a_serial()
    {
        var scene = Given(Defined()).When(Arrive("r-1", 1, null)).ThenDone()
            .When(Arrive("r-2", 1, new(Serials: ["S"]))).ThenDone();
        Assert.Equal(2, scene.Count().Available);

        Promised(Promised(scene, "o-1", 1), "o-2", 1);
        Assert.Equal(PickStatus.Done, Pick(scene, "p-1", "o-1", new(Serials: ["S"])));
        Assert.Equal(PickStatus.NotThere, Pick(scene, "p-2", "o-2", new(Serials: ["S"])));
        Assert.Equal(PickStatus.Done, Pick(scene, "p-3", "o-2", null));
    }

    [Fact]
    public void OBX_03_none_is_counted_as_none_and_is_no_gap()
    {
        var full = Given(Defined()).When(Arrive("r-1", 50, null)).ThenDone();
        JudgeReply Judge(Given<Sku, SkuCommand, SkuEvent> scene, long units) =>
            Assert.IsType<JudgeReply>(scene.Ask(new JudgeCount(new("N1", null, null, null, units))));

        Assert.Equal((JudgeStatus.Done, 50), (Judge(full, 50).Status, Judge(full, 50).Expected));
        var none = Judge(Given(Defined()), 0);
        Assert.Equal((JudgeStatus.Done, 0), (none.Status, none.Expected));
        Assert.Empty(none.Parts);
    }

    /// <summary>
    /// There two lots in a bin are ambiguous and none is taken; here the one that is over first is, as everywhere.
    /// Where the card asks for lots they are told, and nothing is inferred.
    /// </summary>
    [Fact]
    public void OBX_05_the_lot_of_what_leaves_without_one_being_told()
    {
        var scene = Given(Defined())
            .When(Arrive("r-1", 5, new("A-1", "L-2", Expires: June))).ThenDone()
            .When(Arrive("r-2", 5, new("A-2", "L-1", Expires: May))).ThenDone()
            .When(Arrive("r-3", 5, new("A-2", "L-2"))).ThenDone()
            .When(Arrive("r-4", 5, new("R-A-1", "L-1"))).ThenDone();
        Promised(scene, "o-1", 3);

        Pick(scene, "p-1", "o-1", new("A-1"));
        Assert.Equal("L-2", LotOf(scene));
        Pick(scene, "p-2", "o-1", new("A-2"));
        Assert.Equal("L-1", LotOf(scene));
        Pick(scene, "p-3", "o-1", null);
        Assert.Equal("L-1", LotOf(scene));

        var tracked = Given(new SkuEvent.SkuDefined(Card() with { Tracking = ByLot }, 1))
            .When(Arrive("r-1", 5, new("A-1", "L-2", Expires: June))).ThenDone();
        Assert.Equal(PickStatus.LotMissing, Pick(Promised(tracked, "o-1", 1), "p-1", "o-1", new("A-1")));
    }
}
