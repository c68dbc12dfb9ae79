using System.Collections.Immutable;
using Fulfillment.Inventory;
using static Fulfillment.Inventory.SkuCommand;
using static Fulfillment.Tests.Domain.Stock;

namespace Fulfillment.Tests.Domain;

/// <summary>What the books of a SKU say of a tally, and what corrects them.</summary>
public sealed class JudgeTests
{
    static SkuEvent.StockReceived InBin(
        string bin, int units, long available, StockState state = StockState.Available) =>
        new($"r-{bin}-{state}", "N1", state, units, "delivery", available, null, new(bin));

    static JudgeReply Judged(Given<Sku, SkuCommand, SkuEvent> scene, Tally tally) =>
        Assert.IsType<JudgeReply>(scene.Ask(new JudgeCount(tally)));

    static Tally InB1(long units, StockState? state = null) => new("N1", "B1", null, state, units);

    static void Refused(Given<Sku, SkuCommand, SkuEvent> scene, Tally tally, JudgeStatus status) =>
        Assert.Equal(status, Judged(scene, tally).Status);

    static Correct Fix(string id, int delta, long counted, string? bin = "B1", string count = "C") =>
        new(id, count, counted, "N1", delta, $"count {count}", StockState.Available, bin is null ? null : new(bin));

    static void Declined(Given<Sku, SkuCommand, SkuEvent> scene, MoveStatus status) =>
        Assert.Equal(status, Assert.IsType<SkuEvent.CorrectionDeclined>(Assert.Single(scene.Events)).Status);

    [Fact]
    public void A_bin_is_judged_by_what_lies_in_it_in_every_state_and_is_picked_for_nobody()
    {
        var scene = Given([Defined(), InBin("B1", 10, 10), InBin("B1", 2, 10, StockState.Damaged), InBin("B2", 5, 15),
            Reserved("o-1", 1, 4, 11), Allocated("o-1", 2, 11, N1(4)),
            new SkuEvent.StockPicked("p-1", "o-1", "N1", 3,
                [new("N1", StockState.Available, "B1", null, null, 3)], "T-1", 11)]);

        Assert.Equal((9, 7), (Judged(scene, InB1(9)).Expected, Judged(scene, InB1(9)).Version));
        Assert.Equal(7, Judged(scene, InB1(7, StockState.Available)).Expected);
        Assert.Equal(14, Judged(scene, new("N1", null, null, null, 14)).Expected);
        Assert.Equal(0, Judged(scene, new("N2", null, null, null, 0)).Expected);
        Assert.Empty(Judged(scene, InB1(9)).Parts);
    }

    [Fact]
    public void What_is_missing_is_taken_from_those_for_sale_first_and_what_is_found_is_of_the_only_state()
    {
        var scene = Given([Defined(), InBin("B1", 3, 3), InBin("B1", 2, 3, StockState.Damaged),
            InBin("B2", 2, 3, StockState.Qc)]);
        Assert.Equal("-3 Available, -1 Damaged", Parts(InB1(1)));
        Assert.Equal("4 Available", Parts(InB1(9)));
        Assert.Equal("1 Qc", Parts(new("N1", "B2", null, null, 3)));
        Assert.Equal("-2 Damaged", Parts(InB1(0, StockState.Damaged)));

        string Parts(Tally tally) =>
            string.Join(", ", Judged(scene, tally).Parts.Select(p => $"{p.Delta} {p.State}"));
    }

    [Fact]
    public void Missing_and_strange_serials_are_named_with_where_the_books_have_them()
    {
        static SkuEvent.StockReceived Serials(string bin, params ImmutableArray<string> serials) =>
            new($"r-{bin}", "N1", StockState.Available, serials.Length, "delivery", 0, null,
                new(bin, Serials: serials));
        var defined = new SkuEvent.SkuDefined(Card() with { Tracking = new(Serials: true) }, 1);
        var scene = Given([defined, Serials("B1", "S1", "S2") with { Available = 2 },
            Serials("B2", "S3") with { Available = 3 }]);
        var reply = Judged(scene, new("N1", "B1", null, null, 3, ["S1", "S3", "S9"]));

        Assert.Equal("S2", Assert.Single(reply.Missing));
        Assert.Equal([new("S3", "N1", "B2", StockState.Available), new("S9")], reply.Stray.AsEnumerable());
        Assert.Equal([-1, 2], reply.Parts.Select(p => p.Delta));
        Refused(scene, InB1(1), JudgeStatus.SerialsMissing);
        Refused(scene, new("N1", "B1", null, null, 2, ["S1", "S1"]), JudgeStatus.SerialsMissing);
    }

    [Fact]
    public void What_cannot_be_judged_says_why()
    {
        Refused(Given(), InB1(1), JudgeStatus.UnknownSku);
        Refused(Given(new SkuEvent.SkuDefined(Card() with { Kit = [new("X", 1)] }, 1)), InB1(1), JudgeStatus.IsKit);
        Refused(Given(new SkuEvent.SkuDefined(Card() with { Tracking = new(Lots: true) }, 1)), InB1(1),
            JudgeStatus.LotMissing);
        Refused(Given(Defined()), new("N1", null, null, null, 1, ["S"]), JudgeStatus.NoSerials);
        Refused(Given(Defined()), InB1(int.MaxValue + 1L), JudgeStatus.TooMany);
        Assert.Equal(JudgeStatus.Done, Judged(Given(Defined()), InB1(1)).Status);
    }

