using System.Collections.Immutable;
using Fulfillment.Counting;
using Fulfillment.Intake;
using Fulfillment.Inventory;
using Fulfillment.Picking;
using static Fulfillment.Counting.CountCommand;

namespace Fulfillment.Tests.Domain;

/// <summary>Counts: scans, what is within the tolerance, and who decides on the rest.</summary>
public sealed class CountTests
{
    static readonly EntityId Self = EntityId.Of("count", "default", "C");

    static readonly EntityId A = EntityId.Of("sku", "default", "A");

    static readonly CountTerms Terms = new("N1", ["B1", "B2"], [], CountReason.Request, new(2), ["anna", "bert"]);

    static Given<CycleCount, CountCommand, CountEvent> Opened(CountTerms? terms = null) =>
        new(Self, Product.Start, new CountEvent.CountOpened(terms ?? Terms, Product.Start));

    /// <summary>So many counted of the SKU in the bin where the books had so many.</summary>
    static Judgement Saw(long counted, long expected, string? bin = "B1", string sku = "A", StockState? state = null,
        Money? value = null) =>
        new(sku, new("N1", bin, null, state, counted), null, 7, expected,
            counted == expected ? [] : [new(state ?? StockState.Available, (int)(counted - expected))],
            UnitValue: value);

    static Scan Scanned(string id, Judgement judged, string by = "anna", long asOf = 1) => new(id, by, asOf, judged);

    static Finish Done(string id, string? bin = "B1", long asOf = 1, params ImmutableArray<Judgement> absent) =>
        new(id, "anna", asOf, bin, absent);

    static CountSheet Now(Given<CycleCount, CountCommand, CountEvent> count) =>
        Assert.IsType<CountReply>(count.Ask(new Get())).Sheet!;

    static LineState State(Given<CycleCount, CountCommand, CountEvent> count, int line = 1) =>
        Now(count).Line(line)!.State;

    static void Refused(Given<CycleCount, CountCommand, CountEvent> count, CountStatus status)
    {
        Assert.Equal(status, Assert.IsType<CountReply>(count.Reply).Status);
        count.ThenNothing();
    }

    /// <summary>The SKU answers what it was asked last.</summary>
    static Given<CycleCount, CountCommand, CountEvent> Answered(
        Given<CycleCount, CountCommand, CountEvent> count, MoveStatus status = MoveStatus.Done)
    {
        foreach (var send in count.Sends.ToList())
            count.When(CycleCount.OnReply(send, new MoveReply(status, 0, 0))!);
        return count;
    }

    /// <summary>Two bins counted: in the first some are missing.</summary>
    static Given<CycleCount, CountCommand, CountEvent> Missing(int units, CountTerms? terms = null) =>
        Opened(terms).When(Scanned("s1", Saw(10 - units, 10))).When(Done("f1")).When(Done("f2", "B2"));

    [Fact]
    public void A_small_variance_corrects_the_books_by_the_difference_once_the_place_is_finished()
    {
        var count = Opened().When(Scanned("s1", Saw(8, 10))).ThenSends();
        Assert.Equal((LineState.Counted, CountState.Open), (State(count), Now(count).State));
        count.When(Done("f1")).ThenSends(new Send(A, new SkuCommand.Correct(
            "count/C/1/1/0", "C", 7, "N1", -2, "count C", StockState.Available, new("B1"))));
        Assert.Equal(LineState.Posting, State(count));
        Assert.Null(count.Ask(new GetSettled()));
        Answered(count).When(Done("f2", "B2"));
        Assert.Equal((LineState.Posted, CountState.Closed), (State(count), Now(count).State));
        Assert.Equal(-2, Now(count).Line(1)!.Posted);
        Assert.NotNull(count.Ask(new GetSettled()));
    }

    [Fact]
    public void What_the_books_say_too_corrects_nothing()
    {
        var count = Opened().When(Scanned("s1", Saw(10, 10))).When(Done("f1")).ThenSends();
        Assert.Equal(LineState.Matched, State(count));
    }

