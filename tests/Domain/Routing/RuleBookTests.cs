using Fulfillment.Routing;
using static Fulfillment.Routing.RuleBookCommand;
using static Fulfillment.Routing.RuleBookEvent;

namespace Fulfillment.Tests.Domain;

public sealed class RuleBookTests
{
    static readonly EntityId Self = EntityId.Of("routing-rules", "default", "default");

    static readonly RoutingRules Cheap = Rules.All with { SplitMinor = 1 };

    static readonly RulesStep Step = new("ada", Product.Start, "x");

    static Given<RuleBook, RuleBookCommand, RuleBookEvent> Given(params IEnumerable<RuleBookEvent> events) =>
        new(Self, Product.Start, events);

    /// <summary>Versions 1 and 2 are approved, 1 is active; 3 is proposed, 4 rejected.</summary>
    static RuleBookEvent[] Four =>
    [
        .. Proposed(1, 2, 3, 4), new RulesApproved("a-1", 1, Step), new RulesApproved("a-2", 2, Step),
        new RulesRejected("r-4", 4, Step), new RulesActivated("go-1", 1, Product.Start, Step),
    ];

    static IEnumerable<RuleBookEvent> Proposed(params IEnumerable<int> numbers) =>
        numbers.Select(n => new RulesProposed($"p-{n}", n, Rules.All, Step, null));

    static ChangeRulesReply Said(Given<RuleBook, RuleBookCommand, RuleBookEvent> book) =>
        Assert.IsType<ChangeRulesReply>(book.Reply);

    static RuleBookReply Now(Given<RuleBook, RuleBookCommand, RuleBookEvent> book) =>
        Assert.IsType<RuleBookReply>(book.Ask(new Get()));

    [Fact]
    public void Until_somebody_activates_rules_the_built_in_ones_hold()
    {
        Given().When(new Get()).Then(new RuleBookReply(0, null, null, null, [], []));
        Given().When(new GetVersion(0)).Then(new RulesReply(null, RoutingRules.BuiltIn));
        Given().When(new GetVersion(1)).Then(new RulesReply(null, null));
    }

    [Fact]
    public void Rules_are_proposed_approved_and_activated()
    {
        var book = Given().When(new Propose("p-1", Rules.All, "x", "ada"))
            .ThenHappens(new RulesProposed("p-1", 1, Rules.All, Step, null));
        Assert.Equal((RulesStatus.Done, 1, VersionStatus.Proposed),
            (Said(book).Status, Said(book).Version, Now(book).Versions[0].Status));

        book.When(new Approve("a-1", 1, "x", "grace"))
            .ThenHappens(new RulesApproved("a-1", 1, Step with { By = "grace" }));
        Assert.Equal(VersionStatus.Approved, Now(book).Versions[0].Status);
        Assert.Equal(0, Now(book).Active);

        book.When(new Activate("go", 1, null, "x", "ada"))
            .ThenHappens(new RulesActivated("go", 1, Product.Start, Step)).ThenSends();
        var reply = Now(book);
        Assert.Equal((1, 0, VersionStatus.Active), (reply.Active, reply.Before, reply.Versions[0].Status));
        Assert.Equal("grace", reply.Versions[0].Decided!.By);
        Assert.Equal(new RulesPeriod(1, Product.Start, Step), Assert.Single(reply.Periods));
        book.When(new GetVersion(1));
        Assert.Equal(
            Text.Of(new RulesReply(reply.Versions[0], Rules.All)), Text.Of(book.Reply));
    }

    [Fact]
    public void A_later_time_is_waited_for_by_a_timer()
    {
        var (from, later) = (Product.After(60), Product.After(61));
        var book = Given(Four).When(new Activate("go", 2, from, "x", "ada"))
            .ThenHappens(new RulesScheduled("go", 2, from, Step)).ThenSends(new Send(Self, new Begin(2, from), from));
        Assert.Equal((1, 2, VersionStatus.Scheduled),
            (Now(book).Active, Now(book).Next!.Version, Now(book).Versions[^2].Status));

        book.At(later);
        Assert.Equal((2, 1, null), (Now(book).Active, Now(book).Before, Now(book).Next));
        book.When(new Begin(2, from)).Then(Done.It, new RulesActivated(null, 2, from, Step, from));
        Assert.Equal((2, VersionStatus.Retired), (Now(book).Active, Now(book).Versions[^1].Status));
        book.When(new Begin(2, from)).Then(Done.It);
        book.When(new Activate("go", 2, from, "x", "ada")).ThenNothing();
        Assert.Equal(RulesStatus.AlreadyDone, Said(book).Status);
    }

