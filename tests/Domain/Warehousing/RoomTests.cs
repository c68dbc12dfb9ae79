using Fulfillment.Warehousing;
using static Fulfillment.Tests.Domain.Nodes;
using static Fulfillment.Tests.Domain.Product;
using static Fulfillment.Warehousing.NodeEvent;

namespace Fulfillment.Tests.Domain;

/// <summary>
/// Room on the days of a node. An order states all that it wants of the node in place of what it had: so a repeat, a
/// late one and one that gives back need no rule of their own.
/// </summary>
public sealed class RoomTests
{
    static readonly NodeTakenOffline WentOffline = new(new(Start, "no power", "ann"));

    [Fact]
    public void Room_that_there_is_is_granted_and_the_event_tells_what_is_used_of_the_day() => Given(Of(2))
        .When(Claim("o-1", 1, In(0, 1)))
        .Then(Room(RoomStatus.Granted, 1), Claimed("o-1", 1, [In(0, 1)], In(0, 1)))
        .When(Claim("o-2", 1, In(0, 1), In(3, 2)))
        .Then(Room(RoomStatus.Granted, 1), Claimed("o-2", 1, [In(0, 1), In(3, 2)], In(0, 2), In(3, 2)))
        .ThenSends();

    [Fact]
    public void A_day_never_gets_more_than_it_can_do() => Given(Of(2), Claimed("o-1", 1, [In(0, 2)], In(0, 2)))
        .When(Claim("o-2", 1, In(0, 1))).Then(Room(RoomStatus.Full, 1))
        .When(Claim("o-2", 1, In(1, 3))).Then(Room(RoomStatus.Full, 1))
        .When(Claim("o-2", 1, In(1, 2))).ThenHappens(Claimed("o-2", 1, [In(1, 2)], In(1, 2)));

    [Fact]
    public void One_day_that_is_full_refuses_all_of_the_claim() => Given(Of(1), Claimed("o-1", 1, [In(1, 1)], In(1, 1)))
        .When(Claim("o-2", 1, In(0, 1), In(1, 1))).Then(Room(RoomStatus.Full, 1))
        .When(Claim("o-3", 1, In(0, 1))).ThenHappens(Claimed("o-3", 1, [In(0, 1)], In(0, 1)));

    [Fact]
    public void A_node_that_counts_nothing_and_one_that_nobody_defined_are_never_full()
    {
        Given(Of(null)).When(Claim("o-1", 1, In(0, 9_999))).Then(
            Room(RoomStatus.Granted, 1), Claimed("o-1", 1, [In(0, 9_999)], In(0, 9_999)));
        Given().When(Claim("o-1", 1, In(0, 1))).Then(
            Room(RoomStatus.Granted, 1), Claimed("o-1", 1, [In(0, 1)], In(0, 1)));
    }

    [Fact]
    public void What_an_order_wants_takes_the_place_of_what_it_had() =>
        Given(Of(2), Claimed("o-1", 1, [In(0, 2)], In(0, 2)))
            .When(Claim("o-1", 2, In(0, 1), In(1, 1)))
            .Then(Room(RoomStatus.Granted, 2), Claimed("o-1", 2, [In(0, 1), In(1, 1)], In(0, 1), In(1, 1)))
            .When(Claim("o-1", 3))
            .Then(Room(RoomStatus.Granted, 3), Claimed("o-1", 3, [], In(0, 0), In(1, 0)))
            .When(Claim("o-2", 1, In(0, 2), In(1, 2))).ThenTo(RoomStatus.Granted);

    [Fact]
    public void Of_a_claim_only_what_is_more_than_before_needs_room() =>
        Given(Of(3), Claimed("o-1", 1, [In(0, 2)], In(0, 2)), Claimed("o-2", 1, [In(0, 1)], In(0, 3)))
            .When(Claim("o-1", 2, In(0, 3))).Then(Room(RoomStatus.Full, 2))
            .When(Claim("o-1", 2, In(0, 2), In(1, 1))).ThenTo(RoomStatus.Granted);

    [Fact]
    public void The_same_step_again_is_granted_and_writes_nothing() =>
        Given(Of(1), Claimed("o-1", 1, [In(0, 1)], In(0, 1)))
            .When(Claim("o-1", 1, In(0, 1))).Then(Room(RoomStatus.Granted, 1))
            .At(Start.AddDays(9)).When(Claim("o-1", 1, In(0, 1))).Then(Room(RoomStatus.Granted, 1));

    [Fact]
    public void A_step_that_was_refused_may_be_granted_later() => Given(Of(1), Claimed("o-1", 1, [In(0, 1)], In(0, 1)))
        .When(Claim("o-2", 1, In(0, 1))).Then(Room(RoomStatus.Full, 1))
        .When(Claim("o-1", 2)).ThenTo(RoomStatus.Granted)
        .When(Claim("o-2", 1, In(0, 1))).Then(Room(RoomStatus.Granted, 1), Claimed("o-2", 1, [In(0, 1)], In(0, 1)));

    [Fact]
    public void A_late_repeat_of_an_older_step_changes_nothing() =>
        Given(Of(2), Claimed("o-1", 1, [In(0, 1)], In(0, 1)), Claimed("o-1", 2, [], In(0, 0)))
            .When(Claim("o-1", 1, In(0, 1))).Then(Room(RoomStatus.Superseded, 1));

