using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Warehousing;
using static Fulfillment.Ordering.OrderCommand;
using static Fulfillment.Ordering.OrderEvent;
using static Fulfillment.Tests.Domain.Orders;
using static Fulfillment.Tests.Domain.Plans;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>What keeps a fulfilment order from going on: somebody, its day, or a node that does not want it.</summary>
public sealed class PauseWorkTests
{
    static readonly PauseWork Pause = new("p-1", 1, "the shelf is blocked", "ann");
    static readonly ResumeWork Resume = new("r-1", 1, "bob");
    static readonly FulfilmentPaused Paused = new("p-1", 1, Start, "the shelf is blocked", "ann");
    static readonly StartWork Begin = new("w-1", 1);
    static readonly Ship Leaves = new("s-1", 1, [], null, null);

    /// <summary>Two units of A at N1 as planned.</summary>
    static OrderEvent[] AtN1(DateTimeOffset? notBefore = null, bool asks = false)
    {
        var leg = Leg("N1") with { NotBefore = notBefore, Asks = asks };
        return
        [
            Placed(Line("1", "A", 2)), new OrderAccepted(Granted("A", 1, 2), []),
            new OrderRouted(Decided(1, [leg], Pick("A", N1(2)))), Said("N1", RoomStatus.Granted),
            new FulfilmentOpened(Committed("A", 2, N1(2)), [Plans.Opened(1, leg, Units("1", "A", 2))]),
        ];
    }

    static FulfilmentStatus StatusOf(Given<Order, OrderCommand, OrderEvent> scene) => scene.See().Fulfilments[0].Status;

    static WorkRequest RequestOf(Given<Order, OrderCommand, OrderEvent> scene) => scene.See().Fulfilments[0].Request;

    [Fact]
    public void Paused_it_does_not_go_on_until_it_is_resumed()
    {
        var scene = Given(AtNode()).When(Pause).ThenTold(FulfilStatus.Done).ThenHappens(Paused).ThenSends();

        Assert.Equal((FulfilmentStatus.OnHold, OrderStatus.Allocated), (StatusOf(scene), scene.See().Status));
        scene.When(Begin).ThenRefused(FulfilStatus.OnHold).When(Leaves).ThenRefused(FulfilStatus.OnHold)
            .When(Resume).ThenTold(FulfilStatus.Done).ThenHappens(new FulfilmentResumed("r-1", 1, Start, "bob"))
            .When(Begin).ThenTold(FulfilStatus.Done);
        Assert.Equal(FulfilmentStatus.InProgress, StatusOf(scene));
    }

    [Fact]
    public void Work_that_was_begun_may_be_paused_too() => Given(Started())
        .When(Pause).ThenTold(FulfilStatus.Done).When(Leaves).ThenRefused(FulfilStatus.OnHold)
        .When(Resume).When(Leaves).ThenTold(FulfilStatus.Done);

    [Fact]
    public void A_release_of_the_orders_hold_does_not_resume_it() => Given([
        .. AtNode(), Paused, new OrderHeld("h-1", new(1, HoldType.Qc, "look", "ann", Start, null), [1]),
    ])
        .When(new ReleaseHold("x-1", 1, "fine", "ann")).ThenTold(HoldStatus.Done)
        .When(Begin).ThenRefused(FulfilStatus.OnHold);

    [Fact]
    public void What_is_paused_may_be_moved_and_cancelled()
    {
        OrderEvent[] paused = [.. AtNode(), Paused];

        Given(paused).When(new MoveWork("m-1", 1, null, [], "slow", "ann")).ThenTold(FulfilStatus.Done);
        Given(paused).When(new Cancel("c-1", [], "x")).ThenTold(CancelStatus.Cancelled);
    }

    [Fact]
    public void A_repeat_is_known_and_so_is_what_cannot_be()
    {
        Given([.. AtNode(), Paused]).When(Pause).ThenRefused(FulfilStatus.AlreadyDone)
            .When(Pause with { Reason = "a whim" }).ThenRefused(FulfilStatus.DifferentContent)
            .When(Pause with { Id = "p-2" }).ThenRefused(FulfilStatus.OnHold)
            .When(Resume with { Id = "p-1" }).ThenRefused(FulfilStatus.DifferentContent)
            .When(Resume).ThenTold(FulfilStatus.Done).When(Resume).ThenRefused(FulfilStatus.AlreadyDone)
            .When(Resume with { Id = "r-2" }).ThenRefused(FulfilStatus.AlreadyDone);
        Given(AtNode()).When(Pause with { Fulfilment = 2 }).ThenRefused(FulfilStatus.UnknownFulfilment)
            .When(Resume with { Fulfilment = 0 }).ThenRefused(FulfilStatus.UnknownFulfilment);
        Given([.. AtNode(), new GoodsShipped("s-1", 1, Start, [], [Of("1", 2)], null, null)])
            .When(Pause).ThenRefused(FulfilStatus.NothingOpen);
    }

