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
}