    [Fact]
    public void A_later_activation_replaces_what_was_to_come()
    {
        var (first, second) = (Product.After(60), Product.After(90));
        var book = Given([.. Four, new RulesScheduled("go", 2, first, Step)])
            .When(new Activate("again", 2, second, "x", "ada"))
            .ThenHappens(new RulesScheduled("again", 2, second, Step));

        book.At(Product.After(61)).When(new Begin(2, first)).Then(Done.It);
        Assert.Equal(1, Now(book).Active);
        book.When(new Activate("stay", 1, null, "x", "ada"))
            .ThenHappens(new RulesActivated("stay", 1, Product.After(61), Step with { At = Product.After(61) }));
        book.At(Product.After(91)).When(new Begin(2, second)).Then(Done.It);
        Assert.Equal((1, 0, null), (Now(book).Active, Now(book).Before, Now(book).Next));
    }

    [Fact]
    public void What_should_be_active_by_now_is_so_although_its_timer_is_late()
    {
        var from = Product.After(60);
        var book = Given([.. Four, new RulesScheduled("go", 2, from, Step)]).At(Product.After(70))
            .When(new RollBack("back", "x", "ada")).ThenHappens(
                new RulesActivated(null, 2, from, Step, from),
                new RulesRolledBack("back", 1, Product.After(70), Step with { At = Product.After(70) }));

        Assert.Equal((1, 0), (Now(book).Active, Now(book).Before));
        book.When(new Begin(2, from)).Then(Done.It);
    }

    [Fact]
    public void Each_roll_back_goes_one_further_back_until_the_built_in_rules()
    {
        var book = Given([.. Four, new RulesActivated("go-2", 2, Product.Start, Step)])
            .When(new RollBack("b-1", "x", "ada")).ThenHappens(new RulesRolledBack("b-1", 1, Product.Start, Step));
        book.When(new RollBack("b-1", "x", "ada")).ThenNothing();
        Assert.Equal((RulesStatus.AlreadyDone, 1), (Said(book).Status, Now(book).Active));

        book.When(new RollBack("b-2", "x", "ada")).ThenHappens(new RulesRolledBack("b-2", 0, Product.Start, Step));
        Assert.Equal((0, null), (Now(book).Active, Now(book).Before));
        book.When(new RollBack("b-3", "x", "ada")).ThenNothing();
        Assert.Equal(RulesStatus.NothingBefore, Said(book).Status);
        Assert.Equal([1, 2, 1, 0], Now(book).Periods.Select(p => p.Version));
    }

    [Fact]
    public void A_roll_back_calls_off_what_was_to_come()
    {
        var book = Given([.. Four, new RulesScheduled("go", 2, Product.After(60), Step)])
            .When(new RollBack("b", "x", "ada"));

        Assert.Equal((0, null), (Now(book).Active, Now(book).Next));
        book.At(Product.After(61)).When(new Begin(2, Product.After(60))).Then(Done.It);
    }

    [Fact]
    public void A_version_is_tried_beside_until_it_is_active_or_rejected()
    {
        var book = Given(Four).When(new TryBeside("s", 3, "x", "ada")).ThenHappens(new ShadowChosen("s", 3, Step));
        Assert.Equal(3, Now(book).Shadow);
        book.When(new Reject("r", 3, "x", "ada")).ThenHappens(new RulesRejected("r", 3, Step));
        Assert.Null(Now(book).Shadow);
        Assert.Equal(VersionStatus.Rejected, Now(book).Versions[^3].Status);

        book.When(new TryBeside("s-2", 2, "x", "ada")).When(new Activate("go", 2, null, "x", "ada"));
        Assert.Equal((2, null), (Now(book).Active, Now(book).Shadow));

        book.When(new TryBeside("s-3", 1, "x", "ada")).When(new TryBeside("s-4", null, "x", "ada"))
            .ThenHappens(new ShadowChosen("s-4", null, Step));
        Assert.Null(Now(book).Shadow);
    }