    [Fact]
    public void A_large_variance_waits_for_somebody_else_than_who_counted()
    {
        var count = Missing(3);
        Assert.Equal((LineState.Waiting, CountState.Waiting), (State(count), Now(count).State));
        Refused(count.When(new Approve("a", "anna", [])), CountStatus.SamePerson);
        count.When(new Approve("a", "bert", [], "looked myself"));
        Assert.Equal(-3, ((SkuCommand.Correct)Assert.Single(count.Sends).Command).Delta);
        Answered(count);
        Assert.Equal((LineState.Posted, "bert"), (State(count), Now(count).Line(1)!.DecidedBy));
        Refused(count.When(new Approve("b", "bert", [])), CountStatus.NotWaiting);
        Refused(count.When(new Approve("c", "bert", [9])), CountStatus.UnknownLine);
    }

    [Fact]
    public void A_rejected_variance_corrects_nothing()
    {
        var count = Missing(3).When(new Reject("r", "carl", [1], "it is on the truck")).ThenSends();
        Assert.Equal((LineState.Rejected, CountState.Closed), (State(count), Now(count).State));
        Assert.Equal("it is on the truck", Now(count).Line(1)!.Reason);
    }

    [Fact]
    public void A_recount_opens_the_place_and_replaces_what_was_counted()
    {
        var count = Missing(3).When(new Recount("n", "carl", []));
        Assert.Equal((LineState.Recount, CountState.Open), (State(count), Now(count).State));
        Refused(count.When(Scanned("s2", Saw(10, 10), "bert")), CountStatus.Stale);
        Refused(count.When(Done("f3")), CountStatus.Stale);
        Refused(count.When(Done("f3", asOf: 5)), CountStatus.NotCounted);
        count.When(Scanned("s2", Saw(10, 10), "bert", 5)).When(Done("f3", asOf: 5)).ThenSends();
        Assert.Equal((LineState.Matched, "bert"), (State(count), Now(count).Line(1)!.By));
    }

    [Fact]
    public void A_later_scan_of_the_same_units_replaces_the_earlier_one()
    {
        var count = Opened().When(Scanned("s1", Saw(7, 10))).When(Scanned("s2", Saw(9, 10)));
        Assert.Equal(9, Assert.Single(Now(count).Lines).Judged.Tally.Units);
        count.When(Scanned("s3", Saw(5, 5, "B2")));
        Assert.Equal(2, Now(count).Lines.Length);
    }

    [Fact]
    public void A_scan_is_taken_once_whatever_the_books_say_later()
    {
        var count = Opened().When(Scanned("s1", Saw(8, 10)));
        Refused(count.When(Scanned("s1", Saw(8, 9))), CountStatus.AlreadyDone);
        Refused(count.When(Scanned("s1", Saw(7, 10))), CountStatus.DifferentContent);
        Refused(count.When(Scanned("s1", Saw(8, 10), "bert")), CountStatus.DifferentContent);
        Assert.Equal(10, Now(count).Line(1)!.Judged.Expected);
        Refused(count.When(new Open(Terms)), CountStatus.AlreadyDone);
        Refused(count.When(new Open(Terms with { Node = "N2" })), CountStatus.DifferentContent);
    }

    [Fact]
    public void What_nobody_scanned_counts_as_none_when_the_place_is_finished()
    {
        var count = Opened().When(Scanned("s1", Saw(10, 10)))
            .When(Done("f1", absent: [Saw(0, 10), Saw(0, 2, sku: "B"), Saw(0, 0, sku: "X"), Saw(0, 3, "B2", "B")]));
        Assert.Equal([LineState.Matched, LineState.Posting], Now(count).Lines.Select(l => l.State));
        Assert.Equal("B", Now(count).Line(2)!.Judged.Sku);
        Assert.Equal(A.Sibling("sku", "B"), Assert.Single(count.Sends).To);
    }