    [Fact]
    public void A_lot_is_counted_for_itself_where_the_card_asks_for_lots_and_does_not_matter_where_it_does_not()
    {
        static SkuEvent.StockReceived Lot(string lot, int units, long available) =>
            new($"r-{lot}", "N1", StockState.Available, units, "delivery", available, null, new("B1", lot));
        SkuEvent[] stock = [Lot("L1", 4, 4), Lot("L2", 3, 7)];
        var tracked = Given([new SkuEvent.SkuDefined(Card() with { Tracking = new(Lots: true) }, 1), .. stock]);
        var not = Given([Defined(), .. stock]);
        Tally tally = new("N1", "B1", "L1", null, 4);
        Assert.Equal((4, "L1"), (Judged(tracked, tally).Expected, Judged(tracked, tally).Lot));
        Assert.Equal((7, null), (Judged(not, tally).Expected, Judged(not, tally).Lot));
    }

    [Fact]
    public void What_a_unit_is_worth_is_what_the_card_says()
    {
        Assert.Null(Judged(Given(Defined()), InB1(1)).UnitValue);
        Assert.Equal(new(500, "EUR"), Judged(
            Given(new SkuEvent.SkuDefined(Card() with { Price = new(500, "EUR") }, 1)), InB1(1)).UnitValue);
        Assert.Equal(new(70, "EUR"), Judged(Given(new SkuEvent.SkuDefined(Card() with
        {
            Price = new(500, "EUR"),
            Product = new(ValueMinor: 70, Currency: "EUR"),
        }, 1)), InB1(1)).UnitValue);
    }

    [Fact]
    public void A_correction_names_its_count_and_is_made_once()
    {
        var scene = Given([Defined(), InBin("B1", 10, 10)]).When(Fix("count/C/1/1/0", -3, 2)).Then(
            new MoveReply(MoveStatus.Done, 7, 7),
            new SkuEvent.StockAdjusted("count/C/1/1/0", "N1", StockState.Available, -3, "count C", 7, new("B1"),
                [new("N1", StockState.Available, "B1", null, null, 3)], Count: "C"));
        scene.When(Fix("count/C/1/1/0", -3, 2)).Then(new MoveReply(MoveStatus.AlreadyDone, 7, 7));
    }

    [Fact]
    public void What_was_refused_once_stays_refused_under_its_id_and_may_be_done_under_another()
    {
        var scene = Given([Defined(), InBin("B1", 10, 10), Reserved("o-1", 1, 10, 0), Allocated("o-1", 2, 0, N1(10))])
            .When(Fix("a", -3, 4));
        Declined(scene, MoveStatus.Committed);
        scene.When(new Release("o-1", 3, 0, [N1(10)])).ThenDone();
        scene.When(Fix("a", -3, 4)).ThenRefused(MoveStatus.Committed);
        scene.When(Fix("b", -3, 4)).ThenDone();
        Assert.Equal(7, scene.Count().OnHand);
    }

    [Fact]
    public void Two_counts_that_saw_the_same_do_not_correct_it_twice()
    {
        var scene = Given([Defined(), InBin("B1", 10, 10), InBin("B2", 10, 20)])
            .When(Fix("a", -3, 3)).ThenDone().When(Fix("b", -3, 3, count: "D"));
        Declined(scene, MoveStatus.CorrectedSince);
        scene.When(Fix("c", -1, 3, "B2", "D")).ThenDone();
        scene.When(Fix("d", -1, 3, "B1", "C")).ThenDone();
        scene.When(Fix("e", -1, 5, null, "E"));
        Declined(scene, MoveStatus.CorrectedSince);
        scene.When(Fix("f", -1, scene.State.Version, null, "E")).ThenDone();
    }

    [Fact]
    public void What_a_count_of_the_whole_node_has_corrected_may_have_been_in_any_bin()
    {
        var scene = Given([Defined(), InBin("B1", 10, 10), InBin("B2", 10, 20)]);
        scene.When(Fix("w", 5, 3, null, "W")).ThenDone().When(Fix("b", 5, 3, "B2", "C"));
        Declined(scene, MoveStatus.CorrectedSince);

        var seen = scene.State.Version;
        scene.When(Fix("v", -5, seen, null, "V")).ThenDone().When(Fix("d", -5, seen, "B2", "D"));
        Declined(scene, MoveStatus.CorrectedSince);
        scene.When(Fix("e", -5, scene.State.Version, "B2", "D")).ThenDone();
    }

    [Fact]
    public void Who_corrected_by_hand_since_has_seen_it_too()
    {
        var scene = Given([Defined(), InBin("B1", 10, 10)])
            .When(new Adjust("x", "N1", -3, "gone", StockState.Available, new("B1"))).ThenDone();
        scene.When(Fix("a", -3, 2));
        Declined(scene, MoveStatus.CorrectedSince);
    }

    [Fact]
    public void Corrections_that_are_forgotten_may_have_been_anywhere()
    {
        var scene = Given([Defined(), InBin("B1", 10, 10)]);
        for (var i = 0; i <= Sku.MaxCorrections; i++)
            scene.When(new Adjust($"x{i}", "N1", 1, "found", StockState.Available, new($"Z{i}"))).ThenDone();
        scene.When(Fix("a", -1, 2));
        Declined(scene, MoveStatus.CorrectedSince);
        scene.When(Fix("b", -1, 3)).ThenDone();
        Assert.Equal(Sku.MaxCorrections, scene.State.Corrections.Length);
    }
}
