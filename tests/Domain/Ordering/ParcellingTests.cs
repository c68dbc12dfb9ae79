using Fulfillment.Ordering;
using Fulfillment.Shipping;
using static Fulfillment.Ordering.OrderCommand;
using static Fulfillment.Ordering.OrderEvent;
using static Fulfillment.Tests.Domain.Orders;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>No unit is in two parcels with a label, and what is in one leaves with it alone.</summary>
public sealed class ParcellingTests
{
    static readonly PutInParcel Two = new(1, [Of("1", 2)], "p-1", 1), One = new(1, [Of("1", 1)], "p-1", 1);
    static readonly Ship ByHand = new("s-1", 1, [], "DHL", "00340434161094000001");

    static FulfilReply Reply(Given<Order, OrderCommand, OrderEvent> given) => (FulfilReply)given.Reply!;

    static UnitsParcelled Parcelled(PutInParcel c) => new(new(c.Parcel, c.Label, c.Fulfilment, c.Lines));

    [Fact]
    public void A_second_parcel_of_the_same_units_is_refused_and_told_of_the_first()
    {
        var given = Given(AtNode()).When(Two).ThenHappens(Parcelled(Two)).ThenSends();
        Assert.Equal(new(FulfilStatus.Done, null), Reply(given));

        given.When(Two with { Parcel = "p-2" }).ThenNothing();
        Assert.Equal(new(FulfilStatus.InParcel, null, "p-1"), Reply(given));
        given.When(Two).ThenNothing();
        Assert.Equal(FulfilStatus.AlreadyDone, Reply(given).Status);
    }

    [Fact]
    public void Two_parcels_share_a_line_as_far_as_it_goes()
    {
        var given = Given(AtNode()).When(One);
        given.When(One with { Parcel = "p-2" }).ThenHappens(Parcelled(One with { Parcel = "p-2" }));
        given.When(One with { Parcel = "p-3" }).ThenNothing();

        Assert.Equal(FulfilStatus.InParcel, Reply(given).Status);
    }

    [Fact]
    public void What_has_lost_its_label_may_be_in_another_parcel_and_what_is_told_late_takes_nothing()
    {
        var given = Given([.. AtNode(), Parcelled(Two)])
            .When(new TakeFromParcel("p-1", 1)).ThenHappens(new UnitsUnparcelled("p-1", 1))
            .When(new TakeFromParcel("p-1", 1)).ThenNothing().When(Two).ThenNothing();
        given.When(Two with { Parcel = "p-2" }).ThenHappens(Parcelled(Two with { Parcel = "p-2" }));

        // Told of the end before the beginning.
        given = Given(AtNode()).When(new TakeFromParcel("p-1", 1)).ThenHappens(new UnitsUnparcelled("p-1", 1))
            .When(Two).ThenNothing();
        Assert.Equal(FulfilStatus.AlreadyDone, Reply(given).Status);
        given.When(Two with { Label = 2 }).ThenHappens(Parcelled(Two with { Label = 2 }))
            .When(new TakeFromParcel("p-1", 1)).ThenNothing();
    }

    [Fact]
    public void Units_in_a_parcel_do_not_leave_by_hand_and_leave_with_it()
    {
        var given = Given([.. AtNode(), Parcelled(One)]).When(ByHand).ThenRefused(FulfilStatus.InParcel);
        Assert.Equal("p-1", Reply(given).Parcel);
        given.When(ByHand with { Lines = [Of("1", 2)] }).ThenRefused(FulfilStatus.InParcel);
        given.When(ByHand with { Lines = [Of("1", 1)] }).ThenTold(FulfilStatus.Done);

        Ship leaving = new("parcel:p-1", 1, [Of("1", 1)], "ups", "1Z", Parcel: "p-1");
        given.When(leaving).ThenTold(FulfilStatus.Done).ThenHappens(
            new GoodsShipped("parcel:p-1", 1, Start, [Of("1", 1)], [Of("1", 1)], "ups", "1Z", Parcel: "p-1"));
        given.When(leaving).ThenTold(FulfilStatus.AlreadyDone);
        Assert.Empty(given.State.Parcels.Single().Lines);
        given.When(One).ThenNothing();
    }

    [Fact]
    public void Of_two_parcels_with_more_than_is_left_the_first_that_leaves_has_it()
    {
        var given = Given([.. AtNode(), Parcelled(One), Parcelled(One with { Parcel = "p-2" })])
            .When(new Cancel("c-1", [Of("1", 1)], "one is enough")).ThenTold(CancelStatus.Cancelled);
        Ship first = new("parcel:p-2", 1, [Of("1", 1)], "ups", "1Z", Parcel: "p-2");

        given.When(first).ThenTold(FulfilStatus.Done);
        given.When(first with { Id = "parcel:p-1", Parcel = "p-1" }).ThenRefused(FulfilStatus.NothingOpen);
    }