    [Fact]
    public void A_refused_correction_stays_and_is_tried_again_under_another_id()
    {
        var count = Answered(Missing(3).When(new Approve("a", "bert", [])), MoveStatus.Committed);
        Assert.Equal((LineState.Refused, CountState.Waiting), (State(count), Now(count).State));
        Assert.Equal(MoveStatus.Committed, Now(count).Line(1)!.Answers[0].Status);
        count.When(new Approve("b", "anna", []));
        Assert.Equal("count/C/1/2/0", ((SkuCommand.Correct)Assert.Single(count.Sends).Command).Id);
        Answered(count);
        count.When(new NoteCorrection(1, 1, 0, MoveStatus.Done)).ThenNothing();
        Assert.Equal((LineState.Posted, -3), (State(count), Now(count).Line(1)!.Posted));
        count.When(new NoteCorrection(1, 2, 0, MoveStatus.Done)).ThenNothing();
    }

    [Fact]
    public void While_a_correction_is_under_way_nobody_counts_the_same_units()
    {
        var count = Opened().When(Scanned("s0", Saw(1, 1, sku: "B"))).When(Scanned("s1", Saw(8, 10))).When(Done("f1"));
        var sent = count.Sends.ToList();
        Refused(count.When(new Recount("n", "carl", [2])), CountStatus.Posting);
        Refused(count.When(new Cancel("x", "carl", "never mind")), CountStatus.Posting);
        count.When(new Recount("n", "carl", [1]));
        Refused(count.When(Scanned("s2", Saw(8, 10), asOf: 5)), CountStatus.Posting);
        count.When(CycleCount.OnReply(sent[0], new MoveReply(MoveStatus.Done, 0, 0))!);
        Refused(count.When(Scanned("s2", Saw(8, 10), asOf: 5)), CountStatus.Stale);
        count.When(Scanned("s2", Saw(8, 8), asOf: 6)).When(Scanned("s3", Saw(1, 1, sku: "B"), asOf: 6))
            .When(Done("f3", asOf: 6)).ThenSends();
        Assert.Equal(-2, Now(count).Line(2)!.Posted);
    }

    [Fact]
    public void Only_who_was_named_counts_only_what_was_ordered()
    {
        var count = Opened(Terms with { Skus = ["A"] });
        Refused(count.When(Scanned("s", Saw(1, 1), "eve")), CountStatus.NotACounter);
        Refused(count.When(Scanned("s", Saw(1, 1, "B9"))), CountStatus.NotThePlace);
        Refused(count.When(Scanned("s", Saw(1, 1, sku: "Z"))), CountStatus.NotTheSku);
        count.When(Scanned("s", Saw(1, 1))).When(Done("f"));
        Refused(count.When(Scanned("t", Saw(1, 1))), CountStatus.PlaceFinished);
        Refused(new Given<CycleCount, CountCommand, CountEvent>(Self, Product.Start).When(Done("f")),
            CountStatus.UnknownCount);
    }

    [Fact]
    public void Units_are_told_by_state_or_all_together_but_not_both()
    {
        var count = Opened().When(Scanned("s1", Saw(4, 4, state: StockState.Damaged)));
        Refused(count.When(Scanned("s2", Saw(9, 9))), CountStatus.ToldOtherwise);
        count.When(Scanned("s3", Saw(5, 5, state: StockState.Available)));
        Assert.Equal(2, Now(count).Lines.Length);
    }

