using System.Collections.Immutable;
using Fulfillment.Picking;
using static Fulfillment.Picking.RosterCommand;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain.Picking;

/// <summary>One node's lists: each order is on one of them at most.</summary>
public sealed class PickRosterTests
{
    static readonly EntityId Self = EntityId.Of("pick-roster", "default", "N1");

    static Given<PickRoster, RosterCommand, RosterEvent> Empty() => new(Self, Start);

    static NewPickList List(string id, params string[] orders) => new(id, new(
        "N1", PickMethod.Cluster, [.. orders.Select(o => new PickFor(o, 1))],
        [.. orders.Select((_, i) => new PickTask(i + 1, "1", "A", "B1", null, 1))]));

    static RosterReply Reply(Given<PickRoster, RosterCommand, RosterEvent> roster) =>
        Assert.IsType<RosterReply>(roster.Reply);

    static void Refused(Given<PickRoster, RosterCommand, RosterEvent> roster, RosterStatus status)
    {
        Assert.Equal(status, Reply(roster).Status);
        roster.ThenNothing();
    }

    [Fact]
    public void Lists_are_released_together_and_have_their_work_alone()
    {
        Release noon = new("noon", [List("noon-1", "o-1", "o-2"), List("noon-2", "o-3")]);
        var roster = Empty().When(noon).ThenSends(
            new Send(EntityId.Of("pick-list", "default", "noon-1"), new PickListCommand.Release(noon.Lists[0].Terms)),
            new Send(EntityId.Of("pick-list", "default", "noon-2"), new PickListCommand.Release(noon.Lists[1].Terms)));
        Assert.Equal(RosterStatus.Done, Reply(roster).Status);
        Assert.Equal(["noon-1", "noon-2"], Reply(roster).Lists.Select(l => l.Id));

        Refused(roster.When(noon), RosterStatus.AlreadyDone);
        Refused(roster.When(noon with { Lists = [List("noon-1", "o-9")] }), RosterStatus.DifferentContent);
        Refused(roster.When(new Release("one", [List("noon-2", "o-8")])), RosterStatus.ListInUse);
        Refused(roster.When(new Release("two", [List("l-2", "o-4"), List("l-3", "o-3")])), RosterStatus.AlreadyListed);
        Assert.Equal((new ListedWork("o-3", 1), "noon-2"), (Reply(roster).Work, Reply(roster).List));
        Refused(roster.When(new Release("three", [List("l-4", "o-4", "o-4")])), RosterStatus.AlreadyListed);
    }

    [Fact]
    public void Who_asks_for_lists_is_answered_once_they_are_there()
    {
        var roster = Empty().When(new Release("r", [List("l-1", "o-1")]));
        Assert.Null(roster.Ask(new GetThere(["l-1"])));
        Assert.NotNull(roster.Ask(new GetThere(["l-2"])));
        var there = PickRoster.OnReply(
            Assert.Single(roster.Sends),
            new PickListReply(PickListReplyStatus.Done, PickList.Evolve(
                PickList.Initial, new PickListEvent.PickListReleased(List("l-1", "o-1").Terms, Start)).Sheet, 1));
        roster.When(there!).ThenHappens(new RosterEvent.ListArrived("l-1"));
        Assert.NotNull(roster.Ask(new GetThere(["l-1"])));
        roster.When(there!).ThenNothing();
    }

    [Fact]
    public void A_list_that_is_elsewhere_already_has_none_of_the_work()
    {
        var roster = Empty().When(new Release("r", [List("l-1", "o-1")]));
        roster.When(PickRoster.OnReply(
            Assert.Single(roster.Sends), new PickListReply(PickListReplyStatus.DifferentContent, null, 1))!)
            .ThenHappens(new RosterEvent.WorkFreed("l-1"));
        roster.When(new Release("r2", [List("l-2", "o-1")]));
        Assert.Equal(RosterStatus.Done, Reply(roster).Status);
        roster.When(new NoteThere("l-1", false)).ThenNothing();
    }