    [Fact]
    public void Work_with_a_label_stays_where_it_is()
    {
        var given = Given([.. AtNode(), Parcelled(One)]);
        given.When(new MoveWork("m-1", 1, "N2", [], "closed", "anna")).ThenRefused(FulfilStatus.InParcel);
        given.When(new SplitWork("sp-1", 1, [Of("1", 1)])).ThenTold(FulfilStatus.Done);
        given.When(new MergeWork("me-1", 2, 1)).ThenRefused(FulfilStatus.InParcel);
        // What is not there cannot be in a parcel.
        given.When(new MoveWork("m-2", 1, null, [], "missing", "anna", Short: true)).ThenTold(FulfilStatus.Done);
    }

    static Send GivesUp(string parcel, FulfilStatus why) => new(
        Self.Sibling(ParcelCalls.Kind, parcel), new ParcelCommand.Withdraw(1, why));

    [Fact]
    public void A_label_with_an_address_that_the_order_has_no_more_is_given_up_and_goes_nowhere()
    {
        var address = Order.AddressOf((OrderPlaced)AtNode()[0]);
        var given = Given(AtNode()).When(Two with { Address = address });
        Assert.Equal(FulfilStatus.Done, Reply(given).Status);
        given.When(new Edit("e-1", [], [], null, new("s-1", "moved"), "moved", Content: 7))
            .ThenSends(GivesUp("p-1", FulfilStatus.OtherAddress));

        given.When(new Ship("parcel:p-1", 1, [Of("1", 2)], "ups", "1Z", Parcel: "p-1"))
            .ThenRefused(FulfilStatus.OtherAddress);
        // Somebody read the address before it changed.
        given.When(Two with { Label = 2, Address = address }).ThenNothing();
        Assert.Equal(FulfilStatus.OtherAddress, Reply(given).Status);
        var now = Order.AddressOf(given.State.Placed!);
        given.When(Two with { Label = 2, Address = now });
        Assert.Equal(FulfilStatus.Done, Reply(given).Status);
        Assert.Empty(given.State.Unwanted);
    }

    [Fact]
    public void A_label_for_units_that_are_not_wanted_any_more_is_given_up()
    {
        var whole = Given([.. AtNode(), Parcelled(Two)]).When(new Cancel("c-1", [], "not wanted"))
            .ThenTold(CancelStatus.Cancelled);
        Assert.Contains(GivesUp("p-1", FulfilStatus.NothingOpen), whole.Sends);

        var both = Given([.. AtNode(), Parcelled(One), Parcelled(One with { Parcel = "p-2" })])
            .When(new Cancel("c-1", [Of("1", 1)], "one less"));
        Assert.Equal(["p-2"], both.State.Unwanted.Select(p => p.Parcel));
        Assert.Contains(GivesUp("p-2", FulfilStatus.MoreThanOpen), both.Sends);
        // It was on its way already, and was faster: then the other one has nothing.
        both.When(new Ship("parcel:p-2", 1, [Of("1", 1)], "ups", "1Z", Parcel: "p-2")).ThenTold(FulfilStatus.Done);
        Assert.Contains(GivesUp("p-1", FulfilStatus.NothingOpen), both.Sends);
    }

    [Fact]
    public void A_label_that_is_given_up_takes_no_units_from_another()
    {
        var given = Given(
            Placed(Line("1", "A", 3), Line("2", "A", 2)), new OrderAccepted(Granted("A", 1, 5), []),
            new OrderRouted(Plan(1, Pick("A", N1(5)))),
            new FulfilmentOpened(
                Committed("A", 2, N1(5)), [Opened(1, "N1", Units("1", "A", 3), Units("2", "A", 2))]),
            Parcelled(new(1, [Of("1", 2), Of("2", 2)], "p-1", 1)), Parcelled(new(1, [Of("1", 1)], "p-2", 1)));

        given.When(new Cancel("c-1", [Of("1", 1), Of("2", 1)], "one less of each"));

        Assert.Equal(["p-1"], given.State.Unwanted.Select(p => p.Parcel));
    }

    [Theory]
    [InlineData(2, "1", 2, FulfilStatus.UnknownFulfilment)]
    [InlineData(1, "9", 2, FulfilStatus.UnknownLine)]
    [InlineData(1, "1", 0, FulfilStatus.QuantityNotPositive)]
    [InlineData(1, "1", 3, FulfilStatus.MoreThanOpen)]
    public void What_is_not_there_is_in_no_parcel(int fulfilment, string line, int units, FulfilStatus status)
    {
        var given = Given(AtNode()).When(new PutInParcel(fulfilment, [Of(line, units)], "p-1", 1)).ThenNothing();
        Assert.Equal(status, Reply(given).Status);
    }

    [Fact]
    public void An_order_has_only_so_many_parcels()
    {
        var given = Given([
            .. AtNode(), .. Enumerable.Range(0, Order.MaxParcels).Select(i => new UnitsUnparcelled($"x-{i}", 1)),
        ]).When(Two).ThenNothing();
        Assert.Equal(FulfilStatus.TooManyOperations, Reply(given).Status);
        given.When(new TakeFromParcel("p-1", 1)).ThenNothing();
        var known = Two with { Parcel = "x-3", Label = 2 };
        given.When(known).ThenHappens(Parcelled(known));
        Given().When(new TakeFromParcel("p-1", 1)).ThenNothing();
    }
}
