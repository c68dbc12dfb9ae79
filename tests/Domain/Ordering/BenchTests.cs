using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
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
}