    [Fact]
    public void Nothing_leaves_before_its_day()
    {
        var day = Start.AddDays(2);
        var scene = Given(AtN1(day)).ThenSends(Timer(new NoteDue(1), day));

        Assert.Equal((FulfilmentStatus.Scheduled, OrderStatus.Allocated), (StatusOf(scene), scene.See().Status));
        scene.At(day.AddSeconds(-1)).When(new NoteDue(1)).Then(Done.It)
            .When(Begin).ThenRefused(FulfilStatus.Scheduled).When(Leaves).ThenRefused(FulfilStatus.Scheduled)
            .At(day).When(new NoteDue(1)).Then(Done.It, new FulfilmentDue(1));
        Assert.Equal(FulfilmentStatus.Open, StatusOf(scene));
        scene.When(new NoteDue(1)).Then(Done.It).When(new NoteDue(2)).Then(Done.It)
            .When(Begin).ThenTold(FulfilStatus.Done);
    }

    [Fact]
    public void On_its_day_it_leaves_even_if_the_timer_is_late() => Given(AtN1(Start.AddDays(2)))
        .At(Start.AddDays(2)).When(Leaves).ThenTold(FulfilStatus.Done);

    [Fact]
    public void A_part_of_what_waits_for_its_day_waits_for_it_too()
    {
        var day = Start.AddDays(2);
        var scene = Given(AtN1(day)).When(new SplitWork("sp-1", 1, [Of("1", 1)])).ThenTold(FulfilStatus.Done);

        scene.When(new StartWork("w-1", 2)).ThenRefused(FulfilStatus.Scheduled);
    }

    [Fact]
    public void A_node_that_is_asked_accepts_the_work()
    {
        var scene = Given(AtN1(asks: true));
        Assert.Equal(WorkRequest.Submitted, RequestOf(scene));

        scene.When(new AnswerRequest(1, true, "gladly")).ThenTold(FulfilStatus.Done)
            .ThenHappens(new RequestAnswered(1, true, "gladly")).ThenSends();

        Assert.Equal((WorkRequest.Accepted, FulfilmentStatus.Open), (RequestOf(scene), StatusOf(scene)));
        scene.When(new AnswerRequest(1, true, "again")).ThenRefused(FulfilStatus.AlreadyDone)
            .When(new AnswerRequest(1, false, "after all")).ThenRefused(FulfilStatus.NotAsked);
    }

    [Fact]
    public void A_node_that_does_not_want_it_loses_it_for_good()
    {
        var scene = Given(AtN1(asks: true)).When(new AnswerRequest(1, false, "no people")).ThenTold(FulfilStatus.Done)
            .ThenHappens(
                new RequestAnswered(1, false, "no people"),
                new FulfilmentMoved(
                    null, 1, [], [Of("1", 2)], null, Refused("N1", null, "no people"), "no people", "N1"))
            .ThenSends(ToSku("A", new SkuCommand.Return("o-1", 3, [N1(2)])), ToNode("N1", 2));

        Assert.Equal(WorkRequest.Rejected, RequestOf(scene));
        scene.When(new AnswerRequest(1, false, "no people")).ThenRefused(FulfilStatus.AlreadyDone)
            .When(new AnswerRequest(1, true, null)).ThenRefused(FulfilStatus.NothingOpen)
            .When(Take(Answer("A", 3, ClaimStatus.Done, Holds(3, 3, 2), 0, [N1(2)])))
            .ThenSends(ToRouterAgain(2, Promised(), [Refused("N1", null, "no people")], new Routing.RouteLine(
                "A", 2, [N1(2)])));
    }

    [Fact]
    public void A_node_without_a_reason_rejected_it() => Assert.Equal("rejected", Assert.IsType<FulfilmentMoved>(
        Given(AtN1(asks: true)).When(new AnswerRequest(1, false, null)).Events[1]).Reason);

    [Fact]
    public void A_node_that_begins_or_ships_has_accepted()
    {
        Assert.Equal(WorkRequest.Accepted, RequestOf(Given(AtN1(asks: true)).When(Begin)));
        Assert.Equal(WorkRequest.Accepted, RequestOf(Given(AtN1(asks: true)).When(Leaves)));
        Assert.Equal(WorkRequest.Unsubmitted, RequestOf(Given(AtNode()).When(Begin)));
    }

    [Fact]
    public void A_node_that_was_not_asked_has_nothing_to_answer() => Given(AtNode())
        .When(new AnswerRequest(1, true, null)).ThenRefused(FulfilStatus.NotAsked)
        .When(new AnswerRequest(1, false, null)).ThenRefused(FulfilStatus.NotAsked)
        .When(new AnswerRequest(2, true, null)).ThenRefused(FulfilStatus.UnknownFulfilment);
}