    public static TheoryData<RuleBookCommand, RulesStatus> Refusals => new()
    {
        { new Propose("p-1", Cheap, "x", "ada"), RulesStatus.DifferentContent },
        { new Propose("p-1", Rules.All, "x", "grace"), RulesStatus.AlreadyDone },
        { new Propose("p-1", Rules.All, "y", "ada"), RulesStatus.DifferentContent },
        { new Propose("p", Rules.All with { SplitMinor = -1 }, "x", "ada"), RulesStatus.Invalid },
        { new Approve("a-1", 2, "x", "ada"), RulesStatus.DifferentContent },
        { new Approve("a-1", 1, "x", "ada"), RulesStatus.AlreadyDone },
        { new Approve("a", 5, "x", "ada"), RulesStatus.UnknownVersion },
        { new Approve("a", 0, "x", "ada"), RulesStatus.UnknownVersion },
        { new Approve("a", 2, "x", "ada"), RulesStatus.NotProposed },
        { new Approve("a", 4, "x", "ada"), RulesStatus.NotProposed },
        { new Reject("r-4", 4, "x", "ada"), RulesStatus.AlreadyDone },
        { new Reject("r-4", 4, "y", "ada"), RulesStatus.DifferentContent },
        { new Reject("r", 5, "x", "ada"), RulesStatus.UnknownVersion },
        { new Reject("r", 1, "x", "ada"), RulesStatus.NotProposed },
        { new Activate("go", 5, null, "x", "ada"), RulesStatus.UnknownVersion },
        { new Activate("go", 3, null, "x", "ada"), RulesStatus.NotApproved },
        { new Activate("go", 4, null, "x", "ada"), RulesStatus.NotApproved },
        { new Activate("go", 1, null, "x", "ada"), RulesStatus.AlreadyActive },
        { new Activate("go", 2, Product.Start.AddDays(-1), "x", "ada"), RulesStatus.TooLate },
        { new Activate("go", 2, Product.Start.AddYears(6), "x", "ada"), RulesStatus.TooFarAhead },
        { new Activate("go-1", 1, null, "x", "ada"), RulesStatus.AlreadyDone },
        { new Activate("go-1", 1, Product.Start, "x", "ada"), RulesStatus.DifferentContent },
        { new TryBeside("s", 5, "x", "ada"), RulesStatus.UnknownVersion },
        { new TryBeside("s", 1, "x", "ada"), RulesStatus.NoShadow },
        { new TryBeside("s", 4, "x", "ada"), RulesStatus.NoShadow },
    };

    [Theory, MemberData(nameof(Refusals))]
    public void What_cannot_be_is_refused_and_writes_nothing(RuleBookCommand command, RulesStatus status)
    {
        var book = Given(Four).When(command).ThenNothing();

        Assert.Equal(status, Said(book).Status);
    }

    [Fact]
    public void The_oldest_version_that_nobody_needs_makes_room()
    {
        RuleBookEvent[] full = [.. Four, .. Proposed(Enumerable.Range(5, RuleBook.MaxVersions - 4))];
        var (next, last) = (RuleBook.MaxVersions + 1, RuleBook.MaxVersions + 2);

        var book = Given(full).When(new Propose("more", Cheap, "x", "ada"))
            .ThenHappens(new RulesProposed("more", next, Cheap, Step, 4));
        Assert.Equal(RuleBook.MaxVersions, Now(book).Versions.Length);
        Assert.DoesNotContain(Now(book).Versions, v => v.Version == 4);

        book.When(new Propose("again", Cheap, "x", "ada")).ThenNothing();
        Assert.Equal(RulesStatus.TooManyVersions, Said(book).Status);

        // 1 is still what a roll back goes to; once 2 was rolled back, 2 is needed by nobody.
        book.When(new Activate("go-2", 2, null, "x", "ada")).When(new Propose("again", Cheap, "x", "ada"))
            .ThenNothing();
        book.When(new RollBack("back", "x", "ada")).When(new Propose("again", Cheap, "x", "ada"))
            .ThenHappens(new RulesProposed("again", last, Cheap, Step, 2));
    }

    [Fact]
    public void What_is_remembered_is_bounded()
    {
        var book = Given(Four);
        for (var i = 0; i < RuleBook.MaxOperations; i++)
            book.When(new Activate($"go-{i + 2}", 1 + (i + 1) % 2, null, "x", "ada"));

        Assert.Equal(RuleBook.MaxPeriods, Now(book).Periods.Length);
        Assert.Equal(RuleBook.MaxPeriods, book.State.Before.Length);
        Assert.Equal(RuleBook.MaxOperations, book.State.Operations.Length);
        book.When(new Approve("a-1", 1, "x", "ada"));
        Assert.Equal(RulesStatus.NotProposed, Said(book).Status);
    }
}