    [Fact]
    public void What_a_list_has_no_more_may_be_on_another()
    {
        var roster = Empty().When(new Release("r", [List("l-1", "o-1", "o-2")]))
            .When(new Free("l-1", [new("o-1", 1)])).ThenHappens(new RosterEvent.WorkFreed("l-1", [new("o-1", 1)]));
        roster.When(new Free("l-1", [new("o-1", 1)])).ThenNothing();
        Refused(roster.When(new Release("x", [List("l-2", "o-2")])), RosterStatus.AlreadyListed);
        roster.When(new Release("y", [List("l-3", "o-1")])).When(new Free("l-1"));
        roster.When(new Free("l-1")).ThenNothing();
        roster.When(new Release("z", [List("l-4", "o-2")]));
        Assert.Equal(["l-3", "l-4"], Reply(roster).Lists.Select(l => l.Id));
    }

    [Fact]
    public void There_are_not_more_lists_than_there_may_be()
    {
        ImmutableArray<NewPickList> Many(int from, int count) =>
            [.. Enumerable.Range(from, count).Select(i => List($"l-{i}", $"o-{i}"))];
        var roster = Empty();
        Refused(roster.When(new Release("all", Many(0, PickRoster.MaxListsAtOnce + 1))), RosterStatus.TooMany);
        for (var i = 0; i < PickRoster.MaxLists; i += PickRoster.MaxListsAtOnce)
            roster.When(new Release($"r-{i}", Many(i, PickRoster.MaxListsAtOnce)));
        Refused(roster.When(new Release("one", Many(PickRoster.MaxLists, 1))), RosterStatus.TooMany);
    }

    static NewPickList From(string id, string order, string bin, int units, string? lot = null, string sku = "A") =>
        new(id, new("N1", PickMethod.Single, [new(order, 1)], [new(1, "1", sku, bin, lot, units)]));

    static long Seen(Given<PickRoster, RosterCommand, RosterEvent> roster) =>
        Assert.IsType<RosterReply>(roster.Ask(new GetUnits([], []))).Seen;

    static (string, long)[] Takes(Given<PickRoster, RosterCommand, RosterEvent> roster, params string[] skus) =>
    [
        .. Assert.IsType<RosterReply>(roster.Ask(new GetUnits([.. skus], []))).Lists
            .SelectMany(l => l.Takes, (l, t) => (l.Id, t.Units.Sum(u => u.Units))),
    ];

    [Fact]
    public void Of_two_who_have_seen_the_same_one_only_takes_units_from_a_place()
    {
        var roster = Empty();
        var seen = Seen(roster);
        roster.When(new Release("a", [From("a-1", "o-1", "B1", 4)], seen));
        Refused(roster.When(new Release("b", [From("b-1", "o-2", "B1", 1)], seen)), RosterStatus.Outdated);
        Refused(
            roster.When(new Release("b", [From("b-1", "o-2", "B9", 1), From("b-2", "o-3", "B1", 1)], seen)),
            RosterStatus.Outdated);
        // Another place, lot or SKU is not the same; who did not look promised nothing.
        roster.When(new Release("c", [From("c-1", "o-4", "B2", 1)], seen));
        roster.When(new Release("d", [From("d-1", "o-5", "B1", 1, "L1")], seen));
        roster.When(new Release("e", [From("e-1", "o-6", "B1", 1, null, "C")], seen));
        roster.When(new Release("f", [From("f-1", "o-7", "B1", 1)]));
        // Whoever has looked again may.
        roster.When(new Release("b", [From("b-1", "o-2", "B1", 1)], Seen(roster)));
        Assert.Equal(RosterStatus.Done, Reply(roster).Status);
        Assert.Equal(
            [("a-1", 4), ("b-1", 1), ("c-1", 1), ("d-1", 1), ("f-1", 1)], Takes(roster, "A"));
        Assert.Equal([("e-1", 1)], Takes(roster, "C", "D"));
        // A repeat is one whatever was seen.
        Refused(roster.When(new Release("a", [From("a-1", "o-1", "B1", 4)], 99)), RosterStatus.AlreadyDone);
    }