    [Fact]
    public void There_are_no_more_lines_and_changes_than_a_count_may_have()
    {
        var full = Enumerable.Range(1, CycleCount.MaxLines).Select(i => (CountEvent)new CountEvent.UnitsCounted(
            new($"s{i}", i), i, Saw(1, 1, sku: $"S{i}"), "anna", Product.Start));
        Given<CycleCount, CountCommand, CountEvent> count =
            new(Self, Product.Start, [new CountEvent.CountOpened(Terms, Product.Start), .. full]);
        Refused(count.When(Scanned("s", Saw(1, 1))), CountStatus.TooManyLines);
        Refused(count.When(Done("f", absent: [Saw(0, 1)])), CountStatus.TooManyLines);
        Assert.Equal(CountStatus.TooManyChanges, Told(CycleCount.MaxOperations, Scanned("s", Saw(1, 1))));
        Assert.NotEqual(CountStatus.TooManyChanges, Told(CycleCount.MaxOperations, Done("f")));
        var most = CycleCount.MaxOperations + CycleCount.MaxEndings;
        Assert.Equal(CountStatus.TooManyChanges, Told(most, Done("f")));
        Assert.Equal(CountStatus.Done, Told(most, new Cancel("x", "carl", "never mind")));

        CountStatus Told(int changes, CountCommand command) => Assert.IsType<CountReply>(CycleCount.Decide(
            count.State with
            {
                Operations = [.. Enumerable.Range(0, changes).Select(i => new Operation($"{i}", i))],
            },
            command, new(Self, Product.Start, 1)).Reply).Status;
    }

    [Fact]
    public void A_count_that_is_given_up_takes_nothing_more()
    {
        var count = Missing(3).When(new Cancel("x", "carl", "never mind"));
        Assert.Equal(CountState.Cancelled, Now(count).State);
        Refused(count.When(new Approve("a", "bert", [])), CountStatus.Cancelled);
        Assert.Equal(CountStatus.Done, Assert.IsType<CountReply>(count.Ask(new Get())).Status);
    }

    [Theory]
    [InlineData(2, null, null, true)]
    [InlineData(1, null, null, false)]
    [InlineData(null, 20, null, true)]
    [InlineData(null, 19, null, false)]
    [InlineData(null, null, 1000, true)]
    [InlineData(null, null, 999, false)]
    [InlineData(2, 19, null, false)]
    [InlineData(null, null, null, false)]
    public void Every_limit_that_is_told_holds_and_one_is_told(int? units, int? percent, int? value, bool posts)
    {
        Tolerance tolerance = new(units, value is { } v ? new Money(v, "EUR") : null, percent);
        Assert.Equal(posts, tolerance.Allows(Saw(8, 10, value: new(500, "EUR"))));
    }

    [Fact]
    public void The_pick_list_that_missed_units_there_learns_that_they_were_counted()
    {
        var terms = Terms with { Bins = ["B1"], PickList = "P" };
        Send told = new(EntityId.Of("pick-list", "default", "P"), new PickListCommand.NoteCounted("C"));
        // A variance that waits for a decision is not in the books.
        var count = Opened(terms).When(Scanned("s1", Saw(3, 10))).When(Done("f1")).ThenSends();
        count.When(new Reject("r1", "bert", [], "it is on the truck")).ThenSends(told);
        Answered(Opened(terms).When(Scanned("s1", Saw(9, 10))).When(Done("f1"))).ThenSends(told);
        Opened(terms).When(Scanned("s1", Saw(10, 10))).When(Done("f1")).ThenSends(told);
        Opened(terms).When(new Cancel("x", "bert", "not today")).ThenSends();
        Opened(Terms with { Bins = ["B1"] }).When(Scanned("s1", Saw(10, 10))).When(Done("f1")).ThenSends();
    }

    [Fact]
    public void A_value_that_nobody_told_is_not_within_a_limit()
    {
        Assert.False(new Tolerance(Value: new(1_000_000, "EUR")).Allows(Saw(8, 10)));
        Assert.False(new Tolerance(Value: new(1_000_000, "EUR")).Allows(Saw(8, 10, value: new(1, "USD"))));
        Assert.Equal([CountReason.Abc, CountReason.Exception, CountReason.Sensor],
            Enum.GetValues<CountReason>().Except([CountReason.Request]));
        Assert.Equal(CountStatus.Done, Assert.IsType<CountReply>(Opened().Ask(new Get())).Status);
    }
}
