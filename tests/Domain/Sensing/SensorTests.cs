using Fulfillment.Counting;
using Fulfillment.Sensing;
using static Fulfillment.Sensing.SensorCommand;

namespace Fulfillment.Tests.Domain;

/// <summary>Sensors: what they say is written down, and counted where it is not what the books say.</summary>
public sealed class SensorTests
{
    static readonly SensorTerms Terms = new("N1", SensorKind.WeightShelf, [new("B1", "A", 100), new(null, "B", 50)]);

    static Given<Sensor, SensorCommand, SensorEvent> Shelf() => new(
        EntityId.Of("sensor", "default", "shelf"), Product.Start, new SensorEvent.SensorRegistered(Terms, 1));

    static Observe Saw(string id, bool disagrees, string? bin = "B1", string sku = "A", long content = 1) =>
        new(id, content, Product.Start, "900 g", [new(sku, bin, 9, disagrees ? 10 : 9, 7, disagrees)]);

    static void Refused(Given<Sensor, SensorCommand, SensorEvent> sensor, SensorStatus status)
    {
        Assert.Equal(status, Assert.IsType<SensorReply>(sensor.Reply).Status);
        sensor.ThenNothing();
    }

    [Fact]
    public void What_the_books_say_too_is_only_written_down()
    {
        var shelf = Shelf().When(Saw("w1", disagrees: false)).ThenSends();
        Assert.IsType<SensorEvent.ObservationEntered>(Assert.Single(shelf.Events));
    }

    [Fact]
    public void A_disagreement_asks_for_one_count_of_the_place_until_that_is_over()
    {
        var shelf = Shelf().When(Saw("w1", disagrees: true)).ThenSends(new Send(
            EntityId.Of("count", "default", "sensor:shelf:1"), new CountCommand.Open(new(
                "N1", ["B1"], [], CountReason.Sensor, new(), [], "sensor shelf: w1", "shelf"))));
        shelf.When(Saw("w2", disagrees: true)).ThenSends();
        shelf.When(Saw("w3", disagrees: true, null, "B"));
        Assert.Equal("sensor:shelf:2", Assert.Single(shelf.Sends).To.Name);
        shelf.When(new NoteClosed("sensor:shelf:1")).When(new NoteClosed("sensor:shelf:1")).ThenNothing();
        shelf.When(Saw("w4", disagrees: true));
        Assert.Equal("sensor:shelf:3", Assert.Single(shelf.Sends).To.Name);
    }

    [Fact]
    public void A_count_that_it_caused_tells_it_when_it_is_over()
    {
        var opened = new CountEvent.CountOpened(
            new("N1", ["B1"], [], CountReason.Sensor, new(), [], null, "shelf"), Product.Start);
        Send told = new(EntityId.Of("sensor", "default", "shelf"), new NoteClosed("sensor:shelf:1"));
        Given<CycleCount, CountCommand, CountEvent> Count() =>
            new(EntityId.Of("count", "default", "sensor:shelf:1"), Product.Start, opened);
        Count().When(new CountCommand.Finish("f", "anna", 1, "B1", [])).ThenSends(told);
        Count().When(new CountCommand.Cancel("c", "anna", "no time")).ThenSends(told);
    }

    [Fact]
    public void A_count_that_cannot_be_opened_is_waited_for_no_more()
    {
        var shelf = Shelf().When(Saw("w1", disagrees: true));
        var send = Assert.Single(shelf.Sends);
        Assert.Null(Sensor.OnReply(send, new CountReply(CountStatus.Done, null, 1)));
        shelf.When(Sensor.OnReply(send, new CountReply(CountStatus.DifferentContent, null, 1))!);
        Assert.Empty(shelf.State.Tasks);
    }

    [Fact]
    public void An_observation_is_entered_once_and_another_under_its_id_is_refused()
    {
        var shelf = Shelf().When(Saw("w1", disagrees: true));
        Refused(shelf.When(Saw("w1", disagrees: false)), SensorStatus.AlreadyDone);
        Refused(shelf.When(Saw("w1", disagrees: true, content: 2)), SensorStatus.DifferentContent);
        for (var i = 0; i < Sensor.MaxSeen; i++) shelf.When(Saw($"x{i}", disagrees: false));
        Assert.Equal(Sensor.MaxSeen, shelf.State.Seen.Length);
    }

    [Fact]
    public void A_key_is_replaced_by_a_later_one_only()
    {
        var shelf = Shelf();
        Refused(shelf.When(new Register(Terms)), SensorStatus.AlreadyDone);
        shelf.When(new Register(Terms with { Kind = SensorKind.RfidGate }, 3));
        Assert.Equal(SensorStatus.Done, Assert.IsType<SensorReply>(shelf.Reply).Status);
        Refused(shelf.When(new Register(Terms, 2)), SensorStatus.KeyOver);
        Refused(new Given<Sensor, SensorCommand, SensorEvent>(
            EntityId.Of("sensor", "default", "new"), Product.Start).When(Saw("w", disagrees: false)),
            SensorStatus.UnknownSensor);
    }
}
