using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Packing;
using static Fulfillment.Ordering.OrderCommand;
using static Fulfillment.Ordering.OrderEvent;
using static Fulfillment.Tests.Domain.Orders;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>What a bench has begun leaves by its boxes, and is packed when the bench says so.</summary>
public sealed class BenchTests
{
    static readonly StartPacking Begin = new("b-1", 1);

    static readonly Ship Plain = new("s-1", 1, [], null, null);

    static FulfilmentStatus StatusOf(Given<Order, OrderCommand, OrderEvent> scene) =>
        scene.See().Fulfilments[0].Status;

    [Fact]
    public void A_bench_that_begins_is_a_node_that_begins()
    {
        var scene = Given(AtNode()).At(After(60)).When(Begin).ThenTold(FulfilStatus.Done).ThenHappens(
            new FulfilmentStarted("b-1", 1, After(60), 2), new PackingBegun(1, After(60)));
        Assert.Equal(FulfilmentStatus.InProgress, StatusOf(scene));
        scene.When(Begin).ThenRefused(FulfilStatus.AlreadyDone);
        scene.When(new StartPacking("b-2", 2)).ThenRefused(FulfilStatus.UnknownFulfilment);

        Given(Started()).When(Begin).ThenTold(FulfilStatus.Done).ThenHappens(new PackingBegun(1, Start));
        Given([.. AtNode(), new GoodsShipped("s-0", 1, Start, [], [Of("1", 2)], null, null)])
            .When(Begin).ThenRefused(FulfilStatus.NothingOpen);
        Given([.. AtNode(), new FulfilmentPaused("h-1", 1, Start, "leak", "anna")])
            .When(Begin).ThenRefused(FulfilStatus.OnHold);
    }

    [Fact]
    public void What_is_at_a_bench_leaves_in_boxes_only_and_the_shipment_names_them()
    {
        var scene = Given(AtNode()).When(Begin);
        scene.When(Plain).ThenRefused(FulfilStatus.AtBench);
        scene.When(Plain with { Lines = [Of("1", 1)], Boxes = ["BOX-1"] }).ThenTold(FulfilStatus.Done);

        Assert.Equal("BOX-1", Assert.Single(scene.See().Fulfilments[0].Shipments[0].Boxes));
        scene.When(Plain with { Lines = [Of("1", 1)], Boxes = ["BOX-2"] }).ThenRefused(FulfilStatus.DifferentContent);
        scene.When(Plain with { Lines = [Of("1", 1)], Boxes = ["BOX-1"] }).ThenRefused(FulfilStatus.AlreadyDone);
        var ship = Assert.IsType<SkuCommand.Ship>(Given([.. Started(), new PackingBegun(1, Start)])
            .When(Plain with { Boxes = ["BOX-1"] }).Sends.Single(s => s.Command is SkuCommand.Ship).Command);
        Assert.Equal("BOX-1", Assert.Single(ship.Boxes));
    }

    [Fact]
    public void It_is_packed_as_its_bench_said_last()
    {
        var scene = Given(AtNode()).When(Begin).At(After(5)).When(new NotePacked(1, 7, true));
        Assert.Equal((FulfilmentStatus.Packed, After(5)), (StatusOf(scene), scene.See().Fulfilments[0].PackedAt));
        scene.When(new NotePacked(1, 6, false)).ThenNothing();
        scene.When(new NotePacked(1, 8, false));
        Assert.Equal(FulfilmentStatus.InProgress, StatusOf(scene));
        Given(AtNode()).When(new NotePacked(1, 1, true)).ThenNothing();
    }

    [Fact]
    public void A_bench_is_told_when_its_order_is_stopped_goes_on_or_is_cancelled()
    {
        var scene = Given(AtNode()).When(Begin);
        var held = Told(scene.When(new PlaceHold("h-1", HoldType.Manual, "odd", "ann", null)));
        Assert.Equal((true, 1), (held.IsHeld, Assert.Single(held.Holds)));
        Assert.False(Told(scene.When(new ReleaseHold("r-1", 1, "fine", "ann"))).IsHeld);
        var stopped = Told(scene.When(new Cancel("c-1", [Of("1", 1)], "one less")));
        Assert.Equal(new PackNeed("1", "A", 1, 1), Assert.Single(stopped.Lines));
        Assert.Equal(1, Assert.Single(stopped.Intercepts));
        Assert.Equal(scene.See().Version, stopped.Version);
        Assert.Empty(Told(scene.When(new AnswerIntercept(1, true))).Intercepts);
        // Who has no bench hears nothing.
        Given(Started()).When(new Cancel("c-1", [], "no")).ThenSends();
    }

    static PackSight Told(Given<Order, OrderCommand, OrderEvent> scene)
    {
        var send = Assert.Single(scene.Sends, s => s.Command is PackCommand.NoteOrder);
        Assert.Equal(EntityId.Of("packing", "default", "o-1-F1"), send.To);
        return ((PackCommand.NoteOrder)send.Command).Sight;
    }

    [Fact]
    public void What_its_bench_gave_up_ships_as_without_one_and_late_messages_do_not_begin_or_end_it()
    {
        var scene = Given(AtNode()).When(Begin with { Step = 1 }).When(new NotePacked(1, 3, true));
        scene.At(After(9)).When(new EndPacking("e-1", 1, 4)).ThenTold(FulfilStatus.Done)
            .ThenHappens(new PackingEnded(1, After(9), 4));
        Assert.Equal((FulfilmentStatus.InProgress, false), (StatusOf(scene), scene.See().Fulfilments[0].IsAtBench));
        scene.When(new EndPacking("e-1", 1, 4)).ThenRefused(FulfilStatus.AlreadyDone);
        scene.When(Begin with { Step = 1 }).ThenRefused(FulfilStatus.AlreadyDone);
        scene.When(new EndPacking("e-1", 2, 4)).ThenRefused(FulfilStatus.UnknownFulfilment);

        scene.When(new StartPacking("b-2", 1, 7)).ThenTold(FulfilStatus.Done)
            .ThenHappens(new PackingBegun(1, After(9), 7));
        scene.When(new NotePacked(1, 3, true)).ThenNothing();
        scene.When(new EndPacking("e-1", 1, 4)).ThenRefused(FulfilStatus.AlreadyDone);
        scene.When(new EndPacking("e-2", 1, 8)).When(Plain).ThenTold(FulfilStatus.Done);
    }
}