    [Fact]
    public void A_node_that_takes_no_work_grants_no_more_but_takes_back()
    {
        NodeEvent[] offline = [Of(5), Claimed("o-1", 1, [In(0, 2)], In(0, 2)), WentOffline];

        Given(offline).When(Claim("o-1", 2, In(0, 3))).Then(Room(RoomStatus.Offline, 2));
        Given(offline).When(Claim("o-2", 1, In(0, 1))).Then(Room(RoomStatus.Offline, 1));
        Given(offline).When(Claim("o-1", 2, In(0, 2)))
            .Then(Room(RoomStatus.Granted, 2), Claimed("o-1", 2, [In(0, 2)], In(0, 2)));
        Given(offline).When(Claim("o-1", 2, In(0, 1)))
            .Then(Room(RoomStatus.Granted, 2), Claimed("o-1", 2, [In(0, 1)], In(0, 1)));
        Given(offline).When(Claim("o-2", 1)).Then(Room(RoomStatus.Granted, 1), Claimed("o-2", 1, []));
    }

    /// <summary>
    /// Whoever states an old day has had it: the node may have forgotten, and nobody takes room of a day that is over.
    /// The node's own day may begin up to a day before or after that of UTC.
    /// </summary>
    [Fact]
    public void A_day_that_is_over_everywhere_is_not_refused() => Given(Of(1))
        .When(Claim("o-1", 1, In(-2, 5))).ThenTo(RoomStatus.Granted)
        .When(Claim("o-2", 1, In(-1, 1))).ThenTo(RoomStatus.Granted)
        .When(Claim("o-3", 1, In(-1, 1))).Then(Room(RoomStatus.Full, 1));

    [Fact]
    public void What_an_order_had_on_a_day_that_is_forgotten_it_may_go_on_to_state() =>
        Given(Of(1), Claimed("o-1", 1, [In(0, 1)], In(0, 1)))
            .At(Start.AddDays(Node.RememberedDays + 5))
            .When(Claim("o-1", 2, In(0, 1), In(19, 1)))
            .Then(Room(RoomStatus.Granted, 2), new RoomClaimed(
                "default/o-1", 2, [In(19, 1)], [In(0, 0), In(19, 1)], Today.AddDays(Node.RememberedDays + 5)));

    /// <summary>
    /// Its first part left long ago; the rest comes back in stock, and is to leave from the same node.
    /// </summary>
    [Fact]
    public void What_an_order_had_on_a_day_that_is_forgotten_keeps_it_from_no_other()
    {
        var later = Node.RememberedDays + 1;
        NodeEvent.RoomClaimed others = new(
            "default/o-2", 1, [In(later, 1)], [In(later, 1)], Today.AddDays(later));

        Given(Of(2), Claimed("o-1", 1, [In(0, 1)], In(0, 1)), others)
            .At(Start.AddDays(later))
            .When(Claim("o-1", 2, In(0, 1), In(later, 1))).ThenTo(RoomStatus.Granted)
            .When(Claim("o-3", 1, In(later, 1))).ThenTo(RoomStatus.Full)
            .When(Claim("o-1", 3, In(0, 1))).ThenTo(RoomStatus.Granted)
            .When(Claim("o-3", 1, In(later, 1))).ThenTo(RoomStatus.Granted);
    }

    [Fact]
    public void A_capacity_below_what_is_used_takes_nothing_away_and_grants_no_more() =>
        Given(Of(3), Claimed("o-1", 1, [In(0, 3)], In(0, 3)), new NodeDefined(Leipzig(1), 2))
            .When(Claim("o-2", 1, In(0, 1))).Then(Room(RoomStatus.Full, 1))
            .When(Claim("o-1", 2, In(0, 2))).ThenHappens(Claimed("o-1", 2, [In(0, 2)], In(0, 2)))
            .When(Claim("o-1", 3, In(0, 3))).Then(Room(RoomStatus.Full, 3));

    [Fact]
    public void What_is_over_for_two_weeks_is_forgotten()
    {
        var later = Today.AddDays(Node.RememberedDays + 1);
        var scene = Given(
            Of(1), Claimed("o-1", 1, [In(0, 1)], In(0, 1)), Claimed("o-2", 1, [In(1, 1)], In(1, 1)),
            Claimed("o-3", 1, []), new RoomClaimed("default/o-4", 1, [new(later, 1)], [new(later, 1)], later));

        Assert.Equal([Today.AddDays(1), later], scene.State.Used.Keys);
        Assert.Equal(["default/o-2", "default/o-4"], scene.State.Claims.Keys);
    }

    [Fact]
    public void What_is_over_for_less_is_remembered()
    {
        var later = Today.AddDays(Node.RememberedDays);
        var scene = Given(
            Of(1), Claimed("o-1", 1, [In(0, 1)], In(0, 1)),
            new RoomClaimed("default/o-2", 1, [new(later, 1)], [new(later, 1)], later));

        Assert.Equal(["default/o-1", "default/o-2"], scene.State.Claims.Keys);
        scene.When(Claim("o-1", 0, In(0, 1))).Then(Room(RoomStatus.Superseded, 0));
    }
}
