using Fulfillment.Intake;
using Fulfillment.Shipping;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>A carrier is asked once to come, and what he did not say is told as unclear.</summary>
public sealed class PickupTests
{
    static readonly EntityId Self = EntityId.Of(PickupCalls.Kind, "default", "p-1");

    static readonly PickupTerms Terms = new(
        "LEJ1", "ups", new("DE"), new(2026, 12, 1), new(14, 0), new(17, 30), 12, 34_000, "11", "AT");

    static PickupEvent.PickupAsked Asked => new(Terms, "fritz", After(0));

    static PickupEvent.PickupAnswered Answered(CarrierStatus? status, string? number = "P-7") =>
        new(status, number, null, null);

    static Given<Pickup, PickupCommand, PickupEvent> Given(params PickupEvent[] events) =>
        new(Self, After(10), [Asked, .. events]);

    static PickupReplyStatus Status(Given<Pickup, PickupCommand, PickupEvent> given) =>
        Assert.IsType<PickupTold>(given.Reply).Status;

    static PickupCommand.Cancel Cancel(string id = "c", string reason = "nothing to fetch") => new(id, reason, "fritz");

    static Send Call(LabelCall call) => new(new(ParcelCalls.LabelsOf("ups"), ""), call);

    [Fact]
    public void It_is_asked_for_once()
    {
        Given<Pickup, PickupCommand, PickupEvent> fresh = new(Self, After(0));

        Assert.Equal(PickupReplyStatus.UnknownPickup, Status(fresh.When(Cancel())));
        fresh.When(new PickupCommand.Book(Terms, "fritz")).ThenHappens(Asked)
            .ThenSends(Call(new LabelCall.Fetch("default/p-1", 1, "ups", Terms) { Step = 1 }));
        Assert.Equal((PickupReplyStatus.Done, PickupState.Booking), (Status(fresh), fresh.State.Sheet!.State));
        Assert.Null(fresh.Ask(new PickupCommand.GetSettled()));
        Assert.Equal(PickupReplyStatus.AlreadyDone, Status(fresh.When(new PickupCommand.Book(Terms, "dora"))));
        Assert.Equal(PickupReplyStatus.DifferentContent, Status(fresh.When(
            new PickupCommand.Book(Terms with { Parcels = 1 }, "fritz"))));
        Assert.Equal(PickupReplyStatus.UnderWay, Status(fresh.When(Cancel())));
    }

    [Theory]
    [InlineData(CarrierStatus.Done, PickupState.Booked)]
    [InlineData(CarrierStatus.Refused, PickupState.Refused)]
    [InlineData(CarrierStatus.Unsupported, PickupState.Refused)]
    [InlineData(CarrierStatus.NotNeeded, PickupState.Refused)]
    [InlineData(null, PickupState.Unclear)]
    public void It_is_what_the_carrier_said_and_he_is_not_asked_again(CarrierStatus? status, PickupState state)
    {
        var given = Given().When(new PickupCommand.NoteAnswer(1, new(status, "P-7"))).ThenHappens(Answered(status))
            .ThenSends();

        Assert.Equal((state, "P-7"), (given.State.Sheet!.State, given.State.Sheet.Confirmation));
        given.When(new PickupCommand.NoteAnswer(1, new(CarrierStatus.Done, "P-8"))).ThenNothing();
    }

    [Fact]
    public void It_is_cancelled_by_the_number_that_the_carrier_gave()
    {
        Assert.Equal(PickupReplyStatus.NotBooked, Status(Given(Answered(CarrierStatus.Refused)).When(Cancel())));
        Assert.Equal(PickupReplyStatus.Unclear, Status(Given(Answered(null)).When(Cancel())));
        var given = Given(Answered(CarrierStatus.Done)).When(Cancel()).ThenSends(Call(new LabelCall.StopFetching(
            "default/p-1", 1, "ups", new("P-7", Terms.Day, "11", "nothing to fetch"))
        { Step = 2 }));
        Assert.Equal(PickupState.Cancelling, given.State.Sheet!.State);
        Assert.Equal(PickupReplyStatus.AlreadyDone, Status(given.When(Cancel())));
        Assert.Equal(PickupReplyStatus.DifferentContent, Status(given.When(Cancel(reason: "else"))));
        given.When(new PickupCommand.NoteAnswer(1, new(CarrierStatus.Done))).ThenNothing();

        given.When(new PickupCommand.NoteAnswer(2, new(null, Why: "is slow")));
        Assert.Equal((PickupState.Booked, "is slow"), (given.State.Sheet!.State, given.State.Sheet.Why));
        given.When(Cancel("c2")).When(new PickupCommand.NoteAnswer(3, new(CarrierStatus.Done)));
        Assert.Equal(PickupState.Cancelled, given.State.Sheet!.State);
    }

    [Fact]
    public void Cancelling_is_not_tried_for_ever()
    {
        var given = Given(Answered(CarrierStatus.Done));
        for (var n = 0; n <= Pickup.MaxOperations; n++)
            given.When(Cancel($"c{n}")).When(new PickupCommand.NoteAnswer(n + 2, new(CarrierStatus.Refused)));

        Assert.Equal(PickupReplyStatus.TooMany, Status(given.When(Cancel("last"))));
    }
}
