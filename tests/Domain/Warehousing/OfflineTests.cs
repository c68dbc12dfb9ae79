using Fulfillment.Ordering;
using Fulfillment.Warehousing;
using static Fulfillment.Tests.Domain.Nodes;
using static Fulfillment.Tests.Domain.Product;
using static Fulfillment.Warehousing.NodeCommand;
using static Fulfillment.Warehousing.NodeEvent;

namespace Fulfillment.Tests.Domain;

/// <summary>A node that takes no work tells the orders that have some there, and takes work again.</summary>
public sealed class OfflineTests
{
    static readonly TakeOffline Off = new("no power", "ann");
    static readonly BringOnline On = new("power is back", "bob");
    static readonly Offline Outage = new(Start, "no power", "ann");
    static readonly NodeEvent[] IsOff = [Of(9), new NodeTakenOffline(Outage)];
    static readonly NodeReply Known = new(Leipzig(9), 1);
    static readonly OrderCommand Leave = new OrderCommand.LeaveNode("LEJ1", "no power");
    static readonly OrderCommand Again = new OrderCommand.RouteAgain(null);
    static readonly OrderCommand Back = new OrderCommand.NoteReturn("LEJ1");

    static TakeWork Page(bool waiting, string? next, params string[] orders) =>
        new(new([.. orders.Select(o => $"default/{o}")], waiting, next));

    static WorkFound Found(bool waiting, string? next, params string[] orders) =>
        new([.. orders.Select(o => $"default/{o}")], waiting, next);

    static Send Look(double seconds) => new(Self, new SeekWork(Start), After(seconds));

    [Fact]
    public void Offline_it_asks_who_has_work_there_and_looks_again_a_few_times() => Given(Of(9))
        .When(Off)
        .Then(new OfflineReply(OfflineStatus.Done, Known with { Offline = Outage }), new NodeTakenOffline(Outage))
        .ThenSends(ToBoard(waiting: false), Look(10), Look(60), Look(600), Look(3_600), Look(14_400),
            Look(86_400), Look(345_600), Look(1_382_400));

    [Fact]
    public void Offline_twice_is_offline_once() => Given(IsOff)
        .At(Start.AddHours(1)).When(new TakeOffline("still no power", "bob"))
        .Then(new OfflineReply(OfflineStatus.Unchanged, Known with { Offline = Outage }))
        .When(new Get()).Then(Known with { Offline = Outage });

    [Fact]
    public void Back_it_asks_who_waits_for_any_node_and_who_has_work_there() => Given(IsOff)
        .At(Start.AddHours(1)).When(On)
        .Then(new OfflineReply(OfflineStatus.Done, Known), new NodeBroughtOnline(
            Start.AddHours(1), "power is back", "bob"))
        .ThenSends(
            ToBoard(waiting: true), ToBoard(waiting: false), LookFor(Start.AddHours(1), 2),
            LookFor(Start.AddHours(1), 60))
        .When(On).Then(new OfflineReply(OfflineStatus.Unchanged, Known))
        .When(new SeekWork(Start)).Then(Done.It)
        .When(new SeekWork(Start.AddHours(1))).Then(Done.It, new WorkSought())
        .ThenSends(ToBoard(waiting: true), ToBoard(waiting: false));

    static Send LookFor(DateTimeOffset since, int seconds) =>
        new(Self, new SeekWork(since), since.AddSeconds(seconds));

    [Fact]
    public void A_node_that_nobody_defined_is_neither() => Given()
        .When(Off).Then(new OfflineReply(OfflineStatus.UnknownNode, new(null, 0)))
        .When(On).Then(new OfflineReply(OfflineStatus.UnknownNode, new(null, 0)));

    [Fact]
    public void Orders_with_work_there_are_told_page_by_page() => Given(IsOff)
        .When(Page(false, "default/o-2", "o-1", "o-2"))
        .Then(Done.It, Found(false, "default/o-2", "o-1", "o-2"))
        .ThenSends(ToOrder("o-1", Leave), ToOrder("o-2", Leave), ToBoard(false, "default/o-2"))
        .When(Page(false, null, "o-3")).ThenHappens(Found(false, null, "o-3")).ThenSends(ToOrder("o-3", Leave))
        .When(Page(false, null)).Then(Done.It);

    [Fact]
    public void Orders_that_wait_are_told_when_it_is_back() => Given([.. IsOff, new NodeBroughtOnline(Start, "r", "b")])
        .When(Page(true, "default/o-1", "o-1")).Then(Done.It, Found(true, "default/o-1", "o-1"))
        .ThenSends(ToOrder("o-1", Again), ToBoard(true, "default/o-1"));

    [Fact]
    public void Orders_with_work_there_are_told_that_it_is_back() =>
        Given([.. IsOff, new NodeBroughtOnline(Start, "r", "b")])
            .When(Page(false, "default/o-1", "o-1")).Then(Done.It, Found(false, "default/o-1", "o-1"))
            .ThenSends(ToOrder("o-1", Back), ToBoard(false, "default/o-1"));

    [Fact]
    public void A_page_of_orders_that_wait_says_nothing_once_it_is_offline_again() => Given(IsOff)
        .When(Page(true, "default/o-1", "o-1")).Then(Done.It).ThenSends();

    [Fact]
    public void It_looks_again_only_while_it_is_the_same_outage()
    {
        SeekWork look = new(Start);
        NodeEvent[] back = [.. IsOff, new NodeBroughtOnline(After(5), "r", "b")];

        Given(IsOff).At(After(10)).When(look).Then(Done.It, new WorkSought()).ThenSends(ToBoard(waiting: false));
        Given(back).At(After(10)).When(look).Then(Done.It).ThenSends();
        Given([.. back, new NodeTakenOffline(new(After(7), "again", "ann"))])
            .At(After(10)).When(look).Then(Done.It)
            .When(new SeekWork(After(7))).Then(Done.It, new WorkSought());
    }

    [Fact]
    public void A_new_card_does_not_bring_it_back() => Given(IsOff)
        .When(new Define(Leipzig(3))).Then(
            new DefineNodeReply(NodeStatus.Changed, 2), new NodeDefined(Leipzig(3), 2))
        .When(new Get()).Then(new NodeReply(Leipzig(3), 2, Outage));
}