    [Fact]
    public void Who_looked_before_a_list_that_is_over_by_now_looks_again()
    {
        var roster = Empty().When(new Release("old", [From("old-1", "o-0", "B7", 1)]));
        var seen = Seen(roster);
        roster.When(new Release("a", [From("a-1", "o-1", "B1", 4)], seen)).When(new Free("a-1"));
        Refused(roster.When(new Release("b", [From("b-1", "o-2", "B1", 1)], seen)), RosterStatus.Outdated);
        // What was there when he looked may end.
        seen = Seen(roster);
        roster.When(new Free("old-1")).When(new Release("b", [From("b-1", "o-2", "B1", 1)], seen));
        Assert.Equal(RosterStatus.Done, Reply(roster).Status);
    }

    [Fact]
    public void Units_for_missing_ones_are_promised_to_one_list_and_given_back()
    {
        static Promise Ask(string id, string list, long seen, long units = 2) =>
            new(id, list, [new("A", "B2", null, units)], seen);
        var roster = Empty().When(
            new Release("r", [From("l-1", "o-1", "B1", 3), From("l-2", "o-2", "B1", 3)]));
        var seen = Seen(roster);
        Refused(roster.When(Ask("x-1", "l-9", seen)), RosterStatus.UnknownList);
        roster.When(Ask("x-1", "l-1", seen)).ThenHappens(
            new RosterEvent.UnitsPromised("x-1", "l-1", Assert.IsType<RosterReply>(roster.Reply).Units));
        Refused(roster.When(Ask("x-2", "l-2", seen)), RosterStatus.Outdated);
        Refused(roster.When(new Release("s", [From("l-3", "o-3", "B2", 1)], seen)), RosterStatus.Outdated);
        // A repeat has what it had, whatever was chosen meanwhile.
        Refused(roster.When(Ask("x-1", "l-1", seen, 9)), RosterStatus.AlreadyDone);
        Assert.Equal(2, Assert.Single(Reply(roster).Units).Units);

        roster.When(new Withdraw("x-1", "l-1")).ThenHappens(new RosterEvent.PromiseWithdrawn("x-1", "l-1"));
        roster.When(new Withdraw("x-1", "l-1")).ThenNothing();
        roster.When(Ask("x-2", "l-2", seen));
        Assert.Equal([("l-1", 3), ("l-2", 3), ("l-2", 2)], Takes(roster, "A"));
    }

    [Fact]
    public void A_list_that_somebody_picks_is_known_to_be_and_one_of_an_old_journal_might()
    {
        static bool IsBegun(Given<PickRoster, RosterCommand, RosterEvent> roster) =>
            Assert.Single(Assert.IsType<RosterReply>(roster.Ask(new GetUnits(["A"], []))).Lists).IsBegun;
        var roster = Empty().When(new Release("r", [From("l-1", "o-1", "B1", 3)]));
        Assert.False(IsBegun(roster));
        roster.When(new NoteBegun("l-1")).ThenHappens(new RosterEvent.ListBegun("l-1"));
        Assert.True(IsBegun(roster));
        roster.When(new NoteBegun("l-1")).ThenNothing();
        roster.When(new NoteBegun("l-9")).ThenNothing();
        Assert.Equal(
            "l-9", Assert.Single(Assert.IsType<RosterReply>(roster.Ask(new GetUnits([], ["l-1", "l-9"]))).Others));

        Given<PickRoster, RosterCommand, RosterEvent> old = new(Self, Start, new RosterEvent.ListsReleased(
            new("r", 1), [From("l-1", "o-1", "B1", 3)]));
        Assert.True(IsBegun(old));
        Assert.Equal([("l-1", 3)], Takes(old, "A"));
    }

    [Fact]
    public void Lists_go_to_no_more_places_than_there_may_be()
    {
        static NewPickList Long(int number) => new($"l-{number}", new(
            "N1", PickMethod.Single, [new($"o-{number}", 1)],
            [.. Enumerable.Range(0, PickList.MaxLines).Select(i => new PickTask(1, "1", "A", $"B{i}", null, 1))]));
        var most = PickRoster.MaxPlaces / PickList.MaxLines;
        var roster = Empty().When(new Release("r", [.. Enumerable.Range(0, most).Select(Long)]));
        Assert.Equal(RosterStatus.Done, Reply(roster).Status);
        Refused(roster.When(new Release("s", [From("s-1", "o-s", "B1", 1)])), RosterStatus.TooMany);
        Refused(roster.When(new Promise("x", "l-1", [new("A", "B1", null, 1)], 0)), RosterStatus.TooMany);
    }
}
