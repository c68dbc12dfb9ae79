using Fulfillment.Packing;

namespace Fulfillment.Tests.Domain;

/// <summary>The kinds of boxes that a node has.</summary>
public sealed class BoxesTests
{
    static readonly Box Small = new("S", new(200, 150, 100), new(210, 160, 110), 90, 5_000, new(40, "EUR"));

    static readonly Box Medium = Small with { Id = "M", Inner = new(400, 300, 200), Outer = new(410, 310, 210) };

    static Given<Boxes, BoxCommand, BoxEvent> Given(params IEnumerable<BoxEvent> events) =>
        new(new(BoxCalls.Kind, "LEJ1"), Product.Start, events);

    [Fact]
    public void A_box_is_put_and_again_without_effect()
    {
        var scene = Given().When(new BoxCommand.Put(Small))
            .Then(new BoxReply(BoxStatus.Created, new(Small, 1), 1), new BoxEvent.BoxPut(Small));
        scene.When(new BoxCommand.Put(Small)).Then(new BoxReply(BoxStatus.Unchanged, new(Small, 1), 1));
        scene.When(new BoxCommand.Put(Medium))
            .Then(new BoxReply(BoxStatus.Created, new(Medium, 2), 2), new BoxEvent.BoxPut(Medium));
        var fewer = Small with { Stock = 3 };
        scene.When(new BoxCommand.Put(fewer, 1))
            .Then(new BoxReply(BoxStatus.Changed, new(fewer, 3), 3), new BoxEvent.BoxPut(fewer));

        Assert.Equal(
            Text.Of(new BoxList([new(Medium, 2), new(fewer, 3)], 3)), Text.Of(scene.Ask(new BoxCommand.Get())));
    }

    [Fact]
    public void A_change_on_the_strength_of_another_revision_is_refused()
    {
        BoxNow known = new(Small, 1);
        var scene = Given(new BoxEvent.BoxPut(Small));

        scene.When(new BoxCommand.Put(Small with { TareGrams = 1 }, 2)).Then(new BoxReply(BoxStatus.Stale, known, 1));
        scene.When(new BoxCommand.Put(Medium, 1)).Then(new BoxReply(BoxStatus.Stale, null, 1));
        scene.When(new BoxCommand.Remove("S", 2)).Then(new BoxReply(BoxStatus.Stale, known, 1));
        scene.When(new BoxCommand.Put(Medium, 0))
            .Then(new BoxReply(BoxStatus.Created, new(Medium, 2), 2), new BoxEvent.BoxPut(Medium));
    }

    [Fact]
    public void A_box_that_is_gone_is_unknown()
    {
        var scene = Given(new BoxEvent.BoxPut(Small)).When(new BoxCommand.Remove("S", 1))
            .Then(new BoxReply(BoxStatus.Changed, new(Small, 1), 2), new BoxEvent.BoxRemoved("S"));

        scene.When(new BoxCommand.Remove("S")).Then(new BoxReply(BoxStatus.UnknownBox, null, 2));
    }

    [Fact]
    public void All_boxes_of_a_node_cost_money_of_one_currency()
    {
        var scene = Given(new BoxEvent.BoxPut(Small));

        scene.When(new BoxCommand.Put(Medium with { Cost = new(40, "GBP") }))
            .Then(new BoxReply(BoxStatus.OtherCurrency, null, 1));
        scene.When(new BoxCommand.Put(Small with { Cost = new(40, "GBP") }));
        Assert.Equal(BoxStatus.Changed, Assert.IsType<BoxReply>(scene.Reply).Status);
    }

    [Fact]
    public void A_node_has_so_many_kinds_of_boxes_and_no_more()
    {
        var scene = Given(Enumerable.Range(0, Boxes.MaxBoxes)
            .Select(i => new BoxEvent.BoxPut(Small with { Id = $"{i:D2}" })));

        scene.When(new BoxCommand.Put(Medium)).Then(new BoxReply(BoxStatus.TooMany, null, Boxes.MaxBoxes));
        scene.When(new BoxCommand.Put(Medium with { Id = "07" }));
        Assert.Equal(BoxStatus.Changed, Assert.IsType<BoxReply>(scene.Reply).Status);
    }
}
